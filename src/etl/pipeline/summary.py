"""What a run did, in figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunSummary:
    """Counts of one run. `published` is False for an idle run, whose `version` is the one that stands.

    `n_restored` published files were missing or altered and stand again as that version has them.
    `n_stale` files were processed again because code, profiles or lookups changed; `n_skipped` are of other types.
    `partitions_written` are folders such as `articles/pub_year=2024` whose files changed, `seconds` is wall time.
    """

    run_id: str
    mode: str
    version: int
    published: bool
    output: str
    n_files: int
    n_new: int
    n_changed: int
    n_removed: int
    n_stale: int
    n_unchanged: int
    n_skipped: int
    n_articles: int
    n_events: int
    n_aid: int
    n_rejects: int
    n_links: int
    n_restored: int
    partitions_written: tuple[str, ...]
    seconds: float
