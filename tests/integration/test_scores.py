"""The scores against the answer keys never fall below their pinned floors (tests/gold/floors.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.conftest import GOLD
from tests.scoring import scores

FLOORS = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("keys", sorted(FLOORS))
def test_no_score_falls_below_its_floor(request: pytest.FixtureRequest, keys: str) -> None:
    dataset: Path = request.getfixturevalue(f"{keys}_dataset")
    found, tally = scores(dataset, GOLD / keys)
    fallen = {
        name: (found[name], floor, tally[name].examples[:5])
        for name, floor in FLOORS[keys].items()
        if found[name] < floor - 5e-5
    }
    assert not fallen


@pytest.mark.parametrize("keys", sorted(FLOORS))
def test_no_fact_comes_from_a_foreign_line(request: pytest.FixtureRequest, keys: str) -> None:
    found, _ = scores(request.getfixturevalue(f"{keys}_dataset"), GOLD / keys)
    leaked = {name: n for name, n in found.items() if name.startswith("foreign.") and n}
    assert not leaked
