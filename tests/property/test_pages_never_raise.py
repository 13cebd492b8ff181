"""Whatever a page says, processing it gives rows that keep every promise or a PageError, in bounded time."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import PageError
from etl.pages import RawDocument
from etl.pipeline import process_page
from etl.pipeline.part import Part
from etl.read import page_files
from etl.tables import TABLES

ROOT = Path(__file__).parents[2]
HEAD = "越南援助老挝建设学校\n2024年5月3日10:00\n2024年5月3日，越南向老挝援助500万美元，用于建设三所学校。\n"
# What dates, sums, places, actors and happenings are read from, and what stands beside them.
PIECES = (
    *"0１一亿年月日和省的“”（）《》、，。；:/-=.%①\u200b\u3000\u202e\U0001f600\u0301",
    *("2024年", "5月3日至", "12/31/", "下半年", "腊月", "上午8时", "年至", "周年", "第1届", "星期五"),
    *(
        "500万美元",
        "10万越盾",
        "超过3亿盾",
        "折合",
        "每户",
        "共",
        "约",
        "10%",
        "千分之",
        "零点五亿",
        "0.000.",
        "-5万元",
    ),
    *("越南", "老挝", "河江省", "人民委员会", "友好组织联合会", "主席阮文A", "日本国际协力机构", "红十字会"),
    *("援助", "捐赠", "会见", "访问", "签署", "举行", "接待", "将", "已", "不", "2025年计划", "取消"),
    *("<b>", "https://x.vn/", "=cmd|' /C calc'!A0", "{{7*7}}", "(a+)+$", "\x1b[31m", "\x7f"),
)
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
chars = st.text(st.characters(codec="utf-8", exclude_characters="\0\n\r"), max_size=20)
lines = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(PIECES), chars), max_size=25).map("".join)


def page(text: str) -> RawDocument:
    return page_files.text_document("a.txt", "a.txt", "0" * 64, text)


@FUZZ
@given(st.lists(lines, min_size=1, max_size=12), st.booleans())
def test_any_page(found: list[str], with_head: bool) -> None:
    """A page costs itself at most, and the checks of the tables find no row of it that a builder should not make."""
    text = (HEAD if with_head else "") + "\n".join(found)
    try:
        document = page(text)
    except PageError as error:
        assert error.code.startswith("read.")
        return
    part = Part({})
    part.add(0, document)
    assert [row for row in part.rejects if str(row["code"]).endswith(".failed")] == []
    with tempfile.TemporaryDirectory() as folder:
        part.write("0" * 16, Path(folder), 0)
        rejects = pl.read_parquet(Path(folder) / "0" / "rejects.parquet")
    assert [row for row in rejects.to_dicts() if row["code"].startswith("validate.")] == []


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_time_is_bounded(piece: str) -> None:
    """20,000 characters of one kind on a line, and on many lines, beside an article."""
    for text in (HEAD + piece * (20_000 // len(piece)), HEAD + f"{piece * (60 // len(piece))}\n" * 333):
        started = time.process_time()
        try:
            rows = process_page(page(text))
        except PageError:
            rows = {}
        assert time.process_time() - started < 15
        assert rows.keys() <= TABLES.keys()


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed")
def test_guided_by_coverage(tmp_path: Path) -> None:
    for number, file in enumerate(sorted((ROOT / "seeds").glob("*.txt"))):
        (tmp_path / str(number)).write_bytes(b"\x0c" + file.read_bytes())  # .txt is the thirteenth kind
    command = [sys.executable, "-m", "tests.faults.fuzz", "-max_total_time=30", "-rss_limit_mb=4096", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
