"""The report says what the tables say, loads nothing, and escapes what pages bring."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import polars as pl

from etl import report
from etl.published import scan
from etl.report import figures


def facts(dataset: Path) -> figures.Facts:
    return figures.collect({name: scan(dataset, name) for name in figures.TABLES})


def test_sums_are_those_of_the_tables(seeds_dataset: Path) -> None:
    found = facts(seeds_dataset)
    usd = scan(seeds_dataset, "aid_projects").filter("recommended_for_sum").select(pl.col("amount_usd").sum())
    assert found.usd_summable == float(usd.collect().item())
    assert found.usd_naive > found.usd_summable > 0
    assert found.totals["articles"] == 5
    assert found.quality["withheld_teasers"] > 30


def test_the_page_stands_alone(seeds_dataset: Path) -> None:
    page = report.render(seeds_dataset)
    assert page.count("<svg ") >= 6  # charts in two widths
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "<script" not in page
    assert 'name="viewport"' in page


def test_text_of_pages_is_escaped(seeds_dataset: Path) -> None:
    found = facts(seeds_dataset)
    hostile = [{**row, "evidence": "<script>alert(1)</script>", "title": "<img src=x>"} for row in found.claims]
    page = report.page_of(dataclasses.replace(found, claims=hostile))
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
