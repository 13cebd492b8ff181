"""One page: a .txt or .html file, or what a record holds, as a RawDocument."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

from etl.errors import PageError
from etl.pages import RawDocument, RenderedLine
from etl.read import limits, text
from etl.read.files import Kind, SourceFile
from etl.read.streams import page_bytes


def documents(file: SourceFile) -> Iterator[RawDocument]:
    """The one page of a .txt or .html file. Raises PageError when it cannot be read."""
    data = page_bytes(file)
    sha256 = hashlib.sha256(data).hexdigest()
    if file.kind is Kind.HTML:
        yield html_document(file.source_path, file.source_path, sha256, data)
    else:
        yield text_document(file.source_path, file.source_path, sha256, text.decode(data))


def text_document(
    source_path: str,
    key: str,
    sha256: str,
    decoded: str,
    url: str | None = None,
    crawled_at: dt.datetime | None = None,
) -> RawDocument:
    """A page of plain text, already decoded. Raises PageError when it is blank, binary or too large."""
    lines = tuple(RenderedLine(line) for line in text.lines(decoded))
    return RawDocument(source_path, key, sha256, lines, url, crawled_at)


def html_document(
    source_path: str,
    key: str,
    sha256: str,
    markup: bytes | str,
    url: str | None = None,
    crawled_at: dt.datetime | None = None,
) -> RawDocument:
    """A page of HTML as a reader sees it, with what its markup states. Raises PageError like `text_document`."""
    from etl.read import html  # an HTML parser: loaded only where there is HTML

    if isinstance(markup, bytes):
        text.check_bytes(markup)
        decoded = html.decode_html(markup)
    else:
        decoded = markup
    text.check_text(decoded)
    lines = tuple(html.rendered_lines(decoded))
    text.check_lines(tuple(line.text for line in lines))
    return RawDocument(source_path, key, sha256, lines, url, crawled_at, html.metadata(decoded), is_html=True)


def check_size(size: int) -> None:
    """Raises PageError `read.too_large` for a record whose text has more bytes than a page may have."""
    if size > limits.PAGE_BYTES:
        raise PageError("read.too_large", f"The page has {size} bytes; it may have {limits.PAGE_BYTES}.")
