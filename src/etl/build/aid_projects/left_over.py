"""Who gives or carries out where no construction says so: the one in the sentence that has no other part in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.doers import at_work, led_in
from etl.build.aid_projects.governing import clauses_near, its_money_behind, later_items
from etl.build.aid_projects.naming import bodies, is_place, named, party, sound
from etl.build.aid_projects.nominals import Phrase, clause_head, may_be_party, subject, trimmed
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.mentions import ActorMention, changed
from etl.patterns import on_use

# Words before a body that make it the one who does what follows.
_LED_IN = on_use(
    r"(?:由|经|让|托|请|交|归|与|同|和|及|会同|联合|配合|携手|通过|依托|委托|责成|指定|授权|安排|经由|借助|拨给|划给|拨付|转给|汇给|划转|拨到)$"
)
_SPEAKS_FOR = on_use(r"(?:据|根据|按照|应|在|受|投向|流向|对|向|给|为|从|来自|感谢|祝贺|访问|拜会|拜访|会见|驻|比|被)$")
# What a body does that carries nothing out.
_ELSE = on_use(
    r"[^,;。]{0,16}?(?:说|表示|宣布|透露|介绍|指出|强调|称|认为|希望|公布|统计|数据|报告|通报|出席|参加|见证|访问|拜会|会见|接见|致辞|致谢|感谢"
    r"|批准|同意|核准|审批|批复|监督|检查|审计|抽查|授予|表彰|颁发|获得|荣获|举行|召开|成立|总结|(?:将其)?(?:列入|纳入)|(?:[与同和][^,;。]{2,16}?)?签|提供|捐|赠|资助|出资|援助|赞助|承担|支付|拨款|认捐|掏|垫"
    r"|收到|接收|接受|获赠|受赠|得到|受益|领到|分得|自筹|补上|补足|折抵|配发|配套|增拨|追加|划出|投入|认领|出了|募|筹|送给|送去|送来)"
)
# 协会会长讲了, 协会的账本记着: not the body itself.
_NOT_ITSELF = on_use(
    r"(?:的|[一-鿿]{0,4}?(?:会长|主席|主任|秘书长|书记|厅长|局长|院长|校长|代表|负责人|官员|发言人)|(?:一[项所处座期家])?[就便即则]?(?:占|造价|耗资))"
)
_BUILT = on_use("新建|修建|援建|建造|兴建|重建")  # 边境省份新建|学校: no name
_CLOSE = 3  # clauses on either side of the figure


def carrier_left_over(claim: Claim, scope: Scope) -> Claim:
    """The claim with the body that its sentence brings in besides giver and receiver, when none is known to carry it.

    省财政负担,国防经济第337团包工: whatever the verb, one that acts in a claim's sentence and neither gives nor gets
    nor approves, speaks or attends carries out.
    """
    if claim.is_target or (claim.implementer is not None and not claim.implementer.inherited):
        return claim
    for span in _close_by(claim, scope):
        for actor in bodies(scope, claim.line_no, span):
            if _has_a_part(actor, claim) or not _acts(actor, span, claim):
                continue
            who = sound(named(actor, scope), scope)
            if who is not None:
                return changed(claim, implementer=who)
    who = _unlisted(claim, scope)
    return claim if who is None else changed(claim, implementer=who)


def _unlisted(claim: Claim, scope: Scope) -> Party | None:
    """由县林业站育苗, 县林业站统一育苗: who does work close by, whether its name is known or not."""
    close = [(claim.passage, span) for span in _close_by(claim, scope)]
    for page, span in [*close, *its_money_behind(claim, scope)]:
        opens = at_work(page, span, scope)
        for phrase in [*led_in(page, span, scope), *([] if opens is None else [opens])]:
            who = sound(party(phrase, scope), scope)
            if who is not None and not is_place(who, scope) and not _is_a_party(who, claim):
                return who
    return None


_UNIT = on_use(r"[省市县国郡]$")


def _office_of_giver(text: str, claim: Claim) -> bool:
    """嘉莱省出15亿,嘉莱省建设厅施工: an office of the place that gives is not the place."""
    donor = claim.donor
    return (
        donor is not None
        and _UNIT.search(donor.text) is not None
        and text.startswith(donor.text)
        and text != donor.text
    )


def _is_a_party(who: Party, claim: Claim) -> bool:
    """Whether somebody gives, gets or approves already."""
    return any(
        other is not None
        and not (other is claim.donor and _office_of_giver(who.text, claim))
        and (
            (
                (other.line_no == who.line_no and other.start < who.end and who.start < other.end)
                and not (other is claim.recipient and _holds(who.start, who.end, other))
            )
            or who.text in other.text
            or (other.text in who.text and other is not claim.recipient)
        )
        for other in (claim.donor, claim.recipient, claim.approver)
    )


def _close_by(claim: Claim, scope: Scope) -> Iterator[Span]:
    """The claim's own clause and those close by that are about no other figure."""
    clauses = claim.passage.clauses_in(claim.segment)
    here = next((i for i, c in enumerate(clauses) if c[0] <= claim.at[0] < c[1]), 0)
    close = {*clauses[max(0, here - _CLOSE) : here + _CLOSE + 1], *_items_before(claim, scope)}
    for span in clauses_near(claim):
        if span in close and not _is_of_another(claim, span, scope):
            yield span
    yield from later_items(claim, scope)


