"""Which currency a word means: 元 and 盾 by what the page declares, its site, the sentence and its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from etl.normalize.money import currencies
from etl.normalize.money.figures import Figure
from etl.normalize.money.sentences import Sentences

AMBIGUOUS = ("currency_ambiguous",)
YUAN = frozenset({"CNY", "TWD", "HKD", "MOP", "SGD"})  # currencies that their countries call 元
ANYWHERE = -1  # as `Context.vietnam_from`: what any line of a page names holds for all
_LINES_BACK = 40  # where the country of a 第纳尔 is looked for
_DONG = re.compile("越盾|越南盾|VND|đồng|₫")
_VIETNAM = re.compile("越盾|越南|越方|VND|đồng|₫|河内|胡志明")
_OF_EACH = re.compile("[均皆都律][为指以是按]|币种|单位|[金数]额[以按用]")
# 捐出越盾132亿元…独力拿出50亿元: parts and ranks of a sum whose money stands before it
_PART = re.compile(
    "其中|当中|里面|[其剩]余|余下|剩下|分别|包括|各|每|独力|单独|一家|[最居][多大高首次末]|次之|其次|领先|紧随|出手"
)
_RESTATED = re.compile("合|相当|折|等于|等值")


@dataclass(slots=True)
class Context:
    """What is known outside the line: the site's currency, a declaration (元(越盾,下同)), figures of other lines.

    One for a text, that learns from line to line: most teach nothing, and a copy for each costs more than reading it.
    """

    home: str | None
    texts: Sequence[str]  # the folded lines of the text, of which `at` stand before this one
    at: int = 0
    declared: str | None = None
    vietnam_from: int | None = None  # the first line that names Vietnam
    yuan: set[str] = field(default_factory=set)  # what 元 was in explicit forms before: 亿元人民币, 万港元
    is_dotted: bool = False  # 1.350.000 stands elsewhere: dots group thousands

    @property
    def is_vietnam(self) -> bool:
        """越盾 or 越南 stands before this line, so a bare 盾 is the dong."""
        return self.vietnam_from is not None and self.vietnam_from < self.at


@dataclass(frozen=True, slots=True)
class Meaning:
    currency: str | None
    basis: str
    flags: tuple[str, ...] = ()


@cache
def _declaration() -> re.Pattern[str]:
    names = sorted((n for n, code in currencies.codes().items() if code and len(n) > 1), key=lambda n: (-len(n), n))
    name = "|".join(map(re.escape, names))
    return re.compile(
        rf"元[ ]?\((?:单位[:为]?)?(?P<note>{name})(?P<all>[,、; ]{{0,2}}(?:以)?(?:下同|后同|全文同|下文同))?\)"
        # 文中金额均为人民币; 未注明币种的皆指越盾; 除另有说明外,数额以越盾计; 货币单位:越盾
        rf"|(?:元|单位|金额|数额|货币|币种|款项)[^,。;]{{0,6}}(?:均|皆|都|一律)(?:为|指|以|是|按)(?P<each>{name})"
        rf"|(?:金额|数额|货币|币种|款项)(?:单位)?(?:以|按|用)(?P<counted>{name})(?:计|为单位|表示|列示)"
        rf"|(?:金额|货币|计价|币种)(?:单位)?:(?P<unit>{name})"
    )


def declarations(text: str) -> list[tuple[int, str, bool]]:
    """(position of the 元, currency, holds from here on) of every statement of what 元 means in a folded line.

    One about all figures holds from the line's beginning.
    """
    if "元(" not in text and "元 (" not in text and _OF_EACH.search(text) is None:  # a cheap test before the pattern
        return []
    return [
        (
            m.start() if m["note"] else 0,
            currencies.codes()[m["note"] or m[m.lastgroup or ""]],
            m["note"] is None or m["all"] is not None,
        )
        for m in _declaration().finditer(text)
    ]


def vietnam_from(text: str) -> int | None:
    """The number of the first line of a folded text that names Vietnam or its currency, from 0; None without any."""
    named = _VIETNAM.search(text)
    return None if named is None else text.count("\n", 0, named.start())


def meanings(sentences: Sentences, found: list[Figure], context: Context) -> dict[int, Meaning]:
    """Index in `found` -> what its currency word means, for every figure that has one."""
    known: dict[int, Meaning] = {}
    yuan: list[int] = []
    dun: list[int] = []
    for i, figure in enumerate(found):
        if figure.word is None:
            continue
        if figure.word in currencies.YUAN_WORDS:
            yuan.append(i)
        elif figure.word == "盾":
            dun.append(i)
        else:
            known[i] = _named(sentences, figure, context)
    if yuan:
        known |= _yuan(sentences, found, yuan, known, context)
    if dun:
        named = None if context.is_vietnam else _VIETNAM.search(sentences.text)
        first = 0 if context.is_vietnam else len(sentences.text) if named is None else named.start()
        known |= {i: _dun(sentences, found[i], context.home, first) for i in dun}
    return known


def _yuan(
    sentences: Sentences, found: list[Figure], bare: list[int], known: dict[int, Meaning], context: Context
) -> dict[int, Meaning]:
    """A bare 元 is what is declared, else the site's currency, else what explicit yuan nearby are, else unknown."""
    notes = {at: (code, holds_on) for at, code, holds_on in declarations(sentences.text)}
    holding = [(at, code) for at, (code, holds_on) in reversed(notes.items()) if holds_on]
    explicit = [(found[i].start, m.currency) for i, m in known.items() if is_yuan(m.currency, m.basis)]
    whole = [(found[i], m.currency) for i, m in known.items() if m.currency and m.basis == "explicit"]
    result: dict[int, Meaning] = {}
    declared = context.declared
    for i in bare:
        figure = found[i]
        while holding and holding[-1][0] < figure.end:
            declared = holding.pop()[1]
        if note := notes.get(figure.end - 1):
            result[i] = Meaning(note[0], "explicit")
        elif of_whole := _of_whole(sentences, figure, whole):
            result[i] = Meaning(of_whole, "carried")
        elif declared:
            result[i] = Meaning(declared, "carried")
        elif context.home:
            result[i] = Meaning(context.home, "site")
        else:
            told = context.yuan | {code for at, code in explicit if code and at < figure.start}
            result[i] = _by_sentence(sentences, figure, next(iter(told)) if len(told) == 1 else None)
    return result


