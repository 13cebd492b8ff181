"""Backfills in steps: planned, killed, resumed; every step in effect exactly once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from etl.pipeline import run
from etl.published import scan
from tests.flows import corpus
from tests.flows.conftest import Prefect, children, wait_for

pytestmark = [pytest.mark.server, pytest.mark.slow]


def done_steps(output: Path) -> int:
    path = output / "_state" / "backfill.json"
    return len(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else 0


@pytest.fixture
def kept_worker(prefect: Prefect, tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The deployments over `tmp_path`, and a worker, the last of the list."""
    prefect.deploy(tmp_path / "in", tmp_path / "out")
    workers = [prefect.local.start_worker()]
    yield workers
    for name in ("ingest", "maintain", "backfill"):
        prefect.api(f"/deployments/{prefect.deployment(name)['id']}", method="DELETE")
    workers[-1].terminate()
    workers[-1].wait(60)


def test_a_backfill_of_24_months_killed_after_the_tenth_step_is_resumed(
    prefect: Prefect, kept_worker: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    corpus.write(source, range(48))
    run(source, output)
    before = corpus.fingerprint(output)
    # What the backfill has to mend: a page of every month that an earlier, worse reading left out.
    for number in range(24):
        path = source / f"{number:04d}.txt"
        changed = path.read_text(encoding="utf-8").replace("该校建设经费", "该校的建设经费")
        path.write_text(changed, encoding="utf-8")
    wanted = {"start": "2022-01", "end": "2023-12", "engine": "threads"}

    killed = prefect.ask("backfill", **wanted)
    wait_for(lambda: done_steps(output) >= 10, 240)
    flows = children(kept_worker[-1].pid, "prefect")
    kept_worker[-1].kill()
    for pid in flows:
        os.kill(pid, signal.SIGKILL)
    kept_worker[-1].wait(30)
    done = done_steps(output)
    assert 10 <= done < 24

    # A killed run cannot say so: it keeps the deployment's one place until its lease ends or somebody, or the example
    # automation, says it for it. What is asked for meanwhile waits, and is not cancelled.
    resumed = prefect.ask("backfill", **wanted)
    kept_worker.append(prefect.local.start_worker())
    wait_for(lambda: prefect.run(resumed)["state_name"] == "AwaitingConcurrencySlot", 60)
    assert prefect.run(killed)["state_name"] == "Running"
    prefect.api(f"/flow_runs/{killed}/set_state", {"state": {"type": "CRASHED"}})
    found = prefect.over(resumed)
    assert found["state_type"] == "COMPLETED", found["state"]["message"]
    assert found["name"].startswith(f"backfill {source} 2022-01 to 2023-12: {24 - done} of 24 steps done")
    plan = json.loads(prefect.artifacts(resumed)["backfill-plan"]["data"])
    assert [row["state"] for row in plan] == ["done"] * done + ["due"] * (24 - done)
    assert prefect.artifacts(resumed)["backfill-progress"]["data"] == 100.0

    run(source, tmp_path / "fresh")
    assert corpus.fingerprint(output) == corpus.fingerprint(tmp_path / "fresh") != before
    runs = scan(output, "runs").filter(pl.col("mode") == "backfill").collect()
    assert [str(day)[:7] for day in runs.sort("window_start")["window_start"]] == list(corpus.MONTHS)
    assert done_steps(output) == 0, "a finished backfill may be asked for again"


def test_a_step_that_fails_leaves_the_others_going_on(prefect: Prefect, tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    months = ("2022-05",) * 24 + ("2022-06", "2022-07", "2022-08")
    corpus.write(source, range(27), months)
    run(source, output)
    for number, month in enumerate(months):
        # In May more articles vanish than the guard lets go; the other months have something new.
        text = "越南\n" if month == "2022-05" else corpus.page(number + 100, month)
        (source / f"{number:04d}.txt").write_text(text, encoding="utf-8")
    arguments = [str(source), str(output), "--from", "2022-01", "--engine", "threads"]
    failed = prefect.flow("backfill", *arguments, "--max-active", "2")
    assert failed.returncode == 1
    assert "1 of 4 steps failed (2022-05: " in failed.stderr
    states = [(row["step"], row["state"]) for row in plan_of(prefect, source)]
    assert states == [(month, "due") for month in ("2022-05", "2022-06", "2022-07", "2022-08")]
    assert prefect.events("youlian.guard-refused", str(output))

    around = prefect.flow("backfill", *arguments, "--reprocess", "missing")
    assert around.returncode == 0, around.stderr
    assert ("2022-05", "failed") in [(row["step"], row["state"]) for row in plan_of(prefect, source)]
    allowed = prefect.flow("backfill", *arguments, YOULIAN_ALLOW_DROP="1")
    assert allowed.returncode == 0, allowed.stderr
    run(source, tmp_path / "fresh")
    assert corpus.fingerprint(output) == corpus.fingerprint(tmp_path / "fresh")


def plan_of(prefect: Prefect, source: Path) -> list[dict[str, str]]:
    """The plan that the newest backfill of a source showed."""
    newest = next(r for r in prefect.runs("backfill") if r["parameters"]["source"] == str(source))
    plan: list[dict[str, str]] = json.loads(prefect.artifacts(newest["id"])["backfill-plan"]["data"])
    return plan


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
