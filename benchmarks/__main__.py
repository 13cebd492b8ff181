"""The benchmarks, printed as ratios.

    python -m benchmarks [--pages N] [--large M] [--peers] [--packages DIR] [--work DIR] [--write]

Grows a corpus of N pages, times every stage against `jieba.lcut` on the same pages in the same process, runs the
command line over it from nothing, again with nothing new and again with one changed file, holds the sums against those
the generator knows, and with --large does the same on M pages to see whether memory and speed stay as they are.
--peers adds other extractors and recognizers, from --packages when they are not installed. --write puts the result
into benchmarks/RESULTS.md. Seconds are CPU seconds unless a line says otherwise.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import generate, results, runs, stages
from benchmarks.peers import Peer
from benchmarks.results import Repeats, Report, Whole

PEER_PAGES = 100


def start_up(folder: Path) -> dict[str, tuple[float, float]]:
    """Name -> (CPU seconds, the CPU seconds it is held against); each the least of three."""

    def least(*command: str) -> float:
        return min(runs.cost(list(command), 1).cpu for _ in range(3))

    one = folder / "one"
    one.mkdir()
    text = next(generate.pages(1)).text
    (one / "page.txt").write_text(text, encoding="utf-8")
    python = least(sys.executable, "-c", "pass")
    imports = least(sys.executable, "-c", "import polars, pandera.polars") - python
    helped = least(*runs.YOULIAN, "--help") - python
    outputs = [str(folder / f"one-{number}") for number in range(3)]
    alone = [runs.cost([*runs.YOULIAN, "run", str(one), "--output", output], 1).cpu for output in outputs]
    return {
        "youlian --help beyond Python": (helped, python),
        "youlian run on one page": (min(alone) - python, imports),
    }


def whole(folder: Path, pages: int, seed: int, workers: int = 1) -> tuple[Whole, Path, Path]:
    """A run from nothing over so many pages."""
    corpus, output = folder / f"corpus-{pages}", folder / f"output-{pages}-{workers}"
    if not corpus.exists():
        generate.write(corpus, pages, seed=seed)
    spent = runs.run(corpus, output, workers)
    size = sum(path.stat().st_size for path in corpus.rglob("*.txt"))
    wrong = runs.sums(corpus, output)
    return Whole(pages, workers, spent, size, runs.bytes_of(output), wrong), corpus, output


def repeats(corpus: Path, output: Path) -> Repeats:
    """The same run again: with nothing new, and with one file changed."""
    idle = runs.run(corpus, output)
    path = min(corpus.rglob("*.txt"))
    path.write_text(path.read_text(encoding="utf-8").replace("年", "年 ", 1), encoding="utf-8")
    return Repeats(idle, runs.run(corpus, output))


def peers(corpus: Path, packages: Path | None) -> list[Peer]:
    """In a process of their own: what they import must not weigh on ours."""
    command = [sys.executable, "-m", "benchmarks.peers", str(corpus), "--pages", str(PEER_PAGES), "--json"]
    command += ["--packages", str(packages)] if packages else []
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("PEER ")]
    return [Peer(*json.loads(line.removeprefix("PEER "))) for line in lines]


@contextmanager
def workplace(given: Path | None) -> Iterator[Path]:
    """A folder for corpora and outputs, removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="benchmarks-", dir=given))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--large", type=int, metavar="M", help="a second, larger corpus: do memory and speed hold?")
    parser.add_argument("--two", action="store_true", help="also with two workers on two cores")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--packages", type=Path, metavar="DIR", help="where the peers are, when not installed")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where to put corpora and outputs meanwhile")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", action="store_true", help="write benchmarks/RESULTS.md")
    args = parser.parse_args()
    with workplace(args.work) as folder:
        first, corpus, output = whole(folder, args.pages, args.seed)
        found = [first]
        by_stage = stages.measure(corpus, min(args.pages, 1000))
        floor = runs.floor(corpus, output, folder / "floor")
        beside = peers(corpus, args.packages) if args.peers else []
        again = repeats(corpus, output)
        if args.two:
            found.append(whole(folder, args.pages, args.seed, 2)[0])
        if args.large:
            shutil.rmtree(output)
            found.append(whole(folder, args.large, args.seed)[0])
        text = results.text(Report(by_stage, found, floor, again, start_up(folder), beside))
    print(text)
    if args.write:
        (Path(__file__).parent / "RESULTS.md").write_text(text + "\n", encoding="utf-8")
    return 0 if not any(one.wrong for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
