"""The site around the article: menus, share bars, lists of links, footers, told apart by the scores of all lines."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from etl.pages import Role
from etl.strip import evidence, list_heads, scoring
from etl.strip.draft import Draft
from etl.strip.shape import Shape
from etl.strip.templates import Template
from etl.strip.title import early_title, likely_title, stated_title

_MENU_LENGTH = 12
_MENU_COUNT = 14
_MENU_SHARE = 0.3
_SENTENCE = 15
_DOUBTFUL = -3.0


def surrounds(lines: Sequence[Draft]) -> bool:
    """The page carries its site's menus: markup is known, or many lines look like menu entries or rows of them."""
    if any(line.hint.tag for line in lines):
        return True
    count = 0
    for form in {line.shape for line in lines if line.rule != "mark.related"}:
        if form.ends_sentence or form.stops:
            count += 2 * (evidence.notices(form) > 0)
            continue
        count += form.length < _MENU_LENGTH
        count += 2 * (form.length < 300 and (len(form.pieces) >= 5 or evidence.site_words(form) >= 2))
    return count >= max(_MENU_COUNT, _MENU_SHARE * len(lines))


def mark(lines: list[Draft], stated: str | None, template: Template | None = None) -> None:
    """Give the lines of the site their roles and find the title; the article's other lines stay undecided."""
    forms = [line.shape for line in lines]
    hints = [line.hint for line in lines]
    known = stated_title(stated, forms, hints)
    early = known if known is not None else early_title(forms, hints)
    scores = scoring.scores(forms, hints, [line.gap for line in lines], early)
    if template is not None:
        scores = [_with_template(score, line, template) for score, line in zip(scores, lines, strict=True)]
    taken = scoring.own(scores, forms)
    text = evidence.prose(forms, hints)
    for easier in (1.0, 2.0, 4.0, 8.0):  # a page of two short sentences is a page: take what is most like text
        if any(taken):
            break
        taken = scoring.own(
            [
                score + (easier if size and not evidence.notices(form) else 0)
                for score, size, form in zip(scores, text, forms, strict=True)
            ],
            forms,
        )
    taken = _to_author(_whole(taken, scores, forms, text, early), scores, lines)
    for line, score, own in zip(lines, scores, taken, strict=True):
        line.score, line.own = score, own
    if not any(taken):
        return
    first = taken.index(True)
    last = len(taken) - 1 - taken[::-1].index(True)
    title = known if known is not None else likely_title(forms, hints, taken)
    if title is not None:
        lines[title].role, lines[title].rule = Role.TITLE, "title.stated" if known is not None else "title.over_text"
        lines[title].own = True
    _frame(lines, first, last, title)


def _whole(
    taken: list[bool], scores: Sequence[float], forms: Sequence[Shape], text: Sequence[int], title: int | None
) -> list[bool]:
    """An article has no text above its title and no holes: a paragraph between two of its paragraphs is its own."""
    taken = list(taken)
    sizes = [size if own else 0 for size, own in zip(text, taken, strict=True)]
    if title is not None and sum(sizes[title:]) > 0.6 * sum(sizes):
        taken[:title] = [False] * title
    own = [k for k, (is_own, size) in enumerate(zip(taken, text, strict=True)) if is_own and size]
    for above, below in itertools.pairwise(own):
        if below - above <= 3:
            for k in range(above + 1, below):
                plain = forms[k].ends_sentence and forms[k].length >= 25 and not evidence.notices(forms[k])
                taken[k] = taken[k] or (plain and scores[k] > -4.5)
    return taken


def _to_author(taken: list[bool], scores: Sequence[float], lines: Sequence[Draft]) -> list[bool]:
    """A sentence between the last paragraph and the author's name ends the article, short as it may be."""
    last = max((k for k, own in enumerate(taken) if own), default=None)
    if last is None or last + 2 >= len(lines):
        return taken
    line, below = lines[last + 1], lines[last + 2]
    form = line.shape
    plain = form.core.endswith("。") and form.length >= _SENTENCE and not evidence.notices(form) and line.role is None
    if plain and below.role is Role.BYLINE and scores[last + 1] > _DOUBTFUL:
        taken = [*taken[: last + 1], True, *taken[last + 2 :]]
    return taken


def _with_template(score: float, line: Draft, template: Template) -> float:
    """The score of a line, moved by what its place holds on the site's other pages."""
    if line.rule == "template.line":
        return -9.0
    share = template.share_at(line.hint)
    if share is None:
        return score
    return score + 1.5 * math.log((share + 0.05) / (1.05 - share))


def _frame(lines: list[Draft], first: int, last: int, title: int | None) -> None:
    head = first if title is None else min(first, title)
    listed = False  # below 延伸阅读, until the site's own words go on
    for k, line in enumerate(lines):
        listed = k > last and (line.rule in list_heads.RULES or (listed and _is_entry(line)))
        if line.own and line.hint.tag != "alt":
            continue
        if line.hint.tag == "alt":
            line.decide(*_of_alt(lines, k, first, last))
        elif head - 2 <= k <= first + 1 and evidence.is_dateline(line.shape):
            line.decide(Role.DATELINE, "scores.dateline")
        elif k > last and line.shape.length >= 8 and line.hint.link_density > 0.5:
            line.decide(Role.RELATED, "scores.linked_title")
        elif listed and line.role is None:
            line.decide(Role.RELATED, "scores.listed_title")
        else:
            line.decide(Role.NAV, "scores.site")


def _is_entry(line: Draft) -> bool:
    """A title in a list: `· 河口口岸前10月进出口货值破200亿元`."""
    return (
        line.role is None and line.shape.length >= 8 and line.shape.is_title_like and not evidence.notices(line.shape)
    )


def _of_alt(lines: Sequence[Draft], k: int, first: int, last: int) -> tuple[Role, str]:
    inside = first <= k <= last and lines[k].hint.link_density < 1
    return (Role.CAPTION, "caption.image_alt") if inside else (Role.NAV, "scores.image_alt")
