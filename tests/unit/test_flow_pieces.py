"""Pieces of the flows that need no server: where Prefect lives, names of assets, which steps are due."""

from __future__ import annotations

import inspect
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from etl.errors import ConfigError, SourceError
from etl.pipeline.backfill import Step, Wanted
from flows import artifacts, batches, home, notices, runners, serve, steps


@pytest.fixture
def no_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PREFECT")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PREFECT_HOME", "")
    monkeypatch.delenv("PREFECT_HOME")


def test_the_flows_are_called_as_promised() -> None:
    from flows.backfill import backfill
    from flows.ingest import ingest
    from flows.maintain import maintain

    def shown(flow: Any) -> dict[str, object]:
        parameters = inspect.signature(flow.fn).parameters.values()
        return {p.name: p.default for p in parameters}

    required = inspect.Parameter.empty
    where = {"source": required, "output": required}
    assert list(shown(ingest).items()) == [*where.items(), ("engine", "processes"), ("workers", None)]
    assert list(shown(maintain).items())[:2] == list(where.items())
    filters = dict.fromkeys(("start", "end", "site", "path", "rejected"))
    promised = {**where, **filters, "dry_run": False, "engine": "processes"}
    assert list(shown(backfill).items())[: len(promised)] == list(promised.items())
    assert all(default is not required for flow in (maintain, backfill) for default in list(shown(flow).values())[2:])


def test_filters_are_said_in_words() -> None:
    from flows.backfill import in_words

    assert in_words(Wanted(start="2024-01", end="2024-03", site="shidai")) == "2024-01 to 2024-03, site shidai"
    assert in_words(Wanted(end="2024-03", rejected="read.encoding")) == "… to 2024-03, rejected read.encoding"
    assert in_words(Wanted(undated=True, path="a/*")) == "path a/*, undated"


def test_a_run_by_hand_keeps_prefect_beside_its_data(no_prefect: None, tmp_path: Path) -> None:
    home.settle(["seeds", str(tmp_path / "out")])
    assert os.environ["PREFECT_HOME"] == str(tmp_path / "out" / "_state" / "prefect")
    assert (tmp_path / "out" / "_state" / "prefect").is_dir()


@pytest.mark.parametrize(
    "arguments", [["seeds"], ["seeds", "s3://bucket/x"], ["seeds", "--from", "2024-01"], ["a", "/proc/x"]]
)
def test_without_a_folder_to_write_to_it_lives_in_a_temporary_one(
    no_prefect: None, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    home.settle(arguments)
    assert os.environ["PREFECT_HOME"].startswith(str(tmp_path / "temporary"))
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]


def test_a_prefect_that_is_named_is_left_alone(
    no_prefect: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    home.settle(["seeds", str(tmp_path / "out")])
    assert "PREFECT_HOME" not in os.environ
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("place", ["a b", "百页/%41", 'x"<y>', "s3://bucket/a?b#c", "x" * 900, "a&b'c\td"])
def test_every_place_has_an_asset_key(place: str) -> None:
    from prefect.assets import Asset

    key = notices.location(place)
    assert Asset(key=f"{key}/date_mentions").key.startswith(("file:///", "s3://"))


def test_different_places_have_different_keys() -> None:
    assert notices.location("/a b") != notices.location("/a_b")
    assert notices.location("/a") != notices.location("s3://a")


STEP = Step("2024-01", "k1", 3, 2, 100, (), ())
DONE = Step("2024-02", "k2", 3, 2, 100, (), (), is_done=True)


@pytest.mark.parametrize(
    ("reprocess", "failed", "due"),
    [
        ("missing", [], [True, False]),
        ("missing", ["k1"], [False, False]),
        ("failed", ["k1"], [True, False]),
        ("failed", [], [True, False]),
        ("all", ["k1"], [True, True]),
    ],
)
def test_which_steps_are_due(reprocess: str, failed: list[str], due: list[bool]) -> None:
    assert [steps.is_due(step, reprocess, frozenset(failed)) for step in (STEP, DONE)] == due


def test_failures_of_steps_are_noted_and_forgotten(tmp_path: Path) -> None:
    assert steps.failed(tmp_path) == frozenset()
    steps.note(tmp_path, [STEP, DONE], is_failed=True)
    assert steps.failed(tmp_path) == {"k1", "k2"}
    steps.note(tmp_path, [STEP], is_failed=False)
    assert steps.failed(tmp_path) == {"k2"}


class _State:
    def __init__(self, error: BaseException | None) -> None:
        self.error = error

    def result(self) -> None:
        if self.error:
            raise self.error


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (SourceError("away"), True),
        (OSError("disk"), True),
        (ValueError("bug"), False),
        (ConfigError("x"), False),
        (None, False),
    ],
)
def test_only_reading_and_writing_are_tried_again(error: BaseException | None, again: bool) -> None:
    assert batches.may_pass(None, None, _State(error)) is again


def test_an_engine_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "prefect_ray", None)
    with pytest.raises(ConfigError, match=r"youlian\[ray\]"):
        runners.runner("ray", 2)


def test_tables_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []
    monkeypatch.setattr(artifacts, "create_table_artifact", lambda rows, **_: sent.append(rows))
    monkeypatch.setattr(artifacts, "create_markdown_artifact", lambda text, **_: sent.append(text))
    artifacts.table("key", [{"code": "x" * 5_000, "n": number} for number in range(10_000)], "many")
    artifacts.markdown("key", "x" * 1_000_000, "long")
    rows, text = sent
    assert len(rows) == artifacts.ROWS + 1
    assert rows[-1]["code"] == f"and {10_000 - artifacts.ROWS} more"
    assert max(len(str(row)) for row in rows) < 2 * artifacts.CHARS
    assert len(text) < 25_000


def test_serving_stays_on_loopback(tmp_path: Path) -> None:
    variables = serve.environment(4321, tmp_path)
    assert variables["PREFECT_API_URL"] == "http://127.0.0.1:4321/api"
    assert variables["PREFECT_SERVER_API_HOST"] == "127.0.0.1"
    assert variables["DO_NOT_TRACK"] == "1"
    # A server that dies forgets leases in its memory; the place of a run that died with it would be taken for good.
    assert variables["PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE"].endswith("filesystem")


def test_a_port_is_free_unless_somebody_listens(tmp_path: Path) -> None:
    port = serve.free_port(0)
    assert serve.free_port(port) == port
    with socket.create_server((serve.HOST, port)) as server:
        assert serve.free_port(port) != port
        with pytest.raises(OSError, match=f"Port {port} is in use"):
            serve.Local(port, tmp_path).start_server()
        # A connection that the server closes first is left behind for a minute; it does not make the port taken.
        with socket.create_connection((serve.HOST, port)):
            server.accept()[0].close()
    assert serve.free_port(port) == port
