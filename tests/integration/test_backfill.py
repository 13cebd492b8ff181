"""Backfills: what they choose, what a dry run says, how they go on after a stop, and that they change no result."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from etl import pipeline
from etl.cli import main
from etl.errors import ConfigError, PublishError
from etl.pipeline import backfill as work
from etl.pipeline.backfill import Wanted
from etl.pipeline.rollback import rollback
from etl.settings import Settings
from tests import datasets, made_pages

QUIET = Settings(report=False)


@pytest.fixture(autouse=True)
def _made_up() -> Iterator[None]:
    with made_pages.stage():
        yield
    made_pages.factor = 1


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two pages a month of 2023 and 2024, two undated ones, one refused."""
    folder = tmp_path / "source"
    for year in (2023, 2024):
        for month in range(1, 13):
            for n in (1, 2):
                path = folder / f"{year}" / f"{month:02d}-{n}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                text = made_pages.text(f"{year}-{month:02d}-15", f"题目{year}{month}{n}", "aid 1 USD")
                path.write_text(text, encoding="utf-8")
    for n in (1, 2):
        (folder / f"undated{n}.txt").write_text(made_pages.text("undated   ", f"没有日期{n}"), encoding="utf-8")
    (folder / "refused.txt").write_text("2024-01-01 拒绝\nrefuse\n", encoding="utf-8")
    return folder


@pytest.fixture
def output(tmp_path: Path, source: Path) -> Path:
    pipeline.run(source, tmp_path / "output", settings=QUIET)
    return tmp_path / "output"


@pytest.mark.parametrize(
    ("wanted", "steps", "n_files"),
    [
        (Wanted(start="2023-11", end="2024-02"), ["2023-11", "2023-12", "2024-01", "2024-02"], 8),
        (Wanted(start="2024-12"), ["2024-12"], 2),
        (Wanted(end="2023-01"), ["2023-01"], 2),
        (Wanted(undated=True), ["undated"], 2),
        (Wanted(rejected="strip.no_article"), ["undated"], 1),
        (Wanted(path="2024/0[12]-1.txt"), ["2024-01", "2024-02"], 2),
        (Wanted(path="2024/*", start="2024-06", end="2024-06"), ["2024-06"], 2),
        (Wanted(site="made", end="2023-02"), ["2023-01", "2023-02"], 4),
        (Wanted(site="elsewhere"), [], 0),
    ],
    ids=str,
)
def test_what_is_chosen(source: Path, output: Path, wanted: Wanted, steps: list[str], n_files: int) -> None:
    before = datasets.tree(output)
    plan = work.plan(source, output, wanted)
    assert ([step.name for step in plan.steps], plan.n_files) == (steps, n_files)
    assert datasets.tree(output) == before


