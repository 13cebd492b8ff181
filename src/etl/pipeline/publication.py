"""A new version of the dataset from the rows that stand: which partitions change, and writing them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from etl import dictionary
from etl.build import reference
from etl.errors import SchemaDrift
from etl.pipeline import live as live_pages
from etl.pipeline.live import Live
from etl.publish import datapackage, merge, partitions, relations, versions
from etl.publish.partitions import PublishedFile
from etl.publish.relations import Overrides
from etl.store import durable, fragments
from etl.store.folders import DATAPACKAGE, DICTIONARY, Output, partition
from etl.store.snapshots import Snapshot
from etl.tables import PAGE_TABLES, REFERENCE_TABLES, TABLES, Table
from etl.validate import PAGE, empty_frame, to_frame
from etl.validate.checks import failures

Year = int | None
FEW_PAGES = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """A version being built in `folder`. `changed` are the files that differ from the version before."""

    number: int
    folder: Path
    files: tuple[PublishedFile, ...]
    changed: tuple[str, ...]

    def rows(self, table: str) -> int:
        """Rows of a table over all its files."""
        return sum(file.rows for file in self.files if file.path.startswith(f"{table}/"))


@dataclass(frozen=True, slots=True)
class Previous:
    """The version before: its folder, its files, and those of them that can no longer be trusted."""

    folder: Path
    files: tuple[PublishedFile, ...]
    damaged: frozenset[str]

    def of(self, folder: str) -> list[PublishedFile]:
        """Its files of one partition."""
        return [file for file in self.files if file.path.rpartition("/")[0] == folder]


def dirty_years(
    output: Output, before: Snapshot, files: pl.DataFrame, after: Live, overrides: Overrides, damaged: Iterable[str]
) -> dict[str, set[Year]]:
    """By page table, the years whose files may differ from the last version's; `files` are those of `after`."""
    dirty = _moved_years(output, before, files, after)
    for name, found in relations.changed_years(before.overrides, overrides).items():
        dirty[name] |= found
    for path in damaged:
        name, _, rest = path.partition("/")
        if name in dirty:
            value = rest.partition("/")[0].removeprefix("pub_year=")
            dirty[name].add(int(value) if value.isdigit() else None)
    return dirty


def _moved_years(output: Output, before: Snapshot, files: pl.DataFrame, after: Live) -> dict[str, set[Year]]:
    """By page table, the years of pages that came, went or were processed again, but for years in which the table's
    rows are the same as before: a page that changed in one place leaves most tables alone."""
    old = before.live.join(after.articles, on="uid", how="anti")
    new = after.articles.join(before.live, on="uid", how="anti")
    years: set[Year] = {*old["pub_year"], *new["pub_year"]}
    dirty = {table.name: set(years) for table in PAGE_TABLES}
    # Rows that somebody removed, and those of many pages, are not compared: writing them all is as quick.
    is_whole = before.files["fragment"].is_in(fragments.finished(output.fragments)).all()
    if not is_whole or not 0 < old.height + new.height <= FEW_PAGES:
        return dirty
    rows_before = live_pages.inputs_of(output, before.files, old["uid"])
    rows_after = live_pages.inputs_of(output, files, new["uid"])
    for table in PAGE_TABLES:
        for year in years:
            first, second = (
                pl.concat([empty_frame(table).drop(PAGE), *merge.rows(inputs, table, year)])
                for inputs in (rows_before, rows_after)
            )
            if first.equals(second):
                dirty[table.name].discard(year)
    return dirty


def build(
    output: Output,
    number: int,
    previous: Previous,
    live: Live,
    overrides: Overrides,
    dirty: Mapping[str, set[Year]],
    listing_rejects: Sequence[Mapping[str, Any]],
) -> Draft:
    """Builds version `number` but for runs and datapackage.json; what did not change is linked from the one before."""
    folder = versions.begin(output, number)
    files: list[PublishedFile] = []
    for table in PAGE_TABLES:
        files += _page_table(folder, table, previous, live, overrides, dirty[table.name])
    for name, frame in _whole_tables(live, listing_rejects).items():
        files += _written(folder, name, TABLES[name], [frame], previous)
    (folder / DICTIONARY).write_text(dictionary.markdown(), encoding="utf-8")
    same_words = _reuse(previous.folder / DICTIONARY, folder / DICTIONARY)
    old = {file.path: file.sha256 for file in previous.files if file.path not in previous.damaged}
    new = {file.path: file.sha256 for file in files}
    changed = [path for path in old.keys() | new.keys() if old.get(path) != new.get(path)]
    changed = [path for path in changed if not path.startswith("runs/")] + ([] if same_words else [DICTIONARY])
    return Draft(number, folder, tuple(files), tuple(sorted(changed)))


