"""Dates on any text: spans hold, every written form is found again, foreign text changes nothing, time is linear."""

from __future__ import annotations

import datetime as dt
import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.normalize.dates import find_dates

SIGNS = st.sampled_from(
    list(
        "年月日号时点上下中旬初底末今昨明去前后大本同当次翌至到自从、,。—-~/.:() \n"
        "一二三十零0123456789将春农历周第世纪代季度半晚"
    )
)
PROSE = st.lists(SIGNS, max_size=80).map("".join)
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31))
HAN = "零一二三四五六七八九"


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十") + (HAN[ones] if ones or not tens else "")


def _year(number: int) -> str:
    return "".join(HAN[int(digit)] for digit in str(number)).replace("零", "〇")


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
FORMS = {
    "plain": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "padded": lambda day: f"{day.year}年{day.month:02d}月{day.day:02d}日",
    "spaced": lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日",
    "full width": lambda day: f"{day.year}年{day.month}月{day.day}日".translate(FULL_WIDTH),
    "Chinese": lambda day: f"{_year(day.year)}年{_han(day.month)}月{_han(day.day)}日",
    "traditional": lambda day: f"{day.year}年{day.month}月{day.day}號",
    "ISO": lambda day: day.isoformat(),
    "dotted": lambda day: f"{day.year}.{day.month}.{day.day}",
    "slashed": lambda day: f"{day.year}/{day.month}/{day.day}",
    "Vietnamese": lambda day: f"{day.day}/{day.month}/{day.year}",
    "Vietnamese padded": lambda day: f"{day.day:02d}/{day.month:02d}/{day.year}",
}


@given(PROSE, st.none() | DAYS)
@settings(max_examples=300, deadline=None)
def test_every_quote_is_its_span_and_days_run_forward(text: str, published: dt.date | None) -> None:
    found = find_dates(text, published)
    for mention in found:
        assert mention.quote == text[mention.char_start : mention.char_end] != ""
        assert mention.start_date is None or mention.end_date is None or mention.start_date <= mention.end_date
        assert (mention.basis == "unresolved") == (mention.start_date is None)
    assert all(a.char_end <= b.char_start for a, b in itertools.pairwise(found))


@given(st.text(max_size=200), st.none() | DAYS)
@settings(max_examples=100, deadline=None)
def test_no_text_makes_it_raise(text: str, published: dt.date | None) -> None:
    find_dates(text, published)


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
@settings(max_examples=60, deadline=None)
def test_a_day_written_in_any_form_is_found_again(form: str, day: dt.date) -> None:
    written = FORMS[form](day)
    text = f"代表团于{written}抵达河内。"
    (mention,) = find_dates(text)
    assert (mention.quote, mention.start_date, mention.end_date) == (written, day, day)


@given(day=DAYS, published=DAYS)
@settings(max_examples=150, deadline=None)
def test_a_day_without_a_year_is_the_nearest_not_after_publication(day: dt.date, published: dt.date) -> None:
    (mention,) = find_dates(f"代表团于{day.month}月{day.day}日抵达河内。", published)
    assert mention.start_date is not None
    assert (mention.start_date.month, mention.start_date.day) == (day.month, day.day)
    assert mention.start_date <= published
    assert (published - mention.start_date).days < (366 if (day.month, day.day) != (2, 29) else 8 * 366)


@given(days=st.tuples(DAYS, DAYS).map(sorted), join=st.sampled_from(["至", "到", "-", "—", "——", "~", "～", " - "]))
@settings(max_examples=100, deadline=None)
def test_a_range_written_with_any_sign_is_found_again(days: list[dt.date], join: str) -> None:
    text = f"展期{FORMS['plain'](days[0])}{join}{FORMS['plain'](days[1])},免费。"
    (mention,) = find_dates(text)
    assert (mention.start_date, mention.end_date) == tuple(days)


@given(PROSE.map(lambda text: text.replace("\n", "")), PROSE, st.none() | DAYS)
@settings(max_examples=200, deadline=None)
def test_foreign_text_after_a_paragraph_changes_nothing_before_it(
    text: str, foreign: str, published: dt.date | None
) -> None:
    alone = find_dates(text, published)
    assert find_dates(f"{text}\n{foreign}", published)[: len(alone)] == alone


@pytest.mark.parametrize(
    "unit",
    [
        "年",
        "1",
        "2025年",
        "、",
        "从",
        "自",
        "1、",
        "2025-",
        "1月1日、",
        "至今",
        "今",
        "一",
        "大",
        " ",
        "\n",
        "将1日",
        "2022财年",
        "同日。",
        "3月5日至",
    ],
)
def test_a_hostile_megabyte_ends_soon(unit: str) -> None:
    text = unit * (1_000_000 // len(unit.encode()))
    began = time.process_time()
    find_dates(text, dt.date(2025, 1, 15))
    assert time.process_time() - began < 6  # seconds of CPU on a busy machine; one or two on a quiet one
