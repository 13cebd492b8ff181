"""Who took part, and as what: subjects, partners and receivers by the words of the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.build.events.candidates import Candidate
from etl.build.events.clauses import Telling
from etl.build.events.judging import Judged
from etl.build.events.merging import Happening
from etl.mentions import ActorMention, PlaceMention

_SUBJECT = {
    "meeting": "host", "visit": "guest", "conference": "organizer", "congress": "organizer", "signing": "signatory",
    "ceremony": "organizer", "cultural_exchange": "organizer", "contest": "organizer", "award": "awarder",
    "handover": "donor", "training": "organizer", "launch": "organizer", "other": "organizer",
}  # fmt: skip
_OBJECT = {
    "meeting": "guest", "visit": "host", "conference": "attendee", "congress": "attendee", "signing": "signatory",
    "ceremony": "attendee", "cultural_exchange": "attendee", "contest": "attendee", "award": "awardee",
    "handover": "recipient", "training": "attendee", "launch": "other", "other": "attendee",
}  # fmt: skip
_LEADING = frozenset({"organizer", "host", "awarder", "donor", "signatory", "guest", "awardee"})
_RECEIVER = re.compile(r"(?:向|给|为|对|接收|接待|看望|慰问|走访|会见|接见|授予|表彰)\s?$")
_RECEIVED = ("荣获", "获得", "荣膺", "获颁", "获授", "捧回", "捧得", "接受", "喜获")
_VISITORS = ("来访", "到访", "访问", "出访", "率团访问", "回访")
_PEOPLE = (
    "学生|大学生|留学生|毕业生|家庭|贫困户|农户|户|群众|代表|居民|干部|青年|师生|队员|儿童|老人|患者|战士|专家|退伍军人|志愿人员|"
    "志愿者|人员|青少年|官兵|教师|医生|侨胞|侨民|商户|记者|妇女|运动员|选手|企业|退役军人|孤儿|灾民|工人|学员|嘉宾|使节|友人"
)
_GROUP = re.compile(
    rf"(?:向|给|为|接收|接待|看望(?:了)?|慰问(?:了)?|走访(?:了)?|与|同|和|、|对|邀请)(?P<group>[^,;。:、向给为接]{{0,18}}?(?:{_PEOPLE}))(?=[^\u4e00-\u9fff的]|会|座|见|颁|发|赠|捐|送|转|来|进|代|$)"
)
# 与印度尼西亚万隆市签署…: a city that no gazetteer has is a party all the same.
_FOREIGN_UNIT = re.compile(
    r"(?:与|同|和)(?P<unit>[\u4e00-\u9fff]{2,12}?(?:市|省|县|道|州|府|郡))(?=签|续签|建立|结|共同|联合|就)"
)
_SAYING = re.compile(r"(?:女士|先生)?(?:在[^,]{1,6})?(?:表示|强调|指出|介绍|透露|认为|称[,:]|说|坦言|提到|汇报)")
_BOTH = re.compile(r"双方|两国|两省|两市|两地|两家|双边|两会")
_LEADER = re.compile(r"(?P<unit>[\u4e00-\u9fff]{2,8}(?:省|市|县|国|区)?)领导(?!人民)")
_STATESMAN = re.compile(
    r"(?P<who>(?:[\u4e00-\u9fff]{2,5})(?:总统|国家主席|总理|首相|国王|外长|议长|大使|总领事))(?=到访|来访|访问|参观|到场)"
)
_OFFICE = re.compile(
    r"(?:会见|拜会|接见|会晤|拜访)了?(?P<who>[\u4e00-\u9fff]{2,14}?(?:市长|省长|州长|大使|主席|书记|部长|会长|总领事|知事|总统|总理|议长|司长|局长))(?![\u4e00-\u9fff·])"
)
_OFFICER = re.compile(
    r"(?:^|,)(?P<who>[\u4e00-\u9fff■]{2,16}?(?:总领事|大使|主席|会长|省长|市长|书记|部长|院长|校长|厅长|局长|理事长|临时代办))"
    r"(?=[(向为给与同和会出在拜接]|\d)"
)


@dataclass(frozen=True, slots=True)
class Party:
    """A participant; `places` are the place names inside its own name (平阳省 of 平阳省友好组织联合会)."""

    actor: ActorMention
    role: str
    places: tuple[PlaceMention, ...] = ()
    unit: bool = False  # a province, city or country standing for itself

    @property
    def country(self) -> str | None:
        return self.actor.country or next((p.country for p in self.places if p.country), None)


def parties(happening: Happening, context: tuple[Telling, ...], others: Sequence[Happening] = ()) -> list[Party]:
    """The participants of all tellings, the main one first; a name counts once."""
    found: list[Party] = []
    _add(found, _of(happening.main, context))
    if not any(_leads(p) and p.actor.entity_type == "organization" for p in found):
        _add(found, _header(happening.main))
    candidate = happening.main.candidate
    ahead = [p for p in found if p.actor.char_start < candidate.trigger.start and p.role not in ("guest", "awardee")]
    if not ahead and candidate.header is None:
        _add(found, _head(happening.main))
    for one in happening.others:
        if one.kept or one.candidate.telling.role in ("title", "caption", "lead"):
            _add(found, _of(one, context))
    vague = _is_vague(happening.main, found)
    if vague and (happening.parent is not None or len([p for p in found if _leads(p)]) < 2):
        for other in ([happening.parent] if happening.parent else []) + _beside(happening, others):
            told = [p for p in parties(other, context) if not p.unit or p.role == "signatory"]
            _add(found, [_recast(p, happening.event_type) for p in told])
            break
    said = happening.main.candidate.telling.masked[happening.main.candidate.item_start : happening.main.candidate.end]
    sides = [p for p in found if _leads(p)]
    if len(sides) < 2 and _BOTH.search(said):
        _add(found, _two_sides(happening.main, context, sides))
    if not any(_leads(p) for p in found):
        _add(found, _inherited(happening.main, context))
    return found


def _recast(party: Party, kind: str) -> Party:
    """A participant of one happening as a participant of another: a host of the talks signs the agreement."""
    if kind == "signing":
        return replace(party, role="signatory")
    return replace(party, role=_SUBJECT[kind] if _leads(party) and party.role != "awardee" else _OBJECT[kind])


def _leads(party: Party) -> bool:
    return party.role in _LEADING and (not party.unit or party.role == "signatory")


def _is_vague(one: Judged, found: list[Party]) -> bool:
    """双方, 代表团, 工作组 as the subject, or none: who they are was told before."""
    candidate = one.candidate
    said = candidate.telling.masked[candidate.item_start : candidate.trigger.start]
    return not any(_leads(p) for p in found) or re.search(r"双方|两家|工作组|代表团|主办方|与会", said) is not None


def _beside(happening: Happening, others: Sequence[Happening]) -> list[Happening]:
    """The happenings of the same sentence, else the one told before when this one has no subject but 双方."""
    main = happening.main.candidate
    if main.header is not None:
        return []
    same = [h for h in others if h is not happening and h.main.candidate.clause.item == main.clause.item]
    if same:
        return same
    if _BOTH.search(main.telling.masked, main.sentence_start, main.end) is None:
        return []
    before = [
        h
        for h in others
        if h.main.candidate.clause.order < main.clause.order
        and h.event_type in ("meeting", "visit", "signing", "conference")
    ]
    return before[-1:]


def _add(found: list[Party], new: list[Party]) -> None:
    for party in new:
        if not any(party.actor.name in p.actor.name or p.actor.name in party.actor.name for p in found):
            found.append(party)


def _party(telling: Telling, actor: ActorMention, role: str) -> Party:
    if actor.entity_type == "group":
        actor = _whole_group(telling, actor)
    inside = tuple(p for p in telling.places if actor.char_start <= p.char_start and p.char_end <= actor.char_end)
    return Party(actor, role, inside)


def _whole_group(telling: Telling, actor: ActorMention) -> ActorMention:
    """太原、北宁、谅山、高平四省代表: the provinces listed before belong to the group's name."""
    left = actor.char_start
    for mention in reversed(telling.places):
        gap = telling.masked[mention.char_end : left]
        if mention.char_end <= left and gap in ("", "、", "和", "与", "及"):
            left = mention.char_start
    if left == actor.char_start:
        return actor
    quote = telling.text[left : actor.char_end]
    return replace(actor, char_start=left, quote=quote, name=quote)


