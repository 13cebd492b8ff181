"""The rows of the reference table `organizations`."""

from __future__ import annotations

from etl import lookups

Row = dict[str, object]


def reference_rows() -> list[Row]:
    """One row per organisation; none of the list is known to have ended, so valid_from and valid_to are null."""
    return [
        {
            "org_id": row["org_id"],
            "name_zh": row["name_zh"],
            "aliases_zh": [alias for alias in row["aliases_zh"].split("|") if alias],
            "name_vi": row["name_vi"] or None,
            "name_en": row["name_en"] or None,
            "abbrev": row["abbrev"] or None,
            "iati_org_type": row["iati_org_type"] or None,
            "country": row["country"] or None,
            "valid_from": None,
            "valid_to": None,
            "successor_id": None,
        }
        for row in sorted(lookups.rows("organizations"), key=lambda row: row["org_id"])
    ]
