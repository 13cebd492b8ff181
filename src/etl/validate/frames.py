"""Rows of one table to a typed frame. The only way from dictionaries to columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

import polars as pl
import pyarrow as pa

from etl.errors import SchemaDrift
from etl.schema import plain_arrow_type, polars_type
from etl.tables import Column, Table, Type

CENT = Decimal("0.01")
PAGE = "_page"  # number of the page within its batch: ties the rows of one page together
_TOO_BIG = Decimal(10) ** 20

Row = Mapping[str, object]


_FEW = 800  # rows
_SIMPLE = frozenset({Type.TEXT, Type.CODE, Type.SMALL, Type.REAL, Type.DATE})


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row one of whose values does not fit its column's type."""

    index: int
    column: str
    message: str


def to_frame(table: Table, rows: Sequence[Row], pages: Sequence[int]) -> tuple[pl.DataFrame, list[Misfit]]:
    """The rows as a frame with the declared types and the column `_page`; rows with a misfit are left out.

    Raises SchemaDrift when a row has other keys than the table has columns: polars would drop or null them.
    """
    for row in rows:
        if row.keys() != table.names:
            raise SchemaDrift(_difference(table, row))
    misfits: list[Misfit] = []
    columns = {c.name: _series(table, c, [row[c.name] for row in rows], misfits) for c in table.columns}
    frame = pl.DataFrame(columns).with_columns(pl.Series(PAGE, pages, pl.UInt32))
    if misfits:
        bad = {misfit.index for misfit in misfits}
        frame = frame[[i for i in range(len(rows)) if i not in bad]]
    return frame, misfits


def empty_frame(table: Table) -> pl.DataFrame:
    """No rows, with the column `_page`."""
    return pl.DataFrame(schema={**{c.name: polars_type(c) for c in table.columns}, PAGE: pl.UInt32})


def _difference(table: Table, row: Row) -> str:
    missing, unknown = sorted(table.names - row.keys()), sorted(row.keys() - table.names)
    return f"{table.name}: a builder made a row without {missing} and with unknown {unknown}. Mend the builder."


def _series(table: Table, column: Column, values: list[object], misfits: list[Misfit]) -> pl.Series:
    if column.type is Type.MONEY:
        values = [_cents(v) if isinstance(v, Decimal) else v for v in values]
    elif column.type in (Type.INSTANT, Type.LOCAL_TIME):
        _check_zone(table, column, values)
    try:
        return _typed(column, values)
    except Exception:  # TypeError, OverflowError, UnicodeEncodeError, ArrowInvalid, ... : find the rows
        return _salvaged(column, values, misfits)


def _typed(column: Column, values: list[object]) -> pl.Series:
    wanted = polars_type(column)
    # Where pandas is installed Arrow imports it, a tenth of what a run on one page costs.
    if len(values) <= _FEW or column.type in _SIMPLE:
        return pl.Series(column.name, values, wanted, strict=True)
    # Arrow is ten times as fast as polars in making columns of lists and decimals from Python values.
    series = pl.Series(column.name, pa.array(values, plain_arrow_type(column)))
    return series if series.dtype == wanted else series.cast(wanted)


def _salvaged(column: Column, values: list[object], misfits: list[Misfit]) -> pl.Series:
    good: list[object] = []
    for index, value in enumerate(values):
        try:
            _typed(column, [value])
            good.append(value)
        except Exception as error:
            misfits.append(Misfit(index, column.name, f"{type(error).__name__}: {error}"[:200]))
            good.append(None)
    return _typed(column, good)


def _cents(value: Decimal) -> Decimal | float:
    """Rounded to two places, half to even; what decimal(22,2) cannot hold becomes a misfit."""
    if not value.is_finite() or abs(value) >= _TOO_BIG:
        return float("nan")
    exponent = value.as_tuple().exponent
    return value.quantize(CENT, ROUND_HALF_EVEN) if isinstance(exponent, int) and exponent < -2 else value


def _check_zone(table: Table, column: Column, values: Sequence[object]) -> None:
    """Polars reads a naive time in a zoned column as UTC, so a wrong instant would pass unseen."""
    wants_zone = column.type is Type.INSTANT
    for value in values:
        if isinstance(value, dt.datetime) and (value.tzinfo is not None) is not wants_zone:
            kind = "an aware" if wants_zone else "a naive"
            raise SchemaDrift(f"{table.name}.{column.name}: needs {kind} datetime, got {value!r}. Mend the builder.")
