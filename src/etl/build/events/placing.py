"""Where a happening took place: the words of place of its clause, their unit and country."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace
from functools import cache

from etl import lookups
from etl.build.events.clauses import Telling
from etl.build.events.countries import Home, country_told, during_visit, land_of_taker
from etl.build.events.happening import Happening
from etl.build.events.likeness import dates_fit, likeness
from etl.build.events.party import Party, home_unit, units_named
from etl.build.events.scenes import Scenes
from etl.build.events.sites import Place, built_before, resolve, said_place
from etl.build.events.spans import span
from etl.patterns import on_use

_HOSTED = frozenset(
    {
        "conference",
        "congress",
        "ceremony",
        "cultural_exchange",
        "contest",
        "award",
        "training",
        "launch",
        "meeting",
        "other",
    }
)
_BARE_UNIT = 6  # characters of a unit named without the province above it
_LASTING = ("cultural_exchange", "contest", "training", "conference", "congress", "other")
_GIVEN_BY = ("由", "来自", "受", "经")
_HOUSES = ("大学", "学院", "医院", "学校", "中学", "小学", "博物馆", "图书馆", "美术馆", "研究院", "研究所")
_CARE_HOUSES = (
    "养老院",
    "敬老院",
    "福利院",
    "孤儿院",
    "儿童村",
    "医院",
    "卫生站",
    "小学",
    "中学",
    "大学",
    "学院",
    "学校",
    "幼儿园",
    "中心",
    "博物馆",
    "纪念馆",
)
_OVERSEAS = on_use(r"[越华]侨|侨胞|同乡会|留学生|越南人(?:协)?会")
_UNITS = ("县", "縣", "市", "郡", "社", "坊", "乡", "鄉", "镇", "鎮", "村", "区", "區")
_LOCALS = on_use(r"(?:村民|乡亲|居民|边民|渔民|盐民|山民|农户)们?$")
_DEFINITE = on_use(
    r"^[*\s]*(?:该|本|此|[\u4e00-\u9fff]{0,12})(?:工程|项目|大桥|[一二三四五\d]号桥|桥|学校|医院|教学楼|"
    r"中心)[^,]{0,4}(?:于|在|自)?"
)


def place(
    happening: Happening,
    others: list[Happening],
    parties_of: dict[int, list[Party]],
    day: dt.date | None,
    home: Home,
    context: tuple[Telling, ...],
    scenes: Scenes,
) -> Place:
    """The place said; else of the happening it is part of; else where the story is; else of the local organization.

    `parties_of` holds the participants of every happening of the page under its `id()`.
    """
    who = parties_of[id(happening)]
    said = said_place(happening, day)
    if said is not None:
        if said.country:
            if not _is_guess(said, home):
                return _among_hosts(said, who, home)
            land = (
                _told_of(said, context)
                or _on_tour(happening, who, scenes)
                or land_of_taker(happening, who, home)
                or _of_unknown_county(said, happening, home)
                or _of_parent(happening, others, parties_of, day, home, context, scenes)
            )
            if land is None or land == said.country:
                return said
            return replace(said, country=land, admin1_iso=None)
        before = _where_it_stood(said, happening, others)
        if before is not None:
            rest = [h for h in others if h is not happening]
            land = place(before, rest, parties_of, day, home, context, scenes).country
            if land is not None:
                return replace(said, country=land)
        return replace(
            said,
            country=_of_unknown_unit(said, happening, others, home)
            or _of_own_house(said, happening, home)
            or _told_of(said, context)
            or _of_parent(happening, others, parties_of, day, home, context, scenes)
            or _of_vietnam(said, home)
            or scenes.country(happening)
            or during_visit(happening, others, parties_of)
            or scenes.land(happening)
            or country_told(happening, others, who, home),
        )
    bare = _bare_goal(happening, context)
    if bare is not None:
        return bare
    outer = happening.parent or _kindred(happening, others)
    if outer is not None and outer is not happening:
        whole = place(outer, [h for h in others if h is not happening], parties_of, day, home, context, scenes)
        if whole.text is not None or whole.country is not None:
            return replace(whole, inferred=True)
    built = built_before(happening, day) or _visited_house(happening, who)
    if built is not None:
        land = built.country or during_visit(happening, others, parties_of) or scenes.land(happening)
        return replace(built, country=land or country_told(happening, others, who, home))
    side = _side_that_holds(happening) or _unit_of_works(happening)
    if side is not None:
        return side
    own_unit = _own_unit(happening, context, day) or _received_here(happening, context, day, home)
    if own_unit is not None:
        return own_unit
    whole_one = _opened(happening, others, day)
    if whole_one is not None:
        return replace(whole_one, country=whole_one.country or home.country, inferred=True)
    here, around = scenes.here(happening), scenes.around(happening)
    abroad = scenes.country(happening) or during_visit(happening, others, parties_of)
    if abroad is not None:
        local = _of_host(happening, who, day, context)
        nearer = next((p for p in (here, around, local) if p is not None and p.country == abroad), None)
        return nearer or Place(country=abroad, inferred=True)
    if here is not None:
        return here
    hosted = _of_host(happening, who, day, context)
    if hosted is not None and hosted.country == (scenes.land(happening) or hosted.country):
        return hosted
    if around is not None:
        return around
    taken = _of_taker(happening, who, day)
    if taken is not None:
        return taken
    return Place(country=country_told(happening, others, who, home), inferred=True)


def _among_hosts(said: Place, who: list[Party], home: Home) -> Place:
    """河江省代表团转往孟某县, in a paper of Laos: a unit that no gazetteer has lies where the guests went."""
    text = said.text or ""
    bare = said.place_id is None and len(text) <= _BARE_UNIT and "省" not in text and text.endswith(_UNITS)
    if not bare or home.country in (None, said.country):
        return said
    travellers = [p for p in who if p.role in ("guest", "donor", "organizer") and _TRAVELLERS.search(p.actor.name)]
    if not any(p.country == said.country for p in travellers):
        return said
    return replace(said, country=home.country, admin1_iso=None)


_THE_SCHOOL = on_use(
    r"(?:新(?:校|建|落成)?(?:成?的)?)?(?:学校|校园|校内|该校|校舍|医院|医疗站|卫生[站院]|教学楼|村里|工地)(?![\u4e00-\u9fff]{0,4}(?:省|市|县))"
)


def _where_it_stood(said: Place, happening: Happening, others: list[Happening]) -> Happening | None:
    """同日,医疗队在学校操场义诊: the school of what was told of that day right before."""
    if _THE_SCHOOL.match(said.text or "") is None:
        return None
    order = happening.main.candidate.clause.order
    same = [
        h for h in others
        if h is not happening and h.main.candidate.clause.order < order and not h.main.planned
        and h.date is not None and dates_fit(h.anchor, happening.anchor) is True
    ]  # fmt: skip
    return max(same, key=lambda h: h.main.candidate.clause.order, default=None)


def _is_guess(said: Place, home: Home) -> bool:
    """甘孟县, a unit that no gazetteer has: at home unless something says otherwise."""
    text = said.text or ""
    bare = said.place_id is None and len(text) <= _BARE_UNIT and "省" not in text
    return bare and said.country == home.country and text.endswith(_UNITS)


# 一行12人先到石门, where the page also has 石门镇; 赴下龙参加文化营: a unit without its sign
_BARE_GOAL = on_use(
    r"(?:赴|前往|抵达|(?:先|再|又|随后|专程)到|飞往|飞抵|到(?=[^,]{2,4}(?:义诊|支教|看诊|施诊|演出|献演)))"
    r"(?P<to>[\u4e00-\u9fff]{2,4}?)(?=参加|出席|参赛|观摩|参观|访问|考察|拜访|义诊|支教|看诊|施诊|演出|献演|[,。;]|$)"
)


@cache
def _districts() -> dict[str, int]:
    return Counter(row["name_zh"] for row in lookups.rows("vn_localities") if row["kind"] == "district")


def _bare_goal(happening: Happening, context: tuple[Telling, ...]) -> Place | None:
    for one in happening.tellings:
        c = one.candidate
        first = min(k.start for k in c.telling.clauses if k.item == c.clause.item and c.clause.order - k.order <= 1)
        match = _BARE_GOAL.search(c.telling.masked, first, c.clause.end)
        if match is None:
            continue
        word = match["to"]
        for telling in context:
            signed = re.search(rf"{word}[镇鎮县縣市社乡村]", telling.plain) if word in telling.plain else None
            if signed is None:
                continue
            near = [
                p for p in telling.places
                if p.country and (p.char_end == signed.start() or p.char_start <= signed.start() < p.char_end)
            ]  # fmt: skip
            if near:
                return Place(word, None, None, near[-1].country)
        if _districts().get(word) == 1:
            return Place(word, None, None, "VN")
    return None


_TRAVELLERS = on_use(r"(?:[访表问察术演医生艺团]团|团队|一行|义诊队|医疗队|工作组|工作队)$")


def _on_tour(happening: Happening, who: list[Party], scenes: Scenes) -> str | None:
    """按照日程,9日代表团将到孟新县: still in the land that the delegation was last told to be in."""
    if not any(p.role in ("guest", "organizer", "donor") and _TRAVELLERS.search(p.actor.name) for p in who):
        return None
    return scenes.abroad(happening)


_GUESTS_OF = ("走访", "参观", "看望", "慰问", "探访", "访问", "考察", "探望", "到访", "走进", "视察", "参访")


def _visited_house(happening: Happening, who: list[Party]) -> Place | None:
    """走访明道养老院和一所小学: the house that was visited is where it was."""
    main = happening.main.candidate
    if happening.event_type != "visit" or main.trigger.word not in _GUESTS_OF:
        return None
    for party in who:
        houses = party.role == "host" and party.actor.name.endswith(_CARE_HOUSES) and len(party.actor.name) >= 5
        if houses and main.trigger.end <= party.actor.char_start < main.end:
            if party.places:
                return replace(resolve(party.actor.name, list(party.places), None), inferred=True)
            return Place(party.actor.name, None, None, party.country, inferred=True)
    return None


# 省里将办第五届瑜伽日, 市里召开座谈会: the unit that the page tells of
_OWN_UNIT = on_use(
    r"(?:^|[\d日月年旬午晚,])(?:省里|市里|县里|本省|本市|全省|全市)(?=将|还|要|又|拟|计划|已|也|正|为|在|举|"
    r"召|办|开|首)"
)


_LANDS = {"越": "VN", "中": "CN", "老": "LA", "柬": "KH", "泰": "TH", "日": "JP", "韩": "KR", "俄": "RU", "古": "CU"}
_SIDE_HOLDS = on_use(
    r"(?P<land>[越中老柬泰日韩俄古])方(?:面)?(?:则|将|也|还|再|拟|计划|负责|轮到){0,3}"
    r"(?:主办|承办|举办|筹办|接办|操办|做东|举行|召开|(?<![主承举筹])办)"
)
# 5月中旬,谅山省将办茶歌会: what a unit holds by itself is held there
_UNIT_HOLDS = on_use(
    r"(?:将|拟|还|也|则|要|计划|定于[^,]{2,12}|会){0,3}(?:主办|承办|举办|筹办|举行|召开|开办|(?<![主承举筹开协])办)"
)


def _side_that_holds(happening: Happening) -> Place | None:
    """越方则负责筹办下一届歌节: in the land of that side; 谅山省将办茶歌会: in that province."""
    main = happening.main.candidate
    telling, clause = main.telling, main.clause
    if happening.event_type not in _HOSTED or main.trigger.form == "verb":
        return None
    match = _SIDE_HOLDS.search(telling.masked, clause.start, main.trigger.start)
    if match is not None:
        return Place(country=_LANDS[match["land"]], inferred=True)
    units = [p for p in telling.places if clause.start <= p.char_start < main.trigger.start]
    heads = [p for p in units if p.kind in ("admin1", "city", "district")]
    if not heads:
        return None
    unit = heads[0]
    ahead = telling.masked[clause.start : unit.char_start]
    opens = ahead == "" or any(d.char_end == unit.char_start and d.char_start == clause.start for d in telling.dates)
    if not opens or _UNIT_HOLDS.match(telling.masked, unit.char_end) is None:
        return None
    return replace(resolve(unit.quote, [unit], None), inferred=True)


# 青松县两条村寨的供水系统启用: works stand in the unit whose they are
_WORKS_OF = on_use(
    r"[^,、在将向]{0,24}(?:系统|桥|小学|中学|学校|医院|卫生站|诊所|水站|水厂|水塔|水井|教学楼|校舍|公路|道路|路|图书馆|中心|体育场|宿舍|"
    r"幼儿园|电站|码头|公园|堤|渠)(?:已|将|正式|全线|顺利|如期|全面|于|[\d年月日上中下旬])*"
)


def _unit_of_works(happening: Happening) -> Place | None:
    main = happening.main.candidate
    telling, clause = main.telling, main.clause
    if happening.event_type != "launch" or main.trigger.form != "verb":
        return None
    units = [p for p in telling.places if clause.start <= p.char_start < main.trigger.start]
    units = [p for p in units if p.kind not in ("country", "region", "venue")]
    if not units or telling.masked[clause.start : units[0].char_start]:
        return None
    last = units[0]
    for one in units[1:]:  # 谅山省|青松县
        last = one if one.char_start == last.char_end else last
    if _WORKS_OF.fullmatch(telling.masked, last.char_end, main.trigger.start) is None:
        return None
    return replace(resolve(telling.text[units[0].char_start : last.char_end], [last], None), inferred=True)


def _own_unit(happening: Happening, context: tuple[Telling, ...], day: dt.date | None) -> Place | None:
    main = happening.main.candidate
    if happening.event_type not in _HOSTED or not _OWN_UNIT.search(
        main.telling.masked[main.clause.start : main.trigger.start]
    ):
        return None
    home = home_unit(context, main.telling.line_no)
    return replace(resolve(home[1].quote, [home[1]], day), inferred=True) if home is not None else None


# 山罗省妇联代表团转往孟赛县: where the guests are from is not where they go
_GUESTS_FROM = on_use(r"[^,;。向与和同在]{0,10}(?:代表团|访问团|考察团|工作组|参观团|艺术团|义诊团|一行)")
# 在协会机关, 在会所: the house of who meets there
_OWN_HOUSE = on_use(
    r"(?:该|本|我|省|市|全国)?(?:协会|联合会|总会|学会|学院|分会|友协|友联|会|校|院|学校|报社|红十字会|基金会)(?:的)?"
    r"(?:机关|总部|本部|会所|会址|会馆|驻地|办公楼|办公室|大楼|大院|会议室|礼堂)[^,;]{0,4}"
)


def _of_own_house(said: Place, happening: Happening, home: Home) -> str | None:
    """理事会在协会机关开会: at home, unless it is a visit or the clause names a land abroad."""
    if home.country is None or happening.event_type == "visit" or _OWN_HOUSE.fullmatch(said.text or "") is None:
        return None
    main = happening.main.candidate
    lands = {
        p.country for p in main.telling.places if main.clause.sentence_start <= p.char_start < main.clause.end
    } - {None, home.country}  # fmt: skip
    return None if lands else home.country


def _of_unknown_unit(said: Place, happening: Happening, others: list[Happening], home: Home) -> str | None:
    """省长在孟赛市为公园剪彩: a town no gazetteer has is abroad where the sentence names one foreign land's places."""
    if said.text is None or home.country is None:
        return None
    for other in others:  # 当晚在孟赛市体育馆: the town of the happening before
        town = said_place(other, None) if other is not happening else None
        if town is not None and town.text and not town.country and town.text != said.text and town.text in said.text:
            return _of_unknown_unit(town, other, [], home)
    main = happening.main.candidate
    if said.text.endswith(("港", "机场", "码头")):  # 运抵马列尔港,古巴国内贸易部接了货
        item = [c for c in main.telling.clauses if c.item == main.clause.item and c.order >= main.clause.order]
        near = {
            a.country for a in main.telling.actors
            if main.clause.start <= a.char_start < item[-1].end and a.country not in (home.country, None)
        }  # fmt: skip
        return near.pop() if len(near) == 1 else None
    if not said.text.endswith(("市", "县", "府", "郡", "州")):
        return None
    named = {
        p.country for p in main.telling.places
        if main.item_start <= p.char_start < main.end and p.kind != "country" and p.country != home.country
        and not main.telling.masked.endswith(_GIVEN_BY, 0, p.char_start)
        and _GUESTS_FROM.match(main.telling.masked, p.char_end) is None
    } - {None}  # fmt: skip
    return named.pop() if len(named) == 1 else None


