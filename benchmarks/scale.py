"""What only the whole dataset can do - state, relate, merging into partitions - on generated metadata, no text.

    python -m benchmarks.scale [--pages N ...] [--work DIR]

Every N is done in a process of its own: pages with their keys (one in fifty a copy), two claims, four events, six
participants and four links each, about 18 rows a page. Prints seconds, rows a second and peak memory of each step.
The columns and their distinct values are like those of a run over the generated corpus; nothing is stripped or found.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from etl.publish import merge, partitions
from etl.relate import relate
from etl.relate.signatures import BANDS, PERMUTATIONS
from etl.schema import polars_schema
from etl.store import fragments, snapshots
from etl.store.folders import Output
from etl.tables import PAGE_TABLES, TABLES

CLAIMS, EVENTS, PARTICIPANTS, LINKS = 2, 4, 6, 4
PARTS = 48  # as many as a run merges at a time
FIRST = dt.date(2010, 1, 1)
DAYS = 5800


def _random(rows: int, seed: int, below: int) -> pl.Series:
    """Whole numbers below a bound, the same for the same seed."""
    return pl.int_range(rows, eager=True).hash(seed) % below


def _ids(rows: int, seed: int) -> pl.Series:
    return (pl.int_range(rows, eager=True).hash(seed).cast(pl.String).str.zfill(20)).str.slice(0, 16)


def _dates(numbers: pl.Series) -> pl.Series:
    return (pl.lit(FIRST) + pl.duration(days=pl.Series(numbers).cast(pl.Int64))).pipe(
        lambda e: pl.select(e).to_series()
    )


def _keys(count: int) -> pl.DataFrame:
    """page_keys: one page in fifty says what the page before it says."""
    numbers = pl.int_range(count, eager=True)
    said = pl.select(pl.when(numbers % 50 == 49).then(numbers - 1).otherwise(numbers)).to_series()

    def lists(width: int, dtype: type[pl.DataType], seed: int) -> pl.Series:
        flat = (said.repeat_by(width).explode() * width + _tiled(count, width)).hash(seed).cast(pl.UInt64)
        if dtype is pl.UInt32:
            flat = flat % 2**32
        return flat.cast(dtype).reshape((count, width)).arr.to_list()

    return pl.DataFrame(
        {
            "article_id": _ids(count, 1),
            "title_key": "标题" + said.cast(pl.String),
            "address_number": (numbers + 100_000).cast(pl.String),
            "text_hash": numbers.hash(5).cast(pl.String).str.slice(0, 16),
            "figures_hash": said.hash(6).cast(pl.String).str.slice(0, 16),
            "n_clauses": pl.repeat(30, count, dtype=pl.Int32, eager=True),
            "bands": lists(BANDS, pl.UInt64, 7),
            "signature": lists(PERMUTATIONS, pl.UInt32, 8),
        }
    )


def _tiled(count: int, width: int) -> pl.Series:
    return pl.int_range(count * width, eager=True) % width


def tables(count: int) -> dict[str, pl.DataFrame]:
    """The columns that relate reads, for so many pages."""
    ids = _ids(count, 1)
    numbers = pl.int_range(count, eager=True)
    day = _random(count, 2, DAYS)
    published = _dates(day)
    articles = pl.DataFrame(
        {
            "article_id": ids,
            "source_path": "pages/" + numbers.cast(pl.String) + ".txt",
            "site": "site" + (numbers % 40).cast(pl.String),
            "title": "某省友好组织联合会举行会议" + numbers.cast(pl.String),
            "published_date": published,
            "published_precision": pl.repeat("minute", count, eager=True),
            "n_own_lines": pl.repeat(12, count, dtype=pl.Int32, eager=True),
        }
    )

    def of_pages(each: int) -> dict[str, pl.Series]:
        at = numbers.repeat_by(each).explode()
        line = (_tiled(count, each) + 3).cast(pl.Int32)
        return {"article_id": ids.gather(at), "published_date": published.gather(at), "line_no": line}

    rows = count * CLAIMS
    start = _dates(_random(rows, 11, DAYS))
    claims = pl.DataFrame(
        of_pages(CLAIMS)
        | {
            "aid_id": _ids(rows, 3),
            "char_start": pl.repeat(4, rows, dtype=pl.Int32, eager=True),
            "evidence": "某基金会向某省援助" + _random(rows, 12, 10**6).cast(pl.String) + "万越盾",
            "record_type": pl.repeat("project", rows, eager=True),
            "amount": (_random(rows, 12, 10**6) * 10_000).cast(pl.Decimal(22, 2)),
            "currency": pl.repeat("VND", rows, eager=True),
            "period_start": start,
            "period_end": start,
            "donor_text": "基金会" + _random(rows, 13, 3000).cast(pl.String),
            "donor_org_id": pl.Series([None], dtype=pl.String).new_from_index(0, rows),
            "implementer_text": pl.Series([None], dtype=pl.String).new_from_index(0, rows),
            "implementer_org_id": pl.Series([None], dtype=pl.String).new_from_index(0, rows),
            "recipient_iso": "VN-" + _random(rows, 14, 63).cast(pl.String),
            "recommended_for_sum": pl.repeat(True, rows, eager=True),
            "sum_exclusion_reason": pl.Series([None], dtype=pl.String).new_from_index(0, rows),
        }
    )
    rows = count * EVENTS
    start = _dates(_random(rows, 21, DAYS))
    events = pl.DataFrame(
        of_pages(EVENTS)
        | {
            "event_id": _ids(rows, 4),
            "char_start": pl.repeat(9, rows, dtype=pl.Int32, eager=True),
            "evidence": "会见第" + _random(rows, 22, 10**7).cast(pl.String) + "号代表团",
            "event_type": pl.repeat("meeting", rows, eager=True),
            "start_date": start,
            "end_date": start,
            "date_precision": pl.repeat("day", rows, eager=True),
            "place_id": pl.Series([None], dtype=pl.String).new_from_index(0, rows),
            "admin1_iso": "VN-" + _random(rows, 23, 63).cast(pl.String),
            "recommended_for_count": pl.repeat(True, rows, eager=True),
        }
    )
    rows = count * PARTICIPANTS
    participants = pl.DataFrame(
        {
            "fact_id": events["event_id"].gather(_random(rows, 31, count * EVENTS)),
            "fact_kind": pl.repeat("event", rows, eager=True),
            "name_text": "组织" + _random(rows, 32, 200_000).cast(pl.String),
            "org_id": pl.Series([None], dtype=pl.String).new_from_index(0, rows),
            "entity_type": pl.repeat("organization", rows, eager=True),
        }
    )
    rows = count * LINKS
    links = pl.DataFrame(
        {
            "article_id": of_pages(LINKS)["article_id"],
            "line_no": pl.repeat(40, rows, dtype=pl.Int32, eager=True),
            "seq": (_tiled(count, LINKS) + 1).cast(pl.Int32),
            "linked_title": "某省友好组织联合会举行会议" + _random(rows, 41, count * 2).cast(pl.String),
        }
    )
    return {
        "articles": articles,
        "aid_projects": claims,
        "events": events,
        "participants": participants,
        "related_links": links,
        "page_keys": _keys(count),
    }


def _state(folder: Path, count: int) -> None:
    """The state of a run with one file a page: written and read again."""
    numbers = pl.int_range(count, eager=True)
    files = pl.DataFrame(
        {
            "source_path": "pages/" + numbers.cast(pl.String) + ".txt",
            "size": numbers,
            "stamp": numbers.hash(1).cast(pl.String),
            "sha256": numbers.hash(2).cast(pl.String).str.zfill(64),
            "kind": pl.repeat("text", count, eager=True),
            "fragment": (numbers // 4000).cast(pl.String).str.zfill(16),
            "file": numbers.cast(pl.UInt32),
            "source": pl.repeat("/pages", count, eager=True),
        }
    )
    live = pl.DataFrame(
        {
            "uid": numbers.hash(3),
            "article_id": _ids(count, 1),
            "pub_year": 2010 + numbers % 16,
            "n_own_lines": numbers % 40,
        }
    ).cast(snapshots.LIVE)  # type: ignore[arg-type]
    output = Output(folder)
    output.snapshots.mkdir(parents=True)
    snapshots.save(output, 1, snapshots.Snapshot(files=files, live=live))
    again = snapshots.load(output, 1)
    assert again.files.join(files, on=["source_path", "source"], how="anti").is_empty()


def _parts(folder: Path, found: dict[str, pl.DataFrame]) -> list[merge.Input]:
    """The articles and events of a run in PARTS fragments, as batches leave them."""
    empty = {t.name: pl.DataFrame(schema={**polars_schema(t), fragments.PAGE: pl.UInt32()}) for t in PAGE_TABLES}
    articles = found["articles"].with_row_index("n")
    inputs = []
    for number in range(PARTS):
        pages = articles.filter(pl.col("n") % PARTS == number).with_row_index("page")
        frames = dict(empty)
        for name in ("articles", "events"):
            rows = (
                pages if name == "articles" else found[name].join(pages.select("article_id", "page"), on="article_id")
            )
            frames[name] = _filled(rows.with_columns(pl.col("page").alias(fragments.PAGE)), name)
        of_pages = pl.DataFrame({n: [None] for n in fragments.PAGES}, schema=fragments.PAGES)
        of_pages = of_pages.select(pl.exclude("page", "published_date")).join(
            pages.select("page", "published_date"), how="cross"
        )
        home = folder / f"{number:016d}"
        entry = fragments.write_part(home / "0", frames, of_pages, pl.DataFrame(), pl.DataFrame())
        part = fragments.finish(
            folder / f"done{number:012d}", home, pl.DataFrame(schema=fragments.FILES), [entry], {}
        ).parts[0]
        inputs.append(merge.Input(part, None))
    return inputs


def _filled(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows with the table's other columns: nothing, or a row's worth of nothing where they must be there."""
    schema = {**polars_schema(TABLES[name]), fragments.PAGE: pl.UInt32()}
    given = [pl.col(column).cast(dtype) for column, dtype in schema.items() if column in rows.columns]
    blanks = [_blank(dtype).alias(column) for column, dtype in schema.items() if column not in rows.columns]
    return rows.select(given).with_columns(blanks).select(*schema)


