"""Local folders, walked safely: what is found below one, and what of it may be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from etl.read.files import SourceFile, ending, kind_of
from etl.read.rejects import PATH_MESSAGE, Reject, is_safe, shown

# A path with its name relative to the root, or why it is not entered.
Found = tuple[str, Path | Reject]


def walk(root: Path, left_out: frozenset[str]) -> Iterator[Found]:
    """Everything below a folder that is no folder, in no order, however deep.

    Links to folders are not entered: what they show inside the source is listed where it stands, and what they show
    outside is refused in `entries`.
    """
    waiting = [(root, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            found = list(os.scandir(folder))
        except OSError as error:
            name = shown(prefix.removesuffix("/")) or "."
            yield name, Reject(name, "read.unreadable", f"The folder cannot be read: {error.strerror}.")
            continue
        for entry in found:
            name = prefix + entry.name
            if not entry.is_dir(follow_symlinks=False):
                yield name, Path(entry.path)
            elif not is_safe(entry.name):
                yield name, Reject(shown(name), "read.path", PATH_MESSAGE)
            elif entry.path not in left_out:
                waiting.append((Path(entry.path), f"{name}/"))


def entries(root: Path, found: Iterator[Found], *, named: bool = False) -> Iterator[SourceFile | Reject | str]:
    """What each path is: a file, a reject, or the ending of a file of another type."""
    for name, path in found:
        yield path if isinstance(path, Reject) else _local_file(root, name, path, named)


def _local_file(root: Path, name: str, path: Path, named: bool) -> SourceFile | Reject | str:
    kind, packing = kind_of(name)
    is_link = path.is_symlink() and not named
    if is_link and path.is_dir():
        inside = path.resolve().is_relative_to(root)
        return "folder link" if inside else Reject(shown(name), "read.symlink", "A link to a folder outside.")
    if kind is None:
        return ending(name)
    if not is_safe(name):
        return Reject(shown(name), "read.path", PATH_MESSAGE)
    try:
        target = path.resolve(strict=True)
        status = target.stat()
    except (OSError, RuntimeError):
        return Reject(name, "read.symlink", "A link that leads nowhere, or a file that has just been removed.")
    if is_link and not target.is_relative_to(root):
        return Reject(name, "read.symlink", "A link to a file outside the source. Copy the file if it is wanted.")
    if not stat.S_ISREG(status.st_mode):
        return Reject(name, "read.not_a_file", "A pipe, socket or device, not a file.")
    return SourceFile(name, str(target), kind, packing, status.st_size, stamp_of(status))


def stamp_of(status: os.stat_result) -> str:
    """What changes when a file does: its modification time, which tools may set back, and the change of its inode,
    which they cannot."""
    return f"{status.st_mtime_ns}/{status.st_ctime_ns}"
