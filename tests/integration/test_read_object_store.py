"""Sources in an S3-compatible store, against a real server on loopback."""

from __future__ import annotations

import gc
import io
import logging
import urllib.request
from collections.abc import Iterator

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import s3fs
from moto.server import ThreadedMotoServer

from etl.errors import ConfigError, SourceError
from etl.pages import RawDocument
from etl.read import Reject, content_sha256, documents, list_files, stores
from tests.faults.nasty_inputs import TEXT, gzip_bomb, line, warc

pytestmark = [
    pytest.mark.server,
    # The server's own use of an old module, and sockets its client leaves to the collector.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]
SECRET = "a-secret-that-must-not-show"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.client]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "user",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }.items():
        monkeypatch.setenv(name, value)
    # What earlier servers of this process held is still there.
    urllib.request.urlopen(urllib.request.Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    s3fs.S3FileSystem.clear_instance_cache()  # its instances remember the address of the server before
    client = boto3.client("s3")
    client.create_bucket(Bucket="news")
    yield client
    client.close()
    server.stop()
    gc.collect()  # sockets left to the collector are to warn here, where it is allowed


def put(client: boto3.client, **objects: bytes) -> None:
    for key, body in objects.items():
        client.put_object(Bucket="news", Key=key, Body=body)


def table(rows: list[str]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": rows}), sink, row_group_size=2)
    return sink.getvalue()


def test_a_mixed_prefix(bucket: boto3.client) -> None:
    put(
        bucket,
        **{
            "raw/2024/a.txt": TEXT.encode(),
            "raw/2024/b.jsonl": line(text=TEXT) * 3,
            "raw/2024/c.parquet": table([TEXT] * 5),
            "raw/2024/d.warc": warc("conversion", "https://example.org/1", TEXT.encode()),
            "raw/2024/bomb.jsonl.gz": gzip_bomb(64 * 1024 * 1024),
            "raw/2024/e.csv": b"1,2",
            "raw/2024/folder/": b"",
            "raw/2025/f.txt": TEXT.encode(),
            "raw/\u202eb.txt": TEXT.encode(),
            "other/h.txt": TEXT.encode(),
        },
    )
    listing = list_files("s3://news/raw/")
    assert listing.root == "s3://news/raw"
    assert [file.source_path for file in listing.files] == [
        "2024/a.txt", "2024/b.jsonl", "2024/bomb.jsonl.gz", "2024/c.parquet", "2024/d.warc", "2025/f.txt",
    ]  # fmt: skip
    assert listing.skipped == {".csv": 1}
    assert [reject.code for reject in listing.rejects] == ["read.path"]
    found = [item for file in listing.files for item in documents(file)]
    assert [item.source_path for item in found if isinstance(item, RawDocument)] == [
        "2024/a.txt",
        *(f"2024/b.jsonl#{n}" for n in (1, 2, 3)),
        *(f"2024/c.parquet#{n}" for n in (1, 2, 3, 4, 5)),
        "2024/d.warc#1",
        "2025/f.txt",
    ]
    assert [item.code for item in found if isinstance(item, Reject)] == ["read.bomb"]


def test_what_is_left_out_and_what_is_not_there(bucket: boto3.client) -> None:
    put(bucket, **{"raw/a.txt": b"1", "raw/out/report.html": b"2", "raw/outer.txt": b"3"})
    listing = list_files("s3://news/raw", exclude=["s3://news/raw/out"])
    assert [file.source_path for file in listing.files] == ["a.txt", "outer.txt"]
    with pytest.raises(ConfigError, match="no such bucket"):
        list_files("s3://nowhere/raw")


def test_one_object_and_a_glob(bucket: boto3.client) -> None:
    put(bucket, **{"raw/2024/a.txt": b"1", "raw/2024/b.html": b"2", "raw/2025/a.txt": b"3"})
    one, glob = list_files("s3://news/raw/2024/a.txt"), list_files("s3://news/raw/*/a.txt")
    assert (one.root, [file.source_path for file in one.files]) == ("s3://news/raw/2024", ["a.txt"])
    assert (glob.root, [file.source_path for file in glob.files]) == ("s3://news/raw", ["2024/a.txt", "2025/a.txt"])


def test_the_stamp_changes_with_the_content(bucket: boto3.client) -> None:
    put(bucket, **{"raw/a.txt": b"12"})
    (before,) = list_files("s3://news/raw").files
    put(bucket, **{"raw/a.txt": b"34"})
    (after,) = list_files("s3://news/raw").files
    assert before.size == after.size == 2
    assert before.stamp != after.stamp
    assert content_sha256(before) == content_sha256(after)


def test_an_object_removed_after_listing_is_a_reject(bucket: boto3.client) -> None:
    put(bucket, **{"raw/a.txt": TEXT.encode()})
    (file,) = list_files("s3://news/raw").files
    bucket.delete_object(Bucket="news", Key="raw/a.txt")
    (reject,) = documents(file)
    assert isinstance(reject, Reject)
    assert reject.code == "read.vanished"


def test_nothing_at_the_address_is_wrong_usage(bucket: boto3.client) -> None:
    with pytest.raises(ConfigError, match="nothing at this address"):
        list_files("s3://news/empty")


def test_a_store_that_fails_is_tried_again(bucket: boto3.client, monkeypatch: pytest.MonkeyPatch) -> None:
    put(bucket, **{"raw/a.jsonl": line(text=TEXT) * 4, "raw/c.parquet": table([TEXT] * 5)})
    files = list_files("s3://news/raw").files
    expected = [list(documents(file)) for file in files]
    fetch, failures = s3fs.core.S3File._fetch_range, []

    def flaky(self: object, start: int, end: int) -> bytes:
        if len(failures) % 3 < 2:
            failures.append(1)
            raise ConnectionResetError("connection reset by peer")
        failures.append(0)
        return fetch(self, start, end)  # type: ignore[no-any-return]

    monkeypatch.setattr(s3fs.core.S3File, "_fetch_range", flaky)
    monkeypatch.setattr(stores, "_FIRST_WAIT", 0.001)
    assert [list(documents(file)) for file in files] == expected
    assert sum(failures) >= 4


def test_a_store_that_stays_away_is_a_source_error_without_secrets(
    bucket: boto3.client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    put(bucket, **{"raw/a.txt": TEXT.encode(), "raw/c.parquet": table([TEXT])})
    files = list_files("s3://news/raw").files

    def dead(self: object, start: int, end: int) -> bytes:
        raise ConnectionResetError(f"with {SECRET}")

    monkeypatch.setattr(s3fs.core.S3File, "_fetch_range", dead)
    monkeypatch.setattr(stores, "_FIRST_WAIT", 0.001)
    with caplog.at_level(logging.DEBUG, logger="etl"):
        for file in files:
            with pytest.raises(SourceError, match="Try again") as error:
                list(documents(file))
            assert SECRET not in str(error.value)
    assert SECRET not in caplog.text


def test_refused_credentials_are_said_to_be_the_cause(bucket: boto3.client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError("Access Denied")

    monkeypatch.setattr(s3fs.S3FileSystem, "find", refused)
    with pytest.raises(SourceError, match="credentials in the environment"):
        list_files("s3://news/raw")
