"""Delegations and groups of people: 代表团, 工作组, 旅居澳大利亚的侨胞, 200户家庭."""

from __future__ import annotations

import re
from bisect import bisect_right

from etl.mentions import ActorMention

_DELEGATION = re.compile(r"(?:高级)?(?:代表团|工作组|访问团|考察团|医疗队|工作团|慰问团|代表队)")
_GROUP = re.compile(
    r"旅(?:居)?[\u4e00-\u9fff]{1,12}?的?(?:越南)?(?:[\u4e00-\u9fff]{2}籍)?(?:侨胞(?:社群)?|越南人社群|越侨|同胞|越南人)"
    r"|(?:\d[\d.,]*|[一二两三四五六七八九十百千万]{1,6})多?[名户位](?:[\u4e00-\u9fff]{0,10}?)"
    r"(?:家庭|学生|留学生|大学生|儿童|孤儿|病人|患者|贫困户|居民|灾民|老人|妇女|群众|民众|干部|农户|代表)"
    r"|(?:[\u4e00-\u9fff]{2,4})?(?:留学生|大学生)|处境困难的?(?:儿童|家庭|学生)|残疾人|橙剂(?:/二恶英)?受害者"
)


def groups(raw: str, text: str, edges: list[int], line_no: int) -> list[ActorMention]:
    """Delegations with the name before them, and groups of people by number, place or condition."""
    found = []
    for match in _DELEGATION.finditer(text):
        start = edges[bisect_right(edges, match.start()) - 1]
        start = start if match.end() - start <= 30 else match.start()
        found.append((start, match.end(), "delegation"))
    found += [(*match.span(), "group") for match in _GROUP.finditer(text)]
    return [ActorMention(s, e, raw[s:e], raw[s:e], kind, None, None, (), line_no) for s, e, kind in found]
