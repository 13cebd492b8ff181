"""Strip: which lines of a page are the article's own, and what each of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.pages import Line, Page, RawDocument, RenderedLine, Role
from etl.strip import roles
from etl.strip import site as sites
from etl.strip.draft import drafts
from etl.strip.templates import Template, template_for


def assign_roles(lines: Sequence[str | RenderedLine], *, site: str | None = None) -> list[Line]:
    """The non-empty lines of a page with their roles.

    `lines` are all lines of the page, empty ones included, so that `line_no` counts them; `site` names
    a profile whose rules are used on top of the generic evidence.
    """
    return _roles(lines, None, None)


def strip_page(document: RawDocument, templates: Mapping[str, Template] | None = None) -> Page:
    """The page of a raw document: its site, layout and lines with roles.

    `templates` are what `templates.read` gives: what was learned of the page's site is used on top.
    """
    template = template_for(document, templates) if templates else None
    site = sites.recognise(document)
    return Page(
        document,
        site.name,
        sites.layout_of(site, [line.text.strip()[:300] for line in document.lines]),
        tuple(_roles(document.lines, document.metadata.title, template)),
        home_currency=site.home_currency,
        timezone=site.timezone,
        month_first=site.month_first,
    )


def _roles(lines: Sequence[str | RenderedLine], stated: str | None, template: Template | None) -> list[Line]:
    drafted = drafts(lines)
    roles.assign(drafted, stated, template)
    return [Line(d.no, d.text, d.role or Role.BODY, d.rule, d.repeat_of) for d in drafted]
