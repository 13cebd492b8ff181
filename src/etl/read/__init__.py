"""Raw files to documents: listing a source, decoding pages, opening containers, refusing what is no page.

`sources.list_files(source)` says which files there are; `documents(file)` reads one of them, page by page.
Nothing here raises for the sake of one file: what cannot be read is a `Reject`. Only SourceError escapes (a store
that does not answer), because trying the same again later may help.
"""

from __future__ import annotations

from etl.read.files import Kind, SourceFile
from etl.read.reader import documents
from etl.read.rejects import Reject
from etl.read.sources import Listing, list_files, source_id, walked_from
from etl.read.streams import content_sha256, is_as_listed

__all__ = [
    "Kind",
    "Listing",
    "Reject",
    "SourceFile",
    "content_sha256",
    "documents",
    "is_as_listed",
    "list_files",
    "source_id",
    "walked_from",
]