def folders(draft: Draft) -> tuple[str, ...]:
    """The partitions and whole tables whose files changed, such as articles/pub_year=2024."""
    return tuple(sorted({path.rpartition("/")[0] for path in draft.changed} - {""}))


def _page_table(
    folder: Path, table: Table, previous: Previous, live: Live, overrides: Overrides, dirty: set[Year]
) -> list[PublishedFile]:
    files: list[PublishedFile] = []
    present = {group.year for item in live.inputs for group in item.part.groups[table.name]}
    for year in sorted(present | dirty, key=lambda y: (y is None, y)):
        name = partition(table.name, year)
        if year in dirty:
            frames = merge.cut(merge.rows(live.inputs, table, year), table.group_rows)
            related = relations.apply(frames, table.name, overrides, year)
            files += _written(folder, name, table, related, previous)
        else:
            kept = previous.of(name)
            versions.keep(previous.folder, folder, kept)
            files += kept
    files = [file for file in files if file.rows]
    if not files:
        empty = partitions.write_empty(folder, partition(table.name, None), table)
        _reuse(previous.folder / empty.path, folder / empty.path)
        files = [empty]
    return files


def _written(
    folder: Path, name: str, table: Table, frames: Iterable[pl.DataFrame], previous: Previous
) -> list[PublishedFile]:
    """Writes a partition, or a whole table; files whose bytes are as before are linked from the version before."""
    written = partitions.write(folder, name, table, frames)
    if not written and not table.partitioned:
        written = [partitions.write_empty(folder, name, table)]
    sound = {file.path: file.sha256 for file in previous.of(name) if file.path not in previous.damaged}
    for file in written:
        if sound.get(file.path) == file.sha256:
            durable.replace_by_link(previous.folder / file.path, folder / file.path)
    return written


def _reuse(old: Path, new: Path) -> bool:
    """Keeps one file where two would hold the same bytes, and says whether it did: nothing is replaced without need."""
    same = old.is_file() and old.read_bytes() == new.read_bytes()
    if same:
        durable.replace_by_link(old, new)
    return same


def _whole_tables(live: Live, listing_rejects: Sequence[Mapping[str, Any]]) -> dict[str, pl.DataFrame]:
    """The tables that are one file: rejects and the reference data."""
    rejects = live_pages.reject_rows(live)
    rejects = pl.concat([rejects, pl.DataFrame(listing_rejects, schema=rejects.schema, orient="row")])
    found = {"rejects": rejects.unique("reject_id", keep="first").sort(*TABLES["rejects"].order, nulls_last=True)}
    rows = reference.rows()
    for table in REFERENCE_TABLES:
        frame, misfits = to_frame(table, rows[table.name], [0] * len(rows[table.name]))
        wrong = [f"{m.column}: {m.message}" for m in misfits] + [f.message for f in failures(table, frame)]
        if wrong:
            raise SchemaDrift(f"{table.name}: the lookups give rows that break the table's checks: {wrong[0]}")
        found[table.name] = frame.drop(PAGE).sort(*table.order, nulls_last=True)
    return found


def finish(
    output: Output, draft: Draft, runs: Sequence[Mapping[str, Any]], created: dt.datetime, *, with_report: bool
) -> Draft:
    """Adds runs, report.html and datapackage.json and makes the version appear under its number."""
    table = TABLES["runs"]
    frame = to_frame(table, [_run_row(run) for run in runs], [0] * len(runs))[0] if runs else empty_frame(table)
    frame = frame.drop(PAGE).sort(*table.order)
    files = (*draft.files, *partitions.write(draft.folder, table.name, table, [frame]))
    draft = dataclasses.replace(draft, files=files)
    if with_report:
        _report(draft.folder)
    counts = {name: draft.rows(name) for name in TABLES}
    described = datapackage.describe(files, draft.number, created.isoformat(), counts)
    text = json.dumps(described, ensure_ascii=False, indent=1)
    (draft.folder / DATAPACKAGE).write_text(text + "\n", encoding="utf-8")
    return dataclasses.replace(draft, folder=versions.complete(output, draft.number))


def _report(folder: Path) -> None:
    """Writes report.html. A report that cannot be drawn is no reason to withhold the data."""
    from etl import report

    try:
        report.write(folder)
    except Exception:
        logging.getLogger("etl").exception("report.html could not be written; the tables are not affected")


def _run_row(run: Mapping[str, Any]) -> dict[str, object]:
    """A row of `runs` from its JSON form."""
    row: dict[str, object] = dict(run)
    for name in ("started_at", "ended_at"):
        row[name] = dt.datetime.fromisoformat(run[name])
    for name in ("window_start", "window_end"):
        row[name] = None if run[name] is None else dt.date.fromisoformat(run[name])
    return row
