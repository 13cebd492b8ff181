"""A recipient that the claim's own sentence does not name: told of before, behind, by the topic or the taker's home."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.frames import frame, hits, role_hits
from etl.build.aid_projects.governing import verbs_in
from etl.build.aid_projects.location import (
    abroad,
    body_at_home,
    home_of,
    is_where,
    land_aided,
    near_clauses,
    own_country,
    own_unit,
    places_in,
    whole_name,
)
from etl.build.aid_projects.naming import is_place, named, party
from etl.build.aid_projects.nominals import Phrase, can_receive, cut, opening, trimmed
from etl.build.aid_projects.receivers import MIDDLEMAN, in_frames, is_donor, is_wrong, receiver
from etl.build.aid_projects.relations import BULLET, BY_KIND
from etl.build.aid_projects.scope import Scope
from etl.mentions import changed
from etl.normalize.text import fold
from etl.patterns import on_use

REGION = on_use(r"(?:灾区|灾民|中部|北部|南部|西原|山区|学生|儿童|人民|同胞|贫困户)(?:重建|建设)?$")
_VISITED = on_use(r"(?:走访|看望|慰问|探望|探访|造访)了?(?P<who>[^,;:]{2,24})")
_QUOTED_PROJECT = on_use(
    r"[“《](?P<who>[^”》]{2,30}?)(?:项目|工程|计划)?[”》](?:的)?(?:项目|工程)?(?:资助|援助|合同|协议|移交|交接|签)"
)
_PROJECT = on_use(
    r"(?:援助|援建|(?<![救支声增外驰])援(?![队军兵手外引]|[老柬越古缅][一-鿿]{0,6}[队团组])|资助)(?:的)?(?P<who>[^,;:“”]{2,30}?)(?:移交|竣工|落成|揭牌|启用|开工|交接|举行|$)"
)
# 越南各界捐助古巴人民克服飓风后果, 支援中部灾区, 驰援老挝灾民: whom a title says is helped
_AIDED = on_use(
    r"(?:(?<![援资捐补帮协救赞扶互共])助(?![力推学手理教产残威兴养])|捐助|捐赠|支援|支持|援助|救助|驰援|声援|赈济|接济|帮助|协助|资助|募捐|捐款给|救济)(?:在)?"
    r"(?P<who>[^,;:“”的]{2,12}?(?:人民|灾民|灾区|同胞|民众|侨胞|儿童|群众|居民|贫困户|难民|妇女|学生|患者|残疾人|农民|渔民|老人)(?:人民|民众|群众|同胞|儿童|学生)?)"
)
_RAISES = on_use(r"募捐|捐款|筹款|劝募|义卖|募集")
_PEOPLE = on_use(r"(?:灾民|灾区|儿童|学生|家庭|居民|村民|同胞|贫困户|患者|孤儿|老人|受害者)$")
_WORKED_ON = on_use(r"(?:安装|修建|新建|兴建|更换|配备|添置|改造|修缮|翻修|购置|配齐|铺设|打井|建起|建成)")
# 47名患儿接受了免费手术。手术耗材5.2万: whom the sentence before counts.
_PEOPLE_FRAMES = ("counted_receive", "counted_helped", "for_so_many")
_ABOUT_FRAMES = ("chosen", "facing", "project_for", "into_hands", "giving_to", "for_whom", "to_somebody", "for_so_many")
_IN_ALL = on_use(r"(?:累计|历年|至今|多年来|年来)[^;。]{0,16}$")
_THESE = on_use(r"[ “]*(?:此次|本次|这次|这批|这些|这笔|该批|该笔|上述物资|首批|两批)")
_ALL_TOLD = on_use(
    r" ?(?:[两三四五几]笔|这[些批两三几笔]|上述|以上|全部|所有|物资|善款|款项|礼物|捐款|设备|药品)[^,;。]{0,8}?"
    r"(?:都|均|将|已|全|由|随后|当场|分|送|交|一并)"
    # 随后,志愿者挨家挨户,把现金和米面送到1300户手里
    r"| ?(?:随后|之后|接着|而后|次日|当天),?[^;。]{0,24}?"
    r"[把将](?:现金|钱|善款|款项?|物资|礼物|大米|米面|药品|慰问品)[^,;。]{0,8}?[送交发带]"
    r"| ?由[^,;。]{2,24}?(?:分派|分发|分送|转交|发放|派发|转给|送往)(?:给|到)?"
)


def _worked_on(claim: Claim, scope: Scope) -> Party | None:
    """纳里县八所学校安装净水设备,支出19亿: where works are done, named at the head of the claim's segment."""
    page = claim.passage
    for clause in page.clauses_in(claim.segment):
        if clause[0] > claim.at[0]:
            break
        first = opening(page, clause, scope)
        if first is None or _WORKED_ON.match(page.text, first.end) is None:
            continue
        if re.search(r"\d|[一两三四五六七八九十]", page.text[first.start : first.end]) or _is_placed(first, scope):
            return party(first, scope)
    return None


def _is_placed(phrase: Phrase, scope: Scope) -> bool:
    """Whether a phrase begins with a place."""
    return any(p.char_start == phrase.start for p in scope.places(phrase.line_no, (phrase.start, phrase.end)))


