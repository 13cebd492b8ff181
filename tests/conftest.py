"""Shared by the tests: one published dataset of the seeds and one of the dev documents a session."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

GOLD = Path(__file__).parent / "gold"
SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def seeds_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset published from seeds/. Read it, never change it."""
    from etl.pipeline import run

    output = tmp_path_factory.mktemp("seeds") / "output"
    run(SEEDS, output)
    return output


@pytest.fixture(scope="session")
def dev_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset published from the raw files of tests/gold/dev. Read it, never change it."""
    return _published(tmp_path_factory, "dev")


@pytest.fixture(scope="session")
def outlets_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset published from tests/gold/outlets, pages of outlets without a profile. Read it, never change it."""
    return _published(tmp_path_factory, "outlets")


@pytest.fixture(scope="session")
def outlets2_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset published from tests/gold/outlets2, more such pages. Read it, never change it."""
    return _published(tmp_path_factory, "outlets2")


@pytest.fixture(scope="session")
def strangers_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset published from tests/gold/strangers, hard pages of many outlets. Read it, never change it."""
    return _published(tmp_path_factory, "strangers")


@pytest.fixture(scope="session")
def plain_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset published from tests/gold/plain, plain news in many layouts. Read it, never change it."""
    return _published(tmp_path_factory, "plain")


@pytest.fixture(scope="session")
def strangers2_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset published from tests/gold/strangers2, pages of many outlets by others. Read it, never change it."""
    return _published(tmp_path_factory, "strangers2")


def _published(tmp_path_factory: pytest.TempPathFactory, keys: str) -> Path:
    from etl.pipeline import run

    folder = tmp_path_factory.mktemp(keys)
    source = folder / "source"
    source.mkdir()
    for path in sorted((GOLD / keys).glob("*.txt")):
        shutil.copy(path, source / path.name)
    run(source, folder / "output")
    return folder / "output"
