"""What surrounds a claim on its page: actors, places and dates by line, the heading above, the article's topic."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from etl.build.money_roles.passages import Passage, Span
from etl.mentions import ActorMention, DateMention, Findings, PlaceMention
from etl.pages import Role


class Scope:
    """A page's findings, indexed by line and section for the questions that attribution asks."""

    def __init__(self, findings: Findings, pages: Sequence[Passage]) -> None:
        self.findings = findings
        self.pages = list(pages)
        self.published: dt.date | None = findings.publication.date
        self._actors: defaultdict[int, list[ActorMention]] = defaultdict(list)
        self._places: defaultdict[int, list[PlaceMention]] = defaultdict(list)
        self._dates: defaultdict[int, list[DateMention]] = defaultdict(list)
        for actor in findings.actors:
            self._actors[actor.line_no].append(actor)
        for place in findings.places:
            self._places[place.line_no].append(place)
        for date in findings.dates:
            self._dates[date.line_no].append(date)

    def actors(self, line_no: int, span: Span) -> list[ActorMention]:
        return [a for a in self._actors[line_no] if span[0] <= a.char_start and a.char_end <= span[1]]

    def places(self, line_no: int, span: Span) -> list[PlaceMention]:
        return [p for p in self._places[line_no] if span[0] <= p.char_start and p.char_end <= span[1]]

    def dates(self, line_no: int, span: Span) -> list[DateMention]:
        return [d for d in self._dates[line_no] if span[0] <= d.char_start and d.char_end <= span[1]]

    @cached_property
    def _order(self) -> dict[int, int]:
        return {page.line.line_no: i for i, page in enumerate(self.pages)}

    def before(self, line_no: int) -> list[Passage]:
        """The passages above a line, nearest first, up to the heading of its section (that one included)."""
        above = []
        for page in reversed(self.pages[: self._order[line_no]]):
            if page.line.role is Role.CAPTION:
                continue
            if page.line.role in (Role.TITLE, Role.LEAD):
                break
            above.append(page)
            if page.line.role is Role.HEADING:
                break
        return above

    def following(self, line_no: int) -> list[Passage]:
        """The passages below a line to the end of its section, nearest first."""
        below = []
        for page in self.pages[self._order[line_no] + 1 :]:
            if page.line.role is Role.HEADING:
                break
            if page.line.role is not Role.CAPTION:
                below.append(page)
        return below

    @cached_property
    def top(self) -> list[Passage]:
        """The title and lead lines."""
        return [page for page in self.pages if page.line.role in (Role.LEAD, Role.TITLE)]
