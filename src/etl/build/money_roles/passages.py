"""Lines cut into sentences, segments and clauses: how far a word's rule over a figure reaches."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from etl.normalize.text import fold
from etl.pages import Line
from etl.patterns import on_use

_SENTENCE_END = on_use(r"[。!?◆\n]+[”’」』)]?")
_SEGMENT_END = on_use(r"[;]")
# A comma between digits groups thousands: 118,450美元.
_CLAUSE_END = on_use(r"(?<![0-9]),|,(?![0-9])|[:…]")

Span = tuple[int, int]


# Longer ones are cut: no sentence of prose is, and the work done for a figure stays bounded.
_LONGEST_SENTENCE, _LONGEST_CLAUSE = 2000, 240


def _cut(text: str, start: int, end: int, pattern: re.Pattern[str], longest: int) -> list[Span]:
    spans, at = [], start
    for stop in pattern.finditer(text, start, end):
        if stop.start() > at:
            spans += _pieces(at, stop.start(), longest)
        at = stop.end()
    return spans + _pieces(at, end, longest)


def _pieces(start: int, end: int, longest: int) -> list[Span]:
    return [(at, min(at + longest, end)) for at in range(start, end, longest)]


@dataclass(frozen=True)
class Passage:
    """One line, folded for matching, with its sentences, segments (cut at ;) and clauses as character spans."""

    line: Line

    @cached_property
    def text(self) -> str:
        return fold(self.line.text)

    @cached_property
    def sentences(self) -> list[Span]:
        return _cut(self.text, 0, len(self.text), _SENTENCE_END, _LONGEST_SENTENCE)

    @cached_property
    def segments(self) -> list[Span]:
        return [part for s, e in self.sentences for part in _cut(self.text, s, e, _SEGMENT_END, _LONGEST_SENTENCE)]

    @cached_property
    def clauses(self) -> list[Span]:
        return [part for s, e in self.segments for part in _cut(self.text, s, e, _CLAUSE_END, _LONGEST_CLAUSE)]

    def sentence_at(self, position: int) -> Span:
        return _at(self.sentences, position)

    def segment_at(self, position: int) -> Span:
        return _at(self.segments, position)

    def clause_at(self, position: int) -> Span:
        return _at(self.clauses, position)

    def clauses_in(self, span: Span) -> list[Span]:
        first = bisect_left(self.clauses, (span[0], 0))
        last = bisect_left(self.clauses, (span[1], 0))
        return self.clauses[first:last]


def _at(spans: list[Span], position: int) -> Span:
    found = bisect_right(spans, (position, 1 << 30)) - 1
    return spans[max(found, 0)] if spans else (0, 0)


def passages(lines: Iterable[Line]) -> list[Passage]:
    """One passage a line, in order."""
    return [Passage(line) for line in lines]
