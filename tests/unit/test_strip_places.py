"""Lines by where they stand on a plain page: the frame in many wordings, and lines of the article that look alike.

Each row of tests/cases/page_lines.csv puts its lines (set apart by ¦) at one place of the same page, with and without
empty lines, and names the roles that are right for them. The page's own paragraphs must stay its own.
"""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

import pytest

from etl.normalize.publication import find_publication
from etl.pages import Page, RawDocument
from etl.strip import assign_roles

CASES = Path(__file__).parent.parent / "cases" / "page_lines.csv"
TITLE = "越古友好协会多乐省分会召开第二次代表大会"
DATE = "09:12 | 04/04/2024"
TEXT = [
    "4月2日，越南古巴友好协会多乐省分会在邦美蜀市召开第二次代表大会，120名代表出席会议。",
    "大会报告指出，2019年至2024年，分会动员会员和企业支援古巴人民的款物达14亿越盾，其中3.2亿越盾是在飓风之后募集的。",
    "分会还同古巴驻胡志明市总领事馆保持联系，向会员介绍古巴的国家和人民，协助古巴专家了解咖啡种植技术。",
    "大会选出由27人组成的新一届执行委员会，黎氏青河再次当选主席，任期五年，分会会员增至三百人。",
]
OTHERS = ["隆安省接待老挝妇联代表团", "承天顺化省向学生颁发2000万越盾助学金", "驻法国大使：友谊经受时间考验"]
TEASER = ["隆安省接待老挝妇联代表团", "4月9日，老挝妇联代表团一行抵达隆安省新安市访问。"]


def _page(place: str, lines: list[str]) -> list[str]:
    return {
        "over_title": [*lines, TITLE, DATE, *TEXT],
        "under_title": [TITLE, *lines, *TEXT],
        "under_dateline": [TITLE, DATE, *lines, *TEXT],
        "under_lead": [TITLE, DATE, TEXT[0], *lines, *TEXT[1:]],
        "between_paragraphs": [TITLE, DATE, *TEXT[:2], *lines, *TEXT[2:]],
        "at_end": [TITLE, DATE, *TEXT, *lines],
        "before_list": [TITLE, DATE, *TEXT, *lines, "相关新闻", *OTHERS],
        "over_titles": [TITLE, DATE, *TEXT, *lines, *OTHERS],
        "over_title_and_teaser": [TITLE, DATE, *TEXT, *lines, *TEASER],
        "in_list": [TITLE, DATE, *TEXT, "相关新闻", *lines],
        "under_list": [TITLE, DATE, *TEXT, "相关新闻", *OTHERS, *lines],
    }[place]


def _rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _wrong(row: dict[str, str], *, spaced: bool) -> list[str]:
    lines = row["lines"].split("¦")
    printed: list[str] = []
    for text in _page(row["place"], lines):
        if spaced and printed and text not in lines[1:]:
            printed.append("")
        printed.append(text)
    roles = {line.text: line.role.value for line in assign_roles(printed)}
    right = {text: {"lead", "body"} for text in TEXT} | {TITLE: {"title"}}
    right |= {text: set(row["roles"].split("/")) for text in lines}
    return [f"{text}: {roles[text]}" for text, wanted in right.items() if roles[text] not in wanted]


@pytest.mark.parametrize("spaced", [True, False], ids=["spaced", "dense"])
@pytest.mark.parametrize(
    ("place", "rows"), [(place, list(rows)) for place, rows in groupby(_rows(), key=lambda row: row["place"])]
)
def test_lines_at_a_place(place: str, rows: list[dict[str, str]], spaced: bool) -> None:
    wrong = [found for row in rows for found in _wrong(row, spaced=spaced)]
    assert not wrong, f"{len(wrong)} lines {place}: {wrong[:12]}"


def test_every_dateline_under_the_title_dates_the_page() -> None:
    wrong = []
    for row in _rows():
        if row["place"] != "under_title" or row["roles"] != "dateline":
            continue
        roles = tuple(assign_roles(_page("under_title", [row["lines"]])))
        found = find_publication(Page(RawDocument("a.txt", "a.txt", "0" * 64, ()), "test", "test", roles))
        day = "2024-08-06" if "08-06" in row["lines"] else "2024-04-04"
        if not str(found.local).startswith(day):
            wrong.append(f"{row['lines']}: {found.local}")
    assert not wrong, wrong


