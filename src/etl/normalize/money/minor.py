"""Tenths and hundredths behind a unit: 50元6角三分, 九块九, 两美元又三美分, 10日元5日本銭."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.normalize.numbers import DIGITS, parse_number
from etl.patterns import on_use

_D = "零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖\\d"
_YUAN = on_use(
    rf"钱?零?(?P<jiao>[{_D}])[角毛毫](?:零?(?P<fen>[{_D}])(?:分|(?![{_D}\u4e00-\u9fff])))?"
    rf"|零?(?P<only>[{_D}]{{1,2}})分(?!之|钟|别|部|店|社|行|局|支|组|批|期)"
)
_SPOKEN = on_use(rf"(?P<zero>零?)(?P<digit>[{_D}])(?![{_D}角毛毫分])")
_TENTHS = on_use(rf"(?P<digit>[{_D}])分?")
_HUNDREDTHS = (  # currency, its hundredth
    ("美元", "美分"),
    ("美金", "美分"),
    ("欧元", "欧分"),
    ("日元", "日本[銭钱]|钱"),
    ("英镑", "便士"),
    ("卢布", "戈比"),
    ("澳元", "澳分"),
    ("港元", "港仙"),
    ("港币", "港仙"),
)
_NOT_FEN = "(?![之钟别部店社行局支组批期成为给])"
_FOREIGN = {
    name: re.compile(rf"[ ]?又?[ ]?([十{_D}]{{1,3}})[ ]?(?:{minor}|分{_NOT_FEN})") for name, minor in _HUNDREDTHS
}
_STARTS = frozenset("零〇一二两三四五六七八九十壹贰叁肆伍陆柒捌玖0123456789 又钱整")
_AFTER = on_use(r"钱|整(?![\u4e00-\u9fff])")


def minor_part(text: str, at: int, word: str) -> tuple[Decimal | None, int]:
    """The value of tenths and hundredths that go on at `at`, in the main unit, and where they end."""
    if text[at : at + 1] not in _STARTS:
        return None, at
    value: Decimal | None = None
    if word in ("元", "圆", "块", "蚊") or word.endswith("币"):
        if found := _YUAN.match(text, at):
            value = _digit(found["jiao"]) / 10 + _digit(found["fen"]) / 100 + _digit(found["only"]) / 100
            at = found.end()
        elif word in ("块", "蚊") and (found := _SPOKEN.match(text, at)):
            value, at = _digit(found["digit"]) / (100 if found["zero"] else 10), found.end()
    elif word in ("角", "毛", "毫"):
        if found := _TENTHS.match(text, at):
            value, at = _digit(found["digit"]) / 10, found.end()
    elif word in _FOREIGN and (found := _FOREIGN[word].match(text, at)):
        value, at = parse_number(found[1]) / 100, found.end()
    if word in ("元", "圆", "块", "蚊", "角", "毛", "毫", "分") and (tail := _AFTER.match(text, at)):
        at = tail.end()
    return value, at


def _digit(text: str | None) -> Decimal:
    if not text:
        return Decimal(0)
    return Decimal(int("".join(str(DIGITS.get(c, c)) for c in text)))
