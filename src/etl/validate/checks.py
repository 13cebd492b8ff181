"""pandera schemas made from `etl.tables`, and what they say of a frame, row by row.

Nearly every frame keeps every promise. So one polars query asks first whether all of them hold, and pandera, which
takes longer to import than to run, is asked only which rows break which when they do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from etl.errors import SchemaDrift
from etl.schema import polars_schema, polars_type
from etl.tables import TABLES, Column, Rule, Table
from etl.validate.frames import PAGE

# pandera's names of the checks of one column.
_CODES = {
    "isin": "validate.code",
    "greater_than": "validate.bounds",
    "less_than": "validate.bounds",
    "str_matches": "validate.pattern",
}
_SHAPE_CHECKS = frozenset({"column_in_schema", "column_in_dataframe", "column_ordered"})


@dataclass(frozen=True, slots=True)
class Failure:
    """One row (its index in the frame) that fails one check."""

    index: int
    code: str
    column: str | None
    message: str


@cache
def model(name: str) -> Any:
    """The pandera schema of a table, `_page` included."""
    import pandera.polars as pa

    table = TABLES[name]
    columns = {c.name: pa.Column(polars_type(c), _checks(c), nullable=c.null) for c in table.columns}
    columns[PAGE] = pa.Column(pl.UInt32)
    return pa.DataFrameSchema(columns, checks=[_between(rule) for rule in table.rules], strict=True, ordered=True)


def _checks(column: Column) -> list[Any]:
    import pandera.polars as pa

    checks = []
    if column.codes:
        checks.append(pa.Check.isin(list(column.codes)))
    if column.low is not None:
        checks.append(pa.Check.ge(column.low))
    if column.high is not None:
        checks.append(pa.Check.le(column.high))
    if pattern := _pattern(column):
        checks.append(pa.Check.str_matches(pattern))
    return checks


def _pattern(column: Column) -> str | None:
    """The regular expression that the column's values match from end to end."""
    pattern = column.pattern or (r"[0-9a-f]{16}" if column.type == "id" else None)
    return f"^(?:{pattern})$" if pattern else None


def _all_hold(table: Table, frame: pl.DataFrame) -> bool:
    """Whether the frame has its table's shape and no row breaks a check; in doubt (a rule that gives null), False."""
    if list(frame.schema.items()) != [*polars_schema(table).items(), (PAGE, pl.UInt32())]:
        return False
    wanted = [rule.holds() for rule in table.rules]
    for column in table.columns:
        value = pl.col(column.name)
        wanted += [value.is_not_null()] if not column.null else []
        wanted += [value.is_in(list(column.codes)) | value.is_null()] if column.codes else []
        wanted += [(value >= column.low) | value.is_null()] if column.low is not None else []
        wanted += [(value <= column.high) | value.is_null()] if column.high is not None else []
        pattern = _pattern(column)
        wanted += [value.str.contains(pattern) | value.is_null()] if pattern else []
    held = [holds.all(ignore_nulls=False).alias(str(number)) for number, holds in enumerate(wanted)]
    return all(frame.select(held).row(0))


def _between(rule: Rule) -> Any:
    import pandera.polars as pa

    return pa.Check(lambda data: data.lazyframe.select(rule.holds()), name=rule.code)


def failures(table: Table, frame: pl.DataFrame) -> list[Failure]:
    """Every row of the frame that breaks a check of its table, once per check.

    Raises SchemaDrift when the frame as a whole has another shape than the table.
    """
    if frame.is_empty() or _all_hold(table, frame):
        return []
    from pandera.errors import SchemaErrors

    try:
        model(table.name).validate(frame, lazy=True)
    except SchemaErrors as error:
        return [_failure(table, case) for case in error.failure_cases.to_dicts()]
    return []


def _failure(table: Table, case: dict[str, Any]) -> Failure:
    check = str(case["check"])
    if case["index"] is None or case["check"] in _SHAPE_CHECKS:
        raise SchemaDrift(
            f"{table.name}: {case['column'] or ''} fails {check}: {case['failure_case']}. Mend the builder."
        )
    index, column = int(case["index"]), case["column"] if case["schema_context"] == "Column" else None
    rule = next((rule for rule in table.rules if rule.code == check), None)
    if rule:
        return Failure(index, rule.code, None, f"{rule.message}.")
    if check == "not_nullable":
        return Failure(index, "validate.null", column, f"{column} must not be null.")
    code = next((code for name, code in _CODES.items() if check.startswith(name)), "validate.type")
    return Failure(index, code, column, f"{column} has a value that is not allowed: {_wanted(table, column)}.")


def _wanted(table: Table, column: str | None) -> str:
    if column is None or column not in table.names:
        return "see the dictionary"
    declared = table.column(column)
    if declared.codes:
        return f"one of {', '.join(declared.codes)} is wanted"
    if declared.low is not None or declared.high is not None:
        return f"{declared.low} to {declared.high} is wanted"
    return f"{declared.pattern or '16 hex characters'} is wanted"
