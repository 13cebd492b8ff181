"""Records with fields text or html, url and date: one line of a .jsonl file, one row of a table, is one page."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping

from etl.errors import PageError
from etl.pages import RawDocument
from etl.read import limits, page_files, text
from etl.read.files import SourceFile
from etl.read.rejects import Reject, shown
from etl.read.streams import ByteReader, opened, unpacked

FIELDS = ("text", "html", "url", "date")
_BOM = "\ufeff".encode()


def documents(file: SourceFile) -> Iterator[RawDocument | Reject]:
    """The pages of a .jsonl file, `#n` counting lines, blank ones included.

    Raises PageError when the file holds nothing, is no text, or breaks off; what came before has been given.
    """
    is_empty = True
    with opened(file) as handle:
        for number, line in _lines(unpacked(file, handle)):
            if number == 1:
                _check_start(line)
                line = line.removeprefix(_BOM)
            if line.strip():
                is_empty = False
                yield _document(f"{file.source_path}#{number}", line)
    if is_empty:
        raise PageError("read.empty", "The file holds no record.")


def _lines(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Numbered lines. Of one beyond the limit only the beginning is given, one byte longer than allowed."""
    reader = ByteReader(pieces)
    number = 0
    while line := reader.readline(limits.RECORD_BYTES + 1):
        number += 1
        yield number, line
        rest = line
        while len(rest) > limits.MIB and not rest.endswith(b"\n"):
            rest = reader.readline(2 * limits.MIB)


def _check_start(line: bytes) -> None:
    if line.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PageError("read.encoding", "Records must be UTF-8; this file is UTF-16. Convert it.")
    text.check_bytes(line)


def _document(source_path: str, line: bytes) -> RawDocument | Reject:
    try:
        fields = _parsed(line)
    except PageError as error:
        return Reject(source_path, error.code, error.message, value=shown(line))
    return document(source_path, fields)


def _parsed(line: bytes) -> Mapping[str, object]:
    if len(line) > limits.RECORD_BYTES:
        raise PageError("read.too_large", f"A record of more than {limits.RECORD_BYTES // limits.MIB} MiB.")
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise PageError("read.encoding", f"Records must be UTF-8; byte {error.start} of this line is not.") from None
    except RecursionError:
        raise PageError("read.json", "Nested too deeply.") from None
    except ValueError as error:
        raise PageError("read.json", f"Not a line of JSON ({error}).") from None
    if not isinstance(record, dict):
        raise PageError("read.json", "JSON, but not an object with the fields text or html.")
    return record


def document(source_path: str, fields: Mapping[str, object]) -> RawDocument | Reject:
    """The page of one record, or why it is none. Other fields than FIELDS are ignored."""
    url = fields.get("url")
    if url is not None and not isinstance(url, str):
        return Reject(source_path, "read.record", "The field url is no text.", value=shown(str(url)))
    key = url if url and url.strip() else None
    try:
        return _page(source_path, key, fields)
    except PageError as error:
        content = fields.get("text") or fields.get("html")
        start = content[: limits.LINE_CHARS] if isinstance(content, str | bytes) else ""
        return Reject(source_path, error.code, error.message, None if key is None else shown(key), shown(start))


def _page(source_path: str, url: str | None, fields: Mapping[str, object]) -> RawDocument:
    if url is not None:
        _check_url(url)
    name = "html" if not fields.get("text") and fields.get("html") else "text"
    content = fields.get(name)
    if content is None:
        raise PageError("read.record", "The record has neither the field text nor html.")
    key = source_path if url is None else url
    crawled_at = moment(fields.get("date"))
    if isinstance(content, bytes):  # a binary column
        page_files.check_size(len(content))
        sha256 = hashlib.sha256(content).hexdigest()
        if name == "html":
            return page_files.html_document(source_path, key, sha256, content, url, crawled_at)
        return page_files.text_document(source_path, key, sha256, text.decode(content), url, crawled_at)
    if not isinstance(content, str):
        raise PageError("read.record", f"The field {name} is no text.")
    # A surrogate pair takes four bytes: the exact size is counted only where it may matter.
    if len(content) > limits.PAGE_BYTES // 4:
        page_files.check_size(len(content.encode("utf-8", "surrogatepass")))
    text.check_text(content)
    sha256 = hashlib.sha256(content.encode("utf-8")).hexdigest()
    if name == "html":
        return page_files.html_document(source_path, key, sha256, content, url, crawled_at)
    return page_files.text_document(source_path, key, sha256, content.removeprefix("\ufeff"), url, crawled_at)


def _check_url(url: str) -> None:
    if len(url) > limits.URL_CHARS:
        raise PageError("read.record", f"A url of {len(url)} characters; it may have {limits.URL_CHARS}.")
    try:
        url.encode("utf-8")
    except UnicodeEncodeError:
        raise PageError("read.encoding", "The field url holds half of a surrogate pair.") from None


def moment(value: object) -> dt.datetime | None:
    """A crawl time in UTC: ISO 8601 text, a date, or seconds or milliseconds since 1970. None for anything else.

    It only orders records that share a url, so a time that cannot be read costs nothing else.
    """
    try:
        if isinstance(value, str):
            value = dt.datetime.fromisoformat(value.strip())
        elif isinstance(value, int | float) and not isinstance(value, bool):
            value = dt.datetime.fromtimestamp(value / 1000 if abs(value) > 1e11 else value, dt.UTC)
        elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            value = dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
        if not isinstance(value, dt.datetime):
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
