"""Who receives a claim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.fields import field_hits
from etl.build.aid_projects.frames import CLAUSE_PLACE, frame, hits, role_hits
from etl.build.aid_projects.governing import governing, verbs_in
from etl.build.aid_projects.items import item_name, part_of_names
from etl.build.aid_projects.location import (
    home_of,
    is_where,
    locate,
    near_clauses,
    own_country,
    own_unit,
    own_words,
    places_in,
    whole_name,
)
from etl.build.aid_projects.naming import is_person, is_place, named, party
from etl.build.aid_projects.nominals import Phrase, can_receive, cut, opening, subject, trimmed
from etl.build.aid_projects.scope import Scope
from etl.mentions import changed
from etl.normalize.text import fold

_MIDDLEMAN = re.compile(r"红十字|阵线|动员委员会|友好组织联合会|救援委员会|慈善会|侨联")
_STARTS_WRONG = re.compile(
    r"此|平均|人均|户均|[盖建修购买租置办](?![一-鿿]?[县市社乡])|该项目|项目|工程|资金|援助|善款|款项|物资|计划|活动|约|近|逾|超|总|他们(?:每人)?$|其|本次|这次|今后|未来|今年|去年"
    r"|[\d.,]+(?![\d,.]*(?:多|余)?(?:名|户|位|个|所|人|家|间|对))|的|实现|完成|提高|加强|促进|推动|发展|建设|工作|抗疫|抗灾|抗击"
    r"|防疫|救灾|什么|主要|慰问金|慰问品|捐款|礼品|礼物|助学金|奖学金|捐助|救济款|药品|口罩|春节|经济社会|社会经济|上述$"
)
_HOLDS_WRONG = re.compile(
    r"越盾|美元|欧元|资金|到位|金额|总额|(?:物资|设备|用品|药|试剂|礼|款|工作|(?<!社会保障)活动|计划|仪式|礼物|总结|方面|期间"
    r"|机会|账户|户头|账上|账号|会议|精神|关系|目标|任务|年会|需求|能力|意识|友谊|合作|过程|基础)$"
)
_HOMELAND = re.compile(r"^(?:国内|祖国|家乡|故乡|本国)(?:的)?")
_WORKS = re.compile(
    r".(?P<tail>重建|建设|修建|改建|改造|修缮|翻修|加固|发展)$"
    # 山洞村|饮水工程, 高岭桥|项目: where the works are
    r"|[村乡社县省市镇区郡坊校院站岛湾桥](?P<project>(?!的)[一-鿿]{0,6}(?:工程|项目|计划))$"
)
_REGION = re.compile(r"(?:灾区|灾民|中部|北部|南部|西原|山区|学生|儿童|人民|同胞|贫困户)(?:重建|建设)?$")
_VISITED = re.compile(r"(?:走访|看望|慰问|探望)了?(?P<who>[^,;:]{2,24})")
_QUOTED_PROJECT = re.compile(
    r"[“《](?P<who>[^”》]{2,30}?)(?:项目|工程|计划)?[”》](?:的)?(?:项目|工程)?(?:资助|援助|合同|协议|移交|交接|签)"
)
_PROJECT = re.compile(
    r"(?:援助|援建|(?<![救支声增外驰])援(?![队军兵手外引])|资助)(?:的)?(?P<who>[^,;:“”]{2,30}?)(?:移交|竣工|落成|揭牌|启用|开工|交接|举行|$)"
)
# 越南各界捐助古巴人民克服飓风后果, 支援中部灾区, 驰援老挝灾民: whom a title says is helped
_AIDED = re.compile(
    r"(?:捐助|捐赠|支援|支持|援助|救助|驰援|声援|赈济|接济|帮助|协助|资助|募捐|捐款给|救济)(?:在)?"
    r"(?P<who>[^,;:“”的]{2,12}?(?:人民|灾民|灾区|同胞|民众|侨胞|儿童|群众|居民|贫困户|难民)(?:人民|民众|群众|同胞|儿童|学生)?)"
)
_MEETS = re.compile(r"^(?:与|和|同)|^[^,;。]{0,8}?(?:举行|召开|签署|签订|会见|出席|开幕)")


def receive(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    """The claim with its recipient, place and code; `before` are the claims already complete."""
    topic = _topic_recipient(claim, scope)
    found = _in_return(claim, before) or _item(claim, scope, before) or _own(claim, scope)
    if found is not None and claim.donor is not None and _is_donor(found, claim.donor):
        found = None
    if found is not None and (beyond := _passed_on(claim, found, scope)) is not None:
        if claim.implementer is None or claim.implementer.inherited or claim.donor is None:
            claim = changed(claim, implementer=found)
        found = beyond
    if found is not None and _MIDDLEMAN.search(found.text):
        if claim.implementer is None or claim.implementer.inherited or is_person(claim.implementer, scope):
            claim = changed(claim, implementer=found)
        # 向越南红十字会转交善款 in an article on 中部灾区: the people are meant.
        found = _beyond(claim, scope) or found
        found = topic if topic is not None and _REGION.search(fold(topic.text)) else found
    claim = changed(claim, recipient=found or _left_out(claim, scope, before, topic))
    return locate(claim, scope, before, topic)


def _is_donor(found: Party, donor: Party) -> bool:
    overlaps = found.line_no == donor.line_no and donor.start <= found.start < donor.end
    return not found.inherited and (found.text == donor.text or overlaps)


_BY_THAT = re.compile(
    r" ?(?:再|并)?(?:由|委托)(?:该|其|它|后者|上述|这[个家所])[一-鿿]{0,4}?"
    r"(?:资助|发放|分发|转交|帮助|分给|送到|用于|购买|发给)"
)


def _passed_on(claim: Claim, found: Party, scope: Scope) -> Party | None:
    """将3亿交给学习促进会,由该会资助150名学生: those for whom the next clause says the taker acts."""
    page = claim.passage
    if found.line_no != claim.line_no:
        return None
    for clause in page.clauses_in(claim.segment):
        if clause[0] <= found.start or _BY_THAT.match(page.text, *clause) is None:
            continue
        for phrase in role_hits("recipient", page, clause):
            who = _good(phrase, claim, scope)
            if who is not None and who.text != found.text and not who.text.endswith(found.text):
                return who
    return None


_BEYOND = ("helping", "used_for", "for_so_many", "for_whom")


def _beyond(claim: Claim, scope: Scope) -> Party | None:
    """向越南红十字会提供10万美元,用于帮助中部受灾民众: those the sentence says it is for in the end."""
    for span in near_clauses(claim, scope):
        for name in _BEYOND:
            for phrase in hits(frame(name), claim.passage, span):
                if (who := _good(phrase, claim, scope)) is not None and not _MIDDLEMAN.search(who.text):
                    return who
    return None


_RETURNED = re.compile(r"回赠|回送|回馈|反赠|礼尚往来")


def _in_return(claim: Claim, before: Sequence[Claim]) -> Party | None:
    """广西给谅山的馈赠…;谅山回赠: to whom gave first."""
    last = before[-1] if before else None
    if last is None or last.donor is None or last.line_no != claim.line_no:
        return None
    here = (claim.clause[0], claim.at[0])
    return changed(last.donor, inherited=True) if _RETURNED.search(claim.says(here)) else None


def _item(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Party | None:
    """广宁省分得96万,谅山省88万: in a list of those who get, the name before the figure."""
    if part_of_names(claim, scope, before) != "recipient":
        return None
    name = item_name(claim, scope)
    return None if name is None else party(name, scope)


def _own(claim: Claim, scope: Scope) -> Party | None:
    """The recipient that the claim's own segment names: by frames, as a place (在X,), as the subject of 得到."""
    page = claim.passage
    respectively = _respectively(claim, scope)
    if respectively is not None:
        return respectively
    for phrase in field_hits("recipient", claim, scope):
        return party(phrase, scope)
    for span in [*own_words(claim, scope), *near_clauses(claim, scope)]:
        for phrase in role_hits("recipient", page, span):
            who = _good(phrase, claim, scope)
            if who is None or (claim.donor and _is_donor(who, claim.donor)):
                continue
            if any(
                p.quote == who.text and p.kind == "country" for p in scope.places(who.line_no, (who.start, who.end))
            ):
                return _in_whose_hands(claim, scope) or who
            return who
        places = [p for p in scope.places(claim.line_no, span) if p.char_start - span[0] <= _AT_ONCE]
        if (
            places
            and span[1] - whole_name(places[0], scope).end <= _AT_ONCE
            and CLAUSE_PLACE.match(claim.says(span).strip())
            and not _MEETS.match(page.text[span[1] + 1 :])
        ):
            return party(whole_name(places[0], scope), scope)
    return _built(claim, scope) or _subject(claim, scope)


