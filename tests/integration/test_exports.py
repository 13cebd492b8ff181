"""The exports read back with the tools they are for."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree as ET

import duckdb
import polars as pl

from etl.exports import calendar, iati, views
from etl.published import scan

# Order of an activity's children in the IATI 2.03 schema, as far as we use them.
ORDER = [
    "iati-identifier",
    "reporting-org",
    "title",
    "description",
    "participating-org",
    "activity-status",
    "activity-date",
    "recipient-country",
    "location",
    "sector",
    "default-finance-type",
    "transaction",
]

ALWAYS = [tag for tag in ORDER if tag not in ("location", "default-finance-type", "transaction")]
CODED = [
    ("reporting-org", "type", "OrganisationType"),
    ("participating-org", "type", "OrganisationType"),
    ("participating-org", "role", "OrganisationRole"),
    ("activity-status", "code", "ActivityStatus"),
    ("activity-date", "type", "ActivityDateType"),
    ("default-finance-type", "code", "FinanceType"),
    ("transaction/transaction-type", "code", "TransactionType"),
]


def test_iati_holds_every_summable_inbound_claim_once(dev_dataset: Path) -> None:
    root = ET.fromstring(iati.activities_xml(dev_dataset))
    claims = scan(dev_dataset, "aid_projects").filter(
        pl.col("recommended_for_sum")
        & (pl.col("flow_direction") == "inbound")
        & pl.coalesce("period_start", "period_end", "published_date").is_not_null()
    )
    wanted = claims.select("aid_id", "amount", "iati_transaction_type", "period_end", "published_date").collect()
    assert wanted.height > 10
    ids = [a.findtext("iati-identifier", "") for a in root]
    assert sorted(ids) == sorted(f"XM-YOULIAN-{i}" for i in wanted["aid_id"])
    values = sorted(Decimal(v.text or "") for v in root.iter("value"))
    paid = wanted.filter(
        pl.col("iati_transaction_type").is_not_null() & pl.coalesce("period_end", "published_date").is_not_null()
    )
    assert values == sorted(paid["amount"].to_list())
    told = dict(wanted.select("aid_id", "published_date").iter_rows())
    for activity in root:
        day = told[activity.findtext("iati-identifier", "").removeprefix("XM-YOULIAN-")]
        actual = [e for e in activity.findall("activity-date") if e.get("type") == "4"]
        for element in (*activity.iter("transaction-date"), *actual):
            assert day is None or (element.get("iso-date") or "") <= str(day)
    lists = json.loads(resources.files("etl").joinpath("lookups/iati_codelists.json").read_text(encoding="utf-8"))
    known = {name: {row["code"] for row in rows} for name, rows in lists.items()}
    for activity in root:
        for path, attribute, name in CODED:
            assert {e.get(attribute) for e in activity.findall(path)} - {None} <= known[name], path
        assert all(activity.find(tag) is not None for tag in ALWAYS)
        assert activity.find("activity-date").get("type") in {"1", "2"}  # type: ignore[union-attr]
        tags = [child.tag for child in activity]
        assert tags == sorted(tags, key=ORDER.index)


def test_the_calendar_holds_planned_events_as_whole_days(dev_dataset: Path) -> None:
    from icalendar import Calendar

    read = Calendar.from_ical(calendar.events_ics(dev_dataset))
    events = read.walk("VEVENT")
    planned = scan(dev_dataset, "events").filter(pl.col("is_planned") & pl.col("start_date").is_not_null()).collect()
    assert 0 < len(events) <= planned.height
    assert {event["DTSTART"].dt for event in events} <= set(planned["start_date"])
    assert all(event["DTEND"].dt > event["DTSTART"].dt for event in events)
    assert calendar.events_ics(dev_dataset) == calendar.events_ics(dev_dataset)


def test_the_database_shows_every_table(seeds_dataset: Path, tmp_path: Path) -> None:
    path = views.write_database(seeds_dataset, tmp_path / "youlian.duckdb")
    with duckdb.connect(str(path), read_only=True) as database:
        names = {row[0] for row in database.sql("SHOW TABLES").fetchall()}
        assert {"articles", "aid_projects", "events", "fx_rates", "runs"} <= names
        undated = database.sql("SELECT count(*) FROM articles WHERE pub_year IS NULL").fetchall()
        assert undated == [(1,)]


def test_the_command_says_where_the_database_is_and_nothing_else(seeds_dataset: Path, tmp_path: Path) -> None:
    """Not even at its end, where DuckDB's bindings report what they think was leaked."""
    path = tmp_path / "youlian.duckdb"
    words = [sys.executable, "-m", "etl.cli", "export", "duckdb", str(seeds_dataset), str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"Written to {path}."
    assert done.stderr == ""
