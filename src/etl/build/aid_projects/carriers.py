"""Who approved a claim and who carries it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.build.aid_projects.anaphora import other_of_two
from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.doers import led_in
from etl.build.aid_projects.fields import field_hits
from etl.build.aid_projects.frames import frame as frame_named
from etl.build.aid_projects.frames import frames, hits, role_hits
from etl.build.aid_projects.governing import (
    Frame,
    clauses_near,
    is_its_money,
    its_money_behind,
    later_items,
    next_sentence,
    uses_this_money,
    verbs_in,
)
from etl.build.aid_projects.naming import CARRIER, FOREIGN_BODY, UNION, bodies, is_place, named, party
from etl.build.aid_projects.nominals import Phrase, is_somebody, may_be_party, subject, trimmed, verb_subject
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.mentions import changed
from etl.normalize.text import fold
from etl.patterns import on_use


def approver_of(claim: Claim, scope: Scope) -> Party | None:
    """Who the claim's sentence says approved it."""
    for span in clauses_near(claim):
        for phrase in role_hits("approved", claim.passage, span):
            if is_somebody(claim.passage, phrase.start, phrase.end, scope):
                return party(phrase, scope)
    return None


def implementer_of(claim: Claim, frame: Frame | None, scope: Scope) -> Party | None:
    """经X转交, the subject that raises or hands on, the domestic side of a signature."""
    page = claim.passage
    for phrase in field_hits("through", claim, scope):
        there = scope.page_of(phrase.line_no)
        if verbs_in(there, (phrase.start, phrase.end), scope):
            continue  # 成为合作单位:|后者划来的12亿保障了手术
        return party(phrase, scope)
    if (hands := _heads_list(claim, scope) or _itself(claim, scope)) is not None:
        return hands
    for span in later_items(claim, scope):
        for phrase in role_hits("through_field", page, span):
            return party(phrase, scope)  # …出七成;施工方是水利公司
    if (asked := handed_then_asked(claim, scope) or _told_again(claim, scope)) is not None:
        return asked
    near = [span for span in clauses_near(claim) if not _of_another_item(claim, span, scope)]
    near += later_items(claim, scope)
    for span in near:
        for phrase in role_hits("through", page, span):
            who = party(phrase, scope) if is_somebody(page, phrase.start, phrase.end, scope) else None
            if who is not None and not is_place(who, scope):
                return who
    for span in near:
        for name in _CERTAIN:
            for phrase in hits(frame_named(name), page, span):
                if may_be_party(page, phrase.start, phrase.end, scope):
                    who = party(phrase, scope)
                    if who is not None and not is_place(who, scope):
                        return who
    for span in page.clauses_in(claim.sentence):
        for name in _SAID_OF_THE_WORK:
            for phrase in hits(frame_named(name), page, span):
                if may_be_party(page, phrase.start, phrase.end, scope):
                    return party(phrase, scope)
    for span in near:
        for phrase in role_hits("partner_at_home", page, span):
            said = page.text[phrase.start : phrase.end]
            if (
                ("、" not in said or _OFFICES_OF.match(said))
                and FOREIGN_BODY.search(said) is None
                and CARRIES_AT_HOME.search(said)
                and all(p.country in (None, "VN") for p in scope.places(claim.line_no, (phrase.start, phrase.end)))
                and (who := party(phrase, scope))
                and not _is_the_giver(who, claim)
            ):
                return who
    if (who := _hands_after(claim, scope)) is not None:
        return who
    if (who := _told_behind(claim, scope)) is not None:
        return who
    if (who := _sends_on(claim, scope) or _hander(claim, scope) or _commissioned(claim, scope)) is not None:
        return who
    if frame is not None and frame.subject is not None and _carries(frame, frame.subject, claim, scope):
        who = party(frame.subject, scope)
        approves = who is not None and claim.approver is not None and who.text == claim.approver.text
        own = who is not None and claim.donor is not None and who.text == claim.donor.text
        if own and frame.verb in _HAND_TO_HAND:
            who = None  # 红十字会将15万交到大使手中: who hands over its own gift carries nothing out besides
        if who is not None and not approves and not is_place(who, scope):
            return who
    if _donor_is_own(claim) and (who := _organizer(claim, scope)) is not None:
        return who
    if (who := _middleman(claim, near, scope)) is not None:
        return who
    if (who := _other_of_two(claim, scope) or _told_before(claim, scope) or _acted_before(claim, scope)) is not None:
        return who
    for span in clauses_near(claim):
        for pattern in frames("signed"):
            for hit in pattern.finditer(page.text, *span):
                if (works := _paid_by_a_third(hit, claim, scope)) is not None:
                    return works
                who = side(page, hit, scope, foreign=False)
                if who is None or _is_the_giver(who, claim):
                    who = _side_at_home(page, hit, scope)
                if who is not None and not _is_the_giver(who, claim):
                    return who
    return None