_WORKED_ON = re.compile(r"(?:安装|修建|新建|兴建|更换|配备|添置|改造|修缮|翻修|购置|配齐|铺设|打井|建起|建成)")


def _worked_on(claim: Claim, scope: Scope) -> Party | None:
    """纳里县八所学校安装净水设备,支出19亿: where works are done, named at the head of the claim's segment."""
    page = claim.passage
    for clause in page.clauses_in(claim.segment):
        if clause[0] > claim.at[0]:
            break
        first = opening(page, clause, scope)
        if first is None or _WORKED_ON.match(page.text, first.end) is None:
            continue
        if re.search(r"\d|[一两三四五六七八九十]", page.text[first.start : first.end]) or is_placed(first, scope):
            return party(first, scope)
    return None


def is_placed(phrase: Phrase, scope: Scope) -> bool:
    """Whether a phrase begins with a place."""
    return any(p.char_start == phrase.start for p in scope.places(phrase.line_no, (phrase.start, phrase.end)))


_POINTS = re.compile(
    r"整|全|这|那|上述|(?:该|本|此)(?:楼|桥|路|井|渠|屋|房|馆舍|校舍|工程|项目|设施|建筑|水站|电站|医?院楼)"
)
_BY = re.compile(r"(?:由|系|是|获|经|为|在)$")


