"""Delegations and groups of people: 代表团, 工作组, 旅居澳大利亚的侨胞, 200户越南家庭."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from etl import lookups
from etl.mentions import ActorMention, PlaceMention
from etl.normalize.actors.organizations import country_of
from etl.normalize.names import scan
from etl.normalize.phrases import LineWords

_NUMBER = (
    r"(?:\d[\d.,]{0,11}[多余]?[万千百亿]?|[一二两三四五六七八九十百千万几][一二三四五六七八九十百千万余多]{0,5})[多余]?"
)
_COUNT = re.compile(_NUMBER + r"(?:名|位|户|个|家|所|支|对|国|省|市|县|岁|人|组)(?:[^\W\d_]{0,6}的)?$")
_AFTER_NAME = "在从与和向同对为赴到把将被给于以也还"  # 木偶|团在 is a guess of the word list
_MEASURES = frozenset("名位户个家所支对国省市县岁人组的")  # what _COUNT can end with
_RESIDENT = re.compile(r"(?:旅居|居住在|在|旅)?$")
_COUNTED_ORGANIZATIONS = re.compile(
    _NUMBER + r"[个家](?:境外|外国|国际|国内|成员|会员|民间|本地|各类)?(?:非政府)?(?:组织|机构|单位|企业|协会)(?!者)"
)


@cache
def _heads() -> dict[str, tuple[str, bool]]:
    """What groups are called -> their entity type, and whether the bare word counts (留学生, not 学生)."""
    return {row["head"]: (row["entity_type"], bool(row["alone"])) for row in lookups.rows("group_heads")}


def _group_start(text: str, head: int, words: LineWords, places: dict[int, int]) -> int:
    """Back over the modifiers, a count with its measure word, and a place with 的: 旅居加拿大的朔庄籍|侨胞."""
    start = words.name_start(head, verbs=False)
    counted = start > 0 and text[start - 1] in _MEASURES
    count = _COUNT.search(text, max(0, start - 16), start) if counted else None
    if count and count.start() < start:
        return count.start()
    if start > 2 and text[start - 1] == "的":
        place = places.get(start - 1)
        if place is not None:
            resident = _RESIDENT.search(text, max(0, place - 3), place)
            return resident.start() if resident else place
    if text[max(0, start - 1) : start] == "旅" or text[max(0, start - 2) : start] == "旅居":
        return start - (1 if text[start - 1] == "旅" else 2)
    return start


def _clash(start: int, end: int, others: list[ActorMention]) -> bool:
    """Whether the group lies in another actor or runs on from one; it may hold one and go on: 越友联|代表团."""
    at = bisect_left(others, start, key=lambda other: other.char_end - 1)
    while at < len(others) and others[at].char_start < end:
        other = others[at]
        if other.entity_type == "person" or not (start <= other.char_start and other.char_end < end):
            return True
        at += 1
    return False


def _sender(kind: str, places: Sequence[PlaceMention], start: int, end: int) -> str | None:
    """A delegation's country; of a group abroad (旅居澳大利亚的侨胞) the place says nothing about whose it is."""
    return country_of(places, start, end) if kind == "delegation" else None


def groups(
    raw: str, text: str, places: Sequence[PlaceMention], words: LineWords, others: list[ActorMention], line_no: int
) -> list[ActorMention]:
    """Delegations with the name before them, and groups of people by number, place or condition.

    `others` are the line's organisations and persons: no group lies within one.
    """
    heads = _heads()
    place_starts = {place.char_end: place.char_start for place in places}
    bodies = {other.char_end: other.char_start for other in others if other.entity_type == "organization"}
    found: list[tuple[int, int, str]] = []
    for head, end, word in scan(text)["group"]:
        kind, alone = heads[word]
        if not words.is_edge(end) and text[end] not in _AFTER_NAME:
            continue
        delegation = kind == "delegation"
        start = words.name_start(head) if delegation else _group_start(text, head, words, place_starts)
        if start == head and delegation:
            start = bodies.get(head, head)  # 越南友好组织联合会(VUFO)|工作组
            if start == head and text[head - 1 : head] == "的":
                start = place_starts.get(head - 1, bodies.get(head - 1, head))  # 崇左的|教师团, 眼科医院的|义诊队
                start = place_starts.get(start, start)
        if start == head and delegation and text[head - 1 : head] == "”":  # “春风”医疗队
            quoted = text.rfind("“", max(0, head - 14), head)
            start = quoted if quoted >= 0 else start
        if start < head and text[start] in _MEASURES:  # 212|位岱族老人, 十四|支龙舟队
            count = _COUNT.search(text, max(0, start - 15), start + 1)
            if count:
                start = start + 1 if delegation else count.start()
        if start < head or alone:
            found.append((start, end, kind))
    if any(word in text for word in ("组织", "机构", "单位", "企业", "协会")):
        found += [(*match.span(), "group") for match in _COUNTED_ORGANIZATIONS.finditer(text)]
    ordered = sorted(others, key=lambda other: other.char_end)
    return [
        ActorMention(s, e, raw[s:e], raw[s:e], kind, None, _sender(kind, places, s, e), (), line_no)
        for s, e, kind in found
        if not _clash(s, e, ordered)
    ]
