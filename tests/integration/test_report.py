"""The report says what the tables say, loads nothing, and escapes what pages bring."""

from __future__ import annotations

import dataclasses
import datetime as dt
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


def test_a_bar_is_as_long_as_its_figure(dev_dataset: Path) -> None:
    """Names in both languages and sums in full, beside bars in their proportion."""
    found = facts(dev_dataset)
    rows = _rows(report.page_of(found), "cards bars")
    for table in (found.provinces, found.donors, found.sectors, found.countries):
        assert table
        most = max(row["naive_usd"] for row in table)  # type: ignore[type-var]
        for row in table:
            name, bar, *cells = rows.pop(0)
            assert _text(name).split() == f"{row['name']} {row['english']}".split()
            assert [_text(cell) for cell in cells] == [f"{row['usd']:,.0f}", str(row["n"]), f"{row['naive_usd']:,.0f}"]
            drawn = [float(share) for share in re.findall(r"--\w+:([\d.]+)%", bar)]
            assert drawn == pytest.approx([100 * row[key] / most for key in ("usd", "naive_usd")], abs=0.06)  # type: ignore[operator]
    assert not rows


def test_months_follow_one_another(dev_dataset: Path) -> None:
    """A month without a claim or an event has its row; a long span is told by years; far-off years are left out."""
    found = facts(dev_dataset)
    assert [row["month"] for row in found.months] == ["2020", "2021", "2022", "2023", "2024", "2025"]
    tables = {name: scan(dev_dataset, name) for name in figures.TABLES}
    year = {
        "articles": pl.col("published_date").dt.year() == 2025,
        "aid_projects": pl.col("published_date").dt.year() == 2025,
        "events": pl.col("published_date").dt.year() == 2025,
    }
    of_2025 = figures.collect({name: table.filter(year.get(name, True)) for name, table in tables.items()}).months
    days = [dt.date.fromisoformat(f"{row['month']}-01") for row in of_2025]
    assert days == pl.date_range(days[0], days[-1], "1mo", eager=True).to_list()
    assert sum(row["claims"] for row in of_2025) == found.months[-1]["claims"]  # type: ignore[misc]
    assert {0} < {row["claims"] for row in of_2025}  # type: ignore[operator]
    drawn = [[_text(cell) for cell in row] for row in _rows(report.page_of(found), "months")]
    assert drawn == [[str(row[key] or "") for key in ("month", "claims", "events")] for row in found.months]


def _rows(page: str, table: str) -> list[list[str]]:
    """The body cells of the tables of this class, as markup."""
    bodies = re.findall(rf'<table class="{table}[^"]*"><thead>.*?<tbody>(.*?)</tbody>', page, flags=re.DOTALL)
    return [
        re.findall(r"<t[dh].*?</t[dh]>", row, flags=re.DOTALL) for row in re.findall(r"<tr>.*?</tr>", "".join(bodies))
    ]


def _text(markup: str) -> str:
    return re.sub(r"<[^>]*>", "", markup).strip()


def test_the_page_stands_alone(seeds_dataset: Path) -> None:
    page = report.render(seeds_dataset)
    assert not re.search(r'(?:src|href)="(?!#)|url\(', page)
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
