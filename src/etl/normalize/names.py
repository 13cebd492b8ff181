"""Finding many names in a text at once, in simplified characters whatever the page is printed in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from etl import lookups


@cache
def _simplified() -> dict[int, str]:
    return {ord(row["traditional"]): row["simplified"] for row in lookups.rows("simplified_zh")}


@cache
def _traditional_characters() -> frozenset[str]:
    return frozenset(map(chr, _simplified()))


def simplified(text: str) -> str:
    """The text with each traditional character replaced by its simplified one, position by position.

    For looking things up only: the length never changes, so spans found in the result hold in `text`.
    """
    if _traditional_characters().isdisjoint(text):
        return text
    return text.translate(_simplified())


class Names:
    """An index of names of two or more characters; finds the leftmost longest ones that do not overlap.

    Time grows with the text's length times the number of names that begin with the same two characters.
    """

    __slots__ = ("_begin", "_by_pair")

    def __init__(self, names: Iterable[str]) -> None:
        by_pair: defaultdict[str, list[str]] = defaultdict(list)
        for name in set(names):
            by_pair[name[:2]].append(name)
        self._by_pair = {pair: tuple(sorted(found, key=lambda n: (-len(n), n))) for pair, found in by_pair.items()}
        first = re.escape("".join(sorted({pair[0] for pair in by_pair})))
        second = re.escape("".join(sorted({pair[1] for pair in by_pair})))
        self._begin = re.compile(f"[{first}](?=[{second}])") if by_pair else re.compile(r"(?!)")

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, name) of each name in the text, from left to right."""
        by_pair = self._by_pair
        done = 0
        for begin in self._begin.finditer(text):
            start = begin.start()
            if start < done:
                continue
            for name in by_pair.get(text[start : start + 2], ()):
                if text.startswith(name, start):
                    done = start + len(name)
                    yield start, done, name
                    break
