"""When a happening took place: the date expression that governs its words, or what it leans on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.build.events.candidates import Candidate
from etl.build.events.clauses import Telling
from etl.build.events.triggers import pattern
from etl.mentions import DateMention

FINE = frozenset({"day", "day_part", "week", "month", "quarter", "half", "season"})
_TOPIC = re.compile(r"^(?:度|全年)?[^,的]{0,10}(?:工作|任务|总结|计划|民间|外交|对外|财年|指标|活动计划)")
_TERM = re.compile(r"^\s?(?:任期|阶段|期间的|计划|规划|届)")
_BOUND_BEFORE = re.compile(r"(?:截至|截止|截止到|直到|原计划)\s?$")
_BOUND_AFTER = re.compile(r"^(?:以前|之前|前|为止|止)(?!后)")
_SINCE = re.compile(r"^[^,;。]{0,20}(?:以来|至今|起(?!点))")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What ties a candidate to time. `kind`: own (a date of its sentence), year, topic, anaphora, recent, none."""

    kind: str
    date: DateMention | None = None


def anchor(candidate: Candidate) -> Anchor:
    """The anchor of a candidate by its own sentence; what leans on another happening has kind anaphora."""
    date = _own_date(candidate)
    if date is not None and date.precision in FINE:
        return Anchor("own", date)
    telling, clause = candidate.telling, candidate.clause
    start = _sentence_start(candidate)
    said = telling.masked[start : candidate.trigger.start]
    head = telling.masked[start : start + 40]
    if candidate.construction == "temporal" or _anaphoric(said, head):
        return Anchor("anaphora", date)
    if date is not None:
        return Anchor("year", date)
    if pattern("recent").search(said):
        return Anchor("recent")
    del clause
    return Anchor("none")


def _anaphoric(said: str, head: str) -> bool:
    match = pattern("anaphor").search(said)
    return match is not None and (match.start() <= 16 or match.group() in head)


def _sentence_start(candidate: Candidate) -> int:
    return min(c.start for c in candidate.telling.clauses if c.sentence == candidate.clause.sentence)


def _own_date(candidate: Candidate) -> DateMention | None:
    telling, clause, trigger = candidate.telling, candidate.clause, candidate.trigger
    here = [d for d in telling.dates if clause.start <= d.char_start < clause.end and usable(telling, d)]
    before = [d for d in here if d.char_end <= trigger.start and not _topic(telling, d)]
    fine = [d for d in before if d.precision in FINE]
    if fine:
        return fine[-1]
    if candidate.trigger.form == "noun":
        after = [d for d in here if d.char_start >= trigger.end and d.precision in FINE]
        if after:
            return after[0]
    earlier = _earlier(candidate)
    if before:
        return before[-1]
    return earlier


def _earlier(candidate: Candidate) -> DateMention | None:
    """The nearest date of the clauses before, in the same `;` item first, then in the sentence or list header."""
    telling, clause = candidate.telling, candidate.clause
    dates = [d for d in telling.dates if d.char_end <= clause.start and usable(telling, d) and not _topic(telling, d)]
    item_start = min(c.start for c in telling.clauses if c.item == clause.item)
    for left in (item_start, _sentence_start(candidate)):
        near = [d for d in dates if d.char_start >= left]
        fine = [d for d in near if d.precision in FINE]
        if fine or near:
            return (fine or near)[-1]
    return None


def usable(telling: Telling, date: DateMention) -> bool:
    """Whether a date can say when something happened: no term of office, no deadline, no beginning of a habit."""
    if date.precision in ("decade", "century") or (date.precision == "range" and _days(date) > 62):
        return False
    before, after = telling.masked[: date.char_start], telling.masked[date.char_end :]
    if _BOUND_BEFORE.search(before) or _TERM.match(after):
        return False
    since = before.endswith(("自", "从")) and _SINCE.match(after)
    if since and date.precision not in ("day", "day_part"):
        return False
    if re.match(r"(?:年)?以来|至今|起(?=[,由])", after) and date.precision not in ("day", "day_part"):
        return False
    return not inside_quotes(telling, date)


def inside_quotes(telling: Telling, date: DateMention) -> bool:
    return telling.masked[date.char_start] == "□"


def _days(date: DateMention) -> int:
    if date.start_date is None or date.end_date is None:
        return 0
    return (date.end_date - date.start_date).days


def _topic(telling: Telling, date: DateMention) -> bool:
    """A year that names what is talked of: 举行2025年民间外交工作总结会 says nothing of when."""
    return date.precision in ("year", "range") and _TOPIC.match(telling.masked[date.char_end :][:20]) is not None
