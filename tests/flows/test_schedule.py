"""The deployments: a schedule makes runs, a worker executes them, wrong parameters do not get that far."""

from __future__ import annotations

import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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
    text = (ROOT / "prefect.yaml").read_text(encoding="utf-8")
    source, output = source_and_output
    for old, new in {
        "{{ $PWD }}": str(ROOT),
        '"7 * * * *"': '"* * * * *"',
        "source: seeds": f"source: {source}",
        "output: output": f"output: {output}",
        "engine: processes": "engine: threads",
    }.items():
        assert old in text
        text = text.replace(old, new)
    (prefect.root / "prefect.yaml").write_text(text, encoding="utf-8")
    prefect.local.deploy()
    worker = prefect.local.start_worker()
    yield prefect
    prefect.api(f"/deployments/{deployment(prefect, 'ingest')['id']}", method="DELETE")
    worker.terminate()
    worker.wait(60)


def deployment(prefect: Prefect, name: str) -> dict[str, Any]:
    found: dict[str, Any] = prefect.api(f"/deployments/name/{name}/{name}")
    return found


def finished(prefect: Prefect, after: int) -> list[dict[str, Any]]:
    """Scheduled runs of ingest that are done, when there are more than `after`."""
    deployment_id = deployment(prefect, "ingest")["id"]
    done = prefect.runs("ingest", deployments={"id": {"any_": [deployment_id]}})
    return done if len(done) > after else []


def test_cron_makes_runs_and_a_worker_picks_up_what_was_added(
    deployed: Prefect, source_and_output: tuple[Path, Path]
) -> None:
    source, output = source_and_output
    first = wait_for(lambda: finished(deployed, 0), 240)
    assert [run["state_type"] for run in first] == ["COMPLETED"] * len(first)
    assert all(run["auto_scheduled"] for run in first)
    before = corpus.fingerprint(output)
    (source / "added.txt").write_text(corpus.page(7, "2024-02"), encoding="utf-8")

    def picked_up() -> list[dict[str, Any]]:
        return [run for run in finished(deployed, len(first)) if "1 new" in run["name"]]

    (run,) = wait_for(picked_up, 240)
    assert run["state_type"] == "COMPLETED"
    after = corpus.fingerprint(output)
    assert "articles/pub_year=2024/part-0.parquet" in after.keys() - before.keys()
    artifacts = deployed.artifacts(run["id"])
    assert {"tables", "rejects", "run"} <= set(artifacts)
    assert "`articles/pub_year=2024`" in artifacts["run"]["data"]


def test_the_deployments_are_what_they_should_be(deployed: Prefect) -> None:
    ingest, maintain, backfill = (deployment(deployed, name) for name in ("ingest", "maintain", "backfill"))
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
    "wrong", [{"start": "2024-13"}, {"start": "January"}, {"reprocess": "some"}, {"max_active": 0}, {"workers": "many"}]
)
def test_wrong_parameters_are_refused_before_the_run(deployed: Prefect, wrong: dict[str, object]) -> None:
    path = f"/deployments/{deployment(deployed, 'backfill')['id']}/create_flow_run"
    with pytest.raises(urllib.error.HTTPError) as refused:
        deployed.api(path, {"parameters": wrong})
    assert refused.value.code in (409, 422)


def test_the_example_automation_is_accepted(deployed: Prefect) -> None:
    deployed.local.call("automation", "create", "--from-file", str(ROOT / "docs" / "deploy" / "automation.yaml"))
    (found,) = deployed.api("/automations/filter", {})
    assert set(found["trigger"]["expect"]) == {"youlian.guard-refused", "youlian.schema-drift"}
    assert found["actions"][0]["type"] == "pause-deployment"
