"""From a setting to what runs the batches: threads, processes, a Dask cluster or Ray. None changes what comes out."""

from __future__ import annotations

import multiprocessing
import os
import threading
from typing import Any, Literal

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from etl.errors import ConfigError

Engine = Literal["threads", "processes", "dask", "ray"]
# Where a cluster is to be found; without it one is started on this machine for the time of the run.
DASK_ADDRESS = "YOULIAN_DASK_ADDRESS"
RAY_ADDRESS = "YOULIAN_RAY_ADDRESS"


def count(workers: int | None) -> int:
    """The number of workers: as given, else one for each processor this process may use."""
    return workers or len(os.sched_getaffinity(0))


def runner(engine: Engine, workers: int | None = None) -> TaskRunner[Any]:
    """A task runner, not yet started. Raises ConfigError when the engine is not installed."""
    number = count(workers)
    if engine == "threads":
        return ThreadPoolTaskRunner(max_workers=number)
    if engine == "processes":
        return ProcessPoolTaskRunner(max_workers=number, initializer=end_with_parent)
    found: TaskRunner[Any] = _dask(number) if engine == "dask" else _ray(number)
    return found


def end_with_parent() -> None:
    """A worker process whose flow was killed ends at once: it must not go on writing beside the next run."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _dask(workers: int) -> TaskRunner[Any]:
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise ConfigError("The engine dask is not installed. Install youlian[dask].") from error
    if address := os.environ.get(DASK_ADDRESS):
        return DaskTaskRunner(address=address)
    # One thread each: the work holds the interpreter. No dashboard: it would open a port nobody asked for.
    return DaskTaskRunner(
        cluster_kwargs={"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    )


def _ray(workers: int) -> Any:
    try:
        from prefect_ray import RayTaskRunner  # type: ignore[import-not-found, unused-ignore]
    except ImportError as error:
        raise ConfigError("The engine ray is not installed. Install youlian[ray].") from error
    if address := os.environ.get(RAY_ADDRESS):
        return RayTaskRunner(address=address)
    return RayTaskRunner(init_kwargs={"num_cpus": workers, "include_dashboard": False})
