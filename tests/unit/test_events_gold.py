"""Happenings of the answer keys, given the keys' own roles and dates: floors that must not fall unseen."""

from __future__ import annotations

import pytest

from tests import gold_events

# Measured 2026-11-24: F1 1.00, 1.00, 0.98; the floors leave room for one slip of the other stages.
FLOORS = {"seeds": 0.96, "dev": 0.95, "outlets": 0.92}
SHARES = {"type": 0.95, "planned": 0.95, "dates": 0.95, "country": 0.95, "place": 0.9, "actors": 0.9}


@pytest.mark.parametrize("folder", FLOORS)
def test_floors(folder: str) -> None:
    tally = gold_events.score(folder)
    assert tally["events"].score >= FLOORS[folder], tally["events"].examples
    for name, floor in SHARES.items():
        assert tally[f"events.{name}"].share >= floor, tally[f"events.{name}"].examples
