"""What a figure is: the words that govern it, in sentences of our own."""

from __future__ import annotations

import pytest

from etl import lookups
from etl.build import money_roles
from etl.build.aid_projects.frames import frame, frames
from etl.build.money_roles import gifts
from etl.build.money_roles.cues import cues
from etl.build.money_roles.passages import Passage
from etl.pages import Line, Role
from tests import aid_cases
from tests import frames as needed_letters

SENTENCES = [
    ("两国双边贸易额达52亿美元。", {"52亿美元": "trade"}),
    ("该省水产品出口额突破9亿美元。", {"9亿美元": "trade"}),
    ("该项目总投资3万亿越盾,由一家房地产公司投资。", {"3万亿越盾": "investment"}),
    ("外资企业注册资金共14亿美元。", {"14亿美元": "investment"}),
    ("工人月薪约800万越盾。", {"800万越盾": "wage"}),
    ("人均年收入只有1850万越盾。", {"1850万越盾": "wage"}),
    ("一张门票售价20万越盾。", {"20万越盾": "price"}),
    ("每车运费可省60万越盾。", {"60万越盾": "unit_value"}),
    ("冠军奖金1亿越盾,亚军6000万越盾。", {"1亿越盾": "prize", "6000万越盾": "prize"}),
    ("一等奖500万越盾。", {"500万越盾": "prize"}),
    ("今年培训预算1.2亿越盾。", {"1.2亿越盾": "budget"}),
    ("洪水造成经济损失约1.7万亿越盾。", {"1.7万亿越盾": "loss"}),
    ("受害人被骗3亿越盾。", {"3亿越盾": "loss"}),
    ("该基金会捐赠2亿越盾,折合约8000美元。", {"2亿越盾": "aid", "8000美元": "equivalent"}),
    ("援助金额从34亿越盾增至42亿越盾。", {"34亿越盾": "previous", "42亿越盾": "aid"}),
    ("荷方的资助由30万欧元改为22万欧元。", {"30万欧元": "previous", "22万欧元": "aid"}),
    ("2025年力争争取外援40亿越盾。", {"40亿越盾": "target"}),
    ("目标是募集善款5亿越盾。", {"5亿越盾": "target"}),
    ("联合会向30户贫困家庭发放慰问金,每户100万越盾。", {"100万越盾": "unit_value"}),
    ("全年善款68亿越盾,比2023年多9亿越盾。", {"68亿越盾": "aid", "9亿越盾": "other"}),
    ("他把最后一笔稿费1800万越盾捐给了村里的图书室。", {"1800万越盾": "aid"}),
    ("老人的稿费是2000万越盾,用来给母亲买了一条围巾。", {"2000万越盾": "wage"}),
    ("重建校舍还需要约40亿越盾。", {"40亿越盾": "other"}),
    ("每卖出一碗河粉,店家捐1欧元。", {"1欧元": "unit_value"}),
]

# Sentences without a word that alone says aid, and their neighbours that are none.
PASSED_ON = [
    ("医疗队把一台价值4.1亿越盾的彩超机留给了县医院。", {"4.1亿越盾": "aid"}),
    ("一行人还留下价值55万日元的图书和雨衣。", {"55万日元": "aid"}),
    ("后续的眼药经费2.85亿越盾也一并留了下来。", {"2.85亿越盾": "aid"}),
    ("树苗款210万日元全由绿茶会承担。", {"210万日元": "aid"}),
    ("学生们的路费6000万越盾由两家旅行社埋单。", {"6000万越盾": "aid"}),
    ("每例材料费380万越盾悉数由该会承担。", {"380万越盾": "unit_value"}),
    ("其中31万英镑来自英国外交部。", {"31万英镑": "aid"}),
    ("他给女学生买下120辆自行车,每辆75万基普。", {"75万基普": "unit_value"}),
    ("普文斌为该校送上1200册图书,价值人民币16.8万元。", {"人民币16.8万元": "aid"}),
    ("向医疗站送出一辆市价8.5亿越盾的救护车。", {"8.5亿越盾": "aid"}),
    ("每人领到一份30万基普的礼包。", {"30万基普": "unit_value"}),
    ("实际用到病人身上的超过7万美元。", {"7万美元": "aid"}),
    ("他留下的公寓变卖得款31.5万欧元,全数归了协会。", {"31.5万欧元": "aid"}),
    ("该会拨款由2009年的1.8万欧元一路加到2018年的7.2万欧元。", {"1.8万欧元": "previous", "7.2万欧元": "aid"}),
    ("手术费1200万越盾由患者承担。", {"1200万越盾": "price"}),
    ("他捡到3000万越盾,交给了警方。", {"3000万越盾": "loss"}),
    ("被告人把骗来的8亿越盾交给了同伙。", {"8亿越盾": "loss"}),
    ("海关将一批价值3亿越盾的走私货移交给警方。", {"3亿越盾": "other"}),
    ("公司把价值2亿美元的股份转让给泰国伙伴。", {"2亿美元": "investment"}),
    ("每花一笔超过500万越盾,都要两人签字。", {"500万越盾": "other"}),
    ("每月20万越盾,就能让一个孩子喝上干净水。", {"20万越盾": "other"}),
    ("超市向顾客送出价值500万越盾的购物券。", {"500万越盾": "trade"}),
]


