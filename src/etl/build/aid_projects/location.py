"""Where a claim lies: the places that locate it and the code of their unit at the time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.governing import FAR
from etl.build.aid_projects.naming import bodies, named, party
from etl.build.aid_projects.nominals import AND, Phrase
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.mentions import PlaceMention, changed
from etl.normalize.places import iso_for_period, place_on
from etl.normalize.text import fold
from etl.pages import Role
from etl.patterns import on_use

_SAYS = on_use(r"说|表示|指出|称|介绍|透露|强调|告诉")
_TITLE_AND_SURNAME = on_use(
    r"(?:主席|会长|主任|书记|部长|局长|厅长|院长|校长|大使|总领事|代表|经理|秘书长|团长)[一-鿿]$"
)
_MANY = on_use(
    r"^(?:[两二三四五六七八九十]|\d{1,2})(?:个)?省(?![会委府])"
    r"|(?:[两二三四五六七八九十数几多各]+|\d+)(?:个)?[^,;:]{0,4}(?:省市?份?|地方)$|各省|各地|全国"
)
_SEVERAL_WORKS = on_use(r"等(?:[两二三四五六七八九十]+|\d+)(?:项|个|处)(?:援助|援建|大型|重点)?(?:工程|项目)")
_VENUE = on_use(
    r"^(?:与|和|同)|^[^,;。]{0,8}?(?:举行|举办|召开|签署|签订|会见|表示|宣布|发布|出席|开幕|结项|结题|验收|总结|收官|闭幕|转交|说|向|对记者|告诉|接受(?:记者)?采访|受访)"
)
_NOT_THERE = on_use(r"(?:驻|旅|旅居|来自|赴|(?<![走探造])访|籍|从|次出|离开|驶离|返回|回到)$")
_GOES_TO_HELP = on_use(r"^,[向为给]|^[^,;。]{0,10}?(?:探访|慰问|看望|义诊|捐|送|赈|救|开展|走访)")
_FROM_THERE = on_use(r"来信|来客|友人|朋友|客人|(?:\d{1,2}月)?(?:\d{1,2}日)?专?[电讯](?=[\s()】—:])")
_LINE_HEAD = 8  # characters that may stand before the town of a dateline: (本报, 越通社
_DATELINE = on_use(  # 河内,2024年10月11日——, 河内10月8日电
    r"[,( ]{0,2}(?:\d{4}年)?\d{1,2}月\d{1,2}日[) ]{0,2}(?:——|--|—|–|电|讯|\()|[ ]?(?:——|--)"
)
_OF_ALL = on_use(r"全部|全数|悉数|一并|统统|均|都(?!市)|皆")
# 胡志明市、清化省和义安省也分别捐助…: those who give
_GIVES = on_use(
    r"^(?:[、和与及][一-鿿]{2,6}?(?:省|市|县)?){0,5}(?:等[一-鿿]{0,4})?(?:也|都|均|还|又)?(?:分别|各自|各|依次|共同|已)?"
    r"(?:捐助|捐赠|捐款|捐出|认捐|赞助|资助|支援|出资|拨款|赠送)"
    # 平福省的救灾款, 广南省今年又加拨5亿, 山罗省带来的礼物: whose the money was
    r"|^(?:省|市|县)?(?:人民|民众|民|各界)?的(?:救灾款|赈灾款|善款|捐款|援款|捐赠|捐助|馈赠|心意|礼物|援助(?!项目))"
    r"|^(?:今年|去年|明年|每年|随后|近日|日前|当天)?(?:也|又|还|再|另|已|先后|共|将|则){0,2}"
    r"(?:追加|加拨|增拨|加捐|再捐|带来|送来|捐来|运来|寄来|拿出|凑出|慷慨解囊|伸出援手)"
)
_ON_THE_WAY = on_use(
    r"^[一-鿿]{0,3}?(?:港|口岸|机场)(?:卸|装|起运|启|靠)|^(?:转往|转赴|前往|口岸|港|关口|机场|过境|转运|启程|启运|出发|装船)"
)
_ARRIVED = ("运抵", "抵达", "送抵", "飞抵", "运到", "运至", "到达")
# 在河内市为贫困户建房: what is done there is for it; whatever else is in a capital, the country has it there
_WORKS_THERE = on_use(
    r"[市县郡区]?(?:的)?(?:开展|实施|执行|兴建|修建|新建|建设|建|为|给|援建|开办|设立|落实|资助|帮助|培训|捐建|启用|设|办|成立|落成|竣工|揭牌|动工|奠基|投用|交付|修|盖|打|推广)"
)
# Members of OECD's Development Assistance Committee (November 2025) and other economies of east Asia and the Gulf that
# give far more than they get.
GIVERS = frozenset(
    [
        *("AT", "AU", "BE", "CA", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HU", "IE", "IS", "IT"),
        *("JP", "KR", "LT", "LU", "NL", "NO", "NZ", "PL", "PT", "SE", "SI", "SK", "US"),
        *("AE", "HK", "IL", "KW", "MO", "QA", "SA", "SG", "TW"),
    ]
)
_OFFICE = on_use(
    r"(?:局|厅|部|委员会|人委会|人民议会|医院|学校|小学|中学|大学|学院|中心|友联|联合会|友好协会|红十字会|政府|站|妇联|共青团|阵线|科|处|卫生院|部队)$"
)
_FIRM = on_use(r"(?:会馆|会館|公司|集团|集團|商会|商會|银行|同乡会|同鄉會|企业|酒店|餐厅)$")
_NAME_LEAST = 3  # characters of a name that is looked for elsewhere on the page
_STATIONS = ("机场", "機場", "港口", "口岸", "码头", "碼頭", "车站", "車站")
_CAPITALS = ("河内", "首都", "金边", "万象", "永珍", "仰光", "内比都", "哈瓦那", "安卡拉", "曼谷")
_TOGETHER = on_use(r"[两二三四五六七八九十]{1,2}(?:个)?(?:省市|省|市|县|郡|乡|国)")
_LEADS_IN = on_use(r"(?:的)?(?:一家|一位|一名|某|几家|多家|两家)?[“「]?")
_IN_A_NAME = on_use(
    r"[一-鿿“]{0,8}?(?:扶轮社|协会|公司|集团|大学|基金会|教会|商会|企业)"
    r"|第\d{1,3}[一-鿿]{0,4}?(?:兵团|集团军|师|旅|团|军医院)"  # 嘉莱省第15兵团
)


_WORTH = on_use(
    r" ?(?:总|共|合计|合共|估|折合?|先后|累计)?(?:价值|价|值|市值|估价|估值|作价|折价|折合"
    r"|(?:投入|耗资|花费|耗费|支出|斥资|用款|造价)(?:资金|经费|善款)?)(?:约|近|逾|超过|共|为|达)?"
)


def near_clauses(claim: Claim, scope: Scope) -> list[Span]:
    """Its own clause, those behind it and before it as far as the next figure, then the rest of the segment."""
    clauses = claim.passage.clauses_in(claim.segment)
    here = next((i for i, c in enumerate(clauses) if c[0] <= claim.at[0] < c[1]), 0)
    own = {m.char_start for m in (claim.money, claim.equivalent, claim.unit) if m is not None}
    others = [
        m.char_start
        for m in scope.money(claim.line_no)
        if not m.per_unit and m.equivalent_of is None and m.char_start not in own
    ]
    order = clauses[here : here + 1]
    head = clauses[here - 1] if here and _WORTH.fullmatch(claim.says((clauses[here][0], claim.at[0]))) else None
    if head is not None and not any(head[0] <= f < head[1] for f in others):
        order = [*order, head]  # 向医院捐献药品,价值9亿,军医还为居民义诊: what it is worth was told right before
    rest: list[Span] = []
    for direction in (clauses[here + 1 : here + 1 + FAR], list(reversed(clauses[max(0, here - FAR) : here]))):
        blocked = False
        for clause in direction:
            if clause[0] > claim.at[0] and _A_PART.match(claim.passage.text, *clause):
                break  # 争取800万,其中三成投向两个山区县: of a part of it
            blocked = blocked or any(clause[0] <= f < clause[1] for f in others)
            if clause not in order:
                (rest if blocked else order).append(clause)
    if (more := _added_up(claim)) is not None:
        order += [c for c in claim.passage.clauses_in(more) if c not in order]
    # A、B各捐若干,善款全部交给X: what is said of all the figures together goes for each.
    return order + [c for c in rest if c[0] < claim.at[0] or _OF_ALL.search(claim.says(c))]


_ADDED = on_use(r" ?(?:连同|连带|再?加上|外加|并同|合着)")
_ALL_TOGETHER = on_use(r"全部|全数|悉数|一并|统统|这[一两]趟|一共|合计|总共|都(?!市)|均")


def _added_up(claim: Claim) -> Span | None:
    """义卖得款12万;连同认捐的9万,将悉数汇往老街: the segment behind that adds its sum up with the claim's."""
    behind = next((s for s in claim.passage.segments if s[0] >= claim.segment[1]), None)
    if behind is None or behind[0] >= claim.sentence[1] or _ADDED.match(claim.passage.text, *behind) is None:
        return None
    return behind if _ALL_TOGETHER.search(claim.passage.text, *behind) else None


