"""The same batches on a Dask cluster of two workers over TCP, one of which dies in the middle."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.pipeline import run
from tests.flows import corpus
from tests.flows.conftest import ROOT, Prefect, wait_for

pytestmark = [pytest.mark.server, pytest.mark.slow]
pytest.importorskip("prefect_dask")


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        log = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address: str = wait_for(lambda: self._address(log), 60)
        self.workers = [self._worker() for _ in range(2)]

    def _worker(self) -> subprocess.Popen[bytes]:
        self._start(
            "worker", self.address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--no-nanny",
            "--host", "127.0.0.1", "--local-directory", str(self.folder),
        )  # fmt: skip
        return self.processes[-1]

    def _start(self, *arguments: str) -> Path:
        log = self.folder / f"{len(self.processes)}.log"
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        environment |= {"POLARS_MAX_THREADS": "1", "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60"}
        with log.open("wb") as output:
            command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
            self.processes.append(subprocess.Popen(command, stdout=output, stderr=output, env=environment))
        return log

    def _address(self, log: Path) -> str | None:
        found = re.search(r"tcp://127\.0\.0\.1:\d+", log.read_text(encoding="utf-8"))
        return found[0] if found else None

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait(30)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "dask"
    folder.mkdir()
    started = Cluster(folder)
    yield started
    started.stop()


def test_a_cluster_that_loses_a_worker_publishes_the_same_bytes(
    prefect: Prefect, cluster: Cluster, tmp_path: Path
) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    corpus.write(source, range(40))
    flow = prefect.start_flow(
        "ingest", str(source), str(output), "dask", "2", YOULIAN_DASK_ADDRESS=cluster.address, YOULIAN_BATCH_FILES="2"
    )
    fragments = output / "_state" / "fragments"
    wait_for(lambda: fragments.exists() and len(list(fragments.glob("*/manifest.json"))) >= 2, 120)
    assert flow.poll() is None
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    assert flow.wait(300) == 0
    run(source, tmp_path / "plain")
    assert corpus.fingerprint(output) == corpus.fingerprint(tmp_path / "plain")
