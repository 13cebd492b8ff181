"""Everything that can go wrong, sorted by what to do about it.

`ConfigError`, `SchemaDrift` and `PublishError` stop a run; `SourceError` may be retried;
`PageError` costs one page, which becomes a row of `rejects`.
"""

from __future__ import annotations


class EtlError(Exception):
    """Base of all errors raised on purpose. The message ends with what to do next."""


class ConfigError(EtlError):
    """The call, the settings or the project's own data files are wrong: fix them and run again (exit 2)."""


class SourceError(EtlError):
    """A source could not be read for a reason that may pass (network, permissions): try again."""


class PageError(EtlError):
    """One page cannot be processed. It is rejected with `code`; its neighbours go on.

    `code` is `stage.rule` as listed in DICTIONARY.md.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[PageError], tuple[str, str]]:
        return type(self), (self.code, self.message)


class SchemaDrift(EtlError):
    """A builder made rows that do not have a table's columns or types: a bug, so nothing is published."""


class PublishError(EtlError):
    """The new version was not published; the previous one still stands (exit 1)."""
