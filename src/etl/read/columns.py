"""Parquet files with columns text or html, url and date: one row is one page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import PageError, SourceError
from etl.pages import RawDocument
from etl.read import limits, records
from etl.read.files import SourceFile
from etl.read.rejects import Reject, shown
from etl.read.streams import opened, unpacked

_ROWS = 64
# The footer may state sizes that would be allocated before anything is read.
_THRIFT_BYTES = 64 * limits.MIB
_THRIFT_ITEMS = 1_000_000


def documents(file: SourceFile) -> Iterator[RawDocument | Reject]:
    """The pages of a .parquet file, `#n` counting rows. A row group that is damaged costs its own rows only.

    Raises PageError when the file is no Parquet file or has no column text or html.
    """
    with _seekable(file) as handle:
        table = _opened(handle)
        names = [name for name in records.FIELDS if name in table.schema_arrow.names]
        if "text" not in names and "html" not in names:
            raise PageError("read.record", "The table has neither a column text nor html.")
        if table.metadata.num_rows == 0:
            raise PageError("read.empty", "The table has no rows.")
        first = 1
        for group in range(table.num_row_groups):
            metadata = table.metadata.row_group(group)
            done = 0
            try:
                _check_group(metadata, names)
                for fields in _rows(table, group, names):
                    yield records.document(f"{file.source_path}#{first + done}", fields)
                    done += 1
            except SourceError:
                raise
            except (PageError, pa.ArrowException, OSError, ValueError) as error:
                yield _lost(file, first + done, first + metadata.num_rows - 1, error)
            first += metadata.num_rows


def _opened(handle: Any) -> pq.ParquetFile:
    limited: dict[str, Any] = {
        "thrift_string_size_limit": _THRIFT_BYTES,
        "thrift_container_size_limit": _THRIFT_ITEMS,
        "page_checksum_verification": True,
        "pre_buffer": False,
    }
    try:
        plain = pq.ParquetFile(handle, **limited)
        # Kept as a dictionary, a text repeated a million times takes its place once.
        repeated = [field.name for field in plain.schema_arrow if field.name in records.FIELDS and _is_text(field.type)]
        return pq.ParquetFile(handle, metadata=plain.metadata, read_dictionary=repeated, **limited)
    except SourceError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise PageError("read.parquet", f"Not a sound Parquet file ({shown(str(error))}).") from None


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_binary(kind))


@contextmanager
def _seekable(file: SourceFile) -> Iterator[Any]:
    """The file itself, or what it unpacks to, kept beside for the time of reading."""
    with opened(file) as handle:
        if not file.packing:
            yield handle
            return
        with tempfile.TemporaryFile() as plain:
            for piece in unpacked(file, handle):
                _keep(plain, piece)
                if plain.tell() > limits.PACKED_PARQUET_BYTES:
                    message = f"More than {limits.PACKED_PARQUET_BYTES // 1024**3} GiB unpacked."
                    raise PageError("read.too_large", message)
            plain.seek(0)
            yield plain


def _keep(plain: Any, piece: bytes) -> None:
    try:
        plain.write(piece)
    except OSError as error:  # no fault of the file's
        message = f"{tempfile.gettempdir()}: {error.strerror}. Free some space there, or name another folder in TMPDIR."
        raise SourceError(message) from error


def _check_group(group: Any, names: list[str]) -> None:
    for number in range(group.num_columns):
        column = group.column(number)
        if column.path_in_schema not in names:
            continue
        packed, plain = column.total_compressed_size, column.total_uncompressed_size
        if plain > limits.RATIO_FLOOR and plain > limits.BOMB_RATIO * max(packed, 1):
            raise PageError("read.bomb", f"A column that unpacks to more than {limits.BOMB_RATIO} times its size.")
        if plain > limits.PARQUET_CHUNK_BYTES:
            message = f"A column chunk of more than {limits.PARQUET_CHUNK_BYTES // limits.MIB} MiB."
            raise PageError("read.too_large", message)


def _rows(table: pq.ParquetFile, group: int, names: list[str]) -> Iterator[dict[str, object]]:
    for batch in table.iter_batches(_ROWS, row_groups=[group], columns=names):
        columns = {name: _values(batch.column(name)) for name in names}
        for row in range(batch.num_rows):
            yield {name: values[row] for name, values in columns.items()}


def _values(column: Any) -> list[object]:
    """The values of a column; of a dictionary only the entries that occur, each made once."""
    if not pa.types.is_dictionary(column.type):
        return list(column.to_pylist())
    places = column.indices.to_pylist()
    entries = {place: column.dictionary[place].as_py() for place in set(places) if place is not None}
    return [entries.get(place) for place in places]


def _lost(file: SourceFile, first: int, last: int, error: Exception) -> Reject:
    code, message = (error.code, error.message) if isinstance(error, PageError) else ("read.parquet", str(error))
    return Reject(f"{file.source_path}#{first}", code, f"Rows {first} to {last} are lost ({shown(message)}).")
