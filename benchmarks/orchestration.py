"""What orchestration costs: the ingest flow against the plain run, over the same pages with the same workers.

    python -m benchmarks.orchestration [--pages 20000] [--workers 2] [--engine processes]

Both run, once warm, twice: over a tenth of the pages and over all of them. What they differ by is the cost of the
pages, start-up apart. Prints the ratio of flow to plain run in processor seconds, which other work on the machine
changes least, and in seconds, and whether both published the same bytes. The flow should take at most 1.25 times the
plain run.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import generate

LIMIT = 1.25
_WARM_UP = 10  # pages of a first run, which starts the server and loads what stays loaded


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took: processor seconds of this process and all it started, and seconds."""

    processor: float
    wall: float

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.processor - other.processor, self.wall - other.wall)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The cost of the pages in the plain run and in the flow, and whether both published the same bytes."""

    plain: Cost
    flow: Cost
    same: bool

    @property
    def ratio(self) -> float:
        """Processor seconds of the flow for one of the plain run."""
        return self.flow.processor / self.plain.processor


def main() -> int:
    """Grows a corpus, runs both, prints the ratio. Exit code 1 when it is above the limit or the bytes differ."""
    parser = argparse.ArgumentParser(description="What orchestration costs.")
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", default="processes", choices=("threads", "processes", "dask", "ray"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = compare(Path(folder), arguments.pages, arguments.workers, arguments.engine)
    print(f"{arguments.pages} pages less a tenth, {arguments.workers} workers, {arguments.engine}")
    for name, cost in (("plain run", found.plain), ("flow", found.flow)):
        print(f"{name:10} {cost.processor:7.1f} processor seconds, {cost.wall:7.1f} s")
    print(f"ratio {found.ratio:.2f} (limit {LIMIT}), {found.flow.wall / found.plain.wall:.2f} in seconds")
    print(f"{'the same' if found.same else 'DIFFERENT'} bytes")
    return 0 if found.same and found.ratio <= LIMIT else 1


def compare(folder: Path, pages: int, workers: int, engine: str) -> Comparison:
    """Runs the pages both ways below `folder`. Prefect must not be imported yet: its home is put there too."""
    os.environ["PREFECT_HOME"] = str(folder / "prefect")
    from etl.pipeline import run
    from flows.ingest import ingest

    costs: list[tuple[Cost, Cost]] = []
    for number in (_WARM_UP, pages // 10, pages):
        source, plain, flow = (folder / f"{name}-{number}" for name in ("in", "plain", "flow"))
        generate.write(source, number)
        costs.append(
            (
                _cost(lambda s=source, o=plain: run(s, o, workers=workers)),  # type: ignore[misc]
                _cost(lambda s=source, o=flow: ingest(str(s), str(o), engine=engine, workers=workers)),  # type: ignore[misc, arg-type]
            )
        )
    _, (plain_start, flow_start), (plain_all, flow_all) = costs
    return Comparison(plain_all - plain_start, flow_all - flow_start, tables(plain) == tables(flow))


def _cost(call: Callable[[], object]) -> Cost:
    processor, wall = sum(_spent(os.getpid())), time.monotonic()
    call()
    return Cost(sum(_spent(os.getpid())) - processor, time.monotonic() - wall)


def _spent(pid: int) -> Iterator[float]:
    """Processor seconds of a process, of its children that ended, and of those that live."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = [int(n) for path in Path(f"/proc/{pid}/task").glob("*/children") for n in path.read_text().split()]
    except OSError:
        return  # it has just ended
    yield sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    for child in children:
        yield from _spent(child)


def tables(output: Path) -> dict[str, bytes]:
    """The bytes of every published data file but runs, which alone knows when."""
    files = [path for path in output.glob("[a-z]*/**/*.parquet") if path.parent.name != "runs"]
    return {str(path.relative_to(output)): path.read_bytes() for path in files}


if __name__ == "__main__":
    sys.exit(main())
