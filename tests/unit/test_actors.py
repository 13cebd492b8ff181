"""Actors: where names begin and end, what short references stand for, which organisation is meant."""

from __future__ import annotations

from itertools import pairwise

import pytest

from etl.mentions import ActorMention
from etl.normalize.actors import find_actors_on, reference_rows
from etl.normalize.actors.gazetteer import canonical, known
from etl.normalize.places import find_places_on
from etl.pages import Line, Role


def actors(*texts: str, kind: str | None = None, title: bool = False) -> list[ActorMention]:
    lines = [
        Line(number, text, Role.TITLE if title and number == 1 else Role.BODY, "test")
        for number, text in enumerate(texts, 1)
    ]
    found = find_actors_on(lines, find_places_on(lines))
    for actor in found:
        assert texts[actor.line_no - 1][actor.char_start : actor.char_end] == actor.quote
    return [actor for actor in found if kind is None or actor.entity_type == kind]


def names(*texts: str, kind: str | None = None) -> list[str]:
    return [actor.name for actor in actors(*texts, kind=kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在岘港市友好组织联合会的倡议下", ["岘港市友好组织联合会"]),
        ("同塔省红十字会和后江省农民协会联合举办", ["同塔省红十字会", "后江省农民协会"]),
        ("由荷兰驻越南大使馆资助", ["荷兰驻越南大使馆"]),
        ("7月5日中国驻胡志明市总领事馆举行招待会", ["中国驻胡志明市总领事馆"]),
        ("“蓝龙”儿童基金会向学校赠书", ["“蓝龙”儿童基金会"]),
        ("韩国“晨光会”出资", ["晨光会"]),
        ("德国“面包施世界”组织资助", ["“面包施世界”组织"]),
        ("越南国防部援助老挝国防部", ["越南国防部", "老挝国防部"]),
        ("提高联合会的地位", ["联合会"]),
        ("争取外国非政府援助", []),
        ("安江省大学生和小学生", []),
        ("他们成立了越南-比利时友好协会", ["越南-比利时友好协会"]),
        ("中央救援动员委员会按委员会办法拨款", ["中央救援动员委员会", "中央救援动员委员会"]),
        ("日本国际协力机构(JICA)签约", ["日本国际协力机构(JICA)"]),
        ("UNICEF与KOICA合作", ["UNICEF", "KOICA"]),
        ("在“和平之声”音乐会上", []),
        ("台灣商會胡志明市分會捐款", ["台灣商會胡志明市分會"]),
    ],
)
def test_organizations(text: str, expected: list[str]) -> None:
    found = names(text, kind="organization")
    assert [name for name in found if name not in ("大学", "学校")] == expected


def test_count_belongs_to_the_quote_only() -> None:
    (actor,) = actors("与17个外国非政府组织合作", kind="organization")
    assert (actor.quote, actor.name, actor.flags) == ("17个外国非政府组织", "外国非政府组织", ("counted",))


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        ("谅山省人民委员会主席胡进绍表示", "谅山省人民委员会主席胡进绍", "胡进绍"),
        ("海阳市市委书记、人民议会主席陈氏金莲说", "海阳市市委书记、人民议会主席陈氏金莲", "陈氏金莲"),
        ("主席何氏梅女士对此表示欢迎", "主席何氏梅", "何氏梅"),
        ("主任农氏霞说,学校很好", "主任农氏霞", "农氏霞"),
        ("书记阮文都强调", "书记阮文都", "阮文都"),
        ("参赞李宏签署证书", "参赞李宏", "李宏"),
        ("代表赵汉德同岘港市外务厅会谈", "代表赵汉德", "赵汉德"),
        ("会长费尔南多·冈萨雷斯在会上", "会长费尔南多·冈萨雷斯", "费尔南多·冈萨雷斯"),
        ("会上，首席代表菲奥娜·黛尔发言", "首席代表菲奥娜·黛尔", "菲奥娜·黛尔"),
        ("秘书长索菲娅·柯林斯介绍", "秘书长索菲娅·柯林斯", "索菲娅·柯林斯"),
        ("协会(ICAP)主席埃莱娜·吕克女士", "主席埃莱娜·吕克", "埃莱娜·吕克"),
        ("范黄英(Phạm Hoàng Anh)说", "范黄英(Phạm Hoàng Anh)", "范黄英"),
        ("日本驻岘港总领事山田太郎出席", "日本驻岘港总领事山田太郎", "山田太郎"),
        ("阮文胜先生出席", "阮文胜", "阮文胜"),
    ],
)
def test_persons(text: str, quote: str, name: str) -> None:
    found = actors(text, kind="person")
    assert [(actor.quote, actor.name) for actor in found] == [(quote, name)]


