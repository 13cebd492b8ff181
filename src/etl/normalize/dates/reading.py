"""First reading of dates: the common written forms, resolved against the publication date."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from etl.mentions import DateMention
from etl.pages import Line

_DATE = re.compile(
    r"(?<![0-9])(?P<from>[12]\d{3})年?[-—~至到](?P<to>[12]\d{3})年|(?P<since>[12]\d{3})年至今|"
    r"(?<![0-9])(?:(?P<y>[12]\d{3})年|(?P<rel>今年|去年|明年))(?:(?P<m>\d{1,2})月)?(?:(?P<d>\d{1,2})日)?(?P<p>[上下]午|晚上?)?|"
    r"(?<![0-9])(?P<m2>\d{1,2})月(?:(?P<d2>\d{1,2})日(?P<p2>[上下]午|晚上?)?)?|(?P<first>[12]\d{3})新年第一天"
)
_PARTS = {"上": "morning", "下": "afternoon", "晚": "evening"}


def find_dates(text: str, published: dt.date | dt.datetime | None = None) -> list[DateMention]:
    """The date expressions of `text` in order; without `published` a date that names no year stays unresolved."""
    day = published.date() if isinstance(published, dt.datetime) else published
    found = []
    for match in _DATE.finditer(text):
        mention = _mention(match, day)
        if mention is not None:
            found.append(mention)
    return found


def find_dates_on(
    lines: Sequence[Line], published: dt.date | None, *, month_first: bool = False
) -> tuple[DateMention, ...]:
    """The dates of a page's own lines, with their line numbers; repeated lines carry the flag `repeat`."""
    found: list[DateMention] = []
    for line in lines:
        flags = ("repeat",) if line.repeat_of is not None else ()
        found += [replace(m, line_no=line.line_no, flags=m.flags + flags) for m in find_dates(line.text, published)]
    return tuple(found)


def _mention(match: re.Match[str], published: dt.date | None) -> DateMention | None:
    group = match.groupdict()
    where = (match.start(), match.end(), match.group())
    if group["from"]:
        start, end = dt.date(int(group["from"]), 1, 1), dt.date(int(group["to"]), 12, 31)
        return DateMention(*where, start, end, "range", "explicit", f"{group['from']}/{group['to']}")
    if group["since"]:
        year = int(group["since"])
        return DateMention(
            *where, dt.date(year, 1, 1), published or dt.date(year, 12, 31), "range", "explicit", f"{year}/.."
        )
    if group["first"]:
        start = dt.date(int(group["first"]), 1, 1)
        return DateMention(*where, start, start, "day", "explicit", start.isoformat())
    year_text, month_text, day_text = group["y"], group["m"] or group["m2"], group["d"] or group["d2"]
    month, day = int(month_text or 0), int(day_text or 0)
    part = _PARTS.get((group["p"] or group["p2"] or " ")[0])
    precision = "day_part" if part else "day" if day else "month" if month else "year"
    if year_text:
        year, basis = int(year_text), "explicit"
    elif published is None:
        return DateMention(*where, None, None, precision, "unresolved", None, part)
    elif group["rel"]:
        year, basis = published.year + {"今": 0, "去": -1, "明": 1}[group["rel"][0]], "relative"
    else:
        year, basis = published.year - ((month, day) > (published.month, published.day)), "year_from_publication"
    try:
        start = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    end = start if day else dt.date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    edtf = start.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]
    return DateMention(*where, start, end, precision, basis, edtf, part)
