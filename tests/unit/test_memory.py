"""What a frame held goes back to the system when it is dropped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_CODE = """
import etl
import polars as pl

def held():
    lines = open("/proc/self/smaps_rollup").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:"))

pl.int_range(1000, eager=True).sort()
before = held()
frame = pl.int_range(40_000_000, eager=True).reverse()
full = held()
del frame
print(full - before, held() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells what a process holds")
def test_memory_of_a_dropped_frame_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=True)
    held, kept = map(int, done.stdout.split())
    assert held > 250_000  # kB: the frame was there
    assert kept < held / 4
