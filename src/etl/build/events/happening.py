"""A happening: its fullest telling, the others, and the date it got."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.build.events.clauses import within
from etl.build.events.dating import Anchor
from etl.build.events.judging import Judged
from etl.mentions import DateMention
from etl.pages import Role


@dataclass(slots=True)
class Happening:
    """The fullest telling of a happening, the other tellings of it, and the date it got."""

    main: Judged
    anchor: Anchor
    others: list[Judged] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    mentions: list[Judged] = field(default_factory=list)
    parent: Happening | None = None
    inherited: bool = False

    @property
    def tellings(self) -> list[Judged]:
        return [self.main, *self.others]

    @property
    def event_type(self) -> str:
        return self.main.event_type

    @property
    def date(self) -> DateMention | None:
        return self.anchor.date


def line_of(one: Judged) -> int:
    return one.candidate.telling.line_no


def add_telling(happening: Happening, one: Judged, *, more_exact: bool = False) -> None:
    """One more telling; the fuller of two becomes the main one, or the one that says what a bare ceremony was."""
    happening.lines.add(line_of(one))
    if more_exact or (one.kept and fullness(one) > fullness(happening.main)):
        happening.others.insert(0, happening.main)
        happening.main = one
        if one.anchor.date is not None and not happening.inherited:
            happening.anchor = one.anchor
    else:
        happening.others.append(one)


def fullness(one: Judged) -> tuple[int, int, int]:
    """How much a telling tells: a day before a year before none, body before frame, then its parties."""
    candidate = one.candidate
    order = {"own": 4, "anaphora": 3, "year": 2, "section": 2, "recent": 1, "occasion": 1, "none": 0}
    frame = candidate.telling.role in (Role.CAPTION, Role.TITLE)
    clause = candidate.clause
    parties = len(within(candidate.telling.actors, clause.start, clause.end))
    places = len(within(candidate.telling.places, clause.start, clause.end))
    date = one.anchor.date
    dated = date is not None and date.line_no == candidate.telling.line_no and date.char_start >= clause.start
    return order[one.anchor.kind], int(not frame), min(parties + places, 6) + 2 * dated
