"""An output in an S3-compatible store: committed by a conditional put, so that of two writers one wins."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pyarrow.parquet as pq
import pytest
from moto.server import ThreadedMotoServer

from etl.errors import ConfigError, PublishError, SourceError
from etl.store import remote
from tests.flows import corpus

pytestmark = [
    pytest.mark.server,
    # The server's own use of old modules, and sockets its client leaves to the collector.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]
OUTPUT = "s3://tables/news"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "user",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        remote.CACHE: str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    # What earlier servers of this process held is still there.
    urllib.request.urlopen(urllib.request.Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    client = boto3.client("s3")
    client.create_bucket(Bucket="tables")
    yield client
    client.close()
    server.stop()
    gc.collect()  # sockets left to the collector are to warn here, where it is allowed


def objects(client: Any) -> dict[str, bytes]:
    found = {}
    for entry in client.list_objects_v2(Bucket="tables").get("Contents", []):
        body = client.get_object(Bucket="tables", Key=entry["Key"])["Body"].read()
        found[entry["Key"].removeprefix("news/")] = body
    return found


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8")


def another_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    monkeypatch.setenv(remote.CACHE, str(tmp_path / name))


def test_what_is_written_is_there_for_the_next_machine(
    bucket: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with remote.working_copy(OUTPUT) as folder:
        write(
            folder,
            articles__a="1",
            lines__b="2",
            _state__snapshot="3",
            _state__work__c="4",
            **{"datapackage.json": "{}"},
        )
    found = objects(bucket)
    assert found.keys() == {"articles/a", "lines/b", "_state/snapshot", "datapackage.json", remote.COMMIT}
    another_machine(monkeypatch, tmp_path, "second")
    with remote.working_copy(OUTPUT) as folder:
        assert (folder / "articles/a").read_text() == "1"
        write(folder, articles__a="11")
        (folder / "lines/b").unlink()
    assert objects(bucket).keys() == found.keys() - {"lines/b"}
    another_machine(monkeypatch, tmp_path, "cache")
    with remote.working_copy(OUTPUT) as folder:
        assert (folder / "articles/a").read_text() == "11"
        assert not (folder / "lines/b").exists()


def test_a_run_that_changes_nothing_puts_nothing(bucket: Any) -> None:
    with remote.working_copy(OUTPUT) as folder:
        write(folder, a="1")
    before = objects(bucket)
    with remote.working_copy(OUTPUT):
        pass
    assert objects(bucket) == before


def test_a_run_that_fails_commits_nothing(bucket: Any) -> None:
    with remote.working_copy(OUTPUT) as folder:
        write(folder, a="1")
    before = objects(bucket)
    with pytest.raises(ValueError, match="broken"), remote.working_copy(OUTPUT) as folder:
        write(folder, a="2", b="3")
        raise ValueError("broken")
    assert objects(bucket) == before
    with remote.working_copy(OUTPUT) as folder:
        assert (folder / "a").read_text() == "1"
        assert not (folder / "b").exists()


@pytest.mark.parametrize("first", [True, False], ids=["first version", "later version"])
def test_of_two_writers_one_wins(bucket: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, first: bool) -> None:
    if not first:
        with remote.working_copy(OUTPUT) as folder:
            write(folder, a="0")
    another_machine(monkeypatch, tmp_path, "slow")
    with pytest.raises(PublishError, match="another run published"), remote.working_copy(OUTPUT) as slow:
        write(slow, a="slow", only="slow")
        another_machine(monkeypatch, tmp_path, "fast")
        with remote.working_copy(OUTPUT) as fast:
            write(fast, a="fast")
        another_machine(monkeypatch, tmp_path, "slow")
    assert objects(bucket)["a"] == b"fast"
    assert "only" not in objects(bucket)
    assert not [path for path in objects(bucket) if path.startswith(remote.INCOMING)]
    with remote.working_copy(OUTPUT) as again:
        assert (again / "a").read_text() == "fast"


def test_two_runs_on_one_machine_take_turns(bucket: Any) -> None:
    with (
        remote.working_copy(OUTPUT) as folder,
        pytest.raises(PublishError, match="another run"),
        remote.working_copy(OUTPUT, wait=0.1),
    ):
        write(folder, a="never fetched over by the second")
    with remote.working_copy(OUTPUT, wait=0.1):
        pass


def test_what_is_not_ours_stays_and_what_dead_runs_left_goes(bucket: Any) -> None:
    with remote.working_copy(OUTPUT) as folder:
        write(folder, a="1", b="1")
    for key in ("README", "_state/incoming/dead/a"):
        bucket.put_object(Bucket="tables", Key=f"news/{key}", Body=b"x")
    with remote.working_copy(OUTPUT) as folder:
        write(folder, a="2")
        (folder / "b").unlink()
    assert objects(bucket).keys() == {"a", "README", remote.COMMIT}


def test_a_slow_run_takes_nothing_from_the_next(bucket: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with remote.working_copy(OUTPUT) as folder:
        write(folder, a="1", b="1")
    promote, slow = remote._promote, []
    with monkeypatch.context() as patch, remote.working_copy(OUTPUT) as folder:
        write(folder, a="2")
        (folder / "b").unlink()
        patch.setattr(remote, "_promote", lambda store, commit: slow.append((store, commit)))
    another_machine(monkeypatch, tmp_path, "second")
    with remote.working_copy(OUTPUT) as folder:
        assert not (folder / "b").exists()
        write(folder, a="3", b="3")
    promote(*slow[0])
    found = objects(bucket)
    assert (found["a"], found["b"]) == (b"3", b"3")


@pytest.mark.parametrize("machine", ["the same", "another"])
def test_lost_and_altered_objects_are_put_again(
    bucket: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, machine: str
) -> None:
    from etl.pipeline import run

    source = tmp_path / "in"
    corpus.write(source, range(2), ("2022-03", "2023-03"))
    run(source, OUTPUT)
    before = objects(bucket)
    bucket.delete_object(Bucket="tables", Key="news/articles/pub_year=2022/part-0.parquet")
    bucket.put_object(Bucket="tables", Key="news/lines/pub_year=2023/part-0.parquet", Body=b"altered")
    if machine == "another":
        another_machine(monkeypatch, tmp_path, "second")
    run(source, OUTPUT)
    after = objects(bucket)
    for name in corpus.fingerprint(tmp_path / "cache" / remote.folder(OUTPUT).name):
        assert after[name] == before[name], name


def test_a_run_that_died_after_its_commit_is_finished_by_the_next(
    bucket: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with remote.working_copy(OUTPUT) as folder:
        write(folder, a="1", gone="1")
    promote = remote._promote
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt), remote.working_copy(OUTPUT) as folder:
        write(folder, a="2", b="2")
        (folder / "gone").unlink()

        def die(*_: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(remote, "_promote", die)
    assert objects(bucket)["a"] == b"1"
    assert remote._promote is promote
    another_machine(monkeypatch, tmp_path, "second")
    with remote.working_copy(OUTPUT) as folder:
        assert (folder / "a").read_text() == "2"
    found = objects(bucket)
    assert found.keys() == {"a", "b", remote.COMMIT}
    assert json.loads(found[remote.COMMIT])["files"]["a"] == hashlib.sha256(b"2").hexdigest()


def test_readers_look_at_the_descriptor_last(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import obstore

    copied, copy = [], obstore.copy

    def noted(store: object, source: str, target: str) -> None:
        copied.append(target)
        copy(store, source, target)

    monkeypatch.setattr(obstore, "copy", noted)
    with remote.working_copy(OUTPUT) as folder:
        write(folder, **{"datapackage.json": "{}", "articles__x": "1", "runs__x": "1"})
    assert copied == ["articles/x", "runs/x", "datapackage.json"]


def test_a_store_that_is_away_is_a_source_error(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import obstore

    def away(*_: object, **__: object) -> None:
        raise OSError("with a secret")

    monkeypatch.setattr(obstore, "get", away)
    with pytest.raises(SourceError, match="Run again") as error, remote.working_copy(OUTPUT):
        pass
    assert "secret" not in str(error.value)


def test_an_output_within_its_source_is_left_out(bucket: Any) -> None:
    from etl.pipeline import run

    bucket.put_object(Bucket="tables", Key="raw.txt", Body=corpus.page(1, "2022-03").encode())
    assert run("s3://tables", OUTPUT).n_files == 1
    assert run("s3://tables", OUTPUT).n_files == 1
    with pytest.raises(ConfigError, match="is the source itself"):
        run(OUTPUT, OUTPUT)


def test_a_whole_run_in_a_store(bucket: Any, tmp_path: Path) -> None:
    from etl.pipeline import run

    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(corpus.page(1, "2022-03"), encoding="utf-8")
    summary = run(source, OUTPUT)
    assert summary.output == OUTPUT
    assert not run(source, OUTPUT).published
    run(source, tmp_path / "plain")
    expected = (tmp_path / "plain" / "articles" / "pub_year=2022" / "part-0.parquet").read_bytes()
    found = objects(bucket)
    assert found["articles/pub_year=2022/part-0.parquet"] == expected
    assert found["_versions/1/articles/pub_year=2022/part-0.parquet"] == expected
    assert pq.read_table(io.BytesIO(expected)).num_rows == 1
