"""The words that say what a figure is: verbs and nouns of giving, trade, wages, prices, prizes, budgets, losses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl import lookups
from etl.patterns import one_of


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of `money_cues.csv` in a text: its kind (aid, trade, wage ...) and how strongly it speaks (1 to 3)."""

    start: int
    end: int
    word: str
    kind: str
    weight: float


_WHO_TRADES = ("企业", "公司", "集团", "商会", "协会", "商人", "工人", "农户", "合作社")


@cache
def _words() -> dict[str, tuple[str, float]]:
    return {row["word"]: (row["kind"], float(row["weight"])) for row in lookups.rows("money_cues")}


@cache
def _pattern() -> re.Pattern[str]:
    return one_of(_words())


def cues(text: str) -> list[Cue]:
    """Every cue word of a folded text, leftmost longest, in order."""
    found = []
    for hit in _pattern().finditer(text):
        kind, weight = _words()[hit[0]]
        if kind == "trade" and text.startswith(_WHO_TRADES, hit.end()):
            continue  # 五家橡胶|企业 gave as well as others
        found.append(Cue(hit.start(), hit.end(), hit[0], kind, weight))
    return found
