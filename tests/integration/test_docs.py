"""Every code block of README, CONTRIBUTING and docs runs as printed, file by file, in a copy of the repository.

A block says in its fence what it is: bash, sql, python, toml, csv or text. `<!-- file: PATH -->` before a block has
the block written to PATH first. Made parts, links and the map of the code are compared with the tree.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests import documents

ROOT = Path(__file__).parents[2]
FENCE = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?^(?P<indent> *)```(?P<kind>\w*)\n(?P<text>.*?)^ *```$",
    flags=re.MULTILINE | re.DOTALL,
)
# Deployment is tried by hand and says so; its files belong to servers.
PAGES = [
    path
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
    if path.relative_to(ROOT).parts[:2] != ("docs", "deploy") and path.name != "scale.md"
]
# Commands that start servers or change environments (this one's!), or are the test itself.
NOT_RUN = re.compile(
    r"(make (?!run$)|git |apt-get |(\.venv/bin/)?(pip|prefect|streamlit|superset) |"
    r"export FLASK_APP|\.venv/bin/python -m tests\.documents|.*s3://|superset)"
)
# `make run` goes through Prefect, as tests/flows does; here the same run without a server.
AS_IF = {"make run": ".venv/bin/youlian run seeds --output output"}


@dataclass(frozen=True)
class Block:
    kind: str
    text: str
    file: str | None


def blocks(page: Path) -> list[Block]:
    found = []
    for match in FENCE.finditer(page.read_text(encoding="utf-8")):
        indent = len(match["indent"])
        text = "".join(line[indent:] if line.strip() else line for line in match["text"].splitlines(keepends=True))
        found.append(Block(match["kind"], text, match["file"]))
    return found


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as somebody who has cloned it and run it once has it."""
    folder = tmp_path_factory.mktemp("clone")
    for path in ROOT.iterdir():
        if path.name in ("output", ".git", ".venv") or path.name.endswith("_cache"):
            continue
        if path.name in ("src", "seeds", "docs"):
            shutil.copytree(path, folder / path.name)
        else:
            (folder / path.name).symlink_to(path)
    (folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
    run(folder, AS_IF["make run"])
    return folder


def run(folder: Path, script: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "POLARS_MAX_THREADS": "1", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{script}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_block_runs(page: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    for block in blocks(page):
        if block.file:
            (copy / block.file).parent.mkdir(parents=True, exist_ok=True)
            (copy / block.file).write_text(block.text, encoding="utf-8")
        if block.kind == "bash":
            run(copy, _runnable(block.text))
        elif block.kind == "sql":
            assert duckdb.sql(block.text).fetchall(), block.text
        elif block.kind == "python":
            run(copy, f".venv/bin/python - <<'END'\n{block.text}END\n")
        elif block.kind == "toml":
            tomllib.loads(block.text)
        elif block.kind == "csv":
            assert len({line.count(",") for line in block.text.strip().splitlines()}) == 1
        else:
            assert block.kind in ("text", "yaml"), f"{page.name}: a block without a kind: {block.text[:60]}"


def _runnable(text: str) -> str:
    joined = re.sub(r"\\\n\s*", "", text)
    lines = []
    for line in joined.splitlines():
        command = re.sub(r"\s+#.*$", "", line).strip()
        if command and not command.startswith("#") and not NOT_RUN.match(command):
            lines.append(AS_IF.get(command, command if "<<" not in command else line))
    return "\n".join(lines)


def test_make_targets_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(r"\bmake ([a-z.]+)", "\n".join(b.text for b in blocks(page) if b.kind == "bash")):
            assert re.search(rf"^{re.escape(target)}:", makefile, flags=re.MULTILINE), target
    assert "-m flows.ingest seeds output" in makefile  # what AS_IF stands for


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_the_map_of_the_code_matches_the_tree() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    drawn = re.search(r"## Map of the code\n\n```text\n(.*?)```", readme, flags=re.DOTALL)
    assert drawn
    named, base = set(), ROOT
    for line in drawn[1].splitlines():
        names = re.split(r" {2,}", line.strip())[0]
        base = ROOT / "src" / "etl" if line.startswith("  ") else ROOT
        for name in names.split():
            assert (base / name).exists(), name
            named.add((base / name).resolve())
    there = {
        path
        for folder in (ROOT, ROOT / "src" / "etl")
        for path in folder.iterdir()
        if not path.name.startswith((".", "__")) and path != ROOT / "src" and (path.is_dir() or path.suffix == ".py")
    }
    missing = {p.relative_to(ROOT).as_posix() for p in there - named if _is_kept(p)}
    assert not missing


def _is_kept(path: Path) -> bool:
    done = subprocess.run(["git", "ls-files", "--", str(path)], cwd=ROOT, capture_output=True, text=True)
    return done.returncode != 0 or bool(done.stdout)


@pytest.mark.slow
def test_made_parts_are_up_to_date(seeds_dataset: Path, dev_dataset: Path, tmp_path: Path) -> None:
    from etl.pipeline import run as publish

    datasets = {"seeds": seeds_dataset, "dev": dev_dataset}
    for name in documents.sets():
        if name not in datasets:
            publish(f"{documents.source_of(name)}/*.txt", tmp_path / name)
            datasets[name] = tmp_path / name
    wanted = documents.pages({name: datasets[name] for name in documents.sets()})
    assert {page.name for page in wanted} >= {"README.md", "quality.md", "aid_projects.md"}
    stale = [
        path.relative_to(ROOT).as_posix() for path, text in wanted.items() if path.read_text(encoding="utf-8") != text
    ]
    assert not stale, "python -m tests.documents --write"
