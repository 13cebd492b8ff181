"""Clauses in which something happens: each trigger with the construction that makes it a happening, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl.build.events import triggers
from etl.build.events.clauses import MASK, Clause, Telling
from etl.build.events.triggers import Trigger, pattern, words
from etl.pages import Role

# A list of happenings: 举行了30多项活动例如:…;…  典型活动包括…以及…
_LIST_HEAD = re.compile(
    r"(?:活动|计划|项目|会议|内容|工作|亮点)(?:主要|典型)?,?(?:其中)?"
    r"(?:包括|例如|诸如|比如|如下|如|其是|分别是|主要有|有|即)?:|(?:活动|项目|计划)(?:主要)?(?:包括|例如|诸如|比如)"
)
_SETTING = re.compile(r"(?:框架)?(?:上|中|期间|后|前|时|当天|当晚|之际|现场|会场|全景|结束|以来|之后|之前|一角|合影)")
_SHORT_SUPPORT = re.compile(
    r"(?<![举主承合联协筹停开操代公])办(?=[了的一首第两\d“]|过)|(?<![展公召离])开(?=了|过|一[次场期]|第)"
)
_NOMINAL = re.compile(
    r"[的者]|活动|工作|项目|资金|总额|金额|以来|期间|情况|经费|款项|物资|周年|费|案|机制|框架|义务|单位|机关|日期|地点|过程|条件|标准|能力|方式|质量|中心|学校|站|机构|计划|学习"
)
_NEGATED = re.compile(r"(?:未|没有|没|尚未|不|拒绝|无法|难以|并非|除)\s?$")
_OBLIQUE = re.compile(r"(?:因|为|由于|对|就|关于|经|据|按照?|根据|通过|围绕|凭)[^,]{0,40}$")
_MANY = re.compile(r"(?:\d{1,5}|[一二三四五六七八九十百千两几数]{1,5})(?:多|余|几)?(?:场|次|项|届次|多场|余场)(?!会议)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger in its clause. `construction` is how it is told; `listed` items share a header's verb and date."""

    telling: Telling
    clause: Clause
    trigger: Trigger
    construction: str  # held, attended, subject, dated_noun, verb, temporal, listed
    start: int
    end: int
    header: tuple[int, int] | None = None


def find(telling: Telling) -> Iterator[Candidate]:
    """The candidates of a line in reading order; what is routine, opinion or generic is left out."""
    heads = _list_heads(telling)
    for clause in telling.clauses:
        found = list(triggers.find(telling, clause))
        header = heads.get(clause.sentence)
        left = clause.start
        for index, trigger in enumerate(found):
            listed = header is not None and trigger.start >= header[1]
            if trigger.form == "noun":
                construction = _noun_construction(telling, clause, found, index, listed)
            else:
                construction = _verb_construction(telling, clause, found, index)
            if construction is None or (not listed and _generic(telling, clause, trigger)):
                continue
            end = _evidence_end(telling, clause, found, index)
            yield Candidate(telling, clause, trigger, construction, left, end, header if listed else None)
            left = end


def _list_heads(telling: Telling) -> dict[int, tuple[int, int]]:
    """Sentence number -> (start of the sentence, end of its list header)."""
    heads: dict[int, tuple[int, int]] = {}
    for clause in telling.clauses:
        first = heads.get(clause.sentence)
        if first is not None:
            continue
        sentence = [c for c in telling.clauses if c.sentence == clause.sentence]
        start, end = sentence[0].start, sentence[-1].end
        match = _LIST_HEAD.search(telling.masked, start, end)
        if match and (pattern("hold").search(telling.masked, start, match.end()) or "典型" in match.group()):
            heads[clause.sentence] = (start, match.end())
    return heads


