"""datapackage.json (Frictionless): every published file with its rows, bytes, hash and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from etl.publish.partitions import PublishedFile
from etl.schema import FRICTIONLESS
from etl.tables import TABLES, Column, Table


def describe(files: Iterable[PublishedFile], version: int, created: str, counts: Mapping[str, int]) -> dict[str, Any]:
    """The descriptor of a version. `created` is an ISO 8601 instant; paths are relative to the descriptor."""
    return {
        "profile": "data-package",
        "name": "youlian",
        "title": "youlian: evidence-linked tables from Chinese-language Vietnamese news",
        "version": str(version),
        "version_path": f"_versions/{version}",
        "created": created,
        "counts": dict(counts),
        "resources": [_resource(file) for file in sorted(files, key=lambda file: file.path)],
    }


def _resource(file: PublishedFile) -> dict[str, Any]:
    table = TABLES[file.path.partition("/")[0]]
    return {
        "name": file.path.lower().replace("=", "-").replace("/", ".").removesuffix(".parquet"),
        "title": table.name,
        "description": table.description,
        "path": file.path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "rows": file.rows,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "sha256": file.sha256,
        "schema": _schema(table.name),
    }


@cache
def _schema(name: str) -> dict[str, Any]:
    table = TABLES[name]
    return {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        # Not `foreignKeys`: those must name a resource of this package, and a table is as many resources as files.
        "references": _references(table),
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.null else {"required": True}
    if column.codes:
        constraints["enum"] = list(column.codes)
    if column.low is not None:
        constraints["minimum"] = column.low
    if column.high is not None:
        constraints["maximum"] = column.high
    field = {"name": column.name, "type": FRICTIONLESS[column.type], "description": column.description}
    return {**field, "constraints": constraints} if constraints else field


def _references(table: Table) -> list[dict[str, Any]]:
    return [
        {"fields": list(key.columns), "table": key.table, "to_fields": list(key.to_columns)}
        for key in table.foreign_keys
    ]
