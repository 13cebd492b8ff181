"""Who receives a claim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.fields import field_hits
from etl.build.aid_projects.frames import CLAUSE_PLACE, role_hits
from etl.build.aid_projects.governing import governing, its_money_behind
from etl.build.aid_projects.items import HEAD_OF_ITEM, item_name, itemised
from etl.build.aid_projects.location import (
    GIVERS,
    locate,
    near_clauses,
    own_unit,
    own_words,
    places_in,
    whole_name,
)
from etl.build.aid_projects.naming import is_person, is_place, named, party
from etl.build.aid_projects.nominals import Phrase, opening, subject
from etl.build.aid_projects.receivers import MIDDLEMAN, in_frames, is_donor, is_wrong, receiver
from etl.build.aid_projects.scope import Scope
from etl.build.aid_projects.unsaid import (
    REGION,
    campaign_recipient,
    house_told,
    left_out,
    named_before,
    struck,
    this_house,
    topic_recipient,
)
from etl.mentions import changed
from etl.normalize.text import fold
from etl.patterns import on_use

_MEETS = on_use(r"^(?:与|和|同)|^[^,;。]{0,8}?(?:举行|召开|签署|签订|会见|出席|开幕)")
_BY_THAT = on_use(
    r" ?(?:再|并)?(?:由|委托|请|托|嘱)(?P<that>(?:该|其|它|后者|上述|这[个家所])?)(?P<name>[一-鿿]{0,6}?)"
    r"(?:逐户|逐月|按月|逐一|随后|再|统一)?(?:资助|发放|分发|转交|帮助|分给|送到|用于|购买|发给|分送|派送|转送|派发|转给|转赠|送给|送至|拨给|捐给|送往|挑选|选出|遴选)"
)
# 交到富禄县|教育科代表手中,用来为两所学校盖图书室
# 走访安平康复中心,将支票交到|中心负责人|手中: whose head it is that takes it
_HEAD_OF_IT = on_use(
    r"(?:该|本)?(?P<noun>中心|学校|医院|校|院|园|所|站|协会|村|会)(?:方)?"
    r"(?:的)?(?:负责人|主任|院长|校长|园长|所长|站长|会长|代表|领导|长)"
)
_HEAD_MOST = 8  # characters of what a head is called: 该中心负责人
_HOUSES_OF_HEAD = {"校": "学校|小学|中学|大学|学院", "学校": "学校|小学|中学", "园": "幼儿园"}
_CAME_TO = on_use(r"(?:走访|看望|慰问|探望|探访|造访|来到|走进|参观|访问|前往|抵达|拜访|到访)了?")
_INTO_OFFICIAL_HANDS = on_use(r"[一-鿿]{0,12}?(?:代表|负责人|干部|领导|官员|工作人员)(?:的)?手[中里上]")
_BEYOND = (
    "turned_into",
    "passed_to",
    "helping",
    "used_for",
    "used_there",
    "asked_to_pass",
    "for_so_many",
    "for_whom",
    "counted_helped",
)
# Offices and unions that take money for others, where the sentence says for whom.
_MAY_PASS_ON = on_use(
    r"(?:厅|局|处|联合国[^,;]{1,8}署|计划署|移民组织|粮农组织|儿童基金会|协会|妇联|妇女联合会|农会|农民协会|工会|共青团|团委|青年团|老战士协会|人民委员会|专户|账户|指挥部|边防部队|大使馆|领事馆|基金会|学习促进会)$"
)
_RETURNED = on_use(r"回赠|回送|回馈|反赠|礼尚往来")
_POINTS = on_use(
    r"整|全|这|那|上述|(?:该|本|此)(?:楼|桥|路|井|渠|屋|房|馆舍|校舍|工程|项目|设施|建筑|水站|电站|医?院楼)"
)
_BY = on_use(r"(?:由|系|是|获|经|为|在)$")
_AT_ONCE = 4  # characters before the place in a clause that is no more than 在 and a place
_HANDS = ("into_hands", "giving_to", "for_whom", "for_so_many", "helping")


def receive(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    """The claim with its recipient, place and code; `before` are the claims already complete."""
    claim = _unhosted(claim, scope)
    if _got_before(claim, before, scope):
        claim = changed(claim, donor=None)
    topic = topic_recipient(claim, scope)
    found = _in_return(claim, before) or _bracketed(claim, scope) or _whole_province(claim, scope)
    if found is None and (found := itemised(claim, scope)) is not None and is_donor(found, claim):
        # 坚江省援建三项:平安县小学9亿: the words before a part's sum are no giver
        whole = next((c for c in before if c.number == claim.leans_on), None)
        giver = None if whole is None or whole.donor is None else changed(whole.donor, inherited=True)
        claim = changed(claim, donor=giver)
    found = found or _listed(claim, scope) or _item(claim, scope) or _own(claim, scope)
    if found is not None and topic is not None and _ENVOY.search(fold(found.text)):
        found = topic  # 向老挝驻越南大使转交援助灾民的30万
    if found is not None and found.line_no == claim.line_no:
        found = named_before(found, scope) or _house_of_head(found, claim, scope) or found
    if found is not None and claim.donor is not None and found.text in claim.donor.text and _of_ranking(claim):
        claim = changed(claim, donor=None)  # 依次为胡志明市(2780万)…: those who attracted aid gave none
    if found is not None and (is_donor(found, claim) or (is_wrong(fold(found.text)) and not _placed(found, scope))):
        found = None  # 其余62万由扶轮社补足 said right behind 本会负担250万
    donor = claim.donor
    swallowed = found is not None and donor is not None and donor.line_no == found.line_no
    if found is not None and donor is not None and swallowed and donor.start < found.start < donor.end:
        # 同乡会|给敬老院送上50张床
        claim = changed(claim, donor=party(Phrase(donor.line_no, donor.start, found.start - 1), scope))
    if found is not None and (beyond := _passed_on(claim, found, scope)) is not None:
        if claim.implementer is None or claim.implementer.inherited or claim.donor is None:
            claim = changed(claim, implementer=found)
        found = beyond
    if found is not None and _hands_on(claim, found):
        if claim.implementer is None or claim.implementer.inherited:
            claim = changed(claim, implementer=found)
        if _BODY.search(fold(found.text)) is not None:
            found = _beyond(claim, scope, found) or struck(claim, scope) or topic or _unit(claim, scope) or found
    if (
        found is not None
        and _MAY_PASS_ON.search(fold(found.text))
        and (beyond := _beyond(claim, scope, found)) is not None
    ):
        if claim.implementer is None or claim.implementer.inherited:
            claim = changed(claim, implementer=found)
        found = beyond
    elif found is not None and MIDDLEMAN.search(fold(found.text)):
        if claim.implementer is None or claim.implementer.inherited or is_person(claim.implementer, scope):
            claim = changed(claim, implementer=found)
        # 向越南红十字会转交善款 in an article on 中部灾区: the people are meant.
        beyond = _beyond(claim, scope, found)
        if beyond is not None:  # 代表团将捐款交给阵线,用于帮助受灾家庭: the taker passes it on, not who brought it
            claim = changed(claim, implementer=found)
        found = beyond or campaign_recipient(claim, scope) or struck(claim, scope) or found
        local = any(p.admin1 for p in places_in(found, scope))  # 老街省红十字会 in an article on 北部灾区
        wide = topic is not None and not local and beyond is None and REGION.search(fold(topic.text))
        found = topic if wide else found
    if found is not None and _INTO_OFFICIAL_HANDS.match(claim.passage.text, found.end):
        found = _beyond(claim, scope, found) or found
    told = None if found is not None and not _TAKES_FOR_OTHERS.search(fold(found.text)) else _told_behind(claim, scope)
    if told is not None:
        if found is not None and (claim.implementer is None or claim.implementer.inherited):
            claim = changed(claim, implementer=found)
        found = told
    if found is None and _runs_official_aid(claim):
        claim = changed(claim, recipient=claim.implementer, donor=None if _is_carrier(claim) else claim.donor)
        return changed(claim, recipient_iso="VN", recipient_country="VN")
    if found is None and (found := left_out(claim, scope, before, topic, _retold(claim, scope))) is not None:
        found = named_before(found, scope) or found
        if (beyond := _passed_on(claim, found, scope)) is not None:
            found = changed(beyond, inherited=True)
    claim = changed(claim, recipient=found)
    return locate(claim, scope, before, topic)


def _house_of_head(found: Party, claim: Claim, scope: Scope) -> Party | None:
    """走访安平康复中心,将支票交到中心负责人手中: the house called on whose head takes it."""
    if len(found.text) > _HEAD_MOST or found.start <= claim.sentence[0]:
        return None
    head = _HEAD_OF_IT.fullmatch(fold(found.text))
    if head is None:
        return None
    text, noun = claim.passage.text, head["noun"]
    house = re.compile(rf"[^,;:。、的“”]{{2,24}}?(?:{_HOUSES_OF_HEAD.get(noun, noun)})(?=[,;:。]|$)")
    for visit in reversed(list(_CAME_TO.finditer(text, claim.sentence[0], found.start))):
        told = house.match(text, visit.end(), found.start)
        if told is not None:
            return party(Phrase(claim.line_no, *told.span()), scope)
    return None


def _placed(who: Party, scope: Scope) -> bool:
    """用于维修南巴县一所小学: whether a place in words that ran on still says where."""
    return bool(places_in(who, scope))


def _got_before(claim: Claim, before: Sequence[Claim], scope: Scope) -> bool:
    """全省争取到500万。谈妥的有118万: whether the place taken for the giver is who got what the claim before tells."""
    last, giver = before[-1] if before else None, claim.donor
    if last is None or last.recipient is None or last.donor is not None or giver is None or not giver.inherited:
        return False
    return giver.text == last.recipient.text and is_place(giver, scope)


# 莱州省共落实境外组织援款41亿, 得农省的外国援助, 河内市仍有47个外国组织: the place is where they are at work
_HOSTS = on_use(
    r"(?:全省|全市|省内|境内|国内)?(?:的|共|仍|现|已|累计|总共|先后|去年|今年|全年|前年|在|于|\d{4}年|\d{1,2}月|前\d{1,2}个?月){0,4}"
    r"(?:(?:落实|吸引|吸收|收到|接收|接受|利用|批准|核准|争取|引进|获批|获得|得到|作出|有|履行|登记)[^,;。]{0,10}?)?"
    r"(?:\d+个|一批|各)?(?:外国|境外|国际|海外|国外)[^,;。“]{0,10}?(?:援助|援款|项目|组织|赠款|善款)"
    r"|(?:共|已|累计|\d{1,2}月)*(?:作出|批准|核准|办理)[^,;。]{0,6}?(?:接收|接受)[^,;。]{0,6}?援助"
)
_FOREIGNERS = on_use(r"(?:外国|境外|国际|海外|国外)[一-鿿]{2,12}")


def _unhosted(claim: Claim, scope: Scope) -> Claim:
    """得农省的外国组织援助: a donor whose words begin with the place that is helped, without that place."""
    donor = claim.donor
    if donor is None:
        return claim
    text = scope.page_of(donor.line_no).text
    head = HEAD_OF_ITEM.match(text)
    if head is not None and head.start("what") <= donor.start < head.end("what"):
        return changed(claim, donor=None)  # 一、同山县陆村小学(…):造价112万: what is built gave nothing
    if _LISTS.match(text, donor.end) or (not donor.inherited and _is_helped(claim, donor, scope)):
        return changed(claim, donor=None)
    if text.endswith("在", 0, _place_from(donor, scope)):
        return changed(claim, donor=None)  # 兵团在柬埔寨|腊塔纳基里省|开展义诊: where it is given
    at = text.find("在", donor.start + 2, donor.end - 2)  # 中方|在奠边|援助的项目
    if at > 0:
        held = [p for p in scope.places(donor.line_no, (at, donor.end)) if p.char_end == donor.end]
        if held or _AT_HOUSE.search(text, at, donor.end):
            return changed(claim, donor=party(Phrase(donor.line_no, donor.start, at), scope))
    at = text.find("帮助", donor.start + 2, donor.end - 2)  # 第五军区|帮助老挝南部四省建成
    if at > 0 and any(p.char_start == at + 2 for p in scope.places(donor.line_no, (at, donor.end))):
        return changed(claim, donor=party(Phrase(donor.line_no, donor.start, at), scope))
    for place in scope.places(donor.line_no, (donor.start, donor.end)):
        if place.char_start != donor.start or place.country != "VN":
            break
        if place.kind not in ("admin1", "country") or _HOSTS.match(text, place.char_end) is None:
            continue
        rest = _FOREIGNERS.search(text, place.char_end, donor.end)
        if rest is None:
            return changed(claim, donor=None)
        said = scope.page_of(donor.line_no).line.text[rest.start() : donor.end]
        return changed(claim, donor=changed(donor, text=said, start=rest.start()))
    return claim


def _place_from(donor: Party, scope: Scope) -> int:
    """Where the places begin that run without a gap up to the end of a donor who is no more than a place; else 0."""
    start = donor.end
    for place in reversed(scope.places(donor.line_no, (max(0, donor.start - _PLACES_MOST), donor.end))):
        if place.char_end == start:
            start = place.char_start
    return start if start <= donor.start else 0


_PLACES_MOST = 12  # characters of places that lead a place in
_LISTS = on_use(
    r"(?:提供|出具|公布|给出|整理|发布|汇总)的(?:清单|名单|账目|账本|数据|数字|统计|明细|材料|资料|报告|表格)"
)
_OF_PROJECT = on_use(
    r"的[^,;:的“]{2,16}?(?:项目|工程|计划)(?:则|共|合计|金额|经费|预算|援款|用款)?(?:为|是|达|约|近|逾){0,2}\d"
)


def _is_helped(claim: Claim, donor: Party, scope: Scope) -> bool:
    """同河县的养蜂项目为55万, 为安林县渔民砌堤: a district of Vietnam that a project is in or something done for."""
    text = scope.page_of(donor.line_no).text
    first = next(iter(scope.places(donor.line_no, (donor.start, donor.end))), None)
    if first is None or first.country != "VN" or first.kind not in ("district", "commune", "admin1"):
        return False
    if first.char_start != donor.start or first.char_end != donor.end:
        return False
    if _OF_PROJECT.match(text, donor.end):
        return True
    ahead = text[max(0, donor.start - 2) : donor.start]
    return ahead.endswith("为") and first.kind != "admin1" and ahead[0] not in "均全都皆金成作"


_AT_HOUSE = on_use(r"(?:小学|中学|初中|高中|学校|医院|卫生[站院]|[村乡县省])$")  # 办事处|在和进初中|发放书桌
_MINISTRY = on_use(r"(?:越南)?[一-鿿]{2,10}部")
_OFFICIAL = on_use(r"官方发展援助|ODA(?![A-Za-z])")


def _runs_official_aid(claim: Claim) -> bool:
    """卫生部牵头执行官方发展援助项目28个,总额5.4亿美元: a ministry runs for the country what others gave it."""
    who = claim.implementer
    if who is None or who.line_no != claim.line_no or _MINISTRY.fullmatch(fold(who.text)) is None:
        return False
    return _OFFICIAL.search(claim.passage.text, *claim.sentence) is not None


def _is_carrier(claim: Claim) -> bool:
    return claim.donor is not None and claim.implementer is not None and claim.donor.text == claim.implementer.text


_FOR_OTHERS = on_use(
    r" ?(?:并|再)?(?:请|托|委托|嘱|由|拜托)(?:其|他|他们|它|该[一-鿿]{1,3}|后者|对方)[^,;]{0,6}?"
    r"(?:代为|转|分发|发放|送|派发|安排|委托|统筹|聘|雇|请人|监工)"
    r"| ?(?:并|再)?(?:请|托|委托|嘱|拜托)(?:其|他|他们|它|对方)(?:为|给|替|帮|在)[^,;]{2,24}?"
    r"(?:购|添|买|修|建|盖|置|装|打|铺|换)"
    r"| ?供(?:其|该[一-鿿]{1,3})在"  # 拨给“田园”组织5万,供其在两个县扶植合作社
)
_BODY = on_use(
    r"(?:代表团|工作组|考察团|访问团|团组|协会|组织|基金会|红十字会|联合会|委员会|阵线|妇联|财团|机构|联盟|侨联)$"
)


_TAKES_FOR_OTHERS = on_use(
    r"红十字|红新月|阵线|动员委员会|友好组织联合会|救援委员会|慈善会|侨联|使馆|领事馆|妇联|学习促进会|分会$"
)


def _told_behind(claim: Claim, scope: Scope) -> Party | None:
    """移交给祖国阵线。这笔善款将用于帮助清化的家庭: for whom the next sentence says the money is."""
    for page, clause in its_money_behind(claim, scope):
        there = changed(claim, passage=page, at=(clause[0], clause[0] + 1))
        for role in ("recipient_field", "recipient"):
            for phrase in role_hits(role, page, clause):
                who = receiver(phrase, there, scope)
                if who is not None and not is_donor(who, claim) and not MIDDLEMAN.search(fold(who.text)):
                    return changed(who, inherited=True)
    return None


def _hands_on(claim: Claim, taker: Party) -> bool:
    """将5万交到老挝红十字会手中,请其代为分发: whether the clause behind asks the taker to pass it on."""
    if taker.line_no != claim.line_no:
        return False
    clauses = claim.passage.clauses_in(claim.segment)
    return any(_FOR_OTHERS.match(claim.passage.text, *c) for c in clauses if c[0] > taker.start)


def _passed_on(claim: Claim, found: Party, scope: Scope) -> Party | None:
    """将3亿交给学习促进会,由该会资助150名学生: those for whom the next clause says the taker acts."""
    page = claim.passage
    if found.line_no != claim.line_no:
        return None
    told = claim.segment if claim.segment[0] <= found.start else page.sentence_at(found.start)
    for clause in page.clauses_in(told):
        by = _BY_THAT.match(page.text, *clause) if clause[0] > found.start else None
        # 汇给胡志明市助学基金,由基金挑选310名孤儿: the end of the taker's name says as much as 该基金
        if by is None or not (by["that"] or (len(by["name"]) > 1 and fold(found.text).endswith(by["name"]))):
            continue
        for phrase in role_hits("recipient", page, clause):
            who = receiver(phrase, claim, scope)
            if who is not None and who.text != found.text and not who.text.endswith(found.text):
                return who
    return None


def _unit(claim: Claim, scope: Scope) -> Party | None:
    unit = own_unit(claim, scope)
    return None if unit is None else party(whole_name(unit, scope), scope)


def _beyond(claim: Claim, scope: Scope, taker: Party) -> Party | None:
    """向越南红十字会提供10万美元,用于帮助中部受灾民众: those the sentence says it is for in the end."""
    for span in near_clauses(claim, scope):
        frames = (
            _BEYOND if taker.line_no != claim.line_no or span[0] <= taker.end else (*_BEYOND, "into_hands", "done_in")
        )
        for who in in_frames(frames, claim.passage, span, claim, scope):
            if not MIDDLEMAN.search(fold(who.text)) and who.text not in taker.text and taker.text not in who.text:
                return who
    return None


def _in_return(claim: Claim, before: Sequence[Claim]) -> Party | None:
    """广西给谅山的馈赠…;谅山回赠: to whom gave first."""
    last = before[-1] if before else None
    if last is None or last.donor is None or last.line_no != claim.line_no:
        return None
    here = (claim.clause[0], claim.at[0])
    return changed(last.donor, inherited=True) if _RETURNED.search(claim.says(here)) else None


_ENVOY = on_use(r"(?:大使|总领事|领事|公使|参赞|代办|使馆|领事馆)$")
_CITIES = ("河内", "胡志明", "海防", "岘港", "芹苴", "顺化")
_WHOLE_PROVINCE = on_use(
    r"(?:^|[,;:。 ])(?:\d{4}年|今年|去年|同期|前[\d一二三四五六七八九十]{1,2}个?月|\d{1,2}月"
    r"|截至[^,;]{2,12}|任期内|,){0,4}(?P<who>全[省市]|[省市]里(?=[^,;:。]{0,8}?(?:批准|核准|接收|收到|争取|获批|吸引|引进|落实)))"
    r"(?:共|已|累计|总共|仅|新|现|今年|全年|先后|在|正在|不久前|最近|日前|还|又|也|另){0,3}(?:有|接收|获批|批准|吸引|收到|争取|落实|实施|获|引进|利用|动员|到位|接获|募得|募集|筹得|力争|争取|要|将|计划|预计|拟)"
)


def _whole_province(claim: Claim, scope: Scope) -> Party | None:
    """今年前五个月,全省新批准项目4个,56万美元: the province the page last named as such."""
    hit = _WHOLE_PROVINCE.search(claim.passage.text, claim.segment[0], claim.at[0])
    if hit is None:
        return None
    before = scope.places_before(claim.line_no, hit.start("who"))
    of_cities = hit["who"][-2:] in ("全市", "市里")  # 八家组织的驻河内办事处 says nothing of 全省
    units = [p for p in before if p.kind == "admin1" and p.country == "VN" and "pair" not in p.flags]
    units = [p for p in units if p.quote.startswith(_CITIES) == of_cities] or units
    return named(units[0], scope, inherited=units[0].line_no != claim.line_no) if units else None


_FIGURE_ALONE = on_use(r" ?(?:计|共|合计|约|预算|折合|金额|总额|为|达|赠款|经费)*$")
_BY_VERB = on_use(
    r"\d|有|共|去年|今年|落实|实施|执行|启动|次之|居首|其次|大头|[由将把向给为]|捐|赠|资助|援助|出资|提供|修建|承担"
)


def _listed(claim: Claim, scope: Scope) -> Party | None:
    """分给三处:得乐省医院救护车,7.8万;茶荣省和利小学教室,9.1万: the words alone before a figure alone, in a list."""
    page = claim.passage
    if _FIGURE_ALONE.fullmatch(claim.says((claim.clause[0], claim.at[0]))) is None:
        return None
    clauses = [c for c in page.clauses_in(claim.segment) if c[0] < claim.clause[0]]
    if not clauses:
        return None
    start, stop = clauses[-1]
    if start != page.segment_at(start)[0] and page.text[start - 1 : start] != ":":
        return None
    start = max(start, page.text.rfind(":", start, stop) + 1)
    here = [p for p in scope.places(claim.line_no, (start, stop)) if p.char_start - start <= 1]
    if _FROM_WHOM.search(claim.says((claim.sentence[0], start))) or any(p.country in GIVERS for p in here):
        return None
    if not here or stop - start > _ITEM_MOST or _BY_VERB.search(page.text, start, stop):
        return None
    counted = _SO_MANY_LAST.search(page.text, here[0].char_end, stop)  # 山罗省|两个,28万欧元
    stop = stop if counted is None else counted.start()
    who = party(Phrase(claim.line_no, here[0].char_start, stop), scope)
    return None if who is None or is_donor(who, claim) else who


_SO_MANY_LAST = on_use(r"(?:则|共|各|有){0,2}(?:\d{1,3}|[一两二三四五六七八九十]{1,3})[个项笔处](?:项目|工程)?$")
_FROM_WHOM = on_use(r"(?:赠方|捐方|捐款人|出资|来自|出自|捐赠者|捐了|资助方|付)")
_ITEM_MOST = 24  # characters of an item's words before its figure
_RANKING = on_use(
    r"(?:吸引|吸收|接收|接受|获得|得到|争取到?|到位)[^,;。]{0,10}?(?:最多|居首|领先|排名|前[三四五十])|按(?:地方|省份|地区|省)(?:来)?(?:划)?分"
)


def _of_ranking(claim: Claim) -> bool:
    """吸引援助最多的是岘港市(900万),其次为…: whether the claim's sentence ranks those who get."""
    return _RANKING.search(claim.says(claim.sentence)) is not None


