"""Sites, pages with their menus, templates from a corpus, linked titles, language."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.pages import Metadata, RawDocument, RenderedLine, Role
from etl.read.html import metadata, rendered_lines
from etl.strip import foreign, language, strip_page, templates
from etl.strip.shape import shape

MENU = ["首页", "要闻", "国际", "财经", "体育", "娱乐", "科技", "旅游"]


def document(text: str, name: str = "a.txt", url: str | None = None) -> RawDocument:
    return RawDocument(name, name, "", tuple(map(RenderedLine, text.split("\n"))), url=url)


def html_document(html: str, name: str) -> RawDocument:
    return RawDocument(name, name, "", tuple(rendered_lines(html)), metadata=metadata(html), is_html=True)


@pytest.mark.parametrize(
    ("page", "site", "currency", "zone"),
    [
        (document("题\n\n15:49 | 09/03/2024\n\n文。"), "shidai", None, "Asia/Ho_Chi_Minh"),
        (document("题", url="https://zh.vietnamplus.vn/a.vnp"), "vietnamplus", None, "Asia/Ho_Chi_Minh"),
        (document("EN\nhttps://www.gov.cn/\n题"), "govcn", "CNY", "Asia/Shanghai"),
        (document("题", url="http://www.example.org/x"), "example.org", None, None),
        (document("题\n文。"), "unknown", None, None),
        (document("题\n来源：防城港日报\n文。\n违法和不良信息举报电话"), "unknown", "CNY", None),
        (document("题\n校党委书记到会。\n地址：广西百色市中山二路"), "unknown", "CNY", None),
        (document("题\n来源：防城港日报\n捐15亿元（越盾，下同）。\n违法和不良信息举报电话"), "unknown", None, None),
        (document("题\n越南代表团到访，据云南日报。"), "unknown", None, None),
        (document("题\n（本報訊）市友聯昨日贈書。\n文。"), "sggp", "VND", "Asia/Ho_Chi_Minh"),
        (document("澳門日報\n題\n（本報訊）歸僑會昨日宴客。"), "unknown", "MOP", None),  # others open so too
        (document("题\n原创　国际处　2025年05月20日 19:32　云南\n文。\n● 往期回顾"), "unknown", "CNY", None),
        (document("题\n文。\n● 往期回顾"), "unknown", None, None),
    ],
)
def test_site_is_recognised(page: RawDocument, site: str, currency: str | None, zone: str | None) -> None:
    found = strip_page(page)
    assert (found.site, found.home_currency, found.timezone) == (site, currency, zone)


def test_canonical_address_names_the_site() -> None:
    page = RawDocument("a", "a", "", (RenderedLine("题"),), metadata=Metadata(url="https://cn.nhandan.vn/x.html"))
    assert strip_page(page).site == "nhandan"


def page(number: int) -> str:
    menu = "".join(f"<li><a href=/{k}>{name}</a></li>" for k, name in enumerate(MENU))
    text = "".join(
        f"<p>　　第{number}号消息的第{k}段说，代表团在当地考察了{number * 7 + k}所学校，并同师生交谈。</p>"
        for k in range(4)
    )
    return (
        f"<html><head><title>第{number}号代表团考察学校_某某网</title></head><body><ul>{menu}</ul>"
        f"<h1>第{number}号代表团考察学校</h1><div class=info>2012年01月{number + 10}日 10:2{number} 来源：某某网</div>"
        f"<div id=zw>{text}<p>某某网新年征文火热进行中，欢迎各位网友踊跃来稿。</p></div>"
        "<div class=foot>版权所有 某某网 未经授权不得转载</div></body></html>"
    )


def test_page_with_its_site_around() -> None:
    found = strip_page(html_document(page(1), "x/1.html"))
    assert found.title == "第1号代表团考察学校"
    assert sum(line.role in (Role.BODY, Role.LEAD) for line in found.lines if "第1号消息" in line.text) == 4
    roles = {line.text: line.role for line in found.lines}
    assert roles["首页"] is Role.NAV
    assert roles["版权所有 某某网 未经授权不得转载"] is Role.NAV
    assert roles["2012年01月11日 10:21 来源：某某网"] is Role.DATELINE
    assert all(line.rule for line in found.lines)


def learned(numbers: range) -> list[templates.Template]:
    pages = [html_document(page(k), f"mou/{k}.html") for k in numbers]
    return templates.of_pages([("mou", item, strip_page(item).lines) for item in pages], "folder")


def test_templates_drop_what_pages_share(tmp_path: Path) -> None:
    (template,) = learned(range(1, 5))
    path = templates.write(template, tmp_path)
    again = templates.write(learned(range(1, 5))[0], tmp_path / "again")
    assert path.read_bytes() == again.read_bytes()
    assert templates.read(tmp_path)["mou"] == template
    shared = "某某网新年征文火热进行中，欢迎各位网友踊跃来稿。"
    item = html_document(page(7), "mou/7.html")
    line = next(line for line in strip_page(item, templates.read(tmp_path)).lines if line.text == shared)
    assert (line.is_own, line.rule) == (False, "template.line")
    other = html_document(page(7), "other/7.html")
    assert templates.template_for(other, templates.read(tmp_path)) is None


def test_copies_of_one_article_teach_nothing() -> None:
    same = [html_document(page(1), f"mou/{k}.html") for k in range(3)]
    assert templates.of_pages([("mou", item, strip_page(item).lines) for item in same], "folder") == []


def test_a_changed_layout_is_noticed() -> None:
    (template,) = learned(range(1, 5))
    old = [strip_page(html_document(page(9), "mou/9.html")).lines]
    new = [strip_page(document("全新的版面没有旧行\n这里是一段话，讲完就结束了。")).lines]
    assert (templates.match_share(template, old), templates.match_share(template, new)) == (1.0, 0.0)


@pytest.mark.parametrize(
    "content",
    [
        "version = 1",
        "version = 9\nsite = 'a'",
        "not toml",
        "version=1\nsite='a'\nsite_from='x'\npages=1\nlines=[]\nplaces={}",
    ],
)
def test_a_broken_template_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bad\.toml"):
        templates.read(tmp_path)


def test_quoting_survives(tmp_path: Path) -> None:
    odd = 'a"b\\c\t\x7f\u2028值'
    template = templates.Template("s/1", "url", 2, {odd: Role.NAV}, {odd: 0.5})
    templates.write(template, tmp_path)
    assert templates.read(tmp_path)["s/1"] == template


def test_linked_titles_and_teasers() -> None:
    text = (
        "某省举行友好见面会\n\n10:00 | 02/02/2024\n\n2月1日，某省友好组织联合会举行见面会，近百名代表出席。\n"
        "去年友好活动回顾展开幕 新任总领事拜会省领导 两省青年种下友谊树\n\n"
        "会上，主席介绍了一年来的工作，并感谢各方支持。\n\n"
        "老挝学生欢度新年活动 老挝学生欢度新年活动\n\n"
        "4月14日，老挝学生在校园里欢度新年，并举行泼水活动。\n\n"
        "相关新闻\n\n新闻\n\n友谊小学落成典礼举行\n\n友谊小学落成典礼举行\n\n"
        "1月5日，友谊小学落成，共有八间教室。\n查看更多"
    )
    links = foreign.related(strip_page(document(text)))
    assert [(kind, title, bool(teaser)) for _, _, kind, title, teaser in links] == [
        ("inline", "去年友好活动回顾展开幕", False),
        ("inline", "新任总领事拜会省领导", False),
        ("inline", "两省青年种下友谊树", False),
        ("promo", "老挝学生欢度新年活动", True),
        ("related", "友谊小学落成典礼举行", True),
    ]
    assert [seq for _, seq, kind, _, _ in links if kind == "inline"] == [1, 2, 3]


def test_language_and_share() -> None:
    simplified = strip_page(document("两国签署协议\n代表团在会谈后签署了协议，并对结果表示满意。"))
    traditional = strip_page(document("兩國簽署協議\n代表團在會談後簽署了協議，並對結果表示滿意，這是第一次。"))
    foreign_page = strip_page(document("Vietnam\nThe delegation visited the province and met with its leaders today."))
    assert (language.of(simplified), language.of(traditional)) == ("zh-Hans", "zh-Hant")
    assert language.chinese_share(simplified) > 0.9
    assert language.chinese_share(foreign_page) < 0.2


def test_shapes() -> None:
    assert shape("友好活动回顾 友好活动回顾").doubled == "友好活动回顾"
    assert shape("| 双方合影 |").core == "双方合影"
    assert shape("他说：“很好。”").ends_sentence
    assert not shape("他说很好").ends_sentence
