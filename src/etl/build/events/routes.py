"""Words of motion and what they lead to: 飞赴足利市, 赶到佩奇, 走进同塔大学, 南下盖尔达耶省; and 赴匈, 来越, 访华."""

from __future__ import annotations

import re
from functools import cache

from etl import lookups
from etl.build.events.clauses import Telling, within
from etl.mentions import PlaceMention
from etl.patterns import on_use

_MOTION = on_use(
    r"(?:飞|远|转|奔|赶|开|齐|亲|专程|分)?赴|(?:飞|运|驶|安|先)?抵达?|(?:飞|开|驶|转|赶|前|送|运|改|移)往|"
    r"到访|出访|来访|走访|遍访|"
    r"(?:回|重|再|首|造|探|参|过|寻|遍)访|访问|视察|参观|考察|探望|看望|慰问|"
    r"巡诊|巡演|巡展|巡回|走完|走遍|跑遍|踏遍|驶过|越过|穿过|跨过|通过(?=[^,;]{2,5}[关口岸])|途径|"
    r"(?:走|跑|转)了(?=[^,;]{2,8}[、和][^,;]{1,12}[省市县])|"
    r"[驶开运]出(?=[^,;]{2,6}(?:关|口岸|国门)(?:[,;。]|$))|"
    r"经过(?!了?[\d一两二三四五六七八九十几多数])|辗转|"
    r"(?:来|走|赶|飞|回|转|移|办|开|行|抵|摸|追|深入|推广|巡演|移师|下)到|"
    r"(?:走|踏|迈|步|驶|开|挺|驻|深|进|跨|钻|搬|送|带|迁)[进入]|踏上|登上|奔向|走向|移至|转至|移师|转场|转战|"
    r"落脚|亮相|做客|轮到|"
    r"(?:跑|走|去|来|到|赴)[了过]?[一两三]趟|降落在?|着陆于?|(?:空运|海运|陆运|转运|运|寄)(?:至|到)|"
    r"折[向返回]|直奔|重返|重回|返回|回到|南下|北上|东进|西进|途经|取道|挥师|驱车|驰援|支援|远征|落户|现身|"
    r"(?<!不)去(?![年世除掉函留向处岁职])|"
    r"(?<![得受达看见收等直感遇找想谈提拿做听说老周接轮碰交送发派转运汇捐领筹募买分])到(?![位期场会底点达任来])|"
    r"(?<![近年未原带本从以后往历起下上过出迎请运送带寄传引召盼找换拉])来(?![自源说看往函电信年])"
)
# What may stand between the verb and the place: 赶到|邻近的|勐新县, 走进|位于|海防市的…
_FILL = on_use(
    r"了?(?:重?灾区|前往|赶往|赶到|赶赴|奔赴|抵达|来到|到达|直奔|开往|开赴|位于|同在|地处|同省|邻近的?|附近的?|邻省|"
    r"邻县|东道主|当地的?|毗邻的?|"
    r"[^,;:。、的在了]{1,8}的(?=[^,;:。、]{2,12}[省市县郡州社乡坊镇村岛]))?"
)
_GATE = on_use(r"(?:国际)?(?:机场|口岸|码头|火?车站|港(?![口澳元币人府务区深珠台]))")  # 哈瓦那|港
_TAIL = (
    r"(?<![政省首官市学州县乐王])府(?![上邸组])|省|自治州|自治区|市社|市镇|市(?![场委民长政郊区内])|"
    r"县(?![长委城])|郡(?!委)|州(?![长县市])|坊|乡(?![亲村])|"
    r"社(?![会区长团])|镇(?!长)|村(?![民委长里])|岛(?!屿)|寨(?!子)|港(?![口澳元币人府务区深珠台])|机场|口岸|"
    r"码头|(?<![山社灾校景地园牧矿郊市小战边特老城馆展院厂郊库])区(?![域别间内外委长])"
)
_STEM = "[^\\W_的了与和同向对在到从由为于将把被各两三四五多该本此这那每全某一、所家名个批支位]"
_STEM_LOW = "[^\\W_的了与和同向对在到从由为于将把被所家名个批支位]"
# 和平县, 同文县, 向化县: signs that else join words, where only a name can begin.
_FIRST = "(?:(?:和(?=[平荣安美利明山顺胜富])|同(?=[文富帅春塔奈会登])|向(?=化)|从(?=化)|那(?=[凯勐欣莱坡侬])))?"
_UNIT = on_use(rf"(?:{_FIRST}{_STEM}(?:{_STEM}|本){{0,4}}?[A-Z]?(?:{_TAIL}))+")
_LOWER = on_use(rf"(?:{_STEM_LOW}{{1,4}}?[A-Z]?(?:{_TAIL}))+")


