"""Patterns that are compiled when they are first used.

The builders hold some 580 regular expressions; a page uses half of them, and compiling the others as well would be a
twentieth of what a run on one page costs. What finds and strips is compiled at once: it reads every line.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = (
    "search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split",
    "flags", "groups", "groupindex", "scanner",
)  # fmt: skip


class _Waiting:
    """Stands for a pattern; takes over its methods as attributes of its own, so that later uses cost nothing more."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return vars(self)[name]


def on_use(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of a module, compiled at its first use. Raises re.error there when it is none."""
    return cast(re.Pattern[str], _Waiting(text, flags))
