"""A figure in its surroundings, and how strongly the words around it speak for aid and against it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from etl.build.money_roles import signs
from etl.build.money_roles.cues import Cue
from etl.build.money_roles.passages import Passage, Span
from etl.mentions import MoneyMention

# How far a word's rule reaches, by where it stands: the head of the figure, its clause, the clauses around.
REACH = {
    "head_before": 2.0,  # 救济款2365亿
    "head_behind": 1.6,  # 200万基普的慰问金
    "clause_before": 1.2,
    "clause_behind": 1.0,
    "next_clause": 0.8,
    "earlier_clause": 0.75,  # to the power of the number of clauses between
    "sentence": 0.4,
}
PAST_A_FIGURE = 0.5  # for each figure that stands between the word and this one
WINDOW = 300  # characters on either side in which words are looked for
_NEAR_HEAD, _FAR_CLAUSES = 6, 4


@dataclass(frozen=True, slots=True)
class Figure:
    """One money mention with the spans it stands in and the words right before and behind it."""

    mention: MoneyMention
    passage: Passage
    clause: Span
    segment: Span
    sentence: Span
    left: str
    right: str
    others: Sequence[MoneyMention]


@dataclass(frozen=True, slots=True)
class Weight:
    """The strongest voice for aid with its place, and the strongest other kind of money."""

    aid: float = 0.0
    place: str = ""
    other: float = 0.0
    kind: str = ""


def figure(mention: MoneyMention, passage: Passage, others: Sequence[MoneyMention]) -> Figure:
    """The surroundings of a mention; `others` are all figures of the line, in order."""
    at = mention.char_start
    clause, segment, sentence = passage.clause_at(at), passage.segment_at(at), passage.sentence_at(at)
    left = passage.text[max(clause[0], at - 80) : at]
    right = passage.text[mention.char_end : min(segment[1], mention.char_end + 120)]
    return Figure(mention, passage, clause, segment, sentence, left, right, others)


def weigh(this: Figure, words: Sequence[Cue]) -> Weight:
    """The weight of the words around a figure: each by its own strength, its place and the figures between."""
    start, stop = this.mention.char_start, this.mention.char_end
    clauses = this.passage.clauses_in(this.sentence)
    stem = signs.stem_end(this.passage.text, this.clause[0], start)
    first = bisect_left(words, max(this.sentence[0], start - WINDOW), key=lambda c: c.start)
    last = bisect_right(words, min(this.sentence[1], stop + WINDOW), key=lambda c: c.end)
    aid, place, other, kind = 0.0, "", 0.0, ""
    for cue in words[first:last]:
        if cue.start < stop and start < cue.end:
            continue
        in_clause = this.clause[0] <= cue.start < this.clause[1]
        if cue.kind in ("need", "counterpart") and not in_clause:
            continue  # 新方承担75万新元,其余由当地配套: another clause's money
        where, factor = _reach(cue, this, clauses, stem)
        score = cue.weight * factor * PAST_A_FIGURE ** min(_between(cue, this), 2)
        if cue.kind == "aid" and score > aid:
            aid, place = score, where
        elif cue.kind != "aid" and score > other:
            other, kind = score, cue.kind
    return Weight(aid, place, other, kind)


def _between(cue: Cue, this: Figure) -> int:
    """Figures that stand between a word and this one, restatements apart."""
    low, high = (
        (cue.end, this.mention.char_start) if cue.end <= this.mention.char_start else (this.mention.char_end, cue.start)
    )
    first = bisect_left(this.others, low, key=lambda m: m.char_start)
    last = bisect_right(this.others, high, key=lambda m: m.char_end)
    return sum(m.equivalent_of is None for m in this.others[first : min(last, first + 3)])


def _reach(cue: Cue, this: Figure, clauses: Sequence[Span], stem: int) -> tuple[str, float]:
    start, stop = this.mention.char_start, this.mention.char_end
    if this.clause[0] <= cue.start and cue.end <= start:
        where = "head_before" if cue.end >= stem else "clause_before"
    elif stop <= cue.start < this.clause[1]:
        where = "head_behind" if cue.start - stop <= _NEAR_HEAD else "clause_behind"
    elif not this.segment[0] <= cue.start < this.segment[1]:
        where = "sentence"
    else:
        here = bisect_right(clauses, (this.clause[0], 1 << 30))
        there = bisect_right(clauses, (cue.start, 1 << 30))
        if there == here + 1:
            where = "next_clause"
        elif 0 < here - there < _FAR_CLAUSES:
            return "earlier_clause", REACH["earlier_clause"] ** (here - there)
        else:
            where = "sentence"
    return where, REACH[where]
