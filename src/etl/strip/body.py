"""The article's text: headings, the lead, paragraphs, and what is printed again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.pages import OWN_ROLES, Role
from etl.strip.draft import Draft

_HEADING = 45
# `越通社河内——11月3日上午…` repeats the lead behind the agency's name
_OPENING = re.compile(r"^(?:[(（【《][^)）】》]{1,16}[)）】》]|[\u4e00-\u9fff0-9]{2,16}(?=——|-|—))\s?[-—–]{0,2}\s?")


def mark(lines: Sequence[Draft]) -> None:
    """Give all lines that are still undecided a role of the article's text."""
    has_lead = any(line.role is Role.LEAD for line in lines)
    for at, line in enumerate(lines):
        if line.role is not None:
            continue
        if _is_heading(lines, at):
            line.decide(Role.HEADING, "heading.short_over_text")
        elif not has_lead and not any(above.role is Role.CAPTION for above in lines[:at]):
            line.decide(Role.LEAD, "lead.first_paragraph")
        has_lead = has_lead or line.role in (Role.LEAD, Role.BODY) or line.role is None
        line.decide(Role.BODY, "body.text")


def _is_heading(lines: Sequence[Draft], at: int) -> bool:
    form = lines[at].shape
    if (
        not form.is_title_like
        or form.piped
        or form.length > _HEADING
        or form.core.endswith(("，", ",", "：", ":", "、"))
    ):
        return False
    below = next((line for line in lines[at + 1 :] if line.role not in (Role.NAV, Role.CAPTION)), None)
    if below is None or below.role is not None:
        return False
    # `范黄英(Phạm Hoàng Anh)——永福省省委常务副书记` over his words is a speaker's name
    return not (below.shape.core.startswith("“") and "——" in form.core)


def mark_repeats(lines: Sequence[Draft]) -> None:
    """Point own lines that say again what an earlier own line said to its first print."""
    seen: dict[str, int] = {}
    for line in lines:
        if line.role not in OWN_ROLES:
            continue
        core = line.shape.core
        bare = _OPENING.sub("", core, count=1) if line.shape.length > 40 else core
        first = seen.get(core) or seen.get(bare)
        if first is not None:
            line.repeat_of = first
            continue
        seen[core] = line.no
        if len(bare) > 30:
            seen.setdefault(bare, line.no)
