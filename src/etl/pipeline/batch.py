"""A batch of raw files to a fragment: the unit of work. Paths in, files out, so it runs in any process anywhere."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from etl.build import reference
from etl.errors import PageError, SchemaDrift, SourceError
from etl.pages import RawDocument
from etl.pipeline import page as pages
from etl.read import Kind, Reject, SourceFile, content_sha256, documents
from etl.relate import signatures
from etl.store import fragments
from etl.strip import templates
from etl.strip.templates import Template
from etl.tables import PAGE_TABLES, TABLES
from etl.validate import PAGE, Reference, empty_frame, reject_row, to_frame, validate

Row = dict[str, object]
# Rows wait as dictionaries for this many pages, then as columns, which take a tenth of the room.
CHUNK_PAGES = 100
PART_CHARS = 64 * 1024 * 1024


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
    part = _Part(learned)
    for number, file in enumerate(batch.files):
        for item in _items(file, hashes, number):
            part.add(number, item)
            if len(part.pages) >= batch.part_pages or part.chars >= PART_CHARS:
                parts.append(part.write(batch.folder.name, partial, len(parts)))
                part = _Part(learned)
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
    part = _Part({})
    for number, file in enumerate(batch.files):
        part.add(number, Reject(file.source_path, code, message))
    parts = [part.write(batch.folder.name, partial, 0)]
    return fragments.finish(batch.folder, partial, _file_rows(batch, _hashed(batch)), parts, batch.fingerprints).id


def _hashed(batch: Batch) -> dict[int, str]:
    return {number: _hash(file) for number, file in enumerate(batch.files)}


def _hash(file: SourceFile) -> str:
    try:
        return content_sha256(file)
    except PageError:
        return ""  # gone or closed to us: different from any content


def _items(file: SourceFile, hashes: dict[int, str], number: int) -> Iterator[RawDocument | Reject]:
    """What a file holds; its hash is left in `hashes`. An error nobody foresaw costs this file only."""
    try:
        for item in documents(file):
            if isinstance(item, RawDocument) and not file.is_container and not file.packing:
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


@cache
def known() -> Reference:
    """The keys of the reference tables that page rows may name."""
    rows = reference.rows()
    keys = (("places", "place_id"), ("organizations", "org_id"))
    return {(name, key): frozenset(str(row[key]) for row in rows[name]) for name, key in keys}


@dataclass(slots=True)
class _Part:
    """Pages gathered for one part of a fragment."""

    templates: Mapping[str, Template]
    pages: list[Row] = field(default_factory=list)
    keys: list[Row] = field(default_factory=list)
    rejects: list[Row] = field(default_factory=list)
    reject_pages: list[int] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {t.name: [] for t in PAGE_TABLES})
    row_pages: dict[str, list[int]] = field(default_factory=lambda: {t.name: [] for t in PAGE_TABLES})
    frames: dict[str, list[pl.DataFrame]] = field(default_factory=lambda: {t.name: [] for t in PAGE_TABLES})
    chars: int = 0

    def add(self, file: int, item: RawDocument | Reject) -> None:
        """Processes one page; whatever goes wrong with it becomes its reject."""
        page: Row = dict.fromkeys(fragments.PAGES)
        page |= {"page": len(self.pages), "file": file, "source_path": item.source_path}
        page |= {"is_html": False, "is_article": False, "codes": []}
        self.pages.append(page)
        if isinstance(item, Reject):
            self._refuse(page, item.code, item.message, item.record_key, item.value)
            return
        self.chars += sum(len(line.text) for line in item.lines)
        page |= {"article_id": item.article_id, "is_html": item.is_html, "crawled_at": _aware(item.crawled_at)}
        page["url"] = item.url or item.metadata.url
        try:
            tables = pages.process_page(item, self.templates)
            page_keys = signatures.page_keys(tables["articles"][0])
        except PageError as error:
            self._refuse(page, error.code, error.message)
        except SchemaDrift:
            raise
        except Exception as error:
            # A page nobody foresaw must not take its neighbours along.
            self._refuse(page, f"{_stage(error)}.failed", f"{type(error).__name__}: {error}"[:300])
        else:
            self._take(page, tables, page_keys)
        if len(self.pages) % CHUNK_PAGES == 0:
            self._to_columns()

    def _refuse(
        self, page: Row, code: str, message: str, record_key: str | None = None, value: str | None = None
    ) -> None:
        article_id = None if page["article_id"] is None else str(page["article_id"])
        path = str(page["source_path"])
        self.rejects.append(reject_row(path, code, message, article_id=article_id, record_key=record_key, value=value))
        self.reject_pages.append(len(self.pages) - 1)

    def _take(self, page: Row, tables: Mapping[str, list[Row]], page_keys: Row) -> None:
        article = tables["articles"][0]
        page |= {name: article[name] for name in ("published_date", "site")}
        page["is_article"] = True
        self.keys.append(page_keys)
        number = len(self.pages) - 1
        for name, rows in tables.items():
            self.rows[name] += rows
            self.row_pages[name] += [number] * len(rows)

    def _to_columns(self) -> None:
        """Turns the waiting rows into columns; a row with a value that does not fit becomes a reject."""
        fallen: set[int] = set()
        for table in PAGE_TABLES:
            rows, numbers = self.rows[table.name], self.row_pages[table.name]
            frame, misfits = to_frame(table, rows, numbers)
            for misfit in misfits:
                page = numbers[misfit.index]
                path = str(self.pages[page]["source_path"])
                message = f"{misfit.column} does not fit its type: {misfit.message}"
                self.rejects.append(
                    reject_row(path, "validate.type", message, table, rows[misfit.index], misfit.column)
                )
                self.reject_pages.append(page)
                fallen |= {page} if table.name == "articles" else set()
            self.frames[table.name].append(frame)
            self.rows[table.name], self.row_pages[table.name] = [], []
        if fallen:
            for name, frames in self.frames.items():
                self.frames[name] = [frame.filter(~pl.col(PAGE).is_in(sorted(fallen))) for frame in frames]
            for number in fallen:
                self.pages[number]["is_article"] = False

    def write(self, fragment: str, partial: Path, number: int) -> dict[str, Any]:
        """Validates what was gathered and writes it as a part of the fragment."""
        self._to_columns()
        frames = {t.name: pl.concat([empty_frame(t), *self.frames[t.name]]) for t in PAGE_TABLES}
        paths = [str(page["source_path"]) for page in self.pages]
        checked = validate(frames, paths, known())
        rejects = self.rejects + [row for _, row in checked.rejects]
        reject_pages = self.reject_pages + [page for page, _ in checked.rejects]
        frame = self._page_frame(checked.frames["articles"], rejects, reject_pages)
        uids = [fragments.uid(fragment, number, index) for index in range(len(paths))]
        return fragments.write_part(
            partial / str(number),
            checked.frames,
            frame.with_columns(pl.Series("uid", uids, pl.UInt64)),
            self._key_frame(frame),
            _reject_frame(rejects, reject_pages),
        )

    def _page_frame(self, articles: pl.DataFrame, rejects: list[Row], reject_pages: list[int]) -> pl.DataFrame:
        codes: dict[int, set[str]] = {}
        for row, page in zip(rejects, reject_pages, strict=True):
            codes.setdefault(page, set()).add(str(row["code"]))
        frame = pl.DataFrame(self.pages, schema=fragments.PAGES, orient="row").with_columns(
            codes=pl.Series([sorted(codes.get(i, ())) for i in range(len(self.pages))], dtype=pl.List(pl.String))
        )
        counts = ["n_own_lines", "n_money", "n_aid", "n_events"]
        kept = articles.select(pl.col(PAGE).alias("page"), *counts)
        frame = frame.drop(counts).join(kept, on="page", how="left", maintain_order="left")
        return frame.with_columns(is_article=pl.col("n_own_lines").is_not_null()).select(*fragments.PAGES)

    def _key_frame(self, page_frame: pl.DataFrame) -> pl.DataFrame:
        taken = pl.Series([page["page"] for page in self.pages if page["site"] is not None], dtype=pl.UInt32)
        frame = pl.DataFrame(self.keys, schema=signatures.SCHEMA, orient="row").with_columns(taken.alias(PAGE))
        articles = page_frame.filter("is_article").select(pl.col("page").alias(PAGE))
        return frame.join(articles, on=PAGE, how="semi", maintain_order="left")


def _aware(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.replace(tzinfo=dt.UTC) if moment is not None and moment.tzinfo is None else moment


def _stage(error: BaseException) -> str:
    """The stage in which an unforeseen error arose, for its reject code."""
    trace, found = error.__traceback__, "pipeline"
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if module.startswith("etl.") and not module.startswith("etl.pipeline"):
            found = module.split(".")[1]
        trace = trace.tb_next
    return found


def _reject_frame(rejects: list[Row], numbers: list[int]) -> pl.DataFrame:
    frame, _ = to_frame(TABLES["rejects"], rejects, numbers)
    return frame.unique("reject_id", keep="first", maintain_order=True)
