"""Runs to be killed. Every order on standard input is done in a fork, so that a kill costs no start-up.

{"source": ..., "output": ..., "factor": 1}   ->   <pid> at the start, <wait status> at the end
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from typing import Any

import pandera.polars  # noqa: F401  (loaded before the fork)

from etl import pipeline
from etl.pipeline import session, workers  # noqa: F401
from etl.settings import Settings
from etl.store import fingerprints
from tests import made_pages

QUIET = Settings(report=False, allow_drop=True, batch_files=4, keep_seconds=0)


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _run(order)
        if order["kill_after"] is not None:
            time.sleep(order["kill_after"])
            os.kill(
                pid, signal.SIGKILL
            )  # the child, even if it has ended: its number is its own until it is waited for
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def _run(order: dict[str, Any]) -> None:
    made_pages.factor = int(order["factor"])
    fingerprints.current = lambda templates=None: {"pipeline": f"made-up code {order['factor']}"}
    try:
        with made_pages.stage():
            pipeline.run(order["source"], order["output"], settings=QUIET)
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
