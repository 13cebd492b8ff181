"""Floors of claims against the answer keys, with dates and money from the keys and from the finders."""

from __future__ import annotations

import pytest

from tests import gold_findings, scoring

FLOORS = {
    "aid": 0.96,
    "aid.status": 0.95,
    "aid.period": 0.95,
    "aid.qualifier": 0.95,
    "aid.recipient_iso": 0.95,
    "aid.project_count": 0.9,
    "aid.equivalent": 0.95,
    "aid.previous": 0.95,
    "aid.donor": 0.9,
    "aid.implementer": 0.9,
    "aid.recipient": 0.85,
}


@pytest.mark.parametrize("real", [False, True], ids=["from the keys", "as found"])
@pytest.mark.parametrize("folder", ["seeds", "dev", "outlets"])
def test_claims_against_the_keys(folder: str, real: bool) -> None:
    tally = gold_findings.score(folder, real=real)
    got = {name: _value(name, measure) for name, measure in tally.items()}
    below = {name: (got[name], floor) for name, floor in FLOORS.items() if name in got and got[name] < floor}
    assert not below, {name: tally[name].examples[:5] for name in below}


def _value(name: str, measure: scoring.Measure) -> float:
    return measure.score if name in scoring.F1_MEASURES else measure.share
