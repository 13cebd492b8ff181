"""Where a figure's sentence and clause begin and end: evidence is taken from there and no further."""

from __future__ import annotations

import re

_ENDS = "!?\n"  # and 。
_CLAUSE = re.compile(r"[,;:()。!?、\n]")
CLAUSE_REACH = 40
REACH = 200  # characters looked at on either side of a figure, so that a page without a full stop costs no more


class Sentences:
    """One folded line and where its sentences end; marked once, asked for every figure."""

    __slots__ = ("_marked", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        # With one sign for every end, `str.find` tells where the next one stands faster than any pattern.
        self._marked = text
        for sign in _ENDS:
            self._marked = self._marked.replace(sign, "。")

    def start(self, at: int) -> int:
        """Where the sentence of the character at `at` begins, at most REACH before it."""
        floor = max(0, at - REACH)
        return self._marked.rfind("。", floor, at) + 1 or floor

    def stop(self, at: int) -> int:
        """Where it ends, at most REACH behind."""
        return self._marked.find("。", at, at + REACH) + 1 or min(len(self.text), at + REACH)

    def around(self, start: int, end: int) -> str:
        """The sentence of the span, at most REACH characters to either side."""
        return self.text[self.start(start) : self.stop(end)]

    def clause_before(self, at: int, floor: int = 0) -> str:
        """What stands before `at` in its clause, no further back than `floor`."""
        begin = max(floor, at - CLAUSE_REACH, self.start(at))
        return _CLAUSE.split(self.text[begin:at])[-1]
