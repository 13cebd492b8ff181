"""report.html: one self-contained page that shows what is in a published dataset and how good it is."""

from __future__ import annotations

from pathlib import Path

from etl.published import scan
from etl.report import charts, figures

FILE_NAME = "report.html"


def write(dataset: Path) -> Path:
    """Write `report.html` into a published dataset and return its path. The page loads nothing from a network."""
    path = dataset / FILE_NAME
    beside = path.with_suffix(".html.tmp")
    beside.write_text(render(dataset), encoding="utf-8")
    beside.replace(path)
    return path


def render(dataset: Path) -> str:
    """The page as text, from the tables alone."""
    return page_of(figures.collect({name: scan(dataset, name) for name in figures.TABLES}))


def page_of(facts: figures.Facts) -> str:
    """The page that shows these figures; whatever came from raw pages is escaped."""
    from jinja2 import Environment, PackageLoader, select_autoescape

    environment = Environment(
        loader=PackageLoader("etl.report", "."), autoescape=select_autoescape(default=True), trim_blocks=True
    )
    return environment.get_template("page.html").render(facts=facts, charts=charts.draw(facts))
