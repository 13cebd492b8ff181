"""What changed between two published datasets: articles, claims and events, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from etl import published
from etl.tables import TABLES, Type

# Tables compared by their key, with the column that tells a reader what a row is.
COMPARED = {"articles": "title", "aid_projects": "evidence", "events": "evidence"}
_VALUE_CHARS, _BEFORE_CHARS = 120, 20


@dataclass(frozen=True, slots=True)
class Change:
    """One column of one row: values as text, None for null."""

    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that came (`added`), went (`removed`) or changed (`changed`, with the columns that differ)."""

    kind: str
    key: str
    label: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class TableDiff:
    """One table: rows before and after, and every row that differs, by kind and key."""

    table: str
    n_old: int
    n_new: int
    rows: tuple[ChangedRow, ...]

    def count(self, kind: str) -> int:
        return sum(row.kind == kind for row in self.rows)

    def columns(self) -> list[tuple[str, int]]:
        """How many rows differ in each column, most first."""
        counts = Counter(change.column for row in self.rows for change in row.changes)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


@dataclass(frozen=True, slots=True)
class Diff:
    """All tables, in the order of `COMPARED`."""

    tables: tuple[TableDiff, ...]

    @property
    def is_empty(self) -> bool:
        return not any(table.rows for table in self.tables)

    def as_json(self) -> dict[str, Any]:
        """Totals and every row that differs, as plain values."""
        return {
            table.table: {
                "old": table.n_old,
                "new": table.n_new,
                **{kind: table.count(kind) for kind in _KINDS},
                "columns": dict(table.columns()),
                "rows": [
                    {
                        "kind": row.kind,
                        "key": row.key,
                        "label": row.label,
                        "changes": [{"column": c.column, "old": c.old, "new": c.new} for c in row.changes],
                    }
                    for row in table.rows
                ],
            }
            for table in self.tables
        }

    def as_text(self, limit: int = 20) -> str:
        """Totals and the first `limit` rows of each kind in words; it is Markdown as well."""
        if self.is_empty:
            counts = ", ".join(f"{table.n_new} {_NOUNS[table.table]}" for table in self.tables)
            return f"Nothing differs: {counts} on both sides."
        return "\n".join(line for table in self.tables for line in _table_lines(table, limit))


_KINDS = ("added", "removed", "changed")
_NOUNS = {"articles": "articles", "aid_projects": "claims of aid", "events": "events"}
_SIGNS = {"added": ("+", "new"), "removed": ("-", "gone"), "changed": ("~", "changed")}


def compare(old: Path, new: Path) -> Diff:
    """Compares two dataset folders (or versions). Files that both list with one hash are not read.

    Raises ConfigError when one is no dataset, PublishError when one is damaged.
    """
    before, after = _resources(old), _resources(new)
    return Diff(tuple(_compared(name, old, new, before, after) for name in COMPARED))


def _resources(dataset: Path) -> dict[str, dict[str, Any]]:
    return {resource["path"]: resource for resource in published.described(dataset)["resources"]}


def _compared(
    name: str, old: Path, new: Path, before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]
) -> TableDiff:
    own = {path for path in before.keys() | after.keys() if path.startswith(f"{name}/")}
    same = {p for p in own if p in before and p in after and before[p]["hash"] == after[p]["hash"]}
    key = TABLES[name].key[0]
    left = _texts(name, old, sorted(own & before.keys() - same))
    right = _texts(name, new, sorted(own & after.keys() - same))
    keys = [left.select(key).collect()[key], right.select(key).collect()[key]]
    label = COMPARED[name]
    rows = [
        *_whole("added", right, key, label, sorted(set(keys[1]) - set(keys[0]))),
        *_whole("removed", left, key, label, sorted(set(keys[0]) - set(keys[1]))),
        *_changed(left, right, key, label),
    ]
    counts = [sum(r["rows"] for p, r in side.items() if p in own) for side in (before, after)]
    return TableDiff(name, counts[0], counts[1], tuple(rows))


def _texts(name: str, dataset: Path, paths: list[str]) -> pl.LazyFrame:
    """The rows of the files with every column as text."""
    table = TABLES[name]
    if not paths:
        return pl.LazyFrame(schema={column.name: pl.String for column in table.columns})
    columns = []
    for column in table.columns:
        value = pl.col(column.name)
        if column.type is Type.OUTPUTS:
            value = value.list.eval(pl.element().struct.json_encode()).list.join("; ")
        elif column.type in (Type.TEXTS, Type.NUMBERS):
            value = value.cast(pl.List(pl.String)).list.join("; ")
        columns.append(value.cast(pl.String).alias(column.name))
    return pl.concat(
        pl.scan_parquet(published.sound(dataset / p), hive_partitioning=False).select(columns) for p in paths
    )


def _whole(kind: str, rows: pl.LazyFrame, key: str, label: str, keys: list[str]) -> Iterator[ChangedRow]:
    found = rows.select(key, label).filter(pl.col(key).is_in(keys)).sort(key).collect()
    for value, text in found.iter_rows():
        yield ChangedRow(kind, value, _short(text) or "")


def _changed(left: pl.LazyFrame, right: pl.LazyFrame, key: str, label: str) -> Iterator[ChangedRow]:
    names = [name for name in left.collect_schema().names() if name != key]
    joined = left.join(right, on=key, how="inner", suffix=":new")
    differs = pl.any_horizontal(pl.col(n).ne_missing(pl.col(f"{n}:new")) for n in names)
    for row in joined.filter(differs).sort(key).collect().iter_rows(named=True):
        changes = tuple(_change(n, row[n], row[f"{n}:new"]) for n in names if row[n] != row[f"{n}:new"])
        yield ChangedRow("changed", row[key], _short(row[f"{label}:new"]) or "", changes)


def _change(column: str, old: str | None, new: str | None) -> Change:
    """Long texts are cut to begin shortly before the first character that differs."""
    if old is not None and new is not None and max(len(old), len(new)) > _VALUE_CHARS:
        same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        start = max(0, same - _BEFORE_CHARS)
        lead = "…" if start else ""
        old, new = lead + old[start:], lead + new[start:]
    return Change(column, _short(old), _short(new))


def _short(text: str | None) -> str | None:
    if text is None or len(text) <= _VALUE_CHARS:
        return text
    return text[:_VALUE_CHARS] + "…"


def _table_lines(table: TableDiff, limit: int) -> Iterator[str]:
    counts = ", ".join(f"{table.count(kind)} {_SIGNS[kind][1]}" for kind in _KINDS if table.count(kind))
    yield f"## {_NOUNS[table.table]}: {table.n_old} before, {table.n_new} now: {counts or 'nothing differs'}"
    yield ""
    if table.columns():
        yield "changed most: " + ", ".join(f"{name} in {n}" for name, n in table.columns())
        yield ""
    for kind in _KINDS:
        rows = [row for row in table.rows if row.kind == kind]
        sign, word = _SIGNS[kind]
        for row in rows[:limit]:
            yield f"    {sign} {word} {row.key} {_printable(row.label)}"
            for change in row.changes:
                yield f"        {change.column} was {_printable(change.old)}, is {_printable(change.new)}"
        if len(rows) > limit:
            yield f"    {sign} and {len(rows) - limit} more {word}"
    yield ""


def _printable(text: str | None) -> str:
    """On one line, without characters that steer a terminal."""
    if text is None:
        return "empty"
    return "".join(char if char.isprintable() else " " for char in text)
