"""Roles of a page's lines from generic evidence: forms, repeats, pairs, link rows, positions, end marks."""

from __future__ import annotations

import re

from etl.pages import Role
from etl.strip import chrome, marks, pairs
from etl.strip.draft import Draft, free
from etl.strip.shape import Shape
from etl.strip.templates import Template

_OPENING = re.compile(r"^(?:[(（《【][^)）》】]{2,20}[)）》】]|\S{0,6}(?:社|报)\S{0,12}(?:日|电)|越通社)")
_CAPTION_MARK = re.compile(r"(?:图自|图片来源|摄影|图[:：]|[(（]图|ảnh \d|hinh anh \d)")
_CAPTION_SCENE = re.compile(r"[左右中][一二三四五六][）)]|合影")
_LATIN_NAME = re.compile(r"[(（]\w+(?: \w+){1,4}[)）]")
_ALT_PREFIX = re.compile(r"Bản in ?:|.{4,80}(?:ảnh|hinh anh) \d")
_IMAGE = re.compile(r"^\W*!\[\]\(\)\W*$")


def assign(lines: list[Draft], stated: str | None = None, template: Template | None = None) -> None:
    """Decide every line, strongest evidence first. `stated` is the title that the markup of the page gives."""
    if not lines:
        return
    _mark(lines)
    if template is not None:
        for line in lines:
            known = template.role_of(line.hint)
            if known is not None:
                line.decide(known, "template.line")
    is_site = chrome.surrounds(lines)
    if is_site:
        chrome.mark(lines, stated, template)
    else:
        _title(lines)
        _promos(lines)
        pairs.mark(lines)
        _tail(lines)
        _link_rows(lines)
    _captions(lines, is_site)
    _body(lines)
    _repeats(lines)


def _mark(lines: list[Draft]) -> None:
    for line in lines:
        found = marks.find(line.shape.core)
        if found is not None:
            line.decide(*found)
        elif _IMAGE.match(line.text):
            line.decide(Role.NAV, "mark.image")


def _title(lines: list[Draft]) -> None:
    """The first title-like line of the head; a kicker ending in a colon takes the next line with it."""
    head = free(lines)[:8]
    while head and head[0].shape.han < 0.2 * head[0].shape.length:
        head.pop(0).decide(Role.NAV, "head.other_script")
    for at, line in enumerate(head):
        form = line.shape
        if form.is_paragraph_like and len(form.pieces) < 4 and not (at == 0 and form.stops == 0 and form.length <= 70):
            return
        if len(form.pieces) >= 4 and at == 0 and form.length > 60:
            line.decide(Role.INLINE_LINKS, "head.ticker")
            continue
        if form.length >= 4:
            line.decide(Role.TITLE, "head.first_title_like")
            if form.core.endswith((":", "：")) and at + 1 < len(head):
                head[at + 1].decide(Role.TITLE, "head.after_kicker")
            return


def _tail(lines: list[Draft]) -> None:
    """Other articles and the site's own words after the article's end: after its end mark or a tail marker."""
    start = _after_end(lines)
    for line in lines[start:] if start is not None else ():
        line.decide(Role.RELATED, "tail.after_end_mark")
    undecided = [line.shape.length if line.role is None else 0 for line in lines]
    for at, line in enumerate(lines):
        if line.rule != "mark.related":
            continue
        before, after = sum(undecided[:at]), sum(undecided[at:])
        if not before and not any(line.role is Role.TITLE for line in lines[:at]):
            line.role, line.rule = Role.NAV, "mark.section"
        elif after < 0.4 * before:
            for below in lines[at:]:
                below.decide(Role.RELATED, "tail.after_marker")
            return


def _after_end(lines: list[Draft]) -> int | None:
    """What follows the article's end mark, its byline excepted, is of other articles."""
    for at, line in enumerate(lines):
        if marks.ends_article(line.shape.core) and line.role is None:
            return at + 1
    return None


def _promos(lines: list[Draft]) -> None:
    """`T T` on one line is another article's title; its teaser follows as one paragraph."""
    for at, line in enumerate(lines):
        if line.role is None and line.shape.doubled:
            line.decide(Role.PROMO, "promo.doubled_title")
            if at + 1 < len(lines) and lines[at + 1].shape.is_paragraph_like:
                lines[at + 1].decide(Role.PROMO, "promo.teaser")
    for at, line in enumerate(lines[:8]):
        if any(before.rule == "mark.image" for before in lines[:at]):
            break
        # `…为450人接种。 |`: teasers above the body, each closed by a pipe (时代杂志, 2021)
        if (
            at
            and line.shape.piped
            and line.shape.ends_sentence
            and line.shape.commas
            and not line.text.lstrip().startswith("|")
        ):
            line.decide(Role.PROMO, "promo.piped_teaser")


