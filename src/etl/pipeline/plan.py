"""What a run has to do: which raw files are new, changed, gone, or touched by changed code and lookups."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from etl.errors import PageError, PublishError
from etl.pages import RawDocument
from etl.pipeline import batch as batches
from etl.pipeline.batch import Batch
from etl.read import Listing, SourceFile, content_sha256
from etl.settings import Settings
from etl.store import fingerprints, fragments, snapshots
from etl.store.folders import Output
from etl.store.fragments import Fragment
from etl.store.snapshots import Snapshot
from etl.strip.templates import site_of

# A run with several workers cuts its work into at least so many pieces each, that none is left waiting long.
_PIECES = 4
_LEAST_BYTES = 256 * 1024
_KEY = ["source_path", "source"]


@dataclass(frozen=True, slots=True)
class Plan:
    """`kept` are the files (rows of the snapshot) whose rows stand, `todo` the files to process.

    `stale` counts files processed again because of changed code, profiles or lookups; `left` fragments with files
    that should be, but were left alone (`reprocess` off).
    """

    listing: Listing
    kept: pl.DataFrame
    todo: tuple[SourceFile, ...]
    n_new: int
    n_changed: int
    n_removed: int
    n_stale: int
    left: frozenset[str]


def make(
    output: Output,
    snapshot: Snapshot,
    listing: Listing,
    pieces: Mapping[str, str],
    settings: Settings,
    only: frozenset[str] | None = None,
) -> Plan:
    """Compares the listing with the snapshot.

    `only` names the raw files to process whatever their state, and no others but those whose rows are lost: a step of
    a backfill. Finished fragments that a dead run left are taken over where they still fit.
    Raises PublishError when rows of another source are lost: only a run of that source could make them again.
    """
    known = snapshot.files.filter(pl.col("fragment").is_in(fragments.finished(output.fragments)))
    lost = _lost(output, snapshot.files.join(known, on=_KEY, how="anti"), listing.source)
    listed = _listed(listing)
    if only is not None:
        listed = listed.filter(pl.col("source_path").is_in(sorted(only | lost)))
    joined = _with_states(listed, known, listing)
    stale, left = _stale(output, snapshot, listing.source, pieces, settings.reprocess)
    wanted = pl.lit(True) if only is not None else pl.col("source_path").is_in(sorted(stale))
    is_stale = wanted & (pl.col("state") == "same")
    joined = joined.with_columns(state=pl.when(is_stale).then(pl.lit("stale")).otherwise("state"))
    gone = known.join(listed, on=_KEY, how="anti").filter(
        pl.lit(only is None and not settings.add) & (pl.col("source") == listing.source)
    )
    others = known.join(pl.concat([listed.select(_KEY), gone.select(_KEY)]), on=_KEY, how="anti")
    adopted, rest = _adopted(output, joined.filter(pl.col("state") != "same"), pieces)
    counts = dict(joined.group_by("state").len().iter_rows())
    kept = [frame.select(*snapshots.FILES) for frame in (joined.filter(pl.col("state") == "same"), others, adopted)]
    return Plan(
        listing=listing,
        kept=pl.concat(kept),
        todo=tuple(listing.files[row] for row in rest["row"]),
        n_new=counts.get("new", 0),
        n_changed=counts.get("changed", 0),
        n_removed=gone.height,
        n_stale=counts.get("stale", 0),
        left=frozenset(left),
    )


def _with_states(listed: pl.DataFrame, known: pl.DataFrame, listing: Listing) -> pl.DataFrame:
    """The listed files with `state` (new, same, changed) and what is known of them."""
    joined = listed.join(known, on=_KEY, how="left", suffix="_old", maintain_order="left")
    new = pl.col("fragment").is_null()
    same = (pl.col("size") == pl.col("size_old")) & (pl.col("stamp") == pl.col("stamp_old")) & (pl.col("sha256") != "")
    joined = joined.with_columns(state=pl.when(new).then(pl.lit("new")).when(same).then(pl.lit("same")))
    return _settle_by_content(joined, listing)


def _listed(listing: Listing) -> pl.DataFrame:
    files = listing.files
    return pl.DataFrame(
        {
            "source_path": [file.source_path for file in files],
            "size": [file.size for file in files],
            "stamp": [file.stamp for file in files],
            "kind": [file.kind.value for file in files],
        },
        schema={"source_path": pl.String, "size": pl.Int64, "stamp": pl.String, "kind": pl.String},
    ).with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32), source=pl.lit(listing.source))


def _lost(output: Output, files: pl.DataFrame, source: str) -> set[str]:
    """Of the files whose fragments somebody removed, those of this source: they are new again."""
    others = sorted(files.filter(pl.col("source") != source)["source"].unique())
    if others:
        raise PublishError(
            f"{output.state}: rows of the source {', '.join(others)} are lost. Remove {output.state} and run every "
            "source again, all but the first with --add."
        )
    return set(files["source_path"])


def _settle_by_content(joined: pl.DataFrame, listing: Listing) -> pl.DataFrame:
    """Files whose size or time differ, or whose bytes could not be known, are compared by their bytes."""
    doubtful = joined.filter(pl.col("state").is_null())
    if doubtful.is_empty():
        return joined
    states = [
        "same" if _sha256(listing.files[row]) == old else "changed"
        for row, old in doubtful.select("row", "sha256").iter_rows()
    ]
    settled = doubtful.select("row").with_columns(settled=pl.Series(states, dtype=pl.String))
    return joined.join(settled, on="row", how="left", maintain_order="left").with_columns(
        state=pl.coalesce("state", "settled")
    )


def _sha256(file: SourceFile) -> str:
    try:
        return content_sha256(file)
    except PageError:
        return ""  # as when it was processed: not to be read


def pages_of(output: Output, snapshot: Snapshot, ids: Iterable[str]) -> Iterator[tuple[Fragment, pl.DataFrame]]:
    """The pages of each fragment whose files still count, with `file_path` and `kind` of their raw file."""
    for name in ids:
        fragment = fragments.load(output.fragments / name)
        files = snapshot.files.filter(pl.col("fragment") == name).select("file", "kind", file_path="source_path")
        yield fragment, fragment.pages().join(files, on="file", how="inner", maintain_order="left")


def _stale(
    output: Output, snapshot: Snapshot, source: str, pieces: Mapping[str, str], reprocess: bool
) -> tuple[set[str], set[str]]:
    """Paths of files that changed pieces can touch, and fragments with such files that are left alone for now."""
    paths: set[str] = set()
    left: set[str] = set()
    elsewhere = set(snapshot.files.filter(pl.col("source") != source)["fragment"])
    present = set(fragments.finished(output.fragments))
    for name in snapshot.fragments():
        differing = fingerprints.changed(snapshot.stamps.get(name, {}), pieces)
        if not differing or name not in present:
            continue
        for _, pages in pages_of(output, snapshot, [name]):
            touched = set(pages.filter(fingerprints.touched(differing))["file_path"])
            touched |= _touched_by_templates(pages, differing)
            if touched and (name in elsewhere or not reprocess):
                left.add(name)
            else:
                paths |= touched
    return paths, left


def _touched_by_templates(pages: pl.DataFrame, pieces: Iterable[str]) -> set[str]:
    """Files with pages of the sites whose learned templates came, went or changed."""
    wanted = [site for piece in pieces if (site := fingerprints.template_site(piece)) is not None]
    if not wanted:
        return set()
    found = set()
    for file_path, source_path, url in pages.select("file_path", "source_path", "url").iter_rows():
        document = RawDocument(source_path, "", "", (), url=url)
        if any(site_of(document, site_from) == site for site_from, site in wanted):
            found.add(file_path)
    return found


def _adopted(output: Output, wanted: pl.DataFrame, pieces: Mapping[str, str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Files that a dead run finished under the present fingerprints, as rows of the snapshot; and those that remain."""
    adopted = [wanted.clear().select(*snapshots.FILES)]
    if wanted.is_empty():
        return adopted[0], wanted
    for name in orphans(output):
        fragment = fragments.load(output.fragments / name)
        if dict(fragment.fingerprints) != dict(pieces):
            continue
        made = fragment.files().filter(pl.col("sha256") != "")
        made = made.select("source_path", "size", "stamp", "sha256", "kind", "file")
        fits = wanted.select("source_path", "size", "stamp", "source").join(
            made, on=["source_path", "size", "stamp"], how="inner"
        )
        adopted.append(fits.with_columns(fragment=pl.lit(name)).select(*snapshots.FILES))
        wanted = wanted.join(fits, on="source_path", how="anti", maintain_order="left")
    return pl.concat(adopted), wanted


