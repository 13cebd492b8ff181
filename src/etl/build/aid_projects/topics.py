"""The donor that the lines before a claim are about, where its own sentence leaves the subject out."""

from __future__ import annotations

import re

from etl.build.aid_projects.carriers import side
from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.frames import FOREIGN, frames, hits, role_hits
from etl.build.aid_projects.frames import frame as frame_named
from etl.build.aid_projects.governing import Frame, verbs_in
from etl.build.aid_projects.naming import CARRIER, UNION, bodies, is_person, is_place, named, party
from etl.build.aid_projects.nominals import Phrase, beginning, is_somebody, subject, verb_subject
from etl.build.aid_projects.relations import BULLET
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.mentions import changed
from etl.normalize.text import fold
from etl.patterns import on_use

_RAISED = on_use(r"争取|动员|到位|执行(?!单位|机构|方|者|期)|开展|落实|合办|牵线|募集到")
_DONE_BY = on_use(r"由[^,;:由]{2,24}?(?:执行|开展|落实)(?=$|[,;:])")
_GIFT_VERB = on_use(r"捐|赠|资助|送|颁|慰问|救济|发")
_AID_BODY = on_use(r"开发署|红新月|宣明会|明爱|基金会|非政府组织|国际|慈善|协力|合作署|发展署|教会|之友|援助")
_REPORTS = on_use(r"外事厅|外务厅|外事办|统计局|新闻办")  # who reports on all, not who gave
_HELPED = on_use(r"(?:诊所|小学|中学|学校|幼儿园|医院|卫生[站院]|孤儿院|养老院|图书馆)$")
_SPEAKS = on_use(r"介绍|表示|宣布|说$|透露|致谢|告诉|指出|称$|说明|回忆|坦言|强调|证实|补充|写道|汇报|通报")


def is_raised(claim: Claim, frame: Frame | None) -> bool:
    """Money a union raised has a giver the sentence does not name: 争取到3个项目, 到位资金."""
    if claim.is_target:
        return True
    if frame is not None and frame.part == "donor" and frame.subject is None:
        return claim.money is not None and re.search(r"争取|动员", claim.says(claim.sentence)) is not None
    said = _DONE_BY.sub("", claim.says(claim.segment))  # 总值118万,由县教育科具体执行: who does it raised nothing
    return bool(_RAISED.search(said)) and (frame is None or frame.part != "donor")


def partner_before(claim: Claim, scope: Scope) -> Party | None:
    """配合慈济基金会…考察。在此基础上,将援助金额…: the foreign body that the sentences before work with."""
    for sentence in [s for s in reversed(claim.passage.sentences) if s[0] < claim.sentence[0]]:
        for phrase in role_hits("partner", claim.passage, sentence):
            said = claim.passage.text[phrase.start : phrase.end]
            if FOREIGN.search(said) and not CARRIER.search(said) and (who := party(phrase, scope)):
                return changed(who, inherited=True)
    return None


