"""Which change reaches which pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from etl import lookups
from etl.store import fingerprints

PAGES = pl.DataFrame(
    {
        "name": ["shidai", "html", "record", "money", "aid", "refused"],
        "site": ["shidai", "vov", "vov", "vov", "vov", None],
        "kind": ["text", "html", "jsonl", "text", "text", "text"],
        "is_html": [False, True, False, False, False, False],
        "n_money": [0, 0, 0, 3, 3, None],
        "n_aid": [0, 0, 0, 0, 1, None],
    }
)
ALL = set(PAGES["name"])


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package to change."""
    copy = tmp_path / "etl"
    shutil.copytree(fingerprints.ETL, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprints, "ETL", copy)
    monkeypatch.setattr(lookups, "SITES", copy / "sites")
    fingerprints._of_code.cache_clear()
    yield copy
    fingerprints._of_code.cache_clear()


def reached(package: Path, path: str, text: str = "\n") -> set[str]:
    """Names of the pages that are processed again when the text is added to the file."""
    before = fingerprints.current()
    with (package / path).open("a", encoding="utf-8") as file:
        file.write(text)
    fingerprints._of_code.cache_clear()
    pieces = fingerprints.changed(before, fingerprints.current())
    return set(PAGES.filter(fingerprints.touched(pieces))["name"])


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("normalize/numbers.py", ALL),
        ("strip/roles.py", ALL),
        ("build/articles.py", ALL),
        ("validate/checks.py", ALL),
        ("pipeline/page.py", ALL),
        ("relate/signatures.py", ALL),
        ("lookups/organizations.csv", ALL),
        ("read/html/decoding.py", {"html"}),
        ("read/records.py", {"record"}),
        ("normalize/fx.py", {"money", "aid"}),
        ("lookups/fx_usd_annual.csv", {"money", "aid"}),
        ("lookups/sector_lexicon_zh.csv", {"aid"}),
        ("sites/shidai.toml", {"shidai", "refused"}),
        ("relate/claims.py", set()),
        ("report/__init__.py", set()),
        ("explain/__init__.py", set()),
        ("cli/__init__.py", set()),
        ("publish/merge.py", set()),
        ("pipeline/backfill.py", set()),
        ("lookups/reject_codes.csv", set()),
        ("dictionary.py", set()),
    ],
)
def test_a_change_reaches_what_it_can_touch(package: Path, path: str, names: set[str]) -> None:
    assert reached(package, path) == names


def test_how_a_site_is_recognised_reaches_every_page(package: Path) -> None:
    path = "sites/shidai.toml"
    text = (package / path).read_text(encoding="utf-8")
    before = fingerprints.current()
    (package / path).write_text(text.replace('hosts = ["', 'hosts = ["new.example", "', 1), encoding="utf-8")
    pieces = fingerprints.changed(before, fingerprints.current())
    assert set(PAGES.filter(fingerprints.touched(pieces))["name"]) == ALL


def test_a_new_site_reaches_every_page(package: Path) -> None:
    before = fingerprints.current()
    (package / "sites/new.toml").write_text('hosts = ["new.example"]\n', encoding="utf-8")
    pieces = fingerprints.changed(before, fingerprints.current())
    assert set(PAGES.filter(fingerprints.touched(pieces))["name"]) == ALL


def test_every_file_has_its_place() -> None:
    """A new module or lookup is taken for one that touches every page, unless somebody says otherwise."""
    assert fingerprints._piece("normalize/something_new.py") == "normalize"
    assert fingerprints._piece("lookups/something_new.csv") == "lookups"
    assert fingerprints._reach("something new").meta.eq(pl.lit(True).fill_null(True))


def test_learned_templates_are_pieces_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        'version = 1\nsite = "a.vn"\nsite_from = "url"\npages = 3\n[lines]\n[places]\n', encoding="utf-8"
    )
    new = fingerprints.changed(fingerprints.current(), fingerprints.current(tmp_path))
    assert [fingerprints.template_site(piece) for piece in new] == [("url", "a.vn")]
