"""What `etl.tables` declares, as Arrow and polars schemas with the descriptions a reader finds in the Parquet files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

import polars as pl
import pyarrow as pa

from etl.tables import TABLES, Column, Table, Type

PolarsType: TypeAlias = pl.DataType

_OUTPUT_FIELDS = {"item": pl.String(), "count": pl.Int64(), "unit": pl.String()}
# Codes are plain text while they are worked on: dictionaries would differ from batch to batch.
_POLARS: dict[Type, PolarsType] = {
    Type.ID: pl.String(),
    Type.TEXT: pl.String(),
    Type.CODE: pl.String(),
    Type.SMALL: pl.Int32(),
    Type.COUNT: pl.Int64(),
    Type.REAL: pl.Float64(),
    Type.BOOL: pl.Boolean(),
    Type.MONEY: pl.Decimal(22, 2),
    Type.DATE: pl.Date(),
    Type.INSTANT: pl.Datetime("us", "UTC"),
    Type.LOCAL_TIME: pl.Datetime("us"),
    Type.TEXTS: pl.List(pl.String()),
    Type.NUMBERS: pl.List(pl.Int32()),
    Type.OUTPUTS: pl.List(pl.Struct(_OUTPUT_FIELDS)),
}


def _list_of(kind: pa.DataType) -> pa.DataType:
    """A list whose elements are named as Parquet names them, so that a file read back has the declared schema."""
    return pa.list_(pa.field("element", kind))


_ARROW: dict[Type, pa.DataType] = {
    Type.ID: pa.string(),
    Type.TEXT: pa.string(),
    Type.CODE: pa.dictionary(pa.int32(), pa.string()),
    Type.SMALL: pa.int32(),
    Type.COUNT: pa.int64(),
    Type.REAL: pa.float64(),
    Type.BOOL: pa.bool_(),
    Type.MONEY: pa.decimal128(22, 2),
    Type.DATE: pa.date32(),
    Type.INSTANT: pa.timestamp("us", "UTC"),
    Type.LOCAL_TIME: pa.timestamp("us"),
    Type.TEXTS: _list_of(pa.string()),
    Type.NUMBERS: _list_of(pa.int32()),
    Type.OUTPUTS: _list_of(pa.struct([("item", pa.string()), ("count", pa.int64()), ("unit", pa.string())])),
}
# Names of the Frictionless table schema.
FRICTIONLESS: dict[Type, str] = {
    Type.ID: "string",
    Type.TEXT: "string",
    Type.CODE: "string",
    Type.SMALL: "integer",
    Type.COUNT: "integer",
    Type.REAL: "number",
    Type.BOOL: "boolean",
    Type.MONEY: "number",
    Type.DATE: "date",
    Type.INSTANT: "datetime",
    Type.LOCAL_TIME: "datetime",
    Type.TEXTS: "array",
    Type.NUMBERS: "array",
    Type.OUTPUTS: "array",
}


def polars_type(column: Column) -> PolarsType:
    """The type of a column in the frames that are worked on."""
    return _POLARS[column.type]


def plain_arrow_type(column: Column) -> pa.DataType:
    """The Arrow type of a column's values before codes become dictionaries."""
    return pa.string() if column.type is Type.CODE else _ARROW[column.type]


def polars_schema(table: Table) -> dict[str, PolarsType]:
    """Column types of a table's frames, in the declared order."""
    return {column.name: _POLARS[column.type] for column in table.columns}


@cache
def _fields(name: str) -> pa.Schema:
    table = TABLES[name]
    return pa.schema(
        [
            pa.field(c.name, _ARROW[c.type], nullable=c.null, metadata={"description": c.description})
            for c in table.columns
        ],
        metadata={
            "table": table.name,
            "description": table.description,
            # DuckDB and Spark do not show the metadata of fields: the same once more where they look.
            "columns": json.dumps({c.name: c.description for c in table.columns}, ensure_ascii=False),
            "primary_key": json.dumps(list(table.key)),
        },
    )


def arrow_schema(table: Table) -> pa.Schema:
    """The schema of a table's published files, with `description` on every field and on the file."""
    schema: pa.Schema = _fields(table.name)
    return schema


def to_arrow(frame: pl.DataFrame, table: Table) -> pa.Table:
    """A frame of one row group as it is published: declared types, one chunk per column, codes as dictionaries."""
    plain = frame.select(*polars_schema(table)).to_arrow().combine_chunks()
    schema = arrow_schema(table)
    columns = []
    for field in schema:
        values = plain.column(field.name)
        if pa.types.is_dictionary(field.type):
            values = values.cast(pa.string()).combine_chunks().dictionary_encode()
        columns.append(values.cast(field.type))
    return pa.table(columns, schema=schema)


def fingerprint() -> str:
    """SHA-256 over everything that shapes the published files apart from their rows."""
    digest = hashlib.sha256()
    for table in TABLES.values():
        for part in (*arrow_schema(table).to_string(show_field_metadata=True).split("\n"), *_layout(table)):
            digest.update(part.encode() + b"\0")
    return digest.hexdigest()


def _layout(table: Table) -> Sequence[str]:
    return (*table.order, str(table.partitioned), str(table.group_rows), str(table.file_groups))
