"""Reading a published dataset back: what report, explain, diff and the exports share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import ConfigError, PublishError

NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__"
_REBUILD = "The next run rebuilds it; kept versions stand under _versions."


def described(dataset: Path) -> dict[str, Any]:
    """What datapackage.json says. Raises ConfigError when there is none, PublishError when it is damaged."""
    path = dataset / "datapackage.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise ConfigError(
            f"{dataset}: has no datapackage.json. Name an OUTPUT folder, or a version such as OUTPUT/_versions/3."
        ) from None
    except ValueError:
        raise PublishError(f"{path}: is damaged. {_REBUILD}") from None
    return found


def files(dataset: Path, table: str) -> list[Path]:
    """The Parquet files of a table, in order.

    Raises ConfigError when the folder holds no such table, PublishError when a file of it is no Parquet file.
    """
    found = sorted((dataset / table).rglob("*.parquet"))
    if not found:
        raise ConfigError(f"{dataset}: holds no table {table}. Name the OUTPUT folder of a run, or run `youlian run`.")
    return [sound(path) for path in found]


def sound(path: Path) -> Path:
    """The file itself. Raises PublishError when it is missing or no Parquet file."""
    try:
        pq.read_metadata(path)
    except (pa.ArrowException, OSError):
        raise PublishError(f"{path}: is missing or damaged. {_REBUILD}") from None
    return path


def scan(dataset: Path, table: str) -> pl.LazyFrame:
    """A table with its partition year as `pub_year` (null when unknown) where it is partitioned."""
    return pl.concat([_part(path) for path in files(dataset, table)])


def _part(path: Path) -> pl.LazyFrame:
    frame = pl.scan_parquet(path, hive_partitioning=False)
    key, _, year = path.parent.name.partition("=")
    if key != "pub_year":
        return frame
    return frame.with_columns(pub_year=pl.lit(None if year == NULL_PARTITION else int(year), dtype=pl.Int32))
