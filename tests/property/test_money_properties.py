"""What holds for any text: quotes are spans, written forms give their value back, later lines change nothing before."""

from __future__ import annotations

import contextlib
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.money import find_money
from etl.normalize.numbers import parse_number

_PIECES = [
    "亿",
    "万",
    "千",
    "越盾",
    "美元",
    "元",
    "盾",
    "$",
    "¥",
    "USD ",
    "约",
    "多",
    "至",
    "-",
    "、",
    "和",
    ",",
    "。",
    "(",
    ")",
]
_PIECES += [
    "折合",
    "每户",
    "1",
    "2.5",
    "1.350.000",
    "三",
    "百",
    "角",
    "分",
    "块",
    " ",
    "\n",
    "，",
    "５",
    "億",
    "日",
    "旦",
    "A",
    "越南",
]
texts = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join) | st.text(max_size=60)
_DIGITS, _TENS = "零一二三四五六七八九", ("千", "百", "十", "")


def _section(value: int) -> str:
    """A number below 10000 in Chinese numerals."""
    written, gap = "", False
    for digit, unit in zip(map(int, f"{value:04d}"), _TENS, strict=True):
        if digit:
            written += ("零" if gap and written else "") + _DIGITS[digit] + unit
        gap = not digit
    return written


def _chinese(value: int) -> str:
    written = ""
    for scale, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = value // scale % 10**4
        if part:
            written += ("零" if written and part < 1000 else "") + _section(part) + unit
    return written


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _scaled(value: int, exponent: int, unit: str) -> str:
    return _plain(Decimal(value).scaleb(-exponent)) + unit


FORMS = {
    "digits": str,
    "commas": lambda value: f"{value:,}",
    "dots": lambda value: f"{value:,}".replace(",", "."),
    "full width": lambda value: str(value).translate({48 + i: 0xFF10 + i for i in range(10)}),
    "chinese": _chinese,
    "亿 and 万": lambda value: f"{value // 10**8}亿{value % 10**8 // 10**4}万" if value % 10**4 == 0 else str(value),
}


@given(texts)
def test_a_quote_is_its_span(text: str) -> None:
    end = -1
    for mention in find_money(text):
        assert mention.quote == text[mention.char_start : mention.char_end]
        assert mention.char_start >= end
        assert mention.amount_max is None or mention.amount < mention.amount_max
        assert (mention.currency is None) == ("currency_ambiguous" in mention.flags)
        end = mention.char_end


@given(texts, texts)
def test_later_lines_change_nothing_before(text: str, foreign: str) -> None:
    before = find_money(text)
    after = find_money(f"{text}\n{foreign}")
    assert after[: len(before)] == before or before[0].quote[-1] in "角毛毫分"  # a lone 25分 counts only while alone


@pytest.mark.parametrize("form", FORMS)
@given(value=st.integers(10**8, 10**12 - 1).map(lambda n: n // 10**4 * 10**4) | st.integers(1000, 10**12 - 1))
def test_a_value_written_is_found_again(form: str, value: int) -> None:
    (found,) = find_money(f"共筹得{FORMS[form](value)}越盾。")
    assert (found.amount, found.currency) == (value, "VND")


@given(
    value=st.integers(1, 10**7 - 1),
    unit=st.sampled_from([("万", 4), ("亿", 8), ("百万", 6), ("千亿", 11), ("万亿", 12)]),
)
def test_a_decimal_with_a_scale_is_found_again(value: int, unit: tuple[str, int]) -> None:
    written = _plain(Decimal(value) / 100)  # two decimals: three may be thousands
    (found,) = find_money(f"共筹得{written}{unit[0]}美元。")
    assert found.amount == Decimal(value) / 100 * 10 ** unit[1]


@given(st.integers(1, 10**12 - 1))
def test_chinese_numerals_are_read_back(value: int) -> None:
    assert parse_number(_chinese(value)) == value


@given(st.text(max_size=80))
def test_a_number_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(parse_number(text), Decimal)


HOSTILE = [
    "1",
    "一",
    "1,",
    "1.",
    ",111",
    "元",
    "1元",
    "5盾",
    "1亿和",
    "1多",
    "$ ",
    "(",
    "1至",
    "每1元",
    "1元(越盾,下同)",
    "USD",
    " ",
    "万亿",
]


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_costs_in_proportion(unit: str) -> None:
    def cost(size: int) -> float:
        started = time.process_time()
        find_money(unit * (size // len(unit)) + "元")
        return time.process_time() - started

    small, large = min(cost(50_000) for _ in range(3)), cost(400_000)
    assert large < 20 * small + 0.5
