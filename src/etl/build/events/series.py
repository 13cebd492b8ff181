"""Numbers of a happening: 第N届, 第N次 and N周年, and whether the anniversary's arithmetic holds."""

from __future__ import annotations

import re
from functools import cache

from etl import lookups
from etl.mentions import PlaceMention
from etl.normalize.numbers import parse_number
from etl.patterns import on_use

_DIGITS = r"\d{1,4}|[一二三四五六七八九十百零]{1,5}"
_NUMBER = on_use(rf"第\s?({_DIGITS})\s?[届次](?!全国委员会|任期|批)")
_ANNIVERSARY = on_use(rf"({_DIGITS})\s?周年")
# 69周年(1953年11月9日-2022年11月9日), 国庆77周年(2/9/1945-2/9/2022)
_YEARS = on_use(
    r"\D(?P<first>1[89]\d\d|20\d\d)(?!\d)[^()\d]{0,3}(?:\d{1,2}月)?(?:\d{1,2}日)?[^()]{0,12}?(?P<last>19\d\d|20\d\d)(?!\d)"
)
_RELATIONS = on_use(r"建交|外交关系")


def number(text: str) -> int | None:
    """The series number of the last 第N届 or 第N次 in a folded text."""
    found = _last(_NUMBER, text)
    return 1 if found is None and "首届" in text else found


def anniversary(text: str) -> int | None:
    """The N of the last N周年 in a folded text."""
    return _last(_ANNIVERSARY, text)


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.findall(text)
    try:
        return int(parse_number(found[-1])) if found else None
    except ValueError:  # 百百周年 is no number
        return None


def mismatch(n: int, text: str, places: list[PlaceMention], year: int | None) -> bool:
    """Whether N周年 contradicts the two years printed with it, or the year in which relations began.

    越南和俄罗斯建交75周年 told of 2024 is wrong: 1950 + 75 = 2025.
    """
    printed = _YEARS.search(text)
    if printed is not None:
        return int(printed["last"]) - int(printed["first"]) != n
    if year is None or not _RELATIONS.search(text):
        return False
    countries = {p.country for p in places if p.country}
    since = {relation for pair, relation in _since().items() if pair <= countries}
    return len(since) == 1 and since.pop() + n != year


@cache
def _since() -> dict[frozenset[str], int]:
    rows = lookups.rows("diplomatic_relations")
    return {frozenset((row["country_a"], row["country_b"])): int(row["since"][:4]) for row in rows}
