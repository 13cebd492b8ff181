"""The country of a happening: of its place, an embassy, a dateline, its parties, the outlet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from etl.build.events.clauses import Telling
from etl.build.events.happening import Happening
from etl.build.events.likeness import dates_fit
from etl.build.events.party import Party
from etl.build.events.sites import EMBASSY, country_of, said_place
from etl.build.events.spans import span
from etl.mentions import Findings, PlaceMention
from etl.normalize.places import find_places_on
from etl.patterns import on_use

_ZONES = {"Asia/Ho_Chi_Minh": "VN", "Asia/Vientiane": "LA", "Asia/Phnom_Penh": "KH"}
_MONEY_OF = {"VND": "VN", "CNY": "CN", "TWD": "TW", "HKD": "HK", "MOP": "MO"}
_COINS = {"MOP": "MO", "HKD": "HK", "TWD": "TW", "MYR": "MY", "SGD": "SG"}
_DATELINE = on_use(
    r"^\s*(?:\(?[\u4e00-\u9fff]{2,8}\)?\s?)?(?:新华社|越通社|中新社|中新网|人民网|本报|"
    r"塔斯社)(?P<place>[\u4e00-\u9fff·]{2,10}?)(?=\d|\d*月|[—-]|电)"
)


@dataclass(frozen=True, slots=True)
class Home:
    """What a page leaves unsaid: the country of its outlet and of its dateline."""

    country: str | None
    dateline: str | None


def _around(happening: Happening, who: list[Party]) -> str | None:
    """The one country in which all places of the clause lie."""
    main = happening.main.candidate
    spots = {
        p.country for p in main.telling.places
        if main.clause.start <= p.char_start < main.clause.end and p.kind not in ("country", "admin1")
        and not main.telling.masked.endswith("来自", 0, p.char_start)
        and not any(a.char_start <= p.char_start < a.char_end for a in main.telling.actors)
        and not any(w.actor.char_start <= p.char_start < w.actor.char_end for w in who if w.unit)
    }  # fmt: skip
    return spots.pop() if len(spots) == 1 else None


_ACROSS = on_use(r"(?:[到去赴往过]|前往|抵达|来到)了?(?:[江河]|界[江河])?对岸(?!的)")


def _across(happening: Happening, others: list[Happening], home: Home) -> str | None:
    """两地青年将到对岸去参加擂台赛: over the river from the paper's land is the one other land that the page names."""
    main = happening.main.candidate
    if home.country is None or _ACROSS.search(main.telling.masked, main.item_start, main.end) is None:
        return None
    lands = {p.country for h in (happening, *others) for p in h.main.candidate.telling.places} - {None, home.country}
    return lands.pop() if len(lands) == 1 else None


def _visited(happening: Happening, others: list[Happening]) -> bool:
    """Whether the guests had come, or the parties had met: 代表团来访,双方签署…"""
    order = happening.main.candidate.clause.order
    section = happening.main.candidate.telling.section
    return happening.parent is not None or any(
        h.event_type in ("visit", "meeting", "conference") and h.main.candidate.clause.order < order
        and h.main.candidate.telling.section == section and dates_fit(h.anchor, happening.anchor) is not False
        for h in others
    )  # fmt: skip


def _abroad(happening: Happening, others: list[Happening], home: Home) -> str | None:
    """What a delegation does on its visit abroad is done there; an outlet of no known home tells of one country."""
    order = happening.main.candidate.clause.order
    first = min(others, key=lambda h: h.main.candidate.clause.order, default=happening)
    if first is happening or happening.main.planned or first.main.candidate.clause.order > order:
        return None
    place = said_place(first, None)
    if place is None or place.country == home.country:
        return None
    dated = all(h.date is not None and h.date.start_date is not None for h in (first, happening))
    late = dated and dates_fit(first.anchor, happening.anchor) is False
    return place.country if (first.event_type == "visit" and not late) or home.country is None else None


def during_visit(happening: Happening, others: list[Happening], parties_of: dict[int, list[Party]]) -> str | None:
    """The country of a visit in whose days its guests did this: 代表团15日晚观看了文艺晚会."""
    names = {p.actor.name for p in parties_of[id(happening)]}
    for other in others:
        if other is happening or other.event_type != "visit":
            continue
        first, last = span(other)
        day = happening.date.start_date if happening.date is not None else None
        within = first is not None and last is not None and day is not None and first <= day <= last
        if other.main.planned != happening.main.planned and not (within and happening.main.planned):
            continue  # 16日抵达,访问三天。代表团将于18日出席开幕礼: still on that visit
        if other.date is None or other.date.precision not in ("day", "day_part", "range"):
            continue  # 下半年将派团赴柬埔寨考察: not all of the half year is spent there
        guests = {p.actor.name for p in parties_of[id(other)] if p.role == "guest"}
        if not guests & names or not (within or dates_fit(other.anchor, happening.anchor) is True):
            continue
        place = said_place(other, None)
        if place is not None and place.country is not None:
            return place.country
    return None