@pytest.mark.parametrize(("text", "wanted"), SENTENCES, ids=[text[:16] for text, _ in SENTENCES])
def test_role_of_a_figure(text: str, wanted: dict[str, str]) -> None:
    assert aid_cases.roles(text) == wanted


def test_weak_words_say_nothing_on_a_page_without_aid() -> None:
    """投入 and 拿出 are aid among friends' associations, not in the news of a city's works."""
    plain = "市里今年投入2871万元建设体育场地。"
    assert aid_cases.roles(plain)["2871万元"] == "other"
    assert aid_cases.roles(plain + "这些钱是红十字会收到的捐款。")["2871万元"] == "aid"


def test_a_repeated_line_has_the_roles_of_its_first_print() -> None:
    made = aid_cases.body("日本捐赠5亿越盾。")
    first = made.page.lines[0]
    again = Line(2, first.text, Role.BODY, "case", repeat_of=1)
    import dataclasses

    page = dataclasses.replace(made.page, lines=(first, again))
    money = (*made.money, dataclasses.replace(made.money[0], line_no=2, flags=("repeat",)))
    roles = money_roles.assign(dataclasses.replace(made, page=page, money=money))
    assert roles[1, made.money[0].char_start] == roles[2, made.money[0].char_start] == "aid"
    assert len(money_roles.read(dataclasses.replace(made, page=page, money=money))) == 1


def test_commas_between_digits_cut_no_clause() -> None:
    passage = Passage(Line(1, "日方出资118,450美元,建一栋楼;工期12个月。完工。", Role.BODY, "case"))
    said = [passage.text[start:end] for start, end in passage.clauses]
    assert said == ["日方出资118,450美元", "建一栋楼", "工期12个月", "完工"]
    start, end = passage.segments[0]
    assert passage.text[start:end] == "日方出资118,450美元,建一栋楼"
    assert len(passage.sentences) == 2


def test_longer_cue_words_win() -> None:
    assert [cue.word for cue in cues("颁发奖学金和奖金")] == ["发放", "奖学金", "奖金"][1:]
    assert {cue.kind for cue in cues("疫后预算支持项目")} == {"aid", "spending"}


def examples() -> list[tuple[str, str]]:
    rows = [row for row in lookups.rows("aid_frames") if row["pattern"]]
    return [(row["name"], example) for row in rows for example in row["examples"].split(" / ")]


@pytest.mark.parametrize(("name", "example"), examples(), ids=[f"{n}-{e[:10]}" for n, e in examples()])
def test_every_frame_finds_what_its_examples_mark(name: str, example: str) -> None:
    ahead, rest = example.split("【")
    who, behind = rest.split("】")
    assert who in [hit["who"] for hit in frame(name).finditer(ahead + who + behind)]


def test_the_letters_a_frame_needs_are_those_of_its_pattern() -> None:
    """A frame is passed over where none of them stands: `python -m tests.frames --write` makes them anew."""
    assert needed_letters.renewed() == needed_letters.TABLE.read_text(encoding="utf-8")
    assert all(row["needs"] for row in needed_letters.rows())


def test_every_frame_has_two_examples_and_a_role_that_is_used() -> None:
    for row in lookups.rows("aid_frames"):
        assert frames(row["role"])
        if row["pattern"]:
            assert len(row["examples"].split(" / ")) >= 2


def gift_examples() -> list[tuple[str, str]]:
    return [(row["name"], e) for row in lookups.rows("gift_frames") for e in row["examples"].split(" / ")]


@pytest.mark.parametrize(("name", "example"), gift_examples(), ids=[f"{n}-{e[:10]}" for n, e in gift_examples()])
def test_every_gift_frame_fits_its_examples(name: str, example: str) -> None:
    ahead, rest = example.split("【")
    _, behind = rest.split("】")
    assert next(frame for frame in gifts.frames() if frame.name == name).fits(ahead, behind)


@pytest.mark.parametrize(("text", "wanted"), PASSED_ON, ids=[text[:16] for text, _ in PASSED_ON])
def test_what_passes_to_others_is_aid_whatever_the_verb(text: str, wanted: dict[str, str]) -> None:
    """On a page of an association, where the constructions may speak."""
    assert aid_cases.roles(text, "省友好组织联合会昨日召开会议。") == wanted


def test_a_page_of_prices_is_read_in_time() -> None:
    """A table of thousands of figures in one line costs no more than it should; none vanishes."""
    made = aid_cases.body("捐款100万越盾," * 3000)
    readings = money_roles.read(made)
    assert len(readings) == len(made.money)
    assert {r.rule for r in readings[500:]} <= {"beyond_limit"}
