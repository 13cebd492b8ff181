"""Fiscal and school years: their twelve months by the country the sentence names."""

from __future__ import annotations

import datetime as dt
from functools import cache

from etl import lookups
from etl.normalize.dates.calendar import Span, days

_SCHOOL_START = 9  # schools in Vietnam and China open in September


@cache
def _countries() -> tuple[tuple[str, int, bool], ...]:
    rows = lookups.rows("fiscal_years")
    return tuple((row["name"], int(row["first_month"]), row["named_by"] == "end") for row in rows)


def fiscal_span(first: int, last: int, before: str, after: str) -> Span:
    """The fiscal year named `first` (or `first`/`last`): that of the country named last before it, else first after it.

    Without a country with a year of its own it is the calendar year.
    """
    countries = _countries()
    led = [(at, month, ends) for name, month, ends in countries if (at := before.rfind(name)) >= 0]
    followed = [(at, month, ends) for name, month, ends in countries if (at := after.find(name)) >= 0]
    if not led and not followed:
        return dt.date(first, 1, 1), dt.date(last, 12, 31)
    _, month, by_end = max(led) if led else min(followed)
    if last > first:
        start = first
        end = last
    else:
        start = first - 1 if by_end else first
        end = start + 1
    return dt.date(start, month, 1), days(end, month - 1, month - 1)[1]


def school_span(first: int, last: int) -> Span:
    """2024-2025学年: September to August."""
    return dt.date(first, _SCHOOL_START, 1), dt.date(max(last, first + 1), _SCHOOL_START - 1, 31)
