"""Ranges: two points that lend each other the year, the month or the century one of them leaves out."""

from __future__ import annotations

import datetime as dt

from etl.mentions import changed
from etl.normalize.dates.fields import Point
from etl.normalize.dates.resolver import Days, Setting, resolve


def resolve_range(first: Point, last: Point, setting: Setting) -> Days | None:
    """From the first day of one point to the last day of the other; None when that runs backwards."""
    first, last = _lend_back(first, last, setting)
    begin = resolve(first, setting)
    if begin is None:
        return None
    if begin.span is None:
        return Days(None, "range", "unresolved")
    end = resolve(_lend_on(begin.span[0], first, last, setting.story.published), setting)
    if end is None:
        return None
    if end.span is None:
        return Days(None, "range", "unresolved")
    if end.span[1] < begin.span[0]:
        return None
    one_day = begin.span[0] == end.span[1] and begin.precision in ("day", "day_part")
    return Days((begin.span[0], end.span[1]), begin.precision if one_day else "range", begin.basis)


def _has_year(point: Point) -> bool:
    return any(
        value is not None
        for value in (
            point.year,
            point.short_year,
            point.year_shift,
            point.year_echo,
            point.month_shift,
            point.day_shift,
            point.week_shift,
            point.pair,
            point.century,
            point.day_echo,
        )
    )


def _lend_back(first: Point, last: Point, setting: Setting) -> tuple[Point, Point]:
    """What only the end says: 1-5月, 9至10日, 5日至10月7日; 10月5日至2024年1月3日 begins in 2023."""
    if (
        first.month is None
        and first.day is not None
        and last.month is not None
        and first.day_shift is None
        and first.month_shift is None
    ):
        first = changed(first, month=last.month)
    if first.borrows == "年" or _has_year(first) or last.year is None or first.span:
        return first, last
    begin = (first.month or 1, first.day or 1)
    return changed(first, year=last.year - (begin > (last.month or 12, last.day or 31))), last


def _lend_on(begin: dt.date, first: Point, last: Point, published: dt.date | None) -> Point:
    """What only the beginning says: 2017年8月至11月, 3月5日至7日, 1985到89年; the end never comes before it."""
    if last.short_year is not None and first.year is not None:
        return changed(last, short_year=None, year=first.year - first.year % 100 + last.short_year)
    if _has_year(last) or last.sexagenary is not None:
        return last
    if last.month is None and last.day is not None:
        after = last.day >= begin.day
        month = begin.month if after else begin.month % 12 + 1
        return changed(last, month=month, year=begin.year + (not after and begin.month == 12))
    if last.month is not None:
        key = (last.month, last.day or 31)
        return changed(last, year=begin.year + (key < (begin.month, begin.day)))
    return changed(last, year=begin.year) if last.span is not None else last
