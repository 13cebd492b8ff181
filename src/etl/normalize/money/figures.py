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
# Behind its first digit: 1 200 000, 1,200,000.50, 1.200.000,5; then 6,5万, 12.5
_GROUPED = (
    r"\d{0,2}(?:[ ]\d{3}){2,5}(?!\d)|\d{0,2}(?:,\d{3}){1,6}(?:\.\d{1,6})?(?!\d)"
    r"|\d{0,2}(?:\.\d{3}){1,6}(?!\d)(?:,\d{1,2}(?!\d))?"
)
_PLAIN = r"\d{0,19},\d{1,2}(?=[ ]?(?:[万亿]|tri|tỷ|tỉ))|\d{0,19}(?:\.\d{1,8})?"
_NOT_BEFORE = re.compile(r"(?:几|若干|无数|成千|成百|第|卷|分之|百分)[ ]?$")
_SOME = re.compile(r"数[ ]?$")  # 数百万元 is no figure, 余数15亿元 is one
_NOT_LAST = frozenset("数几干千百第卷之分 ")
_SUSPECT = _NOT_LAST | frozenset("/_")  # only behind these, Latin letters and days of the week a number may be none
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)$")  # 本周三百万美元的订单
_BARE_UNITS = re.compile(r"[百千万亿]+|[十百千万亿]+[多余几][十百千万亿]*")
_LEADS_BARE = re.compile(r"(?:近|上|过|超|逾|约|达|破|满|价值|捐|捐款|捐赠|投入|出资|资助|筹得|募得|共|计)$")
_STANDS = re.compile(r"[ ]?(?:[,;。)、!?整]|$|和|与|及|以上|左右|的)")
MAX_FIGURES = 50_000  # in one text; no page of news has more, and a hostile one shall not cost more than a second
# 善款折成新加坡币是19万元: the money is named, and its figure follows behind a verb
_NAMED_BEFORE = re.compile(
    r"(?:折|换|兑|合|算|相当于|以|按)[^,;。:()\d]{0,6}?(?P<name>[\u4e00-\u9fff]{2,5}?)(?:来?计算?|合计|总共|大约|约|共|,)?"
    r"(?:是|为|有|达到?|计|等于|合|约|近|逾|超过|不到|不足){1,3}$"
)
_BETWEEN = frozenset("-~—–至到或、 ")  # what joins the ends of a range


@dataclass(slots=True)
class Figure:
    """A number in the text. [start, end) holds the currency before or behind it, `number` only the number."""

    start: int
    end: int
    number: str
    scale: str | None  # million, tỷ ...
    amount: Amount
    word: str | None  # the currency's name or sign as folded; None for a bare number
    minor: Decimal | None = None  # 角, 分, 美分 behind a unit of their own, added to the amount

    @property
    def is_scaled(self) -> bool:
        return self.scale is not None or _has_scale(self.number)


def _has_scale(number: str) -> bool:
    return "万" in number or "亿" in number or "兆" in number


@cache
def _pattern() -> re.Pattern[str]:
    name = currencies.suffix_pattern()
    vague = rf"[多余来几](?=[ ]?(?:[十百千万亿兆拾佰仟]|{currencies.begins()}))"
    more = (
        # 97万2,500元: the rest behind a scale may group its thousands
        rf"[{HAN}]|点[{DIGITS}]|{vague}|(?<=[万亿兆])\d{{1,3}}(?:,\d{{3}}){{1,2}}(?![\d,])"
        r"|(?<=[百千万亿兆零])\d{1,8}(?:\.\d{1,8})?"
        r"|个(?=[百千万亿])|[ ]{1,2}(?=[百千万亿])|(?<=亿)[ ]{1,2}\d{1,4}(?=[ ]?[百千]?万)"
    )
    latin = "|".join(sorted(LATIN_SCALES, key=lambda n: (-len(n), n)))
    # One class of signs in front, so that the engine runs from number to number.
    number = rf"[\d.{HAN}](?:(?<=\d)(?:{_GROUPED}|{_PLAIN})|(?<=\.)\d{{1,8}}|(?<=[{HAN}]))(?:{more}){{0,32}}"
    return re.compile(rf"({number})(?:[ ]?({latin})(?![A-Za-zÀ-ỹ]))?(?:[ ]{{0,2}}({name}))?")


def figures(text: str) -> list[Figure]:
    """The numbers of one folded line that are money or may lend themselves to it, in order.

    Bare numbers are kept only with a scale (470亿) or beside a sign that joins a range (从8500到3万港元).
    """
    found: list[Figure] = []
    last = chained = -1
    ends = currencies.prefix_ends()
    for match in _pattern().finditer(text):
        start, end = match.span(1)
        is_part = start == chained or (start > 0 and text[start - 1] in "0123456789")
        chained = end
        if is_part or start < last:
            continue  # a piece of a longer run of digits, or the 七毛八 already read in 五块七毛八
        before = text[start - 1 : start]
        figure = None
        is_led = before in ends or before == " "
        if match.lastindex == 3 or (is_led and (before != " " or text[start - 2] in ends)):
            figure = _with_currency(text, match, max(last, 0), is_led=is_led)
        if figure is None and (before in _BETWEEN or text[end : end + 1] in _BETWEEN or _has_scale(match[1])):
            figure = _bare(match)
        if figure is not None:
            found.append(figure)
            last = figure.end
            if len(found) >= MAX_FIGURES:
                break
    return found


