"""Claims as rows of aid_projects and participants."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from etl import lookups
from etl.build.aid_projects.claim import Claim
from etl.build.aid_projects.confidence import confidence
from etl.build.aid_projects.evidence import evidence_span
from etl.build.aid_projects.flow import actor_of, direction, giver_country
from etl.build.aid_projects.kinds import finance_type, in_kind, record_type
from etl.build.aid_projects.prices import price
from etl.build.aid_projects.scope import Scope
from etl.build.aid_projects.sums import exclusion
from etl.build.sectors import Sectors, sectors
from etl.ids import stable_id

Row = dict[str, object]
CENT = Decimal("0.01")


def aid_id(claim: Claim, scope: Scope) -> str:
    """Hash of where the claim's figure (or count) stands."""
    return stable_id(scope.findings.page.article_id, "aid", claim.line_no, *claim.at)


@cache
def _transaction_types() -> dict[str, str | None]:
    """Status to the code of IATI's list TransactionType, as a recipient reports; None where there is none."""
    found: dict[str, str | None] = {}
    for row in lookups.rows("status_map"):
        code = row["iati_transaction_type"].split(" ")[0]
        found[row["status"]] = code if code.isdigit() and row["status"] != "unspecified" else None
    return found


def row_of(claim: Claim, claims: Sequence[Claim], scope: Scope) -> Row:
    """The claim's row of aid_projects."""
    named = _sectors(claim)
    findings = scope.findings
    return {
        "aid_id": aid_id(claim, scope),
        "article_id": findings.page.article_id,
        "published_date": findings.publication.date,
        "line_no": claim.line_no,
        **_evidence(claim),
        "record_type": record_type(claim),
        "status": claim.status,
        "iati_transaction_type": _transaction_types().get(claim.status),
        "in_kind": in_kind(claim),
        "finance_type": finance_type(claim),
        **_parties(claim, scope),
        **_counts(claim),
        **_money(claim),
        "period_start": claim.period[0],
        "period_end": claim.period[1],
        "period_basis": claim.period_basis,
        "plan_attainment_pct": claim.plan_attainment,
        "sector": named.plain,
        "sector_dac5": list(named.dac5),
        "is_umbrella": claim.is_umbrella,
        "parent_aid_id": _parent_id(claim, claims, scope),
        "claim_id": aid_id(claim, scope),
        **_judged(claim, claims, scope),
        "confidence": confidence(claim, has_sector=named.plain is not None),
        "rule": f"aid.{claim.rule}",
        "flags": _flags(claim),
    }


def _evidence(claim: Claim) -> Row:
    start, end = evidence_span(claim)
    return {"char_start": start, "char_end": end, "evidence": claim.passage.line.text[start:end]}


def _sectors(claim: Claim) -> Sectors:
    """By its own words, then its segment; a count of projects speaks for no sector its sentence happens to name."""
    own = claim.says(evidence_span(claim))
    if (claim.project_count or 0) > 1 and claim.parent is None:
        return sectors(own)
    return sectors(own, claim.says(claim.segment), claim.says(claim.sentence))


def _parties(claim: Claim, scope: Scope) -> Row:
    donor, implementer = (actor_of(p, claim, scope) for p in (claim.donor, claim.implementer))
    return {
        "flow_direction": direction(claim, scope),
        "donor_text": claim.donor.text if claim.donor else None,
        "donor_org_id": donor.org_id if donor else None,
        "donor_country": giver_country(claim, scope),
        "donor_count": claim.donor_count,
        "implementer_text": claim.implementer.text if claim.implementer else None,
        "implementer_org_id": implementer.org_id if implementer else None,
        "approver_text": claim.approver.text if claim.approver else None,
        "recipient_text": claim.recipient.text if claim.recipient else None,
        "recipient_iso": claim.recipient_iso,
        "recipient_place_id": claim.recipient_place,
        "recipient_country": claim.recipient_country,
    }


def _counts(claim: Claim) -> Row:
    return {
        "project_count": claim.project_count,
        "beneficiary_count": claim.beneficiary_count,
        "household_count": claim.household_count,
        "outputs": [{"item": o.item, "count": o.count, "unit": o.unit} for o in claim.outputs],
    }


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(CENT)


def _money(claim: Claim) -> Row:
    money, unit, equal = claim.money, claim.unit, claim.equivalent
    said = money or unit
    return {
        "amount": _cents(money.amount) if money else None,
        "amount_max": _cents(money.amount_max) if money else None,
        "currency": said.currency if said else None,
        "qualifier": said.qualifier if said else None,
        "unit_amount": _cents(unit.amount) if unit else None,
        "unit_count": claim.unit_count,
        "equivalent_amount": _cents(equal.amount) if equal else None,
        "equivalent_currency": equal.currency if equal else None,
        "amount_previous": _cents(claim.previous),
    }


def _judged(claim: Claim, claims: Sequence[Claim], scope: Scope) -> Row:
    usd = price(claim, scope)
    reason = exclusion(claim, claims, direction(claim, scope), usd.usd)
    return {
        "amount_usd": usd.usd,
        "usd_basis": usd.basis,
        "fx_rate": usd.rate,
        "fx_year": usd.year,
        "recommended_for_sum": reason is None,
        "sum_exclusion_reason": reason,
    }


def _parent_id(claim: Claim, claims: Sequence[Claim], scope: Scope) -> str | None:
    parent = next((c for c in claims if claim.parent is not None and c.number == claim.parent), None)
    return None if parent is None else aid_id(parent, scope)


def _flags(claim: Claim) -> list[str]:
    flags = set(claim.flags)
    for name, party in (("donor", claim.donor), ("implementer", claim.implementer), ("recipient", claim.recipient)):
        if party is not None and party.inherited:
            flags.add(f"inherited_{name}")
        elif party is not None and party.resolved:
            flags.add(f"resolved_{name}")
    if claim.money is not None and claim.money.currency is None:
        flags.add("currency_ambiguous")
    if claim.status == "unspecified":
        flags.add("status_unspecified")
    return sorted(flags)


def participants_of(claim: Claim, scope: Scope) -> list[Row]:
    """The claim's rows of participants, numbered from 1."""
    parties = [
        ("donor", claim.donor),
        ("implementer", claim.implementer),
        ("approver", claim.approver),
        ("recipient", claim.recipient),
    ]
    rows: list[Row] = []
    for role, party in parties:
        if party is None:
            continue
        actor = actor_of(party, claim, scope)
        rows.append(
            {
                "fact_id": aid_id(claim, scope),
                "seq": len(rows) + 1,
                "article_id": scope.findings.page.article_id,
                "fact_kind": "aid",
                "name_text": party.text,
                "org_id": actor.org_id if actor else None,
                "role": role,
                "entity_type": actor.entity_type if actor else "group",
                "country": actor.country if actor else None,
            }
        )
    return rows
