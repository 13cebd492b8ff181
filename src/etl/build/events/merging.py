"""One row a happening: candidates that tell the same are put together, mentions are gathered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from etl.build.events.dating import Anchor
from etl.build.events.judging import Judged
from etl.mentions import DateMention
from etl.pages import Role

_FAMILIES = (
    {"meeting", "visit", "conference"},
    {"award", "handover"},
    {"ceremony", "launch", "award", "handover", "signing"},
    {"cultural_exchange", "contest", "ceremony", "other"},
    {"conference", "congress"},
    {"meeting", "ceremony"},
)


@dataclass(slots=True)
class Happening:
    """The fullest telling of a happening, the other tellings of it, and the date it got."""

    main: Judged
    anchor: Anchor
    others: list[Judged] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    parent: Happening | None = None
    inherited: bool = False

    @property
    def tellings(self) -> list[Judged]:
        return [self.main, *self.others]

    @property
    def event_type(self) -> str:
        return self.main.candidate.trigger.event_type

    @property
    def date(self) -> DateMention | None:
        return self.anchor.date


def merge(judged: list[Judged]) -> list[Happening]:
    """Happenings in reading order of their fullest telling."""
    found: list[Happening] = []
    for one in (j for j in judged if j.kept and j.anchor.kind != "anaphora"):
        _put(one, found)
    for one in (j for j in judged if j.kept and j.anchor.kind == "anaphora"):
        _lean(one, found)
    for one in (j for j in judged if not j.kept):
        _mention(one, found)
    return found


def _put(one: Judged, found: list[Happening]) -> None:
    for other in found:
        if _absorbs(other.main, one) or _same(other, one):
            _add(other, one)
            return
    found.append(Happening(one, one.anchor, lines={one.candidate.telling.line_no}))


def _add(happening: Happening, one: Judged) -> None:
    """One more telling; the fuller of two becomes the main one."""
    happening.lines.add(one.candidate.telling.line_no)
    if fullness(one) > fullness(happening.main):
        happening.others.append(happening.main)
        happening.main = one
        if one.anchor.date is not None:
            happening.anchor = one.anchor
    else:
        happening.others.append(one)


def fullness(one: Judged) -> tuple[int, int, int, int]:
    """How much a telling tells: a day before a month before none, body before frame, then its actors and places."""
    candidate = one.candidate
    order = {"own": 4, "year": 2, "anaphora": 3, "section": 2, "recent": 1, "none": 0}
    held = candidate.trigger.form == "noun" and candidate.construction in ("held", "subject", "attended")
    frame = candidate.telling.role in (Role.CAPTION, Role.TITLE)
    parties = sum(candidate.clause.start <= a.char_start < candidate.clause.end for a in candidate.telling.actors)
    return (order.get(one.anchor.kind, 0), int(not frame), int(held) + min(parties, 3), 0)


def _absorbs(first: Judged, second: Judged) -> bool:
    """Two verbs of one doing in one `;` item: 接待代表团，并接收捐款; 荣获奖章，个人获得奖章."""
    a, b = first.candidate, second.candidate
    if a.telling.line_no != b.telling.line_no or a.clause.item != b.clause.item:
        return False
    if a.header is not None and (a.clause.order != b.clause.order or a.trigger.form == b.trigger.form == "noun"):
        return False
    if a.header is not None and b.trigger.event_type != a.trigger.event_type:
        return False
    if first.anchor.date is not second.anchor.date and second.anchor.kind == "own":
        return False
    kinds = (a.trigger.event_type, b.trigger.event_type)
    if kinds[0] == kinds[1]:
        return not (a.trigger.form == b.trigger.form == "noun")
    if kinds in {("meeting", "handover"), ("visit", "handover"), ("visit", "award"), ("handover", "award")}:
        return True
    if kinds in {("visit", "meeting"), ("training", "launch"), ("contest", "award")}:
        return True
    return a.construction == "dated_noun" and kinds[1] == "launch"


def _same(happening: Happening, one: Judged) -> bool:
    main, candidate = happening.main, one.candidate
    if any(t.candidate.clause.sentence == candidate.clause.sentence for t in happening.tellings):
        return False
    if not akin(happening.event_type, candidate.trigger.event_type) or main.planned != one.planned:
        return False
    if not _dates_fit(happening.anchor, one.anchor):
        return False
    return likeness(main, one) >= 0.22


def akin(a: str, b: str) -> bool:
    return a == b or any(a in family and b in family for family in _FAMILIES)


def _dates_fit(a: Anchor, b: Anchor) -> bool:
    if a.date is None or b.date is None or a.date.start_date is None or b.date.start_date is None:
        return True
    first, second = a.date, b.date
    end_a, end_b = first.end_date or first.start_date, second.end_date or second.start_date
    assert first.start_date and second.start_date and end_a and end_b
    return first.start_date <= end_b and second.start_date <= end_a


def likeness(a: Judged, b: Judged) -> float:
    """Share of the shorter telling's character pairs that the other has too (dates left out)."""
    first, second = _pairs(a), _pairs(b)
    return len(first & second) / max(1, min(len(first), len(second)))


def _pairs(one: Judged) -> set[str]:
    candidate = one.candidate
    text = re.sub(r"[\d年月日上下午晚,:()“”|\s]", "", candidate.telling.plain[candidate.start : candidate.end])
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _lean(one: Judged, found: list[Happening]) -> None:
    """A telling that leans on another: 会上 of the same kind mentions it, another kind is a happening within it."""
    root = active(one, found)
    if root is None:
        return
    for other in found:
        if _absorbs(other.main, one):
            _add(other, one)
            return
    same_kind = root.event_type == one.candidate.trigger.event_type or (
        akin(root.event_type, one.candidate.trigger.event_type) and likeness(root.main, one) >= 0.3
    )
    outside = re.search(r"后|随后|接着", _said(one)) is not None
    if same_kind and not outside and one.anchor.date is None:
        _add(root, one)
        return
    found.append(Happening(one, root.anchor, lines={one.candidate.telling.line_no}, parent=root, inherited=True))


def _said(one: Judged) -> str:
    candidate = one.candidate
    start = min(c.start for c in candidate.telling.clauses if c.sentence == candidate.clause.sentence)
    return candidate.telling.masked[start : candidate.trigger.start][:24]


def active(one: Judged, found: list[Happening]) -> Happening | None:
    """The happening a reader has in mind: the last one told before in the section that is not planned."""
    order, section = one.candidate.clause.order, one.candidate.telling.section
    before = [h for h in found if not h.main.planned and any(t.candidate.clause.order < order for t in h.tellings)]
    near = [h for h in before if h.main.candidate.telling.section == section and not h.inherited] or before
    roots = [h for h in near if h.anchor.kind == "own"] or near
    return roots[-1] if roots else None


def _mention(one: Judged, found: list[Happening]) -> None:
    """A telling too weak to stand alone belongs to the happening most like it, or to none."""
    kind = one.candidate.trigger.event_type
    section, role = one.candidate.telling.section, one.candidate.telling.role
    fitting = [h for h in found if akin(h.event_type, kind) and _dates_fit(h.anchor, one.anchor)]
    scored = sorted(((likeness(h.main, one), h) for h in fitting), key=lambda pair: -pair[0])
    if not scored:
        return
    best, happening = scored[0]
    near = role in (Role.CAPTION, Role.TITLE, Role.LEAD) or happening.main.candidate.telling.section == section
    if best >= 0.25 or (near and best >= 0.12):
        happening.lines.add(one.candidate.telling.line_no)
        happening.others.append(one)
