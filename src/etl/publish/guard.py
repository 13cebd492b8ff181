"""The guard: a version that loses a large part of the last one is not published by itself."""

from __future__ import annotations

import polars as pl

from etl.errors import PublishError

SHARE = 0.2
LEAST = 20


class GuardRefused(PublishError):
    """The new version would lose too much of the last one, which still stands: look, then allow it if it is meant."""


def check(before: pl.DataFrame, after: pl.DataFrame, *, allow_drop: bool) -> None:
    """Raises GuardRefused when more than 20 % and at least 20 of the articles would go, or of the own lines of those
    that stay.

    Both frames have `article_id` and `n_own_lines`; there is no guard on a first run.
    """
    if allow_drop or before.is_empty():
        return
    staying = before.join(after, on="article_id", how="inner", suffix="_after")
    _refuse("articles", before.height - staying.height, before.height)
    lines = int(staying["n_own_lines"].sum())
    _refuse("own lines", lines - int(staying["n_own_lines_after"].sum()), lines)


def _refuse(what: str, lost: int, total: int) -> None:
    if lost >= LEAST and lost > SHARE * total:
        raise GuardRefused(
            f"{lost} of {total} {what} of the last version would vanish or turn into rejects: nothing was published. "
            "Look at the source and at the rejects; if this is meant, run again with --allow-drop."
        )
