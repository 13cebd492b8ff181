"""The stated limits of reading. What is larger is rejected, never cut: half a page would be a wrong page.

SECURITY.md repeats these figures for users; a test holds the two together.
"""

from __future__ import annotations

MIB = 1024 * 1024

# One page: a .txt or .html file, the text or html of a record, the payload of an archive record.
# The longest article among 40,000 crawled ones has 0.3 MiB; Chinese text of 8 MiB is a book.
PAGE_BYTES = 8 * MIB
# One line of a page: whole articles do stand on one line (5,000 characters), volumes do not.
LINE_CHARS = 200_000
# Lines of a page, empty ones included.
PAGE_LINES = 100_000
# One line of a .jsonl file or one record of an archive: a page and what is stored around it.
RECORD_BYTES = 32 * MIB
# Packed files: beyond RATIO_FLOOR unpacked bytes, no more than BOMB_RATIO times the packed size read so far.
# News text packs 3 to 12 times, repeated templates up to 60.
RATIO_FLOOR = 16 * MIB
BOMB_RATIO = 250
UNPACKED_BYTES = 64 * 1024 * MIB
# A zstd frame that asks for a larger window is refused: it would take that much memory.
ZSTD_WINDOW = 128 * MIB
# A packed .parquet file has to be unpacked beside before it can be read.
PACKED_PARQUET_BYTES = 4 * 1024 * MIB
# One column chunk of a Parquet row group, unpacked.
PARQUET_CHUNK_BYTES = 1024 * MIB
# An address as the key of a page.
URL_CHARS = 8_000
# The header lines of one archive record, WARC and HTTP each.
HEADER_BYTES = 64 * 1024
