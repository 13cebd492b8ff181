"""Raw pages of Chinese-language Vietnamese news to tables of articles, events and aid, with their evidence."""

import os

# The allocator of polars keeps what was freed until the system runs short of memory: after comparing all pages a run
# over 100,000 would go on holding twice what it uses. It reads this once, when polars is first imported; what polars
# writes there itself is no wish of anybody's, and processes started later would inherit it.
_said = os.environ.get("_RJEM_MALLOC_CONF", "")
if not _said or (_said.startswith("dirty_decay_ms:500,muzzy_decay_ms:") and _said.count(",") == 1):
    os.environ["_RJEM_MALLOC_CONF"] = "dirty_decay_ms:0,muzzy_decay_ms:0"
