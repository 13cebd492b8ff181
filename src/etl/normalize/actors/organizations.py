"""Organisations in a line: by their known names, and by the words such names end with."""

from __future__ import annotations

import re
from bisect import bisect_left

from etl.mentions import ActorMention, PlaceMention
from etl.normalize.actors import gazetteer
from etl.normalize.places.gazetteer import entries as place_entries

_BREAK = re.compile(r"[^\u4e00-\u9fffA-Za-z\-－·/—–]|——|\d+[年月日时个名]?")
_LONGEST = 30
_LEADING = re.compile(r"^(?:[省市县区](?=[\u4e00-\u9fff]{2})|[年月日号个家名第届一二三四五六七八九十]+)")
_BARE = frozenset(
    ["企业", "公司", "集团", "学校", "医院", "政府", "机构", "组织", "中心", "大学", "学院", "国会", "议会", "协会", "基金", "小学", "中学", "银行", "联盟", "委员会", "俱乐部", "教会", "使馆"]
)


def left_edges(text: str, protected: list[tuple[int, int]]) -> list[int]:
    """Positions at which a name may begin at the earliest: after punctuation, figures and limiting words."""
    index, single = gazetteer.limit_names()
    edges = {0}
    edges.update(m.end() for m in _BREAK.finditer(text))
    covered = bytearray(len(text))
    for start, end in protected:
        covered[start:end] = b"\1" * (end - start)
    words = gazetteer.limits()
    for start, end, word in index.find(text):
        if word in words and not covered[start]:
            edges.add(end)
        covered[start:end] = b"\1" * (end - start)
    edges.update(i + 1 for i, c in enumerate(text) if c in single and not covered[i])
    return sorted(edges)


def _begin(edges: list[int], end: int) -> int:
    at = bisect_left(edges, end) - 1
    return edges[at] if at >= 0 else 0


def _country(text: str, places: list[PlaceMention], start: int, end: int) -> str | None:
    inside = [p for p in places if start <= p.char_start and p.char_end <= end]
    return inside[0].country if inside else None


def _quoted(text: str, start: int) -> int:
    """“柏林东方”餐饮协会: a name that goes on after its quoted part begins at the opening mark."""
    if start > 1 and text[start - 1] in "”’》":
        opening = {"”": "“", "’": "‘", "》": "《"}[text[start - 1]]
        at = text.rfind(opening, max(0, start - _LONGEST), start)
        return at if at >= 0 else start
    return start


def organizations(
    raw: str, text: str, places: list[PlaceMention], edges: list[int], line_no: int
) -> list[ActorMention]:
    """Known names and names by their ending, leftmost longest first, without overlaps."""
    aliases = gazetteer.by_alias()
    spans: dict[tuple[int, int], str | None] = {(s, e): name for s, e, name in gazetteer.alias_names().find(text)}
    for s, e, suffix in gazetteer.suffixes().find(text):
        begin = max(_begin(edges, s + 1), e - _LONGEST)
        if begin > s:
            begin = s
        quoted = _quoted(text, begin)
        if quoted == begin:
            cut = (
                _LEADING.match(text[begin:s]) if begin < s and text[begin : begin + 2] not in place_entries() else None
            )
            begin += cut.end() if cut and cut[0] not in "省市县区" else 0
        if text[quoted:e] in _BARE or e - quoted < 2:
            continue
        spans.setdefault((min(quoted, begin), e), None)
    for match in gazetteer.abbreviation_pattern().finditer(raw):
        spans.setdefault(match.span(), match[0].upper())
    found: list[ActorMention] = []
    done = 0
    for (s, e), alias in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
        if s < done:
            continue
        done = e
        name = text[s:e]
        known = aliases.get(alias or name) or aliases.get(name) or gazetteer.by_abbreviation().get(name.upper())
        country = known.country if known else _country(text, places, s, e)
        found.append(
            ActorMention(
                s, e, raw[s:e], raw[s:e], "organization", known.org_id if known else None, country, (), line_no
            )
        )
    return found
