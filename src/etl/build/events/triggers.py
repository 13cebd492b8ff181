"""Words that name a happening: event nouns (座谈会) and verbs (签署), and the word classes around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl import lookups
from etl.build.events.clauses import Clause, Telling
from etl.normalize.names import Names


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger where it stands in a line. `form` is noun or verb; a verb with `objects` needs one of them."""

    word: str
    event_type: str
    form: str
    objects: tuple[str, ...]
    start: int
    end: int


@cache
def _index() -> tuple[Names, dict[str, tuple[dict[str, str], ...]]]:
    table: dict[str, list[dict[str, str]]] = {}
    for row in lookups.rows("event_triggers"):
        table.setdefault(row["trigger"], []).append(row)
    return Names(word for word in table if len(word) > 1), {word: tuple(rows) for word, rows in table.items()}


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one class of event_words.csv, longest first."""
    found = [row["word"] for row in lookups.rows("event_words") if row["class"] == name]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """A pattern of all words of the named classes."""
    return re.compile("|".join(re.escape(word) for name in names for word in words(name)))


def find(telling: Telling, clause: Clause) -> Iterator[Trigger]:
    """The triggers of a clause from left to right, the longest at each place."""
    names, table = _index()
    text = telling.masked[clause.start : clause.end]
    for start, end, word in names.find(text):
        rows = table[word]
        row = rows[0]
        if len(rows) > 1:  # 访问 is a noun after 进行 and a verb elsewhere
            nominal = re.search(r"(进行|开始|结束|展开)[^,]{0,30}$", text[:start]) is not None
            row = next((r for r in rows if (r["form"] == "noun") == nominal), row)
            fitting = [r for r in rows if r["form"] == row["form"] and _has_object(r, text, start, end)]
            row = fitting[0] if fitting else row
        objects = tuple(filter(None, row["object"].split("|")))
        yield Trigger(word, row["event_type"], row["form"], objects, clause.start + start, clause.start + end)


def _has_object(row: dict[str, str], text: str, start: int, end: int) -> bool:
    objects = [word for word in row["object"].split("|") if word]
    return not objects or any(word in text[end:] for word in objects)
