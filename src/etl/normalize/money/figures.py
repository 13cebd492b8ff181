"""Figures in running text: a number, its scale and the currency that touches it, before any reading of the context."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from etl.normalize.money import currencies
from etl.normalize.money.amounts import LATIN_SCALES, Amount, amount_of
from etl.normalize.money.minor import minor_part

DIGITS = "零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
UNITS = "十百千万亿兆拾佰仟廿卅"
HAN = DIGITS + UNITS
_GROUPED = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,6})?(?!\d)|\d{1,3}(?:\.\d{3}){1,6}(?!\d)(?:,\d{1,2}(?!\d))?"
_PLAIN = r"\d{1,20},\d{1,2}(?=[ ]?(?:[万亿]|tri|tỷ|tỉ))|\d{1,20}(?:\.\d{1,8})?|\.\d{1,8}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in the text. [start, end) holds the currency before or behind it, `number` only the number."""

    start: int
    end: int
    number_start: int
    number: str
    scale: str | None  # million, tỷ ...
    amount: Amount
    word: str | None  # the currency's name or sign as folded; None for a bare number
    minor: Decimal | None = None  # 角, 分, 美分 behind a unit of their own, added to the amount

    @property
    def is_scaled(self) -> bool:
        return self.scale is not None or any(c in self.number for c in "万亿兆")


@cache
def _pattern() -> re.Pattern[str]:
    name = currencies.suffix_pattern()
    vague = rf"[多余来几](?=[ ]?(?:[十百千万亿兆拾佰仟]|{name}))"
    more = (
        rf"[{HAN}]|点[{DIGITS}]|{vague}|(?<=[百千万亿兆零])\d{{1,8}}(?:\.\d{{1,8}})?"
        r"|个(?=[百千万亿])|[ ]{1,2}(?=[百千万亿])"
    )
    latin = "|".join(sorted(LATIN_SCALES, key=lambda n: (-len(n), n)))
    return re.compile(
        rf"(?P<number>(?:{_GROUPED}|{_PLAIN}|[{HAN}])(?:{more}){{0,32}})"
        rf"(?:[ ]?(?P<latin>{latin})(?![A-Za-zÀ-ỹ]))?"
        rf"(?:[ ]{{0,2}}(?P<name>{name}))?"
    )


_ENDS_IN_NUMERAL = re.compile(rf"[\d{HAN}]")
_NOT_BEFORE = re.compile(r"(?:数|几|若干|无数|成千|成百|第|卷|分之|成|百分)[ ]?$")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)$")  # 本周三百万美元的订单
_STANDS = re.compile(r"[ ]?(?:[,;。)、!?整]|$|和|与|及|以上|左右|的)")
_BARE_UNITS = re.compile(r"[百千万亿]+|[十百千万亿]+[多余几][十百千万亿]*")
_LEADS_BARE = re.compile(r"(?:近|上|过|超|逾|约|达|破|满|价值|高达|资)$")
_CLASS = re.compile(r"级|富|大奖|俱乐部|年薪|宝贝|身家|大单")


def figures(text: str) -> list[Figure]:
    """Every number of one folded line with the currency that touches it, in order."""
    found: list[Figure] = []
    last = chained = 0
    for match in _pattern().finditer(text):
        start = match.start()
        is_chained = start > 0 and (start == chained or text[start - 1].isdigit())
        chained = match.end("number")
        if start < last:
            continue  # a tenth already read with its unit: the 七毛八 of 五块七毛八
        if is_chained and _ENDS_IN_NUMERAL.match(text[start - 1]):
            continue  # a part of a longer run of digits is no number of its own
        figure = _figure(text, match, last)
        if figure is not None:
            found.append(figure)
            last = figure.end
    return found


def _figure(text: str, match: re.Match[str], last: int) -> Figure | None:
    start, end = match.span("number")
    raw, scale, name = match["number"], match["latin"], match["name"]
    amount = amount_of(raw, scale)
    if amount is None:
        return None
    stop = match.end() if name else match.end("latin") if scale else end
    word = None if name is None else name[1:].lstrip() if len(name) > 1 and name[0] == "元" else name
    begin = start
    prefix = _prefix(text, start, last)
    if prefix is not None and _binds(text, match, prefix[1], name):
        begin, word = prefix
    if word is None or not _is_figure(text, match, begin, stop, name):
        return Figure(start, stop if name is None else end, start, raw, scale, amount, None)
    minor, stop = minor_part(text, stop, word)
    return Figure(begin, stop, start, raw, scale, amount, word, minor)


def _is_figure(text: str, match: re.Match[str], begin: int, stop: int, name: str | None) -> bool:
    """Not 数百万元, A21元, 万元户, 二元论."""
    raw = match["number"]
    before = text[max(0, begin - 3) : begin]
    if _NOT_BEFORE.search(before) or before.endswith(("/", "_")) or re.match(r"0\d", raw):
        return False
    if before[-1:].isascii() and before[-1:].isalpha() and not any(c in raw for c in "万亿"):
        return False  # A21元, but GDP4000亿美元
    if _WEEKDAY.search(before) and raw[0] in "一二三四五六":
        return False
    if name is not None and len(raw) == 1 and raw in DIGITS and _follows(text, stop, name, "small"):
        return False
    if not _BARE_UNITS.fullmatch(raw):
        return True
    if name is not None and _follows(text, stop, name, "bare"):
        return False
    if _LEADS_BARE.search(before) or raw[-1] not in "百千万亿" or any(c in raw for c in "多余几"):
        return True
    return len(raw) > 1 and not _CLASS.match(text, stop)


def _follows(text: str, stop: int, name: str, when: str) -> bool:
    never = currencies.followers(name, when)
    return bool(never) and re.match(never, text[stop : stop + 4]) is not None


def _prefix(text: str, start: int, last: int) -> tuple[int, str] | None:
    at = start - 1
    while at >= last and text[at] == " " and start - at < 3:
        at -= 1
    if at < last or text[at] not in currencies.prefix_ends():
        return None
    match = currencies.prefix_pattern().search(text[max(last, start - 12) : start])
    return None if match is None else (max(last, start - 12) + match.start(), match[0].rstrip())


def _binds(text: str, match: re.Match[str], prefix: str, name: str | None) -> bool:
    """A sign binds any number, a word only one that is plainly an amount (人民币50元, 人民币1000万, not 人民币8月)."""
    if name is not None:
        return name in currencies.YUAN_WORDS or currencies.codes().get(name) == currencies.codes()[prefix]
    if text[match.end() : match.end() + 1] in ("年", "月", "日", "号", "%"):
        return False
    if prefix in currencies.symbols() or prefix in currencies.latin():
        return True
    if prefix in currencies.PREFIX_WORDS:
        return any(c in match["number"] for c in "万亿,.")
    return any(c in match["number"] for c in "万亿") and _STANDS.match(text, match.end()) is not None
