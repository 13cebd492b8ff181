"""The words a table is declared with: Column, Table and the column types."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Type(StrEnum):
    """What a column holds. `etl.schema` turns each into Arrow, `etl.validate` into polars and pandera."""

    ID = "id"  # 16 hex characters
    TEXT = "text"
    CODE = "code"  # short text that repeats: dictionary-encoded, closed when `codes` is given
    SMALL = "small"  # int32: line numbers, offsets, years
    COUNT = "count"  # int64
    REAL = "real"  # float64
    BOOL = "bool"
    MONEY = "money"  # decimal128(22, 2)
    DATE = "date"  # date32
    INSTANT = "instant"  # timestamp[us, UTC]
    LOCAL_TIME = "local_time"  # timestamp[us] without zone, as printed
    TEXTS = "texts"  # list<string>
    NUMBERS = "numbers"  # list<int32>
    OUTPUTS = "outputs"  # list<struct<item, count, unit>>


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `low` and `high` are inclusive bounds, `pattern` a regular expression the whole value matches."""

    name: str
    type: Type
    description: str
    null: bool = False
    codes: tuple[str, ...] | None = None
    low: float | None = None
    high: float | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Values of `columns` must be found in `to_columns` of `table`, nulls apart."""

    columns: tuple[str, ...]
    table: str
    to_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check between columns of one row: a polars expression that is true for good rows, as a function.

    It is a function so that declaring tables imports no polars. `code` names the check in `rejects`.
    """

    code: str
    message: str
    holds: Any  # () -> pl.Expr


@dataclass(frozen=True, slots=True)
class Table:
    """One published table. The first column of `key` of a partitioned table is its sort key across pages.

    `group_rows` is the number of rows of a Parquet row group and `file_groups` the number of groups of a part
    file: both are fixed, so that files never depend on how the work was cut.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    partitioned: bool = True
    foreign_keys: tuple[ForeignKey, ...] = ()
    rules: tuple[Rule, ...] = ()
    warnings: tuple[str, ...] = ()
    group_rows: int = 65_536
    file_groups: int = 256
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", frozenset(column.name for column in self.columns))

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")
