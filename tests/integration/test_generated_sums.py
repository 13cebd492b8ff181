"""A grown corpus whose sums are known beforehand: what a run finds of them is exact, and the decoy is nowhere."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks import generate
from etl.pipeline import run
from etl.settings import Settings

PAGES = 150


@pytest.fixture(scope="module")
def expected_and_output(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    folder = tmp_path_factory.mktemp("grown")
    expected = generate.write(folder / "corpus", PAGES, seed=11)
    run(folder / "corpus", folder / "output", settings=Settings(report=False))
    return expected, folder / "output"


def table(output: Path, name: str) -> pl.DataFrame:
    return pl.concat([pl.read_parquet(path) for path in sorted((output / name).rglob("*.parquet"))])


def test_every_page_is_an_article(expected_and_output: tuple[dict[str, Any], Path]) -> None:
    expected, output = expected_and_output
    assert table(output, "articles").height == expected["pages"] == PAGES


def test_claims_and_sums_by_donor_are_exact(expected_and_output: tuple[dict[str, Any], Path]) -> None:
    expected, output = expected_and_output
    claims = table(output, "aid_projects").filter(
        pl.col("recommended_for_sum")
        & (pl.col("currency").cast(pl.String) == "VND")
        & pl.col("donor_text").is_in(generate.DONORS)
    )
    counts = Counter(claims["donor_text"])
    sums: Counter[str] = Counter()
    for donor, amount in claims.select("donor_text", "amount").iter_rows():
        sums[donor] += amount
    assert dict(sorted(counts.items())) == expected["claims_by_donor"]
    assert {donor: sums[donor] for donor in sorted(sums)} == {
        donor: Decimal(amount) for donor, amount in expected["vnd_by_donor"].items()
    }


def test_what_stands_in_teasers_only_is_no_fact(expected_and_output: tuple[dict[str, Any], Path]) -> None:
    expected, output = expected_and_output
    links = table(output, "related_links")
    assert links["linked_title"].str.contains(expected["decoy"]).any()  # it is there to be found
    for name in ("aid_projects", "events", "participants", "money_mentions", "date_mentions"):
        rows = table(output, name)
        texts = [column for column, dtype in rows.schema.items() if dtype == pl.String]
        assert rows.filter(pl.any_horizontal(pl.col(texts).str.contains(expected["decoy"]))).is_empty(), name


def test_growing_is_a_function_of_its_arguments(tmp_path: Path) -> None:
    first, second = list(generate.pages(12, seed=3)), list(generate.pages(12, seed=3))
    assert first == second
    assert [page.text for page in generate.pages(12, seed=4)] != [page.text for page in first]
    generate.write(tmp_path / "corpus", 12, seed=3)
    assert sorted(path.read_text(encoding="utf-8") for path in (tmp_path / "corpus").rglob("*.txt")) == sorted(
        page.text for page in first
    )
