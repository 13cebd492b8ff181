"""youlian run, youlian backfill."""

from __future__ import annotations

import dataclasses
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etl import settings
from etl.cli.printing import grid, is_terminal, plain, say, say_json, tell
from etl.errors import ConfigError
from etl.pipeline.summary import RunSummary

Progress = Callable[[int, int], None]
_NO_PAGE = """\
No page fits the filters: nothing to do. Sites, paths and dates are those of the last run, in articles.site,
articles.source_path and articles.published_date; the codes of rejects are listed by `youlian rejects DIR`."""
_FILES_SHOWN = 50  # by a dry run


def run(arguments: Namespace) -> int:
    """Runs, or goes back to an older version."""
    from etl import pipeline

    chosen = _settings(arguments)
    if arguments.rollback is not None:
        from etl.pipeline.rollback import rollback
        from etl.store import remote

        with remote.working_copy(arguments.output) as folder:
            version = rollback(folder, arguments.rollback or None, settings=chosen)
        say_json({"version": version}) if arguments.json else say(f"{arguments.output} shows version {version} again.")
        return 0
    with _progress(quiet=arguments.json) as progress:
        summary = pipeline.run(
            arguments.source,
            arguments.output,
            workers=arguments.workers,
            settings=chosen,
            progress=progress,
            tell=tell,
        )
    _show(summary, as_json=arguments.json)
    return 0


def backfill(arguments: Namespace) -> int:
    """Processes pages again, or shows what would be."""
    from etl.pipeline import backfill as work

    wanted = work.Wanted(
        start=arguments.start,
        end=arguments.end,
        site=arguments.site,
        path=arguments.path,
        rejected=arguments.rejected,
        undated=arguments.undated,
    )
    chosen = _settings(arguments)
    if arguments.dry_run:
        from etl.store import remote

        with remote.working_copy(arguments.output) as folder:
            plan = work.plan(arguments.source, folder, wanted, settings=chosen)
        say_json(dataclasses.asdict(plan)) if arguments.json else _show_plan(plan)
        return 0
    with _progress(quiet=arguments.json) as progress:
        summaries = work.backfill(
            arguments.source,
            arguments.output,
            wanted,
            workers=arguments.workers,
            settings=chosen,
            progress=progress,
            tell=None if arguments.json else tell,
        )
    for summary in summaries:
        _show(summary, as_json=arguments.json)
    if not summaries and not arguments.json:
        say(_NO_PAGE)
    return 0


def _settings(arguments: Namespace) -> settings.Settings:
    if arguments.workers < 1:
        raise ConfigError(f"--workers must be at least 1, not {arguments.workers}.")
    if arguments.templates and not Path(arguments.templates).is_dir():
        raise ConfigError(f"--templates {arguments.templates}: is no folder. `youlian learn` writes one.")
    names = {field.name for field in dataclasses.fields(settings.Settings)}
    return settings.load(**{name: value for name, value in vars(arguments).items() if name in names})


def _show(summary: RunSummary, *, as_json: bool) -> None:
    if as_json:
        say_json(dataclasses.asdict(summary))
        return
    files = f"{summary.n_files} files: {summary.n_new} new, {summary.n_changed} changed, {summary.n_removed} removed"
    files += f", {summary.n_stale} processed again" if summary.n_stale else ""
    files += f"; {summary.n_skipped} of other types skipped" if summary.n_skipped else ""
    say(files)
    if summary.n_restored:
        say(f"{summary.n_restored} published files were missing or altered and stand again as they were.")
    if not summary.published:
        worked = summary.n_new or summary.n_changed or summary.n_removed or summary.n_stale
        found = "Nothing came out differently" if worked else "Nothing to do"
        say(f"{found}: version {summary.version} in {summary.output} is up to date.")
        return
    rows = [
        ("pages", summary.n_articles),
        ("events", summary.n_events),
        ("claims of aid", summary.n_aid),
        ("withheld links and teasers", summary.n_links),
        ("rejects", summary.n_rejects),
        ("partitions written", len(summary.partitions_written)),
    ]
    say(grid(rows, ("published", "")))
    say(f"Version {summary.version} in {summary.output}, after {summary.seconds:.1f} s.")
    if summary.n_rejects:
        say(f"Why pages or rows were left out: youlian rejects {summary.output}")


def _show_plan(plan: object) -> None:
    from etl.pipeline.backfill import BackfillPlan

    assert isinstance(plan, BackfillPlan)
    if not plan.steps:
        say(_NO_PAGE)
        return
    steps = [
        (
            step.name,
            step.n_pages,
            step.n_files,
            step.bytes,
            len(step.partitions),
            "done before" if step.is_done else "",
        )
        for step in plan.steps
    ]
    say(grid(steps, ("step", "pages", "files", "bytes", "partitions", "")))
    files = list(dict.fromkeys(file for step in plan.steps if not step.is_done for file in step.files))
    say(f"{len(files)} files would be processed:")
    for file in files[:_FILES_SHOWN]:
        say(f"  {plain(file)}")
    if len(files) > _FILES_SHOWN:
        say(f"  and {len(files) - _FILES_SHOWN} more; --json names all")
    say("rewriting at most:")
    years: dict[str, list[str]] = {}
    for partition in sorted({p for step in plan.steps if not step.is_done for p in step.partitions}):
        table, _, year = partition.partition("/")
        years.setdefault(table, []).append(year)
    for table, those in years.items():
        say(f"  {table}/{', '.join(those)}")
    say("Nothing was done. Leave out --dry-run to do it.")


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress | None]:
    """A bar on a terminal, a line now and then elsewhere, nothing for machines."""
    if quiet:
        yield None
    elif is_terminal():
        yield from _bar()
    else:
        yield _lines()


def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("batches"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("batches", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines() -> Progress:
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        tenth = done * 10 // total
        if tenth != shown:
            shown = tenth
            tell(f"{done} of {total} batches")

    return show