def _of_unknown_county(said: Place, happening: Happening, home: Home) -> str | None:
    """某军区与某国某省军分区在安某县: all counties of Vietnam are known, so one that is not lies abroad."""
    text = said.text or ""
    if home.country != "VN" or not text.endswith("县") or text in _districts() or text[:-1] in _districts():
        return None
    return _of_unknown_unit(said, happening, [], home)


_ARRIVES_HERE = ("来访", "到访", "来市访问", "来省访问")


def _received_here(happening: Happening, context: tuple[Telling, ...], day: dt.date | None, home: Home) -> Place | None:
    """本月28日,里昂市代表团来访: to the unit that the page tells of."""
    main = happening.main.candidate
    if main.trigger.word not in _ARRIVES_HERE or home.country != "VN":
        return None
    own = home_unit(context, main.telling.line_no)
    return replace(resolve(own[1].quote, [own[1]], day), inferred=True) if own is not None else None


_RITES = on_use(r"(?:开[营幕班赛学课]|闭[营幕]|结[营业]|启动|颁奖)(?:仪?式|礼|典礼|晚会|当天|当晚)?")


def _opened(happening: Happening, others: list[Happening], day: dt.date | None) -> Place | None:
    """15日晚的开营式上: where the camp is held that lasts from the 15th to the 18th."""
    main = happening.main.candidate
    if _RITES.search(main.telling.masked, main.item_start, main.trigger.end) is None or happening.date is None:
        return None
    for other in others:
        first, last = span(other) if other is not happening else (None, None)
        start = happening.date.start_date
        if first is None or last is None or start is None or first == last or not first <= start <= last:
            continue
        if other.event_type in _LASTING and other.main.candidate.clause.order < main.clause.order:
            where = said_place(other, day)
            if where is not None and where.text:
                return where
    return None


