"""Web archives: WARC and WET records, one after the other, in constant memory.

The format is read here rather than by a library because archives come from anywhere: the reader of fastwarc 2.0
ends the process's thread with a Rust panic (no Exception) on a stream it cannot seek, and ends silently where a
file is damaged. Tests compare the two on sound archives.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.errors import PageError
from etl.pages import RawDocument
from etl.read import http, limits, page_files, records, text
from etl.read.files import SourceFile
from etl.read.rejects import Reject, shown
from etl.read.streams import ByteReader, opened, unpacked

_log = logging.getLogger(__name__)
_VERSION = re.compile(rb"WARC/[01]\.\d{1,2}\s*")
_LENGTH = re.compile(r"\d{1,15}")
_INNER = re.compile(rb"(\r?\n)WARC/[01]\.\d{1,2}\r?\n")
# Each record with a wrong length may make up to RECORD_BYTES be read again: not for ever.
_REREADS = 100
_PAGE_TYPES = frozenset({"response", "conversion", "resource"})


@dataclass(frozen=True, slots=True)
class _Record:
    number: int
    headers: dict[str, str]  # names in lower case
    payload: bytes  # empty for a record of a type that holds no page
    problem: PageError | None = None
    is_misfit: bool = False  # its stated length reaches into the next record


def documents(file: SourceFile) -> Iterator[RawDocument | Reject]:
    """The pages of an archive, `#n` counting records of every type. Records that hold no page are passed over.

    Bytes that are no record are passed over up to the next record, with one reject for each gap.
    Raises PageError when the archive holds no record at all or breaks off; what came before has been given.
    """
    passed = found = 0
    with opened(file) as handle:
        for item in _records(ByteReader(unpacked(file, handle))):
            found += 1
            if isinstance(item, PageError):
                yield Reject(file.source_path, item.code, item.message)
                continue
            page = _document(f"{file.source_path}#{item.number}", item)
            passed += page is None
            if page is not None:
                yield page
    if not found:
        raise PageError("read.empty", "The archive holds no record.")
    if passed:
        _log.info("%s: passed over %d records that hold no page", file.source_path, passed)


def _records(reader: ByteReader) -> Iterator[_Record | PageError]:
    """Every record, and a PageError for each stretch of bytes that is none."""
    number, is_lost, rereads = 0, False, _REREADS
    while line := reader.readline(limits.HEADER_BYTES):
        if not line.strip():
            continue
        if _VERSION.fullmatch(line):
            number += 1
            record = _record(reader, number, rereads)
            rereads -= record.is_misfit
            is_lost = record.problem is not None  # what follows belongs to it, up to the next record
            yield record
        elif not is_lost:
            is_lost = True
            yield PageError(
                "read.archive", f"After record {number} come bytes that are no record ({shown(line[:60])})."
            )


def _record(reader: ByteReader, number: int, rereads: int) -> _Record:
    headers = header_lines(reader)
    stated = headers.get("content-length", "")
    if not _LENGTH.fullmatch(stated):
        return _Record(number, headers, b"", PageError("read.archive", "The record states no usable Content-Length."))
    length = int(stated)
    is_page = headers.get("warc-type", "").lower() in _PAGE_TYPES
    if length > limits.RECORD_BYTES or not (is_page or rereads):
        _skip(reader, length, number)
        problem = PageError("read.too_large", f"A record of {length} bytes.") if is_page else None
        return _Record(number, headers, b"", problem)
    payload = reader.read(length)
    end = reader.readline(8), reader.readline(8)
    if len(payload) == length and not b"".join(end).strip():
        return _Record(number, headers, payload)
    # The stated length is wrong: what follows was swallowed, or the page is cut. Neighbours are read again.
    inner = _INNER.search(payload)
    if inner and rereads:
        reader.put_back(payload[inner.end(1) :] + b"".join(end))
    elif len(payload) < length:
        raise PageError("read.truncated", f"The archive ends within record {number}.")
    else:
        reader.put_back(b"".join(end))
    misfit = PageError("read.archive", "The record's Content-Length is not its length.")
    return _Record(number, headers, b"", misfit, is_misfit=inner is not None)


def _skip(reader: ByteReader, length: int, number: int) -> None:
    while length > 0:
        passed = len(reader.read(min(length, limits.MIB)))
        if not passed:
            raise PageError("read.truncated", f"The archive ends within record {number}.")
        length -= passed


def header_lines(reader: ByteReader) -> dict[str, str]:
    """Header lines up to the first blank one: names in lower case, the first of a name counts, folded lines joined."""
    headers: dict[str, str] = {}
    name, total = "", 0
    while (line := reader.readline(limits.HEADER_BYTES)).strip():
        total += len(line)
        if total > limits.HEADER_BYTES:
            break
        content = line.decode("utf-8", "replace")
        if content[0] in " \t" and name:
            headers[name] += " " + content.strip()
        else:
            name, _, value = content.partition(":")
            name = name.strip().lower()
            headers.setdefault(name, value.strip())
    return headers


def _document(source_path: str, record: _Record) -> RawDocument | Reject | None:
    uri = record.headers.get("warc-target-uri", "").removeprefix("<").removesuffix(">")
    try:
        if record.problem:
            raise record.problem
        return _page(source_path, uri or None, record)
    except PageError as error:
        return Reject(source_path, error.code, error.message, shown(uri) or None, shown(record.payload[:400]))


def _page(source_path: str, uri: str | None, record: _Record) -> RawDocument | None:
    """The page of a record; None when it is of a type that holds none, such as a request or an image."""
    headers = record.headers
    if headers.get("warc-type", "").lower() not in _PAGE_TYPES:
        return None
    if uri is not None and len(uri) > limits.URL_CHARS:
        raise PageError("read.record", f"An address of {len(uri)} characters; it may have {limits.URL_CHARS}.")
    content_type, body = headers.get("content-type", ""), record.payload
    charset: str | None = None
    if content_type.startswith("application/http"):
        answer = http.parsed(record.payload)
        if not http.is_text(answer.content_type, answer.body):
            return None
        if answer.status != 200:
            raise PageError("read.http_status", f"The server answered {answer.status}: not the page itself.")
        content_type, body, charset = answer.content_type, answer.body, answer.charset
    elif not http.is_text(content_type, body):
        return None
    if "warc-truncated" in headers:
        raise PageError("read.truncated", f"The crawler cut this page off ({shown(headers['warc-truncated'])}).")
    page_files.check_size(len(body))
    sha256 = hashlib.sha256(body).hexdigest()
    key, crawled_at = uri or source_path, records.moment(headers.get("warc-date"))
    if http.is_html(content_type, body):
        markup = http.decoded(body, charset)
        return page_files.html_document(source_path, key, sha256, markup, uri, crawled_at)
    return page_files.text_document(source_path, key, sha256, text.decode(body), uri, crawled_at)
