"""Readers in a loop while two runs at a time publish: DuckDB and polars never err and never see an article twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from tests import made_pages

ROOT = Path(__file__).parents[2]
RUNS = int(os.environ.get("YOULIAN_TEST_READ_RUNS", "8"))
PAGES = 30
# Runs over and over, each after a change to a page of its own.
WRITER = """
import sys
from pathlib import Path
from etl import pipeline
from etl.settings import Settings
from tests import made_pages

source, output, mine, runs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
quiet = Settings(report=False)
with made_pages.stage():
    for n in range(runs):
        text = made_pages.text(f"{2020 + n % 4}-05-01", f"第{n}次写的题目", "aid 5 USD")
        beside = source.parent / f"{mine}.new"
        beside.write_text(text, encoding="utf-8")
        beside.replace(source / f"{mine:02d}.txt")  # whoever lists the source meanwhile sees a whole page
        pipeline.run(source, output, settings=quiet)
"""


@pytest.mark.slow
def test_readers_beside_two_writers(tmp_path: Path) -> None:
    source, output = tmp_path / "source", tmp_path / "output"
    source.mkdir()
    for number in range(PAGES):
        (source / f"{number:02d}.txt").write_text(made_pages.text("2021-05-01", f"题目{number}"), encoding="utf-8")
    command = [sys.executable, "-c", WRITER, str(source), str(output)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    writers = [
        subprocess.Popen([*command, str(n), str(RUNS)], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
        for n in (1, 2)
    ]
    versions = set()
    while any(writer.poll() is None for writer in writers):
        if not (output / "datapackage.json").exists():
            time.sleep(0.05)
            continue
        versions.add(_read_a_version(output))
        _read_live(output)
    for writer in writers:
        assert writer.wait() == 0, writer.stderr.read() if writer.stderr else ""
        assert writer.stderr is not None
        writer.stderr.close()
    assert len(versions) >= 2


def _read_a_version(output: Path) -> int:
    described = json.loads((output / "datapackage.json").read_text(encoding="utf-8"))
    version = output / described["version_path"]
    glob = f"{version}/articles/**/*.parquet"
    with duckdb.connect() as connection:
        query = f"SELECT count(*), count(DISTINCT article_id), count(DISTINCT pub_year) FROM '{glob}'"
        rows, distinct, years = connection.execute(query).fetchall()[0]
    assert (rows, distinct) == (PAGES, PAGES)
    assert years >= 1
    lines = pl.scan_parquet(f"{version}/lines/**/*.parquet", hive_partitioning=True)
    articles = pl.scan_parquet(glob, hive_partitioning=True)
    assert lines.join(articles, on="article_id", how="anti").collect().is_empty()
    assert articles.select(pl.len()).collect().item() == described["counts"]["articles"]
    return int(described["version"])


def _read_live(output: Path) -> None:
    """A file of the live folder is whole, or gone by the time it is opened."""
    for parent, _, names in os.walk(output / "articles"):
        for name in names:
            with suppress(FileNotFoundError), (Path(parent) / name).open("rb") as handle:
                assert pq.read_table(handle).num_rows > 0
