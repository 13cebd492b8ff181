"""Who is who in a claim, from sentences of our own: tests/cases/aid_parties.jsonl, one line a case.

A name wanted is one of those between |, at most a few words longer as printed; null where nobody may be named.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.build import aid_projects, money_roles
from tests import aid_cases

CASES = [
    json.loads(line)
    for line in (Path(aid_cases.__file__).parent / "cases" / "aid_parties.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
COLUMNS = {"donor": "donor_text", "recipient": "recipient_text", "implementer": "implementer_text"}
LONGER = 12  # characters that a printed name may have more: 德国“手拉手”协会 for 手拉手


def names(wanted: str | None, found: str | None, longer: int = LONGER) -> bool:
    if wanted is None or found is None:
        return wanted is found
    return any(name in found and len(found) <= len(name) + longer for name in wanted.split("|"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_parties_of_a_case(case: dict[str, Any]) -> None:
    made = aid_cases.findings(case["lines"])
    rows, _ = aid_projects.build(made, money_roles.assign(made))
    wrong = []
    longer = 0 if case.get("exact") else LONGER  # words that ran into a name
    for wanted in case["parties"]:
        row = next(r for r in rows if wanted["figure"] in (r["amount"], r["unit_amount"]))
        wrong += [
            f"{role} {row[column]!r} for {wanted[role]!r}"
            for role, column in COLUMNS.items()
            if role in wanted and not names(wanted[role], row[column], longer)  # type: ignore[arg-type]
        ]
        if "count" in wanted and row["project_count"] != wanted["count"]:
            wrong.append(f"count {row['project_count']!r} for {wanted['count']!r}")
        if row["recipient_iso"] not in wanted.get("iso", row["recipient_iso"] or "").split("|") + [None] * (
            "iso" not in wanted
        ):
            wrong.append(f"iso {row['recipient_iso']!r} for {wanted['iso']!r}")
    assert not wrong
