"""How sure a row is: an additive score, so that a reader can see what raised or lowered it.

0.50 to begin with; +0.20 a day of its own, +0.10 another date of its own; +0.10 the noun with its verb (举行会议);
+0.10 a place said; +0.10 a named party; -0.10 told in a caption or title only; -0.10 a date taken over from
another happening; -0.10 no date; -0.10 of type other; -0.05 planned. Never below 0.05 or above 0.95.
"""

from __future__ import annotations

from etl.build.events.happening import Happening
from etl.build.events.party import Party
from etl.build.events.sites import Place
from etl.pages import Role


def score(happening: Happening, where: Place, who: list[Party]) -> float:
    """The confidence of one happening, two decimals."""
    main, date = happening.main, happening.date
    points = 50
    if date is None or happening.inherited:
        points -= 10
    elif main.anchor.kind == "own":
        points += 20 if date.precision in ("day", "day_part") else 10
    points += 10 * (main.candidate.construction in ("held", "subject", "attended"))
    points += 10 * (where.text is not None and not where.inferred)
    points += 10 * any(not party.unit for party in who)
    frame = all(t.candidate.telling.role in (Role.CAPTION, Role.TITLE) for t in happening.tellings)
    points -= 10 * frame + 10 * (main.event_type == "other") + 5 * main.planned
    return min(95, max(5, points)) / 100
