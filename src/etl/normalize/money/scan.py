"""All money of one line: figures, what their currency words mean, ranges, carried currencies, qualifiers, units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.mentions import MoneyMention, changed, quick
from etl.normalize.money import carried, pairs, qualifiers, ranges, units
from etl.normalize.money.figures import Figure, figures
from etl.normalize.money.meaning import Context, Meaning, meanings
from etl.normalize.money.sentences import Sentences

_money_mention = quick(MoneyMention)


@dataclass(slots=True)
class Span:
    """One mention to be: a figure, or (with `low`) the two ends of a range; [start, end) are its characters."""

    figure: Figure
    meaning: Meaning
    start: int
    end: int
    low: Figure | None = None


def scan(text: str, folded: str, context: Context, line_no: int = 0, base: int = 0) -> list[MoneyMention]:
    """Every figure with a currency in one line of text, in order; `folded` is the line as `text.fold` gives it.

    The line begins at `base` of `text`, and positions count in `text`. It is one that holds some of `currencies.cues`.
    """
    found = figures(folded)
    if not any(figure.word for figure in found):
        return []
    sentences = Sentences(folded)
    known = meanings(sentences, found, context)
    if len(known) < len(found):
        known |= carried.carry(sentences, found, known)
    mentions: list[MoneyMention] = []
    is_dotted = context.is_dotted
    floor = 0
    for span in _spans(folded, found, known):
        is_dotted = is_dotted or span.figure.number.count(".") > 1
        mention = _mention(text, sentences, span, floor, is_dotted, line_no, base)
        if mentions and mention.per_unit is None and carried.is_change(folded[floor : span.start]):
            mention = changed(mention, per_unit=mentions[-1].per_unit)
        mentions.append(mention)
        floor = span.end
    return pairs.link(folded, mentions, base)


def _spans(folded: str, found: list[Figure], known: dict[int, Meaning]) -> list[Span]:
    """The mentions in order; two figures joined as a range are one, unless the second is not the greater."""
    spans: list[Span] = []
    skip = False
    for i, figure in enumerate(found):
        if skip:
            skip = False
            continue
        if i + 1 < len(found) and ranges.is_range(folded, figure, found[i + 1]):
            high = found[i + 1]
            meaning = known.get(i + 1) or known.get(i)
            if meaning is not None and ranges.ends(figure, high, meaning.currency, False) is not None:
                spans.append(Span(high, meaning, figure.start, high.end, figure))
                skip = True
                continue
        if i in known and not _is_every(folded, figure):
            spans.append(Span(figure, known[i], figure.start, figure.end))
    return spans


def _is_every(folded: str, figure: Figure) -> bool:
    """每一欧元的去处, 每一元钱, 一分钱也没花: every one of them or none, no amount."""
    if figure.number in ("一", "半") and figure.word in ("分", "毛", "角"):
        return True  # 没有掏一分钱
    return figure.number == "一" and folded[figure.start - 1 : figure.start] == "每"


def _mention(
    text: str, sentences: Sentences, span: Span, floor: int, is_dotted: bool, line_no: int, base: int
) -> MoneyMention:
    figure, meaning, start, end = span.figure, span.meaning, span.start, span.end
    form = _form(figure, meaning)
    most: Decimal | None = figure.amount.most
    bounds = None
    if span.low is not None:  # joined as a range before it was known how the text groups thousands
        bounds = ranges.ends(span.low, figure, form, is_dotted) or ranges.ends(
            span.low, figure, meaning.currency, False
        )
    if bounds is not None:
        amount, most, is_guess = bounds
    else:
        amount, is_guess = ranges.value(figure, form, is_dotted)
    flags = meaning.flags + figure.amount.flags
    return _money_mention(
        char_start=base + start,
        char_end=base + end,
        quote=text[base + start : base + end],
        amount=amount,
        amount_max=most,
        currency=meaning.currency,
        qualifier=_qualifier(sentences.text, figure.number, start, end) if most is None else "range",
        currency_basis=meaning.basis,
        per_unit=units.per_unit(sentences, start, end, floor),
        flags=(*flags, "plausibility") if is_guess else flags,
        line_no=line_no,
    )


def _form(figure: Figure, meaning: Meaning) -> str | None:
    """The currency whose way of writing numbers counts: a 盾 has no hundredths, whichever country's it is."""
    return meaning.currency or ("VND" if figure.word == "盾" else None)


def _qualifier(folded: str, number: str, start: int, end: int) -> str:
    is_bare = not number.strip("百千万亿")
    return (
        qualifiers.inside(number)
        or qualifiers.leading(folded, start, is_bare)
        or qualifiers.trailing(folded, end)
        or "exact"
    )
