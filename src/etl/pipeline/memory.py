"""What the work on pages leaves behind, given back before the whole dataset is compared."""

from __future__ import annotations

import sys

import pyarrow as pa

_OF_PAGES = ("etl.build", "etl.normalize", "etl.read", "etl.strip")


def give_back() -> None:
    """Empties what is kept from page to page and returns what Arrow holds in reserve.

    Comparing 100,000 pages is the most a run holds at once; names and forms of lines seen before are then some 150 MiB
    that nobody asks for any more. Tables, which are read once, stay.
    """
    for name, module in list(sys.modules.items()):
        if not name.startswith(_OF_PAGES):
            continue
        for kept in list(vars(module).values()):
            if hasattr(kept, "cache_parameters") and kept.cache_parameters()["maxsize"] is not None:
                kept.cache_clear()
    pa.default_memory_pool().release_unused()
