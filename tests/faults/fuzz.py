"""Coverage-guided fuzzing of whole pages, where atheris is installed (it is in no lock: not every platform has it).

    python -m tests.faults.fuzz -max_total_time=60 [CORPUS]

The first byte of an input says what kind of file it is, the rest is the file. Whatever stands in it ends in rows or in
a PageError; anything else stops the fuzzing and leaves the input in a file crash-*. -help=1 lists libFuzzer's options.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["etl"]):
    from etl.errors import PageError
    from etl.pages import RawDocument
    from etl.pipeline import process_page
    from etl.read import documents, list_files
    from etl.read.files import KINDS

ENDINGS = [f"{kind}{packing}" for kind in sorted(KINDS) for packing in ("", ".gz", ".zst")]


def one_file(data: bytes) -> None:
    """Reads the bytes as a raw file and processes its pages."""
    if not data:
        return
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a{ENDINGS[data[0] % len(ENDINGS)]}").write_bytes(data[1:])
        for file in list_files(folder).files:
            for item in documents(file):
                if isinstance(item, RawDocument):
                    _process(item)
                elif item.code == "read.failed":
                    raise AssertionError(item.message)


def _process(document: RawDocument) -> None:
    try:
        process_page(document)
    except PageError:
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_file)
    atheris.Fuzz()
