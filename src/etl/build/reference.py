"""The reference tables places, organizations and fx_rates, as the lookups hold them."""

from __future__ import annotations

from etl.normalize import actors, fx, places


def rows() -> dict[str, list[dict[str, object]]]:
    """Rows of the three reference tables by table name; the same in every run of one version of the lookups."""
    return {
        "places": places.reference_rows(),
        "organizations": actors.reference_rows(),
        "fx_rates": fx.rates(),
    }
