"""The steps of backfills: which are done, which failed, which are due."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from etl.pipeline.backfill import Step
from etl.store import durable, lock

COLUMNS = ("step", "pages", "files", "bytes", "partitions", "state", "key")


def row(step: Step, state_shown: str) -> dict[str, object]:
    """A step as a row of the plan."""
    values = (step.name, step.n_pages, step.n_files, step.bytes, len(step.partitions), state_shown, step.key)
    return dict(zip(COLUMNS, values, strict=True))


def state(step: Step, failed_keys: frozenset[str]) -> str:
    """done, failed or missing (never tried, or stopped in the middle)."""
    return "done" if step.is_done else "failed" if step.key in failed_keys else "missing"


def is_due(step: Step, reprocess: str, failed_keys: frozenset[str]) -> bool:
    """`missing` does steps never tried, `failed` also those that failed, `all` every one."""
    due = {"missing": ("missing",), "failed": ("missing", "failed"), "all": ("missing", "failed", "done")}
    return state(step, failed_keys) in due[reprocess]


def failed(folder: Path) -> frozenset[str]:
    """The keys of steps whose last try failed."""
    try:
        return frozenset(json.loads(_file(folder).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return frozenset()


def note(folder: Path, group: Iterable[Step], *, is_failed: bool) -> None:
    """Notes how the last try of some steps went."""
    keys = {step.key for step in group}
    with lock.held(_file(folder).with_suffix(".lock"), 60):
        before = failed(folder)
        durable.write_json(_file(folder), sorted(before | keys if is_failed else before - keys))


def _file(folder: Path) -> Path:
    return folder.absolute() / "_state" / "backfill-failed.json"
