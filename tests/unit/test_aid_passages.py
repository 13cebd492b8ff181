"""Short passages with one sum each, by authors who never saw the rules: how often its parties are told right."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from etl.build import aid_projects, money_roles
from etl.normalize.text import fold
from tests import aid_cases

CASES = Path(__file__).parents[1] / "cases"
# Shares of the passages whose key tells the part, rounded down, by file. They only rise.
FLOORS = {
    "aid_passages": {
        "found": 0.94,
        "donor": 0.94,
        "recipient": 0.95,
        "implementer": 0.91,
        "recipient_iso": 0.97,
        "project_count": 1.0,
        "status": 0.94,
    },
    "aid_passages2": {
        "found": 0.92,
        "donor": 0.93,
        "recipient": 0.94,
        "implementer": 0.92,
        "recipient_iso": 0.97,
        "project_count": 0.97,
        "status": 0.92,
    },
    "aid_passages3": {
        "found": 0.94,
        "donor": 0.97,
        "recipient": 0.98,
        "implementer": 0.95,
        "recipient_iso": 0.96,
        "project_count": 0.96,
        "status": 0.84,
    },
}
PARTS = tuple(FLOORS["aid_passages"])
COLUMNS = {"donor": "donor_text", "recipient": "recipient_text", "implementer": "implementer_text"}


def _claim(passage: dict[str, Any]) -> dict[str, Any] | None:
    """The row of the passage's figure."""
    made = aid_cases.findings(passage["lines"], passage["published"])
    wanted = fold(passage["figure"])
    amounts = {m.amount for m in made.money if fold(m.quote) in wanted or wanted in fold(m.quote)}
    rows = aid_projects.build(made, money_roles.assign(made))[0]
    sums = ("amount", "unit_amount", "equivalent_amount")
    return next((row for row in rows if any(row.get(name) in amounts for name in sums)), None)


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign not in ' “”"')


def _is_named(key: str, found: str | None) -> bool:
    return bool(found) and (_bare(key) in _bare(found or "") or _bare(found or "") in _bare(key))


@cache
def _shares(name: str) -> dict[str, float]:
    right: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        row = _claim(passage)
        told["found"] += 1
        right["found"] += row is not None
        if row is None:
            continue
        for part in PARTS[1:]:
            if passage[part] is None:
                continue
            keys = [passage[part], *(passage["also"].get(part) or [])]
            found = row.get(COLUMNS.get(part, part))
            told[part] += 1
            if part in COLUMNS:
                right[part] += any(_is_named(key, found) if key else not found for key in keys)
            else:
                right[part] += found in keys
    return {part: right[part] / told[part] for part in told}


@pytest.mark.parametrize(("name", "part"), [(name, part) for name in FLOORS for part in PARTS])
def test_so_many_passages_are_told_right(name: str, part: str) -> None:
    assert _shares(name)[part] >= FLOORS[name][part]