def test_a_dry_run_names_the_partitions(source: Path, output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["backfill", str(source), "--output", str(output), "--from", "2023-12", "--to", "2024-01", "--dry-run"]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "4 files would be processed" in said
    assert "2023/12-1.txt" in said
    assert "aid_projects/pub_year=2023" in said
    assert "Nothing was done" in said


def test_an_unchanged_backfill_changes_nothing(source: Path, output: Path) -> None:
    before = datasets.tree(output)
    (summary,) = work.backfill(source, output, Wanted(start="2024-03", end="2024-03"), settings=QUIET)
    assert (summary.published, summary.n_stale) == (False, 2)
    assert datasets.tree(output) == before


def test_it_forces_what_a_run_would_skip(source: Path, output: Path, tmp_path: Path) -> None:
    made_pages.factor = 3  # no fingerprint tells of it
    assert not pipeline.run(source, output, settings=QUIET).published
    summaries = work.backfill(source, output, Wanted(start="2024-01", end="2024-12"), settings=QUIET)
    assert {summary.partitions_written for summary in summaries} == {("aid_projects/pub_year=2024",)}
    work.backfill(source, output, Wanted(end="2023-12"), settings=QUIET)
    pipeline.run(source, tmp_path / "fresh", settings=QUIET)
    assert datasets.hashes(output) == datasets.hashes(tmp_path / "fresh")


def test_rejected_pages_are_tried_again(source: Path, output: Path) -> None:
    real = made_pages.process

    def mended(document: Any, templates: object) -> Any:
        lines = tuple(line for line in document.lines if line.text != "refuse")
        return real(type(document)(document.source_path, document.document_key, document.content_sha256, lines))

    with mock.patch("etl.pipeline.page.process_page", mended):
        (summary,) = work.backfill(source, output, Wanted(rejected="strip.no_article"), settings=QUIET)
    assert (summary.n_articles, summary.n_rejects) == (51, 0)


def test_it_goes_on_after_a_stop(source: Path, output: Path, tmp_path: Path) -> None:
    made_pages.factor = 2
    wanted = Wanted(start="2023-01", end="2024-12")
    done: list[str] = []
    real = work.process_step

    def stopping(source: Any, output: Any, step: work.Step, **more: Any) -> Any:
        if len(done) == 10:
            raise KeyboardInterrupt
        done.append(step.name)
        return real(source, output, step, **more)

    with mock.patch.object(work, "process_step", stopping), pytest.raises(KeyboardInterrupt):
        work.backfill(source, output, wanted, settings=QUIET)
    assert [step.is_done for step in work.plan(source, output, wanted).steps] == [True] * 10 + [False] * 14
    summaries = work.backfill(source, output, wanted, settings=QUIET)
    assert len(summaries) == 14
    pipeline.run(source, tmp_path / "fresh", settings=QUIET)
    assert datasets.hashes(output) == datasets.hashes(tmp_path / "fresh")
    assert not any(step.is_done for step in work.plan(source, output, wanted).steps)


def test_lost_rows_do_not_vanish_with_a_step(source: Path, output: Path, tmp_path: Path) -> None:
    """A step processes its own files, and those whose rows the state has lost."""
    (step,) = work.plan(source, output, Wanted(start="2023-01", end="2023-01")).steps
    shutil.rmtree(next((output / "_state/fragments").iterdir()))
    with pytest.raises(PublishError, match="Run `youlian run` first"):
        work.plan(source, output, Wanted(start="2023-01"))
    before = datasets.hashes(output)
    work.process_step(source, output, step, settings=QUIET)
    assert datasets.hashes(output) == before


def test_a_record_stands_for_its_file(source: Path, tmp_path: Path) -> None:
    line = json.dumps({"text": made_pages.text("2024-05-05", "一条记录")}) + "\n"
    (source / "more.jsonl").write_text(line * 3, encoding="utf-8")
    pipeline.run(source, tmp_path / "output", settings=QUIET)
    (step,) = work.plan(source, tmp_path / "output", Wanted(path="more.jsonl#2")).steps
    assert (step.files, step.n_pages) == (("more.jsonl",), 1)


def test_what_a_rollback_took_back_is_done_again(source: Path, output: Path) -> None:
    """A stopped backfill goes on behind its finished steps, unless an older version came back."""
    made_pages.factor = 2
    wanted = Wanted(start="2023-01", end="2023-02")
    first, _ = work.plan(source, output, wanted).steps
    work.process_step(source, output, first, settings=QUIET)
    assert [step.is_done for step in work.plan(source, output, wanted).steps] == [True, False]
    rollback(output)
    assert [step.is_done for step in work.plan(source, output, wanted).steps] == [False, False]


def test_it_leaves_other_work_to_the_next_run(source: Path, output: Path, tmp_path: Path) -> None:
    """A step touches its own files: what is new, changed or gone is the next run's."""
    (source / "new.txt").write_text(made_pages.text("2024-05-05", "新的一页"), encoding="utf-8")
    (source / "2023/01-1.txt").write_text(made_pages.text("2023-01-15", "改了"), encoding="utf-8")
    (source / "2023/02-1.txt").unlink()
    (summary,) = work.backfill(source, output, Wanted(start="2024-03", end="2024-03"), settings=QUIET)
    assert (summary.n_new, summary.n_changed, summary.n_removed, summary.n_stale) == (0, 0, 0, 2)
    summary = pipeline.run(source, output, settings=QUIET)
    assert (summary.n_new, summary.n_changed, summary.n_removed, summary.n_stale) == (1, 1, 1, 0)
    pipeline.run(source, tmp_path / "fresh", settings=QUIET)
    assert datasets.hashes(output) == datasets.hashes(tmp_path / "fresh")


def test_runs_remember_the_window(source: Path, output: Path) -> None:
    import polars as pl

    made_pages.factor = 5
    work.backfill(source, output, Wanted(start="2024-02", end="2024-02"), settings=QUIET)
    last = pl.read_parquet(output / "runs/part-0.parquet").sort("started_at").tail(1)
    row = last.select(pl.col("mode").cast(pl.String), "window_start", "window_end").row(0)
    assert [str(value) for value in row] == ["backfill", "2024-02-01", "2024-02-29"]


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"start": "2024"},
        {"start": "2024-13"},
        {"start": "2024-05", "end": "2024-04"},
        {"undated": True, "end": "2024-01"},
        {"rejected": "strip.noarticle"},
    ],
    ids=str,
)
def test_filters_that_make_no_sense_are_refused(filters: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        Wanted(**filters)


def test_there_must_be_something_to_go_back_to(source: Path, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="nothing was published"):
        work.plan(source, tmp_path / "nothing", Wanted(undated=True))
