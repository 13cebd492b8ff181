"""Object stores and other remote places, through fsspec URLs: listing and opening, with retries.

Credentials come from the usual environment of each store's own client (AWS_ACCESS_KEY_ID, AWS_PROFILE,
AWS_ENDPOINT_URL ...), never from the URL, and are never logged.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from etl.errors import ConfigError, SourceError

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_WILDCARD = re.compile(r"[*?\[]")
_USER = re.compile(r"://[^/]*@")
ATTEMPTS = 4
_FIRST_WAIT = 0.25  # seconds, doubled at every attempt
_OPTIONS: dict[str, dict[str, Any]] = {
    "s3": {
        "use_listings_cache": False,
        "config_kwargs": {
            "retries": {"mode": "standard", "max_attempts": 3},
            "connect_timeout": 10,
            "read_timeout": 60,
        },
    },
}
_READ_AHEAD = 4 * 1024 * 1024
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object: its key relative to the source root, its URL, its size in bytes, and a stamp that changes."""

    key: str
    location: str
    size: int
    stamp: str


def is_remote(name: str) -> bool:
    """True for an fsspec URL other than file://."""
    match = _URL.match(name)
    return match is not None and match[1].lower() != "file"


def checked(location: str) -> str:
    """The URL itself, its folder slash removed. Raises ConfigError for one that hides a secret or chains stores."""
    if "::" in location:
        raise ConfigError("A chain of file systems (::) cannot be a source. Name the store's own URL.")
    if _USER.search(location):
        raise ConfigError("The source URL holds a user or password. Put credentials into the environment instead.")
    return location.rstrip("/")


def filesystem(location: str) -> tuple[Any, str]:
    """The fsspec file system of a URL and the path within it."""
    from fsspec.core import url_to_fs

    protocol = location.partition("://")[0].lower()
    try:
        store, path = url_to_fs(location, **_OPTIONS.get(protocol, {}))
    except (ImportError, ValueError) as error:
        raise ConfigError(f"{location}: {error}. Install the extra for this store (s3: youlian[s3]).") from error
    return store, path


def find(location: str) -> tuple[str, list[StoredObject]]:
    """The source root of a URL and every object below it that its wildcards admit.

    Raises ConfigError when nothing is there, SourceError when the store does not answer.
    """
    store, path = filesystem(location)
    scheme = location.partition("://")[0]
    wildcard = _WILDCARD.search(path)
    try:
        found = retried(lambda: (store.glob if wildcard else store.find)(path, detail=True), location)
    except FileNotFoundError:
        raise ConfigError(f"{location}: there is no such bucket or folder. Check the address.") from None
    if wildcard:
        root = path[: wildcard.start()].rpartition("/")[0]
    else:
        root = path.rpartition("/")[0] if path in found else path
    if not found and not wildcard and not retried(lambda: store.exists(path), location):
        raise ConfigError(f"{location}: there is nothing at this address.")
    objects = [
        StoredObject(
            full.removeprefix(root).removeprefix("/"), f"{scheme}://{full}", int(info.get("size") or 0), _stamp(info)
        )
        for full, info in found.items()
        if info.get("type") != "directory" and not full.endswith("/")
    ]
    return f"{scheme}://{root}", objects


def _stamp(info: dict[str, Any]) -> str:
    for name in ("ETag", "etag", "md5Hash", "LastModified", "mtime", "last_modified", "created"):
        if info.get(name):
            return str(info[name])
    return ""


class RemoteFile(io.RawIOBase):
    """An object as a seekable binary file that reads ahead. What fails is tried again, then raises SourceError."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self._location = location
        store, path = filesystem(location)
        self._file = retried(lambda: store.open(path, "rb", block_size=_READ_AHEAD, cache_type="readahead"), location)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return int(self._file.tell())

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._file.seek(offset, whence))

    def readinto(self, buffer: Any) -> int:
        place = self.tell()

        def read() -> bytes:
            self._file.seek(place)
            return bytes(self._file.read(len(buffer)))

        data = retried(read, self._location)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _advice(error: Exception) -> str:
    if "credential" in type(error).__name__.lower():  # NoCredentialsError and its like, by each client's own name
        return "Give credentials as the store's own tools read them, such as AWS_ACCESS_KEY_ID in the environment."
    return "Try again later."


def retried(work: Callable[[], T], location: str) -> T:
    """The result of `work`, tried again after a wait when the store fails. FileNotFoundError is final."""
    for attempt in range(ATTEMPTS):
        try:
            return work()
        except FileNotFoundError:
            raise
        except PermissionError as error:
            raise SourceError(
                f"{location}: the store refuses access. Check the credentials in the environment."
            ) from error
        except Exception as error:  # each store's client has its own errors
            if attempt == ATTEMPTS - 1:
                message = f"{location}: the store does not answer ({type(error).__name__}). {_advice(error)}"
                raise SourceError(message) from error
            time.sleep(_FIRST_WAIT * 2**attempt)
    raise AssertionError
