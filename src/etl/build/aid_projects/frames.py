"""Sentence frames that give a phrase its role: 由X出资, 来自X, 与X合作, 经X批准, 向X转交, 用于X.

They are a table, `aid_frames.csv`, tried in its order; each row shows two sentences with the phrase in 【】 and
the letters one of which it cannot do without: most frames are passed over, many never compiled, for want of them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from etl import lookups
from etl.build.aid_projects.nominals import Phrase, past_relative, trimmed
from etl.build.money_roles.passages import Passage, Span
from etl.patterns import on_use

FOREIGN = on_use(r"外国|国际|境外|国外|海外|非政府|基金会|大使馆|领事馆|机构|NGO|组织")
CLAUSE_PLACE = on_use(r"^在(?P<who>[^,;:]{2,14})$")


@cache
def frames(role: str) -> tuple[re.Pattern[str], ...]:
    """The frames of a role in their order. A row without a pattern stands for the frame of its name."""
    return tuple(frame(row["name"]) for row in lookups.rows("aid_frames") if row["role"] == role)


@cache
def frame(name: str) -> re.Pattern[str]:
    """The frame of that name."""
    return next(on_use(row["pattern"]) for row in lookups.rows("aid_frames") if row["name"] == name and row["pattern"])


@cache
def _needs() -> dict[str, frozenset[str]]:
    """The letters one of which each frame needs, by its pattern."""
    return {row["pattern"]: frozenset(row["needs"]) for row in lookups.rows("aid_frames") if row["pattern"]}


def hits(pattern: re.Pattern[str], page: Passage, span: Span) -> list[Phrase]:
    """The `who` of a frame wherever it stands in a span, trimmed."""
    needs = _needs().get(pattern.pattern)
    if needs is not None and needs.isdisjoint(page.text[slice(*span)]):
        return []
    return _found(pattern, page, span)


def _found(pattern: re.Pattern[str], page: Passage, span: Span) -> list[Phrase]:
    if pattern.search(page.text, *span) is None:  # most find nothing
        return []
    found = (trimmed(page, *hit.span("who")) for hit in pattern.finditer(page.text, *span))
    return [Phrase(page.line.line_no, *who) for who in found if who is not None]


@lru_cache(maxsize=512)  # the claims of one sentence ask the same, one after the other
def role_hits(role: str, page: Passage, span: Span) -> tuple[Phrase, ...]:
    """The phrases that any frame of the role finds in a span, in the order of the table."""
    needs, letters = _needs(), set(page.text[slice(*span)])
    fitting = [pattern for pattern in frames(role) if not needs[pattern.pattern].isdisjoint(letters)]
    found = tuple(phrase for pattern in fitting for phrase in _found(pattern, page, span))
    return tuple(past_verb(phrase, page) for phrase in found) if role in ("donor", "payer") else found


# 海阳省争取到|外国非政府组织, 医院还得到|该会, 使馆转交了|红十字会: the frame's phrase began before the verb that gets.
_GETS = on_use(
    r".*(?:(?:执行|实施|施工|承建|承办|操办|运作|推行)、|收下|吸收|吸引|争取|获得|收到|得到|接收|接受|动员|利用|引进|领到|获赠|转交|移交|递交|交付|发放|分发|批准|批复|核准|审批|核定|审定|感谢|转送|(?<=[一-鿿]{2})(?<![公农军民实通费信作利使])用(?![户品途])|依托|凭借|借助|凭着?(?!证|票|单|借|祥)|靠着?|拿着)(?:到|了|过|的)*"
)


def past_verb(phrase: Phrase, page: Passage) -> Phrase:
    """The phrase behind the verb of getting it holds: 县人民委员会收到|省侨联."""
    hit = _GETS.match(page.text, phrase.start, phrase.end - 1)
    start = past_relative(page, phrase.start if hit is None else hit.end(), phrase.end)
    return phrase if start == phrase.start else Phrase(phrase.line_no, start, phrase.end)