@pytest.mark.parametrize(
    "text", ["高级代表团访问越南", "人民代表大会", "高校代表发言", "代表性项目", "各级主席出席会议"]
)
def test_no_persons(text: str) -> None:
    assert actors(text, kind="person") == []


def test_later_mentions_of_a_person() -> None:
    found = actors("会长黄公水致辞", "黄公水介绍说", "大使坎潘·奔舍那到场。坎潘说", kind="person")
    assert [(a.line_no, a.quote, a.name) for a in found] == [
        (1, "会长黄公水", "黄公水"),
        (2, "黄公水", "黄公水"),
        (3, "大使坎潘·奔舍那", "坎潘·奔舍那"),
        (3, "坎潘", "坎潘·奔舍那"),
    ]


def test_short_references_are_resolved() -> None:
    found = actors("西宁省友好组织联合会开会", "省友好组织联合会总结工作,联合会计划明年,该会说", kind="organization")
    assert {actor.name for actor in found} == {"西宁省友好组织联合会"}
    assert [actor.flags for actor in found] == [(), ("resolved",), ("resolved",), ("resolved",)]
    assert {actor.country for actor in found} == {"VN"}


@pytest.mark.parametrize(
    "before",
    [
        "5月6日,该会与中国云南省红河州对外友好协会签署协议。",  # a partner
        "该会接待老挝华潘省老越友好协会。",  # a guest
        "法国“孤儿之家”协会资助孤儿。\n各县评估了效果。",  # a paragraph ago
    ],
)
def test_this_body_is_the_one_told_of(before: str) -> None:
    lines = ("莱州省友好组织联合会总结工作", *before.split("\n"), "2025年该会举办文化周")
    found = actors(*lines, kind="organization", title=True)
    assert found[-1].name == "莱州省友好组织联合会"


def test_this_body_may_be_another_one() -> None:
    lines = ("莱州省友好组织联合会总结工作", "法国“孤儿之家”协会是长期伙伴。该会资助孤儿220名", "该会还捐出设备")
    assert actors(*lines, kind="organization", title=True)[-1].name.endswith("“孤儿之家”协会")


def test_one_of_several_is_not_resolved() -> None:
    found = actors("河江省友好组织联合会", "各级联合会的工作", kind="organization")
    assert found[1].name == "联合会"


def test_declared_short_name() -> None:
    found = actors("和平省友好组织联合会(下称和平友联)开会", "和平友联总结工作", kind="organization")
    assert found[-1].quote == "和平友联"
    assert found[-1].name == "和平省友好组织联合会"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("越南-荷兰友好合作协会", "越荷友好协会"),
        ("越南海防市友好组织联合会", "海防友好组织联合会"),
        ("乂安省友好组织联合会", "义安友好联合会"),
        ("中国东兴市妇女联合会", "东兴市妇联"),
        ("越南与老挝友好协会", "越老友好协会"),
    ],
)
def test_forms_of_one_name(name: str, other: str) -> None:
    assert canonical(name) == canonical(other)
    assert known(name) is not None
    assert known(name) == known(other)


def test_a_branch_is_not_the_national_association() -> None:
    assert known("越老友好协会") is not None
    assert known("高平省越老友好协会") is None


@pytest.mark.parametrize("name", ["外交部", "妇联", "人民委员会", "慈济"])
def test_general_words_are_not_linked(name: str) -> None:
    assert known(name) is None


