"""Happenings as rows of the tables events and participants."""

from __future__ import annotations

import datetime as dt
from functools import cache

from etl import lookups
from etl.build.events import series
from etl.build.events.clauses import Telling
from etl.build.events.confidence import score
from etl.build.events.countries import Home, dateline_country, home_country
from etl.build.events.happening import Happening
from etl.build.events.parties import parties
from etl.build.events.party import Party
from etl.build.events.placing import place
from etl.build.events.scenes import Scenes
from etl.build.events.sites import Place
from etl.build.events.spans import span
from etl.ids import stable_id
from etl.mentions import Findings

Row = dict[str, object]


@cache
def _plover() -> dict[str, tuple[str | None, str | None]]:
    return {
        row["event_type"]: (row["plover_event_if_occurred"] or None, row["plover_event_if_planned"] or None)
        for row in lookups.rows("event_type_map")
    }


def rows(happenings: list[Happening], context: tuple[Telling, ...], findings: Findings) -> tuple[list[Row], list[Row]]:
    """The rows of events and participants, in reading order."""
    events: list[Row] = []
    people: list[Row] = []
    ids = {id(h): _event_id(h, findings) for h in happenings}
    home = Home(home_country(findings), dateline_country(context))
    scenes = Scenes(context, home)
    parties_of = {id(h): parties(h, context, happenings) for h in happenings}
    for happening in sorted(happenings, key=lambda h: (h.main.candidate.telling.line_no, h.main.candidate.start)):
        who = parties_of[id(happening)]
        where = place(happening, happenings, parties_of, _day(happening, findings), home, context, scenes)
        event = _event(happening, where, who, findings, ids)
        events.append(event)
        people += [_person(event, number, party) for number, party in enumerate(who, 1)]
    return events, people


def _day(happening: Happening, findings: Findings) -> dt.date | None:
    date = happening.date
    return (date.start_date if date else None) or findings.publication.date


def _event_id(happening: Happening, findings: Findings) -> str:
    c = happening.main.candidate
    return stable_id(findings.page.article_id, "event", c.telling.line_no, c.start, c.end, c.trigger.start)


def _event(happening: Happening, where: Place, who: list[Party], findings: Findings, ids: dict[int, str]) -> Row:
    candidate, date = happening.main.candidate, happening.date
    start, end = span(happening)
    planned = happening.main.planned
    published = findings.publication.date
    if published is not None and start is not None and start > published + dt.timedelta(days=1):
        planned = True
    status = "cancelled" if happening.main.cancelled else "planned" if planned else "occurred"
    if status == "occurred" and date is not None and _goes_on(date.precision, start, end, published):
        status = "ongoing"
    text = candidate.telling.masked[candidate.start : candidate.end]
    plain = candidate.telling.plain[candidate.start : candidate.end]
    event_id = ids[id(happening)]
    anniversary = _anniversary(happening)
    return {
        "event_id": event_id,
        "article_id": findings.page.article_id,
        "published_date": published,
        "line_no": candidate.telling.line_no,
        "char_start": candidate.start,
        "char_end": candidate.end,
        "evidence": candidate.telling.text[candidate.start : candidate.end],
        "mention_lines": sorted(happening.lines),
        "event_type": happening.event_type,
        "plover_event": _plover()[happening.event_type][int(planned)],
        "status": status,
        "is_planned": planned,
        "start_date": start,
        "end_date": end,
        "date_edtf": date.edtf if date else None,
        "date_precision": date.precision if date else None,
        "date_basis": _basis(happening, start),
        "day_part": date.day_part if date else None,
        "place_text": where.text,
        "place_id": where.place_id,
        "admin1_iso": where.admin1_iso,
        "country": where.country,
        "series_no": series.number(plain) or series.number(text),
        "anniversary_n": anniversary,
        "parent_event_id": ids[id(happening.parent)] if happening.parent else None,
        "happening_id": event_id,
        "recommended_for_count": status in ("occurred", "ongoing") and happening.parent is None,
        "confidence": score(happening, where, who),
        "rule": happening.main.rule,
        "flags": _flags(happening, where, anniversary, start),
    }


def _flags(happening: Happening, where: Place, anniversary: int | None, start: dt.date | None) -> list[str]:
    telling = happening.main.candidate.telling
    sentence = [c for c in telling.clauses if c.item == happening.main.candidate.clause.item]
    left, right = sentence[0].start, sentence[-1].end
    near = [p for p in telling.places if left <= p.char_start < right]
    flags = []
    if happening.inherited and happening.date is not None:
        flags.append("date_inherited")
    if where.inferred and (where.text or where.country):
        flags.append("place_inferred")
    if anniversary and series.mismatch(anniversary, telling.plain[left:right], near, start.year if start else None):
        flags.append("anniversary_mismatch")
    return flags


def _anniversary(happening: Happening) -> int | None:
    """N周年 in the telling's own words, else in the clause of its occasion: 值…60周年之际; 举行仪式,庆祝…20周年."""
    for one in happening.tellings:
        candidate = one.candidate
        own = series.anniversary(candidate.telling.plain[candidate.start : candidate.end])
        if own is not None:
            return own
        for clause in candidate.telling.clauses:
            if clause.item != candidate.clause.item or abs(clause.order - candidate.clause.order) > 1:
                continue
            said = candidate.telling.plain[clause.start : clause.end]
            if said.startswith(("庆祝", "纪念", "值", "在", "以庆祝", "以纪念")) or "之际" in said:
                found = series.anniversary(said)
                if found is not None:
                    return found
    return None


def _basis(happening: Happening, start: dt.date | None) -> str:
    if happening.date is None or start is None:
        return "unresolved"
    return "inherited" if happening.inherited else happening.date.basis


def _goes_on(precision: str, start: dt.date | None, end: dt.date | None, published: dt.date | None) -> bool:
    """Whether an exhibition or a visit of several days was not over when the article appeared."""
    if start is None or end is None or published is None or precision not in ("day", "day_part", "range"):
        return False
    return start <= published < end


def _person(event: Row, number: int, party: Party) -> Row:
    return {
        "fact_id": event["event_id"],
        "seq": number,
        "article_id": event["article_id"],
        "fact_kind": "event",
        "name_text": party.actor.name,
        "org_id": party.actor.org_id,
        "role": party.role,
        "entity_type": party.actor.entity_type,
        "country": party.country,
    }
