"""First and last day of a happening: 为期三天 counts from an opening or back from a closing."""

from __future__ import annotations

import datetime as dt

from etl.build.events.happening import Happening
from etl.normalize.numbers import parse_number
from etl.patterns import on_use

_LENGTH = on_use(
    r"(?:为期|历时|展期|会期|为时|一连|持续|结束[^,]{0,20}(?<!\d))(?P<n>\d{1,2}|"
    r"[一二两三四五六七八九十]{1,3})天"
)
_SHOWN = ("cultural_exchange", "conference", "congress", "contest", "training")  # 展期十天, 会期两天
_CLOSING = ("闭幕", "落幕", "落下帷幕", "结束", "收官")


def span(happening: Happening) -> tuple[dt.date | None, dt.date | None]:
    """First and last day; 为期三天 counts from an opening or back from a closing."""
    date = happening.date
    if date is None or date.start_date is None:
        return None, None
    start, end = date.start_date, date.end_date
    if date.precision not in ("day", "day_part") or happening.inherited:
        return start, end
    for one in happening.tellings:
        candidate = one.candidate
        item = [c for c in candidate.telling.clauses if c.item == candidate.clause.item]
        match = _LENGTH.search(candidate.telling.plain, item[0].start, item[-1].end)
        if match and (match.group()[1:2] != "期" or match.group()[0] == "为" or happening.event_type in _SHOWN):
            days = dt.timedelta(days=int(parse_number(match["n"])) - 1)
            closing = candidate.telling.masked[candidate.clause.start : candidate.clause.end]
            return (start - days, start) if any(word in closing for word in _CLOSING) else (start, start + days)
    return start, end
