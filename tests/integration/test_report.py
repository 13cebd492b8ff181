"""The report says what the tables say, loads nothing, and escapes what pages bring."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import polars as pl
import pytest

from etl import report
from etl.published import scan
from etl.quality import Finding
from etl.report import figures


def facts(dataset: Path) -> figures.Facts:
    return figures.collect({name: scan(dataset, name) for name in figures.TABLES})


def test_sums_are_those_of_the_tables(seeds_dataset: Path) -> None:
    found = facts(seeds_dataset)
    summable = scan(seeds_dataset, "aid_projects").filter("recommended_for_sum")
    usd = summable.group_by(pl.col("flow_direction").cast(pl.String)).agg(pl.col("amount_usd").sum())
    assert {row["flow"]: row["usd"] for row in found.flows if row["n_summable"]} == {
        flow: float(amount) for flow, amount in usd.collect().iter_rows()
    }
    assert found.usd_naive > sum(row["usd"] for row in found.flows) > 0
    assert found.totals["articles"] == 5
    assert sum(row["n"] for row in found.sites) == 5
    provinces = scan(seeds_dataset, "aid_projects").filter(
        pl.col("recommended_for_sum")
        & (pl.col("flow_direction") == "inbound")
        & pl.col("recipient_iso").cast(pl.String).str.starts_with("VN-")
    )
    charted = sum(row["usd"] for row in found.provinces)
    assert charted == float(provinces.select(pl.col("amount_usd").sum()).collect().item())
    assert found.quality["withheld_teasers"] > 30


def test_sums_of_different_flows_are_never_added(dev_dataset: Path) -> None:
    found = facts(dev_dataset)
    claims = scan(dev_dataset, "aid_projects").filter("recommended_for_sum").collect()
    flows = claims.group_by("flow_direction").agg(pl.col("amount_usd").sum()).rows()
    usd = {str(flow): float(amount) for flow, amount in flows}
    assert 0 < sum(row["usd"] for row in found.donors) <= usd["inbound"]
    assert 0 < sum(row["usd"] for row in found.sectors) <= usd["inbound"]
    assert sum(row["usd"] for row in found.countries) == pytest.approx(usd["outbound"])


def test_a_chart_says_in_words_and_figures_what_it_shows(dev_dataset: Path) -> None:
    """Names in both languages, the largest sums in the alternative text, every sum in the table below."""
    found = facts(dev_dataset)
    page = report.page_of(found)
    largest = found.provinces[0]
    assert largest["english"] and largest["name"] != largest["english"]
    said = f"{largest['name']} {largest['english']} {largest['usd']:,.0f}"
    alternatives = re.findall(r'role="img" aria-label="([^"]+)"', page)
    assert any(said in words for words in alternatives)
    assert len(alternatives) == page.count("<figure>") >= 4
    for row in (*found.provinces, *found.donors, *found.sectors, *found.countries):
        assert f"{row['naive_usd']:,.0f}</td>" in page


def test_the_page_stands_alone(seeds_dataset: Path) -> None:
    page = report.render(seeds_dataset)
    assert page.count("<svg ") >= 6  # charts in two widths
    assert not re.search(r'(?:src|href)="(?!#)', page)
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    assert len(ids) == len(re.findall(r' id="', page))
    assert "<script" not in page
    assert 'name="viewport"' in page


def test_text_of_pages_is_escaped(seeds_dataset: Path) -> None:
    found = facts(seeds_dataset)
    hostile = [{**row, "evidence": "<script>alert(1)</script>", "title": "<img src=x>"} for row in found.claims]
    page = report.page_of(dataclasses.replace(found, claims=hostile))
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_drift_and_open_values_are_named(seeds_dataset: Path) -> None:
    found = facts(seeds_dataset)
    told = dataclasses.replace(
        found, unresolved=[{"quote": "那一天<b>", "n": 3}], ambiguous=[{"quote": "五百元", "n": 1}]
    )
    page = report.page_of(told, drift=[Finding("shidai: own lines", 3.0, 8.0, 20.0, "warns")])
    assert "那一天&lt;b&gt;</q> ×3" in page
    assert "五百元" in page
    assert "shidai: own lines: 3.0" in page