def test_country_of_an_embassy_is_the_senders() -> None:
    assert [a.country for a in actors("日本驻越南大使馆", kind="organization")] == ["JP"]


@pytest.mark.parametrize(
    ("text", "quote", "kind"),
    [
        ("由荷兰埃门市代表团来访", "荷兰埃门市代表团", "delegation"),
        ("旅居加拿大的侨胞捐款", "旅居加拿大的侨胞", "group"),
        ("每月资助72名柬埔寨留学生", "72名柬埔寨留学生", "group"),
        ("给油汀县的200户越南家庭送礼", "200户越南家庭", "group"),
        ("支持会员和组织老战士", "老战士", "group"),
        ("向两百户灾民发放大米", "两百户灾民", "group"),
        ("旅德越南侨胞筹款", "旅德越南侨胞", "group"),
        ("由26家境外机构合办", "26家境外机构", "group"),
    ],
)
def test_delegations_and_groups(text: str, quote: str, kind: str) -> None:
    assert (quote, kind) in {(a.quote, a.entity_type) for a in actors(text)} | {
        (a.quote, "group") for a in actors(text, kind="organization")
    }


def test_repeated_lines_are_flagged() -> None:
    lines = [Line(1, "越南红十字会", Role.CAPTION, "t"), Line(2, "越南红十字会", Role.CAPTION, "t", repeat_of=1)]
    assert [actor.flags for actor in find_actors_on(lines, ())] == [(), ("repeat",)]


def test_linked_organizations_are_in_the_reference_table() -> None:
    rows = reference_rows()
    ids = {row["org_id"] for row in rows}
    assert len(ids) == len(rows) > 100
    for actor in actors("越友联、JICA、越南红十字会、慈济基金会(Tzu Chi)", kind="organization"):
        assert actor.org_id in ids


def test_a_bare_delegation_is_the_last_one_named() -> None:
    found = actors("VUFO工作组访问谅山省", "工作组看望了村民", "双方代表团合影", kind="delegation")
    assert [(a.name, a.country) for a in found[:2]] == [("越南友好组织联合会工作组", "VN")] * 2
    assert found[2].name == "代表团"


def test_a_delegation_follows_the_bracket_of_its_organisation() -> None:
    found = actors("越南友好组织联合会(VUFO)工作组到访", kind="delegation")
    assert [actor.quote for actor in found] == ["越南友好组织联合会(VUFO)工作组"]


def test_a_title_may_follow_another_title_and_name() -> None:
    assert names("司令武中坚中将出席", kind="person") == ["武中坚"]
    assert names("苏林总书记指出", kind="person") == ["苏林"]
    assert names("国家主席苏林会见大使", kind="person") == ["苏林"]
    assert names("专家弗拉基米尔·彼得罗夫于明天到访", kind="person") == ["弗拉基米尔·彼得罗夫"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("仪式上,李氏兰获授三等劳动勋章。", {"李氏兰"}),
        ("阮文明荣获“友谊”纪念章。", {"阮文明"}),
        ("会长张氏梅同古巴驻越大使奥兰多·埃尔南德斯通电话。", {"张氏梅", "奥兰多·埃尔南德斯"}),
        ("协会主席黎氏秋与老挝大使坎佩·本达翁通话。", {"黎氏秋", "坎佩·本达翁"}),
    ],
)
def test_persons_beside_verbs(text: str, names: set[str]) -> None:
    found = actors(text, kind="person")
    assert {actor.name for actor in found} == names
    ends = [(actor.char_start, actor.char_end) for actor in sorted(found, key=lambda a: a.char_start)]
    assert all(a[1] <= b[0] for a, b in pairwise(ends))


def test_a_saying_before_a_name_is_no_part_of_it() -> None:
    text = "越法友好协会在河内隆重举行越南—保加利亚友好协会成立60周年纪念会。"
    assert "越南—保加利亚友好协会" in [actor.name for actor in actors(text, kind="organization")]
