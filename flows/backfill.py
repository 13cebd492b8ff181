"""Processing pages again on demand, in steps that can be resumed.

By hand: `python -m flows.backfill SOURCE OUTPUT --from 2023-01 --to 2024-12`; in Prefect: the deployment `backfill`.
"""

from __future__ import annotations

import sys

from flows import home

if __name__ == "__main__":
    home.settle(sys.argv[1:])  # before Prefect reads its settings

import dataclasses
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from prefect import flow, get_run_logger
from prefect.exceptions import ParameterTypeError
from pydantic import Field

from etl import settings as run_settings
from etl.cli.printing import grid, say
from etl.errors import ConfigError, EtlError
from etl.pipeline import backfill as work
from etl.pipeline.backfill import BackfillPlan, Step
from etl.pipeline.session import open_session
from etl.pipeline.summary import RunSummary
from etl.store import remote
from flows import artifacts, batches, notices, runners, steps
from flows.ingest import Count, Place

MaxActive = Annotated[int, Field(ge=1, le=120)]
Month = Annotated[str | None, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Reprocess = Literal["missing", "failed", "all"]


@dataclasses.dataclass(frozen=True, slots=True)
class BackfillResult:
    """The plan, and what was done: one summary for every publication, none for a dry run."""

    plan: BackfillPlan
    summaries: tuple[RunSummary, ...] = ()


@flow(
    name="backfill",
    description="Processes pages again: by month of publication, site, path, reject code, or the undated ones.",
    flow_run_name="backfill {source}",
)
def backfill(
    source: Place,
    output: Place,
    start: Month = None,
    end: Month = None,
    site: str | None = None,
    path: str | None = None,
    rejected: str | None = None,
    dry_run: bool = False,
    engine: runners.Engine = "processes",
    workers: Count = None,
    undated: bool = False,
    reprocess: Reprocess = "failed",
    max_active: MaxActive = 1,
) -> BackfillResult:
    """Processes again what the filters choose (they combine with and), month by month.

    Each step publishes and is remembered in the output's state under a key made of the filters, its files and the
    rules: the same backfill, started again after a stop, goes on behind it. A scheduled ingest at the same time
    waits for the step under way, then goes first or second.

    Args:
        source: File, folder, glob or fsspec URL of raw pages, as in the last run
        output: Folder or s3:// URL of the published tables
        start: First month of publication, YYYY-MM
        end: Last month of publication, YYYY-MM
        site: Site, as in articles.site
        path: Glob over raw files, as in articles.source_path
        rejected: Reject code, as in rejects.code
        dry_run: Show the plan as a table, do nothing
        engine: What runs the batches
        workers: How many at a time; none means one for each processor
        undated: Only pages without a date of publication
        reprocess: Which steps to do; missing - never tried, failed - also those that failed, all - finished ones too
        max_active: Steps under way, and published, together
    """
    log = get_run_logger()
    wanted = work.Wanted(start, end, site, path, rejected, undated)
    settings = run_settings.load()
    with notices.of_failure(source, output):
        with remote.working_copy(output) as folder:
            plan = work.plan(source, folder, wanted, settings=settings)
            failed = steps.failed(folder)
        todo = [step for step in plan.steps if steps.is_due(step, reprocess, failed)]
        show = [steps.row(step, "due" if step in todo else steps.state(step, failed)) for step in plan.steps]
        artifacts.table(
            "backfill-plan", show, f"{plan.n_files} files in {len(plan.steps)} steps, {len(todo)} of them due"
        )
        log.info("%d steps, %d due, %d files", len(plan.steps), len(todo), plan.n_files)
        if dry_run or not todo:
            notices.rename(
                f"backfill {source}: {'dry run, ' if dry_run else ''}{len(todo)} of {len(plan.steps)} steps due"
            )
            return BackfillResult(plan)
        summaries = _do(source, output, todo, settings, engine, runners.count(workers), max_active)
    with remote.working_copy(output) as folder:
        if not steps.failed(folder) & {step.key for step in plan.steps}:
            work.forget(folder, plan)
    artifacts.of_run(source, summaries[-1])
    notices.event("backfilled", output, source=source, steps=[step.name for step in todo][:100])
    notices.rename(f"backfill {source}: {len(todo)} of {len(plan.steps)} steps done; version {summaries[-1].version}")
    return BackfillResult(plan, tuple(summaries))


def _do(
    source: str,
    output: str,
    todo: Sequence[Step],
    settings: run_settings.Settings,
    engine: runners.Engine,
    workers: int,
    max_active: int,
) -> list[RunSummary]:
    """Does the steps, `max_active` at a time, each group in one publication."""
    log = get_run_logger()
    summaries = []
    with notices.progress("backfill", "Steps") as progress, batches.Workers(engine, workers) as pool:
        for first in range(0, len(todo), max_active):
            group = todo[first : first + max_active]
            log.info("Steps %s", ", ".join(step.name for step in group))
            summary = _group(source, output, group, settings, engine, workers, pool)
            if summary.published:
                notices.materialized(source, summary)
            summaries.append(summary)
            progress(first + len(group), len(todo))
    return summaries


def _group(
    source: str,
    output: str,
    group: Sequence[Step],
    settings: run_settings.Settings,
    engine: runners.Engine,
    workers: int,
    pool: batches.Workers,
) -> RunSummary:
    with remote.working_copy(output) as folder:
        try:
            summary = _publish(source, folder, group, settings, engine, workers, pool)
        except EtlError:
            steps.note(folder, group, is_failed=True)
            raise
        for step in group:
            work.remember(folder, step)
        steps.note(folder, group, is_failed=False)
    return dataclasses.replace(summary, output=remote.shown(output))


def _publish(
    source: str,
    folder: Path,
    group: Sequence[Step],
    settings: run_settings.Settings,
    engine: runners.Engine,
    workers: int,
    pool: batches.Workers,
) -> RunSummary:
    days = [day for step in group for day in work.window_of(step) if day is not None]
    with open_session(
        source,
        folder,
        dataclasses.replace(settings, reprocess=False),
        workers=workers,
        engine=engine,
        mode="backfill",
        only=frozenset(path for step in group for path in step.files),
        window=(min(days, default=None), max(days, default=None)),
        tell=get_run_logger().info,
    ) as session:
        return session.finish(pool.process_all(session.batches, lambda done, total: None))


def main(arguments: Sequence[str]) -> int:
    """Runs the flow here, with a server of its own unless PREFECT_API_URL names one."""
    given = vars(_parser().parse_args(arguments))
    try:
        result = backfill(**given)
    except (ConfigError, ParameterTypeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except EtlError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    say(grid([steps.row(step, "").values() for step in result.plan.steps], steps.COLUMNS))  # type: ignore[misc]
    if given["dry_run"]:
        say("Nothing was done. Leave out --dry-run to do it.")
    else:
        versions = [summary.version for summary in result.summaries if summary.published]
        say(f"{len(result.summaries)} steps done, versions published: {', '.join(map(str, versions)) or 'none'}.")
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser("python -m flows.backfill", description="Process pages again, in resumable steps.")
    parser.add_argument("source")
    parser.add_argument("output")
    parser.add_argument("--from", dest="start", metavar="YYYY-MM")
    parser.add_argument("--to", dest="end", metavar="YYYY-MM")
    parser.add_argument("--site")
    parser.add_argument("--path", metavar="GLOB")
    parser.add_argument("--rejected", metavar="CODE")
    parser.add_argument("--undated", action="store_true")
    parser.add_argument("--reprocess", choices=("missing", "failed", "all"), default="failed")
    parser.add_argument("--max-active", type=int, default=1, metavar="N")
    parser.add_argument("--engine", choices=("threads", "processes", "dask", "ray"), default="processes")
    parser.add_argument("--workers", type=int, metavar="N")
    parser.add_argument("--dry-run", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
