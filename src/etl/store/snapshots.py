"""What is known of the last run: the committed version and, for every raw file, what was made of it.

`current.json` names the version and its snapshot; replacing it is the one step that commits a run. A snapshot folder
is never changed once it is named there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from etl.errors import PublishError
from etl.store import durable
from etl.store.folders import Output

FORMAT = 1
# One row per raw file of the source: where its rows are.
FILES: dict[str, pl.DataType] = {
    "source_path": pl.String(),
    "size": pl.Int64(),
    "stamp": pl.String(),
    "sha256": pl.String(),
    "kind": pl.String(),
    "fragment": pl.String(),
    "file": pl.UInt32(),
    "source": pl.String(),
}
# One row per page that is published as an article.
LIVE: dict[str, pl.DataType] = {
    "uid": pl.UInt64(),
    "article_id": pl.String(),
    "pub_year": pl.Int32(),
    "n_own_lines": pl.Int32(),
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of one committed run. `stamps` are the fingerprints under which each fragment's rows hold."""

    sources: tuple[str, ...] = ()
    files: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FILES))
    live: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LIVE))
    overrides: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    refused: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)  # rejects of listing, by source
    stamps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    published: tuple[dict[str, Any], ...] = ()
    documents: tuple[dict[str, Any], ...] = ()  # published files that are no tables
    runs: tuple[dict[str, Any], ...] = ()
    layout: Mapping[str, str] = field(default_factory=dict)  # fingerprints.publication() of the version

    def fragments(self) -> list[str]:
        """Ids of the fragments that hold rows of some raw file."""
        return sorted(self.files["fragment"].unique())


@dataclass(frozen=True, slots=True)
class Current:
    """What `current.json` says: the version that counts, its snapshot, and the kept versions with theirs."""

    version: int = 0
    snapshot: int = 0
    kept: Mapping[int, int] = field(default_factory=dict)


def read_current(output: Output) -> Current:
    """The committed state; version 0 when nothing was published yet. Raises PublishError for another format."""
    try:
        raw = json.loads(output.current.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Current()
    except ValueError as error:
        raise PublishError(f"{output.current}: is damaged ({error}). Remove {output.state} to start anew.") from error
    if raw.get("format") != FORMAT:
        raise PublishError(
            f"{output.current}: was written by another version of youlian (format {raw.get('format')}, "
            f"this one reads {FORMAT}). Remove {output.state} to publish anew."
        )
    kept = {int(version): int(snapshot) for version, snapshot in raw["kept"].items()}
    return Current(raw["version"], raw["snapshot"], kept)


def commit(output: Output, current: Current) -> None:
    """Makes a version count, in one step."""
    durable.write_json(
        output.current,
        {
            "format": FORMAT,
            "version": current.version,
            "snapshot": current.snapshot,
            "kept": {str(k): v for k, v in current.kept.items()},
        },
    )


def save(output: Output, number: int, snapshot: Snapshot) -> None:
    """Writes a snapshot under its number; it counts once `current.json` names it."""
    folder = output.snapshots / str(number)
    durable.remove_tree(folder)
    folder.mkdir(parents=True)
    snapshot.files.select(*FILES).write_parquet(folder / "files.parquet")
    snapshot.live.select(*LIVE).write_parquet(folder / "live.parquet")
    for name, frame in snapshot.overrides.items():
        frame.write_parquet(folder / f"overrides-{name}.parquet")
    facts = {
        "sources": list(snapshot.sources),
        "refused": {source: list(rows) for source, rows in snapshot.refused.items()},
        "stamps": _packed(snapshot.stamps),
        "published": list(snapshot.published),
        "documents": list(snapshot.documents),
        "runs": list(snapshot.runs),
        "layout": dict(snapshot.layout),
    }
    (folder / "facts.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    durable.sync_tree(folder)
    durable.sync_folder(output.snapshots)


def load(output: Output, number: int) -> Snapshot:
    """A saved snapshot; an empty one for number 0. Raises PublishError when it is damaged."""
    if number == 0:
        return Snapshot()
    folder = output.snapshots / str(number)
    try:
        return _loaded(folder)
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError) as error:
        message = f"{folder}: is damaged ({type(error).__name__}). Remove {output.state} to start anew."
        raise PublishError(message) from error


def _loaded(folder: Path) -> Snapshot:
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    return Snapshot(
        sources=tuple(facts["sources"]),
        files=pl.read_parquet(folder / "files.parquet"),
        live=pl.read_parquet(folder / "live.parquet"),
        overrides={
            path.stem.removeprefix("overrides-"): pl.read_parquet(path)
            for path in sorted(folder.glob("overrides-*.parquet"))
        },
        refused={source: tuple(rows) for source, rows in facts.get("refused", {}).items()},
        stamps=_unpacked(facts["stamps"]),
        published=tuple(facts["published"]),
        documents=tuple(facts["documents"]),
        runs=tuple(facts["runs"]),
        layout=facts["layout"],
    )


def named_fragments(output: Output) -> set[str]:
    """The fragments that some snapshot needs."""
    found: set[str] = set()
    for number in numbers(output.snapshots):
        facts = json.loads((output.snapshots / str(number) / "facts.json").read_text(encoding="utf-8"))
        found |= facts["stamps"]["of"].keys()
    return found


def _packed(stamps: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Fragments share few different stamps: each is written once."""
    kinds: list[Mapping[str, str]] = []
    of: dict[str, int] = {}
    for fragment, stamp in sorted(stamps.items()):
        if stamp not in kinds:
            kinds.append(stamp)
        of[fragment] = kinds.index(stamp)
    return {"kinds": [dict(kind) for kind in kinds], "of": of}


def _unpacked(packed: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    return {fragment: packed["kinds"][number] for fragment, number in packed["of"].items()}


def numbers(folder: Path) -> list[int]:
    """The numbers of what stands in a folder of versions or snapshots."""
    return sorted(int(path.name) for path in folder.iterdir() if path.name.isdigit()) if folder.exists() else []