def own_words(claim: Claim, scope: Scope) -> list[Span]:
    """Of a clause with several figures, those between the figure before and its own: 送到X的3亿、汇往Y的5亿."""
    start, stop = claim.clause
    own = {m.char_start for m in (claim.money, claim.equivalent, claim.unit) if m is not None}
    figures = [m for m in scope.money(claim.line_no) if start <= m.char_start < stop and m.char_start not in own]
    low = max([start, *(m.char_end for m in figures if m.char_end <= claim.at[0])])
    return [(low, claim.at[1])] if low > start else []


def whole_name(place: PlaceMention, scope: Scope) -> Phrase:
    """广治省海陵县, 莱州、老街两省: a place with those that follow it without a gap or in one breath."""
    text, end = scope.page_of(place.line_no).text, place.char_end
    for other in scope.places(place.line_no, (place.char_start, len(text))):
        if other.char_start == end or AND.fullmatch(text[end : other.char_start]):
            end = other.char_end
    together = _TOGETHER.match(text, end)
    end = together.end() if together else end
    return Phrase(place.line_no, place.char_start, end)


def places_in(who: Party | None, scope: Scope) -> list[PlaceMention]:
    """The places in a party's words; the two countries of a pair such as 越老 are none."""
    if who is None:
        return []
    return [p for p in scope.places(who.line_no, (who.start, who.end)) if "pair" not in p.flags]


def own_unit(claim: Claim, scope: Scope) -> PlaceMention | None:
    """A province named in the claim's own clauses that is neither the giver's nor the place of a meeting."""
    of_giver = {p.admin1 for p in _giver_s_places(claim, scope)}
    for span in near_clauses(claim, scope):
        for place in scope.places(claim.line_no, span):
            if place.admin1 and place.admin1 not in of_giver and is_where(place, claim, scope):
                return place
    return None


_A_PART = on_use(
    r" ?(?:其中|(?:最)?主要是|大头是|(?:单项|单笔)?(?:金额|数额|规模|投入|数目)?最[大高多小]的|当中"
    r"|余款|余下|其余|剩下|剩余|[^,;]{2,16}(?:各占|占(?![族婆巴城])了?|约占|独占)"
    # 已批准14个项目,半数以上落在边境各省
    r"|(?:绝?大部分|绝?大多数?|多数|大半|多半|(?:半数|一半)以上|[逾近超过]{1,2}半数?|[一二三四五六七八九]成(?:以上|多)?)(?=[^,;:花]{0,4}(?:用|落|投|分布|集中|流|在|位)))"
)
_TO_LAND = on_use(r"(?:首次|初次|第一次|头一次|来|到|赴|在|对|向|为|援|援助|支持|帮助)(?:到|了)?$")


def own_country(claim: Claim, scope: Scope) -> PlaceMention | None:
    """自2009年首次到越南以来累计投入3000万: the country that the claim's sentence says the giver is active in."""
    for place in scope.places(claim.line_no, claim.sentence):
        ahead = claim.passage.text[max(0, place.char_start - 4) : place.char_start]
        home = {p.country for p in places_in(claim.donor, scope)}
        if place.kind != "country" or "pair" in place.flags or place.country in home | GIVERS:
            continue
        inland = claim.passage.text.startswith(("国内", "境内"), place.char_end)
        if (inland or _TO_LAND.search(ahead)) and is_where(place, claim, scope):
            return place
    return None


def is_where(place: PlaceMention, claim: Claim, scope: Scope) -> bool:
    """Whether a place of the claim's line is where the aid goes: no venue, no port, no part of a name, no giver's."""
    text = claim.passage.text
    ahead, behind = text[max(0, place.char_start - 3) : place.char_start], text[place.char_end : place.char_end + 24]
    at = ahead.endswith(("在", "于"))
    if _SAYS.match(behind) and _TITLE_AND_SURNAME.search(text, max(0, place.char_start - 6), place.char_start):
        return False  # 主席陈|长春说: a person's name
    if place.quote.endswith(_STATIONS) or ahead.endswith(("次于", "高于", "低于", "多于", "少于", "优于")):
        return False  # 在内排国际机场交给了卫生部
    if ahead.endswith(("传到", "传至", "传抵", "传来")):
        return False  # 噩耗传到布拉格,同乡会筹得40万: where they are who give
    if (
        not at
        and behind[:6].strip("的0123456789")[:1] in _COUNTED_BY
        and _GIVERS_THERE.match(behind)
        and not _HELPS.search(ahead)
    ):
        return False  # 领到河内20家企业凑钱购置的书包: who gives is from there
    if ahead.endswith(("经", "经由", "通过")) and _BY_WAY_OF.match(behind):
        return False  # 经胡志明市一间会馆汇去: by way of whom
    if ahead.endswith("由") and _capital(place) and not behind.startswith((",", ";", "运", "发", "出")):
        return False  # 药械由河内第7军医院配送: whose hands they are
    if _is_landfall(place, claim.passage):
        return False
    if ahead.endswith("由") and _ITS_BUDGET.match(behind):
        return False  # 由隆安省财政拨款建成: who pays
    if ahead.endswith("代表") and place.kind == "admin1":
        return False  # 团长代表平福省人民移交: who gives
    if ahead.endswith(_ARRIVED) and _capital(place):
        return False  # 首批预计9月20日运抵河内: there it is landed, whoever it is for
    if (
        "pair" in place.flags
        or _is_elsewhere(text, place)
        or _ON_THE_WAY.match(behind)
        or _GIVES.match(behind)
        or (at and _VENUE.match(behind) and not _CAMP.match(behind) and not _works_there(place, text, behind))
    ):
        return False
    if at and place.kind in ("district", "commune", "city") and _LAUNCHED.match(behind):
        return False  # 在东河坊启动扫雷项目二期: where it is announced, the province has it
    if not at and _IN_A_NAME.match(behind):
        return False  # 日本堺市扶轮社
    if (
        at
        and (lives := _LIVES_THERE.match(text, place.char_end)) is not None
        and _gives_behind(claim, place, lives.end())
    ):
        return False  # 一位在大叻开民宿的法国人捐来: where who gives is at home
    if _is_counted(place, scope) or _among_counties(place, scope) or _of_giving_land(place, claim, scope, ahead):
        return False  # 材料费由水原市政府报销: whoever pays, it is not for Suwon
    if at and _capital(place) and _WORKS_THERE.match(behind) is None:
        return False
    for who in (claim.donor, claim.implementer, claim.approver):
        if who is None or who.line_no != place.line_no:
            continue
        if who.start <= place.char_start < who.end:
            return False
        if place.char_end <= who.start and _LEADS_IN.fullmatch(text, place.char_end, who.start):
            return False  # 上海|一家生物企业, 韩国仁川|“爱之桥”财团
    around = scope.actors(claim.line_no, (max(0, place.char_start - 40), place.char_end + 40))
    inside = [a for a in around if a.char_start <= place.char_start < a.char_end]
    return not any(a.entity_type in ("person", "delegation", "organization") for a in inside)


