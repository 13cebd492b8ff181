"""The rules of the house about imports: data flows down, only flows/ knows Prefect, start-up stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ETL = Path(__file__).parents[2] / "src" / "etl"
# Each layer may import itself and those above it in this list, never one further down.
LAYERS = [
    {"errors", "patterns"},
    {"ids"},
    {"pages"},
    {"mentions", "settings"},
    {"lookups", "tables"},
    {"schema", "read", "normalize"},
    {"strip"},
    {"build"},
    {"relate"},
    {"validate", "store", "publish", "published", "diff", "dictionary"},
    {"explain", "quality"},
    {"report", "exports", "audit"},
    {"pipeline"},
    {"cli"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# Stages that stand side by side and must not know each other.
STRANGERS = [{"read", "normalize"}]


def modules() -> list[Path]:
    return sorted(path for path in ETL.rglob("*.py") if path.name != "__init__.py" or path.parent != ETL)


def part_of(path: Path) -> str:
    first = path.relative_to(ETL).parts[0]
    return first.removesuffix(".py")


def imported_parts(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "etl":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("etl.")}
    return found


def test_every_module_has_a_layer() -> None:
    assert {part_of(path) for path in modules()} <= set(LEVEL)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ETL)))
def test_imports_point_down(path: Path) -> None:
    part = part_of(path)
    upward = {other for other in imported_parts(path) if LEVEL.get(other, -1) > LEVEL[part]}
    assert not upward, f"{path.name} imports {upward}, which stand further down"
    for pair in STRANGERS:
        if part in pair:
            assert not (imported_parts(path) & (pair - {part}))


def test_only_flows_import_prefect() -> None:
    guilty = [p for p in modules() if any(_imports(p, name) for name in ("prefect", "prefect_dask"))]
    assert not guilty


def _imports(path: Path, package: str) -> bool:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        if any(name.split(".")[0] == package for name in names):
            return True
    return False


@pytest.mark.parametrize("module", ["etl", "etl.cli", "etl.normalize.dates", "etl.normalize.money", "etl.strip"])
def test_importing_stays_light(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('prefect', 'pandera', 'jieba') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