def _of_parent(
    happening: Happening,
    others: list[Happening],
    parties_of: dict[int, list[Party]],
    day: dt.date | None,
    home: Home,
    context: tuple[Telling, ...],
    scenes: Scenes,
) -> str | None:
    """仪式后,一行在百可镇会见…: abroad where what it is part of took place abroad."""
    parent = happening.parent
    if parent is None or parent is happening:
        return None
    rest = [h for h in others if h is not happening]
    land = place(parent, rest, parties_of, day, home, context, scenes).country
    return land if land != home.country else None


def _told_of(said: Place, context: tuple[Telling, ...]) -> str | None:
    """斯努县, where the page has told of 柬埔寨桔井省斯努县: the land of the unit that it was named with."""
    word = said.text or ""
    if not word.endswith(_UNITS):
        return None
    lands = {
        place.country
        for telling in context
        for place in telling.places
        if telling.text.startswith(word, place.char_end) and place.kind != "region" and place.country
    }
    return lands.pop() if len(lands) == 1 else None


def _of_vietnam(said: Place, home: Home) -> str | None:
    """茶溫社, 第五郡: units that in a Vietnamese paper are of its own land."""
    text = said.text or ""
    if home.country != "TW" and text.endswith("社") and not text.endswith(_NO_COMMUNE):
        return "VN"  # 在对面的平安社搞过一回: no other land has such units
    return home.country if home.country == "VN" and text.endswith(("坊", "郡")) else None


