"""Shared by the tests: one published dataset of the seeds and one of every set of keys a session."""

from __future__ import annotations

import shutil
from collections.abc import Callable
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


def _published(tmp_path_factory: pytest.TempPathFactory, keys: str) -> Path:
    from etl.pipeline import run

    folder = tmp_path_factory.mktemp(keys)
    source = folder / "source"
    source.mkdir()
    for path in sorted((GOLD / keys).glob("*.txt")):
        shutil.copy(path, source / path.name)
    run(source, folder / "output")
    return folder / "output"


def _dataset_of(keys: str) -> Callable[..., Path]:
    """The fixture KEYS_dataset: a dataset published from the raw files of tests/gold/KEYS. Read it, never change it."""

    @pytest.fixture(scope="session", name=f"{keys}_dataset")
    def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
        return _published(tmp_path_factory, keys)

    return dataset


dev_dataset = _dataset_of("dev")
outlets_dataset = _dataset_of("outlets")  # outlets without a profile
outlets2_dataset = _dataset_of("outlets2")  # more of them
strangers_dataset = _dataset_of("strangers")  # hard pages of many outlets, by others
strangers2_dataset = _dataset_of("strangers2")  # pages of many outlets, by others
strangers3_dataset = _dataset_of("strangers3")  # pages of many outlets, by others again
strangers4_dataset = _dataset_of("strangers4")  # pages of many outlets, by others once more
strangers5_dataset = _dataset_of("strangers5")  # pages like dev, by others
strangers6_dataset = _dataset_of("strangers6")  # pages like dev and of new outlets, by others
strangers7_dataset = _dataset_of("strangers7")  # more of both
strangers8_dataset = _dataset_of("strangers8")  # the last of them
plain_dataset = _dataset_of("plain")  # plain news in many layouts, by others
