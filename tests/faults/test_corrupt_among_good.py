"""One corrupt file in a hundred: every good page is published, every bad one is a reject with the right code."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from etl.pages import RawDocument
from etl.pipeline import run
from etl.read import documents, list_files
from tests.faults.nasty_inputs import PACKED, TEXTS, Nasty
from tests.flows import corpus

BAD = [
    nasty for nasty in (*TEXTS, *PACKED) if nasty.codes and nasty.name.startswith("a.txt") and "bomb" not in nasty.what
]


def write_bad(folder: Path, number: int, nasty: Nasty) -> tuple[str, str]:
    """Writes a bad file under a number of its own; its path and the code it should get."""
    name = f"{number:05d}-bad{nasty.name.removeprefix('a')}"
    (folder / name).write_bytes(nasty.make())
    return name, nasty.codes[0]


@pytest.mark.slow
def test_ten_thousand_files_of_which_a_hundred_are_corrupt(tmp_path: Path) -> None:
    expected = {}
    for number in range(10_000):
        if number % 100 == 50:
            name, code = write_bad(tmp_path, number, BAD[number // 100 % len(BAD)])
            expected[name] = code
        else:
            name = f"{number:05d}.txt"
            (tmp_path / name).write_text(f"第{number}篇\n越南新闻。\n", encoding="utf-8")
            expected[name] = "page"
    found = {}
    for file in list_files(tmp_path).files:
        for item in documents(file):
            found[item.source_path] = "page" if isinstance(item, RawDocument) else item.code
    assert found == expected
    assert list(found) == sorted(found)


def test_a_published_table_holds_the_good_and_the_rejects_the_bad(tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    corpus.write(source, range(40))
    expected = dict(write_bad(source, 100 + number, nasty) for number, nasty in enumerate(BAD))
    run(source, output)
    articles = pl.read_parquet(output / "articles" / "**" / "*.parquet", hive_partitioning=False)
    assert sorted(articles["source_path"]) == [f"{number:04d}.txt" for number in range(40)]
    rejects = pl.read_parquet(output / "rejects" / "part-0.parquet")
    assert dict(rejects.select("source_path", "code").iter_rows()) == expected
    assert rejects.height == len(expected)
