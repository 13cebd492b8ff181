"""One partition of one table as published files: the same rows give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from etl.publish import merge
from etl.schema import arrow_schema, to_arrow
from etl.tables import Table

ZSTD_LEVEL = 3
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a version: `path` is relative to it."""

    path: str
    rows: int
    bytes: int
    sha256: str


def write(version: Path, folder: str, table: Table, frames: Iterable[pl.DataFrame]) -> list[PublishedFile]:
    """Writes `folder`/part-N.parquet from sorted frames; nothing when there are no rows.

    Row groups and files are cut at fixed numbers of rows, so the cut of the frames leaves no trace.
    """
    written: list[PublishedFile] = []
    groups = merge.cut(frames, table.group_rows)
    group = next(groups, None)
    while group is not None:
        path = f"{folder}/part-{len(written)}.parquet"
        rows = 0
        (version / folder).mkdir(parents=True, exist_ok=True)
        with _writer(version / path, table) as out:
            for _ in range(table.file_groups):
                out.write_table(to_arrow(group, table))
                rows += group.height
                group = next(groups, None)
                if group is None:
                    break
        written.append(described(version, path, rows))
    pa.default_memory_pool().release_unused()
    return written


def write_empty(version: Path, folder: str, table: Table) -> PublishedFile:
    """A file without rows, so that the table can be read all the same."""
    path = f"{folder}/part-0.parquet"
    (version / folder).mkdir(parents=True, exist_ok=True)
    with _writer(version / path, table):
        pass
    return described(version, path, 0)


def _writer(path: Path, table: Table) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        path,
        arrow_schema(table),
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        write_statistics=True,
        write_page_index=True,
    )


def described(version: Path, path: str, rows: int) -> PublishedFile:
    """Size and hash of a file of the version."""
    size, sha256 = size_and_hash(version / path)
    return PublishedFile(path, rows, size, sha256)


def size_and_hash(path: Path) -> tuple[int, str]:
    """Bytes and SHA-256 of a file."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()
