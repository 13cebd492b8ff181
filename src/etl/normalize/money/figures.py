"""Figures in running text: number, scale and the currency that stands with it, before any reading of the context."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from etl.normalize.money import currencies
from etl.normalize.numbers import parse_number

_DIGIT = "零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_UNIT = "十百千万亿兆拾佰仟廿卅"
_HAN = _DIGIT + _UNIT
LATIN_SCALES = {
    "trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3, "tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6,
    "nghìn": 10**3, "ngàn": 10**3, "bn": 10**9, "mn": 10**6, "m": 10**6, "k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9,
}  # fmt: skip
LIMIT = Decimal(10) ** 19  # decimal128(22,2) holds no more
_GROUPED = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,6})?(?!\d)|\d{1,3}(?:\.\d{3}){1,6}(?!\d)(?:,\d{1,2}(?!\d))?"
_PLAIN = rf"\d{{1,20}},\d{{1,2}}(?=[ ]?(?:[万亿]|tri|tỷ|tỉ))|\d{{1,20}}(?:\.\d{{1,8}})?|\.\d{{1,8}}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in the text. `end` includes the currency word behind it, `start` the one before it."""

    start: int
    end: int
    number_start: int
    number_end: int
    amount: Decimal
    amount_max: Decimal | None  # 三四百万
    word: str | None  # currency word or sign as folded, None for a bare number
    is_prefixed: bool
    is_open: bool  # 多, 余, 几 inside
    is_about: bool  # 来 inside
    is_scaled: bool  # 万, 亿 ...
    grouped: Decimal | None  # the other reading of 2.350: thousands
    flags: tuple[str, ...] = ()


@cache
def _pattern() -> re.Pattern[str]:
    name = currencies.name_pattern()
    vague = rf"[多余来几](?=[ ]?(?:[十百千万亿兆拾佰仟]|{name}))"
    more = rf"[{_HAN}]|点[{_DIGIT}]|{vague}|(?<=[百千万亿兆零])\d{{1,8}}(?:\.\d{{1,8}})?|[个個](?=[百千万亿])|[ ]{{1,2}}(?=[百千万亿])"
    latin = "|".join(sorted(LATIN_SCALES, key=len, reverse=True))
    return re.compile(
        rf"(?P<number>(?:{_GROUPED}|{_PLAIN}|[{_HAN}])(?:{more}){{0,32}})"
        rf"(?:[ ]?(?P<latin>{latin})(?![A-Za-z]))?"
        rf"(?:[ ]{{0,2}}(?P<name>{name}))?"
    )


_PAIR = re.compile(rf"(?<![{_DIGIT}\d.点])([一二两三四五六七八])([二两三四五六七八九])(?![{_DIGIT}\d点])")
_BARE_UNITS = re.compile(r"[十百千万亿]+")
_BEFORE_VAGUE = re.compile(r"(?:数|几|若干|无数|成千|成百|第|卷)[ ]?$")
_LEADS_BARE = re.compile(r"(?:近|上|过|超|逾|约|达|破|满|超过|突破)$")


def figures(text: str) -> list[Figure]:
    """Every number of one folded line with the currency that touches it, in order."""
    found: list[Figure] = []
    last = 0
    for match in _pattern().finditer(text):
        figure = _figure(text, match, last)
        if figure is not None:
            found.append(figure)
            last = figure.end
    return found


def _figure(text: str, match: re.Match[str], last: int) -> Figure | None:
    start, end = match.span("number")
    word, name = None, match["name"]
    prefix = _prefix(text, start, last)
    if name is not None:
        word = name[1:].lstrip() if len(name) > 1 and name.startswith("元") else name
    begin = start
    if prefix is not None and _may_follow(text, match, prefix[1], name):
        begin, word = prefix
    raw = match["number"]
    if start and (_BEFORE_VAGUE.search(text[max(0, start - 3) : start]) or _glued(text, begin)):
        word = None
    if word and _BARE_UNITS.fullmatch(raw) and raw[0] not in "十" and not _bare_ok(text, begin, raw):
        word = None
    value = _value(raw, match["latin"])
    if value is None or value[0] >= LIMIT:
        return None
    amount, most, grouped, flags = value
    stop = match.end() if name else match.end("latin") if match["latin"] else end
    return Figure(
        begin if word else start, stop, start, end, amount, most, word, begin != start, "多" in raw or "余" in raw or "几" in raw,
        "来" in raw, bool(re.search(r"[万亿兆]", raw)) or match["latin"] is not None, grouped, flags,
    )  # fmt: skip


def _bare_ok(text: str, begin: int, raw: str) -> bool:
    """百万美元 is a figure; 万元大奖 and 亿元项目 are not, 上亿元 and 近万元 are."""
    return raw in ("百万", "千万", "十亿", "百亿", "千亿", "万亿") or bool(_LEADS_BARE.search(text[max(0, begin - 2) : begin]))


def _glued(text: str, begin: int) -> bool:
    """The digits belong to a word or a longer number (A202107元, 3/4元)."""
    before = text[begin - 1] if begin else ""
    return bool(before) and (before.isascii() and (before.isalnum() or before in "/._"))


def _prefix(text: str, start: int, last: int) -> tuple[int, str] | None:
    at = start - 1
    while at >= 0 and text[at] == " " and start - at < 3:
        at -= 1
    if at < last or text[at] not in currencies.prefix_ends():
        return None
    match = currencies.prefix_pattern().search(text, max(last, start - 12), start)
    return None if match is None else (match.start(), match[0].rstrip())


def _may_follow(text: str, match: re.Match[str], prefix: str, name: str | None) -> bool:
    """A sign binds any number, a word only one that is plainly an amount (人民币50元, 人民币1000万, not 人民币8月)."""
    behind = text[match.end() : match.end() + 1]
    if name is not None:
        return name in currencies.HOME_WORDS or currencies.codes().get(name) == currencies.codes().get(prefix)
    if behind and behind in "年月日号%":
        return False
    if prefix in currencies.symbols() or prefix in currencies.latin_codes():
        return True
    return bool(re.search(r"[万亿,.]", match["number"]))


def _value(raw: str, latin: str | None) -> tuple[Decimal, Decimal | None, Decimal | None, tuple[str, ...]] | None:
    scale = Decimal(LATIN_SCALES[latin]) if latin else Decimal(1)
    text = raw.replace(" ", "")
    flags: tuple[str, ...] = ()
    grouped = None
    try:
        if re.match(r"\d+(?:\.\d{3})+,\d{1,2}$", text):  # 1.200,50
            text = text.replace(".", "").replace(",", ".")
        elif re.match(r"\d+,\d{1,2}(?!\d)", text):
            text, flags = text.replace(",", ".", 1), ("plausibility",)
        elif re.match(r"[1-9]\d{0,2}\.\d{3}(?!\d)", text):
            grouped = parse_number(text.replace(".", "", 1)) * scale
        pair = _PAIR.search(text)
        if pair and _steps(pair):
            low = text[: pair.start()] + pair[1] + text[pair.end() :]
            high = text[: pair.start()] + pair[2] + text[pair.end() :]
            return parse_number(low) * scale, parse_number(high) * scale, None, flags
        return parse_number(text) * scale, None, grouped, flags
    except ValueError:
        return None


def _steps(pair: re.Match[str]) -> bool:
    low, high = parse_number(pair[1]), parse_number(pair[2])
    return high - low == 1 or (low, high) == (3, 5)
