"""An explained page in the terminal: roles in the margin, boilerplate dim, values underlined with their meaning."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from etl.explain import Explained, ExplainedLine, published

STYLES = {
    "money": "bold green underline",
    "date": "cyan underline",
    "actor": "magenta underline",
    "place": "yellow underline",
}
MARGIN = 26


def show(explained: Explained, console: Console) -> None:
    """Print the page. Control characters of the raw text are shown as U+FFFD, never sent to the terminal.

    On a terminal the text is wrapped beside the margin; in a file or a pipe every line of the page is one line.
    """
    article = explained.article
    console.print(Text(_plain(str(article["title"] or article["source_path"])), style="bold"), soft_wrap=True)
    console.print(
        Text(f"{article['article_id']}  {article['source_path']}  {article['site']}, {article['layout']}"),
        soft_wrap=True,
    )
    console.print(Text(f"published {published(article)}"), soft_wrap=True)
    if explained.asked:
        console.print(Text(f"{explained.asked} is on line {explained.asked_line}, set off below"), soft_wrap=True)
    console.print(_legend(), soft_wrap=True)
    console.print()
    for line in explained.lines:
        _show_line(line, console, explained)
    n_own = sum(line.is_own for line in explained.lines)
    console.print()
    console.print(
        Text(
            f"{len(explained.lines)} lines, {n_own} of them the article's own; "
            f"{len(explained.claims)} claims, {len(explained.events)} events."
        ),
        soft_wrap=True,
    )


def _legend() -> Text:
    legend = Text("marked: ")
    for kind, style in STYLES.items():
        legend.append(kind, style=style).append("  ")
    return legend.append("line of another article or of the site's frame", style="dim")


def _show_line(line: ExplainedLine, console: Console, explained: Explained) -> None:
    again = f" = {line.repeat_of}" if line.repeat_of else ""
    is_asked = line.line_no == explained.asked_line
    style = "reverse" if is_asked else "blue" if line.is_own else "dim"
    margin = Text(f"{'>' if is_asked else ' '}{line.line_no:>3} {line.role}{again}", style=style)
    rule = Text(f"{'':2}{_plain(line.rule)}", style="dim italic")
    told = [Text(f"{_plain(line.text[m.start : m.end])} = {_plain(m.meaning)}", style="green") for m in line.marks]
    told += [
        Text(f"▸ {_plain(fact.sentence)}", style="bold reverse" if fact.key == explained.asked else "bold")
        for fact in line.facts
    ]
    if console.is_terminal and console.width >= 2 * MARGIN:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=MARGIN)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(Text("\n").join([margin, rule]), Text("\n").join([_body(line), *told]))
        console.print(grid)
        return
    console.print(margin + Text(" " * max(1, MARGIN - len(margin))) + _body(line), soft_wrap=True)
    for text in (rule, *(Text(" " * MARGIN) + text for text in told)):
        console.print(text, soft_wrap=True)


def _body(line: ExplainedLine) -> Text:
    body = Text(_plain(line.text), style="" if line.is_own else "dim")
    for mark in line.marks:
        body.stylize(STYLES[mark.kind], mark.start, mark.end)
    return body


def _plain(text: str) -> str:
    """One character for one character, so that the marks keep their places."""
    return "".join(c if c.isprintable() or c in "\t\u3000\u00a0" else "\ufffd" for c in text)
