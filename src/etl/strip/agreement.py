"""Second look: what a line's neighbours and siblings were taken for speaks for the line itself.

The first look scores every line by `evidence`; these features are made from those scores, as keys of the same kind.
"""

from __future__ import annotations

import math
import operator
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence

from etl.pages import RenderedLine
from etl.strip.evidence import Key
from etl.strip.shape import Shape

_SCORES = (-1.5, -0.5, 0.5, 1.5, 3.0)
_FINE = (-5, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3)
_AWAY = (2, 3, 5, 9, 17)
_ROUGH = (8, 16, 36, 100)
_WORD = re.compile(r"\w+")
Sums = defaultdict[object, list[float]]


def weight(form: Shape) -> float:
    """How much a line counts in the choice of the article's stretch: long ones more, within limits."""
    return min(2.5, max(0.35, math.sqrt(form.length / 20)))


def pairs(text: str) -> set[str]:
    """All pairs of neighbouring signs, marks and spaces left out: what two texts say alike."""
    bare = "".join(_WORD.findall(text))
    return set(map(operator.add, bare, bare[1:]))


def share(text: str, known: set[str]) -> float:
    """The part of a text's pairs that are among the known ones."""
    words = pairs(text)
    return len(words & known) / max(1, len(words))


def gather(scores: Sequence[float], forms: Sequence[Shape], hints: Sequence[RenderedLine]) -> list[list[Key]]:
    """What every line's neighbours and siblings were taken for, from all lines' first scores."""
    n = len(scores)
    coarse = [str(bisect_right(_SCORES, score)) for score in scores]
    near = ["edge", "edge", *coarse, "edge", "edge"]
    first, last = _stretch(scores, forms)
    strong = [k for k in range(n) if scores[k] > 1.5 and forms[k].length >= 20]
    has_hints = any(hint.tag for hint in hints)
    blocks, paths = _sums(scores, forms, hints) if has_hints else (None, None)
    found = []
    for k, form in enumerate(forms):
        place = "in"
        if k < first:
            place = f"-{bisect_right(_AWAY, first - k)}"
        elif k > last:
            place = f"+{bisect_right(_AWAY, k - last)}"
        at, after = bisect_left(strong, k), bisect_right(strong, k)
        above = bisect_right(_AWAY[:4], k - strong[at - 1]) if at else 9
        below = bisect_right(_AWAY[:4], strong[after] - k) if after < len(strong) else 9
        steps = bisect_right((16, 36), form.length)
        keys: list[Key] = [
            ("near", near[k], near[k + 1], near[k + 3], near[k + 4], scores[k] > 0),
            ("stretch", bisect_right(_FINE, scores[k]), coarse[k], place, bisect_right(_ROUGH, form.length)),
            ("between", above, below, steps),
        ]
        if blocks is not None and paths is not None:
            siblings = _rest(blocks[hints[k].block], scores[k], form.length)
            alike = _rest(paths[(hints[k].tag, hints[k].path)], scores[k], form.length)
            keys.append(("siblings", siblings, alike, place[0], steps))
        found.append(keys)
    return found


def names(key: Key) -> tuple[str, ...]:
    """The features that a key stands for."""
    group, *steps = key
    return tuple(_GROUPS[str(group)](*steps))


def _near(two_above: str, above: str, below: str, two_below: str, own: bool) -> Sequence[str]:
    return (
        f"score-2={two_above}",
        f"score-1={above}",
        f"score+1={below}",
        f"score+2={two_below}",
        f"between={above},{below} own={own:d}",
    )


def _placed(fine: int, coarse: str, place: str, rough: int) -> Sequence[str]:
    return f"score={fine}", f"stretch={place} length={rough}", f"stretch={place} score={coarse}"


def _between(above: int, below: int, steps: int) -> Sequence[str]:
    return (f"own_above={above} own_below={below} length={steps}",)


def _siblings(siblings: str, alike: str, place: str, steps: int) -> Sequence[str]:
    return f"siblings={siblings}", f"alike={alike}", f"siblings={siblings} stretch={place} length={steps}"


_GROUPS: dict[str, Callable[..., Sequence[str]]] = {
    "near": _near,
    "stretch": _placed,
    "between": _between,
    "siblings": _siblings,
}


def _stretch(scores: Sequence[float], forms: Sequence[Shape]) -> tuple[int, int]:
    """First and last line of the stretch with the greatest sum of weighted scores."""
    best, begin, end = 0.0, 0, -1
    total, start = 0.0, 0
    for k, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, k
        total += max(-3.0, min(3.0, score)) * weight(forms[k])
        if total > best:
            best, begin, end = total, start, k
    return begin, end


def _sums(scores: Sequence[float], forms: Sequence[Shape], hints: Sequence[RenderedLine]) -> tuple[Sums, Sums]:
    blocks: Sums = defaultdict(lambda: [0.0, 0.0])
    paths: Sums = defaultdict(lambda: [0.0, 0.0])
    for score, form, hint in zip(scores, forms, hints, strict=True):
        for sums in (blocks[hint.block], paths[(hint.tag, hint.path)]):
            sums[0] += score * form.length
            sums[1] += form.length
    return blocks, paths


def _rest(sums: Sequence[float], score: float, length: int) -> str:
    """Mean score of the other lines of a group, in steps."""
    rest = sums[1] - length
    return str(bisect_right(_SCORES, (sums[0] - score * length) / rest)) if rest > 0 else "none"
