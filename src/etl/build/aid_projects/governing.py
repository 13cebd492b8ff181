"""The verb that governs a figure, and the subject of that verb."""

from __future__ import annotations

from dataclasses import dataclass

from etl.build.aid_projects.claim import Claim
from etl.build.aid_projects.nominals import Phrase, masked, subject, verb_pattern, verb_subject
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.patterns import on_use

# 落实援助, 无偿援助, 援助总额, 29笔援助: a noun there, no verb.
_NOUN_BEFORE = on_use(
    r"(?:外|偿|笔|项|个|批|非|的|落实|争取|争取到|接收|获得|动员|到位|救灾|承诺|医疗|技术|发展|官方)$"
)
_OF_GOVERNMENT = on_use(r"府(?:援|贷|赠款|拨款|补|资助)")
# 栖息地组织给216户渔民修屋顶: who does something for somebody gives, whatever the verb.
_FOR_SOMEBODY = on_use(r"(?:给|为|替|帮)(?![了止主期]|此|方便|目|首)")
_NOUN_AFTER = on_use(
    r"^(?:方(?![案法式面便位])|单位|伙伴|的(?:一份)?(?:清单|名单|名册|数据|数字|资料|统计|账目|报表|报告|信息|线索|说法|图纸)|总额|金额|资金|款|物资|项目|合同|协议|计划|工作|活动|总值|额|动员|累计|共|达|机构|组织)"
)


# 收到X空运来的饼干, 动员X资助: the verb behind is another's.
_OTHERS = on_use(r"收到|获得|得到|接收|接受|获赠|领到|拿到|领取|享受|享有|动员|争取|呼吁|号召|发动|引进|引来")


_EACH = on_use(r" ?(?:平均)?(?:每[户人名位家所村校]|人均|户均)")  # 400户家庭修厕所,每户得到250万: they get
FAR = 8  # clauses on either side beyond which nothing is looked for


@dataclass(frozen=True, slots=True)
class Frame:
    """The governing verb: the part its subject plays, and that subject (None when the clauses leave it out)."""

    verb: str
    part: str
    subject: Phrase | None
    subjectless: bool


def clauses_near(claim: Claim) -> list[Span]:
    """The clauses of the claim's sentence: its own, those before it backwards, then those behind it."""
    clauses = claim.passage.clauses_in(claim.sentence)
    here = next((i for i, c in enumerate(clauses) if c[0] <= claim.at[0] < c[1]), 0)
    low, high = claim.segment
    before, behind = clauses[max(0, here - FAR) : here], clauses[here + 1 : here + 1 + FAR]
    order = clauses[here : here + 1]
    order += [c for c in reversed(before) if low <= c[0]] + [c for c in behind if c[0] < high]
    return order + [c for c in reversed(before) if c[0] < low]


# 支票换了主人。接过它的是红十字会,钱来自总会: what the sentence behind says of the claim's money
_ITS_MONEY = on_use(
    r"[ “]*(?:而|其|[两三四几]笔|两批|这笔|该笔|这些|这批|该批|上述|全部|所有|是项|该项|此项|这项|该|此)?"
    r"(?:钱|款|款子|款项|收入|所得|善款|捐款|援款|赈灾款|资金|基金(?!会)|经费|费用|开销|物资|药品|礼物|礼品|救济[款金品]|慰问[金品]|礼金|[奖助]学金|义款|赠款|项目|工程|援助|受[援助]项目|受援单位"
    r"|设备|器材|图书|大米|粮食|口罩|轮椅|车辆|种子|教具|文具|棉衣|棉被|药械|受[益惠助]者|受[益惠助]户|受[益惠]对象"
    r"|[一-鿿]{2,4}(?:费用|款项|资金|设备|物资))"
    r"|[ “]*(?:这|该)[批些笔][一-鿿]{1,4}?(?=由|都由|将由|均由|已由|随后由)"
)
_THIS_MONEY = on_use(
    r"(?:这笔|该笔|这些|上述|此项|这批|该批|是项|该)(?:资金|款项?|收入|所得|钱|善款|经费|援助|捐款|物资|补助|设备|项目|工程)"
    r"|[将把用](?:善款|款项|捐款|物资|钱(?!包|财|袋)|现金)|把[它其](?:们)?[交拨分转发送变换化盖修买]|将[它其][交拨分转发送变换化盖修买]"
)


