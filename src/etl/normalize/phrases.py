"""Where a name begins: words before its last word, as far as they can belong to a name.

A name in running Chinese has no mark of its beginning: 在海防市友好组织联合会的动员下. Walking left from the word it
ends with, word by word, it reaches back to the first word that names do not hold: a preposition, a conjunction, a
pronoun, a figure, a time, a verb that is not one of those in names (发展, 援助, 救援动员委员会).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from etl import lookups
from etl.normalize.tokens import cut_run, is_word, word_tag

Word = tuple[int, int, bool]  # start, end, whether it is a place name

_RUN = re.compile(r"[\u4e00-\u9fd5]+|[A-Za-zÀ-ỹĐđ][A-Za-zÀ-ỹĐđ0-9&'’.]*|\d[\d.,]*")
_JOINTS = frozenset("-－·/—–")  # between parts of one name: 越南-荷兰友好合作协会, 橙剂/二恶英
_STOP_TAGS = frozenset(("p", "c", "d", "r", "m", "mn", "mq", "q", "t", "tg", "y", "e", "o", "f", "s", "v", "x", "vg"))
# Prepositions, conjunctions, adverbs, pronouns, particles and figures stand before a name, never in one.
_NO_NAME_TAGS = ("p", "c", "d", "r", "u", "m", "q")
_LONGEST = 32
_GOVERNING = frozenset(("援助", "支援", "帮助", "组织", "联系"))  # 越南国防部援助|老挝国防部
_REGIONS = frozenset(("中部", "南部", "北部", "西部", "东部", "中南部", "西原", "北中部", "南中部"))
_QUANTITY = re.compile(r"[一二两三四五六七八九十百千万几]+[名位户个家所支对人]?")
_SEVERAL = re.compile(r"[两二三四五六七八九十]省")


_BEFORE_UNIT = re.compile(r"[受经据][省市县郡乡镇社坊区]")


def _is_across(word: str, before: str) -> bool:
    """Whether a word was cut across the border of two others: 代表团|拜会, 受|省人民委员会."""
    if word == "团拜会":
        return before.endswith(("表", "问", "察", "访", "作"))
    return _BEFORE_UNIT.fullmatch(word) is not None and not is_word(word)


@cache
def _effects() -> dict[str, str]:
    """Word -> limit (no name holds it), part (names hold it, whatever its part of speech) or noun (never a verb)."""
    return {row["text"]: row["effect"] for row in lookups.rows("name_limits")}


@lru_cache(maxsize=65536)
def may_be_part(word: str) -> bool:
    """Whether a name can hold the word."""
    effect = _effects().get(word)
    if effect:
        return effect != "limit"
    if _QUANTITY.fullmatch(word):
        return False  # 百户|灾民
    if len(word) > 2 and _effects().get(word[-1]) == "limit" and not is_word(word):
        return False  # a guessed word that swallowed a preposition: 代表赵汉|德同|岘港市外务厅
    if len(word) == 4 and _effects().get(word[2:]) == "limit" and word_tag(word[2:])[0] == "v":
        return False  # a saying that ends in a verb: 隆重举行|越保友好协会成立60周年纪念会
    tag = word_tag(word)
    return tag not in _STOP_TAGS and not tag.startswith("u")


@lru_cache(maxsize=8192)
def _parts_names(sign: str) -> bool:
    """Whether a sign stands before names and never in one: 向, 该, 和, 两."""
    return _effects().get(sign) == "limit" or word_tag(sign)[:1] in _NO_NAME_TAGS


@lru_cache(maxsize=65536)
def is_verb(word: str) -> bool:
    """Whether the word is one of the verbs that names hold."""
    return _effects().get(word) == "part" and word_tag(word) in ("v", "vn")


class LineWords:
    """The words of a line, place names in one piece. A run of characters is cut only when someone asks for it."""

    __slots__ = ("_cut", "_found", "_places", "text")

    def __init__(self, text: str, places: Sequence[tuple[int, int]] = ()) -> None:
        self.text = text
        self._places = sorted(places)
        self._found: list[tuple[int, int]] | None = None
        self._cut: dict[int, list[Word]] = {}

    @property
    def _runs(self) -> list[tuple[int, int]]:
        if self._found is None:
            self._found = [match.span() for match in _RUN.finditer(self.text)]
        return self._found

    def _words(self, run: int) -> list[Word]:
        """The words of a run, in order."""
        known = self._cut.get(run)
        if known is not None:
            return known
        start, end = self._runs[run]
        words: list[Word] = []
        for at in range(bisect_left(self._places, (start, 0)), len(self._places)):
            place_start, place_end = self._places[at]
            if place_start >= end:
                break
            if place_start >= start:
                self._add(words, start, place_start)
                words.append((place_start, place_end, True))
                start = place_end
        self._add(words, start, end)
        self._cut[run] = words
        return words

    def _add(self, words: list[Word], start: int, end: int) -> None:
        if start >= end:
            return
        if not "\u4e00" <= self.text[start] <= "\u9fd5":
            words.append((start, end, False))
            return
        append = words.append
        for word in cut_run(self.text[start:end]):
            stop = start + len(word)
            if _is_across(word, self.text[max(0, start - 1) : start]):
                append((start, start + 1, False))
                start += 1
            append((start, stop, False))
            start = stop

    def _before(self, position: int) -> Iterator[Word]:
        """The words that begin before a position, in its run and the three before it, nearest first."""
        run = bisect_left(self._runs, (position, 0)) - 1
        for at in range(run, max(-1, run - 4), -1):
            words = self._words(at)
            for index in range(bisect_left(words, (position, 0, False)) - 1, -1, -1):
                yield words[index]

    def is_edge(self, position: int) -> bool:
        """Whether a word ends or begins here."""
        run = bisect_left(self._runs, (position, 0)) - 1
        if run < 0 or self._runs[run][1] <= position:
            return True
        words = self._words(run)
        return words[bisect_left(words, (position, 0, False)) - 1][1] <= position

    def _belongs(self, word: Word, verbs: bool) -> bool:
        if word[2]:
            return True
        text = self.text[word[0] : word[1]]
        return may_be_part(text) and (verbs or not is_verb(text))

    def name_start(self, head: int, *, verbs: bool = True) -> int:
        """The earliest position from which the name that ends with the word at `head` may run.

        Without `verbs` none of the verbs in names belongs to it: 支持|会员, 组织|老战士.
        """
        start = head
        taken: list[Word] = []
        right_is_place = False
        for word in self._before(head):
            if head - word[0] > _LONGEST:
                break
            if word[1] > head:  # the head begins within a word
                if not self._belongs(word, verbs):
                    return head
                start = word[0]
                continue
            gap = self.text[word[1] : start]
            if gap and not (len(gap) == 1 and gap in _JOINTS):
                break
            text = self.text[word[0] : word[1]]
            if _SEVERAL.fullmatch(text):
                # 广南、昆嵩、朔庄|三省友好组织联合会 begins here, 中部五省 is one place.
                region = next((r for r in _REGIONS if self.text.endswith(r, 0, word[0])), "")
                return word[0] - len(region)
            if not self._belongs(word, verbs) or (right_is_place and text in _GOVERNING):
                break
            start = word[0]
            right_is_place = word[2]
            taken.append(word)
        if not taken and verbs:
            return self._unknown_start(head)
        return self._without_leading_verbs(taken, start) if verbs else start

    def _unknown_start(self, head: int) -> int:
        """春渡|基金会, 云|栖|基金会: signs that make no known word, from the start of the clause or a place on."""
        start = head
        for word in self._before(head):
            if word[1] != start or word[2]:
                break
            said = self.text[word[0] : word[1]]
            if head - word[0] > 4 or (len(said) > 1 and is_word(said)) or any(map(_parts_names, said)):
                return head
            start = word[0]
        return start if head - start > 1 else head

    def _without_leading_verbs(self, taken: list[Word], start: int) -> int:
        """争取|国际组织, 促进|外国企业: a verb at the front governs the name, unless the name is no more."""
        while len(taken) > 1 and not taken[-1][2] and is_verb(self.text[taken[-1][0] : taken[-1][1]]):
            taken.pop()
            start = taken[-1][0]
        return start
