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
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

from prefect import flow, get_run_logger
from prefect.exceptions import ParameterTypeError
from pydantic import Field

from etl import lookups
from etl import settings as run_settings
from etl.cli.printing import grid, say
from etl.errors import ConfigError, EtlError
from etl.pipeline import backfill as work
from etl.pipeline.backfill import BackfillPlan, Step, Wanted
from etl.pipeline.session import open_session
from etl.pipeline.summary import RunSummary
from etl.store import remote
from flows import artifacts, batches, notices, runners, steps
from flows.ingest import Count, Place

MaxActive = Annotated[int, Field(ge=1, le=120)]
Month = Annotated[str | None, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Reprocess = Literal["missing", "failed", "all"]


# A list to choose from in Prefect's form; the library itself refuses what is not on it.
_CODES = [row["code"] for row in lookups.rows("reject_codes")]
Code = Annotated[str | None, Field(json_schema_extra={"enum": [*_CODES, None]})]


class StepsFailed(EtlError):
    """Some steps failed, the others are done: look at the messages and do the same backfill again."""


@dataclasses.dataclass(frozen=True, slots=True)
class BackfillResult:
    """The plan, each step's state at its start (`due`, `done`, `failed` or `missing`), and what was done.

    There is one summary for every publication, none for a dry run.
    """

    plan: BackfillPlan
    states: tuple[str, ...]
    summaries: tuple[RunSummary, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class _Work:
    source: str
    output: str
    settings: run_settings.Settings
    engine: runners.Engine
    workers: int


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
    rejected: Code = None,
    dry_run: bool = False,
    engine: runners.Engine = "processes",
    workers: Count = None,
    undated: bool = False,
    reprocess: Reprocess = "failed",
    max_active: MaxActive = 1,
) -> BackfillResult:
    """Processes again what the filters choose (they combine with and), month by month.

    Each step publishes and is remembered in the output's state under a key made of the filters, its files and the
    rules: the same backfill, started again after a stop, goes on behind it. A step that fails leaves the others
    going on; the run fails at its end. A scheduled ingest at the same time waits for the step under way, then goes
    first or second.

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
    wanted = work.Wanted(start, end, site or None, path or None, rejected or None, undated)
    what = f"backfill {source} {in_words(wanted)}"
    todo = _Work(source, output, run_settings.load(), engine, runners.count(workers))
    with remote.working_copy(output, todo.settings.lock_wait) as folder:
        plan = work.plan(source, folder, wanted, settings=todo.settings)
        failed = steps.failed(folder)
        due = [step for step in plan.steps if steps.is_due(step, reprocess, failed)]
        if not due and not dry_run:
            _close(folder, plan)
    states = tuple("due" if step in due else steps.state(step, failed) for step in plan.steps)
    rows = [steps.row(step, state) for step, state in zip(plan.steps, states, strict=True)]
    artifacts.table("backfill-plan", rows, f"{plan.n_files} files in {len(plan.steps)} steps, {len(due)} of them due")
    shown = grid([row.values() for row in rows[: artifacts.ROWS]], steps.COLUMNS)  # type: ignore[misc]
    log.info("%d steps, %d due, %d files\n%s", len(plan.steps), len(due), plan.n_files, shown)
    if dry_run or not due:
        notices.rename(f"{what}: {'dry run, ' if dry_run else ''}{len(due)} of {len(plan.steps)} steps due")
        return BackfillResult(plan, states)
    summaries, failures = _do(todo, due, max_active)
    if not failures:
        with remote.working_copy(output, todo.settings.lock_wait) as folder:
            _close(folder, plan)
    if summaries:
        artifacts.of_run(source, summaries[-1])
    done = [step.name for step in due if step.name not in failures]
    notices.event("backfilled", output, source=source, steps=done[:200], failed=list(failures)[:200])
    version = f"; version {summaries[-1].version}" if summaries else ""
    notices.rename(f"{what}: {len(done)} of {len(plan.steps)} steps done{version}")
    if failures:
        messages = "; ".join(f"{name}: {message}" for name, message in list(failures.items())[:10])
        raise StepsFailed(
            f"{len(failures)} of {len(due)} steps failed ({messages}). The same backfill again tries them alone."
        )
    return BackfillResult(plan, states, tuple(summaries))


def in_words(wanted: Wanted) -> str:
    """The filters of a backfill as a person says them: 2024-01 to 2024-12, site shidai."""
    window = f"{wanted.start or '…'} to {wanted.end or '…'}" if wanted.start or wanted.end else ""
    named = (f"{name} {value}" for name in ("site", "path", "rejected") if (value := getattr(wanted, name)))
    return ", ".join(filter(None, (window, *named, "undated" if wanted.undated else "")))


def _close(folder: Path, plan: BackfillPlan) -> None:
    """Forgets the steps when none is left to do, so that the same backfill can be asked for again."""
    if not steps.failed(folder) & {step.key for step in plan.steps}:
        work.forget(folder, plan)


def _do(todo: _Work, due: Sequence[Step], max_active: int) -> tuple[list[RunSummary], dict[str, str]]:
    """Does the steps, `max_active` at a time, each group in one publication; those of a group that fails one by one.

    Returns the summaries, and the message of every step that failed by its name.
    """
    log = get_run_logger()
    summaries: list[RunSummary] = []
    failures: dict[str, str] = {}
    groups = deque(due[first : first + max_active] for first in range(0, len(due), max_active))
    n_over = 0
    with notices.progress("backfill", "Steps") as progress, batches.Workers(todo.engine, todo.workers) as pool:
        while groups:
            group = groups.popleft()
            names = ", ".join(step.name for step in group)
            log.info("Steps %s", names)
            try:
                with notices.of_failure(todo.source, todo.output):
                    summary = _group(todo, group, pool)
            except ConfigError:
                raise
            except Exception as error:
                log.error("Steps %s failed: %s", names, error, exc_info=not isinstance(error, EtlError))
                if len(group) > 1:
                    groups.extendleft([step] for step in reversed(group))
                    continue
                _note_failure(todo, group)
                failures[names] = str(error)
            else:
                summaries.append(summary)
                if summary.published:
                    notices.materialized(todo.source, summary)
            n_over += len(group)
            progress(n_over, len(due))
    return summaries, failures


def _group(todo: _Work, group: Sequence[Step], pool: batches.Workers) -> RunSummary:
    with remote.working_copy(todo.output, todo.settings.lock_wait) as folder:
        summary = _publish(todo, folder, group, pool)
        for step in group:
            work.remember(folder, step)
        steps.note(folder, group, is_failed=False)
    return dataclasses.replace(summary, output=remote.shown(todo.output))


def _note_failure(todo: _Work, group: Sequence[Step]) -> None:
    """A store commits nothing of work that failed: the note is a commit of its own, if the store is there."""
    with suppress(EtlError), remote.working_copy(todo.output, todo.settings.lock_wait) as folder:
        steps.note(folder, group, is_failed=True)


def _publish(todo: _Work, folder: Path, group: Sequence[Step], pool: batches.Workers) -> RunSummary:
    days = [day for step in group for day in work.window_of(step) if day is not None]
    with open_session(
        todo.source,
        folder,
        dataclasses.replace(todo.settings, reprocess=False),
        workers=todo.workers,
        engine=todo.engine,
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
    if given["dry_run"] or not result.summaries:
        rows = [steps.row(step, state).values() for step, state in zip(result.plan.steps, result.states, strict=True)]
        say(grid(rows, steps.COLUMNS))  # type: ignore[arg-type]
    if given["dry_run"]:
        say("Nothing was done. Leave out --dry-run to do it.")
    else:
        versions = [summary.version for summary in result.summaries if summary.published]
        n_done = result.states.count("due")
        say(f"{n_done} steps done, versions published: {', '.join(map(str, versions)) or 'none'}.")
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
