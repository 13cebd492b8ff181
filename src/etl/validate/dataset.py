"""A published dataset held against every promise: files, hashes, schemas, checks, quotes, foreign keys.

It reads files only, one partition at a time, and knows nothing of how they were made.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from etl import published
from etl.errors import PublishError, SchemaDrift
from etl.schema import arrow_schema, polars_schema
from etl.tables import PAGE_TABLES, TABLES, ForeignKey, Table
from etl.validate import checks, links
from etl.validate.frames import PAGE

_CHUNK = 1 << 20
_BATCH_ROWS = 65_536


@dataclass(frozen=True, slots=True)
class Finding:
    """A promise that a file breaks, with the number of rows that break it."""

    path: str
    code: str
    n: int
    message: str


def check(dataset: Path) -> list[Finding]:
    """Everything that is wrong with a dataset, by path and code; empty when all is well.

    Raises ConfigError when the folder holds no dataset.
    """
    try:
        described = published.described(dataset)
    except PublishError as error:
        return [Finding("datapackage.json", "file.altered", 1, str(error))]
    found = list(_files(dataset, described))
    broken = {finding.path for finding in found}
    paths = [resource["path"] for resource in described["resources"] if resource["path"] not in broken]
    tables = {name: [dataset / p for p in paths if p.startswith(f"{name}/")] for name in TABLES}
    for path in paths:
        found += _rows(dataset, path, TABLES[path.partition("/")[0]])
    for table in TABLES.values():
        found += _keys(dataset, table, tables)
    found += _quotes(dataset, tables)
    return sorted(found, key=lambda finding: (finding.path, finding.code, finding.message))


def _files(dataset: Path, described: dict[str, Any]) -> Iterator[Finding]:
    listed = {resource["path"]: resource for resource in described["resources"]}
    for path, resource in sorted(listed.items()):
        if not (dataset / path).is_file():
            yield Finding(path, "file.missing", 1, "The file is listed in datapackage.json and not there.")
        elif f"sha256:{_sha256(dataset / path)}" != resource["hash"]:
            yield Finding(path, "file.altered", 1, "The file is not what datapackage.json says it is.")
        elif not pq.read_schema(dataset / path).equals(
            arrow_schema(TABLES[path.partition("/")[0]]), check_metadata=True
        ):
            yield Finding(path, "file.schema", 1, "Columns, types or descriptions are not those of the table.")
    present = {p.relative_to(dataset).as_posix() for name in TABLES for p in (dataset / name).rglob("*.parquet")}
    for path in sorted(present - listed.keys()):
        yield Finding(path, "file.unlisted", 1, "The file is not listed in datapackage.json.")
    for name in sorted(TABLES.keys() - {path.partition("/")[0] for path in listed}):
        yield Finding(name, "file.missing", 1, "The table has no file.")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _rows(dataset: Path, path: str, table: Table) -> Iterator[Finding]:
    """The checks of single rows."""
    counts: Counter[tuple[str, str]] = Counter()
    with pq.ParquetFile(dataset / path) as file:
        for batch in file.iter_batches(_BATCH_ROWS):
            frame = pl.DataFrame(batch).cast(polars_schema(table)).with_columns(pl.lit(0, pl.UInt32).alias(PAGE))  # type: ignore[arg-type]
            try:
                counts.update((f.code, f.message) for f in checks.failures(table, frame))
            except SchemaDrift as error:
                yield Finding(path, "validate.type", frame.height, str(error))
    for (code, message), n in sorted(counts.items()):
        yield Finding(path, code, n, message)


def _scan(paths: list[Path], table: Table) -> pl.LazyFrame:
    if not paths:
        return pl.LazyFrame(schema=polars_schema(table))
    schema = polars_schema(table)
    return pl.concat(pl.scan_parquet(path, hive_partitioning=False).cast(schema) for path in paths)  # type: ignore[arg-type]


def _keys(dataset: Path, table: Table, tables: dict[str, list[Path]]) -> Iterator[Finding]:
    """Keys that repeat, and foreign keys that find nothing, over the whole dataset."""
    rows = _scan(tables[table.name], table)
    repeated = rows.select(table.key).group_by(*table.key).len().filter(pl.col("len") > 1).select(pl.len()).collect()
    if repeated.item():
        yield Finding(table.name, "validate.duplicate_key", repeated.item(), "Several rows have one key.")
    for key in (*table.foreign_keys, *_ACROSS.get(table.name, ())):
        target = _scan(tables[key.table], TABLES[key.table]).select(key.to_columns).unique()
        missing = (
            rows.select(key.columns).drop_nulls().join(target, left_on=key.columns, right_on=key.to_columns, how="anti")
        )
        n = missing.select(pl.len()).collect().item()
        if n:
            yield Finding(
                table.name, "validate.foreign_key", n, f"{', '.join(key.columns)} names no row of {key.table}."
            )


# Keys that only the whole dataset can fill.
_ACROSS = {
    "articles": (ForeignKey(("duplicate_of",), "articles", ("article_id",)),),
    "aid_projects": (ForeignKey(("claim_id",), "aid_projects", ("aid_id",)),),
    "events": (ForeignKey(("happening_id",), "events", ("event_id",)),),
    "related_links": (ForeignKey(("linked_article_id",), "articles", ("article_id",)),),
}


def _quotes(dataset: Path, tables: dict[str, list[Path]]) -> Iterator[Finding]:
    """Quotes that are not what their line says, one partition after the other."""
    lines: dict[str, list[Path]] = {}
    for path in tables["lines"]:
        lines.setdefault(path.parent.name, []).append(path)
    for table in PAGE_TABLES:
        for path in tables[table.name] if table.name in links.QUOTES else []:
            frames = {
                table.name: _scan([path], table).with_columns(pl.lit(0, pl.UInt32).alias(PAGE)).collect(),
                "lines": _scan(lines.get(path.parent.name, []), TABLES["lines"])
                .filter("is_own")
                .with_columns(pl.lit(0, pl.UInt32).alias(PAGE))
                .collect(),
            }
            counts = Counter((f.code, f.message) for f in links.evidence(table, frames))
            for (code, message), n in sorted(counts.items()):
                yield Finding(path.relative_to(dataset).as_posix(), code, n, message)
