"""Which files a source holds, under which names, and what is refused."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.read import Kind, documents, list_files, source_id, stores

TEXT = "越南援助老挝\n2024年5月3日，越南向老挝援助500万美元。\n".encode()


def names(folder: Path | str, **options: object) -> list[str]:
    return [file.source_path for file in list_files(folder, **options).files]  # type: ignore[arg-type]


def make(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(TEXT)


def test_a_folder_in_code_point_order_with_other_types_counted(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.HTML", "a/y.htm", "B.txt", "c.jsonl.gz", "d.parquet", "e.warc.zst", "f.wet", "越.txt")
    make(tmp_path, "README.md", "x.zip", "y.tar.gz", "noending", "Z.ZIP", ".gitignore")
    listing = list_files(tmp_path)
    assert [file.source_path for file in listing.files] == [
        "B.txt", "a/y.htm", "a/z.HTML", "b.txt", "c.jsonl.gz", "d.parquet", "e.warc.zst", "f.wet", "越.txt",
    ]  # fmt: skip
    assert listing.skipped == {".gz": 1, ".md": 1, ".zip": 2, "none": 2}
    kinds = {file.source_path: (file.kind, file.packing) for file in listing.files}
    assert kinds["c.jsonl.gz"] == (Kind.JSONL, "gz")
    assert kinds["e.warc.zst"] == (Kind.WARC, "zst")
    assert kinds["a/z.HTML"] == (Kind.HTML, "")
    assert listing.root == str(tmp_path)


def test_the_root_of_a_file_is_its_folder(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "in/b.txt")
    listing = list_files(tmp_path / "in/a.txt")
    assert names(tmp_path / "in/a.txt") == ["a.txt"]
    assert (listing.root, listing.source) == (str(tmp_path / "in"), str(tmp_path / "in/a.txt"))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("in/*.txt", ["a.txt"]),
        ("in/**/*.txt", ["a.txt", "y/b.txt", "y/z/c.txt"]),
        ("*/y/*.txt", ["in/y/b.txt"]),
        ("in/y/?.txt", ["b.txt"]),
        ("in/y/[a-c].txt", ["b.txt"]),
        ("in/*/nothing*", []),
    ],
)
def test_the_root_of_a_glob_is_the_folder_before_the_wildcard(
    tmp_path: Path, pattern: str, expected: list[str]
) -> None:
    make(tmp_path, "in/a.txt", "in/y/b.txt", "in/y/z/c.txt")
    assert names(f"{tmp_path}/{pattern}") == expected
    fixed = pattern.split("*")[0].split("?")[0].split("[")[0].rpartition("/")[0]
    assert list_files(f"{tmp_path}/{pattern}").root == str(tmp_path / fixed)


def test_a_name_with_wildcard_characters_is_itself_when_it_stands_there(tmp_path: Path) -> None:
    make(tmp_path, "in[1]/a.txt", "in1/b.txt", "what?.txt")
    assert names(tmp_path / "in[1]") == ["a.txt"]
    assert names(tmp_path / "what?.txt") == ["what?.txt"]


def test_folders_may_be_nested_deeper_than_calls(tmp_path: Path) -> None:
    depth = 150
    make(tmp_path, "d/" * depth + "a.txt")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(_frames() + 100)  # deeper trees than this would be too deep for whoever clears up
    try:
        (file,) = list_files(tmp_path).files
    finally:
        sys.setrecursionlimit(limit)
    assert file.source_path == "d/" * depth + "a.txt"
    assert len(list(documents(file))) == 1


def _frames() -> int:
    frame, count = sys._getframe(), 0
    while frame is not None:
        frame, count = frame.f_back, count + 1  # type: ignore[assignment]
    return count


def test_the_output_inside_the_source_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "output/articles/part-0.parquet")
    assert names(tmp_path, exclude=[tmp_path / "output"]) == ["a.txt"]


def test_links_that_leave_the_source_are_refused(tmp_path: Path) -> None:
    make(tmp_path, "secret/passwd.txt", "in/a.txt", "in/sub/b.txt")
    source = tmp_path / "in"
    (source / "inside.txt").symlink_to(source / "a.txt")
    (source / "outside.txt").symlink_to(tmp_path / "secret/passwd.txt")
    (source / "relative.txt").symlink_to("../secret/passwd.txt")
    (source / "folder").symlink_to(tmp_path / "secret")
    (source / "loop").symlink_to(source)
    (source / "nowhere.txt").symlink_to("missing.txt")
    (source / "itself.txt").symlink_to("itself.txt")
    listing = list_files(source)
    assert [file.source_path for file in listing.files] == ["a.txt", "inside.txt", "sub/b.txt"]
    assert [(reject.source_path, reject.code) for reject in listing.rejects] == [
        (name, "read.symlink") for name in ("folder", "itself.txt", "nowhere.txt", "outside.txt", "relative.txt")
    ]


def test_a_source_may_itself_be_a_link(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "in")
    assert names(tmp_path / "link") == ["a.txt"]
    assert list_files(tmp_path / "link").source == str(tmp_path / "in")


@pytest.mark.parametrize(
    "name", [b"a\nb.txt", b"\x1b[31m.txt", b"\xff\xfe.txt", "\u202etxt.exe.txt".encode(), "a\u2028b.txt".encode()]
)
def test_names_that_could_deceive_are_refused(tmp_path: Path, name: bytes) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_bytes(TEXT)
    make(tmp_path, "good 名字　=cmd.txt")
    listing = list_files(tmp_path)
    assert [file.source_path for file in listing.files] == ["good 名字　=cmd.txt"]
    (reject,) = listing.rejects
    assert reject.code == "read.path"
    assert reject.source_path.isprintable()
    reject.source_path.encode("utf-8")


def test_a_folder_with_such_a_name_is_not_entered(tmp_path: Path) -> None:
    make(tmp_path, "a\tb/c.txt", "d.txt")
    listing = list_files(tmp_path)
    assert [file.source_path for file in listing.files] == ["d.txt"]
    assert [reject.code for reject in listing.rejects] == ["read.path"]


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    make(tmp_path, "folder.txt/a.txt")
    listing = list_files(tmp_path)
    assert [(reject.source_path, reject.code) for reject in listing.rejects] == [("pipe.txt", "read.not_a_file")]
    assert [file.source_path for file in listing.files] == ["folder.txt/a.txt"]


def test_a_file_swapped_after_listing_is_refused(tmp_path: Path) -> None:
    make(tmp_path, "in/link.txt", "in/gone.txt", "in/pipe.txt", "secret.txt")
    files = list_files(tmp_path / "in").files
    for name in ("link", "gone", "pipe"):
        (tmp_path / f"in/{name}.txt").unlink()
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(tmp_path / "in/pipe.txt")
    codes = {file.source_path: [item.code for item in documents(file)] for file in files}  # type: ignore[union-attr]
    assert codes == {
        "gone.txt": ["read.vanished"],
        "link.txt": ["read.symlink"],
        "pipe.txt": ["read.not_a_file"],
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_closed_to_us_is_a_reject(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    (tmp_path / "a.txt").chmod(0)
    codes = [[getattr(item, "code", "") for item in documents(file)] for file in list_files(tmp_path).files]
    assert codes == [["read.unreadable"], [""]]


@pytest.mark.parametrize("missing", ["nothing", "nothing/*.txt", "nothing/a.txt"])
def test_a_source_that_is_not_there_is_wrong_usage(tmp_path: Path, missing: str) -> None:
    with pytest.raises(ConfigError, match="there is no"):
        list_files(tmp_path / missing)


@pytest.mark.parametrize("url", ["s3://key:secret@bucket/a", "zip://a.txt::s3://bucket/b", "https://u:p@example.org/"])
def test_urls_with_secrets_or_chains_are_refused_without_repeating_them(url: str) -> None:
    with pytest.raises(ConfigError) as error:
        list_files(url)
    assert "secret" not in str(error.value)
    assert "u:p" not in str(error.value)


def test_object_keys_that_would_be_other_paths_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = ["a.txt", "../b.txt", "x/../../c.txt", "/etc/d.txt", "x//e.txt", "./f.txt"]
    objects = [stores.StoredObject(key, f"s3://bucket/{key}", 1, "tag") for key in keys]
    monkeypatch.setattr(stores, "find", lambda location: (location, objects))
    listing = list_files("s3://bucket")
    assert [file.source_path for file in listing.files] == ["a.txt"]
    assert {reject.source_path: reject.code for reject in listing.rejects} == dict.fromkeys(keys[1:], "read.path")


def test_one_source_has_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "in/a.txt")
    monkeypatch.chdir(tmp_path)
    for spellings in (["in", "in/", "./in", str(tmp_path / "in")], ["in/a.txt"], ["in/*.txt", "./in/*.txt"]):
        found = {list_files(spelling).source for spelling in spellings}
        assert len(found) == 1
        assert {source_id(spelling) for spelling in spellings} == found
