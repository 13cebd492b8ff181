"""Delegations and groups of people: 代表团, 工作组, 旅居澳大利亚的侨胞, 200户越南家庭."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from etl import lookups
from etl.mentions import ActorMention
from etl.normalize.names import Names
from etl.normalize.phrases import LineWords

_NUMBER = r"(?:\d[\d.,]{0,11}[多余]?[万千百亿]?|[一二两三四五六七八九十百千万数几][一二三四五六七八九十百千万余多]{0,5})[多余]?"
_COUNT = re.compile(_NUMBER + r"(?:名|位|户|个|家|所|支|对|人)?(?:[^\W\d_]{1,6}的)?$")
_RESIDENT = re.compile(r"(?:旅居|居住在|在|旅)?$")
_COUNTED_ORGANIZATIONS = re.compile(
    _NUMBER + r"[个家](?:境外|外国|国际|国内|成员|会员|民间|本地|各类)?(?:非政府)?(?:组织|机构|单位|企业|协会)(?!者)"
)


@cache
def _heads() -> tuple[Names, dict[str, str], frozenset[str]]:
    rows = lookups.rows("group_heads")
    return (
        Names(row["head"] for row in rows),
        {row["head"]: row["entity_type"] for row in rows},
        frozenset(row["head"] for row in rows if row["alone"]),
    )


def _group_start(text: str, head: int, words: LineWords) -> int:
    """Back over the modifiers, a count with its measure word, and a place with 的: 旅居加拿大的朔庄籍|侨胞."""
    start = words.name_start(head, verbs=False)
    count = _COUNT.search(text, max(0, start - 16), start)
    if count and count.start() < start:
        return count.start()
    if start > 2 and text[start - 1] == "的":
        place = words.index_before(start - 1)
        if place in words.places and words.ends[place] == start - 1:
            start = words.starts[place]
            resident = _RESIDENT.search(text, max(0, start - 3), start)
            return resident.start() if resident else start
    if text[max(0, start - 1) : start] == "旅" or text[max(0, start - 2) : start] == "旅居":
        return start - (1 if text[start - 1] == "旅" else 2)
    return start


def _clashes(span: tuple[int, int, str], other: ActorMention) -> bool:
    """A group that lies within another actor, or begins in one and runs on, is none; it may hold one: 越友联代表团."""
    start, end, _ = span
    if other.entity_type == "person":
        return start < other.char_end and other.char_start < end
    overlaps = start < other.char_end and other.char_start < end
    return overlaps and not (start <= other.char_start and other.char_end < end)


def groups(raw: str, text: str, words: LineWords, others: Sequence[ActorMention], line_no: int) -> list[ActorMention]:
    """Delegations with the name before them, and groups of people by number, place or condition."""
    index, kinds, alone = _heads()
    found = []
    for head, end, word in index.find(text):
        if not words.is_edge(end):
            continue
        kind = kinds[word]
        start = words.name_start(head) if kind == "delegation" else _group_start(text, head, words)
        if start < head or word in alone:
            found.append((start, end, kind))
    found += [(*match.span(), "group") for match in _COUNTED_ORGANIZATIONS.finditer(text)]
    found = [span for span in found if not any(_clashes(span, other) for other in others)]
    return [ActorMention(s, e, raw[s:e], raw[s:e], kind, None, None, (), line_no) for s, e, kind in found]
