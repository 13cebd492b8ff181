"""Processing pages again on demand: by month of publication, site, path, reject code, or the undated ones.

The work is cut into steps, one a month of publication (and one for pages without a date). Each step is a run of its
own that publishes; a finished step is remembered, so that the same backfill, called again after a stop, goes on
behind it. A step runs under the output's lock: a scheduled run at the same time waits for the step, then goes first
or second; neither loses work.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import polars as pl

from etl import lookups, pipeline
from etl.errors import ConfigError, PublishError
from etl.pipeline import plan as plans
from etl.pipeline.session import require_version
from etl.pipeline.summary import RunSummary
from etl.read import list_files
from etl.settings import Settings
from etl.store import durable, fingerprints, fragments, lock, remote, snapshots
from etl.store.folders import BACKFILL, Output, partition
from etl.tables import PAGE_TABLES

UNDATED = "undated"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of a backfill; they combine with and. `start` and `end` are months, YYYY-MM, both included.

    Windows and sites are those of the last run; `path` is a glob over raw files and records (`file#n`; the whole file
    is processed); `rejected` is a code of the list in DICTIONARY.md; `undated` chooses pages without a
    date of publication.
    """

    start: str | None = None
    end: str | None = None
    site: str | None = None
    path: str | None = None
    rejected: str | None = None
    undated: bool = False

    def __post_init__(self) -> None:
        for name, month in (("--from", self.start), ("--to", self.end)):
            if month is not None and not _MONTH.fullmatch(month):
                raise ConfigError(f"{name} {month}: a month is written YYYY-MM, such as 2024-03.")
        if self.start and self.end and self.start > self.end:
            raise ConfigError(f"--from {self.start} comes after --to {self.end}.")
        if self.undated and (self.start or self.end):
            raise ConfigError("--undated pages have no month: leave out --from and --to.")
        if self.rejected and self.rejected not in {row["code"] for row in lookups.rows("reject_codes")}:
            raise ConfigError(f"--rejected {self.rejected}: there is no such code. `youlian rejects DIR` shows them.")
        if not any(asdict(self).values()):
            raise ConfigError("A backfill needs a filter: --from, --to, --site, --path, --rejected or --undated.")


@dataclass(frozen=True, slots=True)
class Step:
    """Raw files to process together: those with a fitting page of one month (`name`), or without a date.

    `files` are source paths; `partitions` what publishing them may rewrite; `key` is the same for the same work.
    """

    name: str
    key: str
    n_pages: int
    n_files: int
    bytes: int
    partitions: tuple[str, ...]
    files: tuple[str, ...]
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class BackfillPlan:
    """What a backfill would do; `partitions` over all steps. `is_done` marks steps that a former call finished."""

    steps: tuple[Step, ...]
    n_files: int
    n_pages: int
    partitions: tuple[str, ...]


def plan(
    source: str | os.PathLike[str],
    output: str | os.PathLike[str],
    wanted: Wanted,
    *,
    settings: Settings | None = None,
) -> BackfillPlan:
    """The steps of a backfill, from the state of the last run; nothing is written.

    Raises ConfigError for filters that make no sense, PublishError when nothing was published yet or
    the state lost rows.
    """
    place = Output(Path(output).absolute())
    current = require_version(place)
    snapshot = snapshots.load(place, current.snapshot)
    if set(snapshot.fragments()) - set(fragments.finished(place.fragments)):
        raise PublishError(f"{place.state}: rows are lost. Run `youlian run` first: it makes them again.")
    listed = {file.source_path: file.size for file in list_files(source, exclude=remote.names(place.root)).files}
    pages = _fitting(place, snapshot, wanted).filter(pl.col("file_path").is_in(list(listed)))
    pieces = fingerprints.total(fingerprints.current(_templates(settings)))
    done = _finished(place)
    steps = tuple(_steps(pages, listed, pieces, wanted, done))
    partitions = tuple(sorted({p for step in steps for p in step.partitions}))
    return BackfillPlan(steps, len({f for s in steps for f in s.files}), pages.height, partitions)


def backfill(
    source: str | os.PathLike[str],
    output: str | os.PathLike[str],
    wanted: Wanted,
    *,
    workers: int = 1,
    settings: Settings | None = None,
    progress: pipeline.Progress | None = None,
    tell: Callable[[str], None] | None = None,
) -> list[RunSummary]:
    """Does every step that is not done yet, each published on its own, and returns what they did."""
    settings = settings or Settings()
    with remote.working_copy(output) as folder:
        work = plan(source, folder, wanted, settings=settings)
    summaries = []
    for number, step in enumerate(work.steps, 1):
        if tell is not None:
            tell(f"step {number} of {len(work.steps)}, {step.name}: {'done before' if step.is_done else 'going on'}")
        if not step.is_done:
            with remote.working_copy(output) as folder:
                summary = process_step(source, folder, step, workers=workers, settings=settings, progress=progress)
            summaries.append(replace(summary, output=remote.shown(output)))
    with remote.working_copy(output) as folder:
        forget(folder, work)
    return summaries


