"""The examples of docs/rules.md come out as printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from etl.normalize.dates import find_dates
from etl.normalize.money import find_money

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")


def examples(first: str) -> Iterator[tuple[str, ...]]:
    """The rows of the table whose first column has this head."""
    lines = PAGE.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {first} |"))
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            return
        yield tuple(cell.strip() for cell in line.strip("|").split("|"))


DATES, SUMS = list(examples("published")), list(examples("home"))


def test_there_are_examples() -> None:
    assert len(DATES) > 10
    assert len(SUMS) > 10


@pytest.mark.parametrize("row", DATES, ids=lambda row: row[1])
def test_a_date(row: tuple[str, ...]) -> None:
    published, text, quote, start, end, basis = row
    day = None if published == "unknown" else dt.date.fromisoformat(published)
    found = find_dates(text, day)
    if not quote:
        assert not found
        return
    mention = next(m for m in found if m.quote == quote)
    assert (str(mention.start_date or ""), str(mention.end_date or ""), mention.basis) == (start, end, basis)


@pytest.mark.parametrize("row", SUMS, ids=lambda row: f"{row[0]} {row[1]} {row[2]}")
def test_a_sum(row: tuple[str, ...]) -> None:
    home, text, quote, amount, upper, currency, qualifier = row
    found = find_money(text, home or None)
    if not quote:
        assert not found
        return
    mention = next(m for m in found if m.quote == quote)
    assert mention.amount == Decimal(amount)
    assert mention.amount_max == (Decimal(upper) if upper else None)
    assert ((mention.currency or ""), mention.qualifier) == (currency, qualifier)