_COUNTED_BY = (*"家位名间个一两三四五六七八九十几多数",)
_GIVERS_THERE = on_use(
    r"(?:的)?(?:\d{1,4}|[一两三四五六七八九十几多数]{1,3})[多余]?[家位名间个](?:[^,;:。的]{0,4}?)(?:企业|公司|商号|商家|商户|药行|店铺|企业家|组织|教会)"
    r"[^,;:。]{0,4}?(?:凑|集资|合资|出钱|出资|捐|赠|资助|赞助|提供|分担|认购|自掏|掏钱)"
)
_HELPS = on_use(r"(?:[给向为]|帮助|援助|支持|资助)$")
_ITS_BUDGET = on_use(r"(?:财政|预算|政府|人委会|人民委员会)[^,;:。]{0,6}?(?:拨|出资|划|列支|支付|负担)")
_BY_WAY_OF = on_use(
    r"(?:的)?[一两]?[家间所个位][^,;:。]{0,10}?(?:会馆|协会|公司|商会|银行|机构|组织|基金会|友人|朋友|同乡)"
)
# 在富寿省举办的假肢安装营, 在老街市开办的培训班: there it is given
_CAMP = on_use(r"(?:举行|举办|召开)的?[^,;。]{0,10}?(?:营|班|义诊|课程|筛查|手术)")
_STRIKES = on_use(r"(?:扑向|直扑|登陆|逼近|袭击|侵袭|吹袭|横扫|掠过|席卷)了?[^,;:。]{0,8}$")
_MANY_STRUCK = on_use(
    r"(?:\d{1,2}|[一二两三四五六七八九十几多数]{1,4})(?:余|多)?个?(?:省市?|省份)[^,;。]{0,6}?(?:受灾|被淹|遭灾|受损|告急)"
)


def _is_landfall(place: PlaceMention, page: Passage) -> bool:
    """台风扑向广宁—海防沿海,十多个省市受灾: where it made land is but one of those struck."""
    at = place.char_start
    if _STRIKES.search(page.text, max(0, at - 12), at) is None:
        return False
    return _MANY_STRUCK.search(page.text, *page.sentence_at(at)) is not None


_LAUNCHED = on_use(r"[市县坊]?(?:启动|发起|签|宣布启动)")
_LIVES_THERE = on_use(
    r"[市县区]?(?:开(?!展|办|设|工|通|始)|经营|经商|做生意|打工|务工|工作|任教|教书|生活|居住|定居|留学|念书|读书|设厂|办厂|投资|创业|供职|执业|行医)"
    r"[^,;:。的]{0,8}的"
)
_GIVER_FAR = 8  # characters of what a giver is called before its name: 两位荷兰


def _gives_behind(claim: Claim, place: PlaceMention, end: int) -> bool:
    """Whether the giver's name stands right behind the end of a clause about him."""
    who = claim.donor
    return who is not None and who.line_no == place.line_no and end <= who.start <= end + _GIVER_FAR


def _is_counted(place: PlaceMention, scope: Scope) -> bool:
    """三个|沿海县: what the counties are, not the county of that name."""
    return place.kind == "district" and scope.page_of(place.line_no).text.endswith(("个", "各"), 0, place.char_start)


_GOES_TO = on_use(r"(?:在|向|给|为|往|到|至|抵|援|助|支援|帮助|对)$")


def _of_giving_land(place: PlaceMention, claim: Claim, scope: Scope, ahead: str) -> bool:
    """Whether a place lies in a country that gives, and neither its words nor a giver from Vietnam say it gets."""
    if place.country not in GIVERS or _GOES_TO.search(ahead):
        return False
    giver = [p for p in places_in(claim.donor, scope) if p.country]
    return not giver or giver[0].country in GIVERS


_OPENED = on_use(r"(?:移交|交接|落成|竣工|奠基|开工|动工|揭牌|启用|交付|剪彩|通车)[^,;。]{0,8}$")


def _works_there(place: PlaceMention, text: str, behind: str) -> bool:
    """卫生站移交仪式在巴域市举行, 在丰沙里市向友谊小学移交: what is opened or handed over there, is there."""
    if _capital(place):
        return False
    return behind.startswith(("向", "给", "将", "把")) or _OPENED.search(text[: place.char_start - 1]) is not None


def _is_elsewhere(text: str, place: PlaceMention) -> bool:
    """驻X, 旅X, 赴X: where somebody comes from or goes, unless he goes to help."""
    ahead = text[max(0, place.char_start - 3) : place.char_start]
    if ahead.endswith(("赴", "访")) and _GOES_TO_HELP.match(text[place.char_end : place.char_end + 24]):
        return False
    behind = text[place.char_end : place.char_end + 8]
    if place.char_start <= _LINE_HEAD and _DATELINE.match(text, place.char_end):
        return True
    return _NOT_THERE.search(ahead) is not None or _FROM_THERE.match(behind) is not None


# 在越落实的援助, 援古物资: a land in one character
_LANDS = {"越": "VN", "老": "LA", "柬": "KH", "古": "CU", "缅": "MM", "全国": "VN"}
_SHORT_LAND = on_use(
    r"(?P<who>全国)|(?:[对在援助]|(?<![一-鿿])向)(?P<land>[越老柬古缅])"
    r"(?=$|[^一-鿿]|落实|登记|注册|活动|运作|援助|提供|开展|实施|执行|捐|项目|资助|工作|活动|赠|的)"
)


def _written(code: str, scope: Scope) -> PlaceMention | None:
    """The first mention of a country by its full name."""
    same = (p for p in scope.findings.places if p.country == code and p.kind == "country" and "pair" not in p.flags)
    return next((p for p in same if scope.is_first_print(p.line_no)), None)


def _short_land(claim: Claim, scope: Scope) -> Party | None:
    """外国组织在越落实援助2亿: the land in one character, in the claim's sentence, else in the title or lead."""
    abroad = [p for p in places_in(claim.donor, scope) if p.country == "VN"]
    for page, span in [(claim.passage, claim.sentence), *((page, (0, len(page.text))) for page in scope.top)]:
        hit = _SHORT_LAND.search(page.text, *span)
        if hit is None or (hit["who"] and abroad):
            continue
        line = page.line.line_no
        if hit["land"]:
            code = _LANDS[hit["land"]]
            if (written := _written(code, scope)) is not None:
                return named(written, scope, inherited=True)
            whole = next((p for p in scope.pages if "全国" in p.text), None)
            if code == "VN" and page is not claim.passage and whole is not None:
                at = whole.text.index("全国")
                return Party("全国", whole.line.line_no, at, at + 2, inherited=True)
        start, end = hit.span("who") if hit["who"] else hit.span("land")
        return Party(page.line.text[start:end], line, start, end, inherited=line != claim.line_no)
    return None


_AIDS_LAND = on_use(
    r"[对援](?P<land>[老柬古缅])(?:方)?(?:援建|援助|支援|帮扶|援外|援|扶持|捐赠|捐助)[^,;:。]{0,8}?(?:经费|资金|款|预算|规模|力度|总额|额)"
)


def land_aided(claim: Claim, scope: Scope) -> Party | None:
    """对老援助资金由20亿提高到24亿: the land in one character that the claim's own clause says the money is for."""
    hit = _AIDS_LAND.search(claim.passage.text, claim.clause[0], claim.at[0])
    if hit is None:
        return None
    written = _written(_LANDS[hit["land"]], scope)
    if written is not None:
        return named(written, scope, inherited=True)
    start, end = hit.span("land")
    return Party(claim.passage.line.text[start:end], claim.line_no, start, end)


