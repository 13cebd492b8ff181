"""What disks, permissions, other runs and people do to an output, and what the next run makes of it."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from etl import pipeline
from etl.cli import main
from etl.errors import ConfigError, PageError, PublishError, SchemaDrift
from etl.pages import RawDocument
from etl.pipeline.rollback import rollback
from etl.pipeline.session import open_session
from etl.pipeline.workers import process_all
from etl.published import scan
from etl.read import streams
from etl.settings import Settings
from etl.store import fingerprints, lock
from tests import datasets, made_pages
from tests.faults import deadly

QUIET = Settings(report=False)


@pytest.fixture(autouse=True)
def _made_up() -> Iterator[None]:
    with made_pages.stage():
        yield
    made_pages.factor = 1


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for number in range(40):
        text = made_pages.text(f"20{20 + number % 3}-05-01", f"河江省收到捐款{number}", f"aid {number + 1} USD")
        (folder / f"{number:02d}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def output(tmp_path: Path, source: Path) -> Path:
    pipeline.run(source, tmp_path / "output", settings=QUIET)
    return tmp_path / "output"


def test_a_run_with_nothing_to_do_writes_nothing(source: Path, output: Path) -> None:
    before = datasets.tree(output)
    summary = pipeline.run(source, output, settings=QUIET)
    assert (summary.published, summary.version, summary.n_unchanged) == (False, 1, 40)
    assert datasets.tree(output) == before


def test_a_changed_page_rewrites_its_year_only(source: Path, output: Path) -> None:
    before = datasets.tree(output)
    (source / "00.txt").write_text(made_pages.text("2020-06-01", "另一个题目"), encoding="utf-8")
    summary = pipeline.run(source, output, settings=QUIET)
    assert (summary.n_changed, summary.n_unchanged) == (1, 39)
    assert {path.rpartition("=")[2] for path in summary.partitions_written} == {"2020"}
    after = datasets.tree(output)
    assert all(after[path] == before[path] for path in before if "2021" in path and not path.startswith("_versions"))


def test_a_touched_page_is_not_processed(source: Path, output: Path) -> None:
    os.utime(source / "00.txt", (1, 1))
    summary = pipeline.run(source, output, settings=QUIET)
    assert (summary.published, summary.n_changed) == (False, 0)


def test_an_edit_that_sets_size_and_time_back_is_seen(source: Path, output: Path) -> None:
    path = source / "00.txt"
    status, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace("1 USD", "2 USD"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert pipeline.run(source, output, settings=QUIET).n_changed == 1


def test_records_that_come_while_their_file_is_read_are_read_by_the_next_run(source: Path, tmp_path: Path) -> None:
    output, growing = tmp_path / "output", source / "growing.jsonl"
    line = json.dumps({"text": made_pages.text()}) + "\n"
    growing.write_text(line, encoding="utf-8")
    real = made_pages.process

    def meanwhile(document: RawDocument, templates: object) -> dict[str, list[dict[str, object]]]:
        if document.source_path == "growing.jsonl#1":
            with growing.open("a", encoding="utf-8") as file:
                file.write(line)
        return real(document)

    with mock.patch("etl.pipeline.page.process_page", meanwhile), mock.patch("etl.read.streams._CHUNK", len(line)):
        pipeline.run(source, output, settings=QUIET)
    pipeline.run(source, output, settings=QUIET)
    pipeline.run(source, tmp_path / "fresh", settings=QUIET)
    assert datasets.hashes(output) == datasets.hashes(tmp_path / "fresh")
    assert not pipeline.run(source, output, settings=QUIET).published


def test_a_file_that_could_not_be_read_is_tried_again(source: Path, tmp_path: Path) -> None:
    """Its permissions change, its size and time do not."""
    real = streams._open_local

    def closed(location: str) -> object:
        if location.endswith("07.txt"):
            raise PageError("read.unreadable", "The file cannot be opened: Permission denied.")
        return real(location)

    output = tmp_path / "output"
    with mock.patch.object(streams, "_open_local", closed):
        assert pipeline.run(source, output, settings=QUIET).n_rejects == 1
        summary = pipeline.run(source, output, settings=QUIET)
        assert (summary.published, summary.n_changed) == (False, 0)
    summary = pipeline.run(source, output, settings=QUIET)
    assert (summary.n_changed, summary.n_rejects, summary.n_articles) == (1, 0, 40)


def test_the_guard_sees_own_lines_fall(source: Path, tmp_path: Path) -> None:
    for path in source.glob("*.txt"):
        path.write_text(made_pages.text("2020-01-01", "题目", *["一行字"] * 9), encoding="utf-8")
    pipeline.run(source, tmp_path / "output", settings=QUIET)
    for path in source.glob("*.txt"):
        path.write_text(made_pages.text("2020-01-01", "题目", *["一行字"] * 5), encoding="utf-8")
    with pytest.raises(PublishError, match="160 of 400 own lines"):
        pipeline.run(source, tmp_path / "output", settings=QUIET)


@pytest.mark.parametrize("how", ["deleted", "cut", "same size", "replaced", "document", "versions", "partition"])
def test_what_was_altered_by_hand_is_rebuilt(source: Path, output: Path, how: str) -> None:
    before = datasets.hashes(output)
    victim = output / "articles/pub_year=2021/part-0.parquet"
    match how:
        case "deleted":
            victim.unlink()
        case "cut":
            victim.write_bytes(victim.read_bytes()[:100])
        case "same size":
            content = bytearray(victim.read_bytes())
            content[len(content) // 2] ^= 1
            victim.write_bytes(content)
        case "replaced":
            shutil.copy(output / "articles/pub_year=2020/part-0.parquet", output / "other")
            (output / "other").replace(victim)
        case "document":
            (output / "DICTIONARY.md").write_text("nothing")
            (output / "datapackage.json").unlink()
        case "versions":
            shutil.rmtree(output / "_versions")
        case "partition":
            (output / "articles/pub_year=1999").mkdir()
            shutil.copy(victim, output / "articles/pub_year=1999/part-0.parquet")
    pipeline.run(source, output, settings=QUIET)
    assert datasets.hashes(output) == before
    assert main(["validate", str(output)]) == 0
    assert not pipeline.run(source, output, settings=QUIET).published


def test_what_was_put_back_is_said(source: Path, output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (output / "articles/pub_year=2021/part-0.parquet").unlink()
    assert main(["run", str(source), "--output", str(output)]) == 0
    assert "1 published files were missing or altered" in capsys.readouterr().out
    assert pipeline.run(source, output, settings=QUIET).n_restored == 0


def test_what_others_put_beside_the_state_is_left_alone(source: Path, output: Path) -> None:
    strange = [output / folder / ".DS_Store" for folder in ("_state/fragments", "_state/snapshots", "_versions")]
    for path in strange:
        path.write_text("mine")
    (source / "00.txt").write_text(made_pages.text("2020-06-01", "另一个题目"), encoding="utf-8")
    assert pipeline.run(source, output, settings=QUIET).published
    assert all(path.read_text() == "mine" for path in strange)


def test_lost_state_means_a_run_from_nothing(source: Path, output: Path) -> None:
    before = datasets.hashes(output)
    shutil.rmtree(output / "_state")
    (source / "39.txt").unlink()
    summary = pipeline.run(source, output, settings=QUIET)
    assert (summary.n_new, summary.version) == (39, 2)
    assert datasets.hashes(output) != before
    assert main(["validate", str(output)]) == 0


def test_lost_fragments_are_made_again(source: Path, output: Path) -> None:
    before = datasets.hashes(output)
    shutil.rmtree(output / "_state/fragments")
    pipeline.run(source, output, settings=QUIET)
    assert datasets.hashes(output) == before


@pytest.mark.parametrize("how", ["lost", "cut"])
def test_fragments_that_lost_a_file_are_made_again(source: Path, output: Path, tmp_path: Path, how: str) -> None:
    victim = next((output / "_state/fragments").glob("*/0/articles.parquet"))
    victim.unlink() if how == "lost" else victim.write_bytes(b"cut")
    (source / "00.txt").write_text(made_pages.text("2020-06-01", "另一个题目"), encoding="utf-8")
    pipeline.run(source, output, settings=QUIET)
    pipeline.run(source, tmp_path / "fresh", settings=QUIET)
    assert datasets.hashes(output) == datasets.hashes(tmp_path / "fresh")


@pytest.mark.parametrize("name", ["files.parquet", "facts.json"])
def test_a_damaged_state_says_what_to_do(
    source: Path, output: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (output / "_state/snapshots/1" / name).write_bytes(b"nothing")
    assert main(["run", str(source), "--output", str(output)]) == 1
    assert f"Remove {output}/_state" in capsys.readouterr().err


def test_the_guard_refuses_a_loss(source: Path, output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(25):
        (source / f"{number:02d}.txt").unlink()
    before = datasets.tree(output)
    assert main(["run", str(source), "--output", str(output)]) == 1
    assert "25 of 40 articles" in (said := capsys.readouterr().err)
    assert "--allow-drop" in said
    assert datasets.tree(output) == before
    assert main(["run", str(source), "--output", str(output), "--allow-drop"]) == 0
    assert json.loads((output / "datapackage.json").read_text())["counts"]["articles"] == 15


def test_the_guard_lets_small_losses_pass(source: Path, output: Path) -> None:
    for number in range(19):
        (source / f"{number:02d}.txt").unlink()
    assert pipeline.run(source, output, settings=QUIET).n_articles == 21


def test_the_guard_sees_pages_turn_into_rejects(source: Path, output: Path) -> None:
    for path in source.glob("*.txt"):
        path.write_text("2020-01-01 没有\nrefuse\n", encoding="utf-8")
    with pytest.raises(PublishError, match="40 of 40 articles"):
        pipeline.run(source, output, settings=QUIET)


def test_another_source_is_refused(source: Path, output: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "new.txt").write_text(made_pages.text(), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        pipeline.run(other, output, settings=QUIET)
    assert str(source) in str(refused.value)
    assert str(other) in str(refused.value)
    assert main(["run", str(other), "--output", str(output)]) == 2
    assert pipeline.run(other, output, settings=Settings(report=False, add=True)).n_articles == 41
    assert pipeline.run(source, output, settings=QUIET).n_removed == 0
    (other / "new.txt").unlink()
    assert pipeline.run(other, output, settings=Settings(report=False, add=True)).n_removed == 0
    assert pipeline.run(other, output, settings=QUIET).n_articles == 40


@pytest.mark.parametrize("name", [".", "*.txt", "**/*"])
def test_an_output_that_is_its_own_source_is_refused(source: Path, name: str) -> None:
    """Its tables and its report would be read as pages."""
    with pytest.raises(ConfigError, match="is the source itself"):
        pipeline.run(source / name, source, settings=QUIET)
    assert not (source / "_state").exists()


def test_lost_rows_of_another_source_are_said(source: Path, output: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "new.txt").write_text(made_pages.text(), encoding="utf-8")
    (lost,) = (output / "_state/fragments").iterdir()
    pipeline.run(other, output, settings=Settings(report=False, add=True))
    shutil.rmtree(lost)
    with pytest.raises(PublishError, match="are lost"):
        pipeline.run(other, output, settings=QUIET)
    assert pipeline.run(source, output, settings=QUIET).n_articles == 41


def test_rejects_of_listing_stay_while_another_source_is_run(source: Path, output: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for folder in (source, other):
        (folder / f"link of {folder.name}.txt").symlink_to("/etc/passwd")
    pipeline.run(source, output, settings=QUIET)
    pipeline.run(other, output, settings=Settings(report=False, add=True))
    assert pipeline.run(source, output, settings=QUIET).published is False
    rejects = scan(output, "rejects").collect()
    assert rejects["source_path"].to_list() == ["link of other.txt", "link of source.txt"]


def test_a_full_disk_is_said_and_survived(source: Path, output: Path, tmp_path: Path) -> None:
    (source / "00.txt").write_text(made_pages.text("2020-06-01", "另一个题目"), encoding="utf-8")
    before = datasets.tree(output)
    full = OSError(28, "No space left on device", str(output))
    with (
        mock.patch("pyarrow.parquet.ParquetWriter.write_table", side_effect=full),
        pytest.raises(PublishError, match="full"),
    ):
        pipeline.run(source, output, settings=QUIET)
    assert datasets.tree(output) == before
    pipeline.run(source, output, settings=QUIET)
    pipeline.run(source, tmp_path / "fresh", settings=QUIET)
    assert datasets.hashes(output) == datasets.hashes(tmp_path / "fresh")


@pytest.mark.slow
def test_a_limit_on_file_size_is_survived(tmp_path: Path, source: Path) -> None:
    """A real write that fails in the middle, whichever library does it."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    command = [sys.executable, "-m", "etl.cli", "run", str(source), "--output", str(tmp_path / "output")]
    done = subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "run again" in done.stderr
    assert not (tmp_path / "output" / "datapackage.json").exists()
    pipeline.run(source, tmp_path / "output", settings=QUIET)
    assert main(["validate", str(tmp_path / "output")]) == 0


