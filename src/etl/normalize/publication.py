"""When a page says it was published: its dateline, its markup or its own words, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from etl.mentions import DateMention
from etl.pages import Page, Publication, Role

_CLOCK = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # 2020-11-18 08:12 来源: 新华社 · 2023 年 08 月 15 日星期二 · 2023年8月15日 10:05 · 2023/08/15
        r"(?<!\d)(?P<year>20\d\d|19\d\d) ?[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2})(?!\d)(?: ?日)?"
        r"(?:[ T]*(?:[星期周][一二三四五六日天期]{1,2})?[ T,，]*" + _CLOCK + ")?",
        # 15:49 | 09/03/2024
        _CLOCK + r" ?[|,，-]? ?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?!\d)",
        # 09/03/2024 15:49 GMT+7 · 09/03/2024
        r"(?<!\d)(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?!\d)(?:[ ,，|-]*" + _CLOCK + ")?",
    )
)


def find_publication(page: Page) -> Publication:
    """The publication date the page itself states, from its dateline first, then its markup."""
    for line in page.lines:
        if line.role is Role.DATELINE:
            found = _read(line.text, month_first=page.month_first)
            if found is not None:
                return _zoned(*found, "dateline", page.timezone)
    stated = page.document.metadata.published
    if stated is not None:
        precision = page.document.metadata.published_precision or "minute"
        return _zoned(stated, precision, "metadata", page.timezone)
    return Publication()


def with_bounds(publication: Publication, dates: Sequence[DateMention], page: Page) -> Publication:
    """Fill `earliest` and `latest` of an unknown publication date from the article's own explicit dates."""
    if publication.local is not None:
        return publication
    lived = [
        m.end_date for m in dates if m.basis == "explicit" and m.precision in ("day", "day_part") and not m.is_planned
    ]
    return replace(publication, earliest=max((day for day in lived if day is not None), default=None))


def _read(text: str, *, month_first: bool) -> tuple[dt.datetime, str] | None:
    for form in _FORMS:
        match = form.search(text)
        if match is None:
            continue
        group = match.groupdict()
        month, day = int(group["month"]), int(group["day"])
        if month_first and not match.group().startswith(group["year"]):
            month, day = day, month
        hour, minute = group.get("hour"), group.get("minute")
        try:
            local = dt.datetime(int(group["year"]), month, day, int(hour or 0), int(minute or 0))  # noqa: DTZ001
        except ValueError:
            continue
        return local, "minute" if hour else "day"
    return None


def _zoned(local: dt.datetime, precision: str, basis: str, timezone: str | None) -> Publication:
    if precision == "day":
        day = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        return Publication(day, None, "day", basis)
    if local.tzinfo is not None:
        at = local.astimezone(dt.UTC)
        shown = local.astimezone(ZoneInfo(timezone)) if timezone else local
        return Publication(shown.replace(tzinfo=None), at, "minute", basis)
    if timezone is None:
        return Publication(local, None, "minute", basis, flags=("tz_unknown",))
    return Publication(local, local.replace(tzinfo=ZoneInfo(timezone)).astimezone(dt.UTC), "minute", basis)