def locate(claim: Claim, scope: Scope, before: Sequence[Claim], topic: Party | None) -> Claim:
    """The claim with its places and their code; `topic` is whom the lead and title say the aid is for."""
    land = None if claim.recipient is None else _LANDS.get(fold(claim.recipient.text))
    if land is not None and _AIDS_LAND.search(claim.passage.text, claim.clause[0], claim.at[0]) is not None:
        return changed(claim, recipient_iso=land, recipient_country=land)  # 对|柬|援建预算
    places = _places(claim, scope, before, topic)
    claim = changed(claim, places=tuple(places))
    if claim.recipient is not None and _is_many(claim.recipient, scope):
        country = next((p.country for p in places if p.country), "VN")
        if _LAND_S_PROVINCES.match(claim.recipient.text):
            country = _LANDS[claim.recipient.text[0]]
        if re.match(r"上述|这|以上", claim.recipient.text) and before and before[-1].recipient_country:
            country = before[-1].recipient_country
        return changed(claim, recipient_iso=country, recipient_country=country)
    hands = claim.implementer
    if (
        claim.recipient is not None
        and claim.recipient.inherited
        and hands is not None
        and hands.line_no == claim.line_no
        and _BOTH_PROVINCES.match(fold(hands.text))
        and len({p.country for p in places}) == 1
    ):  # 委托两省红十字会分发: it goes to both
        return changed(claim, recipient_iso=places[0].country, recipient_country=places[0].country)
    if not places:
        short = _short_land(claim, scope) if claim.recipient is None else claim.recipient
        land = None if short is None else _LANDS.get(fold(short.text))
        if land is None and short is not None and claim.recipient is None:  # 在越 where the page writes 越南 elsewhere
            land = next((p.country for p in places_in(short, scope)), None)
        if claim.recipient is not None and _REGION.match(fold(claim.recipient.text)):
            land = "VN"
        if land is None:
            return claim
        return changed(claim, recipient=short, recipient_iso=land, recipient_country=land)
    if claim.recipient is None:
        away = places[0].line_no != claim.line_no
        claim = changed(claim, recipient=party(_one_breath(places, scope), scope, inherited=away))
    coded = _coded(claim, scope, places)
    if (coded.recipient_iso or "").startswith("VN-") and _is_wide(claim, scope):
        return changed(coded, recipient_iso="VN", recipient_place=None)
    return coded


# 统一分配给受灾省份, 2016年进入九龙江平原,已完成46个项目: the sum is for more than the province of the page
_WIDE = on_use(
    r"(?:受灾|灾区|北部|中部|南部|西北|东北)[^,;:。]{0,4}?(?:各省|省份)|(?:越南)?(?:北部|中部|南部)(?:山区)?灾区"
    r"|九龙江平原|湄公河(?:三角洲|平原)|红河(?:三角洲|平原)"
)


def _is_wide(claim: Claim, scope: Scope) -> bool:
    """Whether the claim's own words, or those that open its sentence, name a region and no province."""
    opening = claim.passage.clauses_in(claim.sentence)[:2]
    spans = [claim.segment, *(clause for clause in opening if clause[1] <= claim.segment[0])]
    if not any(_WIDE.search(claim.passage.text, *span) for span in spans):
        return False
    own = [p for p in scope.places(claim.line_no, claim.segment) if p.admin1 and p.country == "VN"]
    return not own


_BOTH_PROVINCES = on_use(r"(?:上述|这)?(?:[两二三四五六七八九十数几各]|\d{1,2}个?)省(?![会委府])")
_LAND_S_PROVINCES = on_use(r"[老柬古缅][东西南北中]部?(?:各|[两二三四五六七八九十\d]+个?)省")  # 柬东三省


def _is_many(who: Party, scope: Scope) -> bool:
    """西北各省, 七个省: several provinces; the 多 of 蒙多基里省 counts nothing. Works in several places are as many.

    洞海医院、巴亭宾馆等五项工程: the one place the words name is not where all of them are.
    """
    many = _MANY.search(who.text)
    inside = [p for p in scope.places(who.line_no, (who.start, who.end)) if p.kind != "region"]
    if many and not any(p.char_start <= who.start + many.start() < p.char_end for p in inside):
        return True
    listed = "、" in who.text and not any(p.kind in ("admin1", "country") for p in inside)
    return listed and _SEVERAL_WORKS.match(scope.page_of(who.line_no).text, who.end) is not None


def _places(claim: Claim, scope: Scope, before: Sequence[Claim], topic: Party | None) -> list[PlaceMention]:
    """In its recipient's name, its sentence, the claim it leans on, the topic, its bodies' names, the lines above."""
    inside = [p for p in places_in(claim.recipient, scope) if not (_seat(p, scope) or _came_from(p, scope))]
    inside = [_as_elsewhere(p, scope) for p in inside]
    if claim.recipient is not None:  # 老挝驻越南大使 is of Laos
        text = scope.page_of(claim.recipient.line_no).text
        inside = [p for p in inside if not text.endswith("驻", 0, p.char_start)]
    if not any(p.admin1 or p.country for p in inside) and (told := _named_before(claim.recipient, scope)) is not None:
        return [told]
    if all(is_guess(p, scope) for p in inside) and (same := _told_of_before(claim, before)) is not None:
        return list(same.places)
    if claim.recipient is not None and any(is_guess(p, scope) for p in inside):
        leans = next((c for c in before if c.number == claim.leans_on), None)
        of_giver = {p.admin1 for p in _giver_s_places(claim, scope)}
        if leans is not None and any(p.admin1 and p.admin1 not in of_giver for p in leans.places):
            return list(leans.places)
    inside = [p for p in inside if not (_among_counties(p, scope) or _is_namesake(p, scope) or _is_counted(p, scope))]
    if not inside and claim.recipient is not None and _ITS.match(fold(claim.recipient.text)):
        at = claim.recipient.start  # 该校|机械系: where the school is
        inside = places_in(party(Phrase(claim.recipient.line_no, at, at + 2), scope), scope)
    if any(p.kind == "country" and p.country != "VN" for p in inside):
        inside = [p for p in inside if p.kind != "region"]  # 老挝|北部六省
    lands = list(dict.fromkeys(p.country for p in inside if p.country))
    if len(lands) > 1 and not any(p.admin1 for p in inside):
        if claim.recipient is not None and _FRIENDSHIP.search(fold(claim.recipient.text)):
            lands, inside = [], []  # 越南—古巴友谊医院 is of neither for its name
        inside = [p for p in inside if p.country == lands[-1]]  # 学习越南语的泰国学生
    unlisted = [is_guess(p, scope) for p in inside if p.admin1]
    if unlisted and all(unlisted) and (there := _land_entered(claim, scope)) is not None:
        return [there]
    if (across := _across(claim, scope, inside)) is not None:
        return [across]
    inside = [_of_neighbour(_of_land_told(p, scope), scope) for p in inside]
    guesses = [is_guess(p, scope) for p in inside if p.admin1]
    if guesses and all(guesses) and (local := body_at_home(claim, scope)):
        return local  # 安沛省红十字会…赴木江界县: whatever province the page is of
    units = [p for p in inside if p.admin1]
    if inside and not units and all(p.kind in ("district", "commune") for p in inside):
        unit = own_unit(claim, scope)  # 昆嵩省与协会签约:德都县的项目: a district of no list is of the province told
        units = [unit] if unit is not None and unit.kind == "admin1" else []
    if units or any(p.country for p in inside):
        return units or _finer(claim, inside, scope) or inside
    unit = own_unit(claim, scope)
    leans = next((c for c in before if c.number == claim.leans_on), None)
    if unit is not None and is_guess(unit, scope):
        unit = _as_elsewhere(unit, scope)
        across = (_told_across(claim, scope, topic) if is_guess(unit, scope) else None) or _of_neighbour(unit, scope)
        if across is not unit:
            return [across]
        if is_guess(unit, scope) and leans is not None and any(p.admin1 for p in leans.places):
            return list(leans.places)  # 向华潘省援助3亿…其中,万赛县的水渠: a district of the land it all went to
    if unit is not None:
        units = _enumerated(unit, scope)
        return (_hands_at_home(claim, scope, units) if len(units) > 1 else []) or units
    if claim.recipient is not None and _HERE.match(fold(claim.recipient.text)):
        units = [p for p in scope.places_before(claim.line_no, claim.at[0]) if p.admin1 and "pair" not in p.flags]
        if units:
            return units[:1]
    if claim.recipient is not None and _REGION.match(fold(claim.recipient.text)) and abroad(claim, scope) is None:
        country = _written("VN", scope)
        return [] if country is None else [country]
    if leans is not None and leans.places:
        return _hands_at_home(claim, scope, leans.places) or list(leans.places)
    if (land := _several_of(claim, scope)) is not None:
        return [land]
    if (entered := _house_entered(claim, scope)) is not None:
        return [entered]
    if before_it := _unit_before(claim, scope):
        return before_it
    if (land := _of_side(claim, scope) or _of_emigrants(claim, scope) or abroad(claim, scope)) is not None:
        return [land]
    near = places_in(topic, scope) or body_at_home(claim, scope) or _stop_of_trip(claim, scope)
    if near:
        return near
    # 海河县共青团给广德、广山两乡的学生发放助学金
    of_its_own = claim.recipient is not None and _OF_ITS_OWN.search(fold(claim.recipient.text)) is not None
    if of_its_own and (own := _giver_s_home(claim, scope)):
        return own
    of_giver = {p.admin1 for p in _giver_s_places(claim, scope) if p.admin1}
    home = [p for p in home_of(claim.implementer, scope, claim.donor) if p.admin1 not in of_giver]
    above = [] if any(p.admin1 for p in home) else _above(claim, scope)
    # 越南祖国阵线 says only the country: a province above says more.
    found = (above if any(p.admin1 for p in above) else home or above) or _giver_s_home(claim, scope)
    return found or _only_unit(claim, scope)


