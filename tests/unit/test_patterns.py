"""Patterns compiled at first use: every one of the builders' is sound, and behaves like one compiled at once."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys

import pytest

import etl.build
from etl.patterns import _Waiting, by_letter, on_use, one_of


def _waiting() -> dict[str, re.Pattern[str]]:
    """The builders' patterns by module and name."""
    names = [found.name for found in pkgutil.walk_packages(etl.build.__path__, "etl.build.")]
    return {
        f"{name}.{key}": value
        for name in names
        for key, value in vars(importlib.import_module(name)).items()
        if isinstance(value, _Waiting)
    }


def test_every_pattern_of_the_builders_compiles() -> None:
    """Importing a module no longer tells of a broken one: only a page that comes to use it would."""
    patterns = _waiting()
    assert len(patterns) > 500
    broken = []
    for name, pattern in patterns.items():
        try:
            pattern.search("")
        except re.error as error:
            broken.append(f"{name}: {error}")
    assert not broken


def test_it_answers_like_one_compiled_at_once() -> None:
    text, now = "援助 aid AID 援助", re.compile(r"(?P<word>aid|援助)", re.IGNORECASE)
    later = on_use(now.pattern, re.IGNORECASE)
    assert [m["word"] for m in later.finditer(text)] == [m["word"] for m in now.finditer(text)]
    assert later.sub("-", text) == now.sub("-", text)
    assert (later.match(text, 3) is not None, later.flags, later.groups) == (True, now.flags, now.groups)
    assert later.fullmatch("aid") is not None
    assert later.pattern == now.pattern


def test_it_is_compiled_once_and_not_before() -> None:
    pattern = on_use("a(")
    with pytest.raises(re.error):
        pattern.search("a")
    sound = on_use("a")
    assert "search" not in vars(sound)
    first = sound.search
    assert sound.search is first
    with pytest.raises(AttributeError):
        sound.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_importing_the_builders_compiles_none_of_them() -> None:
    """Each process pays for what it imports."""
    code = (
        "import sys, etl.build\n"
        "from etl.patterns import _Waiting\n"
        "found = [v for n, m in list(sys.modules.items()) if n.startswith('etl.build')"
        " for v in vars(m).values() if type(v) is _Waiting]\n"
        "assert len(found) > 500, len(found)\n"
        "assert not [v.pattern for v in found if 'search' in vars(v)]\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_of_many_words_the_longest_that_fits_is_found() -> None:
    words = one_of(["援", "援助", "援建", "出", "a.b"], {"援": r"(?<![救支]援)", "出": r"(?=\d)"})
    said = "支援救援灾区, 援助学校, 援越, 出口, 出5万, a.b axb"
    assert [m[0] for m in words.finditer(said)] == ["援助", "援", "出", "a.b"]


def test_spelling_out_letters_changes_what_is_scanned_not_what_is_found() -> None:
    written = r"[声聲]明|版[权權]|[转轉]{2}发|[a-c]x|[Cc]opy|免\d"
    spelled = by_letter(written)
    assert spelled == r"声明|聲明|版[权權]|[转轉]{2}发|[a-c]x|Copy|copy|免\d"
    for text in ("聲明版權", "转轉发bx", "Copy copy 免5", "明版免"):
        assert re.findall(spelled, text) == re.findall(written, text)
