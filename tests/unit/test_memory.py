"""What a frame held goes back to the system when it is dropped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl import lookups
from etl.pipeline.memory import give_back
from etl.strip.shape import shape

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


@pytest.mark.parametrize("inherited", [None, "dirty_decay_ms:500,muzzy_decay_ms:1000"], ids=["alone", "under polars"])
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells what a process holds")
def test_memory_of_a_dropped_frame_is_given_back(inherited: str | None) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "_RJEM_MALLOC_CONF"}
    environment |= {} if inherited is None else {"_RJEM_MALLOC_CONF": inherited}
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=True, env=environment)
    held, kept = map(int, done.stdout.split())
    assert held > 250_000  # kB: the frame was there
    assert kept < held / 4


def test_what_pages_leave_behind_is_given_back_and_tables_are_kept() -> None:
    shape("越南友好组织联合会举行会议")
    table = lookups.rows("rules")
    assert shape.cache_info().currsize > 0
    give_back()
    assert shape.cache_info().currsize == 0
    assert lookups.rows("rules") is table