def _roles_of(*lines: str) -> dict[str, str]:
    return {line.text.strip(): line.role.value for line in assign_roles(lines)}


def test_a_report_s_cover_over_its_pager_is_no_title() -> None:
    cover, pager, title = (
        "青藤海外服務協會　2022年度工作報告",
        "◄ 上一章 緬甸　｜　下一章 柬埔寨 ►",
        "寮國：山腳下的圖書室",
    )
    roles = _roles_of(cover, pager, title, "", *TEXT)
    assert (roles[cover], roles[pager], roles[title]) == ("nav", "nav", "title")


def test_a_section_s_page_and_a_subtitle_leave_the_title_its_place() -> None:
    subtitle = "——记边境两乡的采茶节"
    roles = _roles_of("B06　僑社", "2024年04月04日　星期四", "山歌飘过界河", subtitle, "□ 本报记者 何兰", *TEXT)
    assert (roles["山歌飘过界河"], roles[subtitle], roles["B06　僑社"]) == ("title", "heading", "nav")


def test_a_picture_s_words_printed_with_and_without_their_credit() -> None:
    alone, credited = "學生在新圖書室裡讀書", "學生在新圖書室裡讀書。(攝影／何蘭)"
    roles = _roles_of(TITLE, DATE, "", TEXT[0], "", alone, credited, "", *TEXT[1:])
    assert (roles[alone], roles[credited]) == ("caption", "caption")


def test_a_picture_s_words_close_under_a_paragraph_head_nothing() -> None:
    roles = _roles_of(TITLE, DATE, "", TEXT[0], "村民走过新修的石桥", "", "清水进村", "", *TEXT[1:])
    assert (roles["村民走过新修的石桥"], roles["清水进村"]) == ("caption", "heading")


def test_pictures_words_flush_left_beside_indented_paragraphs() -> None:
    text = [f"　　{paragraph}" for paragraph in TEXT]
    seen, plain = "何秋兰会长（右四）为展览剪彩", "何秋兰会长看望老教师"
    roles = _roles_of(TITLE, DATE, text[0], seen, text[1], plain, *text[2:])
    assert (roles[seen], roles[plain]) == ("caption", "caption")


def test_a_maker_with_the_day_beside_dates_the_page() -> None:
    roles = tuple(assign_roles([TITLE, "原创 阿坤 椰风侨讯 2024年04月04日 20:15 海南", *TEXT]))
    found = find_publication(Page(RawDocument("a.txt", "a.txt", "0" * 64, ()), "test", "test", roles))
    assert str(found.local) == "2024-04-04 20:15:00"


def test_the_longer_upper_line_of_a_print_is_its_title() -> None:
    title, deck = "越古友好协会多乐省分会开大会　代表共叙情谊", "黎氏青河再次当选分会主席"
    roles = _roles_of("莲镜日报 | 要闻 | 副刊 | 体育", title, deck, "", *TEXT)
    assert (roles[title], roles[deck]) == ("title", "heading")


def test_a_pointed_appeal_and_its_paragraph_under_the_last_are_no_part_of_the_story() -> None:
    appeal = "▶ 春季募捐：1.2万亿越盾与420万个受助者"
    told = "由该会发起的2023年春季募捐于5月31日落幕，各级组织筹得1.2万亿越盾。"
    heads = ("一、钱从哪里来", "二、下一步")
    roles = _roles_of(TITLE, DATE, TEXT[0], heads[0], TEXT[1], TEXT[2], heads[1], TEXT[3], appeal, told)
    assert (roles[appeal], roles[told], roles[heads[1]]) == ("promo", "promo", "heading")
    own = "▶ 新一届执行委员会"
    roles = _roles_of(TITLE, DATE, TEXT[0], "▶ 援助古巴", TEXT[1], TEXT[2], own, TEXT[3])
    assert roles[own] == "heading"


