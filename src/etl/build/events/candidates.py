"""Clauses in which something happens: each trigger with the construction that makes it a happening, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.build.events import triggers
from etl.build.events.clauses import Clause, Telling
from etl.build.events.constructions import construction_of, support_of
from etl.build.events.generic import is_generic
from etl.build.events.triggers import Trigger, words
from etl.mentions import changed
from etl.patterns import on_use

_CROWD = 40  # triggers of one clause that are looked at: no sentence tells of more, and a hostile one costs no more
# A list of happenings: 举行了30多项活动例如:…;…  典型活动包括…以及…
_LIST_HEAD = on_use(
    r"(?:活动|计划|项目|会议|内容|工作|亮点|大事|盛事|重头戏)(?:主要|典型)?,?(?:其中)?"
    r"(?:还没有|尚未|还未)?(?:定日子|定期|敲定)?(?:包括|例如|诸如|比如|如下|如|其是|分别是|主要有|有|即)?:|(?:活动|项目|计划)(?:主要)?(?:包括|例如|诸如|比如)"
)
_SCHEDULE = on_use(r"大事|盛事|重头戏")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger in its clause. `construction` is how it is told; `listed` items share a header's verb and date.

    `start` and `end` are its evidence in the line; `header` is the span of the list header, when there is one.
    """

    telling: Telling
    clause: Clause
    trigger: Trigger
    construction: str  # held, attended, subject, dated_noun, verb, temporal, listed, mention
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
    items: set[int] = set()  # those with a happening in a clause before
    for clause in _with_topics(telling):
        found = triggers.find(telling, clause)[:_CROWD]
        header = heads.get(clause.sentence)
        made: list[Candidate] = []
        for index, trigger in enumerate(found):
            listed = header is not None and trigger.start >= header[1]
            construction = construction_of(telling, clause, found, index, listed)
            if index and found[index - 1].word == "接待" and trigger.event_type == "visit":
                continue  # 接待德国总统到访越德大学 is one visit
            if clause.item in items and telling.masked.startswith(("一边", "一面"), clause.start):
                continue  # 代表走进香水市,一边种树,一边听老农讲解: part of what the sentence tells
            if construction is None or is_generic(telling, clause, trigger, listed):
                continue
            made.append(
                Candidate(telling, clause, trigger, construction, clause.start, clause.end, header if listed else None)
            )
        items |= {clause.item for c in made if c.construction != "mention"}
        told = [c for i, c in enumerate(made) if c.construction != "mention" and not _is_verb_of(c, made[:i])]
        yield from _shared_out(told)
        yield from (c for c in made if c.construction == "mention")


# …友好交流周,于6月8日晚在下龙市开幕: a topic, and behind a comma when and where it is held.
_RESUMED = on_use(
    r"(?:[晚午早晨夜间许起]|上午|下午|晚上|晚间|傍晚|当地时间)*(?:[在于假](?P<where>[^,的]{2,24}?))?(?:正式|隆重|圆满|顺利|如期|成功|联合|同时){0,2}"
    r"(?:举行|举办|召开|开幕|揭幕|启幕|闭幕|落幕|落下了?帷幕|拉开了?帷幕|拉开了?序幕|收官|登场|开赛|开球|开踢|开跑|开桨|开锣|开打|鸣枪|打响|开讲|开课|开班|开营|"
    r"结营|结业|上演|开演|首演|谢幕|开展(?![工活合了]|交流)|亮相|启动|结束|开始)(?=了?(?:[,;。、]|$))"
)
_BY = on_use(r"(?:主办|承办|举办|合办|联办|协办|组织|发起|推出|开设)的[^,的]{0,30}$")  # 由文化部主办的摄影展
_LEADS_IN = on_use(r"(?:将|已|现|也|则|拟|定|业已|即将)?(?:于|在)?")


def _with_topics(telling: Telling) -> Iterator[Clause]:
    """The clauses; one that is but the topic of the next is told with it."""
    ahead: Clause | None = None
    dates = {date.char_start: date.char_end for date in telling.dates}
    for clause, after in zip(telling.clauses, (*telling.clauses[1:], None), strict=False):
        joined = clause if ahead is None else changed(clause, start=ahead.start)
        ahead = None
        if after is not None and after.item == clause.item and _is_resumed(telling, clause, after, dates):
            ahead = joined
        else:
            yield joined


# 明年5月的第五届,轮到高平做东: the next edition, and behind a comma whose turn it is
_NEXT_EDITION = on_use(r"[^,]{0,20}[年月旬日季]的?(?:第[一二三四五六七八九十\d]{1,3}|下一|新一)[届期站场轮]$")
_TURN = on_use(r"(?:将|则|也|就)?(?:轮到|由|移师|移至|改在|改由|落户|定在|花落|交棒|交由|回到)")


def _is_resumed(telling: Telling, clause: Clause, after: Clause, dates: dict[int, int]) -> bool:
    if _TURN.match(telling.masked, after.start, after.end) and _NEXT_EDITION.fullmatch(
        telling.masked, clause.start, clause.end
    ):
        return True
    match = _LEADS_IN.match(telling.masked, after.start, after.end)
    at = match.end() if match else after.start
    if _RESUMED.match(telling.masked, dates.get(at, after.start), after.end) is None:
        return False
    found = triggers.find(telling, clause)
    if not found or found[-1].form != "noun" or found[-1].end != clause.end:
        return False
    before = telling.bare[clause.start : found[-1].start]
    return support_of(before) is None or _BY.search(before) is not None


def _is_verb_of(candidate: Candidate, before: list[Candidate]) -> bool:
    """足球赛近日在驮隆口岸开球: the verb of a noun already found."""
    if candidate.construction != "verb" or candidate.trigger.word not in words("held_after"):
        return False
    nouns = [c for c in before if c.trigger.form == "noun"]
    if any(c.construction in ("subject", "dated_noun") for c in nouns):
        return True
    # 合办的青年画展13日在美术馆开幕; but 举行仪式并揭幕 tells of two
    gap = candidate.telling.bare[nouns[-1].trigger.end : candidate.trigger.start] if nouns else "并"
    return re.search(r"[并和暨]", gap) is None


def _shared_out(made: list[Candidate]) -> Iterator[Candidate]:
    """A clause with one happening is its evidence; of several each takes the words up to the end of its own."""
    for index, candidate in enumerate(made):
        start = made[index - 1].trigger.end if index else candidate.start
        if candidate.header is not None:
            start = max(start, candidate.header[1])
        start += len(candidate.telling.text[start:]) - len(candidate.telling.text[start:].lstrip("、,，; "))
        end = candidate.trigger.end if index + 1 < len(made) else candidate.end
        yield changed(candidate, start=start, end=end)


def _list_heads(telling: Telling) -> dict[int, tuple[int, int]]:
    """Sentence number -> (start of the sentence, end of its list header)."""
    spans: dict[int, tuple[int, int]] = {}
    for clause in telling.clauses:
        start, _ = spans.get(clause.sentence, (clause.start, 0))
        spans[clause.sentence] = (start, clause.end)
    heads: dict[int, tuple[int, int]] = {}
    for sentence, (start, end) in spans.items():
        match = _LIST_HEAD.search(telling.masked, start, end)
        if match and (
            _SCHEDULE.search(match.group())
            or "典型" in telling.masked[start : match.end()]
            or support_of(telling.bare[start : match.end()])
        ):
            heads[sentence] = (start, match.end())
    return heads
