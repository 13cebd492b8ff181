"""Many small fragments into few: publication reads a row of every part at once, and hourly runs leave one each."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from etl.publish import merge
from etl.publish.merge import Input
from etl.store import fragments, snapshots
from etl.store.folders import Output
from etl.store.fragments import GROUP_ROWS, PAGE, Fragment
from etl.tables import PAGE_TABLES

MOST_PARTS = 48
# Beyond that so many are merged at a time that it is some runs until the next merge.
SLACK = 16

Stamps = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Compacted:
    """The files (rows of a snapshot) and stamps after merging; the rows they lead to are the same."""

    files: pl.DataFrame
    stamps: dict[str, Mapping[str, str]]


def compact(output: Output, files: pl.DataFrame, stamps: Stamps) -> Compacted:
    """Merges the smallest fragments of equal stamp until there are few parts enough to publish from."""
    current = Compacted(files, dict(stamps))
    while True:
        chosen = _choose(output, current)
        if len(chosen) < 2:
            return current
        current = _merge(output, current, chosen)


def _choose(output: Output, current: Compacted) -> list[Fragment]:
    found = [fragments.load(output.fragments / name) for name in sorted(current.files["fragment"].unique())]
    n_parts = sum(len(fragment.parts) for fragment in found)
    if n_parts <= MOST_PARTS:
        return []
    found.sort(key=lambda fragment: (sum(part.pages for part in fragment.parts), fragment.id))
    stamp = current.stamps[found[0].id]
    chosen, count = [], 0
    for fragment in found:
        if current.stamps[fragment.id] == stamp and count < min(MOST_PARTS, n_parts - MOST_PARTS + SLACK):
            chosen.append(fragment)
            count += len(fragment.parts)
    return chosen


def _merge(output: Output, current: Compacted, chosen: Sequence[Fragment]) -> Compacted:
    names = [fragment.id for fragment in chosen]
    own = current.files.filter(pl.col("fragment").is_in(names)).sort("source", "source_path").with_row_index("new_file")
    folder = output.fragments / uuid.uuid4().hex[:16]
    partial = folder.with_name(f"{folder.name}.partial")
    pages, inputs = _standing(chosen, own)
    if partial.exists():
        shutil.rmtree(partial)
    (partial / "0").mkdir(parents=True)
    entry = {"pages": pages.height, "tables": _write_tables(partial / "0", inputs)}
    pages.select(*fragments.PAGES).write_parquet(partial / "0" / "pages.parquet")
    for name in ("page_keys", "rejects"):
        _gathered(inputs, name).write_parquet(partial / "0" / f"{name}.parquet")
    rows = own.select(pl.col("new_file").alias("file"), "source_path", "size", "stamp", "sha256", "kind")
    fragments.finish(folder, partial, rows.cast({"file": pl.UInt32}), [entry], chosen[0].fingerprints)
    moved = own.with_columns(fragment=pl.lit(folder.name), file=pl.col("new_file").cast(pl.UInt32))
    rest = current.files.filter(~pl.col("fragment").is_in(names))
    stamps = {name: stamp for name, stamp in current.stamps.items() if name not in names}
    stamps[folder.name] = current.stamps[names[0]]
    return Compacted(pl.concat([rest.select(*snapshots.FILES), moved.select(*snapshots.FILES)]), stamps)


def _standing(chosen: Sequence[Fragment], own: pl.DataFrame) -> tuple[pl.DataFrame, list[Input]]:
    """The pages whose files stand, renumbered throughout, and every part with its pages' new numbers."""
    frames, inputs, count = [], [], 0
    for fragment in chosen:
        files = own.filter(pl.col("fragment") == fragment.id).select("file", "new_file")
        for number, part in enumerate(fragment.parts):
            pages = fragment.pages().filter(pl.col("part") == number)
            pages = pages.join(files, on="file", how="inner", maintain_order="left")
            new = pl.int_range(count, count + pages.height, dtype=pl.UInt32, eager=True)
            frames.append(pages.with_columns(new.alias("new_page")))
            inputs.append(_input(part, frames[-1]))
            count += pages.height
    pages = pl.concat(frames).with_columns(page=pl.col("new_page"), file=pl.col("new_file").cast(pl.UInt32))
    return pages, inputs


def _input(part: fragments.Part, pages: pl.DataFrame) -> Input:
    all_pages = pl.DataFrame({"page": pl.int_range(part.pages, dtype=pl.UInt32, eager=True)})
    numbers = all_pages.join(pages.select("page", "new_page"), on="page", how="left", maintain_order="left")["new_page"]
    return Input(part, numbers.is_not_null(), numbers)


def _write_tables(folder: Path, inputs: Sequence[Input]) -> dict[str, list[fragments.GroupEntry]]:
    written = {}
    for table in PAGE_TABLES:
        years = {group.year for item in inputs for group in item.part.groups[table.name]}
        ordered = sorted(years, key=lambda year: (year is None, year))
        frames = ((year, merge.cut(merge.numbered_rows(inputs, table, year), GROUP_ROWS)) for year in ordered)
        written[table.name] = fragments.write_years(folder / f"{table.name}.parquet", table, frames)
    return written


def _gathered(inputs: Sequence[Input], name: str) -> pl.DataFrame:
    frames = []
    for item in inputs:
        frame = pl.read_parquet(item.part.file(name))
        assert item.live is not None
        assert item.numbers is not None
        frame = frame.filter(item.live.gather(frame[PAGE]))
        frames.append(frame.with_columns(item.numbers.gather(frame[PAGE]).alias(PAGE)))
    return pl.concat(frames)