def units_named(party: Party, context: tuple[Telling, ...]) -> tuple[PlaceMention, ...]:
    """The provinces in a participant's name, also where the text only says 联合会."""
    inside = tuple(p for p in party.places if p.kind != "country")
    if inside or party.actor.entity_type == "person":
        return inside
    for telling in context:
        for mention in telling.places:
            if mention.kind == "admin1" and mention.quote in party.actor.name:
                return (mention,)
    return ()


def _of(one: Judged, context: tuple[Telling, ...]) -> list[Party]:
    candidate = one.candidate
    telling = candidate.telling
    start = candidate.item_start if candidate.header is None else candidate.start
    if candidate.header is None and candidate.start != candidate.clause.start:
        start = candidate.start  # the second happening of a clause
    found = [
        _party(telling, actor, _role(one, actor))
        for actor in telling.actors
        if start <= actor.char_start < candidate.end and not _belongs(telling, actor)
    ]
    found += _groups(one, start, found)
    found += _units(one, start, found, context)
    if _BOTH.search(telling.masked, candidate.clause.start, candidate.end):
        _add(found, _both(one))
    return found


def _belongs(telling: Telling, actor: ActorMention) -> bool:
    """The office of a person, the home of a delegation, a venue: named, but not itself taking part."""
    for other in telling.actors:
        if other is not actor and other.char_start <= actor.char_start and actor.char_end <= other.char_end:
            return True
    if re.search(r"\([^()]{0,60}$", telling.plain[: actor.char_start]):
        return True  # (记者王雯淼), (图:越通社)
    before = telling.masked[max(0, actor.char_start - 2) : actor.char_start]
    after = telling.masked[actor.char_end : actor.char_end + 8]
    if _SAYING.match(after):
        return True  # 主席陈氏金云表示,2025年,联合会将…: she tells of it
    return (
        before.endswith(("在", "于")) and actor.entity_type == "organization" and not after.startswith(("的", "领导"))
    )