_SO_MANY_OF = on_use(r"(?:\d+|[一二两三四五六七八九十]{1,3})[个笔项](?:项目|援助)?,")


def _bracketed(claim: Claim, scope: Scope) -> Party | None:
    """吸引援助最多的是岘港市(900万),其次为广南省(700万); 老挝(4个项目,224万): the place before the bracket."""
    text, at = claim.passage.text, claim.at[0]
    start = text.rfind("(", max(0, at - 12), at)
    counted = start >= 0 and _SO_MANY_OF.fullmatch(text, start + 1, at) is not None
    if start < 0 or not (counted or (start == at - 1 and _of_ranking(claim))):
        return None
    here = [p for p in scope.places(claim.line_no, (max(0, start - 12), start)) if p.char_end == start]
    if not here or here[0].country in GIVERS or (not counted and here[0].admin1 is None):
        return None
    return named(here[0], scope)


def _item(claim: Claim, scope: Scope) -> Party | None:
    """广宁省分得96万,谅山省88万: in a list of those who get, the name before the figure."""
    if claim.list_part != "recipient":
        return None
    name = item_name(claim, scope)
    return None if name is None else party(name, scope)


def _retold(claim: Claim, scope: Scope) -> Party | None:
    """The recipient as another telling of the claim names it."""
    return next((who for again in claim.tellings if (who := _own(again, scope)) is not None), None)


