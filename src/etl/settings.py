"""How a run behaves: defaults, then the environment (YOULIAN_*), then the command line."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass

from etl.errors import ConfigError

PREFIX = "YOULIAN_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of a run. None of them changes what is published, but which files are processed and kept.

    `batch_bytes` and `batch_files` bound a unit of work; `part_pages` bounds what one process holds before it
    writes; the last `keep_versions` versions stay readable, and any for `keep_seconds` after a newer one came;
    `lock_wait` is how many seconds a run waits for another one on the same output; `allow_drop` lets a publication
    pass that loses many articles; `add` takes a further source into an output and removes nothing; `reprocess`
    follows changed code, site profiles and lookups; `templates` is the folder of learned site templates; `report`
    writes report.html with each version.
    """

    batch_bytes: int = 32 * 1024 * 1024
    batch_files: int = 4_000
    part_pages: int = 4_000
    keep_versions: int = 5
    keep_seconds: float = 60.0
    lock_wait: float = 3_600.0
    allow_drop: bool = False
    add: bool = False
    reprocess: bool = True
    templates: str | None = None
    report: bool = True

    def __post_init__(self) -> None:
        for name in ("batch_bytes", "batch_files", "part_pages", "keep_versions"):
            if getattr(self, name) < 1:
                raise ConfigError(f"{name} must be at least 1, not {getattr(self, name)}.")


def load(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings from the environment with what is given (not None) on top. Raises ConfigError naming the variable."""
    environment = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for field in dataclasses.fields(Settings):
        text = environment.get(PREFIX + field.name.upper())
        if text is not None:
            values[field.name] = _parsed(field.name, str(field.type), text)
    values |= {name: value for name, value in given.items() if value is not None}
    return Settings(**values)  # type: ignore[arg-type]


def _parsed(name: str, kind: str, text: str) -> object:
    try:
        if kind == "bool":
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[text.lower()]
        return int(text) if kind == "int" else float(text) if kind == "float" else text
    except (KeyError, ValueError):
        raise ConfigError(f"{PREFIX}{name.upper()}={text!r} is no {kind}. Correct or unset the variable.") from None
