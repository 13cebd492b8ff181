"""youlian explain, lines, tables, rejects, lookups."""

from __future__ import annotations

import dataclasses
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from etl.cli.printing import grid, plain, say, say_json
from etl.errors import ConfigError, PageError

if TYPE_CHECKING:
    from etl.pages import RawDocument
    from etl.read import Reject


def explain(arguments: Namespace) -> int:
    """Shows the pages of a raw file, or one of a dataset by an id. With --html it is the first that is no reject."""
    from etl.explain import from_dataset, page

    if not Path(_raw_file(arguments.key)[0]).is_file():
        if not (Path(arguments.output) / "datapackage.json").exists():
            raise ConfigError(
                f"{arguments.key}: there is no such file, and {arguments.output} holds no tables to look an id up in. "
                "Name a raw file, or the folder of the tables with --output."
            )
        _show_explained(from_dataset(Path(arguments.output), arguments.key), arguments.html)
        return 0
    from etl.pipeline import process_page

    failed = False
    for item in _documents(arguments.key):
        rows = _rows(item, process_page)
        failed |= rows is None
        if rows is not None:
            _show_explained(page(rows), arguments.html)
            if arguments.html:
                return 0
    return 1 if failed else 0


def _rows(item: RawDocument | Reject, process: object) -> dict[str, list[dict[str, object]]] | None:
    from etl.read import Reject

    if isinstance(item, Reject):
        say(f"{plain(item.source_path)}: rejected as {item.code}. {plain(item.message)}")
        return None
    try:
        rows: dict[str, list[dict[str, object]]] = process(item)  # type: ignore[operator]
    except PageError as error:
        say(f"{plain(item.source_path)}: rejected as {error.code}. {plain(error.message)}")
        return None
    return rows


def _show_explained(explained: object, html: str | None) -> None:
    if html:
        from etl.explain.html import render

        Path(html).write_text(render(explained), encoding="utf-8")  # type: ignore[arg-type]
        say(f"Written to {html}.")
        return
    from rich.console import Console

    from etl.explain.terminal import show

    show(explained, Console())  # type: ignore[arg-type]


def _raw_file(key: str) -> tuple[str, str]:
    """The path of a raw file and the number of one of its records, empty for all: `dumps/a.jsonl#3`."""
    path, mark, number = key.rpartition("#")
    is_record = bool(mark) and number.isdecimal() and not Path(key).exists() and Path(path).is_file()
    return (path, number) if is_record else (key, "")


def _documents(key: str) -> Iterator[RawDocument | Reject]:
    from etl.read import documents, list_files

    path, number = _raw_file(key)
    listing = list_files(path)
    yield from listing.rejects
    for file in listing.files:
        found = documents(file)
        if not number:
            yield from found
            continue
        chosen = next((item for item in found if item.source_path == f"{file.source_path}#{number}"), None)
        if chosen is None:
            raise ConfigError(f"{path}: holds no page #{number}. `youlian lines {path}` shows those it holds.")
        yield chosen
    if not listing.files and not listing.rejects:
        raise ConfigError(f"{path}: is no raw file. Known types: .txt .html .jsonl .parquet .warc .wet, also .gz .zst.")


def lines(arguments: Namespace) -> int:
    """Prints roles as JSON lines."""
    from etl.read import Reject
    from etl.strip import strip_page

    failed = False
    for item in _documents(arguments.file):
        if isinstance(item, Reject):
            say_json({"source_path": item.source_path, "code": item.code, "message": item.message})
            failed = True
            continue
        for line in strip_page(item).lines:
            say_json(
                {
                    "source_path": item.source_path,
                    "line_no": line.line_no,
                    "role": line.role.value,
                    "is_own": line.is_own,
                    "rule": line.rule,
                    "repeat_of": line.repeat_of,
                    "text": line.text,
                }
            )
    return 1 if failed else 0


def tables(arguments: Namespace) -> int:
    """Prints the dictionary."""
    from etl.tables import TABLES

    if arguments.name is None:
        if arguments.json:
            say_json({name: table.description for name, table in TABLES.items()})
        else:
            say(grid([(t.name, len(t.columns), t.description) for t in TABLES.values()], ("table", "columns", ""), 100))
        return 0
    if arguments.name not in TABLES:
        raise ConfigError(f"There is no table {arguments.name!r}. Tables: {', '.join(TABLES)}.")
    table = TABLES[arguments.name]
    if arguments.json:
        say_json([dataclasses.asdict(column) for column in table.columns])
        return 0
    from etl.dictionary import meaning, type_name

    say(f"{table.name}: {table.description}")
    say(f"key: {', '.join(table.key)}\n")
    rows = [(f"{c.name}{'?' if c.null else ''}", type_name(c), meaning(c)) for c in table.columns]
    say(grid(rows, ("column", "type", "meaning"), 200))
    for warning in table.warnings:
        say(f"\n{warning}")
    return 0


def rejects(arguments: Namespace) -> int:
    """Groups rejects by code."""
    import polars as pl

    from etl import lookups
    from etl.published import scan

    frame = scan(Path(arguments.dataset), "rejects").collect()
    if arguments.code:
        found = frame.filter(pl.col("code") == arguments.code)
        columns = ["source_path", "table", "record_key", "column", "value", "message"]
        if arguments.json:
            for row in found.to_dicts():
                say_json(row)
        elif found.is_empty():
            codes = ", ".join(sorted(map(str, frame["code"].unique()))) or "none"
            say(f"Nothing was rejected with the code {arguments.code}. Codes in {arguments.dataset}: {codes}.")
        else:
            say(grid(found.select(columns).iter_rows(), columns))
        return 0
    groups = (
        frame.group_by(pl.col("code").cast(pl.String))
        .agg(n=pl.len(), files=pl.col("source_path").n_unique(), example=pl.col("source_path").min())
        .sort("n", "code", descending=[True, False])
    )
    meanings = {row["code"]: row["meaning"] for row in lookups.rows("reject_codes")}
    if arguments.json:
        for row in groups.to_dicts():
            say_json({**row, "meaning": meanings.get(row["code"])})
        return 0
    if groups.is_empty():
        say("Nothing was rejected.")
        return 0
    rows = [(n, code, files, example, meanings.get(code, "")) for code, n, files, example in groups.iter_rows()]
    say(grid(rows, ("rejects", "code", "files", "for example", "meaning"), 90))
    say(f"\nEvery one of a code: youlian rejects {arguments.dataset} --code CODE")
    say("Try again after a fix: youlian backfill --rejected CODE")
    return 0


def lookups(arguments: Namespace) -> int:
    """Shows what is wrong with the lookups."""
    from etl import audit

    dataset = Path(arguments.output)
    findings = audit.contradictions()
    known = (dataset / "datapackage.json").exists()
    if known:
        findings += audit.unmatched(dataset) + audit.unused(dataset)
    if arguments.json:
        for finding in findings:
            say_json(dataclasses.asdict(finding))
        return 0
    if findings:
        rows = [(f.kind, f.lookup, f.entry, f.n, f.detail) for f in findings]
        say(grid(rows, ("kind", "lookup", "entry", "rows", "")))
    else:
        say("No entry contradicts another.")
    if not known:
        say(f"{dataset} holds no tables, so unused and missing entries are not known: name them with --output.")
    return 0
