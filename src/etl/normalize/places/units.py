"""Vietnam's provinces through time: which unit, and which ISO 3166-2 code, a name stands for on a day.

The 63 provinces became 34 on 2025-07-01; Huế changed its status on 2025-01-01 and Đồng Nai on 2026-04-30. Seven GSO
codes changed owner, so a unit is known by its name (`unit_key`, for example `vn:nghe-an`), never by its GSO code.
First-level units abroad have one code at all times: there the unit key is the ISO code itself.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from etl import lookups

MERGER = dt.date(2025, 7, 1)
# Two names of one unit: the province Thừa Thiên Huế became the city Huế without a change of its borders or code.
_SAME_UNIT = {"thua-thien-hue": "hue"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One version of a province: a row of vn_provinces.csv with the days it holds, both inclusive."""

    place_id: str
    unit_key: str
    iso: str
    gso_code: str
    name_zh: str
    name_zh_full: str
    name_vi: str
    name_en: str
    unit_type: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    successor_id: str | None

    def holds(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def unit_key(name_vi: str) -> str:
    """The key of a province from its Vietnamese name: `Đắk Lắk` gives `vn:dak-lak`."""
    ascii_name = unicodedata.normalize("NFD", name_vi.replace("Đ", "D").replace("đ", "d"))
    slug = re.sub(r"[^a-z]+", "-", ascii_name.encode("ascii", "ignore").decode().lower()).strip("-")
    return "vn:" + _SAME_UNIT.get(slug, slug)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@cache
def versions() -> tuple[Unit, ...]:
    """Every version of every province, in the order of the file."""
    rows = lookups.rows("vn_provinces")
    new_by_gso = {row["gso_code"]: row["unit_key"] for row in reversed(rows) if row["era"] == "new34"}
    dongnai_city = next(row["unit_key"] for row in rows if row["valid_from"] == "2026-04-30")
    hue_city = next(row["unit_key"] for row in rows if row["valid_from"] == "2025-01-01")
    found = []
    for row in rows:
        successor = new_by_gso.get(row["merged_into_gso"]) if row["valid_to"] else None
        if row["valid_to"] == "2024-12-31":
            successor = hue_city
        elif row["valid_to"] == "2026-04-29":
            successor = dongnai_city
        found.append(
            Unit(
                place_id=row["unit_key"],
                unit_key=unit_key(row["name_vi"]),
                iso=row["iso_3166_2"],
                gso_code=row["gso_code"],
                name_zh=row["name_zh"],
                name_zh_full=row["name_zh_full"],
                name_vi=row["name_vi"],
                name_en=row["name_en"],
                unit_type=row["unit_type"],
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                successor_id=successor,
            )
        )
    return tuple(found)


@cache
def _by_key() -> dict[str, tuple[Unit, ...]]:
    grouped: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in versions():
        grouped[unit.unit_key].append(unit)
    return {key: tuple(units) for key, units in grouped.items()}


@cache
def _by_id() -> dict[str, Unit]:
    return {unit.place_id: unit for unit in versions()}


@cache
def _foreign_codes() -> frozenset[str]:
    return frozenset(row["iso"] for row in lookups.rows("foreign_units"))


def unit_on(unit_key: str, day: dt.date) -> Unit | None:
    """The version of a Vietnamese province on a day: its successor's when the name had gone by then."""
    units = _by_key().get(unit_key, ())
    holding = next((unit for unit in units if unit.holds(day)), None)
    if holding is not None or not units:
        return holding
    unit: Unit | None = units[-1]
    while unit is not None and not unit.holds(day):
        unit = _by_id().get(unit.successor_id or "")
    return unit


def place_on(unit_key: str, day: dt.date | None) -> str | None:
    """The place_id of the unit that a name stands for on a day; without a day the last unit of that name."""
    if unit_key in _foreign_codes():
        return unit_key
    if day is None:
        units = _by_key().get(unit_key)
        return units[-1].place_id if units else None
    unit = unit_on(unit_key, day)
    return unit.place_id if unit else None


def iso_on(unit_key: str, day: dt.date) -> str | None:
    """The ISO 3166-2 code of the unit a name stands for on a day: after a merger its successor's code."""
    if unit_key in _foreign_codes():
        return unit_key
    unit = unit_on(unit_key, day)
    return unit.iso if unit else None


def iso_for_period(
    unit_key: str, start: dt.date | None, end: dt.date | None, published: dt.date | None = None
) -> str | None:
    """The code of CONTRACT's recipient_iso for a claim of the period start..end in a text of a publication date.

    One code throughout the period: that code. A period across a merger that changes the code: None when the text
    was written after the merger; a text of before it (a plan for 2024-2029) speaks of the unit of its own day.
    Without a period the publication date decides, without either the era in which the name last existed.
    """
    if unit_key in _foreign_codes():
        return unit_key
    units = _by_key().get(unit_key)
    if not units:
        return None
    first, last = start or end, end or start
    if first is None or last is None:
        return units[-1].iso if published is None else iso_on(unit_key, published)
    before, after = iso_on(unit_key, first), iso_on(unit_key, last)
    if before == after:
        return before
    if published is None or published < MERGER:
        return units[-1].iso
    return None
