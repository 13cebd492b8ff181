"""Numbers of a happening: 第N届, 第N次 and N周年."""

from __future__ import annotations

import re

from etl.normalize.numbers import parse_number

_DIGITS = r"[\d一二三四五六七八九十百零]{1,5}"
_NUMBER = re.compile(rf"第\s?({_DIGITS})\s?[届次](?!全国委员会|任期)")
_ANNIVERSARY = re.compile(rf"({_DIGITS})\s?周年")


def number(text: str) -> int | None:
    """The series number of the last 第N届 or 第N次 in a folded text."""
    found = _NUMBER.findall(text)
    return int(parse_number(found[-1])) if found else None


def anniversary(text: str) -> int | None:
    """The N of the last N周年 in a folded text."""
    found = _ANNIVERSARY.findall(text)
    return int(parse_number(found[-1])) if found else None
