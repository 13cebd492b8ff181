"""Records and archives: keys, numbers, hashes and crawl times of the pages they hold."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from etl.ids import stable_id
from etl.pages import RawDocument
from etl.read import content_sha256, documents, list_files
from etl.read.records import moment
from tests.faults.nasty_inputs import HTML, TEXT, answer, line, response, warc

URL = "https://example.org/新闻-1.html"


def read(folder: Path, name: str, data: bytes) -> list[RawDocument]:
    (folder / name).write_bytes(data)
    (file,) = list_files(folder).files
    found = list(documents(file))
    assert all(isinstance(item, RawDocument) for item in found), found
    return found  # type: ignore[return-value]


def test_a_text_file_is_one_page_keyed_by_its_path(tmp_path: Path) -> None:
    (page,) = read(tmp_path, "a.txt", TEXT.encode("gb18030"))
    assert page.document_key == page.source_path == "a.txt"
    assert page.article_id == hashlib.sha256(b"a.txt").hexdigest()[:16]
    assert page.content_sha256 == hashlib.sha256(TEXT.encode("gb18030")).hexdigest()
    assert [line.text for line in page.lines] == TEXT.split("\n")
    assert (page.url, page.crawled_at, page.is_html) == (None, None, False)


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_packed_page_has_the_hash_of_its_own_bytes(tmp_path: Path, ending: str) -> None:
    pack = gzip.compress if ending == ".gz" else zstandard.ZstdCompressor().compress
    (page,) = read(tmp_path, f"a.txt{ending}", pack(TEXT.encode()))
    assert page.content_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert page.source_path == f"a.txt{ending}"


def test_an_html_file_states_its_url_but_is_keyed_by_its_path(tmp_path: Path) -> None:
    markup = HTML.replace("<title>", f'<link rel="canonical" href="{URL}"><title>').encode()
    (page,) = read(tmp_path, "a.html", markup)
    assert page.is_html
    assert page.document_key == "a.html"
    assert page.metadata.url is not None
    assert any("援助" in line.text for line in page.lines)


def test_json_lines_are_numbered_as_lines(tmp_path: Path) -> None:
    data = (
        line(text=TEXT, url=URL, date="2024-05-03T08:00:00+07:00")
        + b"\n"
        + line(text="\ufeff一\r\n二", url="")
        + line(html=HTML, url=URL)
    )
    first, second, third = read(tmp_path, "a.jsonl", data)
    assert [page.source_path for page in (first, second, third)] == ["a.jsonl#1", "a.jsonl#3", "a.jsonl#4"]
    assert first.document_key == first.url == URL
    assert first.article_id == stable_id(URL)
    assert first.content_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert first.crawled_at == dt.datetime(2024, 5, 3, 1, tzinfo=dt.UTC)
    assert (second.document_key, second.url) == ("a.jsonl#3", None)
    assert [line.text for line in second.lines] == ["一", "二"]
    assert third.is_html
    assert third.content_sha256 == hashlib.sha256(HTML.encode()).hexdigest()


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
def test_table_rows_are_numbered_over_row_groups(tmp_path: Path, packing: str) -> None:
    sink = io.BytesIO()
    columns = {
        "id": [1, 2, 3],
        "text": [TEXT, TEXT, f"{TEXT}三"],
        "url": [URL, None, "https://example.org/3"],
        "date": pa.array([1_714_694_400_000_000, None, None], pa.timestamp("us")),
    }
    pq.write_table(pa.table(columns), sink, row_group_size=2)
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}[packing]
    pages = read(tmp_path, f"a.parquet{packing}", pack(sink.getvalue()))
    assert [page.source_path for page in pages] == [f"a.parquet{packing}#{n}" for n in (1, 2, 3)]
    assert [page.url for page in pages] == [URL, None, "https://example.org/3"]
    assert pages[0].crawled_at == dt.datetime(2024, 5, 3, tzinfo=dt.UTC)
    assert pages[2].lines[-1].text == "三"


def test_archive_records_are_numbered_over_all_types(tmp_path: Path) -> None:
    chunked = b"4\r\n" + b"<p>\xd4" + b"\r\n3\r\n\xbd\xc4\xcf\r\n0\r\n\r\n"
    gbk = answer(chunked, "Transfer-Encoding: chunked", kind="text/html; charset=GB2312")
    packed = answer(gzip.compress(HTML.encode()), "Content-Encoding: gzip")
    data = (
        warc("warcinfo", None, b"software: x")
        + warc("conversion", "https://example.org/1", TEXT.encode(), "Content-Type: text/plain")
        + warc("request", "https://example.org/2", b"GET /2 HTTP/1.1\r\n\r\n")
        + response("https://example.org/2", gbk)
        + response("<https://example.org/3>", packed)
        + warc("resource", None, HTML.encode(), "Content-Type: text/html")
    )
    for name, content in (("a.warc", data), ("a.wet.gz", b"".join(map(gzip.compress, (data[:500], data[500:]))))):
        (tmp_path / name).write_bytes(content)
        pages = [page for file in list_files(tmp_path).files for page in documents(file) if file.source_path == name]
        assert [page.source_path for page in pages] == [f"{name}#{n}" for n in (2, 4, 5, 6)]
        text, html, unpacked, bare = pages
        assert isinstance(text, RawDocument)
        assert isinstance(html, RawDocument)
        assert isinstance(unpacked, RawDocument)
        assert isinstance(bare, RawDocument)
        assert (text.document_key, text.is_html) == ("https://example.org/1", False)
        assert text.crawled_at == dt.datetime(2024, 5, 3, 1, 2, 3, tzinfo=dt.UTC)
        assert text.content_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
        assert [line.text for line in html.lines if line.text] == ["越南"]
        assert unpacked.url == "https://example.org/3"
        assert unpacked.content_sha256 == hashlib.sha256(HTML.encode()).hexdigest()
        assert (bare.document_key, bare.url) == (f"{name}#6", None)


def test_the_same_pages_as_another_reader_of_archives(tmp_path: Path) -> None:
    fastwarc = pytest.importorskip("fastwarc")
    records = [warc("conversion", f"https://example.org/{n}", f"{TEXT}{n}".encode() * (n + 1)) for n in range(50)]
    data = b"".join(gzip.compress(record) for record in records)
    pages = read(tmp_path, "a.wet.gz", data)
    others = fastwarc.ArchiveIterator(io.BytesIO(data), parse_http=False)
    expected = [(r.headers["WARC-Target-URI"], hashlib.sha256(r.reader.read()).hexdigest()) for r in others]
    assert [(page.url, page.content_sha256) for page in pages] == expected


def test_the_hash_of_a_file_is_that_of_its_stored_bytes(tmp_path: Path) -> None:
    data = gzip.compress(json.dumps({"text": TEXT}).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(data)
    assert content_sha256(list_files(tmp_path).files[0]) == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-03T08:00:00Z", dt.datetime(2024, 5, 3, 8, tzinfo=dt.UTC)),
        ("2024-05-03", dt.datetime(2024, 5, 3, tzinfo=dt.UTC)),
        (1_700_000_000, dt.datetime(2023, 11, 14, 22, 13, 20, tzinfo=dt.UTC)),
        (1_700_000_000_000, dt.datetime(2023, 11, 14, 22, 13, 20, tzinfo=dt.UTC)),
        (dt.date(2024, 5, 3), dt.datetime(2024, 5, 3, tzinfo=dt.UTC)),
        ("5月3日", None),
        (1e300, None),
        (float("nan"), None),
        (True, None),
        ([], None),
        ("0001-01-01T00:00:00+23:00", None),
    ],
)
def test_crawl_times(value: object, expected: dt.datetime | None) -> None:
    assert moment(value) == expected
