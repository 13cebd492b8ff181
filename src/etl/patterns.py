"""Patterns of many words, and patterns that are compiled when they are first used.

The builders hold some 580 regular expressions; a page uses half of them, and compiling the others as well would be a
twentieth of what a run on one page costs. What finds and strips is compiled at once: it reads every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

_CLASS = re.compile(r"\[([^]\\^-]+)\](?![?*+{])")
_METHODS = (
    "search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split",
    "flags", "groups", "groupindex", "scanner",
)  # fmt: skip


# Compiling a class with a range of 20,992 characters runs through each of them, half a millisecond for every class; of
# a Chinese page any letter but A to Z says as much.
_HAN_CLASS = re.compile(r"\[(?:一-鿿|\\u4e00-\\u9fff)(·?)\]")
_HAN = r"[^\W\d_A-Za-z]"


def quick(text: str) -> str:
    """The pattern with its plain classes of Chinese characters told in a way that compiles at once."""
    return _HAN_CLASS.sub(lambda found: f"(?:{_HAN}|·)" if found[1] else _HAN, text)


class _Waiting:
    """Stands for a pattern; takes over its methods as attributes of its own, so that later uses cost nothing more."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(quick(self.pattern), self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return vars(self)[name]


def on_use(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of a module, compiled at its first use. Raises re.error there when it is none."""
    return cast(re.Pattern[str], _Waiting(text, flags))


def one_of(words: Iterable[str], guards: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """Any of the words, the longest first; `guards` are conditions that hold behind some of them.

    Words with the same first letter share it, and every alternative begins with a letter, not with a condition: a scan
    then stops only where some word may begin.
    """
    behind = guards or {}
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]) + behind.get(word, ""))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in sorted(by_first.items())))


def by_letter(text: str) -> str:
    """Alternatives without groups, with every class of letters that one begins with spelled out: [声聲]明 is 声明|聲明.

    When all begin with a letter a scan stops only where one of those letters is, a tenth of the time.
    """
    forms = []
    for form in text.split("|"):
        leading = _CLASS.match(form)
        forms += [f"{letter}{form[leading.end() :]}" for letter in leading[1]] if leading else [form]
    return "|".join(forms)
