"""A batch of raw files to a fragment: the unit of work. Paths in, files out, so it runs in any process anywhere."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from etl.errors import PageError, SourceError
from etl.pages import RawDocument
from etl.pipeline.part import Part
from etl.read import Kind, Reject, SourceFile, content_sha256, documents, is_as_listed
from etl.store import fragments
from etl.strip import templates

# A part is written when it holds this much text, however few pages that are.
PART_CHARS = 64 * 1024 * 1024
# What may be well the next time although the file stays as it is: other permissions, a disk that answers again.
_MAY_PASS = frozenset({"read.unreadable", "read.vanished"})


@dataclass(frozen=True, slots=True)
class Batch:
    """Raw files to process into the fragment `folder`, and the fingerprints they are processed under.

    `templates` is the folder of learned site templates.
    """

    folder: Path
    files: tuple[SourceFile, ...]
    fingerprints: Mapping[str, str]
    part_pages: int
    templates: str | None = None

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


def save(batch: Batch, path: Path) -> None:
    """Writes a batch for another process to read."""
    value = {
        "folder": str(batch.folder),
        "files": [dataclasses.asdict(file) for file in batch.files],
        "fingerprints": dict(batch.fingerprints),
        "part_pages": batch.part_pages,
        "templates": batch.templates,
    }
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def load(path: Path) -> Batch:
    """A saved batch."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    files = tuple(SourceFile(**{**file, "kind": Kind(file["kind"])}) for file in raw["files"])
    return Batch(Path(raw["folder"]), files, raw["fingerprints"], raw["part_pages"], raw["templates"])


def process_batch(path: Path) -> str:
    """Processes a saved batch and returns the id of its fragment; does nothing when it is there already.

    Raises SourceError when a store does not answer (try again), SchemaDrift for a builder that is wrong.
    """
    batch = load(path)
    if (batch.folder / "manifest.json").exists():
        return batch.folder.name
    partial = batch.folder.with_name(f"{batch.folder.name}.partial")
    if partial.exists():
        shutil.rmtree(partial)
    partial.mkdir(parents=True)
    parts: list[dict[str, Any]] = []
    hashes: dict[int, str] = {}
    learned = templates.read(Path(batch.templates)) if batch.templates else {}
    part = Part(learned)
    for number, file in enumerate(batch.files):
        for item in _items(file, hashes, number):
            part.add(number, item)
            if len(part.pages) >= batch.part_pages or part.chars >= PART_CHARS:
                parts.append(part.write(batch.folder.name, partial, len(parts)))
                part = Part(learned)
    if part.pages or not parts:
        parts.append(part.write(batch.folder.name, partial, len(parts)))
    return fragments.finish(batch.folder, partial, _file_rows(batch, hashes), parts, batch.fingerprints).id


def halves(path: Path) -> list[Path]:
    """A saved batch as two saved ones with half of its files each; none when it has a single file."""
    batch = load(path)
    middle = len(batch.files) // 2
    if not middle:
        return []
    saved = []
    for name, files in (("a", batch.files[:middle]), ("b", batch.files[middle:])):
        folder = batch.folder.with_name(f"{batch.folder.name}{name}")
        half = path.with_name(f"{path.stem}{name}.json")
        save(dataclasses.replace(batch, folder=folder, files=files), half)
        saved.append(half)
    return saved


def refuse(path: Path, code: str, message: str) -> str:
    """A fragment in which every file of a saved batch is rejected."""
    batch = load(path)
    partial = batch.folder.with_name(f"{batch.folder.name}.partial")
    if partial.exists():
        shutil.rmtree(partial)
    part = Part({})
    for number, file in enumerate(batch.files):
        part.add(number, Reject(file.source_path, code, message))
    parts = [part.write(batch.folder.name, partial, 0)]
    return fragments.finish(batch.folder, partial, _file_rows(batch, _hashed(batch)), parts, batch.fingerprints).id


def _hashed(batch: Batch) -> dict[int, str]:
    return {number: _hash(file) for number, file in enumerate(batch.files)}


def _hash(file: SourceFile) -> str:
    """The hash of the bytes that were read; empty when they are not known, and the next run is to look again."""
    try:
        found = content_sha256(file)
    except PageError:
        return ""  # gone or closed to us
    return found if is_as_listed(file) else ""  # written to while it was read


def _items(file: SourceFile, hashes: dict[int, str], number: int) -> Iterator[RawDocument | Reject]:
    """What a file holds; its hash is left in `hashes`. An error nobody foresaw costs this file only."""
    try:
        for item in documents(file):
            if isinstance(item, Reject):
                if item.code in _MAY_PASS:
                    hashes[number] = ""
            elif not file.is_container and not file.packing:
                hashes[number] = item.content_sha256
            yield item
    except PageError as error:
        yield Reject(file.source_path, error.code, error.message)
    except SourceError:
        raise
    except Exception as error:
        yield Reject(file.source_path, "read.failed", f"Reading broke down ({type(error).__name__}: {error}).")
    if number not in hashes:
        hashes[number] = _hash(file)


def _file_rows(batch: Batch, hashes: Mapping[int, str]) -> pl.DataFrame:
    rows = [
        (number, file.source_path, file.size, file.stamp, hashes[number], file.kind.value)
        for number, file in enumerate(batch.files)
    ]
    return pl.DataFrame(rows, schema=fragments.FILES, orient="row")