_NO_COMMUNE = (
    "合作社",
    "供销社",
    "旅行社",
    "报社",
    "通讯社",
    "出版社",
    "公社",
    "会社",
    "神社",
    "信用社",
    "杂志社",
    "诗社",
)


def _kindred(happening: Happening, others: list[Happening]) -> Happening | None:
    """工程于2021年9月18日破土 stands where the article's handover of it took place."""
    main = happening.main.candidate
    if happening.event_type not in ("launch", "ceremony", "other") or happening.main.planned:
        return None
    if _DEFINITE.match(main.telling.masked[main.clause.start : main.clause.end]) is None:
        return None
    things = [h for h in others if h is not happening and h.event_type in ("handover", "ceremony", "launch", "signing")]
    return max(things, key=lambda h: likeness(h.main, happening.main), default=None)


def _of_taker(happening: Happening, who: list[Party], day: dt.date | None) -> Place | None:
    """移交给诺恩村村委会: with one who takes it and a place in his name, it is handed over there."""
    if happening.event_type != "handover":
        return None
    takers = [p for p in who if p.role == "recipient" and p.actor.entity_type != "person"]
    if len(takers) != 1:
        return None
    units = [p for p in takers[0].places if p.kind not in ("country", "region")]
    return replace(resolve(units[0].quote, units[:1], day), inferred=True) if units else None


