"""Any raw file to its documents, one at a time; whatever is wrong with it ends as a reject."""

from __future__ import annotations

from collections.abc import Iterator

from etl.errors import PageError, SourceError
from etl.pages import RawDocument
from etl.read.files import Kind, SourceFile
from etl.read.rejects import Reject, shown


def documents(file: SourceFile) -> Iterator[RawDocument | Reject]:
    """The pages of a raw file in the order they stand, and a reject for each that cannot be read.

    Streams: no more than one record is held. A container that breaks off gives what was readable, then a reject
    for the file. Raises SourceError only, when a store does not answer.
    """
    try:
        yield from _pages(file)
    except PageError as error:
        yield Reject(file.source_path, error.code, error.message)
    except SourceError:
        raise
    except Exception as error:  # a bug or a library's surprise costs this file, not its neighbours
        message = f"Reading failed unexpectedly ({type(error).__name__}: {shown(str(error))}). Please report it."
        yield Reject(file.source_path, "read.failed", message)


def _pages(file: SourceFile) -> Iterator[RawDocument | Reject]:
    # Each reader brings its own library: a run over text files loads none of them.
    if file.kind is Kind.JSONL:
        from etl.read import records

        return records.documents(file)
    if file.kind is Kind.PARQUET:
        from etl.read import columns

        return columns.documents(file)
    if file.kind is Kind.WARC:
        from etl.read import archives

        return archives.documents(file)
    from etl.read import page_files

    return page_files.documents(file)
