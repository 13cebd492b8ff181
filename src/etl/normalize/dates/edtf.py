"""Extended Date/Time Format (ISO 8601-2) of a resolved or unresolved date: `2025-03`, `2016/..`, `XXXX-11-03`."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from etl.normalize.dates.fields import Point

_QUARTERS, _HALVES, _SEASONS = 32, 39, 20  # EDTF level 2: 33-36 quarters, 40-41 halves, 21-24 seasons


@lru_cache(maxsize=8192)
def of_span(start: dt.date, end: dt.date | None, precision: str, *, vague: bool = False) -> str:
    """The expression for days known; an open end gives `start/..`, a vague edge (年初) is marked `~`."""
    if end is None:
        return f"{start:%Y-%m-%d}/.."
    if precision in ("day", "day_part") and start == end:
        return start.isoformat()
    year = start.isoformat()[:4]
    if precision == "month":
        return start.isoformat()[:7]
    if (
        precision == "year"
        and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        and start.year == end.year
    ):
        return year
    if precision == "quarter":
        return f"{year}-{_QUARTERS + (start.month + 2) // 3}"
    if precision == "half":
        return f"{year}-{_HALVES + (start.month + 5) // 6}"
    if precision == "season":
        return f"{year}-{_SEASONS + start.month // 3}"
    if precision == "decade" and start.year % 10 == 0 and end.year == start.year + 9:
        return f"{start.year // 10:03d}X"
    if precision == "century" and start.year % 100 == 0 and end.year == start.year + 99:
        return f"{start.year // 100:02d}XX"
    mark = "~" if vague else ""
    return f"{_shortest(start, first=True)}{mark}/{_shortest(end, first=False)}{mark}"


def _shortest(day: dt.date, *, first: bool) -> str:
    """An end of a range at the coarsest precision that still says it: 2018 for 1 January 2018 as a beginning."""
    if (day.month, day.day) == ((1, 1) if first else (12, 31)):
        return f"{day.year:04d}"
    if day.day == 1 if first else (day + dt.timedelta(days=1)).day == 1:
        return f"{day:%Y-%m}"
    return day.isoformat()


def unresolved(point: Point) -> str | None:
    """What is known of a date whose year (or month) is open: XXXX-11-03, XXXX-05, XXXX-XX-18."""
    if point.span is not None or point.lunar or point.day_shift or point.month_part:
        return None
    if point.month is None and point.day is None:
        return None
    month = "XX" if point.month is None else f"{point.month:02d}"
    return f"XXXX-{month}" if point.day is None else f"XXXX-{month}-{point.day:02d}"


def open_span(span: tuple[dt.date, dt.date], precision: str) -> str:
    """From a date up to now: 2016年至今 is 2016/.. whatever day that now is."""
    start = span[0]
    shown = {"year": f"{start.year:04d}", "month": f"{start.year:04d}-{start.month:02d}"}.get(
        precision, start.isoformat()
    )
    return f"{shown}/.."
