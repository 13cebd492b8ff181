"""How often a claim or an event is right, by the confidence it was given: what docs/quality.md prints."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from etl.published import scan
from tests.scoring import _loose, _nearness, _same_aid, _same_event

Item = dict[str, Any]
EDGES = (0.0, 0.6, 0.8, 0.9)
_KINDS: tuple[tuple[str, str, Callable[[Item, Item], bool]], ...] = (
    ("aid", "aid_projects", _same_aid),
    ("events", "events", _same_event),
)


def bands(sets: Mapping[Path, Path]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """For each band of confidence: its name, and (right, judged) for claims and for events.

    `sets` maps a folder of keys to the published dataset of its pages. Rows that only match a loose item of a key
    are not judged.
    """
    counts: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for keys, dataset in sets.items():
        for kind, level, right in _judged(keys, dataset):
            counts[level, kind][0] += right
            counts[level, kind][1] += 1
    for level, low in enumerate(EDGES):
        high = EDGES[level + 1] if level + 1 < len(EDGES) else 1.0
        sides = [(counts[level, kind][0], counts[level, kind][1]) for kind, _, _ in _KINDS]
        yield f"{low:.1f} to {'below ' if high < 1 else ''}{high:.1f}", sides


def _judged(keys: Path, dataset: Path) -> Iterator[tuple[str, int, bool]]:
    stems = {
        row["article_id"]: PurePosixPath(row["source_path"]).stem
        for row in scan(dataset, "articles").select("article_id", "source_path").collect().to_dicts()
    }
    for kind, table, same in _KINDS:
        found: dict[str, list[Item]] = defaultdict(list)
        for row in scan(dataset, table).collect().to_dicts():
            found[stems[row["article_id"]]].append(row)
        for path in sorted(keys.glob("*.gold.json")):
            key = json.loads(path.read_text(encoding="utf-8"))
            rows = found[path.name.removesuffix(".gold.json")]
            for row, right in _verdicts(key[kind], rows, same):
                yield kind, _level(row["confidence"]), right


def _verdicts(wanted: list[Item], found: list[Item], same: Callable[[Item, Item], bool]) -> Iterator[tuple[Item, bool]]:
    """Every row that the key judges, matched as `tests.scoring` matches."""
    free = list(found)
    for item in sorted(wanted, key=_loose):
        best = max((row for row in free if same(item, row)), key=lambda row: _nearness(item, row), default=None)
        if best is not None:
            free.remove(best)
            if not _loose(item):
                yield best, True
    for row in free:
        yield row, False


def _level(confidence: float) -> int:
    return max(level for level, low in enumerate(EDGES) if confidence >= low)
