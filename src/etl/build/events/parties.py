"""Who took part, and as what: subjects, partners and receivers by the words of the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.build.events.candidates import Candidate
from etl.build.events.clauses import MASK, Clause, Telling
from etl.build.events.clefts import told_apart
from etl.build.events.groups import group_parties
from etl.build.events.happening import Happening
from etl.build.events.judging import Judged
from etl.build.events.likeness import dates_fit
from etl.build.events.party import (
    OBJECT,
    SUBJECT,
    Party,
    acts,
    add_parties,
    as_party,
    belongs,
    heads_clause,
    home_unit,
    leads,
    role_of,
)
from etl.build.events.sides import BOTH, both_sides, two_sides, two_units, unit_parties, unit_party
from etl.mentions import ActorMention
from etl.patterns import on_use

_ATTENDED = frozenset({
    "conference", "congress", "ceremony", "signing", "award", "launch", "meeting", "cultural_exchange", "handover",
    "contest",
})  # fmt: skip
_GOES_ON = frozenset({"contest", "ceremony", "handover", "launch", "congress", "conference"})
_CAME = on_use(
    r"(?:[\d百千余多]{2,6}人)?在场$|(?:应邀|亲自|一同|共同)?(?:出席|到会|与会|到场|莅临|列席)(?:了?(?:会议|仪式|大会|活动|见面会|座谈会|"
    r"典礼|签字仪式))?"
    r"(?:并?(?:讲话|致辞|致词|发言|开场|祝贺|颁奖|剪彩|指导|见证|观看|观赏|助兴|祝酒)){0,2}$|(?:均|都|"
    r"也)?派(?:员|代表|人)(?:出席|参加|到场)|(?:专程)?(?:前来|赶来|到场)(?:剪彩|观看|祝贺|捧场|见证|助阵)|"
    r"(?:出席|到会|与会|列席|到场|莅临)了?(?:会议|仪式|大会|活动|典礼)?,?并[^,]{2,20}$|"
    r"在[^,]{2,12}上签[字名]$|(?:代表[^,]{2,14})?签[收领]了?[^,]{0,14}$|代表[^,]{2,14}(?:接过|接收|接受|领受|领取|收下)了?[^,]{2,16}$|"
    r"(?:先后|依次|一同|共同|携手|一起)(?:登台|上台|亮相|到贺|助兴|现身)$|致(?:欢迎|开幕|答谢|闭幕|贺)?[辞词]$|由[^,]{2,30}主持$|主持(?:了?(?:会议|"
    r"仪式|大会|座谈会))?$|(?:先|接着|随后|首先|率先|最后|第一个|头一个|跟着|也|又)(?:上台|起身|站起来)?(?:讲|"
    r"发言|致辞|开口|说话|讲话)$"
)
_TOLD_OF = 3  # happenings before that one is told with: 双方 met, then signed, then dined
_SPOKE = on_use(
    r"(?:女士|先生)?(?:在|于)(?:该|开幕|闭幕|启动|交接|移交|捐赠|落成|竣工|签字|签约|签署|颁奖|揭牌|结业|本次|"
    r"此次)?(?:仪式|典礼|式|大会|会议|会|活动|座谈会|见面会|研讨会|论坛)上?"
    r"(?:说|表示|致辞|致词|讲话|发言|强调|指出|介绍|透露|称)|致辞时?(?:说|表示|称|强调|指出)"
)
# 友好组织联合会和县政府代表出席: bodies that came by whom they sent
_BY_SOMEBODY = on_use(
    r"[^,]{0,24}(?:代表|领导|负责人|官员|干部|人员|成员)(?:们)?(?:一同|共同|应邀|也|亦|均|都)?(?:出席|到场|"
    r"到会|莅临|列席|与会|前来|赶来|见证)"
)
_SENT_ONES = ("代表", "领导", "负责人")
_MET = on_use(
    r"(?:并|又|还|也|随后|当场|席间)?(?:与|同|和|向|会见了?|拜会了?|见到了?|受到了?|得到了?|获|由|"
    r"听取了?)(?:当地|校方|院方|东道主)?"
)
# 代表团拜会参议院,第一副主席普拉克·索坤同客人会晤时建议…
_RECEIVES = on_use(
    r"(?:女士|先生)?(?:亲自)?(?:(?:同|与|和|向)(?:客人|来宾|贵客|贵宾|代表团|访问团|考察团|一行|他们|"
    r"她们)[^,]{0,6}(?:会晤|会见|座谈|交谈|见面|会谈|介绍)"
    r"|(?:会见|接见|接待|迎接|欢迎)了?(?:客人|来宾|贵客|贵宾|代表团|访问团|考察团|一行|他们))"
)
# 三支代表团到基金会拜会,由委员郑家明接待
_RECEIVED_BY = on_use(
    r"(?:由|受到|得到|获)[^,]{2,30}?(?:出面|亲自|热情)?(?:的)?(?:接待|会见|接见|迎接|作陪|陪同|款待)$"
)
_HOSTED_BY = on_use(r"由[^,]{2,90}(?:主办|承办|举办|协办|发起|合办|联办|操办)")
# Words before a trigger that are no subject of their own: what stands there was told of before.
_NO_SUBJECT = on_use(
    r"^(?:(?:行动|活动|项目|计划|工程)(?=在|于|正式|启|将|已|随即)|在|为|向|与|同|和|及|并|还|将|已|于|从|以|"
    r"就|对|给|再|也|先|共|该|本|此|双方|两|举|组织|参|出|联合|成功|随后|值|由|其中|活动|当)"
)


def parties(happening: Happening, context: tuple[Telling, ...], others: Sequence[Happening] = ()) -> list[Party]:
    """The participants of all tellings, the main one first; a name counts once."""
    found: list[Party] = []
    add_parties(found, _pair_ahead(happening.main, context))
    add_parties(found, _of(happening.main, context))
    if not any(leads(p) and p.actor.entity_type == "organization" for p in found):
        add_parties(found, _header(happening.main))
    candidate = happening.main.candidate
    add_parties(found, _led_by(happening.main))
    ahead = [p for p in found if p.actor.char_start < candidate.trigger.start and p.role not in ("guest", "awardee")]
    if not ahead and candidate.header is None:
        add_parties(found, _head(happening.main))
    if candidate.header is None and (not ahead or _WITH_OTHERS.match(candidate.words)):
        add_parties(found, _that_person(happening.main, context))
    if candidate.header is None and not ahead:
        add_parties(found, _those_people(happening.main))
    add_parties(found, _cleft(happening.main))
    before = any(p.actor.char_start < candidate.trigger.start and p.role not in ("guest", "awardee") for p in found)
    if not before and candidate.header is None and _lacks_subject(happening.main):
        told = _inherited(happening.main, context)
        add_parties(found, [replace(p, role="guest") for p in told] if any(p.role == "host" for p in found) else told)
    for one in happening.others:
        attended = one.candidate.construction == "attended"
        if one.kept or attended or one.candidate.telling.role in ("title", "caption", "lead"):
            add_parties(found, _of(one, context))
    for one in (*happening.mentions, *(o for o in happening.others if not o.kept)):
        if _HOSTED_BY.search(one.candidate.telling.masked, one.candidate.clause.start, one.candidate.clause.end):
            hosts = [p for p in _of(one, context) if p.actor.char_start > one.candidate.trigger.end]
            add_parties(found, [replace(p, role=SUBJECT[happening.event_type]) for p in hosts])
    add_parties(found, _present(happening, context, others))
    add_parties(found, told_apart(happening))
    add_parties(found, _winner(happening))
    add_parties(found, _performers(happening))
    add_parties(found, _hosted_by(happening))
    add_parties(found, _joined(happening, others))
    add_parties(found, _itemized(happening))
    add_parties(found, _sent(happening, context))
    vague = _is_vague(happening.main, found)
    if vague and (happening.parent is not None or len([p for p in found if leads(p)]) < 2):
        for other in ([happening.parent] if happening.parent else []) + _beside(happening, others):
            order = other.main.candidate.clause.order
            earlier = [h for h in others if h.main.candidate.clause.order < order][-_TOLD_OF:]
            told = [p for p in parties(other, context, earlier) if not p.unit or p.role == "signatory"]
            add_parties(found, [_recast(p, happening.event_type) for p in told])
            break
    said = happening.main.candidate.telling.masked[happening.main.candidate.item_start : happening.main.candidate.end]
    sides = [p for p in found if leads(p)]
    if len(sides) < 2 and BOTH.search(said):
        add_parties(found, two_sides(happening.main, context, sides))
    if not any(leads(p) for p in found) or happening.event_type in ("ceremony", "congress", "conference"):
        add_parties(found, _following(happening, others, alone=not any(leads(p) for p in found)))
    if not found and happening.main.candidate.trigger.form == "next":
        add_parties(found, [p for h in _told_before(happening, others)[-1:] for p in parties(h, context)])
    own = [p for p in found if happening.main.candidate.item_start <= p.actor.char_start < candidate.trigger.start]
    if happening.main.planned and all(p.unit or p.actor.entity_type == "group" for p in own):
        planner = _planner(happening.main)
        if planner is not None:
            found = [p for p in found if not (p.actor.entity_type == "organization" and p.actor.char_start < 0)]
            add_parties(found, [planner])
    if not any(leads(p) or _opens(happening.main, p) for p in found):
        add_parties(found, _that_person(happening.main, context) or _inherited(happening.main, context))
    return found


# 两省商定,今年第四季度在东河市召开会议: the two that agree hold it
_PAIR_AGREES = on_use(r"两[省市县](?:还|也|已|并)?(?:商定|议定|约定|决定|同意|计划|拟|将|一致|达成)")


def _pair_ahead(one: Judged, context: tuple[Telling, ...]) -> list[Party]:
    candidate = one.candidate
    if candidate.header is not None or candidate.clause.start == candidate.sentence_start:
        return []
    if _PAIR_AGREES.match(candidate.telling.masked, candidate.sentence_start, candidate.clause.start) is None:
        return []
    return two_units(one, candidate.telling.masked[candidate.sentence_start + 1], context)


# 青年团由副会长黎文海率领,先后访问莫斯科和喀山: who leads is told in the clause before
_IS_LED = on_use(r"[^,]{2,30}?(?:由|在)(?P<who>[^,]{2,30}?)(?:率领|带领|带队|率队|领队)(?:下)?$")


def _led_by(one: Judged) -> list[Party]:
    candidate, telling = one.candidate, one.candidate.telling
    if candidate.header is not None or one.event_type not in ("visit", "meeting"):
        return []
    for clause in telling.clauses:
        if clause.item != candidate.clause.item or not 0 < candidate.clause.order - clause.order <= 2:
            continue
        match = _IS_LED.match(telling.masked, clause.start, clause.end)
        if match is not None:
            left, right = match.span("who")
            return [
                as_party(telling, a, SUBJECT[one.event_type]) for a in telling.actors
                if a.entity_type == "person" and left <= a.char_end <= right
            ]  # fmt: skip
    return []


# 顶竹竿比赛决出前三名,小伙黄文强夺魁; 最先撞线的是小伙黎文山: who won
_WON = on_use(
    r"(?:最终|一举|如愿|力压[^,]{2,8})?(?:夺魁|夺冠|折桂|摘得|夺得|捧杯|胜出|获胜|拔得头筹|摘金|率先撞线|率先冲线)"
)
_WINNER_IS = on_use(
    r"(?:最先|率先|第一个|头一个)?(?:撞线|冲线|冲过终点|夺魁|夺冠|获胜|胜出|折桂|摘金|拔得头筹|抱走[^,的]{2,8}|捧走[^,的]{2,8})的(?:是|为)"
    r"(?P<who>[^,]{2,20})$"
)
_CALLED = on_use(r"(?:小伙子?|姑娘|选手|学生|留学生|青年|村民|骑手|跑者|歌手|队员)(?P<name>[\u4e00-\u9fff·]{2,10})$")


def _winner(happening: Happening) -> list[Party]:
    main = happening.main.candidate
    telling = main.telling
    if happening.event_type != "contest" or main.header is not None:
        return []
    for clause in telling.clauses:
        if clause.item != main.clause.item or not 0 <= clause.order - main.clause.order <= 3:
            continue
        won = _WON.search(telling.masked, clause.start, clause.end)
        told = _WINNER_IS.match(telling.masked, clause.start, clause.end)
        span = told.span("who") if told else (clause.start, won.start()) if won else None
        if span is None:
            continue
        known = [a for a in telling.actors if span[0] <= a.char_start and a.char_end <= span[1]]
        if known:
            return [as_party(telling, known[-1], OBJECT["contest"])]
        called = _CALLED.search(telling.masked, *span)
        if called is not None:
            left, right = called.span("name")
            name = telling.text[left:right]
            actor = ActorMention(left, right, name, name, "person", line_no=telling.line_no)
            return [as_party(telling, actor, OBJECT["contest"])]
    return []


_PLANS = on_use(
    r"(?:还|并|也|则|已|又|同时|另)?(?:提出|计划|打算|拟|表示|宣布|决定|确定|承诺|透露|安排|预告|约定)(?:,|$)"
)


_BODY_PLANS = on_use(
    r"(?P<who>[\u4e00-\u9fff]{0,6}(?:协进会|促进会|同乡会|该会|本会|会方|会馆|执委会|理事会|组委会|筹委会|委员会|联合会|协会|学会|友协|基金会|医疗会|"
    r"医师会|商会|红会|使馆|中心|学校|医院|大学|医疗队|艺术团|工会))"
)


def _planner(one: Judged) -> Party | None:
    """执委会提出,…;今年8月,将与邻省合办青年营: the body that the sentence begins with says what it will do."""
    candidate = one.candidate
    telling = candidate.telling
    if candidate.header is not None:
        return None
    for actor in telling.actors:
        heads = 0 <= actor.char_start - candidate.sentence_start <= 1 and actor.char_end < candidate.clause.start
        if heads and actor.entity_type == "organization" and _PLANS.match(telling.masked, actor.char_end):
            return as_party(telling, actor, SUBJECT[one.event_type])
    body = _BODY_PLANS.match(telling.masked, candidate.sentence_start, candidate.clause.start)
    if body is not None and _PLANS.match(telling.masked, body.end("who")):
        left, right = body.span("who")
        quote = telling.text[left:right]
        actor = ActorMention(left, right, quote, quote, "organization", line_no=telling.line_no)
        return as_party(telling, actor, SUBJECT[one.event_type])
    return None


def _told_before(happening: Happening, others: Sequence[Happening]) -> list[Happening]:
    """头一次是1992年: who came is told with the ones of the same kind before."""
    order = happening.main.candidate.clause.order
    return sorted(
        (h for h in others if h.event_type == happening.event_type and h.main.candidate.clause.order < order
         and h.main.candidate.trigger.form != "next"),
        key=lambda h: h.main.candidate.clause.order,
    )  # fmt: skip


def _that_person(one: Judged, context: tuple[Telling, ...]) -> list[Party]:
    """西尔维娅·罗西说…。她定于21日前往…: who a pronoun at the head of the sentence stands for."""
    candidate = one.candidate
    telling = candidate.telling
    if candidate.header is not None:
        return []
    clauses = [c for c in telling.clauses if c.item == candidate.clause.item and c.order <= candidate.clause.order]
    heads = [_past_speech(telling, at) for at in (candidate.sentence_start, *(c.start for c in clauses))]
    start = next((at for at in heads if _THAT_PERSON.match(telling.masked, at)), None)
    if start is None:
        return []
    here = [a for a in telling.actors if a.entity_type == "person" and a.char_end <= start]
    before = [t for t in context if t.line_no < telling.line_no][-1:]
    told = here or [a for t in before for a in t.actors if a.entity_type == "person"]
    owner = telling if here else (before[0] if before else telling)
    return [as_party(owner, told[-1], SUBJECT[one.event_type])] if told else []


_THOSE = on_use(r"[他她]们")
_IS_OR_HAS = on_use(r"(?:是|有|为|包括)(?!了)")


def _those_people(one: Judged) -> list[Party]:
    """最后一批客人是三位教师。15日,他们上了一堂公开课: the people that the sentence before told of last."""
    candidate, telling = one.candidate, one.candidate.telling
    if _THOSE.match(telling.masked, candidate.clause.start) is None:
        return []
    told = [
        a for a in telling.actors
        if a.entity_type in ("group", "delegation") and a.char_end <= candidate.sentence_start
        and candidate.sentence_start - a.char_end <= 60
    ]  # fmt: skip
    return [as_party(telling, told[-1], SUBJECT[one.event_type])] if told else []


def _cleft(one: Judged) -> list[Party]:
    """6月3日被授予勋章的,有大使卡洛斯和医生马丁: who it was, behind the comma."""
    candidate, telling = one.candidate, one.candidate.telling
    if one.event_type not in ("award", "handover") or not telling.masked.endswith("的", 0, candidate.clause.end):
        return []
    after = next((c for c in telling.clauses if c.order == candidate.clause.order + 1), None)
    if after is None or after.item != candidate.clause.item or _IS_OR_HAS.match(telling.masked, after.start) is None:
        return []
    role = OBJECT["award"] if one.event_type == "award" else SUBJECT["handover"]
    named = [a for a in telling.actors if after.start <= a.char_start < after.end and not belongs(telling, a)]
    return [as_party(telling, a, role) for a in named]


_SPEECH = on_use(rf"[\s*]*(?:[“「]{MASK}*)?[”」』]?")


def _past_speech(telling: Telling, start: int) -> int:
    """Where a clause begins behind the speech it opens with: “…还差4670万美元。”|她定于…"""
    match = _SPEECH.match(telling.masked, start)
    return match.end() if match else start


def _opens(one: Judged, party: Party) -> bool:
    """东兴还要推出歌会, 由谅山省承办: a unit that its own clause says holds it."""
    candidate = one.candidate
    before = candidate.telling.masked[candidate.clause.start : party.actor.char_start]
    own = party.unit and candidate.clause.start <= party.actor.char_start < candidate.trigger.start
    return own and re.search(r"(?:^|[日月年旬午晚]|由)$", before) is not None


def _following(happening: Happening, others: Sequence[Happening], *, alone: bool) -> list[Party]:
    """Who acts in the rest of the sentence: 饮水站交给村里管护,促进会的志愿者拧开龙头."""
    main = happening.main.candidate
    if main.header is not None or happening.event_type not in _GOES_ON:
        return []
    telling = main.telling
    taken = {h.main.candidate.clause.order for h in others if h is not happening}
    role = SUBJECT[happening.event_type]
    for clause in telling.clauses:
        if clause.item != main.clause.item or clause.order <= main.clause.order:
            continue
        if clause.order in taken:
            break
        heads = [
            a for a in telling.actors
            if clause.start <= a.char_start < clause.end and a.entity_type != "group" and not belongs(telling, a)
        ]  # fmt: skip
        if not alone:
            heads = [a for a in heads if a.entity_type == "person"]
        if heads and heads[0].char_start - clause.start <= 1:
            roles = [role if alone else OBJECT[happening.event_type], *[OBJECT[happening.event_type]] * len(heads)]
            return [as_party(telling, a, part) for a, part in zip(heads, roles, strict=False)]
    return []


def _joined(happening: Happening, others: Sequence[Happening]) -> list[Party]:
    """Who is met in what the sentence goes on with: 拜会永隆省人民委员会,与陈文利副主席商定…, 受到院长武文江的接待."""
    main = happening.main.candidate
    if main.header is not None or happening.event_type not in ("visit", "meeting"):
        return []
    telling = main.telling
    taken = {h.main.candidate.clause.order for h in others if h is not happening}
    found: list[Party] = []
    for clause in telling.clauses:
        if clause.item != main.clause.item or clause.order <= main.clause.order or clause.order in taken:
            continue
        hosts = [a for a in telling.actors if clause.start <= a.char_start < clause.end and a.entity_type == "person"]
        if hosts and _RECEIVED_BY.match(telling.masked, clause.start, clause.end):
            found += [as_party(telling, a, "host") for a in hosts if not belongs(telling, a)]
            continue
        if hosts and _RECEIVES.match(telling.masked, hosts[0].char_end, clause.end) and not belongs(telling, hosts[0]):
            found.append(as_party(telling, hosts[0], "host"))
        met = _MET.match(telling.masked, clause.start, clause.end)
        if met is None:
            continue
        found += [
            as_party(telling, a, OBJECT["meeting"] if happening.event_type == "meeting" else "host")
            for a in telling.actors
            if a.char_start <= met.end() <= a.char_end and a.entity_type in ("person", "organization")
        ]
    return found


# 12日傍晚的艺术巡游,来自佛山的醒狮团与本地十二支龙狮队同行: who performs in what the sentence tells
_TROUPE = on_use(
    r"(?:与|和|及|同|、)?(?:(?:当地|"
    r"本地)的?)?(?P<who>(?:来自[^,;的]{2,14}的)?[^\W与和及同、在的]{1,10}?(?:艺术团|文工团|歌舞团|合唱团|狮团|"
    r"剧团|乐团|舞团|杂技团|[狮龙舞乐球鼓]队|表演队|代表队|戏班|乐队))"
)
_PERFORMS = on_use(
    r"(?:先后|轮番|依次|分别|一起|共同|联袂|同场)?(?:同行|同台|献演|献艺|献唱|献舞|表演|登台|登场|参演|参赛|"
    r"助阵|助兴|压轴|角逐|竞技|演出|亮相|对阵|交锋)"
)


_BY_WHOM = on_use(
    r"(?:本届|本次|活动|该)?[\u4e00-\u9fff]{0,4}由(?P<who>[^,;]{2,48}?)(?:联合|共同|携手|分别|一起)?(?:合办|"
    r"主办|承办|协办|联办|举办|牵头|发起|操办)(?:$|[,;。])"
)
_OF_IT = on_use(
    r"(?:本届|本次|此次|该|这次|这一|整个)?(?:活动|论坛|比赛|赛事|展览|画展|大会|会议|仪式|培训班?|音乐会|晚会|节庆|交流周|友谊日)由"
)
_BODY_NAMED = on_use(r"(?:[\u4e00-\u9fff■□“”「」]{1,20}(?:[会厅局部委社团院校馆府司处中心公司组织机构办]|基金))$")


def _hosted_by(happening: Happening) -> list[Party]:
    """第十届民歌会在板约举行,由两省文化厅合办: who holds it, in a clause of its own."""
    main = happening.main.candidate
    if main.header is not None or happening.event_type not in _ATTENDED:
        return []
    telling = main.telling
    named = {c.candidate.clause.item for c in happening.mentions if c.candidate.telling is telling}
    for clause in telling.clauses:
        again = clause.start == clause.sentence_start and _OF_IT.match(telling.masked, clause.start) is not None
        again = again or clause.item in named  # 友好周为期五天,由两地友协主办
        if not 0 < clause.order - main.clause.order <= 4 or (clause.item != main.clause.item and not again):
            continue  # but …参加。活动由两省妇联合办
        match = _BY_WHOM.match(telling.masked, clause.start, clause.end)
        if match is None:
            continue
        role = SUBJECT[happening.event_type]
        left, right = match.span("who")
        known = [a for a in telling.actors if left <= a.char_start < right and not belongs(telling, a)]
        if known:
            return [as_party(telling, a, role) for a in known if a.entity_type != "person"]
        if _BODY_NAMED.match(match["who"]):
            quote = telling.text[left:right]
            actor = ActorMention(left, right, quote, quote, "organization", line_no=telling.line_no)
            return [as_party(telling, actor, role)]
    return []


def _performers(happening: Happening) -> list[Party]:
    main = happening.main.candidate
    if main.header is not None or happening.event_type not in ("cultural_exchange", "contest", "ceremony"):
        return []
    telling = main.telling
    found: list[Party] = []
    for clause in telling.clauses:
        if clause.item != main.clause.item or not 0 < clause.order - main.clause.order <= 2:
            continue
        at, teams = clause.start, []
        while (match := _TROUPE.match(telling.masked, at, clause.end)) is not None:
            teams.append(match.span("who"))
            at = match.end()
        if teams and _PERFORMS.match(telling.masked, at, clause.end):
            for left, right in teams:
                quote = telling.text[left:right]
                actor = ActorMention(left, right, quote, quote, "group", line_no=telling.line_no)
                found.append(as_party(telling, actor, "performer"))
    return found


_PART_IN_IT = on_use(
    r"(?:将|也将|届时将?|还将|应邀|受邀)?(?:担任|出任|作为|任|充当)(?:主宾国|主宾|主题国|东道主|主办方|主办国|"
    r"承办方|轮值|联合主席)"
)
_SENDS = on_use(
    r"(?:将|也|还|则|已|拟|计划)?派(?:出|遣)?[^,;。]{0,12}(?:队伍|代表|团|人|队|选手|艺人|演员|学生|工匠|歌手|"
    r"专家|老师|教师|青年|医生|骑手|棋手|厨师)"
)


def _sent(happening: Happening, context: tuple[Telling, ...]) -> list[Party]:
    """第二届艺术周定于10月在桂林举行,顺化将派出60人的队伍: a unit that sends people there."""
    main = happening.main.candidate
    if main.header is not None or happening.event_type not in _ATTENDED:
        return []
    telling = main.telling
    for clause in telling.clauses:
        if clause.item != main.clause.item or not 0 < clause.order - main.clause.order <= 2:
            continue
        for actor in telling.actors:
            if actor.char_start != clause.start or actor.entity_type != "organization":
                continue
            if _SENDS.match(telling.masked, actor.char_end, clause.end):
                return [as_party(telling, actor, OBJECT[happening.event_type])]  # 广南省友好组织联合会派出20名艺人赴会
        for place in telling.places:
            acts_in_it = _SENDS.match(telling.masked, place.char_end, clause.end) or _PART_IN_IT.match(
                telling.masked, place.char_end, clause.end
            )
            if place.char_start == clause.start and acts_in_it:
                return [unit_party(telling, place, OBJECT[happening.event_type])]
    return []


def _itemized(happening: Happening) -> list[Party]:
    """Who signs what a list tells one by one: 会上签下三份文件:美国X联盟为手术出资;日本堺市让给岘港两辆消防车."""
    main = happening.main.candidate
    telling = main.telling
    if main.header is not None or happening.event_type != "signing":
        return []
    if not telling.masked.startswith(":", main.clause.end):
        return []
    found: list[Party] = []
    clauses = [c for c in telling.clauses if c.sentence == main.clause.sentence and c.order > main.clause.order]
    for clause in {c.item: c for c in reversed(clauses)}.values():
        at = clause.start
        heads = [a for a in telling.actors if at <= a.char_start < clause.end and not belongs(telling, a)]
        units = [p for p in telling.places if at <= p.char_start < clause.end]
        if heads and (heads[0].char_start <= at + 3 or (units and units[0].char_start == at)):
            found.append(as_party(telling, heads[0], "signatory"))
        elif units and units[0].char_start == at:
            last = units[1] if len(units) > 1 and units[1].char_start == units[0].char_end else units[0]
            found.append(unit_party(telling, last, "signatory"))
    return found


def _present(happening: Happening, context: tuple[Telling, ...], others: Sequence[Happening]) -> list[Party]:
    """Who came, told without the happening's name in what follows it: 芬兰驻越南大使凯约·诺尔万托应邀出席。"""
    main = happening.main.candidate
    if main.header is not None or happening.main.planned or happening.event_type not in _ATTENDED:
        return []
    orders = [
        next(c.order for c in h.main.candidate.telling.clauses if c.item == h.main.candidate.clause.item)
        for h in others if h.main.candidate.clause.order > main.clause.order
    ]  # fmt: skip
    orders = [order for order in orders if order > main.clause.order]  # 由副主席主持,召开例会: told of that one
    until = min([*orders, main.clause.order + 8])
    taken = happening.event_type in ("award", "handover")
    role = "attendee" if taken else OBJECT[happening.event_type]  # who came takes nothing home
    found: list[Party] = []
    for telling in context:
        if telling.section != main.telling.section or not 0 <= telling.line_no - main.telling.line_no <= 3:
            continue
        for clause in telling.clauses:
            if main.clause.order < clause.order < until and _SPOKE.search(telling.masked, clause.start, clause.end):
                found += [
                    as_party(telling, a, role)
                    for a in telling.actors
                    if clause.start <= a.char_start < clause.end
                    and a.entity_type == "person"
                    and _SPOKE.match(telling.masked, a.char_end, clause.end)
                ]  # 大使保罗·莫兰在仪式上说: who speaks there is there
            if main.clause.order < clause.order < until:
                found += [as_party(telling, a, role) for a in _speaks_there(telling, clause)]
                found += [as_party(telling, a, role) for a in _chief_guests(telling, clause)]
            if main.clause.order < clause.order < until and telling is main.telling:
                found += [as_party(telling, a, role) for a in _takes_the_floor(happening, clause)]
            if main.clause.order < clause.order < until and _CAME.search(telling.masked, clause.start, clause.end):
                found += [
                    as_party(telling, a, role)
                    for a in telling.actors
                    if clause.start <= a.char_start < clause.end
                    and (
                        a.entity_type == "person"
                        or a.quote.endswith(_SENT_ONES)
                        or _BY_SOMEBODY.match(telling.masked, a.char_end, clause.end)
                        or "派" in telling.masked[a.char_end : clause.end]
                    )
                    and not belongs(telling, a)
                ]
    return found


