"""Are the lookups still right? Entries that contradict each other, are never used, or are missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import polars as pl

from etl import lookups
from etl.published import scan

# Lookup, columns whose words (parted by |) must mean one thing, column of that thing.
_KEYED = (
    ("organizations", ("name_zh", "aliases_zh", "abbrev"), "org_id"),
    ("country_aliases_zh", ("name_zh",), "iso_alpha2"),
    ("sector_lexicon_zh", ("keyword_zh",), "dac5"),
    ("foreign_units", ("name_zh", "aliases_zh"), "iso"),
)
TOP = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `kind`: contradictory, unused or unmatched; `n` counts rows of the dataset."""

    kind: str
    lookup: str
    entry: str
    detail: str
    n: int = 0


def contradictions() -> list[Finding]:
    """Words that one lookup maps to two things, and provinces that bear one name on one day."""
    found = []
    for name, columns, target in _KEYED:
        meanings: defaultdict[str, set[str]] = defaultdict(set)
        for row in lookups.rows(name):
            for word in (w for column in columns for w in row[column].split("|") if w):
                meanings[word].add(row[target])
        found += [
            Finding("contradictory", name, word, " and ".join(sorted(ids)))
            for word, ids in sorted(meanings.items())
            if len(ids) > 1
        ]
    return found + _overlapping_provinces()


def _overlapping_provinces() -> list[Finding]:
    spans: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in lookups.rows("vn_provinces"):
        spans[row["name_zh_full"]].append((row["valid_from"] or "0000", row["valid_to"] or "9999", row["unit_key"]))
    found = []
    for name, units in sorted(spans.items()):
        units.sort()
        for (_, end, one), (start, _, other) in pairwise(units):
            if start <= end:
                found.append(Finding("contradictory", "vn_provinces", name, f"{one} and {other} overlap in time"))
    return found


def unused(dataset: Path) -> list[Finding]:
    """Organisations and site profiles that no row of the dataset refers to."""
    parties = scan(dataset, "participants").select("org_id").unique().collect()["org_id"].to_list()
    sites = scan(dataset, "articles").select(pl.col("site").cast(pl.String)).unique().collect()["site"].to_list()
    found = [
        Finding("unused", "organizations", row["name_zh"], row["org_id"])
        for row in lookups.rows("organizations")
        if row["org_id"] not in parties
    ]
    return found + [
        Finding("unused", "sites", str(profile["name"]), "no article of this site")
        for profile in lookups.sites()
        if profile["name"] not in sites
    ]


def unmatched(dataset: Path) -> list[Finding]:
    """What the dataset names most often and no lookup knows: organisations, places, sites, currencies."""
    people = scan(dataset, "participants")
    organizations = people.filter((pl.col("entity_type") == "organization") & pl.col("org_id").is_null())
    places = scan(dataset, "events").filter(pl.col("place_text").is_not_null() & pl.col("place_id").is_null())
    sites = scan(dataset, "articles").filter(pl.col("layout").cast(pl.String) == "generic")
    money = scan(dataset, "money_mentions").filter(pl.col("currency").is_null())
    return [
        *_most_frequent(organizations, "name_text", "organizations"),
        *_most_frequent(places, "place_text", "places"),
        *_most_frequent(sites, "site", "sites"),
        *_most_frequent(money, "quote", "currency_aliases_zh"),
    ]


def _most_frequent(table: pl.LazyFrame, column: str, lookup: str) -> list[Finding]:
    counted = (
        table.group_by(pl.col(column).cast(pl.String))
        .agg(n=pl.len())
        .sort(["n", column], descending=[True, False])
        .head(TOP)
        .collect()
    )
    return [Finding("unmatched", lookup, str(entry), "", n) for entry, n in counted.iter_rows()]
