"""What each figure of a page is, judged by the words that govern it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from etl.build.money_roles.cues import Cue, cues
from etl.build.money_roles.passages import Passage, Span, passages
from etl.mentions import Findings, MoneyMention
from etl.pages import Role

Key = tuple[int, int]

AID_LEAST = 1.0  # below this the words around a figure do not make it aid
LEFT_HEAD, RIGHT_HEAD, CLAUSE, BEHIND, NEXT_CLAUSE, EARLIER, SENTENCE = 2.0, 1.6, 1.2, 1.0, 0.8, 0.75, 0.4
PAST_A_FIGURE = 0.5
INHERITED = 0.35
TOPIC = 0.3
UNBACKED = 0.2


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure and its role of CONTRACT, the rule that gave it, and how strongly the text speaks for aid.

    `kind` says more than the role: average, comparison, need, counterpart, difference, component.
    """

    mention: MoneyMention
    passage: Passage
    role: str
    rule: str
    aid: float
    kind: str = ""
    word: str = ""
    restates: Key | None = None

    @property
    def key(self) -> Key:
        return self.mention.line_no, self.mention.char_start


# 金额, 价值 and such stand for whatever the sentence is about: look past them.
_VALUE = r"(?:援助|资金|款项|项目|协议|合同)?(?:总额|总值|总价值|总价|总造价|造价|总金额|金额|价值|价额|资金|款额|数额|总数|总计|共计|合计|累计|总共|花费|耗资|折款|折价|折|款项|规模|总)"
_LINK = re.compile(
    rf"(?:{_VALUE}|约合|大约|约为|约达|约|将近|接近|近|高达|多达|达到|达成|达|共有|共|为|是|已|逾|超过|突破|超|至少|不少于|不低于|不足|不到|最多|不超过|只有|仅有|仅|只|有|了|过|的|额|出|得|上|下|去|来|至|到|价|各|另|又|就|还|给|“|\(|\s|:)$"
)


def _left_stem(text: str, start: int, stop: int) -> int:
    """Where the words that only lead to the figure begin: 援助总额达|950万 gives the place behind 援助."""
    at = stop
    for _ in range(8):
        lead = _LINK.search(text, start, at)
        window = text[max(start, at - 6) : at]
        lead = _LINK.search(window)
        if lead is None or not lead[0]:
            return at
        at -= len(lead[0])
    return at