def donor_above(claim: Claim, frame: Frame | None, scope: Scope) -> Party | None:
    """The speaker's body, the subject of the sentences before, the giver of the section, lead or title."""
    speaker = _speaker(claim, scope)
    if speaker is not None and frame is not None and frame.part == "donor":
        return speaker
    raised = _RAISED.search(claim.says(claim.sentence)) is not None
    gives = frame is not None and not raised and _GIFT_VERB.search(frame.verb) is not None
    told_before = False
    for sentence in [s for s in reversed(claim.passage.sentences) if s[0] < claim.sentence[0]]:
        if _TAKES.search(claim.says(sentence)) and (giver := _named_giver(claim.passage, sentence, scope)):
            return changed(giver, inherited=True)
        if not told_before and (giver := _outright(claim.passage, sentence, scope)) is not None:
            return changed(giver, inherited=True)
        told_before = True
        if _only_passes_on(claim.passage, sentence, scope):
            continue  # 农民协会挑选农户、发放物资
        topic = _topic(claim.passage, sentence, scope)
        if topic is not None and _HELPED.search(fold(topic.text)) and not gives:
            continue  # 友谊诊所有两层。小楼花费148亿: what is built for others
        if topic is not None and _brings_about(claim.passage, sentence, scope):
            continue  # 联合会全年促成捐赠40笔。实物部分折价6亿
        if (
            topic is not None
            and (is_person(topic, scope) or _OFFICE.search(topic.text))
            and _SPEAKS.search(claim.says(sentence))
        ):
            spoken_for = bodies(scope, claim.line_no, (topic.start, topic.end))
            if not spoken_for or CARRIER.search(fold(spoken_for[0].name)):
                continue  # 中心主任王氏娟说,…: who tells of it gave nothing
            topic = named(spoken_for[0], scope)  # 协会秘书长告诉记者
            if topic is None:
                continue
        if topic is not None and (gives or not UNION.search(fold(topic.text))):
            return changed(topic, inherited=True)
    giver = gave_right_before(claim, scope) if _goes_on(claim, scope) else said_right_before(claim, scope)
    if giver is not None:
        return giver
    if _goes_on(claim, scope) and (giver := _from_abroad_before(claim, scope)) is not None:
        return giver
    for page in _pages_above(claim, scope):
        for sentence in reversed(page.sentences):
            for clause in page.clauses_in(sentence):
                who = _giver_in(page, clause, scope)
                if who is not None:
                    return changed(who, inherited=True)
    return _aid_body(claim, scope) or _hero(frame, scope)


_BRINGS_ABOUT = on_use(
    r"[^,;:。]{0,10}?(?:促成|牵线|撮合|争取|引进|动员|接洽|对接|接待|接收|协调落实|登记|审批|办理)(?:了|到|的)?[^,;:。]{0,12}?(?:捐|赠|援|资助|项目|善款|物资)"
)


def _brings_about(page: Passage, sentence: Span, scope: Scope) -> bool:
    """Whether who a sentence is about only brought the gifts of others about."""
    for clause in page.clauses_in(sentence):
        who = subject(page, clause, scope)
        if who is not None:
            return _BRINGS_ABOUT.match(page.text, who.end, clause[1]) is not None
    return False


_PASSING = frozenset(["发放", "分发", "派发", "配发", "转交", "移交", "递交", "执行", "实施", "落实", "交给"])


def _only_passes_on(page: Passage, sentence: Span, scope: Scope) -> bool:
    """Whether all that a sentence's verbs of aid say is that things were passed on."""
    if any(sentence[0] <= m.char_start < sentence[1] for m in scope.money(page.line.line_no)):
        return False  # 将6万交到学校手中
    verbs = {verb for clause in page.clauses_in(sentence) for _, verb in verbs_in(page, clause, scope)}
    return bool(verbs) and all(verb in _PASSING or verb_subject()[verb] == "implementer" for verb in verbs)


def _pages_above(claim: Claim, scope: Scope) -> list[Passage]:
    above = scope.before(claim.line_no)
    if scope.has_heading(claim.line_no) or BULLET.match(claim.passage.text):
        return [*above, *reversed(scope.top), *scope.above(claim.line_no)[len(above) :]]
    return [*reversed(scope.top), *above]


def _speaker(claim: Claim, scope: Scope) -> Party | None:
    """X主席介绍,…向Y捐赠: the body the speaker of the same sentence speaks for."""
    for clause in claim.passage.clauses_in(claim.sentence):
        if clause[0] >= claim.clause[0]:
            break
        found = bodies(scope, claim.line_no, clause)
        if found and _SPEAKS.search(claim.says(clause)) and not _REPORTS.search(fold(found[0].name)):
            return named(found[0], scope, inherited=True)
    return None


_OFFICE = on_use(
    r"(?:总领事|大使|主席|会长|书记|部长|省长|市长|县长|参赞|主任|院长|校长|局长|厅长|秘书长|经理|理事长|董事长|代表|发言人)$"
)
_TAKES = on_use(r"接收|收到|接受|获赠|得到|获得|批准|利用|使用|领到|获")


