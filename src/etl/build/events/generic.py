"""Several or unnamed happenings: 多项活动, 交流、会谈等活动, 办了二十多场活动."""

from __future__ import annotations

import re

from etl.build.events.clauses import MASK, Clause, Telling
from etl.build.events.triggers import Trigger, pattern
from etl.patterns import on_use

_MANY = on_use(
    r"(?<![第下上首\d一二三四五六七八九十百])(?:\d{2,5}|[2-9]|[二三四五六七八九十百千两几数][一二三四五六七八九十百千]{0,4})(?:多|余|几)?(?:场|次|项|间|所|批次|场次)(?!会议)"
)


_FEW = on_use(r"(?:[两二三四五]|[2-5])[场次]")


def _is_dated(telling: Telling, clause: Clause) -> bool:
    """By a day or month of its sentence: 5日下午两场足球友谊赛, 去年6月开过两次例会."""
    fine = ("day", "day_part", "month")
    return any(d.precision in fine for d in telling.dates if clause.sentence_start <= d.char_start < clause.end)


# 国际瑜伽日活动, 柬埔寨文化周活动: named by its day or week
_DAY_OF = on_use(r"[\u4e00-\u9fff]{2}(?<![\d一二三四五六七八九十今昨明当同次翌每假])[日周节夜]$")


def is_generic(telling: Telling, clause: Clause, trigger: Trigger, listed: bool) -> bool:
    """Several or unnamed happenings: 多项活动, 交流、会谈等活动, 办了二十多场活动."""
    before = telling.masked[max(clause.start, trigger.start - 40) : trigger.start]
    if trigger.form != "noun":
        return trigger.event_type == "cultural_exchange" and _MANY.search(before[-8:]) is not None  # 20多场联欢
    held = [m.end() for m in pattern("hold").finditer(before)]
    if trigger.word in ("活动", "计划") and held:
        before = before[held[-1] :]  # “绿光”协会在广治省开展活动: the quoted name is the holder's
    near = before[-14:]
    if re.search(r"等[^,、]{0,6}$", near):
        return True
    many = _MANY.search(near)
    of_things = many is not None and "的" in near[many.end() :]  # 两所学校的移交仪式: one
    if many and not of_things and not (_FEW.match(many.group()) and _is_dated(telling, clause)):
        return True
    named = (
        MASK in before or _DAY_OF.search(before) or re.search(r"第[\d一二三四五六七八九十]+[届次]|周年|下一场", before)
    )
    if trigger.word in ("活动", "计划") and not named:
        return True
    return not named and not listed and pattern("generic").search(before[-18:]) is not None