def _of_whole(sentences: Sentences, figure: Figure, whole: list[tuple[Figure, str]]) -> str | None:
    """The money of 越盾132亿元, told before in the sentence, for a 元 that is a part of that sum."""
    text, begin = sentences.text, sentences.start(figure.start)
    told = [
        (other, code)
        for other, code in whole
        if begin <= other.start < figure.start
        and text[other.end - 1] == "元"
        and text[other.start : other.start + 1] == (other.word or "-")[:1]
        and not _RESTATED.search(text, max(begin, other.start - 4), other.start)
        and not (
            text.rfind("(", begin, other.start) > text.rfind(")", begin, other.start)
            and ")" in text[other.end : figure.start]
        )
    ]
    if not told:
        return None
    other, code = max(told, key=lambda pair: pair[0].start)
    if figure.amount.value > other.amount.value or not _PART.search(text, other.end, figure.start):
        return None
    return code


def is_yuan(currency: str | None, basis: str) -> bool:
    """Whether a figure says in so many words which 元 it is: 180万元人民币, 新台幣180萬元."""
    return currency in YUAN and basis == "explicit"


def _by_sentence(sentences: Sentences, figure: Figure, yuan: str | None) -> Meaning:
    """What the explicit yuan before it are, else open with 越盾 in the sentence; open with 越南 in the clause."""
    around = sentences.around(figure.start, figure.end)
    behind = sentences.text[figure.end : sentences.stop(figure.end)].partition("人民币")
    if _RESTATED.search(behind[0]) and behind[1]:
        return Meaning(None, "ambiguous", AMBIGUOUS)  # 500万元(约合人民币1500元) is no yuan
    code = yuan or ("CNY" if "人民币" in around and not _DONG.search(around) else None)
    if code and not _VIETNAM.search(sentences.clause_before(figure.start)):
        return Meaning(code, "carried")
    return Meaning(None, "ambiguous", AMBIGUOUS)


def _dun(sentences: Sentences, figure: Figure, home: str | None, first_vietnam: int) -> Meaning:
    """A bare 盾 is the one country's that the sentence names, else the site's, else the dong once Vietnam is named."""
    around = sentences.around(figure.start, figure.end)
    codes = {code for hint, code in currencies.hints().get("盾", ()) if hint in around}
    if len(codes) == 1:
        return Meaning(codes.pop(), "carried")
    if not codes:
        if home == "VND":
            return Meaning("VND", "site")
        if first_vietnam < sentences.stop(figure.end):
            return Meaning("VND", "carried")
    return Meaning(None, "ambiguous", AMBIGUOUS)


@cache
def _named_alone(word: str) -> Meaning | None:
    """What a name means that needs no look at the sentence; None for any other."""
    code = currencies.codes()[word]
    if not code or currencies.hints().get(word):
        return None
    return Meaning(code, "symbol" if word in currencies.symbols() else "explicit")


def _told_country(word: str, context: Context) -> str | None:
    """The currency of the country that the nearest line before tells of, for a word that several countries use."""
    hints = currencies.hints().get(word, ())
    for text in reversed(context.texts[max(0, context.at - _LINES_BACK) : context.at]):
        codes = {code for hint, code in hints if hint in text}
        if codes:
            return codes.pop() if len(codes) == 1 else None
    return None


def _named(sentences: Sentences, figure: Figure, context: Context) -> Meaning:
    word = figure.word or ""
    alone = _named_alone(word)
    if alone is not None:
        return alone
    code, hints = currencies.codes()[word], currencies.hints().get(word)
    around = sentences.around(figure.start, figure.end)
    codes = {found for hint, found in hints or () if hint in around}
    if len(codes) == 1:
        return Meaning(codes.pop(), "carried")
    is_open = not code or word == "¥"
    if is_open:
        told = None if codes else _told_country(word, context)
        if told is not None:
            return Meaning(told, "carried")
        return Meaning(None, "ambiguous", AMBIGUOUS)
    return Meaning(code, "symbol" if word in currencies.symbols() else "explicit", ("plausibility",))
