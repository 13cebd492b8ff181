"""The project's own reference data: `lookups/*.csv` and `sites/*.toml`, loaded once and fingerprinted.

Modules of `normalize`, `strip` and `build` ask here for rows and make their own indexes of them.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from etl.errors import ConfigError

FOLDER = Path(__file__).parent / "lookups"
SITES = Path(__file__).parent / "sites"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `lookups/<name>.csv`, every value a string ('' when empty).

    Raises ConfigError when the file is missing or a row has more or fewer cells than the header.
    """
    path = FOLDER / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *found = [cells for cells in csv.reader(file, strict=True) if cells] or [[]]
    except (OSError, csv.Error) as error:
        raise ConfigError(f"{path}: cannot be read ({error}). Restore it from the repository.") from error
    for number, cells in enumerate(found, 2):
        if len(cells) != len(header):
            raise ConfigError(f"{path}:{number}: has another number of cells than the header. Quote cells with commas.")
    return tuple(dict(zip(header, cells, strict=True)) for cells in found)


@cache
def sites() -> tuple[dict[str, Any], ...]:
    """Every site profile, in the order of its file name. Raises ConfigError naming a file that is no TOML."""
    profiles = []
    for path in sorted(SITES.glob("*.toml")):
        try:
            profiles.append({"name": path.stem, **tomllib.loads(path.read_text(encoding="utf-8"))})
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{path}: {error}") from error
    return tuple(profiles)


@cache
def fingerprint(*names: str) -> str:
    """SHA-256 over the named files of `lookups/` (all of them when none is named)."""
    digest = hashlib.sha256()
    for path in [FOLDER / name for name in names] or sorted(FOLDER.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