def _bare(match: re.Match[str]) -> Figure | None:
    amount = amount_of(match[1], match[2])
    end = match.end(2) if match[2] and not match[3] else match.end(1)
    return None if amount is None else Figure(match.start(), end, match[1], match[2], amount, None)


def _with_currency(text: str, match: re.Match[str], last: int, *, is_led: bool) -> Figure | None:
    """The figure with its currency; `is_led`: it may have one in front."""
    start = match.start()
    raw, scale, name = match.groups()
    word = None if name is None else name[1:].lstrip() if len(name) > 1 and name[0] == "元" else name
    begin = start
    prefix = _prefix(text, start, last) if is_led else None
    if prefix is not None and _binds(text, match, prefix[1], name):
        begin, word = prefix
    if prefix is None and word == "元":
        word = _named_before(text, start, last) or word
    if word is None or not _is_figure(text, match, begin, name):
        return None
    amount = amount_of(raw, scale)
    if amount is None:
        return None
    minor, stop = minor_part(text, match.end(), word)
    return Figure(begin, stop, raw, scale, amount, word, minor)


def _is_figure(text: str, match: re.Match[str], begin: int, name: str | None) -> bool:
    """Not 数百万元, A21元, 3/4元, 万元户, 二元论."""
    raw = match[1]
    if raw[0] == "0" and raw[1:2].isdigit():
        return False
    before = text[max(0, begin - 3) : begin]
    if before and (before[-1] in _SUSPECT or before[-1].isascii() or raw[0] in "一二三四五六"):
        if before[-1] in "/_" or (before[-1] in _NOT_LAST and _is_vague(before, raw)):
            return False
        if before[-1] == " " and before.rstrip(" ")[-1:] in ("百", "千", "万", "亿"):
            return False  # the 5百元 of 3千 5百元
        if _is_latin(before[-1]) and not _has_scale(raw):
            return False  # A21元, but GDP4000亿美元
        if raw[0] in "一二三四五六" and _WEEKDAY.search(before):
            return False
    if raw[0] not in HAN:
        return True
    if name is not None and len(raw) == 1 and _follows(text, match.end(), name, "small"):
        return False
    if name is not None and all(c in "十百千万亿" for c in raw) and _follows(text, match.end(), name, "bare"):
        return False
    return not _BARE_UNITS.fullmatch(raw) or _is_bare_sum(raw, before)


def _is_vague(before: str, raw: str) -> bool:
    """数百万, 第3, 三分之一 ...: what stands before a number makes it none, or none that is known."""
    return _NOT_BEFORE.search(before) is not None or (raw[0] in UNITS and _SOME.search(before) is not None)


def _is_bare_sum(raw: str, before: str) -> bool:
    """捐百万美元 and 上亿元 are sums; 百元大钞 and 百万美元大奖 are not."""
    return _LEADS_BARE.search(before) is not None or any(c in raw for c in "多余几")


def _follows(text: str, stop: int, name: str, when: str) -> bool:
    never = currencies.followers(name, when)
    return bool(never) and re.match(never, text[stop : stop + 4]) is not None


def _prefix(text: str, start: int, last: int) -> tuple[int, str] | None:
    """Where the name or sign of money right before `start` begins, and what it is: the longest, Latin ones whole."""
    end = start
    while end > last and text[end - 1] == " " and start - end < 2:
        end -= 1
    if end <= last or text[end - 1] not in currencies.prefix_ends():
        return None
    names, floor = currencies.prefixes(), max(last, start - 12)
    for begin in range(floor, end):
        name = text[begin:end]
        if name in names and not (begin > floor and _is_latin(name[0]) and _is_latin(text[begin - 1])):
            return begin, name
    return None


def _named_before(text: str, start: int, last: int) -> str | None:
    """The money that a sum is changed into, named before a verb: 折成新加坡币是."""
    named = _NAMED_BEFORE.search(text, max(last, start - 24), start)
    if named is None:
        return None
    name = named["name"]
    return next((name[k:] for k in range(len(name) - 1) if name[k:] in currencies.prefixes()), None)


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _binds(text: str, match: re.Match[str], prefix: str, name: str | None) -> bool:
    """A sign binds any number, a word only one that is plainly an amount (人民币50元, 人民币1000万, not 人民币8月)."""
    if name is not None:
        return name in currencies.YUAN_WORDS or currencies.codes().get(name) == currencies.codes()[prefix]
    if text[match.end() : match.end() + 1] in ("年", "月", "日", "号", "%"):
        return False
    if prefix in currencies.symbols() or prefix in currencies.latin():
        return True
    if prefix in currencies.PREFIX_WORDS:
        return any(c in match[1] for c in "万亿,.")
    return ("万" in match[1] or "亿" in match[1]) and _STANDS.match(text, match.end()) is not None
