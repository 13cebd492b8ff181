"""The scheduled flow: read what is new or changed in a source, publish the tables.

By hand: `python -m flows.ingest SOURCE OUTPUT [ENGINE [WORKERS]]`.
"""

from __future__ import annotations

import dataclasses
import sys

from flows import home

if __name__ == "__main__":
    home.settle(sys.argv[1:])  # before Prefect reads its settings

from typing import Annotated, Any

from prefect import flow, get_run_logger
from prefect.exceptions import ParameterTypeError
from pydantic import Field

from etl import settings as run_settings
from etl.cli.printing import grid, say
from etl.errors import ConfigError, EtlError
from etl.pipeline.session import Session, open_session
from etl.pipeline.summary import RunSummary
from etl.store import remote
from flows import artifacts, batches, notices, runners

# Prefect shows what the docstrings say of the parameters, and refuses runs whose parameters do not fit these types.
Place = Annotated[str, Field(min_length=1)]
Count = Annotated[int | None, Field(ge=1, le=1024)]


@flow(
    name="ingest",
    description="Reads what is new or changed in a source and publishes the tables.",
    flow_run_name="ingest {source}",
    retries=0,
)
def ingest(source: Place, output: Place, engine: runners.Engine = "processes", workers: Count = None) -> RunSummary:
    """Processes what is new or changed in `source` and publishes the tables under `output`.

    Fails, with the version before still standing, when the source does not answer, a builder is wrong or the guard
    of publication refuses. Neither engine nor workers change what is published.

    Args:
        source: File, folder, glob or fsspec URL of raw pages
        output: Folder or s3:// URL of the published tables
        engine: What runs the batches
        workers: How many at a time; none means one for each processor
    """
    number = runners.count(workers)
    settings = run_settings.load()
    log = get_run_logger()
    with (
        notices.of_failure(source, output),
        remote.working_copy(output, settings.lock_wait) as folder,
        open_session(source, folder, settings, workers=number, engine=engine, tell=log.info) as session,
        batches.Workers(engine, number) as pool,
    ):
        log.info("%s: %s", source, _plan_in_words(session))
        with notices.progress("ingest") as progress:
            done = pool.process_all(session.batches, progress)
        summary = dataclasses.replace(session.finish(done), output=remote.shown(output))
    _tell(source, output, summary)
    return summary


def _plan_in_words(session: Session) -> str:
    plan = session.plan
    return (
        f"{len(plan.listing.files)} files, of which {plan.n_new} new, {plan.n_changed} changed, {plan.n_removed} gone, "
        f"{plan.n_stale} touched by changed rules; {len(session.batches)} batches"
    )


def _tell(source: str, output: str, summary: RunSummary) -> None:
    artifacts.of_run(source, summary)
    if summary.published:
        notices.materialized(source, summary)
        what = f"{summary.n_new} new, {summary.n_changed} changed, {summary.n_removed} gone; version {summary.version}"
        short = dataclasses.replace(summary, partitions_written=summary.partitions_written[: artifacts.ROWS])
        notices.event("published", output, source=source, summary=dataclasses.asdict(short))
    else:
        what = f"nothing new; version {summary.version} stands"
        notices.event("idle", output, source=source, version=summary.version)
    notices.rename(f"ingest {source}: {what}")


def main(arguments: list[str]) -> int:
    """Runs the flow here, with a server of its own unless PREFECT_API_URL names one, and prints what came out."""
    if not 2 <= len(arguments) <= 4:
        sys.stderr.write("usage: python -m flows.ingest SOURCE OUTPUT [ENGINE [WORKERS]]\n")
        return 2
    options: dict[str, Any] = dict(zip(("engine", "workers"), arguments[2:], strict=False))
    try:
        summary = ingest(arguments[0], arguments[1], **options)
    except (ConfigError, ParameterTypeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except EtlError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    rows = [
        ("pages", summary.n_articles),
        ("events", summary.n_events),
        ("claims of aid", summary.n_aid),
        ("withheld teasers", summary.n_links),
        ("rejects", summary.n_rejects),
    ]
    say(grid(rows, ("published" if summary.published else "nothing new", "")))
    say(f"Version {summary.version} in {summary.output}; the page report.html and DICTIONARY.md explain the tables.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