def _items_before(claim: Claim, scope: Scope) -> list[Span]:
    """每月由县团委开箱清点;三年来投下2.3亿: the clauses of the item before in the sentence, when it has no sum."""
    page = claim.passage
    clauses = [c for c in page.clauses_in((claim.sentence[0], claim.segment[0])) if c[0] < claim.segment[0]]
    has_sum = any(claim.sentence[0] <= m.char_start < claim.segment[0] for m in scope.money(claim.line_no))
    return [] if has_sum else clauses[-_CLOSE:]


_ON_THE_WAY = on_use(r"(?:口岸|(?<![海机有相])关|[海空河]?港口?|码头|机场|车站|国门)$")
_TO = on_use(
    r"(?:驶出|开出|出|经|过|穿过|路过|途经|运出|给|为|对|在|驻|赴|与|同|和|访|访问|往|到|至|抵|抵达|援|从|离|、|帮助|支援|旅居?|留学)$"
)
_GETS_OR_SPEAKS = on_use(
    r"[^,;。]{0,6}?(?:收到|接收|接受|获|得到|领到|受|说|称|表示|介绍|透露|指出|感谢|致谢|出席|参加|举行|召开)"
)


def giver_left_over(claim: Claim, scope: Scope) -> Claim:
    """The claim with the foreign body or country that its sentence brings in, when no giver is known.

    韩国友城青年会议所把自行车送到各中学: of aid to Vietnam, one from abroad that acts and gets nothing gives it.
    """
    if claim.donor is not None:
        return claim
    abroad = _at_work_abroad(claim, scope)
    if abroad is not claim or claim.recipient_country not in (None, "VN"):
        return abroad
    page = claim.passage
    for span in _close_by(claim, scope):
        for place in scope.places(claim.line_no, span):
            if (
                place.country in (None, "VN")
                or "pair" in place.flags
                or place.kind not in ("country", "city", "admin1")
            ):
                continue
            if any(p.char_end == place.char_start for p in scope.places(claim.line_no, span)):
                continue  # 在老挝|阿速坡省: what stands before the country goes for what is in it
            who = _beginning_at(page, place.char_start, span[1], scope)
            ahead = page.text[max(span[0], place.char_start - 2) : place.char_start]
            if who is None or _TO.search(ahead):
                continue
            if _ON_THE_WAY.search(page.text[who.start : who.end]):
                continue  # 货车驶出水口关
            if _GETS_OR_SPEAKS.match(page.text, who.end, span[1]) or _is_party(who, claim):
                continue
            found = sound(party(who, scope), scope)
            if found is not None:
                return changed(claim, donor=found)
    return claim


