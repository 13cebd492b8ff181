"""An explained page as one self-contained HTML file: the page as it came, with every value marked."""

from __future__ import annotations

from etl.explain import Explained, ExplainedLine


def render(explained: Explained) -> str:
    """The file's text. Everything taken from the raw page is escaped."""
    from jinja2 import Environment, PackageLoader, select_autoescape

    environment = Environment(
        loader=PackageLoader("etl.explain", "."), autoescape=select_autoescape(default=True), trim_blocks=True
    )
    environment.filters["pieces"] = pieces
    return environment.get_template("page.html").render(page=explained)


def pieces(line: ExplainedLine) -> list[tuple[str, str, str]]:
    """The line cut at its marks: (text, kind, meaning), kind and meaning empty between marks."""
    cut, at = [], 0
    for mark in line.marks:
        cut += [(line.text[at : mark.start], "", ""), (line.text[mark.start : mark.end], mark.kind, mark.meaning)]
        at = mark.end
    cut.append((line.text[at:], "", ""))
    return [(_visible(text), kind, meaning) for text, kind, meaning in cut if text]


def _visible(text: str) -> str:
    """Bidirectional and other control characters could reorder what a reader sees: show them as U+FFFD."""
    return "".join(c if c.isprintable() or c in "\t\u3000\u00a0" else "\ufffd" for c in text)