def left_out(
    claim: Claim, scope: Scope, before: Sequence[Claim], topic: Party | None, retold: Party | None
) -> Party | None:
    """A recipient the sentence does not name; `retold` is the one that another telling of the claim names."""
    spread = BY_KIND.match(claim.passage.text, *claim.sentence)
    by_field = spread is not None and not _PLACES.search(spread[0])
    if by_field and (whole := _of_the_whole(before, scope)) is not None:
        return whole
    first = before[0].recipient if before else None
    told = claim.is_target and claim.donor is None and first is not None and before[0].recipient_country == "VN"
    if told and first is not None and is_place(first, scope) and own_unit(claim, scope) is None:
        return changed(first, inherited=True)  # 2025年的目标是2.1亿 ends a page on the sums of the whole country
    near = _near(claim, scope, before, topic) or _before_or_behind(claim, scope, before)
    return near or _far(claim, scope, topic, retold)


def _near(claim: Claim, scope: Scope, before: Sequence[Claim], topic: Party | None) -> Party | None:
    """Where the sentence says the aid is: where it comes to, where its hands are at home, where another claim is."""
    leans = next((c for c in before if c.number == claim.leans_on), None)
    if (house := _of_house_speaking(claim, scope)) is not None:
        return house
    unit = own_unit(claim, scope)
    if (unit is None or unit.country == "VN") and (land := land_aided(claim, scope)) is not None:
        return land
    hands = claim.implementer
    if (arrived := _arrival(claim, scope) or _headline(claim, scope)) is not None:
        return arrived
    if unit is None and (over := _over_the_list(claim, scope)) is not None:
        return over
    if unit is None and hands is not None and not hands.inherited and _in_segment(hands, claim):
        at_home = [p for p in home_of(hands, scope, claim.donor) if p.admin1 or p.kind == "district"]
        away = abroad(claim, scope)
        lands = {p.country for p in (*places_in(topic, scope), *([] if away is None else [away]))}
        # 奠边省人委会采购的药 in an article on aid to 丰沙里省: who buys is at the giver's home
        if at_home and (not lands or any(p.country in lands for p in at_home)):
            return named(at_home[0], scope, inherited=True)
    built = _worked_on(claim, scope)
    if built is not None and not is_donor(built, claim):
        return built
    told = _district(claim, scope) or _of_these(claim, scope) or _of_national_body(claim, scope)
    if (told := told or _just_visited(claim, scope)) is not None:
        return told
    if unit is None and (region := _region_struck(claim, scope, here=True)) is not None:
        return region
    if leans is not None and leans.recipient is not None:
        units = {p.admin1 for p in places_in(leans.recipient, scope)}
        if unit is None or unit.admin1 in units:
            return changed(leans.recipient, inherited=True)
    return _of_partner(claim, scope) if unit is None else party(whole_name(unit, scope), scope)


_WHO_IS_HELPED = on_use(r"(?:帮|帮助|援助|援建|支援|支持|驰援|捐给|送给|资助|流向|对|给)(?:过|了)?$")
_LIST_MOST = 12  # lines of a list


def _over_the_list(claim: Claim, scope: Scope) -> Party | None:
    """这些年谁在帮桑怒? / ● 义安省另捐现金15亿: the place that the line over a list of gifts says is helped."""
    if BULLET.match(claim.passage.text) is None:
        return None
    for page in scope.above(claim.line_no)[:_LIST_MOST]:
        if BULLET.match(page.text):
            continue
        if len(page.text) > _LIST_HEAD_MOST:
            return None
        for place in scope.places(page.line.line_no, (0, len(page.text))):
            ahead = _WHO_IS_HELPED.search(page.text, max(0, place.char_start - 4), place.char_start)
            if ahead is not None and "pair" not in place.flags and place.country not in (None, "CN"):
                return named(place, scope, inherited=True)
        return None
    return None


_LIST_HEAD_MOST = 40  # characters of the line over a list
_SIGNS_WITH = on_use(
    r"[与和同](?P<who>[^,;:与和同]{2,20}?(?:人民委员会|政府|[厅局])) ?(?:[^,;:]{0,8}?)(?:签|订立|达成|商定|议定|约定)"
)


_COUNTY_OF = on_use(r"[一-鿿]{1,6}[县郡乡](?=人民|政府)")


def _of_partner(claim: Claim, scope: Scope) -> Party | None:
    """商会与平山县人民委员会签约,答应提供300万: the place of the office at home that a giver signs with."""
    if claim.donor is None:
        return None
    for clause in near_clauses(claim, scope):
        hit = _SIGNS_WITH.search(claim.passage.text, *clause)
        if hit is None:
            continue
        for place in scope.places(claim.line_no, hit.span("who")):
            if place.country == "VN" and place.kind in ("admin1", "district") and "pair" not in place.flags:
                end = min(whole_name(place, scope).end, hit.end("who"))
                return party(Phrase(claim.line_no, place.char_start, end), scope)
        county = _COUNTY_OF.match(claim.passage.text, *hit.span("who"))
        if county is not None:  # a county of no list
            return party(Phrase(claim.line_no, *county.span()), scope)
    return None


_HEADLINE_MOST = 22  # characters of a sentence that heads its paragraph


