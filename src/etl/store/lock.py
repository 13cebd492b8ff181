"""One run at a time on an output: the second waits."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.errors import PublishError

_STEP = 0.05


@contextmanager
def held(path: Path, wait: float, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Holds the lock file; the kernel lets go of it when the process dies, however it dies.

    Waits up to `wait` seconds for another run and tells `on_wait` once; then raises PublishError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(handle, path, wait, on_wait)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path, wait: float, on_wait: Callable[[str], None] | None) -> None:
    deadline = time.monotonic() + wait
    told = False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise PublishError(
                    f"{path}: another run is still going after {wait:g} s. Wait for it, or raise lock_wait."
                ) from None
        if not told and on_wait is not None:
            on_wait("Another run on this output is going on: waiting for it.")
            told = True
        time.sleep(_STEP)
