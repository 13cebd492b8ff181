"""Dates in Chinese news text: what is written, where it stands, and which days it names."""

from etl.normalize.dates.reading import find_dates, find_dates_on

__all__ = ["find_dates", "find_dates_on"]
