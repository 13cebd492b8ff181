"""Reading a published dataset back: what report, explain, diff and the exports share."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import ConfigError, PublishError

NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__"
_PARTITION = "pub_year="
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


def scan(dataset: Path, table: str, years: Collection[int | None] | None = None) -> pl.LazyFrame:
    """A table with its partition year as `pub_year` (null when unknown) where it is partitioned.

    With `years` only those partitions are opened; a table that has none of them is without rows.
    """
    found = files(dataset, table)
    wanted = found if years is None else [path for path in found if _year(path) in years]
    return pl.concat([_part(path) for path in wanted]) if wanted else _part(found[0]).clear()


def _part(path: Path) -> pl.LazyFrame:
    frame = pl.scan_parquet(path, hive_partitioning=False)
    if not path.parent.name.startswith(_PARTITION):
        return frame
    return frame.with_columns(pub_year=pl.lit(_year(path), dtype=pl.Int32))


def _year(path: Path) -> int | None:
    """The year of a partition's file."""
    year = path.parent.name.removeprefix(_PARTITION)
    return None if year == NULL_PARTITION else int(year)
