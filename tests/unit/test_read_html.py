"""HTML to lines: markup as real pages have it, every encoding, hostile pages."""

from __future__ import annotations

import time

import pytest

from etl.errors import PageError
from etl.read.html import decode_html, metadata, rendered_lines, rendering
from etl.strip import assign_roles

TEXT = "越南友好组织联合会与中国人民对外友好协会在河内举行会谈，双方同意加强合作。"


def texts(html: str | bytes) -> list[str]:
    return [line.text for line in rendered_lines(html) if line.text]


def test_blocks_breaks_and_white_space() -> None:
    html = "<body><h1>标题\n 一</h1><div>甲<br>乙<p>丙  <b>丁</b></p>戊</div><table><tr><td>己<td>庚</table>"
    assert texts(html) == ["标题 一", "甲", "乙", "丙 丁", "戊", "己", "庚"]


def test_hidden_things_are_left_out() -> None:
    html = (
        "<p>看得见的<!-- 注释 --><script>脚本</script><span style='display: none'>藏</span></p>"
        "<div hidden>藏</div><noscript>藏</noscript><select><option>选项</select><p style='VISIBILITY:hidden'>藏</p>"
    )
    assert texts(html) == ["看得见的"]


def test_hints() -> None:
    html = "<div class='main' id=zw><p>一段<a href=x>链接</a></p><p>二段话</p></div><ul><li><a>菜单</a></li></ul>"
    first, second, item = [line for line in rendered_lines(html) if line.text]
    assert (first.tag, first.link_density, first.path) == ("p", 0.5, ("main", "zw"))
    assert first.block == second.block != item.block
    assert (item.tag, item.link_density) == ("li", 1.0)


def test_image_text_is_a_line_of_its_own() -> None:
    lines = [line for line in rendered_lines("<p>正文<img alt='双方代表合影'>继续</p>") if line.text]
    assert [(line.text, line.tag) for line in lines] == [("正文继续", "p"), ("双方代表合影", "alt")]


def test_links_side_by_side_stay_apart() -> None:
    assert texts("<p><a href=a>首页</a><a href=b>新闻</a></p>") == ["首页 新闻"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16"])
@pytest.mark.parametrize("declared", ["", "gb2312", "utf-8", "big5", "iso-8859-1"])
def test_any_encoding_declared_or_not(codec: str, declared: str) -> None:
    text = "越南友好組織聯合會與中國人民對外友好協會在河內舉行會談，這是雙方的第一次。" if "big5" in codec else TEXT
    meta = f"<meta http-equiv=content-type content='text/html; charset={declared}'>" if declared else ""
    page = f"<html><head>{meta}</head><body><p>{text * 3}</p></body></html>"
    assert text in decode_html(page.encode(codec))


def test_encodings_laid_over_each_other() -> None:
    wrong = (TEXT * 5).encode("gb18030").decode("latin-1").encode("utf-8").decode("latin-1").encode("utf-8")
    assert TEXT in decode_html(wrong)


def test_metadata() -> None:
    html = (
        "<head><title>标题_新闻网</title><meta property='og:title' content='真正的 标题'>"
        "<link rel=canonical href='https://www.example.vn/a1.html'>"
        "<meta property='article:published_time' content='2024-03-09T15:49:00+07:00'>"
        "<meta name=keywords content='友好，合作'></head>"
    )
    found = metadata(html)
    assert (found.title, found.url, found.site_host) == (
        "真正的 标题",
        "https://www.example.vn/a1.html",
        "www.example.vn",
    )
    assert found.published is not None
    assert found.published.isoformat() == "2024-03-09T15:49:00+07:00"
    assert (found.published_precision, found.keywords) == ("minute", ("友好", "合作"))


@pytest.mark.parametrize(
    ("html", "day", "precision"),
    [
        (
            '<script type="application/ld+json">{"@graph":[{"datePublished":"2023-01-25"}]}</script>',
            "2023-01-25",
            "day",
        ),
        ("<time datetime='2021-08-25 15:43'>x</time>", "2021-08-25", "minute"),
        ("<meta name=pubdate content='2021-13-45'>", None, None),
        ('<script type="application/ld+json">{broken</script>', None, None),
        ("<time datetime=2020-01-01></time><time datetime=2021-01-01></time>", None, None),
    ],
)
def test_publication_in_markup(html: str, day: str | None, precision: str | None) -> None:
    found = metadata(html)
    assert (found.published and found.published.date().isoformat()) == day
    assert found.published_precision == precision


HOSTILE = {
    "deep": "<div>" * 200_000 + TEXT,
    "unclosed fonts": "".join(f"<font size={k}>" for k in range(5000)) + "<p>字" * 5000,
    "attributes": "<div " + " ".join(f"a{k}=1" for k in range(100_000)) + ">" + TEXT,
    "entities": "<p>" + "&amp;" * 500_000,
    "doctype": "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><p>" + "&b;" * 50_000,
    "open scripts": "<script>" * 50_000,
    "open comments": "<!--" * 100_000,
    "tags": "<b></b><p>字</p>" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_ends_soon(name: str) -> None:
    start = time.process_time()
    lines = rendered_lines(HOSTILE[name])
    metadata(HOSTILE[name])
    assign_roles(lines)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "lines",
    [
        ["越南" * 5_000_000],
        ["| " * 2_000_000],
        ["标题一二三四五", "双方在河内举行会谈，就合作交换了意见。"] * 10_000,
        ["相关新闻", "新闻"] * 20_000,
        ["段落说了很多话，然后结束了。（完）"] * 20_000,
        ["首页", "新闻 体育 财经 科技 娱乐"] * 10_000,
    ],
    ids=["long line", "pipes", "pairs", "markers", "end marks", "menus"],
)
def test_hostile_lines_end_soon(lines: list[str]) -> None:
    start = time.process_time()
    assign_roles(lines)
    assert time.process_time() - start < 20


def test_too_large_a_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "MAX_CHARS", 100)
    with pytest.raises(PageError) as caught:
        rendered_lines("<p>" + "字" * 200)
    assert caught.value.code == "read.too_large"
