"""Which files a source holds: a file, a folder, a glob or an fsspec URL, in one fixed order."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from etl.errors import ConfigError
from etl.read import folders, stores
from etl.read.files import SourceFile, ending, kind_of
from etl.read.rejects import PATH_MESSAGE, Reject, is_safe, shown

_WILDCARD = re.compile(r"[*?\[]")


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
    """Every raw file of `source`. `exclude` names folders and URLs to leave out (the output, when it stands inside).

    Names with control characters, links that leave the source and things that are no files become rejects.
    Raises ConfigError when there is no such source, SourceError when a store does not answer.
    """
    name = os.fspath(source)
    if stores.is_remote(name):
        return _listed_store(name, tuple(f"{os.fspath(place).rstrip('/')}/" for place in exclude))
    path = Path(name.removeprefix("file://"))
    if path.is_file():
        root, found = path.parent.resolve(), [(path.name, path)]
        return _listing(str(root / path.name), str(root), folders.entries(root, iter(found), named=True))
    left_out = frozenset(str(Path(folder).resolve()) for folder in exclude)
    if path.is_dir():
        root = path.resolve()
        return _listing(str(root), str(root), folders.entries(root, folders.walk(root, left_out)))
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


def walked_from(source: str | os.PathLike[str]) -> Path | None:
    """The folder that a local source is looked for below; None for a single file and for a URL."""
    name = os.fspath(source)
    path = Path(name.removeprefix("file://"))
    if stores.is_remote(name) or path.is_file():
        return None
    return path.resolve() if path.is_dir() or not _WILDCARD.search(str(path)) else _split_glob(path)[0]


def _listed_glob(path: Path, left_out: frozenset[str]) -> Listing:
    root, pattern = _split_glob(path)
    if not root.is_dir():
        raise ConfigError(f"{shown(str(path))}: there is no folder {shown(str(root))}. Check the part before the *.")
    from fsspec.utils import glob_translate

    wanted = re.compile(glob_translate(pattern))
    walked = ((name, found) for name, found in folders.walk(root, left_out) if wanted.match(name))
    return _listing(str(root / pattern), str(root), folders.entries(root, walked))


def _split_glob(path: Path) -> tuple[Path, str]:
    """The folder before the first wildcard, resolved, and the pattern below it."""
    parts = path.parts
    first = next(number for number, part in enumerate(parts) if _WILDCARD.search(part))
    return Path(*parts[:first]).resolve(), "/".join(parts[first:])


def _listed_store(name: str, left_out: tuple[str, ...]) -> Listing:
    location = stores.checked(name)
    root, objects = stores.find(location)

    def entries() -> Iterator[SourceFile | Reject | str]:
        for item in objects:
            if item.location.startswith(left_out):
                continue
            kind, packing = kind_of(item.key)
            if kind is None:
                yield ending(item.key)
            elif not is_safe(item.key) or not _is_plain(item.key):
                yield Reject(shown(item.key), "read.path", PATH_MESSAGE)
            else:
                yield SourceFile(item.key, item.location, kind, packing, item.size, item.stamp)

    return _listing(location, root, entries())


def _is_plain(key: str) -> bool:
    """Object keys are free text: one that would be another path on a disk is refused."""
    return not key.startswith("/") and all(part not in ("", ".", "..") for part in key.split("/"))


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
