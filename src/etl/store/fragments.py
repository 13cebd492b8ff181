"""Fragments: the rows of a batch of raw files, kept until their files change. What is published is merged from them.

    fragments/<id>/manifest.json      fingerprints and, for every part, which row groups hold which year
    fragments/<id>/files.parquet      the raw files it was made from
    fragments/<id>/<part>/pages.parquet, page_keys.parquet, rejects.parquet, <table>.parquet

Rows of a table stand sorted by year and the table's order, each year in row groups of its own, and carry `_page`,
so that a merge reads only its year and leaves out pages that no longer count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from etl.schema import polars_schema
from etl.store import durable
from etl.tables import PAGE_TABLES, TABLES, Table

PAGE = "_page"
GROUP_ROWS = 16_384  # of a fragment's row groups: bounds what a merge holds of each input
PAGES: dict[str, pl.DataType] = {
    "uid": pl.UInt64(),
    "page": pl.UInt32(),
    "file": pl.UInt32(),
    "source_path": pl.String(),
    "article_id": pl.String(),
    "url": pl.String(),
    "crawled_at": pl.Datetime("us", "UTC"),
    "published_date": pl.Date(),
    "site": pl.String(),
    "is_html": pl.Boolean(),
    "is_article": pl.Boolean(),
    "n_own_lines": pl.Int32(),
    "n_money": pl.Int32(),
    "n_aid": pl.Int32(),
    "n_events": pl.Int32(),
    "codes": pl.List(pl.String()),
}
FILES: dict[str, pl.DataType] = {
    "file": pl.UInt32(),
    "source_path": pl.String(),
    "size": pl.Int64(),
    "stamp": pl.String(),
    "sha256": pl.String(),
    "kind": pl.String(),
}


GroupEntry: TypeAlias = tuple[int | None, int, int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one year in a part's file of a table: `count` row groups from `first` on."""

    year: int | None
    rows: int
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Part:
    """One sorted piece of a fragment. `groups` are by table name."""

    folder: Path
    pages: int
    groups: Mapping[str, tuple[Group, ...]]

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A finished fragment as its manifest describes it."""

    folder: Path
    fingerprints: Mapping[str, str]
    parts: tuple[Part, ...]

    @property
    def id(self) -> str:
        return self.folder.name

    def files(self) -> pl.DataFrame:
        return pl.read_parquet(self.folder / "files.parquet")

    def pages(self) -> pl.DataFrame:
        """Every page of the fragment with `part`, its number of the part."""
        frames = [
            pl.read_parquet(part.file("pages")).with_columns(part=pl.lit(number, pl.UInt32))
            for number, part in enumerate(self.parts)
        ]
        return pl.concat(frames) if frames else pl.DataFrame(schema={**PAGES, "part": pl.UInt32})


def uid(fragment: str, part: int, page: int) -> int:
    """A number for one processing of one page, kept when fragments are merged."""
    return int.from_bytes(hashlib.sha256(f"{fragment}/{part}/{page}".encode()).digest()[:8], "big")


def write_part(
    folder: Path,
    frames: Mapping[str, pl.DataFrame],
    pages: pl.DataFrame,
    page_keys: pl.DataFrame,
    rejects: pl.DataFrame,
) -> dict[str, Any]:
    """Writes one part and returns its entry of the manifest. Frames and rejects carry `_page`."""
    folder.mkdir(parents=True)
    years = pages.select(pl.col("page").alias(PAGE), _year=pl.col("published_date").dt.year())
    groups = {t.name: _write_table(folder, t, frames[t.name].join(years, on=PAGE, how="left")) for t in PAGE_TABLES}
    pages.cast(PAGES).select(*PAGES).write_parquet(folder / "pages.parquet")  # type: ignore[arg-type]
    page_keys.write_parquet(folder / "page_keys.parquet")
    rejects.write_parquet(folder / "rejects.parquet")
    return {"pages": pages.height, "tables": groups}


def _write_table(folder: Path, table: Table, frame: pl.DataFrame) -> list[GroupEntry]:
    """Rows by year, each year in row groups of its own."""
    frame = frame.sort("_year", *table.order, nulls_last=True)
    sizes = frame["_year"].rle().struct.unnest().select("value", "len").iter_rows()
    plain, years, start = frame.drop("_year"), [], 0
    for year, rows in sizes:
        years.append((year, _slices(plain[start : start + rows])))
        start += rows
    return write_years(folder / f"{table.name}.parquet", table, years)


def _slices(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    return (frame[start : start + GROUP_ROWS] for start in range(0, frame.height, GROUP_ROWS))


def write_years(
    path: Path, table: Table, years: Iterable[tuple[int | None, Iterable[pl.DataFrame]]]
) -> list[GroupEntry]:
    """Writes the frames of each year, a row group each, and says where they are: (year, rows, first group, groups)."""
    schema = _arrow(pl.DataFrame(schema={**polars_schema(table), PAGE: pl.UInt32()})).schema
    written: list[GroupEntry] = []
    first = 0
    # Nobody searches a fragment by its statistics, and they make up much of what opening a file reads.
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1, write_statistics=False) as out:
        for year, frames in years:
            rows = count = 0
            for frame in frames:
                out.write_table(_arrow(frame.select(*polars_schema(table), PAGE)))
                rows, count = rows + frame.height, count + 1
            if rows:
                written.append((year, rows, first, count))
            first += count
    pa.default_memory_pool().release_unused()  # else a hundred MiB of what was written stays with the process
    return written


def _arrow(frame: pl.DataFrame) -> pa.Table:
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())


def finish(
    folder: Path, partial: Path, files: pl.DataFrame, parts: list[dict[str, Any]], fingerprints: Mapping[str, str]
) -> Fragment:
    """Makes the fragment appear whole under its name, or not at all."""
    files.select(*FILES).write_parquet(partial / "files.parquet")
    manifest = {"fingerprints": dict(fingerprints), "parts": parts, "bytes": _sizes(partial)}
    (partial / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    durable.sync_tree(partial)
    partial.rename(folder)
    durable.sync_folder(folder.parent)
    return load(folder)


def _sizes(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in sorted(folder.rglob("*.parquet"))}


def damaged(fragments: Path) -> list[Path]:
    """Fragments that lost files, or whose files have another size than was written."""
    return [folder for folder in sorted(fragments.glob("*/")) if "." not in folder.name and not _is_whole(folder)]


def _is_whole(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    sizes = _sizes(folder)
    return bool(manifest.get("bytes", sizes) == sizes)


def load(folder: Path) -> Fragment:
    """A finished fragment. Raises FileNotFoundError when there is none."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    parts = tuple(
        Part(
            folder / str(number),
            entry["pages"],
            {name: tuple(Group(*group) for group in groups) for name, groups in entry["tables"].items()},
        )
        for number, entry in enumerate(manifest["parts"])
    )
    return Fragment(folder, manifest["fingerprints"], parts)


def finished(fragments: Path) -> list[str]:
    """The ids of all finished fragments."""
    return sorted(path.parent.name for path in fragments.glob("*/manifest.json") if "." not in path.parent.name)


def rejects_schema() -> dict[str, pl.DataType]:
    """Columns of a part's rejects."""
    return {**polars_schema(TABLES["rejects"]), PAGE: pl.UInt32()}
