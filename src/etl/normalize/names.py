"""Finding many names in a text at once, in simplified characters whatever the page is printed in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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


class Names:
    """An index of names of two or more characters, each under one or more kinds.

    Time grows with the text's length times the number of names that begin with the same two characters.
    """

    __slots__ = ("_begin", "_by_pair", "_kinds")

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        kinds_of: defaultdict[str, list[str]] = defaultdict(list)
        for kind, group in names.items():
            for name in set(group):
                kinds_of[name].append(kind)
        by_pair: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for name, kinds in kinds_of.items():
            by_pair[name[:2]].append((name, tuple(kinds)))
        self._kinds = tuple(names)
        self._by_pair = {
            pair: tuple(sorted(found, key=lambda n: (-len(n[0]), n[0]))) for pair, found in by_pair.items()
        }
        first = re.escape("".join(sorted({pair[0] for pair in by_pair})))
        second = re.escape("".join(sorted({pair[1] for pair in by_pair})))
        self._begin = re.compile(f"[{first}](?=[{second}])") if by_pair else re.compile(r"(?!)")

    def find(self, text: str) -> dict[str, tuple[Match, ...]]:
        """Kind -> the leftmost longest names of that kind, without overlaps within the kind, from left to right."""
        found: dict[str, list[Match]] = {kind: [] for kind in self._kinds}
        done = dict.fromkeys(self._kinds, 0)
        by_pair = self._by_pair
        for begin in self._begin.finditer(text):
            start = begin.start()
            candidates = by_pair.get(text[start : start + 2])
            if candidates is None:
                continue
            for name, kinds in candidates:
                if text.startswith(name, start):
                    end = start + len(name)
                    for kind in kinds:
                        if done[kind] <= start:
                            found[kind].append((start, end, name))
                            done[kind] = end
        return {kind: tuple(matches) for kind, matches in found.items()}


@cache
def _lexicon() -> Names:
    from etl.normalize.places.gazetteer import entries, exceptions

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
            "organization": aliases - general,
            "suffix": [*column("org_suffixes", "suffix"), *column("org_suffix_exceptions", "text")],
            "title": column("person_titles", "title"),
            "group": column("group_heads", "head"),
        }
    )


@lru_cache(maxsize=4096)
def scan(text: str) -> dict[str, tuple[Match, ...]]:
    """All names the project knows in a line (simplified): kind -> matches. One pass serves places and actors."""
    return _lexicon().find(text)


def spans(names: Iterable[str], text: str) -> Iterator[Match]:
    """The names of a small set in a text, leftmost longest first."""
    longest = sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name))
    if longest:
        for match in re.finditer("|".join(map(re.escape, longest)), text):
            yield (*match.span(), match[0])