_HANDED_ON = on_use(
    r"(?:并|随后|当场)?[将把](?=[^,;:]{2,40}?(?:捐|赠|提供|寄来|资助|送来|汇来)[^,;:]{0,24}?(?:发放|发给|分给|分发|派发|转交|交给|交到|送到|送给|颁发|赠给))"
    r"|(?:并|随后|当场)?(?:向|为|给)[^,;:]{2,20}?(?:发放|派发|分发|转交|转送|送上|颁发)(?=[^,;:]{2,24}?(?:捐|赠|提供|资助|寄来)[^,;:]{0,8}?的)"
)
_HOLDS_EVENT = on_use(r"[^,;:]{0,24}?(?:举行|召开|组织|举办)[^,;:]{0,10}?(?:仪式|活动|会议?|行动)$")
_TAKES_IN = on_use(r"[^,;:]{0,12}?(?:接收|收到|接受|动员|争取|募集|筹得|获得|得到)")
_FOR_OTHERS = on_use(
    r"(?:并|再|随后)?(?:为|向|给|替|帮助|资助|慰问|用于为)[^,;:]{2,16}?(?:修|建|盖|颁发|发放|派发|送|购|提供|办|添|置|装|铺|打井|看病|治疗|安装|培训|配|做手术)"
)
_SERVES = on_use(r"会$|妇联$|侨联$|阵线$|友联$|团委$")


def _hands_after(claim: Claim, scope: Scope) -> Party | None:
    """协会举行仪式,将一家组织赠送的轮椅发给残疾人; 协会接收各方捐助3亿,为会员建房: who then does it with what came."""
    donor, page = claim.donor, claim.passage
    if donor is None:
        return None
    clauses = page.clauses_in(claim.segment)
    for ahead, clause in pairwise(clauses):
        hands = _HANDED_ON.match(page.text, *clause) is not None and clause[0] <= claim.at[0]
        serves = ahead == claim.clause and _FOR_OTHERS.match(page.text, *clause) is not None
        if not hands and not serves:
            continue
        who = subject(page, ahead, scope)
        if who is None:
            continue
        does = _HOLDS_EVENT if hands else _TAKES_IN
        if does.match(page.text, who.end, ahead[1]) is None:
            continue
        found = party(who, scope)
        if found is None or is_place(found, scope) or _is_the_giver(found, claim):
            continue
        if hands or _SERVES.search(found.text):
            return found
    return None


_ONE_OF_TWO = on_use(r"[前后]者")


def _other_of_two(claim: Claim, scope: Scope) -> Party | None:
    """县妇联与一家基金会签约,后者出资8万: of two that work together, the one beside the giver."""
    if claim.donor is None or "者" not in claim.passage.text[slice(*claim.sentence)]:
        return None
    for hit in _ONE_OF_TWO.finditer(claim.passage.text, *claim.sentence):
        one = Phrase(claim.line_no, *hit.span())
        giver, other = party(one, scope), other_of_two(one, scope)
        if giver is None or other is None or not _is_the_giver(giver, claim):
            continue
        found = party(other, scope)
        if found is not None and not is_place(found, scope) and not _is_the_giver(found, claim):
            return found
    return None


_SENT_ON = on_use(r"(?P<who>[^,;:的]{2,24}?)(?:转来|转交|代转|转送|转汇|转寄|送达|转达)(?:过来)?的")


def _sends_on(claim: Claim, scope: Scope) -> Party | None:
    """残疾人协会转来的6亿善款,原属一家扶轮社: who sends on what the text says is another's."""
    if claim.donor is None or "的" not in claim.says((claim.clause[0], claim.at[1])):
        return None
    start = trimmed(claim.passage, *claim.clause)
    hit = None if start is None else _SENT_ON.match(claim.passage.text, *start)
    if hit is None or not is_somebody(claim.passage, *hit.span("who"), scope):
        return None
    found = party(Phrase(claim.line_no, *hit.span("who")), scope)
    return None if found is None or is_place(found, scope) or _is_the_giver(found, claim) else found


_HANDED_LIST = on_use(
    r"[^,;:。]{0,16}?(?:转交|代转|转送|转赠|经手|代交|代发|代收|受托[^,;:。]{0,6}?(?:转|交|发|送))[^,;:。]{0,14}?(?:笔|批|项|份|善款|捐款|物资)[^,;:。]{0,8}$"
)


def _heads_list(claim: Claim, scope: Scope) -> Party | None:
    """省友联还受托转交了两笔善款:甲的2万,…;乙的3万,…: who by the head of a list handed on all that it lists."""
    page = claim.passage
    colon = page.text.find(":", claim.sentence[0], claim.at[0])
    if colon < 0:
        return None
    head = page.clause_at(colon - 1)
    who = subject(page, head, scope)
    if who is None or _HANDED_LIST.match(page.text, who.end, colon) is None:
        return None
    found = party(who, scope)
    return None if found is None or is_place(found, scope) or _is_the_giver(found, claim) else found


