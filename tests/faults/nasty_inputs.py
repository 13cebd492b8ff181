"""Nasty raw files, each made from nothing, with what reading it must give.

`pages` is how many documents still come out, `codes` the reject codes in the order they come.
"""

from __future__ import annotations

import gzip
import io
import json
import pickle
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

TEXT = "越南援助老挝建设学校\n2024年5月3日，越南向老挝援助500万美元，用于建设三所学校。\n"
TRADITIONAL = "越南總理會見外國代表團\n雙方就進一步發展兩國關係交換了意見，並簽署合作協議。\n"
PAGE = TEXT.encode()
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Nasty:
    """A raw file: its name, its bytes, and what must come of it."""

    what: str
    name: str
    make: Callable[[], bytes]
    codes: tuple[str, ...]
    pages: int = 0


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=True).encode() + b"\n"


def warc(kind: str, uri: str | None, payload: bytes, *extra: str, length: int | str | None = None) -> bytes:
    """One WARC record; `length` lies about the payload's."""
    heads = ["WARC/1.0", f"WARC-Type: {kind}", "WARC-Date: 2024-05-03T01:02:03Z", *extra]
    if uri is not None:
        heads.append(f"WARC-Target-URI: {uri}")
    heads.append(f"Content-Length: {len(payload) if length is None else length}")
    return "\r\n".join(heads).encode() + b"\r\n\r\n" + payload + b"\r\n\r\n"


