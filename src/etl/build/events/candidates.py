"""Clauses in which something happens: each trigger with the construction that makes it a happening, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from etl.build.events import triggers
from etl.build.events.clauses import MASK, Clause, Telling
from etl.build.events.triggers import Trigger, pattern, words

# A list of happenings: 举行了30多项活动例如:…;…  典型活动包括…以及…
_LIST_HEAD = re.compile(
    r"(?:活动|计划|项目|会议|内容|工作|亮点)(?:主要|典型)?,?(?:其中)?"
    r"(?:包括|例如|诸如|比如|如下|如|其是|分别是|主要有|有|即)?:|(?:活动|项目|计划)(?:主要)?(?:包括|例如|诸如|比如)"
)
_SETTING = re.compile(
    r"(?:框架)?(?:上|中(?!心)|期间|后|前|时|当天|当晚|之际|现场|会场|全景|结束|以来|之后|之前|一角|合影|的)"
)
_SHORT_SUPPORT = re.compile(
    r"(?<![举主承合联协筹停开操代公])办(?=[了的一首第两\d“]|过|起)|(?<![展公召离])开(?=了|过|一[次场期]|第)|(?<![■国会])组织(?![的、,和与者机成部领代会力能工■])|主持(?=了|召)"
)
_NOMINAL = re.compile(
    r"[的者]|活动|工作|项目|资金|总额|金额|以来|期间|情况|经费|款项|物资|周年|费|案|机制|框架|义务|单位|机关|日期|地点|过程|"
    r"条件|标准|能力|方式|质量|中心|学校|站|机构|计划|学习|团体|运动|政策|需求|培训|仪式|名额|手续|作品|词|"
    r"纪要|证书|协议|备忘录|清单|合同|生|员|师|品|材料|决议|法|权|功能|程序|速度|在即|率|额|量|数|(?:\d{1,4}|[一二三四五六七八九十百]{1,4})周年"
)
_NEGATED = re.compile(r"(?:未|没有|没|尚未|不|拒绝|无法|难以|并非|除)\s?$")
_MANY = re.compile(
    r"(?<![第下上首\d一二三四五六七八九十百])(?:\d{2,5}|[2-9]|[二三四五六七八九十百千两几数]{1,5})(?:多|余|几)?(?:场|次|项)(?!会议)"
)
_BARE_SUBJECT = re.compile(r"(?:还|指出|认为|强调|听取|通过|决定|定下|宣布|要求|由|上|达成)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger in its clause. `construction` is how it is told; `listed` items share a header's verb and date.

    `start` and `end` are its evidence in the line; `header` is the span of the list header, when there is one.
    """

    telling: Telling
    clause: Clause
    trigger: Trigger
    construction: str  # held, attended, subject, dated_noun, verb, temporal, listed
    start: int
    end: int
    header: tuple[int, int] | None = None

    @property
    def sentence_start(self) -> int:
        return self.clause.sentence_start

    @property
    def item_start(self) -> int:
        return self.clause.item_start

    @property
    def words(self) -> str:
        """The evidence, masked."""
        return self.telling.masked[self.start : self.end]


def find(telling: Telling) -> Iterator[Candidate]:
    """The candidates of a line in reading order; generic ones (多项活动) are left out."""
    heads = _list_heads(telling)
    for clause in telling.clauses:
        found = triggers.find(telling, clause)
        header = heads.get(clause.sentence)
        made: list[Candidate] = []
        for index, trigger in enumerate(found):
            listed = header is not None and trigger.start >= header[1]
            construction = _construction(telling, clause, found, index, listed)
            if index and found[index - 1].word == "接待" and trigger.event_type == "visit":
                continue  # 接待德国总统到访越德大学 is one visit
            if construction is None or _generic(telling, clause, trigger, listed):
                continue
            made.append(
                Candidate(telling, clause, trigger, construction, clause.start, clause.end, header if listed else None)
            )
        yield from _shared_out([c for i, c in enumerate(made) if not _is_verb_of(c, made[:i])])


def _is_verb_of(candidate: Candidate, before: list[Candidate]) -> bool:
    """足球赛近日在驮隆口岸开球: the verb of a noun already found."""
    nouns = [c for c in before if c.trigger.form == "noun" and c.construction in ("subject", "dated_noun")]
    return candidate.construction == "verb" and candidate.trigger.word in words("held_after") and bool(nouns)


def _shared_out(made: list[Candidate]) -> Iterator[Candidate]:
    """A clause with one happening is its evidence; of several each takes the words up to the end of its own."""
    for index, candidate in enumerate(made):
        start = made[index - 1].trigger.end if index else candidate.start
        if candidate.header is not None:
            start = max(start, candidate.header[1])
        start += len(candidate.telling.text[start:]) - len(candidate.telling.text[start:].lstrip("、,，; "))
        end = candidate.trigger.end if index + 1 < len(made) else candidate.end
        yield replace(candidate, start=start, end=end)


def _list_heads(telling: Telling) -> dict[int, tuple[int, int]]:
    """Sentence number -> (start of the sentence, end of its list header)."""
    spans: dict[int, tuple[int, int]] = {}
    for clause in telling.clauses:
        start, _ = spans.get(clause.sentence, (clause.start, 0))
        spans[clause.sentence] = (start, clause.end)
    heads: dict[int, tuple[int, int]] = {}
    for sentence, (start, end) in spans.items():
        match = _LIST_HEAD.search(telling.masked, start, end)
        if match and ("典型" in telling.masked[start : match.end()] or _support(telling.bare[start : match.end()])):
            heads[sentence] = (start, match.end())
    return heads


