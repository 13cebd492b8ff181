"""Scores: how strongly the evidence says that a line is the article's own, and the stretches that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from etl import lookups
from etl.pages import RenderedLine
from etl.strip import agreement, evidence
from etl.strip.evidence import Key
from etl.strip.shape import Shape

# Own lines are worth more than the metric of training says: a lost paragraph is a lost fact.
BIAS = 0.6
_KEPT = 65536
SWITCH = 0.3  # what it costs to begin or end a stretch
Table = dict[str, float]
T = TypeVar("T")


class Weights:
    """What each feature is worth at the first and at the second look.

    Sums of features that stand for one form or one key are kept: menus repeat on every page, and steps are few.
    """

    def __init__(self, first: Table, second: Table) -> None:
        names = first.keys() | second.keys()
        self._both = {name: (first.get(name, 0.0), second.get(name, 0.0)) for name in names}
        self._of_form: dict[Shape, tuple[float, float]] = {}
        self._of_key: dict[Key, tuple[float, float]] = {}

    def of_form(self, form: Shape) -> tuple[float, float]:
        """Both sums for a line on its own, constants included."""
        found = self._of_form.get(form)
        if found is None:
            found = _keep(self._of_form, form, self._sums(("", *evidence.of_form(form))))
        return found

    def standing(self, keys: Sequence[Key]) -> tuple[float, float]:
        """Both sums for where a line stands."""
        one = two = 0.0
        for key in keys:
            found = self._of_key.get(key)
            if found is None:
                found = _keep(self._of_key, key, self._sums(evidence.names(key)))
            one += found[0]
            two += found[1]
        return one, two

    def agreement(self, keys: Sequence[Key]) -> float:
        """The sum for what a line's neighbours were taken for; the first look does not know it."""
        two = 0.0
        for key in keys:
            found = self._of_key.get(key)
            if found is None:
                found = _keep(self._of_key, key, self._sums(agreement.names(key)))
            two += found[1]
        return two

    def _sums(self, names: Sequence[str]) -> tuple[float, float]:
        one = two = 0.0
        for name in names:
            worth = self._both.get(name)
            if worth is not None:
                one += worth[0]
                two += worth[1]
        return one, two


def _keep(kept: dict[T, tuple[float, float]], key: T, sums: tuple[float, float]) -> tuple[float, float]:
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = sums
    return sums


@cache
def weights(kind: str) -> Weights:
    """The weights for `text` or `html`, from lookups/line_weights.csv."""
    first: Table = {}
    second: Table = {}
    for row in lookups.rows("line_weights"):
        if row[kind]:
            (first if row["look"] == "1" else second)[row["feature"]] = float(row[kind])
    return Weights(first, second)


def scores(
    forms: Sequence[Shape], hints: Sequence[RenderedLine], gaps: Sequence[int], title: int | None
) -> list[float]:
    """Log-odds of every line being the article's own (title, text or heading; positive = own)."""
    known = weights("html" if any(hint.tag for hint in hints) else "text")
    looked: list[float] = []
    again: list[float] = []
    for form, keys in zip(forms, evidence.standing(forms, hints, gaps, title), strict=True):
        one, two = known.of_form(form)
        first, second = known.standing(keys)
        looked.append(one + first)
        again.append(two + second)
    more = agreement.gather(looked, forms, hints)
    return [score + known.agreement(keys) for score, keys in zip(again, more, strict=True)]


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
