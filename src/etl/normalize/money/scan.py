"""All money of one line: figures, what their currency words mean, ranges, carried currencies, qualifiers, units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from etl.mentions import MoneyMention
from etl.normalize.money import amounts, carried, currencies, pairs, qualifiers, ranges, units
from etl.normalize.money.figures import Figure, figures
from etl.normalize.money.meaning import Context, Meaning, meanings
from etl.normalize.money.sentences import Sentences


@dataclass(frozen=True, slots=True)
class Span:
    """One mention to be: a figure, or the two ends of a range."""

    figure: Figure
    meaning: Meaning
    low: Figure | None = None
    bounds: tuple[Decimal, Decimal] | None = None

    @property
    def start(self) -> int:
        return self.figure.start if self.low is None else min(self.low.start, self.figure.start)

    @property
    def end(self) -> int:
        return self.figure.end if self.low is None else max(self.low.end, self.figure.end)


def scan(text: str, folded: str, context: Context, line_no: int = 0, base: int = 0) -> list[MoneyMention]:
    """Every figure with a currency in one line of text, in order; `folded` is the line as `text.fold` gives it.

    `base` is where the line begins in the text that positions count in.
    """
    if not currencies.cues().search(folded):
        return []
    found = figures(folded)
    if not any(figure.word for figure in found):
        return []
    sentences = Sentences.of(folded)
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
            mention = replace(mention, per_unit=mentions[-1].per_unit)
        mentions.append(mention)
        floor = span.end
    return pairs.link(folded, mentions, base)


def _spans(folded: str, found: list[Figure], known: dict[int, Meaning]) -> list[Span]:
    spans: list[Span] = []
    used = -1
    for i, figure in enumerate(found):
        if i <= used:
            continue
        ahead = found[i + 1] if i + 1 < len(found) else None
        bounds = ranges.ends(folded, figure, ahead) if ahead is not None else None
        if ahead is not None and bounds is not None:
            meaning = known.get(i + 1) or known.get(i)
            if meaning is not None:
                spans.append(Span(ahead, meaning, figure, bounds))
                used = i + 1
                continue
        if i in known:
            spans.append(Span(figure, known[i]))
    return spans


def _mention(
    text: str, sentences: Sentences, span: Span, floor: int, is_dotted: bool, line_no: int, base: int
) -> MoneyMention:
    figure, meaning = span.figure, span.meaning
    flags = meaning.flags + figure.amount.flags
    most: Decimal | None
    if span.bounds is not None:
        (amount, most), qualifier = span.bounds, "range"
    elif figure.amount.most is not None:
        amount, most, qualifier = ranges.value(figure), figure.amount.most, "range"
    else:
        most, qualifier = None, _qualifier(sentences.text, span)
        amount, is_guess = amounts.settle(figure.number, figure.scale, figure.amount, _form(figure, meaning), is_dotted)
        if amount == figure.amount.value:
            amount = ranges.value(figure)
        flags += ("plausibility",) if is_guess else ()
    return MoneyMention(
        char_start=base + span.start,
        char_end=base + span.end,
        quote=text[span.start : span.end],
        amount=amount,
        amount_max=most,
        currency=meaning.currency,
        qualifier=qualifier,
        currency_basis=meaning.basis,
        per_unit=units.per_unit(sentences, span.start, span.end, floor),
        flags=flags,
        line_no=line_no,
    )


def _form(figure: Figure, meaning: Meaning) -> str | None:
    """The currency whose way of writing numbers counts: a 盾 has no hundredths, whichever country's it is."""
    return meaning.currency or ("VND" if figure.word == "盾" else None)


def _qualifier(folded: str, span: Span) -> str:
    is_bare = all(c in "百千万亿" for c in span.figure.number)
    return (
        qualifiers.inside(span.figure.number)
        or qualifiers.leading(folded, span.start, is_bare)
        or qualifiers.trailing(folded, span.end)
        or "exact"
    )
