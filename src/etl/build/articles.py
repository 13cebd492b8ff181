"""The articles table: one row per page."""

from __future__ import annotations

from etl.mentions import Findings
from etl.normalize import tokens
from etl.pages import Line, Page, Role
from etl.patterns import on_use
from etl.strip import language

_BODY_ROLES = frozenset({Role.LEAD, Role.HEADING, Role.BODY})
KEYWORDS = 10
# A breadcrumb above the title such as 政治 or 经济: Han characters only, no sentence.
_SECTION = on_use(r"[\u4e00-\u9fff]{2,6}")


def build(findings: Findings, *, n_aid: int, n_events: int) -> dict[str, object]:
    """The row of one page; n_aid and n_events count its claims and happenings."""
    page, publication = findings.page, findings.publication
    document = page.document
    printed = [line for line in page.lines if line.repeat_of is None]
    body_text = "\n".join(line.text for line in printed if line.role in _BODY_ROLES)
    title = page.title
    text = f"{title or ''}\n{body_text}"
    words = tokens.han_words(text)
    own = page.own_lines()
    return {
        "article_id": page.article_id,
        "source_path": document.source_path,
        "content_sha256": document.content_sha256,
        "site": page.site,
        "layout": page.layout,
        "url": document.url or document.metadata.url,
        "section": _section(page),
        "title": title,
        "language": language.of(page),
        "published_local": publication.local,
        "published_at": publication.at,
        "published_date": publication.date,
        "published_precision": publication.precision,
        "published_basis": publication.basis,
        "published_earliest": publication.earliest,
        "published_latest": publication.latest,
        "byline": _joined(printed, Role.BYLINE),
        "lead": _joined(printed, Role.LEAD),
        "body_text": body_text,
        "captions": [line.text for line in printed if line.role is Role.CAPTION],
        "keywords": tokens.keywords_of(words, KEYWORDS),
        "n_tokens": len(words) + tokens.n_other_words(text),
        "n_lines": len(page.lines),
        "n_own_lines": len(own),
        "boilerplate_share": _boilerplate_share(page.lines, own),
        "n_money": len(findings.money),
        "n_dates": len(findings.dates),
        "n_aid": n_aid,
        "n_events": n_events,
        "duplicate_of": None,
        "flags": sorted(set(publication.flags)),
    }


def _joined(lines: list[Line], role: Role) -> str | None:
    texts = [line.text.strip() for line in lines if line.role is role]
    return "\n".join(texts) or None


def _section(page: Page) -> str | None:
    """The section the markup names, or the breadcrumb word printed above the title."""
    if page.document.metadata.section:
        return page.document.metadata.section
    for line in page.lines:
        if line.role is Role.TITLE:
            return None
        if line.role is Role.NAV and _SECTION.fullmatch(line.text.strip()):
            return line.text.strip()
    return None


def _boilerplate_share(lines: tuple[Line, ...], own: tuple[Line, ...]) -> float:
    """Share of the page's characters that are not the article's own, rounded to four places."""
    total = sum(len(line.text) for line in lines)
    return round(1 - sum(len(line.text) for line in own) / total, 4) if total else 0.0