_ITSELF = on_use(r"其(?:在|于)[^,;:的]{2,14}?(?:实施|执行|开展|推行|运作)的")


def _itself(claim: Claim, scope: Scope) -> Party | None:
    """救助儿童会居次,其在两县实施的项目支出60万: who the clause before is about runs what is called its own."""
    page = claim.passage
    if "其" not in page.text[slice(*claim.clause)] or _ITSELF.search(page.text, *claim.clause) is None:
        return None
    ahead = [c for c in page.clauses_in(claim.sentence) if c[1] <= claim.clause[0]][-1:]
    for clause in ahead:
        who = subject(page, clause, scope)
        found = None if who is None else party(who, scope)
        if found is not None and not is_place(found, scope):
            return found
    return None


_HAND_TO_HAND = frozenset(["交给", "交到", "递交", "递到", "移交", "交付"])


def _is_the_giver(who: Party, claim: Claim) -> bool:
    return claim.donor is not None and (who.text in claim.donor.text or claim.donor.text in who.text)


def _paid_by_a_third(hit: re.Match[str], claim: Claim, scope: Scope) -> Party | None:
    """排雷组与省人委会签署协议,英国外交部资助80万: who signs with an office at home for what a third one pays works."""
    donor, page = claim.donor, claim.passage
    if donor is None or donor.inherited or donor.line_no != claim.line_no or donor.start < hit.end():
        return None
    if _PAYS_ABROAD.search(fold(donor.text)) is None:
        return None
    for one, other in (("who", "other"), ("other", "who")):
        works = trimmed(page, *hit.span(one))
        if works is None or _STATE.search(hit[other]) is None or _STATE.search(page.text[slice(*works)]) is not None:
            continue
        who = _body_at(works, claim, scope)
        return None if who is None or _is_the_giver(who, claim) else who
    return None


_STATE = on_use(r"人民委员会|人委会|[省市县](?:政府|[一-鿿]{2,8}[厅局处])|军事指挥部")
_PAYS_ABROAD = on_use(r"国务院|外交部|政府|发展部|国防部|[部署]$|欧盟|联盟")
_AT_HOME = on_use(r"[一-鿿]{0,4}[省市县郡乡](?=[一-鿿]{2,20}(?:中心|厅|局|会|院|校|站|科|办|公司|团|社)$)")


def _side_at_home(page: Passage, hit: re.Match[str], scope: Scope) -> Party | None:
    """同乂安省农业推广中心签约: of the two that sign, the office at home whose name no list knows."""
    for group in ("other", "who"):
        span = trimmed(page, *hit.span(group))
        if span is not None and _AT_HOME.match(page.text[span[0] : span[1]]):
            return party(Phrase(page.line.line_no, *span), scope)
    return None


# Said of a project without a name for it: 省外事厅被指定为项目业主, 农村发展中心承担技术培训.
_OF_THE_PROJECT = (
    "doer_is",
    "cleft_doer",
    "all_done_by",
    "work_left_to",
    "troops_at_work",
    "is_carrier",
    "work_handed_to",
    "becomes_carrier",
    "crew_of",
    "people_sent",
    "mostly_carried_by",
    "spent_by",
    "is_owner",
    "in_charge",
    "as_owner",
    "undertakes",
    "does_directly",
)


def _told_behind(claim: Claim, scope: Scope) -> Party | None:
    """款项由省红十字会发放; 分会用这笔钱修房; 省外事厅被指定为项目业主: who by the next sentence carries it out."""
    for page, clause in its_money_behind(claim, scope):
        for phrase in role_hits("through", page, clause) + role_hits("through_field", page, clause):
            if is_somebody(page, phrase.start, phrase.end, scope) and (who := party(phrase, scope)):
                return who
        for name in _CERTAIN:
            for phrase in hits(frame_named(name), page, clause):
                if may_be_party(page, phrase.start, phrase.end, scope):
                    return party(phrase, scope)
        for phrase in led_in(page, clause, scope):  # 这笔钱由红十字会代为兑换和汇转: any work that is no paying
            if may_be_party(page, phrase.start, phrase.end, scope) and (who := party(phrase, scope)) is not None:
                return who
        does = _who_uses_it(page, clause, scope) if uses_this_money(page, clause) else None
        if does is not None and (who := party(does, scope)) is not None and not is_place(who, scope):
            return None if claim.donor is not None and who.text == claim.donor.text else who
    for clause in next_sentence(claim, scope):
        for name in _OF_THE_PROJECT:
            for phrase in hits(frame_named(name), claim.passage, clause):
                if may_be_party(claim.passage, phrase.start, phrase.end, scope):
                    return party(phrase, scope)
    return None


