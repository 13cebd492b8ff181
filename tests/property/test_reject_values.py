"""What a reject shows of a bad value prints, whatever the bytes: gzip puts the time of day into its head."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl.read.rejects import VALUE_CHARS, shown


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400)))
@example(b"\xcd\xb8\xc2\xad\xc2\xa0\xd8\x80")  # unassigned, soft hyphen, no-break space, a mark of Arabic numbers
@example("\U000e0001\U0001f9ff\ud800")
def test_what_is_shown_prints(value: bytes | str) -> None:
    said = shown(value)
    assert said.replace("\u3000", "").isprintable()
    said.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("越南　Hà Nội", "越南　Hà Nội"),
        (b"\xcd\xb8a", "\\u0378a"),
        (b"\xff\x00", "\\xff\\u0000"),
        ("a\u202etxt", "a\\u202etxt"),
        ("\U000e0001", "\\U000e0001"),
        ("x" * 500, "x" * VALUE_CHARS),
    ],
)
def test_what_is_shown_of(value: bytes | str, said: str) -> None:
    assert shown(value) == said