_A_HOUSE = on_use(r"[一-鿿“”]{2,}(?:学校|小学|中学|大学|学院|医院|卫生[站院所]|医疗站|幼儿园|孤儿院|养老院|中心)$")


def _told_of_before(claim: Claim, before: Sequence[Claim]) -> Claim | None:
    """向巴隆县农校移交水泵 / 校方说,项目经费2亿: the claim before that placed the same house."""
    if claim.recipient is None or _A_HOUSE.fullmatch(fold(claim.recipient.text)) is None:
        return None
    same = (c for c in reversed(before) if c.recipient is not None and c.recipient.text == claim.recipient.text)
    return next((c for c in same if c.places), None)


def _hands_at_home(claim: Claim, scope: Scope, whole: Sequence[PlaceMention]) -> list[PlaceMention]:
    """为两省筹得170万…75万交予安沛省红十字会,由其分给六所学校: the province of who takes a part of it, in its name."""
    hands = claim.implementer
    units = {p.admin1 for p in whole if p.admin1}
    if hands is None or hands.inherited or hands.line_no != claim.line_no or len(units) == 1:
        return []
    if not claim.segment[0] <= hands.start < claim.segment[1]:
        return []
    lands = {p.country for p in whole}
    at_home = [p for p in home_of(hands, scope, claim.donor) if p.admin1 and p.country in lands]
    return [p for p in at_home if not units or p.admin1 in units]


_ITS = on_use(r"[该此][校院馆园站乡村社县]")
_STOP = on_use(r"(?:第[一二三四五六七八\d]站|首站|头一站|末站|最后一站)[^,;:。]{0,6}?(?:是|为|到|在|设在|选在|抵达)了?")


def _told_across(claim: Claim, scope: Scope, topic: Party | None) -> PlaceMention | None:
    """运到蒙莫县 in an article on aid to Laos: the one province of it that the paragraph names, else the land."""
    lands = {p.country for p in places_in(topic, scope)} - GIVERS - {None, "VN", "CN"}
    if len(lands) != 1:
        return None
    here = [p for p in scope.places(claim.line_no, (0, claim.at[0])) if p.admin1 and p.country in lands]
    if len({p.admin1 for p in here}) != 1:
        here = [p for p in places_in(topic, scope) if p.admin1]
    return here[0] if len({p.admin1 for p in here}) == 1 else _written(next(iter(lands)) or "", scope)


def _of_neighbour(place: PlaceMention, scope: Scope) -> PlaceMention:
    """巴棉县 in an article on 嘉莱省与腊塔纳基里省: a county that is none of Vietnam's lies in the province across."""
    if place.kind != "district" or place.country != "VN" or not fold(place.quote).endswith("县"):
        return place
    if not is_guess(place, scope):
        return place
    there = [
        p
        for page in scope.top
        for p in scope.places(page.line.line_no, (0, len(page.text)))
        if p.kind == "admin1" and p.country in ("LA", "KH")
    ]
    return there[0] if len({p.admin1 for p in there}) == 1 else place


_NEIGHBOURS = (None, "VN", "LA", "KH", "CN")  # whose provinces are named without the land


def _of_land_told(place: PlaceMention, scope: Scope) -> PlaceMention:
    """圣地亚哥省 on a page on Cuba: a namesake in a land that the page never names is of the one that it does."""
    if place.kind == "country" or place.country in _NEIGHBOURS:
        return place
    lands = {p.country for p in scope.findings.places if p.kind == "country" and "pair" not in p.flags}
    lands -= GIVERS | {None, "VN", "CN"}
    if len(lands) != 1 or place.country in lands:
        return place
    return _written(next(iter(lands)) or "", scope) or place


def _stop_of_trip(claim: Claim, scope: Scope) -> list[PlaceMention]:
    """行程的第一站是岘港。/ 当天下午,一行人来到…: the province that a trip told of has come to last."""
    for page in [claim.passage, *scope.before(claim.line_no)]:
        stop = claim.at[0] if page is claim.passage else len(page.text)
        for hit in reversed(list(_STOP.finditer(page.text, 0, stop))):
            here = [p for p in scope.places(page.line.line_no, (hit.end(), stop)) if p.char_start == hit.end()]
            return [p for p in here if p.admin1]
    return []


def _across(claim: Claim, scope: Scope, inside: Sequence[PlaceMention]) -> PlaceMention | None:
    """安江省把课桌送到基里翁县 in an article on 茶胶: a district of no list is not of the giver's own province.

    Nor is 北部六省, said of what Vietnam gives Laos, of Vietnam.
    """
    if inside and all(p.kind == "region" for p in inside):
        away = abroad(claim, scope)
        return away if away is not None and away.line_no == claim.line_no else None
    if not inside or not all(p.admin1 and is_guess(p, scope) for p in inside):
        return None
    at_home = {p.admin1 for p in _giver_s_places(claim, scope)}
    return abroad(claim, scope) if all(p.admin1 in at_home for p in inside) else None


def _land_entered(claim: Claim, scope: Scope) -> PlaceMention | None:
    """代表团转到波罗勉省。奔山乡小学…: the province abroad that the paragraph of a commune of no list came to last."""
    giver = claim.donor
    before = [
        p
        for p in scope.places(claim.line_no, (0, claim.at[0]))
        if p.kind == "admin1"
        and "pair" not in p.flags
        and not (giver is not None and giver.line_no == p.line_no and giver.start <= p.char_start < giver.end)
    ]
    if not before or before[-1].country in GIVERS | {None, "VN", "CN"}:
        return None
    text = claim.passage.text
    comes_to = ("转到", "来到", "抵达", "前往", "赴", "在", "转往", "到访", "回访", "走访")
    return before[-1] if text.endswith(comes_to, 0, before[-1].char_start) else None


def _only_unit(claim: Claim, scope: Scope) -> list[PlaceMention]:
    """亚洲基金会与得农省图书馆合作…费用52亿: where nothing says where, the only province that the page names.

    No page that names a land which gets, or a claim for the whole country.
    """
    if _NATION_WIDE.search(claim.says(claim.sentence)):
        return []
    told = [p for p in scope.findings.places if "pair" not in p.flags]
    if any(p.country not in GIVERS | {None, "VN", "CN"} for p in told):
        return []
    units = [p for p in told if p.country == "VN" and p.admin1 and not _is_counted(p, scope)]
    units = [p for p in units if not _is_landfall(p, scope.page_of(p.line_no))]
    return units[:1] if len({p.admin1 for p in units}) == 1 and not _capital(units[0]) else []


_NATION_WIDE = on_use(
    r"全国|全越|各省|各地|[两二三四五六七八九十几多\d]+(?:个)?省|国际社会|中央|灾区|中部|北部|南部|西原"
)


