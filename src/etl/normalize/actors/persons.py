"""Persons in a line: Vietnamese, Chinese and Japanese names beside a title, transliterated foreign names."""

from __future__ import annotations

import re
from functools import cache

from etl import lookups
from etl.mentions import ActorMention
from etl.normalize.names import Names

_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fff]{1,8}){1,4}")


def _column(name: str, column: str) -> tuple[str, ...]:
    return tuple(row[column] for row in lookups.rows(name))


@cache
def _titles() -> Names:
    return Names(_column("person_titles", "title"))


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    names = _column("surnames", "surname")
    return frozenset(n for n in names if len(n) == 1), frozenset(n for n in names if len(n) == 2)


@cache
def _followers() -> tuple[str, ...]:
    return tuple(sorted(_column("name_followers", "text"), key=lambda w: -len(w)))


def _ends(text: str, at: int) -> bool:
    """Whether a name may end here: before punctuation, the line's end or a word that follows names."""
    return at >= len(text) or not "\u4e00" <= text[at] <= "\u9fff" or text.startswith(_followers(), at)


def name_at(text: str, start: int) -> int:
    """The end of a name of East Asian form that begins here, or 0."""
    one, two = _surnames()
    if text[start : start + 2] in two:
        sizes: tuple[int, ...] = (4, 3)
    elif text[start : start + 1] in one:
        sizes = (4, 3, 2) if text[start + 1 : start + 2] == "氏" else (3, 2, 4)
    else:
        return 0
    for size in sizes:
        end = start + size
        piece = text[start:end]
        if len(piece) == size and all("\u4e00" <= c <= "\u9fff" for c in piece) and _ends(text, end):
            return end
    return 0


def _dotted(text: str) -> list[tuple[int, int]]:
    """安娜·林德: from the last title before the dot to the first word that follows names."""
    found = []
    for match in _DOTTED.finditer(text):
        start, end = match.span()
        first_dot = next(i for i in range(start, end) if text[i] in "·•・")
        last_dot = max(i for i in range(start, end) if text[i] in "·•・")
        for _, title_end, _ in _titles().find(text[start:first_dot]):
            start = max(start, match.start() + title_end)
        for at in range(last_dot + 2, end):
            if _ends(text, at) or next(_titles().find(text[at : at + 4]), (1, 0, ""))[0] == 0:
                end = at
                break
        found.append((start, end))
    return found


def persons(raw: str, text: str, edges: list[int], line_no: int) -> list[ActorMention]:
    """Names with a title before or after them; the quote begins with the titles, the name stands alone."""
    found: dict[int, ActorMention] = {}

    def add(start: int, end: int, quote_start: int) -> None:
        if start not in found:
            found[start] = ActorMention(
                quote_start, end, raw[quote_start:end], raw[start:end], "person", None, None, (), line_no
            )

    titles = list(_titles().find(text))
    for start, end in _dotted(text):
        add(start, end, start)
    for _start, end, _title in titles:
        if any(a <= end < b for a, b in ((m.char_start, m.char_end) for m in found.values())):
            continue
        stop = name_at(text, end)
        if stop:
            begin = max((e for e in edges if e <= _start), default=0)
            add(end, stop, begin)
    for start, _end, _title in titles:
        for size in (3, 2, 4):
            at = start - size
            if at >= 0 and at in edges and name_at(text, at) == start:
                add(at, start, at)
    return list(found.values())