_OUTRIGHT = (
    *("by", "gift_of", "given_by", "coming_from", "with_support", "cleft_payer", "who_pays_is", "money_given_by"),
    *("borne_by", "borne_passive", "made_by", "gift_directed", "gives_whom", "provided_by", "trusting"),
    *("on_behalf", "grants", "approved_grant", "payer_who", "runs_in"),
)


def said_right_before(claim: Claim, scope: Scope) -> Party | None:
    """出钱的是外交部。/ 仅打印机就用去4万: who the sentences right before, here or in the paragraph above, say pays."""
    goes_on = _goes_on(claim, scope)
    for page, sentence in scope.right_before(claim.line_no, claim.sentence):
        if page.line.line_no != claim.line_no and not goes_on:
            break
        if (giver := _outright(page, sentence, scope)) is not None:
            return changed(giver, inherited=True)
    return None


_ABROAD = on_use(r"旅居?[一-鿿]{1,6}|侨|海外|外国|国外|境外|国际|志愿者")


def _from_abroad_before(claim: Claim, scope: Scope) -> Party | None:
    """台湾慈心会每年都来人。/ 带来的9万: the one from abroad that the sentences right before are about."""
    for page, sentence in scope.right_before(claim.line_no, claim.sentence):
        for clause in page.clauses_in(sentence):
            who = subject(page, clause, scope)
            if who is None or _TAKES.search(page.text, who.end, min(clause[1], who.end + 8)):
                continue
            said = page.text[who.start : who.end]
            homes = [p.country for p in scope.places(page.line.line_no, (who.start, who.end)) if "pair" not in p.flags]
            abroad = bool(homes) and homes[0] not in (None, "VN") and homes[-1] != "VN"
            if (abroad or _ABROAD.match(said)) and not UNION.search(said):
                found = party(who, scope)
                if found is not None and not is_place(found, scope):
                    return changed(found, inherited=True)
    return None


_TURNS = on_use(r"[ “]*(?:[^,;:。]{1,12}方面,|另外|此外|另|同时|与此同时|除此之外)")


def _goes_on(claim: Claim, scope: Scope) -> bool:
    """Whether a claim's sentence has nobody of its own and turns to nothing new: it goes on with what was told."""
    page = claim.passage
    if _TURNS.match(page.text, claim.sentence[0]):
        return False
    for clause in page.clauses_in(claim.sentence):
        if clause[0] > claim.at[0]:
            break
        who = subject(page, clause, scope)
        if who is not None and not _SPEAKS.search(page.text, who.end, clause[1]):
            return False
    return True


_GAVE = on_use(r"捐|赠|资助|援助|出资|募|筹|义卖|凑|托付|积蓄|答应|许诺|承诺|愿为|愿意|带来|赈灾")


def gave_right_before(claim: Claim, scope: Scope) -> Party | None:
    """职工捐出一天工资。/ 使馆存入26亿: who the sentences right before say gave, by any construction."""
    if (giver := said_right_before(claim, scope)) is not None:
        return giver
    for page, sentence in scope.right_before(claim.line_no, claim.sentence):
        for clause in page.clauses_in(sentence):
            who = subject(page, clause, scope)
            if who is None or CARRIER.search(page.text[who.start : who.end]):
                continue
            if _GAVE.search(page.text, who.end, min(clause[1], who.end + 12)) and (found := party(who, scope)):
                return changed(found, inherited=True)
    return None


def _outright(page: Passage, sentence: Span, scope: Scope) -> Party | None:
    """由挪威红十字会资助的项目启动。项目总经费1800万: who the sentence right before says pays, of no sum of its own."""
    if any(sentence[0] <= m.char_start < sentence[1] for m in scope.money(page.line.line_no)):
        return None
    for name in _OUTRIGHT:
        for phrase in hits(frame_named(name), page, sentence):
            if is_somebody(page, phrase.start, phrase.end, scope):
                return party(phrase, scope)
    return None


def _named_giver(page: Passage, sentence: Span, scope: Scope) -> Party | None:
    """岘港市批准接收明智医院援助的设备。这套设备价值3.2亿: the giver of a sentence whose subject receives."""
    for clause in page.clauses_in(sentence):
        for phrase in role_hits("donor", page, clause):
            if is_somebody(page, phrase.start, phrase.end, scope):
                return party(phrase, scope)
    return None


