"""Where a figure's sentence and clause begin and end: evidence is taken from there and no further."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_END = re.compile(r"[。!?\n]")
_CLAUSE = re.compile(r"[,;:()。!?、\n]")
CLAUSE_REACH = 40
REACH = 200  # characters looked at on either side of a figure, so that a page without a full stop costs no more


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentence ends of one folded line; built once, asked for every figure."""

    text: str
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Sentences:
        return cls(text, tuple(m.end() for m in _END.finditer(text)))

    def start(self, at: int) -> int:
        i = bisect_right(self.ends, at)
        return max(self.ends[i - 1] if i else 0, at - REACH)

    def stop(self, at: int) -> int:
        i = bisect_left(self.ends, at + 1)
        return min(self.ends[i] if i < len(self.ends) else len(self.text), at + REACH)

    def around(self, start: int, end: int) -> str:
        """The sentence of the span, at most REACH characters to either side."""
        return self.text[self.start(start) : self.stop(end)]

    def clause_before(self, at: int, floor: int = 0) -> str:
        """What stands before `at` in its clause, no further back than `floor`."""
        begin = max(floor, at - CLAUSE_REACH, self.start(at))
        before = self.text[begin:at]
        cuts = [m.end() for m in _CLAUSE.finditer(before)]
        return before[cuts[-1] :] if cuts else before
