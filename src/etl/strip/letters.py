"""Patterns that read Latin letters in either case."""

from __future__ import annotations

import re

from etl.patterns import quick

_ESCAPED = re.compile(r"\\u[0-9a-f]{4}|\\.")
_LATIN = re.compile(r"[A-Za-zÀ-ỹ]")
_CLASS_WITH_RANGE = re.compile(r"\[(?:[^\]\\]|\\.)*?\\u4e00-\\u9fff(?:[^\]\\]|\\.)*\]")
_BOTH_CASES = "A-Za-z"


def any_case(pattern: str) -> str:
    r"""The pattern, without regard to case where it has Latin letters.

    `re.IGNORECASE` over all of them would look up the case of every Chinese character of every `[\u4e00-\u9fff]`:
    half of the time that compiling them takes.
    """
    told = quick(pattern)
    if _LATIN.search(_ESCAPED.sub("", pattern)) is None:
        return f"(?:{told})"
    return f"(?i:{_CLASS_WITH_RANGE.sub(_as_it_stands, told)})"


def _as_it_stands(found: re.Match[str]) -> str:
    """The class without regard to case where it holds no letters or both cases of them."""
    letters = _ESCAPED.sub("", found[0]).replace(_BOTH_CASES, "")
    return found[0] if _LATIN.search(letters) else f"(?-i:{found[0]})"