def _topic(page: Passage, sentence: Span, scope: Scope) -> Party | None:
    """Who a sentence is about: its first subject, for a speaker the body he speaks for."""
    for clause in page.clauses_in(sentence):
        who = subject(page, clause, scope)
        if who is not None:
            return party(who, scope)
        found = bodies(scope, page.line.line_no, clause)
        if found:
            return named(found[0], scope)
    return None


def _giver_in(page: Passage, clause: Span, scope: Scope) -> Party | None:
    for name in ("on_behalf", "out_of", "by", "coming_from", "made_by"):
        for phrase in hits(frame_named(name), page, clause):
            if is_somebody(page, phrase.start, phrase.end, scope):
                return party(phrase, scope)
            if (head := beginning(page, phrase, scope)) is not None:
                return party(head, scope)
    for pattern in frames("signed"):
        signed = pattern.search(page.text, *clause)
        if signed is not None:
            return side(page, signed, scope, foreign=True)
    verbs = [verb for _, verb in verbs_in(page, clause, scope) if verb_subject()[verb] == "donor"]
    who = subject(page, clause, scope)
    if who is not None and _TAKES.search(page.text, who.end, min(clause[1], who.end + 8)):
        return None  # 15个集体领到协会颁发的奖状
    if verbs and who is not None and not UNION.search(page.text[who.start : who.end]):
        return party(who, scope)
    if (
        who is not None
        and _MOVES.match(page.text, who.end, clause[1])
        and not UNION.search(page.text[who.start : who.end])
    ):
        homes = [p.country for p in scope.places(page.line.line_no, (who.start, who.end)) if "pair" not in p.flags]
        if homes and homes[0] not in (None, "VN") and homes[-1] != "VN":
            return party(who, scope)  # 韩国“好邻居”向石成县移交项目: what one from abroad hands over, it paid
    return None if who is None else _hands_over_abroad(page, who, clause, scope)


_TO_ABROAD = on_use(
    r"[^,;:。]{0,10}?(?:(?:向|为|给|对|在)[^,;:。]{2,24}?(?:移交|交付|援建|支援|援助|驰援|赠|捐|建成|兴建|修建)|(?:援建|支援|援助|驰援|帮助|帮扶|助)(?![署处机组基]))"
)


def _hands_over_abroad(page: Passage, who: Phrase, clause: Span, scope: Scope) -> Party | None:
    """昆嵩省向阿速坡省移交卫生站: a province that hands over, or builds, in another country gave it."""
    found = party(who, scope)
    if found is None or not is_place(found, scope) or not _TO_ABROAD.match(page.text, who.end, clause[1]):
        return None
    home = {p.country for p in scope.places(page.line.line_no, (who.start, who.end))} - {None}
    there = [p.country for p in scope.places(page.line.line_no, (who.end, clause[1])) if "pair" not in p.flags]
    return found if home == {"VN"} and any(c not in (None, "VN") for c in there) else None


_MOVES = on_use(
    r"(?:日前|近日|昨日|今年)?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:上午|下午|晚)?向[^,;:。]{2,24}?(?:移交|交付)"
)


def _aid_body(claim: Claim, scope: Scope) -> Party | None:
    """The last foundation or agency named before: an article about a giver need not repeat it."""
    for actor in scope.actors_before(claim.line_no, claim.sentence[0]):
        if actor.entity_type == "organization" and _AID_BODY.search(fold(actor.name)):
            return named(actor, scope, inherited=True)
    return None


def _hero(frame: Frame | None, scope: Scope) -> Party | None:
    """Whom the title and lead are about, when the sentence tells of giving and nobody else can be meant."""
    if frame is None or frame.part != "donor":
        return None
    for page in scope.top:
        found = bodies(scope, page.line.line_no, (0, len(page.text)))
        found = [a for a in found if not _HELPED.search(fold(a.name))]
        if found:
            return named(found[0], scope, inherited=True)
    return None
