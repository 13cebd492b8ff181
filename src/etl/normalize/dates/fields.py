"""What an atom says: its place in the order from century to clock, and the values it gives to a point in time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from etl.normalize.dates.signs import digits, number

# Coarse to fine: within one point in time the atoms come in this order.
LEVELS = {
    "century": 0, "rel_century": 0, "decade": 1, "ymd": 6, "dmy": 6, "ymd8": 6, "ym": 4, "fiscal": 6, "school": 6,
    "new_year": 6, "bare_pair": 6, "sexagenary": 2, "year": 2, "era_year": 2, "roc_year": 2, "year3": 2, "bare_year": 2,
    "end_year": 2, "year2": 2, "weak_year2": 2, "same_period": 6, "rel_year": 2, "ana_year": 2, "lunar_mark": 2.5,
    "half": 3, "rel_half": 3, "quarter": 3, "weak_quarter": 3, "quarters": 3, "rel_quarter": 3, "months": 3,
    "season": 3, "year_part": 3, "nth_day": 6, "lunar_month": 4, "month": 4, "bare_month": 4, "rel_month": 4,
    "ana_month": 4, "month_part": 5, "week": 6, "weekday": 7, "bare_day": 6, "day": 6, "end_day": 6,
    "number_day": 6, "today": 6, "rel_day": 6, "rel_part": 6, "ana_day": 6, "lunar_day": 6, "lunar_tail": 6,
    "feast": 6, "part": 8, "clock": 9, "bare_clock": 9, "now": 10,
}  # fmt: skip

DAY_PARTS = {
    "凌晨": "dawn", "清晨": "dawn", "清早": "dawn", "黎明": "dawn", "拂晓": "dawn", "翌晨": "dawn",
    "早晨": "morning", "早上": "morning", "早间": "morning", "朝早": "morning", "一早": "morning", "上午": "morning",
    "早": "morning", "晨": "morning",
    "中午": "noon", "正午": "noon", "午间": "noon", "晌午": "noon",
    "下午": "afternoon", "午后": "afternoon",
    "傍晚": "evening", "黄昏": "evening", "晚上": "evening", "晚间": "evening", "晚": "evening",
    "夜间": "night", "夜里": "night", "深夜": "night", "后半夜": "night", "前半夜": "night", "半夜": "night",
    "午夜": "night", "子夜": "night", "夜": "night",
}  # fmt: skip

_SHIFTS = {
    "今年": 0, "本年": 0, "这年": 0, "去年": -1, "昨年": -1, "上年": -1, "前年": -2, "大前年": -3, "明年": 1,
    "来年": 1, "下年": 1, "后年": 2, "今日": 0, "今天": 0, "昨日": -1, "昨天": -1, "寻日": -1, "明日": 1, "明天": 1,
    "前日": -2, "前天": -2, "后日": 2, "后天": 2, "今": 0, "昨": -1, "前": -2, "明": 1, "上": -1, "本": 0, "这": 0,
    "下": 1, "上上": -2, "下下": 2,
}  # fmt: skip
_WEEKDAYS = {sign: value for value, sign in enumerate("一二三四五六日")} | {"天": 6}
ROC = 1911  # the calendar of the Republic, which Taiwan uses: 112年 is 2023
_SEASONS = {"春": 1, "夏": 2, "秋": 3, "冬": 4}
_NUMERIC = re.compile("[0-9]+")
_WRITTEN = re.compile("[0-9]+|[一二三四五六七八九十零两廿卅]+")
_EDGES = re.compile("初期?|末期?|中期|中叶|前期|后期|[上下前后]半叶|底")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


@dataclass(slots=True)
class Point:
    """One point in time as written: the values its atoms give, nothing resolved.

    `*_shift` counts from the publication date (去年 = year_shift -1), `*_echo` from what the text last told
    (次年 = year_echo 1). `span` is a named part of a year, such as ("quarter", 3).
    """

    start: int
    end: int
    kinds: list[str] = field(default_factory=list)
    century: int | None = None
    century_shift: int | None = None
    decade: int | None = None
    edge: str = ""
    year: int | None = None
    short_year: int | None = None
    year_shift: int | None = None
    year_echo: int | None = None
    sexagenary: int | None = None
    span: tuple[str, int] | None = None
    month: int | None = None
    month_shift: int | None = None
    month_echo: int | None = None
    month_part: str = ""
    week_shift: int | None = None
    weekday: int | None = None
    day: int | None = None
    day_shift: int | None = None
    day_echo: int | None = None
    part: str = ""
    clock: bool = False
    lunar: bool = False
    leap: bool = False
    feast: str = ""
    pair: tuple[int, int] | None = None
    borrows: str = ""
    now: bool = False

    def add(self, kind: str, text: str, end: int, month_first: bool) -> None:
        """Take the values of one more atom of this point; `text` is the atom's folded text."""
        for name, value in values(kind, text, month_first):
            setattr(self, name, value)
        self.kinds.append(kind)
        self.end = end


