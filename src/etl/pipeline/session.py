"""One run from listing to publication, under the output's lock."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from etl.errors import ConfigError, PublishError
from etl.pipeline import compaction, memory, publication
from etl.pipeline import live as live_pages
from etl.pipeline import plan as plans
from etl.pipeline.live import Live
from etl.pipeline.plan import Plan
from etl.pipeline.publication import Draft, Previous
from etl.pipeline.summary import RunSummary
from etl.publish import guard, relations, versions
from etl.read import list_files, source_id, walked_from
from etl.relate import relate  # noqa: F401  (missing parts show before any work is done)
from etl.settings import Settings
from etl.store import durable, fingerprints, fragments, lock, remote, snapshots
from etl.store.folders import Output
from etl.store.snapshots import Current, Snapshot
from etl.tables import PAGE_TABLES
from etl.validate import reject_row


@dataclass(slots=True)
class Session:
    """A run under way: process every path of `batches` with `pipeline.process_batch`, then call `finish`."""

    output: Output
    settings: Settings
    current: Current
    before: Snapshot
    plan: Plan
    pieces: Mapping[str, str]
    batches: list[Path]
    damaged: frozenset[str]
    restored: tuple[str, ...]
    mode: str
    engine: str
    window: tuple[dt.date | None, dt.date | None] = (None, None)
    run_id: str = field(default_factory=lambda: uuid.uuid4().hex[:16])
    started_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))

    def finish(self, done: Sequence[str]) -> RunSummary:
        """Publishes what the finished batches (fragment ids) and the standing rows give; idle when nothing changed."""
        if done:
            memory.give_back()
        plan = plans.with_done(self.plan, self.output, done)
        files, stamps = plan.kept, self._stamps(plan)
        if done:
            compacted = compaction.compact(self.output, files, stamps)
            files, stamps = compacted.files, compacted.stamps
        live = live_pages.resolve(self.output, files)
        guard.check(self.before.live, live.articles, allow_drop=self.settings.allow_drop)
        layout = fingerprints.publication()
        overrides = self._overrides(live, layout)
        refused = {**self.before.refused, plan.listing.source: _listing_rejects(plan)}
        draft = self._draft(files, live, overrides, refused, layout)
        after = dataclasses.replace(
            self.before,
            sources=tuple(sorted({*self.before.sources, plan.listing.source})),
            files=files.sort("source", "source_path"),
            live=live.articles,
            overrides=overrides,
            refused=refused,
            stamps=stamps,
            layout=layout,
        )
        if draft is None:
            if not _same_state(self.before, after):
                self._save(after, self.current.version)
                _collect(self.output)
            return self._summary(plan, live, None)
        return self._publish(plan, live, draft, after)

    def _overrides(self, live: Live, layout: Mapping[str, str]) -> Mapping[str, pl.DataFrame]:
        """Relations are found anew only when a page came or went or their rules changed."""
        same = live.articles["uid"].sort().equals(self.before.live["uid"].sort())
        if same and self.current.version and layout["relate"] == self.before.layout.get("relate"):
            return self.before.overrides
        return relations.find(live.inputs, live.articles)

    def _draft(
        self,
        files: pl.DataFrame,
        live: Live,
        overrides: Mapping[str, pl.DataFrame],
        refused: Mapping[str, Sequence[Mapping[str, Any]]],
        layout: Mapping[str, str],
    ) -> Draft | None:
        """The new version as far as it is built without knowing the time; None when it would be the one before."""
        if layout["schema"] == self.before.layout.get("schema"):
            dirty = publication.dirty_years(self.output, self.before, files, live, overrides, self.damaged)
        else:
            years = {*self.before.live["pub_year"], *live.articles["pub_year"]}
            dirty = {table.name: set(years) for table in PAGE_TABLES}
        published, _ = versions.recalled(self.before.published)
        previous = Previous(self.output.version(self.current.version), tuple(published), self.damaged)
        is_idle = (
            not any(dirty.values())
            and bool(self.current.version)
            and not self.damaged
            and dict(layout) == dict(self.before.layout)
            and refused == self.before.refused
            and _rejects_stand(self.before, self.plan, self.batches)
        )
        if is_idle:
            return None
        number = max([self.current.version, *snapshots.numbers(self.output.versions)]) + 1
        listing_rejects = [row for _, rows in sorted(refused.items()) for row in rows]
        draft = publication.build(self.output, number, previous, live, overrides, dirty, listing_rejects)
        if draft.changed or self.damaged or not self.current.version:
            return draft
        durable.remove_tree(draft.folder)
        return None

    def _publish(self, plan: Plan, live: Live, draft: Draft, after: Snapshot) -> RunSummary:
        ended_at = dt.datetime.now(dt.UTC)
        summary = self._summary(plan, live, draft)
        runs = (*self.before.runs, self._run_row(summary, ended_at))
        draft = publication.finish(self.output, draft, runs, ended_at, with_report=self.settings.report)
        documents = [versions.described(draft.folder, name) for name in versions.documents(draft.folder)]
        after = dataclasses.replace(
            after,
            runs=runs,
            published=versions.remembered(draft.folder, draft.files),
            documents=versions.remembered(draft.folder, documents),
        )
        self._save(after, draft.number)
        versions.show(self.output, draft.number, draft.files)
        versions.heal(self.output, draft.number, sorted(self.current.kept), self.damaged)
        _collect(self.output)
        return summary

    def _save(self, snapshot: Snapshot, version: int) -> None:
        """Writes the snapshot and commits it with its version."""
        number = max([0, *snapshots.numbers(self.output.snapshots)]) + 1
        snapshots.save(self.output, number, snapshot)
        kept = {**self.current.kept, version: number} if version else dict(self.current.kept)
        wanted = versions.worth_keeping(self.output, kept, self.settings.keep_versions, self.settings.keep_seconds)
        self.current = Current(version, number, {v: kept[v] for v in sorted({*wanted, version} - {0})})
        snapshots.commit(self.output, self.current)
        versions.clean(self.output, self.current)

    def _stamps(self, plan: Plan) -> dict[str, Mapping[str, str]]:
        """Rows that were not made again are as good as new, but for those that were left alone."""
        return {
            name: self.before.stamps[name] if name in plan.left else self.pieces
            for name in sorted(plan.kept["fragment"].unique())
        }

    def _summary(self, plan: Plan, live: Live, draft: Draft | None) -> RunSummary:
        published = {f["path"]: f["rows"] for f in self.before.published} if draft is None else {}
        rows = {file.path: file.rows for file in draft.files} if draft else published

        def count(table: str) -> int:
            return sum(n for path, n in rows.items() if path.startswith(f"{table}/"))

        return RunSummary(
            run_id=self.run_id,
            mode="repair" if self.damaged and not plan.n_new + plan.n_changed + plan.n_removed else self.mode,
            version=draft.number if draft else self.current.version,
            published=draft is not None,
            output=str(self.output.root),
            n_files=len(plan.listing.files),
            n_new=plan.n_new,
            n_changed=plan.n_changed,
            n_removed=plan.n_removed,
            n_stale=plan.n_stale,
            n_unchanged=len(plan.listing.files) - plan.n_new - plan.n_changed - plan.n_stale,
            n_skipped=sum(plan.listing.skipped.values()),
            n_articles=live.articles.height,
            n_events=count("events"),
            n_aid=count("aid_projects"),
            n_rejects=count("rejects"),
            n_links=count("related_links"),
            n_restored=len(self.restored),
            partitions_written=publication.folders(draft) if draft else (),
            seconds=(dt.datetime.now(dt.UTC) - self.started_at).total_seconds(),
        )

    def _run_row(self, summary: RunSummary, ended_at: dt.datetime) -> dict[str, Any]:
        names = ("n_files", "n_new", "n_changed", "n_removed", "n_unchanged", "n_articles", "n_events", "n_aid")
        return {
            "run_id": self.run_id,
            "mode": summary.mode,
            "started_at": self.started_at.isoformat(),
            "ended_at": ended_at.isoformat(),
            "state": "published",
            "code_version": version("youlian"),
            "rules_sha256": fingerprints.total(self.pieces),
            "engine": self.engine,
            **{name: getattr(summary, name) for name in (*names, "n_rejects")},
            "window_start": None if self.window[0] is None else self.window[0].isoformat(),
            "window_end": None if self.window[1] is None else self.window[1].isoformat(),
            "partitions_written": list(summary.partitions_written),
        }


@contextmanager
def open_session(
    source: str | os.PathLike[str],
    output: str | os.PathLike[str],
    settings: Settings,
    *,
    mode: str = "run",
    engine: str = "processes",
    workers: int = 1,
    only: frozenset[str] | None = None,
    window: tuple[dt.date | None, dt.date | None] = (None, None),
    tell: Callable[[str], None] | None = None,
) -> Iterator[Session]:
    """Takes the lock, clears what a dead run left, and plans the work.

    Raises ConfigError when the output belongs to another source or is the source, PublishError when another run does
    not end in time or the output cannot be written.
    """
    place = Output(Path(output).absolute())
    names = remote.names(place.root)
    if walked_from(source) == place.root.resolve() or source_id(source) in names:
        raise ConfigError(
            f"{names[-1]}: is the source itself; its tables would be read as pages. Name another --output."
        )
    with durable.explained(place.root):
        place.state.mkdir(parents=True, exist_ok=True)
        with lock.held(place.lock, settings.lock_wait, tell):
            found = recover(place)
            before = found.snapshot
            _check_source(place, before, source, settings)
            listing = list_files(source, exclude=names)
            pieces = fingerprints.current(Path(settings.templates) if settings.templates else None)
            plan = plans.make(place, before, listing, pieces, settings, only)
            batches = plans.cut(place, plan, pieces, settings, workers)
            yield Session(
                output=place,
                settings=settings,
                current=found.current,
                before=before,
                plan=plan,
                pieces=pieces,
                batches=batches,
                damaged=found.damaged,
                restored=found.restored,
                mode=mode,
                engine=engine,
                window=window,
            )
            durable.remove_tree(place.work)


@dataclass(frozen=True, slots=True)
class Recovered:
    """The last committed version and its state.

    `damaged` are its files that have to be made again, `restored` files of the live folder that it gave back.
    """

    current: Current
    snapshot: Snapshot
    damaged: frozenset[str] = frozenset()
    restored: tuple[str, ...] = ()


def recover(output: Output) -> Recovered:
    """Brings the output back to its last committed version, and removes what a dead run left."""
    current = snapshots.read_current(output)
    versions.clean(output, current)
    durable.remove_tree(output.work)
    for path in (*durable.leftovers(output.fragments), *fragments.damaged(output.fragments)):
        durable.remove_tree(path)
    before = snapshots.load(output, current.snapshot)
    if not current.version:
        return Recovered(current, before)
    files, times = versions.recalled((*before.published, *before.documents))
    damaged = frozenset(file.path for file in versions.damaged(output.version(current.version), files, times))
    if damaged:
        return Recovered(current, before, damaged)
    restored = versions.show(output, current.version, versions.recalled(before.published)[0])
    return Recovered(current, before, restored=tuple(restored))


def _check_source(output: Output, before: Snapshot, source: str | os.PathLike[str], settings: Settings) -> None:
    name = source_id(source)
    if before.sources and name not in before.sources and not settings.add:
        raise ConfigError(
            f"{output.root} belongs to the source {', '.join(before.sources)}, not to {name}. "
            "Name another --output, or take the new source in as well with --add."
        )


def _same_state(before: Snapshot, after: Snapshot) -> bool:
    """True when there is nothing new to remember."""
    return (
        before.files.equals(after.files)
        and dict(before.stamps) == dict(after.stamps)
        and dict(before.layout) == dict(after.layout)
        and before.sources == after.sources
        and before.refused == after.refused
    )


def _rejects_stand(before: Snapshot, plan: Plan, batches: Sequence[Path]) -> bool:
    """True when no file came, went or was processed again, so that the rejects are as they were."""
    return (
        not batches
        and not plan.todo
        and plan.kept.select("source", "source_path", "fragment", "file")
        .sort("source", "source_path")
        .equals(before.files.select("source", "source_path", "fragment", "file"))
    )


def _listing_rejects(plan: Plan) -> tuple[dict[str, Any], ...]:
    return tuple(
        reject_row(r.source_path, r.code, r.message, record_key=r.record_key, value=r.value)
        for r in plan.listing.rejects
    )


def _collect(output: Output) -> None:
    """Removes fragments that no kept version needs."""
    for name in plans.orphans(output):
        durable.remove_tree(output.fragments / name)


def require_version(output: Output) -> Current:
    """The committed state. Raises PublishError when nothing was published yet."""
    current = snapshots.read_current(output)
    if not current.version:
        raise PublishError(f"{output.root}: nothing was published here yet. Run `youlian run` first.")
    return current


__all__ = ["Recovered", "Session", "fragments", "open_session", "recover", "require_version"]
