"""Runs over many files: bad ones among good ones, workers, batches, containers, records that share an address."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from etl import pipeline
from etl.errors import ConfigError
from etl.publish import merge
from etl.published import scan
from etl.settings import Settings
from etl.tables import PAGE_TABLES, Table
from tests import datasets, made_pages

QUIET = Settings(report=False)


@pytest.fixture
def made_up() -> Iterator[None]:
    with made_pages.stage():
        yield


# One in a hundred files cannot be read; the code says why.
BAD = {
    b"": "read.empty",
    b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8: "read.binary",
    "2024-01-01 拒绝\nrefuse\n".encode(): "strip.no_article",
    "2024-01-01 出错\nbreak\n".encode(): "pipeline.failed",
}


@pytest.mark.slow
def test_one_corrupt_file_in_a_hundred(tmp_path: Path, made_up: None) -> None:
    source = tmp_path / "source"
    wanted: dict[str, str] = {}
    for number in range(10_000):
        path = source / f"{number // 500:02d}" / f"{number:05d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        if number % 100 == 50:
            content = list(BAD)[number // 100 % len(BAD)]
            wanted[path.relative_to(source).as_posix()] = BAD[content]
        else:
            content = made_pages.text(f"20{10 + number % 16}-03-04", f"题目{number}", f"aid {number} USD").encode()
        path.write_bytes(content)
    summary = pipeline.run(source, tmp_path / "output", settings=QUIET)
    rejects = scan(tmp_path / "output", "rejects").collect()
    assert dict(rejects.select("source_path", pl.col("code").cast(pl.String)).iter_rows()) == wanted
    assert (summary.n_articles, summary.n_rejects) == (9_900, 100)
    total = scan(tmp_path / "output", "aid_projects").select(pl.col("amount").sum()).collect().item()
    assert total == sum(number for number in range(10_000) if number % 100 != 50)


def test_a_wrong_profile_or_lookup_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would go wrong with every page: a version of nothing but rejects would replace a good one."""

    def refuse(*_: object) -> None:
        raise ConfigError("sites/example.toml: unknown keys ['titel'].")

    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text(made_pages.text("2024-05-01", "题目"), encoding="utf-8")
    monkeypatch.setattr("etl.pipeline.page.process_page", refuse)
    with pytest.raises(ConfigError, match="titel"):
        pipeline.run(source, tmp_path / "output", settings=QUIET)
    assert not (tmp_path / "output" / "datapackage.json").exists()


