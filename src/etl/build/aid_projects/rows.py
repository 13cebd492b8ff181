"""Claims as rows of aid_projects and participants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.prices import price
from etl.build.aid_projects.scope import Scope
from etl.build.aid_projects.sums import exclusion
from etl.build.sectors import sectors
from etl.ids import stable_id
from etl.mentions import ActorMention

Row = dict[str, object]
CENT = Decimal("0.01")
_GOODS = re.compile(r"物资|药|口罩|设备|实物|礼品|房屋|教室|试剂|呼吸机|轮椅|大米|书|自行车|礼物|捐建|援建")
_LOAN = re.compile(r"贷款|ODA|官方发展援助|周转金")
_GRANT = re.compile(r"无偿|赠款|捐|善款|赠送|资助|救济")
_IATI = {"pledged": "13", "committed": "11", "approved": "11", "disbursed": "3", "spent": "4"}


def evidence_span(claim: Claim) -> tuple[int, int]:
    """From the clause that names the figure (or the count before it) to the end of the figure and its restatement."""
    start, end = claim.clause[0], claim.at[1]
    if claim.equivalent is not None and claim.equivalent.line_no == claim.line_no:
        end = max(end, claim.equivalent.char_end)
    if claim.unit is not None and claim.unit.line_no == claim.line_no:
        end = max(end, claim.unit.char_end)
    text = claim.passage.text
    clauses = claim.passage.clauses_in(claim.segment)
    here = next((i for i, c in enumerate(clauses) if c[0] <= claim.at[0] < c[1]), 0)
    if here and claim.at[0] - start < 8:
        start = clauses[here - 1][0]
    while start < claim.at[0] and text[start] in " ,、”)":
        start += 1
    if text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")":
        end += 1
    return start, end


def aid_id(claim: Claim, scope: Scope) -> str:
    article_id = scope.findings.page.article_id
    return stable_id(article_id, "aid", claim.line_no, *claim.at)


def flow(claim: Claim, scope: Scope, donor: ActorMention | None) -> str:
    giver = claim.donor.text if claim.donor else ""
    to = claim.recipient_country
    said = claim.says(claim.sentence)
    if re.search(r"国内|各分会|企业家|财政|祖国阵线", giver) and to in (None, "VN"):
        return "domestic"
    country = donor_country(claim, scope)
    if to not in (None, "VN") and (country == "VN" or country is None):
        return "outbound"
    if country == "VN" and to in (None, "VN"):
        return "inbound" if re.search(r"侨胞|旅居|海外|越侨", giver) else "domestic"
    if country not in (None, "VN") or re.search(r"外国|国际|境外|非政府|侨", giver + said):
        return "inbound"
    if re.search(r"外援|外国|国际", said):
        return "inbound"
    if claim.implementer and "友好组织联合会" in claim.implementer.text and not giver:
        return "inbound"
    return "unknown"


def donor_country(claim: Claim, scope: Scope) -> str | None:
    actor = actor_of(claim.donor, claim, scope)
    if actor is not None and actor.country:
        return actor.country
    if claim.donor is None:
        return None
    for place in scope.findings.places:
        if place.quote in claim.donor.text and place.country and "pair" not in place.flags:
            return place.country
    return None


def actor_of(party: Party | None, claim: Claim, scope: Scope) -> ActorMention | None:
    """The actor mention a party's words hold: in the claim's line first, else anywhere on the page."""
    if party is None:
        return None
    fitting = [a for a in scope.findings.actors if a.name and (a.name in party.text or party.text in a.quote)]
    return max(fitting, key=lambda a: (a.line_no == claim.line_no, len(a.name)), default=None)


def record_type(claim: Claim) -> str:
    if claim.is_target:
        return "target"
    if claim.kind in ("average", "comparison", "revision"):
        return claim.kind
    if claim.parent is not None:
        return "component"
    if claim.money is None and claim.unit is None:
        return "in_kind"
    if (claim.project_count or 0) > 1:
        return "aggregate"
    if claim.project_count == 1:
        return "project"
    said = claim.says(claim.segment)
    if claim.outputs and _GOODS.search(said):
        return "in_kind"
    return "donation"


def row_of(claim: Claim, claims: Sequence[Claim], scope: Scope) -> Row:
    findings = scope.findings
    start, end = evidence_span(claim)
    said = claim.says(claim.sentence)
    goods, loan, grant = _GOODS.search(said), _LOAN.search(said), _GRANT.search(said)
    direction = flow(claim, scope, None)
    reason = exclusion(claim, claims, direction)
    usd = price(claim, scope)
    named = sectors(claim.says((start, end)), claim.says(claim.segment), said)
    donor, implementer = (actor_of(p, claim, scope) for p in (claim.donor, claim.implementer))
    flags = list(claim.flags)
    for name, party in (("donor", claim.donor), ("implementer", claim.implementer), ("recipient", claim.recipient)):
        if party is not None and party.inherited:
            flags.append(f"inherited_{name}")
    money, unit = claim.money, claim.unit
    if money is not None and money.currency is None:
        flags.append("currency_ambiguous")
    currency = money.currency if money is not None else unit.currency if unit is not None else None
    by_number = {c.number: c for c in claims}
    identity = aid_id(claim, scope)
    return {
        "aid_id": identity,
        "article_id": findings.page.article_id,
        "published_date": findings.publication.date,
        "line_no": claim.line_no,
        "char_start": start,
        "char_end": end,
        "evidence": claim.passage.line.text[start:end],
        "record_type": record_type(claim),
        "status": claim.status,
        "iati_transaction_type": _IATI.get(claim.status),
        "flow_direction": direction,
        "in_kind": "mixed" if goods and money is not None else "in_kind" if money is None and unit is None else "cash",
        "finance_type": "loan"
        if loan and not grant
        else "mixed"
        if loan and grant
        else "grant"
        if grant
        else "unknown",
        "donor_text": claim.donor.text if claim.donor else None,
        "donor_org_id": donor.org_id if donor else None,
        "donor_country": donor_country(claim, scope),
        "donor_count": claim.donor_count,
        "implementer_text": claim.implementer.text if claim.implementer else None,
        "implementer_org_id": implementer.org_id if implementer else None,
        "approver_text": claim.approver.text if claim.approver else None,
        "recipient_text": claim.recipient.text if claim.recipient else None,
        "recipient_iso": claim.recipient_iso,
        "recipient_place_id": claim.recipient_place,
        "recipient_country": claim.recipient_country,
        "project_count": claim.project_count,
        "beneficiary_count": claim.beneficiary_count,
        "household_count": claim.household_count,
        "outputs": [{"item": o.item, "count": o.count, "unit": o.unit} for o in claim.outputs],
        "amount": money.amount.quantize(CENT) if money else None,
        "amount_max": money.amount_max.quantize(CENT) if money and money.amount_max is not None else None,
        "currency": currency,
        "qualifier": money.qualifier if money else unit.qualifier if unit else None,
        "unit_amount": unit.amount.quantize(CENT) if unit else None,
        "unit_count": claim.unit_count,
        "equivalent_amount": claim.equivalent.amount.quantize(CENT) if claim.equivalent else None,
        "equivalent_currency": claim.equivalent.currency if claim.equivalent else None,
        "amount_previous": claim.previous.quantize(CENT) if claim.previous is not None else None,
        "amount_usd": usd.usd,
        "usd_basis": usd.basis,
        "fx_rate": usd.rate,
        "fx_year": usd.year,
        "period_start": claim.period[0],
        "period_end": claim.period[1],
        "period_basis": claim.period_basis,
        "plan_attainment_pct": claim.plan_attainment,
        "sector": named.plain,
        "sector_dac5": list(named.dac5),
        "is_umbrella": claim.is_umbrella,
        "parent_aid_id": aid_id(by_number[claim.parent], scope) if claim.parent is not None else None,
        "claim_id": identity,
        "recommended_for_sum": reason is None,
        "sum_exclusion_reason": reason,
        "confidence": min(1.0, round(0.3 + 0.1 * claim.strength, 2)),
        "rule": claim.rule,
        "flags": sorted(set(flags)),
    }


def participants_of(claim: Claim, scope: Scope) -> list[Row]:
    rows: list[Row] = []
    parties = (
        ("donor", claim.donor),
        ("implementer", claim.implementer),
        ("approver", claim.approver),
        ("recipient", claim.recipient),
    )
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
