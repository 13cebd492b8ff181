"""Happenings of pages written for their constructions, through the whole pipeline: floors that must not fall unseen."""

from __future__ import annotations

from pathlib import Path

from etl.pipeline import run
from tests.conftest import GOLD
from tests.scoring import scores

# Measured 2026-11-24: 1.00, dates 1.00, planned 1.00, type 1.00, country 0.97, place 0.95, actors 0.95.
FLOORS = {
    "events": 0.93,
    "events.type": 0.95,
    "events.planned": 0.95,
    "events.dates": 0.95,
    "events.country": 0.93,
    "events.place": 0.88,
    "events.actors": 0.9,
}


def test_happenings_stay_found(tmp_path: Path) -> None:
    run(GOLD / "happenings", tmp_path / "output")
    found, tally = scores(tmp_path / "output", GOLD / "happenings")
    fallen = {name: (found[name], tally[name].examples[:5]) for name, floor in FLOORS.items() if found[name] < floor}
    assert not fallen
