"""Numbers as Chinese text writes them: 三万四千五, 1亿2000万, 1.9百万, 九十二万四, １２,３００, -1200K."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.normalize.text import fold

MAX_LENGTH = 200

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
    "倆": 2, "弍": 2, "弐": 2, "幺": 1,
}  # fmt: skip
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SHORT_TENS = {"廿": 20, "卅": 30, "卌": 40}
SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}
LATIN_SCALES = {"k": 10**3, "m": 10**6, "g": 10**9, "b": 10**9, "t": 10**12}
COUNTS = {"打": 12, "双": 2, "對": 2, "对": 2, "雙": 2}

_CN_DIGITS = "".join(DIGITS)
_ATOM = re.compile(
    rf"(?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d{{1,3}}(?:\.\d{{3}}){{2,}}(?!\d)|\d+(?:\.\d*)?|\.\d+)"
    rf"|点(?P<fraction>[{_CN_DIGITS}]+|\d+)"
    rf"|(?P<digits>[{_CN_DIGITS}]+)"
    rf"|(?P<short>[廿卅卌])|(?P<tens>[十拾百佰千仟])|(?P<scale>[万亿兆])|(?P<half>半)|(?P<vague>[多余来几])"
)
_WHOLE = re.compile(r"(?P<sign>(?:负|-|－|\+)?)(?P<body>.+?)(?P<latin>[kKmMgGbBtT])?(?P<count>[个打双雙对對])?$")
_POWER = re.compile(r"(-?[\d.]+)\^(-?\d{1,3})$")
_FRACTION = re.compile(r"(.+)(?:分之|份之)(.+)$|(-?[\d.]+)/(-?[\d.]+)$")
_EXPONENT = re.compile(r"-?\d+(?:\.\d+)?[eE][+-]?\d{1,2}$")


def parse_number(text: str) -> Decimal:
    """The value of a number in any written form; 多, 余, 来, 几 inside it count nothing (三十多万 is 300000).

    Raises ValueError for text that is not one number.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"{text[:20]!r}... is longer than a number can be ({MAX_LENGTH} characters).")
    body = "".join(fold(text).split())
    if _EXPONENT.match(body):
        return Decimal(body)
    if power := _POWER.match(body):
        sign = -1 if power[1].startswith("-") else 1
        return sign * parse_number(power[1].lstrip("-")) ** int(power[2])
    if ratio := _FRACTION.match(body):
        below, above = (ratio[1], ratio[2]) if ratio[1] else (ratio[4], ratio[3])
        divisor = parse_number(below)
        if not divisor:
            raise ValueError(f"{text!r} divides by zero.")
        return parse_number(above) / divisor
    whole = _WHOLE.match(body)
    if whole is None:
        raise ValueError(f"{text!r} is not a number.")
    value = _plain(whole["body"], text)
    value *= LATIN_SCALES.get((whole["latin"] or "").lower(), 1) * COUNTS.get(whole["count"] or "", 1)
    return -value if whole["sign"] in ("负", "-") else value


def _plain(body: str, text: str) -> Decimal:
    """Adds up digits, tens and scales from left to right.

    `total` holds what stands before the last 万, 亿 or 兆, `section` the hundreds since, `pending` a digit alone.
    """
    total, section, pending = Decimal(0), Decimal(0), None
    last_scale, unit, casual = 0, 0, False
    for atom in _atoms(body, text):
        kind, value = atom.lastgroup, atom[0]
        if kind == "vague":
            continue
        if kind == "arabic":
            if pending:
                raise ValueError(f"{text!r} is not a number.")
            is_alone = pending is None and len(value) == 1 and value != "0"  # 1千5 is 1500, 1千零5 is not
            pending, casual = _arabic(value), is_alone
        elif kind == "digits":
            if pending and value.strip("零〇○"):
                raise ValueError(f"{text!r} is not a number.")
            pending = Decimal("".join(str(DIGITS[c]) for c in value))
            casual = len(value) == 1 and pending != 0
        elif kind == "fraction":
            whole = _casual(pending, unit) if casual else pending or Decimal(0)
            pending, casual = whole + Decimal("0." + "".join(str(DIGITS.get(c, c)) for c in atom["fraction"])), False
        elif kind == "half":
            pending, casual = (pending or Decimal(0)) + Decimal(unit or 1) / 2 if unit else Decimal("0.5"), False
        elif kind == "short":
            section, pending, unit = section + SHORT_TENS[value], None, 10
        elif kind == "tens":
            unit = TENS[value]
            section, pending, casual = section + (pending or Decimal(1)) * unit, None, False
        else:
            scale = SCALES[value]
            is_empty = pending is None and not section  # 万 alone is 10000; the 0万 of 1亿0万 is nothing
            section += pending or 0
            if scale >= last_scale and total:
                total = (total + section) * scale
            else:
                total += (Decimal(1) if is_empty else section) * scale
            section, pending, casual, last_scale, unit = Decimal(0), None, False, scale, scale
    if pending is not None and casual:
        pending = _casual(pending, unit)
    return total + section + (pending or 0)


def _atoms(body: str, text: str) -> list[re.Match[str]]:
    atoms: list[re.Match[str]] = []
    at = 0
    for atom in _ATOM.finditer(body):
        between = body[at : atom.start()]
        if between and not (between == "个" and atoms):
            raise ValueError(f"{text!r} is not a number.")
        atoms.append(atom)
        at = atom.end()
    if at != len(body) or all(atom.lastgroup == "vague" for atom in atoms):
        raise ValueError(f"{text!r} is not a number.")
    return atoms


def _casual(digit: Decimal | None, unit: int) -> Decimal:
    """A last digit without its unit counts a tenth of the unit before it: 一万三 is 13000, 九百九 is 990."""
    return Decimal(0) if digit is None else digit * (unit // 10 if unit >= 10 else 1)


def _arabic(digits: str) -> Decimal:
    """Thousands commas dropped; of dots, several group thousands (1.350.000) and one is decimal."""
    digits = digits.replace(",", "")
    return Decimal(digits.replace(".", "") if digits.count(".") > 1 else digits)
