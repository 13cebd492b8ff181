"""Known organisations: every alias, what it stands for, and the words that names end, begin and break at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl import lookups
from etl.normalize.names import Names, simplified


@dataclass(frozen=True, slots=True)
class Organization:
    """A row of organizations.csv: its id, main Chinese name and country (ISO 3166-1 alpha-2)."""

    org_id: str
    name: str
    country: str | None


_HAN = re.compile(r"[\u4e00-\u9fff]")
# Aliases that are also general words: known only as part of a longer name or by a page's context.
_TOO_GENERAL = frozenset(
    ["妇联", "共青团", "外交部", "省外事厅", "省外务厅", "外务厅", "外事厅", "省人民委员会", "人民委员会", "市人民委员会", "祖国阵线", "慈济", "至善", "美洲部", "亚非部", "和平委员会", "市和平委员会", "儿童基金会", "好邻居", "繁荣网络", "东西会", "中央应急基金", "和平树", "宣明会"]
)


@cache
def by_alias() -> dict[str, Organization]:
    """Every Chinese alias (simplified, hyphens as -) -> its organisation."""
    found: dict[str, Organization] = {}
    for row in lookups.rows("organizations"):
        organization = Organization(row["org_id"], row["name_zh"], row["country"] or None)
        for alias in (row["name_zh"], *filter(None, row["aliases_zh"].split("|"))):
            found.setdefault(simplified(alias), organization)
    return found


@cache
def by_abbreviation() -> dict[str, Organization]:
    """Latin abbreviations and names -> organisation, in upper case."""
    found: dict[str, Organization] = {}
    for row in lookups.rows("organizations"):
        organization = Organization(row["org_id"], row["name_zh"], row["country"] or None)
        for alias in (row["abbrev"], row["name_en"], *row["aliases_zh"].split("|")):
            if alias and not _HAN.search(alias):
                found.setdefault(alias.upper(), organization)
    return found


@cache
def alias_names() -> Names:
    return Names(alias for alias in by_alias() if _HAN.search(alias) and alias not in _TOO_GENERAL)


@cache
def abbreviation_pattern() -> re.Pattern[str]:
    """Abbreviations of at least three capitals, standing alone."""
    names = sorted((a for a in by_abbreviation() if len(a) > 2), key=lambda a: (-len(a), a))
    return re.compile(r"(?<![A-Za-z])(?:" + "|".join(map(re.escape, names)) + r")(?![A-Za-z])")


@cache
def suffixes() -> Names:
    """What the names of organisations end with."""
    return Names(row["suffix"] for row in lookups.rows("org_suffixes"))


def _words(effect: str) -> tuple[str, ...]:
    return tuple(row["text"] for row in lookups.rows("name_limits") if row["effect"] == effect)


@cache
def limits() -> frozenset[str]:
    """Words no organisation's name holds: its name begins after them."""
    return frozenset(_words("limit"))


@cache
def limit_names() -> tuple[Names, frozenset[str]]:
    """Index of limits of two characters and more with the words that hold one and limit nothing, and the single ones."""
    words = [word for word in (*_words("limit"), *_words("part")) if len(word) > 1]
    return Names(words), frozenset(word for word in limits() if len(word) == 1)
