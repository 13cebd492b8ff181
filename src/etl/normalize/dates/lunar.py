"""The lunar calendar and the feasts: days of the Chinese calendar through the `lunardate` tables (1900 to 2099)."""

from __future__ import annotations

import datetime as dt
from functools import cache

from lunardate import LunarDate

from etl import lookups


def solar_day(year: int, month: int, day: int, *, leap: bool = False) -> dt.date | None:
    """The day of the common calendar for a day of the lunar year; None when there is no such day or no table."""
    try:
        found = LunarDate(year, month, day, leap).to_solar_date()
    except ValueError:
        return None
    return dt.date(found.year, found.month, found.day)


@cache
def _feasts() -> dict[str, tuple[str, int, int]]:
    return {row["name"]: (row["calendar"], int(row["month"]), int(row["day"])) for row in lookups.rows("feasts")}


def feast_day(name: str, year: int) -> dt.date | None:
    """The day of a named feast of the given year; 除夕 is the eve of that year's first lunar day."""
    calendar, month, day = _feasts()[name]
    if calendar == "solar":
        return dt.date(year, month, day)
    if day == 0:
        first = solar_day(year, month, 1)
        return None if first is None else first - dt.timedelta(days=1)
    return solar_day(year, month, day)


def sexagenary_year(order: int, near: int) -> int:
    """The year of the sixty-year cycle (甲子 is 0; 1984 was one) nearest to `near`."""
    year = 1984 + order
    return year + 60 * round((near - year) / 60)