_PART_OF_IT = on_use(r" ?(?:其中|内中|里面|当中)")
_TAKES_THE_MONEY = on_use(r"[将把用](?:善款|款项|捐款|钱(?!包|财|袋)|现金)")
_WHEN = on_use(r" ?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?[,]? ?|(?:次日|翌日|随后|不久|当天|一周后|几天后)[,]? ?")


def its_money_behind(claim: Claim, scope: Scope) -> list[tuple[Passage, Span]]:
    """The clauses of the next sentence, or of the next paragraph's first, from where they tell of the claim's money.

    None when it tells of a sum of its own: 按每户400万越盾发放 is none.
    """
    page = claim.passage
    behind = next((s for s in page.sentences if s[0] >= claim.sentence[1]), None)
    if behind is None:
        page = next(iter(scope.following(claim.line_no)), page)
        behind = page.sentences[0] if page is not claim.passage and page.sentences else None
    if behind is None:
        return []
    clauses = page.clauses_in(behind)
    if _has_sum(page, behind, scope):
        sums = next((i for i, c in enumerate(clauses) if _has_sum(page, c, scope)), 0)
        if not sums or _PART_OF_IT.match(page.text, *clauses[sums]) is None:
            return []
        clauses = clauses[:sums]  # 这批物资由侨联募集,其中三家企业分担1亿: what comes before the part is of the whole
    first = next((i for i, c in enumerate(clauses) if _ITS_MONEY.match(page.text, *c)), None)
    if page is not claim.passage and first is None:  # 5月2日,边防部队把钱捎到村里
        first = next((i for i, c in enumerate(clauses[:2]) if _TAKES_THE_MONEY.search(page.text, *c)), None)
        if first and not _WHEN.fullmatch(page.text, *clauses[0]):
            return []
    elif page is not claim.passage and first:
        return []  # 秘书长表示,大米将运往三省: the paragraph is about something else first
    if first is None and page is claim.passage:  # 省祖国阵线委员会受命管理这笔资金
        first = next((i for i, c in enumerate(clauses) if _THIS_MONEY.search(page.text, *c)), None)
    return [] if first is None else [(page, clause) for clause in clauses[first:]]


def _has_sum(page: Passage, span: Span, scope: Scope) -> bool:
    sums = [
        m.char_start for m in scope.money(page.line.line_no) if span[0] <= m.char_start < span[1] and not m.per_unit
    ]
    # 把这笔钱用于两所小学的午餐,其中头一笔6000万下周拨付: a part of the sum before is none of its own
    return any(not page.text.startswith("其中", page.clause_at(at)[0]) for at in sums)


def later_items(claim: Claim, scope: Scope) -> list[Span]:
    """The clauses behind the claim's segment in its sentence that tell of no sum: …;红十字会统筹分配."""
    page = claim.passage
    clauses = [c for c in page.clauses_in(claim.sentence) if c[0] >= claim.segment[1]]
    return [c for c in clauses if not _has_sum(page, page.segment_at(c[0]), scope)]


def next_sentence(claim: Claim, scope: Scope) -> list[Span]:
    """The clauses of the next sentence of the paragraph when it tells of no sum."""
    behind = next((s for s in claim.passage.sentences if s[0] >= claim.sentence[1]), None)
    if behind is None or _has_sum(claim.passage, behind, scope):
        return []
    return claim.passage.clauses_in(behind)


def is_its_money(page: Passage, clause: Span) -> bool:
    """Whether a clause opens with the money or the goods told before: 援助资金由红十字会提供."""
    return _ITS_MONEY.match(page.text, *clause) is not None


def uses_this_money(page: Passage, clause: Span) -> bool:
    """Whether a clause is about what somebody does with the money told before: 分会用这笔钱修建房屋."""
    return _THIS_MONEY.search(page.text, *clause) is not None


