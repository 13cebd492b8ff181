"""Foreign lines grouped into linked titles and teasers: what the related_links table publishes."""

from __future__ import annotations

from etl.pages import Line, Page, Role
from etl.strip.shape import shape

_KINDS = {Role.INLINE_LINKS: "inline", Role.PROMO: "promo", Role.RELATED: "related"}
Link = tuple[int, int, str, str, str | None]


def related(page: Page) -> list[Link]:
    """Every linked title of the page in its order: (line_no, seq, kind, title, teaser or None).

    `line_no` is the line that first prints the title and `seq` counts the titles of that line from 1.
    A teaser printed without a title stands as the title itself.
    """
    links: list[Link] = []
    lines = [line for line in page.foreign_lines() if not line.rule.startswith("mark.")]
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.role is Role.INLINE_LINKS:
            links += [(line.line_no, seq, "inline", title, None) for seq, title in enumerate(titles_of(line.text), 1)]
            at += 1
            continue
        title = shape(line.text).doubled or shape(line.text).core
        step = 1
        while _continues(lines, at, step) and shape(lines[at + step].text).core == title:
            step += 1
        teaser = None
        if _continues(lines, at, step) and _is_teaser(lines[at + step]) and not _is_teaser(line):
            teaser = shape(lines[at + step].text).core
            step += 1
        links.append((line.line_no, 1, _KINDS[line.role], title, teaser))
        at += step
    return links


def titles_of(text: str) -> list[str]:
    """The titles of a row of links; a piece too short to be a title stays with its neighbour."""
    titles: list[str] = []
    for piece in shape(text).pieces:
        if titles and (len(piece) < 5 or len(titles[-1]) < 5):
            titles[-1] += f" {piece}"
        elif piece:
            titles.append(piece)
    return titles


def _continues(lines: list[Line], at: int, step: int) -> bool:
    return at + step < len(lines) and lines[at + step].role is lines[at].role


def _is_teaser(line: Line) -> bool:
    form = shape(line.text)
    return form.ends_sentence or form.length > 45
