"""Where a happening took place: the words of place of its clause, their unit and country."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from etl.build.events.clauses import Telling
from etl.build.events.judging import Judged
from etl.build.events.merging import Happening
from etl.mentions import ActorMention, PlaceMention
from etl.normalize.places import iso_on, place_on

_VENUE = re.compile(
    r"(?:在|于)(?P<venue>[^,;:。、在于□“”]{2,24}?)(?:上)?(?:联手|联合|共同|隆重|正式|配合|同步|合|开|如期|顺利|首次)?"
    r"(?:举行|举办|召开|开幕|闭幕|开球|开赛|揭幕|揭牌|落成|开工|动工|启动|成立|会见|会谈|座谈|签署|接待|办|向|与|同|为)"
)
_EMBASSY = re.compile(r"驻(?P<place>[^,。]{1,10}?)(?:大使馆|总领事馆|领事馆|使馆)")
_LOCATIVE = re.compile(r"(?:在|于|到|赴|抵|抵达|前往|来|访问|考察|走访)\s?(?:老挝|越南|中国)?$")


@dataclass(frozen=True, slots=True)
class Place:
    """`inferred`: not said of the happening itself but of who held it."""

    text: str | None = None
    place_id: str | None = None
    admin1_iso: str | None = None
    country: str | None = None
    inferred: bool = False


def place(happening: Happening, day: dt.date | None, home: str | None, hosts: list[ActorMention]) -> Place:
    """The place of a happening, the most exact of its tellings; else the country its actors leave no doubt of."""
    for one in happening.tellings:
        said = _said(one, day)
        if said is not None:
            return said
    if happening.parent is not None and happening.inherited:
        outer = place(happening.parent, day, home, hosts)
        if outer.text is not None:
            return Place(outer.text, outer.place_id, outer.admin1_iso, outer.country, inferred=True)
    return _of_hosts(happening, day, home, hosts)


def _said(one: Judged, day: dt.date | None) -> Place | None:
    candidate = one.candidate
    telling, clause = candidate.telling, candidate.clause
    sentence = [c for c in telling.clauses if c.item == clause.item and c.order <= clause.order]
    for part in reversed(sentence):
        end = clause.end if part is clause else part.end
        found = _venue(telling, part.start, end, day) or _located(telling, part.start, end, day)
        if found is not None:
            return found
    return None


def _venue(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    for match in _VENUE.finditer(telling.masked, start, end):
        left, right = match.span("venue")
        inside = [p for p in telling.places if p.char_start >= left and p.char_end <= right]
        word = telling.text[left:right].strip()
        if any(d.char_start < right and d.char_end > left for d in telling.dates) or re.search(
            r"[的了]|方面|领域|基础|时候|期间|情况|之后|之际|下$|中$", word
        ):
            continue
        if not inside and len(word) > 12:
            continue
        return resolve(word, inside, day)
    return None


def _located(telling: Telling, start: int, end: int, day: dt.date | None) -> Place | None:
    for mention in telling.places:
        if not start <= mention.char_start < end or mention.kind == "country":
            continue
        if not _LOCATIVE.search(telling.masked[max(start, mention.char_start - 8) : mention.char_start]):
            continue
        chain = _chain(telling, mention)
        return resolve(telling.text[chain[0].char_start : chain[-1].char_end], chain, day)
    return None


def _chain(telling: Telling, first: PlaceMention) -> list[PlaceMention]:
    chain = [first]
    for mention in telling.places:
        if 0 <= mention.char_start - chain[-1].char_end <= 1:
            chain.append(mention)
    return chain


def resolve(text: str, mentions: list[PlaceMention], day: dt.date | None) -> Place:
    """The unit and country of a place's words."""
    exact = [m for m in mentions if m.kind != "country"] or mentions
    last = exact[-1] if exact else None
    country = next((m.country for m in reversed(mentions) if m.country), None)
    if last is None:
        return Place(text)
    admin1 = next((m.admin1 for m in reversed(mentions) if m.admin1), None)
    iso = iso_on(admin1, day) if admin1 and day else None
    place_id = last.place_id or (place_on(admin1, day) if admin1 and last.kind == "admin1" else None)
    return Place(text, place_id, iso, country)


def _of_hosts(happening: Happening, day: dt.date | None, home: str | None, hosts: list[ActorMention]) -> Place:
    main = happening.main.candidate
    text = main.telling.masked[main.clause.start : main.clause.end]
    match = _EMBASSY.search(text)
    if match:
        left, right = main.clause.start + match.start("place"), main.clause.start + match.end("place")
        inside = [p for p in main.telling.places if p.char_start < right and p.char_end > left]
        if inside:
            return Place(country=inside[0].country, inferred=True)
    countries = {a.country for a in hosts if a.country}
    country = home if home in countries or not countries else (countries.pop() if len(countries) == 1 else None)
    return Place(country=country, inferred=True)
