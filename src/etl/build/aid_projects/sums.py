"""Which claims may be summed, and why the others must not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.build.aid_projects.claim import Claim

NEAR = Decimal("0.03")


def exclusion(claim: Claim, claims: Sequence[Claim], flow: str) -> str | None:
    """The reason of CONTRACT why a claim must not be summed, None when it may."""
    parents = {c.parent for c in claims if c.parent is not None}
    if claim.is_target:
        return "target"
    if claim.status == "cancelled":
        return "cancelled"
    if claim.money is None:
        return "no_amount"
    if claim.money.currency is None:
        return "no_currency"
    if claim.kind in ("need", "counterpart"):
        return "request" if claim.kind == "need" else "counterpart"
    if claim.kind in ("average", "comparison"):
        return claim.kind
    if claim.parent is not None:
        return "component"
    if flow == "domestic":
        return "domestic"
    if claim.status == "pledged":
        return "pledge"
    if _superseded(claim, claims):
        return "superseded"
    if _overlaps(claim, claims):
        return "overlap"
    del parents
    return None


def _superseded(claim: Claim, claims: Sequence[Claim]) -> bool:
    """A later figure revises this one."""
    assert claim.money is not None
    return any(
        other.previous == claim.money.amount
        and other.money is not None
        and other.money.currency == claim.money.currency
        for other in claims
        if other is not claim
    )


def _overlaps(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Another claim nearby tells nearly the same sum with the same outputs: one of them counts, the one that says more."""
    assert claim.money is not None
    for other in claims:
        if (
            other is claim
            or other.money is None
            or other.money.currency != claim.money.currency
            or other.parent is not None
        ):
            continue
        shared = {(o.item[:2], o.count) for o in claim.outputs} & {(o.item[:2], o.count) for o in other.outputs}
        apart = abs(other.money.amount - claim.money.amount)
        if shared and apart <= NEAR * max(other.money.amount, claim.money.amount) and _weaker(claim, other):
            return True
    return False


def _weaker(claim: Claim, other: Claim) -> bool:
    """Of two tellings the exact figure, then the one with a donor, then the later one stays."""
    assert claim.money is not None and other.money is not None

    def rank(c: Claim) -> tuple[bool, bool, int]:
        assert c.money is not None
        return c.money.qualifier == "exact", c.donor is not None and not c.donor.inherited, c.number

    return rank(claim) < rank(other)
