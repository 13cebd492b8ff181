"""Dates in single sentences: every written form, every rule of resolution, and what is no date."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pytest

from etl import lookups
from etl.normalize.dates import atoms, find_dates, find_dates_on
from etl.normalize.dates.atoms import find_atoms
from etl.normalize.dates.signs import fold
from etl.pages import Line, Role

CASES = Path(__file__).parent.parent / "cases"
PUBLISHED = dt.date(2025, 1, 15)


def _rows(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", _rows("dates"), ids=lambda case: case["text"])
def test_a_date_is_found_and_resolved(case: dict[str, str]) -> None:
    found = {m.quote: m for m in find_dates(case["text"], _day(case["published"]))}
    assert case["quote"] in found, list(found)
    mention = found[case["quote"]]
    assert case["text"][mention.char_start : mention.char_end] == mention.quote
    got = (mention.start_date, mention.end_date, mention.precision, mention.basis)
    assert got == (_day(case["start"]), _day(case["end"]), case["precision"], case["basis"])


@pytest.mark.parametrize("case", _rows("never_dates"), ids=lambda case: case["text"])
def test_what_is_no_date(case: dict[str, str]) -> None:
    assert [m.quote for m in find_dates(case["text"], PUBLISHED)] == []


@pytest.mark.parametrize("form", lookups.rows("date_forms"), ids=lambda form: f"{form['kind']} {form['example']}")
def test_each_form_of_the_table_is_reached_by_its_example(form: dict[str, str]) -> None:
    example = fold(form["example"].replace(" · ", ",") + ",")
    kinds = {kind for line in find_atoms(example) for kind, _, _ in line.atoms}
    if form["kind"] in ("number", "name"):
        assert not kinds & {"day", "month", "year"}
    else:
        assert form["kind"] in kinds


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2025年3月", "2025-03"),
        ("2024年第三季度", "2024-35"),
        ("2024年下半年", "2024-41"),
        ("2023年夏季", "2023-22"),
        ("2018年-2023年", "2018/2023"),
        ("2016年至今", "2016/.."),
        ("2024年初", "2024~/2024-03~"),
        ("20世纪90年代", "199X"),
        ("18世纪", "17XX"),
        ("2024年12月9日上午", "2024-12-09"),
    ],
)
def test_every_result_has_its_edtf(text: str, edtf: str) -> None:
    assert [m.edtf for m in find_dates(text, PUBLISHED)] == [edtf]


def test_what_is_known_of_an_unresolved_date_is_kept() -> None:
    assert [(m.edtf, m.start_date) for m in find_dates("11月3日下午,8月,18日上午")] == [
        ("XXXX-11-03", None),
        ("XXXX-08", None),
        ("XXXX-XX-18", None),
    ]


def test_an_agency_dateline_is_flagged_and_apart_from_the_day_it_tells() -> None:
    found = find_dates("越通社万象3月6日——3月5日上午,双方移交。", dt.date(2024, 3, 6))
    assert [(m.quote, m.flags) for m in found] == [("3月6日", ("agency_dateline",)), ("3月5日上午", ())]
    found = find_dates("新华社北京11月17日电 国务院17日召开会议", dt.date(2020, 11, 18))
    assert [m.flags for m in found] == [("agency_dateline",), ()]


def test_a_plan_looks_ahead_and_says_so() -> None:
    (mention,) = find_dates("友谊桥将于12月20日开工", dt.date(2025, 11, 3))
    assert (mention.start_date, mention.is_planned) == (dt.date(2025, 12, 20), True)
    (mention,) = find_dates("友谊桥于12月20日开工", dt.date(2025, 11, 3))
    assert (mention.start_date, mention.is_planned) == (dt.date(2024, 12, 20), False)


def test_a_founding_and_its_anniversary_are_two_days_a_dash_is_a_range() -> None:
    assert len(find_dates("(1910年3月8日至2024年3月8日)114周年", PUBLISHED)) == 2
    assert len(find_dates("69周年(1953年11月9日-2022年11月9日)", PUBLISHED)) == 1


def test_a_datetime_serves_as_publication_date() -> None:
    assert find_dates("3月5日", dt.datetime(2025, 3, 6, 8, 0)) == find_dates("3月5日", dt.date(2025, 3, 6))  # noqa: DTZ001


def _lines(*texts: tuple[Role, str]) -> list[Line]:
    return [Line(number, text, role, "test") for number, (role, text) in enumerate(texts, 1)]


def test_a_dated_heading_governs_its_section_until_the_next() -> None:
    lines = _lines(
        (Role.HEADING, "2019年:起步"),
        (Role.BODY, "协会在5月租下小楼。"),
        (Role.HEADING, "2026年任务"),
        (Role.BODY, "5月的账还没有结。"),
    )
    found = [(m.quote, m.start_date, m.basis) for m in find_dates_on(lines, PUBLISHED) if m.quote == "5月"]
    assert found == [
        ("5月", dt.date(2019, 5, 1), "year_from_section"),
        ("5月", dt.date(2024, 5, 1), "year_from_publication"),
    ]


def test_a_heading_that_announces_makes_its_section_look_ahead() -> None:
    lines = _lines(
        (Role.HEADING, "往期回顾"),
        (Role.BODY, "8月3日，培训班结业。"),
        (Role.HEADING, "活动预告"),
        (Role.BODY, "8月3日，在渔村办培训班。"),
        (Role.BODY, "此前8月1日的一期已结业。"),
    )
    found = find_dates_on(lines, dt.date(2022, 7, 15))
    assert [m.start_date.year for m in found if m.start_date] == [2021, 2022, 2021]
    assert [m.is_planned for m in found] == [False, True, False]


def test_anaphora_reaches_over_lines_but_not_into_captions() -> None:
    lines = _lines(
        (Role.BODY, "12月28日,双方会谈。"),
        (Role.CAPTION, "2019年5月1日的旧照"),
        (Role.BODY, "次日,代表团离开。"),
    )
    assert find_dates_on(lines, PUBLISHED)[-1].start_date == dt.date(2024, 12, 29)


def test_a_repeated_line_is_flagged_and_tells_nothing_new() -> None:
    lines = [
        Line(1, "2023年5月1日开工", Role.BODY, "test"),
        Line(3, "2023年5月1日开工", Role.BODY, "test", repeat_of=1),
    ]
    found = find_dates_on(lines, PUBLISHED)
    assert [(m.line_no, m.flags) for m in found] == [(1, ()), (3, ("repeat",))]


def test_month_first_sites_are_read_as_they_print() -> None:
    lines = _lines((Role.BODY, "Posted 02/03/2024"))
    assert find_dates_on(lines, None)[0].start_date == dt.date(2024, 3, 2)
    assert find_dates_on(lines, None, month_first=True)[0].start_date == dt.date(2024, 2, 3)


def test_looking_closely_only_where_signs_promise_a_date_misses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [case["text"] for name in ("dates", "never_dates") for case in _rows(name)]
    texts += [form["example"] for form in lookups.rows("date_forms")]
    narrow = [list(find_atoms(fold(text))) for text in texts]
    every_first_sign = re.compile("[" + "".join(sorted(atoms._forms())) + "]")
    monkeypatch.setattr(atoms, "_candidates", lambda: every_first_sign)
    assert [list(find_atoms(fold(text))) for text in texts] == narrow


def test_the_year_of_a_plan_or_of_the_past_does_not_govern_the_next_paragraph() -> None:
    texts = [
        "2021年10月6日,幼儿园开工。",
        "预计2022年8月建成。",
        "早在2018年9月,图书馆就已启用。",
        "10月9日,培训班开班。",
    ]
    found = find_dates_on([Line(n, text, Role.BODY, "test") for n, text in enumerate(texts, 1)], None)
    assert found[-1].start_date == dt.date(2021, 10, 9)


def test_the_end_of_a_show_is_not_the_day_it_opened() -> None:
    texts = ["画展13日在河内开幕,展期至8月4日。", "当晚,乐团在歌剧院演出。"]
    lines = [Line(n, text, Role.BODY, "test") for n, text in enumerate(texts, 1)]
    found = find_dates_on(lines, dt.date(2019, 7, 15))
    assert found[-1].start_date == dt.date(2019, 7, 13)
