"""Finding many names in a text at once, in simplified characters whatever the page is printed in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from etl import lookups

Match = tuple[int, int, str]  # start, end, name


@cache
def _simplified() -> dict[int, str]:
    return {ord(row["traditional"]): row["simplified"] for row in lookups.rows("simplified_zh")}


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(chr, sorted(_simplified()))) + "]")


@lru_cache(maxsize=4096)
def simplified(text: str) -> str:
    """The text with each traditional character replaced by its simplified one, position by position.

    For looking things up only: the length never changes, so spans found in the result hold in `text`.
    """
    return text.translate(_simplified()) if _traditional().search(text) else text


class Cover:
    """The characters of a line that something already stands on."""

    __slots__ = ("_taken",)

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._taken = bytearray(length)
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\1" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Whether any character from start to end is taken."""
        return self._taken.find(1, start, end) >= 0


class Names:
    """An index of names of two or more characters, each under one or more kinds.

    Time grows with the text's length, times the few lengths of names that begin with the same two characters.
    """

    __slots__ = ("_begin", "_kinds", "_kinds_of", "_lengths")

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        kinds_of: defaultdict[str, list[str]] = defaultdict(list)
        for kind, group in names.items():
            for name in dict.fromkeys(name for name in group if len(name) > 1):
                kinds_of[name].append(kind)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for name in kinds_of:
            lengths[name[:2]].add(len(name))
        self._kinds = tuple(names)
        self._kinds_of = {name: tuple(kinds) for name, kinds in kinds_of.items()}
        self._lengths = {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}
        first = re.escape("".join(sorted({pair[0] for pair in lengths})))
        second = re.escape("".join(sorted({pair[1] for pair in lengths})))
        self._begin = re.compile(f"[{first}](?=[{second}])") if lengths else re.compile(r"(?!)")

    def find(self, text: str) -> dict[str, list[Match]]:
        """Kind -> the leftmost longest names of that kind, without overlaps within the kind, from left to right."""
        found: dict[str, list[Match]] = {kind: [] for kind in self._kinds}
        done = dict.fromkeys(self._kinds, 0)
        lengths_of, kinds_of = self._lengths, self._kinds_of
        for begin in self._begin.finditer(text):
            start = begin.start()
            for length in lengths_of.get(text[start : start + 2], ()):
                name = text[start : start + length]
                kinds = kinds_of.get(name)
                if kinds is None:
                    continue
                end = start + length
                for kind in kinds:
                    if done[kind] <= start:
                        found[kind].append((start, end, name))
                        done[kind] = end
        return found


@cache
def _lexicon() -> Names:
    from etl.normalize.places.gazetteer import entries, exceptions, locality_stems

    def column(table: str, name: str) -> list[str]:
        return [row[name] for row in lookups.rows(table)]

    general = set(column("organization_words", "alias"))
    aliases = {
        simplified(alias)
        for row in lookups.rows("organizations")
        for alias in (row["name_zh"], *row["aliases_zh"].split("|"))
        if re.search("[\u4e00-\u9fff]", alias)
    }
    return Names(
        {
            "place": [*entries(), *exceptions()],
            "locality": locality_stems(),
            "organization": aliases - general,
            "suffix": [*column("org_suffixes", "suffix"), *column("org_suffix_exceptions", "text")],
            "title": column("person_titles", "title"),
            "group": column("group_heads", "head"),
        }
    )


@lru_cache(maxsize=4096)
def scan(text: str) -> Mapping[str, Sequence[Match]]:
    """All names the project knows in a line (simplified): kind -> matches. One pass serves places and actors."""
    return _lexicon().find(text)


def spans(names: Iterable[str], text: str) -> Iterator[Match]:
    """The names of a small set in a text, longest first; they may overlap."""
    for name in sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name)):
        start = text.find(name)
        while start >= 0:
            yield start, start + len(name), name
            start = text.find(name, start + len(name))