_SCENE_OF_IT = on_use(
    r"(?:[会式谈宴礼][上间]|席间|(?:大会|会议|仪式|典礼|座谈会|论坛|晚会|签约|开幕|闭幕|颁奖|交接|移交|接收)[^,]{0,4}(?:上|时|现场))$"
)
_SAYS = on_use(
    r"(?:女士|先生)?(?:则|也|还|又|随后|接着|代表[^,]{2,16})?(?:在[^,]{1,8})?(?:表示|介绍|指出|强调|说|讲[了述到]|致[辞词]|讲话|发言|透露|坦言|感谢|"
    r"提[到议出]|通报|回顾|宣布|宣读|建议|希望|谈[了到起]|称[,:]|认为|报告)"
)


_CHIEF = on_use(
    r"(?:其中)?(?:主宾|主要嘉宾|嘉宾|贵宾|出席嘉宾|到场嘉宾|主讲人|主持人|剪彩嘉宾|颁奖嘉宾|与会者|出席者|来宾)(?:中?有|是|为|包括)"
)


def _chief_guests(telling: Telling, clause: Clause) -> list[ActorMention]:
    """主宾是会长铃木率领的30人代表团: who is named as a guest of it."""
    if _CHIEF.match(telling.masked, clause.start, clause.end) is None:
        return []
    return [
        a for a in telling.actors
        if clause.start <= a.char_start < clause.end and a.entity_type in ("person", "organization", "delegation")
    ]  # fmt: skip


