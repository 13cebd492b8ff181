"""The seeds give exactly the reviewed results. After an intended change: `make golden`, then read the diff."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import golden

NAMES = sorted(path.stem for path in golden.SEEDS.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_gives_its_golden_result(seeds_dataset: Path, name: str) -> None:
    wanted = (golden.RESULTS / f"{name}.json").read_text(encoding="utf-8")
    assert golden.results(seeds_dataset)[name] == wanted
