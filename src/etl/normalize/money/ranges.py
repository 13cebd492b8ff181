"""Two figures that are the ends of one: 60-80万越盾, 40至45亿越盾, 从8500到3万港元, $2-3 million."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from etl.normalize.money import currencies
from etl.normalize.money.figures import Figure
from etl.normalize.numbers import parse_number

MAIN_UNITS = frozenset({None, "元", "越盾", "美元"})
_TO = re.compile(r"[ ]?(?:[-~—–]{1,2}|至|到|或至)[ ]?")
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_TAIL = re.compile(r"[零一二两三四五六七八九\d.,]([十百千万亿兆]+)$")


def ends(text: str, low: Figure, high: Figure) -> tuple[Decimal, Decimal] | None:
    """Least and most when the two figures are one range; None when they are two figures (从34亿调整增至42亿)."""
    if high.start - low.end > 4 or (low.word is None and high.word is None):
        return None
    if low.word is not None and high.word is not None and low.word != high.word:
        return None
    between = text[low.end : high.start]
    if not _TO.fullmatch(between) and not (between == "、" and _is_next(low.number, high.number)):
        return None
    most, first = value(high), value(low if low.word else replace(low, word=high.word))
    for factor in _factors(low, high):
        least = first * factor
        if least < most:
            return least, most
    return None


def _is_next(low: str, high: str) -> bool:
    """三、四百万 and 3、4百万 are from three to four million; 3、5亿 are two sums."""
    is_scaled = high[1:2] in ("十", "百", "千", "万", "亿")
    return len(low) == 1 and is_scaled and parse_number(low) + 1 == parse_number(high[0])


def value(figure: Figure) -> Decimal:
    """The amount in the main unit of its currency, tenths and hundredths added."""
    total = figure.amount.value + figure.minor if figure.minor else figure.amount.value
    if figure.word in MAIN_UNITS:
        return total
    if figure.word in ("角", "毛", "毫"):
        return total / 10
    return total / 100 if figure.word == "分" or figure.word in currencies.minors() else total


def _factors(low: Figure, high: Figure) -> tuple[Decimal, ...]:
    """Scales the lower end may share with the upper one, the largest first: 一到两千万 shares 千万, 八百到一千万 万."""
    one = Decimal(1)
    if low.word is not None and high.word is not None:
        return (one,)
    if high.scale is not None and low.scale is None:
        return high.amount.value / _digits(high.number), one
    if low.is_scaled or (tail := _TAIL.search(high.number.rstrip(" 多余来几"))) is None:
        return (one,)
    whole = one
    for c in tail[1]:
        whole *= _SCALE[c]
    big = one
    for c in tail[1].lstrip("十百千"):
        big *= _SCALE[c]
    return whole, big, one


def _digits(number: str) -> Decimal:
    try:
        return Decimal(number.replace(",", ""))
    except ArithmeticError:
        return Decimal(1)
