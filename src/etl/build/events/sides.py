"""Provinces, cities and countries as participants, and the two sides of 双方."""

from __future__ import annotations

import re

from etl.build.events.clauses import Telling
from etl.build.events.judging import Judged
from etl.build.events.party import OBJECT, SUBJECT, Party, as_party, belongs, home_unit, role_of
from etl.mentions import ActorMention, PlaceMention

# 与印度尼西亚万隆市签署…: a city that no gazetteer has is a party all the same.
_FOREIGN_UNIT = re.compile(
    r"(?:与|同|和)(?P<unit>[\u4e00-\u9fff]{2,12}?(?:市|省|县|道|州|府|郡))(?=签|续签|建立|结|共同|联合|就|庆祝|举)"
)
_DAY = re.compile(r"^(?:\d{1,2}月)?\d{1,2}日(?:[上下]午|晚)?")
_ASIDE = re.compile(r"^方面(?:曾|已|则|也|还|当场){0,2}")
BOTH = re.compile(r"双方|两国|两省|两市|两地|两家|双边|两会")


def unit_parties(one: Judged, start: int, known: list[Party], context: tuple[Telling, ...]) -> list[Party]:
    """Provinces, cities and countries as parties: 本省与德国海德堡市签署了备忘录."""
    candidate, telling = one.candidate, one.candidate.telling
    found: list[Party] = []
    mentions = [p for p in telling.places if start <= p.char_start < candidate.end and p.kind != "venue"]
    for index, mention in enumerate(mentions):
        if any(p.actor.char_start < mention.char_end and p.actor.char_end > mention.char_start for p in known):
            continue
        head = next((c.start for c in telling.clauses if c.start <= mention.char_start < c.end), start)
        before = telling.masked[head : mention.char_start]
        right = mention.char_end
        while right < candidate.end and telling.masked[right] in "省市县":
            right += 1
        after = telling.masked[right : candidate.clause.end]
        if index and mentions[index - 1].kind == "country" and mentions[index - 1].char_end == mention.char_start:
            before = telling.masked[head : mentions[index - 1].char_start]
        partner = re.search(r"(?:与|同|和|向|、)$", before)
        joined = re.match(r"(?:与|同|和|、)", after)
        after = _DAY.sub("", after)  # 广南省6月9日为外国组织举办见面会
        after = _ASIDE.sub("", after)  # 芒街方面曾给东兴送来药品
        acting = re.match(
            r"(?:把|给|为|向|于|在|表彰|授|赠|捐|移|将|已|就|在|共同|联合|正式|建立|签|举|颁|承办|主办|接|合作|友好)",
            after,
        )
        if not (
            (partner and (acting or joined or not after))
            or (joined and not before.endswith(("在", "于", "对", "到", "了")))
        ):
            opening = not before.strip() or re.search(r"[日月年旬初底]$", before)
            if not (opening and acting):
                continue
        if mention.kind == "country" and re.match(r"[^,;]{0,24}(?:建交|外交关系|关系)", after):
            continue  # 越南和俄罗斯建交75周年见面会: what is celebrated, not who met
        if mention.kind == "country" and one.event_type not in ("signing", "handover", "award", "visit", "meeting"):
            continue
        follows = index + 1 < len(mentions) and mentions[index + 1].char_start == mention.char_end
        if mention.kind == "country" and follows:
            continue
        left = mention.char_start
        if index and mentions[index - 1].char_end == left and mentions[index - 1].kind == "country":
            left = mentions[index - 1].char_start
        quote = telling.text[left:right]
        actor = ActorMention(
            left, right, quote, quote, "organization", country=mention.country, line_no=telling.line_no
        )
        role = "partner" if re.match(r"[^,;]{0,24}关系", after) and "周年" in candidate.words else role_of(one, actor)
        found.append(Party(actor, role, (mention,), unit=True))
    for match in _FOREIGN_UNIT.finditer(telling.masked, candidate.clause.start, candidate.end):
        left, right = match.span("unit")
        if any(p.actor.char_start < right and p.actor.char_end > left for p in [*known, *found]):
            continue
        inside = tuple(p for p in telling.places if left <= p.char_start < right)
        quote = telling.text[left:right]
        country = inside[0].country if inside else None
        actor = ActorMention(left, right, quote, quote, "organization", country=country, line_no=telling.line_no)
        found.append(Party(actor, role_of(one, actor), inside, unit=True))
    if re.search(r"(?:本|该|我)[省市]", telling.masked[start : candidate.trigger.start]):
        home = home_unit(context, telling.line_no)
        if home is not None:
            found.append(unit_party(*home, SUBJECT[one.event_type]))
    if one.event_type in ("meeting", "visit", "signing", "award", "launch", "ceremony", "training"):
        return found
    return found if one.event_type == "other" else [p for p in found if p.role != OBJECT[one.event_type]]


def both_sides(one: Judged) -> list[Party]:
    """双方: the two parties told of last in the paragraph."""
    candidate, telling = one.candidate, one.candidate.telling
    role = SUBJECT[one.event_type]
    actors = [
        a for a in telling.actors
        if a.char_end <= candidate.clause.start and a.entity_type != "group" and not belongs(telling, a)
    ]  # fmt: skip
    return [as_party(telling, actor, role) for actor in actors[-2:]]


def two_sides(one: Judged, context: tuple[Telling, ...], known: list[Party]) -> list[Party]:
    """双方 where the paragraph names but one side or none: that side and the home unit, else two countries."""
    candidate, telling = one.candidate, one.candidate.telling
    role = SUBJECT[one.event_type]
    home = home_unit(context, telling.line_no)
    if known and home is not None:
        return [unit_party(*home, role)]
    places: list[tuple[Telling, PlaceMention]] = []
    for earlier in reversed([t for t in context if t.line_no <= telling.line_no]):
        for mention in reversed(earlier.places):
            if earlier is telling and mention.char_start >= candidate.clause.start:
                continue
            if mention.kind == "country" and all(m.quote != mention.quote for _, m in places):
                places.append((earlier, mention))
        if len(places) >= 2:
            break
    return [unit_party(t, m, role) for t, m in places[:2]] if len(places) >= 2 else []


def unit_party(telling: Telling, mention: PlaceMention, role: str) -> Party:
    actor = ActorMention(
        mention.char_start, mention.char_end, mention.quote, mention.quote, "organization",
        country=mention.country, line_no=telling.line_no,
    )  # fmt: skip
    return Party(actor, role, (mention,), unit=True)
