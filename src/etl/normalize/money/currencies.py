"""Names and signs of currencies, as `lookups/currency_aliases_zh.csv` lists them, and what only looks like one.

`lookups/never_money.csv` names the words that begin like a currency (12月31日元旦, 二元论).
"""

from __future__ import annotations

import re
from functools import cache

from etl import lookups
from etl.normalize.text import fold

# Words that name a currency only together with a place or a page: read in `meaning`.
YUAN_WORDS = frozenset({"元", "圆", "块", "蚊", "角", "毛", "毫", "分"})
# Words that may stand before their figure without a suffix (人民币1000万). 美元5日下跌 shows why not every one may.
PREFIX_WORDS = frozenset(
    {"人民币", "港币", "新台币", "台币", "韩币", "日币", "泰币", "美金", "越币", "新币", "澳币", "加币"}
)
_DIGIT = "零〇一二两三四五六七八九\\d"
# A spoken or minor unit counts only with what belongs to it: 块钱, 五块六, 九角九分, 九毛九; never 三块地, 20分钟.
_SPOKEN = (
    rf"[块蚊](?=钱|零?[{_DIGIT}][角毛毫分]|零?[{_DIGIT}](?![{_DIGIT}]|[\u4e00-\u9fff])|零?[{_DIGIT}][到至])"
    rf"|[角毛毫](?=钱|[{_DIGIT}]分|[{_DIGIT}](?![{_DIGIT}]|[\u4e00-\u9fff]))|分(?=钱)"
)
# 圆 is the yuan of cheques (壹佰圆整) and nothing else: 十圆桌, 百圆满.
_YUAN = r"(?<=[万亿])圆(?![满形桌周梦])|圆(?=整|正|[角分零一二三四五六七八九壹贰叁肆伍陆柒捌玖]|[^\u4e00-\u9fff]|$)"


@cache
def codes() -> dict[str, str]:
    """Folded name -> ISO 4217, '' for a word that several countries use."""
    return {fold(row["name_zh"]): row["iso_4217"] for row in lookups.rows("currency_aliases_zh")}


@cache
def symbols() -> frozenset[str]:
    """Signs: $, €, HK$ ..."""
    return frozenset(fold(row["name_zh"]) for row in lookups.rows("currency_aliases_zh") if row["kind"] == "symbol")


@cache
def minors() -> frozenset[str]:
    """Hundredths with a name of their own: 美分, 欧分."""
    return frozenset(fold(row["name_zh"]) for row in lookups.rows("currency_aliases_zh") if row["kind"] == "minor")


@cache
def latin() -> frozenset[str]:
    """Names in Latin letters without a sign: USD, VND, đồng."""
    return frozenset(name for name in codes() if name.isalpha() and name[0] < "\u0250")


@cache
def followers(name: str, when: str) -> str:
    """Alternatives for what makes `name` another word: any figure, a single Chinese digit (small), bare 万 (bare)."""
    rows = lookups.rows("never_money")
    forms = [fold(r["followed_by"]) for r in rows if r["when"] == when and name.endswith(fold(r["word"]))]
    return "|".join(map(re.escape, sorted(forms)))


@cache
def suffix_pattern() -> str:
    """Alternatives for a currency behind its figure, longest first; 元 may stand between (5万元人民币).

    Names are grouped by their first character, and a look at that character comes before all of them.
    """
    special = YUAN_WORDS | {"盾"}
    groups: dict[str, list[str]] = {}
    for name in sorted((n for n in codes() if n not in special), key=lambda n: (-len(n), n)):
        groups.setdefault(name[0], []).append(name)
    firsts = sorted(groups, key=lambda first: ("越美欧日韩英港人".find(first) % 100, first))
    long = "|".join(_grouped(first, groups[first]) for first in firsts)
    return rf"(?={begins()})(?:(?:元[ ]?)?(?:{long})|{_guarded('元')}|{_guarded('盾')}|{_YUAN}|{_SPOKEN})"


@cache
def begins() -> str:
    """A class of the characters that some currency behind its figure begins with."""
    return f"[{''.join(map(re.escape, sorted({name[0] for name in codes()} | YUAN_WORDS | {'盾'})))}]"


def _grouped(first: str, names: list[str]) -> str:
    """The alternatives of names with one first character; that character is written once."""
    return re.escape(first) + "(?:" + "|".join(_bounded(name)[len(re.escape(first)) :] for name in names) + ")"


@cache
def cues() -> re.Pattern[str]:
    """The end of some name of money, two characters where one says little. A line without any has no money.

    Every alternative begins with a character of its own, so the search runs on the set of them.
    """
    strong = (YUAN_WORDS | {"盾", "分钱", "币", "镑", "铢", *symbols()}) - {"分"}
    rests: dict[str, list[str]] = {}
    for end in sorted(strong | {name[-2:] for name in codes() if name[-1] not in strong}):
        rests.setdefault(end[0], []).append(re.escape(end[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items()))


def _bounded(name: str) -> str:
    text = re.escape(name)
    if name in latin():
        return text + r"(?![A-Za-zÀ-ỹ]|[ ]?\d)"
    if name in symbols():
        return text + r"(?![ ]?\d)"
    return _guarded(name)


def _guarded(name: str) -> str:
    never = followers(name, "any")
    return re.escape(name) + (f"(?!{never})" if never else "")


@cache
def prefixes() -> frozenset[str]:
    """Every name and sign that may stand before its figure; how strictly is for `figures` to say."""
    named = {name for name, code in codes().items() if code and len(name) > 1}
    return frozenset(named | symbols()) - minors()


@cache
def prefix_ends() -> frozenset[str]:
    """Last characters of the names that may stand before a figure: a cheap test before a name is looked for."""
    return frozenset(name[-1] for name in prefixes())


@cache
def hints() -> dict[str, tuple[tuple[str, str], ...]]:
    """Ambiguous word -> (country or city that may be named nearby, ISO 4217)."""
    table: dict[str, list[tuple[str, str]]] = {}
    for row in lookups.rows("currency_countries"):
        table.setdefault(fold(row["word"]), []).append((fold(row["country_hint"]), row["iso_4217"]))
    return {word: tuple(pairs) for word, pairs in table.items()}
