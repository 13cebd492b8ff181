"""Whole runs of the command line on a corpus, each in a process of its own: time, memory, and whether the sums hold."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl
import psutil

YOULIAN = [sys.executable, "-c", "import sys; from etl.cli import main; sys.exit(main())"]


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and CPU seconds of a command and its children, and their greatest memory together, in MiB."""

    wall: float
    cpu: float
    peak: float


def cost(command: list[str], cores: int | None = None) -> Cost:
    """Runs a command on the first `cores` cores (all of them when None). Raises CalledProcessError when it fails."""
    chosen = sorted(os.sched_getaffinity(0))[:cores]
    environment = {**os.environ, "POLARS_MAX_THREADS": str(len(chosen)), "PYTHONWARNINGS": "error::SyntaxWarning"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, chosen),
    )
    peaks = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peaks), daemon=True)
    watcher.start()
    _, errors = process.communicate()
    wall = time.perf_counter() - start
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=errors)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, max(peaks[0], 0.0))


def _watch(process: subprocess.Popen[bytes], peaks: list[float]) -> None:
    """Memory of the process and all its children together, twenty times a second: shared pages count once."""
    while process.poll() is None:
        total = 0
        try:
            top = psutil.Process(process.pid)
            for one in [top, *top.children(recursive=True)]:
                total += one.memory_full_info().pss
        except (psutil.Error, OSError):
            continue
        peaks[0] = max(peaks[0], total / 2**20)
        time.sleep(0.05)


def run(corpus: Path, output: Path, workers: int = 1) -> Cost:
    """`youlian run` with as many cores as workers."""
    return cost([*YOULIAN, "run", str(corpus), "--output", str(output), "--workers", str(workers)], workers)


def floor(corpus: Path, output: Path, copy: Path) -> float:
    """CPU seconds to read the raw bytes and to write the published tables' Parquet files again with polars."""
    frames = {path.relative_to(output): pl.read_parquet(path) for path in sorted(output.glob("*/**/*.parquet"))}
    frames = {path: frame for path, frame in frames.items() if not path.parts[0].startswith("_")}
    start = time.process_time()
    for path in corpus.rglob("*.*"):
        path.read_bytes()
    for path, frame in frames.items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(copy / path)
    return time.process_time() - start


def table(output: Path, name: str) -> pl.DataFrame:
    """A published table, all partitions."""
    return pl.concat([pl.read_parquet(path) for path in sorted((output / name).rglob("*.parquet"))])


def bytes_of(output: Path) -> dict[str, int]:
    """Bytes by table, and of the state."""
    sizes: dict[str, int] = {}
    for path in output.rglob("*"):
        top = path.relative_to(output).parts[0]
        if path.is_file() and not path.is_symlink() and top != "_versions":
            sizes[top] = sizes.get(top, 0) + path.stat().st_size
    return sizes


def sums(corpus: Path, output: Path) -> dict[str, tuple[object, object]]:
    """What differs from the sums the generator knows: name -> (expected, found); empty when all are exact."""
    expected = json.loads((corpus.parent / f"{corpus.name}.expected.json").read_text(encoding="utf-8"))
    claims = table(output, "aid_projects").filter(
        pl.col("recommended_for_sum")
        & (pl.col("currency").cast(pl.String) == "VND")
        & pl.col("donor_text").is_in(list(expected["vnd_by_donor"]))
    )
    given = claims.group_by("donor_text").agg(pl.len().alias("n"), pl.col("amount").sum())
    found = {row["donor_text"]: (row["n"], row["amount"]) for row in given.iter_rows(named=True)}
    wrong: dict[str, tuple[object, object]] = {}
    for donor, amount in expected["vnd_by_donor"].items():
        want = (expected["claims_by_donor"][donor], Decimal(amount))
        if found.get(donor) != want:
            wrong[donor] = (want, found.get(donor))
    if articles := table(output, "articles").height - expected["pages"]:
        wrong["articles"] = (expected["pages"], expected["pages"] + articles)
    for name in ("aid_projects", "events", "participants", "money_mentions"):
        rows = table(output, name).filter(pl.any_horizontal(pl.col(pl.String).str.contains(expected["decoy"])))
        if rows.height:
            wrong[f"{expected['decoy']} in {name}"] = (0, rows.height)
    return wrong