def named_at(telling: Telling, at: int, end: int, *, several: bool = False) -> tuple[int, int] | None:
    """The span of the place that begins at a position: known units and the unknown ones below them, down to a village.

    `several`: places joined by 、 and 和 are taken together (河内、岘港和芹苴).
    """
    known = {p.char_start: p for p in within(telling.places, at, end) if p.kind not in ("venue", "region")}
    stop = at
    while stop < end:
        mention = known.get(stop)
        if mention is not None:
            stop = mention.char_end
            if telling.masked[stop : stop + 1] in ("省", "市", "县", "郡") and stop < end:
                stop += telling.masked[stop : stop + 2] not in ("市场", "省长", "市长", "县长", "市委", "省委")
            gate = _GATE.match(telling.masked, stop, end)
            stop = gate.end() if gate else stop
            continue
        below = (_LOWER if stop > at else _UNIT).match(telling.masked, stop, end)
        if below is not None and not _is_actor(telling, stop, below.end()):
            stop = below.end()
            continue
        joint = re.compile("[、和及]").match(telling.masked, stop, end) if several and stop > at else None
        if joint is not None and joint.end() in known:
            stop = joint.end()
            continue
        break
    return (at, stop) if stop > at else None


def _is_actor(telling: Telling, start: int, end: int) -> bool:
    """Whether an unknown unit is but the beginning of an organization's or a person's name that goes on after it."""
    return any(a.char_start <= start and end <= a.char_end and a.entity_type == "person" for a in telling.actors)


def goals(telling: Telling, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the places that words of motion lead to, in reading order."""
    found: list[tuple[int, int]] = []
    for verb in _MOTION.finditer(telling.masked, start, end):
        if any(a.entity_type == "person" and a.char_start <= verb.start() < a.char_end for a in telling.actors):
            continue
        fill = _FILL.match(telling.masked, verb.end(), end)
        for at in dict.fromkeys((verb.end(), fill.end() if fill else verb.end())):
            span = _with_house(telling, named_at(telling, at, end, several=True))
            if span is not None and _are_signs(telling, span):
                continue  # 参观了越老友谊公园
            if span is not None and (not found or span[0] >= found[-1][1]):
                found.append(span)
                break
    return found


def _are_signs(telling: Telling, span: tuple[int, int]) -> bool:
    """Whether the words are two lands by their signs, as in the name of what they share."""
    inside = mentions_in(telling, *span)
    return len(inside) > 1 and all(p.kind == "country" and len(p.quote) == 1 for p in inside)


_HOUSES = tuple("院校学馆园站室宫厂")


_VERB_CAUGHT = on_use(r"看望|慰问|参观|走访|会见|出席|在(?![线职校])")


def _with_house(telling: Telling, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """走进同塔大学 leads to the university; 到老挝驻越大使馆 and 访问老挝国家银行 do not lead to Laos."""
    if span is None:
        return None
    body = next((a for a in telling.actors if a.char_start <= span[0] and span[1] < a.char_end), None)
    if body is None or body.entity_type not in ("organization", "group"):
        return span
    if _VERB_CAUGHT.search(telling.masked, span[1], body.char_end):
        return span  # 到广昌县|看望在县中学任教的志愿者
    embassy = body.quote.endswith(("使馆", "领馆", "领事馆"))
    if body.entity_type == "organization" and body.quote.endswith(_HOUSES) and not embassy:
        return span[0], body.char_end
    inside = mentions_in(telling, *span)
    return None if inside and all(p.kind == "country" for p in inside) else span


def mentions_in(telling: Telling, start: int, end: int) -> list[PlaceMention]:
    """The places named within a span, without venues and regions."""
    return [p for p in within(telling.places, start, end) if p.char_end <= end]


# 赴匈出席, 访华期间, 来越演出, 返柬: a country by its sign after a verb of motion and before a verb or an end.
_SIGNS = "越中华老柬美俄日韩朝法德英泰澳缅匈荷波捷乌印"
_TO_SIGN = on_use(
    rf"(?:(?<![上下])(?:赴|访|抵|返|回)(?P<to>[{_SIGNS}])|(?<![上下近年未原带本以])来(?P<come>[越华老柬韩]))"
    r"(?=出席|参[加观与访]|访|考察|演|交流|学习|进[修行]|开展|举[行办]|协助|工作|治[病疗]|培训|期间|后|"
    r"之[前行后旅]|就[医读]|巡演|研[修讨]|执教|采访|取经|寻|探|慰问|签|与|同|[,;。、]|$)"
)


@cache
def _codes() -> dict[str, str]:
    rows = lookups.rows("country_aliases_zh")
    return {r["name_zh"]: r["iso_alpha2"] for r in rows if r["kind"] == "pair_abbreviation"} | {"华": "CN"}


def country_signed(telling: Telling, start: int, end: int) -> str | None:
    """The country that a clause goes to by its sign alone: 赴匈出席建交75周年纪念大会."""
    for match in _TO_SIGN.finditer(telling.masked, start, end):
        at = match.start("to") if match["to"] else match.start("come")
        if not any(p.char_start <= at < p.char_end and p.kind != "country" for p in telling.places):
            return _codes()[telling.masked[at]]
    return None