def test_only_partitions_with_other_rows_are_merged(
    tmp_path: Path, made_up: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = tmp_path / "source", tmp_path / "output"
    source.mkdir()
    facts = ("aid 5 USD", "event meeting", "link 别的文章")
    for number in range(6):
        text = made_pages.text(f"20{20 + number % 3}-05-01", f"题目{number}", *facts)
        (source / f"{number}.txt").write_text(text, encoding="utf-8")
    pipeline.run(source, output, settings=QUIET)
    merged: list[str] = []
    rows = merge.rows

    def noted(inputs: object, table: Table, year: int | None) -> object:
        merged.append(f"{table.name} {year}")
        return rows(inputs, table, year)  # type: ignore[arg-type]

    changed = made_pages.text("2021-05-01", "题目1", "aid 6 USD", *facts[1:])
    (source / "1.txt").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(merge, "rows", noted)
    summary = pipeline.run(source, output, settings=QUIET)
    names = [name.replace("/pub_year=", " ") for name in summary.partitions_written]
    assert names == ["aid_projects 2021", "articles 2021", "lines 2021"]
    # Both versions of the page are read for every table of its year, partitions only where they differ.
    compared = {f"{table.name} 2021": 2 for table in PAGE_TABLES}
    assert Counter(merged) == Counter(compared) + Counter(names)


def test_how_the_work_is_cut_leaves_no_trace(tmp_path: Path, made_up: None) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for number in range(60):
        text = made_pages.text(f"20{20 + number % 3}-05-01", f"题目{number}", "event meeting", "bad")
        (source / f"{number}.txt").write_text(text, encoding="utf-8")
    records = [{"text": made_pages.text("2022-01-01", f"记录{n}"), "url": f"http://a.vn/{n}"} for n in range(40)]
    with (source / "more.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    results = []
    for batch_files, part_pages in ((4_000, 4_000), (20, 3), (9, 1)):
        output = tmp_path / f"output{batch_files}"
        settings = Settings(report=False, batch_files=batch_files, part_pages=part_pages)
        pipeline.run(source, output, settings=settings)
        results.append(datasets.hashes(output))
    assert results[0] == results[1] == results[2]


@pytest.mark.slow
def test_workers_leave_no_trace(tmp_path: Path) -> None:
    """The real stages, in this process and in two others."""
    source = Path(__file__).parents[2] / "seeds"
    settings = Settings(report=False, batch_files=2)
    pipeline.run(source, tmp_path / "one", settings=settings)
    pipeline.run(source, tmp_path / "two", workers=2, settings=settings)
    assert datasets.hashes(tmp_path / "one") == datasets.hashes(tmp_path / "two")


def _records(path: Path, *records: dict[str, str]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def test_of_records_that_share_an_address_the_last_crawl_counts(tmp_path: Path, made_up: None) -> None:
    source, output = tmp_path / "source", tmp_path / "output"
    source.mkdir()
    url = "https://shidai.vn/1.html"

    def record(day: str, title: str) -> dict[str, str]:
        return {"url": url, "date": day, "text": made_pages.text("2023-01-01", title)}

    _records(source / "a.jsonl", record("2024-05-02T00:00:00Z", "最后一次"), record("2024-05-01T00:00:00Z", "第一次"))
    _records(source / "b.jsonl", record("2024-04-01T00:00:00Z", "更早的一次"))
    pipeline.run(source, output, settings=QUIET)
    assert _titles(output) == ["2023-01-01 最后一次"]
    assert _rejected(output) == {("a.jsonl#2", "read.same_url"), ("b.jsonl#1", "read.same_url")}
    # When the one that counts goes, the next one comes forward, from a fragment that was made long ago.
    (source / "a.jsonl").unlink()
    pipeline.run(source, output, settings=QUIET)
    assert _titles(output) == ["2023-01-01 更早的一次"]
    assert _rejected(output) == set()
    _records(source / "c.jsonl", record("2024-04-01T00:00:00Z", "同一天，路径在后"))
    pipeline.run(source, output, settings=QUIET)
    assert _titles(output) == ["2023-01-01 同一天，路径在后"]
    pipeline.run(source, tmp_path / "fresh", settings=QUIET)
    assert datasets.hashes(output) == datasets.hashes(tmp_path / "fresh")


def _titles(output: Path) -> list[str]:
    return scan(output, "articles").select("title").sort("title").collect()["title"].to_list()


def _rejected(output: Path) -> set[tuple[str, str]]:
    return set(scan(output, "rejects").select("source_path", pl.col("code").cast(pl.String)).collect().iter_rows())


def test_files_of_other_types_are_counted(tmp_path: Path, made_up: None) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/page.txt").write_text(made_pages.text(), encoding="utf-8")
    (tmp_path / "source/readme.pdf").write_bytes(b"%PDF")
    summary = pipeline.run(tmp_path / "source", tmp_path / "output", settings=QUIET)
    assert (summary.n_files, summary.n_skipped) == (1, 1)


def test_an_empty_source_publishes_empty_tables(tmp_path: Path, made_up: None) -> None:
    (tmp_path / "source").mkdir()
    summary = pipeline.run(tmp_path / "source", tmp_path / "output", settings=QUIET)
    assert (summary.published, summary.n_articles) == (True, 0)
    empty = tmp_path / "output/articles/pub_year=__HIVE_DEFAULT_PARTITION__/part-0.parquet"
    assert pl.read_parquet(empty, hive_partitioning=False).height == 0
    assert not pipeline.run(tmp_path / "source", tmp_path / "output", settings=QUIET).published


def test_a_partition_that_becomes_empty_goes(tmp_path: Path, made_up: None) -> None:
    source, output = tmp_path / "source", tmp_path / "output"
    source.mkdir()
    for year in (2020, 2021):
        (source / f"{year}.txt").write_text(made_pages.text(f"{year}-05-01"), encoding="utf-8")
    pipeline.run(source, output, settings=QUIET)
    (source / "2020.txt").unlink()
    pipeline.run(source, output, settings=QUIET)
    assert [path.name for path in (output / "articles").iterdir()] == ["pub_year=2021"]


def test_copies_in_older_partitions_follow_the_whole_dataset(tmp_path: Path, made_up: None) -> None:
    """A link of an old page leads to a page that came later: the old partition is rewritten, and back again."""
    source, output = tmp_path / "source", tmp_path / "output"
    source.mkdir()
    (source / "old.txt").write_text(
        made_pages.text("2020-05-01", "旧的一页题目", "link 2024-02-02 后来才有的一页"), "utf-8"
    )
    pipeline.run(source, output, settings=QUIET)
    before = datasets.hashes(output)
    (source / "new.txt").write_text(made_pages.text("2024-02-02", "后来才有的一页"), encoding="utf-8")
    summary = pipeline.run(source, output, settings=QUIET)
    assert "related_links/pub_year=2020" in summary.partitions_written
    linked = scan(output, "related_links").select("linked_article_id").collect().item()
    articles = scan(output, "articles").filter(pl.col("source_path") == "new.txt").select("article_id").collect()
    assert linked == articles.item()
    (source / "new.txt").unlink()
    pipeline.run(source, output, settings=QUIET)
    assert datasets.hashes(output) == before


def test_the_same_page_twice_counts_once(tmp_path: Path) -> None:
    """Real stages: a copy under another name points to the one that counts, and its claims are not summed."""
    seed = Path(__file__).parents[2] / "seeds" / "004_28d66085d4f2c5ff.txt"
    source = tmp_path / "source"
    source.mkdir()
    for name in ("a.txt", "b.txt"):
        (source / name).write_bytes(seed.read_bytes())
    pipeline.run(source, tmp_path / "output", settings=QUIET)
    articles = scan(tmp_path / "output", "articles").collect()
    assert articles["duplicate_of"].null_count() == 1
    claims = scan(tmp_path / "output", "aid_projects").collect()
    assert claims["claim_id"].n_unique() == claims.height // 2
    reasons = Counter(claims.filter(pl.col("aid_id") != pl.col("claim_id"))["sum_exclusion_reason"].cast(pl.String))
    assert reasons["duplicate"] > 0
    assert not claims.filter(pl.col("aid_id") != pl.col("claim_id"))["recommended_for_sum"].any()
