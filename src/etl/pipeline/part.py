"""Pages gathered, checked and written as one part of a fragment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from etl.build import reference
from etl.errors import ConfigError, PageError, SchemaDrift
from etl.pages import RawDocument
from etl.pipeline import page as pages
from etl.read import Reject
from etl.relate import signatures
from etl.store import fragments
from etl.strip.templates import Template
from etl.tables import PAGE_TABLES, TABLES
from etl.validate import PAGE, Reference, empty_frame, reject_row, to_frame, validate

Row = dict[str, object]
# Rows wait as dictionaries for this many pages, then as columns, which take a tenth of the room.
CHUNK_PAGES = 100


@cache
def known() -> Reference:
    """The keys of the reference tables that page rows may name."""
    rows = reference.rows()
    keys = (("places", "place_id"), ("organizations", "org_id"))
    return {(name, key): frozenset(str(row[key]) for row in rows[name]) for name, key in keys}


@dataclass(slots=True)
class Part:
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
        """Processes one page; whatever goes wrong with it becomes its reject.

        Raises ConfigError and SchemaDrift, which would go wrong with every page.
        """
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
            page_keys = signatures.page_keys(tables["articles"][0], _caption_sums(tables))
        except PageError as error:
            self._refuse(page, error.code, error.message)
        except (ConfigError, SchemaDrift):
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


def _caption_sums(tables: Mapping[str, list[Row]]) -> list[str]:
    """The words of the sums that stand in captions."""
    captions = {row["line_no"] for row in tables["lines"] if row["role"] == "caption"}
    return [str(row["quote"]) for row in tables["money_mentions"] if row["line_no"] in captions]


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
