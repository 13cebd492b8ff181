"""Money in news text: every figure with a currency, with its exact characters, value and qualifier.

`figures` finds numbers and the currency that touches them, `amounts` says what their digits are worth, `meaning`
which currency a word stands for, `carried` lends it to bare neighbours, `ranges` joins ends, `qualifiers` and `units`
read the words around, `pairs` links one sum told in two currencies. `scan` puts them together for a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from etl.mentions import MoneyMention, changed
from etl.normalize.money import currencies, qualifiers
from etl.normalize.money.figures import MAX_FIGURES
from etl.normalize.money.meaning import ANYWHERE, Context, declarations, is_yuan, vietnam_from
from etl.normalize.money.pairs import flag_rates
from etl.normalize.money.scan import scan
from etl.normalize.numbers import parse_number
from etl.normalize.text import fold, lines_with
from etl.pages import Line

_LONE_MINOR = re.compile(
    r"\s*(?:[约近]|至少|最多|大约)?(\d{1,5}(?:\.\d{1,2})?|[零一二两三四五六七八九十百千万点]{1,9})([块蚊角毛毫分])\s*"
)
_OPEN = ""  # a 元 left open: no later one is told by the others of the page
_PARTS = {"块": 1, "蚊": 1, "角": 10, "毛": 10, "毫": 10, "分": 100}

__all__ = ["find_money", "find_money_on", "flag_rates"]


def find_money(text: str, home_currency: str | None = None) -> list[MoneyMention]:
    """Every figure with a currency in `text`, in order.

    A bare 元 or 盾 is what the text before it (or its own sentence) says, else `home_currency` (ISO 4217), else None
    with the flag `currency_ambiguous`. After MAX_FIGURES finds the rest of a text is left, and the last find says
    so (`scan_limit`). Text that follows in later lines never changes what was found before.
    """
    folded = fold(text)
    context = Context(home_currency, folded.split("\n"), vietnam_from=vietnam_from(folded))
    found: list[MoneyMention] = []
    for context.at, start, end in lines_with(currencies.cues(), folded):
        line = folded[start:end]
        if here := scan(text, line, context, base=start):
            _learn(context, line, here)
            found += here
            if len(found) >= MAX_FIGURES:
                return _cut(found)
    return found or _lone_minor(text)


def find_money_on(
    lines: Sequence[Line], home_currency: str | None, *, year: int | None = None
) -> tuple[MoneyMention, ...]:
    """Every figure with a currency in a page's own lines, in order, with line_no; on repeats with the flag `repeat`.

    What any of the lines declares, 元(越盾,下同), holds for all of them. With `year`, restatements in another currency
    are held against that year's rate (flag `rate_mismatch`).
    """
    texts = [fold(line.text) for line in lines]
    is_vietnam = any(vietnam_from(text) is not None for text in texts)
    context = Context(home_currency, texts, vietnam_from=ANYWHERE if is_vietnam else None)
    declared = [code for text in texts for _, code, holds_on in declarations(text) if holds_on]
    context.declared = declared[0] if declared else None
    found: list[MoneyMention] = []
    for context.at, (line, folded) in enumerate(zip(lines, texts, strict=True)):
        here = scan(line.text, folded, context, line.line_no) if currencies.cues().search(folded) else []
        if not here:
            continue
        _learn(context, folded, here)
        if line.repeat_of is not None:
            here = [changed(mention, flags=(*mention.flags, "repeat")) for mention in here]
        found.extend(here)
        if len(found) >= MAX_FIGURES:
            found = _cut(found)
            break
    return flag_rates(_named_elsewhere(found), year)


def _named_elsewhere(found: list[MoneyMention]) -> list[MoneyMention]:
    """A title's 1.18亿元 is what the text's own 1.18亿元人民币 says; two currencies for one amount leave it open."""
    if all(mention.currency for mention in found):
        return found
    named: dict[Decimal, set[str]] = {}
    for mention in found:
        if mention.currency and "元" in mention.quote:
            named.setdefault(mention.amount, set()).add(mention.currency)
    only = _only_yuan(found)
    return [
        changed(
            mention,
            currency=next(iter(codes)),
            currency_basis="carried",
            flags=tuple(flag for flag in mention.flags if flag != "currency_ambiguous"),
        )
        if mention.currency is None and "元" in mention.quote and len(codes := named.get(mention.amount, only)) == 1
        else mention
        for mention in found
    ]


def _only_yuan(found: list[MoneyMention]) -> set[str]:
    """奖金5000元 of a page that goes on with 30万元人民币 and knows no other money called 元: {"CNY"}, else empty."""
    codes = {m.currency for m in found if m.currency and is_yuan(m.currency, m.currency_basis)}
    return codes if len(codes) == 1 and all(m.currency != "VND" for m in found) else set()


def _learn(context: Context, folded: str, found: list[MoneyMention]) -> None:
    """What is known after a line with money: its declarations, what its explicit yuan was, how it writes thousands."""
    for _, code, holds_on in declarations(folded):
        context.declared = code if holds_on else context.declared
    for mention in found:
        if mention.currency is None:
            if "元" in mention.quote:
                context.yuan.add(_OPEN)
        elif is_yuan(mention.currency, mention.currency_basis):
            context.yuan.add(mention.currency)
        context.is_dotted = context.is_dotted or mention.quote.count(".") > 1


def _cut(found: list[MoneyMention]) -> list[MoneyMention]:
    """The first MAX_FIGURES mentions; the last one says that the rest of the text was not looked at."""
    last = found[MAX_FIGURES - 1]
    return [*found[: MAX_FIGURES - 1], changed(last, flags=(*last.flags, "scan_limit"))]


def _lone_minor(text: str) -> list[MoneyMention]:
    """A text that is nothing but 25分 or 十四蚊, as in a price table; in running text 20分 are minutes or points."""
    folded = fold(text[:20])
    if len(text) > 20 or (match := _LONE_MINOR.fullmatch(folded)) is None:
        return []
    try:
        amount = parse_number(match[1]) / _PARTS[match[2]]
    except ValueError:
        return []
    start, end = match.start(1), match.end(2)
    qualifier = qualifiers.leading(folded, start) or "exact"
    flags = ("currency_ambiguous",)
    return [MoneyMention(start, end, text[start:end], amount, None, None, qualifier, "ambiguous", flags=flags)]
