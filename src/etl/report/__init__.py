"""report.html: one self-contained page that shows what is in a published dataset and how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from etl import explain, quality
from etl.explain import html
from etl.explain.html import visible
from etl.published import scan
from etl.quality import Drift, Finding
from etl.report import figures

FILE_NAME = "report.html"
# Pages that are shown whole, behind the largest claims; a page of more lines is left to `youlian explain`.
EXPLAINED_PAGES, EXPLAINED_LINES = 12, 400


def write(dataset: Path) -> Path:
    """Write `report.html` into a published dataset and return its path. The page loads nothing from a network."""
    path = dataset / FILE_NAME
    beside = path.with_suffix(".html.tmp")
    beside.write_text(render(dataset), encoding="utf-8")
    beside.replace(path)
    return path


def render(dataset: Path) -> str:
    """The page as text, from the tables alone."""
    facts = figures.collect({name: scan(dataset, name) for name in figures.TABLES})
    shown = list(dict.fromkeys(str(row["article_id"]) for row in (*facts.claims, *facts.upcoming)))
    pages = [page for page in explain.pages(dataset, shown[:EXPLAINED_PAGES]) if len(page.lines) <= EXPLAINED_LINES]
    return page_of(facts, pages, quality.drift(dataset, Drift()))


def page_of(facts: figures.Facts, pages: Sequence[explain.Explained] = (), drift: Sequence[Finding] = ()) -> str:
    """The page that shows these figures; whatever came from raw pages is escaped."""
    from jinja2 import ChoiceLoader, PackageLoader

    templates = html.environment(ChoiceLoader([PackageLoader("etl.report", "."), html.loader()]))
    templates.filters["money"] = _money
    explained = {str(page.article["article_id"]): page for page in pages}
    return templates.get_template("report.html").render(
        facts=facts, pages=explained, drift=drift, published=explain.published
    )


def _money(value: object) -> str:
    """A sum for a table: no cents, grouped, nothing for null."""
    return "" if value is None else visible(f"{value:,.0f}")
