"""What the tests of the machinery ask of a published dataset."""

from __future__ import annotations

import hashlib
from pathlib import Path

from etl.tables import TABLES

# runs, datapackage.json and report.html know when they were made; everything else depends on the input alone.
TIMELESS = [name for name in TABLES if name != "runs"]


def hashes(dataset: Path) -> dict[str, str]:
    """SHA-256 by path of every file that must be the same for the same input."""
    paths = [path for name in TIMELESS for path in (dataset / name).rglob("*") if path.is_file()]
    return {
        path.relative_to(dataset).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted([*paths, dataset / "DICTIONARY.md"])
    }


def tree(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Inode, size and time of every file outside `_state`."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith("_state"):
            status = path.stat()
            found[name] = (status.st_ino, status.st_size, status.st_mtime_ns)
    return found
