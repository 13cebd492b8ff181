"""Bytes to lines: encodings, line ends, and what stays as it was."""

from __future__ import annotations

import pytest

from etl.errors import PageError
from etl.read import text

SIMPLIFIED = "越南与老挝签署合作协议\n双方代表出席了签字仪式，援助金额为三百万美元。\n（完）"
TRADITIONAL = "越南總理會見外國代表團\n雙方就進一步發展兩國關係交換意見，並簽署合作協議。\n◆"


@pytest.mark.parametrize("written", [SIMPLIFIED, TRADITIONAL])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "big5hkscs"]
)
def test_encodings(written: str, encoding: str) -> None:
    if encoding == "big5hkscs" and written == SIMPLIFIED:
        pytest.skip("Big5 has no simplified characters")
    assert text.decode(written.encode(encoding)) == written


def test_a_short_title_is_enough_to_tell() -> None:
    assert text.decode("越南总理会见老挝客人".encode("gb18030")) == "越南总理会见老挝客人"
    assert text.decode("越南總理會見寮國客人".encode("big5")) == "越南總理會見寮國客人"


def test_latin_letters_in_utf16_without_a_mark() -> None:
    assert text.decode("Hotline: 024\n".encode("utf-16-le")) == "Hotline: 024\n"


def test_characters_outside_the_first_plane() -> None:
    assert text.decode("𠮷野家在河内开业，越南顾客排队\n".encode("gb18030")) == "𠮷野家在河内开业，越南顾客排队\n"


def test_only_newlines_end_lines_and_only_one_return_goes() -> None:
    written = "一\r\n二\r\r\n\u3000三\u00a0 \n四\u2028五\x85六\x0c七\x0b八\r九\n\n"
    assert text.lines(written) == ("一", "二\r", "\u3000三\u00a0 ", "四\u2028五\x85六\x0c七\x0b八\r九", "", "")


def test_only_the_first_mark_goes() -> None:
    assert text.decode(b"\xef\xbb\xbf" + "\ufeff一\ufeff二".encode()) == "\ufeff一\ufeff二"
    assert text.decode("一\ufeff二".encode()) == "一\ufeff二"


def test_nothing_is_normalized() -> None:
    written = "ＡＢＣ１２３　ﬁ Việt Nam e\u0301 \u200b\u202e=cmd"
    assert text.decode(written.encode()) == written


def test_the_message_says_where_it_breaks() -> None:
    with pytest.raises(PageError, match="byte 12") as error:
        text.decode("越南老挝".encode() + b"\xff" + "援助".encode())
    assert error.value.code == "read.encoding"
