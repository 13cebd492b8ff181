"""Which currency a word means: 元 and 盾 by what the page declares, its site, the sentence and its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.normalize.money import currencies
from etl.normalize.money.figures import Figure
from etl.normalize.money.sentences import Sentences

AMBIGUOUS = ("currency_ambiguous",)
_DONG = re.compile("越盾|越南盾|VND|đồng|₫")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known outside the line: the site's currency, a declaration (元(越盾,下同)), figures of other lines."""

    home: str | None = None
    declared: str | None = None
    has_dong: bool = False  # 越盾 stands elsewhere, so a bare 盾 is that
    yuan: str | None = None  # what 元 was in explicit forms elsewhere (亿元人民币); None when that is not one currency
    is_dotted: bool = False  # 1.350.000 stands elsewhere: dots group thousands


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
        rf"|(?:元|单位|金额|货币|款项)[^,。;]{{0,6}}(?:均|皆|都|一律)(?:为|指|以|是)(?P<each>{name})"
    )


def declarations(text: str) -> list[tuple[int, str, bool]]:
    """(position of the 元, currency, holds from here on) of every statement of what 元 means in a folded line."""
    if "(" not in text and "均" not in text and "皆" not in text and "都" not in text and "一律" not in text:
        return []
    return [
        (m.start(), currencies.codes()[m["note"] or m["each"]], m["all"] is not None or m["each"] is not None)
        for m in _declaration().finditer(text)
    ]


def has_dong(text: str) -> bool:
    return _DONG.search(text) is not None


def meanings(sentences: Sentences, found: list[Figure], context: Context) -> dict[int, Meaning]:
    """Index in `found` -> what its currency word means, for every figure that has one."""
    text = sentences.text
    notes = declarations(text)
    dong = _DONG.search(text)
    known: dict[int, Meaning] = {}
    bare = []
    for i, figure in enumerate(found):
        if figure.word is None:
            continue
        if figure.word in currencies.YUAN_WORDS:
            bare.append(i)
        elif figure.word == "盾":
            known[i] = _dun(sentences, figure, context, None if dong is None else dong.start())
        else:
            known[i] = _named(sentences, figure)
    yuan = [(found[i].start, m.currency) for i, m in known.items() if _is_yuan(found[i], m)]
    for i in bare:
        known[i] = _yuan(sentences, found[i], context, notes, yuan)
    return known


def _is_yuan(figure: Figure, meaning: Meaning) -> bool:
    """An explicit form of a currency that a bare 元 nearby may shorten: 1.18亿元人民币, 人民币50元."""
    return meaning.currency == "CNY" and figure.word is not None and figure.word not in currencies.symbols()


def _yuan(
    sentences: Sentences,
    figure: Figure,
    context: Context,
    notes: list[tuple[int, str, bool]],
    yuan: list[tuple[int, str | None]],
) -> Meaning:
    own = [code for at, code, _ in notes if figure.start < at < figure.end + 1]
    before = [code for at, code, all_on in notes if all_on and at < figure.end]
    if own or before:
        return Meaning((own or before[-1:])[0], "explicit" if own else "carried")
    if context.declared:
        return Meaning(context.declared, "carried")
    if context.home:
        return Meaning(context.home, "site")
    stop = sentences.stop(figure.end)
    if yuan and yuan[0][0] < stop:
        return Meaning("CNY", "carried")
    around = sentences.around(figure.start, figure.end)
    if "人民币" in around and not _DONG.search(around):
        return Meaning("CNY", "carried")
    if context.yuan and not _DONG.search(around):
        return Meaning(context.yuan, "carried")
    return Meaning(None, "ambiguous", AMBIGUOUS)


def _dun(sentences: Sentences, figure: Figure, context: Context, dong: int | None) -> Meaning:
    around = sentences.around(figure.start, figure.end)
    codes = {code for hint, code in currencies.hints().get("盾", ()) if hint in around}
    if len(codes) == 1:
        return Meaning(codes.pop(), "carried")
    if not codes:
        if context.home == "VND":
            return Meaning("VND", "site")
        if context.has_dong or (dong is not None and dong < sentences.stop(figure.end)):
            return Meaning("VND", "carried")
    return Meaning(None, "ambiguous", AMBIGUOUS)


def _named(sentences: Sentences, figure: Figure) -> Meaning:
    word = figure.word or ""
    code = currencies.codes()[word]
    if hints := currencies.hints().get(word):
        around = sentences.around(figure.start, figure.end)
        codes = {found for hint, found in hints if hint in around}
        if len(codes) == 1:
            return Meaning(codes.pop(), "carried")
    is_open = not code or word == "¥"
    if is_open:
        return Meaning(None, "ambiguous", AMBIGUOUS)
    return Meaning(code, "symbol" if word in currencies.symbols() else "explicit")
