"""Which files a source holds: a file, a folder, a glob or an fsspec URL, in one fixed order."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from fsspec.utils import glob_translate

from etl.errors import ConfigError
from etl.read import stores
from etl.read.rejects import Reject, is_safe, shown


class Kind(StrEnum):
    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"
    PARQUET = "parquet"
    WARC = "warc"


KINDS = {
    ".txt": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".jsonl": Kind.JSONL,
    ".parquet": Kind.PARQUET,
    ".warc": Kind.WARC,
    ".wet": Kind.WARC,
}
PACKINGS = {".gz": "gz", ".zst": "zst"}
_WILDCARD = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One raw file: where it stands and how to read it. Small, picklable, valid only as long as the file stands.

    `source_path` is posix and relative to the source root. `location` is an absolute path or an fsspec URL.
    `packing` is "", "gz" or "zst". `size` in bytes and `stamp` (modification time in ns; ETag or time in a store)
    change when the file does: the cheap test before the content hash.
    """

    source_path: str
    location: str
    kind: Kind
    packing: str = ""
    size: int = 0
    stamp: str = ""

    @property
    def is_container(self) -> bool:
        """True when the file holds many pages, each with the source_path `file#n`."""
        return self.kind in (Kind.JSONL, Kind.PARQUET, Kind.WARC)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source holds: `files` and `rejects` by source_path, `skipped` files of other types by their ending.

    `source` is the source in absolute form, the same for every way of naming it; `root` is the source root.
    """

    source: str
    root: str
    files: tuple[SourceFile, ...]
    rejects: tuple[Reject, ...] = ()
    skipped: dict[str, int] = field(default_factory=dict)


def list_files(source: str | os.PathLike[str], exclude: Collection[str | os.PathLike[str]] = ()) -> Listing:
    """Every raw file of `source`. `exclude` names folders to leave out (the output, when it stands inside).

    Names with control characters, links that leave the source and things that are no files become rejects.
    Raises ConfigError when there is no such source, SourceError when a store does not answer.
    """
    name = os.fspath(source)
    if stores.is_remote(name):
        return _listed_store(name)
    path = Path(name.removeprefix("file://"))
    if path.is_file():
        root, found = path.parent.resolve(), [(path.name, path)]
        return _listing(str(root / path.name), str(root), _local(root, iter(found), named=True))
    left_out = frozenset(str(Path(folder).resolve()) for folder in exclude)
    if path.is_dir():
        root = path.resolve()
        return _listing(str(root), str(root), _local(root, _walk(root, "", left_out)))
    if not _WILDCARD.search(str(path)):
        raise ConfigError(f"{shown(name)}: there is no such file or folder. Name a file, a folder, a glob or a URL.")
    return _listed_glob(path, left_out)


def source_id(source: str | os.PathLike[str]) -> str:
    """The absolute form of a source, as `Listing.source` gives it, without listing it."""
    name = os.fspath(source)
    if stores.is_remote(name):
        return stores.checked(name)
    path = Path(name.removeprefix("file://"))
    if path.is_file():
        return str(path.parent.resolve() / path.name)
    if path.is_dir() or not _WILDCARD.search(str(path)):
        return str(path.resolve())
    fixed, pattern = _split_glob(path)
    return str(fixed / pattern)


def _listed_glob(path: Path, left_out: frozenset[str]) -> Listing:
    root, pattern = _split_glob(path)
    if not root.is_dir():
        raise ConfigError(f"{shown(str(path))}: there is no folder {shown(str(root))}. Check the part before the *.")
    wanted = re.compile(glob_translate(pattern))
    walked = ((name, found) for name, found in _walk(root, "", left_out) if wanted.match(name))
    return _listing(str(root / pattern), str(root), _local(root, walked))


def _split_glob(path: Path) -> tuple[Path, str]:
    """The folder before the first wildcard, resolved, and the pattern below it."""
    parts = path.parts
    first = next(number for number, part in enumerate(parts) if _WILDCARD.search(part))
    return Path(*parts[:first]).resolve(), "/".join(parts[first:])


def _walk(folder: Path, prefix: str, left_out: frozenset[str]) -> Iterator[tuple[str, Path | Reject]]:
    """Everything below a folder that is no folder. Links to folders are not entered: what they show inside the
    source is listed where it stands, and what they show outside is refused in `_local`."""
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        yield prefix, Reject(shown(prefix) or ".", "read.unreadable", f"The folder cannot be read: {error.strerror}.")
        return
    for entry in entries:
        name = prefix + entry.name
        if not entry.is_dir(follow_symlinks=False):
            yield name, Path(entry.path)
        elif not is_safe(entry.name):
            yield name, Reject(shown(name), "read.path", _PATH_MESSAGE)
        elif entry.path not in left_out:
            yield from _walk(Path(entry.path), f"{name}/", left_out)


_PATH_MESSAGE = "The name holds control characters, reordering marks or bytes that are no UTF-8. Rename it."


def _local(
    root: Path, found: Iterator[tuple[str, Path | Reject]], *, named: bool = False
) -> Iterator[SourceFile | Reject | str]:
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
        return _ending(name)
    if not is_safe(name):
        return Reject(shown(name), "read.path", _PATH_MESSAGE)
    try:
        target = path.resolve(strict=True)
        status = target.stat()
    except (OSError, RuntimeError):
        return Reject(name, "read.symlink", "A link that leads nowhere, or a file that has just been removed.")
    if is_link and not target.is_relative_to(root):
        return Reject(name, "read.symlink", "A link to a file outside the source. Copy the file if it is wanted.")
    if not stat.S_ISREG(status.st_mode):
        return Reject(name, "read.not_a_file", "A pipe, socket or device, not a file.")
    return SourceFile(name, str(target), kind, packing, status.st_size, str(status.st_mtime_ns))


def _listed_store(name: str) -> Listing:
    location = stores.checked(name)
    root, objects = stores.find(location)

    def entries() -> Iterator[SourceFile | Reject | str]:
        for item in objects:
            kind, packing = kind_of(item.key)
            if kind is None:
                yield _ending(item.key)
            elif not is_safe(item.key) or not _is_plain(item.key):
                yield Reject(shown(item.key), "read.path", _PATH_MESSAGE)
            else:
                yield SourceFile(item.key, item.location, kind, packing, item.size, item.stamp)

    return _listing(location, root, entries())


def _is_plain(key: str) -> bool:
    """Object keys are free text: one that would be another path on a disk is refused."""
    return not key.startswith("/") and all(part not in ("", ".", "..") for part in key.split("/"))


def kind_of(name: str) -> tuple[Kind | None, str]:
    """The kind and packing a file name stands for; no kind for other types. Capitals do not matter."""
    stem, packing = name.lower(), ""
    for ending, packing_name in PACKINGS.items():
        if stem.endswith(ending):
            stem, packing = stem.removesuffix(ending), packing_name
    base = stem.rpartition("/")[2]
    return next((kind for ending, kind in KINDS.items() if base.endswith(ending)), None), packing


def _ending(name: str) -> str:
    dot = name.rpartition("/")[2].rpartition(".")
    return f".{shown(dot[2].lower())}" if dot[1] and dot[0] else "none"


def _listing(source: str, root: str, entries: Iterator[SourceFile | Reject | str]) -> Listing:
    files, rejects, skipped = [], [], Counter[str]()
    for entry in entries:
        if isinstance(entry, SourceFile):
            files.append(entry)
        elif isinstance(entry, Reject):
            rejects.append(entry)
        else:
            skipped[entry] += 1
    return Listing(
        source,
        root,
        tuple(sorted(files, key=lambda file: file.source_path)),
        tuple(sorted(rejects, key=lambda reject: (reject.source_path, reject.code))),
        dict(sorted(skipped.items())),
    )
