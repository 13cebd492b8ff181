"""HTTP answers as archives keep them: status, type and the body as the server meant it."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass

from etl.errors import PageError
from etl.read import limits

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_CHARSET = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_HTML_TYPES = ("text/html", "application/xhtml")
# Servers say gb2312 and gbk for what is GB18030 by now, and big5 for Big5 with the Hong Kong characters. Others are
# not believed: iso-8859-1 is a server's default for pages in any encoding, and it decodes them all.
_CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `charset` is what the header names, `body` is free of transfer and content encodings."""

    status: int
    content_type: str
    charset: str | None
    body: bytes


def parsed(data: bytes) -> Answer:
    """The answer in the payload of a `response` record. Raises PageError `read.http` when it is none."""
    status = _STATUS.match(data)
    if not status:
        raise PageError("read.http", "The record does not begin with an HTTP status line.")
    reader = io.BytesIO(data)
    reader.readline()
    headers = _headers(reader)
    body = data[reader.tell() :]
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _dechunked(body)
    body = _inflated(body, headers.get("content-encoding", "").lower())
    content_type = headers.get("content-type", "").lower()
    charset = _CHARSET.search(content_type)
    return Answer(int(status[1]), content_type, charset[1] if charset else None, body)


def _headers(reader: io.BytesIO) -> dict[str, str]:
    headers: dict[str, str] = {}
    while (line := reader.readline(limits.HEADER_BYTES)).strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return headers


def _dechunked(body: bytes) -> bytes:
    """The chunks joined. Many crawlers join them already and keep the header: then the body as it is."""
    parts: list[bytes] = []
    place = 0
    while match := _CHUNK.match(body, place):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        place = match.end() + size
        place += body[place : place + 2].find(b"\n") + 1
    if parts and place < len(body):
        return body
    if parts:
        raise PageError("read.truncated", "The answer ends before its last chunk.")
    return body


def _inflated(body: bytes, encoding: str) -> bytes:
    """The body unpacked within the limit of a page. One that is not packed, whatever its header says, stays."""
    if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return _inflate(body, 31)
    if encoding == "deflate" and not body.lstrip().startswith(b"<"):
        return _inflate(body, 15 if body[:1] == b"\x78" else -15)
    if encoding in ("br", "zstd") and not _looks_like_text(body):
        raise PageError("read.http", f"The content encoding {encoding} is not read. Store the page unpacked.")
    return body


def _inflate(body: bytes, window: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=window)
    try:
        found = unpacker.decompress(body, limits.PAGE_BYTES + 1)
    except zlib.error as error:
        raise PageError("read.packing", f"The answer's packed body is damaged ({error}).") from None
    if len(found) > limits.PAGE_BYTES:
        ratio = len(found) / len(body)
        code = "read.bomb" if ratio > limits.BOMB_RATIO else "read.too_large"
        raise PageError(code, f"The answer unpacks to more than {limits.PAGE_BYTES // limits.MIB} MiB.")
    if not unpacker.eof:
        raise PageError("read.truncated", "The answer's packed body ends early.")
    return found


def _looks_like_text(body: bytes) -> bool:
    start = body[:512].lstrip()
    return start.startswith(b"<") or (bool(start) and not _CONTROLS.search(start))


def is_html(content_type: str, body: bytes) -> bool:
    """True for HTML by its type, or by its first character where the type says nothing."""
    if content_type.startswith(_HTML_TYPES):
        return True
    return not content_type and body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def is_text(content_type: str, body: bytes) -> bool:
    """True for what can be a page: HTML or plain text."""
    return content_type.startswith(("text/plain", *_HTML_TYPES)) or (not content_type and _looks_like_text(body))


def decoded(body: bytes, charset: str | None) -> bytes | str:
    """The markup decoded as the header says, or the bytes when it says nothing that fits: then the markup decides."""
    encoding = _CHARSETS.get((charset or "").lower())
    if encoding is None:
        return body
    try:
        return body.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return body
