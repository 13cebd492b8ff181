"""From atoms to expressions: atoms that belong together make a point in time, two points a range.

| text | becomes |
|---|---|
| 2022 年 11 月, 12月31日下午 | one point: finer atoms join coarser ones |
| 2018-2023年, 5月9至10日, 自2018年3月起至2019年止 | one range |
| 3月18日和19日, 2020、2021年 | points that lend each other what they leave out |
| 2016年至今 | a range open to the day of publication |
"""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.normalize.dates import clauses, guards
from etl.normalize.dates.atoms import Atom
from etl.normalize.dates.fields import LEVELS, Point

_WIDEST = 8  # characters between the ends of a range
_TO = re.compile(" {0,2}(?:起|开始)? {0,2}(?:-|—{1,2}|~|至|到|直到|直至|截至)于? {0,2}")
_ANNIVERSARY = re.compile("[)）]?(?:[^,。;]{0,8})周年")
_AND = re.compile(" ?(?:、|,|和|与|及|以及|或|或者) ?")
_BRACKETED = frozenset({"weekday", "day", "bare_day"})
_TIMES = frozenset({"part", "clock", "bare_clock"})
_STRONG = frozenset({"year", "month", "day"})  # what begins so needs none of the rules for the rest
_NO_END = frozenset({"month_part", "lunar_mark", "feast", "nth_day", "season", "now"})  # no end of a range
# Atoms that count from the publication or from the text before: nothing coarser may stand before them.
_ANCHORED = frozenset({
    "rel_year", "ana_year", "rel_month", "ana_month", "week", "today", "rel_part", "ana_day", "rel_half",
    "rel_quarter", "ymd", "dmy", "ymd8", "ym", "fiscal", "school", "new_year", "same_period", "bare_pair",
    "century", "rel_century",
})  # fmt: skip
# Atoms that say too little to stand alone.
_WEAK = frozenset({
    "year3", "weak_year2", "ana_year", "weak_quarter", "season", "nth_day", "ana_month", "month_part", "number_day",
    "rel_part", "lunar_mark", "lunar_month", "lunar_day", "lunar_tail", "feast", "part", "clock", "bare_clock",
    "now", "bare_year", "bare_month", "bare_day", "end_year", "end_day", "sexagenary",
})  # fmt: skip
# Those that become dates by what follows them: 正月初三, 同月下旬, 乙巳年春节. 初二下午 and 除夕晚 do not.
_JOINABLE = frozenset({"year3", "weak_year2", "ana_year", "ana_month", "lunar_month", "lunar_mark", "sexagenary"})


class Expression(NamedTuple):
    """One date expression: a point, or a range from `first` to `last`."""

    start: int
    end: int
    first: Point
    last: Point | None = None


def assemble(folded: str, atoms: list[Atom], *, month_first: bool = False) -> list[Expression]:
    """The date expressions of the folded text, in order and without overlaps."""
    return _expressions(folded, _points(folded, atoms, month_first))


def _points(folded: str, atoms: list[Atom], month_first: bool) -> list[Point]:
    points: list[Point] = []
    point: Point | None = None
    for kind, start, end in atoms:
        if point is None or start - point.end > 2 or not _joins(folded, point, kind, start):
            point = Point(start, end)
            points.append(point)
        if kind == "month_part" and point.kinds and LEVELS[point.kinds[-1]] == 2:
            kind = "year_part"
        point.add(kind, folded[start:end], end, month_first)
        if kind in _BRACKETED and len(point.kinds) > 1 and folded[start - 1] == "(" and folded.startswith(")", end):
            point.end += 1
    return points


def _joins(folded: str, point: Point, kind: str, start: int) -> bool:
    """Whether an atom goes on with the point: finer than all before it and set beside it."""
    if point.borrows:
        return False
    last = point.kinds[-1]
    gap = folded[point.end : start]
    if last == "lunar_mark" and kind in ("year", "sexagenary", "rel_year", "month", "lunar_month", "lunar_day"):
        return not gap
    if kind == "now":
        return gap in ("", " ", "起", "以来", "开始") and point.year is not None
    if kind == "rel_day":
        return gap == "的" and last in ("rel_year", "rel_month")
    if kind in ("day", "bare_day") and gap == "(":  # 昨日（23日）上午, 本周三（26日）
        counted = point.day_shift is not None or point.weekday is not None
        return counted and point.day is None and folded.find(")", start, start + 6) > 0
    level = LEVELS[last]
    if LEVELS[kind] <= level or kind in _ANCHORED:
        return False
    if kind == "weekday":
        return gap in ("", " ", ",", ", ", "(") and level == 6
    if level >= 3 and kind in ("month", "bare_month", "season", "nth_day", "year_part"):
        return False
    if (
        kind in ("day", "bare_day", "number_day")
        and point.month is None
        and point.month_shift is None
        and point.month_echo is None
    ):
        return False
    if kind == "feast":
        return level in (2, 2.5) and gap in ("", " ", "的")
    if kind == "lunar_tail":
        return point.lunar and point.month is not None and not gap
    if kind == "lunar_day":
        return point.month is not None and not gap
    if kind == "month_part" and level != 4:
        return level == 2 and not gap and folded[start] in "初底末"
    if kind == "end_day":
        return point.year is not None and point.month is not None and not gap
    if kind in _TIMES and level < 6:
        return False
    return not gap.strip() or (gap == "的" and level <= 4 and kind not in _TIMES)