def _who_uses_it(page: Passage, clause: Span, scope: Scope) -> Phrase | None:
    """县侨联几经走访,把它变成了12栋房: the subject of a clause about the money, else of the one right before."""
    who = subject(page, clause, scope)
    if who is not None:
        return who
    ahead = [c for c in page.clauses_in(page.sentence_at(clause[0])) if c[1] <= clause[0]][-1:]
    return next((who for c in ahead if (who := subject(page, c, scope)) is not None), None)


def _told_before(claim: Claim, scope: Scope) -> Party | None:
    """使馆通过国际儿童救助会实施项目。四年来支出130万: who carries it out by the sentence before, of no sum."""
    page = claim.passage
    before = [s for s in page.sentences if s[1] <= claim.sentence[0]][-1:]
    for sentence in before:
        if any(sentence[0] <= m.char_start < sentence[1] for m in scope.money(claim.line_no)):
            return None
        for clause in page.clauses_in(sentence):
            for phrase in role_hits("through", page, clause):
                if is_somebody(page, phrase.start, phrase.end, scope) and (who := party(phrase, scope)):
                    return changed(who, inherited=True)
    return None


def _acted_before(claim: Claim, scope: Scope) -> Party | None:
    """华文教育辅助会向学生颁发助学金。这笔款项由崇正总会捐助: who gave it out, where the claim names another giver."""
    donor, page = claim.donor, claim.passage
    before = [s for s in page.sentences if s[1] <= claim.sentence[0]][-1:]
    if not before or not _donor_is_own(claim) or donor is None:
        return None
    if any(before[0][0] <= m.char_start < before[0][1] for m in scope.money(claim.line_no)):
        return None
    told_of = donor.start > claim.at[0] and page.text[donor.start - 1] == "由"  # 9000美元药费由侨胞凑集
    if not told_of and not any(
        uses_this_money(page, c) or is_its_money(page, c) for c in page.clauses_in(claim.sentence)
    ):
        return None
    for clause in page.clauses_in(before[0]):
        who = subject(page, clause, scope)
        gives = any(verb_subject()[v] == "donor" for _, v in verbs_in(page, before[0], scope))
        if who is None or not (gives or _treats(page, who, clause)):
            continue
        found = party(who, scope)
        if found is None or is_place(found, scope) or found.text in donor.text or donor.text in found.text:
            return None
        return changed(found, inherited=True)
    return None


_TREATS = on_use(
    r"[^,;:。]{0,16}?(?:为|给|替)[^,;:。]{0,10}?(?:\d|[一两三四五六七八九十百])[^,;:。]{0,12}?(?:[名位个人户所])[^,;:。]{0,12}?"
    r"(?:手术|配|诊|治|看病|检查|筛查|体检|修|建|盖|装|打|培训|上课)"
    r"|[^,;:。]{0,12}?(?:设了?|开设了?|开了?|办了?)(?:\d{1,2}|[一两三四五六七八九十几])[个处场间期][^,;:。]{0,6}?(?:门诊|诊所|义诊|医疗点|培训班|课堂|班)"
)

_TEAM = on_use(r"中心|医院|[队团]$|协会|学院|大学|卫生|红十字|志愿|医生")


def _treats(page: Passage, who: Phrase, clause: Span) -> bool:
    """听障中心为149名儿童试配助听器, 医疗队设了三个流动门诊: who is at work on people that are counted."""
    return (
        _TREATS.match(page.text, who.end, clause[1]) is not None
        and _TEAM.search(page.text[who.start : who.end]) is not None
    )


def _of_another_item(claim: Claim, span: Span, scope: Scope) -> bool:
    """Whether a clause is of an item of the sentence, cut off by a semicolon, that has its own figure."""
    low, high = claim.segment
    if low <= span[0] < high:
        return False
    other = claim.passage.segment_at(span[0])
    return any(other[0] <= m.char_start < other[1] for m in scope.money(claim.line_no))


