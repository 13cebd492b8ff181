"""Versions: immutable folders of published files, and the live folder that shows the current one.

A version is built as `_versions/<n>.partial`, synced and renamed; files that did not change are hard links to the
version before. The live folder is then made the same, file by file, datapackage.json last.
"""

from __future__ import annotations

import dataclasses
import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from etl.publish.partitions import PublishedFile, size_and_hash
from etl.store import durable, snapshots
from etl.store.folders import DATAPACKAGE, DICTIONARY, REPORT, Output
from etl.tables import TABLES

_DOCUMENTS = (DICTIONARY, REPORT)

Remembered = tuple[dict[str, Any], ...]


def documents(version: Path) -> list[str]:
    """The files of a version that are no tables."""
    return [name for name in (*_DOCUMENTS, DATAPACKAGE) if (version / name).is_file()]


def described(version: Path, path: str) -> PublishedFile:
    """A file of the version that is no table."""
    return PublishedFile(path, 0, *size_and_hash(version / path))


def remembered(version: Path, files: Iterable[PublishedFile]) -> Remembered:
    """The files as a snapshot keeps them, with the times by which they are known as untouched."""
    return tuple({**dataclasses.asdict(f), "mtime_ns": (version / f.path).stat().st_mtime_ns} for f in files)


def recalled(files: Iterable[Mapping[str, Any]]) -> tuple[list[PublishedFile], dict[str, int]]:
    """The files that a snapshot keeps, and their times by path."""
    found = list(files)
    return (
        [PublishedFile(f["path"], f["rows"], f["bytes"], f["sha256"]) for f in found],
        {f["path"]: f["mtime_ns"] for f in found},
    )


def begin(output: Output, number: int) -> Path:
    """An empty folder to build version `number` in."""
    partial = output.versions / f"{number}.partial"
    durable.remove_tree(partial)
    partial.mkdir(parents=True)
    return partial


def keep(previous: Path, partial: Path, files: Iterable[PublishedFile]) -> None:
    """Takes unchanged files of the version before into the one that is being built."""
    for file in files:
        durable.replace_by_link(previous / file.path, partial / file.path)


def complete(output: Output, number: int) -> Path:
    """Makes the built version appear under its number. It counts once `current.json` names it."""
    partial, final = output.versions / f"{number}.partial", output.version(number)
    durable.remove_tree(final)
    durable.sync_tree(partial)
    partial.rename(final)
    durable.sync_folder(output.versions)
    return final


def show(output: Output, number: int, files: Sequence[PublishedFile]) -> list[str]:
    """Makes the live folder show version `number`; returns the paths that were replaced or removed."""
    version = output.version(number)
    changed = []
    shown = [*(file.path for file in files), *(name for name in _DOCUMENTS if (version / name).exists())]
    for path in shown:
        if not _same(version / path, output.root / path):
            durable.replace_by_link(version / path, output.root / path)
            changed.append(path)
    changed += _remove_others(output.root, set(shown))
    for folder in sorted({(output.root / path).parent for path in changed}):
        if folder.exists():
            durable.sync_folder(folder)
    if not _same(version / DATAPACKAGE, output.root / DATAPACKAGE):
        changed += _remove_documents(output.root, set(shown))
        durable.replace_by_link(version / DATAPACKAGE, output.root / DATAPACKAGE)
        durable.sync_folder(output.root)
        changed.append(DATAPACKAGE)
    return changed


def _same(first: Path, second: Path) -> bool:
    """Both names lead to one file, or (where there are no links) to files of one size and time or content."""
    try:
        one, other = first.stat(), second.stat()
    except FileNotFoundError:
        return False
    if (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino):
        return True
    return one.st_nlink == 1 and one.st_size == other.st_size and size_and_hash(first) == size_and_hash(second)


def _remove_documents(root: Path, wanted: set[str]) -> list[str]:
    """Removes documents of another version. With the same one, they are what somebody made for it: `youlian report`."""
    removed = [name for name in _DOCUMENTS if name not in wanted and (root / name).exists()]
    for name in removed:
        (root / name).unlink()
    return removed


def _remove_others(root: Path, wanted: set[str]) -> list[str]:
    """Removes data files of the tables that the version does not hold, and folders left empty."""
    removed = []
    for name in (*_DOCUMENTS, DATAPACKAGE):
        (root / f"{name}{durable.TEMPORARY}").unlink(missing_ok=True)
    for name in TABLES:
        for parent, _, files in os.walk(root / name, topdown=False):
            for file in files:
                path = (Path(parent) / file).relative_to(root).as_posix()
                if path not in wanted:
                    (root / path).unlink()
                    removed.append(path)
            if not any(Path(parent).iterdir()):
                Path(parent).rmdir()
    return removed


def damaged(folder: Path, files: Iterable[PublishedFile], times: dict[str, int]) -> list[PublishedFile]:
    """Files of a version (or of the live folder) that are missing or not what was written there.

    A file whose size and modification time are as recorded in `times` is taken as sound; others are hashed.
    """
    bad = []
    for file in files:
        path = folder / file.path
        if not path.is_file() or not _sound(path, file, times.get(file.path)):
            bad.append(file)
    return bad


def _sound(path: Path, file: PublishedFile, time: int | None) -> bool:
    status = path.stat()
    if status.st_size != file.bytes:
        return False
    return status.st_mtime_ns == time or size_and_hash(path)[1] == file.sha256


def heal(output: Output, number: int, kept: Iterable[int], paths: Iterable[str]) -> None:
    """Gives older versions the rebuilt file where they shared one that was altered: links are one file."""
    hashes = _hashes(output.version(number))
    for older in set(kept) - {number}:
        listed = _hashes(output.version(older))
        for path in paths:
            if path in listed and listed[path] == hashes.get(path):
                durable.replace_by_link(output.version(number) / path, output.version(older) / path)


def _hashes(version: Path) -> dict[str, str]:
    try:
        found = json.loads((version / DATAPACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {resource["path"]: resource["hash"] for resource in found["resources"]}


def clean(output: Output, current: snapshots.Current) -> None:
    """Removes what a dead run left: half-built versions, and versions and snapshots that `current.json` does not name.

    Without `current.json` whole versions stay until there is a new one: somebody may be reading them.
    """
    snapshot_numbers = {*current.kept.values(), current.snapshot}
    for folder, named in ((output.versions, set(current.kept)), (output.snapshots, snapshot_numbers)):
        unnamed = [number for number in snapshots.numbers(folder) if current.version and number not in named]
        for path in (*durable.leftovers(folder), *(folder / str(number) for number in unnamed)):
            durable.remove_tree(path)


def worth_keeping(output: Output, numbers: Iterable[int], least: int, seconds: float) -> set[int]:
    """The last `least` versions, and older ones that were current less than `seconds` ago: somebody may read them."""
    ordered = sorted(numbers)
    kept = set(ordered[-least:])
    for older, newer in pairwise(ordered):
        folder = output.version(newer)
        if folder.exists() and time.time() - folder.stat().st_ctime < seconds:
            kept.add(older)
    return kept
