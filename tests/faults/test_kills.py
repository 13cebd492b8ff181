"""kill -9 at random instants and a death at every step: no row is lost or doubled, nobody has to lend a hand."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from unittest import mock

import polars as pl
import pytest

from etl import pipeline
from etl.settings import Settings
from etl.store import fingerprints
from tests import datasets, made_pages
from tests.faults import crashes

ROOT = Path(__file__).parents[2]
QUIET = Settings(report=False, allow_drop=True, batch_files=4, keep_seconds=0)
# Three in four runs at least are hit before they end: with the deaths at steps below, more than 200 in all.
RANDOM_KILLS = int(os.environ.get("YOULIAN_TEST_KILLS", "140"))


class Victim:
    """A process that starts runs and has them killed."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "POLARS_MAX_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.victim"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment,
            text=True,
        )

    def run(self, source: Path, output: Path, factor: int, kill_after: float | None = None) -> int:
        """Starts a run, kills it after so many seconds, and returns its wait status."""
        stdin, stdout = _pipes(self.process)
        order = {"source": str(source), "output": str(output), "factor": factor, "kill_after": kill_after}
        stdin.write(json.dumps(order) + "\n")
        stdin.flush()
        return int(stdout.readline())

    def close(self) -> None:
        stdin, stdout = _pipes(self.process)
        stdin.close()
        self.process.wait(timeout=30)
        stdout.close()


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


@pytest.fixture
def victim() -> Iterator[Victim]:
    started = Victim()
    yield started
    started.close()


def _write_pages(source: Path, dice: random.Random, count: int) -> None:
    source.mkdir(exist_ok=True)
    for _ in range(count):
        number = dice.randrange(30)
        path = source / f"{number:02d}.txt"
        if dice.random() < 0.2:
            path.unlink(missing_ok=True)
            continue
        day = dice.choice(["2023-05-01", "2024-02-01", "2025-03-03", "undated   "])
        lines = [f"aid {dice.randrange(1, 999)}.50 USD", "event meeting", "link 河江省收到捐款5"]
        path.write_text(made_pages.text(day, f"河江省收到捐款{number}", *lines[: dice.randrange(4)]), encoding="utf-8")


def _fresh(source: Path, output: Path, factor: int) -> dict[str, str]:
    """The tables of a run from nothing."""
    made_pages.factor = factor
    with made_pages.stage(), mock.patch.object(fingerprints, "current", lambda templates=None: {"pipeline": "fresh"}):
        pipeline.run(source, output, settings=QUIET)
    made_pages.factor = 1
    return datasets.hashes(output)


def _reader_is_well(output: Path) -> None:
    """Whoever follows datapackage.json finds a whole version with every article once."""
    path = output / "datapackage.json"
    if not path.exists():
        return
    described = json.loads(path.read_text(encoding="utf-8"))
    version = output / described["version_path"]
    ids = []
    for resource in described["resources"]:
        frame = pl.read_parquet(version / resource["path"], hive_partitioning=False)
        assert frame.height == resource["rows"]
        if resource["title"] == "articles":
            ids += frame["article_id"].to_list()
    assert len(ids) == len(set(ids)) == described["counts"]["articles"]


@pytest.mark.slow
def test_killed_at_random_instants(tmp_path: Path, victim: Victim) -> None:
    dice = random.Random(20260101)
    source, output = tmp_path / "source", tmp_path / "output"
    _write_pages(source, dice, 30)
    assert victim.run(source, output, 1) == 0
    _write_pages(source, dice, 3)
    started = time.monotonic()
    assert victim.run(source, output, 2) == 0
    typical = time.monotonic() - started
    killed = 0
    for number in range(RANDOM_KILLS):
        _write_pages(source, dice, 3)
        factor = 1 + number % 3
        status = victim.run(source, output, factor, kill_after=dice.uniform(0, 0.9 * typical))
        killed += status == signal.SIGKILL
        _reader_is_well(output)
        if number % 20 == 19:
            assert victim.run(source, output, factor) == 0
            assert datasets.hashes(output) == _fresh(source, tmp_path / f"fresh{number}", factor)
    assert killed >= RANDOM_KILLS * 3 // 4


@pytest.mark.slow
@pytest.mark.parametrize("with_power_cut", [False, True], ids=["killed", "power cut"])
def test_dead_at_every_step(tmp_path: Path, with_power_cut: bool) -> None:
    """A run dies at each of its step boundaries in turn; after the next run nothing tells that it did."""
    dice = random.Random(7)
    source, output = tmp_path / "source", tmp_path / "output"
    synced: dict[int, tuple[int, int]] = {}
    _write_pages(source, dice, 20)
    with made_pages.stage(), crashes.crashing(None, synced):
        pipeline.run(source, output, settings=QUIET)
    boundaries, at, deaths = 100, 1, 0
    while at <= boundaries:
        _write_pages(source, dice, 2)
        with made_pages.stage(), crashes.crashing(at, synced) as countdown:
            try:
                pipeline.run(source, output, settings=QUIET)
            except crashes.Crash:
                deaths += 1
                if with_power_cut:
                    crashes.power_cut(output, countdown)
        _reader_is_well(output)
        if deaths % 6 == 0:
            with made_pages.stage(), crashes.crashing(None, synced) as countdown:
                pipeline.run(source, output, settings=QUIET)
            boundaries = max(boundaries, countdown.passed)
        # Every boundary up to the committing ones, and a spread of the many links and replacements after them.
        at += 1 if at < 30 else 17
    assert deaths >= 50
    with made_pages.stage():
        pipeline.run(source, output, settings=QUIET)
    assert datasets.hashes(output) == _fresh(source, tmp_path / "fresh", 1)
