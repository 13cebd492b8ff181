"""Days of the calendar: from a year and the parts named to the first and last day meant, both inclusive."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from functools import lru_cache

from etl.normalize.dates.fields import Point

Span = tuple[dt.date, dt.date]
_THIRDS = {
    "上旬": (1, 10),
    "初": (1, 10),
    "中旬": (11, 20),
    "中": (11, 20),
    "下旬": (21, 31),
    "底": (21, 31),
    "末": (21, 31),
    "上半月": (1, 15),
    "下半月": (16, 31),
}


def days(year: int, first_month: int, last_month: int) -> Span:
    """The first day of one month to the last of another of the same year."""
    return dt.date(year, first_month, 1), dt.date(year, last_month, monthrange(year, last_month)[1])


def month_part(year: int, month: int, part: str) -> Span:
    """上旬 and 初 are the first ten days, 中旬 the second ten, 下旬, 底 and 末 the rest."""
    first, last = _THIRDS[part]
    return dt.date(year, month, first), dt.date(year, month, min(last, monthrange(year, month)[1]))


def month_shifted(day: dt.date, months: int) -> tuple[int, int]:
    """Year and month so many months later or earlier."""
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def week(day: dt.date, weeks: int) -> Span:
    """Monday to Sunday of the week so many weeks later or earlier."""
    monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=weeks)
    return monday, monday + dt.timedelta(days=6)


def year_span(year: int, span: tuple[str, int], edge: str) -> tuple[Span, str] | None:
    """The days of a named part of a year and their precision: ("quarter", 3), ("months", 7) for 前7个月."""
    name, count = span
    if name == "half":
        return days(year, 6 * count - 5, 6 * count), "half"
    if name == "quarter" and 1 <= count <= 4:
        if edge in ("初", "末", "底"):
            month = 3 * count - (2 if edge == "初" else 0)
            return days(year, month, month), "range"
        return days(year, 3 * count - 2, 3 * count), "quarter"
    if name == "quarters":
        return days(year, 1, 3 * count), "range"
    if name == "months" and 1 <= count <= 12:
        return days(year, 1, count), "range"
    if name == "season":  # as the weather has it: winter ends in the next year
        first, last = days(year, 3 * count, min(3 * count + 2, 12))
        return (first, last if count < 4 else days(year + 1, 2, 2)[1]), "season"
    if name == "year_part":
        return (days(year, 1, 3) if count == 0 else days(year, 10, 12)), "range"
    if name == "nth_day":
        day = dt.date(year, 1, 1) + dt.timedelta(days=count - 1)
        return (day, day), "day"
    return None


def era_span(first: int, length: int, edge: str) -> Span:
    """The years of a decade or century, or their beginning (first fifth), middle or end (last three years of ten)."""
    last = first + length - 1
    third = 3 if length == 10 else 20
    if edge.startswith(("初", "前期")):
        last = first + third - 1
    elif edge.startswith(("末", "后期")):
        first = last - third + 1
    elif edge.startswith(("中期", "中叶")):
        first, last = (first + 3, first + 6) if length == 10 else (first + 40, first + 59)
    elif edge.endswith("半叶"):
        first, last = (first, first + length // 2 - 1) if edge[0] in "上前" else (first + length // 2, last)
    return dt.date(max(first, 1), 1, 1), dt.date(last, 12, 31)


def in_year(point: Point, year: int) -> tuple[Span, str] | None:
    """The days a point names once its year is known, and their precision; None when there are none (2月30日)."""
    return _in_year(year, point.month, point.day, point.month_part, point.span, point.edge)


@lru_cache(maxsize=8192)
def _in_year(
    year: int, month: int | None, day: int | None, part: str, span: tuple[str, int] | None, edge: str
) -> tuple[Span, str] | None:
    try:
        if span is not None:
            return year_span(year, span, edge)
        if month is None:
            return days(year, 1, 12), "year"
        if day is not None:
            only = dt.date(year, month, day)
            return (only, only), "day"
        if part:
            return month_part(year, month, part), "range"
        return days(year, month, month), "month"
    except ValueError:
        return None
