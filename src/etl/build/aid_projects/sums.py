"""Which claims may be summed, and why the others must not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.build.aid_projects.claim import Claim

NEAR = Decimal("0.03")
IMPLAUSIBLE_USD = Decimal(10) ** 11
# A whole that cannot be summed itself does not stand for its parts.
_NOT_SUMMED_ITSELF = ("pledge", "no_amount", "no_currency")


def exclusion(claim: Claim, claims: Sequence[Claim], flow: str, usd: Decimal | None) -> str | None:
    """The reason of CONTRACT why a claim must not be summed, None when it may."""
    reason = _by_itself(claim)
    if reason is not None:
        return reason
    if claim.parent is not None and _parent_counts(claim, claims):
        return "component"
    if flow == "domestic":
        return "domestic"
    if claim.status == "pledged":
        return "pledge"
    if _superseded(claim, claims):
        return "superseded"
    if _overlaps(claim, claims):
        return "overlap"
    return "implausible" if usd is not None and usd > IMPLAUSIBLE_USD else None


def _by_itself(claim: Claim) -> str | None:
    if claim.is_target:
        return "target"
    if claim.status == "cancelled":
        return "cancelled"
    if claim.money is None:
        return "no_amount"
    if claim.money.currency is None:
        return "no_currency"
    return claim.kind if claim.kind in ("average", "comparison") else None


def _parent_counts(claim: Claim, claims: Sequence[Claim]) -> bool:
    """登记捐款4800亿,其中到账4057亿: the pledged whole is not summed, so its paid part is."""
    parent = next((c for c in claims if c.number == claim.parent), None)
    if parent is None:
        return False
    if parent.status == "pledged" and claim.status != "pledged":
        return False
    return _by_itself(parent) not in _NOT_SUMMED_ITSELF


def _superseded(claim: Claim, claims: Sequence[Claim]) -> bool:
    """A later figure revises this one."""
    money = claim.money
    return money is not None and any(
        other.previous == money.amount and other.money is not None and other.money.currency == money.currency
        for other in claims
        if other is not claim
    )


def _overlaps(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Another claim tells nearly the same sum with the same outputs: the one that says more counts."""
    money = claim.money
    if money is None:
        return False
    for other in claims:
        if other is claim or other.money is None or other.parent is not None or other.is_target:
            continue
        if other.money.currency != money.currency:
            continue
        shared = {(o.item[:2], o.count) for o in claim.outputs} & {(o.item[:2], o.count) for o in other.outputs}
        apart = abs(other.money.amount - money.amount)
        if shared and apart <= NEAR * max(other.money.amount, money.amount) and _rank(claim) < _rank(other):
            return True
    return False


def _rank(claim: Claim) -> tuple[bool, bool, int]:
    """Of two tellings the exact figure, then the one with a donor, then the later one stays."""
    exact = claim.money is not None and claim.money.qualifier == "exact"
    return exact, claim.donor is not None, claim.number
