"""places, organizations and fx_rates: the reference data, versioned in time."""

from __future__ import annotations

from etl.tables import codes, rules
from etl.tables.declare import Column, ForeignKey, Table, Type

_VALIDITY = (
    Column("valid_from", Type.DATE, "First day on which the row holds; null when always", null=True),
    Column("valid_to", Type.DATE, "Last day on which the row holds; null when still", null=True),
    Column("successor_id", Type.TEXT, "Row that took over afterwards", null=True),
)

PLACES = Table(
    name="places",
    description="Countries, provinces, districts and cities that facts refer to, each with its period of validity.",
    key=("place_id",),
    order=("place_id",),
    partitioned=False,
    columns=(
        Column("place_id", Type.TEXT, "Key of one version of the place"),
        Column("unit_key", Type.TEXT, "Key of the unit through its versions", null=True),
        Column("kind", Type.CODE, "country, admin1 (province), district, commune or city"),
        Column("country", Type.CODE, "ISO 3166-1 alpha-2", null=True, pattern=codes.COUNTRY),
        Column("iso_3166_2", Type.CODE, "Code of the subdivision", null=True, pattern=codes.SUBDIVISION),
        Column("gso_code", Type.CODE, "Code of Vietnam's statistics office", null=True),
        Column("name_zh", Type.TEXT, "Chinese name"),
        Column("name_vi", Type.TEXT, "Vietnamese name", null=True),
        Column("name_en", Type.TEXT, "English name", null=True),
        Column("parent_id", Type.TEXT, "The place it lies in", null=True),
        *_VALIDITY,
    ),
    foreign_keys=(
        ForeignKey(("parent_id",), "places", ("place_id",)),
        ForeignKey(("successor_id",), "places", ("place_id",)),
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
        Column("aliases_zh", Type.TEXTS, "Other Chinese names"),
        Column("name_vi", Type.TEXT, "Vietnamese name", null=True),
        Column("name_en", Type.TEXT, "English name", null=True),
        Column("abbrev", Type.TEXT, "Abbreviation", null=True),
        Column("iati_org_type", Type.CODE, "Code of IATI's list OrganisationType", null=True),
        Column("country", Type.CODE, "ISO 3166-1 alpha-2", null=True, pattern=codes.COUNTRY),
        *_VALIDITY,
    ),
)

FX_RATES = Table(
    name="fx_rates",
    description="Annual average exchange rates used for US dollars.",
    key=("currency", "year"),
    order=("currency", "year"),
    partitioned=False,
    columns=(
        Column("currency", Type.CODE, "ISO 4217", pattern=codes.CURRENCY),
        Column("year", Type.SMALL, "Calendar year"),
        Column("units_per_usd", Type.REAL, "Units of the currency per US dollar, average of the year", low=0.0),
        Column("status", Type.CODE, "Standing of the figure: verified, derived or unverified"),
        Column("source", Type.TEXT, "Where the figure comes from"),
        *_VALIDITY,
    ),
)
