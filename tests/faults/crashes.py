"""Crashes at will: every step that touches the disk is a point where a run can die.

`Crash` stands for kill -9: it is no Exception, so nothing in the code may catch it and go on. With `power_cut`, what
was written and never synced is lost as well: such files are cut to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

# Steps of a run by module and name. A crash comes before or after any of them.
STEPS = (
    ("etl.store.durable", "write_text"),
    ("etl.store.durable", "sync_tree"),
    ("etl.store.durable", "sync_folder"),
    ("etl.store.durable", "link_or_copy"),
    ("etl.store.durable", "replace_by_link"),
    ("etl.store.durable", "remove_tree"),
    ("etl.store.fragments", "write_part"),
    ("etl.store.fragments", "finish"),
    ("etl.store.snapshots", "save"),
    ("etl.store.snapshots", "commit"),
    ("etl.publish.partitions", "write"),
    ("etl.publish.partitions", "write_empty"),
    ("etl.publish.versions", "begin"),
    ("etl.publish.versions", "keep"),
    ("etl.publish.versions", "complete"),
    ("etl.publish.versions", "show"),
    ("etl.publish.versions", "heal"),
    ("etl.publish.versions", "clean"),
    ("etl.pipeline.publication", "build"),
    ("etl.pipeline.publication", "finish"),
    ("etl.pipeline.compaction", "compact"),
    ("etl.pipeline.plan", "cut"),
    ("etl.pipeline.batch", "save"),
)


class Crash(BaseException):
    """The process is dead from here on."""


@dataclass
class Countdown:
    """Counts step boundaries and dies at number `at` (never when None)."""

    at: int | None = None
    passed: int = 0
    synced: dict[int, tuple[int, int]] = field(default_factory=dict)

    def boundary(self) -> None:
        self.passed += 1
        if self.passed == self.at:
            raise Crash


@contextmanager
def crashing(at: int | None = None, synced: dict[int, tuple[int, int]] | None = None) -> Iterator[Countdown]:
    """Within, the run dies at step boundary number `at`; `passed` tells how many there were.

    `synced` remembers over several runs what was synced when.
    """
    countdown = Countdown(at) if synced is None else Countdown(at, synced=synced)
    real_fsync = os.fsync

    def fsync(handle: int) -> None:
        real_fsync(handle)
        status = os.fstat(handle)
        countdown.synced[status.st_ino] = (status.st_size, status.st_mtime_ns)

    with mock.patch("os.fsync", fsync), _wrapped(countdown):
        yield countdown


@contextmanager
def _wrapped(countdown: Countdown) -> Iterator[None]:
    patches = [mock.patch(f"{module}.{name}", _step(module, name, countdown)) for module, name in STEPS]
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in patches:
            patch.stop()


def _step(module: str, name: str, countdown: Countdown) -> Callable[..., Any]:
    real = getattr(__import__(module, fromlist=[name]), name)

    def step(*args: Any, **kwargs: Any) -> Any:
        countdown.boundary()
        found = real(*args, **kwargs)
        countdown.boundary()
        return found

    return step


def power_cut(folder: Path, countdown: Countdown) -> int:
    """Cuts every file whose present content was never synced to nothing; returns how many."""
    lost = 0
    for path in folder.rglob("*"):
        if not path.is_file() or path.name in ("lock", "backfill.lock"):
            continue
        status = path.stat()
        if status.st_size and countdown.synced.get(status.st_ino) != (status.st_size, status.st_mtime_ns):
            with path.open("wb"):
                lost += 1
    return lost