def _built(claim: Claim, scope: Scope) -> Party | None:
    """友好医疗站2021年投入使用,由东兴市政府无偿援建: what the sentence is about, where the giver comes behind 由."""
    donor, page = claim.donor, claim.passage
    if donor is None or donor.inherited or donor.line_no != claim.line_no or donor.start < claim.sentence[0]:
        return None
    if _BY.search(page.text[max(0, donor.start - 1) : donor.start]) is None:
        return None
    clauses = [c for c in page.clauses_in(claim.segment)[:2] if c[0] <= donor.start]  # 去年8月20日,友好桥…
    first = next((found for clause in clauses if (found := opening(page, clause, scope)) is not None), None)
    if first is None or _is_wrong(said := page.text[first.start : first.end]) or _POINTS.match(said):
        return None
    who = party(first, scope)
    return None if who is None or _is_donor(who, donor) else who


_AT_ONCE = 4  # characters before the place in a clause that is no more than 在 and a place
_HANDS = ("into_hands", "giving_to", "for_whom", "for_so_many", "helping")


def _in_whose_hands(claim: Claim, scope: Scope) -> Party | None:
    """由老师带到越南,全数交给杨风乡小学: whom the sentence names beside the country."""
    for span in near_clauses(claim, scope):
        for name in _HANDS:
            for phrase in hits(frame(name), claim.passage, span):
                who = _good(phrase, claim, scope)
                countries = [p for p in scope.places(phrase.line_no, (phrase.start, phrase.end)) if p.kind == "country"]
                if who is not None and all(p.quote != who.text for p in countries):
                    return who
    return None


def _subject(claim: Claim, scope: Scope) -> Party | None:
    verb = governing(claim, scope)
    if verb is not None and verb.subject is not None and verb.part in ("implementer", "recipient"):
        who = party(verb.subject, scope)
        if who is not None and (is_place(who, scope) or verb.part == "recipient"):
            return who
    own = subject(claim.passage, claim.clause, scope)
    if own is not None and (verb is None or verb.part != "donor"):
        who = party(own, scope)
        if who is not None and is_place(who, scope):
            return who
    return None


def _is_wrong(said: str) -> bool:
    return bool(_STARTS_WRONG.match(said) or _HOLDS_WRONG.search(said)) or not re.search(r"[一-鿿]{2}", said)


