"""Every place name the project knows, as an index: provinces, countries, localities, cities and units abroad."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from etl import lookups
from etl.normalize.names import simplified
from etl.normalize.places.units import unit_key, versions


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name can stand for. `certain`: the bare name is a place wherever it stands."""

    kind: str
    country: str | None
    place_id: str | None
    admin1: str | None
    certain: bool = True
    word: bool = False  # also an ordinary word: 和平, 太平, 广义
    split: bool = False  # often the end of one word and the beginning of the next: 机会|安排
    far: bool = False  # known to the atlas rather than to the press: wants its country or a word of place nearby
    bare: bool = False  # of the atlas, without 市 or 省, and also another word: wants both
    shared: bool = False  # China has a county of the same name: 平江县, 富宁县
    among: tuple[Entry, ...] = ()  # the districts of one name in several provinces: 周城县 has ten


def _provinces() -> dict[str, Entry]:
    doubts = _doubts()
    found: dict[str, Entry] = {}
    for unit, row in zip(versions(), lookups.rows("vn_provinces"), strict=True):
        names = {row["name_zh"], row["name_zh_full"], *row["name_zh_variants"].split("|"), row["name_zh_cldr"]} - {""}
        suffix = row["name_zh_full"][-1]
        names |= {
            name + suffix for name in names if doubts.get(simplified(name)) != "other" and name[-1] not in "省市府"
        }
        for name in map(simplified, names):
            doubt = doubts.get(name)
            if doubt != "other":
                found[name] = Entry(
                    "admin1", "VN", unit.place_id, unit.unit_key, doubt is None, doubt == "word", doubt == "split"
                )
        if unit.unit_type == "province":  # 北宁市 is the town of the same name in its province
            name = simplified(unit.name_zh) + "市"
            found.setdefault(name, Entry("district", "VN", None, unit.unit_key, name not in doubts))
    return found


def _countries() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for row in lookups.rows("countries"):
        for name in (row["name_zh"], *row["aliases_zh"].split("|")):
            if len(name) > 1:
                found[name] = Entry("country", row["iso_alpha2"], row["iso_alpha2"], None)
    for row in lookups.rows("country_aliases_zh"):
        if len(row["name_zh"]) > 1 and row["kind"] != "pair_abbreviation" and not row["kind"].startswith("organ"):
            code = row["iso_alpha2"]
            found[row["name_zh"]] = Entry("country", code, code, None)
    return found


def _foreign_units() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    suffixes = {"province": "省", "municipality": "市", "autonomous region": "自治区", "prefecture": ""}
    for row in lookups.rows("foreign_units"):
        for name in (row["name_zh"], *filter(None, row["aliases_zh"].split("|"))):
            entry = Entry("admin1", row["country"], row["iso"], row["iso"])
            found[name] = entry
            if not name.endswith(("省", "市", "县", "道", "区", "府", "岛")):
                found[name + suffixes[row["kind"]]] = entry
    return found


def _foreign_cities() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for row in lookups.rows("foreign_cities"):
        place_id = f"{row['country']}-{row['name_en'].lower().replace(' ', '-')}"
        entry = Entry("city", row["country"], place_id, row["admin1"] or None)
        for name in (row["name_zh"], *filter(None, row["aliases_zh"].split("|"))):
            found[name] = entry
            if len(name) > 1 and not name.endswith(("市", "县", "州", "省", "府")):
                found.setdefault(name + "市", entry)
    return found


_COUNTIES = frozenset({"HU", "HR", "RO", "SE", "NO", "EE"})  # whose first-level units are called 县


@cache
def _far(country: str, iso: str, *, certain: bool = False, bare: bool = False) -> Entry:
    return Entry("admin1" if iso else "city", country, None, iso or None, certain=certain, far=True, bare=bare)


def _world() -> dict[str, Entry]:
    """Cities and first-level units of the world; the names of four or more characters stand for themselves."""
    found: dict[str, Entry] = {}
    for row in lookups.rows("world_places"):
        stem, country, iso = row["name_zh"], row["country"], row["iso"]
        if row["alone"] or len(stem) > 1:
            found[stem] = _far(country, iso, bare=not row["alone"])
        known = _far(country, iso, certain=len(stem) > 2)
        for suffix in _SUFFIXES_OF.get(country, _SUFFIXES):
            found[stem + suffix] = known
    return found