_OFFICES_OF = on_use(r"[一-鿿]{1,4}(?:、[一-鿿]{1,4}){1,4}[等两三四五六]{1,2}个?[县市乡社]")  # 安明、安边两县教育处
CARRIES_AT_HOME = on_use(
    r"指挥部|部队|边防|军区|委员会|厅|局|处|妇联|妇女联合会|联合会|红十字会|阵线|友联|医院|大学|中心|农会|协会|[劝助]学会|慈善会|侨联|团委|青年团"
)
# Constructions that leave no doubt that their phrase carries out, whoever it is: 托禾光代购.
_CERTAIN = (
    *("carried_by", "let_do", "made_into", "builder", "on_shoulders"),
    *("undertakes", "does_directly", "sent_to_for_all", "for_to_do"),
    *("commissioned", "by_hand_of", "for_use_by", "work_left_to", "responsible", "joined_carrier"),
    *("doer_is", "work_done_by", "takes_and_passes", "as_owner"),
    *("in_charge", "built_by", "entrusted", "asked_to_do", "took_work_over", "place_of_work", "works_its"),
    *("is_owner", "is_carrier", "work_handed_to", "becomes_carrier", "crew_of", "people_sent"),
    *("mostly_carried_by", "spent_by"),
    *("cleft_doer", "troops_at_work", "all_done_by", "uses_grant", "works_funded", "runs_paid_work"),
)
# 钱是英国人给的,21万英镑;活是省红十字会干的: said of the same work across a semicolon.
_SAID_OF_THE_WORK = ("doer_is", "cleft_doer", "work_done_by")
_HANDS = on_use(r"(?:已|曾|刚|当场|一并|先后|代为|代)?(?:转交|转送|转赠|代转|代交|分发|转达|转汇)(?!的)")
_TAKES_ANOTHERS = on_use(r"(?:已|当场|随后|亲手)?[将把]")  # 总领事将|公益基金会提供的30万|交到校长手中
_GIVES_ON = on_use(r"[交送递转发拨汇寄捐][交送递付]?(?:给|到|往|予|回)")
# 代表团此行带来|民众募集的120万卢比
_BRINGS = on_use(r"(?:此行|此次|这次|专程|还|也|已|又)*(?:带来|捎来|送来|带去|捎去|送去)了?")
_SPENDS = on_use(r"(?:已|则|还|便|就)?(?:使?用|利用|以|动用)")  # 红十字会用|瑞士红十字会资助的3.2亿


def _hander(claim: Claim, scope: Scope) -> Party | None:
    """大使馆转交了红十字会捐的善款: who hands on what another gave, named before in the clause."""
    donor, page = claim.donor, claim.passage
    who, start = subject(page, claim.clause, scope), claim.clause[0]
    if who is None:
        who = _speaker(claim, scope) or _goes_on(claim, scope)  # 祖国阵线表示,已把协会寄来的2.6万欧元分发给灾民
    else:
        start = who.end
    if who is None or donor is None or donor.start <= who.start < donor.end:
        return None
    said = page.text[start : claim.at[0]]
    hit = _HANDS.search(said)
    takes = _TAKES_ANOTHERS.match(said) and _GIVES_ON.search(page.text, claim.at[1], claim.segment[1])
    spends = start <= donor.start < claim.at[0] and (_SPENDS.match(said) or takes or _BRINGS.match(said))
    if not spends and (hit is None or re.search(r"[由托]|捐|赠", said[: hit.start()])):
        return None
    found = party(who, scope)
    return None if found is None or is_place(found, scope) or found.text == donor.text else found


_SPEAKS = on_use(r"[^,;]{0,12}(?:表示|介绍|说|称|透露|报告|通报|宣布)")


def _speaker(claim: Claim, scope: Scope) -> Phrase | None:
    """The subject of the clause right before, where it says or reports what follows."""
    before = [c for c in claim.passage.clauses_in(claim.segment) if c[1] <= claim.clause[0]][-1:]
    for clause in before:
        who = subject(claim.passage, clause, scope)
        if who is not None and _SPEAKS.match(claim.passage.text, who.end, clause[1]):
            return who
    return None


_AND_HANDS = on_use(r"(?:并|还|又|再|随后|同时)(?:向[^,;:]{2,16}?)?(?:代为)?(?:转交|转送|转赠|代转|转达|[将把])")


def _goes_on(claim: Claim, scope: Scope) -> Phrase | None:
    """代表团前往甲市看望越侨,并转交会员捐的3000万: the subject of the clause right before goes on."""
    page = claim.passage
    if _AND_HANDS.match(page.text, *claim.clause) is None:
        return None
    before = [c for c in page.clauses_in(claim.segment) if c[1] <= claim.clause[0]][-1:]
    return next((who for clause in before if (who := subject(page, clause, scope)) is not None), None)


# 副主席代表该省接过支票, 团长阮文德代表本省移交: one person who speaks for all carries nothing out
_TAKES_FOR = on_use(r"代表[^,;:]{1,16}?(?:接过|接受|接收|收下|领取|接下|签收|致谢|感谢|通知|宣布)")
_OFFICE = on_use(
    r"(?:第[一二]|常务)?副?(?:部长|主席|会长|厅长|局长|省长|市长|县长|书记|主任|团长|秘书长|总领事|大使|领队|司令)"
)
_LEADER = on_use(r"(?:团长|领队|队长)[一-鿿·]{2,8}$")
_OFFICER = on_use(
    r"(?:部长|主席|会长|厅长|局长|省长|市长|县长|书记|主任|团长|秘书长|总领事|大使|领队|司令|校长|院长)[一-鿿·]{2,8}$|^[一-鿿]{1,3}(?:大使|总领事|主席|会长|书记|省长|部长)$"
)


