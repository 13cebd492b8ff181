"""The ingest flow against a real server: what it publishes, what it shows, what happens when it goes wrong."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from etl.pipeline import run
from tests.flows import corpus
from tests.flows.conftest import Prefect, children, wait_for

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.mark.parametrize("engine", ["threads", "processes", "dask", "ray"])
def test_the_engine_does_not_change_what_is_published(prefect: Prefect, tmp_path: Path, engine: str) -> None:
    if engine in ("dask", "ray"):
        pytest.importorskip(f"prefect_{engine}")
    corpus.write(tmp_path / "in", range(12))
    run(tmp_path / "in", tmp_path / "plain")
    done = prefect.flow("ingest", str(tmp_path / "in"), str(tmp_path / "out"), engine, "3", YOULIAN_BATCH_FILES="2")
    assert done.returncode == 0, done.stderr
    assert corpus.fingerprint(tmp_path / "out") == corpus.fingerprint(tmp_path / "plain")


def test_what_a_run_shows(prefect: Prefect, tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    corpus.write(source, range(3))
    (source / "empty.txt").write_bytes(b"")
    done = prefect.flow("ingest", str(source), str(output), "threads")
    assert done.returncode == 0, done.stderr
    lines = {line.rsplit(maxsplit=1)[0].strip(): line.rsplit(maxsplit=1)[-1] for line in done.stdout.splitlines()}
    assert lines["pages"] == "3"
    assert lines["rejects"] == "1"
    assert int(lines["withheld teasers"]) >= 3
    assert str(output) in done.stdout

    (found,) = [r for r in prefect.runs("ingest") if r["parameters"]["output"] == str(output)]
    assert found["state_type"] == "COMPLETED"
    assert found["name"] == f"ingest {source}: 4 new, 0 changed, 0 gone; version 1"
    artifacts = prefect.artifacts(found["id"])
    assert {"tables", "rejects", "run", "diff", "quality", "ingest-progress", "report"} <= set(artifacts)
    assert (output / "report.html").as_uri() in artifacts["report"]["data"]
    rows = {row["table"]: row["rows"] for row in json.loads(artifacts["tables"]["data"])}
    assert rows["articles"] == 3
    assert [row["code"] for row in json.loads(artifacts["rejects"]["data"])] == ["read.empty"]
    assert artifacts["ingest-progress"]["data"] == 100.0
    assert "published as version 1" in artifacts["run"]["data"]

    tasks = prefect.api("/task_runs/filter", {"flow_runs": {"id": {"any_": [found["id"]]}}})
    assert {task["name"] for task in tasks} == {"4 files: 0000.txt to empty.txt", "version 1"}
    (event,) = prefect.events("youlian.published", str(output))
    assert event["payload"]["summary"]["n_articles"] == 3
    assert prefect.events("prefect.asset.materialization.succeeded", f"file://{output}/articles")

    (source / "empty.txt").write_text(corpus.page(77, "2022-03"), encoding="utf-8")
    mended = prefect.flow("ingest", str(source), str(output), "threads")
    assert mended.returncode == 0, mended.stderr
    newest = next(r for r in prefect.runs("ingest") if r["parameters"]["output"] == str(output))
    assert "第77所" in prefect.artifacts(newest["id"])["diff"]["data"]

    again = prefect.flow("ingest", str(source), str(output), "threads")
    assert again.returncode == 0
    assert "nothing new" in again.stdout
    names = [r["name"] for r in prefect.runs("ingest") if r["parameters"]["output"] == str(output)]
    assert f"ingest {source}: nothing new; version 2 stands" in names


def test_a_killed_worker_process_costs_nothing(prefect: Prefect, tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    corpus.write(source, range(32))
    flow = prefect.start_flow("ingest", str(source), str(output), "processes", "2", YOULIAN_BATCH_FILES="2")
    fragments = output / "_state" / "fragments"
    wait_for(lambda: fragments.exists() and len(list(fragments.glob("*/manifest.json"))) >= 2, 120)
    os.kill(children(flow.pid, "spawn_main")[0], signal.SIGKILL)
    assert flow.wait(300) == 0
    run(source, tmp_path / "plain")
    assert corpus.fingerprint(output) == corpus.fingerprint(tmp_path / "plain")


def test_the_guard_fails_the_run_loudly(prefect: Prefect, tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    corpus.write(source, range(30))
    run(source, output)
    before = corpus.fingerprint(output)
    for path in sorted(source.iterdir())[5:]:
        path.unlink()
    done = prefect.flow("ingest", str(source), str(output), "threads")
    assert done.returncode == 1
    assert "--allow-drop" in done.stderr
    assert corpus.fingerprint(output) == before
    (found,) = [r for r in prefect.runs("ingest") if r["parameters"]["output"] == str(output)]
    assert found["state_type"] == "FAILED"
    assert prefect.events("youlian.guard-refused", str(output))
    allowed = prefect.flow("ingest", str(source), str(output), "threads", YOULIAN_ALLOW_DROP="1")
    assert allowed.returncode == 0, allowed.stderr


def test_wrong_parameters_are_wrong_usage(prefect: Prefect, tmp_path: Path) -> None:
    assert prefect.flow("ingest", "seeds", str(tmp_path / "out"), "hamsters").returncode == 2
    assert prefect.flow("ingest", str(tmp_path / "nothing"), str(tmp_path / "out")).returncode == 2
    assert not (tmp_path / "out" / "articles").exists()
