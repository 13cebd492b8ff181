"""Words of place in a clause, and the units they name."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache

from etl import lookups
from etl.build.events.clauses import MASK, Telling
from etl.build.events.happening import Happening
from etl.build.events.judging import Judged
from etl.mentions import PlaceMention
from etl.normalize.places import iso_for_period, iso_on, place_on

_HELD = (
    r"举行|举办|召开|开幕|闭幕|开球|开赛|揭幕|揭牌|落成|开工|动工|奠基|启动|成立|会见|会谈|会晤|座谈|签署|签订|订立|换文|交换照会|签字|接待|"
    r"合办|联办|主办|办|向|与|同|为|进行|出席|参加|颁发|授予|移交|转交|捐赠|赠送|看望|设宴|剪彩|植树|义诊|达成|拉开|落幕|放飞|上演|联合|学习|就读|落下|圆满|结束|收官|登场|亮相|落户|挂牌|种下|开班|开课|开馆|开讲|首发|首演|首映|通车|竣工|展出|演出|表演|献艺|敬献|上香|献花|祭|发放|派发|接受|欢聚|发布|互赠|欣赏|观看|观赏"
)
_VENUE = re.compile(
    rf"(?:(?<![存现正所实旨])在(?![线职校])|设在|改在|于)(?P<venue>[^,;:。、在于{MASK}“”\[\]]{{2,28}}?)(?:上)?"
    rf"(?:联手|联合|共同|隆重|正式|配合|同步|如期|顺利|首次|成功|分别|一起)?(?={_HELD}|$)"
)
_GOAL = re.compile(
    r"(?:(?:抵达|前往|赴|到访|回访|探访|视察|参访|访问|参观|走访|考察|来到|看望|慰问|到|来)了?(?P<goal>[^,;:。、在于与同和对“”]{2,24}?)"
    r"(?=进行|开展|访问|考察|道贺|祝贺|看望|慰问|探望|参观|走访|拜年|举行|义诊|植树|出席|参加|$)"
    r"|对(?P<land>[^,;:。、在于与同和“”]{2,16}?)(?=进行|开展|展开))"
)
# A clause that sets the scene of what follows: 7月28日在川圹省, 在荣市举行的仪式上, …在河内举行会谈
_SCENE = re.compile(
    r"(?:^|[日午晚年月旬]|\d)\s?[在于][^,]{2,30}$|(?:举行|召开|举办|开幕|会见|会谈|座谈|访问|考察|抵达|来到|前往)"
)
_SITE = tuple("馆厅心场园学店院岸街路村坊区县社岛楼宫府校站港桥寺庙室部会所局寨市省城墓碑址居地")
_NO_PLACE = re.compile(
    r"[的了]|方面|领域|基础|时候|期间|情况|之后|之前|之际|举[行办]|做客|进行|以下|前$|期$|[下中后]$|框架|过程|现场|会上|仪式|典礼|论坛|晚会|大会|座谈会?$|年会$|峰会$|会议|活动|指导|陪同|支持|见证|配合|此|这里|当地$|各自"
)
EMBASSY = re.compile(r"驻(?P<place>[\u4e00-\u9fff]{1,10}?)(?:大使馆|总领事馆|领事馆|使馆|大使)")
_LOCATIVE = re.compile(r"(?:在|于|到|赴|抵|抵达|前往|来|访问|回访|考察|走访|看望|慰问|位于|来到)了?\s?$")
_HOLDS = re.compile(
    r"(?:省|市)?(?:[\u4e00-\u9fff]{2,5}(?:区|园|县|坊|社))?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]午|晚)?(?:将|已|领导)?"
    r"(?:举办|举行|召开|接待|会见|承办|主办)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """`inferred`: not said of the happening itself but of who held it or of what it belongs to."""

    text: str | None = None
    place_id: str | None = None
    admin1_iso: str | None = None
    country: str | None = None
    inferred: bool = False


def said_place(happening: Happening, day: dt.date | None) -> Place | None:
    """The place that a telling of the happening names, the main telling first."""
    found: Place | None = None
    for one in happening.tellings:
        said = _said(one, day)
        if said is None:
            continue
        if found is None or (found.country is None and said.country):
            found = said if found is None else replace(said, text=found.text)
    return found


def _said(one: Judged, day: dt.date | None) -> Place | None:
    candidate = one.candidate
    telling, clause = candidate.telling, candidate.clause
    parts = [c for c in telling.clauses if c.item == clause.item and c.order <= clause.order]
    spans = [(candidate.start if candidate.header else clause.start, clause.end)]
    if candidate.header is None:
        spans += [(c.start, c.end) for c in reversed(parts[:-1])]
    for number, (start, end) in enumerate(spans):
        if number and not _SCENE.search(telling.masked[start:end]):
            continue  # 省内还有逾1400户住在茅屋里,溫情屋将于下月初动工
        finders = (_venue, _goal, _located, _subject) if number == 0 else (_venue, _located)
        for find in finders:
            found = find(telling, start, end, day)
            if found is not None:
                return found
    return None


def _venue(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    return _matched(_VENUE, "venue", telling, start, end, day, 12)


def _goal(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    return _matched(_GOAL, "goal", telling, start, end, day, 0)


def _matched(
    pattern: re.Pattern[str], group: str, telling: Telling, start: int, end: int, day: dt.date | None, unknown: int
) -> Place | None:
    """The first words of place that a pattern finds; `unknown` is how long a venue no gazetteer has may be."""
    for match in pattern.finditer(telling.masked, start, end):
        left, right = match.span(group) if match[group] is not None else match.span("land")
        word = telling.text[left:right].strip()
        if _NO_PLACE.search(word) or any(d.char_start < right and d.char_end > left for d in telling.dates):
            continue
        inside = [p for p in telling.places if p.char_start >= left and p.char_end <= right]
        if inside and word.endswith(_SITE) and all(len(p.quote) == 1 for p in inside):
            return Place(word)  # 越老友谊中学 is of neither country by its name
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
        if inside and (group == "goal" or not word.endswith(_SITE)):
            word = telling.text[left : inside[-1].char_end].strip()
        if not inside and (len(word) > unknown or not re.search(r"[\u4e00-\u9fff]", word)):
            continue
        if all(p.kind == "country" for p in inside) and inside and len(word) <= max(len(p.quote) for p in inside) + 1:
            return Place(word, inside[0].place_id, None, inside[0].country)
        return resolve(word, inside, day)
    return None


def _located(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    for mention in telling.places:
        if not start <= mention.char_start < end:
            continue
        if not _LOCATIVE.search(telling.masked[max(start, mention.char_start - 8) : mention.char_start]):
            continue
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
        after = telling.masked[mention.char_end : mention.char_end + 30]
        dated = any(
            d.char_end >= mention.char_start - 1 and d.char_start >= start
            for d in telling.dates
            if d.char_end <= mention.char_start
        )
        if (not before.strip() or dated) and _HOLDS.match(after):
            chain = _chain(telling, mention)
            return resolve(telling.text[chain[0].char_start : chain[-1].char_end], chain, day)
    return None


def _chain(telling: Telling, first: PlaceMention) -> list[PlaceMention]:
    chain = [first]
    for mention in telling.places:
        if 0 <= mention.char_start - chain[-1].char_end <= 1 and telling.masked[
            chain[-1].char_end : mention.char_start
        ] in ("", "省", "市", "县", "和", "、"):
            chain.append(mention)
    return chain


def resolve(text: str, mentions: list[PlaceMention], day: dt.date | None) -> Place:
    """The unit and country of a place's words."""
    exact = [m for m in mentions if m.kind != "country"] or mentions
    if not exact:
        return Place(text)
    last = exact[-1]
    country = next((m.country for m in reversed(mentions) if m.country), None)
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
