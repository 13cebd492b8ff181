"""Lines that name themselves: datelines, bylines, markers of the tail, navigation words, end marks."""

from __future__ import annotations

import re
from functools import cache

from etl import lookups
from etl.pages import Role

_ROLES = {role.value: role for role in Role}
_END = re.compile(r"(?:[（(]\s*(?:完|(?:越通社|VNA)[^）)]{0,12})\s*[）)]|◆|■)\s*$")


@cache
def _exact() -> dict[str, tuple[Role, str]]:
    return {
        row["text"].casefold(): (_ROLES[row["role"]], f"mark.{row['rule']}")
        for row in lookups.rows("line_marks")
        if row["kind"] == "exact"
    }


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Role, str], ...]:
    return tuple(
        (re.compile(row["text"], re.IGNORECASE), _ROLES[row["role"]], f"mark.{row['rule']}")
        for row in lookups.rows("line_marks")
        if row["kind"] == "pattern"
    )


def find(core: str) -> tuple[Role, str] | None:
    """Role and rule of a line that names itself, or None."""
    found = _exact().get(core.casefold())
    if found is not None or len(core) > 200:
        return found
    for pattern, role, rule in _patterns():
        if pattern.match(core):
            return role, rule
    return None


def ends_article(core: str) -> bool:
    """The line closes the article: (完), (越通社-VNA), ◆."""
    return _END.search(core[-40:]) is not None