def governing(claim: Claim, scope: Scope) -> Frame | None:
    """The nearest verb of giving, carrying out or receiving: before the figure, behind it, then clause by clause."""
    page = claim.passage
    clauses = page.clauses_in(claim.segment)
    here = next((i for i, c in enumerate(clauses) if c[0] <= claim.at[0] < c[1]), 0)
    last = min(len(clauses), here + 1 + FAR)
    for i in [here, *range(here - 1, max(-1, here - 1 - FAR), -1), *range(here + 1, last)]:
        verbs = verbs_in(claim.passage, clauses[i], scope)
        if not verbs and i <= here and _benefactive(claim, clauses[i], scope):
            return Frame("给", "donor", subject(claim.passage, clauses[i], scope), False)
        if not verbs:
            continue
        before = [v for v in verbs if v[0] < claim.at[0]]
        _, verb = before[-1] if i == here and before else verbs[0] if i >= here else verbs[-1]
        part = verb_subject()[verb]
        who, at = _subject_back(claim, clauses, i, scope)
        gets = [v for p, v in before[:-1] if i == here and _OTHERS.match(v)]
        if gets and page.text[clauses[i][0] : claim.at[0]].strip().startswith(("每", "各", "人均", "户均")):
            part = verb_subject()[gets[-1]]  # 每户得到补助250万: 补助 is what they get
        elif at == i and who is not None:
            part = next(
                (verb_subject()[v] for p, v in verbs if p >= who.end and (p, v) != verbs[-1] and _OTHERS.match(v)), part
            )
        elif at != i and not (part == "recipient" and _EACH.match(page.text, *clauses[i])):
            part = _part_of(part, [verb_subject()[v] for _, v in verbs_in(claim.passage, clauses[at], scope)])
        return Frame(verb, part, who, who is None)
    return None


def _part_of(part: str, own: list[str]) -> str:
    """The part of a subject whose own clause has a verb of its own.

    留学生义卖油画,所得4900欧元转交国内: he gives; 该省接受69个组织的项目,实际拨付1125万: it receives.
    """
    if part != "donor" and "donor" in own:
        return "donor"
    return "recipient" if part == "donor" and "recipient" in own and "donor" not in own else part


_OBJECT = on_use(r"(?:资金|物资|款项)(?!的)")
# 承担了土地平整, 承担翻译: no money is borne
_OTHER_DUTY = on_use(
    r"了?[^,;:]{0,8}?(?:平整|施工|土建|安装|运输|培训|清理|实施|执行|协调|翻译|接待|安保|监理|设计|护送|作业|职责|任务)(?!费|款|资金)"
)


def verbs_in(page: Passage, clause: Span, scope: Scope) -> list[tuple[int, str]]:
    """The verbs of the table in a clause with their places; 外援 and 援助总额 hold none."""
    bare = masked(page, clause, scope)
    found = []
    for hit in verb_pattern().finditer(bare):
        ahead, behind = bare[max(0, hit.start() - 4) : hit.start()], bare[hit.end() :]
        if hit[0] == "承担" and _OTHER_DUTY.match(behind):
            continue
        is_noun = _NOUN_AFTER.match(behind) is not None and not (
            hit[0] == "提供" and _OBJECT.match(behind)
        )  # 日方提供资金210万
        if _NOUN_BEFORE.search(ahead) or is_noun or _OF_GOVERNMENT.match(ahead[-1:] + hit[0]):
            continue
        found.append((clause[0] + hit.start(), hit[0]))
    return found


def _benefactive(claim: Claim, clause: Span, scope: Scope) -> bool:
    """Whether a clause tells what its subject does for somebody, with a verb that is not listed."""
    who = subject(claim.passage, clause, scope)
    if who is None:
        return False
    return _FOR_SOMEBODY.search(claim.passage.text, who.end, min(who.end + 12, clause[1])) is not None


def _subject_back(claim: Claim, clauses: list[Span], at: int, scope: Scope) -> tuple[Phrase | None, int]:
    """The subject of the verb's clause, else of the clauses before it up to another figure."""
    for i in range(at, max(-1, at - 1 - FAR), -1):
        who = subject(claim.passage, clauses[i], scope)
        if who is not None:
            return who, i
    return None, at
