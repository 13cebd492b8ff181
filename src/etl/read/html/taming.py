"""Markup that would cost a parser time or memory beyond its length is cut down before it is parsed.

HTML's rules make a parser look through all open elements at each tag, and open every unclosed `<font>` again in
each paragraph: 200,000 nested elements take minutes, 5,000 unclosed fonts over 5,000 paragraphs 25 million nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FEW_TAGS = 3000  # pages with fewer tags cannot do harm
DEEPEST = 400  # browsers stop at 512 open elements
_FORMATTING_OPEN = 16

# 200,000 attributes of one element are compared each with each.
_HUGE_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}>?")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})|<!--")
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")}
_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
# Never open for long: void elements, and those that the next one of their kind closes.
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
_CLOSED_BY_NEXT = ("p", "li", "dt", "dd", "td", "th", "tr", "option", "optgroup", "tbody", "thead", "tfoot")
_SHORT = frozenset((*_VOID, *_CLOSED_BY_NEXT, "html", "head", "body"))


def tamed(text: str) -> str:
    """The markup with elements nested too deeply opened no more: a line break stands where their tags stood."""
    text = _HUGE_TAG.sub("<br>", text)
    if text.count("<") < FEW_TAGS:
        return text
    parts: list[str] = []
    kept = 0
    for start, end in _excess(text):
        parts += (text[kept:start], "<br>")
        kept = end
    return "".join((*parts, text[kept:])) if parts else text


def _excess(text: str) -> Iterator[tuple[int, int]]:
    """Where the tags stand that open an element too deeply or a formatting element too often."""
    depth = formatting = at = 0
    while (tag := _TAG.search(text, at)) is not None:
        at = tag.end()
        name = (tag[2] or "").lower()
        if not name:
            at = _after(text, "-->", at)
        elif name in _RAW and not tag[1]:
            closing = _RAW[name].search(text, at)
            at = len(text) if closing is None else closing.end()
        elif name not in _SHORT:
            is_formatting = name in _FORMATTING
            step = -1 if tag[1] else 1
            if step > 0 and (depth >= DEEPEST or (is_formatting and formatting >= _FORMATTING_OPEN)):
                at = _after(text, ">", at)
                yield tag.start(), at
                continue
            depth = max(0, depth + step)
            formatting = max(0, formatting + step * is_formatting)


def _after(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return len(text) if found < 0 else found + len(mark)
