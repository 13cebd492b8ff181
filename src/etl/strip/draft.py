"""A line while its role is being decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.pages import RenderedLine, Role
from etl.strip.shape import Shape, shape


@dataclass(slots=True)
class Draft:
    """One non-empty line: `no` counts all lines from 1, `gap` the empty lines before it.

    `score` is the log-odds of being the article's own, `own` what the scores of the whole page make of it.
    """

    no: int
    text: str
    shape: Shape
    hint: RenderedLine
    gap: int
    score: float = 0.0
    own: bool = True
    role: Role | None = None
    rule: str = ""
    repeat_of: int | None = None

    def decide(self, role: Role, rule: str) -> None:
        """Give the line its role unless an earlier rule already did."""
        if self.role is None:
            self.role, self.rule = role, rule


def drafts(lines: Sequence[str | RenderedLine]) -> list[Draft]:
    """The non-empty lines of a page."""
    found: list[Draft] = []
    gap = 0
    for no, line in enumerate(lines, 1):
        hint = RenderedLine(line) if isinstance(line, str) else line
        if not hint.text.strip():
            gap += 1
            continue
        found.append(Draft(no, hint.text, shape(hint.text), hint, gap))
        gap = 0
    return found


def free(lines: Sequence[Draft]) -> list[Draft]:
    """The lines that have no role yet."""
    return [line for line in lines if line.role is None]