def _commissioned(claim: Claim, scope: Scope) -> Party | None:
    """电视台接受陈女士的委托,把1亿送到病童家中: who acts on another's behalf."""
    page = claim.passage
    for clause in clauses_near(claim):
        if not role_hits("behalf", page, clause):
            continue
        if _TAKES_FOR.search(page.text, *clause):
            continue
        later = [c for c in page.clauses_in(claim.segment) if c[0] > clause[0]]
        for span in (clause, *later):
            who = subject(page, span, scope)
            if who is not None and (
                _OFFICER.search(page.text[who.start : who.end]) or _OFFICE.match(page.text, who.end)
            ):
                continue
            found = None if who is None else party(who, scope)
            if found is not None and claim.donor is not None and found.text not in claim.donor.text:
                return None if is_place(found, scope) else found
    return None


def _donor_is_own(claim: Claim) -> bool:
    """Whether the claim's own sentence names its donor."""
    donor = claim.donor
    return donor is not None and donor.line_no == claim.line_no and claim.sentence[0] <= donor.start < claim.sentence[1]


_BUILDS = on_use(r"(?:建造|承建|援建|修建|搭建|兴建|建设)")
_ARRANGES = on_use(r"(?:已|还|又|先后)?(?:组织|派出|派遣|安排|带领|组队|选派)")


def _organizer(claim: Claim, scope: Scope) -> Party | None:
    """省红十字会组织36名医生义诊,…药费出自一家药企: the carrier that an earlier clause of the sentence is about."""
    page, donor = claim.passage, claim.donor
    for clause in page.clauses_in((claim.segment[0], claim.clause[0])):
        who = subject(page, clause, scope)
        if who is None or donor is None:
            continue
        verbs = [verb_subject()[verb] for _, verb in verbs_in(page, clause, scope)]
        carries = CARRIER.search(page.text[who.start : who.end]) is not None
        if (doer := _does_it(claim, who, clause, scope)) is not None:
            return doer
        builds = _BUILDS.search(page.text, who.end, clause[1]) is not None and who.end < donor.start
        if not carries and not builds:
            continue
        if builds and (found := party(who, scope)) is not None and not is_place(found, scope):
            return found  # 部队将建造10栋友谊屋,资金由基金提供
        approves = claim.approver is not None and claim.approver.start <= who.start < claim.approver.end
        arranges = "implementer" in verbs or _ARRANGES.match(page.text, who.end) is not None
        if arranges and not approves and not donor.start <= who.start < donor.end:
            return party(who, scope)
    return None


_DOES = on_use(
    r"[^,;:。]{0,24}?(?:(?:为|给|替|帮)[^,;:。]{2,24}?(?:修|建|盖|装|铺|做|添|办|看|治|送|配|打|种)|修复|修建|修好|清理|排雷|组织(?!委员会|联合会)|试办|续办|兴办|创办|开办|举办过|办过|坐诊|义诊|看诊|巡诊|培训|教(?![室育师材]|学[楼点])|种|安装|铺设|打井|实施|执行|开展)"
)
_DOES_NOT = on_use(r"[^,;:。]{0,16}?(?:收到|接收|接受|获|得到|领到|批准|同意|说|表示|介绍|通报|称|透露|签|出席|访)")


def _middleman(claim: Claim, near: Sequence[Span], scope: Scope) -> Party | None:
    """首期款划转越南红十字会: the body at home that passes on what reaches it, unless it is the giver."""
    page, donor = claim.passage, claim.donor
    for span in near:
        for phrase in role_hits("middleman", page, span):
            abroad = [
                p for p in scope.places(claim.line_no, (phrase.start, phrase.end)) if p.country not in (None, "VN")
            ]
            who = None if abroad else party(phrase, scope)
            if who is not None and (donor is None or (who.text not in donor.text and donor.text not in who.text)):
                return who
    return None


# 把6万欧元交到省祖国阵线委员会,阵线再按户下发; 汇给市助学基金,由基金挑选孤儿: whom the money reaches, told again by
# a part of the name, does the work.
_REACHES = on_use(
    r"(?:拨[给往付到入]|汇[给往至到入]|交[给到由]|转[给至交入]|划[给转至入]|送[交到给]|打进|打入|存入)了?(?P<who>[^,;:\d]{4,28}?)(?:手[中里上]|的?账户|的?专户)?"
    r"[,;]再?(?:由)?(?P<short>[一-鿿]{2,6}?)(?:再|随后|随即|即|则|又|逐|按|统一|负责|组织|分批|挑选|挑出|招标|采购|购置|分发|下发|发放|转发|转交|派发|分给|发给|分配|安排|施工|兴建|修建|实施|送到|用来)"
)
_SIDE_SHORT = on_use(r"[省市县郡乡社村校院馆团会](?:方|里|上)$")


