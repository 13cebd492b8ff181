"""Patterns that read Latin letters in either case."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"\\u[0-9a-f]{4}|\\.")
_LATIN = re.compile(r"[A-Za-zÀ-ỹ]")
_CLASS_WITH_RANGE = re.compile(r"\[[^\]\\A-Za-z]*\\u4e00-\\u9fff[^\]\\A-Za-z]*(?:A-Za-z[^\]\\A-Za-z]*)?\]")


def any_case(pattern: str) -> str:
    r"""The pattern, without regard to case where it has Latin letters.

    `re.IGNORECASE` over all of them would look up the case of every Chinese character of every `[\u4e00-\u9fff]`:
    half of the time that compiling them takes.
    """
    if _LATIN.search(_ESCAPED.sub("", pattern)) is None:
        return f"(?:{pattern})"
    return f"(?i:{_CLASS_WITH_RANGE.sub(lambda found: f'(?-i:{found.group()})', pattern)})"