def _good(phrase: Phrase, claim: Claim, scope: Scope) -> Party | None:
    said = claim.passage.text[phrase.start : phrase.end]
    if _is_wrong(said) or _EACH_OF.match(said) or _PORT.search(said):
        return None
    if (
        said.endswith("所")
        and not _HOUSE.search(said)
        and claim.passage.text[phrase.end : phrase.end + 1] in "捐赠送援资"
    ):
        return None  # 耗材为“微笑使命”分会|所捐: who gave
    if claim.passage.text.startswith("为", phrase.start - 1) and _GIVEN.match(claim.passage.text, phrase.end):
        return None  # 晶体为一家企业|捐出
    if _HOMELAND.match(said) and not re.search(r"的[一-鿿]{2}|基金", said):
        return _homeland(scope)
    donor = claim.donor
    if donor is not None and donor.line_no == phrase.line_no and phrase.start < donor.start < phrase.end == donor.end:
        phrase = changed(phrase, end=donor.start - said.startswith("的", donor.start - 1 - phrase.start))
    works = _WORKS.search(said)
    if _STRICKEN.match(said) and (head := _head(phrase, claim, scope)) is not None:
        return party(head, scope)
    if works:
        phrase = changed(phrase, end=phrase.start + works.start("tail" if works["tail"] else "project"))
    if _A_SIDE.match(said) and (finer := _unit_of_side(phrase, claim, scope)) is not None:
        return finer
    if not can_receive(claim.passage, phrase.start, phrase.end, scope):
        shorter = cut(claim.passage, phrase, scope)
        head = shorter if can_receive(claim.passage, shorter.start, shorter.end, scope) else _head(phrase, claim, scope)
        return _place_ahead(phrase, claim, scope) if head is None else party(head, scope)
    return party(phrase, scope)


_STRICKEN = re.compile(r"[遭受因被]")  # 遭山洪冲毁校舍|的庆溪小学
_A_SIDE = re.compile(r"[一-鿿]{1,3}方$")


def _unit_of_side(phrase: Phrase, claim: Claim, scope: Scope) -> Party | None:
    """在川圹省,…是越方送给老方的: the place the sentence names in the country whose side gets it."""
    sides = {p.country for p in scope.places(phrase.line_no, (phrase.start, phrase.end))}
    unit = own_unit(claim, scope)
    if unit is None or unit.country not in sides:
        return None
    return party(whole_name(unit, scope), scope)


def _place_ahead(phrase: Phrase, claim: Claim, scope: Scope) -> Party | None:
    """为|越南|媒体培训提供: the place that what is paid for is in, unless it is the giver's country."""
    homes = {p.country for p in places_in(claim.donor, scope)}
    for place in scope.places(phrase.line_no, (phrase.start, phrase.end)):
        if place.char_start == phrase.start and "pair" not in place.flags and place.country not in homes:
            return named(place, scope)
    return None


_EACH_OF = re.compile(r"每一?(?:[户人名位村校家个所间班对]|学生|家庭)(?:还|都|均|可|也|各|又)?$")
_PORT = re.compile(r"(?:港|口岸|机场|码头|海关)$")  # goods pass there
_GIVEN = re.compile(r"所?(?:捐赠|捐助|捐献|捐建|捐出|捐|赠送|赠|合赠|合捐|援建|资助|相赠|出资)(?=$|[,;:。(])")
_HOUSE = re.compile(r"(?:卫生|诊疗?|托儿|收容|研究|派出|看守|事务|场|住|厕|哨|医|疗养|会)所$")
# 47名患儿接受了免费手术。手术耗材5.2万: whom the sentence before counts.
_PEOPLE_FRAMES = ("counted_receive", "counted_helped", "for_so_many")
_THESE = re.compile(r"[ “]*(?:此次|本次|这次|这批|这些|这笔|该批|该笔|上述物资|首批|两批)")
_OF = re.compile(r"的(?P<who>[^,;:。的]{2,16})")


def _head(phrase: Phrase, claim: Claim, scope: Scope) -> Phrase | None:
    """遭山洪冲毁校舍|的庆溪小学: the frame stopped at 的, before the noun it is all about."""
    hit = _OF.match(claim.passage.text, phrase.end)
    span = trimmed(claim.passage, *hit.span("who")) if hit else None
    if span is None or not can_receive(claim.passage, *span, scope):
        return None
    return Phrase(claim.line_no, *span)


