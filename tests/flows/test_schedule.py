"""The deployments: a schedule makes runs, a worker executes them, wrong parameters do not get that far."""

from __future__ import annotations

import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.pipeline import run
from tests.flows import corpus
from tests.flows.conftest import ROOT, Prefect, wait_for

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture(scope="module")
def source_and_output(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("scheduled")
    corpus.write(folder / "in", range(3))
    return folder / "in", folder / "out"


@pytest.fixture(scope="module")
def deployed(prefect: Prefect, source_and_output: tuple[Path, Path]) -> Iterator[Prefect]:
    """The repository's own deployments with another source, ingest every minute, and a worker."""
    prefect.deploy(*source_and_output, cron="* * * * *")
    worker = prefect.local.start_worker()
    yield prefect
    prefect.api(f"/deployments/{prefect.deployment('ingest')['id']}", method="DELETE")
    worker.terminate()
    worker.wait(60)


def finished(prefect: Prefect, after: int) -> list[dict[str, Any]]:
    """Scheduled runs of ingest that are done, when there are more than `after`."""
    deployment_id = prefect.deployment("ingest")["id"]
    done = prefect.runs("ingest", deployments={"id": {"any_": [deployment_id]}})
    return done if len(done) > after else []


def test_cron_makes_runs_and_a_worker_picks_up_what_was_added(
    deployed: Prefect, source_and_output: tuple[Path, Path]
) -> None:
    source, output = source_and_output
    first = wait_for(lambda: finished(deployed, 0), 240)
    assert [one["state_type"] for one in first] == ["COMPLETED"] * len(first)
    assert all(one["auto_scheduled"] for one in first)
    before = corpus.fingerprint(output)
    (source / "added.txt").write_text(corpus.page(7, "2024-02"), encoding="utf-8")

    def picked_up() -> list[dict[str, Any]]:
        return [one for one in finished(deployed, len(first)) if "1 new" in one["name"]]

    (found,) = wait_for(picked_up, 240)
    assert found["state_type"] == "COMPLETED"
    after = corpus.fingerprint(output)
    assert "articles/pub_year=2024/part-0.parquet" in after.keys() - before.keys()
    artifacts = deployed.artifacts(found["id"])
    assert {"tables", "rejects", "run"} <= set(artifacts)
    assert "`articles/pub_year=2024`" in artifacts["run"]["data"]


def test_the_deployments_are_what_they_should_be(deployed: Prefect) -> None:
    ingest, maintain, backfill = (deployed.deployment(name) for name in ("ingest", "maintain", "backfill"))
    assert [schedule["schedule"]["timezone"] for schedule in ingest["schedules"] + maintain["schedules"]] == [
        "Asia/Ho_Chi_Minh"
    ] * 2
    assert backfill["schedules"] == []
    assert backfill["work_queue_name"] == "backfill"
    assert backfill["concurrency_options"]["collision_strategy"] == "ENQUEUE"
    assert {d["global_concurrency_limit"]["limit"] for d in (ingest, maintain, backfill)} == {1}
    assert {d["work_pool_name"] for d in (ingest, maintain, backfill)} == {"youlian"}
    described = backfill["parameter_openapi_schema"]["properties"]
    for name in ("start", "end", "site", "path", "rejected", "undated", "reprocess", "max_active", "dry_run"):
        assert described[name]["description"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": "2024-13"},
        {"start": "January"},
        {"reprocess": "some"},
        {"max_active": 0},
        {"workers": "many"},
        {"rejected": "read.nothing"},
    ],
)
def test_wrong_parameters_are_refused_before_the_run(deployed: Prefect, wrong: dict[str, object]) -> None:
    path = f"/deployments/{deployed.deployment('backfill')['id']}/create_flow_run"
    with pytest.raises(urllib.error.HTTPError) as refused:
        deployed.api(path, {"parameters": wrong})
    assert refused.value.code in (409, 422)


def test_a_refused_publication_fails_the_run_and_the_example_automation_pauses_the_schedule(
    deployed: Prefect, tmp_path: Path
) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    corpus.write(source, range(30))
    run(source, output)
    for path in sorted(source.iterdir())[5:]:
        path.unlink()
    deployed.local.call("automation", "create", "--from-file", str(ROOT / "docs" / "deploy" / "automation.yaml"))
    assert len(deployed.api("/automations/filter", {})) == 2
    ingest = deployed.deployment("ingest")
    assert not ingest["paused"]
    # The one place is for this run: no scheduled one may have it.
    deployed.api(f"/deployments/{ingest['id']}/schedules/{ingest['schedules'][0]['id']}", {"active": False}, "PATCH")
    wait_for(lambda: not running(deployed, ingest["id"]), 120)
    refused = deployed.over(deployed.ask("ingest", source=str(source), output=str(output), engine="threads"))
    assert refused["state_type"] == "FAILED"
    assert "--allow-drop" in refused["state"]["message"]
    wait_for(lambda: deployed.deployment("ingest")["paused"], 30)


def running(prefect: Prefect, deployment_id: str) -> list[dict[str, Any]]:
    under_way = {"state": {"type": {"any_": ["PENDING", "RUNNING"]}}, "deployment_id": {"any_": [deployment_id]}}
    found: list[dict[str, Any]] = prefect.api("/flow_runs/filter", {"flow_runs": under_way})
    return found