# As the superuser, who may write everywhere, only without that right.
UNPRIVILEGED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.mark.skipif(bool(UNPRIVILEGED) and not shutil.which("setpriv"), reason="the superuser may write everywhere")
def test_a_read_only_output_is_said(source: Path, tmp_path: Path) -> None:
    (tmp_path / "output").mkdir(mode=0o555)
    command = [*UNPRIVILEGED, sys.executable, "-m", "etl.cli", "run", str(source), "--output", str(tmp_path / "output")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "may not be written: change its permissions and run again" in done.stderr
    assert not any((tmp_path / "output").iterdir())


def test_an_output_that_is_a_file_is_said(source: Path, tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file")
    with pytest.raises(PublishError):
        pipeline.run(source, tmp_path / "output", settings=QUIET)


def test_one_run_at_a_time(source: Path, output: Path) -> None:
    with lock.held(output / "_state/lock", 0), pytest.raises(PublishError, match="another run"):
        pipeline.run(source, output, settings=Settings(lock_wait=0.1))


def test_the_second_run_waits(source: Path, output: Path) -> None:
    told: list[str] = []
    with lock.held(output / "_state/lock", 0):
        thread = threading.Thread(target=lambda: pipeline.run(source, output, settings=QUIET, tell=told.append))
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(30)
    assert told == ["Another run on this output is going on: waiting for it."]


def test_a_builder_that_is_wrong_stops_the_run(source: Path, output: Path) -> None:
    (source / "00.txt").write_text(made_pages.text("2020-06-01", "另一个题目"), encoding="utf-8")
    before = datasets.tree(output)
    real = made_pages.process

    def wrong(document: object, templates: object) -> dict[str, list[dict[str, object]]]:
        rows = real(document)  # type: ignore[arg-type]
        return {**rows, "articles": [{**rows["articles"][0], "surprise": 1}]}

    with mock.patch("etl.pipeline.page.process_page", wrong), pytest.raises(SchemaDrift, match="surprise"):
        pipeline.run(source, output, settings=QUIET)
    assert datasets.tree(output) == before


def test_other_words_in_the_dictionary_are_published(source: Path, output: Path) -> None:
    layout = {**fingerprints.publication(), "lookups": "other"}
    with (
        mock.patch.object(fingerprints, "publication", lambda: layout),
        mock.patch("etl.dictionary.markdown", lambda: "other words\n"),
    ):
        summary = pipeline.run(source, output, settings=QUIET)
        assert (summary.published, summary.partitions_written) == (True, ())
        assert not pipeline.run(source, output, settings=QUIET).published
    assert (output / "DICTIONARY.md").read_text() == "other words\n"


def test_back_to_an_older_version(source: Path, output: Path) -> None:
    first = datasets.hashes(output)
    (source / "00.txt").write_text(made_pages.text("2020-06-01", "另一个题目"), encoding="utf-8")
    pipeline.run(source, output, settings=QUIET)
    second = datasets.hashes(output)
    assert rollback(output) == 1
    assert datasets.hashes(output) == first
    assert pipeline.run(source, output, settings=QUIET).n_changed == 1
    assert datasets.hashes(output) == second
    with pytest.raises(ConfigError, match="no version 77"):
        rollback(output, 77)


def test_a_damaged_version_is_not_gone_back_to(source: Path, output: Path) -> None:
    (source / "00.txt").write_text(made_pages.text("2020-06-01", "另一个题目"), encoding="utf-8")
    pipeline.run(source, output, settings=QUIET)
    before = datasets.hashes(output)
    (output / "_versions/1/articles/pub_year=2020/part-0.parquet").unlink()
    with pytest.raises(PublishError, match=r"part-0\.parquet is missing or altered"):
        rollback(output, 1)
    assert not pipeline.run(source, output, settings=QUIET).published
    assert datasets.hashes(output) == before


def test_documents_follow_the_version(source: Path, output: Path) -> None:
    """A report of a version that is shown no longer goes; one that was made for the present version stays."""
    (output / "report.html").write_text("made by hand")
    pipeline.run(source, output, settings=QUIET)
    assert (output / "report.html").exists()
    (source / "00.txt").write_text(made_pages.text("2020-06-01", "另一个题目"), encoding="utf-8")
    pipeline.run(source, output, settings=QUIET)
    assert not (output / "report.html").exists()


def test_only_the_last_versions_are_kept(source: Path, output: Path) -> None:
    for number in range(4):
        (source / "00.txt").write_text(made_pages.text("2020-06-01", f"题目{number}"), encoding="utf-8")
        pipeline.run(source, output, settings=Settings(report=False, keep_versions=2, keep_seconds=0))
    assert sorted(path.name for path in (output / "_versions").iterdir()) == ["4", "5"]
    assert len(list((output / "_state/fragments").iterdir())) <= 3


def test_finished_batches_of_a_dead_run_are_taken_over(source: Path, tmp_path: Path) -> None:
    calls = 0
    real = made_pages.process

    def dying(document: object, templates: object) -> dict[str, list[dict[str, object]]]:
        nonlocal calls
        calls += 1
        if calls == 35:
            raise KeyboardInterrupt
        return real(document)  # type: ignore[arg-type]

    few = Settings(report=False, batch_files=10)
    with mock.patch("etl.pipeline.page.process_page", dying):
        with pytest.raises(KeyboardInterrupt):
            pipeline.run(source, tmp_path / "output", settings=few)
        summary = pipeline.run(source, tmp_path / "output", settings=few)
    assert (calls, summary.n_articles, summary.n_new) == (35 + 10, 40, 40)


def test_only_what_a_change_can_touch_is_processed_again(source: Path, tmp_path: Path) -> None:
    """A site profile touches the pages of its site; the made-up site is `made`."""
    output = tmp_path / "output"
    pieces = {"read": "1", "site:made": "1", "site:shidai": "1", "money": "1", "html": "1"}

    def run(**changed: str) -> int:
        now = {**pieces, **{name.replace("_", ":"): value for name, value in changed.items()}}
        with mock.patch.object(fingerprints, "current", lambda templates=None: now):
            return pipeline.run(source, output, settings=QUIET).n_stale

    assert run() == 0
    assert run(site_shidai="2") == 0
    assert run(html="2", money="2") == 0
    assert run(site_made="2") == 40
    assert run(site_made="2") == 0
    assert run(read="2") == 40


@pytest.mark.slow
def test_a_page_that_kills_its_process_costs_itself_only(source: Path, tmp_path: Path) -> None:
    (source / "07.txt").write_text(made_pages.text("2020-01-01", "题目", "kill"), encoding="utf-8")
    with open_session(source, tmp_path / "output", Settings(report=False, batch_files=10), workers=2) as session:
        summary = session.finish(list(process_all(session.batches, 2, deadly.process_batch)))
    assert (summary.n_articles, summary.n_rejects) == (39, 1)
    (row,) = scan(tmp_path / "output", "rejects").collect().to_dicts()
    assert (row["source_path"], row["code"]) == ("07.txt", "pipeline.crashed")