def _role(one: Judged, actor: ActorMention) -> str:
    candidate, kind = one.candidate, one.event_type
    telling, trigger = candidate.telling, candidate.trigger
    first = next((c.start for c in telling.clauses if c.start <= actor.char_start < c.end), candidate.clause.start)
    before = telling.masked[min(first, candidate.clause.start) : actor.char_start]
    if trigger.word in ("拜会", "登门", "做客"):
        return "host" if actor.char_start >= trigger.end else "guest"
    if trigger.word == "接待":
        return "guest" if actor.char_start >= trigger.end else "host"
    if actor.char_start >= trigger.end:
        return _OBJECT[kind] if trigger.word not in _RECEIVED else "awarder"
    if re.search(r"应[^,]{0,40}$", before) and re.match(r"[^,]{0,8}邀请", telling.masked[actor.char_end :]):
        return "host" if kind == "visit" else _SUBJECT[kind]
    if trigger.word in _RECEIVED:
        return "awardee"
    if kind == "visit" and re.search(r"(?:到|赴|抵达|前往|至|来)$", before):
        return "host"
    if _RECEIVER.search(before) or re.search(r"(?:向|给|为(?!了))[^,;]{0,60}$", before):
        return _OBJECT[kind]
    if kind == "visit" and trigger.word in _VISITORS:
        return "guest"
    if candidate.construction == "attended":
        return "attendee"
    if trigger.form == "noun" and actor.entity_type == "group" and trigger.start - actor.char_end <= 12:
        return "attendee"  # 越中青年友好会见活动: part of the name
    if kind == "meeting" and actor.entity_type == "delegation":
        return "guest"
    if kind == "meeting" and re.search(r"(?:代表团|工作组|考察团|访问团)[^,]{0,16}(?:与|同|和)\s?$", before):
        return "host"
    if kind == "meeting" and re.search(r"(?:与|同|和)[^,;]{0,30}$", before):
        return "guest"
    return _SUBJECT[kind]


