"""A raw file: what it is called, where it stands, how it is to be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from etl.read.rejects import shown


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


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One raw file: where it stands and how to read it. Small, picklable, valid only as long as the file stands.

    `source_path` is posix and relative to the source root. `location` is an absolute path or an fsspec URL.
    `packing` is "", "gz" or "zst". `size` in bytes and `stamp` (`folders.stamp_of`; ETag or time in a store)
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


def kind_of(name: str) -> tuple[Kind | None, str]:
    """The kind and packing a file name stands for; no kind for other types. Capitals do not matter."""
    stem, packing = name.lower(), ""
    for ending, packing_name in PACKINGS.items():
        if stem.endswith(ending):
            stem, packing = stem.removesuffix(ending), packing_name
    base = stem.rpartition("/")[2]
    return next((kind for ending, kind in KINDS.items() if base.endswith(ending)), None), packing


def ending(name: str) -> str:
    """The ending of a file of another type, for counting."""
    dot = name.rpartition("/")[2].rpartition(".")
    return f".{shown(dot[2].lower())}" if dot[1] and dot[0] else "none"