def _captions(lines: list[Draft], is_site: bool) -> None:
    waiting = free(lines)
    for at, (line, after) in enumerate(zip(waiting, waiting[1:], strict=False)):
        # The lead printed again as the first paragraph is no caption.
        if at and not is_site and line.shape.core == after.shape.core and line.shape.length <= 200:
            line.decide(Role.CAPTION, "caption.doubled")
            after.decide(Role.CAPTION, "caption.doubled")
    title = next((line.shape.core for line in lines if line.role is Role.TITLE), "")
    lead = waiting[0] if waiting else None
    for at, line in enumerate(lines):
        form = line.shape
        if line.role is not None:
            continue
        if at and lines[at - 1].rule == "mark.image" and form.length <= 160:
            line.decide(Role.CAPTION, "caption.under_image")
        elif at and lines[at - 1].role is Role.CAPTION and not line.gap and form.length <= 60 and form.stops == 0:
            if at + 1 < len(lines) and lines[at + 1].gap:
                line.decide(Role.CAPTION, "caption.under_caption")
        elif not is_site and _is_lone_caption(lines, at):
            line.decide(Role.CAPTION, "caption.one_plain_sentence")
        elif _ALT_PREFIX.match(form.core):
            line.decide(Role.CAPTION, "caption.alt_text")
            if at + 1 < len(lines) and not lines[at + 1].gap and form.core.startswith("B"):
                lines[at + 1].decide(Role.CAPTION, "caption.under_alt_text")
        elif title and not is_site and form.core.startswith(title) and at:
            line.decide(Role.CAPTION, "caption.title_alt")
        elif form.length <= 120 and form.stops <= 1 and _is_credited(form):
            line.decide(Role.CAPTION, "caption.credit")
        elif form.piped and form.length <= 120 and form.stops == 0:
            line.decide(Role.CAPTION, "caption.piped")
        elif not is_site and (
            0 < at < len(lines) - 2
            and line.gap
            and lines[at + 2].gap
            and line is not lead
            and not lines[at + 1].gap
            and lines[at + 1].role is None
            and form.length <= 80
            and lines[at + 1].shape.length <= 80
            and form.stops == 0 == lines[at + 1].shape.stops
            and any(before.gap for before in lines)
        ):
            line.decide(Role.CAPTION, "caption.pair")
            lines[at + 1].decide(Role.CAPTION, "caption.pair")


def _is_credited(form: Shape) -> bool:
    """`…。图自越通社`, `(图:时代报)`; or a short scene such as `林志遠會長(右三)向安江省代表轉交捐款牌。`"""
    if _CAPTION_MARK.search(form.core[-40:]):
        return True
    return form.length <= 60 and form.commas <= 1 and _CAPTION_SCENE.search(form.core) is not None


def _is_lone_caption(lines: list[Draft], at: int) -> bool:
    """One short sentence without a comma between long paragraphs: `…活动在平阳大学举行。`"""
    form = lines[at].shape
    if not form.ends_sentence or form.commas or form.stops or form.length > 40 or not 2 <= at < len(lines) - 1:
        return False
    around = (lines[at - 1], lines[at + 1])
    return all(line.role is None and line.shape.length > 2 * form.length for line in around)


def _link_rows(lines: list[Draft]) -> None:
    for at, line in enumerate(lines):
        form = line.shape
        if line.role is not None or form.ends_sentence or form.length > 400:
            continue
        titles = [piece for piece in form.pieces if len(piece) >= 5]
        if len(titles) < 2 or "。" in form.core or form.stops or form.han < 0.5 * form.length:
            continue
        if _LATIN_NAME.search(form.core):
            continue
        if sum(map(len, titles)) >= 0.8 * form.length:
            line.decide(Role.INLINE_LINKS, "links.row_of_titles")


def _body(lines: list[Draft]) -> None:
    is_first = True
    for at, line in enumerate(lines):
        if line.role is not None:
            continue
        form = line.shape
        if form.is_title_like and not form.piped and (form.length <= 45) and not form.core.endswith(("，", ",", "：", ":")):
            below = next((after for after in lines[at + 1 :] if after.role not in (Role.NAV, Role.CAPTION)), None)
            is_speaker = below is not None and below.shape.core.startswith("“") and "——" in form.core
            if below is not None and below.role is None and not is_speaker:
                line.decide(Role.HEADING, "heading.short_over_text")
        if line.role is None and is_first and not any(b.role is Role.CAPTION for b in lines[:at]):
            line.decide(Role.LEAD, "lead.first_paragraph")
        is_first = is_first and line.role is not Role.LEAD
        line.decide(Role.BODY, "body.text")


def _repeats(lines: list[Draft]) -> None:
    """Own lines that say again what an earlier own line said."""
    seen: dict[str, Draft] = {}
    for line in lines:
        if line.role not in (Role.TITLE, Role.LEAD, Role.HEADING, Role.BODY, Role.CAPTION):
            continue
        key = line.shape.core
        first = seen.setdefault(key, line)
        if first is not line:
            line.repeat_of = first.no
