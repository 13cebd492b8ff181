"""A home for Prefect beside the data, so that a run by hand needs no server, no profile and no home directory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

_SAID = ("PREFECT_HOME", "PREFECT_API_URL", "PREFECT_PROFILES_PATH", "PREFECT_PROFILE")


def settle(arguments: Sequence[str]) -> None:
    """Sets PREFECT_HOME to OUTPUT/_state/prefect, OUTPUT being the second argument of a flow run by hand.

    Does nothing when the environment says where Prefect is. To be called before Prefect is imported.
    """
    if any(name in os.environ for name in _SAID):
        return
    output = arguments[1] if len(arguments) > 1 else ""
    folder = None if "://" in output or output.startswith("-") or not output else Path(output) / "_state" / "prefect"
    try:
        if folder is None:
            raise OSError
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="youlian-prefect-"))
    os.environ["PREFECT_HOME"] = str(folder.absolute())
