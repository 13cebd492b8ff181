"""Whatever happens to the raw files, the code and the process: the tables are those of a run from nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from etl import pipeline
from etl.pipeline import compaction
from etl.settings import Settings
from etl.store import fingerprints
from tests import datasets, made_pages
from tests.faults import crashes

NAMES = [f"{folder}{number}.txt" for folder in ("", "a/", "b/") for number in range(4)]
QUIET = Settings(report=False, allow_drop=True, batch_files=3, part_pages=2, keep_seconds=0)
# Times of raw files are set by hand, so that two writes within one tick are two times.
_EPOCH = 1_700_000_000


@pytest.fixture(autouse=True)
def _made_up() -> Iterator[None]:
    with made_pages.stage():
        yield
    made_pages.factor = 1


days = st.sampled_from(["2023-05-01", "2024-01-31", "2024-02-01", "undated   "])
titles = st.sampled_from(["河江省收到一笔捐款", "友好协会会见代表团", "芒街市举行交流活动"])
facts = st.lists(
    st.sampled_from(
        [
            "aid 100 USD",
            "aid 7.25 EUR",
            "event meeting",
            "event visit",
            "link 友好协会会见代表团",
            "bad",
            "普通的一行字",
        ]
    ),
    max_size=4,
)
pages = st.one_of(
    st.builds(lambda day, title, lines: made_pages.text(day, title, *lines), days, titles, facts),
    st.sampled_from(["2024-01-01 拒绝\nrefuse\n", "2024-01-01 出错\nbreak\n", "", "\x00\x01\x02\x03 binary \x00"]),
)


@dataclass(frozen=True)
class Write:
    name: str
    text: str


@dataclass(frozen=True)
class Remove:
    name: str


@dataclass(frozen=True)
class Rename:
    old: str
    new: str


@dataclass(frozen=True)
class Touch:
    name: str


@dataclass(frozen=True)
class NewCode:
    factor: int


@dataclass(frozen=True)
class Damage:
    number: int


@dataclass(frozen=True)
class Run:
    crash_at: int | None
    power_cut: bool


names = st.sampled_from(NAMES)
steps = st.one_of(
    st.builds(Write, names, pages),
    st.builds(Write, names, pages),
    st.builds(Remove, names),
    st.builds(Rename, names, names),
    st.builds(Touch, names),
    st.builds(NewCode, st.sampled_from([1, 2, 3])),
    st.builds(Damage, st.integers(0, 50)),
    st.builds(Run, st.none(), st.just(False)),
    st.builds(Run, st.integers(1, 300), st.booleans()),
)


@settings(
    max_examples=int(os.environ.get("YOULIAN_TEST_HISTORIES", "20")),
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # a history is a second: shrinking would take minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(first=st.lists(st.builds(Write, names, pages), min_size=3, max_size=8), history=st.lists(steps, max_size=12))
def test_incremental_equals_from_nothing(first: list[Write], history: list[object]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="history-"))
    try:
        _play(folder, [*first, Run(None, power_cut=False), *history, Run(None, power_cut=False)])
    finally:
        shutil.rmtree(folder)


def _play(folder: Path, history: list[object]) -> None:
    source, output = folder / "source", folder / "output"
    source.mkdir()
    made_pages.factor = 1
    synced: dict[int, tuple[int, int]] = {}
    for clock, step in enumerate(history):
        _apply(source, output, step, clock, synced)
    incremental = datasets.hashes(output)
    _run(source, folder / "fresh")
    assert incremental == datasets.hashes(folder / "fresh")
    before = datasets.tree(output)
    assert not _run(source, output).published
    assert datasets.tree(output) == before
    leftovers = [path for path in output.rglob("*") if path.suffix in (".partial", ".removed")]
    assert not leftovers


def _apply(source: Path, output: Path, step: object, clock: int, synced: dict[int, tuple[int, int]]) -> None:
    match step:
        case Write(name, text):
            (source / name).parent.mkdir(exist_ok=True)
            (source / name).write_bytes(text.encode())
            os.utime(source / name, (_EPOCH + clock, _EPOCH + clock))
        case Remove(name):
            (source / name).unlink(missing_ok=True)
        case Rename(old, new) if (source / old).exists():
            (source / new).parent.mkdir(exist_ok=True)
            (source / old).replace(source / new)
        case Touch(name) if (source / name).exists():
            os.utime(source / name, (_EPOCH + clock, _EPOCH + clock))
        case NewCode(factor):
            made_pages.factor = factor
        case Damage(number):
            files = sorted(
                path for path in output.rglob("*.parquet") if "_" not in path.relative_to(output).parts[0][:1]
            )
            if files:
                victim = files[number % len(files)]
                victim.unlink() if number % 2 else victim.write_bytes(b"damaged")
        case Run(crash_at, power_cut):
            with crashes.crashing(crash_at, synced) as countdown:
                try:
                    _run(source, output)
                except crashes.Crash:
                    lost = crashes.power_cut(output, countdown) if power_cut else 0
                    note(f"crash at {crash_at}, {lost} files lost")


def _run(source: Path, output: Path) -> object:
    pieces = {"pipeline": f"made-up code {made_pages.factor}"}
    few = mock.patch.multiple(compaction, MOST_PARTS=4, SLACK=2)
    with mock.patch.object(fingerprints, "current", lambda templates=None: pieces), few:
        return pipeline.run(source, output, settings=QUIET)
