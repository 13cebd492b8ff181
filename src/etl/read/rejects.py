"""What could not be read, and why: the reader's half of the `rejects` table."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

PATH_MESSAGE = "The name holds control characters, reordering marks or bytes that are no UTF-8. Rename it."
VALUE_CHARS = 200  # as much of a bad value as a person needs to recognize it
# Marks that reorder what a reader sees (U+202A-202E, U+2066-2069): a name may not hide its ending behind them.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Reject:
    """A file, or one record of a file (`source_path` ends in `#n`), that is not a page.

    `code` is `read.<rule>`, `message` a sentence that says what to do, `record_key` the record's url where
    it has one, `value` the beginning of what was met, safe to print.
    """

    source_path: str
    code: str
    message: str
    record_key: str | None = None
    value: str | None = None


def is_safe(name: str) -> bool:
    """True when a name holds no control character, line separator, reordering mark or undecodable byte."""
    return not any(unicodedata.category(char) in _UNSAFE_CATEGORIES or char in _REORDERING for char in name)


def shown(text: str | bytes) -> str:
    """The beginning of `text` with every character that does not print written as an escape: valid Unicode.

    Packed bytes may spell characters of no meaning, such as U+0378: they are no danger, and no use either.
    """
    if isinstance(text, bytes):
        text = text[: VALUE_CHARS * 4].decode("utf-8", "surrogateescape")
    return "".join(char if char.isprintable() or char == "\u3000" else _escaped(char) for char in text[:VALUE_CHARS])


def _escaped(char: str) -> str:
    # Bytes that are no UTF-8 come from the file system and from surrogateescape as U+DC80..U+DCFF.
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
