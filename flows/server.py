"""The Prefect server that a run without one starts for itself, shared with its worker processes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prefect.server.api.server import SubprocessASGIServer
from prefect.settings import PREFECT_API_URL, temporary_settings


@contextmanager
def shared() -> Iterator[None]:
    """Within it PREFECT_API_URL names the server in use. Otherwise every worker process would start one of its own."""
    if PREFECT_API_URL.value():
        yield
        return
    server = SubprocessASGIServer()  # the one of this process: a flow that has no server uses it
    server.start()
    with temporary_settings({PREFECT_API_URL: server.api_url}):
        yield