def orphans(output: Output) -> list[str]:
    """Finished fragments that no kept snapshot names."""
    named = snapshots.named_fragments(output)
    return [name for name in fragments.finished(output.fragments) if name not in named]


def cut(output: Output, plan: Plan, pieces: Mapping[str, str], settings: Settings, workers: int) -> list[Path]:
    """The files to process as saved batches, in order of their paths. How they are cut changes no result."""
    limit = settings.batch_bytes
    if workers > 1:
        share = sum(file.size for file in plan.todo) // (workers * _PIECES)
        limit = min(limit, max(share, _LEAST_BYTES))
    output.work.mkdir(parents=True, exist_ok=True)
    output.fragments.mkdir(parents=True, exist_ok=True)
    saved: list[Path] = []
    for files in _runs(plan.todo, limit, settings.batch_files):
        name = uuid.uuid4().hex[:16]
        batch = Batch(output.fragments / name, files, pieces, settings.part_pages, settings.templates)
        path = output.work / f"{len(saved):06d}-{name}.json"
        batches.save(batch, path)
        saved.append(path)
    return saved


def _runs(files: Sequence[SourceFile], limit: int, count: int) -> Iterator[tuple[SourceFile, ...]]:
    waiting: list[SourceFile] = []
    size = 0
    for file in files:
        if waiting and (size + file.size > limit or len(waiting) >= count):
            yield tuple(waiting)
            waiting, size = [], 0
        waiting.append(file)
        size += file.size
    if waiting:
        yield tuple(waiting)


def with_done(plan: Plan, output: Output, done: Iterable[str]) -> Plan:
    """The plan with the files of finished batches among those whose rows stand."""
    frames = [plan.kept]
    for name in done:
        made = fragments.load(output.fragments / name).files()
        row = made.with_columns(fragment=pl.lit(name), source=pl.lit(plan.listing.source))
        frames.append(row.select(*snapshots.FILES))
    return replace(plan, kept=pl.concat(frames), todo=())
