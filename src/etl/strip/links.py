"""Other articles inside the page's text: doubled promo titles with their teasers, rows of linked titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.pages import Role
from etl.strip import agreement
from etl.strip.draft import Draft
from etl.strip.shape import Shape

# `范黄英(Phạm Hoàng Anh)——永福省省委常务副书记、…`: the spaces of a name part no titles
_LATIN_NAME = re.compile(r"[(（]\w+(?: \w+){1,4}[)）]")
_MARKDOWN_LINK = re.compile(r"\[[^\]]{4,80}\]\([^)]{4,200}\)")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")  # （于文涛与丁公使为卫生院揭牌）: a caption
_CREDITED = re.compile(r"[(（]\s?(?:Photo|Foto|Source|Ảnh|图|圖|资料|資料)")
# ► 越南—古巴大米合作：从田间到餐桌: the sign points elsewhere; a bullet may also open a point of the article
_POINTER = re.compile(r"[►▶▷▸➤➔➜➡→⇒⇨»›❯☞☛👉⏩]+\s?|[>＞]{1,3}\s?")
_BULLET = re.compile(r"[•▪◦※◎*＊+·・-]\s?")  # ●, ■ and ◆ open subheads
_ASKED = re.compile(r"\W{0,3}(?:记者|記者|问|問|答)\s?[:：]|.*[您你]")
_STRANGE = 0.35  # share of a title's words in the article
_VERY_STRANGE = 0.15
_HEADING = 45
_OWN_WORDS = 0.5
_SOME_WORDS, _SHORT_CLAUSE = 0.2, 8
_KNOWN = 0.75
# 越通社永隆3月2日电 题：“一碗米线留住归人”: what a wire says of itself opens the story
_WIRE = re.compile(r"[^\s。，]{2,20}[日号]\s?(?:专?电|電|消息|讯|訊)[\s　（(]")
_HEAD = 8
_SHORT_TITLE = 4
_LONGEST_ROW = 400


def mark_promos(lines: Sequence[Draft]) -> None:
    """`T T` on one line is another article's title; its teaser follows as one paragraph."""
    titles = {line.shape.core for line in lines if line.role is Role.TITLE}
    for at, line in enumerate(lines):
        if line.role is None and line.shape.doubled in titles:
            line.decide(Role.CAPTION, "caption.title_alt")  # the page's own title, twice: its picture's
        elif line.role is None and line.shape.doubled:
            line.decide(Role.PROMO, "promo.doubled_title")
            below = lines[at + 1] if at + 1 < len(lines) else None
            if below is not None and below.shape.is_paragraph_like and not below.shape.doubled:
                below.decide(Role.PROMO, "promo.teaser")
    for at, line in enumerate(lines[:_HEAD]):
        form = line.shape
        if line.rule == "mark.image":
            break
        # `…为450人接种。 |`: teasers above the body, each closed by a pipe (时代杂志, 2021)
        is_closed = form.piped and not line.text.lstrip().startswith("|")
        if at and is_closed and form.ends_sentence and form.commas:
            line.decide(Role.PROMO, "promo.piped_teaser")
    for line in lines:
        # `![]() 经过…`: an image glued to the teaser of another article
        if line.role is None and line.text.lstrip().startswith("![]()") and len(line.shape.core) > 12:
            line.decide(Role.PROMO, "promo.glued_image")


def mark_pointers(lines: Sequence[Draft]) -> None:
    """Titles of other articles one a line, each behind a pointing sign, or under the lead behind a bullet."""
    found = [at for at, line in enumerate(lines) if line.role is None and _is_pointed(line.shape)]
    if not found:
        return
    points = {line.shape.core for line in (lines[at] for at in found)}
    own = (line.shape.core for line in lines if line.role in (None, Role.TITLE) and line.shape.core not in points)
    known = agreement.pairs("".join(own))
    for at in found:
        form = lines[at].shape
        share = agreement.share(form.core, known)
        if _POINTER.match(form.core):
            limit = _KNOWN if _is_under_lead(lines, at, points) else 0.5
        else:
            limit = (_STRANGE if len(found) > 1 else _VERY_STRANGE) if _is_under_lead(lines, at, points) else 0.0
        if share < limit:
            lines[at].decide(Role.RELATED, "links.pointer")


def _is_pointed(form: Shape) -> bool:
    sign = _POINTER.match(form.core) or _BULLET.match(form.core)
    if sign is None or not 8 <= form.length <= 70 or form.stops or form.han < 5:
        return False
    if _ASKED.match(form.core):
        return False
    return not form.ends_sentence or (_POINTER.match(form.core) is not None and form.length <= 45)