_UNIT_LEAD = re.compile(
    r"(?:每|平均每|人均每)[一]?(?:[户间栋座人名位个只头台套件份例辆张条口所村校月年季天日次辆车碗瓶公斤吨棵株本册班组批]|学生|学员|家庭|受益者|平方米|家)[^,;。:]{0,10}$"
)
_DOMAIN = re.compile(
    r"非政府组织|民间组织|友好组织|友好协会|友联|红十字|慈善|基金会|善款|侨胞|外援|公益|孤儿|贫困|灾民|灾区|受灾|洪灾|抗疫|协力机构|开发署|开发银行|世界银行|驻[^,;。]{1,6}大使|全额出资|帮扶|留学生|大使馆|募捐"
)
_PER_SALE = re.compile(r"每(?:卖|售|走|点|跑|转|生产|销|投|购|买|消费|完成|进|打|得)[^;。]{1,16}$")
_PER_YEAR = re.compile(r"(?:年均|平均每年|每年平均|每年)[^,;。:]{0,12}$")
_DIFFERENCE = re.compile(
    r"比[^,;。:]{1,16}?(?:多|少|增加|减少|增长|高|低|增|减|升|降|贵|便宜|多出|高出)(?:了|出|收|赚)?$"
)
_BASE_AFTER = re.compile(r"^(?:元|盾)?[^,;。:]{0,3}?(?:多|少|高|低|增长|增加|减少|下降|上升|翻|提高|降低)")
_BASE_BEFORE = re.compile(r"(?:比|较|相比|对比)[^,;。:]{0,14}$")
_FROM = re.compile(r"(?:从|由|自|原来的?|原定的?)[^,;。:]{0,4}$")
_TO = re.compile(
    r"^[^,;。]{0,12}?(?:增至|增加到|增加至|增到|调增至|调至|上调至|下调至|减至|减少到|减到|降至|降到|降为|改为|提高到|提高至|提升到|升至|升到|上升到|扩大到|扩至|调整为|调整到|追加到|缩减至|缩减为|增为|变为|到|至)"
)
_RESTATED = re.compile(r"^ ?(?:约|大约)?(?:相当于|折合|约合|折算|合计约合|折)(?:成|为)?(?:人民币|约|近|逾|超过)?$")
_HAS_AID_PART = re.compile(r"^[^;。]{0,14}?[,;(]其中[^,;。]{0,24}?(?:无偿|援助|捐|资助|赞助|出资)")
_TOTAL_HEAD = re.compile(r"(?:经费|总投资|投资|预算|费用|造价|资金|总额)(?:约|近|为|达|共|逾|超过)*$")
_TARGET = re.compile(r"力争|目标|计划争取|将争取|拟争取|争取(?!到|了|得|回|来)|计划筹集|拟筹集|指标(?=:)")
_DISPOSAL = re.compile(
    r"^(?:元|盾)?[多余]?(?:左右|以上)?,?(?:也|都|并|又|便|就|悉数|全数|如数|全部|全|一分不少地|一并|随即|随后|最终|最后)*"
    r"(?:捐|存入|投了|投进|投入了?募|转交|转赠|送给|送到|寄往|寄给|交给|赠|献给|改作|汇往|汇给|凑给|留给|塞|拨作|用作救)"
)
_NEED_LEAD = re.compile(r"(?:尚需|还需|仍需|亟需|急需|尚缺|还缺|还差|所需|需要|需)[^,;。:]{0,10}$")
_RELATED_LIST = re.compile(
    r"^(?:其中|分省看|分项看|具体|分别|包括|本批|这批|此外|另外|另有|另|同时|三笔|两笔|各笔|账本|依次|在此|该项目|项目|工程|此前|前后|后者|还有)"
)
NON_AID = ("trade", "investment", "wage", "price", "prize", "budget", "loss", "other", "need", "counterpart")
ROLE_OF = {"need": "other", "counterpart": "other"}


def read(findings: Findings) -> tuple[Reading, ...]:
    """A reading of every figure in the first prints of a page's own lines, in the page's order."""
    pages = {p.line.line_no: p for p in passages(findings.first_print_lines())}
    by_line: dict[int, list[MoneyMention]] = defaultdict(list)
    for mention in findings.money:
        if mention.line_no in pages:
            by_line[mention.line_no].append(mention)
    topic = _topic(findings, pages.values())
    domain = any(_DOMAIN.search(p.text) for p in pages.values() if p.line.role in (Role.TITLE, Role.LEAD, Role.HEADING))
    topic = max(topic, 2.0 if domain else 0.0)
    found: list[Reading] = []
    section = 0.0
    for no, passage in pages.items():
        if passage.line.role is Role.HEADING:
            section = max((c.weight for c in cues(passage.text) if c.kind == "aid" and c.weight >= 3), default=0.0)
        mentions = sorted(by_line.get(no, []), key=lambda m: m.char_start)
        words = cues(passage.text) if mentions else []
        for mention in mentions:
            backed = domain or max(topic, section) > 0
            found.append(_read_one(mention, passage, words, mentions, found, max(topic, section), backed))
    return _spread(tuple(found))


def _topic(findings: Findings, pages: Iterable[Passage]) -> float:
    """How much the title and lead are about aid."""
    text = " ".join(p.text for p in pages if p.line.role in (Role.TITLE, Role.LEAD))
    return max((c.weight for c in cues(text) if c.kind == "aid" and c.weight >= 3), default=0.0)


