"""Happenings told by an article: meetings, visits, signings, ceremonies ... one row each, at the fullest mention.

triggers -> candidates of each clause -> judged -> merged happenings -> dated, placed, attributed -> rows.
"""

from __future__ import annotations

from etl.build.events import candidates, rows
from etl.build.events.clauses import Telling, tellings
from etl.build.events.dating import Anchor, usable
from etl.build.events.judging import Judged, judge
from etl.build.events.merging import merge
from etl.mentions import Findings


def build(findings: Findings) -> tuple[list[rows.Row], list[rows.Row]]:
    """The rows of `events` and the participants of kind event, from the first prints of the page's own lines."""
    context = tellings(findings)
    published = findings.publication.date
    judged: list[Judged] = []
    for position, telling in enumerate(context):
        for candidate in candidates.find(telling):
            found = judge(candidate, published, _section_year(context, position, candidate))
            if found is not None:
                judged.append(found)
    return rows.rows(merge(judged), context, findings)


def _section_year(context: tuple[Telling, ...], position: int, candidate: candidates.Candidate) -> Anchor | None:
    """The last year told of before a candidate in its section: 2026年,… governs 将…筹备代表大会 two paragraphs on."""
    for telling in reversed(context[: position + 1]):
        if telling.section != candidate.telling.section:
            break
        dates = [d for d in telling.dates if d.precision == "year" and usable(telling, d)]
        if telling is candidate.telling:
            dates = [d for d in dates if d.char_end <= candidate.trigger.start]
        if dates:
            return Anchor("section", dates[-1])
    return None
