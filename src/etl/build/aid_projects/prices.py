"""US dollars of a claim: as stated, by the equivalent it states, or by the annual average of its year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from etl.build.aid_projects.claim import Claim
from etl.build.aid_projects.scope import Scope
from etl.normalize import fx

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Price:
    """`rate` is units of the claim's currency per US dollar in `year`; both None when dollars are stated."""

    usd: Decimal | None = None
    basis: str | None = None
    rate: float | None = None
    year: int | None = None


def price(claim: Claim, scope: Scope) -> Price:
    money = claim.money
    if money is None or money.currency is None:
        return Price()
    if money.currency == "USD":
        return Price(money.amount.quantize(CENT, ROUND_HALF_EVEN), "stated")
    if claim.equivalent is not None and claim.equivalent.currency == "USD":
        return Price(claim.equivalent.amount.quantize(CENT, ROUND_HALF_EVEN), "equivalent")
    year = _year(claim, scope)
    rate = None if year is None else fx.usd_rate(money.currency, year)
    if rate is None:
        return Price()
    return Price((money.amount / rate).quantize(CENT, ROUND_HALF_EVEN), "fx_annual", float(rate), year)


def _year(claim: Claim, scope: Scope) -> int | None:
    """Last year of the period, else of the mention's own sentence, else of publication."""
    end = claim.period[1] or claim.period[0]
    if end is not None:
        return end.year
    dates = [d for d in scope.dates(claim.line_no, claim.sentence) if d.end_date is not None]
    near = min(dates, key=lambda d: abs(d.char_start - claim.at[0]), default=None)
    if near is not None and near.end_date is not None:
        return near.end_date.year
    return None if scope.published is None else scope.published.year