_SUFFIXES = "市省州"
_SUFFIXES_OF = {"TH": "市省州府", **dict.fromkeys(_COUNTIES, "市省州县")}  # 乌汶府
_DISTRICTS = ("县", "郡", "市", "市社")
_COMMUNES = ("坊", "乡", "镇", "市镇", "特区")


@cache
def _doubts() -> dict[str, str]:
    """Ambiguous name -> why: word, place (in China as well), split, other (never the unit by itself)."""
    return {row["name_zh"]: row["kind"] for row in lookups.rows("ambiguous_places")}


def _locality_rows() -> Iterator[tuple[Entry, tuple[str, ...], tuple[str, ...]]]:
    """Each row of vn_localities.csv: what it stands for, its names, and the suffixes the press gives it."""
    for row in lookups.rows("vn_localities"):
        key = unit_key(row["province"])
        entry = Entry(row["kind"], "VN", f"{key}:{unit_key(row['name_vi'])[3:]}", key, bool(row["alone"]))
        names = (row["name_zh"], *filter(None, row["aliases_zh"].split("|")))
        yield entry, names, tuple(filter(None, row["forms"].split("|")))


def _localities() -> dict[str, Entry]:
    """Venues by their names, districts and communes with the suffixes of their kind."""
    doubts = _doubts()
    found: dict[str, Entry] = {}
    written: defaultdict[str, dict[str | None, Entry]] = defaultdict(dict)  # name -> province -> district
    for known, names, forms in _locality_rows():
        entry = replace(known, certain=True)
        for name in names:
            if entry.kind == "venue":
                found.setdefault(name, entry)
                continue
            stem = name.removesuffix("市社").removesuffix("市").removesuffix("县").removesuffix("郡")
            for kind, suffixes in (("district", _DISTRICTS), ("commune", _COMMUNES)):
                unit = entry if kind == entry.kind else Entry(kind, "VN", None, entry.admin1)
                for suffix in suffixes if len(stem) > 1 and not forms else ():
                    found.setdefault(stem + suffix, unit)
                    if kind == entry.kind == "district":
                        written[stem + suffix].setdefault(entry.admin1, entry)
            for suffix in forms:
                written[stem + suffix].setdefault(entry.admin1, entry)
            if known.certain or name.endswith(("县", "郡", "市", "市社")):
                found.setdefault(name, replace(entry, certain=len(name) > 2, split=doubts.get(name) == "split"))
    for name, units in written.items():
        shared = doubts.get(name) == "place"
        first, *others = units.values()
        if others:
            found[name] = replace(
                first, place_id=None, admin1=None, among=(first, *others), certain=not shared, shared=shared
            )
        elif shared:
            found[name] = replace(first, certain=False, shared=True)
        else:
            found.setdefault(name, first)
    return found


@cache
def entries() -> dict[str, Entry]:
    """Name (simplified) -> what it stands for. Vietnam's provinces win over places abroad of the same name."""
    return {**_world(), **_localities(), **_foreign_cities(), **_foreign_units(), **_countries(), **_provinces()}


@cache
def exceptions() -> frozenset[str]:
    """Words that hold a place name and name no place: 和平奖, 太平洋, 老街坊."""
    return frozenset(row["text"] for row in lookups.rows("place_exceptions"))


@cache
def pair_codes() -> dict[str, str]:
    """One-character (and a few longer) abbreviations of countries, used in pairs such as 越老."""
    return {
        row["name_zh"]: row["iso_alpha2"]
        for row in lookups.rows("country_aliases_zh")
        if row["kind"] == "pair_abbreviation" and row["iso_alpha2"]
    }


@cache
def locality_stems() -> dict[str, tuple[Entry, ...]]:
    """Name without its suffix -> the districts and communes of that name, for lists such as 昆光和相阳县."""
    doubts = _doubts()
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry, names, forms in _locality_rows():
        for name in names:
            if not forms or doubts.get(name) != "word":  # 统一 and 青春 are words when no 县 or 郡 follows
                found[name].append(entry)
    return {name: tuple(group) for name, group in found.items()}
