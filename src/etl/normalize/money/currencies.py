"""Names and signs of currencies, as `lookups/currency_aliases_zh.csv` lists them, and what only looks like one."""

from __future__ import annotations

import re
from functools import cache

from etl import lookups
from etl.normalize.text import fold

# Words that name a currency only together with a place or a page: resolved in `home`.
HOME_WORDS = frozenset({"元", "圆", "块", "盾"})
SYMBOL_KINDS = frozenset({"symbol", "code"})
# Words that may stand before their figure without a suffix (人民币1000万); 美元5日 shows why not all may.
PREFIX_WORDS = frozenset({"人民币", "港币", "新台币", "台币", "韩币", "日币", "泰币", "美金", "越币", "新币", "澳币", "加币"})
_NOT_AFTER = frozenset({"块"})  # 三块地: needs a figure behind it, see minor units


@cache
def codes() -> dict[str, str]:
    """Folded name -> ISO 4217, '' for a word that several countries use."""
    return {fold(row["name_zh"]): row["iso_4217"] for row in lookups.rows("currency_aliases_zh")}


@cache
def symbols() -> frozenset[str]:
    return frozenset(fold(row["name_zh"]) for row in lookups.rows("currency_aliases_zh") if row["kind"] == "symbol")


@cache
def latin_codes() -> frozenset[str]:
    return frozenset(name for name in codes() if re.fullmatch(r"[A-Za-z]+", name))


@cache
def name_pattern() -> str:
    """Alternatives for a currency behind its figure, longest first; 元 may stand between (5万元人民币)."""
    names = [name for name in codes() if name not in _NOT_AFTER and name not in HOME_WORDS]
    long = "|".join(re.escape(name) + _boundary(name) for name in sorted(names, key=lambda n: (-len(n), n)))
    never = "|".join(sorted({_behind(fold(row["form"])) for row in lookups.rows("never_money")}))
    return rf"(?:(?:元[ ]?)?(?:{long})|[元圆盾])(?!(?<=元)(?:{never})|(?<=盾)[牌构形甲]|(?<=圆)[桌满形周梦]|车)"


def _behind(form: str) -> str:
    return re.escape(form[1:]) if form.startswith("元") else "\uffff"


def _boundary(name: str) -> str:
    return r"(?![A-Za-z])" if name[-1].isascii() and name[-1].isalpha() else ""


@cache
def prefix_pattern() -> re.Pattern[str]:
    """A currency right before its figure; searched in the few characters that end at the figure."""
    names = sorted(symbols() | latin_codes() | PREFIX_WORDS, key=lambda n: (-len(n), n))
    long = "|".join((r"(?<![A-Za-z])" if n[0].isascii() and n[0].isalpha() else "") + re.escape(n) for n in names)
    return re.compile(rf"(?:{long})[ ]{{0,2}}$")


@cache
def prefix_ends() -> frozenset[str]:
    """Last characters of the names that may stand before a figure: a cheap test before the pattern."""
    return frozenset(name[-1] for name in symbols() | latin_codes() | PREFIX_WORDS)


@cache
def hints() -> dict[str, tuple[tuple[str, str], ...]]:
    """Ambiguous word -> (country or city named nearby, ISO 4217)."""
    table: dict[str, list[tuple[str, str]]] = {}
    for row in lookups.rows("currency_countries"):
        table.setdefault(fold(row["word"]), []).append((fold(row["country_hint"]), row["iso_4217"]))
    return {word: tuple(pairs) for word, pairs in table.items()}
