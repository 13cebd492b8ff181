"""Site templates learned from a source of any kind of file."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.pipeline import learning
from etl.strip import templates
from tests.flows import corpus


def test_templates_of_the_sites_found_in_paths(tmp_path: Path) -> None:
    for site in ("east", "west"):
        corpus.write(tmp_path / "in" / site, range(4))
    (tmp_path / "in" / "lone").mkdir()
    (tmp_path / "in" / "lone" / "a.txt").write_text(corpus.page(1, "2022-01"), encoding="utf-8")
    written = learning.learn(tmp_path / "in", tmp_path / "templates", "folder")
    assert [path.name for path in written] == ["east.toml", "west.toml"]
    found = templates.read(tmp_path / "templates")
    assert found["east"].pages == 4
    assert "相关新闻" in found["east"].lines


def test_the_same_pages_are_chosen_whatever_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "PAGES_PER_SITE", 3)
    corpus.write(tmp_path / "in" / "site", range(9))
    pages = list(learning._documents(tmp_path / "in", ()))
    chosen = learning._chosen(pages, "folder")["site"]
    again = learning._chosen(reversed(pages), "folder")["site"]
    assert {page.source_path for page in chosen} == {page.source_path for page in again}
    assert len(chosen) == 3


def test_a_pattern_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    corpus.write(tmp_path / "in", range(2))
    with pytest.raises(ConfigError, match="site-from"):
        learning.learn(tmp_path / "in", tmp_path / "templates", "(")
