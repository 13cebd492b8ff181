"""Yearly rates: what is covered, and that nothing is put in the place of what is not."""

from __future__ import annotations

from decimal import Decimal

from etl.normalize import fx


def test_units_per_dollar() -> None:
    assert fx.usd_rate("VND", 2024) == Decimal("24164.885833")
    assert fx.usd_rate("USD", 1975) == 1


def test_no_other_year_or_currency_is_put_in_place() -> None:
    assert fx.usd_rate("VND", 1975) is None
    assert fx.usd_rate("NLG", 2024) is None


def test_rows_of_the_reference_table_are_one_a_currency_and_year() -> None:
    rows = fx.rates()
    keys = [(row["currency"], row["year"]) for row in rows]
    assert len(set(keys)) == len(keys) == len(rows) > 300
    assert all(isinstance(row["units_per_usd"], float) and row["units_per_usd"] > 0 and row["source"] for row in rows)
