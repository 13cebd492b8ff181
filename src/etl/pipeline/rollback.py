"""Back to an older version."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

from etl.errors import ConfigError, PublishError
from etl.pipeline.session import recover
from etl.publish import versions
from etl.settings import Settings
from etl.store import durable, lock, snapshots
from etl.store.folders import BACKFILL, Output


def rollback(output: str | os.PathLike[str], version: int | None = None, *, settings: Settings | None = None) -> int:
    """Makes a kept version count again, the one before by default, and returns its number.

    Its state comes back with it: the next run processes what is new since then. Newer versions stay readable until
    newer ones still are published. Raises ConfigError when there is no such version, PublishError when it
    is damaged.
    """
    place = Output(Path(output).absolute())
    if not place.current.exists():
        raise ConfigError(f"{place.root}: nothing was published here yet.")
    with durable.explained(place.root), lock.held(place.lock, (settings or Settings()).lock_wait):
        current = recover(place).current
        older = [number for number in current.kept if number < current.version]
        chosen = version if version is not None else max(older, default=None)
        if chosen is None or chosen not in current.kept:
            raise ConfigError(
                f"{place.root}: there is no version {chosen} to go back to. Kept: {sorted(current.kept)}."
            )
        before = snapshots.load(place, current.kept[chosen])
        files, times = versions.recalled((*before.published, *before.documents))
        if damaged := versions.damaged(place.version(chosen), files, times):
            raise PublishError(
                f"{place.version(chosen)}: {damaged[0].path} is missing or altered. Go back to another version; "
                f"kept: {sorted(current.kept)}."
            )
        # Steps of a backfill that are done in the newer version are not done in this one.
        (place.state / BACKFILL).unlink(missing_ok=True)
        snapshots.commit(place, dataclasses.replace(current, version=chosen, snapshot=current.kept[chosen]))
        versions.show(place, chosen, versions.recalled(before.published)[0])
    return chosen
