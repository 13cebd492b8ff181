"""The atoms of written dates: `lookups/date_forms.csv`, a pattern and an example a row, compiled into a single scan.

Patterns are written for folded text (see `signs`) and are tried in the order of the table wherever one of a form's
first signs stands, so that other positions cost next to nothing. None repeats without a bound: the scan is linear.
The kinds `number` and `name` eat what must not be cut into: 1.350.000, 第59号, 一百二十.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from etl import lookups

_DIGITS = "0123456789"
_HAN = "一二三四五六七八九十零两廿卅百千"
# What the table writes as <name>.
_PIECES = {
    "m": "(?:1[0-2]|0?[1-9](?![0-9])|十[一二]?|[一二三四五六七八九])",
    "d": "(?:3[01]|[12][0-9]|0?[1-9](?![0-9])|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?"
    "|[一二三四五六七八九])",
    "mm": "(?:1[0-2]|0?[1-9])",
    "dd": "(?:3[01]|[12][0-9]|0?[1-9])",
    "join": " ?(?:[-~至到、和及与]|—{1,2}|以及) ?",
    # as `signs.number` reads it: of 一二世纪 and 三二十世纪 there is none
    "count": "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])",
    "halves": "[上下前后]半年",
    "edge": "初期?|末期?|中期|中叶|前期|后期|上半叶|下半叶|前半叶|后半叶",
    "stem": "甲乙丙丁戊己庚辛壬癸",
    "branch": "子丑寅卯辰巳午未申酉戌亥",
    # 不同日, 多次日, 正当年: the echo is the end of another word
    "echo": "(?:同(?<![不共相]同)|当(?<![每正相]当)|次(?<![0-9一二三四五六七八九十多首再每届两几]次)|翌)",
    # the unit a bare number borrows must stand within reach: looked for once, before the list is read through
    "unit_ahead": "(?=[0-9一二三四五六七八九十零两、,和及与至到以~— -]{1,40}+[年月日号时点任届阶])",
    # 三月三, 二月二: feasts named by their numbers
    # but 十月一场豪雨
    "not_feast": "(?!(?<=[一二三四五六七八九十]月)[一二三四五六七八九]"
    "(?![日号十、至到—-]|[场場个個支位名批所座家次回艘辆套台户戶国國]))",
    # 年底层, 月末端, 年初步, 年初中: another word begins
    "not_bottom": "(?!层|部|线|气|蕴|色|子|下)",
    "not_tail": "(?!端|尾|日|路)",
    "not_beginning": "(?!步|次|中|级|衷|始|见|夏|春|秋|冬|心|创|选|赛|审|诊|稿|雪|恋|出|具|建|评|探"
    "|[一二三四五六七八九十])",
}
_CROWD, _CROWDED = 2000, 12  # atoms, characters for each
_EATEN = frozenset({"number", "name"})
Atom = tuple[str, int, int]  # its kind, and from where to where it stands


class AtomLine(NamedTuple):
    """A line with atoms, which begins at `start` of the text; they count from there."""

    start: int
    folded: str
    atoms: list[Atom]


def find_atoms(folded: str) -> Iterator[AtomLine]:
    """Every atom of the folded text from left to right, line by line; what must not be cut into is left out.

    A line crowded with thousands of atoms and next to nothing between them is a grid of numbers, not prose: no atoms.
    """
    # One search over all lines: those without a candidate are leapt over, and none is searched for itself.
    kinds = _kinds()
    atoms: list[Atom] = []
    line = ""
    begin = stop = free = -1
    for candidate in _candidates().finditer(folded):
        start = candidate.start()
        if start < free:
            continue
        if start >= stop:
            if atoms:
                yield AtomLine(begin, line, atoms)
                atoms = []
            begin = folded.rfind("\n", max(stop, 0), start) + 1 or max(stop, 0)
            stop = folded.find("\n", start)
            stop = len(folded) if stop < 0 else stop
            line = folded[begin:stop]
        match = _scan(folded[start])(line, start - begin)
        if match is None:
            continue
        free = begin + match.end()
        kind = kinds[match.lastgroup]
        if kind not in _EATEN:
            atoms.append((kind, start - begin, free - begin))
            if len(atoms) % _CROWD == 0 and start - begin < _CROWDED * len(atoms):
                atoms, free = [], stop
    if atoms:
        yield AtomLine(begin, line, atoms)


@cache
def _feasts() -> tuple[str, ...]:
    """The names of feasts, longest first."""
    return tuple(sorted((row["name"] for row in lookups.rows("feasts")), key=len, reverse=True))


@cache
def _kinds() -> dict[str | None, str]:
    return {f"f{order}": row["kind"] for order, row in enumerate(lookups.rows("date_forms"))}


@cache
def _scan(sign: str) -> Callable[[str, int], re.Match[str] | None]:
    """The match of the forms that may begin with this sign; compiled when a text has it, which few have of most."""
    return _matcher("|".join(_forms()[sign]))


@cache
def _matcher(forms: str) -> Callable[[str, int], re.Match[str] | None]:
    """The match of forms; one for all signs that may begin the same ones: 5, 6, 7, 8 and 9."""
    return re.compile(forms).match


@cache
def _forms() -> dict[str, list[str]]:
    """For each sign a date can begin with, the patterns of the forms that may follow."""
    feasts = _feasts()
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
    """Where to look closely: a first sign, and for the common ones what must stand after it (date_signs.csv).

    After a sign of the table that begins feasts, the rest of a feast's name may stand as well.
    """
    tails: dict[str, str] = {}
    for row in lookups.rows("date_signs"):
        sign, signs = row["sign"], _filled(row["before"], {"digit": _DIGITS})
        words = [f"[{re.escape(signs)}]"] if signs else []
        words += [name[1:] for name in _feasts() if name[0] == sign]
        tails[sign] = f"(?={'|'.join(words)})"
    # the first digit of a number that a date's sign follows, that ends a range or list, or that has eight digits
    ahead = f"[年月日号时点世财学季代新元任届阶期两三四至到、和及与以,/.:~—{_PIECES['stem']}-]"
    digit = f"(?<![0-9][0-9])(?:[0-9]{{0,7}}+(?= ?{ahead}| [0-9])|(?<=[-~到至—月][0-9])|(?=[0-9]{{7}}(?![0-9])))"
    lunar = "(?<=月[十二廿三])"  # 正月十四: no unit follows
    han = f"(?:(?=[{_HAN} ]{{0,6}}[年月日号时点世季早、和至到以及与,~—-])|{lunar})"
    tails |= dict.fromkeys(_DIGITS, digit) | dict.fromkeys(_HAN, han)
    # Each alternative begins with its sign, so that the engine runs from sign to sign and asks what stands around
    # it only there.
    order = dict.fromkeys((*_DIGITS, *tails, *_forms()))  # digits first: they are tried most often
    return re.compile("|".join(sign + tails.get(sign, "") for sign in order if sign in _forms()))


def _filled(written: str, pieces: dict[str, str]) -> str:
    """The table's text with each <name> replaced."""
    return re.sub(r"<([a-z_]+)>", lambda name: pieces[name[1]], written)
