"""A real Prefect on loopback, one for all tests of the flows, and flows run as users run them: as processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows import serve

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Prefect:
    """A running server. `root` is a folder with the deployments' prefect.yaml, `local` the processes."""

    local: serve.Local
    root: Path

    def api(self, path: str, body: object = None, method: str | None = None) -> Any:
        """The answer of the server's API."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.local.environment['PREFECT_API_URL']}{path}",
            data=data,
            method=method,
            headers={"Content-Type": "application/json"},
        )
        for wait in (1, 2, 4, 8, None):
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    text = answer.read()
                return json.loads(text) if text else None
            except urllib.error.HTTPError as error:
                # SQLite is locked for a moment now and then; Prefect's own client tries again too.
                error.close()
                if error.code != 503 or wait is None:
                    raise
                time.sleep(wait)
        raise AssertionError

    def flow(self, module: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Runs a flow to its end as `python -m flows.<module>` against this server."""
        return run_flow(module, *arguments, environment=self.local.environment | more)

    def start_flow(self, module: str, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        """Starts a flow in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", f"flows.{module}", *arguments],
            cwd=ROOT,
            env=self.local.environment | more,
            start_new_session=True,
            stdout=self.local.log,
            stderr=subprocess.STDOUT,
        )

    def deploy(self, source: Path, output: Path, cron: str = "7 * * * *") -> None:
        """Makes the repository's own deployments, with another source and output, and ingest at another time."""
        text = (ROOT / "prefect.yaml").read_text(encoding="utf-8")
        python_path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        for old, new in {
            'PYTHONPATH: "{{ $PWD }}"': f'PYTHONPATH: "{python_path}"',  # the tree under test, not what is installed
            "{{ $PWD }}": str(ROOT),
            '"7 * * * *"': f'"{cron}"',
            "source: seeds": f"source: {source}",
            "output: output": f"output: {output}",
            "engine: processes": "engine: threads",
        }.items():
            assert old in text
            text = text.replace(old, new)
        (self.root / "prefect.yaml").write_text(text, encoding="utf-8")
        self.local.deploy()

    def deployment(self, name: str) -> dict[str, Any]:
        """A deployment by the name of its flow."""
        found: dict[str, Any] = self.api(f"/deployments/name/{name}/{name}")
        return found

    def ask(self, name: str, **parameters: object) -> str:
        """Asks for a run of a deployment, as the interface does, and returns its id."""
        body = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        return str(self.api(f"/deployments/{self.deployment(name)['id']}/create_flow_run", body)["id"])

    def run(self, run_id: str) -> dict[str, Any]:
        """A flow run as it is now."""
        found: dict[str, Any] = self.api(f"/flow_runs/{run_id}")
        return found

    def over(self, run_id: str, seconds: float = 180) -> dict[str, Any]:
        """A flow run when it is over."""
        ends = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
        wait_for(lambda: self.run(run_id)["state_type"] in ends, seconds)
        return self.run(run_id)

    def runs(self, flow: str, **filters: object) -> list[dict[str, Any]]:
        """Flow runs of a flow that are over, the newest first; those planned for coming hours are many."""
        over = {"state": {"type": {"any_": ["COMPLETED", "FAILED", "CRASHED"]}}}
        body = {"flows": {"name": {"any_": [flow]}}, "flow_runs": over, "sort": "START_TIME_DESC", "limit": 50}
        found: list[dict[str, Any]] = self.api("/flow_runs/filter", body | filters)
        return found

    def artifacts(self, run_id: str) -> dict[str, dict[str, Any]]:
        """The artifacts of a flow run by their key."""
        body = {"artifacts": {"flow_run_id": {"any_": [run_id]}}, "limit": 200}
        return {artifact["key"]: artifact for artifact in self.api("/artifacts/filter", body)}

    def events(self, name: str, about: str) -> list[dict[str, Any]]:
        """Events of a name about a resource whose id holds `about`. The server takes a moment to store them."""

        def found() -> list[dict[str, Any]]:
            body = {"filter": {"event": {"name": [name]}}, "limit": 50}
            events: list[dict[str, Any]] = self.api("/events/filter", body)["events"]
            return [event for event in events if about in event["resource"]["prefect.resource.id"]]

        events: list[dict[str, Any]] = wait_for(found, 30)
        return events


def run_flow(
    module: str, *arguments: str, environment: Mapping[str, str], within: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Runs `python -m flows.<module>` to its end, as the last arguments of the command `within` if there is one."""
    return subprocess.run(
        [*within, sys.executable, "-m", f"flows.{module}", *arguments],
        cwd=ROOT,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def children(pid: int, command: str) -> list[int]:
    """Processes that a process started and whose command line holds `command`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid and command.encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except (OSError, IndexError):
            continue  # it has just ended
    return found


def wait_for(what: Callable[[], Any], seconds: float) -> Any:
    """What the function gives as soon as it is true. Fails when it does not become so in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.5)
    raise AssertionError(f"Did not happen within {seconds} s.")


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prefect]:
    """A server whose scheduler looks every other second. Stopped with all its processes at the end."""
    folder = tmp_path_factory.mktemp("prefect")
    root = folder / "root"
    root.mkdir()
    log = (folder / "log.txt").open("wb")
    with log, serve.Local(serve.free_port(0), folder / "home", root, log) as local:
        local.environment["PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS"] = "2"
        local.environment["PREFECT_WORKER_QUERY_SECONDS"] = "1"
        local.environment["PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS"] = "2"
        local.environment["POLARS_MAX_THREADS"] = "1"
        try:
            local.start_server()
        except TimeoutError as error:
            raise AssertionError((folder / "log.txt").read_text(encoding="utf-8", errors="replace")) from error
        yield Prefect(local, root)


@pytest.fixture
def bare_environment(tmp_path: Path) -> dict[str, str]:
    """An environment without any Prefect in it, not even a home directory."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    return kept | {"HOME": str(tmp_path / "no-home"), "POLARS_MAX_THREADS": "1"}
