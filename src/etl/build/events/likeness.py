"""Whether two tellings can be of one happening: kind, date, hosts, words."""

from __future__ import annotations

import re

from etl.build.events.clauses import within
from etl.build.events.dating import Anchor
from etl.build.events.judging import Judged
from etl.normalize.text import fold
from etl.patterns import on_use

_AKIN = frozenset(
    frozenset(pair)
    for pair in (
        ("meeting", "visit"), ("meeting", "conference"), ("conference", "congress"), ("award", "handover"),
        ("ceremony", "launch"), ("ceremony", "award"), ("ceremony", "handover"), ("ceremony", "signing"),
        ("cultural_exchange", "contest"), ("cultural_exchange", "other"),
        ("cultural_exchange", "ceremony"), ("cultural_exchange", "meeting"), ("conference", "award"),
        ("meeting", "handover"),
    )
)  # fmt: skip


def other_hosts(a: Judged, b: Judged) -> bool:
    """Unions of two provinces hold two meetings, though on one day and in the same words."""
    first, second = _host_units(a), _host_units(b)
    return bool(first) and bool(second) and first.isdisjoint(second)


def _host_units(one: Judged) -> set[str]:
    """The provinces in the names of the organizations that stand before the trigger."""
    candidate, telling = one.candidate, one.candidate.telling
    hosts = [
        a for a in within(telling.actors, candidate.clause.start, candidate.trigger.start)
        if a.entity_type == "organization"
    ]  # fmt: skip
    return {
        place.admin1 for host in hosts for place in within(telling.places, host.char_start, host.char_end)
        if place.admin1
    }  # fmt: skip


def akin(a: str, b: str) -> bool:
    return a == b or frozenset((a, b)) in _AKIN


_DAY = on_use(r"(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日")


def _same_day(a: str, b: str) -> bool:
    """3月12日 and 12日 of one page whose year is not known."""
    first, second = _DAY.search(a), _DAY.search(b)
    if first is None or second is None:
        return a[-4:] == b[-4:]
    months = {m for m in (first["month"], second["month"]) if m}
    return first["day"] == second["day"] and len(months) < 2


def dates_fit(a: Anchor, b: Anchor) -> bool | None:
    """Whether two dates overlap; None when one is unknown."""
    if a.date is None or b.date is None or a.date.start_date is None or b.date.start_date is None:
        if a.date is not None and b.date is not None and a.date.start_date is b.date.start_date is None:
            return _same_day(fold(a.date.quote), fold(b.date.quote))
        return None
    end_a, end_b = a.date.end_date or a.date.start_date, b.date.end_date or b.date.start_date
    return a.date.start_date <= end_b and b.date.start_date <= end_a


def likeness(a: Judged, b: Judged) -> float:
    """Share of the shorter telling's character pairs that the other has too (dates and names of places left out)."""
    first, second = _pairs(a), _pairs(b)
    return len(first & second) / max(1, min(len(first), len(second)))


def _pairs(one: Judged) -> set[str]:
    candidate = one.candidate
    sentence = [c for c in candidate.telling.clauses if c.item == candidate.clause.item]
    left, right = candidate.start, candidate.end
    if len(sentence) > 1 and right - left < 12:
        left = min(c.start for c in sentence)
    text = re.sub(r"[\d年月日上下午晚,:()“”|\s、。;]", "", candidate.telling.plain[left:right])
    return {text[i : i + 2] for i in range(len(text) - 1)}
