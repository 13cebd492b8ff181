"""The rows of the reference table `places`, versioned in time."""

from __future__ import annotations

import datetime as dt

from etl import lookups
from etl.normalize.places.units import MERGER, unit_key, versions

Row = dict[str, object]


def _row(place_id: str, kind: str, country: str | None, name_zh: str, **more: object) -> Row:
    return {
        "place_id": place_id,
        "unit_key": None,
        "kind": kind,
        "country": country,
        "iso_3166_2": None,
        "gso_code": None,
        "name_zh": name_zh,
        "name_vi": None,
        "name_en": None,
        "parent_id": None,
        "valid_from": None,
        "valid_to": None,
        "successor_id": None,
        **more,
    }


def _provinces() -> list[Row]:
    return [
        _row(
            unit.place_id,
            "admin1",
            "VN",
            unit.name_zh_full,
            unit_key=unit.unit_key,
            iso_3166_2=unit.iso,
            gso_code=unit.gso_code,
            name_vi=unit.name_vi,
            name_en=unit.name_en,
            parent_id="VN",
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
            successor_id=unit.successor_id,
        )
        for unit in versions()
    ]


def _localities() -> list[Row]:
    old = {unit.unit_key: unit.place_id for unit in versions() if unit.valid_to is not None and unit.valid_to < MERGER}
    found = []
    for row in lookups.rows("vn_localities"):
        key = unit_key(row["province"])
        place_id = f"{key}:{unit_key(row['name_vi'])[3:]}"
        # The districts, and the towns among them, were abolished with the merger; what they were part of ended or not.
        ended = MERGER - dt.timedelta(days=1) if row["kind"] == "district" else None
        found.append(
            _row(
                place_id,
                row["kind"],
                "VN",
                row["name_zh"],
                unit_key=key,
                name_vi=row["name_vi"],
                parent_id=old[key],
                valid_to=ended,
            )
        )
    return found


def _abroad() -> list[Row]:
    countries = [
        _row(
            row["iso_alpha2"],
            "country",
            row["iso_alpha2"],
            row["name_zh"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
        )
        for row in lookups.rows("countries")
    ]
    listed = {row["iso_alpha2"] for row in lookups.rows("countries")}
    # States that are gone (苏联) and the European Union have a code, but no row among the countries of today.
    countries += [
        _row(row["iso_alpha2"], "country", row["iso_alpha2"], row["name_zh"])
        for row in lookups.rows("country_aliases_zh")
        if row["iso_alpha2"] and row["iso_alpha2"] not in listed
    ]
    units = [
        _row(
            row["iso"],
            "admin1",
            row["country"],
            row["name_zh"],
            unit_key=row["iso"],
            iso_3166_2=row["iso"],
            name_en=row["name_en"],
            parent_id=row["country"],
        )
        for row in lookups.rows("foreign_units")
    ]
    cities = [
        _row(
            f"{row['country']}-{row['name_en'].lower().replace(' ', '-')}",
            "city",
            row["country"],
            row["name_zh"],
            iso_3166_2=row["admin1"] or None,
            name_en=row["name_en"],
            parent_id=row["admin1"] or row["country"],
        )
        for row in lookups.rows("foreign_cities")
    ]
    return countries + units + cities


def reference_rows() -> list[Row]:
    """One row per version of a place; `place_id` is unique and `parent_id`, `successor_id` name rows of this table."""
    unique: dict[object, Row] = {}
    for row in (*_abroad(), *_provinces(), *_localities()):
        unique.setdefault(row["place_id"], row)
    return sorted(unique.values(), key=lambda row: str(row["place_id"]))
