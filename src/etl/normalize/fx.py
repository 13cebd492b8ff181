"""US dollars by embedded annual averages: `lookups/fx_usd_annual.csv`, units of a currency per US dollar."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache

from etl import lookups


@cache
def _by_key() -> dict[tuple[str, int], Decimal]:
    return {(r["currency"], int(r["year"])): Decimal(r["lcu_per_usd"]) for r in _known()}


def _known() -> list[dict[str, str]]:
    """The rows with a rate: a year without a published average has an empty cell."""
    return [row for row in lookups.rows("fx_usd_annual") if row["lcu_per_usd"]]


def usd_rate(currency: str, year: int) -> Decimal | None:
    """Units of `currency` (ISO 4217) per US dollar, average of `year`; None when the table has no such cell.

    The US dollar itself is 1 in any year. No other year is put in the place of one that is missing.
    """
    return Decimal(1) if currency == "USD" else _by_key().get((currency, year))


def rates() -> list[dict[str, object]]:
    """Rows of the reference table fx_rates, with source and standing of each figure."""
    return [
        {
            "currency": r["currency"],
            "year": int(r["year"]),
            "units_per_usd": float(r["lcu_per_usd"]),
            "status": r["status"],
            "source": r["source"],
            "valid_from": dt.date(int(r["year"]), 1, 1),
            "valid_to": dt.date(int(r["year"]), 12, 31),
            "successor_id": None,
        }
        for r in _known()
    ]