def _read_one(
    mention: MoneyMention,
    passage: Passage,
    words: list[Cue],
    mentions: Sequence[MoneyMention],
    before: Sequence[Reading],
    topic: float,
    backed: bool,
) -> Reading:
    text = passage.text
    clause = passage.clause_at(mention.char_start)
    left, right = (
        text[clause[0] : mention.char_start],
        text[mention.char_end : passage.segment_at(mention.char_start)[1]],
    )
    aid, other, kind, word = _weigh(mention, passage, words, mentions)
    rule = "cue"
    if not (backed or any(c.kind == "aid" and c.weight >= 3 for c in words) or _DOMAIN.search(text)):
        aid *= UNBACKED  # 省政府投入2871万元: without a word of aid on the page, 投入 and 拿出 say nothing
    reading = Reading(mention, passage, "other", rule, aid, word=word)
    if mention.equivalent_of is not None:
        return replace(reading, role="equivalent", rule="equivalent", restates=mention.equivalent_of)
    if _RESTATED.search(left) and (first := _restated(mention, mentions, passage)) is not None:
        return replace(reading, role="equivalent", rule="restated", restates=(first.line_no, first.char_start))
    if _DIFFERENCE.search(left):
        return replace(reading, role="other", rule="difference", kind="difference")
    sentence = passage.sentence_at(mention.char_start)
    other, kind = _still_other(mention, passage, before, sentence, other, kind, aid)
    local = max(aid, _inherited(mention, passage, before, sentence))
    aid = max(local, TOPIC * topic)
    if local >= 0.5:
        aid += 0.5 * TOPIC * topic
    is_aid = aid >= AID_LEAST and aid >= other
    if not is_aid and _TOTAL_HEAD.search(left) and _HAS_AID_PART.match(right):
        aid, is_aid, rule = max(aid, 2.0), True, "whole_of_aid"
    if _DISPOSAL.match(right):
        aid, is_aid, rule = max(aid, 3.0), True, "disposal"
    if _PER_YEAR.search(left):
        if is_aid:
            role = "target" if _is_target(passage, mention, sentence) else "aid"
            return replace(reading, role=role, rule="average", aid=aid, kind="average" if "均" in left else "yearly")
    elif (
        (mention.per_unit and re.search(r"每|/", left[-14:] + right[:6]))
        or _UNIT_LEAD.search(left)
        or _PER_SALE.search(text[sentence[0] : mention.char_start])
    ):
        return replace(reading, role="unit_value", rule="per_unit", aid=aid if is_aid else 0.0)
    if (unit := _unit_before(mention, passage, before)) is not None:
        return replace(reading, role="unit_value", rule="per_unit", aid=unit.aid)
    if _FROM.search(left) and _TO.match(right) and is_aid:
        return replace(reading, role="previous", rule="revision", aid=aid)
    if _BASE_BEFORE.search(left) and _BASE_AFTER.match(right) and is_aid:
        return replace(reading, role="aid", rule="comparison", aid=aid, kind="comparison")
    if not is_aid:
        return replace(reading, role=ROLE_OF.get(kind, kind) or "other", kind=kind, aid=aid)
    if _is_target(passage, mention, sentence):
        return replace(reading, role="target", rule="target", aid=aid)
    return replace(reading, role="aid", rule=rule, aid=aid)


def _still_other(
    mention: MoneyMention,
    passage: Passage,
    before: Sequence[Reading],
    sentence: Span,
    other: float,
    kind: str,
    aid: float,
) -> tuple[float, str]:
    """双边贸易额为3200万美元,今年有望达到4000万美元: a figure goes on with what the sentence was about."""
    if not before or before[-1].mention.line_no != mention.line_no or before[-1].mention.char_start < sentence[0]:
        return other, kind
    last = before[-1]
    if last.role in NON_AID and last.kind and other < AID_LEAST and aid < AID_LEAST:
        return AID_LEAST, last.kind
    return other, kind


_PART_OF_UNIT = re.compile(r"其中|[和及外与]一?[份个套]|另(?:加|有|赠|送)|以及一?[份个套]")


def _unit_before(mention: MoneyMention, passage: Passage, before: Sequence[Reading]) -> Reading | None:
    """每户送上200万越盾和一份价值30万越盾的礼品: the second figure is for each household too."""
    if not before or before[-1].role != "unit_value" or before[-1].mention.line_no != mention.line_no:
        return None
    last = before[-1].mention
    between = passage.text[last.char_end : mention.char_start]
    same = passage.segment_at(last.char_start) == passage.segment_at(mention.char_start)
    return before[-1] if same and len(between) <= 14 and _PART_OF_UNIT.search(between) else None


