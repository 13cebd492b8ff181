"""Maintenance: figures against their bands, drift, and a run that fails when the tables are poor."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from etl import quality
from etl.errors import ConfigError
from etl.pipeline import run
from etl.quality import Band, Drift
from flows.artifacts import BANDS
from tests.flows import corpus
from tests.flows.conftest import Prefect

TODAY = dt.date(2023, 12, 20)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("maintained")
    corpus.write(folder / "in", range(24))
    run(folder / "in", folder / "out")
    return folder / "out"


def test_the_bands_of_the_repository_are_sound() -> None:
    bands, drift = quality.load(BANDS)
    assert len(bands) >= 8
    assert drift.pages > 0


@pytest.mark.parametrize(
    ("band", "value", "state"),
    [
        (Band("rows", "articles", low=24), 24, "ok"),
        (Band("rows", "articles", low=25), 24, "fails"),
        (Band("rows", "articles", high=23), 24, "warns"),
        (Band("age_days", "articles", "published_date", high=5), 5, "ok"),
        (Band("age_days", "articles", "published_date", high=4), 5, "warns"),
        (Band("fill", "articles", "url", high=0.1), 0, "ok"),
        (Band("fill", "articles", "title", low=0.9), 1, "ok"),
        (Band("share", "articles", "site", "shidai", low=0.9), None, None),
    ],
)
def test_figures(dataset: Path, band: Band, value: float | None, state: str | None) -> None:
    (found,) = quality.findings(dataset, [band], TODAY)
    if value is not None:
        assert (found.value, found.state) == (value, state)
    assert band.table in found.name


@pytest.mark.parametrize(
    "text",
    [
        '[[band]]\nfigure = "moons"\ntable = "articles"',
        '[[band]]\nfigure = "rows"\ntable = "planets"',
        '[[band]]\nfigure = "fill"\ntable = "articles"\ncolumn = "orbit"',
        '[[band]]\nfigure = "rows"\ntable = "articles"\nhue = 1',
        "[[band",
    ],
)
def test_bands_that_make_no_sense_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "bands.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bands\.toml"):
        quality.load(tmp_path / "bands.toml")


def test_a_site_that_changes_its_layout_drifts(tmp_path: Path) -> None:
    corpus.write(tmp_path / "in", range(30), corpus.MONTHS)
    for path in sorted((tmp_path / "in").iterdir()):
        number = int(path.stem)
        if corpus.MONTHS[number % 24] >= "2023-06":
            # From here on the site prints its body a hundred times as long.
            text = path.read_text(encoding="utf-8")
            body = next(line for line in text.split("\n") if line.startswith("该校建设经费"))
            more = "\n".join(body.replace("该校", f"第{n}所学校") for n in range(30))
            path.write_text(text.replace(body, f"{body}\n{more}"), encoding="utf-8")
    run(tmp_path / "in", tmp_path / "out")
    found = quality.drift(tmp_path / "out", Drift(pages=6))
    assert any("own lines" in finding.name for finding in found)
    assert {finding.state for finding in found} == {"warns"}


def test_even_sites_do_not_drift(dataset: Path) -> None:
    assert quality.drift(dataset, Drift(pages=6)) == []


@pytest.mark.server
@pytest.mark.slow
def test_the_flow_shows_the_figures_and_fails_below_a_minimum(prefect: Prefect, dataset: Path, tmp_path: Path) -> None:
    source, bands = dataset.parent / "in", tmp_path / "bands.toml"
    bands.write_text('[[band]]\nfigure = "rows"\ntable = "articles"\nlow = 1\n', encoding="utf-8")
    before = corpus.fingerprint(dataset)
    good = prefect.flow("maintain", str(source), str(dataset), str(bands))
    assert good.returncode == 0, good.stderr
    assert "rows of articles" in good.stdout
    bands.write_text('[[band]]\nfigure = "rows"\ntable = "articles"\nlow = 1000\n', encoding="utf-8")
    poor = prefect.flow("maintain", str(source), str(dataset), str(bands))
    assert poor.returncode == 1
    assert "rows of articles is 24.0" in poor.stderr
    assert corpus.fingerprint(dataset) == before
    failed, fine = prefect.runs("maintain")[:2]
    assert (failed["state_type"], fine["state_type"]) == ("FAILED", "COMPLETED")
    (row,) = json.loads(prefect.artifacts(failed["id"])["quality"]["data"])
    assert (row["state"], row["low"]) == ("fails", 1000)
    assert prefect.events("youlian.quality-failed", str(dataset))
