"""Source and output in a store: the flow leaves there what it leaves in a folder, and goes on from there."""

from __future__ import annotations

import gc
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from etl.pipeline import run
from tests.flows import corpus
from tests.flows.conftest import Prefect

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
    # The server's own use of old modules, and sockets its client leaves to the collector.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]
SOURCE, OUTPUT = "s3://news/pages/", "s3://news/tables"


@pytest.fixture
def store() -> Iterator[dict[str, str]]:
    """The environment in which an S3 server on loopback is found."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    # What earlier servers of this process held is still there.
    urllib.request.urlopen(urllib.request.Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    yield {
        "AWS_ACCESS_KEY_ID": "user",
        "AWS_SECRET_ACCESS_KEY": "not-to-be-told",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }
    server.stop()
    gc.collect()


def tables(client: Any) -> dict[str, bytes]:
    """The tables that readers see in the store."""
    found = {}
    for entry in client.list_objects_v2(Bucket="news", Prefix="tables/")["Contents"]:
        name = entry["Key"].removeprefix("tables/")
        if name.endswith(".parquet") and not name.startswith(("_", "runs/")):
            found[name] = client.get_object(Bucket="news", Key=entry["Key"])["Body"].read()
    return found


def test_ingest_and_backfill_on_s3(prefect: Prefect, store: dict[str, str], tmp_path: Path) -> None:
    corpus.write(tmp_path / "in", range(6))
    client = boto3.client(
        "s3",
        endpoint_url=store["AWS_ENDPOINT_URL"],
        aws_access_key_id=store["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=store["AWS_SECRET_ACCESS_KEY"],
        region_name=store["AWS_DEFAULT_REGION"],
    )
    client.create_bucket(Bucket="news")

    def upload(name: str) -> None:
        client.put_object(Bucket="news", Key=f"pages/{name}", Body=(tmp_path / "in" / name).read_bytes())

    for path in sorted((tmp_path / "in").iterdir()):
        upload(path.name)
    done = prefect.flow("ingest", SOURCE, OUTPUT, "processes", **store, YOULIAN_CACHE=str(tmp_path / "cache"))
    assert done.returncode == 0, done.stderr
    assert f"Version 1 in {OUTPUT}" in done.stdout
    run(tmp_path / "in", tmp_path / "plain")
    assert tables(client).keys() >= {"articles/pub_year=2022/part-0.parquet", "rejects/part-0.parquet"}
    for name, content in tables(client).items():
        assert content == (tmp_path / "plain" / name).read_bytes(), name
    (found,) = [r for r in prefect.runs("ingest") if r["parameters"]["output"] == OUTPUT]
    assert f"{OUTPUT}/report.html" in prefect.artifacts(found["id"])["report"]["data"]
    assert prefect.events("prefect.asset.materialization.succeeded", f"{OUTPUT}/articles")

    # Another machine, which has nothing but the store.
    (tmp_path / "in" / "0000.txt").write_text(corpus.page(99, corpus.MONTHS[0]), encoding="utf-8")
    upload("0000.txt")
    mended = prefect.flow(
        "backfill", SOURCE, OUTPUT, "--path", "0000*", "--engine", "threads",
        **store, YOULIAN_CACHE=str(tmp_path / "second"),
    )  # fmt: skip
    assert mended.returncode == 0, mended.stderr
    run(tmp_path / "in", tmp_path / "plain")
    for name, content in tables(client).items():
        assert content == (tmp_path / "plain" / name).read_bytes(), name
    assert "not-to-be-told" not in done.stderr + done.stdout + mended.stderr + mended.stdout
    client.close()
