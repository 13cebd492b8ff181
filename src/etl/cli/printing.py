"""Text to the terminal: aligned although Chinese characters are two columns wide, and safe to show."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence


def say(text: str = "") -> None:
    """One line on standard output."""
    sys.stdout.write(f"{text}\n")


def tell(text: str) -> None:
    """One line on standard error: what is going on, not the result."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def say_json(value: object) -> None:
    """One JSON value on a line."""
    say(json.dumps(value, ensure_ascii=False, default=str))


def is_terminal() -> bool:
    """True when a person is watching."""
    return sys.stderr.isatty()


def plain(text: object, width: int = 0) -> str:
    """The text without characters that would steer a terminal, cut to `width` columns when that is given."""
    shown = "".join("�" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in str(text))
    if width and columns(shown) > width:
        while shown and columns(shown) > width - 1:
            shown = shown[:-1]
        shown += "…"
    return shown


def columns(text: str) -> int:
    """Columns the text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def grid(rows: Iterable[Sequence[object]], head: Sequence[str], width: int = 60) -> str:
    """Aligned columns under a head; numbers stand to the right."""
    cells = [[plain("" if cell is None else cell, width) for cell in row] for row in rows]
    numeric = [bool(cells) and all(row[i].lstrip("-").isdigit() for row in cells) for i in range(len(head))]
    sizes = [max(columns(row[i]) for row in [list(head), *cells]) for i in range(len(head))]
    lines = []
    for row in [list(head), ["-" * size for size in sizes], *cells]:
        parts = [
            " " * (size - columns(cell)) + cell if right else cell + " " * (size - columns(cell))
            for cell, size, right in zip(row, sizes, numeric, strict=True)
        ]
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)
