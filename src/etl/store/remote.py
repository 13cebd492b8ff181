"""An output in an object store: worked on in a local copy, committed by one conditional put.

Objects cannot be renamed or replaced together. So a run works on a copy of the output below a local cache folder; what
changed is uploaded under a name of its own, then `_state/commit.json` is replaced on the condition that nobody has
replaced it since the copy was taken. Of two writers on two machines one wins, the other is told to run again; on one
machine, whose copy they share, they take turns. Only then are objects copied to where readers look, datapackage.json
last. A run that dies before the commit has changed nothing that anybody reads; one that dies after it is finished by
the next. Objects that were lost or altered since are put again from the local copy, or made again by the run.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.errors import ConfigError, PublishError, SourceError
from etl.store import durable, lock
from etl.store.folders import DATAPACKAGE

CACHE = "YOULIAN_CACHE"
COMMIT = "_state/commit.json"
INCOMING = "_state/incoming"
# Of one run or one machine: these stay where they are.
_LOCAL_ONLY = ("_state/work", "_state/prefect", "_state/lock", "_state/incoming", "_state/commit.json")


@dataclass(frozen=True, slots=True)
class Commit:
    """What an output holds: the hash of every file by its path, put there under `token`.

    `removed` are the paths that the commit before had and this one has not.
    """

    token: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    e_tag: str | None = None  # of the object it was read from; None when there is none yet


def is_remote(output: str | os.PathLike[str]) -> bool:
    """True for an output that is a URL and not a folder."""
    return "://" in os.fspath(output) and not os.fspath(output).startswith("file://")


def folder(output: str | os.PathLike[str]) -> Path:
    """The local folder of an output: itself, or the copy of a store's that is kept on this machine."""
    name = os.fspath(output)
    if not is_remote(name):
        return Path(name.removeprefix("file://"))
    cache = os.environ.get(CACHE) or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "youlian"
    try:
        Path(cache).mkdir(parents=True, exist_ok=True)
    except OSError:
        cache = Path(tempfile.gettempdir()) / f"youlian-{os.getuid()}"
    return Path(cache) / hashlib.sha256(name.rstrip("/").encode()).hexdigest()[:16]


def names(place: Path) -> list[str]:
    """What a local folder of an output is called: its path, and the URL of the store that it is a copy of."""
    try:
        return [str(place), _url_file(place).read_text(encoding="utf-8")]
    except FileNotFoundError:
        return [str(place)]


def shown(output: str | os.PathLike[str]) -> str:
    """The output as people should see it: the URL of a store, else the absolute path."""
    return os.fspath(output) if is_remote(output) else str(folder(output).absolute())


@contextmanager
def working_copy(output: str | os.PathLike[str], wait: float = 3_600.0) -> Iterator[Path]:
    """The output as a local folder to work in. A store's is fetched before and committed after.

    The local copy of a store is one run's at a time; another waits up to `wait` seconds for it. When the work fails
    nothing is committed. Raises SourceError when the store does not answer, PublishError when another machine's run
    committed meanwhile or this one's does not end, ConfigError when the extra for stores is not installed.
    """
    place = folder(output)
    if not is_remote(output):
        yield place
        return
    store = _store(os.fspath(output))
    with lock.held(place.with_suffix(".lock"), wait):
        with _told(output):
            before = _read(store)
            _promote(store, before)
            index, lost = _fetch(store, before, place)
            durable.write_text(_url_file(place), os.fspath(output).rstrip("/"))
        yield place
        with _told(output):
            _commit(store, before, place, index, lost, os.fspath(output))


def _store(url: str) -> Any:
    try:
        from obstore.store import from_url
    except ImportError as error:
        raise ConfigError("An output in an object store needs the extra s3. Install youlian[s3].") from error
    plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
    return from_url(url.rstrip("/"), client_options={"allow_http": plain})


@contextmanager
def _told(output: str | os.PathLike[str]) -> Iterator[None]:
    """Errors of the store as SourceError, without the store's own message, which may hold what nobody should log."""
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError as error:
        message = (
            f"{os.fspath(output)}: the bucket, or an object that the last run put there, is gone. Check the address."
        )
        raise SourceError(message) from error
    except (BaseError, OSError) as error:
        message = f"{os.fspath(output)}: the store failed ({type(error).__name__}). Run again: what was done is kept."
        raise SourceError(message) from error


def _read(store: Any) -> Commit:
    import obstore

    try:
        found = obstore.get(store, COMMIT)
    except FileNotFoundError:
        return Commit()
    raw = json.loads(bytes(found.bytes()))
    return Commit(raw["token"], raw["files"], tuple(raw.get("removed", ())), found.meta["e_tag"])