def _own(claim: Claim, scope: Scope) -> Party | None:
    """The recipient that the claim's own segment names: by frames, as a place (在X,), as the subject of 得到."""
    page = claim.passage
    respectively = _respectively(claim, scope) or this_house(claim, scope) or _heads_item(claim, scope)
    if respectively is not None:
        return respectively
    for phrase in field_hits("recipient", claim, scope):
        return party(phrase, scope)
    many: Party | None = None
    for span in [*own_words(claim, scope), *near_clauses(claim, scope)]:
        for phrase in role_hits("recipient", page, span):
            ahead = page.text[span[0] : phrase.start]
            if _THING_HANDED.search(ahead) or _WORK_HANDED.search(ahead) or _TOKEN_HANDED.search(ahead):
                continue  # 向第四军区医院移交卫生站: what is handed over, not to whom
            who = receiver(phrase, claim, scope)
            if who is None or is_donor(who, claim):
                continue
            told_each = span == claim.clause and "各" in who.text and _EACH_UNIT.fullmatch(fold(who.text))
            if told_each and _HANDED_DOWN.search(ahead):
                return who  # 全省收到捐款53亿,已向各县拨付37亿: that part went to the counties
            if _SO_MANY_PLACES.fullmatch(fold(who.text)) or _SO_MANY_WORKS.fullmatch(fold(who.text)):
                many = many or who  # 在老挝实施的项目…覆盖九个省: the country says more
                continue
            if _WARD.fullmatch(fold(who.text)):
                many = many or who  # 向县医院提供3亿,用于装备烧伤科: the house says more
                continue
            if _is_country(who, scope):
                return _in_whose_hands(claim, scope) or who
            return _own_share(claim, who, scope) or who
        places = [p for p in scope.places(claim.line_no, span) if p.char_start - span[0] <= _AT_ONCE]
        if (
            places
            and span[1] - whole_name(places[0], scope).end <= _AT_ONCE
            and CLAUSE_PLACE.match(claim.says(span).strip())
            and not _MEETS.match(page.text[span[1] + 1 :])
        ):
            return party(whole_name(places[0], scope), scope)
    return many or _topic_house(claim, scope) or _built(claim, scope) or _subject(claim, scope)


