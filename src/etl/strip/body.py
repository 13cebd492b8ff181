"""The article's text: headings, the lead, paragraphs, and what is printed again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.pages import OWN_ROLES, Role
from etl.strip.draft import Draft

_HEADING = 45
_SCENE, _SCENE_HEADING = 7, 20
# `越通社河内——11月3日上午…` repeats the lead behind the agency's name
_OPENING = re.compile(r"^(?:[(（【《][^)）】》]{1,16}[)）】》]|[\u4e00-\u9fff0-9]{2,16}(?=——|-|—))\s?[-—–]{0,2}\s?")
_LABEL = re.compile(
    r"(?:[下后][一]?步|接下来|接下來|后续|後續|展望|未来|未來|将来|背景|结语|結語|尾声|尾聲|缘起|緣起|起因|经过|數字|数字|影响|反响|花絮|现场|成果|难题|明天|今后)[一-鿿]{0,1}"
)


def mark(lines: Sequence[Draft]) -> None:
    """Give all lines that are still undecided a role of the article's text."""
    below = _below(lines)
    has_begun = False
    for line, next_line in zip(lines, below, strict=True):
        has_begun = has_begun or line.role in (Role.CAPTION, Role.LEAD)
        if line.role is not None:
            continue
        if has_begun and _heads_nothing(line, next_line):
            line.decide(Role.CAPTION, "caption.heads_nothing")
            continue
        if _is_heading(line, next_line):
            line.decide(Role.HEADING, "heading.short_over_text")
            continue
        line.decide(*((Role.BODY, "body.text") if has_begun else (Role.LEAD, "lead.first_paragraph")))
        has_begun = True


def _below(lines: Sequence[Draft]) -> list[Draft | None]:
    """For each line the next one that is no caption and no mark of the site."""
    found: list[Draft | None] = []
    following: Draft | None = None
    for line in reversed(lines):
        found.append(following)
        if line.role not in (Role.NAV, Role.CAPTION):
            following = line
    return found[::-1]


def _is_heading(line: Draft, below: Draft | None) -> bool:
    form = line.shape
    if (
        not (form.is_title_like or _is_label(line, below))
        or form.piped
        or form.length > _HEADING
        or form.core.endswith(("，", ",", "：", ":", "、"))
    ):
        return False
    if below is None or (below.role is not None and below.rule != "body.listed"):
        return False
    # `范黄英(Phạm Hoàng Anh)——永福省省委常务副书记` over his words is a speaker's name
    return not (below.shape.core.startswith("“") and "——" in form.core)


def _heads_nothing(line: Draft, below: Draft | None) -> bool:
    """乡亲挑水上坡 close under a paragraph and apart from the heading after it: the words of a picture."""
    if below is None or line.gap or not below.gap or below.role is not None or line.shape.length < _SCENE:
        return False
    return _is_heading(line, below) and below.shape.is_title_like and below.shape.length <= _SCENE_HEADING


def _is_label(line: Draft, below: Draft | None) -> bool:
    """下一步, 接下来, 结语 alone between two paragraphs; a name there is somebody's."""
    form = line.shape
    is_apart = line.gap > 0 and below is not None and below.gap > 0 and below.shape.ends_sentence
    return is_apart and _LABEL.fullmatch(form.core) is not None


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
