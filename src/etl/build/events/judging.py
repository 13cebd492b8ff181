"""Which candidates are happenings: told as facts or dated plans, not as routine, opinion, or vague intent."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from etl.build.events import series
from etl.build.events.candidates import Candidate
from etl.build.events.clauses import MASK
from etl.build.events.dating import Anchor, anchor
from etl.build.events.triggers import pattern
from etl.pages import Role

_PLAN_BA = re.compile(r"将(?=[^,]{0,4}\d)|将(?=[^,]{1,12}(?:交给|移交|转交|送|调整|改|由|增|减))")
_KILLING = re.compile(r"每年|每月|每逢|每季|每周|每届|历年|年年|每两年|每三年|定期")


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its anchor. `kept` ones are happenings, the others may only mention one."""

    candidate: Candidate
    anchor: Anchor
    planned: bool
    kept: bool
    cancelled: bool = False
    rule: str = ""


def judge(candidate: Candidate, published: dt.date | None, section_year: Anchor | None) -> Judged | None:
    """The candidate judged, or None when nothing is told to happen."""
    telling, clause, trigger = candidate.telling, candidate.clause, candidate.trigger
    start = min(c.start for c in telling.clauses if c.sentence == clause.sentence)
    if candidate.header is not None:
        item = min(c.start for c in telling.clauses if c.item == clause.item)
        start = max(item, candidate.header[1])
    said = telling.masked[start : trigger.start]
    own = telling.masked[clause.start : trigger.start]
    found = anchor(candidate)
    if _KILLING.search(said) or pattern("opinion").search(said) and found.kind != "own":
        return None
    if pattern("opinion").search(own):
        return None
    if found.kind not in ("own", "anaphora") and pattern("routine").search(own):
        return _weak(candidate, found)
    planned = is_planned(candidate, found, published, said)
    if planned and found.date is None and section_year is not None and section_year.date is not None:
        if not _specific(candidate) and trigger.event_type != "congress":
            return None
        found = replace(section_year, kind="section")
    kept = _keeps(candidate, found, planned)
    cancelled = pattern("cancelled").search(telling.masked[clause.start : clause.end]) is not None
    if planned and found.date is None and not kept:
        return None
    return Judged(candidate, found, planned, kept, cancelled, f"{candidate.construction}.{found.kind}")


def _weak(candidate: Candidate, found: Anchor) -> Judged:
    return Judged(candidate, found, planned=False, kept=False, rule=f"{candidate.construction}.mention")


def is_planned(candidate: Candidate, found: Anchor, published: dt.date | None, said: str) -> bool:
    """To come: a date after the publication, or words of planning without a date that has passed."""
    date = found.date
    if date is not None and date.start_date is not None and published is not None:
        if date.start_date > published:
            return True
        if date.end_date is not None and date.end_date <= published:
            return False
    header = candidate.header
    if header is not None:
        said = candidate.telling.masked[header[0] : header[1]] + said
    plain = _PLAN_BA.sub(MASK, said)
    return bool(pattern("planned").search(plain)) or bool(date is not None and date.is_planned)


def _keeps(candidate: Candidate, found: Anchor, planned: bool) -> bool:
    """Dated by a day or month, leaning on a dated happening, or told as news: see the table in docs."""
    role, construction = candidate.telling.role, candidate.construction
    if role in (Role.TITLE, Role.HEADING):
        return False
    if found.kind in ("own", "recent", "anaphora", "section"):
        return found.kind != "anaphora" or not planned
    if construction == "listed" or candidate.header is not None:
        return found.kind == "year" or _specific(candidate)
    if found.kind == "year":
        return construction in ("held", "attended", "subject") and (
            role is Role.CAPTION or _specific(candidate) or _done(candidate)
        )
    if role is Role.CAPTION:
        return construction in ("held", "subject") or candidate.trigger.event_type == "award"
    if role is Role.LEAD:
        return construction in ("held", "subject", "verb") and _done(candidate)
    return _specific(candidate) and construction in ("attended", "held")


def _done(candidate: Candidate) -> bool:
    text = candidate.telling.masked
    return re.match(r"了|[^,]{0,20}了", text[candidate.trigger.end : candidate.clause.end]) is not None or bool(
        re.search(r"[在于]|了[^,]{0,30}$", text[candidate.clause.start : candidate.trigger.start])
    )


def _specific(candidate: Candidate) -> bool:
    """Named so that it can only be one: a quoted name, a number in a series, an anniversary."""
    text = candidate.telling.masked[candidate.start : candidate.trigger.end]
    return MASK in text or series.number(text) is not None or series.anniversary(text) is not None