def _restated(mention: MoneyMention, mentions: Sequence[MoneyMention], passage: Passage) -> MoneyMention | None:
    """28万加元的善款,相当于51亿越盾: the figure right before, in another currency, in the same segment."""
    low = passage.segment_at(mention.char_start)[0]
    earlier = [m for m in mentions if low <= m.char_start < mention.char_start]
    if not earlier or earlier[-1].currency == mention.currency:
        return None
    return earlier[-1]


def _is_target(passage: Passage, mention: MoneyMention, sentence: Span) -> bool:
    text = passage.text[sentence[0] : mention.char_start]
    segment = passage.segment_at(mention.char_start)
    near = passage.text[segment[0] : mention.char_start]
    return bool(_TARGET.search(near) or re.search(r"目标:|外援目标|力争", text))


def _weigh(
    mention: MoneyMention, passage: Passage, words: list[Cue], mentions: Sequence[MoneyMention]
) -> tuple[float, float, str, str]:
    """The strongest voice for aid, the strongest against, what the latter says, and which word decided."""
    text = passage.text
    clause, segment = passage.clause_at(mention.char_start), passage.segment_at(mention.char_start)
    sentence = passage.sentence_at(mention.char_start)
    clauses = passage.clauses_in(sentence)
    stem = _left_stem(text, clause[0], mention.char_start)
    best: dict[bool, tuple[float, str, str]] = {True: (0.0, "", ""), False: (0.0, "", "")}
    for cue in words:
        if not (sentence[0] <= cue.start and cue.end <= sentence[1]):
            continue
        if cue.start < mention.char_end and mention.char_start < cue.end:
            continue
        factor = _reach(cue, mention, text, clause, segment, clauses, stem)
        low, high = (
            sorted((cue.end, mention.char_start)) if cue.end <= mention.char_start else (mention.char_end, cue.start)
        )
        between = [m for m in mentions if low <= m.char_start and m.char_end <= high and m.equivalent_of is None]
        score = cue.weight * factor * PAST_A_FIGURE ** min(len(between), 2)
        side = cue.kind == "aid"
        if cue.kind in ("need", "counterpart") and not clause[0] <= cue.start < clause[1]:
            continue  # 新方承担75万新元,其余由当地配套: another clause's money
        if score > best[side][0]:
            best[side] = (score, cue.kind, cue.word)
    return best[True][0], best[False][0], best[False][1], best[True][2]


def _reach(
    cue: Cue, mention: MoneyMention, text: str, clause: Span, segment: Span, clauses: list[Span], stem: int
) -> float:
    """How far a word's rule over the figure goes from where it stands."""
    if clause[0] <= cue.start and cue.end <= mention.char_start:
        return LEFT_HEAD if cue.end >= stem else CLAUSE
    if mention.char_end <= cue.start < clause[1]:
        return RIGHT_HEAD if cue.start - mention.char_end <= 6 else BEHIND
    if not (segment[0] <= cue.start < segment[1]):
        return SENTENCE
    here = next(i for i, c in enumerate(clauses) if c == clause)
    there = next((i for i, c in enumerate(clauses) if c[0] <= cue.start < c[1]), here)
    if there > here:
        return NEXT_CLAUSE if there == here + 1 else SENTENCE
    return EARLIER ** (here - there) if here - there < 4 else SENTENCE


def _inherited(mention: MoneyMention, passage: Passage, before: Sequence[Reading], sentence: Span) -> float:
    """What a figure takes over from the claims told right before it."""
    same_line = [
        r
        for r in before
        if r.mention.line_no == mention.line_no and r.role in ("aid", "target", "unit_value") and r.aid > 0
    ]
    inside = [r for r in same_line if sentence[0] <= r.mention.char_start]
    if inside:
        return max(AID_LEAST, inside[-1].aid * 0.6)
    opening = passage.text[sentence[0] : sentence[1]].lstrip(" “")
    recent = [r for r in before if r.role in ("aid", "target") and mention.line_no - r.mention.line_no <= 6]
    if recent and _RELATED_LIST.match(opening):
        return max(AID_LEAST, recent[-1].aid * 0.6)
    if same_line:
        return same_line[-1].aid * INHERITED
    return 0.0


def _spread(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    return readings
