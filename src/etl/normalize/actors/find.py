"""Actors in the lines of a page: organisations, persons, delegations, groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl.mentions import ActorMention, PlaceMention
from etl.normalize.actors.groups import groups
from etl.normalize.actors.organizations import organizations
from etl.normalize.actors.persons import persons
from etl.normalize.actors.references import resolve
from etl.normalize.names import simplified
from etl.normalize.phrases import LineWords
from etl.pages import Line


def _line_actors(line: Line, places: list[PlaceMention]) -> list[ActorMention]:
    raw, text = line.text, simplified(line.text)
    spans = [(p.char_start, p.char_end) for p in places if p.kind not in ("venue", "region")]
    words = LineWords(text, spans)
    found = organizations(raw, text, places, words, line.line_no)
    found += persons(raw, text, words, spans, line.line_no)
    found += groups(raw, text, places, words, found, line.line_no)
    return sorted(found, key=lambda actor: (actor.char_start, -actor.char_end))


def find_actors_on(lines: Sequence[Line], places: Iterable[PlaceMention]) -> tuple[ActorMention, ...]:
    """Every actor named in the lines, in reading order.

    A delegation may hold the organisation it comes from, and a person's quote the organisation of the title.
    Short references are resolved within the page (flag `resolved`): `name` is then the full name, `quote` the words.
    Mentions in repeated lines carry the flag `repeat`.
    """
    by_line: defaultdict[int, list[PlaceMention]] = defaultdict(list)
    for place in places:
        by_line[place.line_no].append(place)
    found = [actor for line in lines for actor in _line_actors(line, by_line[line.line_no])]
    repeats = {line.line_no for line in lines if line.repeat_of is not None}
    return tuple(
        replace(actor, flags=(*actor.flags, "repeat")) if actor.line_no in repeats else actor
        for actor in resolve(found, lines)
    )
