"""The benchmarks' result as a page of Markdown: ratios first, then what they were made on."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.peers import Peer
from benchmarks.runs import Cost
from benchmarks.stages import Stages

PACKAGES = ("youlian", "jieba", "rjieba", "polars", "pyarrow", "pandera", "selectolax")
GOAL = 8.0


@dataclass(frozen=True, slots=True)
class Whole:
    """A run from nothing: its cost, the bytes read, the bytes written by table, and the sums that are not exact."""

    pages: int
    workers: int
    cost: Cost
    bytes_in: int
    bytes_out: Mapping[str, int]
    wrong: Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Repeats:
    """The run again with nothing new, and with one changed file."""

    idle: Cost
    one_changed: Cost


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run of the benchmarks measured."""

    stages: Stages
    wholes: Sequence[Whole]
    floor: float
    repeats: Repeats
    start_up: Mapping[str, tuple[float, float]]
    peers: Sequence[Peer]


def text(report: Report) -> str:
    parts = [_head(report), _stages(report), _runs(report), _again(report), _sums(report), _peers(report.peers)]
    return "\n\n".join(part for part in parts if part)


def machine() -> str:
    """Processor, cores and memory."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        cpu = names[0] if names else cpu
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cpu}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f} at the end"


def _head(report: Report) -> str:
    first = report.wholes[0]
    jieba = report.stages.jieba_per_page * first.pages
    ratio = jieba / first.cost.cpu
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"""# Results

Written by `python -m benchmarks --write` (see its `--help`); seconds are CPU seconds.

- machine: {machine()}
- versions: Python {platform.python_version()}, {versions}
- corpus: {first.pages} generated pages, {first.bytes_in / 1e6:.2f} MB
- **a whole run on one core: {ratio:.2f} times `jieba.lcut`'s documents a second** (the goal is {GOAL:.0f});
  the floor (read the bytes, write the same Parquet) takes {report.floor / jieba:.2f} of jieba's time"""


def _stages(report: Report) -> str:
    found, jieba = report.stages, report.stages.jieba_per_page
    rows = ["| stage | ms a page | of jieba's time | documents a second | MB a second |", "|---|---:|---:|---:|---:|"]
    per_page = {name: seconds / found.pages for name, seconds in found.seconds.items()}
    first = report.wholes[0]
    per_page["columns, checks, Parquet, relations"] = max(first.cost.cpu / first.pages - found.total / found.pages, 0)
    lines = sorted(per_page.items(), key=lambda item: -item[1])
    lines += [("**whole run**", first.cost.cpu / first.pages), ("jieba.lcut", jieba)]
    lines += [("floor", report.floor / first.pages)]
    lines += [("find_dates and find_money on the whole text", found.figures / found.pages)]
    mb = found.megabytes / found.pages
    for name, seconds in lines:
        safe = max(seconds, 1e-9)
        rows.append(f"| {name} | {seconds * 1000:.3f} | {seconds / jieba:.2f} | {1 / safe:.0f} | {mb / safe:.2f} |")
    return f"## Stages ({found.pages} pages, one process)\n\n" + "\n".join(rows)


def _runs(report: Report) -> str:
    rows = ["| pages | workers | CPU s | wall s | pages a second | times jieba | peak MiB | bytes in | bytes out |"]
    rows.append("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for one in report.wholes:
        jieba = report.stages.jieba_per_page * one.pages
        cost, speed, out = one.cost, one.pages / one.cost.wall, sum(one.bytes_out.values())
        rows.append(
            f"| {one.pages} | {one.workers} | {cost.cpu:.1f} | {cost.wall:.1f} | {speed:.1f} | {jieba / cost.wall:.2f} "
            f"| {cost.peak:.0f} | {one.bytes_in} | {out} |"
        )
    note = "`times jieba` is by wall time here; memory is that of all processes together, shared pages counted once."
    return "## Whole runs\n\n" + "\n".join(rows) + "\n\n" + note


def _again(report: Report) -> str:
    first, again = report.wholes[0], report.repeats
    rows = ["| what | CPU s | against | goal |", "|---|---:|---:|---:|"]
    for name, spent, goal in (("nothing new", again.idle, 3), ("one changed file", again.one_changed, 5)):
        share = spent.cpu / first.cost.cpu
        rows.append(f"| run again, {name} | {spent.cpu:.2f} | {share:.1%} of the first run | {goal} % |")
    for name, (spent_cpu, held) in report.start_up.items():
        is_help = "--help" in name
        against = (
            f"{held:.2f} s of Python alone" if is_help else f"{spent_cpu / held:.2f} times the imports' {held:.2f}"
        )
        rows.append(f"| {name} | {spent_cpu:.2f} | {against} | {'0.3 s' if is_help else '2.5 times'} |")
    return "## Run again, and start-up\n\n" + "\n".join(rows)


def _sums(report: Report) -> str:
    rows = []
    for one in report.wholes:
        rows.append(f"- {one.pages} pages, {one.workers} workers: {'exact' if not one.wrong else 'NOT exact'}")
        rows += [f"  - {name}: expected {want}, found {got}" for name, (want, got) in one.wrong.items()]
    return "## Sums known to the generator (claims and VND by donor, the decoy donor nowhere)\n\n" + "\n".join(rows)


def _peers(peers: Sequence[Peer]) -> str:
    if not peers:
        return ""
    rows = ["| part | other | ours, ms a page | theirs, ms a page | theirs / ours | |", "|---|---|---:|---:|---:|---|"]
    for peer in peers:
        theirs = "" if peer.theirs is None else f"{peer.theirs:.2f}"
        ratio = "" if peer.ratio is None else f"{peer.ratio:.1f}"
        rows.append(f"| {peer.part} | {peer.name} | {peer.ours:.2f} | {theirs} | {ratio} | {peer.note} |")
    return "## Beside others, each on the same pages\n\n" + "\n".join(rows)
