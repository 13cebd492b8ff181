"""Roles of a page's lines from generic evidence: forms, repeats, pairs, link rows, positions, end marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.pages import Role
from etl.strip import marks
from etl.strip.shape import Shape, shape

_OPENING = re.compile(r"^(?:[(（《【][^)）》】]{2,20}[)）》】]|\S{0,6}(?:社|报)\S{0,12}(?:日|电)|越通社)")
_CAPTION_MARK = re.compile(
    r"(?:图自|图片来源|摄影|图[:：]|[(（]图|ảnh \d|hinh anh \d|左[一二三四五六]|右[一二三四五六]|合影)"
)
_LATIN_NAME = re.compile(r"[(（]\w+(?: \w+){1,4}[)）]")
_ALT_PREFIX = re.compile(r"Bản in ?:|.{4,80}(?:ảnh|hinh anh) \d")
_IMAGE = re.compile(r"^\W*!\[\]\(\)\W*$")


@dataclass(slots=True)
class Draft:
    """A line while its role is being decided."""

    no: int
    text: str
    shape: Shape
    gap: int
    role: Role | None = None
    rule: str = ""
    repeat_of: int | None = None

    def decide(self, role: Role, rule: str) -> None:
        """Give the line its role unless an earlier rule already did."""
        if self.role is None:
            self.role, self.rule = role, rule


def drafts(texts: Sequence[str]) -> list[Draft]:
    """The non-empty lines, numbered over all lines, each with the number of empty lines before it."""
    found, gap = [], 0
    for no, text in enumerate(texts, 1):
        if not text.strip():
            gap += 1
            continue
        found.append(Draft(no, text, shape(text), gap))
        gap = 0
    return found


def assign(lines: list[Draft]) -> None:
    """Decide every line, strongest evidence first."""
    _mark(lines)
    _title(lines)
    _tail(lines)
    _promos(lines)
    _link_rows(lines)
    _captions(lines)
    _body(lines)
    _repeats(lines)


def _mark(lines: list[Draft]) -> None:
    for line in lines:
        found = marks.find(line.shape.core)
        if found is not None:
            line.decide(*found)
        elif _IMAGE.match(line.text):
            line.decide(Role.NAV, "mark.image")


def _free(lines: list[Draft]) -> list[Draft]:
    return [line for line in lines if line.role is None]


def _title(lines: list[Draft]) -> None:
    """The first title-like line of the head; a kicker ending in a colon takes the next line with it."""
    head = _free(lines)[:8]
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
    start = _marked_tail(lines)
    if start is None:
        start = _after_end(lines)
    if start is None:
        start = _paired_tail(lines)
    for line in lines[start:] if start is not None else ():
        line.decide(Role.RELATED, "tail")


def _marked_tail(lines: list[Draft]) -> int | None:
    for at, line in enumerate(lines):
        if line.rule == "mark.related" and at == 0:
            line.role, line.rule = Role.NAV, "mark.section"
        if line.rule == "mark.related" and any(before.role is None for before in lines[:at]):
            return at
    return None


def _after_end(lines: list[Draft]) -> int | None:
    """What follows the article's end mark, its byline excepted, is of other articles."""
    for at, line in enumerate(lines):
        if marks.ends_article(line.shape.core) and line.role is None:
            return at + 1
    return None


def _paired_tail(lines: list[Draft]) -> int | None:
    """An unbroken run of title and teaser pairs down to the last line, without any marker."""
    at = len(lines)
    pairs = 0
    start = None
    while at >= 2:
        while at and lines[at - 1].role is Role.NAV:
            at -= 1
        if at < 2:
            break
        teaser, title = lines[at - 1], lines[at - 2]
        if teaser.role is not None or title.role is not None or not title.shape.is_title_like:
            break
        if teaser.shape.length < 12 or title.shape.ends_sentence or teaser.shape.core == title.shape.core:
            break
        at -= 2
        pairs += 1
        if at and lines[at - 1].shape.core == title.shape.core:
            at -= 1
        start = at
    after_byline = start is not None and start and lines[start - 1].role is Role.BYLINE
    return start if pairs >= 3 or (pairs and after_byline) else None


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


def _captions(lines: list[Draft]) -> None:
    free = _free(lines)
    for at, (line, after) in enumerate(zip(free, free[1:], strict=False)):
        # The lead printed again as the first paragraph is no caption.
        if at and line.shape.core == after.shape.core and line.shape.length <= 200:
            line.decide(Role.CAPTION, "caption.doubled")
            after.decide(Role.CAPTION, "caption.doubled")
    title = next((line.shape.core for line in lines if line.role is Role.TITLE), "")
    lead = free[0] if free else None
    for at, line in enumerate(lines):
        form = line.shape
        if line.role is not None:
            continue
        if at and lines[at - 1].rule == "mark.image" and form.length <= 160:
            line.decide(Role.CAPTION, "caption.under_image")
        elif at and lines[at - 1].role is Role.CAPTION and not line.gap and form.length <= 60 and form.stops == 0:
            if at + 1 < len(lines) and lines[at + 1].gap:
                line.decide(Role.CAPTION, "caption.under_caption")
        elif _is_lone_caption(lines, at):
            line.decide(Role.CAPTION, "caption.one_plain_sentence")
        elif _ALT_PREFIX.match(form.core):
            line.decide(Role.CAPTION, "caption.alt_text")
            if at + 1 < len(lines) and not lines[at + 1].gap and form.core.startswith("B"):
                lines[at + 1].decide(Role.CAPTION, "caption.under_alt_text")
        elif title and form.core.startswith(title) and at:
            line.decide(Role.CAPTION, "caption.title_alt")
        elif form.length <= 120 and form.stops <= 1 and _CAPTION_MARK.search(form.core[-40:]):
            line.decide(Role.CAPTION, "caption.credit")
        elif form.piped and form.length <= 120 and form.stops == 0:
            line.decide(Role.CAPTION, "caption.piped")
        elif (
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
        if form.is_title_like and not form.piped and (form.length <= 45) and not form.core.endswith(("，", ",")):
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