def _is_under_lead(lines: Sequence[Draft], at: int, points: set[str]) -> bool:
    """One paragraph stands above, text goes on below, and only such lines stand between."""
    above = [line for line in lines[:at] if line.role is None and line.shape.core not in points]
    text = sum(line.shape.ends_sentence and line.shape.length >= 15 for line in above)
    below = next((line for line in lines[at + 1 :] if line.role is None and line.shape.core not in points), None)
    last = next((line for line in reversed(lines[:at]) if line.shape.core not in points), None)
    return (
        text == 1
        and last is not None
        and last.role is None
        and last.shape.ends_sentence
        and below is not None
        and below.shape.is_paragraph_like
    )


def mark_sure_rows(lines: Sequence[Draft]) -> None:
    """Rows that cannot be a title with a space in it: three titles, or two right under the lead."""
    for at, line in enumerate(lines):
        if line.role is not None or not is_row(line.shape):
            continue
        titles = sum(len(piece) >= 5 for piece in line.shape.pieces)
        glued = 1 < at < _HEAD and line.gap == 0 and lines[at - 1].shape.ends_sentence
        if titles >= 3 or (glued and line.shape.length >= 20):
            line.decide(Role.INLINE_LINKS, "links.row_of_titles")


def mark_rows(lines: Sequence[Draft]) -> None:
    """Rows of titles of other articles; only where other text is known to be the article's."""
    for at, line in enumerate(lines):
        if line.role is not None:
            continue
        if is_row(line.shape) and not _is_own_heading(lines, at):
            line.decide(Role.INLINE_LINKS, "links.row_of_titles")
        elif _is_lone_link(lines, at):
            line.decide(Role.INLINE_LINKS, "links.under_lead")
        elif _MARKDOWN_LINK.fullmatch(line.shape.core):
            line.decide(Role.INLINE_LINKS, "links.markdown")


def _is_own_heading(lines: Sequence[Draft], at: int) -> bool:
    """靠着“夜校补课”拿到文凭 工厂里的学生多起来: two clauses over a paragraph, in the words of the article."""
    form = lines[at].shape
    below = lines[at + 1] if at + 1 < len(lines) else None
    if form.core[0] in "■◆●▌" and below is not None and below.role is None and below.shape.ends_sentence:
        return True  # ■善款三路用　校舍留待明年 over what it heads
    if len(form.pieces) != 2 or form.length > _HEADING or below is None or below.role is not None:
        return False
    if not (below.shape.ends_sentence and below.shape.length >= form.length):
        return False
    text = "".join(line.shape.core for line in lines if line.role in (None, Role.TITLE) and line is not lines[at])
    # 街坊凑书款　孩子拆扑满: so short a pair heads a part more often than it links
    limit = _SOME_WORDS if max(map(len, form.pieces)) <= _SHORT_CLAUSE else _OWN_WORDS
    return agreement.share(form.core, agreement.pairs(text)) > limit


def is_row(form: Shape) -> bool:
    """Two or more titles with spaces between them and no full stop."""
    if form.ends_sentence or form.length > _LONGEST_ROW or form.stops or "。" in form.core:
        return False
    if _BRACKETED.fullmatch(form.core) or _CREDITED.search(form.core) or _WIRE.match(form.core):
        return False
    titles = [piece for piece in form.pieces if len(piece) >= 5]
    if len(titles) < 2 or form.han < 0.5 * form.length or _LATIN_NAME.search(form.core):
        return False
    short = sum(len(piece) for piece in form.pieces if len(piece) == _SHORT_TITLE)  # 台风无情 朋友有情
    return sum(map(len, titles)) + short >= 0.8 * form.length


def _is_lone_link(lines: Sequence[Draft], at: int) -> bool:
    """A single title glued under the lead of a page that sets its paragraphs apart by empty lines."""
    if not 1 < at < len(lines) - 2:
        return False
    line, lead, below = lines[at], lines[at - 1], lines[at + 1]
    form = line.shape
    if _BRACKETED.fullmatch(form.core):
        return False
    under_lead = lead.role is None and lead.shape.ends_sentence and lead.gap > 0 and line.gap == 0
    over_dateline = any(above.role is Role.DATELINE for above in lines[max(0, at - 3) : at - 1])
    is_title = 10 <= form.length <= 45 and form.commas <= 1 and form.is_title_like
    return under_lead and over_dateline and is_title and below.gap > 0 and below.shape.core != form.core
