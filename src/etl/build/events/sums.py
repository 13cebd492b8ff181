"""What a period came to: 全省接收援助320万美元, 接待团组6批74人次, 2012年至2018年办的活动. No single happening."""

from __future__ import annotations

from etl.build.events.candidates import Candidate
from etl.build.events.dating import Anchor, span_days, told_from
from etl.patterns import on_use

_KINDS = frozenset({"handover", "award", "visit", "meeting", "training", "signing", "other"})
_FINE = ("day", "day_part", "week")
_SHORT = 31  # days: what is said of a longer period is its sum
# 全省接收…, 各成员协会为…赠送…: a whole land or all bodies of a kind do nothing on one occasion.
_WHOLE = on_use(
    r"(?:^|[,日月年旬末底初度间内])(?:(?:全|我)[省市县国郡区乡坊社镇州村](?![\u4e00-\u9fff]{0,3}[团队])|"
    r"各(?:级|地|方|界|部门|单位|成员|[省市县区乡坊])[^,、]{0,8}|各(?:组织|协会|友协|机构)|动员各[方界][^,]{0,8})[^,在于与同■]{0,14}$"
)
_ADDED_UP = on_use(
    r"(?<![公])共(?![同产青和享建鸣管有渡庆迎进商])|总共|累计|合计|总计|(?:已|也)?先后|陆续|平均|年均|逐步|前后"
)
_TALLY = on_use(
    r"(?:[\d.,]+(?:多|余)?(?:万)?(?:多|余)?|[一二两三四五六七八九十百]{2,})(?:批次?|人次|例次|户次|场次|团次|车次|笔|起)"
)


def is_sum(candidate: Candidate, found: Anchor) -> bool:
    """Whether a verb tells what months or years came to: without a day, and counted up or of a whole province."""
    trigger, telling, clause = candidate.trigger, candidate.telling, candidate.clause
    if trigger.form != "verb" or trigger.event_type not in _KINDS or _is_short(found):
        return False
    start = max(clause.start, told_from(candidate))
    before = telling.bare[start : trigger.start]
    after = telling.masked[trigger.end : clause.end]
    one_week = found.kind == "recent" and trigger.event_type == "visit" and before.endswith("先后")
    if (_ADDED_UP.search(before) and not one_week) or _WHOLE.search(before) or _TALLY.search(after):
        return True
    given = trigger.event_type in ("handover", "award") or trigger.word == "接待"
    return given and _is_long(found)


def _is_short(found: Anchor) -> bool:
    date = found.date
    return date is not None and (date.precision in _FINE or (date.precision == "range" and span_days(date) <= _SHORT))


def _is_long(found: Anchor) -> bool:
    date = found.date
    return date is not None and (
        date.precision in ("quarter", "half") or (date.precision == "range" and span_days(date) > _SHORT)
    )


_YEARS = on_use(
    r"(?:过去|近|最近|这|头)[^,]{0,4}[年]|[多历]年来|累计|[\d一二三四五六七八九十]年(?:来|间)|(?:成立|创办|建交|实施|启动)(?:以来|至今)"
)
_PEOPLE_COUNTED = on_use(r"[\d.,]+(?:多|余)?万?(?:多|余)?(?:人次|户次|场次)")


def is_programme(candidate: Candidate, found: Anchor) -> bool:
    """2012年至2018年,协会开展的“培育友谊”活动资助留学生860人次: what went on for years, told by its sum."""
    trigger, telling, clause = candidate.trigger, candidate.telling, candidate.clause
    if trigger.form != "noun" or found.kind not in ("none", "section", "anaphora"):
        return False
    start = told_from(candidate)
    said = telling.masked[start : trigger.start]
    years = any(
        d.precision == "range" and span_days(d) > 100 and start <= d.char_start < trigger.start for d in telling.dates
    )
    counted = _PEOPLE_COUNTED.search(telling.masked, trigger.end, clause.end) is not None
    return years or _YEARS.search(said) is not None or counted
