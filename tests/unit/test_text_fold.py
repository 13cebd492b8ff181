"""Folding keeps every character in its place."""

from __future__ import annotations

from etl.normalize.text import fold


def test_full_width_traditional_and_spaces() -> None:
    assert fold("１２億元，約５％\u3000捐贈") == "12亿元,约5% 捐赠"


def test_what_would_change_a_number_stays() -> None:
    assert fold("5² ① ½ Ⅻ") == "5² ① ½ Ⅻ"


def test_length_holds_for_every_character() -> None:
    everything = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x11000))))
    assert len(fold(everything)) == len(everything)
