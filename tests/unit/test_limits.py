"""SECURITY.md states the limits that reading keeps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.read import limits

TEXT = (Path(__file__).parents[2] / "SECURITY.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "stated", "kept"),
    [
        ("a page", f"{limits.PAGE_BYTES // limits.MIB} MiB", limits.PAGE_BYTES),
        ("a line of a page", f"{limits.LINE_CHARS:,} characters", limits.LINE_CHARS),
        ("lines of a page", f"{limits.PAGE_LINES:,}", limits.PAGE_LINES),
        ("a line of a .jsonl file", f"{limits.RECORD_BYTES // limits.MIB} MiB", limits.RECORD_BYTES),
        ("an address", f"{limits.URL_CHARS:,} characters", limits.URL_CHARS),
        ("a packed file, from 16 MiB", f"{limits.BOMB_RATIO} times", limits.BOMB_RATIO),
        ("a packed file, in all", f"{limits.UNPACKED_BYTES // 1024**3} GiB", limits.UNPACKED_BYTES),
        ("the window", f"{limits.ZSTD_WINDOW // limits.MIB} MiB", limits.ZSTD_WINDOW),
        ("a packed .parquet", f"{limits.PACKED_PARQUET_BYTES // 1024**3} GiB", limits.PACKED_PARQUET_BYTES),
        ("a column chunk", f"{limits.PARQUET_CHUNK_BYTES // 1024**3} GiB", limits.PARQUET_CHUNK_BYTES),
    ],
)
def test_a_limit_is_stated_as_it_is_kept(row: str, stated: str, kept: int) -> None:
    assert kept > 0
    (found,) = re.findall(rf"^\| {re.escape(row)}[^|]*\| ([^|]*)\|", TEXT, re.MULTILINE)
    assert stated in found


def test_the_ratio_counts_from_where_it_is_said_to() -> None:
    assert limits.RATIO_FLOOR == 16 * limits.MIB
