"""What stands in the columns `flags` and `rule` is explained in the dictionary."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import polars as pl
import pytest

from etl import lookups
from etl.published import scan
from etl.tables import PAGE_TABLES

WITH_FLAGS = [table.name for table in PAGE_TABLES if "flags" in table.names]
WITH_RULE = [table.name for table in PAGE_TABLES if "rule" in table.names]


@pytest.mark.parametrize("dataset", ["seeds_dataset", "dev_dataset"])
def test_every_flag_and_rule_is_listed(dataset: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(dataset)
    flags = {flag for name in WITH_FLAGS for flag in _values(folder, name, pl.col("flags").list.explode())}
    rules = {rule for name in WITH_RULE for rule in _values(folder, name, pl.col("rule").cast(pl.String))}
    assert flags <= {row["code"] for row in lookups.rows("flags")}
    listed = [row["code"] for row in lookups.rows("rules")]
    assert not {rule for rule in rules if not any(fnmatchcase(rule, pattern) for pattern in listed)}


def _values(folder: Path, table: str, column: pl.Expr) -> set[str]:
    found = scan(folder, table).select(column.alias("value")).drop_nulls().unique().collect()
    return set(found["value"])


@pytest.mark.parametrize("name", ["flags", "rules", "reject_codes"])
def test_the_lists_are_sorted_and_whole(name: str) -> None:
    rows = lookups.rows(name)
    codes = [row["code"] for row in rows]
    assert codes == sorted(set(codes))
    assert all(row["meaning"] for row in rows)