def _told_again(claim: Claim, scope: Scope) -> Party | None:
    """汇入山西县人民委员会账户,由县方招标: who the money reaches and by a part of its name is said to work with it."""
    page = claim.passage
    hit = _REACHES.search(page.text, *claim.segment)
    if hit is None:
        return None
    short = hit["short"][:-1] if _SIDE_SHORT.fullmatch(hit["short"]) else hit["short"]
    if short not in hit["who"]:
        return None
    return _body_at(hit.span("who"), claim, scope)


def _body_at(at: Span, claim: Claim, scope: Scope) -> Party | None:
    """Who stands there, when it may be a party and is no mere place."""
    span = trimmed(claim.passage, *at)
    if span is None or not may_be_party(claim.passage, *span, scope):
        return None
    who = party(Phrase(claim.line_no, *span), scope)
    return None if who is None or is_place(who, scope) else who


_ASKED = on_use(
    r"(?:拨[给往付到]|汇[给往至到入]|交[给到由]|转[给至交]|划[给转至入]|送[交到给]|打进|存入)了?(?P<who>[^,;:\d]{2,28}?)(?:手[中里]|的?账户|的?专户)?"
    r"(?:约|近|逾)?(?:\d[\d.,]*[万亿千百]*[^,;:\d]{1,6})?,[^,;:]{0,4}?(?:委托?|请|由|供|让|嘱|托)(?:其|它|该[一-鿿]{1,3}|后者|他们|对方)(?!使用|享用|自)"
    # 钱交给省军事指挥部,用于在两县清理地雷
    r"|(?:交给|交由|拨给|拨付给|汇给|划给|移交给)(?P<office>[^,;:]{2,20}?(?:指挥部|[厅局处]|中心|办公室|农会|青年团|协会|推广站)),"
    r"(?:专门|全部|主要|专)?用[于来](?:在)?[^,;:]{0,14}?(?:清理|排除|排雷|扫雷|修建|兴建|开展|实施|举办|培训|种植|造林|发放|巡诊|安装)"
)


def handed_then_asked(claim: Claim, scope: Scope) -> Party | None:
    """拨给“农友”组织55万欧元,供其扶植合作社; 汇至募捐委员会,由其统筹: who gets the money and is to do the work."""
    page = claim.passage
    hit = _ASKED.search(page.text, *claim.segment)
    if hit is None:
        return None
    return _body_at(hit.span("who" if hit["who"] else "office"), claim, scope)


def _does_it(claim: Claim, who: Phrase, clause: Span, scope: Scope) -> Party | None:
    """明爱会为47户修好屋顶,所用3亿来自德国明爱会: who does the work that others are said to pay."""
    page, donor = claim.passage, claim.donor
    if donor is None or donor.start < claim.clause[0]:
        return None
    if _DOES.match(page.text, who.end, clause[1]) is None or _DOES_NOT.match(page.text, who.end, clause[1]):
        return None
    found = party(who, scope)
    if found is None or is_place(found, scope) or found.text in donor.text or donor.text in found.text:
        return None
    return found


def _carries(frame: Frame, who: Phrase, claim: Claim, scope: Scope) -> bool:
    """A subject that raises, runs or hands on; one that gives on another's behalf only hands on."""
    said = claim.passage.text[who.start : who.end]
    if _LEADER.search(said) and role_hits("behalf", claim.passage, claim.passage.clause_at(who.start)):
        return False  # 团长黎文山代表本省移交
    donor = claim.donor
    is_donor = donor is not None and donor.start == who.start and donor.line_no == claim.line_no
    return frame.part == "implementer" or (frame.part == "donor" and not is_donor and CARRIER.search(said) is not None)


def side(page: Passage, hit: re.Match[str], scope: Scope, *, foreign: bool) -> Party | None:
    """Of the two that sign, the foreign one (embassy, agency, foundation) or the one at home."""
    for group in ("other", "who"):
        for actor in bodies(scope, page.line.line_no, hit.span(group)):
            abroad = FOREIGN_BODY.search(fold(actor.name)) is not None or actor.country not in (None, "VN")
            if abroad is foreign:
                return named(actor, scope)
    return None


_HANDED = on_use(
    r"[^,;:。]{0,24}?(?:转交|递交|转送|转赠|代转|(?:款|物资)[^,;:。]{0,4}(?:交给|交到|送进|送到|送去)"
    r"|[将把](?=[^,;:。]{2,30}?(?:捐|赠|提供|寄来|资助)[^,;:。]{0,16}?(?:运往|送往|送到|交给|交到|分给|发给|带到)))"
)


