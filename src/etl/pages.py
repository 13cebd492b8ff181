"""What passes from reading to building: a raw document, its lines, and the page with their roles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from etl.ids import key_id


class Role(StrEnum):
    """What a line is on its page. The first five are the article's own text."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    DATELINE = "dateline"
    BYLINE = "byline"
    NAV = "nav"
    INLINE_LINKS = "inline_links"
    PROMO = "promo"
    RELATED = "related"


OWN_ROLES = frozenset({Role.TITLE, Role.LEAD, Role.HEADING, Role.BODY, Role.CAPTION})
FRAME_ROLES = frozenset({Role.DATELINE, Role.BYLINE, Role.NAV})
FOREIGN_ROLES = frozenset({Role.INLINE_LINKS, Role.PROMO, Role.RELATED})


@dataclass(frozen=True, slots=True)
class RenderedLine:
    """One line of a page as a reader sees it. Plain text has no hints: only `text` is set.

    `tag` is the nearest block element (p, h1, li, td, figcaption, alt for image alternative text ...),
    `link_density` the share 0..1 of the line's characters inside links, `path` the class and id names
    of the enclosing elements from the outside in, `block` the number of the enclosing block container
    in document order (lines with one number are siblings).
    """

    text: str
    tag: str = ""
    link_density: float = 0.0
    path: tuple[str, ...] = ()
    block: int = -1


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the markup of an HTML page states about it (og:, article:, JSON-LD, time, canonical, title)."""

    title: str | None = None
    url: str | None = None
    site_host: str | None = None
    published: dt.datetime | None = None  # aware when the markup names a zone, else naive local time
    published_precision: str | None = None  # minute or day
    section: str | None = None
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One page as it was found, decoded and cut into lines, nothing removed yet.

    `source_path` is posix and relative to the source root (`file#n` inside a container); `document_key`
    is the record's url, the WARC target URI or `source_path`; `content_sha256` is of the raw bytes.
    `crawled_at` only orders records that share a url: it never dates a publication.
    """

    source_path: str
    document_key: str
    content_sha256: str
    lines: tuple[RenderedLine, ...]
    url: str | None = None
    crawled_at: dt.datetime | None = None
    metadata: Metadata = field(default_factory=Metadata)
    is_html: bool = False

    @property
    def article_id(self) -> str:
        return key_id(self.document_key)


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line with the role it got and the rule that gave it.

    `line_no` is 1-based over all lines, empty ones included. `repeat_of` is the line_no of the first
    print when this line says the same again.
    """

    line_no: int
    text: str
    role: Role
    rule: str
    repeat_of: int | None = None

    @property
    def is_own(self) -> bool:
        return self.role in OWN_ROLES


@dataclass(frozen=True, slots=True)
class Page:
    """A stripped page: the document, the site and layout it was read as, and its lines with roles."""

    document: RawDocument
    site: str
    layout: str
    lines: tuple[Line, ...]
    home_currency: str | None = None  # ISO 4217 a bare 元 or 盾 stands for on this site
    timezone: str | None = None  # IANA name; None when the outlet is not known
    month_first: bool = False  # the site prints 12/31/2025 for 31 December

    @property
    def article_id(self) -> str:
        return self.document.article_id

    @property
    def title(self) -> str | None:
        """The stripped title line; a kicker ending in a colon and the next title line joined without a space."""
        parts = [line.text.strip() for line in self.lines if line.role is Role.TITLE and line.repeat_of is None]
        if not parts:
            return self.document.metadata.title
        if len(parts) > 1 and parts[0].endswith((":", "：")):
            return parts[0] + parts[1]
        return parts[0]

    def own_lines(self) -> tuple[Line, ...]:
        """The article's own text, repeats included (they carry `repeat_of`): all that facts are built from."""
        return tuple(line for line in self.lines if line.is_own)

    def frame(self) -> tuple[Line, ...]:
        """Dateline, byline and navigation lines: for the articles row only, never for facts."""
        return tuple(line for line in self.lines if line.role in FRAME_ROLES)

    def foreign_lines(self) -> tuple[Line, ...]:
        """Lines of other articles: for related_links only, which publishes titles and counts, never values."""
        return tuple(line for line in self.lines if line.role in FOREIGN_ROLES)


@dataclass(frozen=True, slots=True)
class Publication:
    """When a page says it was published. See CONTRACT: `articles.published_*`.

    `local` is naive, as printed (00:00 when the precision is day); `at` is UTC and None when the precision
    is day or the outlet's zone is unknown. `earliest` and `latest` bound an unknown date from the article's own text.
    """

    local: dt.datetime | None = None
    at: dt.datetime | None = None
    precision: str = "none"  # minute, day, none
    basis: str = "none"  # dateline, metadata, text, none
    earliest: dt.date | None = None
    latest: dt.date | None = None
    flags: tuple[str, ...] = ()

    @property
    def date(self) -> dt.date | None:
        return None if self.local is None else self.local.date()
