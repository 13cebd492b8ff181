"""The command: help that teaches, exit codes, output for people and machines."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import cli
from etl.cli.printing import columns, grid, plain
from tests import made_pages

COMMANDS = [
    "run",
    "backfill",
    "explain",
    "lines",
    "tables",
    "rejects",
    "lookups",
    "validate",
    "diff",
    "report",
    "export",
    "learn",
]
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("YOULIAN_REPORT", "0")
    with made_pages.stage():
        yield


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a.txt").write_text(made_pages.text("2024-05-01", "河江省收到捐款", "aid 5 USD"), encoding="utf-8")
    (folder / "b.txt").write_text("2024-05-01 没有\nrefuse\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_by_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([command, "--help"])
    assert left.value.code == 0
    assert f"  youlian {command}" in capsys.readouterr().out


def test_every_example_parses() -> None:
    """An example that the parser refuses would teach what does not work."""
    import shlex

    top = cli.parser()
    chosen = next(action for action in top._actions if hasattr(action, "choices") and action.choices)
    assert chosen.choices is not None
    assert sorted(chosen.choices) == sorted(COMMANDS)
    for name in COMMANDS:
        epilog = chosen.choices[name].epilog  # type: ignore[index]
        lines = [line.split("   ")[0].strip() for line in epilog.split("examples:\n")[1].splitlines() if line.strip()]
        lines = [line.partition("|")[0].strip() if " | " in line else line for line in lines]
        for line in [*lines]:
            words = shlex.split(line)
            assert words[0] == "youlian"
            top.parse_args(words[1:])


def _cpu(*arguments: str) -> float:
    """CPU seconds of a Python process. Bytecode may be kept, as it is for anybody who runs youlian twice."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_starts_at_once() -> None:
    assert _cpu("-m", "etl.cli", "--help") < 0.3