def answer(body: bytes, *heads: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """The payload of a response record."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *heads]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def response(uri: str, payload: bytes, *extra: str) -> bytes:
    return warc("response", uri, payload, "Content-Type: application/http; msgtype=response", *extra)


def table(columns: dict[str, list[object]], **options: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink, **options)
    return sink.getvalue()


def damaged_group() -> bytes:
    """Three row groups of two rows, the page data of the second overwritten."""
    rows = [f"{TEXT}第{number}号" * 20 for number in range(6)]
    data = bytearray(table({"text": rows}, row_group_size=2, compression="zstd", use_dictionary=False))
    chunk = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(1).column(0)
    start = chunk.data_page_offset
    data[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    return bytes(data)


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(data)


def zstd_huge_window() -> bytes:
    options = zstandard.ZstdCompressionParameters(window_log=30, compression_level=1)
    packer = zstandard.ZstdCompressor(compression_params=options).compressobj()
    return packer.compress(PAGE) + packer.flush()


def gzip_bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"\0" * MIB) for _ in range(size // MIB)) + packer.flush()


GOOD_LINE = line(text=TEXT, url="https://example.org/1")
GOOD_WET = warc("conversion", "https://example.org/w", PAGE, "Content-Type: text/plain")
HTML = "<html><head><title>标题</title></head><body><h1>标题</h1><p>越南向老挝援助五百万美元。</p></body></html>"

TEXTS = (
    Nasty("no byte at all", "a.txt", lambda: b"", ("read.empty",)),
    Nasty("a byte order mark only", "a.txt", lambda: b"\xef\xbb\xbf", ("read.empty",)),
    Nasty("blanks, ideographic and no-break too", "a.txt", lambda: " \n\t\u3000\u00a0\r\n".encode(), ("read.empty",)),
    Nasty("NUL bytes in good text", "a.txt", lambda: PAGE + b"\0\0" + PAGE, ("read.binary",)),
    Nasty("a tail of NULs, as a power cut leaves", "a.txt", lambda: PAGE + b"\0" * 4096, ("read.binary",)),
    Nasty("NULs only", "a.txt", lambda: b"\0" * 100, ("read.binary",)),
    Nasty("a PNG named .txt", "a.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ("read.binary",)),
    Nasty("a PDF named .txt", "a.txt", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", ("read.binary",)),
    Nasty("a zip named .txt", "a.txt", lambda: b"PK\x03\x04" + bytes(60), ("read.binary",)),
    Nasty("a gzip file without .gz", "a.txt", lambda: gzip.compress(PAGE), ("read.binary",)),
    Nasty("a zstd file without .zst", "a.txt", lambda: zstd(PAGE), ("read.binary",)),
    Nasty("a Parquet file named .txt", "a.txt", lambda: table({"text": [TEXT]}), ("read.binary",)),
    Nasty("a pickle", "a.txt", lambda: pickle.dumps({"a": [1, 2, 3]}), ("read.binary",)),
    Nasty("terminal control codes", "a.txt", lambda: b"\x1b[31m\x07\x08" * 50 + PAGE, ("read.binary",)),
    Nasty("bytes that are text in no encoding", "a.txt", lambda: b"\xff\xfa\xfb" * 99, ("read.encoding",)),
    Nasty("UTF-8 cut within a character", "a.txt", lambda: PAGE * 9 + "越".encode()[:2], ("read.encoding",)),
    Nasty("UTF-8 with a damaged place", "a.txt", lambda: PAGE + b"\xff\xfe\xfd" + PAGE, ("read.encoding",)),
    Nasty("over-long UTF-8", "a.txt", lambda: PAGE + b"\xc0\xaf", ("read.encoding",)),
    Nasty("a surrogate written as UTF-8", "a.txt", lambda: PAGE + b"\xed\xa0\x80", ("read.encoding",)),
    Nasty(
        "Vietnamese in windows-1258",
        "a.txt",
        lambda: "Đà Nẵng đón khách".encode("cp1258", "ignore") * 9,
        ("read.encoding",),
    ),
    Nasty("Latin-1", "a.txt", lambda: "déjà vu, café élevé\n".encode("latin-1") * 9, ("read.encoding",)),
    Nasty(
        "UTF-16 of odd length", "a.txt", lambda: b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x41", ("read.encoding",)
    ),
    Nasty(
        "UTF-16 with half a pair",
        "a.txt",
        lambda: b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00\xd8",
        ("read.encoding",),
    ),
    Nasty("two encodings in one file", "a.txt", lambda: PAGE * 9 + TEXT.encode("gb18030"), ("read.encoding",)),
    Nasty("a page beyond the limit", "a.txt", lambda: PAGE * (9 * MIB // len(PAGE)), ("read.too_large",)),
    Nasty("a line beyond the limit", "a.txt", lambda: ("越南" * 150_000).encode(), ("read.too_large",)),
    Nasty("too many lines", "a.txt", lambda: PAGE + b"\n" * 100_001, ("read.too_large",)),
    Nasty("GB18030", "a.txt", lambda: TEXT.encode("gb18030"), (), 1),
    Nasty("Big5", "a.txt", lambda: TRADITIONAL.encode("big5"), (), 1),
    Nasty("UTF-16 without a mark", "a.txt", lambda: TEXT.encode("utf-16-le"), (), 1),
    Nasty("UTF-16, big end first, without a mark", "a.txt", lambda: TEXT.encode("utf-16-be"), (), 1),
    Nasty("bidi marks and a formula in the title", "a.txt", lambda: b"=cmd|' /C calc'!A0 \xe2\x80\xae\n" + PAGE, (), 1),
    Nasty("an empty HTML file", "a.html", lambda: b"", ("read.empty",)),
    Nasty("a JPEG named .html", "a.html", lambda: b"\xff\xd8\xff\xe0" + bytes(99), ("read.binary",)),
    Nasty("HTML nested 50,000 deep", "a.html", lambda: b"<div>" * 50_000 + PAGE, (), 1),
    Nasty("HTML that never closes a tag", "a.html", lambda: PAGE + b"<a href='" + b"x" * MIB, (), 1),
    Nasty("HTML beyond the limit", "a.html", lambda: b"<p>" + b"x" * (9 * MIB), ("read.too_large",)),
)

PACKED = (
    Nasty(".gz that is plain text", "a.txt.gz", lambda: PAGE, ("read.packing",)),
    Nasty(".zst that is plain text", "a.txt.zst", lambda: PAGE, ("read.packing",)),
    Nasty(".gz of nothing", "a.txt.gz", lambda: gzip.compress(b""), ("read.empty",)),
    Nasty("an empty .gz file", "a.txt.gz", lambda: b"", ("read.empty",)),
    Nasty("an empty .zst file", "a.txt.zst", lambda: b"", ("read.empty",)),
    Nasty("a page cut off in its gzip stream", "a.txt.gz", lambda: gzip.compress(PAGE * 50)[:-12], ("read.truncated",)),
    Nasty("a page cut off in its zstd stream", "a.txt.zst", lambda: zstd(PAGE * 50)[:-5], ("read.truncated",)),
    Nasty("a gzip checksum that fails", "a.txt.gz", lambda: gzip.compress(PAGE)[:-8] + bytes(8), ("read.packing",)),
    Nasty("garbage behind a gzip member", "a.txt.gz", lambda: gzip.compress(PAGE) + b"garbage", ("read.packing",)),
    Nasty("zeros behind a gzip member", "a.txt.gz", lambda: gzip.compress(PAGE) + bytes(512), (), 1),
    Nasty("two gzip members, one page", "a.txt.gz", lambda: gzip.compress(PAGE[:40]) + gzip.compress(PAGE[40:]), (), 1),
    Nasty(
        "two zstd frames and a skippable one",
        "a.txt.zst",
        lambda: zstd(PAGE) + b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + zstd(PAGE),
        (),
        1,
    ),
    Nasty("a gzip bomb as a page", "a.txt.gz", lambda: gzip_bomb(64 * MIB), ("read.too_large",)),
    Nasty("a gzip bomb as records", "a.jsonl.gz", lambda: gzip_bomb(64 * MIB), ("read.bomb",)),
    Nasty("a gzip bomb as an archive", "a.warc.gz", lambda: gzip_bomb(64 * MIB), ("read.archive", "read.bomb")),
    Nasty("a zstd bomb as records", "a.jsonl.zst", lambda: zstd(b" " * (64 * MIB)), ("read.bomb",)),
    Nasty("a gzip bomb as a table", "a.parquet.gz", lambda: gzip_bomb(64 * MIB), ("read.bomb",)),
    Nasty("a zstd window of a gigabyte", "a.txt.zst", zstd_huge_window, ("read.packing",)),
    Nasty("packed twice", "a.txt.gz", lambda: gzip.compress(gzip.compress(PAGE)), ("read.binary",)),
)

RECORDS = (
    Nasty("an empty .jsonl", "a.jsonl", lambda: b"", ("read.empty",)),
    Nasty("blank lines only", "a.jsonl", lambda: b"\n \n\n", ("read.empty",)),
    Nasty("no JSON", "a.jsonl", lambda: GOOD_LINE + b"{'text': 1}\n" + GOOD_LINE, ("read.json",), 2),
    Nasty("JSON cut off", "a.jsonl", lambda: GOOD_LINE + GOOD_LINE[:-9], ("read.json",), 1),
    Nasty("a list, a number, a null", "a.jsonl", lambda: b"[1]\n7\nnull\n", ("read.json",) * 3),
    Nasty(
        "nested 100,000 deep", "a.jsonl", lambda: b'{"text":' + b"[" * 100_000 + b"\n" + GOOD_LINE, ("read.json",), 1
    ),
    Nasty("a number of 10,000 digits", "a.jsonl", lambda: b'{"n":' + b"9" * 10_000 + b"}\n", ("read.json",)),
    Nasty("no text field", "a.jsonl", lambda: line(body=TEXT), ("read.record",)),
    Nasty("text that is a list", "a.jsonl", lambda: line(text=[TEXT]), ("read.record",)),
    Nasty("a url that is a number", "a.jsonl", lambda: line(text=TEXT, url=5), ("read.record",)),
    Nasty(
        "a url of 10,000 characters",
        "a.jsonl",
        lambda: line(text=TEXT, url="https://e.org/" + "a" * 9_990),
        ("read.record",),
    ),
    Nasty("empty text", "a.jsonl", lambda: line(text="") + line(text=" \n"), ("read.empty",) * 2),
    Nasty("half a surrogate pair in the text", "a.jsonl", lambda: line(text=TEXT + "\ud800"), ("read.encoding",)),
    Nasty(
        "half a surrogate pair in the url",
        "a.jsonl",
        lambda: line(text=TEXT, url="https://e.org/\udfff"),
        ("read.encoding",),
    ),
    Nasty("NUL characters", "a.jsonl", lambda: line(text=TEXT + "\0"), ("read.binary",)),
    Nasty("one line that is no UTF-8", "a.jsonl", lambda: b'{"text":"\xff"}\n' + GOOD_LINE, ("read.encoding",), 1),
    Nasty("UTF-16", "a.jsonl", lambda: GOOD_LINE.decode().encode("utf-16"), ("read.encoding",)),
    Nasty("a zip named .jsonl", "a.jsonl", lambda: b"PK\x03\x04" + bytes(60), ("read.binary",)),
    Nasty(
        "a line of 40 MiB",
        "a.jsonl",
        lambda: b'{"text":"' + b"x" * (40 * MIB) + b'"}\n' + GOOD_LINE,
        ("read.too_large",),
        1,
    ),
    Nasty(
        "text beyond the limit of a page",
        "a.jsonl",
        lambda: line(text="x\n" * (5 * MIB)) + GOOD_LINE,
        ("read.too_large",),
        1,
    ),
    Nasty(
        "cut off in gzip",
        "a.jsonl.gz",
        lambda: gzip.compress(b"".join(line(text=f"{TEXT}{n}", n=n**9) for n in range(2000)))[:-2000],
        ("read.truncated",),
        -1,
    ),
    Nasty(
        "CRLF, a mark and a crawl time that is none",
        "a.jsonl",
        lambda: b"\xef\xbb\xbf" + line(text=TEXT, date="yesterday").replace(b"\n", b"\r\n"),
        (),
        1,
    ),
    Nasty("a path as url", "a.jsonl", lambda: line(text=TEXT, url="../../etc/passwd"), (), 1),
    Nasty("an empty .parquet", "a.parquet", lambda: b"", ("read.parquet",)),
    Nasty("text named .parquet", "a.parquet", lambda: PAGE, ("read.parquet",)),
    Nasty("a table without its end", "a.parquet", lambda: table({"text": [TEXT] * 9})[:-10], ("read.parquet",)),
    Nasty("a table without text", "a.parquet", lambda: table({"body": [TEXT]}), ("read.record",)),
    Nasty("a table without rows", "a.parquet", lambda: table({"text": pa.array([], pa.string())}), ("read.empty",)),
    Nasty("a column of numbers", "a.parquet", lambda: table({"text": [1, 2]}), ("read.record",) * 2),
    Nasty(
        "null, blank and good rows",
        "a.parquet",
        lambda: table({"text": [None, "", TEXT]}),
        ("read.record", "read.empty"),
        1,
    ),
    Nasty("one damaged row group of three", "a.parquet", damaged_group, ("read.parquet",), 4),
    Nasty(
        "a column that unpacks 250 times",
        "a.parquet",
        lambda: table({"text": ["x" * (32 * MIB)]}, compression="zstd", use_dictionary=False),
        ("read.bomb",),
    ),
    Nasty(
        "a row beyond the limit of a page",
        "a.parquet",
        lambda: table({"text": ["越\n" * (3 * MIB), TEXT]}, compression="none"),
        ("read.too_large",),
        1,
    ),
    Nasty(
        "binary columns", "a.parquet", lambda: table({"text": [TEXT.encode("gb18030"), b"\0\1\2"]}), ("read.binary",), 1
    ),
)

ARCHIVES = (
    Nasty("an empty archive", "a.warc", lambda: b"", ("read.empty",)),
    Nasty("no archive", "a.warc", lambda: PAGE * 50, ("read.archive",)),
    Nasty("cut off in a payload", "a.wet", lambda: GOOD_WET + GOOD_WET[:-30], ("read.truncated",), 1),
    Nasty(
        "cut off in gzip",
        "a.warc.gz",
        lambda: gzip.compress(GOOD_WET) + gzip.compress(GOOD_WET)[:-20],
        ("read.truncated",),
        1,
    ),
    Nasty(
        "garbage between records", "a.warc", lambda: GOOD_WET + b"\0\xff garbage\n" * 9 + GOOD_WET, ("read.archive",), 2
    ),
    Nasty(
        "no Content-Length",
        "a.warc",
        lambda: GOOD_WET.replace(b"Content-Length", b"Content-Size") + GOOD_WET,
        ("read.archive",),
        1,
    ),
    Nasty(
        "a negative Content-Length",
        "a.warc",
        lambda: warc("conversion", "u", PAGE, length=-5) + GOOD_WET,
        ("read.archive",),
        1,
    ),
    Nasty(
        "a Content-Length of 10^30",
        "a.warc",
        lambda: warc("conversion", "u", PAGE, length="1" + "0" * 30) + GOOD_WET,
        ("read.archive",),
        1,
    ),
    Nasty(
        "a length too short",
        "a.warc",
        lambda: warc("conversion", "u", PAGE, length=30) + GOOD_WET,
        ("read.archive",),
        1,
    ),
    Nasty(
        "a length that swallows the next record",
        "a.warc",
        lambda: warc("conversion", "u", PAGE, length=len(PAGE) + 80) + GOOD_WET,
        ("read.archive",),
        1,
    ),
    Nasty(
        "a length beyond the end",
        "a.warc",
        lambda: warc("conversion", "u", PAGE, length=10**7) + GOOD_WET,
        ("read.archive",),
        1,
    ),
    Nasty(
        "a record beyond the limit",
        "a.warc",
        lambda: warc("conversion", "u", b"x" * (33 * MIB)) + GOOD_WET,
        ("read.too_large",),
        1,
    ),
    Nasty(
        "a header that never ends",
        "a.warc",
        lambda: b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000 + b"\r\n" + GOOD_WET,
        ("read.archive",),
        1,
    ),
    Nasty("an answer without a status line", "a.warc", lambda: response("u", PAGE), ("read.http",)),
    Nasty(
        "not found",
        "a.warc",
        lambda: response("u", answer(HTML.encode(), status="404 Not Found")),
        ("read.http_status",),
    ),
    Nasty("moved", "a.warc", lambda: response("u", answer(b"<a>", status="301 Moved")), ("read.http_status",)),
    Nasty(
        "a page the crawler cut off",
        "a.warc",
        lambda: response("u", answer(HTML.encode()), "WARC-Truncated: length"),
        ("read.truncated",),
    ),
    Nasty(
        "a bomb in an answer",
        "a.warc",
        lambda: response("u", answer(gzip_bomb(32 * MIB), "Content-Encoding: gzip")),
        ("read.bomb",),
    ),
    Nasty(
        "an answer packed and cut off",
        "a.warc",
        lambda: response("u", answer(gzip.compress(HTML.encode())[:-9], "Content-Encoding: gzip")),
        ("read.truncated",),
    ),
    Nasty(
        "an answer packed and damaged",
        "a.warc",
        lambda: response("u", answer(gzip.compress(HTML.encode())[:10] + b"\xff" * 40, "Content-Encoding: gzip")),
        ("read.packing",),
    ),
    Nasty(
        "an answer in brotli",
        "a.warc",
        lambda: response("u", answer(b"\x8b\x01\x80\x03\0", "Content-Encoding: br")),
        ("read.http",),
    ),
    Nasty(
        "chunks that end early",
        "a.warc",
        lambda: response("u", answer(b"20\r\n<p>abc", "Transfer-Encoding: chunked")),
        ("read.truncated",),
    ),
    Nasty("an empty answer", "a.warc", lambda: response("u", answer(b"")), ("read.empty",)),
    Nasty(
        "an address of 9,000 characters",
        "a.warc",
        lambda: warc("conversion", "https://e.org/" + "a" * 9_000, PAGE),
        ("read.record",),
    ),
    Nasty(
        "requests, images and metadata: no pages",
        "a.warc",
        lambda: (
            warc("warcinfo", None, b"x: y")
            + warc("request", "u", b"GET / HTTP/1.1\r\n\r\n")
            + response("u", answer(b"GIF89a", kind="image/gif"))
            + GOOD_WET
        ),
        (),
        1,
    ),
    Nasty(
        "fields wrongly said to be chunked and packed",
        "a.warc",
        lambda: response("u", answer(HTML.encode(), "Transfer-Encoding: chunked", "Content-Encoding: gzip")),
        (),
        1,
    ),
    Nasty(
        "chunks",
        "a.warc",
        lambda: response("u", answer(b"5\r\n<p>ab\r\n3\r\ncde\r\n0\r\n\r\n", "Transfer-Encoding: chunked")),
        (),
        1,
    ),
    Nasty(
        "a wrong charset in the header",
        "a.warc",
        lambda: response("u", answer(HTML.encode(), kind="text/html; charset=iso-8859-1")),
        (),
        1,
    ),
    Nasty("a path as address", "a.warc", lambda: warc("conversion", "file:///../../etc/passwd", PAGE), (), 1),
)

ALL = TEXTS + PACKED + RECORDS + ARCHIVES
