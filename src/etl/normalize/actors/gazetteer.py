"""Known organisations: every alias and what it stands for, also under another of its usual forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from etl import lookups
from etl.normalize.names import simplified
from etl.normalize.places.gazetteer import entries, pair_codes


@dataclass(frozen=True, slots=True)
class Organization:
    """A row of organizations.csv: its id, main Chinese name and country (ISO 3166-1 alpha-2)."""

    org_id: str
    name: str
    country: str | None


_HAN = re.compile(r"[\u4e00-\u9fff]")
_FRIENDSHIP = re.compile(r"(?P<pair>.{2,14}?)(?:友好合作协会|友好协会)")
_JOINT = re.compile(r"[-－—–和与]+")


@cache
def _rows() -> tuple[tuple[Organization, dict[str, str]], ...]:
    return tuple(
        (Organization(row["org_id"], row["name_zh"], row["country"] or None), row)
        for row in lookups.rows("organizations")
    )


def _aliases(row: dict[str, str]) -> list[str]:
    return [row["name_zh"], *filter(None, row["aliases_zh"].split("|"))]


@cache
def by_alias() -> dict[str, Organization]:
    """Every Chinese alias (simplified) -> its organisation."""
    found: dict[str, Organization] = {}
    for organization, row in _rows():
        for alias in _aliases(row):
            if _HAN.search(alias):
                found.setdefault(simplified(alias), organization)
    return found


@cache
def by_abbreviation() -> dict[str, Organization]:
    """Latin abbreviations and names -> organisation, in upper case."""
    found: dict[str, Organization] = {}
    for organization, row in _rows():
        for alias in (row["abbrev"], row["name_en"], *_aliases(row)):
            if alias and not _HAN.search(alias):
                found.setdefault(alias.upper(), organization)
    return found


@cache
def _ambiguous() -> frozenset[str]:
    """Aliases that are general words or other bodies' names too: they count inside a longer name only."""
    return frozenset(row["alias"] for row in lookups.rows("organization_words"))


@cache
def abbreviation_pattern() -> re.Pattern[str]:
    """Latin abbreviations and names of at least three letters, standing alone."""
    names = sorted((a for a in _latin_forms() if len(a) > 2), key=lambda a: (-len(a), a))
    return re.compile(r"(?<![A-Za-z])(?:" + "|".join(map(re.escape, names)) + r")(?![A-Za-z])")


def _latin_forms() -> set[str]:
    forms = {row[key] for _, row in _rows() for key in ("abbrev", "name_en") if row[key]}
    return forms | {alias for _, row in _rows() for alias in _aliases(row) if not _HAN.search(alias)}


def _country_pair(text: str) -> str | None:
    """越南-荷兰, 越荷, 越南与荷兰 -> NL-VN; None when it is not two countries."""
    parts = [part for part in _JOINT.split(text) if part]
    if len(parts) == 1 and len(text) in (2, 3):
        parts = [text[0], text[1:]] if text[1:] in pair_codes() else [text[:-1], text[-1]]
    codes = []
    for part in parts:
        entry = entries().get(part)
        code = entry.country if entry is not None and entry.kind == "country" else pair_codes().get(part)
        codes.append(code or part if part == "东盟" else code)
    return None if len(codes) != 2 or None in codes else "-".join(sorted(map(str, codes)))


def canonical(name: str) -> str:
    """One form for the usual variants of a name.

    越南海防市X = 海防X, 越南-荷兰友好合作协会 = 越荷友好协会, 妇女联合会 = 妇联, 乂安 = 义安.
    """
    text = (
        simplified(name).replace("乂安", "义安").replace("妇女联合会", "妇联").replace("友好联合会", "友好组织联合会")
    )
    for country in ("越南", "中国", "老挝"):
        rest = text.removeprefix(country)
        if rest != text and any(rest.startswith(prefix) for prefix in (rest[:2], rest[:3]) if prefix in entries()):
            text = rest
    pair = _FRIENDSHIP.fullmatch(text)
    if pair:
        codes = _country_pair(pair["pair"])
        if codes:
            return f"友好协会:{codes}"
    for size in (2, 3, 4):
        entry = entries().get(text[:size])
        if entry is not None and entry.kind in ("admin1", "district") and text[size : size + 1] in ("省", "市"):
            return text[:size] + text[size + 1 :]
    return text


@cache
def _by_canonical() -> dict[str, Organization]:
    found: dict[str, Organization] = {}
    for alias, organization in by_alias().items():
        if alias not in _ambiguous():
            found.setdefault(canonical(alias), organization)
    return found


@lru_cache(maxsize=16384)
def known(name: str) -> Organization | None:
    """The organisation that a name stands for, in any of its usual forms."""
    text = simplified(name)
    if text in _ambiguous():
        return None
    return by_alias().get(text) or by_abbreviation().get(name.upper()) or _by_canonical().get(canonical(text))