def test_a_run_on_one_page_costs_little_more_than_its_libraries(tmp_path: Path) -> None:
    """Beyond Python itself, at most two and a half times the import of polars and pandera (2.1 when written)."""
    page = str(SEEDS / "001_c38fe071c0a58947.txt")
    ways = {
        "python": ["-c", "pass"],
        "imports": ["-c", "import polars, pandera.polars"],
        "run": ["-m", "etl.cli", "run", page, "--output"],
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(4):  # in turns, because what else the machine does slows all of them alike
        for name, words in ways.items():
            spent[name].append(_cpu(*words, *[str(tmp_path / f"{turn}")] * (name == "run")))
    python, imports, run = (min(spent[name]) for name in ways)
    assert (run - python) / (imports - python) < 2.5


def test_run_and_look(source: Path, tmp_path: Path, made_up: None, capsys: pytest.CaptureFixture[str]) -> None:
    output = str(tmp_path / "output")
    assert cli.main(["run", str(source), "--output", output]) == 0
    said = capsys.readouterr()
    assert "2 files: 2 new" in said.out
    assert re.search(r"^pages +1$", said.out, re.MULTILINE)
    assert "youlian rejects" in said.out
    assert cli.main(["run", str(source), "--output", output, "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["published"], summary["version"], summary["n_unchanged"]) == (False, 1, 2)
    assert cli.main(["rejects", output]) == 0
    assert "strip.no_article" in capsys.readouterr().out
    assert cli.main(["rejects", output, "--code", "strip.no_article", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["source_path"] == "b.txt"
    assert cli.main(["validate", output]) == 0
    assert "every promise is kept" in capsys.readouterr().out


def test_a_broken_dataset_fails_validation(
    source: Path, tmp_path: Path, made_up: None, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "output"
    assert cli.main(["run", str(source), "--output", str(output)]) == 0
    (output / "articles/pub_year=2024/part-0.parquet").write_bytes(b"nothing")
    assert cli.main(["validate", str(output)]) == 1
    assert "file.altered" in capsys.readouterr().out


def test_damaged_files_are_named(
    source: Path, tmp_path: Path, made_up: None, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "output"
    assert cli.main(["run", str(source), "--output", str(output)]) == 0
    (output / "rejects/part-0.parquet").write_bytes(b"nothing")
    (output / "datapackage.json").write_text("{")
    for words in (["rejects"], ["report"], ["diff", str(output)]):
        assert cli.main([words[0], str(output), *words[1:]]) == 1
        assert "is missing or damaged" in (said := capsys.readouterr().err) or "datapackage.json: is damaged" in said
    assert cli.main(["validate", str(output)]) == 1
    assert "datapackage.json  file.altered" in capsys.readouterr().out


def test_diff(source: Path, tmp_path: Path, made_up: None, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "output"
    assert cli.main(["run", str(source), "--output", str(output)]) == 0
    (source / "a.txt").write_text(made_pages.text("2024-05-01", "河江省收到捐款", "aid 7 USD"), encoding="utf-8")
    (source / "c.txt").write_text(made_pages.text("2023-05-01", "新的一页"), encoding="utf-8")
    assert cli.main(["run", str(source), "--output", str(output)]) == 0
    capsys.readouterr()
    assert cli.main(["diff", str(output / "_versions/1"), str(output), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["articles"]["old"], found["articles"]["new"], found["articles"]["added"]) == (1, 2, 1)
    (claim,) = found["aid_projects"]["rows"]
    assert {"column": "amount", "old": "5.00", "new": "7.00"} in claim["changes"]
    assert cli.main(["diff", str(output), str(output)]) == 0
    assert "Nothing differs" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["run", "no-such-folder"],
        ["run", "--workers", "0"],
        ["tables", "no_such_table"],
        ["rejects", "no-such-folder"],
        ["validate", "no-such-folder"],
        ["diff", "no-such-folder", "neither"],
        ["explain", "no-such-page"],
        ["backfill", "--from", "2024-13"],
        ["backfill", "--from", "2024-02", "--to", "2024-01"],
        ["backfill", "--undated", "--from", "2024-01"],
        ["backfill"],
        ["run", "--output", "nothing-here", "--rollback"],
        ["run", "--templates", "no-such-folder"],
        ["export", "duckdb", "no-such-folder", "made.duckdb"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(words) == 2
    assert capsys.readouterr().err.startswith("youlian: ")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = str(tmp_path / "no-such-folder" / "page.html")
    assert cli.main(["explain", str(min(SEEDS.glob("*.txt"))), "--html", there]) == 1
    assert capsys.readouterr().err == (
        f"youlian: {there}: No such file or directory. Check the path, its folder and its permissions.\n"
    )


def test_a_backfill_without_a_page_says_where_to_look(
    source: Path, tmp_path: Path, made_up: None, capsys: pytest.CaptureFixture[str]
) -> None:
    output = str(tmp_path / "output")
    assert cli.main(["run", str(source), "--output", output]) == 0
    capsys.readouterr()
    assert cli.main(["backfill", str(source), "--output", output, "--site", "nobody", "--dry-run"]) == 0
    assert "articles.site" in capsys.readouterr().out
    assert cli.main(["backfill", str(source), "--output", output, "--from", "2024-05", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "1 files would be processed:\n" in said
    assert "\nrewriting at most:\n" in said
    assert "\n  articles/pub_year=2024\n" in said


def test_an_unknown_command_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["fly"])
    assert left.value.code == 2


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("YOULIAN_KEEP_VERSIONS", "many")
    assert cli.main(["run"]) == 2
    assert "YOULIAN_KEEP_VERSIONS='many'" in capsys.readouterr().err


def test_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lines", str(min(SEEDS.glob("*.txt")))]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0]["role"] == "title"
    assert {"line_no", "role", "is_own", "rule", "repeat_of", "text", "source_path"} == rows[0].keys()


def test_explain_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    seed = str(min(SEEDS.glob("*.txt")))
    assert cli.main(["explain", seed]) == 0
    assert "title" in capsys.readouterr().out
    assert cli.main(["explain", seed, "--html", str(tmp_path / "page.html")]) == 0
    assert "<html" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_one_record_of_a_container(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = min(SEEDS.glob("*.txt")).read_text(encoding="utf-8")
    dump = tmp_path / "dump.jsonl"
    dump.write_text("no json\n" + json.dumps({"text": page}) + "\n", encoding="utf-8")
    assert cli.main(["explain", f"{dump}#2"]) == 0
    assert "dump.jsonl#2" in capsys.readouterr().out
    assert cli.main(["lines", f"{dump}#1"]) == 1
    assert "read.json" in capsys.readouterr().out
    assert cli.main(["lines", f"{dump}#3"]) == 2
    capsys.readouterr()
    # A record that is none costs no neighbour.
    assert cli.main(["explain", str(dump)]) == 1
    said = capsys.readouterr().out
    assert "rejected as read.json" in said
    assert "dump.jsonl#2" in said


def test_chinese_is_aligned() -> None:
    text = grid([("河江省", 5), ("abc", 12)], ("name", "n"))
    assert [columns(line) for line in text.splitlines()] == [10, 10, 10, 10]


def test_a_terminal_is_not_steered() -> None:
    assert plain("a\x1b[31mb\u202ec") == "a�[31mb�c"
    assert plain("河江省友好组织", 7) == "河江省…"