_OF_A_PROVINCE = on_use(
    r"委$|委员会|红十字会|阵线|妇联|友联|联合会|协会|分会|人委会|政府|财政|团委|农会|工会|侨联|共青团|青年团"
)
_OF_ITS_OWN = on_use(r"(?<!下)[乡镇坊村社](?!会|区)")
_ELSEWHERE = on_use(r"灾|中部|北部|南部|西原|山区|边境|全国|国外|海岛|前线")


def _giver_s_home(claim: Claim, scope: Scope) -> list[PlaceMention]:
    """海防市委把25亿转给贫困工人, 平阳省华人企业协会向省综合医院捐赠: a province's own body gives at home."""
    giver, taker = claim.donor, claim.recipient
    if (
        giver is None
        or (giver.inherited and giver.line_no != claim.line_no)
        or _OF_A_PROVINCE.search(fold(giver.text)) is None
    ):
        return []
    if taker is not None and _ELSEWHERE.search(fold(taker.text)):
        return []
    inside = [p for p in places_in(giver, scope) if p.country not in (None, "VN")]
    units = [p for p in places_in(giver, scope) if p.admin1 and p.country == "VN"]
    return [] if inside else units[:1]


# 中部灾民, wherever who raises the money for them is at home
_REGION = on_use(
    r"(?:中部|北部|南部|西原|中南部|北中部|西北部?|北方)(?:地区|各地|山区)?(?:灾区|灾民|受灾|人民|同胞|民众|群众|乡亲)"
    r"|越[中北南](?:部|灾|$)|[中北南]部$"
)
_FRIENDSHIP = on_use(r"友谊|友好|[-—]")
_COUNTIES = on_use(r"[、和与及][^,;:。]{1,10}?[两二三四五六七八九十]+(?:个)?[县郡乡]")


def _among_counties(place: PlaceMention, scope: Scope) -> bool:
    """广宁、丽水两县: a district that bears the name of a province."""
    if place.kind != "admin1" or place.quote.endswith(("省", "市")):  # 山西、茶西两县 lie in no 山西 of China
        return False
    return _COUNTIES.match(scope.page_of(place.line_no).text, place.char_end) is not None


_COUNTY_ENDS = ("县", "郡", "乡", "社", "坊", "镇")


def _is_namesake(place: PlaceMention, scope: Scope) -> bool:
    """广义省|山西|县: a county told right behind its province bears the name of a province abroad."""
    text = scope.page_of(place.line_no).text
    if place.kind != "admin1" or place.country == "VN" or not text.startswith(_COUNTY_ENDS, place.char_end):
        return False
    ahead = scope.places(place.line_no, (max(0, place.char_start - 8), place.char_start))
    return any(p.country == "VN" and p.admin1 and p.char_end == place.char_start for p in ahead)


_SEVERAL = on_use(r"[两二三四五六七八九十几多各\d]+(?:个)?(?:省|地)")


_ENTERS = on_use(r"(?:走进|来到|走访|到访|探访|参观|造访|前往|抵达|赶到|访问|看望|慰问|视察|考察|探望|拜访)了?$")
_HOUSE_NAMED = on_use(
    r"[一-鿿]{0,10}?(?:大学|学院|中学|小学|学校|幼儿园|医院|卫生[站院]|孤儿院|养老院|福利院|中心"
    r"|越侨(?:总?会|协会|联谊会|社团)|越人(?:总?会|协会))"  # 探望川圹越侨总会,给学生发放助学金
)


def _house_entered(claim: Claim, scope: Scope) -> PlaceMention | None:
    """走进归仁大学,将图书交到中文系师生手中: where the house is that the sentence comes into last, by its name."""
    found = None
    for place in scope.places(claim.line_no, (claim.sentence[0], claim.at[0])):
        if place.admin1 is None or place.country in GIVERS | {"CN"} or "pair" in place.flags:
            continue
        ahead = _ENTERS.search(claim.passage.text, max(0, place.char_start - 4), place.char_start)
        if ahead is not None and _HOUSE_NAMED.match(claim.passage.text, place.char_end):
            found = place
    return found


def _several_of(claim: Claim, scope: Scope) -> PlaceMention | None:
    """面向越南五省的奖学金: the country whose several provinces the claim's sentence names together."""
    for place in scope.places(claim.line_no, claim.sentence):
        if place.kind == "country" and "pair" not in place.flags and _SEVERAL.match(claim.passage.text, place.char_end):
            return place
    return None


_HERE = on_use(r"当地|本地|该地|全[省市县]|[省市县]内|本[省市县]")


def _seat(place: PlaceMention, scope: Scope) -> bool:
    """位于河内的越南橙剂受害者协会: the capital is where a body of the country has its seat."""
    text = scope.page_of(place.line_no).text
    return _capital(place) and text.endswith(("位于", "设在", "设于", "坐落于"), 0, place.char_start)


_CAME_BACK = on_use(r"(?:返|回|归|来|迁|移居|撤)")


def _came_from(place: PlaceMention, scope: Scope) -> bool:
    """早年由香港|返越定居的长者: whence somebody came is not where he is helped."""
    text = scope.page_of(place.line_no).text
    from_there = text.endswith(("由", "从", "自"), 0, place.char_start)
    return from_there and _CAME_BACK.match(text, place.char_end) is not None


def _one_breath(places: Sequence[PlaceMention], scope: Scope) -> Phrase:
    """The first place with those it is listed with: 芹苴市及前江、永隆三省."""
    whole = whole_name(places[0], scope)
    return whole if len(places) > 1 else Phrase(whole.line_no, places[0].char_start, places[0].char_end)


def _enumerated(unit: PlaceMention, scope: Scope) -> list[PlaceMention]:
    """莱州、老街两省: the units that are named in one breath with the first."""
    text, found = scope.page_of(unit.line_no).text, [unit]
    end = unit.char_end
    for place in scope.places(unit.line_no, (unit.char_end, len(text))):
        if place.kind != unit.kind and place.char_start == end:
            end = place.char_end  # 承天顺化省|广田县|和广南省大禄县
        elif place.kind == unit.kind and AND.fullmatch(text[end : place.char_start]) is not None:
            found.append(place)
            end = place.char_end
        else:
            break
    return found


def _named_before(who: Party | None, scope: Scope) -> PlaceMention | None:
    """The province that stands right before the same words elsewhere on the page: 特本克蒙省|棉末县."""
    if who is None or len(who.text) < _NAME_LEAST:
        return None
    for page in scope.pages:
        at = page.line.text.find(who.text)
        while at >= 0:
            before = [p for p in scope.places(page.line.line_no, (0, at)) if p.char_end == at and p.admin1]
            if before:
                return before[-1]
            at = page.line.text.find(who.text, at + 1)
    return None


def _as_elsewhere(place: PlaceMention, scope: Scope) -> PlaceMention:
    """福庆乡 is the commune that the page elsewhere calls 老街省保安县福庆乡."""
    if (place.admin1 or place.country) and not is_guess(place, scope):
        return place
    again = (
        p
        for p in scope.findings.places
        if (p.quote == place.quote or _is_seat_of(place, p))
        and p.admin1
        and scope.is_first_print(p.line_no)
        and not is_guess(p, scope)
    )
    return next(again, place)


def _is_seat_of(place: PlaceMention, unit: PlaceMention) -> bool:
    """白沙市 on a page that tells of 白沙省 abroad: its chief town."""
    if unit.kind != "admin1" or unit.country in ("VN", "CN") or not place.quote.endswith("市"):
        return False
    return unit.quote.rstrip("省市") == place.quote[:-1]


def is_guess(place: PlaceMention, scope: Scope) -> bool:
    """万赛县 alone, a district of no list: it is of the page's province only for want of another."""
    if (
        place.place_id is not None
        or place.kind not in ("district", "commune")
        or not scope.is_first_print(place.line_no)
    ):
        return False
    before = scope.places(place.line_no, (max(0, place.char_start - 8), place.char_start))
    return not any(p.char_end == place.char_start for p in before)


