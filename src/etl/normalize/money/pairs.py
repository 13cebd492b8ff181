"""One sum in two currencies: 412万美元(折合970亿越南盾), and whether the rate it implies is that of its year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from etl.mentions import MoneyMention, changed
from etl.normalize import fx

TOLERANCE = Decimal("0.15")
_TRAIL = r"(?:左右|上下|以上|以下|余|整)?"
_RATE = r"(?:按[^,。;()]{0,16}[,、]?)?"
_SAME = (
    r"(?:约?折合|约?合|约?相当于|约?等于|等值于?|约?折算(?:为|成)?|换算(?:为|成)?|即"
    r"|约?折(?:成|约|计|为)?)(?:人民币|美元)?"
)
_ABOUT = r"(?:约为|约|近|逾|超过|超|不到|大约|将近|高达|达)?"
_WORD = re.compile(rf"[ ]?{_TRAIL}[ ]?[,、(]?[ ]?{_RATE}{_SAME}{_ABOUT}[ ]?")
_BRACKET = re.compile(rf"[ ]?{_TRAIL}[ ]?\([ ]?{_ABOUT}[ ]?")


def link(text: str, mentions: list[MoneyMention], base: int = 0) -> list[MoneyMention]:
    """The mentions of one folded line that begins at `base`, each restatement pointing at the figure it restates."""
    if len({mention.currency for mention in mentions}) < 2:
        return mentions
    linked = mentions[:1]
    for mention in mentions[1:]:
        before = linked[-1]
        between = text[before.char_end - base : mention.char_start - base]
        is_pair = (
            before.currency != mention.currency
            and len(between) <= 40
            and (
                _WORD.fullmatch(between)
                or (_BRACKET.fullmatch(between) and ")" in text[mention.char_end - base : mention.char_end - base + 6])
            )
        )
        if is_pair:
            origin = before.equivalent_of or (before.line_no, before.char_start)
            mention = changed(mention, equivalent_of=origin, per_unit=mention.per_unit or before.per_unit)
        linked.append(mention)
    return linked


def implied_mismatch(figure: MoneyMention, restated: MoneyMention, year: int) -> bool | None:
    """Whether two figures for one sum imply a rate more than 15 % off the year's average; None when it has none."""
    if figure.currency is None or restated.currency is None or not figure.amount or not restated.amount:
        return None
    one, other = fx.usd_rate(figure.currency, year), fx.usd_rate(restated.currency, year)
    if one is None or other is None:
        return None
    implied = (restated.amount / figure.amount) / (other / one)
    return abs(implied - 1) > TOLERANCE


def flag_rates(mentions: Sequence[MoneyMention], year: int | None) -> tuple[MoneyMention, ...]:
    """The mentions, with `rate_mismatch` on every restatement whose implied rate is not that of `year`."""
    if year is None:
        return tuple(mentions)
    at = {(m.line_no, m.char_start): m for m in mentions}
    return tuple(
        changed(m, flags=(*m.flags, "rate_mismatch"))
        if m.equivalent_of in at and implied_mismatch(at[m.equivalent_of], m, year) and "rate_mismatch" not in m.flags
        else m
        for m in mentions
    )
