"""An explained page as one self-contained HTML file: the page as it came, with every value marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.explain import Explained, ExplainedLine, published

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment


def render(explained: Explained) -> str:
    """The file's text. Everything taken from the raw page is escaped."""
    return (
        environment(loader()).get_template("page.html").render(page=explained, published=published(explained.article))
    )


def loader() -> BaseLoader:
    """Where the templates of an explained page are: `lines.html` with the macro, `marks.css` with its looks."""
    from jinja2 import PackageLoader

    return PackageLoader("etl.explain", ".")


def environment(templates: BaseLoader) -> Environment:
    """Templates that escape everything, with the filters an explained page needs."""
    from jinja2 import Environment, select_autoescape

    made = Environment(loader=templates, autoescape=select_autoescape(default=True), trim_blocks=True)
    made.filters["pieces"] = pieces
    made.filters["visible"] = visible
    return made


def pieces(line: ExplainedLine) -> list[tuple[str, str, str]]:
    """The line cut at its marks: (text, kind, meaning), kind and meaning empty between marks."""
    cut, at = [], 0
    for mark in line.marks:
        cut += [(line.text[at : mark.start], "", ""), (line.text[mark.start : mark.end], mark.kind, mark.meaning)]
        at = mark.end
    cut.append((line.text[at:], "", ""))
    return [(visible(text), kind, meaning) for text, kind, meaning in cut if text]


def visible(text: object) -> str:
    """Bidirectional and other control characters could reorder what a reader sees: show them as U+FFFD."""
    return "".join(c if c.isprintable() or c in "\t\u3000\u00a0" else "\ufffd" for c in str(text))