_FLOOR = on_use(
    r"(?:女士|先生|大校|上校|中校|少校|大尉|同志)?(?:则|也|随后)?(?:通报|介绍|提议|建议|汇报|提出|回顾|表态|承诺|答应|感谢|赞同|说明)"
)


def _takes_the_floor(happening: Happening, clause: Clause) -> list[ActorMention]:
    """22日,两队在边防站座谈。副指挥长黎明通报…;中校本米提议…: who heads a sentence after the talks and speaks."""
    main = happening.main.candidate
    if happening.event_type not in ("meeting", "conference") or clause.sentence - main.clause.sentence > 1:
        return []
    if clause.start not in (clause.sentence_start, clause.item_start):
        return []
    for actor in main.telling.actors:
        here = actor.entity_type == "person" and clause.start <= actor.char_start <= clause.start + 16
        if here and actor.char_end <= clause.end and _FLOOR.match(main.telling.masked, actor.char_end, clause.end):
            return [actor]
    return []


def _speaks_there(telling: Telling, clause: Clause) -> list[ActorMention]:
    """8日的茶会上,会长阮氏云介绍: who heads a clause and speaks, behind a clause that sets the scene."""
    ahead = next((c for c in telling.clauses if c.order == clause.order - 1), None)
    if ahead is None or ahead.sentence != clause.sentence:
        return []
    if ahead.end - ahead.start > 40 or _SCENE_OF_IT.search(telling.masked, ahead.start, ahead.end) is None:
        return []
    first = next(
        (a for a in telling.actors if clause.start <= a.char_start < clause.end and a.entity_type == "person"), None
    )
    if first is None or _SAYS.match(telling.masked, first.char_end, clause.end) is None:
        return []
    return [first]


