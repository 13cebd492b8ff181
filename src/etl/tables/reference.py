"""places, organizations and fx_rates: the reference data, versioned in time."""

from __future__ import annotations

from etl.tables import codes, rules
from etl.tables.declare import Column, Table, Type

_VALIDITY = (
    Column("valid_from", Type.DATE, "First day on which the row holds; null when always", null=True),
    Column("valid_to", Type.DATE, "Last day on which the row holds; null when still", null=True),
    Column("successor_id", Type.TEXT, "Row that took over afterwards", null=True),
)

PLACES = Table(
    name="places",
    description="Countries, provinces and cities that claims and happenings refer to.",
    key=("place_id",),
    order=("place_id",),
    partitioned=False,
    columns=(
        Column("place_id", Type.TEXT, "Key of the place"),
        Column("name_zh", Type.TEXT, "Chinese name"),
        Column("name_vi", Type.TEXT, "Vietnamese name", null=True),
        Column("name_en", Type.TEXT, "English name", null=True),
        Column("kind", Type.CODE, "country, admin1, city ..."),
        Column("country", Type.CODE, "ISO 3166-1 alpha-2", null=True, pattern=codes.COUNTRY),
        Column("iso_3166_2", Type.CODE, "Code of the subdivision", null=True, pattern=codes.SUBDIVISION),
        Column("aliases_zh", Type.TEXTS, "Other Chinese names"),
        *_VALIDITY,
    ),
    rules=(rules.ordered("validate.validity_order", "valid_from", "valid_to"),),
)

ORGANIZATIONS = Table(
    name="organizations",
    description="Organizations known by name.",
    key=("org_id",),
    order=("org_id",),
    partitioned=False,
    columns=(
        Column("org_id", Type.TEXT, "Key of the organization"),
        Column("name_zh", Type.TEXT, "Chinese name"),
        Column("name_vi", Type.TEXT, "Vietnamese name", null=True),
        Column("name_en", Type.TEXT, "English name", null=True),
        Column("abbrev", Type.TEXT, "Abbreviation", null=True),
        Column("aliases_zh", Type.TEXTS, "Other Chinese names"),
        Column("iati_org_type", Type.CODE, "Code of IATI's list OrganisationType", null=True),
        Column("country", Type.CODE, "ISO 3166-1 alpha-2", null=True, pattern=codes.COUNTRY),
        *_VALIDITY,
    ),
)

FX_RATES = Table(
    name="fx_rates",
    description="Annual average exchange rates used for US dollars.",
    key=("year", "currency"),
    order=("year", "currency"),
    partitioned=False,
    columns=(
        Column("year", Type.SMALL, "Calendar year"),
        Column("currency", Type.CODE, "ISO 4217", pattern=codes.CURRENCY),
        Column("lcu_per_usd", Type.REAL, "Units of the currency per US dollar, annual average", low=0.0),
        Column("status", Type.CODE, "verified, estimate ..."),
        Column("source", Type.TEXT, "Where the figure comes from"),
        *_VALIDITY,
    ),
)