def _headline(claim: Claim, scope: Scope) -> Party | None:
    """高平省重庆县卫生院改建。…我会投入156万元: the house in its place that a paragraph's first words announce."""
    first = claim.passage.sentences[0]
    if first[1] > claim.sentence[0] or first[1] - first[0] > _HEADLINE_MOST or len(claim.passage.clauses_in(first)) > 1:
        return None
    about = _HOUSE_IS.match(claim.passage.text, *first)
    if about is None or not any(p.char_start == about.start("who") for p in scope.places(claim.line_no, first)):
        return None
    return party(Phrase(claim.line_no, *about.span("who")), scope, inherited=True)


def _before_or_behind(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Party | None:
    """Whom the sentences around the claim's tell of."""
    return (
        _of_sentence_behind(claim, scope)
        or _of_need(claim, scope)
        or _of_sentence_before(claim, scope)
        or _of_same_giver(claim, before)
        or _of_paragraph(claim, scope, before)
        or _of_paragraph_before(claim, scope)
        or house_told(claim, scope)
        or campaign_recipient(claim, scope)
    )


def _far(claim: Claim, scope: Scope, topic: Party | None, retold: Party | None) -> Party | None:
    """The country the giver is active in, people counted before, the article's topic, the home of who passes it on."""
    if (country := own_country(claim, scope)) is not None:
        return named(country, scope)
    if (region := _region_struck(claim, scope)) is not None:
        return region
    for sentence in [s for s in reversed(claim.passage.sentences) if s[0] < claim.sentence[0]][:1]:
        for who in in_frames(_PEOPLE_FRAMES, claim.passage, sentence, claim, scope):
            return changed(who, inherited=True)
        visited = _VISITED.search(claim.passage.text, *sentence)
        if visited:
            return party(Phrase(claim.line_no, *visited.span("who")), scope, inherited=True)
    if retold is not None:
        return changed(retold, inherited=True)
    told = _each_of_those(claim, scope) or _of_its_part(claim, scope) or _of_speaker(claim, scope)
    if told is None and topic is None:
        told = _of_words_before(claim, scope)
    return told or _topic_or_home(claim, scope, topic)


_STRUCK_REGION = on_use(
    r"(?:吹袭|侵袭|袭击|肆虐|重创|横扫|扑向|席卷|蹂躏)(?:了)?(?P<struck>越南?[中北南]部?)(?![一-鿿]{0,2}省)"
    r"|(?P<who>越南?[中北南]部?)(?:地区|各省|沿海|山区)?(?:近日|近期|日前|今年|去年|接连|先后|[一-鿿]{0,2}?)"
    r"(?:大?水灾|水患|大水|风灾|洪灾|灾[区民情]|洪水|台风|风暴|暴雨|连?遭|受灾)"
    r"|(?<![一-鿿])(?:\d{4}年|[去今前]年)?(?:\d{1,2}月)?(?P<part>[中北南]部)(?:地区|各省)?[^,;:。]{0,4}?(?:水灾|水患|大水|风灾|洪灾|洪水|雪灾|旱灾)(?:[过之]?后|期间|时)?(?=,)"
)


def _region_struck(claim: Claim, scope: Scope, *, here: bool = False) -> Party | None:
    """越北连遭台风,该会募得12万: the part of Vietnam that is said to be struck.

    `here` in the segment; else in the sentence, the title or the lead.
    """
    above = [] if here else [(page, (0, len(page.text))) for page in scope.top]
    for page, span in [(claim.passage, claim.segment if here else claim.sentence), *above]:
        told = list(_STRUCK_REGION.finditer(page.text, *span))
        if page is claim.passage:  # 2020年越南中部大水,捐出1330万;2024年台风吹袭越北,捐出720万
            ahead = [h for h in told if h.start() < claim.at[0]]
            told = ahead[-1:] or told
        hit = next(iter(told), None)
        if hit is not None:
            phrase = Phrase(page.line.line_no, *hit.span(hit.lastgroup or "who"))
            return party(phrase, scope, inherited=page is not claim.passage)
    return None


def _topic_or_home(claim: Claim, scope: Scope, topic: Party | None) -> Party | None:
    """The article's topic, else the home of who passes the aid on, unless it goes abroad."""
    home = home_of(claim.implementer, scope, claim.donor)
    if topic is None and home and home[0].country == "VN" and (away := abroad(claim, scope)) is not None:
        whole = whole_name(away, scope)  # 琅勃拉邦省与奠边省加强往来: the giver's own is not of it
        alone = any(p.country != away.country for p in scope.places(whole.line_no, (whole.start, whole.end)))
        where = Phrase(away.line_no, away.char_start, away.char_end) if alone else whole
        return party(where, scope, inherited=away.line_no != claim.line_no)
    if home and home[0].admin1 is None and (local := body_at_home(claim, scope)):
        home = local  # 省人委会副主席透露,…: the province's own figures, whoever the article began with
    if claim.is_target and topic is not None and home and not any(p.admin1 for p in places_in(topic, scope)):
        topic = None  # 争取到500万 under 送进西部山区: a province's aim is its own
    return topic or (named(home[0], scope, inherited=True) if home else None)


def _arrival(claim: Claim, scope: Scope) -> Party | None:
    """8月底送抵福桥、建安等海岛学校: where the gift comes to, if it is no port or capital on its way."""
    for span in near_clauses(claim, scope):
        for phrase in role_hits("arrival", claim.passage, span):
            inside = scope.places(phrase.line_no, (phrase.start, phrase.end))
            whole = [p for p in inside if p.char_start == phrase.start and p.char_end == phrase.end]
            if whole and not is_where(whole[0], claim, scope):
                continue
            if (who := receiver(phrase, claim, scope)) is not None and not is_donor(who, claim):
                return who
    return None


_PLACES = on_use(r"[省县国地区]")  # 分省看: each part went to a place of its own


def _of_the_whole(before: Sequence[Claim], scope: Scope) -> Party | None:
    """按领域分,卫生类146万: what the article's first sum went to, when that is a place."""
    first = before[0] if before else None
    if first is not None and first.recipient is not None and is_place(first.recipient, scope):
        return changed(first.recipient, inherited=True)
    return None


def struck(claim: Claim, scope: Scope) -> Party | None:
    """9月夏和县遭遇洪水,…15万汇入省红十字会账户: the place that the sentence says was struck."""
    for clause in claim.passage.clauses_in(claim.sentence):
        if clause[0] > claim.at[0]:
            break
        for phrase in role_hits("stricken", claim.passage, clause):
            if claim.passage.text[phrase.end - 1] in "省市县郡乡社村区":
                return party(phrase, scope)
    return None


def _district(claim: Claim, scope: Scope) -> Party | None:
    """由北极光基金会资助的“芒叻县小学供水”项目,金额46万: the district or commune that the claim's own words name."""
    for span in near_clauses(claim, scope):
        for place in scope.places(claim.line_no, span):
            if place.kind in ("district", "commune") and is_where(place, claim, scope):
                above = [
                    p for p in scope.places(claim.line_no, (0, place.char_start)) if p.char_end == place.char_start
                ]
                start = above[-1].char_start if above else place.char_start  # 清化省|锦水县
                return party(Phrase(claim.line_no, start, whole_name(place, scope).end), scope)
    return None


_EACH = on_use(r"每一?(?P<what>户|家|人|名|位|校|所)")
_ALIKE = {"户": "户", "家": "户", "人": "名位人", "名": "名位人", "位": "名位人", "校": "所", "所": "所"}
_SO_MANY = on_use(
    r"(?P<who>(?:\d[\d,]{0,15}|[一二两三四五六七八九十百千]{1,5})[多余]?(?P<what>户|名|位|人|所)[一-鿿]{0,10}?)(?=[,;:。(、]|$|的|在|将|已|装|得|获|领|用上|喝上|住)"
)


def _each_of_those(claim: Claim, scope: Scope) -> Party | None:
    """选定三个乡的160户。…每户可得到一份价值300万的种子: those counted before of whom each one gets it."""
    each = _EACH.search(claim.says((claim.segment[0], claim.at[0])))
    if each is None:
        return None
    for page in [claim.passage, *scope.before(claim.line_no)[:2]]:
        stop = claim.clause[0] if page is claim.passage else len(page.text)
        fitting = [m for m in _SO_MANY.finditer(page.text, 0, stop) if m["what"] in _ALIKE[each["what"]]]
        if fitting:
            return party(Phrase(page.line.line_no, *fitting[-1].span("who")), scope, inherited=True)
    return None


def _in_segment(who: Party, claim: Claim) -> bool:
    return who.line_no == claim.line_no and claim.segment[0] <= who.start < claim.segment[1]


def _of_same_giver(claim: Claim, before: Sequence[Claim]) -> Party | None:
    """总经费86万英镑。今年,该组织已拨付29万英镑: to whom the claim before in the paragraph went, of the same giver."""
    last = before[-1] if before else None
    if last is None or claim.donor is None or last.donor is None or last.line_no != claim.line_no:
        return None
    if last.donor.text != claim.donor.text or last.recipient is None:
        return None
    return changed(last.recipient, inherited=True)


def _of_sentence_behind(claim: Claim, scope: Scope) -> Party | None:
    """龙州捐28.6万;崇左加15万。两笔都由下琅县祖国阵线接收: what the next sentence says of all that was told."""
    page = claim.passage
    behind = [s for s in page.sentences if s[0] >= claim.sentence[1]][:1]
    if not behind or _ALL_TOLD.match(page.text, *behind[0]) is None:
        return None
    for clause in page.clauses_in(behind[0]):
        for phrase in role_hits("recipient", page, clause):
            if (who := receiver(phrase, claim, scope)) is not None and not is_donor(who, claim):
                return who
    return None


def _of_sentence_before(claim: Claim, scope: Scope) -> Party | None:
    """为阿雷县的幼儿园揭牌。园舍斥资680万: whom or which place the sentence right before is about."""
    page = claim.passage
    earlier = [s for s in page.sentences if s[1] <= claim.sentence[0]][-1:]
    if not earlier or any(is_where(p, claim, scope) for p in scope.places(claim.line_no, claim.sentence)):
        return None
    if _IN_ALL.search(claim.says((claim.segment[0], claim.at[0]))):
        return None  # 把水泵送给当地小学。此后几乎年年有人来,累计援助112万
    for phrase in role_hits("recipient_field", page, earlier[0]):  # 受援地为茶荣省两县。赠款700万
        if (field := receiver(phrase, claim, scope)) is not None:
            return changed(field, inherited=True)
    for clause in page.clauses_in(earlier[0]):
        for who in in_frames(_ABOUT_FRAMES, page, clause, claim, scope):
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
    if _IN_ALL.search(claim.says((claim.segment[0], claim.at[0]))):
        return None
    if last.donor is None or claim.donor.inherited or last.recipient.text in claim.donor.text:
        return None
    neighbours = last.sentence[1] + 3 >= claim.sentence[0]
    return changed(last.recipient, inherited=True) if neighbours else None


def _of_paragraph_before(claim: Claim, scope: Scope) -> Party | None:
    """召开结算会,通报为台风灾民募捐的结果。/ 会长通报说,捐款总计412万: for whom the paragraph before raises."""
    for page in scope.before(claim.line_no)[:1]:
        there = changed(claim, passage=page, at=(0, 1))
        for sentence in page.sentences:
            if not _RAISES.search(page.text, *sentence):
                continue
            for clause in page.clauses_in(sentence):
                for who in in_frames(("for_whom", "helping", "to_somebody"), page, clause, there, scope):
                    if REGION.search(fold(who.text)) or _PEOPLE.search(fold(who.text)):
                        return changed(who, inherited=True)
    return None


_CAMPAIGN = on_use(r"募捐|筹款|筹募|劝募|集腋成裘|捐款(?:活动|运动|行动|倡议)|(?:发起|开展|响应)[^,;。]{0,16}捐")
_FOR_A_LAND = on_use(r"(?:为|支援|声援|援助|驰援|帮助|支持|捐助|捐款给)(?:受灾的?)?$")


def campaign_recipient(claim: Claim, scope: Scope) -> Party | None:
    """越南民众为古巴集腋成裘 over 启动的募捐收到214亿: the country that a campaign at home raises for."""
    giver = {p.country for p in places_in(claim.donor, scope)}
    for page in scope.top:
        for place in scope.places(page.line.line_no, (0, len(page.text))):
            abroad = place.kind == "country" and place.country not in giver | {"VN"} and "pair" not in place.flags
            if abroad and _FOR_A_LAND.search(page.text, max(0, place.char_start - 8), place.char_start):
                raised = any(_CAMPAIGN.search(other.text) for other in scope.pages)
                return named(place, scope, inherited=True) if raised else None
    return None


_NATIONAL = on_use(
    r"(?:^|[,;:。 ])(?:\d{4}年)?(?P<land>越南)[^,;:。]{2,16}?(?:协会|红十字会|联合会|基金会|委员会|阵线)(?:中央委员会)?"
    r"(?:\d{4}年|去年|今年|全年|累计|共|已|先后){0,3}(?:从[^,;。]{2,12}?)?(?:募得|募集|筹得|筹集|收到|动员|接收)"
)


def _of_its_part(claim: Claim, scope: Scope) -> Party | None:
    """收到捐款412亿,其中300亿汇给古巴红十字会: where a part of the money went, abroad, the rest is meant for."""
    for clause in claim.passage.clauses_in(claim.sentence):
        if clause[0] <= claim.at[0] or not claim.passage.text.startswith("其中", clause[0]):
            continue
        for who in in_frames(("into_hands", "giving_to"), claim.passage, clause, claim, scope):
            lands = [p for p in places_in(who, scope) if p.country not in (None, "VN")]
            if lands:
                return named(lands[0], scope)
    return None


_SPEAKS = on_use(r"(?:人民委员会|人民议会|省委|市委|祖国阵线)[^,;:。]{0,20}?(?:透露|介绍|表示|通报|说|称)(?:,|:)")
_AT_HOME = on_use(
    r"(?:全|本|该)[省市]|[省市]内|[省市]里|(?<![一-鿿])[省市](?:祖国阵线|红十字会|友联|妇联)|通过[省市](?:祖国|红十)"
)


_HOUSE_SPEAKS = on_use(
    r" ?(?:据)?(?P<noun>校方|院方|该校|该院|园方|学校|医院)(?:负责人|领导|代表)?(?:介绍|透露|表示|告诉|通报|说|称|回忆)"
)
_HOUSES_SPEAK = (*"据校院该园学医",)
_IN_HOUSE = {"校方": "校内|学校|本校|该校|校园|在校", "院方": "院内|医院|本院|该院", "园方": "园内|本园"}


def _of_house_speaking(claim: Claim, scope: Scope) -> Party | None:
    """走进平河县农校。/ 校方介绍,专家曾在学校试种水稻。项目经费2亿: the house that speaks, when it tells of itself."""
    spans = [s for s in claim.passage.sentences if s[0] <= claim.sentence[0]][-2:]
    for span in reversed(spans):
        if claim.passage.text[span[0] : span[0] + 2].strip(" ")[:1] not in _HOUSES_SPEAK:
            continue
        speaks = _HOUSE_SPEAKS.match(claim.passage.text, *span)
        if speaks is None:
            continue
        itself = _IN_HOUSE.get(speaks["noun"], speaks["noun"])
        if re.search(itself, claim.passage.text[speaks.end() : claim.sentence[1]]) is None:
            return None
        noun = _BARE_HOUSES.get(speaks["noun"]) or "幼儿园"
        found = _house_before(noun, claim.line_no, span[0], scope)
        told_apart = found is not None and (places_in(found, scope) or len(found.text) >= _TOLD_APART)
        return found if told_apart else None
    return None


# 安水乡一所小学还缺图书室。会长当场答应资助兴建,预算12万
_LACKS = on_use(
    r"(?P<who>[^,;:。]{2,20}?(?:小学|中学|学校|幼儿园|医院|卫生[站院]|医疗站|孤儿院|养老院|诊所|村|乡))"
    r"(?:目前|现在|至今|仍然?|还|尚|一直|正|迄今|长期|都|急){0,3}(?:没有|缺少?|缺乏|欠缺|急需|亟需|需要|盼着|盼望|等着)"
)
_WANTS = frozenset("缺需盼没等")
_ANSWERS = on_use(r"资助|出资|捐|拨|承担|提供|认捐|筹|添置|兴建|修建")


def _of_need(claim: Claim, scope: Scope) -> Party | None:
    """安水乡一所小学还缺图书室。协会当场答应资助兴建,预算12万: whom the sentence right before says lacks it."""
    before = [s for s in claim.passage.sentences if s[1] <= claim.sentence[0]][-1:]
    if not before or not _WANTS.intersection(claim.passage.text[slice(*before[0])]):
        return None
    if _ANSWERS.search(claim.passage.text, *claim.sentence) is None:
        return None
    for clause in claim.passage.clauses_in(before[0]):
        lacks = _LACKS.search(claim.passage.text, *clause)
        span = None if lacks is None else trimmed(claim.passage, *lacks.span("who"))
        if span is not None and any(p.char_start == span[0] for p in scope.places(claim.line_no, span)):
            return party(Phrase(claim.line_no, *span), scope, inherited=True)
    return None


def _of_speaker(claim: Claim, scope: Scope) -> Party | None:
    """老街省人民委员会副主席透露,省内外各界捐来2480亿: an official's own province, when he calls it that."""
    said = claim.says(claim.sentence)
    speaks = _SPEAKS.search(said)
    if speaks is None or _AT_HOME.search(said, speaks.end()) is None:
        return None
    at = claim.sentence[0] + speaks.start()
    for place in scope.places(claim.line_no, (claim.sentence[0], at)):
        if place.admin1 and place.char_end == at:
            return named(place, scope)
    return None


def _of_national_body(claim: Claim, scope: Scope) -> Party | None:
    """越南残疾人协会去年从国内外募得1185亿: what a body of the whole country raises is for the country."""
    hit = _NATIONAL.search(claim.passage.text, claim.segment[0], claim.at[0])
    return None if hit is None else party(Phrase(claim.line_no, *hit.span("land")), scope)


def _just_visited(claim: Claim, scope: Scope) -> Party | None:
    """一行人来到巴位县安盛小学。书架由出版社出资8万元: the house that the sentence right before comes to."""
    earlier = [s for s in claim.passage.sentences if s[1] <= claim.sentence[0]][-1:]
    for sentence in earlier:
        for clause in claim.passage.clauses_in(sentence):
            for who in in_frames(("visiting",), claim.passage, clause, claim, scope):
                if any(p.char_start == who.start for p in places_in(who, scope)) and _HOUSE.search(fold(who.text)):
                    return changed(who, inherited=True)
    return None


_HOUSES = (
    r"学校|小学|中学|大学|学院|孔子课堂|幼儿园|日托中心|医院|卫生[站院所]|医疗站|诊所|中心|养老院|孤儿院|图书[馆室]|阅览室|车间|苗圃|基地|供水点|水站"
    r"|园|楼|桥|宿舍|屋|作坊|农场|纪念馆|文化馆|博物馆"
)
_HOUSE = on_use(rf"(?:{_HOUSES})$")
# 这所托儿所去年落成,造价52亿; 该院由使馆出资扩建: what a sentence tells the cost or the giver of
_THIS_HOUSE = on_use(
    r" ?(?:这|那|该|此)(?:所|座|栋|间|条|口|幢|家|个|处)?(?P<noun>[一-鿿]{0,4}?(?:所|校|院|站|园|室|中心|馆|学))"
    r"(?=[是由系于在去今前今\d,]|落成|建成|造价|耗资|启用|投|竣工|占地|总)"
)
_ITS_GIVER = on_use(r"落成|援建|捐建|兴建|修建|建成|出资|造价|耗资|启用|投用|投入使用|竣工|斥资|翻修|扩建|改建")
_LED_IN = on_use(
    r".*(?:来到|走进|走访|参观|访问|前往|赶到|抵达|位于|看望|坐落|[一两这那][所座栋间条口幢家个处]|[将把向给为由到在是了着过和与及等])"
)
_BARE_HOUSES = {
    "学校": "(?:小学|中学|学校|幼儿园)", "校方": "(?:小学|中学|学校)", "该校": "(?:小学|中学|学校|大学)",
    "医院": "医院", "该院": "(?:医院|学院|养老院|孤儿院)", "院方": "医院", "幼儿园": "幼儿园", "托儿所": "托儿所",
    "卫生站": "卫生站", "诊所": "诊所", "该站": "[卫医水]生?[一-鿿]?站", "养老院": "养老院", "孤儿院": "孤儿院",
    "新楼": "新楼", "大楼": "大楼", "新校舍": "新校舍", "新院区": "新院区", "新馆": "新馆",
}  # fmt: skip
_NOUN_BEFORE = 24  # characters of a house's name before its noun
_HOUSE_FAR = 400  # characters back that a house is looked for


def _house_before(noun: str, line_no: int, at: int, scope: Scope) -> Party | None:
    """The last house before a place of a line whose name ends in a noun, in its paragraph, else in the one before."""
    pattern = re.compile(rf"[^,;:。、“”]{{1,{_NOUN_BEFORE}}}?{noun}(?![一-鿿]{{0,2}}长)")
    page = scope.page_of(line_no)
    above = scope.before(line_no)[:1] or scope.top
    for other, stop in [(page, at), *((p, len(p.text)) for p in above)]:
        for hit in reversed(list(pattern.finditer(other.text, max(0, stop - _HOUSE_FAR), stop))):
            inside = scope.places(other.line.line_no, hit.span())
            led = _LED_IN.match(other.text, hit.start(), hit.end() - 2)
            low = led.end() if led else hit.start()
            start = next((p.char_start for p in inside if p.char_start >= low), None)
            start = start if start is not None else (inside[0].char_start if inside else low)
            if hit.end() - start > len("这所小学"):
                return party(Phrase(other.line.line_no, start, hit.end()), scope, inherited=True)
    return None


_THIS_PROJECT = on_use(r" ?(?:这个|这一|这项|该|此)(?:项目|工程)")
_HOUSE_PROJECT = on_use(
    r"(?P<who>[^,;:。的“”]{2,20}?(?:中心|医院|小学|中学|学校|幼儿园|卫生[站院]))(?:改造|扩建|修缮|建设|重建|升级|翻修|新建|供水){1,2}(?:项目|工程)"
)


def _this_project(claim: Claim, scope: Scope) -> Party | None:
    """昆山县医疗中心改造项目是个教训。这个项目…: the house in its place that the sentence before has the works of."""
    earlier = [s for s in claim.passage.sentences if s[1] <= claim.sentence[0]][-1:]
    if not earlier or _THIS_PROJECT.match(claim.passage.text, *claim.sentence) is None:
        return None
    about = _HOUSE_PROJECT.match(claim.passage.text, *earlier[0])
    if about is None or not any(p.char_start == about.start() for p in scope.places(claim.line_no, about.span("who"))):
        return None
    return party(Phrase(claim.line_no, *about.span("who")), scope, inherited=True)


def this_house(claim: Claim, scope: Scope) -> Party | None:
    """来到茶山区职工托儿所。这所托儿所去年落成,造价52亿: the house a sentence points back to with 这 or 该."""
    if (project := _this_project(claim, scope)) is not None:
        return project
    opens = _THIS_HOUSE.match(claim.passage.text, *claim.sentence)
    if opens is None or claim.is_target or _ITS_GIVER.search(claim.says(claim.segment)) is None:
        return None
    return _house_before(re.escape(opens["noun"]), claim.line_no, claim.sentence[0], scope)


def named_before(who: Party, scope: Scope) -> Party | None:
    """奔山乡小学的屋顶漏了。省里拿出1.2亿为学校翻新: the house in its place that the bare noun points back to."""
    noun = _BARE_HOUSES.get(fold(who.text))
    if noun is None:
        return None
    found = _house_before(noun, who.line_no, who.start, scope)
    if found is None or not scope.places(found.line_no, (found.start, found.end)):
        return None
    return found


# 贤德养老院|住着60位老人, 武宁小学的图书室|年久失修
_HOUSE_IS = on_use(
    rf"(?:[^,;:。]{{0,12}}(?:这|那)[所座家个间栋])?(?P<who>[^,;:。\d]{{2,24}}?(?:{_HOUSES}))"
    r"(?=\d|[一二三四五六七八九十]{1,3}月|住|收|设|投|启|落|建|改建|扩建|翻|修|由|正|已|今|去|将|位|占|是|有|在|成立|年久|开|于|,|$)"
)
_COSTS = on_use(
    r"工程|建筑|施工|造价|耗资|建设|设备|家具|翻[修新]|修缮|安装|仪器|扩建|建材|斥资|统筹|手术|总投资|经费|材料|园舍|校舍|屋顶|带来|出资"
)


def house_told(claim: Claim, scope: Scope) -> Party | None:
    """平嘉县的供水点6月投用。工程费5.7亿: the house or works whose costs are told, of the sentences before."""
    if _COSTS.search(claim.passage.text, claim.segment[0], claim.clause[1]) is None:
        return None
    page = claim.passage
    near = [(page, s) for s in reversed(page.sentences) if s[1] <= claim.sentence[0]]
    near += [(other, other.sentences[0]) for other in scope.above(claim.line_no)[:1] if other.sentences]
    for other, sentence in near[:3]:
        for clause in other.clauses_in(sentence)[:2]:
            about = _HOUSE_IS.match(other.text, *clause)
            span = trimmed(other, *about.span("who")) if about else None
            if span is None or is_wrong(other.text[span[0] : span[1]]) or not can_receive(other, *span, scope):
                continue
            who = party(Phrase(other.line.line_no, *span), scope, inherited=True)
            if who is not None and not is_donor(changed(who, inherited=False), claim):
                return who
    return None


_STRONG_FRAMES = ("chosen", "into_hands", "visiting", "taker_is", "counted_helped", "for_so_many", "counted_receive")


def _of_words_before(claim: Claim, scope: Scope) -> Party | None:
    """联合会选中了奇山县的美理小学。/ 1500万变成了图书角: whom the end of the paragraph before, else the lead, told.

    Only one that is told apart by its place or, chosen or called on, by more than a word: 村民 may be any.
    """
    told = claim.says((claim.segment[0], claim.at[0]))
    if claim.is_target or (claim.project_count or 0) > 1 or _IN_ALL.search(told):
        return None
    earlier = [s for s in claim.passage.sentences if s[1] <= claim.sentence[0]]
    pages = [(claim.passage, earlier[-1:])]
    if not earlier:
        pages = [(p, list(p.sentences)[:-3:-1]) for p in scope.above(claim.line_no)[:1] or scope.top[-1:]]
    for page, sentences in pages:
        there = changed(claim, passage=page, at=(0, 1))
        for sentence in sentences:
            if any(sentence[0] <= m.char_start < sentence[1] for m in scope.money(page.line.line_no)):
                continue
            for clause in page.clauses_in(sentence):
                for who in in_frames(_STRONG_FRAMES, page, clause, there, scope):
                    placed = any(p.char_start == who.start for p in places_in(who, scope))
                    named_so = placed and _HOUSE.search(fold(who.text)) is not None
                    if named_so or _COUNTED_PEOPLE.fullmatch(fold(who.text)):
                        return changed(who, inherited=True)
            visited = _VISITED.search(page.text, *sentence)
            if visited and len(visited["who"]) >= _TOLD_APART and _PEOPLE.search(visited["who"]):
                return party(Phrase(page.line.line_no, *visited.span("who")), scope, inherited=True)
    return None


_TOLD_APART = 6


def _of_these(claim: Claim, scope: Scope) -> Party | None:
    """赠予古巴人民的大米启运。这批米市值200万: whom the sentence before names."""
    if not _THESE.match(claim.passage.text, claim.sentence[0]):
        return None
    before = [s for s in claim.passage.sentences if s[1] <= claim.sentence[0]]
    for clause in claim.passage.clauses_in(before[-1]) if before else []:
        for phrase in role_hits("recipient", claim.passage, clause):
            if (who := receiver(phrase, claim, scope)) is not None:
                return changed(who, inherited=True)
    return None


_COUNTED_PEOPLE = on_use(
    r"[^,;:]{0,14}?(?:\d[\d,]{0,15}|[一二两三四五六七八九十百千万]{1,8})[多余]?(?:名|户|位|所|个)[^,;:]{0,8}?"
    r"(?:医院|卫生站|妇女|学生|儿童|孩子|患者|家庭|老人|学校|小学|中学|农户|居民|村民|灾民|贫困户|渔民|边民|患儿)"
)


# 巴山县新添四个学习中心, 太安省人民医院添置救护车, 山平省五年引进援助逾千万
_GETS_NEW = on_use(
    r"^(?P<who>[^,;:的\d]{2,16}?)(?:[一二两三四五六七八九十]年)?(?:新添|喜添|喜获|添置|新增|迎来|用上|喝上|喜迎|获赠|引进外?援)"
)
# 移交“智慧教室”项目 says what is given, “友谊光明行”项目 is no more than a name
_SPEAKS_OF = on_use(
    r"教室|校|学|医|病|院|村|乡|路|桥|水|井|屋|房|家|儿|童|孩|老|妇|民|农|林|站|所|中心|园|馆|灾|粮|社区|系统|设备|基金"
)


def topic_recipient(claim: Claim, scope: Scope) -> Party | None:
    """Whom the lead and title say the aid is for, in an article without sections."""
    if scope.has_heading(claim.line_no):
        return None
    patterns = (
        _QUOTED_PROJECT, _PROJECT, _AIDED, _GETS_NEW,
        frame("to_somebody"), frame("helping"), frame("into_hands"), frame("giving_to"), frame("counted_receive"),
    )  # fmt: skip
    for page in reversed(scope.top):
        for clause in page.clauses:
            for pattern in patterns:
                for phrase in hits(pattern, page, clause):
                    said = page.text[phrase.start : phrase.end]
                    inside = scope.places(page.line.line_no, (phrase.start, phrase.end))
                    placed = any("pair" not in p.flags for p in inside) or (
                        pattern is _QUOTED_PROJECT and _SPEAKS_OF.search(said) is not None
                    )
                    counted = _COUNTED_PEOPLE.fullmatch(said) is not None
                    if not placed and not counted and not (len(said) <= 12 and REGION.search(said)):
                        continue
                    if is_wrong(said) or MIDDLEMAN.search(said):
                        continue
                    if pattern is not _QUOTED_PROJECT and not can_receive(page, phrase.start, phrase.end, scope):
                        phrase = cut(page, phrase, scope)
                        if not can_receive(page, phrase.start, phrase.end, scope):
                            continue  # 救援队土耳其十日记
                    return party(phrase, scope, inherited=True)
    return None