def _recast(party: Party, kind: str) -> Party:
    """A participant of one happening as a participant of another: a host of the talks signs the agreement."""
    if kind == "signing":
        return replace(party, role="signatory")
    if kind == "meeting" and party.role == "guest":
        return party  # 阮平率团来访。校长会见客人
    return replace(party, role=SUBJECT[kind] if leads(party) and party.role != "awardee" else OBJECT[kind])


_THE_GUESTS = on_use(r"了?(?:来访的?)?(?:客人|来宾|贵宾|宾客|嘉宾|一行)(?:[,。;]|$)")


def _is_vague(one: Judged, found: list[Party]) -> bool:
    """双方, 代表团, 工作组 as the subject, or none: who they are was told before."""
    candidate = one.candidate
    said = candidate.telling.masked[candidate.item_start : candidate.trigger.start]
    trigger = candidate.trigger
    if one.event_type == "meeting" and _THE_GUESTS.match(candidate.telling.masked, trigger.end):
        return True  # 校长在明德楼会见客人
    return not any(leads(p) for p in found) or re.search(r"双方|两家|工作组|代表团|主办方|与会", said) is not None


def _beside(happening: Happening, others: Sequence[Happening]) -> list[Happening]:
    """The happenings of the same sentence, else the one told before when this one has no subject but 双方."""
    main = happening.main.candidate
    if main.header is not None:
        return []
    same = [
        h for h in others
        if h is not happening and h.main.candidate.clause.item == main.clause.item
        and (h.main.candidate.clause.order < main.clause.order or dates_fit(h.anchor, happening.anchor) is not False)
    ]  # fmt: skip
    if same:
        return same
    if BOTH.search(main.telling.masked, main.sentence_start, main.end) is None:
        return []
    before = [
        h
        for h in others
        if h.main.candidate.clause.order < main.clause.order
        and h.event_type in ("meeting", "visit", "signing", "conference")
    ]
    return before[-1:]


