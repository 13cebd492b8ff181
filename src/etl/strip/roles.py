"""Roles of a page's lines, strongest evidence first. Every rule leaves its name on the lines it decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.pages import Role
from etl.strip import body, captions, chrome, head, links, list_heads, marks, pairs, sections, tail
from etl.strip.draft import Draft
from etl.strip.templates import Template

_IMAGE = re.compile(r"\W*!\[[^\]]{0,60}\]\([^)]{0,300}\)\W*")

# `f　t　✉`, `———`, `Thời sự`: signs and foreign words of the site on a Chinese page; a figure may be the article's
_NO_WORDS = re.compile(r"[^\d|$€£¥%“”\"]{1,60}")
# `Đánh giá bài viết ★★★★☆ (12 lượt)`: Vietnamese around a Chinese article, figures or not
_VIETNAMESE = re.compile(
    r"[^|$€£¥%]{0,100}[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ][^|$€£¥%]{0,100}"
)


def assign(lines: list[Draft], stated: str | None = None, template: Template | None = None) -> None:
    """Decide every line. `stated` is the title the markup gives, `template` what was learned of the site."""
    if not lines:
        return
    _mark(lines, template)
    is_site = chrome.surrounds(lines)
    if is_site:
        for line in lines:
            if line.rule == "mark.reporter":  # `记者调查` of a menu: where many such lines stand, scores tell better
                line.role, line.rule = None, ""
        if not any(line.hint.tag for line in lines):
            captions.mark_printed_twice(lines)
        chrome.mark(lines, stated, template)
    else:
        head.mark_dates(lines)
        listed = head.mark_directory(lines)
        head.mark(lines)
        head.mark_next_of_page(lines, listed)
        list_heads.mark_own(lines)
        links.mark_promos(lines)
        links.mark_pointers(lines)
        links.mark_sure_rows(lines)
        list_heads.mark(lines)
        pairs.mark(lines)
        sections.mark(lines)
        tail.mark(lines)
        links.mark_rows(lines)
    captions.mark(lines, is_site=is_site)
    body.mark(lines)
    body.mark_repeats(lines)


def _is_foreign(core: str) -> bool:
    return _NO_WORDS.fullmatch(core) is not None or _VIETNAMESE.fullmatch(core) is not None


def _mark(lines: Sequence[Draft], template: Template | None) -> None:
    """Lines that name themselves, and lines that many pages of the site print."""
    is_chinese = sum(line.shape.han for line in lines) > 100
    for line in lines:
        known = template.role_of(line.hint) if template is not None else None
        found = marks.find(line.shape.core)
        if known is not None:
            line.decide(known, "template.line")
        elif found is not None:
            line.decide(*found)
        elif line.shape.han == 0 and is_chinese and _is_foreign(line.shape.core):
            line.decide(Role.NAV, "mark.no_words")
        elif _IMAGE.fullmatch(line.text):
            line.decide(Role.NAV, "mark.image")
