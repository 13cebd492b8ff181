"""Gifts in kind without a figure of money: 向200户家庭赠送礼物, 捐赠300台电脑.

Conservative: a verb of giving, a count and the goods or the people must all stand in one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from etl.build.aid_projects.claim import Claim
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.cues import cues
from etl.build.money_roles.gifts import words
from etl.build.money_roles.passages import Passage, Span
from etl.pages import Role
from etl.patterns import on_use

_GIVES = on_use(
    r"捐赠|捐献|捐出|捐建|援建|赠送|赠予|转赠|移交|转交|发放|资助|颁发|援助|捐了|捐给|捐到|赠给|赠与|回赠|惠赠"
    r"|(?<!欢)送(?:去|上|出|到|来|给|交|往)|(?:运|捎|带|寄|捐|拉|驮|背)(?:来|去|到|给)了?|分发|派发|配发|分送|交付|交到|递到|留下"
)
# 收到捷方转来的2400件冬衣,已分送给贫困学童
_TAKES = on_use(r"收到|接到|转来|募到|募得|征集|收集|备下|备齐|买来")
_HANDED = on_use(r"(?:分送|分发|派发|送|交|赠|捐|转|发|移交|托付)[^,;。]{0,3}?(?:给|到|往|予|与)")
_COUNTED = on_use(
    r"(?:\d[\d,]{0,15}|[一二两三四五六七八九十百千万]{1,6})多?余?(?:间|栋|座|所|套|台|份|辆|张|只|头|吨|公斤|件|箱|批|口|本|册|部|剂|支|双|顶|盒|架|艘|袋|桶|户|名)"
)
# 日本红十字会送来3000套厨具, 义安省捐大米300吨: who gives stands right before the verb
_GIVER_SENDS = on_use(
    r"^[ ●○•·*\d.、年月日去今前后,]{0,12}[^,;:]{0,20}?(?:会|省|市|州|组织|机构|政府|使馆|领馆|集团|公司|侨胞"
    r"|中[国方]|[日韩美英法德越老柬中]方)"
    r"(?:又|还|也|先后|共|再|另|则|随即|向[^,;:]{2,16})?(?:送来|捐来|运来|寄来|捐赠|捐(?=[\d一-鿿]))"
)
_FOR_PEOPLE = on_use(
    r"(?:为|向|给|慰问)[^,;:]{0,24}?(?:\d[\d,]{0,15}|[一二两三四五六七八九十百千万]{1,6})多?余?(?:户|名|位)[^,;:]{1,30}"
)
_GIFTS = on_use(r"礼物|礼品|慰问品|物资|春节礼|年货|粮食|大米|助学金|奖学金|书包|文具|衣物|药品|补助")
_NOT_AID = on_use(
    r"鲜花|旗帜|锦旗|奖状|奖杯|奖牌|奖项|证书|纪念章|勋章|纪念品|徽章|将(?![\d一二两三四五六七八九十百]|这批|首批|价值|募)|计划|准备|预计|希望|建议|拟|比赛|选手|获奖|一等奖|演出|门票"
)
_GOODS_WEIGHT = 1.5


@cache
def _goods() -> re.Pattern[str]:
    return re.compile(words("goods"))


def gifts(scope: Scope, claims: Sequence[Claim]) -> list[Claim]:
    """A claim for each sentence that tells of goods given, where no figure of money tells it already."""
    told = {(c.line_no, c.sentence) for c in claims}
    counted = {said for c in claims for said in _counts(c.passage, c.sentence)}
    found: list[Claim] = []
    for page in scope.pages:
        if page.line.role not in (Role.BODY, Role.LEAD):
            continue
        for sentence in page.sentences:
            if (page.line.line_no, sentence) in told or _has_figure(scope, page, sentence):
                continue
            for clause in page.clauses_in(sentence):
                claim = _gift(page, clause, sentence)
                said = set(_counts(page, clause))
                if claim is not None and not (said & counted):
                    found.append(claim)
                    counted |= said
                    break
    return found


def _has_figure(scope: Scope, page: Passage, sentence: Span) -> bool:
    return any(sentence[0] <= m.char_start < sentence[1] for m in scope.money(page.line.line_no))


def _counts(page: Passage, span: Span) -> Iterable[str]:
    return (m[0] for m in _COUNTED.finditer(page.text, *span))


def _gift(page: Passage, clause: Span, sentence: Span) -> Claim | None:
    text = page.text[clause[0] : clause[1]]
    sends = _GIVER_SENDS.match(text)
    verb = _GIVES.search(text) or _TAKES.search(text) or sends
    behind = page.text[clause[1] : sentence[1]]
    is_handed = _HANDED.search(behind) is not None and _NOT_AID.search(behind) is None
    if verb is None or (_TAKES.fullmatch(verb[0]) and not is_handed) or _NOT_AID.search(text):
        return None
    is_sent = is_handed or sends is not None
    people = _FOR_PEOPLE.search(text)
    if people and _GIFTS.search(text, verb.start()):
        span = people.span()
    else:
        goods = [c.start for c in cues(text) if c.kind in ("aid", "spending") and c.weight == _GOODS_WEIGHT]
        goods += [hit.start() for hit in _GIFTS.finditer(text)]
        if is_sent:
            goods += [hit.start() for hit in _goods().finditer(text)]
        near = [
            m for m in _COUNTED.finditer(text) if any(-1 <= g - m.end() <= 8 or 0 < m.start() - g <= 3 for g in goods)
        ]
        if not near or not (is_sent or re.search(r"向|给|为|对|送到|交到|送往|运到", text)):
            return None
        span = near[0].start(), near[-1].end()
    at = clause[0] + min(span[0], verb.start()), clause[0] + max(span[1], verb.end())
    return Claim(passage=page, at=at, rule="gift_in_kind", strength=2.0, kind="in_kind")
