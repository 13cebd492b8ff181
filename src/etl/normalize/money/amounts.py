"""What the digits of a figure are worth: grouping marks, Latin and Vietnamese scales, 三四百万, 1.200,50."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from etl.normalize.numbers import DIGITS, parse_number

LATIN_SCALES = {
    "trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3, "tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6,
    "nghìn": 10**3, "ngàn": 10**3, "bn": 10**9, "mn": 10**6, "m": 10**6, "k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9,
}  # fmt: skip
LIMIT = Decimal(10) ** 19  # decimal128(22,2) holds no more
WHOLE_ONLY = frozenset({"VND", "KRW", "IDR", "LAK", "KHR", "JPY", "MMK", "CLP"})  # nobody writes their hundredths
_VIETNAMESE = frozenset({"tỷ", "tỉ", "triệu", "nghìn", "ngàn"})
# The common forms, taken the short way: 500, 1.5亿, 3000万. Three decimals may be thousands and go the long one.
_FACTORS = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_SIMPLE = re.compile(rf"(\d{{1,18}}(?:\.\d\d?)?)({'|'.join(_FACTORS)})")
_PAIR = re.compile(
    r"(?<![零〇一二两三四五六七八九\d.点])([一二两三四五六七八])([二两三四五六七八九])(?![零〇一二两三四五六七八九\d点])"
)
_SINGLE_DOT = re.compile(r"([1-9]\d{0,5})\.(\d{3})(?!\.?\d)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A value; `most` is set for 三四百万, `grouped` is the other reading of 2.350 (the dot groups thousands)."""

    value: Decimal
    most: Decimal | None = None
    grouped: Decimal | None = None
    flags: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def amount_of(raw: str, scale: str | None) -> Amount | None:
    """The amount of a figure's number as written (folded), times a Latin scale; None when it is not one number."""
    if scale is None and (plain := _SIMPLE.fullmatch(raw)):
        return _within(Decimal(plain[1]) * _FACTORS[plain[2]])
    text = raw.replace(" ", "")
    factor = Decimal(LATIN_SCALES[scale]) if scale else Decimal(1)
    try:
        if re.match(r"\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)", text):  # 1.200,50
            head = text.replace(".", "").replace(",", ".")
            return _within(parse_number(head) * factor)
        if re.match(r"\d+,\d{1,2}(?!\d)", text):  # 1,5亿: a Vietnamese decimal comma
            return _within(parse_number(text.replace(",", ".", 1)) * factor, flags=("plausibility",))
        pair = _PAIR.search(text)
        if pair and _is_step(pair[1], pair[2]):
            low, high = (text[: pair.start()] + digit + text[pair.end() :] for digit in (pair[1], pair[2]))
            return _within(parse_number(low) * factor, parse_number(high) * factor)
        dotted = _SINGLE_DOT.match(text)
        grouped = parse_number(dotted[1] + dotted[2] + text[dotted.end() :]) * factor if dotted else None
        return _within(parse_number(text) * factor, grouped=grouped)
    except ValueError:
        return None


def _within(
    value: Decimal, most: Decimal | None = None, grouped: Decimal | None = None, flags: tuple[str, ...] = ()
) -> Amount | None:
    return None if max(value, most or value, grouped or value) >= LIMIT else Amount(value, most, grouped, flags)


def _is_step(low: str, high: str) -> bool:
    first, second = DIGITS[low], DIGITS[high]
    return second - first == 1 or (first, second) == (3, 5)


def settle(raw: str, scale: str | None, amount: Amount, currency: str | None, is_dotted: bool) -> tuple[Decimal, bool]:
    """Whether the one dot of 2.350 groups thousands, and whether only plausibility says so: (value, is_guess).

    Form first, then magnitude, then `is_dotted` (the text before groups thousands with dots elsewhere):
    850.000越盾 and 2.350万越盾 group; 6.144亿, 1.075美元 and 3.541万元 are decimals; EUR 42.000 groups.
    """
    dotted = None if amount.grouped is None else _SINGLE_DOT.match(raw)
    if amount.grouped is None or dotted is None:
        return amount.value, False
    if len(dotted[1]) > 3:  # 5000.000越盾 was meant as 5.000.000; 5000.125美元 is what it says
        is_grouped = currency in WHOLE_ONLY and scale is None and raw.isascii()
        return (amount.grouped, True) if is_grouped else (amount.value, False)
    ends_round = dotted[2].endswith("0")
    if scale in _VIETNAMESE:
        return amount.grouped, False
    if scale is not None:
        return amount.value, False
    if "亿" in raw or "兆" in raw:
        is_grouped = ends_round and currency == "VND"
        return (amount.grouped, True) if is_grouped else (amount.value, ends_round)
    if re.search("[十百千万]", raw):
        if currency == "VND":
            return amount.grouped, not is_dotted
        is_grouped = ends_round and (is_dotted or currency not in (None, "CNY", "TWD", "HKD"))
        return (amount.grouped, not is_dotted) if is_grouped else (amount.value, ends_round)
    if currency in WHOLE_ONLY:
        return amount.grouped, False
    if currency in (None, "CNY", "TWD", "HKD"):
        return (amount.grouped, True) if is_dotted else (amount.value, False)
    is_grouped = is_dotted or ends_round or len(dotted[1]) > 1
    return (amount.grouped, not is_dotted) if is_grouped else (amount.value, True)
