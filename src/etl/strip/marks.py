"""Lines that name themselves: datelines, bylines, markers of the tail, navigation words, end marks."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from etl import lookups
from etl.errors import ConfigError
from etl.pages import Role
from etl.strip import frame_lines, list_heads
from etl.strip.letters import any_case

MAX_LENGTH = 160
_END = re.compile(r"(?:[（(]\s?(?:完|全文完|(?:越通社|VNA|新华社|人民报)[^）)]{0,12})\s?[）)]|◆|■)\s*$")


@cache
def _exact() -> dict[str, tuple[Role, str]]:
    return {
        row["text"].casefold(): (Role(row["role"]), f"mark.{row['rule']}")
        for row in lookups.rows("line_marks")
        if row["kind"] == "exact"
    }


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[Role, str], ...]]:
    """All patterns as one, each closed by an empty group of its own, and what each group says.

    Closed, not enclosed: a pattern that begins with a letter is then passed over without a try, half the time saved.
    """
    rows = [row for row in lookups.rows("line_marks") if row["kind"] == "pattern"]
    try:
        whole = re.compile("|".join(f"{any_case(row['text'])}()" for row in rows))
    except re.error as error:
        raise ConfigError(f"lookups/line_marks.csv: {error.pattern!r} is no pattern: {error}.") from error
    if whole.groups != len(rows):
        raise ConfigError("lookups/line_marks.csv: use (?:...) for groups inside a pattern.")
    return whole, tuple((Role(row["role"]), f"mark.{row['rule']}") for row in rows)


@lru_cache(maxsize=8192)
def find(core: str) -> tuple[Role, str] | None:
    """Role and rule of a line that names itself, or None."""
    if len(core) > MAX_LENGTH:
        return None
    found = _exact().get(core.casefold())
    if found is not None:
        return found
    whole, says = _patterns()
    match = whole.match(core)
    if match is not None and match.lastindex is not None:
        return says[match.lastindex - 1]
    bare = list_heads.bare(core)
    signed = _exact().get(bare.casefold()) if bare != core else None
    if signed is not None and signed[0] is Role.RELATED:  # ▍延伸阅读
        return signed
    if list_heads.is_sure(core):
        return Role.RELATED, list_heads.COMPOSED
    return frame_lines.find(core)


def ends_article(core: str) -> bool:
    """The line closes the article: (完), (越通社-VNA), ◆."""
    return _END.search(core[-40:]) is not None
