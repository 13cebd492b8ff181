"""Running batches: one after the other here, or in processes that are handed paths and hand back paths."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from etl.errors import SourceError
from etl.pipeline.batch import process_batch

Process = Callable[[Path], str]


def process_all(paths: Sequence[Path], workers: int, process: Process = process_batch) -> Iterator[str]:
    """Fragment ids in the order in which the batches are done. Raises what a batch raises; the others are dropped."""
    if workers <= 1 or len(paths) <= 1:
        yield from map(process, paths)
        return
    context = multiprocessing.get_context("spawn")  # polars' threads do not survive a fork
    pool = ProcessPoolExecutor(min(workers, len(paths)), mp_context=context, initializer=_end_with_parent)
    try:
        yield from _as_done(pool, paths, process)
    except BrokenProcessPool as error:
        raise SourceError(
            "A worker process was killed (out of memory?). Finished batches are kept: run again, with fewer --workers."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _as_done(pool: ProcessPoolExecutor, paths: Sequence[Path], process: Process) -> Iterator[str]:
    pending: set[Future[str]] = {pool.submit(process, path) for path in paths}
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()


def _end_with_parent() -> None:
    """A worker whose parent was killed ends at once: it must not go on writing beside the next run."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
