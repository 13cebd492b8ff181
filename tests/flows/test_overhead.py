"""What Prefect adds to the cost of a page: next to nothing, as batches are its tasks and never files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.conftest import ROOT

pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_a_flow_costs_at_most_a_quarter_more_than_a_run(bare_environment: dict[str, str], tmp_path: Path) -> None:
    # One worker within the process: there the costs are told apart best, and a thousand pages are enough.
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.orchestration", "--pages", "1000", "--workers", "1", "--engine", "threads"],
        cwd=ROOT,
        env=bare_environment | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the same bytes" in done.stdout
