"""Reading a published dataset back: what report, explain, diff and the exports share."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from etl.errors import ConfigError

NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__"


def files(dataset: Path, table: str) -> list[Path]:
    """The Parquet files of a table, in order. Raises ConfigError when the folder holds no such table."""
    found = sorted((dataset / table).rglob("*.parquet"))
    if not found:
        raise ConfigError(f"{dataset}: holds no table {table}. Name the OUTPUT folder of a run, or run `youlian run`.")
    return found


def scan(dataset: Path, table: str) -> pl.LazyFrame:
    """A table with its partition year as `pub_year` (null when unknown) where it is partitioned."""
    return pl.concat([_part(path) for path in files(dataset, table)])


def _part(path: Path) -> pl.LazyFrame:
    frame = pl.scan_parquet(path, hive_partitioning=False)
    key, _, year = path.parent.name.partition("=")
    if key != "pub_year":
        return frame
    return frame.with_columns(pub_year=pl.lit(None if year == NULL_PARTITION else int(year), dtype=pl.Int32))
