"""Money in sentences of our own: forms, what is never money, pairs, pages."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from etl import lookups
from etl.mentions import MoneyMention
from etl.normalize.money import find_money, find_money_on, flag_rates
from etl.normalize.money.figures import MAX_FIGURES
from etl.pages import Line, Role

CASES = Path(__file__).parent.parent / "cases"


def cases(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def page(*texts: str) -> list[Line]:
    return [Line(number, text, Role.BODY, "test") for number, text in enumerate(texts, 1)]


def only(found: list[MoneyMention] | tuple[MoneyMention, ...], quote: str) -> MoneyMention:
    (mention,) = [m for m in found if m.quote == quote]
    return mention


@pytest.mark.parametrize("case", cases("money_forms"), ids=lambda c: f"{c['text']}|{c['quote']}")
def test_form(case: dict[str, str]) -> None:
    found = only(find_money(case["text"], case["home"] or None), case["quote"])
    assert found.amount == Decimal(case["amount"])
    assert found.amount_max == (Decimal(case["amount_max"]) if case["amount_max"] else None)
    assert (found.currency or "", found.qualifier) == (case["currency"], case["qualifier"])
    assert (found.currency_basis, found.per_unit or "") == (case["basis"], case["per_unit"])
    assert ("currency_ambiguous" in found.flags) == (found.currency is None)


@pytest.mark.parametrize("case", cases("never_money"), ids=lambda c: c["text"])
def test_never_money(case: dict[str, str]) -> None:
    assert find_money(case["text"], "VND") == []


@pytest.mark.parametrize("example", [row["example"] for row in lookups.rows("never_money")])
def test_examples_of_the_lookup_are_never_money(example: str) -> None:
    assert find_money(example, "VND") == []


def test_countries_only_hint_at_known_words() -> None:
    assert {row["word"] for row in lookups.rows("currency_countries")} <= {
        row["name_zh"] for row in lookups.rows("currency_aliases_zh")
    }


def test_a_word_of_several_countries_is_open_or_says_it_is_likely() -> None:
    assert only(find_money("捐800克朗"), "800克朗").currency is None
    assert only(find_money("在瑞典捐800克朗"), "800克朗").currency == "SEK"
    assert only(find_money("在瑞典和挪威捐800克朗"), "800克朗").currency is None
    likely = only(find_money("捐800卢比"), "800卢比")
    assert (likely.currency, likely.flags) == ("INR", ("plausibility",))


def test_only_plausibility_decides_and_says_so() -> None:
    assert "plausibility" in only(find_money("药品价值3.450万越盾"), "3.450万越盾").flags
    assert "plausibility" not in only(find_money("合计4.150.000越盾"), "4.150.000越盾").flags
    assert "plausibility" not in only(find_money("前4.150.000越盾,后3.450万越盾"), "3.450万越盾").flags


@pytest.mark.parametrize(
    "text",
    [
        "援助300万美元(折合720亿越盾)。",
        "援助300万美元,约合720亿越盾",
        "援助300万美元左右,相当于720亿越盾",
        "援助300万美元,按现行汇率折合720亿越盾",
        "援助300万美元(720亿越盾)",
    ],
)
def test_pairs_are_linked(text: str) -> None:
    first, second = find_money(text)
    assert first.equivalent_of is None
    assert second.equivalent_of == (0, first.char_start)


@pytest.mark.parametrize(
    "text", ["援助300万美元,另有720亿越盾", "折款3亿越盾", "300万美元和720亿越盾", "300万美元(折合310万美元)"]
)
def test_what_is_no_pair(text: str) -> None:
    assert all(m.equivalent_of is None for m in find_money(text))


def test_a_restatement_is_for_the_same_unit() -> None:
    assert only(find_money("每头2400万越盾(约合930美元)"), "930美元").per_unit == "头"


def test_implied_rates_are_held_against_the_year() -> None:
    good, bad = find_money("援助100万美元(折合240亿越盾)"), find_money("援助100万美元(折合24亿越盾)")
    assert [m.flags for m in flag_rates(good, 2024)] == [(), ()]
    assert [m.flags for m in flag_rates(bad, 2024)] == [(), ("rate_mismatch",)]
    assert flag_rates(flag_rates(bad, 2024), 2024) == flag_rates(bad, 2024)
    assert flag_rates(bad, 1990) == flag_rates(bad, None) == tuple(bad)


def test_a_page_carries_its_declaration_and_its_dong() -> None:
    found = find_money_on(page("捐款53亿元", "全年53亿元(越盾,下同)。", "每间8000万元", "另有两亿盾"), None)
    assert [m.currency for m in found] == ["VND"] * 4
    assert [m.line_no for m in found] == [1, 2, 3, 4]


def test_a_title_takes_what_the_text_says_of_the_same_sum() -> None:
    found = find_money_on(page("中方援助2.2亿元", "援款2.2亿元人民币"), None)
    assert [(m.currency, m.flags) for m in found] == [("CNY", ()), ("CNY", ())]


def test_yuan_stays_open_beside_dong() -> None:
    found = find_money_on(page("邻省捐1000万元人民币,越南政府拨款50亿元", "另有20亿越盾和3亿元"), None)
    assert only(found, "50亿元").currency is only(found, "3亿元").currency is None


def test_repeats_are_returned_with_a_flag() -> None:
    line = Line(3, "捐款5亿越盾", Role.CAPTION, "test", repeat_of=2)
    assert [m.flags for m in find_money_on([line], None)] == [("repeat",)]


def test_year_flags_rates_of_a_page() -> None:
    found = find_money_on(page("援助100万美元(折合24亿越盾)"), None, year=2024)
    assert found[1].flags == ("rate_mismatch",)
    assert found[1] == replace(find_money_on(page("援助100万美元(折合24亿越盾)"), None)[1], flags=("rate_mismatch",))


def test_the_limit_is_told() -> None:
    found = find_money("1元 " * (MAX_FIGURES + 5))
    assert len(found) == MAX_FIGURES
    assert "scan_limit" in found[-1].flags
    assert all("scan_limit" not in m.flags for m in found[:-1])


def test_a_bare_yuan_is_what_the_rest_of_the_page_calls_so() -> None:
    prize, gift, dong = "冠军奖金5000元。", "企业赞助30万元人民币。", "门票20万越盾。"
    page = [Line(no, text, Role.BODY, "test") for no, text in enumerate((prize, gift), 1)]
    assert [m.currency for m in find_money_on(page, None)] == ["CNY", "CNY"]
    mixed = [*page, Line(3, dong, Role.BODY, "test")]
    assert [m.currency for m in find_money_on(mixed, None)] == [None, "CNY", "VND"]
