"""Which pages count: of the pages that share an address the one crawled last, then the last by its path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from etl.publish.merge import Input
from etl.store import fragments
from etl.store.folders import Output
from etl.store.fragments import PAGE, Part
from etl.validate import reject_row

_COLUMNS = ["uid", "page", "file", "part", "source_path", "article_id", "url", "crawled_at", "is_article"]


@dataclass(frozen=True, slots=True)
class Live:
    """`inputs` are the parts with their live articles, `standing` with all pages whose files stand.

    `articles` has the columns of `snapshots.LIVE`; `losers` are pages that gave way to another of the same address.
    """

    inputs: tuple[Input, ...]
    standing: tuple[Input, ...]
    articles: pl.DataFrame
    losers: pl.DataFrame


def resolve(output: Output, files: pl.DataFrame) -> Live:
    """The live pages of the raw files (rows of a snapshot)."""
    parts: list[Part] = []
    frames: list[pl.DataFrame] = []
    for name in sorted(files["fragment"].unique()):
        fragment = fragments.load(output.fragments / name)
        own = files.filter(pl.col("fragment") == name).select("file", "source")
        pages = fragment.pages().join(own, on="file", how="inner", maintain_order="left")
        base = len(parts)
        parts += fragment.parts
        columns = [*_COLUMNS, "published_date", "n_own_lines", "source"]
        frames.append(pages.select(columns).with_columns(part=pl.col("part") + base))
    if not frames:
        return Live((), (), _article_frame(pl.DataFrame(schema=_SCHEMA)), pl.DataFrame(schema=_SCHEMA))
    pages = pl.concat(frames)
    ranked = pages.filter("is_article").sort("article_id", "crawled_at", "source_path", "source", nulls_last=False)
    winners = ranked.unique("article_id", keep="last", maintain_order=True)
    losers = ranked.join(winners, on="uid", how="anti", maintain_order="left")
    losers = losers.join(winners.select("article_id", winner="source_path"), on="article_id", how="left")
    return Live(
        inputs=tuple(_inputs(parts, winners)),
        standing=tuple(_inputs(parts, pages.join(losers, on="uid", how="anti"))),
        articles=_article_frame(winners),
        losers=losers.sort("source_path", "uid"),
    )


def inputs_of(output: Output, files: pl.DataFrame, uids: pl.Series) -> list[Input]:
    """The parts of the raw files' fragments that hold some of the pages, with these pages only."""
    parts: list[Part] = []
    frames = [pl.DataFrame(schema={"page": pl.UInt32, "part": pl.UInt32})]
    for name in sorted(files["fragment"].unique()):
        for part in fragments.load(output.fragments / name).parts:
            pages = pl.scan_parquet(part.file("pages")).filter(pl.col("uid").is_in(uids.implode())).select("page")
            frames.append(pages.with_columns(part=pl.lit(len(parts), pl.UInt32)).collect())
            parts.append(part)
    return _inputs(parts, pl.concat(frames))


_SCHEMA: Mapping[str, pl.DataType] = {
    **{name: fragments.PAGES[name] for name in _COLUMNS if name in fragments.PAGES},
    "part": pl.UInt32(),
    "published_date": pl.Date(),
    "n_own_lines": pl.Int32(),
    "source": pl.String(),
    "winner": pl.String(),
}


def _article_frame(winners: pl.DataFrame) -> pl.DataFrame:
    year = pl.col("published_date").dt.year().alias("pub_year")
    return winners.select("uid", "article_id", year, "n_own_lines")


def _inputs(parts: Sequence[Part], pages: pl.DataFrame) -> list[Input]:
    """Each part with a mask of the given pages; parts without any are left out."""
    found = []
    by_part = pages.select("part", "page").partition_by("part", as_dict=True)
    for number, part in enumerate(parts):
        mine = by_part.get((number,))
        if mine is None:
            continue
        mask = pl.select(pl.int_range(part.pages, dtype=pl.UInt32).is_in(mine["page"].implode())).to_series()
        found.append(Input(part, None if mask.all() else mask))
    return found


def reject_rows(live: Live) -> pl.DataFrame:
    """Rejects of the standing pages, and of those that gave way, in no particular order."""
    frames = []
    for item in live.standing:
        frame = pl.read_parquet(item.part.file("rejects"))
        if item.live is not None and not frame.is_empty():
            frame = frame.filter(item.live.gather(frame[PAGE]))
        frames.append(frame.drop(PAGE))
    rows = [
        reject_row(
            row["source_path"],
            "read.same_url",
            f"Another record of this address was crawled later or comes last: {row['winner']}.",
            article_id=row["article_id"],
            record_key=row["url"],
        )
        for row in live.losers.iter_rows(named=True)
    ]
    schema = {name: dtype for name, dtype in fragments.rejects_schema().items() if name != PAGE}
    return pl.concat([pl.DataFrame(rows, schema=schema, orient="row"), *frames])
