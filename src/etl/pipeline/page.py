"""One page: strip, find, build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from etl.errors import PageError
from etl.mentions import Findings
from etl.pages import Page, RawDocument, Role

if TYPE_CHECKING:
    from etl.strip.templates import Template

MIN_CHINESE = 0.2
_TEXT_ROLES = frozenset({Role.BODY, Role.CAPTION, Role.LEAD})

Row = dict[str, object]


def process_page(document: RawDocument, templates: Mapping[str, Template] | None = None) -> dict[str, list[Row]]:
    """The rows of every page table for one document, as one page alone tells them.

    `templates` are learned ones by their site.
    Raises PageError: `strip.no_article` for a page without any own text, `read.language` for one that is not Chinese.
    """
    from etl.build import build_page

    return build_page(find(strip(document, templates)))


def strip(document: RawDocument, templates: Mapping[str, Template] | None = None) -> Page:
    """The page with the roles of its lines. Raises PageError when it holds no Chinese article."""
    from etl.strip import strip_page
    from etl.strip.language import chinese_share

    page = strip_page(document, templates)
    if not any(line.role in _TEXT_ROLES for line in page.lines):
        raise PageError("strip.no_article", "No line of the page is text of an article: a list, an index or a notice.")
    share = chinese_share(page)
    if share < MIN_CHINESE:
        raise PageError("read.language", f"Only {share:.0%} of the page's own text is Chinese; 20 % is the least.")
    return page


def find(page: Page) -> Findings:
    """Everything found in the page's own lines."""
    from etl.normalize.actors import find_actors_on
    from etl.normalize.dates import find_dates_on
    from etl.normalize.money import find_money_on
    from etl.normalize.places import find_places_on
    from etl.normalize.publication import find_publication, with_bounds

    lines = page.own_lines()
    publication = find_publication(page)
    dates = find_dates_on(lines, publication.date, month_first=page.month_first)
    places = find_places_on(lines)
    return Findings(
        page=page,
        publication=with_bounds(publication, dates, page),
        dates=dates,
        money=find_money_on(lines, page.home_currency, year=publication.date.year if publication.date else None),
        places=places,
        actors=find_actors_on(lines, places),
    )
