"""Batches of raw files as tasks. A task gets a path and gives back the id of a fragment on disk, never rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import TaskRunner

from etl.errors import SourceError
from etl.pipeline import batch
from flows import runners, server

Progress = Callable[[int, int], None]
_ROUNDS = 3
_PROGRESS_SECONDS = 2.0


def may_pass(task: Any, run: Any, state: Any) -> bool:
    """True for failures of reading and writing, which may pass; an error in the code or the data does not."""
    try:
        state.result()
    except (SourceError, OSError):
        return True
    except BaseException:
        return False
    return False


@task(
    name="batch",
    task_run_name="{what}",
    retries=3,
    retry_delay_seconds=[1, 5, 20],
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def process(path: str, what: str) -> str:
    """Processes the saved batch at `path` and returns the id of its fragment. Doing it twice does nothing."""
    return batch.process_batch(Path(path))


class Workers:
    """What runs the batches of a flow run: started when there is a first one, kept for the next session."""

    def __init__(self, engine: runners.Engine, number: int) -> None:
        self._engine = engine
        self._number = number
        self._runner: TaskRunner[Any] | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        self._runner = None

    def process_all(self, paths: Sequence[Path], progress: Progress) -> list[str]:
        """The fragment ids of all batches. A worker process that is killed costs its batches a second try, no more.

        Raises what a batch raises after its retries, SourceError when worker processes keep dying.
        """
        done: dict[Path, str] = {}
        for attempt in range(_ROUNDS):
            try:
                self._round([path for path in paths if path not in done], done, progress)
            except BrokenProcessPool as error:
                self.__exit__(None, None, None)
                if attempt == _ROUNDS - 1:
                    message = "Worker processes are being killed (out of memory?). Run again with fewer workers."
                    raise SourceError(message) from error
                get_run_logger().warning("A worker process was killed; its batches are tried again.")
            else:
                break
        return [done[path] for path in paths]

    def _round(self, paths: Sequence[Path], done: dict[Path, str], progress: Progress) -> None:
        if not paths:
            return
        total, told = len(paths) + len(done), time.monotonic()
        runner = self._started(len(paths))
        futures = [(path, runner.submit(process, {"path": str(path), "what": _what(path)})) for path in paths]
        for path, future in futures:
            done[path] = future.result()
            if time.monotonic() - told > _PROGRESS_SECONDS or len(done) == total:
                progress(len(done), total)
                told = time.monotonic()

    def _started(self, wanted: int) -> TaskRunner[Any]:
        if self._runner is None:
            self._stack.enter_context(server.shared())
            self._runner = self._stack.enter_context(runners.runner(self._engine, self._number))
            if wanted > 1:
                get_run_logger().info("%s: %d workers", self._engine, self._number)
        return self._runner


def _what(path: Path) -> str:
    """The task's name: how many files, from which to which."""
    files = batch.load(path).files
    first, last = files[0].source_path, files[-1].source_path
    return f"1 file: {first}"[:120] if first == last else f"{len(files)} files: {first} to {last}"[:200]
