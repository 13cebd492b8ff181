"""Which line is the article's title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.pages import RenderedLine
from etl.strip import evidence
from etl.strip.agreement import pairs
from etl.strip.shape import Shape

_SPACE = re.compile(r"\s+")
_REACH = 30  # lines above the text in which a title is looked for


def stated_title(stated: str | None, forms: Sequence[Shape], hints: Sequence[RenderedLine]) -> int | None:
    """Index of the line that prints what the markup states as the title, headings first, then the longest."""
    if not stated:
        return None
    whole = _SPACE.sub("", stated)
    best: tuple[bool, int] | None = None
    found = None
    for k, (form, hint) in enumerate(zip(forms, hints, strict=True)):
        bare = _SPACE.sub("", form.core) if 6 <= form.length <= 90 else ""
        if bare and bare in whole and hint.link_density < 0.5 and hint.tag != "alt":
            rank = (hint.tag in ("h1", "h2"), len(bare))
            if best is None or rank > best:
                best, found = rank, k
    return found


def early_title(forms: Sequence[Shape], hints: Sequence[RenderedLine]) -> int | None:
    """Index of the first line that looks like a title over a dateline with a year; needs no knowledge of the text."""
    dates = [evidence.is_head_date(form) for form in forms]
    for k, form in enumerate(forms):
        if not any(dates[k + 1 : k + 4]) or dates[k] or not 8 <= form.length <= 60 or form.han < 6:
            continue
        is_menu = evidence.site_words(form) > 1 or len(form.pieces) > 4 or evidence.is_tail_mark(form)
        if form.stops or is_menu or ">" in form.core or hints[k].link_density > 0.5 or hints[k].tag == "alt":
            continue
        return k
    return None


def likely_title(forms: Sequence[Shape], hints: Sequence[RenderedLine], own: Sequence[bool]) -> int | None:
    """Index of the line above the text that shares its words, stands over a dateline or is a first heading."""
    first = own.index(True)
    text = "".join(form.core for form, taken in zip(forms, own, strict=True) if taken)[:4000]
    known = pairs(text)
    best, found = 1.0, None
    for k in range(max(0, first - _REACH), min(first + 2, len(forms))):
        form, hint = forms[k], hints[k]
        if (
            not 6 <= form.length <= 60
            or form.stops
            or form.core.endswith(("。", "；", "，"))
            or evidence.is_dateline(form)
        ):
            continue
        words = pairs(form.core)
        if evidence.site_words(form) > 1 or form.han < 4:
            continue
        if not words or hint.tag == "alt" or hint.link_density > 0.5:
            continue
        score = 4 * len(words & known) / len(words) - 0.05 * (first - k)
        score += 1.0 if any(evidence.is_dateline(below) for below in forms[k + 1 : k + 4]) else 0.0
        score += 2.0 if hint.tag == "h1" else 0.5 if hint.tag in ("h2", "h3") else 0.0
        score -= 1.5 if evidence.is_tail_mark(form) or ">" in form.core else 0.0
        if score > best:
            best, found = score, k
    return found
