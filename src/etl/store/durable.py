"""Writing so that a crash leaves the old file or the new one: beside, synced, then moved into place."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.errors import PublishError

TEMPORARY = ".partial"
REMOVED = ".removed"


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what a disk can do to a writer into a PublishError that says what to do."""
    try:
        yield
    except OSError as error:
        advice = {
            errno.ENOSPC: "The disk is full: free some space",
            errno.EDQUOT: "The quota is used up: free some space",
            errno.EACCES: "The folder may not be written: change its permissions",
            errno.EPERM: "The folder may not be written: change its permissions",
            errno.EROFS: "The file system is read-only: name another --output",
        }.get(error.errno or 0, f"Writing failed ({error.strerror or error}): mend this")
        where = error.filename or path
        raise PublishError(f"{where}: {advice} and run again. The previous version still stands.") from error


def sync_file(path: Path) -> None:
    """Makes the file's content survive a power cut."""
    _sync(path, os.O_RDONLY)


def sync_folder(path: Path) -> None:
    """Makes names that were created, moved or removed in the folder survive a power cut."""
    _sync(path, os.O_RDONLY | os.O_DIRECTORY)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Syncs every file and folder below, the folder itself last."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync_file(Path(parent) / name)
        sync_folder(Path(parent))


def write_text(path: Path, text: str) -> None:
    """Replaces the file by the text in one step."""
    beside = path.with_name(path.name + TEMPORARY)
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def write_json(path: Path, value: object) -> None:
    """Replaces the file by the value as JSON in one step."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def link_or_copy(source: Path, target: Path) -> None:
    """A second name for the file, or a copy where the file system knows no hard links."""
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS):
            raise
        shutil.copyfile(source, target)
        sync_file(target)


def replace_by_link(source: Path, target: Path) -> None:
    """Makes `target` the same file as `source` in one step; its folder is made when missing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + TEMPORARY)
    beside.unlink(missing_ok=True)
    if target.exists() and target.samefile(source):
        return  # rename leaves both names standing when they are one file
    link_or_copy(source, beside)
    beside.replace(target)


def remove_tree(folder: Path) -> None:
    """Removes a folder, moved aside first so that a crash never leaves half of it under its name."""
    if folder.exists():
        aside = folder.with_name(folder.name + REMOVED)
        if aside.exists():
            shutil.rmtree(aside)
        folder.rename(aside)
        shutil.rmtree(aside)


def leftovers(folder: Path) -> list[Path]:
    """What a dead run left half-built or half-removed in the folder. What others put there is theirs."""
    if not folder.exists():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in (TEMPORARY, REMOVED) and path.is_dir())