def _in_a_name(telling: Telling, actor: ActorMention) -> bool:
    """“边境小学校长研修班”结业: people named in what a happening is called."""
    return actor.entity_type == "group" and telling.masked[actor.char_start] == MASK


def _of(one: Judged, context: tuple[Telling, ...]) -> list[Party]:
    candidate = one.candidate
    telling = candidate.telling
    start = candidate.item_start if candidate.header is None else candidate.start
    if candidate.header is None and candidate.start != candidate.clause.start:
        start = candidate.start  # the second happening of a clause
    found = [
        as_party(telling, _with_office(telling, actor), role_of(one, actor))
        for actor in telling.actors
        if start <= actor.char_start < candidate.end and not belongs(telling, actor) and not _in_a_name(telling, actor)
    ]
    found += group_parties(one, start, found)
    found += unit_parties(one, start, found, context)
    if BOTH.search(telling.masked, candidate.clause.start, candidate.end):
        add_parties(found, both_sides(one))
    return found


_OFFICE = on_use(
    r"\((?:以下)?(?:简称|下称)[^()]{1,16}\)(?P<unit>[\u4e00-\u9fff]{2,8}?(?:局|司|厅|处|院|中心|办公室|分会|"
    r"委员会))(?=同|与|和|在|于|向|将|举|召|接|签|派|及)"
)


