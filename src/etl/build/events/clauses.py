"""The own lines of a page cut into sentences, list items and clauses, with names and speech masked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.mentions import ActorMention, DateMention, Findings, PlaceMention
from etl.normalize.names import simplified
from etl.normalize.text import fold
from etl.pages import Role

MASK = "□"
_QUOTED = re.compile(r"[“「『][^“”「」『』]{0,160}[”」』]|《[^《》]{0,80}》|\"[^\"]{0,80}\"|‘[^‘’]{0,80}’")
_BRACKETED = re.compile(r"\([^()]{0,120}\)|\[[^\[\]]{0,120}\]|【[^【】]{0,60}】")
_SENTENCE_END = re.compile(r"[。!?◆●]+|(?<=\|)\s*$")
_ITEM_END = re.compile(r"[;]")
_CLAUSE_END = re.compile(r"(?<![0-9]),|,(?![0-9])|:(?![0-9])")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of one line between commas. `start` and `end` count in the line's text.

    `sentence` and `item` number the sentences and the `;` items of a page in reading order.
    """

    order: int
    line_no: int
    role: Role
    section: int
    sentence: int
    item: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Telling:
    """One own line in reading order: its text, the same text folded, and folded with quoted words masked."""

    line_no: int
    role: Role
    section: int
    text: str
    plain: str
    masked: str
    clauses: tuple[Clause, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]


def mask(plain: str) -> str:
    """The folded text with the inside of quotes, titles of works and brackets blotted out, length unchanged.

    A happening is not read from a name: “了解越韩关系”竞赛颁奖 is an award, whatever the name says.
    """
    for pattern in (_QUOTED, _BRACKETED):
        plain = pattern.sub(lambda m: m.group()[0] + MASK * (len(m.group()) - 2) + m.group()[-1], plain)
    return plain


def tellings(findings: Findings) -> tuple[Telling, ...]:
    """The first prints of the page's own lines with what was found in them."""
    made: list[Telling] = []
    order = sentence = item = section = 0
    for line in findings.first_print_lines():
        section += line.role is Role.HEADING
        plain = simplified(fold(line.text))
        masked = mask(plain)
        clauses: list[Clause] = []
        for s_start, s_end in _pieces(masked, 0, len(masked), _SENTENCE_END):
            for i_start, i_end in _pieces(masked, s_start, s_end, _ITEM_END):
                for start, end in _pieces(masked, i_start, i_end, _CLAUSE_END):
                    clauses.append(Clause(order, line.line_no, line.role, section, sentence, item, start, end))
                    order += 1
                item += 1
            sentence += 1
        here = line.line_no
        made.append(
            Telling(
                here, line.role, section, line.text, plain, masked, tuple(clauses),
                tuple(d for d in findings.dates if d.line_no == here),
                tuple(p for p in findings.places if p.line_no == here),
                tuple(a for a in findings.actors if a.line_no == here),
            )
        )  # fmt: skip
    return tuple(made)


def _pieces(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Spans of `text[start:end]` between the pattern's matches, blank ones left out and edges trimmed."""
    found, left = [], start
    cuts = [(m.start(), m.end()) for m in pattern.finditer(text, start, end)]
    for cut_start, cut_end in [*cuts, (end, end)]:
        piece = text[left:cut_start]
        if piece.strip():
            first = left + len(piece) - len(piece.lstrip())
            found.append((first, left + len(piece.rstrip())))
        left = cut_end
    return found
