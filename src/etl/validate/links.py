"""Checks between tables: own lines, quotes that equal their characters, foreign keys, unique keys."""

from __future__ import annotations

from collections.abc import Mapping, Set

import polars as pl

from etl.tables import Table
from etl.validate.checks import Failure
from etl.validate.frames import PAGE

_ROW = "_row"
QUOTES = {"money_mentions": "quote", "date_mentions": "quote", "aid_projects": "evidence", "events": "evidence"}
_FACTS = {"aid": ("aid_projects", "aid_id"), "event": ("events", "event_id")}


def repeated_keys(table: Table, frame: pl.DataFrame) -> list[Failure]:
    """Rows whose key an earlier row of the same page has."""
    repeated = frame.select(~pl.struct(PAGE, *table.key).is_first_distinct()).to_series().arg_true()
    return [Failure(int(i), "validate.duplicate_key", None, "Another row of the page has this key.") for i in repeated]


def evidence(table: Table, frames: Mapping[str, pl.DataFrame]) -> list[Failure]:
    """Rows that do not stand on an own line, or whose quote is not that line's characters."""
    quote = QUOTES.get(table.name)
    frame = frames[table.name]
    if quote is None or frame.is_empty():
        return []
    lines = frames["lines"].select(PAGE, "article_id", "line_no", "is_own", "text")
    joined = (
        frame.with_row_index(_ROW)
        .select(_ROW, PAGE, "article_id", "line_no", "char_start", "char_end", quote)
        .join(lines, on=[PAGE, "article_id", "line_no"], how="left", maintain_order="left")
        .with_columns(said=pl.col("text").str.slice("char_start", pl.col("char_end") - pl.col("char_start")))
    )
    foreign = joined.filter(~pl.col("is_own").fill_null(False))[_ROW]
    wrong = joined.filter(pl.col("is_own").fill_null(False) & ~pl.col("said").eq_missing(pl.col(quote)))[_ROW]
    return [
        *(
            Failure(int(i), "validate.foreign_line", "line_no", "The line is not one of the article's own.")
            for i in foreign
        ),
        *(Failure(int(i), "validate.quote", quote, f"{quote} is not what the line says there.") for i in wrong),
    ]


def unresolved(
    table: Table, frames: Mapping[str, pl.DataFrame], reference: Mapping[tuple[str, str], Set[str]]
) -> list[Failure]:
    """Rows with a foreign key that finds no row, in the same page or in the reference tables."""
    frame = frames[table.name]
    if frame.is_empty():
        return []
    found: list[Failure] = []
    for key in table.foreign_keys:
        known = reference.get((key.table, key.to_columns[0]))
        if known is not None:
            name = key.columns[0]
            bad = frame.select(pl.col(name).is_not_null() & ~pl.col(name).is_in(list(known))).to_series().arg_true()
        else:
            bad = _missing(frame, key.columns, frames[key.table], key.to_columns)
        message = f"{', '.join(key.columns)} names no row of {key.table}."
        found += [Failure(int(i), "validate.foreign_key", key.columns[-1], message) for i in bad]
    return found + (_unresolved_facts(frame, frames) if table.name == "participants" else [])


def _missing(
    frame: pl.DataFrame, columns: tuple[str, ...], target: pl.DataFrame, to_columns: tuple[str, ...]
) -> pl.Series:
    left = frame.with_row_index(_ROW).drop_nulls(list(columns))
    right = target.select(PAGE, *to_columns).unique()
    return left.join(right, left_on=[PAGE, *columns], right_on=[PAGE, *to_columns], how="anti", maintain_order="left")[
        _ROW
    ]


def _unresolved_facts(frame: pl.DataFrame, frames: Mapping[str, pl.DataFrame]) -> list[Failure]:
    """`participants.fact_id` names a claim or a happening, as `fact_kind` says."""
    found: list[Failure] = []
    for kind, (name, key) in _FACTS.items():
        rows = frame.with_row_index(_ROW).filter(pl.col("fact_kind") == kind)
        known = frames[name].select(PAGE, fact_id=key)
        bad = rows.join(known, on=[PAGE, "fact_id"], how="anti", maintain_order="left")[_ROW]
        found += [Failure(int(i), "validate.foreign_key", "fact_id", f"fact_id names no row of {name}.") for i in bad]
    return found
