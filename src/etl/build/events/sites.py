"""Words of place in a clause, and the units they name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from etl import lookups
from etl.build.events.candidates import Candidate
from etl.build.events.clauses import MASK, Clause, Telling, within
from etl.build.events.happening import Happening
from etl.build.events.judging import Judged
from etl.build.events.routes import country_signed, goals, mentions_in, named_at
from etl.mentions import PlaceMention
from etl.normalize.places import iso_for_period, iso_on, place_on
from etl.pages import Role
from etl.patterns import on_use

_HELD = (
    r"举行|举办|召开|开展|摆摊|搞(?=[了过])|开挖|开钻|开建|开凿|打桩|组织|分别|同台|共同|围坐|就(?!读|业)|开出|开(?=[了一两三出设办场过]|记者会|座谈|新闻|"
    r"讲座|派对|茶话|音乐会)|办(?=[了一过场起])|参观|访问|视察|探访|接见|拜会|恳谈|碰面|授予|设立|开设|开启|"
    r"合影|重聚|种植|放映|开幕|闭幕|开球|开赛|揭幕|揭牌|落成|开工|动工|奠基|启动|成立|会见|会谈|会晤|座谈|"
    r"签署|签订|签下|签(?=[了过])|量(?=血压)|验(?=[眼光])|替(?=[^,]{2,8}(?:量|看|做|检))|订立|换文|交换照会|"
    r"签字|接待|"
    r"从(?![化江])|以(?!色列)|(?:学|教|种|栽|唱|跳|吃|品|听|讲|(?<!率)(?<!带)领|收|摆|点|设|采|搭|住|过|"
    r"看)(?=[了过着起下])|加演|连演|公演|首映|开桨|开锣|开踢|开打|开唱|开跑|鸣枪|鸣锣|打响|角逐|展开|召集|"
    r"碰头|碰面|相聚|相会|相拥|重逢|聚首|察看|查看|看望|探望|献唱|献演|祭扫|凭吊|瞻仰|拜谒|体验|学做|教授|"
    r"教唱|合唱|合跳|观摩|考察|调研|走访|交接|交割|接下|接过|授课|为|给|把|将(?!军)|试种|栽下|采风|联欢|联谊|"
    r"并肩|围着|共度|迎来|庆祝|欢度|停留|逗留|安家|落脚|安营|"
    r"走(?=[了遍过访])|领(?=[走取到])|易[主手]|换(?=了[主新手])|同坐|坐到|坐在|围成|培土|挥锹|开踢|开擂|开席|"
    r"开宴|吹哨|宴请|煮|泡(?=[了上起])|支起|搭起|当面|开嗓|同灶|掌勺|下厨|过招|对弈|切磋|拔(?=[了河])|"
    r"见(?=了?[高过一])|坐诊|"
    r"合种|合植|共种|共植|驻诊|看诊|致祭|对唱|宣誓|公布|打完|踢完|赛完|开闸|"
    r"唱响|奏响|响起|下水|起航|首航|开哨|合办|联办|主办|办|代表(?![团处队们大])|受(?=[^,]{2,8}委托)|向(?!化)|"
    r"与|同(?![海塔奈文富帅春登])|为|进行|出席|参加|颁发|授予|移交|转交|捐赠|赠送|看望|设宴|剪彩|植树|义诊|"
    r"达成|拉开|落幕|放飞|上演|联合|学习|就读|落下|圆满|结束|收官|登场|亮相|落户|挂牌|种下|开班|开课|开馆|"
    r"开讲|首发|首演|首映|通车|竣工|放(?=[灯飞烟焰风])|展出|演出|表演|献艺|敬献|上香|献花|祭|发放|派发|接受|欢聚|发布|互赠|欣赏|"
    r"观看|观赏|挥毫|泼墨|题写|写下|书写"
)
_VENUE = on_use(
    rf"(?:(?<![存现正所实旨])在(?![线职]|校(?![史园门舍区]))|设在|改在|于|(?:(?<=[日午晚昨今年月,另])|"
    rf"(?<![\u4e00-\u9fff]))[假借](?:座|用|得)?(?![期日如若设定冒装钱款])|(?:拟|定|曾|将|原|另|先|再|"
    rf"特)假(?![期日如若设定冒装]))(?P<venue>[^,;:。、在于{MASK}“”\[\]]{{2,28}}?)(?:上)?"
    rf"(?:联手|联合|共同|隆重|正式|配合|同步|如期|顺利|首次|成功|分别|一起)?(?={_HELD}|$)"
)
_GOAL = on_use(
    r"(?:(?:抵达|前往|赴|飞(?![行机越速抵往赴快扬来去舞])|到访|回访|探访|视察|参访|访问|参观|走访|考察|来到|看望|慰问|"
    r"(?<![得受达看见收等直感遇找想谈提拿做听说接轮碰交送发派领筹募买分])到|(?<![迎请运送带寄传引召盼找拉近未原])来(?!访)|"
    r"(?<![来前开飞去发送运寄通转赶奔驶以交过])往(?![来年往常后前]))[了过]?(?P<goal>[^,;:。、在于与同和对“”]{2,24}?)"
    r"(?=进行|开展|访问|考察|道贺|祝贺|看望|慰问|探望|参观|走访|拜年|举行|义诊|植树|出席|参加|敬献|敬香|献花|"
    r"上香|祭扫|瞻仰|拜谒|凭吊|参拜|交流|研修|进修|培训|见习|实习|任教|授课|巡演|演出|献演|参赛|就读|$)"
    r"|对(?P<land>[^,;:。、在于与同和“”]{2,16}?)(?=进行|开展|展开))"
)
# A clause that sets the scene of what follows: 7月28日在川圹省, 在荣市举行的仪式上, …在河内举行会谈
_SCENE = on_use(
    r"(?:^|[日午晚年月旬]|\d)\s?[在于][^,]{2,30}$|(?:举行|召开|举办|开幕|会见|接见|拜会|会谈|座谈|恳谈|碰面|"
    r"访问|考察|抵达|来到|前往)"
)
_SITE = (
    "水域",
    "河口",
    "河畔",
    "江畔",
    "湖畔",
    "江边",
    "海边",
    "岸边",
    "空地",
    "草坪",
    "操场",
    *"台滩堤亭塔棚厂坪田馆厅心场园学店院岸街路村坊区县社岛楼宫堂府校站港桥寺庙室部会所局寨市省城墓碑址居地",
)
_UNIT_END = on_use(
    r"(?:省|市|县|郡|州|坊|乡|社|镇|村|岛|府|口岸|大学|学校|学院|医院|公学|小学|中学|博物馆|文化中心|公园|"
    r"广场|文化宫)$"
)
_NO_PLACE = on_use(
    r"率领|带领|陪同下|主持下|^(?:会见|接见|拜会|会晤|拜访|访问|考察|参观|出席|参加|接待|接受|举行|推动|促进|"
    r"签署|纪念|庆祝|加强|回顾)|[的了]|方面|领域|基础|时候|期间|情况|之后|之前|之际|举[行办]|做客|进行|以下|"
    r"(?<![像碑陵台门塔墓馆寺校院])前$|期$|[下后]$|(?<![初高一二三四五六七八九])中$|框架|过程|现场|会上|仪式|典礼|论坛|晚会|大会(?!堂)|座谈会?$|"
    r"宴会?$|酒会$|年会$|峰会$|会议(?![室厅中])|"
    r"活动|指导|陪同|支持|见证|配合|此|这里|那里|那儿|当地$|线[上下]$|网上$|云端$|各自|钟声|歌声|[声掌]中|[声]里$|时刻|"
    r"零点"
)
_DATELINE = on_use(r"[^,;。]{0,24}?(?:日\s?专?电|讯|消息)\s?[—\-]{0,2}\s?(?:\([^()]{0,30}\))?\s?")
_BRACKET = on_use(r"\s*[(\[【][^()\[\]【】]{0,80}[)\]】]\s*(?:—+|-+)?\s*")
_OPENING = on_use(
    r"[\s*]*(?:[\u4e00-\u9fff]{1,5}[江河湖海山](?:畔|边|岸|脚下|之滨)的)?(?:的|而|位于|在|此外|其中|同时|同一天|当天|同日|昨日|今天|另外)?"
)
_STAGE = on_use(
    r"(?:[内外里前上]|境内|的[^,;]{1,10}|[^,;]{0,6})?"
    r"(?:亮起|点起|点亮|燃起|升起|摆开|摆起|摆满|摆着|摆上|摆了|摆一|坐不下|站不下|挤不下|装不下|容不下|爆满|"
    r"座无虚席|人满|高朋满座|支起|架起|拉起|竖起|立起|围满|围着|站满|排起|办起|办了|开起|飘起|飘扬|传来|歌声|"
    r"热气|灯火|灯光|载歌|万人|聚集|云集|搭起|搭着|响起|锣鼓|鼓乐|张灯|人声|人头|人山|彩旗|洋溢|沸腾|热闹|"
    r"挂起|挂满|坐满|挤满|聚满|迎来|变成|改成)|[^,;]{0,14}[内外里前上中旁边下]$|$"
)
_BUILDINGS = tuple("院校站室馆学园桥屋楼中心")
_WORKS = on_use(
    r"(?![^,]{0,4}(?:人民委员会|政府|代表团|主席))(?:的|[一两三四五六七八九十\d]+[座所条间栋个幢处]|"
    r"第[一二三四五六七八九十\d]+[座所条间栋个幢处]|"
    r"[^,;在于向]{0,14}[桥校院站室馆园屋楼路渠房点亭塔池井库场学])[^,;在]{0,40}?"
    r"(?:启用|交付|落成|竣工|完工|开工|动工|破土|奠基|通车|投入使用|投用|移交|交接|剪彩|挂上|挂起|交到|交给|揭牌|挂牌|"
    r"收官|迎来|开课|开学|封顶|合龙)"
)
# A place that no gazetteer has sets the scene by what it is: 友谊国际口岸前搭起彩棚, 寮都公学内鼓乐喧天.
_STAGED = on_use(
    r"(?P<place>[^\W\d_在的]{2,12}(?:口岸|广场|校园|公学|大学|中学|小学|体育馆|公园|剧院|宫|馆|寺|码头|机场|"
    r"操场|球场|礼堂|祠堂|院子|大院|大厅|教堂|食堂|书院|会场|村口|渡口|亭))[前内外里上]?"
    r"[^,;]{0,4}(?:坐不下|站不下|挤不下|容不下|座无虚席|摆一|摆了|摆着|摆上|摆开|摆起|摆满|支起|架起|围坐|"
    r"坐着|搭起|响起|锣鼓|鼓乐|张灯|人声|人头|人山|彩旗|洋溢|沸腾|热闹|挂起|挂满|坐满|挤满|聚满)"
)
_PART = on_use(r"(?:市?中心|郊外|近郊|境内|附近|城区|市区|[东南西北中]部|[东南西北]郊|边境|沿海)?")
_THERE = on_use(
    r"(?P<site>[^,;在与和向为将]{0,12})(?<!会)(?<!式)[上里前内旁中外下](?:将|已|又|还)?"
    r"(?:办起|办了|举行|举办|上演|响起|开锣|摆起|搭起|亮起|燃起|唱起|跳起|展出|挂起|摆开|召开|开演|放映|种下|栽下)"
)
_HALL = on_use(
    r"(?P<place>[^\W_在于的与和向同]{0,10}(?:文化宫|文化馆|文化中心|体育馆|体育场|体育宫|剧院|大剧院|歌剧院|"
    r"剧场|音乐厅|音乐学院|会堂|礼堂|美术馆|博物馆|图书馆|展览馆|会展中心|会议中心|少年宫|青年宫|广场|公园|"
    r"影院|电影院|电影中心))"
    r"(?:[内里上前中]|届时|当晚|将|也|还|又|已|随后|首次|再次|接连|隆重|正式){0,3}"
    r"(?:连演|上演|开演|加演|公演|演出|推出|展出|办起|办了|举行|举办|奏响|响起|首演|首映|放映|挂出|开展|揭幕|"
    r"迎来|亮相|座无虚席|灯火)"
)
_GIVEN = on_use(
    r"(?P<left>(?:留|分发|发放|派发|转交|移交|送交|捐赠|赠送|分送|捐|赠|送|交)给了?)|(?:给|为|往)|(?P<to>(?:送|"
    r"搬|卸|抬|扛|背|摆|运|驮|码|挑|(?<!组)装|分送|分发|配送|派送|发放|派发|转送|转运)(?:到|进|至|入|在|达|抵)了?)"
)
_BROUGHT = on_use(r"[^,;]{0,12}(?:送[来去上]|带[来去]|寄[来去])")
_MOVED_TO = on_use(
    r"(?:移到|移至|转到|转至|改到|改在|挪到|搬到|搬进)(?P<place>[^,;在]{2,12}?(?:场|馆|厅|园|宫|院|大学|中学|学校))"
)
_SET = on_use(
    r"下一?站(?:则|将|就|也)?(?:是|为|定为|锁定|选定|选在|落在|安排在)|(?:地点|会址|会场|赛场|举办地|"
    r"主会场)[^,;在]{0,6}在|轮到(?=[^,;]{2,8}(?:做东|举办|承办|主办|当东道))"
)
_ATTENDS = on_use(r"出席|参加|见证|主持|举行|举办")
_WORKS_RITE = r"[^,;、]{0,16}(?:落成|竣工|开工|动工|奠基|通车|启用|移交|揭牌|挂牌|交付|开馆|开园|剪彩|开幕)"
EMBASSY = on_use(
    r"驻(?P<place>[\u4e00-\u9fff]{1,10}?)(?:(?:越南|中国|老挝|柬埔寨|日本|韩国|法国)?文化中心|大使馆|总领事馆|"
    r"领事馆|使馆|大使|总领事|领事)"
)
_LOCATIVE = on_use(
    r"(?:在|于|到|赴|抵|抵达|前往|(?<![迎请运送带寄召盼找拉])来|访问|回访|考察|走访|看望|慰问|位于|来到)了?\s?$"
)
_HOLDS = on_use(
    r"(?:省|市)?(?:[\u4e00-\u9fff]{2,5}(?:区|园|县|坊|社))?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]午|晚)?(?:领导)?"
    r"(?:将|已|还|也|要|又|再|正|则|届时|拟|计划|[定订訂]于|随后|当天|当晚|首次|再次|接连|陆续|相继|连续|同时|联合|"
    r"共同|隆重){0,3}(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬)?(?:至\d{1,2}日)?(?:[上下]午|晚)?"
    r"(?:举办|举行|召开|接待|会见|承办|主办|推出|迎来|办起|办了|开办|开设|上演|鸣枪|开跑|开锣|连演|开演|设宴|"
    r"组织|举起|摆开|摆起|做东|接收了?|接过|收到了?|获赠|喜迎|迎来|领到|为[^,;]{2,16}举|"
    r"把[^,;]{2,20}[办搬开]到)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """`inferred`: not said of the happening itself but of who held it or of what it belongs to."""

    text: str | None = None
    place_id: str | None = None
    admin1_iso: str | None = None
    country: str | None = None
    inferred: bool = False


def said_in(telling: Telling, start: int, end: int) -> Place | None:
    """Where a clause that tells of no happening goes or stays: what it says sets the scene of what follows."""
    for find in (_moved, _venue, _located, _topic, _stay):
        found = find(telling, start, end, None)
        if found is not None and (found.country or (found.text and _UNIT_END.search(found.text))):
            return found
    return None


def said_place(happening: Happening, day: dt.date | None) -> Place | None:
    """The place that a telling of the happening names, the main telling first."""
    found: Place | None = None
    for one in happening.tellings:
        said = _said(one, day)
        if said is None:
            continue
        if found is None or (found.country is None and said.country):
            found = said if found is None else replace(said, text=found.text)
    if found is None:  # 图:元宵巡游经过阮豸街
        shown = [m for m in happening.mentions if m.candidate.telling.role is Role.CAPTION]
        found = next((said for m in shown if (said := _said(m, day)) is not None), None)
    return found


def _said(one: Judged, day: dt.date | None) -> Place | None:
    candidate = one.candidate
    telling, clause = candidate.telling, candidate.clause
    parts = [c for c in telling.clauses if c.item == clause.item and c.order <= clause.order]
    spans = [(candidate.start if candidate.header else clause.start, clause.end)]
    if candidate.header is None:
        spans += [(c.start, c.end) for c in reversed(parts[:-1])]
    thing: Place | None = None
    for after in telling.clauses:
        if after.item == clause.item and clause.order - 1 <= after.order <= clause.order + 2:
            fixed = _SET.search(telling.masked, after.start, after.end)
            if after.order < clause.order and (fixed is None or not fixed[0].startswith("下")):
                continue
            span = named_at(telling, fixed.end(), after.end) if fixed else None
            if span is not None:  # 11月承办第四届听写赛,地点就在蒙自; 下一站轮到芒街做东
                return resolve(telling.text[span[0] : span[1]], mentions_in(telling, *span), day)
    for number, (start, end) in enumerate(spans):
        if number and thing is not None and _own_day(telling, spans[0]) and _own_day(telling, (start, end)):
            break  # 7月在某市放映,10月赴另一城交流: two happenings
        if number and not _SCENE.search(telling.masked[start:end]):
            found = _moved(telling, start, end, day) or _topic(telling, start, end, day)
            if found is not None:
                return found
            continue  # 省内还有逾1400户住在茅屋里,溫情屋将于下月初动工
        for find in _OWN if number == 0 else _BEFORE:
            found = find(telling, start, end, day)
            if found is None:
                continue
            if find is _moved and number == 0:
                found = _nearer(found, telling, parts[-1].order, day)
            if find is _goal and found.country is None:
                thing = found  # 南下盖尔达耶省,考察椰枣种植合作社: what was seen there says less than where
                break
            return found
    if thing is None and candidate.header is None and one.anchor.kind == "own":
        thing = _to_house(telling, candidate, day) if one.event_type == "handover" else None
        thing = thing or _there(telling, candidate, day)
    stay = _stays_next(telling, clause, day) if one.event_type == "visit" and candidate.header is None else None
    if stay is not None:
        return stay
    if thing is None and candidate.header is None and one.event_type in ("handover", "launch", "ceremony"):
        return _works_told(telling, candidate.sentence_start, candidate.clause.start, day)
    return thing


def _own_day(telling: Telling, span: tuple[int, int]) -> bool:
    return any(span[0] <= d.char_start < span[1] and d.precision != "day_part" for d in telling.dates)


_HOUSE_GIVEN = on_use(
    r"向(?P<to>[^,;向在]{2,24}?(?:医院|卫生[站院]|小学|中学|大学|学院|学校|幼儿园|图书馆|博物馆|养老院|福利院|孤儿院|中心))"
    r"(?:无偿)?(?:交付|移交|捐赠|赠送|转交|送出|送去)"
)
_LOCALLY = on_use(r"(?:抵达|来到|前往|到达|赶赴|赶到|走进|深入|到|赴)(?:当地|该[县市省乡社镇村])")


def _to_house(telling: Telling, candidate: Candidate, day: dt.date | None) -> Place | None:
    """也向平辽县医院交付一套设备: a house of its own place takes what is given there."""
    match = _HOUSE_GIVEN.search(telling.masked, candidate.clause.start, candidate.clause.end)
    if match is None:
        return None
    span = named_at(telling, match.start("to"), match.end("to"))
    inside = mentions_in(telling, *span) if span else []
    if span is None or not inside or all(p.kind == "country" for p in inside):
        return None
    return resolve(telling.text[slice(*match.span("to"))], inside, day)


def _there(telling: Telling, candidate: Candidate, day: dt.date | None) -> Place | None:
    """平辽县三所小学没有屋顶。会长率团抵达当地,把善款交到校长手里: the place told of last."""
    match = _LOCALLY.search(telling.masked, candidate.item_start, candidate.trigger.start)
    if match is None:
        return None
    before = [
        p for p in telling.places
        if p.char_end <= match.start() and p.kind in ("admin1", "city", "district")
    ]  # fmt: skip
    if not before:
        return None
    chain = [p for p in before if p.char_end == before[-1].char_start] + [before[-1]]
    text = telling.text[chain[0].char_start : chain[-1].char_end]
    return replace(resolve(text, chain, day), inferred=True)


_STAYS_AT = on_use(r"(?:先后|分别|陆续)?在[^,;]{2,24}?(?:停留|逗留|住|待|走访|参观|考察|驻足)")


def _stays_next(telling: Telling, clause: Clause, day: dt.date | None) -> Place | None:
    """重走旧路,在广治、顺化两省停留八天: where they stayed, in the clause behind."""
    after = next((c for c in telling.clauses if c.order == clause.order + 1 and c.item == clause.item), None)
    if after is None or _STAYS_AT.match(telling.masked, after.start, after.end) is None:
        return None
    start = telling.masked.index("在", after.start, after.end) + 1
    span = named_at(telling, start, after.end, several=True)
    return resolve(telling.text[slice(*span)], mentions_in(telling, *span), day) if span else None


# 本怒县五所村小的太阳能系统造价97万元,…,7月移交给县教育局: the works that the sentence is about
_WORKS_AHEAD = on_use(
    r"[^,;在于向为给]{0,22}?(?:学|小|中学|校舍|校|院|站|宿舍|楼|系统|工程|项目|桥|路|屋|水塔|水井|井|库|设备|"
    r"教室|厕所|设施|中心|堤|渠|网)"
    r"(?:的|则|造价|耗资|总|由|于|改|扩|新|修|建|占地|设|可|,|$|也|还|今年|去年|动工|开工)"
)


def _works_told(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    at = _head(telling, start, end)
    span = named_at(telling, at, end)
    if span is None or _WORKS_AHEAD.match(telling.masked, span[1], end) is None:
        return None
    inside = mentions_in(telling, *span)
    if inside and all(p.kind == "country" for p in inside):
        return None
    body = next((a for a in telling.actors if a.char_start <= at < a.char_end), None)
    if body is not None and body.entity_type != "group" and not body.quote.endswith(_BUILDINGS):
        return None
    return resolve(telling.text[slice(*span)], inside, day)


_OLD_WORKS = on_use(
    r"(?P<house>[\u4e00-\u9fff■]{2,12}?(?:[中小]学|学校|幼儿园|医院|卫生[站院]|福利院|养老院|村小)?)(?P<rest>的?[^,;在于向为给]{0,8}?"
    r"(?:学|校舍|宿舍|教室|图书[室馆]|院|站|楼|桥|路|屋|井|厕所|食堂|操场|设备|门诊楼)?)(?:原是|原本|本是|年久失修|破旧|破败|漏雨|只有|一直没有|早已|成了危房|被洪水|被台风|毁于|是土路)"
)


def _works_before(telling: Telling, candidate: Candidate, before: list[Clause], day: dt.date | None) -> Place | None:
    """武宁小学的图书室年久失修。协会出资18万元,5月28日揭幕: the works that the sentence before was about."""
    if candidate.trigger.form != "verb" or candidate.trigger.start - candidate.clause.start > 14:
        return None
    for clause in before:
        at = _head(telling, clause.start, clause.end)
        match = _OLD_WORKS.match(telling.masked, at, clause.end)
        if match is None:
            continue
        span = named_at(telling, at, clause.end) or match.span("house")
        return replace(resolve(telling.text[slice(*span)], mentions_in(telling, *span), day), inferred=True)
    return None


_TOPIC_OF = on_use(r"[^,;。在于向给]{0,14}(?:是|过去|原来|以前|从前|一直|长期|世代|常年|缺|没有|地处|位于|遭|受灾|被)")
_OF_THE_WORKS = on_use(
    r"钥匙|新[房屋校楼]|校舍|[桥楼站]|这[座所栋幢间项条]|该[桥校站楼院]|引水|水[渠管塔窖井]|工程|动工|开工|开挖|破土|奠基|移交|交付|落成|竣工"
)


def _topic_before(telling: Telling, candidate: Candidate, before: list[Clause], day: dt.date | None) -> Place | None:
    """平安县那梅村是重灾区。基金会盖起三十间新屋,钥匙将于5月交到住户手中: the place the sentence before is about."""
    said = telling.masked[candidate.sentence_start : candidate.end]
    if candidate.trigger.form != "verb" or _OF_THE_WORKS.search(said) is None:
        return None
    start, end = before[0].start, before[-1].end
    at = _head(telling, start, end)
    span = named_at(telling, at, end)
    if span is None or _TOPIC_OF.match(telling.masked, span[1], before[0].end) is None:
        return None
    inside = mentions_in(telling, *span)
    if all(p.kind in ("country", "admin1") for p in inside) and inside and inside[-1].char_end == span[1]:
        return None  # a whole province is no site
    if any(span[1] < p.char_start < candidate.start and p.kind != "country" for p in telling.places):
        return None  # another place was told of since
    return replace(resolve(telling.text[slice(*span)], inside, day), inferred=True)


_BUILT = on_use(
    r"(?:改建|修建|新建|兴建|扩建|重建|援建|捐建|承建|建设|建造|翻修|修缮|改造|修复|加固|盖起?|建)(?:了|一座|"
    r"一所|一条|两座)?"
)
_THE_WORKS = on_use(
    r"[*\s]*(?:该|本|此|这一|这座|这项|这个|整个)?(?:工程|项目|新?(?:楼|桥|校舍|站|屋|教室|宿舍|房))(?:已|将|预计|"
    r"拟|计划|定于|于|在|今年|明年|去年|\d|全部|可望|有望|则|,)"
)


def built_before(happening: Happening, day: dt.date | None) -> Place | None:
    """出资改建海安乡卫生站。工程预计3月动工: where the works of the sentence before stand."""
    candidate = happening.main.candidate
    telling = candidate.telling
    if happening.event_type not in ("launch", "ceremony", "handover") or candidate.header is not None:
        return None
    before = [c for c in telling.clauses if c.sentence == candidate.clause.sentence - 1]
    if not before:
        return None
    if _THE_WORKS.match(telling.masked, candidate.sentence_start, candidate.end) is None:
        return _works_before(telling, candidate, before, day) or _topic_before(telling, candidate, before, day)
    for match in reversed(list(_BUILT.finditer(telling.masked, before[0].start, before[-1].end))):
        span = named_at(telling, match.end(), before[-1].end)
        if span is not None:
            inside = mentions_in(telling, *span)
            if not inside or any(p.kind != "country" for p in inside):
                return replace(resolve(telling.text[slice(*span)], inside, day), inferred=True)
    told = _works_told(telling, before[0].start, before[0].end, day)
    return replace(told, inferred=True) if told is not None else None  # 平海县养老院扩建项目拖了多年。这个项目…


def _nearer(found: Place, telling: Telling, order: int, day: dt.date | None) -> Place:
    """代表团转往老街省,在沙坝市达凡社察看…: the spot within the province that the sentence goes on with."""
    after = next((c for c in telling.clauses if c.order == order + 1), None)
    here = next((c for c in telling.clauses if c.order == order), None)
    if after is None or here is None or after.item != here.item or found.admin1_iso is None:
        return found
    if found.text is None or not found.text.endswith(("省", "市", "自治区")) or found.place_id is None:
        return found
    spot = _venue(telling, after.start, after.end, day) or _located(telling, after.start, after.end, day)
    return spot if spot is not None and spot.admin1_iso == found.admin1_iso else found


def _quoted_house(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    """受助女童在“友谊之家”登台演出: a house called by a name in quotes."""
    match = _QUOTED_HOUSE.search(telling.plain, start, end) if "“" in telling.masked[start:end] else None
    if match is None:
        return None
    span = match.span("place")
    return resolve(telling.text[slice(*span)], [p for p in mentions_in(telling, *span) if len(p.quote) > 1], day)


def _venue(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    if _once_there(telling, start, end) is not None:
        return None
    aside = _STUDIES_THERE.search(telling.masked, start, end)
    if aside is not None and goals(telling, start, aside.start()):
        return None  # 到鼎香县看望了在清化师范学校就读的留学生
    return _matched(_VENUE, "venue", telling, start, end, day, 12)


# 看望了曾在南宁任教的老人: where someone once was
_ONCE_THERE = on_use(
    r"(?:曾经?|早年|当年|年轻时|过去)在[^,;在]{2,18}?(?:就读|学习|任教|留学|读书|工作|务工|实习|进修|服役|战斗|生活|行医|援建|支教)(?:过)?的"
)


def _once_there(telling: Telling, start: int, end: int) -> re.Match[str] | None:
    return _ONCE_THERE.search(telling.masked, start, end)


_STUDIES_THERE = on_use(r"在[^,;]{2,16}?(?:就读|学习|任教|留学|读书|工作|务工|实习|进修)的")


# 飞赴朱巴: a town that no gazetteer has, behind a verb that leads nowhere else
_QUOTED_HOUSE = on_use(
    r"在(?P<place>[^,;:。在于“]{0,10}“[^“”]{1,12}(?:之家|中心|家园|小屋|[馆院园厅校舍村营站店屋])”)(?:上|里|内)?"
    r"(?=[^,;]{0,4}(?:登台|演出|表演|举行|举办|召开|会见|座谈|参加|举办|开课|开班|揭牌|交接|颁|向|为|与|同|"
    r"发放|看望|联欢|亮相|展出|过|学|教|唱|吃|度))"
)
_FAR = on_use(
    r"(?:飞赴|飞抵|飞往|远赴|空运至|空运到|空运抵)(?P<place>(?!前线|现场|灾区|当地|国外|海外|祖国|一线|震区|"
    r"目的|境外|异国|他乡|故乡|家乡|疫区|多国|各国)"
    r"[\u4e00-\u9fff]{2,5})$"
)


def _moved(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    """The last place that the clause goes to: 驱车赶到佩奇, 飞赴足利市学制茶, 转场友谊镇卡凤村."""
    for left, right in reversed(goals(telling, start, end)):
        inside = mentions_in(telling, left, right)
        if inside and all(p.kind == "country" for p in inside) and inside[-1].char_end == right:
            return Place(telling.text[left:right], inside[-1].place_id, None, inside[-1].country)
        return resolve(telling.text[left:right], inside, day)
    other = _MOVED_TO.search(telling.masked, start, end)
    if other is not None:
        return Place(telling.text[slice(*other.span("place"))])
    far = _FAR.search(telling.masked, start, end)
    if far is not None:
        return Place(telling.text[slice(*far.span("place"))])
    signed = country_signed(telling, start, end)
    return Place(country=signed) if signed else None


def _head(telling: Telling, start: int, end: int) -> int:
    """Where a clause begins once its dateline, its date and words such as 同时 are past."""
    bracket = _BRACKET.match(telling.masked, start, end)
    start = bracket.end() if bracket else start
    dateline = _DATELINE.match(telling.masked, start, end)
    at = dateline.end() if dateline else start
    for date in telling.dates:
        if at <= date.char_start <= at + 2 and date.char_end <= end:
            at = date.char_end
    opening = _OPENING.match(telling.masked, at, end)
    return opening.end() if opening else at


def _topic(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    """A clause that does nothing but set the place: 3月4日的万象市西科达蓬县, 琅南塔省龙县芒新村外的空地搭起凉棚."""
    at = _head(telling, start, end)
    span = named_at(telling, at, end)
    staged = _STAGED.match(telling.masked, at, end) if span is None else None
    if staged is not None:
        return Place(telling.text[slice(*staged.span("place"))])
    if span is None:
        return None
    if any(a.char_start <= at < a.char_end for a in telling.actors):
        house = _STAGED.match(telling.masked, at, end)  # 第五郡温陵会馆大厅坐不下了
        if house is None:
            return None
        return resolve(telling.text[slice(*house.span("place"))], mentions_in(telling, *house.span("place")), day)
    inside = mentions_in(telling, *span)
    if not telling.masked[span[0] : span[1]].endswith(_SITE) and all(p.kind == "country" for p in inside):
        return None
    if _STAGE.match(telling.masked, span[1], end) is None:
        return None
    return resolve(telling.text[span[0] : span[1]], inside, day)


# 为洪御县的一座新桥剪彩, 为永灵县由友人捐建的图书馆揭牌: where the thing stands
_FOR_WORKS = on_use(
    r"为(?=[^,;]{2,40}(?:剪彩|揭牌|揭幕|奠基|挂牌|培土|动工|开工|通车|竣工|落成|启用|命名)(?:了|$|仪式))"
)


def _works_at(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    for match in _FOR_WORKS.finditer(telling.masked, start, end):
        span = named_at(telling, match.end(), end)
        inside = mentions_in(telling, *span) if span else []
        if (
            span is None
            or (not inside and span[1] - span[0] < 3)
            or (inside and all(p.kind == "country" for p in inside))
        ):
            continue
        body = next((a for a in telling.actors if a.char_start <= span[0] and span[1] < a.char_end), None)
        if body is None or body.quote.endswith(_BUILDINGS):
            right = span[1] if body is None else body.char_end
            return resolve(telling.text[span[0] : right], inside, day)
    return None


_DURING = on_use(r"(?:在|旅居|逗留|停留)(?P<land>[\u4e00-\u9fff]{2,8}?)(?:的)?(?:访问|停留|逗留|活动|工作|参访)?期间$")


def _stay(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    """在柬埔寨期间,代表团…: the land that the clause says one was in."""
    match = _DURING.search(telling.masked, start, end)
    if match is None:
        return None
    inside = mentions_in(telling, *match.span("land"))
    return resolve(telling.text[slice(*match.span("land"))], inside, day) if inside else None


def _given(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    """What was brought is handed over where it was brought to: 为槟椥、茶荣两省的盲校送去月饼, 给东兴送来药品."""
    for match in _GIVEN.finditer(telling.masked, start, end):
        span = named_at(telling, match.end(), end, several=True)
        if span is None:
            continue
        inside = mentions_in(telling, *span)
        if inside and all(p.kind == "country" for p in inside):
            continue
        if match["left"] or match["to"] or _BROUGHT.match(telling.masked, span[1], end):
            house = next((a for a in telling.actors if a.char_start <= span[0] and span[1] < a.char_end), None)
            to_body = house is not None and house.entity_type == "organization" and not house.quote.endswith(_BUILDINGS)
            if to_body and (match["left"] or "").endswith("给"):
                continue  # 转交给广宁省友好组织联合会: whom, not where
            right = house.char_end if house is not None and house.quote.endswith(_BUILDINGS) else span[1]
            return resolve(telling.text[span[0] : right], inside, day)
    return None


_BUILT_BY = on_use(
    r"由[^,;]{2,40}?(?:援建|捐建|资助|承建|出资修建|出资兴建|兴建|修建|投资|赞助|建设|施工|捐资|出资|设计)的"
)  # 由越南援建的桔井省师范学校宿舍楼启用


def _site(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    """Works stand where their name begins: 海陵县的第12间也交付使用, 桔井省一座医院门诊楼启用."""
    at = _head(telling, start, end)
    built_by = _BUILT_BY.match(telling.masked, at, end)
    at = built_by.end() if built_by else at
    span = named_at(telling, at, end)
    if span is None or _WORKS.match(telling.masked, span[1], end) is None:
        return None
    inside = mentions_in(telling, *span)
    if inside and all(p.kind == "country" for p in inside):
        return None
    agent = next((a for a in telling.actors if a.char_start <= at < a.char_end), None)
    if agent is not None and agent.entity_type != "group" and not agent.quote.endswith(_BUILDINGS):
        return None
    return resolve(telling.text[span[0] : span[1]], inside, day)


def _named(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    """The place in the name of what one attends: 出席由…承建的梅州县包拉乡卫生院落成仪式."""
    match = _ATTENDS.search(telling.masked, start, end)
    if match is None:
        return None
    for mention in telling.places:
        if match.end() <= mention.char_start < end and mention.kind not in ("country", "venue", "region"):
            span = named_at(telling, mention.char_start, end)
            if span and re.match(_WORKS_RITE, telling.masked[span[1] : end]):
                return resolve(telling.text[span[0] : span[1]], mentions_in(telling, *span), day)
    return None


def _goal(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    return _matched(_GOAL, "goal", telling, start, end, day, 0)


_LEADS_THEM = on_use(r"[\u4e00-\u9fff]?率?(?:率领|带领|陪同|主持|见证|协助|支持|帮助|指导|领)[之以]?下")
_BESIDE = on_use(r"[\u4e00-\u9fff](?:旁边?|边上?|附近|对面|脚下|隔壁|之?[内里前中]|后面|侧)$")  # 老市场旁的河滨公园
# 法国文化中心, 金边中国文化中心: a land's house in another land
_HOUSE_ABROAD = on_use(r"(?:语言|艺术)?文化(?:交流)?(?:中心|院|馆|之家)|国际学校|商会|之家")


_LONGEST = 400  # characters of a name with the office before it


def _matched(
    pattern: re.Pattern[str], group: str, telling: Telling, start: int, end: int, day: dt.date | None, unknown: int
) -> Place | None:
    """The first words of place that a pattern finds; `unknown` is how long a venue no gazetteer has may be."""
    for match in _overlapping(pattern, telling.masked, start, end):
        left, right = match.span(group) if match[group] is not None else match.span("land")
        if _LEADS_THEM.match(telling.masked, right - 1, end) or any(
            a.entity_type == "person" and right <= a.char_end for a in within(telling.actors, right - _LONGEST, right)
        ):
            continue  # 在省长坎普·西拉率领下
        word = telling.text[left:right].strip()
        deictic = _DEICTIC.match(telling.masked, left, right)
        if deictic is not None:  # 在对面的同登镇举行
            left = deictic.end()
            word = telling.text[left:right].strip()
        owner, of, thing = telling.masked[left:right].partition("的")
        beside = of and len(owner) >= 2 and _BESIDE.search(owner) is not None
        owned = of and thing.endswith(_SITE) and (beside or _is_ground(telling, left, left + len(owner)))
        if _NO_PLACE.search(thing if owned else word) or any(
            d.char_start < right and d.char_end > left for d in telling.dates
        ):
            continue
        inside = [p for p in within(telling.places, left, right) if p.char_end <= right]
        if inside and word.endswith(_SITE) and all(len(p.quote) == 1 for p in inside):
            return Place(word)  # 越老友谊中学 is of neither country by its name
        if inside and group == "goal" and all(len(p.quote) == 1 for p in inside):
            house = _HOUSE_AFTER.match(telling.masked, left, right)
            if house is None:
                continue
            return Place(telling.text[left : house.end()])  # 参观了越老友谊公园并种下纪念树
        abroad = [p for p in inside if p.kind == "country" and _HOUSE_ABROAD.match(telling.masked, p.char_end)]
        if abroad:
            units = [p for p in inside if p not in abroad and p.kind != "venue"]
            return resolve(word, units, day) if units else Place(word)
        embassy = EMBASSY.search(telling.masked, left, right)
        if embassy:
            country = country_of(embassy["place"], telling, *embassy.span("place"))
            return Place(word, None, None, country)
        venues = [
            a
            for a in telling.actors
            if left <= a.char_start and a.char_end == right and a.entity_type == "organization"
        ]
        if venues and not inside:
            return Place(word, None, None, venues[0].country)
        if (
            inside
            and (group == "goal" or not word.endswith(_SITE))
            and not (group == "goal" and _HOUSE_AFTER.fullmatch(telling.masked, inside[-1].char_end, right))
        ):
            word = telling.text[left : inside[-1].char_end].strip()
        known_by_sign = group == "goal" and _PROPER_HOUSE.fullmatch(word) is not None
        if not inside and not known_by_sign and (len(word) > unknown or not re.search(r"[\u4e00-\u9fff]", word)):
            continue
        if all(p.kind == "country" for p in inside) and inside and len(word) <= max(len(p.quote) for p in inside) + 1:
            return Place(word, inside[0].place_id, None, inside[0].country)
        return resolve(word, inside, day)
    return None


_DEICTIC = on_use(
    r"(?:(?:河|江|桥|国界|边境)?(?:对面|对岸|那边|另一[边头侧])|邻近|附近|毗邻|相邻|比邻|一河之隔|一江之隔|隔壁|越方|中方|老方|柬方)的?(?=[^,的]{2,}[省市县郡州社乡坊镇村])"
)
# 走访明道养老院, 前往胡志明主席陵敬献花圈, 参观宜山经济区: a house or a site by its own name
_HOUSE_ENDS = (
    r"(?:养老院|敬老院|福利院|孤儿院|医院|卫生[站院]|小学|中学|大学|学院|学校|幼儿园|博物馆|纪念馆|陈列馆|"
    r"图书馆|文化宫|陵园|烈士陵园|主席陵|陵|公墓|墓园|纪念碑|纪念塔|寺|庙|教堂|会馆|宗祠|经济区|工业[区园]|"
    r"开发区|产业园|科技园|农场|林场|合作社|自然保护区|国家公园|友谊公园|和平公园|公园|遗址|故居|古城|古镇|古街)"
)
_PROPER_HOUSE = on_use(
    rf"(?![一两三几多数各某该当此本这那每]|[\d]|当地|附近|全省|全市|省|市|县|有关|部分|其他|多家|"
    rf"贫困)[\u4e00-\u9fff■]{{2,12}}?{_HOUSE_ENDS}"
)
_HOUSE_AFTER = on_use(rf"[\u4e00-\u9fff■]{{0,12}}?{_HOUSE_ENDS}")


def _is_ground(telling: Telling, start: int, end: int) -> bool:
    """Whether the words are a place, or a part of one: 首尔市中心, 同海市郊外."""
    span = named_at(telling, start, end)
    known = any(p.char_end == end for p in telling.places)
    return known or (span is not None and _PART.fullmatch(telling.masked, span[1], end) is not None)


def _overlapping(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches, also those that begin within another: 於本月十八日起|假塔石體育館舉行."""
    match = pattern.search(text, start, end)
    while match is not None:
        yield match
        match = pattern.search(text, match.start() + 1, end)