def _heads_item(claim: Claim, scope: Scope) -> Party | None:
    """一、同山县陆村小学(2017年启用):八间课室,造价112万: the works that the claim's numbered item is headed with."""
    head = HEAD_OF_ITEM.match(claim.passage.text)
    if head is None or claim.sentence[0] > head.end():
        return None
    if not any(p.char_start == head.start("what") for p in scope.places(claim.line_no, head.span("what"))):
        return None
    return party(Phrase(claim.line_no, *head.span("what")), scope)


_HOUSE_ALONE = on_use(
    r"(?P<who>[^,;:的由是将把向给]{3,24}?(?:小学|中学|学校|幼儿园|医院|卫生[站院所]|医疗站|诊所|康复中心|孤儿院"
    r"|养老院|敬老院))的[^,;:的由是]{1,10}$"
)


def _topic_house(claim: Claim, scope: Scope) -> Party | None:
    """广义省李山岛医疗站的高压氧舱,来自义卖的5.6亿: the house in its place that what is paid for is of, told first."""
    page = claim.passage
    clause = page.clauses_in(claim.sentence)[0]
    alone = _HOUSE_ALONE.match(page.text, *clause) if clause[1] < claim.at[0] else None
    if alone is None or not any(p.char_start == alone.start("who") for p in scope.places(claim.line_no, clause)):
        return None
    who = party(Phrase(claim.line_no, *alone.span("who")), scope)
    return None if who is None or is_donor(who, claim) else who