def carried_right_before(claim: Claim, scope: Scope) -> Party | None:
    """行动由县妇联打理。/ 三处合计19亿: who the sentences right before, here or above, say carries out."""
    donor = claim.donor
    for page, sentence in scope.right_before(claim.line_no, claim.sentence):
        for clause in page.clauses_in(sentence):
            sides = (s for pattern in frames("signed") for s in pattern.finditer(page.text, *clause))
            at_home = [found for s in sides if (found := side(page, s, scope, foreign=False)) is not None]
            for who in (*_said_to_carry(page, clause, scope), *at_home):
                if donor is None or (who.text not in donor.text and donor.text not in who.text):
                    return changed(who, inherited=True)
    return None


def _said_to_carry(page: Passage, clause: Span, scope: Scope) -> Iterator[Party]:
    for phrase in (*role_hits("through", page, clause), *role_hits("through_field", page, clause)):
        who = party(phrase, scope) if is_somebody(page, phrase.start, phrase.end, scope) else None
        if who is not None and not is_place(who, scope):
            yield who
    for name in _CERTAIN:
        for phrase in hits(frame_named(name), page, clause):
            who = party(phrase, scope) if may_be_party(page, phrase.start, phrase.end, scope) else None
            if who is not None and not is_place(who, scope):
                yield who
    hands = subject(page, clause, scope)
    if hands is not None and _HANDED.match(page.text, hands.end):
        who = party(hands, scope)
        if who is not None and not is_place(who, scope):
            yield who


_BY_ITSELF = on_use(r"财政|政府|使馆|[省市县]$")  # such hand over their own money


def _opens_a_clause(who: Party, claim: Claim, scope: Scope) -> bool:
    """Whether a clause of the claim's sentence is about somebody: its gift is then another than the title's."""
    if who.line_no != claim.line_no:
        return False
    heads = (subject(claim.passage, clause, scope) for clause in claim.passage.clauses_in(claim.sentence))
    return any(head is not None and head.start == who.start for head in heads)


def _handed_at_top(claim: Claim, scope: Scope) -> Party | None:
    """大使馆转交国内民众的捐款: who by the lead or title hands over what somebody else gave."""
    donor = claim.donor
    if donor is None or _BY_ITSELF.search(fold(donor.text)) or _opens_a_clause(donor, claim, scope):
        return None
    for page in reversed(scope.top):
        for clause in page.clauses:
            hands = subject(page, clause, scope)
            who = party(hands, scope) if hands is not None and _HANDED.match(page.text, hands.end) else None
            if who is None or is_place(who, scope) or who.text in donor.text or donor.text in who.text:
                continue
            return changed(who, inherited=True)
    return None


_OVERVIEW = 6  # lines above a claim in which all works may be said to be somebody's


_PRAISES = on_use(
    r"[^,;:。]{0,24}?(?:颁发|颁授|授予|表彰|嘉奖|表扬)[^,;:。]{0,12}?(?:奖状|奖章|证书|称号|勋章|感谢状|纪念章|$)"
)
_APPROVES = on_use(r"(?:已|正式|去年|今年)?(?:批准|核准|审批|批复)")
_SOURCE = on_use(r"(?:据|根据)$")
_OFFICE_TELLS = on_use(r"(?:厅|局|处|委员会|办公室)$")


def _praises_or_tells(page: Passage, start: int, end: int) -> bool:
    """县人委会颁发奖状; 经县人委会批准; 据市外务局,全年援款9亿: such a body rewards or tells of what others do."""
    if _PRAISES.match(page.text, end) is not None or _APPROVES.match(page.text, end) is not None:
        return True
    return (
        _SOURCE.search(page.text[max(0, start - 2) : start]) is not None
        and _OFFICE_TELLS.search(page.text[start:end]) is not None
        and page.text[end : end + 1] in ",的"
    )


def carrier_above(claim: Claim, scope: Scope) -> Party | None:
    """The union or committee that the section, else the lead and title, are about."""
    for page in scope.above(claim.line_no)[:_OVERVIEW]:  # 工程全部委托省教育厅招标。/ 一、山水小学:造价3亿
        for phrase in hits(frame_named("all_done_by"), page, (0, len(page.text))):
            if may_be_party(page, phrase.start, phrase.end, scope) and (who := party(phrase, scope)) is not None:
                return changed(who, inherited=True)
    if (hands := _handed_at_top(claim, scope)) is not None:
        return hands
    pages: list[tuple[Passage, Span]] = [(claim.passage, (0, claim.sentence[0]))]
    above = [(p, (0, len(p.text))) for p in scope.before(claim.line_no)]
    top = [(p, (0, len(p.text))) for p in reversed(scope.top)]
    for page, span in pages + (above + top if scope.has_heading(claim.line_no) else top + above):
        found = list(reversed(bodies(scope, page.line.line_no, span)))
        for actor in [a for a in found if UNION.search(fold(a.name))] + found:
            if CARRIER.search(fold(actor.name)) and not _praises_or_tells(page, actor.char_start, actor.char_end):
                return named(actor, scope, inherited=True)
    return None