def _expressions(folded: str, points: list[Point]) -> list[Expression]:
    found: list[Expression] = []
    at = 0
    while at < len(points):
        point = points[at]
        after = points[at + 1] if at + 1 < len(points) else None
        if after is not None and after.start - point.end <= _WIDEST and _is_range(folded, point, after):
            expression = _range(folded, point, after)
            at += 1
        else:
            if point.kinds[-1] == "lunar_mark" and len(point.kinds) > 1:
                point.end -= 2  # 今年农历 with nothing of the lunar calendar after it
            lead = _leads(folded, point) if point.pair and point.kinds == ["bare_pair"] else 0
            expression = Expression(point.start - lead, point.end, point)
            if point.borrows:
                _lend(folded, points, at)
        at += 1
        if _stands(folded, expression):
            found.append(expression)
    return found


def _is_range(folded: str, first: Point, last: Point) -> bool:
    if first.now:
        return False
    gap = folded[first.end : last.start]
    if _TO.fullmatch(gap):
        if "—" in gap and clauses.is_dateline(folded, first.start, first.end):
            return False
        if _is_anniversary(folded, first, last, gap):
            return False
        return _TIMES.issuperset(last.kinds) or (
            _is_whole(folded, first, strict=False) and _is_whole(folded, last, strict=False)
        )
    # 2007年与2009年间: two years and what lies between
    return gap in ("与", "和") and folded.startswith(("间", "之间"), last.end) and first.kinds == last.kinds == ["year"]


def _is_anniversary(folded: str, first: Point, last: Point, gap: str) -> bool:
    """(1910年3月8日至2024年3月8日)114周年: the founding and its anniversary, two days rather than all between."""
    if (
        (first.month, first.day) != (last.month, last.day)
        or first.day is None
        or first.year is None
        or last.year is None
    ):
        return False
    return gap.strip() in ("至", "到") and _ANNIVERSARY.match(folded, last.end) is not None


def _range(folded: str, first: Point, last: Point) -> Expression:
    """The range, with 自 … 起 … 止 and … 间 as far as they enclose it."""
    start, end = first.start - _leads(folded, first), last.end
    if _TIMES.issuperset(last.kinds):  # 下午两点到五点: still the one day
        return Expression(start, end, first)
    if folded.startswith("止", end):
        end += 1
    elif folded[first.end : last.start] in ("与", "和"):
        end += 1 if folded.startswith("间", end) else 2
    return Expression(start, end, first, last)


def _leads(folded: str, point: Point) -> int:
    """1 when 自, 从 or 由 opens the range, else 0."""
    return int(point.start > 0 and folded[point.start - 1] in "从自由")


def _lend(folded: str, points: list[Point], at: int) -> None:
    """A number without its unit is a date only in a list that names the unit: 3、4月, 18、19日."""
    point = points[at]
    if not (at + 1 < len(points) and _AND.fullmatch(folded[point.end : points[at + 1].start])):
        point.borrows = "nothing"


def _is_whole(folded: str, point: Point, *, strict: bool = True) -> bool:
    """Whether the point says enough to be a date, alone (`strict`) or as one end of a range."""
    kinds = point.kinds
    if point.borrows == "nothing" or _TIMES.issuperset(kinds):
        return False
    if kinds[0] in _STRONG:
        return True
    if not strict:
        return not _NO_END.issuperset(kinds)
    if kinds[0] == "weak_year2":
        return len(kinds) > 1 or _reads_as_year(folded, point)
    if point.borrows and len(kinds) == 1:
        return True
    if kinds[0] == "year3":
        return len(kinds) > 1 or (point.start > 0 and folded[point.start - 1] in "在于")
    if "feast" in kinds and kinds[0] not in ("year", "year2", "rel_year", "ana_year", "sexagenary"):
        return False  # 农历春节 without its year is a name
    if kinds == ["sexagenary"]:
        return point.year is not None
    if kinds == ["lunar_month"] or kinds == ["lunar_mark", "lunar_month"]:
        return False
    if kinds == ["ana_day"] and folded.startswith("当", point.start):
        return not folded.startswith(("当日的", "当天的"), point.start)
    if kinds[0] == "rel_part":
        return "part" in kinds
    if kinds[0] == "number_day":
        return "part" in kinds and guards.is_bare_day(folded, point.start, point.end)
    return not _WEAK.issuperset(kinds) or (len(kinds) > 1 and kinds[0] in _JOINABLE)


def _reads_as_year(folded: str, point: Point) -> bool:
    """一五年 and 三三年 are years, 三五年 and 七八年 are three to five, seven or eight; 15年 only as a whole text."""
    first, second = folded[point.start], folded[point.start + 1]
    if first.isdecimal():
        return point.start == 0 and point.end == len(folded)
    order = "零一二三四五六七八九"
    return order.index(second) - order.index(first) not in (1, 2)


def _stands(folded: str, expression: Expression) -> bool:
    """Whether the expression is a date where it stands."""
    point = expression.first
    if not _is_whole(folded, point, strict=expression.last is None):
        return False
    kind = point.kinds[0]
    if folded[point.start - 1 : point.start] in guards.HEEDED:
        if guards.is_name(folded, point.start, expression.end):
            return False
        if kind in ("month", "year2", "weak_year2", "bare_month") and guards.is_counted(folded, point.start):
            return False
        if folded.endswith(("每", "每年", "往年", "常年"), max(0, point.start - 2), point.start):
            return False  # 每年3月8日, 往年五、六月 come again and again
    if kind in ("day", "bare_day"):
        return guards.is_bare_day(folded, point.start, expression.end)
    if kind in ("rel_day", "today"):
        return point.day is not None or guards.is_told_day(folded, point.start, expression.end)
    if kind == "weekday":
        return guards.is_weekday(folded, point.start, expression.end)
    if kind == "ymd8":
        return not folded[max(0, point.start - 2) : point.start].strip()[-1:].isalnum()
    if point.kinds == ["year"] and expression.last is None:
        return guards.is_year(folded, point.start, point.end, point.year or 0)
    return True