def _header(one: Judged) -> list[Party]:
    """Who is said to hold all that a list tells: 联合会及成员组织…举行了30多项活动例如:…"""
    candidate = one.candidate
    if candidate.header is None:
        return []
    start, end = candidate.header
    role = "host" if one.event_type == "visit" else _SUBJECT[one.event_type]
    telling = candidate.telling
    named = [a for a in telling.actors if start <= a.char_start < end and not _belongs(telling, a)]
    heads = [a for a in named if _heads(telling, a)]
    return [_party(telling, actor, role) for actor in heads or named[:1]]


def _head(one: Judged) -> list[Party]:
    """Who heads the sentence of a `;` item that names no one: 联合会落实好…;接待德国总统到访越德大学."""
    candidate, telling = one.candidate, one.candidate.telling
    role = "host" if candidate.trigger.word == "接待" or "接待" in candidate.words else _SUBJECT[one.event_type]
    for actor in telling.actors:
        if candidate.sentence_start <= actor.char_start < candidate.item_start and not _belongs(telling, actor):
            return [_party(telling, actor, role)] if _heads(telling, actor) else []
    return []


def _groups(one: Judged, start: int, known: list[Party]) -> list[Party]:
    """People named only by what they are: 向160名学生颁发, 与柬埔寨留学生、前专家会见."""
    candidate, telling = one.candidate, one.candidate.telling
    found = []
    spans = [m.span("group") for m in _GROUP.finditer(telling.masked, candidate.clause.start, candidate.end)]
    for pattern, name in ((_LEADER, 0), (_STATESMAN, "who"), (_OFFICE, "who"), (_OFFICER, "who")):
        spans += [m.span(name) for m in pattern.finditer(telling.masked, start, candidate.end)]
    for left, right in spans:
        if any(p.actor.char_start < right and p.actor.char_end > left for p in known) or right - left < 2:
            continue
        quote = telling.text[left:right]
        entity = (
            "person"
            if re.search(r"(?:总统|主席|总理|首相|国王|外长|议长|大使|总领事|长|书记|知事)$", quote)
            else "group"
        )
        actor = ActorMention(left, right, quote, quote, entity, line_no=telling.line_no)
        found.append(_party(telling, actor, _role(one, actor)))
    return found


def _units(one: Judged, start: int, known: list[Party], context: tuple[Telling, ...]) -> list[Party]:
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
        acting = re.match(r"(?:将|已|就|在|共同|联合|正式|建立|签|举|颁|承办|主办|接|合作|友好)", after)
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
        role = "partner" if re.match(r"[^,;]{0,24}关系", after) and "周年" in candidate.words else _role(one, actor)
        found.append(Party(actor, role, (mention,), unit=True))
    for match in _FOREIGN_UNIT.finditer(telling.masked, candidate.clause.start, candidate.end):
        left, right = match.span("unit")
        if any(p.actor.char_start < right and p.actor.char_end > left for p in [*known, *found]):
            continue
        inside = tuple(p for p in telling.places if left <= p.char_start < right)
        quote = telling.text[left:right]
        country = inside[0].country if inside else None
        actor = ActorMention(left, right, quote, quote, "organization", country=country, line_no=telling.line_no)
        found.append(Party(actor, _role(one, actor), inside, unit=True))
    if re.search(r"(?:本|该|我)[省市]", telling.masked[start : candidate.trigger.start]):
        home = home_unit(context)
        if home is not None:
            found.append(_unit_party(*home, _SUBJECT[one.event_type]))
    if one.event_type in ("meeting", "visit", "signing", "award", "launch", "ceremony", "training"):
        return found
    return found if one.event_type == "other" else [p for p in found if p.role != _OBJECT[one.event_type]]