# Who is paid for a piece of work may be from anywhere.
_HIRED = on_use(r"(?:学院|公司|集团|研究院|设计院|银行|剧团|大学)(?:设计|施工|承建|负责|统筹|执行){0,2}$")


def home_of(who: Party | None, scope: Scope, giver: Party | None) -> list[PlaceMention]:
    """The province, else the country, in the name of the body that raised or handed on the money.

    A builder from the giver's own country (由中方出资,交由广西企业施工) says nothing of where.
    """
    if who is not None and _HIRED.search(fold(who.text)):
        return []
    abroad = {p.country for p in places_in(giver, scope)} - {"VN"} | GIVERS  # 日本某工会 carries nothing out at home
    inside = [p for p in places_in(who, scope) if p.country not in abroad]
    if not any(p.country == "VN" for p in places_in(giver, scope)):
        inside = [p for p in inside if p.country != "CN"]  # 那坡县红十字会 hands on at home no aid to Vietnam
    told = {p.country for page in scope.top for p in scope.places(page.line.line_no, (0, len(page.text)))}
    if "VN" in told and not told - {"VN", None, "HK", "MO", "TW"}:
        inside = [p for p in inside if p.country in (None, "VN")]  # in 香港商会's hands, not for Hong Kong
    return [p for p in inside if p.admin1][:1] or [p for p in inside if p.kind == "country"][:1]


def _unit_before(claim: Claim, scope: Scope) -> list[PlaceMention]:
    """移交仪式在柴桢省举行。卫生站由西宁省出资兴建: the province that the sentence right before is set in."""
    earlier = [s for s in claim.passage.sentences if s[1] <= claim.sentence[0]][-1:]
    of_giver = {p.admin1 for p in _giver_s_places(claim, scope)}
    for span in earlier:
        for place in scope.places(claim.line_no, span):
            if place.admin1 and place.admin1 not in of_giver and is_where(place, claim, scope):
                return _enumerated(place, scope)
    return []


_SIDE = on_use(
    r"(?:^|[,;:。 ])(?P<side>[老柬古缅]方)(?:将|会|拟|计划|打算|已|随后)?[^,;。]{0,6}?"
    r"(?:用于|用来|用作|拨给|分给|转给|交给|发给|投入)"
)


def _of_side(claim: Claim, scope: Scope) -> PlaceMention | None:
    """缅方将拨给两所倒塌的学校: the country whose side puts the money to use."""
    side = _SIDE.search(claim.passage.text, claim.sentence[0], claim.sentence[1])
    if side is None:
        return None
    return _written(_LANDS[side["side"][0]], scope)


_EMIGRANTS = on_use(r"越裔|越侨|越南侨胞|旅居|侨民")


def _of_emigrants(claim: Claim, scope: Scope) -> PlaceMention | None:
    """越南驻柬埔寨大使馆慰问了越裔贫困家庭: emigrants live in the country that the mission is in."""
    if claim.recipient is None or _EMIGRANTS.search(fold(claim.recipient.text)) is None:
        return None
    for page in [claim.passage, *scope.above(claim.line_no)[:1], *scope.top]:
        for place in scope.places(page.line.line_no, (0, len(page.text))):
            if place.country != "VN" and page.text.endswith("驻", 0, place.char_start):
                return place
    return None


_OF_LAND = on_use(r"[柬老古缅](?:国)?(?:红会|红十字|方|政府|国家|卫生部|国防部)|[一-鿿]{0,3}军区?|国家|皇家|当地军民")


def abroad(claim: Claim, scope: Scope) -> PlaceMention | None:
    """越方出资承建的哨所 in an article on 奠边与丰沙里: where aid of a giver from Vietnam goes across the border.

    The first unit, else country, of the sentence, the title or the lead, that gets rather than gives.
    """
    giver = [p for p in places_in(claim.donor, scope) if p.country]
    if not giver or giver[0].country != "VN":
        return None
    spans = [(claim.passage, claim.sentence), *((page, (0, len(page.text))) for page in scope.top)]
    for page, span in spans:
        there = [
            p
            for p in scope.places(page.line.line_no, span)
            if p.country not in GIVERS | {None, "VN", "CN"}
            and not _IN_A_NAME.match(page.text, p.char_end)
            and "pair" not in p.flags
            and not _is_elsewhere(page.text, p)
        ]
        several = len({p.admin1 for p in there if p.admin1}) > 1
        national = claim.recipient is not None and _OF_LAND.match(fold(claim.recipient.text)) is not None
        if several or national:
            return next((p for p in there if not p.admin1), there[0] if several else None)
        if there:
            return next((p for p in there if p.admin1), there[0])
    return None


def _units_of_page(country: str | None, scope: Scope) -> set[str]:
    """The units of a country that the page names anywhere."""
    named_here = (p for p in scope.findings.places if p.country == country and "pair" not in p.flags)
    return {p.admin1 for p in named_here if p.admin1}


_CAMPUS = on_use(r"(?:大学|学院|研究院|研究所|师范)$")


def _of_other_province(inside: Sequence[PlaceMention], scope: Scope) -> bool:
    """Whether title and lead name provinces of Vietnam, none of them one of these."""
    top = [p for page in scope.top for p in scope.places(page.line.line_no, (0, len(page.text)))]
    told = {p.admin1 for p in top if p.admin1 and p.country == "VN"}
    return bool(told) and told.isdisjoint(p.admin1 for p in inside)


def body_at_home(claim: Claim, scope: Scope) -> list[PlaceMention]:
    """新加坡国际基金会与芹苴市卫生局合作: the province in the name of the Vietnamese body."""
    donor = claim.donor
    of_vietnam = [p.country for p in places_in(donor, scope)][:1] == ["VN"]
    for actor in bodies(scope, claim.line_no, claim.sentence):
        gives = donor is not None and donor.line_no == actor.line_no and donor.start <= actor.char_start < donor.end
        if of_vietnam and not gives and actor.country not in (None, "VN"):
            # 柬埔寨卫生部的统计显示,来自越南的捐赠共680万
            return [p for p in scope.places(actor.line_no, (actor.char_start, actor.char_end)) if p.country][:1]
        if gives or actor.country not in (None, "VN"):
            continue
        if _OFFICE.search(fold(actor.name)) is None:
            continue  # 義安會館 gives too
        inside = scope.places(actor.line_no, (actor.char_start, actor.char_end))
        if _CAMPUS.search(fold(actor.name)) and _of_other_province(inside, scope):
            continue  # 荣市大学 at work in the province of the title
        units = [_as_elsewhere(p, scope) for p in inside if p.admin1 and p.country == "VN"]
        if units:
            return units
    return []


def _finer(claim: Claim, inside: Sequence[PlaceMention], scope: Scope) -> list[PlaceMention]:
    """越南的手术基金 in an article whose title names one province of the country lies in that province."""
    if claim.recipient is None or len(claim.recipient.text) - len(inside[0].quote) < 3:
        return []
    units = [
        place
        for page in scope.top
        if page.line.role is Role.TITLE
        for place in scope.places(page.line.line_no, (0, len(page.text)))
        if place.admin1 and place.country == inside[0].country
    ]
    here = {p.admin1 for p in scope.places(claim.line_no, claim.sentence) if p.country == inside[0].country}
    return units if len({p.admin1 for p in units}) == 1 and len(here - {None}) < 2 else []  # 两赴高平省、三赴谅山省


def _above(claim: Claim, scope: Scope) -> list[PlaceMention]:
    """The heading, title, lead, then the lines above: the first that names a place which is not the giver's.

    Where title and lead say no more than a country, the line above that names one province of it says more.
    """
    above = scope.before(claim.line_no)
    top = sorted(scope.top, key=lambda page: page.line.role is not Role.TITLE)
    order: list[Passage] = above[-1:] + top if scope.has_heading(claim.line_no) else top
    pages = [(page, _told_on(page, claim, scope)) for page in [*order, claim.passage, *above]]
    beyond = [(page, [p for p in found if p.country != "CN"]) for page, found in pages]
    if any(p.country for _, found in beyond for p in found):
        pages = beyond  # 昆明医生赴琅勃拉邦: China gives more often than it gets
    for _, found in pages:
        if units := [p for p in found if p.admin1]:
            return units
        if any(p.country for p in found):
            return _province_above(found, claim, scope) or found
    return _land_of_sections(claim, scope, pages)