_SAID_WHERE = on_use(r"(?:[在于][^,;。]{2,20}|[驶开运]出[^,;。]{2,6}(?:关|口岸|国门)),\s?$")
_HANDED_TO = on_use(r"[交送递捐赠转汇寄发拨](?:到|给|至)了?$")


def _located(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    once = _once_there(telling, start, end)
    for mention in telling.places:
        if not start <= mention.char_start < end:
            continue
        if once is not None and once.start() <= mention.char_start < once.end():
            continue
        if not _LOCATIVE.search(telling.masked[max(start, mention.char_start - 8) : mention.char_start]):
            continue
        handed = _HANDED_TO.search(telling.masked, max(start, mention.char_start - 3), mention.char_start)
        if (
            handed
            and _SAID_WHERE.search(telling.masked[max(0, start - 24) : start])
            and any(a.char_start <= mention.char_start < mention.char_end < a.char_end for a in telling.actors)
        ):
            continue  # 交到莱州省友好组织联合会手中: whom, not where
        chain = _chain(telling, mention)
        if all(p.kind == "country" for p in chain):
            continue
        return resolve(telling.text[chain[0].char_start : chain[-1].char_end], chain, day)
    return None


def _subject(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    """A province as the one who holds: 今年3月庆和举办…竞赛, 7月广义接待…代表团."""
    for mention in telling.places:
        if mention.kind == "country" or not start <= mention.char_start < end:
            continue
        if any(a.char_start <= mention.char_start and mention.char_end < a.char_end for a in telling.actors):
            continue
        before = telling.masked[start : mention.char_start]
        for land in telling.places:  # 柬埔寨|上丁省接收…
            if land.kind == "country" and land.char_end == mention.char_start and land.char_start >= start:
                before = telling.masked[start : land.char_start]
        span = named_at(telling, mention.char_start, end) or (mention.char_start, mention.char_end)
        after = telling.masked[span[1] : span[1] + 30]
        dated = any(
            d.char_end >= mention.char_start - 1 and d.char_start >= start
            for d in telling.dates
            if d.char_end <= mention.char_start
        )
        if (not before.strip() or dated) and _HOLDS.match(after):
            return resolve(telling.text[span[0] : span[1]], mentions_in(telling, *span), day)
    return None


def _hall(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    """A house that shows something: 市文化宫连演两场改良剧, 歌剧院里奏响交响曲."""
    at = _head(telling, start, end)
    match = _HALL.match(telling.masked, at, end)
    if match is None:
        return None
    span = match.span("place")
    inside = [p for p in mentions_in(telling, *span) if len(p.quote) > 1]  # 越俄友谊文化宫 is of neither country
    return resolve(telling.text[span[0] : span[1]], inside, day)


def _exists(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    """Where there was something: 河静省锦川县天琴海滩上办起了篝火晚会."""
    span = named_at(telling, _head(telling, start, end), end)
    there = _THERE.match(telling.masked, span[1], end) if span else None
    if span is None or there is None:
        return None
    inside = mentions_in(telling, *span)
    if inside and all(p.kind == "country" for p in inside):
        return None
    return resolve(telling.text[span[0] : there.end("site")], inside, day)


def _chain(telling: Telling, first: PlaceMention) -> list[PlaceMention]:
    chain = [first]
    for mention in telling.places:
        if 0 <= mention.char_start - chain[-1].char_end <= 1 and telling.masked[
            chain[-1].char_end : mention.char_start
        ] in ("", "省", "市", "县", "和", "、"):
            chain.append(mention)
    return chain


# 自行车赛9月2日将从安泰出发: where a race or a ride sets off
_RIDE = on_use(r"骑行|自行车|赛|跑|马拉松|徒步|接力|拉力|巡游|健步|健走")
_SETS_OFF = on_use(
    r"(?<![服])从(?P<place>[^,;从]{2,16}?)(?:同时|正式|鸣枪|鸣笛)?(?:出发|起跑|开跑|起步|发车|启程|启动|发枪)"
)


def _starts(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    match = _SETS_OFF.search(telling.masked, start, end)
    if match is None or _RIDE.search(telling.plain, start, match.start()) is None:
        return None
    span = named_at(telling, match.start("place"), match.end("place"))
    if span is None:  # 从安泰出发: a town that no gazetteer has by its bare name
        return Place(match["place"]) if len(match["place"]) <= 4 else None
    right = match.end("place") if telling.masked[span[1] : match.end("place")].endswith(_SITE) else span[1]
    return resolve(telling.text[span[0] : right], mentions_in(telling, *span), day)


_OF_DAY = on_use(r"[日旬]的")


def _dated_name(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    """The town before the name of what a day is told for: 在9月25日的河内认捐会上."""
    for match in _OF_DAY.finditer(telling.masked, start, end):
        span = named_at(telling, match.end(), end)
        inside = mentions_in(telling, *span) if span else []
        if span is None or all(p.kind == "country" for p in inside):
            continue
        if re.match(r"[^,;的、和与]{0,8}[会坛节赛展宴礼]", telling.masked[span[1] : end]):
            return resolve(telling.text[slice(*span)], inside, day)
    return None


_OWN = (
    _quoted_house,
    _venue,
    _works_at,
    _moved,
    _goal,
    _located,
    _subject,
    _exists,
    _hall,
    _site,
    _named,
    _given,
    _dated_name,
    _starts,
)
_BEFORE = (_venue, _moved, _located, _topic)


def resolve(text: str, mentions: list[PlaceMention], day: dt.date | None) -> Place:
    """The unit and country of a place's words."""
    exact = [m for m in mentions if m.kind != "country"] or mentions
    if not exact:
        return Place(text)
    last = exact[-1]
    above = next((m for m in mentions if m.kind == "country" and m.char_end == last.char_start), None)
    named = above.country if above is not None and len(above.quote) > 1 else None
    if named and last.country and named != last.country:
        return Place(text, None, None, named)  # 古巴圣地亚哥省: of the name's several places the one said
    first = next((m for m in exact if m.kind == "admin1"), None)
    if first is not None and first.country and last.country and last.country != first.country:
        iso = (iso_on(first.admin1, day) if day else iso_for_period(first.admin1, None, None)) if first.admin1 else None
        return Place(
            text, None, iso, first.country
        )  # 得农省嘉义市: a town of that province, whatever else is called so
    country = next((m.country for m in [*reversed(exact), *reversed(mentions)] if m.country), None)
    admin1 = next((m.admin1 for m in reversed(mentions) if m.admin1), None)
    iso = (iso_on(admin1, day) if day else iso_for_period(admin1, None, None)) if admin1 else None
    place_id = last.place_id or (place_on(admin1, day) if admin1 and last.kind == "admin1" else None)
    return Place(text, place_id, iso, country)


@cache
def _countries() -> dict[str, str]:
    rows = lookups.rows("country_aliases_zh")
    return {row["name_zh"]: row["iso_alpha2"] for row in rows}


def country_of(word: str, telling: Telling, start: int, end: int) -> str | None:
    """The country a word names: 越南 by its mention, 越 by the table of abbreviations."""
    for mention in telling.places:
        if mention.char_start < end and mention.char_end > start and mention.country:
            return mention.country
    return _countries().get(word)