def _both(one: Judged) -> list[Party]:
    """双方: the two parties told of last in the paragraph."""
    candidate, telling = one.candidate, one.candidate.telling
    role = _SUBJECT[one.event_type]
    actors = [
        a for a in telling.actors
        if a.char_end <= candidate.clause.start and a.entity_type != "group" and not _belongs(telling, a)
    ]  # fmt: skip
    return [_party(telling, actor, role) for actor in actors[-2:]]


def _two_sides(one: Judged, context: tuple[Telling, ...], known: list[Party]) -> list[Party]:
    """双方 where the paragraph names but one side or none: that side and the home unit, else two countries."""
    candidate, telling = one.candidate, one.candidate.telling
    role = _SUBJECT[one.event_type]
    home = home_unit(context)
    if known and home is not None:
        return [_unit_party(*home, role)]
    places: list[tuple[Telling, PlaceMention]] = []
    for earlier in reversed([t for t in context if t.line_no <= telling.line_no]):
        for mention in reversed(earlier.places):
            if earlier is telling and mention.char_start >= candidate.clause.start:
                continue
            if mention.kind == "country" and all(m.quote != mention.quote for _, m in places):
                places.append((earlier, mention))
        if len(places) >= 2:
            break
    return [_unit_party(t, m, role) for t, m in places[:2]] if len(places) >= 2 else []


def home_unit(context: tuple[Telling, ...]) -> tuple[Telling, PlaceMention] | None:
    """本省: the Vietnamese province that the page names most, the first of equals."""
    found = [(t, p) for t in context for p in t.places if p.kind == "admin1" and p.country == "VN"]
    counts: dict[str | None, int] = {}
    for _, mention in found:
        counts[mention.admin1] = counts.get(mention.admin1, 0) + 1
    if not counts:
        return None
    best = max(counts.values())
    home = next(m.admin1 for _, m in found if counts[m.admin1] == best)
    full = [(t, m) for t, m in found if m.admin1 == home]
    return max(full, key=lambda pair: pair[1].quote.endswith(("省", "市")))


def _unit_party(telling: Telling, mention: PlaceMention, role: str) -> Party:
    actor = ActorMention(
        mention.char_start, mention.char_end, mention.quote, mention.quote, "organization",
        country=mention.country, line_no=telling.line_no,
    )  # fmt: skip
    return Party(actor, role, (mention,), unit=True)


def _inherited(one: Judged, context: tuple[Telling, ...]) -> list[Party]:
    """The organization that the paragraph, the section, or the article is about: the last one at a clause's head."""
    candidate: Candidate = one.candidate
    role = _SUBJECT[one.event_type]
    before = [t for t in context if t.line_no <= candidate.telling.line_no]
    for same_section in (True, False):
        for telling in reversed(before):
            if same_section and telling.section != candidate.telling.section:
                continue
            heads = [a for a in telling.actors if _heads(telling, a)]
            if telling is candidate.telling:
                heads = [a for a in heads if a.char_start < candidate.start]
            if heads:
                return [_party(telling, heads[-1], role)]
            if telling is candidate.telling and re.search(r"该[省市]|本[省市]", telling.masked[: candidate.start]):
                home = home_unit(context)
                if home is not None:
                    return [_unit_party(*home, role)]
    return []


def _heads(telling: Telling, actor: ActorMention) -> bool:
    """An organization in subject position: at the head of a clause, or after its date."""
    if actor.entity_type not in ("organization", "delegation"):
        return False
    for clause in telling.clauses:
        if clause.start <= actor.char_start < clause.end:
            before = telling.masked[clause.start : actor.char_start]
            return len(before) <= 1 or re.search(r"[日月年午晚内]$", before) is not None
    return False
