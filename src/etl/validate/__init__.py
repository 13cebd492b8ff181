"""Rows to frames that keep every promise of the tables; what does not becomes rejects.

A row that fails is left out together with the rows that lean on it; a page whose article row fails is left out whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import polars as pl

from etl.ids import stable_id
from etl.tables import PAGE_TABLES, TABLES, Table
from etl.validate import checks, links
from etl.validate.checks import Failure
from etl.validate.frames import PAGE, Misfit, Row, empty_frame, to_frame

__all__ = ["PAGE", "Misfit", "Row", "Validated", "empty_frame", "reject_row", "to_frame", "validate"]

_VALUE_CHARS = 200
_RECORD_CHARS = 20_000
_COUNTS = {"n_money": "money_mentions", "n_dates": "date_mentions", "n_aid": "aid_projects", "n_events": "events"}

Reference = Mapping[tuple[str, str], Set[str]]


@dataclass(frozen=True, slots=True)
class Validated:
    """Good rows by table, and rows of `rejects`, each with the `_page` it comes from."""

    frames: dict[str, pl.DataFrame]
    rejects: list[tuple[int, dict[str, object]]]


def validate(frames: Mapping[str, pl.DataFrame], paths: Sequence[str], reference: Reference) -> Validated:
    """Check frames of whole pages, all page tables given, each with `_page` (an index into `paths`).

    Raises SchemaDrift when a frame as a whole is not of its table's shape.
    """
    good = dict(frames)
    rejects: list[tuple[int, dict[str, object]]] = []
    fallen: set[int] = set()
    for table in PAGE_TABLES:
        found = checks.failures(table, good[table.name]) + links.repeated_keys(table, good[table.name])
        _drop(table, good, found, paths, rejects, fallen)
    good = _without(good, fallen)
    # A row that goes takes along what leans on it, so this is repeated until nothing more goes.
    while True:
        before = sum(frame.height for frame in good.values())
        for table in PAGE_TABLES:
            found = links.evidence(table, good) + links.unresolved(table, good, reference)
            _drop(table, good, found, paths, rejects, fallen)
        good = _without(good, fallen)
        if sum(frame.height for frame in good.values()) == before:
            break
    good["articles"] = _recounted(good)
    return Validated(good, rejects)


def _without(good: dict[str, pl.DataFrame], fallen: Set[int]) -> dict[str, pl.DataFrame]:
    if not fallen:
        return good
    return {name: frame.filter(~pl.col(PAGE).is_in(sorted(fallen))) for name, frame in good.items()}


def _drop(
    table: Table,
    good: dict[str, pl.DataFrame],
    found: list[Failure],
    paths: Sequence[str],
    rejects: list[tuple[int, dict[str, object]]],
    fallen: set[int],
) -> None:
    if not found:
        return
    frame = good[table.name]
    rows = {index: frame.row(index, named=True) for index in {failure.index for failure in found}}
    for failure in sorted(set(found), key=lambda f: (f.index, f.code, f.column or "")):
        row = rows[failure.index]
        reject = reject_row(paths[row[PAGE]], failure.code, failure.message, table, row, failure.column)
        rejects.append((row[PAGE], reject))
    if table.name == "articles":
        fallen |= {row[PAGE] for row in rows.values()}
    keep = pl.Series([index not in rows for index in range(frame.height)], dtype=pl.Boolean)
    good[table.name] = frame.filter(keep)


def reject_row(
    path: str,
    code: str,
    message: str,
    table: Table | None = None,
    row: Row | None = None,
    column: str | None = None,
    *,
    article_id: str | None = None,
    record_key: str | None = None,
    value: str | None = None,
) -> dict[str, object]:
    """A row of `rejects`: of a whole page or file without `table`, else of one of its rows."""
    name = None if table is None else table.name
    if table is not None and row is not None:
        record_key = "/".join(str(row[key]) for key in table.key)
        article_id = str(row["article_id"]) if "article_id" in row else article_id
        value = None if column is None or row.get(column) is None else str(row[column])
    record = None if row is None else json.dumps({k: v for k, v in row.items() if k != PAGE}, **_JSON)  # type: ignore[arg-type]
    return {
        "reject_id": stable_id(path, name, record_key, code, column, value),
        "source_path": path,
        "article_id": article_id,
        "table": name,
        "record_key": record_key,
        "code": code,
        "column": column,
        "value": None if value is None else value[:_VALUE_CHARS],
        "message": message,
        "record_json": None if record is None else record[:_RECORD_CHARS],
    }


_JSON = {"ensure_ascii": False, "default": str, "sort_keys": True}


def _recounted(good: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The articles with the numbers of rows that were kept."""
    articles = good["articles"]
    for column, name in _COUNTS.items():
        counts = good[name].group_by(PAGE).agg(pl.len().cast(pl.Int32).alias(column))
        articles = articles.drop(column).join(counts, on=PAGE, how="left", maintain_order="left")
        articles = articles.with_columns(pl.col(column).fill_null(0))
    return articles.select(*(c.name for c in TABLES["articles"].columns), PAGE)
