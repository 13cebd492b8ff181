"""Two figures that are the ends of one: 60-80万越盾, 40至45亿越盾, 从8500到3万港元, $2-3 million."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from etl.normalize.money import currencies
from etl.normalize.money.amounts import LATIN_SCALES, settle
from etl.normalize.money.figures import Figure
from etl.normalize.numbers import parse_number

_TO = re.compile(r"[ ]?(?:[-~—–]{1,2}|至|到|或至)[ ]?")
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_TAIL = re.compile(r"[零一二两三四五六七八九\d.,]([十百千万亿兆]+)$")


def ends(low: Figure, high: Figure, currency: str | None, is_dotted: bool) -> tuple[Decimal, Decimal, bool] | None:
    """Least, most and whether they are a guess; None when they are two figures (从34亿调整增至42亿)."""
    most, guess_high = value(high, currency, is_dotted)
    first, guess_low = value(low if low.word else replace(low, word=high.word), currency, is_dotted)
    for factor in _factors(low, high):
        least = first * factor
        if least < most:
            return least, most, guess_high or guess_low
    return None


def is_range(text: str, low: Figure, high: Figure) -> bool:
    """Whether two figures of one currency are joined as the ends of a range."""
    if high.start - low.end > 4 or (low.word is None and high.word is None):
        return False
    if low.word is not None and high.word is not None and low.word != high.word:
        return False
    between = text[low.end : high.start]
    return _TO.fullmatch(between) is not None or (between == "、" and _is_next(low.number, high.number))


def _is_next(low: str, high: str) -> bool:
    """三、四百万 and 3、4百万 are from three to four million; 3、5亿 are two sums."""
    is_scaled = high[1:2] in ("十", "百", "千", "万", "亿")
    return len(low) == 1 and is_scaled and parse_number(low) + 1 == parse_number(high[0])


def value(figure: Figure, currency: str | None, is_dotted: bool) -> tuple[Decimal, bool]:
    """The amount in the main unit of its currency, tenths and hundredths added, and whether its dot is a guess."""
    total, is_guess = settle(figure.number, figure.scale, figure.amount, currency, is_dotted)
    if figure.minor:
        total += figure.minor
    if figure.word in ("角", "毛", "毫"):
        total /= 10
    elif figure.word == "分" or figure.word in currencies.minors():
        total /= 100
    return total, is_guess


def _factors(low: Figure, high: Figure) -> tuple[Decimal, ...]:
    """Scales the lower end may share with the upper one, the largest first: 一到两千万 shares 千万, 八百到一千万 万."""
    one = Decimal(1)
    if low.word is not None and high.word is not None:
        return (one,)
    if high.scale is not None and low.scale is None:
        return Decimal(LATIN_SCALES[high.scale]), one
    if low.is_scaled or (tail := _TAIL.search(high.number.rstrip(" 多余来几"))) is None:
        return (one,)
    whole = one
    for c in tail[1]:
        whole *= _SCALE[c]
    big = one
    for c in tail[1].lstrip("十百千"):
        big *= _SCALE[c]
    return whole, big, one
