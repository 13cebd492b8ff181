"""`make serve`: everything starts on loopback, says where to look, and stops together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from flows import serve
from tests.flows.conftest import ROOT, wait_for

pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_it_starts_says_where_and_stops_together(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    port = serve.free_port(0)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.serve", str(port)],
            cwd=ROOT,
            env=environment | {"PREFECT_HOME": str(tmp_path / "home")},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_for(lambda: "Ctrl-C stops" in log.read_text(encoding="utf-8") or process.poll() is not None, 240)
        said = log.read_text(encoding="utf-8")
        assert process.poll() is None, said
        assert f"http://127.0.0.1:{port}/deployments" in said
        wait_for(lambda: "Worker 'ProcessWorker" in log.read_text(encoding="utf-8"), 60)
        for name in ("ingest", "maintain", "backfill"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/deployments/name/{name}/{name}") as answer:
                assert answer.status == 200
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(90) == 0
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGTERM)
            process.wait(90)
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5)
