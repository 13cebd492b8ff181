"""One page, one batch, one run: all stages together, without any orchestrator.

`run` does everything in this process or in worker processes. An orchestrator does the same in its own tasks: open a
session, hand every path of `session.batches` to `process_batch` anywhere, then `session.finish` with what they return.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from etl.settings import Settings

if TYPE_CHECKING:
    from etl.pages import RawDocument
    from etl.pipeline.summary import RunSummary

Progress = Callable[[int, int], None]  # batches done, batches in all


def process_page(document: RawDocument) -> dict[str, list[dict[str, object]]]:
    """The rows of every page table for one document. Raises PageError for a page that is no Chinese article."""
    from etl.pipeline.page import process_page as process

    return process(document)


def run(
    source: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    workers: int = 1,
    settings: Settings | None = None,
    progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
    **more: Any,
) -> RunSummary:
    """Processes what is new or changed in `source` and publishes the tables under `output`, a folder or an fsspec URL.

    `workers` processes share the work; the result does not depend on their number. `tell` hears of waiting for
    another run. Raises ConfigError (wrong usage), SourceError (try again), SchemaDrift (a bug) and PublishError;
    in all of these the version published before still stands.
    """
    from etl.pipeline.session import open_session
    from etl.pipeline.workers import process_all
    from etl.store import remote

    settings = settings or Settings()
    with (
        remote.working_copy(output, settings.lock_wait) as folder,
        open_session(source, folder, settings, workers=workers, tell=tell, **more) as session,
    ):
        done: list[str] = []
        for fragment in process_all(session.batches, workers):
            done.append(fragment)
            if progress is not None:
                progress(len(done), len(session.batches))
        return replace(session.finish(done), output=remote.shown(output))