_WORKS_ABROAD = on_use(
    r"(?P<who>[^,;:的在于]{3,24}?(?:[兵集师]团|军区|部队|[旅营]|医院|医疗[队组]|工作[队组]|专家组|使馆|领事馆|公司|集团|[省市县]|协会|联合会|红十字会|商会))"
    r"(?:\d{4}年(?:以来|起)?|近年来|近日|多年来|日前|连续多年|长期|每年|去年|今年|先后|已|曾)?(?:在|赴|到|前往)"
)


_AT_WORK = on_use(r"义诊|诊疗|诊治|巡诊|援建|施工|修建|兴建|推广|发放|救援|赈灾|慰问|开展|实施")


def _at_work_abroad(claim: Claim, scope: Scope) -> Claim:
    """第23师团多年来在老挝某省巡诊,发放药品价值6亿: of aid abroad, who from home is at work there gives."""
    page = claim.passage
    for span in (c for c in page.clauses_in(claim.segment) if c[0] <= claim.at[0]):
        opened = trimmed(page, *span)
        hit = _WORKS_ABROAD.match(page.text, *opened) if opened else None
        if hit is None or _is_of_another(claim, span, scope):
            continue
        if any(p.country not in (None, "VN") for p in scope.places(claim.line_no, hit.span("who"))):
            continue
        there = {p.country for p in scope.places(claim.line_no, (hit.end(), span[1]))} - {None, "VN"}
        if not there or _AT_WORK.search(page.text, hit.end(), span[1]) is None:
            continue
        who = Phrase(claim.line_no, *hit.span("who"))
        found = sound(party(who, scope), scope) if may_be_party(page, who.start, who.end, scope) else None
        if found is not None and not _is_party(who, claim):
            return changed(claim, donor=found)
    return claim


def _beginning_at(page: Passage, start: int, stop: int, scope: Scope) -> Phrase | None:
    """Who is named from a place on: 韩国大邱市友城青年会议所."""
    who = subject(page, (start, stop), scope)
    if who is None:
        who = clause_head(page, (start, stop), scope)
        who = who if who is not None and may_be_party(page, who.start, who.end, scope) else None
    return who if who is not None and who.start == start else None


def _is_party(who: Phrase, claim: Claim) -> bool:
    return any(
        other is not None and other.line_no == who.line_no and other.start < who.end and who.start < other.end
        for other in (claim.recipient, claim.implementer, claim.approver)
    )


def _is_of_another(claim: Claim, span: Span, scope: Scope) -> bool:
    """Whether a clause has a figure and it is not the claim's."""
    own = {m.char_start for m in (claim.money, claim.equivalent, claim.unit) if m is not None}
    return any(
        span[0] <= m.char_start < span[1] and m.char_start not in own and not m.per_unit and m.equivalent_of is None
        for m in scope.money(claim.line_no)
    )


def _holds(start: int, end: int, who: Party) -> bool:
    """Whether a name only begins with, or holds, the place or people that get: 同奈省|红十字会."""
    return (start <= who.start and who.end < end) or (start < who.start and who.end <= end)


def _has_a_part(actor: ActorMention, claim: Claim) -> bool:
    parties: tuple[Party | None, ...] = (claim.donor, claim.recipient, claim.approver)
    return any(
        who is not None
        and not (who is claim.donor and _office_of_giver(actor.quote, claim))
        and (
            (who.line_no == actor.line_no and who.start < actor.char_end and actor.char_start < who.end)
            or actor.name in who.text
            or (who.text in actor.quote and who is not claim.recipient)
        )
        for who in parties
    )


def _acts(actor: ActorMention, span: Span, claim: Claim) -> bool:
    """Whether a body is the subject of its clause, or led in by 由, 经, 与, and does something of its own."""
    text = claim.passage.text
    ahead = text[max(span[0], actor.char_start - 4) : actor.char_start]
    behind = text[actor.char_end : span[1]]
    if _BUILT.search(actor.quote) or _SPEAKS_FOR.search(ahead) or _ELSE.match(behind) or not behind.strip(" ”、)"):
        return False
    if _LED_IN.search(ahead) is not None or re.search(r"[元盾铢镑郎]、$", ahead):
        return True
    opened = trimmed(claim.passage, span[0], span[1])
    return opened is not None and opened[0] == actor.char_start and _NOT_ITSELF.match(behind) is None