def _fetch(store: Any, commit: Commit, place: Path) -> tuple[dict[str, list[Any]], frozenset[str]]:
    """Makes the local copy what was committed; returns its index (size, time and hash of every file by path) and the
    paths whose object is gone or altered."""
    import obstore

    place.mkdir(parents=True, exist_ok=True)
    index = _index(place, _known(place))
    for path in sorted(index.keys() - commit.files.keys()):
        # Batches that a dead run finished are taken over by the next where they still fit.
        if not path.startswith("_state/fragments/"):
            (place / path).unlink()
            del index[path]
    sizes = {str(entry["path"]): int(entry["size"]) for entry in obstore.list(store).collect()}
    standing = {path for path, sha256 in commit.files.items() if path in index and index[path][2] == sha256}
    lost = {path for path in standing if sizes.get(path) != index[path][0]}
    for path in sorted(commit.files.keys() - standing):
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # never through a hard link into a kept version
        if path in sizes:
            with target.open("wb") as file:
                for chunk in obstore.get(store, path).stream(min_chunk_size=4 * 1024 * 1024):
                    file.write(chunk)
    index = _index(place, index)
    for path in sorted(commit.files.keys() - standing):
        if path not in index or index[path][2] != commit.files[path]:
            lost.add(path)  # the run notices what is missing in its folder
            (place / path).unlink(missing_ok=True)
            index.pop(path, None)
    _remember(place, index)
    return index, frozenset(lost)


def _commit(
    store: Any, before: Commit, place: Path, known: dict[str, list[Any]], lost: frozenset[str], output: str
) -> None:
    import obstore
    from obstore.exceptions import AlreadyExistsError, PreconditionError

    index = _index(place, known)
    files = {path: entry[2] for path, entry in sorted(index.items())}
    changed = [path for path, sha256 in files.items() if before.files.get(path) != sha256 or path in lost]
    if not changed and files.keys() == before.files.keys():
        return
    commit = Commit(uuid.uuid4().hex, files, tuple(sorted(before.files.keys() - files.keys())))
    # Whoever uploaded before this commit worked on an older one and cannot commit any more.
    overtaken = [path for path in _paths(store, f"{INCOMING}/") if not path.startswith(f"{INCOMING}/{before.token}/")]
    for path in changed:
        obstore.put(store, f"{INCOMING}/{commit.token}/{path}", place / path)
    body = {"token": commit.token, "files": files, "removed": commit.removed}
    condition: Any = {"e_tag": before.e_tag} if before.e_tag else "create"
    try:
        obstore.put(store, COMMIT, json.dumps(body, sort_keys=True).encode(), mode=condition)
    except (AlreadyExistsError, PreconditionError) as error:
        # The store may have taken a put whose answer was lost and was sent again.
        if _read(store).token != commit.token:
            _delete(store, _paths(store, f"{INCOMING}/{commit.token}/"))
            message = (
                f"{output}: another run published meanwhile; nothing of this one was. Run again: it goes on from there."
            )
            raise PublishError(message) from error
    _remember(place, index)
    _promote(store, commit)
    _delete(store, overtaken)


def _promote(store: Any, commit: Commit) -> None:
    """Copies what was committed to where readers look, datapackage.json last, and removes what is no longer part.

    Two may do it at once, the run that committed and the next one: whoever finishes takes the copies away last.
    """
    import obstore

    prefix = f"{INCOMING}/{commit.token}/"
    waiting = [path.removeprefix(prefix) for path in _paths(store, prefix)] if commit.token else []
    try:
        for path in sorted(waiting, key=lambda path: (path == DATAPACKAGE, path)):
            obstore.copy(store, prefix + path, path)
    except FileNotFoundError:
        return  # the other one has finished
    # By now the next run may have committed, and have some of these paths again.
    if waiting and _read(store).token == commit.token:
        _delete(store, commit.removed)
    _delete(store, [prefix + path for path in waiting])


def _delete(store: Any, paths: Iterable[str]) -> None:
    import obstore

    for path in paths:
        with suppress(FileNotFoundError):
            obstore.delete(store, path)


def _paths(store: Any, prefix: str | None) -> list[str]:
    import obstore

    return [str(entry["path"]) for entry in obstore.list(store, prefix).collect()]


def _index(place: Path, known: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Size, time and hash of every file that is part of the output; hashes are taken from `known` where they stand."""
    found: dict[str, list[Any]] = {}
    for file in sorted(place.rglob("*")):
        path = file.relative_to(place).as_posix()
        if not file.is_file() or path.startswith(_LOCAL_ONLY) or file.suffix in (".lock", ".tmp") or ".partial" in path:
            continue
        status = file.stat()
        old = known.get(path)
        if old and old[:2] == [status.st_size, status.st_mtime_ns]:
            found[path] = list(old)
        else:
            with file.open("rb") as content:
                sha256 = hashlib.file_digest(content, "sha256").hexdigest()
            found[path] = [status.st_size, status.st_mtime_ns, sha256]
    return found


def _known(place: Path) -> dict[str, list[Any]]:
    try:
        known: dict[str, list[Any]] = json.loads(_index_file(place).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known


def _remember(place: Path, index: dict[str, list[Any]]) -> None:
    durable.write_json(_index_file(place), index)


def _url_file(place: Path) -> Path:
    return place.with_name(f"{place.name}.youlian-url")


def _index_file(place: Path) -> Path:
    return place.with_suffix(".index.json")