def _noun_construction(telling: Telling, clause: Clause, found: list[Trigger], index: int, listed: bool) -> str | None:
    trigger, text = found[index], telling.masked
    before, after = text[clause.start : trigger.start], text[trigger.end : clause.end]
    if any(after.startswith(word) for word in words("not_head")) or after.startswith("的"):
        return None
    following = found[index + 1] if index + 1 < len(found) else None
    if following is not None and _same_phrase(text[trigger.end : following.start]):
        return None  # 英语大赛决赛: the last noun is the head; 竞赛颁奖: the verb
    setting = _SETTING.match(after) is not None
    support = _support(before)
    if support == "attend":
        return "attended"
    if support == "hold":
        return "held"
    if _dated(telling, clause, trigger):
        return "dated_noun"
    if setting:
        return None
    match = pattern("held_after").search(after[:40])
    if match and not re.search(r"[的]", after[: match.start()]):
        return "subject"
    if re.match(r"[^,的]{0,12}(?:参加|参与)", after):
        return "attended"
    return "listed" if listed else None


def _same_phrase(gap: str) -> bool:
    return len(gap) <= 8 and not re.search(r"[、及与和,并在将]", gap)


def _support(before: str) -> str | None:
    """hold or attend, when such a verb governs what follows `before` in the clause."""
    best, kind = -1, None
    for name in ("hold", "attend"):
        for match in pattern(name).finditer(before):
            if match.end() > best:
                best, kind = match.end(), name
    for match in _SHORT_SUPPORT.finditer(before):
        if match.end() > best:
            best, kind = match.end(), "hold"
    if kind is None:
        return None
    gap = before[best:]
    return None if len(gap) > 70 or re.search(r"并(?!列)|从而|以便|旨在|为了", gap) else kind


def _dated(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """A day stands right before or after the noun: 6月24日的友谊晚会, 联席会议1月12日在归仁市达成的共识."""
    for date in telling.dates:
        if date.precision not in ("day", "day_part") or not clause.start <= date.char_start < clause.end:
            continue
        if 0 <= date.char_start - trigger.end <= 2:
            return True
        gap = telling.masked[date.char_end : trigger.start]
        if date.char_end <= trigger.start and len(gap) <= 16 and not re.search(r"[,、起前]|以来", gap):
            return True
    return False


def _verb_construction(telling: Telling, clause: Clause, found: list[Trigger], index: int) -> str | None:
    trigger, text = found[index], telling.masked
    before, after = text[clause.start : trigger.start], text[trigger.end : clause.end]
    if _NOMINAL.match(after) or before.endswith(("的", "所", "此次", "首次")) or _NEGATED.search(before):
        return None
    if trigger.objects and not any(word in after for word in trigger.objects):
        named = any(word in before for word in trigger.objects) and re.search(r"[把将]", before)
        if not named:
            return None
    if re.search(r"^[^,]{0,40}(?:时|期间|之际)$", after) and re.search(r"在|时$|期间$", before + after):
        return "temporal"
    return "verb"


@cache
def _routine() -> re.Pattern[str]:
    return pattern("routine")


def _generic(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """Several or unnamed happenings: 多项活动, 交流、会谈等活动, 办了二十多场活动."""
    if trigger.form != "noun":
        return False
    before = telling.masked[max(clause.start, trigger.start - 40) : trigger.start]
    near = before[-14:]
    if re.search(r"等[^,、]{0,6}$", near) or _MANY.search(near) or pattern("generic").search(before[-18:]):
        return True
    named = MASK in before or re.search(r"第[\d一二三四五六七八九十]+[届次]|周年|下一场|\d{4}年", before)
    return trigger.word in ("活动", "计划", "工作") and not named


def _evidence_end(telling: Telling, clause: Clause, found: list[Trigger], index: int) -> int:
    """A clause with one trigger is the evidence; of several each takes the part up to its own end."""
    return found[index].end if index + 1 < len(found) else clause.end


def is_frame(role: Role) -> bool:
    """Titles, leads and captions tell what the article is about; an undated telling there still counts."""
    return role in (Role.TITLE, Role.LEAD, Role.CAPTION)