def _land_of_sections(
    claim: Claim, scope: Scope, told: Sequence[tuple[Passage, list[PlaceMention]]]
) -> list[PlaceMention]:
    """三、净水 in a report on 越南薄寮、金瓯两省: what no line of a section places is of the land above."""
    if not scope.has_heading(claim.line_no):
        return []
    seen = {page.line.line_no for page, _ in told}
    above = [_told_on(page, claim, scope) for page in scope.above(claim.line_no) if page.line.line_no not in seen]
    lands = {p.country for found in above for p in found if p.country}
    land = _written(next(iter(lands)) or "", scope) if len(lands) == 1 else None
    return [] if land is None else [land]


_WHO_GAVE = on_use(r"(?:出资|捐赠|捐款|捐助|资助|援助|解囊|出钱)(?:者|的|方)(?:里|中)?[^,;。]{0,4}(?:有|是|来自|包括)")


def _told_on(page: Passage, claim: Claim, scope: Scope) -> list[PlaceMention]:
    """The places of a passage, before the claim's sentence if it is its own, where its aid may have gone."""
    stop = claim.sentence[0] if page is claim.passage else len(page.text)
    home = _giver_s_places(claim, scope)
    of_giver = {p.admin1 for p in home if p.admin1}
    quotes = {p.quote for p in home}
    found = [
        p
        for p in scope.places(page.line.line_no, (0, stop))
        if "pair" not in p.flags
        and p.quote not in quotes
        and not p.quote.endswith(_STATIONS)
        and not _gives_rather(p, claim, scope)
        and not _in_firm(p, scope)
        and not _is_counted(p, scope)
        and p.admin1 not in of_giver
        and not _is_elsewhere(page.text, p)
        and not _is_capital_venue(page.text, p)
        and not page.text.endswith("代表", 0, p.char_start)
        and not _is_landfall(p, page)
        and not _GIVES.match(page.text[p.char_end : p.char_end + 24])
        and not _WHO_GAVE.search(page.text[page.sentence_at(p.char_start)[0] : p.char_start])
    ]
    if len(found) > 1 and found[0].country == "VN" and _VISITS.match(page.text, found[0].char_end):
        away = [p for p in found[1:] if p.country not in GIVERS | {None, "VN", "CN"}]
        found = away or found  # 平福省|代表团访问桔井省: who came brings it
    if not home:
        return found
    elsewhere = [p for p in found if p.country not in GIVERS | {home[0].country}]
    return elsewhere if elsewhere or home[0].country != "VN" else found


_VISITS = on_use(
    r"[^,;:。]{0,8}?(?:代表团|考察团|工作组|医疗队|访问团|慰问团)[^,;:。]{0,6}?(?:访问|走访|出访|回访|访|赴|前往|抵|到|在)"
)
_PLACE_MOST = 8  # characters of a place right before who is counted
_HANDS_OUT = on_use(r"红十字会|祖国阵线|慈善会|动员委员会|友好组织联合会|友联$")


def _giver_s_places(claim: Claim, scope: Scope) -> list[PlaceMention]:
    """The places a donor's name says it is of: its own country's; 驻胡志明市 says where it sits, not whence it is.

    韩国庆南同奈联谊会 is of Korea, whatever 同奈 the name holds.
    """
    giver = claim.donor
    if giver is None:
        return []
    text = scope.page_of(giver.line_no).text
    inside = [p for p in places_in(giver, scope) if not text.endswith("驻", 0, p.char_start)]
    if not inside and text[giver.start].isdigit():  # 平福省|8家药行凑钱购置的药品
        ahead = scope.places(giver.line_no, (max(0, giver.start - _PLACE_MOST), giver.start))
        inside = [
            p
            for p in ahead
            if p.char_end == giver.start and not _HELPS.search(text, max(0, p.char_start - 2), p.char_start)
        ]
    if inside and inside[0].country == "VN" and _HANDS_OUT.search(fold(giver.text)):
        return []  # 庆和省红十字会 hands out at home what others gave
    return [p for p in inside if p.country in (None, inside[0].country)]


_NATION = on_use(r"全国|全越|各省|各地|[两二三四五六七八九十几多\d]+(?:个)?省|累计|总计|历年|以来|国际社会")


def _province_above(country: Sequence[PlaceMention], claim: Claim, scope: Scope) -> list[PlaceMention]:
    """学生赴越南支教 over 队员在太平省建昌县上课: the province, when the page names one of the country alone."""
    if _NATION.search(claim.says(claim.sentence)):
        return []
    land = country[0].country
    if len(_units_of_page(land, scope)) != 1:
        return []
    for page in [claim.passage, *scope.above(claim.line_no), *scope.top]:
        units = [p for p in _told_on(page, claim, scope) if p.admin1 and p.country == land]
        if units:
            return units
    return []


def _in_firm(place: PlaceMention, scope: Scope) -> bool:
    """義安會館: the place in the name of a firm or a guild hall is where its people come from."""
    around = scope.actors(place.line_no, (max(0, place.char_start - 12), place.char_end + 24))
    return any(a.char_start <= place.char_start < a.char_end and _FIRM.search(a.name) for a in around)


def _gives_rather(place: PlaceMention, claim: Claim, scope: Scope) -> bool:
    """Whether a place that is only told of above is of a country that gives: a Japanese gift is not for Japan."""
    if place.country not in GIVERS:
        return False
    leading = [
        p for p in places_in(claim.donor, scope) if claim.donor is not None and p.char_start == claim.donor.start
    ]
    if not _GOES_TO.search(scope.page_of(place.line_no).text[max(0, place.char_start - 3) : place.char_start]):
        return True  # 法国“山岭之友”在本省已有八年: who is told of first, not where it goes
    return not any(p.country == "VN" for p in leading)  # 韩星电子越南公司 is no giver from Vietnam


def _is_capital_venue(text: str, place: PlaceMention) -> bool:
    """在河内向卫生部移交: bodies of the whole country meet there, the aid goes anywhere."""
    at = text[max(0, place.char_start - 1) : place.char_start] in ("在", "于", "抵", "到")
    behind = text[place.char_end : place.char_end + 24]
    return at and _capital(place) and _WORKS_THERE.match(behind) is None


def _capital(place: PlaceMention) -> bool:
    return place.kind in ("admin1", "city") and place.quote.startswith(_CAPITALS)


def _of_one_province(places: Sequence[PlaceMention]) -> Sequence[PlaceMention]:
    """北件省选出两个村,一个在高岭乡: a commune told behind the only province is of it, whatever else bears its name."""
    first = places[0] if places else None
    if first is None or first.kind != "admin1":
        return places
    smaller = [p for p in places[1:] if p.kind in ("district", "commune", "city") and p.line_no == first.line_no]
    return [first] if len(smaller) == len(places) - 1 else places


_CODE = on_use(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def _coded(claim: Claim, scope: Scope, places: Sequence[PlaceMention]) -> Claim:
    places = _of_one_province(places)
    units = list(dict.fromkeys(p.admin1 for p in places if p.admin1))
    if len(units) > 1:  # 槟椥、茶荣 after 2025-07-01: one province
        codes = {iso_for_period(unit, *claim.period, scope.published) for unit in units}
        units = units[:1] if len(codes) == 1 and None not in codes else units
    countries = list(dict.fromkeys(p.country for p in places if p.country))
    country = countries[0] if countries else None
    if len(units) != 1:
        return changed(claim, recipient_iso=country if len(countries) == 1 else None, recipient_country=country)
    start, end = claim.period
    return changed(
        claim,
        # a unit abroad that no table of units holds has its code from the list of its places
        recipient_iso=iso_for_period(units[0], start, end, scope.published)
        or (units[0] if _CODE.fullmatch(units[0]) else None),
        recipient_country=country,
        recipient_place=place_on(units[0], end or start or scope.published),
    )