# 沙拉湾省军事指挥部|边防营: the troop of a command
_SUBUNIT = on_use(
    r"(?P<unit>(?:边防|海防|机动|工兵|民兵|通信|军医)(?:营|团|连|大队|分队))(?=[在与同和向于的,。]|将|共|联|$)"
)


def _with_office(telling: Telling, actor: ActorMention) -> ActorMention:
    """农业与农村发展部(以下简称农业部)|林业局同…签署: its office behind the bracket."""
    office = _OFFICE.match(telling.plain, actor.char_end) or _SUBUNIT.match(telling.plain, actor.char_end)
    if office is None or actor.entity_type != "organization":
        return actor
    end = office.end()
    return replace(
        actor, char_end=end, quote=telling.text[actor.char_start : end], name=actor.name + office["unit"], org_id=None
    )


def _header(one: Judged) -> list[Party]:
    """Who is said to hold all that a list tells: 联合会及成员组织…举行了30多项活动例如:…"""
    candidate = one.candidate
    if candidate.header is None:
        return []
    start, end = candidate.header
    role = "host" if one.event_type == "visit" else SUBJECT[one.event_type]
    telling = candidate.telling
    named = [a for a in telling.actors if start <= a.char_start < end and not belongs(telling, a)]
    heads = [a for a in named if heads_clause(telling, a)]
    return [as_party(telling, actor, role) for actor in heads or named[:1]]


