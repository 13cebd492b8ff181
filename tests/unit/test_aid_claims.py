"""Claims of aid from sentences of our own: tests/cases/aid_claims.jsonl, one line a case."""

from __future__ import annotations

from typing import Any

import pytest

from etl.build import aid_projects, money_roles
from etl.tables.facts import AID_PROJECTS, PARTICIPANTS
from tests import aid_cases

CASES = aid_cases.cases()
TEXTS = {
    "donor": "donor_text",
    "recipient": "recipient_text",
    "implementer": "implementer_text",
    "approver": "approver_text",
}
CODES = {
    "iso": "recipient_iso",
    "status": "status",
    "type": "record_type",
    "project_count": "project_count",
    "household_count": "household_count",
    "beneficiary": "beneficiary_count",
    "unit_count": "unit_count",
    "plan": "plan_attainment_pct",
    "qualifier": "qualifier",
    "sector": "sector",
    "flow": "flow_direction",
    "finance": "finance_type",
    "umbrella": "is_umbrella",
}
SUMS = {"equivalent": "equivalent_amount", "previous": "amount_previous", "unit": "unit_amount"}


def number(value: Any) -> float | None:
    return None if value is None else float(value)


def fits(wanted: dict[str, Any], row: dict[str, Any]) -> bool:
    if (number(row["amount"]), row["currency"]) != (number(wanted["amount"]), wanted["currency"]):
        return False
    return wanted["amount"] is not None or number(row["unit_amount"]) == number(wanted.get("unit"))


def differences(wanted: dict[str, Any], row: dict[str, Any]) -> list[str]:
    wrong = []
    for key, column in TEXTS.items():
        if key in wanted and not any(name in (row[column] or "") for name in wanted[key].split("|")):
            wrong.append(f"{column} {row[column]!r} for {wanted[key]!r}")
    wrong += [f"{c} {row[c]!r} for {wanted[k]!r}" for k, c in CODES.items() if k in wanted and row[c] != wanted[k]]
    for key, column in SUMS.items():
        if key in wanted and number(row[column]) != number(wanted[key]):
            wrong.append(f"{column} {row[column]} for {wanted[key]}")
    period = [None if day is None else day.isoformat() for day in (row["period_start"], row["period_end"])]
    if "period" in wanted and period != wanted["period"]:
        wrong.append(f"period {period} for {wanted['period']}")
    outputs = [[o["item"], o["count"]] for o in row["outputs"]]
    return wrong + [f"no output {o} in {outputs}" for o in wanted.get("outputs", []) if list(o) not in outputs]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_claims_of_a_case(case: dict[str, Any]) -> None:
    """Every claim wanted is found with what is said of it, and no other."""
    made = aid_cases.findings(case["lines"], case["published"])
    assigned = money_roles.assign(made)
    rows, parties = aid_projects.build(made, assigned)
    free, wrong = list(rows), []
    for wanted in case["claims"]:
        row = next((row for row in free if fits(wanted, row)), None)
        if row is None:
            wrong.append(f"missed {wanted}")
            continue
        free.remove(row)
        wrong += differences(wanted, row)
    wrong += [f"false {row['amount']} {row['evidence']}" for row in free]
    quoted = {m.quote: assigned[m.line_no, m.char_start] for m in made.money}
    wrong += [f"{quote} is {quoted[quote]}" for quote in case["non"] if quoted.get(quote) in ("aid", "target")]
    assert not wrong
    for row in rows:
        assert set(row) == AID_PROJECTS.names
        text = made.page.lines[row["line_no"] - 1].text  # type: ignore[operator]
        assert row["evidence"] == text[row["char_start"] : row["char_end"]]  # type: ignore[misc]
        assert row["recommended_for_sum"] is (row["sum_exclusion_reason"] is None)
        assert 0 <= row["confidence"] <= 1  # type: ignore[operator]
    assert all(set(party) == PARTICIPANTS.names for party in parties)


def test_cases_name_different_things() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 100
