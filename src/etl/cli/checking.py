"""youlian validate, diff."""

from __future__ import annotations

import dataclasses
from argparse import Namespace
from pathlib import Path

from etl.cli.printing import grid, say, say_json


def validate(arguments: Namespace) -> int:
    """Checks a dataset; exit code 1 when a promise is broken."""
    from etl.validate.dataset import check

    findings = check(Path(arguments.dataset))
    if arguments.json:
        for finding in findings:
            say_json(dataclasses.asdict(finding))
    elif findings:
        say(grid([(f.path, f.code, f.n, f.message) for f in findings], ("file", "check", "rows", "what is wrong"), 100))
    else:
        say(f"{arguments.dataset}: every promise is kept.")
    return 1 if findings else 0


def diff(arguments: Namespace) -> int:
    """Compares two datasets."""
    from etl.diff import compare

    found = compare(Path(arguments.old), Path(arguments.new))
    if arguments.json:
        say_json(found.as_json())
    else:
        say(found.as_text(arguments.limit))
    return 0