_THING_HANDED = on_use(r"(?:向|给)[^,;:]{2,24}?(?:移交|交付|转交|捐赠|赠送|援建|捐建)了?$")
# 土建部分交给长山公司, 具体事务托付给项目办公室: who does the work gets none of the aid
_WORK_HANDED = on_use(
    r"(?:事务|工作|土建|施工|工程|部分|运营|运作|执行|实施|管理|招标|采购|勘测|设计|安装|监理|统筹|业务)[^,;:]{0,8}?"
    r"(?:托付|委托|委任|外包|交付?|转|托|包)(?:给|由|到|与)$"
)
# 为乡民盖起新房…,钥匙月底交到业主手中: what stands for the gift goes by way of anybody
_TOKEN_HANDED = on_use(
    r"(?:钥匙|证书|纪念章|锦旗|感谢状|档案|图纸|名册|清册)[^,;:]{0,14}?(?:交|递|颁|送|授)[^,;:]{0,2}$"
)
_SO_MANY_PLACES = on_use(
    r"(?:约|近|逾|多达)?(?:\d+|[一两二三四五六七八九十几多]+)多?(?:个|座)?(?:省市?|市|县|郡|乡|国家|县市|县、市)|各[省市县乡村镇社坊]"
)


_EACH_UNIT = on_use(r"(?:辖下|所属|受灾|省内|市内|下属)?(?:的)?各[市县郡乡镇坊村社区](?:[、和与][市县郡乡镇坊村社])?")
_HANDED_DOWN = on_use(r"(?:向|给|拨付|分配|调拨|划拨|下拨|下达|分拨|拨)(?:给|到|至|予)?$")
_WARD = on_use(r"[一-鿿]{1,3}科|病房|车间|食堂|实验室|手术室|检验室")
# 三口水井…已交付平安县使用: the place that gets them says more
_SO_MANY_WORKS = on_use(
    r"(?:\d{1,3}|[一两二三四五六七八九十几多]{1,3})[口眼座条栋][^,;:的“]{0,4}?(?:井|桥|渠|池|塔|亭)"
)


