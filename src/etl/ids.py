"""Identifiers: hashes of where a thing stands, never of what it was normalized to."""

from __future__ import annotations

import hashlib
from functools import lru_cache


@lru_cache(maxsize=64)
def key_id(key: str) -> str:
    """`stable_id(key)`, remembered: every row of a page asks for its article's id."""
    return stable_id(key)


def stable_id(*parts: object) -> str:
    """16 hex characters of the SHA-256 over the parts, joined by U+001F.

    One part gives the hash of that text itself, so an article's id can be computed
    anywhere with `sha256(document_key)`.
    """
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
