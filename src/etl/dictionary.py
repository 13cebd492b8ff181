"""The data dictionary: every table and column in words, for people (DICTIONARY.md, `youlian tables`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl import lookups
from etl.tables import TABLES, Column, Table, Type

_TYPES = {
    Type.ID: "string, 16 hex characters",
    Type.TEXT: "string",
    Type.CODE: "string (code)",
    Type.SMALL: "int32",
    Type.COUNT: "int64",
    Type.REAL: "float64",
    Type.BOOL: "bool",
    Type.MONEY: "decimal(22,2)",
    Type.DATE: "date",
    Type.INSTANT: "timestamp, UTC",
    Type.LOCAL_TIME: "timestamp, local",
    Type.TEXTS: "list of string",
    Type.NUMBERS: "list of int32",
    Type.OUTPUTS: "list of {item string, count int64, unit string}",
}
_LISTS = {
    "reject_codes": ("Reject codes", "What stands in `rejects.code`."),
    "flags": ("Flags", "What stands in the columns `flags`."),
    "rules": ("Rules", "What stands in the columns `rule`. Names end in `*` where a rule has variants."),
}


def type_name(column: Column) -> str:
    """The type of a column in words."""
    return _TYPES[column.type]


def markdown() -> str:
    """DICTIONARY.md: the same for the same code and lookups."""
    parts = [
        "# Data dictionary",
        "",
        "Generated from the declaration of the tables. A column marked `?` may be null. The tables of pages are",
        "partitioned by year of publication (`pub_year`, null when unknown).",
        "",
    ]
    for table in TABLES.values():
        parts += _section(table)
    for name, (title, intro) in _LISTS.items():
        rows = lookups.rows(name)
        parts += [f"## {title}", "", intro, ""]
        parts += _grid(("code", "meaning"), ((f"`{row['code']}`", row["meaning"]) for row in rows))
    return "\n".join(parts)


def _section(table: Table) -> list[str]:
    parts = [f"## {table.name}", "", table.description, "", f"Key: {', '.join(f'`{name}`' for name in table.key)}.", ""]
    for key in table.foreign_keys:
        names, targets = ", ".join(key.columns), ", ".join(key.to_columns)
        parts += [f"- `{names}` names `{targets}` of `{key.table}`."]
    parts += [""] if table.foreign_keys else []
    parts += [line for warning in table.warnings for line in (f"> {warning}", "")]
    rows = ((f"`{c.name}`{'?' if c.null else ''}", type_name(c), meaning(c)) for c in table.columns)
    parts += _grid(("column", "type", "meaning"), rows)
    if table.rules:
        parts += ["Always true:", "", *(f"- {rule.message} (`{rule.code}`)" for rule in table.rules), ""]
    return parts


def meaning(column: Column) -> str:
    """The description of a column, with its codes or bounds."""
    text = column.description
    if column.codes:
        text += f" {{{', '.join(column.codes)}}}"
    elif column.low is not None and column.high is not None:
        text += f" [{column.low:g} to {column.high:g}]"
    return text


def _grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in rows:
        cells = [cell.replace("|", "\\|") for cell in row]
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]