def process_step(
    source: str | os.PathLike[str],
    output: str | os.PathLike[str],
    step: Step,
    *,
    workers: int = 1,
    settings: Settings | None = None,
    progress: pipeline.Progress | None = None,
    engine: str = "processes",
) -> RunSummary:
    """Processes the files of one step again, publishes, and remembers the step as done.

    Only the step's files are processed (new and changed files wait for the next run), so what a scheduled run does
    at the same time stays its own.
    """
    summary = pipeline.run(
        source,
        output,
        workers=workers,
        settings=replace(settings or Settings(), reprocess=False),
        progress=progress,
        mode="backfill",
        only=frozenset(step.files),
        window=window_of(step),
        engine=engine,
    )
    remember(output, step)
    return summary


def _fitting(place: Output, snapshot: snapshots.Snapshot, wanted: Wanted) -> pl.DataFrame:
    """The pages of the last run that pass every filter, with the raw file each comes from."""
    frames = [
        pages.select("file_path", "source_path", "published_date", "site", "codes", "is_article")
        for _, pages in plans.pages_of(place, snapshot, snapshot.fragments())
    ]
    pages = pl.concat(frames) if frames else pl.DataFrame(schema=_PAGE_SCHEMA)
    month = pl.col("published_date").dt.strftime("%Y-%m")
    pages = pages.with_columns(month=month)
    if wanted.start:
        pages = pages.filter(pl.col("month") >= wanted.start)
    if wanted.end:
        pages = pages.filter(pl.col("month") <= wanted.end)
    if wanted.undated:
        pages = pages.filter(pl.col("is_article") & pl.col("month").is_null())
    if wanted.site:
        pages = pages.filter(pl.col("site") == wanted.site)
    if wanted.rejected:
        pages = pages.filter(pl.col("codes").list.contains(wanted.rejected))
    if wanted.path:
        from fsspec.utils import glob_translate

        fits = re.compile(glob_translate(wanted.path))
        names = [name for column in ("file_path", "source_path") for name in pages[column].unique() if fits.match(name)]
        pages = pages.filter(pl.col("file_path").is_in(names) | pl.col("source_path").is_in(names))
    return pages


_PAGE_SCHEMA = {
    "file_path": pl.String(),
    "source_path": pl.String(),
    "published_date": pl.Date(),
    "site": pl.String(),
    "codes": pl.List(pl.String()),
    "is_article": pl.Boolean(),
}


def _steps(
    pages: pl.DataFrame, sizes: dict[str, int], pieces: str, wanted: Wanted, done: frozenset[str]
) -> Iterator[Step]:
    """One step a month. A file with pages of several months is processed whole, in the first of them."""
    by_file = pages.group_by("file_path").agg(
        name=pl.col("month").min().fill_null(UNDATED),
        years=pl.col("published_date").dt.year().unique().sort(),
        n=pl.len(),
    )
    for (name,), group in by_file.sort("name", "file_path").partition_by("name", as_dict=True).items():
        files = tuple(group["file_path"])
        years = sorted({year for years in group["years"] for year in years}, key=lambda y: (y is None, y))
        text = json.dumps([asdict(wanted), name, files, pieces])
        key = hashlib.sha256(text.encode()).hexdigest()[:16]
        yield Step(
            name=str(name),
            key=key,
            n_pages=int(group["n"].sum()),
            n_files=len(files),
            bytes=sum(sizes[file] for file in files),
            partitions=tuple(partition(table.name, year) for table in PAGE_TABLES for year in years),
            files=files,
            is_done=key in done,
        )


def window_of(step: Step) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a step's month; none for the step of the undated."""
    if step.name == UNDATED:
        return None, None
    first = dt.date(int(step.name[:4]), int(step.name[5:]), 1)
    following = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return first, following - dt.timedelta(days=1)


def _templates(settings: Settings | None) -> Path | None:
    return Path(settings.templates) if settings and settings.templates else None


def _finished(place: Output) -> frozenset[str]:
    try:
        return frozenset(json.loads((place.state / BACKFILL).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return frozenset()


def remember(output: str | os.PathLike[str], step: Step) -> None:
    """Notes that a step is done; whoever does the same backfill again goes on behind it."""
    place = Output(Path(output).absolute())
    with durable.explained(place.state), lock.held(place.state / "backfill.lock", 60):
        durable.write_json(place.state / BACKFILL, sorted({*_finished(place), step.key}))


def forget(output: str | os.PathLike[str], work: BackfillPlan) -> None:
    """Forgets that the steps of a finished backfill are done, so that the same one can be asked for again."""
    place = Output(Path(output).absolute())
    if not work.steps:
        return
    with durable.explained(place.state), lock.held(place.state / "backfill.lock", 60):
        durable.write_json(place.state / BACKFILL, sorted(_finished(place) - {step.key for step in work.steps}))