_HANDED_OVER = on_use(
    r"(?:向|给)(?P<who>[^,;]{2,20}?)(?:移交|交付|援建|捐建|赠送)[^,;]{0,16}(?:站|校|学|院|楼|桥|屋|房|馆|中心|"
    r"路|井|渠|水厂|库|教室|宿舍)(?:$|[,;。])"
)


def land_of_taker(happening: Happening, who: list[Party], home: Home) -> str | None:
    """第四军区向波里坎赛省移交医疗站: a building stands in the land of the one who is to have it."""
    if happening.event_type not in ("handover", "launch", "ceremony"):
        return None
    for one in (*happening.tellings, *happening.mentions):
        c = one.candidate
        told = _HANDED_OVER.search(c.telling.masked, c.clause.start, c.clause.end)
        if told is not None:
            left, right = told.span("who")
            lands = {p.country for p in c.telling.places if left <= p.char_start < right and p.country}
            if len(lands) == 1 and any(p.country in lands for p in who):
                return lands.pop()
    return None


def country_told(happening: Happening, others: list[Happening], who: list[Party], home: Home) -> str | None:
    main = happening.main.candidate
    embassy = EMBASSY.search(main.telling.masked, main.clause.start, main.clause.end)
    if embassy:
        country = country_of(embassy["place"], main.telling, *embassy.span("place"))
        if country:
            return country
    if home.dateline and home.dateline != home.country:
        return home.dateline
    around = _around(happening, who) or _across(happening, others, home)
    if around is not None:
        return around
    abroad = _abroad(happening, others, home)
    if abroad is not None:
        return abroad
    taker = land_of_taker(happening, who, home)
    if taker is not None:
        return taker
    countries = {p.country for p in who if p.country}
    posted = _where_posted(happening, who, home)
    if posted is not None:
        return posted
    if happening.event_type == "signing" and len(countries) > 1 and not _visited(happening, others):
        return None
    if not countries or home.country in countries:
        return home.country
    near = [
        said_place(h, None) for h in others
        if h is not happening and h.main.candidate.telling is happening.main.candidate.telling
        and dates_fit(h.anchor, happening.anchor)
    ]  # fmt: skip
    known = [p.country for p in near if p is not None and p.country]
    if known:
        return known[0]
    if home.country is None and len(countries) == 2:
        return _unsaid(happening, who)
    if home.country is None and len(countries) == 1:
        return countries.pop() if happening.event_type not in ("visit", "signing", "meeting") else None
    return None if all(p.role in ("organizer", "host") for p in who) else home.country


def _unsaid(happening: Happening, who: list[Party]) -> str | None:
    """下朗县与中国大新县在口岸举行…: the land of the side that needs no land's name is the page's own."""
    telling = happening.main.candidate.telling
    above = {p.char_end: p for p in telling.places}
    said = set()
    for one in who:
        at, first = one.actor.char_start, None
        while (over := above.get(at)) is not None and over.char_start < at:  # 中国|广西|崇左市|大新县
            at, first = over.char_start, over
        heads = first or next((p for p in telling.places if p.char_start == at), None)
        if one.country and heads is not None and heads.kind == "country":
            said.add(one.country)
    unsaid = {w.country for w in who if w.country and w.actor.entity_type != "person"} - said
    return unsaid.pop() if len(said) == 1 and len(unsaid) == 1 else None


_ENVOYS = on_use(r"(?:大使|总领事|领事|代办|公使|参赞)$")
_ENVOY = on_use(r"(?:大使|总领事|临时代办|代办|公使|参赞)")


def _where_posted(happening: Happening, who: list[Party], home: Home) -> str | None:
    """王大使会见宁平省委书记: an envoy meets the people of one province where he is posted, not at home."""
    if happening.event_type != "meeting":
        return None
    envoys = [p for p in who if _ENVOYS.search(p.actor.name) or _ENVOY.search(p.actor.quote)]
    lands = {
        u.country for p in who if p not in envoys and p.actor.country != home.country for u in _units_of(happening, p)
    }  # fmt: skip
    return lands.pop() if envoys and len(lands) == 1 and home.country not in lands else None


