"""Running batches: one after the other here, or in processes that are handed paths and hand back paths."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from etl.pipeline import batch
from etl.pipeline.batch import process_batch

Process = Callable[[Path], str]


def process_all(paths: Sequence[Path], workers: int, process: Process = process_batch) -> Iterator[str]:
    """Fragment ids in the order in which the batches are done. Raises what a batch raises; the others are dropped.

    A worker that is killed (by a page that breaks a library, or for want of memory) costs its batches a second try,
    one at a time; a raw file that kills its worker then as well becomes the reject `pipeline.crashed`.
    """
    if workers <= 1 or len(paths) <= 1:
        yield from map(process, paths)
        return
    left = list(paths)
    try:
        with _pool(min(workers, len(paths))) as pool:
            for path, fragment in _as_done(pool, paths, process):
                left.remove(path)
                yield fragment
    except BrokenProcessPool:
        for path in left:
            yield from _alone(path, process)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context("spawn")  # polars' threads do not survive a fork
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _as_done(pool: ProcessPoolExecutor, paths: Sequence[Path], process: Process) -> Iterator[tuple[Path, str]]:
    pending: dict[Future[str], Path] = {pool.submit(process, path): path for path in paths}
    while pending:
        done, _ = wait(pending, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=lambda future: future.exception() is not None):
            yield pending.pop(future), future.result()


def _alone(path: Path, process: Process) -> Iterator[str]:
    """A batch in a process of its own; when that is killed too, its halves, down to the file that does it."""
    try:
        with _pool(1) as pool:
            yield pool.submit(process, path).result()
    except BrokenProcessPool:
        halves = batch.halves(path)
        if not halves:
            yield batch.refuse(path, "pipeline.crashed", "Processing the file killed its process twice.")
        for half in halves:
            yield from _alone(half, process)


def _end_with_parent() -> None:
    """A worker whose parent was killed ends at once: it must not go on writing beside the next run."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
