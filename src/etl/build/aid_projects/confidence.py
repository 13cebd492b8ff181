"""How well the text supports a claim: a sum of pieces of evidence, from 0 to 1.

| evidence | points |
|---|---|
| a word of aid governs the figure (strength 3 and more; 1.8 and more) | 0.25; 0.15 |
| the claim was found at all | 0.20 |
| a verb gives its status | 0.15 |
| donor, recipient, period: in its own sentence (inherited) | 0.10 each (0.05) |
| the currency is written out (carried over) | 0.10 (0.05) |
| somebody who carries it out or approves it; told more than once; a sector | 0.05 each |
| only the topic of the page speaks for it (strength below 1.2) | -0.10 |
"""

from __future__ import annotations

from etl.build.aid_projects.claim import Claim, Party

STRONG, FAIR, TOPIC_ONLY = 3.0, 1.8, 1.2


def _party(party: Party | None) -> float:
    return 0.0 if party is None else 0.05 if party.inherited else 0.10


def confidence(claim: Claim, *, has_sector: bool) -> float:
    """The score of the table above, clipped to 0..1 and rounded to two places."""
    score = 0.20
    score += 0.25 if claim.strength >= STRONG else 0.15 if claim.strength >= FAIR else 0.0
    score += 0.15 if claim.status != "unspecified" else 0.0
    score += _party(claim.donor) + _party(claim.recipient)
    score += {"own": 0.10, "none": 0.0}.get(claim.period_basis, 0.05)
    money = claim.money or claim.unit
    if money is not None and money.currency is not None:
        score += 0.10 if money.currency_basis in ("explicit", "symbol") else 0.05
    score += 0.05 * (claim.implementer is not None or claim.approver is not None)
    score += 0.05 * (claim.mentioned > 1) + 0.05 * has_sector
    score -= 0.10 if claim.strength < TOPIC_ONLY else 0.0
    return round(min(1.0, max(0.0, score)), 2)