def _own_share(claim: Claim, who: Party, scope: Scope) -> Party | None:
    """分送谅山、高平两省,其中谅山60万: of several places together the one that the figure's own clause names."""
    if who.line_no != claim.line_no or claim.clause[0] <= who.start < claim.clause[1]:
        return None
    units = {p.admin1 for p in places_in(who, scope) if p.admin1}
    here = [p for p in scope.places(claim.line_no, claim.clause) if p.admin1]
    if len(units) < 2 or len(here) != 1 or here[0].admin1 not in units:
        return None
    return named(here[0], scope)


def _built(claim: Claim, scope: Scope) -> Party | None:
    """友好医疗站2021年投入使用,由东兴市政府无偿援建: what the sentence is about, where the giver comes behind 由."""
    donor, page = claim.donor, claim.passage
    if donor is None or donor.inherited or donor.line_no != claim.line_no or donor.start < claim.sentence[0]:
        return None
    if _BY.search(page.text[max(0, donor.start - 1) : donor.start]) is None:
        return None
    clauses = [c for c in page.clauses_in(claim.segment)[:2] if c[0] <= donor.start]  # 去年8月20日,友好桥…
    clauses = [c for c in clauses if _SAYS.match(page.text, *c) is None]
    first = next((found for clause in clauses if (found := opening(page, clause, scope)) is not None), None)
    if (
        first is None
        or _is_body(first, scope)
        or is_wrong(said := page.text[first.start : first.end])
        or _POINTS.match(said)
    ):
        return None
    if _THIS.match(page.text, *clauses[0]) and (told := house_told(claim, scope)) is not None:
        return told  # 某中学新宿舍楼移交。这栋三层楼房由义安省援建
    who = party(first, scope)
    return None if who is None or is_donor(who, claim) else who