def _head(one: Judged) -> list[Party]:
    """Who heads the sentence of a `;` item that names no one: 联合会落实好…;接待德国总统到访越德大学."""
    candidate, telling = one.candidate, one.candidate.telling
    role = "host" if candidate.trigger.word == "接待" or "接待" in candidate.words else SUBJECT[one.event_type]
    for actor in telling.actors:
        if candidate.sentence_start <= actor.char_start < candidate.item_start and not belongs(telling, actor):
            return [as_party(telling, _officer(telling, actor), role)] if heads_clause(telling, actor) else []
    return []


_WITH_OTHERS = on_use(r"[他她](?:和|与|同|跟|带着|带领|率领?|偕)")  # 她和另外27名校友站到了馆门口
_PRONOUN = on_use(
    r"[他她](?:们)?(?:又|还|也|再|则|便|就|随后|首次|专程|亲自)?"
    r"(?:到|前往|赴|走|来|去|出席|参加|会见|拜会|把|向|与|同|看望|探望|将|定于|计划|拟|打算|准备|预定)"
)
# 她定于21日前往…, 这位66岁的退休护士把积蓄交给…: the person told of last
_THAT_PERSON = on_use(
    r"(?:[他她](?!们)|(?:这|那)[位名](?:[^,;。]{0,12}的)?[^,;。的]{0,8}?(?:护士|医生|教师|老师|教授|工程师|"
    r"画家|作家|商人|企业家|老人|老兵|僧人|青年|学者|记者|女士|先生|专家|艺术家|志愿者|义工|志工|学生|长者|"
    r"华侨|侨胞|友人|朋友|大使|会长|主席|校长|院长))"
)


