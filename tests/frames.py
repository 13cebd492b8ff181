"""Which letters a sentence frame cannot do without: the column `needs` of aid_frames.csv, read off the patterns.

python -m tests.frames           rows whose letters are out of date
python -m tests.frames --write   the table with the letters of today
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as parser
from typing import Any

TABLE = Path(__file__).parents[1] / "src" / "etl" / "lookups" / "aid_frames.csv"
_MOST = 40  # letters; more are found in every clause


def needed(pattern: str) -> str:
    """Letters one of which stands in everything that the pattern matches, the fewest there are; '' for no such set."""
    return "".join(sorted(_of(parser.parse(pattern)) or ()))


def _of(items: Sequence[Any]) -> frozenset[str] | None:
    sets = [letters for op, value in items if (letters := _of_item(op, value)) is not None]
    return min(sets, key=lambda letters: (len(letters), sorted(letters)), default=None)


def _of_item(op: Any, value: Any) -> frozenset[str] | None:
    if op is c.LITERAL:
        return frozenset(chr(value))
    if op is c.IN:
        letters = [chr(at) for kind, at in value if kind is c.LITERAL]
        return frozenset(letters) if len(letters) == len(value) <= _MOST else None
    if op is c.BRANCH:
        branches = [_of(branch) for branch in value[1]]
        whole = frozenset().union(*(branch or frozenset() for branch in branches))
        return whole if all(branches) and len(whole) <= _MOST else None
    if op is c.SUBPATTERN:
        return _of(value[3])
    if op in (c.MAX_REPEAT, c.MIN_REPEAT) and value[0] > 0:
        return _of(value[2])
    return None


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def renewed() -> str:
    """The table with the column made anew."""
    found = rows()
    by_name = {row["name"]: row["pattern"] for row in found if row["pattern"]}
    text = io.StringIO()
    writer = csv.DictWriter(text, ["role", "name", "needs", "pattern", "examples"], lineterminator="\n")
    writer.writeheader()
    for row in found:
        writer.writerow(row | {"needs": needed(row["pattern"] or by_name[row["name"]])})
    return text.getvalue()


def main() -> int:
    text = renewed()
    if "--write" in sys.argv[1:]:
        TABLE.write_text(text, encoding="utf-8")
        return 0
    same = text == TABLE.read_text(encoding="utf-8")
    sys.stdout.write("as the patterns say\n" if same else "out of date: python -m tests.frames --write\n")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
