"""The year of a story that prints none: 3月5日…移交仪式 of works that were finished in 2024年1月.

Only for pages without a publication date, and only for what happened within four months after the last dated day or
month the page tells of; a date that begins something (2021年9月18日破土) bounds nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from etl.mentions import DateMention
from etl.normalize.text import fold
from etl.pages import Line

_REACH = dt.timedelta(days=120)
_PRINTED = re.compile(r"(?:19|20)\d\d\s?年")
_BEGINS = re.compile(r"^[^,，。;；]{0,12}(?:动工|開工|开工|破土|奠基|启动|签|成立|出生|起)")
_MONTH_DAY = re.compile(r"^\s*(?:(?P<month>\d{1,2})\s?月\s?)?(?P<day>\d{1,2})\s?日")


def with_story_year(lines: Sequence[Line], dates: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """The dates of a page without a publication date, unresolved days put into the year that the story leaves."""
    last = _last_dated(lines, dates)
    if last is None:
        return tuple(dates)
    made: list[DateMention] = []
    month: int | None = None
    for date in sorted(dates, key=lambda d: (d.line_no, d.char_start)):
        match = _MONTH_DAY.match(fold(date.quote))
        if match and match["month"]:
            month = int(match["month"])
        if match and date.start_date is None and date.precision in ("day", "day_part") and month is not None:
            day = _first_after(last, month, int(match["day"]))
            if day is not None:
                date = replace(date, start_date=day, end_date=day, edtf=day.isoformat(), basis="year_from_section")
        made.append(date)
    return tuple(made)


def _last_dated(lines: Sequence[Line], dates: Sequence[DateMention]) -> dt.date | None:
    """The last day, or month's first day, told with its year printed."""
    texts = {line.line_no: line.text for line in lines}
    told = [
        date.start_date
        for date in dates
        if date.start_date is not None
        and date.precision in ("day", "day_part", "month")
        and not date.is_planned
        and _PRINTED.search(fold(date.quote))
        and not _BEGINS.match(texts[date.line_no][date.char_end :][:24])
    ]
    return max(told, default=None)


def _first_after(last: dt.date, month: int, day: int) -> dt.date | None:
    for year in (last.year, last.year + 1):
        try:
            found = dt.date(year, month, day)
        except ValueError:
            return None
        if last <= found <= last + _REACH:
            return found
    return None
