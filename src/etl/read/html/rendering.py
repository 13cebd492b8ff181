"""An HTML page as the lines a reader sees, each with hints of the markup it stood in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.errors import PageError
from etl.pages import RenderedLine
from etl.read.html.decoding import decode_html
from etl.read.html.taming import tamed

MAX_CHARS = 32_000_000  # a longer page is no page: rejected, so that one file cannot take the machine down
_SKIPPED = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "map",
        "select",
        "option",
        "datalist",
        "textarea",
        "input",
        "button",
        "noframes",
        "-comment",
        "-doctype",
    ]
)
_BLOCKS = frozenset(
    [
        "html",
        "body",
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "section",
        "article",
        "header",
        "footer",
        "nav",
        "aside",
        "main",
        "figure",
        "figcaption",
        "blockquote",
        "pre",
        "form",
        "fieldset",
        "legend",
        "address",
        "center",
        "hr",
        "details",
        "summary",
        "hgroup",
        "menu",
    ]
)
# Blocks that browsers set apart by a margin: an empty line in the rendered text.
_MARGINS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "pre",
        "figure",
        "hr",
        "fieldset",
        "section",
        "article",
    ]
)
# Blocks that hold one piece of text each: lines in them are siblings when their parents are one.
_LEAVES = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "figcaption", "pre", "caption", "legend"]
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_MAX_PATH = 24
_MAX_NAME = 40


def rendered_lines(html: bytes | str) -> list[RenderedLine]:
    """The page as lines: one for every block and line break, empty ones where a reader sees a gap.

    White space is folded as a browser does; hidden elements, scripts, comments and form controls are left out;
    the alternative text of an image is a line of its own with the tag `alt`.
    Raises PageError `read.too_large` for a page of more than MAX_CHARS characters.
    """
    text = decode_html(html) if isinstance(html, bytes) else html
    if len(text) > MAX_CHARS:
        raise PageError("read.too_large", f"The page has {len(text)} characters, more than {MAX_CHARS}.")
    root = LexborHTMLParser(tamed(text.replace("\0", ""))).body
    page = _Writer()
    if root is not None:
        _walk(root, page)
    return page.finish()


class _Writer:
    """Collects text into lines while the tree is walked."""

    def __init__(self) -> None:
        self.lines: list[RenderedLine] = []
        self.names: list[str] = []
        self.blocks: list[tuple[str, int]] = [("body", 0)]
        self.links = 0
        self.pre = 0
        self._count = 0
        self._parts: list[str] = []
        self._linked = 0
        self._after_link = False
        self._alts: list[str] = []

    def open(self, tag: str) -> None:
        self.flush(gap=tag in _MARGINS)
        self._count += 1
        self.blocks.append((tag, self._count))

    def close(self) -> None:
        tag, _ = self.blocks[-1]
        self.flush(gap=tag in _MARGINS)
        self.blocks.pop()

    def open_link(self) -> None:
        # `<a>甲</a><a>乙</a>` reads as two links, not as 甲乙
        if self._after_link and self._parts and not self._parts[-1].endswith(" "):
            self._parts.append(" ")
        self.links += 1

    def close_link(self) -> None:
        self.links -= 1
        self._after_link = True

    def text(self, text: str) -> None:
        if self.pre:
            first, *others = text.split("\n")
            self._add(first)
            for other in others:
                self.flush()
                self._add(other)
            return
        self._add(_SPACE.sub(" ", text))

    def _add(self, text: str) -> None:
        if text == " " and (not self._parts or self._parts[-1].endswith(" ")):
            return
        if not text:
            return
        self._parts.append(text)
        self._after_link = False
        if self.links:
            self._linked += len(text.strip())

    def image(self, alt: str) -> None:
        alt = _SPACE.sub(" ", alt).strip()
        if len(alt) >= 4 and _HAN.search(alt):
            self._alts.append(alt)

    def flush(self, *, gap: bool = False) -> None:
        """End the current line; with `gap`, an empty line follows unless there is one already."""
        text = "".join(self._parts).strip(" \t\r\n\f")
        if text:
            density = min(1.0, self._linked / max(1, len(text.strip()))) if self._linked else 0.0
            self._write(text, self.blocks[-1][0], round(density, 3))
        self._parts.clear()
        self._linked = 0
        self._after_link = False
        for alt in self._alts:
            self._write(alt, "alt", 1.0 if self.links else 0.0)
        self._alts.clear()
        if gap and self.lines and self.lines[-1].text:
            self.lines.append(_EMPTY)

    def _write(self, text: str, tag: str, density: float) -> None:
        at = len(self.blocks) - 1
        while at and self.blocks[at][0] in _LEAVES:
            at -= 1
        self.lines.append(RenderedLine(text, tag, density, tuple(self.names[-_MAX_PATH:]), self.blocks[at][1]))

    def line_break(self) -> None:
        if self._parts or self._alts:
            self.flush()
        elif self.lines and self.lines[-1].text:
            self.lines.append(_EMPTY)

    def finish(self) -> list[RenderedLine]:
        self.flush()
        while self.lines and not self.lines[-1].text:
            self.lines.pop()
        return self.lines


_EMPTY = RenderedLine("")


def _walk(root: LexborNode, page: _Writer) -> None:
    """Depth first without recursion: a page may nest a million elements."""
    stack: list[LexborNode | tuple[str, int]] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            _leave(node, page)
            continue
        tag = node.tag or ""
        if tag == "-text":
            page.text(node.text_content or "")
            continue
        if tag in _SKIPPED:
            continue
        if tag == "br":
            page.line_break()
            continue
        names = _enter(node, tag, page)
        if names is None:
            continue
        stack.append((tag, names))
        stack.extend(_children_backwards(node))


def _enter(node: LexborNode, tag: str, page: _Writer) -> int | None:
    """Open an element; returns how many names it put on the path, None when it is hidden or has no content."""
    attributes = node.attributes
    if attributes and _is_hidden(attributes):
        return None
    if tag == "img":
        page.image(attributes.get("alt") or "")
        return None
    if tag in _BLOCKS:
        page.open(tag)
        page.pre += tag == "pre"
    elif tag == "a":
        page.open_link()
    names = 0
    for key in ("class", "id"):
        value = attributes.get(key)
        for name in value.split()[:4] if value else ():
            page.names.append(name[:_MAX_NAME])
            names += 1
    return names


def _leave(left: tuple[str, int], page: _Writer) -> None:
    tag, names = left
    if tag in _BLOCKS:
        page.close()
        page.pre -= tag == "pre"
    elif tag == "a":
        page.close_link()
    if names:
        del page.names[-names:]


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style) and _HIDDEN.search(style or "") is not None


def _children_backwards(node: LexborNode) -> Iterator[LexborNode]:
    child = node.last_child
    while child is not None:
        yield child
        child = child.prev
