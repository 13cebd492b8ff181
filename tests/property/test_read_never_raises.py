"""Whatever bytes a file holds, reading it gives documents and rejects, never an exception, and stays deterministic."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import zstandard
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from etl.pages import RawDocument
from etl.read import Reject, documents, limits, list_files, text
from etl.read.files import KINDS
from tests.faults import nasty_inputs

ENDINGS = sorted(f"{kind}{packing}" for kind in KINDS for packing in ("", ".gz", ".zst"))
SAMPLES = [nasty.make() for nasty in nasty_inputs.ALL if "bomb" not in nasty.what and "MiB" not in nasty.what]
SMALL = [sample for sample in SAMPLES if len(sample) < 100_000]
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def read(name: str, data: bytes) -> list[RawDocument | Reject]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        listing = list_files(folder)
        first = [item for file in listing.files for item in documents(file)]
        assert first == [item for file in listing.files for item in documents(file)]
        return first


def check(ending: str, found: list[RawDocument | Reject]) -> None:
    # An archive may hold records of other types only; every other file ends in documents or rejects.
    assert found or ending.startswith((".warc", ".wet"))
    for item in found:
        if isinstance(item, Reject):
            assert item.code.startswith("read.")
            assert item.code != "read.failed", item.message
            str(item).encode("utf-8")
        else:
            assert item.lines
            assert len(item.lines) <= limits.PAGE_LINES
            for line in item.lines:
                assert "\n" not in line.text
                line.text.encode("utf-8")


@FUZZ
@given(ending=st.sampled_from(ENDINGS), data=st.binary(max_size=400))
@example(ending=".htm", data=b"<!")  # markup that renders to no line
def test_any_bytes(ending: str, data: bytes) -> None:
    check(ending, read(f"a{ending}", data))


@FUZZ
@given(
    ending=st.sampled_from(ENDINGS),
    sample=st.sampled_from(SMALL),
    place=st.floats(0, 1),
    patch=st.binary(max_size=12),
    cut=st.floats(0, 1),
)
def test_damaged_files(ending: str, sample: bytes, place: float, patch: bytes, cut: float) -> None:
    """Known nasty files of any kind under any name, overwritten at one place, cut at another, packed or not."""
    at = int(place * len(sample))
    data = (sample[:at] + patch + sample[at + len(patch) :])[: int(cut * len(sample)) + 1]
    check(ending, read(f"a{ending}", data))
    if ending.endswith(".gz"):
        check(ending, read(f"a{ending}", gzip.compress(data)))
    if ending.endswith(".zst"):
        check(ending, read(f"a{ending}", zstandard.ZstdCompressor().compress(data)))


LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r\0\ufeff")), min_size=1)


@FUZZ
@given(
    lines=LINES,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_lines_come_back_as_written(lines: list[str], encoding: str, end: str) -> None:
    written = end.join(lines)
    try:
        decoded = text.decode(written.encode(encoding))
    except text.PageError as error:
        assert error.code in ("read.empty", "read.binary")
        return
    assert decoded == written
    assert text.lines(decoded) == tuple(lines)
