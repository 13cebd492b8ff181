"""Where things stand under OUTPUT."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

NULL_YEAR = "__HIVE_DEFAULT_PARTITION__"
DATAPACKAGE = "datapackage.json"
DICTIONARY = "DICTIONARY.md"
REPORT = "report.html"
BACKFILL = "backfill.json"  # below _state: the steps of backfills that are done


@dataclass(frozen=True, slots=True)
class Output:
    """The folders of one output."""

    root: Path

    @property
    def state(self) -> Path:
        return self.root / "_state"

    @property
    def lock(self) -> Path:
        return self.state / "lock"

    @property
    def current(self) -> Path:
        """The file whose replacement commits a version."""
        return self.state / "current.json"

    @property
    def fragments(self) -> Path:
        return self.state / "fragments"

    @property
    def snapshots(self) -> Path:
        return self.state / "snapshots"

    @property
    def work(self) -> Path:
        return self.state / "work"

    @property
    def versions(self) -> Path:
        return self.root / "_versions"

    def version(self, number: int) -> Path:
        return self.versions / str(number)


def partition(table: str, year: int | None) -> str:
    """The folder of a partition, relative to OUTPUT."""
    return f"{table}/pub_year={NULL_YEAR if year is None else f'{year:04d}'}"