def _lacks_subject(one: Judged) -> bool:
    """她到家中探望…, 考察种植合作社: a visit or meeting with nobody before its verb but a pronoun."""
    candidate = one.candidate
    told_by_verb = candidate.trigger.form == candidate.construction == "verb"
    if one.event_type not in ("visit", "meeting") or not told_by_verb:
        return False
    said = candidate.telling.masked[candidate.clause.start : candidate.clause.end]
    return _PRONOUN.match(said) is not None or not _has_subject(candidate)


def _officer(telling: Telling, body: ActorMention) -> ActorMention:
    """老越友好协会副会长坎平·西拉冯出席…: the person whose office the organization is, else itself."""
    for actor in telling.actors:
        gap = telling.masked[body.char_end : actor.char_end - len(actor.name)]
        if actor.entity_type == "person" and body.char_end <= actor.char_end - len(actor.name) and len(gap) <= 8:
            return body if re.search(r"[,、与同和向对为在]", gap) else actor
    return body


def _has_subject(candidate: Candidate) -> bool:
    """莫斯科地铁站展出…: a subject that no gazetteer knows is none told of before."""
    telling, start = candidate.telling, candidate.clause.start
    for date in telling.dates:
        if start <= date.char_start <= start + 1:
            start = date.char_end
    said = telling.masked[start : candidate.trigger.start].strip(" ,*")
    return candidate.trigger.form == "verb" and len(said) >= 4 and _NO_SUBJECT.match(said) is None


def _inherited(one: Judged, context: tuple[Telling, ...]) -> list[Party]:
    """The organization that the paragraph, the section, or the article is about: the last one at a clause's head."""
    candidate: Candidate = one.candidate
    role = SUBJECT[one.event_type]
    before = [t for t in context if t.line_no <= candidate.telling.line_no]
    if candidate.header is None and (candidate.construction in ("subject", "dated_noun") or _has_subject(candidate)):
        before = before[-1:]
    for same_section in (True, False):
        for telling in reversed(before):
            if same_section and telling.section != candidate.telling.section:
                continue
            heads = [a for a in telling.actors if heads_clause(telling, a)]
            if telling is candidate.telling and not any(a.char_start < candidate.start for a in heads):
                heads = [a for a in telling.actors if acts(telling, a)]
            if telling is candidate.telling:
                heads = [a for a in heads if a.char_start < candidate.start]
            if heads:
                one_sentence = telling is candidate.telling and heads[-1].char_start >= candidate.sentence_start
                officer = _officer(telling, heads[-1]) if one_sentence else heads[-1]
                return [as_party(telling, officer, role)]
            if telling is candidate.telling and re.search(r"该[省市]|本[省市]", telling.masked[: candidate.start]):
                home = home_unit(context, telling.line_no)
                if home is not None:
                    return [unit_party(*home, role)]
    return []
