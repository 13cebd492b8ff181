"""What a figure is paid for: 每户500万越盾, 人均年收入1,850万越盾, 50万越盾/份."""

from __future__ import annotations

import re

from etl.normalize.money.sentences import CLAUSE_REACH as REACH
from etl.normalize.money.sentences import Sentences

_ONE = {"名": "人", "位": "人", "口": "人", "农户": "户", "家庭": "户"}
_LONG = (
    "项目|平方米|平方公里|立方米|平米|公里|公斤|公顷|公升|毫升|千克|小时|学期|学年|季度|分钟|英亩|人次|台次|农户|家庭|学生|学员|"
    "村民|职工"
)
_SHORT = (
    "人名位户家口年月日天周秒份套间栋幢座所台辆架艘头只匹件个项次张箱袋瓶罐桶吨亩升股碗杯例车校村乡县省市班组队单笔批期届"
    "节课场盒包本册部片块条根株棵支幅把顶床页版枚粒桌席斤米克磅度"
)
_EACH = re.compile(rf"每(?:一|1)?(?:个)?({_LONG}|[{_SHORT}])")
_AVERAGE = re.compile(r"([人户年月日校村县])均")
_SIGN = re.compile(r"[每均值价售]")
_PRICED = "人名位户家年月日天周份套间栋座台辆头只件个次张箱吨亩升桶股碗例车项校村"
_AFTER = re.compile(rf"[ ]?(?:/[ ]?|每)(?:一|1)?(?:个)?({_LONG}|[{_PRICED}])")
_AFTER_FIRST = frozenset(" /每")  # a cheap test before the pattern
_WORTH = re.compile(r"一(份|套|箱|台|辆|件)(?:总)?(?:价值|价|值|售)(?:为|达|约|近|超过)?$")


def per_unit(sentences: Sentences, start: int, end: int, floor: int) -> str | None:
    """The unit of one: 人, 户, 年 ..., several joined by / (每人每月). `floor` is where the figure before ends."""
    after = _AFTER.match(sentences.text, end) if sentences.text[end : end + 1] in _AFTER_FIRST else None
    if after is None and not _SIGN.search(sentences.text, max(floor, start - REACH), start):
        return None
    clause = sentences.clause_before(start, floor)
    found: list[tuple[int, str]] = []
    if "每" in clause:
        found += [(m.start(), m[1]) for m in _EACH.finditer(clause)]
    if "均" in clause:
        found += [(m.start(), m[1]) for m in _AVERAGE.finditer(clause)]
    if "一" in clause and (worth := _WORTH.search(clause)):
        found.append((worth.start(), worth[1]))
    if after:
        found.append((len(clause), after[1]))
    units = list(dict.fromkeys(_ONE.get(unit, unit) for _, unit in sorted(found)))
    return "/".join(units) or None