_THIS = on_use(r" ?(?:这|那)[座所栋间条口幢]")
_SAYS = on_use(r"[^,;:]{0,30}?(?:表示|介绍说?|指出|说|透露|强调|称|证实|获悉|了解到|通报|报道)(?:[,:]|$|,)")
_A_HOUSE = on_use(
    r"(?:学校|小学|中学|大学|学院|幼儿园|医院|卫生[站院所]|医疗站|诊所|中心|图书[馆室]|站|院|馆|园|室|楼|桥|厂|所)$"
)


def _is_body(phrase: Phrase, scope: Scope) -> bool:
    """安土国际的讲解员跑了96所学校,课本由使馆出资: an organization or a person is what no aid built."""
    around = scope.actors(phrase.line_no, (phrase.start, phrase.end))
    whole = [a for a in around if a.char_end == phrase.end and a.entity_type in ("organization", "person")]
    return any(a.entity_type == "person" or _A_HOUSE.search(fold(a.name)) is None for a in whole)


def _in_whose_hands(claim: Claim, scope: Scope) -> Party | None:
    """由老师带到越南,全数交给杨风乡小学: whom the sentence names beside the country."""
    for span in near_clauses(claim, scope):
        for who in in_frames(_HANDS, claim.passage, span, claim, scope):
            if not _is_country(who, scope):
                return who
    return None


