"""Place names in the lines of a page, each linked to what it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.mentions import PlaceMention
from etl.normalize.names import Match, scan, simplified
from etl.normalize.places.evidence import Evidence, gather, nearest, supports
from etl.normalize.places.forms import localities, pairs, regions_and_venues
from etl.normalize.places.gazetteer import Entry, entries
from etl.normalize.tokens import is_word
from etl.pages import Line
from etl.patterns import on_use

_COMMUNE = on_use("[乡坊镇](?![村镇])|社(?![会区团交保科员论])")


def _mention(raw: str, start: int, end: int, entry: Entry, line_no: int) -> PlaceMention:
    return PlaceMention(
        char_start=start,
        char_end=end,
        quote=raw[start:end],
        kind=entry.kind,
        country=entry.country,
        place_id=entry.place_id,
        admin1=entry.admin1,
        line_no=line_no,
    )


def _torn(text: str, start: int, end: int, either: bool) -> bool:
    """Whether the characters belong to the words on both sides (以前|江苏); for `either` one will do (会|安排)."""
    left = start > 0 and is_word(text[start - 1 : start + 1])
    right = end < len(text) and is_word(text[end - 1 : end + 1])
    return (left or right) if either else (left and right)


def _within(entry: Entry, before: PlaceMention) -> bool:
    """布拉格|沙巴市场: a spot in the city abroad that stands before it, not 沙巴市 of Lào Cai."""
    abroad = before.kind == "city" and before.country not in (None, "VN")
    return abroad and entry.country == "VN" and entry.kind not in ("country", "admin1")


# 在水原美县开班: a unit that no gazetteer has, whose name begins like a city's abroad
_LONGER_UNIT = re.compile(r"[^\W\d_市省州区和与及的各某该本全邻两一辖、][县郡]")


def _of_unit_before(entry: Entry, before: PlaceMention | None) -> Entry:
    """同塔省三农县|富寿乡 lies where it is said to lie, whatever else is called so."""
    if before is None or before.country != "VN" or before.admin1 in (None, entry.admin1):
        return entry
    if entry.country != "VN" or entry.kind not in ("district", "commune"):
        return entry
    return replace(entry, admin1=before.admin1, place_id=None)


def _line_places(raw: str, text: str, matches: Sequence[Match], page: Evidence, line_no: int) -> list[PlaceMention]:
    catalogue = entries()
    found: list[PlaceMention] = []
    beside: tuple[int, Entry | None] = (-1, None)
    for start, end, name in matches:
        entry = catalogue.get(name)
        neighbour = beside[1] if beside[0] == start else None
        beside = (end, entry)
        if entry is None:
            continue
        if found and found[-1].char_end == start and _within(entry, found[-1]):
            continue
        either = entry.split and not page.provinces[entry.admin1 or ""]
        if entry.kind == "admin1" and entry.country == "VN" and name[-1] not in "省市" and _COMMUNE.match(text, end):
            continue  # 三农县富寿|乡 is called like a province
        if len(name) == 2 and (entry.country == "VN" or entry.bare) and _torn(text, start, end, either or entry.bare):
            continue
        if entry.kind == "city" and entry.country != "VN" and _LONGER_UNIT.match(text, end):
            continue
        if entry.certain or supports(entry, text, start, end, page, neighbour):
            if entry.among:
                here = found[-1].admin1 if found and found[-1].char_end == start else page.province
                entry = nearest(entry.among, here, page) or entry
            entry = _of_unit_before(entry, found[-1] if found and found[-1].char_end == start else None)
            found.append(_mention(raw, start, end, entry, line_no))
    found += localities(raw, text, found, page, line_no)
    found += pairs(raw, text, matches, line_no)
    found.sort(key=lambda place: place.char_start)
    found += regions_and_venues(raw, text, found, page, line_no)
    return sorted(found, key=lambda place: (place.char_start, -place.char_end))


def find_places_on(lines: Sequence[Line]) -> tuple[PlaceMention, ...]:
    """Every place named in the lines, in reading order.

    `admin1` is the unit key of a Vietnamese province or the ISO 3166-2 code of a first-level unit abroad. A venue or
    region may hold another place. Mentions in repeated lines carry the flag `repeat`.
    """
    texts = [simplified(line.text) for line in lines]
    matches = [scan(text)["place"] for text in texts]
    page = gather(texts, matches)
    found: list[PlaceMention] = []
    for line, text, here in zip(lines, texts, matches, strict=True):
        places = _line_places(line.text, text, here, page, line.line_no)
        if line.repeat_of is not None:
            places = [replace(place, flags=(*place.flags, "repeat")) for place in places]
        found += places
    return tuple(found)
