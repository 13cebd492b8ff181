"""Who took part, and as what: subjects, partners and receivers by the words of the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.build.events.clauses import Clause, Telling
from etl.build.events.judging import Judged
from etl.build.events.merging import Happening
from etl.mentions import ActorMention

_SUBJECT_ROLE = {
    "meeting": "host", "visit": "guest", "conference": "organizer", "congress": "organizer", "signing": "signatory",
    "ceremony": "organizer", "cultural_exchange": "organizer", "contest": "organizer", "award": "awarder",
    "handover": "donor", "training": "organizer", "launch": "organizer", "other": "organizer",
}  # fmt: skip
_OBJECT_ROLE = {
    "meeting": "guest", "visit": "host", "conference": "attendee", "congress": "attendee", "signing": "signatory",
    "ceremony": "attendee", "cultural_exchange": "attendee", "contest": "attendee", "award": "awardee",
    "handover": "recipient", "training": "attendee", "launch": "other", "other": "attendee",
}  # fmt: skip
_RECEIVER = re.compile(r"(?:向|给|为|对)\s?$")
_GROUP = re.compile(
    r"(?:向|给|为|接收|接待|看望|慰问|走访|与|同|和)(?P<group>[^,;。:在向给为的]{0,16}(?:的[^,;。:在向给为的]{0,12})?(?:学生|家庭|户|群众|代表|居民|干部|留学生|青年|师生|队员|儿童|老人|患者|战士|专家|人员|队|大学生|青少年|官兵|教师))"
)


@dataclass(frozen=True, slots=True)
class Party:
    actor: ActorMention
    role: str


def parties(happening: Happening, context: tuple[Telling, ...]) -> list[Party]:
    """The participants of all tellings, the main one first; a name counts once."""
    found: list[Party] = []
    for one in happening.tellings:
        _add(found, _of(one))
    if not any(p.role in ("organizer", "host", "awarder", "donor", "guest", "signatory") for p in found):
        _add(found, _inherited(happening.main, context))
    if happening.parent is not None and happening.inherited and not found:
        _add(found, parties(happening.parent, context))
    return found


def _add(found: list[Party], new: list[Party]) -> None:
    for party in new:
        if not any(party.actor.name in p.actor.name or p.actor.name in party.actor.name for p in found):
            found.append(party)


def _of(one: Judged) -> list[Party]:
    candidate = one.candidate
    telling, clause, kind = candidate.telling, candidate.clause, candidate.trigger.event_type
    item = [c for c in telling.clauses if c.item == clause.item and c.order <= clause.order]
    start = item[0].start if candidate.header is None else clause.start
    found = []
    for actor in telling.actors:
        if not start <= actor.char_start < candidate.end:
            continue
        found.append(Party(actor, _role(telling, clause, one, actor, kind)))
    found += _groups(one, found)
    return found


def _role(telling: Telling, clause: Clause, one: Judged, actor: ActorMention, kind: str) -> str:
    before = telling.masked[clause.start : actor.char_start]
    trigger = one.candidate.trigger
    if _RECEIVER.search(before) or actor.char_start >= trigger.end:
        return _OBJECT_ROLE[kind]
    if trigger.word in ("来访", "到访", "访问"):
        return "guest"
    if trigger.word in ("荣获", "获得", "荣膺", "获颁", "捧回", "接受"):
        return "awardee"
    if one.candidate.construction == "attended":
        return "attendee"
    if kind in ("meeting",) and re.search(r"(?:与|同|和)\s?$", before):
        return "guest"
    return _SUBJECT_ROLE[kind]


def _groups(one: Judged, known: list[Party]) -> list[Party]:
    candidate = one.candidate
    telling = candidate.telling
    found = []
    for match in _GROUP.finditer(telling.masked, candidate.clause.start, candidate.end):
        left, right = match.span("group")
        if any(p.actor.char_start < right and p.actor.char_end > left for p in known):
            continue
        quote = telling.text[left:right]
        actor = ActorMention(left, right, quote, quote, "group", line_no=telling.line_no)
        found.append(Party(actor, _OBJECT_ROLE[candidate.trigger.event_type]))
    return found


def _inherited(one: Judged, context: tuple[Telling, ...]) -> list[Party]:
    """The organization told of last before: of the sentence, the paragraph, the section."""
    candidate = one.candidate
    role = _SUBJECT_ROLE[candidate.trigger.event_type]
    for telling in reversed([t for t in context if t.line_no <= candidate.telling.line_no]):
        for actor in reversed(telling.actors):
            if telling is candidate.telling and actor.char_start >= candidate.start:
                continue
            if actor.entity_type in ("organization", "delegation"):
                return [Party(actor, role)]
    return []
