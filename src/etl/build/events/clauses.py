"""The own lines of a page cut into sentences, list items and clauses, with names and speech masked."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, TypeVar

from etl.mentions import ActorMention, DateMention, Findings, PlaceMention
from etl.normalize.names import simplified
from etl.normalize.text import fold
from etl.pages import Role
from etl.patterns import on_use

REACH = 400
MASK = "□"  # a quoted or bracketed character
NAME = "■"  # a character of an organization's name
_QUOTED = on_use(r"[“「『][^“”「」『』]{0,160}[”」』]|《[^《》]{0,80}》|\"[^\"]{0,80}\"|‘[^‘’]{0,80}’")
_BRACKETED = on_use(r"\([^()]{0,120}\)|\[[^\[\]]{0,120}\]|【[^【】]{0,60}】")
_SENTENCE_END = on_use(r"[。!?◆●]+|(?<=\|)\s*$")
_ITEM_END = on_use(r"[;]")
_CLAUSE_END = on_use(r"(?<![0-9]),|,(?![0-9])|:(?![0-9])")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of one line between commas. `start` and `end` count in the line's text.

    `sentence` and `item` number the sentences and the `;` items of a page in reading order; where each begins
    is cut off REACH characters back, so that a page without full stops costs no more than one with them.
    """

    order: int
    line_no: int
    role: Role
    section: int
    sentence: int
    item: int
    start: int
    end: int
    sentence_start: int
    item_start: int


@dataclass(frozen=True, slots=True)
class Telling:
    """One own line in reading order.

    `plain` is the text folded; `masked` the same with quoted and bracketed words blotted out; `bare` also without
    the names of organizations, so that 友好组织联合会 organizes nothing and 救援动员委员会 awards nothing.
    """

    line_no: int
    role: Role
    section: int
    text: str
    plain: str
    masked: str
    bare: str
    clauses: tuple[Clause, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]


_M = TypeVar("_M", ActorMention, DateMention, PlaceMention)
_MANY = 60  # mentions of one line from which on looking each up costs more than an index
_indexes: dict[int, tuple[tuple[Any, ...], list[tuple[int, int]]]] = {}


def within(found: tuple[_M, ...], start: int, end: int) -> list[_M]:
    """The mentions that begin in a stretch, in their order; of a line with very many without reading them all."""
    if len(found) <= _MANY:
        return [one for one in found if start <= one.char_start < end]
    kept = _indexes.get(id(found))
    if kept is None or kept[0] is not found:
        if len(_indexes) >= _KEPT:
            _indexes.clear()
        kept = _indexes[id(found)] = (found, sorted((one.char_start, number) for number, one in enumerate(found)))
    starts = kept[1]
    here = starts[bisect_left(starts, (start, -1)) : bisect_left(starts, (end, -1))]
    return [found[number] for number in sorted(number for _, number in here)]


_KEPT = 12  # lines whose index is kept at a time

# 平安小学(2016年9月5日启用): what an aside tells of by its day
_OPENED_ON = on_use(
    r"\((?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日)?(?:正式|已)?"
    r"(?:启用|落成|竣工|完工|动工|开工|通车|揭牌|揭幕|奠基|开馆|开园|移交|交付|交付使用|投入使用)\)"
)


def mask(plain: str) -> str:
    """The folded text with the inside of quotes, titles of works and brackets blotted out, length unchanged.

    A happening is not read from a name: “了解越韩关系”竞赛颁奖 is an award, whatever the name says.
    """
    for pattern in (_QUOTED, _BRACKETED):
        plain = pattern.sub(_blotted, plain)
    return plain


def _blotted(match: re.Match[str]) -> str:
    said = match.group()
    return said if _OPENED_ON.fullmatch(said) else said[0] + MASK * (len(said) - 2) + said[-1]