def _blank(dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.List):
        return pl.lit(pl.Series([[]], dtype=dtype)).first()
    if dtype.is_numeric() or dtype == pl.Boolean:
        return pl.lit(0).cast(dtype)
    if dtype.is_temporal():
        return pl.lit(None, dtype)
    return pl.lit("").cast(dtype)


def _publish(folder: Path, inputs: list[merge.Input]) -> int:
    """Merges all years of both tables from all parts, as a first publication does."""
    rows = 0
    for name in ("articles", "events"):
        years = {group.year for item in inputs for group in item.part.groups[name]}
        for year in sorted(years, key=str):
            target = f"{name}/pub_year={year}"
            written = partitions.write(folder, target, TABLES[name], merge.rows(inputs, TABLES[name], year))
            rows += sum(file.rows for file in written)
    return rows


def _step(name: str, rows: int, call: Callable[[], object]) -> None:
    start, cpu = time.perf_counter(), time.process_time()
    call()
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    speed = f"{wall:8.1f} s {cpu:8.1f} CPU s {rows / max(wall, 0.01):12,.0f} rows/s"
    print(f"  {name:22s} {rows:>11,d} rows {speed}  peak so far {peak:7,.0f} MiB", flush=True)


def measure(count: int, folder: Path) -> None:
    """All steps for so many pages; metadata is written to Parquet first and read lazily, as a run reads it."""
    _step("state", count, lambda: _state(folder / "state", count))
    found = tables(count)
    total = sum(frame.height for frame in found.values())
    for name, frame in found.items():
        frame.write_parquet(folder / f"{name}.parquet")
    inputs = _parts(folder / "parts", found)
    n_published = found["articles"].height + found["events"].height
    del found
    _step("(making the metadata)", total, lambda: None)
    _step("publish (merge, write)", n_published, lambda: _publish(folder / "version", inputs))
    lazy = {path.stem: pl.scan_parquet(path) for path in folder.glob("*.parquet")}
    _step("relate", total, lambda: relate(lazy))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[60_000, 600_000])
    parser.add_argument("--work", type=Path)
    parser.add_argument("--here", action="store_true", help="in this process (one N)")
    args = parser.parse_args()
    for count in args.pages:
        if not args.here:
            work = ["--work", str(args.work)] if args.work else []
            subprocess.run(
                [sys.executable, "-m", "benchmarks.scale", "--pages", str(count), "--here", *work], check=True
            )
            continue
        folder = Path(tempfile.mkdtemp(prefix="scale-", dir=args.work))
        try:
            print(f"{count:,d} pages", flush=True)
            measure(count, folder)
        finally:
            shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
