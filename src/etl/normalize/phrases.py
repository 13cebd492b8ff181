"""Where a name begins: words before its last word, as far as they can belong to a name.

A name in running Chinese has no mark of its beginning: 在海防市友好组织联合会的动员下. Walking left from the word it
ends with, word by word, it reaches back to the first word that names do not hold: a preposition, a conjunction, a
pronoun, a figure, a time, a verb that is not one of those in names (发展, 援助, 救援动员委员会).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from etl import lookups
from etl.mentions import PlaceMention
from etl.normalize.tokens import cut_run, word_tag

_RUN = re.compile(r"[\u4e00-\u9fd5]+|[A-Za-zÀ-ỹĐđ][A-Za-zÀ-ỹĐđ0-9&'’.]*|\d[\d.,]*")
_JOINTS = frozenset("-－·/")  # between parts of one name: 越南-荷兰友好合作协会, 橙剂/二恶英
_STOP_TAGS = frozenset(("p", "c", "d", "r", "m", "mn", "mq", "q", "t", "tg", "y", "e", "o", "f", "s", "v", "x", "vg"))
_LONGEST = 32
_GOVERNING = frozenset(("援助", "支援", "帮助", "组织", "联系"))  # 越南国防部援助|老挝国防部
_REGIONS = frozenset(["中部", "南部", "北部", "西部", "东部", "中南部", "西原", "北中部", "南中部"])
_SEVERAL = re.compile(r"[两二三四五六七八九十]省")
# Tagged as verbs by jieba, as good as nouns at the front of a name: 教育培训厅, 卫生管理局.
_NOUNS_TOO = frozenset(
    ("教育", "投资", "发展", "研究", "贸易", "移民", "青年", "体育", "旅游", "合作", "退伍", "归国", "对外", "出版")
    + ("交流", "留学", "进出口", "保险")
)


@cache
def _effects() -> dict[str, str]:
    """Word -> limit (no name holds it) or part (names hold it, whatever its part of speech)."""
    return {row["text"]: row["effect"] for row in lookups.rows("name_limits")}


@cache
def may_be_part(word: str) -> bool:
    """Whether a name can hold the word."""
    effect = _effects().get(word)
    if effect:
        return effect == "part"
    tag = word_tag(word)
    return tag not in _STOP_TAGS and not tag.startswith("u")


@cache
def is_verb(word: str) -> bool:
    """Whether the word is one of the verbs that names hold."""
    return _effects().get(word) == "part" and word_tag(word) in ("v", "vn") and word not in _NOUNS_TOO


class LineWords:
    """The words of a line, place names in one piece, with the positions they begin and end at."""

    __slots__ = ("ends", "places", "starts", "text")

    def __init__(self, text: str, places: Iterable[PlaceMention] = ()) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.places: set[int] = set()
        done = 0
        for place in places:
            if place.char_start >= done:
                self._cut(done, place.char_start)
                self.places.add(len(self.starts))
                self._add(place.char_start, place.char_end)
                done = place.char_end
        self._cut(done, len(text))

    def _add(self, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)

    def _cut(self, start: int, end: int) -> None:
        for match in _RUN.finditer(self.text, start, end):
            run, at = match[0], match.start()
            if "\u4e00" <= run[0] <= "\u9fd5":
                for word in cut_run(run):
                    self._add(at, at + len(word))
                    at += len(word)
            else:
                self._add(at, match.end())

    def index_before(self, position: int) -> int:
        """The index of the word that ends at or holds the position; -1 when there is none."""
        return bisect_right(self.starts, position - 1) - 1 if position > 0 else -1

    def is_edge(self, position: int) -> bool:
        """Whether a word ends or begins here."""
        at = bisect_right(self.starts, position) - 1
        return at < 0 or self.starts[at] == position or self.ends[at] <= position

    def _word(self, at: int) -> str:
        return self.text[self.starts[at] : self.ends[at]]

    def _belongs(self, at: int, verbs: bool) -> bool:
        """Whether the word at this index can be part of the name to its right."""
        if at in self.places:
            return True
        word = self._word(at)
        return may_be_part(word) and (verbs or not is_verb(word))

    def name_start(self, head: int, *, verbs: bool = True) -> int:
        """The earliest position from which the name that ends with the word at `head` may run.

        Without `verbs` none of the verbs in names belongs to it: 支持|会员, 组织|老战士.
        """
        at = self.index_before(head + 1)
        if at < 0:
            return head
        if self.starts[at] < head and not self._belongs(at, verbs):
            return head  # the head begins within a word that names do not hold
        start = self.starts[at] if self.starts[at] <= head < self.ends[at] else head
        first = at = at - 1 if start == self.starts[at] else at
        while at >= 0 and head - self.starts[at] <= _LONGEST:
            gap = self.text[self.ends[at] : start]
            if gap and not (len(gap) == 1 and (gap in _JOINTS or gap in "—–")):
                break
            if _SEVERAL.fullmatch(self.text, self.starts[at], self.ends[at]):
                # 广南、昆嵩、朔庄|三省友好组织联合会 begins here, 中部五省 is one place.
                region = at > 0 and self.ends[at - 1] == self.starts[at] and self._word(at - 1) in _REGIONS
                return self.starts[at - 1 if region else at]
            if not self._belongs(at, verbs) or (at + 1 in self.places and self._word(at) in _GOVERNING):
                break
            start = self.starts[at]
            at -= 1
        return self._without_leading_verbs(at + 1, first, start) if verbs else start

    def _without_leading_verbs(self, at: int, last: int, start: int) -> int:
        """争取|国际组织, 促进|外国企业: a verb at the front governs the name, unless the name is no more."""
        while at < last and at not in self.places and is_verb(self._word(at)):
            at += 1
            start = self.starts[at]
        return start
