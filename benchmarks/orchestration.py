"""What orchestration costs: the ingest flow against the plain run, over the same pages with the same workers.

    python -m benchmarks.orchestration [--pages 20000] [--workers 2] [--engine processes]

Prints the ratio of the times from the opened session to the published version, start-up of Prefect's server apart,
and whether both published the same bytes. The flow should take at most 1.25 times the plain run.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import generate


def main() -> int:
    """Grows a corpus, runs both, prints the ratio. Exit code 1 when it is above the limit or the bytes differ."""
    parser = argparse.ArgumentParser(description="What orchestration costs.")
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", default="processes", choices=("threads", "processes", "dask", "ray"))
    parser.add_argument("--limit", type=float, default=1.25)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return compare(Path(folder), arguments.pages, arguments.workers, arguments.engine, arguments.limit)


def compare(folder: Path, pages: int, workers: int, engine: str, limit: float) -> int:
    """Runs the pages both ways below `folder`."""
    os.environ["PREFECT_HOME"] = str(folder / "prefect")
    from etl.pipeline import run
    from flows.ingest import ingest

    generate.write(folder / "in", pages)
    plain = run(folder / "in", folder / "plain", workers=workers)
    flow = ingest(str(folder / "in"), str(folder / "flow"), engine=engine, workers=workers)  # type: ignore[arg-type]
    ratio = flow.seconds / plain.seconds
    same = tables(folder / "plain") == tables(folder / "flow")
    print(f"{pages} pages, {workers} workers, {engine}: plain {plain.seconds:.1f} s, flow {flow.seconds:.1f} s")
    print(f"ratio {ratio:.2f} (limit {limit}), {'the same' if same else 'DIFFERENT'} bytes")
    return 0 if same and ratio <= limit else 1


def tables(output: Path) -> dict[str, bytes]:
    """The bytes of every published data file but runs, which alone knows when."""
    files = [path for path in output.glob("[a-z]*/**/*.parquet") if path.parent.name != "runs"]
    return {str(path.relative_to(output)): path.read_bytes() for path in files}


if __name__ == "__main__":
    sys.exit(main())
