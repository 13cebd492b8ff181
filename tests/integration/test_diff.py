"""What changed between two versions, in words and as JSON."""

from __future__ import annotations

import shutil
from pathlib import Path

from etl.diff import compare
from etl.pipeline import run

PAGE = """河静省接受外国非政府组织援助
10/03/2025 08:30

3月9日上午,韩国国际协力团在河静省移交一所卫生站,项目总价值45万美元。

2024年,该省友好组织联合会共争取到12个外国非政府项目,到位资金达38亿越盾。
"""


def test_a_changed_sum_is_told_in_words(tmp_path: Path) -> None:
    source = tmp_path / "pages"
    source.mkdir()
    page = source / "one.txt"
    page.write_text(PAGE, encoding="utf-8")
    output = tmp_path / "output"
    run(source, output)
    shutil.copytree(output, tmp_path / "before")
    page.write_text(PAGE.replace("45万美元", "54万美元"), encoding="utf-8")
    run(source, output)
    found = compare(tmp_path / "before", output)
    text = found.as_text()
    assert "claims of aid: 2 before, 2 now: 1 changed" in text
    assert "amount was 450000.00, is 540000.00" in text
    changed = [row for row in found.as_json()["aid_projects"]["rows"] if row["kind"] == "changed"]
    assert {"column": "amount", "old": "450000.00", "new": "540000.00"} in changed[0]["changes"]


def test_a_long_text_is_shown_where_it_differs(tmp_path: Path) -> None:
    source = tmp_path / "pages"
    source.mkdir()
    long = PAGE.replace("3月9日", "该省历来重视民间外交工作," * 20 + "3月9日")
    (source / "one.txt").write_text(long, encoding="utf-8")
    output = tmp_path / "output"
    run(source, output)
    shutil.copytree(output, tmp_path / "before")
    (source / "one.txt").write_text(long.replace("38亿越盾", "83亿越盾"), encoding="utf-8")
    run(source, output)
    (article,) = compare(tmp_path / "before", output).as_json()["articles"]["rows"]
    (body,) = [change for change in article["changes"] if change["column"] == "body_text"]
    assert body["old"].startswith("…")
    assert "38亿越盾" in body["old"]
    assert "83亿越盾" in body["new"]


def test_the_same_dataset_differs_in_nothing(seeds_dataset: Path) -> None:
    assert compare(seeds_dataset, seeds_dataset).as_text().startswith("Nothing differs: 5 articles, ")
