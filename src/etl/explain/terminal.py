"""An explained page in the terminal: roles in the margin, boilerplate dim, values underlined with their meaning."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from etl.explain import Explained, ExplainedLine

STYLES = {
    "money": "bold green underline",
    "date": "cyan underline",
    "actor": "magenta underline",
    "place": "yellow underline",
}
MARGIN = 20


def show(explained: Explained, console: Console) -> None:
    """Print the page. Control characters of the raw text are shown as U+FFFD, never sent to the terminal."""
    article = explained.article
    console.print(Text(_plain(str(article["title"] or article["source_path"])), style="bold"))
    published = article["published_local"] or f"{article['published_earliest']}..{article['published_latest']} (bounds)"
    console.print(Text(f"{article['article_id']}  {article['site']}  {article['layout']}  published {published}"))
    console.print()
    for line in explained.lines:
        _show_line(line, console)
    console.print()
    console.print(Text(f"{len(explained.claims)} claims, {len(explained.events)} events. Own lines are bright."))


def _show_line(line: ExplainedLine, console: Console) -> None:
    margin = Text(f"{line.line_no:>4} {line.role:<13} ", style="blue" if line.is_own else "dim")
    body = Text(_plain(line.text), style="" if line.is_own else "dim")
    for mark in line.marks:
        body.stylize(STYLES[mark.kind], mark.start, mark.end)
    console.print(margin + body, soft_wrap=True)
    again = f" (again line {line.repeat_of})" if line.repeat_of else ""
    console.print(Text(f"{'':{MARGIN}}{line.rule}{again}", style="dim italic"))
    for mark in line.marks:
        console.print(Text(f"{'':{MARGIN}}{line.text[mark.start : mark.end]} = {mark.meaning}", style="green"))
    for fact in line.facts:
        console.print(Text(f"{'':{MARGIN}}▸ {fact}", style="bold"))


def _plain(text: str) -> str:
    """One character for one character, so that the marks keep their places."""
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in text)
