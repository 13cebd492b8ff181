"""Every published table, declared once: columns, types, codes, descriptions, keys and checks.

`etl.schema` derives Arrow schemas, Parquet metadata, the data dictionary and datapackage.json from here;
`etl.validate` derives the pandera checks. Importing this imports neither polars nor pandera.
"""

from __future__ import annotations

from etl.tables.declare import Column, ForeignKey, Rule, Table, Type
from etl.tables.facts import AID_PROJECTS, EVENTS, PARTICIPANTS
from etl.tables.mentions import DATE_MENTIONS, MONEY_MENTIONS
from etl.tables.operations import REJECTS, RUNS
from etl.tables.pages import ARTICLES, LINES, RELATED_LINKS
from etl.tables.reference import FX_RATES, ORGANIZATIONS, PLACES

PAGE_TABLES = (ARTICLES, LINES, MONEY_MENTIONS, DATE_MENTIONS, AID_PROJECTS, EVENTS, PARTICIPANTS, RELATED_LINKS)
REFERENCE_TABLES = (PLACES, ORGANIZATIONS, FX_RATES)
TABLES: dict[str, Table] = {table.name: table for table in (*PAGE_TABLES, *REFERENCE_TABLES, REJECTS, RUNS)}

__all__ = [
    "PAGE_TABLES",
    "REFERENCE_TABLES",
    "TABLES",
    "Column",
    "ForeignKey",
    "Rule",
    "Table",
    "Type",
]
