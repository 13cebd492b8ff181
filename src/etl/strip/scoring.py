"""Scores: how strongly the evidence says that a line is the article's own, and the stretches that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from etl import lookups
from etl.pages import RenderedLine
from etl.strip import agreement, evidence
from etl.strip.shape import Shape

# Own lines are worth more than the metric of training says: a lost paragraph is a lost fact.
BIAS = 0.6
SWITCH = 0.3  # what it costs to begin or end a stretch
Weights = dict[str, float]


@cache
def weights(kind: str) -> tuple[Weights, Weights]:
    """The weights of the first and the second look, for `text` or `html`, from lookups/line_weights.csv."""
    first: Weights = {}
    second: Weights = {}
    for row in lookups.rows("line_weights"):
        if row[kind]:
            (first if row["look"] == "1" else second)[row["feature"]] = float(row[kind])
    return first, second


def scores(
    forms: Sequence[Shape], hints: Sequence[RenderedLine], gaps: Sequence[int], title: int | None
) -> list[float]:
    """Log-odds of every line being the article's own (title, text or heading; positive = own)."""
    first, second = weights("html" if any(hint.tag for hint in hints) else "text")
    names = evidence.gather(forms, hints, gaps, title)
    looked = [_sum(first, line) for line in names]
    again = agreement.gather(looked, forms, hints)
    return [_sum(second, line) + _sum(second, more) for line, more in zip(names, again, strict=True)]


def _sum(table: Weights, names: Iterable[str]) -> float:
    total = table.get("", 0.0)
    for name in names:
        total += table.get(name, 0.0)
    return total


def own(scored: Sequence[float], forms: Sequence[Shape]) -> list[bool]:
    """The most likely assignment of lines to the article: scores weighted by length, changes of side cost."""
    foreign_best, own_best = 0.0, 0.0
    back: list[tuple[bool, bool]] = []
    for score, form in zip(scored, forms, strict=True):
        from_own, stays_own = own_best - SWITCH > foreign_best, own_best >= foreign_best - SWITCH
        back.append((from_own, stays_own))
        gain = (score + BIAS) * agreement.weight(form)
        foreign_best, own_best = (
            own_best - SWITCH if from_own else foreign_best,
            (own_best if stays_own else foreign_best - SWITCH) + gain,
        )
    state = own_best > foreign_best
    taken = []
    for from_own, stays_own in reversed(back):
        taken.append(state)
        state = stays_own if state else from_own
    return taken[::-1]
