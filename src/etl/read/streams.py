"""Raw files as streams: opened safely, unpacked piece by piece within the stated limits."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import zstandard

from etl.errors import PageError
from etl.read import folders, limits, stores
from etl.read.files import SourceFile

_CHUNK = 256 * 1024
# One zstd block of 4 bytes can stand for 128 KiB: pieces of 2 KiB unpack to 64 MiB at worst.
_ZSTD_PIECE = 2 * 1024
_LOCAL_ERRORS = {
    errno.ENOENT: ("read.vanished", "The file has been removed since it was listed."),
    errno.ELOOP: ("read.symlink", "The file has become a link since it was listed."),
}


@contextmanager
def opened(file: SourceFile) -> Iterator[Any]:
    """The file's bytes as they are stored, as a binary file object. Raises PageError or SourceError."""
    if stores.is_remote(file.location):
        try:
            handle: Any = stores.RemoteFile(file.location)
        except FileNotFoundError:
            raise PageError(*_LOCAL_ERRORS[errno.ENOENT]) from None
    else:
        handle = _open_local(file.location)
    with handle:
        yield handle


def _open_local(location: str) -> io.BufferedReader:
    try:
        # O_NONBLOCK: a pipe put in the file's place would block for ever.
        number = os.open(location, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        code, message = _LOCAL_ERRORS.get(
            error.errno or 0, ("read.unreadable", f"The file cannot be opened: {error.strerror}.")
        )
        raise PageError(code, message) from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise PageError("read.not_a_file", "A pipe, socket, folder or device, not a file.")
    return os.fdopen(number, "rb")


def content_sha256(file: SourceFile) -> str:
    """SHA-256 of the file's bytes as they are stored: what the incremental run compares.

    Raises PageError when the file is gone or closed to us, SourceError when a store fails.
    """
    digest = hashlib.sha256()
    with opened(file) as handle:
        for chunk in _chunks(handle):
            digest.update(chunk)
    return digest.hexdigest()


def is_as_listed(file: SourceFile) -> bool:
    """False when a local file was changed or removed since it was listed."""
    if stores.is_remote(file.location):
        return True
    try:
        status = Path(file.location).lstat()
    except OSError:
        return False
    return (status.st_size, folders.stamp_of(status)) == (file.size, file.stamp)


def page_bytes(file: SourceFile) -> bytes:
    """All bytes of a file that is one page, unpacked. Raises PageError beyond the limits, or when it is cut off."""
    with opened(file) as handle:
        found = bytearray()
        for chunk in unpacked(file, handle):
            found += chunk
            if len(found) > limits.PAGE_BYTES:
                message = f"More than {limits.PAGE_BYTES // limits.MIB} MiB; a page may not be larger."
                raise PageError("read.too_large", message)
    return bytes(found)


def unpacked(file: SourceFile, handle: Any) -> Iterator[bytes]:
    """The unpacked bytes in pieces of at most 64 MiB, in constant memory.

    Raises PageError: `read.truncated` (the packed stream ends early), `read.packing` (it is damaged or no such
    stream), `read.bomb` (it unpacks beyond the limits).
    """
    pieces = _chunks(handle)
    if not file.packing:
        return pieces
    return _guarded(_gunzipped(pieces) if file.packing == "gz" else _unzstd(pieces))


def _chunks(handle: Any) -> Iterator[bytes]:
    try:
        while chunk := handle.read(_CHUNK):
            yield chunk
    except FileNotFoundError:
        raise PageError(*_LOCAL_ERRORS[errno.ENOENT]) from None
    except OSError as error:
        raise PageError("read.unreadable", f"The file cannot be read: {error.strerror}.") from None


def _guarded(pieces: Iterator[tuple[int, bytes]]) -> Iterator[bytes]:
    """Passes pieces on until they outgrow what the packed bytes read so far may stand for."""
    total = 0
    for packed, piece in pieces:
        total += len(piece)
        if total > limits.RATIO_FLOOR and total > limits.BOMB_RATIO * packed:
            raise PageError("read.bomb", f"Unpacks to more than {limits.BOMB_RATIO} times its size.")
        if total > limits.UNPACKED_BYTES:
            raise PageError("read.bomb", f"Unpacks to more than {limits.UNPACKED_BYTES // 1024**3} GiB.")
        if piece:
            yield piece


def _gunzipped(chunks: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """(packed bytes read so far, unpacked piece) over all members of a gzip file."""
    packed = 0
    unpacker = zlib.decompressobj(wbits=31)
    is_fresh = True
    for chunk in chunks:
        packed += len(chunk)
        while chunk:
            if unpacker.eof:
                chunk = chunk.lstrip(b"\0")  # tapes and some writers pad with zeros
                if not chunk:
                    break
                unpacker, is_fresh = zlib.decompressobj(wbits=31), True
            try:
                piece = unpacker.decompress(chunk, _CHUNK)
            except zlib.error as error:
                raise PageError("read.packing", f"Not a sound gzip stream ({error}).") from None
            is_fresh = False
            yield packed, piece
            chunk = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if not is_fresh and not unpacker.eof:
        raise PageError("read.truncated", "The gzip stream ends early: the file was not written to its end.")


def _unzstd(chunks: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """(packed bytes read so far, unpacked piece) over all frames of a zstd file, skippable ones passed over."""
    context = zstandard.ZstdDecompressor(max_window_size=limits.ZSTD_WINDOW)
    packed = 0
    unpacker: Any = None
    for chunk in chunks:
        for start in range(0, len(chunk), _ZSTD_PIECE):
            piece = chunk[start : start + _ZSTD_PIECE]
            packed += len(piece)
            while piece:
                if unpacker is None:
                    unpacker = context.decompressobj()
                try:
                    found = unpacker.decompress(piece)
                except zstandard.ZstdError as error:
                    raise PageError("read.packing", f"Not a sound zstd stream ({error}).") from None
                yield packed, found
                piece = unpacker.unused_data if unpacker.eof else b""
                if unpacker.eof:
                    unpacker = None
    if unpacker is not None:
        raise PageError("read.truncated", "The zstd stream ends early: the file was not written to its end.")


class ByteReader:
    """Pieces of bytes as lines and blocks, with a way to put bytes back. What the pieces raise, it raises."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._buffer = bytearray()

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end only."""
        while len(self._buffer) < size and (piece := next(self._pieces, b"")):
            self._buffer += piece
        found = bytes(self._buffer[:size])
        del self._buffer[:size]
        return found

    def readline(self, limit: int) -> bytes:
        """The next line with its end; of a longer one its first `limit` bytes; b"" at the end."""
        looked = 0
        while (end := self._buffer.find(b"\n", looked, limit)) < 0 and len(self._buffer) < limit:
            looked = len(self._buffer)
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._buffer += piece
        return self.read(end + 1 if end >= 0 else min(limit, len(self._buffer)))

    def put_back(self, data: bytes) -> None:
        """Puts bytes before those still to be read."""
        self._buffer[:0] = data
