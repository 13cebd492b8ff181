"""The end of a plain page: what follows the article's end mark, a tail marker or its last paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from etl.pages import Role
from etl.strip import evidence, marks
from etl.strip.draft import Draft

_TITLE_SIGNS = 6
_SMALL_PART = 0.4  # of the text above a marker: more text below it is the article going on


def mark(lines: Sequence[Draft]) -> None:
    """Give other articles and the site's own words below the article their roles."""
    _after_end_mark(lines)
    _after_marker(lines)
    _last_titles(lines)
    _dated_titles(lines)
    _signatures(lines)
    _notices(lines)


def _after_end_mark(lines: Sequence[Draft]) -> None:
    for at, line in enumerate(lines):
        if line.role is None and marks.ends_article(line.shape.core):
            for below in lines[at + 1 :]:
                below.decide(Role.RELATED, "tail.after_end_mark")
            return


def _after_marker(lines: Sequence[Draft]) -> None:
    total = sum(line.shape.length for line in lines if line.role is None)
    above = 0
    has_title = False
    for at, line in enumerate(lines):
        above += line.shape.length if line.role is None else 0
        has_title = has_title or line.role is Role.TITLE
        if line.rule != "mark.related":
            continue
        if not above and not has_title:
            line.role, line.rule = Role.NAV, "mark.section"  # 新闻 above the title names the section
        elif total - above < (1.0 if _is_closed(lines, at) else _SMALL_PART) * above:
            for other in lines[at:]:
                other.decide(Role.RELATED, "tail.after_marker")
                if other.role is Role.DATELINE and other.shape.han >= _TITLE_SIGNS:
                    other.role, other.rule = Role.RELATED, "tail.dated_title"  # 2020-01-03　港青赴老撾義教
            return


def _is_closed(lines: Sequence[Draft], at: int) -> bool:
    """The article's source, author or date stands right above: its text is over."""
    above = lines[at - 1] if at else None
    text = any(line.role is None and _is_text(line) for line in lines[:at])
    return text and above is not None and above.role in (Role.BYLINE, Role.DATELINE)


def _last_titles(lines: Sequence[Draft]) -> None:
    """Titles below the last paragraph head nothing: they are other articles'."""
    last = max((k for k, line in enumerate(lines) if line.role is None and _is_text(line)), default=None)
    if last is None:
        return
    titles = [line for line in lines[last + 1 :] if line.role is None]
    if len({line.shape.core for line in titles}) < 2 or not all(_is_short(line) for line in titles):
        return
    above = next((line for line in lines[last + 1 :] if line.role is not None), None)
    if len(titles) >= 3 or above is not None:
        for line in titles:
            if line.shape.length >= 8:
                line.decide(Role.RELATED, "tail.titles")


def _is_short(line: Draft) -> bool:
    """A title, or the two or three characters of a section's name: 澳聞."""
    form = line.shape
    return form.is_title_like or (form.length < 4 and form.han == form.length)


def _dated_titles(lines: Sequence[Draft]) -> None:
    """Two dates or more below the last paragraph are other articles': `2022-09-01 河内举行秋季书香节`."""
    last = max((k for k, line in enumerate(lines) if line.role is None and _is_text(line)), default=None)
    if last is None:
        return
    dated = [k for k in range(last + 1, len(lines)) if lines[k].role is Role.DATELINE]
    for k in dated if len(dated) > 1 else ():
        if lines[k - 1].role is Role.RELATED or lines[k].shape.han >= 6:
            lines[k].role, lines[k].rule = Role.RELATED, "tail.dated_title"


def _signatures(lines: Sequence[Draft]) -> None:
    """A name alone between the last paragraph and what is not the article's: 清玄."""
    for at, line in enumerate(lines):
        form = line.shape
        name = form.core.replace(" ", "").replace("\u3000", "")
        if line.role is not None or not 2 <= len(name) <= 4 or form.han != len(name) or at < 2:
            continue
        is_last = all(below.role is not None for below in lines[at + 1 :])
        if is_last and lines[at - 1].role is None and _is_text(lines[at - 1]):
            line.decide(Role.BYLINE, "tail.signature")


def _is_text(line: Draft) -> bool:
    form = line.shape
    return (form.ends_sentence and form.length >= 20) or (form.stops > 0 and form.length >= 25)


def _notices(lines: Sequence[Draft]) -> None:
    """What the site says of its rights at the page's foot: 未經授權，不得轉載。"""
    for line in reversed(lines):
        if line.role is None:
            if evidence.notices(line.shape) < 2 or line.shape.length > 200:
                return
            line.decide(Role.NAV, "tail.notice")
