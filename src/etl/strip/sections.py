"""Other articles told by where they stand: lists under a marker, a second article under its own date, lone titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.pages import Role
from etl.strip import agreement, captions, list_heads
from etl.strip.draft import Draft

_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、.)）是]|第[一二三四五六七八九十]{1,3}|[（(]\d{1,2}[)）]|[—●■◆“「]"
)
_RANKED = re.compile(r"\d{1,2}[\s.、．]{1,3}\D")
_FIGURE = re.compile(r"[\d０-９]|[:：？?！!　 ]")
_YOURS = re.compile(r"[您你]")
_SHARED = 0.6  # of a title's words in the article's text: above it the title may be the article's own
_STRANGE = 0.15
_MANY_HEADINGS = 3
_LIST = 12
_ENOUGH_ABOVE = 60
_TOPIC = 8


def mark(lines: Sequence[Draft]) -> None:
    """Give the lines of lists, second articles and appeals to the reader their roles."""
    _listed(lines)
    _second_article(lines)
    _lone_titles(lines)
    _appeals(lines)


def _listed(lines: Sequence[Draft]) -> None:
    """Titles under a marker inside the page, up to the next paragraph: `最新`, `你可能错过`."""
    known: set[str] | None = None
    for at, line in enumerate(lines):
        if line.rule not in list_heads.RULES:
            continue
        known = _known(lines) if known is None else known
        for other in lines[at + 1 : at + 1 + _LIST]:
            if other.role is not None:
                if other.role in (Role.NAV, Role.RELATED):
                    continue
                break
            form = other.shape
            if not form.is_title_like or form.core.endswith((":", "：")) or _NUMBERED.match(form.core):
                break
            if not _RANKED.match(form.core) and agreement.share(form.core, known) - _own_part(form.length) > _SHARED:
                break
            other.decide(Role.RELATED, "sections.listed")


def _own_part(length: int) -> float:
    """Common words that any two headlines of one outlet share weigh more in short ones."""
    return 0.1 if length < 12 else 0.0


def _second_article(lines: Sequence[Draft]) -> None:
    """A title over its own full date below the article's text, in other words than the article: all that follows."""
    above = 0
    for at, line in enumerate(lines):
        if line.role is None:
            above += line.shape.length if line.shape.is_paragraph_like else 0
            continue
        if line.role is not Role.DATELINE or above < _ENOUGH_ABOVE or at + 1 >= len(lines):
            continue
        title = next((k for k in range(at - 1, max(-1, at - 4), -1) if lines[k].role is not Role.NAV), None)
        if title is None or lines[title].role is not None or not _is_headline(lines[title]):
            continue
        text = agreement.pairs("".join(other.shape.core for other in lines[:title] if other.role in (None, Role.TITLE)))
        below = [other for other in lines[at + 1 :] if other.role is None and other.shape.is_paragraph_like]
        if below and agreement.share(lines[title].shape.core, text) < 0.5:
            for other in lines[title:]:
                if other.role in (None, Role.DATELINE):
                    other.role, other.rule = Role.RELATED, "sections.second_article"
            return


def _is_headline(line: Draft) -> bool:
    return line.shape.is_title_like and line.shape.length >= 10 and not _NUMBERED.match(line.shape.core)


def _lone_titles(lines: Sequence[Draft]) -> None:
    """A headline between two paragraphs in words of neither: another article's, unless the page has many headings."""
    inside = [
        k
        for k in range(1, len(lines) - 1)
        if lines[k].role is None
        and lines[k].shape.is_title_like
        and not captions.is_credited(lines[k].shape)
        and _is_text(lines, k - 1, -1)
        and _is_text(lines, k + 1, 1)
    ]
    if not inside or len(inside) > _MANY_HEADINGS:
        return
    for k in inside:
        form = lines[k].shape
        if not 11 <= form.length <= 45 or form.core.endswith((":", "：", "，", "、", "”", "）", ")")):
            continue
        if form.piped or _NUMBERED.match(form.core) or _RANKED.match(form.core) or "——" in form.core:
            continue
        if _is_taken_up(lines, k):
            continue
        own = (other for other in lines if other is not lines[k] and other.role in (None, Role.TITLE, Role.CAPTION))
        if agreement.share(form.core, agreement.pairs("".join(other.shape.core for other in own))) <= _STRANGE:
            # 韩国志愿医生为和荣县儿童检查牙齿: without a figure more likely the words under a picture
            is_title = _FIGURE.search(form.core) is not None
            lines[k].decide(*((Role.PROMO, "sections.lone_title") if is_title else (Role.CAPTION, "sections.scene")))


def _is_taken_up(lines: Sequence[Draft], at: int) -> bool:
    """高平山区：水泵进村 over 在高平省…: the paragraph below names the topic that a heading sets before its colon."""
    topic, colon, _ = lines[at].shape.core.replace("：", ":").partition(":")
    if not colon or not 2 <= len(topic) <= _TOPIC:
        return False
    below = next((line for line in lines[at + 1 :] if line.role is None), None)
    return below is not None and topic[:2] in below.shape.core


def _is_text(lines: Sequence[Draft], at: int, step: int) -> bool:
    while 0 <= at < len(lines) and lines[at].role in (Role.CAPTION, Role.NAV):
        at += step
    return 0 <= at < len(lines) and lines[at].role is None and lines[at].shape.ends_sentence


def _appeals(lines: Sequence[Draft]) -> None:
    """A line to the reader between two of the site's own: `每月只需3万越盾，您就能…` under 支持我们的报道."""
    for at in range(len(lines) // 2, len(lines) - 1):
        above, line, below = lines[at - 1], lines[at], lines[at + 1]
        is_framed = above.rule == "mark.subscribe" or (above.role is Role.NAV and below.role is Role.NAV)
        if line.role is None and is_framed and line.shape.length <= 80 and _YOURS.search(line.shape.core):
            line.decide(Role.NAV, "sections.appeal")


def _known(lines: Sequence[Draft]) -> set[str]:
    text = (line.shape.core for line in lines if line.role in (None, Role.TITLE) and not line.shape.is_title_like)
    return agreement.pairs("".join(text)[:6000])