def tellings(findings: Findings) -> tuple[Telling, ...]:
    """The first prints of the page's own lines with what was found in them."""
    made: list[Telling] = []
    order = sentence = item = section = 0
    for line in findings.first_print_lines():
        section += line.role is Role.HEADING
        plain = simplified(fold(line.text))
        masked = mask(plain)
        clauses: list[Clause] = []
        for s_start, s_end in _pieces(masked, 0, len(masked), _SENTENCE_END):
            for i_start, i_end in _pieces(masked, s_start, s_end, _ITEM_END):
                for start, end in _pieces(masked, i_start, i_end, _CLAUSE_END):
                    begins = (max(s_start, start - REACH), max(i_start, start - REACH))
                    clauses.append(Clause(order, line.line_no, line.role, section, sentence, item, start, end, *begins))
                    order += 1
                item += 1
            sentence += 1
        here = line.line_no
        actors = tuple(a for a in findings.actors if a.line_no == here)
        made.append(
            Telling(
                here, line.role, section, line.text, plain, masked, _without_names(masked, actors), tuple(clauses),
                tuple(d for d in findings.dates if d.line_no == here),
                tuple(p for p in findings.places if p.line_no == here),
                actors,
            )
        )  # fmt: skip
    return tuple(made)


_WORD_OF_NAME = on_use(r"(?:非政府|国际|成员|社会|政治|各|外国|友好|党|群众|民间|基层|会|慈善|人道)组织")
_HOLDING = on_use(
    r"举行|举办|召开|出席|参加|会见|接待|访问|签署|签订|托付给|移交给|转交给|捐赠给|赠送给|赠给|捐给|交给|"
    r"留给|授予|颁给|拜会|拜访|看望|参观|走访|考察|慰问|探访|视察|走进|前往"
)
# 举办新春联谊会: what is held is no body, though bodies are called so
_HELD_NAME = on_use(r"(?:联谊会|交流会|茶话会|座谈会|恳亲会|团拜会|联欢会|音乐会|运动会|博览会|推介会)$")
_HOLDS = on_use(
    r"(?:举办|举行|召开|合办|联办|主办|承办|协办|筹办|开办|办|参加|出席|观看)(?:了|起|过)?"
    r"(?:第?[一二两三四五六七八九十首本\d]{1,3}[场次届期轮个国省市县地方]?|越[中老柬日韩俄泰]|[中老柬日韩]越)?$"
)
_ARRIVALS = ("送抵", "运抵", "飞抵", "送达", "运达", "送至", "运至", "递到", "交到", "获赠")
_NAME_END = tuple("会部厅局府院校馆司所组处委社团线室部团队级学")


def _without_names(masked: str, actors: tuple[ActorMention, ...]) -> str:
    for actor in actors:
        if _HELD_NAME.search(actor.quote) and _HOLDS.search(masked[: actor.char_start][-8:]):
            continue
        if actor.entity_type == "organization" and actor.quote.endswith(_NAME_END):
            # a verb caught with the name stays: 隆重举行越南—保加利亚友好协会成立60周年纪念仪式
            verbs = [m.end() for m in _HOLDING.finditer(masked, actor.char_start, actor.char_end)]
            start = max([actor.char_start, *verbs])
            start += masked[max(0, start - 1) : start + 1] in _ARRIVALS  # 送抵孤儿院
            stretch = masked[start : actor.char_end]
            if MASK not in stretch:
                masked = masked[:start] + NAME * len(stretch) + masked[actor.char_end :]
    return _WORD_OF_NAME.sub(lambda m: m.group()[:-2] + NAME * 2, masked)


def _pieces(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Spans of `text[start:end]` between the pattern's matches, blank ones left out and edges trimmed."""
    found, left = [], start
    cuts = [(m.start(), m.end()) for m in pattern.finditer(text, start, end)]
    for cut_start, cut_end in [*cuts, (end, end)]:
        piece = text[left:cut_start]
        if piece.strip():
            first = left + len(piece) - len(piece.lstrip())
            found.append((first, left + len(piece.rstrip())))
        left = cut_end
    return found
