"""Actors in the lines of a page: organisations, persons, delegations, groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl.mentions import ActorMention, PlaceMention
from etl.normalize.actors.groups import groups
from etl.normalize.actors.organizations import left_edges, organizations
from etl.normalize.actors.persons import persons
from etl.normalize.names import simplified
from etl.pages import Line


def _line_actors(line: Line, places: list[PlaceMention]) -> list[ActorMention]:
    raw, text = line.text, simplified(line.text)
    edges = left_edges(text, [(p.char_start, p.char_end) for p in places])
    found = organizations(raw, text, places, edges, line.line_no)
    found += persons(raw, text, edges, line.line_no)
    found += groups(raw, text, edges, line.line_no)
    if line.repeat_of is not None:
        found = [replace(actor, flags=(*actor.flags, "repeat")) for actor in found]
    return sorted(found, key=lambda actor: (actor.char_start, -actor.char_end))


def find_actors_on(lines: Sequence[Line], places: Iterable[PlaceMention]) -> tuple[ActorMention, ...]:
    """Every actor named in the lines, in reading order. A delegation may hold the organisation it comes from."""
    by_line: defaultdict[int, list[PlaceMention]] = defaultdict(list)
    for place in places:
        by_line[place.line_no].append(place)
    return tuple(actor for line in lines for actor in _line_actors(line, by_line[line.line_no]))