def _homeland(scope: Scope) -> Party | None:
    """为国内抗疫 said of emigrants: Vietnam, where the page prints it."""
    for place in scope.findings.places:
        if place.country == "VN" and place.kind == "country" and "pair" not in place.flags:
            return named(place, scope)
    page = next((p for p in scope.pages if "越南" in p.text), None)
    if page is None:
        return None
    at = page.text.index("越南")
    return Party("越南", page.line.line_no, at, at + 2, inherited=True)


def _respectively(claim: Claim, scope: Scope) -> Party | None:
    """广义、富安、宁顺依次为389.5亿、228亿和176.5亿越盾: the k-th place has the k-th figure."""
    span = claim.segment
    word = re.search(r"依次|分别|各自", claim.says((span[0], claim.at[0])))
    if word is None:
        return None
    verb = governing(claim, scope)
    if verb is not None and verb.part == "donor":
        return None
    at = span[0] + word.start()
    start = claim.passage.clause_at(at)[0]
    names = [p for p in scope.places(claim.line_no, (start, at)) if p.kind in ("admin1", "country", "district")]
    money = scope.money(claim.line_no)
    figures = [m.char_start for m in money if at <= m.char_start < span[1] and m.equivalent_of is None]
    if len(names) != len(figures) or len(names) < 2 or claim.at[0] not in figures:
        return None
    return named(names[figures.index(claim.at[0])], scope)


def _left_out(claim: Claim, scope: Scope, before: Sequence[Claim], topic: Party | None) -> Party | None:
    """A recipient the sentence does not name."""
    leans = next((c for c in before if c.number == claim.leans_on), None)
    unit = own_unit(claim, scope)
    hands = claim.implementer
    if unit is None and hands is not None and not hands.inherited and _in_segment(hands, claim):
        at_home = [p for p in home_of(hands, scope, claim.donor) if p.admin1 or p.kind == "district"]
        if at_home:
            return named(at_home[0], scope)
    if (claim.donor is None or claim.donor.inherited) and (built := _worked_on(claim, scope)) is not None:
        return built
    if leans is not None and leans.recipient is not None:
        units = {p.admin1 for p in places_in(leans.recipient, scope)}
        if unit is None or unit.admin1 in units:
            return changed(leans.recipient, inherited=True)
    if unit is not None:
        return party(whole_name(unit, scope), scope)
    if (told := _of_these(claim, scope)) is not None:
        return told
    for span in near_clauses(claim, scope):
        for phrase in role_hits("arrival", claim.passage, span):
            if (who := _good(phrase, claim, scope)) is not None:
                return who
    if (there := _of_sentence_behind(claim, scope) or _of_sentence_before(claim, scope)) is not None:
        return there
    if (same := _of_same_giver(claim, before) or _of_paragraph(claim, scope, before)) is not None:
        return same
    if (country := own_country(claim, scope)) is not None:
        return named(country, scope)
    for sentence in [s for s in reversed(claim.passage.sentences) if s[0] < claim.sentence[0]][:1]:
        for name in _PEOPLE_FRAMES:
            for phrase in hits(frame(name), claim.passage, sentence):
                if (who := _good(phrase, claim, scope)) is not None:
                    return changed(who, inherited=True)
        visited = _VISITED.search(claim.passage.text, *sentence)
        if visited:
            return party(Phrase(claim.line_no, *visited.span("who")), scope, inherited=True)
    for again in claim.tellings:
        other = _own(again, scope)
        if other is not None:
            return changed(other, inherited=True)
    home = home_of(claim.implementer, scope, claim.donor)
    return topic or (named(home[0], scope, inherited=True) if home else None)


def _in_segment(who: Party, claim: Claim) -> bool:
    return who.line_no == claim.line_no and claim.segment[0] <= who.start < claim.segment[1]


def _of_same_giver(claim: Claim, before: Sequence[Claim]) -> Party | None:
    """总经费86万英镑。今年,该组织已拨付29万英镑: to whom the claim before in the paragraph went, of the same giver."""
    last = before[-1] if before else None
    if last is None or claim.donor is None or last.donor is None or last.line_no != claim.line_no:
        return None
    same = last.donor.text == claim.donor.text and last.recipient is not None
    return changed(last.recipient, inherited=True) if same and last.recipient is not None else None


_ALL_TOLD = re.compile(
    r" ?(?:[两三四五几]笔|这[些批两三几笔]|上述|以上|全部|所有|物资|善款|款项|礼物|捐款|设备|药品)[^,;。]{0,8}?"
    r"(?:都|均|将|已|全|由|随后|当场|分|送|交|一并)"
)