@lru_cache(maxsize=4096)
def values(kind: str, text: str, month_first: bool) -> tuple[tuple[str, Any], ...]:
    """The fields an atom sets, by name. Depends on nothing but its text, so that common atoms are read once."""
    reader = _READERS.get(kind)
    return () if reader is None else tuple(reader(text, month_first).items())


def _ymd(text: str, month_first: bool) -> dict[str, Any]:
    year, month, day = map(int, _NUMERIC.findall(text)[:3])
    return {"year": year, "month": month, "day": day, "clock": "T" in text}


def _dmy(text: str, month_first: bool) -> dict[str, Any]:
    day, month, year = map(int, _NUMERIC.findall(text))
    if (month_first and day <= 12) or month > 12:
        day, month = month, day
    return {"year": year, "month": month, "day": day}


def _pair(text: str, month_first: bool) -> dict[str, Any]:
    years = _NUMERIC.findall(text)
    first = int(years[0])
    last = int(years[-1]) if len(years[-1]) == 4 else first - first % 100 + int(years[-1])
    return {"pair": (first, max(last, first)), "edge": "pair" if len(years) > 1 else ""}


def _decade(text: str, month_first: bool) -> dict[str, Any]:
    written = digits(found) if (found := text.split("年")[0].strip()).isdecimal() else number(found)
    return (
        {"decade": written % 100, "century": written // 100 + 1} if written >= 1000 else {"decade": written}
    ) | _edge(text)


def _edge(text: str) -> dict[str, Any]:
    found = _EDGES.search(text)
    return {"edge": found.group()} if found else {}


def _week(text: str, month_first: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"week_shift": _shift(text)}
    if text[-1] in _WEEKDAYS and text[-2:] != "一周" and text[-1] != "周":
        found["weekday"] = _WEEKDAYS[text[-1]]
    if text.endswith("末"):
        found["month_part"] = "周末"
    return found


def _shift(text: str) -> int:
    """上上周 -2, 下个月 1, 大后天 3, 这一年 0."""
    great = len(text) - len(text.lstrip("大"))
    for length in (3, 2, 1):
        if text[great : great + length] in _SHIFTS:
            shift = _SHIFTS[text[great : great + length]]
            return shift + (great if shift > 0 else -great)
    return 0


def _quarter(text: str, month_first: bool) -> dict[str, Any]:
    written = text.strip("第季度初末底Q ")
    count = 1 if written in ("首", "") else number(written)
    return {"span": ("quarter", count)} | _edge(text)


def _written(text: str) -> int:
    found = _WRITTEN.search(text)
    return number(found.group()) if found else 1


def _year_number(text: str) -> int:
    found = _WRITTEN.search(text)
    return digits(found.group()) if found else 0


def _sexagenary(text: str, month_first: bool) -> dict[str, Any]:
    signs = text.strip("年 ")[-2:]
    stem, branch = _STEMS.index(signs[0]), _BRANCHES.index(signs[1])
    order = next((n for n in range(60) if n % 10 == stem and n % 12 == branch), None)
    stated = _NUMERIC.search(text)
    return {"year": int(stated.group())} if stated else {"sexagenary": order}


def _lunar_month(text: str, month_first: bool) -> dict[str, Any]:
    leap = text.startswith("闰")
    return {
        "month": {"正": 1, "腊": 12, "冬": 11}.get(text[0]) or number(text.strip("闰月")),
        "lunar": True,
        "leap": leap,
    }


_ECHOES = {"同": 0, "当": 0, "次": 1, "翌": 1}
_READERS: dict[str, Callable[[str, bool], dict[str, Any]]] = {
    "ymd": _ymd,
    "dmy": _dmy,
    "ymd8": lambda t, _: {"year": int(t[:4]), "month": int(t[4:6]), "day": int(t[6:8])},
    "ym": lambda t, _: {"year": int(t[:4]), "month": int(t[5:7])},
    "fiscal": _pair,
    "school": _pair,
    "bare_pair": _pair,
    "new_year": lambda t, _: {"year": int(t[:4]), "month": 1, "day": 1},
    "sexagenary": _sexagenary,
    "decade": _decade,
    "century": lambda t, _: {"century": _written(t)} | _edge(t),
    "rel_century": lambda t, _: {"century_shift": _shift(t)} | _edge(t[1:]),
    "year": lambda t, _: {"year": _year_number(t)},
    "era_year": lambda t, _: {"year": _year_number(t)},
    "roc_year": lambda t, _: {"year": ROC + (1 if "元" in t else _written(t) if "十" in t else _year_number(t))},
    "year3": lambda t, _: {"year": _year_number(t)},
    "bare_year": lambda t, _: {"year": int(t), "borrows": "年"},
    "end_year": lambda t, _: {"year": int(t)},
    "year2": lambda t, _: {"short_year": _year_number(t)},
    "weak_year2": lambda t, _: {"short_year": _year_number(t)},
    "same_period": lambda t, _: {"span": ("same", -1)},
    # 2022年是友好年。这一年,…: the year told last, where one was told
    "rel_year": lambda t, _: {"year_shift": _shift(t)} | ({"year_echo": 0} if t[0] == "这" else {}),
    "ana_year": lambda t, _: {"year_echo": _ECHOES[t[0]]},
    "half": lambda t, _: {"span": ("half", 1 if t[0] in "上前" else 2)},
    "rel_half": lambda t, _: {"span": ("rel_half", _shift(t))},
    "quarter": _quarter,
    "weak_quarter": _quarter,
    "quarters": lambda t, _: {"span": ("quarters", _written(t[1:]))},
    "rel_quarter": lambda t, _: {"span": ("rel_quarter", _shift(t))},
    "months": lambda t, _: {"span": ("months", _written(t[1:]))},
    "season": lambda t, _: {"span": ("season", _SEASONS[t[0]])},
    "year_part": lambda t, _: {"span": ("year_part", "初底末".index(t[-1]))},
    "nth_day": lambda t, _: {"span": ("nth_day", _written(t))},
    "lunar_mark": lambda t, _: {"lunar": True},
    "lunar_month": _lunar_month,
    "month": lambda t, _: {"month": _written(t) if t[0] != "元" else 1},
    "bare_month": lambda t, _: {"month": _written(t), "borrows": "月"},
    "rel_month": lambda t, _: {"month_shift": _shift(t)},
    "ana_month": lambda t, _: {"month_echo": _ECHOES[t[0]]},
    "month_part": lambda t, _: {"month_part": t.lstrip("月") or t},
    "week": _week,
    "weekday": lambda t, _: {"weekday": _WEEKDAYS[t[-1]]},
    "bare_day": lambda t, _: {"day": _written(t), "borrows": "日"},
    "day": lambda t, _: {"day": _written(t)},
    "end_day": lambda t, _: {"day": _written(t)},
    "number_day": lambda t, _: {"day": _written(t)},
    "today": lambda t, _: {"day": _written(t[1:]), "day_shift": _shift(t)},
    "rel_day": lambda t, _: {"day_shift": _shift(t)},
    "rel_part": lambda t, _: {"day_shift": _shift(t)},
    "ana_day": lambda t, _: {"day_echo": _ECHOES[t[0]], "part": DAY_PARTS.get(t, "")},
    "lunar_day": lambda t, _: {"day": number(t[1:]), "lunar": True},
    "lunar_tail": lambda t, _: {"day": number(t), "lunar": True},
    "feast": lambda t, _: {"feast": t},
    "part": lambda t, _: {"part": DAY_PARTS[t]},
    "clock": lambda t, _: {"clock": True},
    "now": lambda t, _: {"now": True},
}  # fmt: skip
