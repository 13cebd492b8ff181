"""Sectors of a claim by the words of the lexicon: a plain sector and five-digit DAC purpose codes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from etl import lookups
from etl.normalize.text import fold
from etl.patterns import one_of

_WEIGHT = {"strong": 2.0, "weak": 1.0}


@dataclass(frozen=True, slots=True)
class Sectors:
    """`plain` is None when no word speaks; `dac5` in the order of their weight."""

    plain: str | None
    dac5: tuple[str, ...]


@cache
def _lexicon() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in lookups.rows("sector_lexicon_zh"):
        found.setdefault(row["keyword_zh"], []).append(row)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    return one_of(_lexicon())


def sectors(*texts: str) -> Sectors:
    """The sectors named in the first of the texts that names any: a claim's own words, its segment, its sentence.

    A weak keyword alone (学生, 妇女) says something only when no strong one does.
    """
    plain: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for text in texts:
        for hit in _pattern().finditer(fold(text)):
            for row in _lexicon()[hit[0]]:
                weight = _WEIGHT.get(row["strength"], 1.0)
                plain[row["simple_sector"]] += weight  # type: ignore[assignment]
                if row["dac5"]:
                    codes[row["dac5"]] += weight  # type: ignore[assignment]
        if plain:
            break
    if not plain:
        return Sectors(None, ())
    order = sorted(plain, key=lambda name: (-plain[name], name))
    if len(order) > 2 and plain[order[0]] == plain[order[2]]:
        order.insert(0, "multisector")
    dac = sorted(codes, key=lambda code: (-codes[code], code))
    return Sectors(order[0], tuple(dac[:4]))
