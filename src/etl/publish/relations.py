"""What only the whole dataset can tell: relate's overrides, where they apply and what of them changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from etl.publish.merge import Input
from etl.relate import INPUTS, relate
from etl.store.fragments import PAGE
from etl.tables import TABLES

KEYS = {
    "articles": ("article_id",),
    "aid_projects": ("aid_id",),
    "events": ("event_id",),
    "related_links": ("article_id", "line_no", "seq"),
}
YEAR = "pub_year"

Overrides = Mapping[str, pl.DataFrame]


def find(inputs: Sequence[Input], live: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The overrides of the dataset that the inputs hold, each row with the year of its partition."""
    if not inputs:
        return {}
    found = relate({name: scan(inputs, name) for name in INPUTS})
    years = live.select("article_id", YEAR)
    placed = {}
    for name, frame in sorted(found.items()):
        key = KEYS[name][0]
        if key != "article_id":
            articles = scan(inputs, name).select(key, "article_id")
            frame = frame.lazy().join(articles, on=key, how="inner").collect()
        placed[name] = frame.join(years, on="article_id", how="inner").sort(*KEYS[name])
    return placed


def scan(inputs: Sequence[Input], name: str) -> pl.LazyFrame:
    """The live rows of a table (or of page_keys) in no particular order."""
    return pl.concat([_scan_part(item, name) for item in inputs])


def _scan_part(item: Input, name: str) -> pl.LazyFrame:
    frame = pl.scan_parquet(item.part.file(name), hive_partitioning=False)
    if item.live is None:
        return frame
    pages = pl.LazyFrame({PAGE: item.live.arg_true()}, schema={PAGE: pl.UInt32})
    return frame.join(pages, on=PAGE, how="semi")


def changed_years(old: Overrides, new: Overrides) -> dict[str, set[int | None]]:
    """By table, the years in which an override came, went or changed."""
    changed: dict[str, set[int | None]] = {}
    for name in old.keys() | new.keys():
        before, after = old.get(name), new.get(name)
        if before is None or after is None or before.columns != after.columns:
            frames = [frame for frame in (before, after) if frame is not None]
        else:
            on = before.columns
            frames = [
                before.join(after, on=on, how="anti", nulls_equal=True),
                after.join(before, on=on, how="anti", nulls_equal=True),
            ]
        changed[name] = {year for frame in frames for year in frame[YEAR]}
    return changed


def apply(frames: Iterable[pl.DataFrame], table: str, overrides: Overrides, year: int | None) -> Iterator[pl.DataFrame]:
    """The rows of one partition with what the whole dataset says of them."""
    found = overrides.get(table, pl.DataFrame(schema={YEAR: pl.Int32}))
    found = found.filter(pl.col(YEAR).eq_missing(pl.lit(year, pl.Int32)))
    if found.is_empty():
        return iter(frames)
    keys = KEYS[table]
    columns = [c for c in found.columns if c in TABLES[table].names and c not in (*keys, "article_id")]
    right = found.select(*keys, *(pl.col(c).alias(f"{c}:new") for c in columns))

    def applied(frame: pl.DataFrame) -> pl.DataFrame:
        joined = frame.join(right, on=list(keys), how="left", maintain_order="left")
        return joined.with_columns(pl.coalesce(f"{c}:new", c).alias(c) for c in columns).select(frame.columns)

    return map(applied, frames)
