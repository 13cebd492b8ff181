"""The atoms of written dates: `lookups/date_forms.csv`, a pattern and an example a row, compiled into a single scan.

Patterns are written for folded text (see `signs`) and are tried in the order of the table wherever one of a form's
first signs stands, so that other positions cost next to nothing. None repeats without a bound: the scan is linear.
The kinds `number` and `name` eat what must not be cut into: 1.350.000, 第59号, 一百二十.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from etl import lookups

_DIGITS = "0123456789"
_HAN = "一二三四五六七八九十零两廿百千"
# What the table writes as <name>.
_PIECES = {
    "m": "(?:1[0-2]|0?[1-9](?![0-9])|十[一二]?|[一二三四五六七八九])",
    "d": "(?:3[01]|[12][0-9]|0?[1-9](?![0-9])|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?"
    "|[一二三四五六七八九])",
    "mm": "(?:1[0-2]|0?[1-9])",
    "dd": "(?:3[01]|[12][0-9]|0?[1-9])",
    "join": " ?(?:[-~至到、和及与]|—{1,2}|以及) ?",
    "halves": "[上下前后]半年",
    "edge": "初期?|末期?|中期|中叶|前期|后期|上半叶|下半叶|前半叶|后半叶",
    "stem": "甲乙丙丁戊己庚辛壬癸",
    "branch": "子丑寅卯辰巳午未申酉戌亥",
    # 不同日, 多次日, 正当年: the echo is the end of another word
    "echo": "(?:同(?<![不共相]同)|当(?<![每正相]当)|次(?<![0-9一二三四五六七八九十多首再每届两几]次)|翌)",
    # the unit a bare number borrows must stand within reach: looked for once, before the list is read through
    "unit_ahead": "(?=[0-9一二三四五六七八九十零两、,和及与至到以~— -]{1,40}+[年月日号时点任届阶])",
    # 三月三, 二月二: feasts named by their numbers
    "not_feast": "(?!(?<=[一二三四五六七八九十]月)[一二三四五六七八九](?![日号十、至到—-]))",
    # 年底层, 月末端, 年初步, 年初中: another word begins
    "not_bottom": "(?!层|部|线|气|蕴|色|子|下)",
    "not_tail": "(?!端|尾|日|路)",
    "not_beginning": "(?!步|次|中|级|衷|始|见|夏|春|秋|冬|心|创|选|赛|审|诊|稿|雪|恋|出|具|建|评|探"
    "|[一二三四五六七八九十])",
}
_CROWD, _CROWDED = 2000, 12  # atoms, characters for each
_EATEN = frozenset({"number", "name"})


class Atom(NamedTuple):
    """One atom found: its kind and where it stands in the text."""

    kind: str
    start: int
    end: int


def find_atoms(folded: str) -> list[Atom]:
    """Every atom of the folded line from left to right; what must not be cut into is left out.

    A line crowded with thousands of atoms and next to nothing between them is a grid of numbers, not prose: no atoms.
    """
    kinds = _kinds()
    atoms = []
    free = 0
    for candidate in _candidates().finditer(folded):
        start = candidate.start()
        if start < free:
            continue
        match = _scan(folded[start])(folded, start)
        if match is None:
            continue
        free = match.end()
        kind = kinds[match.lastgroup]
        if kind not in _EATEN:
            atoms.append(Atom(kind, start, free))
            if len(atoms) % _CROWD == 0 and start < _CROWDED * len(atoms):
                return []
    return atoms


@cache
def _kinds() -> dict[str | None, str]:
    return {f"f{order}": row["kind"] for order, row in enumerate(lookups.rows("date_forms"))}


@cache
def _scan(sign: str) -> Callable[[str, int], re.Match[str] | None]:
    """The match of the forms that may begin with this sign; compiled when a text has it, which few have of most."""
    return re.compile("|".join(_forms()[sign])).match


@cache
def _forms() -> dict[str, list[str]]:
    """For each sign a date can begin with, the patterns of the forms that may follow."""
    feasts = sorted((row["name"] for row in lookups.rows("feasts")), key=len, reverse=True)
    pieces = _PIECES | {"feast": "|".join(feasts)}
    signs = {"digit": _DIGITS, "han": _HAN, "stem": _PIECES["stem"], "feast": "".join(name[0] for name in feasts)}
    by_sign: dict[str, list[str]] = {}
    for order, row in enumerate(lookups.rows("date_forms")):
        pattern = _filled(row["pattern"], pieces)
        for sign in dict.fromkeys(_filled(row["first"], signs)):
            by_sign.setdefault(sign, []).append(f"(?:{pattern})(?P<f{order}>)")
    return by_sign


@cache
def _candidates() -> re.Pattern[str]:
    """Where to look closely: a first sign, and for the common ones what must stand after it (date_signs.csv)."""
    signs = set(_forms())
    after = {row["sign"]: _filled(row["before"], {"digit": _DIGITS}) for row in lookups.rows("date_signs")}
    free = "".join(sorted(signs - set(after) - set(_HAN) - set(_DIGITS)))
    pairs = [f"(?<={sign})(?=[{re.escape(follow)}])" for sign, follow in after.items() if sign in signs]
    # the first digit of a number that a date's sign follows, that ends a range or list, or that has eight digits
    ahead = f"[年月日号时点世财学季代新元任届阶期两三四至到、和及与以,/.:~—{_PIECES['stem']}-]"
    digit = (
        f"(?<=[0-9])(?<![0-9][0-9])(?:(?=[0-9]{{0,7}}+ ?{ahead})|(?=[0-9]{{0,7}}+ [0-9])"
        "|(?<=[-~到至—月][0-9])|(?=[0-9]{7}(?![0-9])))"
    )
    han = f"(?<=[{_HAN}])(?=[{_HAN} ]{{0,6}}[年月日号时点世季早、和至到以及与,~—-])"
    lunar = "(?<=月[十二廿三])"  # 正月十四: no unit follows
    # One class of signs in front: the engine runs from sign to sign and asks what stands around it only there.
    first = "".join(sorted(signs | set(_HAN) | set(_DIGITS)))
    return re.compile(f"[{first}](?:{'|'.join([digit, f'(?<=[{free}])', han, lunar, *pairs])})")


def _filled(written: str, pieces: dict[str, str]) -> str:
    """The table's text with each <name> replaced."""
    return re.sub(r"<([a-z_]+)>", lambda name: pieces[name[1]], written)
