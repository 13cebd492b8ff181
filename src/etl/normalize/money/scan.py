"""All money of one line: figures with their currency, ranges, carried currencies, qualifiers, units, equivalents."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from etl.mentions import MoneyMention
from etl.normalize.money import currencies, qualifiers
from etl.normalize.money.figures import Figure, figures
from etl.normalize.text import fold

_TO = re.compile(r"[ ]?(?:[-~—–至到]|——|--)[ ]?$")
_SENTENCE = re.compile(r"[。!?;\n]")


def scan(text: str, home_currency: str | None, line_no: int = 0) -> list[MoneyMention]:
    folded = fold(text)
    found: list[MoneyMention] = []
    numbers = figures(folded)
    if not any(f.word for f in numbers):
        return []
    skip: Figure | None = None
    for i, figure in enumerate(numbers):
        if figure is skip or figure.word is None:
            continue
        low = numbers[i - 1] if i else None
        mention = None
        if low is not None and low.word is None and _TO.fullmatch(folded[low.end : figure.start]):
            mention = _range(text, folded, low, figure, home_currency, line_no)
        found.append(mention or _single(text, folded, figure, home_currency, line_no))
    return found


def _range(text: str, folded: str, low: Figure, high: Figure, home: str | None, line_no: int) -> MoneyMention | None:
    single = _single(text, folded, high, home, line_no)
    factor = Decimal(1)
    if not low.is_scaled and high.is_scaled:
        match = re.search(r"[十百千万亿兆]+$", folded[high.number_start : high.number_end])
        if match:
            factor = Decimal({"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}[match[0][-1]])
            for c in match[0][:-1]:
                factor *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}[c]
    for least in (low.amount * factor, low.amount):
        if least < single.amount:
            return replace(
                single, char_start=low.start, quote=text[low.start : high.end], amount=least, amount_max=single.amount, qualifier="range"
            )
    return None


def _single(text: str, folded: str, figure: Figure, home: str | None, line_no: int) -> MoneyMention:
    currency, basis, flags = _currency(folded, figure, home)
    amount = figure.amount
    if figure.grouped is not None and (currency == "VND" or str(amount).endswith("0")):
        amount = figure.grouped
    if figure.amount_max is not None:
        qualifier = "range"
    elif figure.is_open:
        qualifier = "over"
    else:
        qualifier = (
            qualifiers.leading(folded, figure.start)
            or qualifiers.trailing(folded, figure.end)
            or ("approx" if figure.is_about else "exact")
        )
    return MoneyMention(
        figure.start, figure.end, text[figure.start : figure.end], amount, figure.amount_max, currency, qualifier, basis,
        flags=figure.flags + flags, line_no=line_no,
    )  # fmt: skip


def _currency(folded: str, figure: Figure, home: str | None) -> tuple[str | None, str, tuple[str, ...]]:
    word = figure.word or ""
    if word in ("元", "圆"):
        if home:
            return home, "site", ()
        return None, "ambiguous", ("currency_ambiguous",)
    for hint, code in currencies.hints().get(word, ()):
        if hint in folded:
            return code, "carried", ()
    code = currencies.codes().get(word, "")
    if word == "盾" and home:
        return home, "site", ()
    if word == "盾" or not code:
        return None, "ambiguous", ("currency_ambiguous",)
    if word in ("¥",):
        return None, "ambiguous", ("currency_ambiguous",)
    return code, "symbol" if word in currencies.symbols() else "explicit", ()