def _of_host(happening: Happening, who: list[Party], day: dt.date | None, context: tuple[Telling, ...]) -> Place | None:
    """平阳省友好组织联合会 holds its congress in 平阳省: only for what one local organization holds at home."""
    received = happening.event_type == "visit" and happening.main.candidate.trigger.word in ("接待", "迎来")
    if happening.event_type not in _HOSTED and not happening.main.candidate.header and not received:
        return None
    hosts = [p for p in who if p.role in ("organizer", "host", "awarder", "donor", "awardee")]
    if all(p.actor.entity_type != "organization" for p in hosts):
        hosts += [p for p in who if p.actor.entity_type == "organization" and not p.unit]
    for party in hosts:
        if "驻" in party.actor.name and not party.actor.name.endswith("领事馆"):
            continue  # 老挝驻岘港总领事 lights the fire wherever he is
        units = list(units_named(party, context))
        if units and units[0].country == "VN" and units[0].kind in ("admin1", "district", "commune", "city"):
            return replace(resolve(units[0].quote, units[:1], day), inferred=True)
        if units and party.actor.name.endswith(_HOUSES) and units[-1].kind in ("admin1", "city", "district"):
            return replace(resolve(units[-1].quote, units, day), inferred=True)  # 塞格德大学授予名誉教授称号
        if units and _OVERSEAS.search(party.actor.name):
            return replace(resolve(units[-1].quote, units[-1:], day), inferred=True)  # 他曲市的越侨协会
        if units:
            return None
    for party in who:
        local = _LOCALS.search(party.actor.name) if party.role in ("organizer", "host") else None
        if local and party.places and party.places[-1].kind in ("district", "commune"):
            return replace(resolve(party.places[-1].quote, list(party.places), day), inferred=True)
    return None
