"""Backfills in steps: planned, killed, resumed; every step in effect exactly once."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from etl.pipeline import run
from tests.flows import corpus
from tests.flows.conftest import Prefect, wait_for

pytestmark = [pytest.mark.server, pytest.mark.slow]


def done_steps(output: Path) -> int:
    path = output / "_state" / "backfill.json"
    return len(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else 0


def test_a_backfill_of_24_months_killed_after_the_tenth_step_is_resumed(prefect: Prefect, tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    corpus.write(source, range(48))
    run(source, output)
    before = corpus.fingerprint(output)
    # What the backfill has to mend: a page of every month that an earlier, worse reading left out.
    for number in range(24):
        path = source / f"{number:04d}.txt"
        changed = path.read_text(encoding="utf-8").replace("该校建设经费", "该校的建设经费")
        path.write_text(changed, encoding="utf-8")
    arguments = [str(source), str(output), "--from", "2022-01", "--to", "2023-12", "--engine", "threads"]

    killed = prefect.start_flow("backfill", *arguments)
    wait_for(lambda: done_steps(output) >= 10, 240)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait(30)
    done = done_steps(output)
    assert 10 <= done < 24

    resumed = prefect.flow("backfill", *arguments)
    assert resumed.returncode == 0, resumed.stderr
    (found,) = [r for r in prefect.runs("backfill") if r["state_type"] == "COMPLETED"]
    assert found["name"].startswith(f"backfill {source}: {24 - done} of 24 steps done")
    plan = json.loads(prefect.artifacts(found["id"])["backfill-plan"]["data"])
    assert [row["state"] for row in plan] == ["done"] * done + ["due"] * (24 - done)
    assert prefect.artifacts(found["id"])["backfill-progress"]["data"] == 100.0

    run(source, tmp_path / "fresh")
    assert corpus.fingerprint(output) == corpus.fingerprint(tmp_path / "fresh") != before
    assert done_steps(output) == 0, "a finished backfill may be asked for again"


def test_a_dry_run_shows_the_plan_and_does_nothing(prefect: Prefect, tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    corpus.write(source, range(6), ("2022-05", "2022-07"))
    (source / "broken.txt").write_bytes(b"\xff\xfa" * 50)
    run(source, output)
    before = corpus.fingerprint(output)
    done = prefect.flow("backfill", str(source), str(output), "--from", "2022-06", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "2022-07" in done.stdout
    assert "2022-05" not in done.stdout
    assert "Nothing was done" in done.stdout
    assert corpus.fingerprint(output) == before

    (source / "broken.txt").write_text(corpus.page(9, "2023-01"), encoding="utf-8")
    mended = prefect.flow("backfill", str(source), str(output), "--rejected", "read.encoding", "--engine", "threads")
    assert mended.returncode == 0, mended.stderr
    run(source, tmp_path / "fresh")
    assert corpus.fingerprint(output) == corpus.fingerprint(tmp_path / "fresh")

    assert prefect.flow("backfill", str(source), str(output)).returncode == 2
    assert prefect.flow("backfill", str(source), str(output), "--from", "2023-05", "--to", "2023-01").returncode == 2