def _construction(telling: Telling, clause: Clause, found: list[Trigger], index: int, listed: bool) -> str | None:
    form = found[index].form
    if form == "verb":
        return _of_verb(telling, clause, found[index])
    if form == "jubilee":
        return "listed" if listed else None
    return _of_noun(telling, clause, found, index, listed)


def _of_noun(telling: Telling, clause: Clause, found: list[Trigger], index: int, listed: bool) -> str | None:
    trigger, text = found[index], telling.bare
    before, after = text[clause.start : trigger.start], text[trigger.end : clause.end]
    if after.startswith(("的", *words("not_head"))):
        return None
    following = found[index + 1] if index + 1 < len(found) else None
    if following is not None and _one_phrase(text[trigger.end : following.start], following):
        return None  # 英语大赛决赛: the last noun is the head; 竞赛颁奖: the verb
    support = _support(before)
    if support is not None:
        return support
    if _dated(telling, clause, trigger):
        return "dated_noun"
    if _SETTING.match(after):
        return None
    named = len(before.strip()) >= 2 and not before.endswith(("本次", "此次", "该", "这次", "是次", "这场", "本届"))
    match = pattern("held_after").search(after[:40])
    if (
        match
        and not after[match.end() :].startswith(("以来", "之前", "前"))
        and "的" not in after[: match.start()]
        and (named or match.group() in ("举行", "召开", "举办"))
    ):
        return "subject"
    if re.match(r"[^,]{0,12}(?:参加|参与)", after):
        return "attended"
    return "listed" if listed else None


def _one_phrase(gap: str, following: Trigger) -> bool:
    if following.form == "verb":
        return gap == "" and following.event_type == "award"
    return len(gap) <= 8 and not re.search(r"[、及与和,并在将□■]", gap)


def _support(before: str) -> str | None:
    """held or attended, when a verb of holding or attending governs what follows `before` in the clause."""
    best, kind = -1, None
    for name, construction in (("hold", "held"), ("attend", "attended")):
        for match in pattern(name).finditer(before):
            if match.end() > best:
                best, kind = match.end(), construction
    for match in _SHORT_SUPPORT.finditer(before):
        if match.end() > best:
            best, kind = match.end(), "held"
    if kind is None:
        return None
    gap = before[best:]
    return None if len(gap) > 70 or re.search(r"(?<!合)并(?![列排])|从而|以便|旨在|为了", gap) else kind


def _dated(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """A day stands right before or after the noun: 6月24日的友谊晚会, 联席会议1月12日在归仁市达成的共识."""
    for date in telling.dates:
        if date.precision not in ("day", "day_part") or not clause.start <= date.char_start < clause.end:
            continue
        after = telling.masked[date.char_end : clause.end]
        if 0 <= date.char_start - trigger.end <= 2 and not re.search(r"播出|直播|截止|报名|公布", after):
            return True
        gap = telling.masked[date.char_end : trigger.start]
        if date.char_end <= trigger.start and len(gap) <= 12 and not re.search(r"[,、起前]|以来|[会展]见|出席", gap):
            return True
    return False


def _of_verb(telling: Telling, clause: Clause, trigger: Trigger) -> str | None:
    text = telling.bare
    before, after = text[clause.start : trigger.start], text[trigger.end : clause.end]
    since_day = after.startswith("以来") and any(
        d.precision in ("day", "day_part") for d in telling.dates if clause.start <= d.char_start < trigger.start
    )
    if re.match(r"(?:结束)?(?:[后时前中上]|之后|之前)(?![方面])", after) and "在" not in before:
        return None  # 会谈后,双方签署…: only the setting of what follows
    if (_NOMINAL.match(after) and not since_day) or before.endswith(("的", "所", "此次", "首次", "、")):
        return None
    if _NEGATED.search(before) or (trigger.word == "总结" and before.endswith(("工作", "年终", "年度", "阶段"))):
        return None
    if trigger.objects and not any(word in telling.masked[trigger.end : clause.end] for word in trigger.objects):
        named = any(word in before for word in trigger.objects) and re.search(r"[把将]", before)
        if not named:
            return None
    if re.search(r"^[^,]{0,40}(?:时|期间|之际)$", after) and re.search(r"在", before + after):
        return "temporal"
    return "verb"


def _generic(telling: Telling, clause: Clause, trigger: Trigger, listed: bool) -> bool:
    """Several or unnamed happenings: 多项活动, 交流、会谈等活动, 办了二十多场活动."""
    if trigger.form != "noun":
        return False
    before = telling.masked[max(clause.start, trigger.start - 40) : trigger.start]
    near = before[-14:]
    if re.search(r"等[^,、]{0,6}$", near) or _MANY.search(near):
        return True
    named = MASK in before or re.search(r"第[\d一二三四五六七八九十]+[届次]|周年|下一场", before)
    if trigger.word in ("活动", "计划") and not named:
        return True
    return not named and not listed and pattern("generic").search(before[-18:]) is not None