def _of_sentence_behind(claim: Claim, scope: Scope) -> Party | None:
    """龙州捐28.6万;崇左加15万。两笔都由下琅县祖国阵线接收: what the next sentence says of all that was told."""
    page = claim.passage
    behind = [s for s in page.sentences if s[0] >= claim.sentence[1]][:1]
    if not behind or _ALL_TOLD.match(page.text, *behind[0]) is None:
        return None
    for clause in page.clauses_in(behind[0]):
        for phrase in role_hits("recipient", page, clause):
            if (who := _good(phrase, claim, scope)) is not None and not (claim.donor and _is_donor(who, claim.donor)):
                return who
    return None


def _of_sentence_before(claim: Claim, scope: Scope) -> Party | None:
    """为阿雷县的幼儿园揭牌。园舍斥资680万: whom or which place the sentence right before is about."""
    page = claim.passage
    earlier = [s for s in page.sentences if s[1] <= claim.sentence[0]][-1:]
    if not earlier or scope.places(claim.line_no, claim.sentence):
        return None
    for clause in page.clauses_in(earlier[0]):
        for name in ("into_hands", "giving_to", "for_whom", "to_somebody", "for_so_many"):
            for phrase in hits(frame(name), page, clause):
                if (who := _good(phrase, claim, scope)) is not None and not (
                    claim.donor and _is_donor(who, claim.donor)
                ):
                    return changed(who, inherited=True)
    acts = any(verbs_in(page, clause, scope) for clause in page.clauses_in(earlier[0]))
    for place in scope.places(claim.line_no, earlier[0]):
        if (place.kind == "admin1" or (acts and place.kind == "district")) and is_where(place, claim, scope):
            return party(whole_name(place, scope), scope, inherited=True)
    return None


def _of_paragraph(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Party | None:
    """岘港拨出20亿帮助阿速坡省。嘉莱省祖国阵线援助5亿: another giver's gift to those the gift before went to."""
    last = before[-1] if before else None
    if last is None or last.recipient is None or last.line_no != claim.line_no or claim.donor is None:
        return None
    if last.donor is None or claim.donor.inherited or last.recipient.text in claim.donor.text:
        return None
    neighbours = last.sentence[1] + 3 >= claim.sentence[0]
    return changed(last.recipient, inherited=True) if neighbours else None


def _of_these(claim: Claim, scope: Scope) -> Party | None:
    """赠予古巴人民的大米启运。这批米市值200万: whom the sentence before names."""
    if not _THESE.match(claim.passage.text, claim.sentence[0]):
        return None
    before = [s for s in claim.passage.sentences if s[1] <= claim.sentence[0]]
    for clause in claim.passage.clauses_in(before[-1]) if before else []:
        for phrase in role_hits("recipient", claim.passage, clause):
            if (who := _good(phrase, claim, scope)) is not None:
                return changed(who, inherited=True)
    return None


def _topic_recipient(claim: Claim, scope: Scope) -> Party | None:
    """Whom the lead and title say the aid is for, in an article without sections."""
    if scope.has_heading(claim.line_no):
        return None
    patterns = (
        _QUOTED_PROJECT, _PROJECT, _AIDED,
        frame("to_somebody"), frame("helping"), frame("into_hands"), frame("giving_to"),
    )  # fmt: skip
    for page in reversed(scope.top):
        for clause in page.clauses:
            for pattern in patterns:
                for phrase in hits(pattern, page, clause):
                    said = page.text[phrase.start : phrase.end]
                    inside = scope.places(page.line.line_no, (phrase.start, phrase.end))
                    placed = any("pair" not in p.flags for p in inside) or pattern is _QUOTED_PROJECT
                    if not placed and not (len(said) <= 12 and _REGION.search(said)):
                        continue
                    if _is_wrong(said) or _MIDDLEMAN.search(said):
                        continue
                    if pattern is not _QUOTED_PROJECT and not can_receive(page, phrase.start, phrase.end, scope):
                        phrase = cut(page, phrase, scope)
                        if not can_receive(page, phrase.start, phrase.end, scope):
                            continue  # 救援队土耳其十日记
                    return party(phrase, scope, inherited=True)
    return None
