"""What the README prints works as printed."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", README, flags=re.DOTALL)


def test_there_are_three_queries() -> None:
    assert len(QUERIES) == 3


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.splitlines()[0].strip("- "))
def test_a_query_runs_and_finds_rows(query: str, seeds_dataset: Path) -> None:
    rows = duckdb.sql(query.replace("'output/", f"'{seeds_dataset}/")).fetchall()
    assert rows
