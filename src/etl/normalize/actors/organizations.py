"""Organisations in a line: by their known names, by the words such names end with, by quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from etl import lookups
from etl.mentions import ActorMention, PlaceMention
from etl.normalize.actors import gazetteer
from etl.normalize.names import scan
from etl.normalize.phrases import LineWords

_QUOTES = {"”": "“", "’": "‘", "》": "《", "」": "「", '"': '"', "'": "'"}
_LONGEST_QUOTE = 20
# “晨露会”, “Blue Dragon”儿童基金会: a quoted name that itself ends like an organisation.
_QUOTED = re.compile(
    r"[“‘「\"]([^“”‘’「」\"，。、,.]{1,18}"
    r"(?:会|社|组织|中心|团|网络|基金|之家|行动|学院|公司|联盟|集团|医院|学校|剧院|工作室|书院))[”’」\"]"
)
# 德国“面包施世界”组织
_QUOTED_BODY = re.compile(
    r"[“‘「][^“”‘’「」，。、]{2,20}[”’」](?:国际|慈善|非政府|非营利|公益|民间|环保|志愿|人道|人道主义|"
    r"援助){0,2}(?:组织|机构|团体|财团)(?![^\W\d_]{0,2}(?:了|开展|举))"
)
_BODY = re.compile("[”’」](?:[^，。]{2,6})?(?:组织|机构|团体|财团)")
_NO_BODY = re.compile(r"(?:大|晚|音乐|联欢|交流|展览|见面|博览|运动|讨论|座谈|研讨|社|机|年|盛|茶|酒|论坛|聚)会$|会议$")
_LATIN = re.compile(r"\s?[(（][A-Za-zĐÀ-ỹ][A-Za-zÀ-ỹĐđ0-9 .,&'’\-–/]{1,60}[)）]")
_COUNT = re.compile(r"(?:\d[\d.,]{0,6}|[两二三四五六七八九十百几数]{1,5})多?[个家所]$")
# 企业家黄氏明向|市儿童医院: segmentation may take the preposition into the name before it.
_TOWARD = re.compile(
    r"(?<=[一-鿿]{2})(?<![方导面定走志])向(?!日|前|上|心|阳|荣|导)|(?:^|(?<=[一-鿿]))(?<![自理缘])由(?![来衷])"
    r"|(?<=[委会府局厅部社团院校])[用受]|(?<=[日月会局厅部社])从"
)
_PAPER = re.compile(r"报(?![道告名到考送刊纸出销复请备价税案批喜捷警废称以恩国答效])")
_THREE_LETTERS = re.compile(r"[A-Za-z]{3}")


@cache
def _endings() -> dict[str, bool]:
    """What the names of organisations end with -> whether the bare word refers to one (联合会, not 企业)."""
    return {row["suffix"]: bool(row["alone"]) for row in lookups.rows("org_suffixes")}


def _quote_start(text: str, start: int) -> int:
    """“柏林东方”餐饮协会: a name that goes on after its quoted part begins at the opening mark."""
    if start > 1 and text[start - 1] in _QUOTES:
        at = text.rfind(_QUOTES[text[start - 1]], max(0, start - _LONGEST_QUOTE), start - 1)
        return at if at >= 0 else start
    return start


def country_of(places: Sequence[PlaceMention], start: int, end: int) -> str | None:
    """The country of the first place inside a name: 日本驻越南大使馆 is Japan's. The places stand in reading order."""
    at = bisect_left(places, start, key=lambda place: place.char_start)
    return places[at].country if at < len(places) and places[at].char_end <= end else None


def _by_ending(text: str, words: LineWords) -> list[tuple[int, int]]:
    endings = _endings()
    found = [match.span() for match in _QUOTED_BODY.finditer(text)] if _BODY.search(text) else []
    titles = {start for start, _, _ in scan(text)["title"]}
    for head, end, ending in scan(text)["suffix"]:
        if ending not in endings or text.startswith("长", end):
            continue
        if not words.is_edge(end) and end not in titles:  # 友好|协会会长 is one word of the dictionary
            continue
        start = _quote_start(text, words.name_start(head))
        if text.startswith("月经", start) and text[max(0, start - 1) : start].isdigit():
            start += 2  # 8月经越南驻古巴大使馆: 经
        toward = _TOWARD.search(text, start, head)
        if toward:
            start = toward.end()
        if start < head or endings[ending]:
            found.append((start, end))
    return found


def _papers(text: str, places: Sequence[PlaceMention]) -> list[tuple[int, int]]:
    """谅山报, 高平报: newspapers by their place."""
    if "报" not in text:
        return []
    return [(p.char_start, p.char_end + 1) for p in places if _PAPER.match(text, p.char_end) and p.kind != "venue"]


def _spans(raw: str, text: str, places: Sequence[PlaceMention], words: LineWords) -> list[tuple[int, int]]:
    spans = [(s, e) for s, e, _ in scan(text)["organization"]]
    spans += _by_ending(text, words) + _papers(text, places)
    if any(mark in text for mark in '“"‘「'):
        spans += [m.span(1) for m in _QUOTED.finditer(text) if not _NO_BODY.search(m[1])]
    if _THREE_LETTERS.search(raw):
        spans += [match.span() for match in gazetteer.abbreviation_pattern().finditer(raw)]
    chosen: list[tuple[int, int]] = []
    done = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= done:
            chosen.append((start, end))
            done = end
    return chosen


def organizations(
    raw: str, text: str, places: Sequence[PlaceMention], words: LineWords, line_no: int
) -> list[ActorMention]:
    """Known names and names by their ending, the leftmost longest first, without overlaps.

    A Latin name in brackets belongs to the mention: 慈济基金会(Tzu Chi). A count before the name belongs to the quote
    alone (flag `counted`): 34个|外国非政府组织.
    """
    found: list[ActorMention] = []
    for start, end in _spans(raw, text, places, words):
        if found and start < found[-1].char_end:
            continue
        known = gazetteer.known(text[start:end])
        country = known.country if known else country_of(places, start, end)
        name_start = start
        counted = start > 0 and text[start - 1] in "个家所"
        count = _COUNT.search(text, max(0, start - 16), start) if counted else None
        if count:
            start = count.start()
        latin = _LATIN.match(raw, end)
        if latin:
            end = latin.end()
        found.append(
            ActorMention(
                start,
                end,
                raw[start:end],
                raw[name_start:end],
                "organization",
                known.org_id if known else None,
                country,
                ("counted",) if count else (),
                line_no,
            )
        )
    return found