def _is_country(who: Party, scope: Scope) -> bool:
    """Whether a party is no more than a country: 越南."""
    inside = scope.places(who.line_no, (who.start, who.end))
    return any(place.quote == who.text and place.kind == "country" for place in inside)


def _subject(claim: Claim, scope: Scope) -> Party | None:
    verb = governing(claim, scope)
    if verb is not None and verb.subject is not None and verb.part in ("implementer", "recipient"):
        who = party(verb.subject, scope)
        if who is not None and (is_wrong(fold(who.text)) or _collects(claim, who)):
            return None
        if who is not None and (is_place(who, scope) or verb.part == "recipient"):
            return who
    own = subject(claim.passage, claim.clause, scope)
    if own is not None and (verb is None or verb.part != "donor"):
        who = party(own, scope)
        if who is not None and is_place(who, scope):
            return who
    return None


_COLLECTS = on_use(r"(?:赈灾|募捐|捐款|爱心|筹款|善款|劝募|功德)[箱柜]|募捐|筹款|义卖|义演|劝募|赈灾")


def _collects(claim: Claim, who: Party) -> bool:
    """友好协会的赈灾箱共收到41万: a body that takes in gifts at a collection takes them for others."""
    said = fold(who.text)
    is_body = _BODY.search(said) is not None or said.endswith("分会")
    return is_body and _COLLECTS.search(claim.says(claim.sentence)) is not None


def _former_or_latter(claim: Claim, scope: Scope) -> Party | None:
    """分别在海防市水源县、太平省太瑞县启动,前者96万,后者140万: the first or second of two units."""
    said = claim.says((claim.clause[0], claim.at[0])).strip(" 则为是")
    if said not in ("前者", "后者"):
        return None
    units = [p for p in scope.places(claim.line_no, (claim.sentence[0], claim.clause[0])) if p.kind == "admin1"]
    if len(units) != 2:
        return None
    return party(whole_name(units[said == "后者"], scope), scope)


def _respectively(claim: Claim, scope: Scope) -> Party | None:
    """广义、富安、宁顺依次为389.5亿、228亿和176.5亿越盾: the k-th place has the k-th figure."""
    span = claim.segment
    if (one := _former_or_latter(claim, scope)) is not None:
        return one
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