def test_heads_of_parts_are_no_others_titles() -> None:
    spaced, topic = "■款物逾十亿　飓风之后最多", "古巴专家：学种咖啡树"
    roles = _roles_of(TITLE, DATE, TEXT[0], "", spaced, "", TEXT[1], "", topic, "", TEXT[2], TEXT[3])
    assert (roles[spaced], roles[topic]) == ("heading", "heading")


def test_a_picture_s_words_printed_twice_inside_a_site() -> None:
    menu = [f"栏目{sign}" for sign in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"]
    seen = "两地妇女在广场上起舞。（通讯员　何兰　摄）"
    lines = [line.role.value for line in assign_roles([*menu, TITLE, DATE, seen, seen, *TEXT])]
    assert lines[len(menu) + 2 : len(menu) + 4] == ["caption", "caption"]


def test_a_masthead_of_two_names_is_no_title() -> None:
    for name in (
        "高原河畔报 数字报",
        "高原侨报　第318期",
        "高原学院 国际交流合作处",
        "多乐省人民委员会 电子门户网站",
        "《椰林侨声》周报  高原·邦美蜀",
    ):
        roles = _roles_of(name, "2024年4月4日 星期四  第03版：国际", "", TITLE, "", *TEXT)
        assert (roles[TITLE], roles[name]) == ("title", "nav")


def test_a_line_that_ends_with_a_dash_leads_over_to_the_title() -> None:
    over, title = "记越古友好协会多乐分会的志愿者们——", "把咖啡种到对岸去"
    roles = _roles_of("高原河畔报 数字报", "2024年4月4日 星期四", "", over, title, "□ 本报记者 何秋", "", *TEXT)
    assert (roles[over], roles[title]) == ("heading", "title")


def test_a_deck_of_figures_stands_under_its_title() -> None:
    title, deck = "古巴友人援建多乐省小学落成", "总投资12亿越盾　可供8个班的学生上课读书"
    roles = _roles_of("莲镜日报 | 要闻 | 副刊 | 体育", "", title, deck, "本报记者 何秋", "", *TEXT)
    assert (roles[title], roles[deck]) == ("title", "heading")


def test_the_directory_of_a_printed_page_and_the_articles_it_names() -> None:
    told = "3月1日，渡口的新船下水，乡亲夹道观看，造价12亿越盾。"
    for listed in (
        [f"本版导航 · 春耕备种早 · 渡口换新船喜迎客 · {TITLE}"],
        ["本版导读", "· 春耕备种早", "· 渡口换新船喜迎客", f"· {TITLE}"],
    ):
        roles = _roles_of("高原报 数字报", "2024年4月4日 星期四", *listed, "", TITLE, *TEXT, "渡口换新船喜迎客", told)
        others = [roles[line] for line in (*listed, "渡口换新船喜迎客", told)]
        assert others == ["related"] * len(others)
        assert roles[TITLE] == "title"


def test_a_paragraph_that_speaks_on_is_no_teaser() -> None:
    first = f"{TEXT[0]}秘书长何秋兰作报告。"
    head = "街坊凑善款　学生拆扑满"
    for told in (
        "何秋兰说，募捐自3月开始，街坊凑善款3200万越盾，一名学生拆扑满，凑得120万越盾。",
        "这笔善款由街坊和咖农凑成，共3200万越盾，学生拆了扑满，凑得120万越盾。",
        "至于咖农凑的善款，共3200万越盾，连同街坊的180万越盾，悉数交给对岸的小学。",
    ):
        roles = _roles_of(TITLE, DATE, first, TEXT[1], "", head, "", told, TEXT[2], TEXT[3])
        assert (roles[head], roles[told]) == ("heading", "body")


def test_another_report_cut_off_under_the_text() -> None:
    head, told = "驻胡志明市总领事馆向会员介绍咖啡种植", "　　本报讯 3月1日，总领事馆介绍会散场，会员订货最高达86万元……"
    roles = _roles_of(TITLE, DATE, *TEXT, "", head, told, "", "版权所有 未经授权 不得转载")
    assert (roles[head], roles[told.strip()]) == ("related", "related")


def test_writers_with_their_office() -> None:
    for signed in ("何秋兰（省新闻中心）", "文／公关组　何秋兰"):
        assert _roles_of(TITLE, DATE, *TEXT, "", signed)[signed] == "byline"