def _units_of(happening: Happening, party: Party) -> list[PlaceMention]:
    """The provinces and towns in a party's name and office."""
    telling = happening.main.candidate.telling
    actor = party.actor
    if actor.line_no != telling.line_no:
        return []
    return [
        p for p in telling.places
        if actor.char_start <= p.char_start < actor.char_end and p.kind not in ("country", "venue", "region")
    ]  # fmt: skip


def home_country(findings: Findings) -> str | None:
    """Where an outlet is at home: by its currency, else the country of most of the page's provinces and towns."""
    page = findings.page
    posted_from = _POSTED_FROM.search("\n".join(line.text[-24:] for line in page.frame()[:8]))
    if posted_from is not None:
        return "CN"
    edited = _edited_in(findings)
    if edited is not None:
        return edited
    posted = _posted_in(findings)
    if posted is not None:
        return posted
    if page.home_currency in _MONEY_OF and not (page.home_currency == "CNY" and page.timezone):
        return _MONEY_OF[page.home_currency]
    if page.home_currency is not None or page.timezone is not None:
        return _ZONES.get(page.timezone or "")
    paper = any(_OWN_REPORT.search(line.text[:24]) for line in findings.first_print_lines())
    coin = _of_coin(findings)
    if paper and coin is not None:
        return coin
    local = [p.country for p in findings.places if p.kind != "country" and p.country]
    counts = Counter(local).most_common(2)
    land, most = counts[0] if counts else ("", 0)
    second = counts[1][1] if len(counts) > 1 else 0
    if len(local) > 1 and (most >= 0.6 * len(local) or (most >= 0.5 * len(local) and most >= 1.6 * second)):
        return land
    return coin


_MISSION = on_use(r"驻(?P<place>[\u4e00-\u9fff]{1,10}?)(?:总领事馆|總領事館|总领馆|领事馆|大使馆|大使館)")


def _posted_in(findings: Findings) -> str | None:
    """中华人民共和国驻岘港总领事馆 over a page: what a mission tells of its doings took place where it is posted."""
    for line in findings.page.frame()[:8]:
        match = _MISSION.search(line.text[:40])
        if match is not None:
            lands = {p.country for p in find_places_on((line,)) if match.start() < p.char_start < match.end()} - {None}
            return lands.pop() if len(lands) == 1 else None
    return None


_EDITED = on_use(
    r"[报報刊网網社台声聲》][^。]{0,8}[\s　|｜(（]{1,3}(?P<land>[\u4e00-\u9fff]{2,5})[·•・‧\s—-]"
    r"[\u4e00-\u9fff]{2,6}[)）]?$"
)


def _edited_in(findings: Findings) -> str | None:
    """《椰林侨声》周报　某国·某城 over a page: land and town of the paper."""
    for line in findings.page.frame()[:3]:
        match = _EDITED.search(line.text.strip()) if len(line.text) <= 60 else None
        if match is None:
            continue
        shift = len(line.text) - len(line.text.lstrip())
        spots = [p for p in find_places_on((line,)) if p.char_start >= match.start("land") + shift]
        lands = {p.country for p in spots}
        if len(spots) >= 2 and len(lands) == 1 and spots[0].kind == "country":
            return lands.pop()
    return None


# 2025年05月20日 19:32 广西: under an article of WeChat the province that it was posted from
_POSTED_FROM = on_use(
    r"\d{1,2}:\d{2}\s+(?:发表于|发布于|IP属地[:：]?)?\s*(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|"
    r"江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆)\s*(?:\n|$)"
)
_OWN_REPORT = on_use(r"^\s*[（(【]?[\u4e00-\u9fff]{2,6}\d{1,2}日[讯訊]|本[报報][讯訊]|本[刊会會社][讯訊]")


def _of_coin(findings: Findings) -> str | None:
    """澳门币36万元, 令吉: the land whose own coin most of a page's figures are in."""
    own = Counter(m.currency for m in findings.money if m.currency)
    for currency, land in _COINS.items():
        if own[currency] >= 2 and own[currency] * 2 > sum(own.values()):
            return land
    return None


def dateline_country(context: tuple[Telling, ...]) -> str | None:
    """新华社万象11月17日电: what such a report tells took place there unless it says otherwise."""
    for telling in context[:6]:
        match = _DATELINE.match(telling.masked)
        if match:
            return country_of(match["place"], telling, *match.span("place"))
    return None
