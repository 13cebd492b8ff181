"""Bytes to lines: which encoding a page is in, and where its lines end. Nothing else is changed."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from etl.errors import PageError
from etl.read import limits

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a zip archive or an Office document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip file (name it .gz)",
    b"\x28\xb5\x2f\xfd": "a zstd file (name it .zst)",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"PAR1": "a Parquet file (name it .parquet)",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
    b"\xd0\xcf\x11\xe0": "an old Office document",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CONTROL_SHARE = 0.01
# Encodings without a mark, most likely first: equal scores go to the earlier one.
_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_LIKELY = 0.85
_SAMPLE_CHARS = 20_000


def decode(data: bytes) -> str:
    """The text of a page, byte order mark removed.

    Raises PageError: `read.empty` (nothing but blanks), `read.binary` (no text, or text with NUL bytes),
    `read.encoding` (none of UTF-8, UTF-16, UTF-32, GB18030, Big5).
    """
    check_bytes(data)
    text = _decoded(data).removeprefix("\ufeff")
    check_text(text)
    return text


def check_bytes(data: bytes) -> None:
    """Raises PageError for bytes that are no page in any encoding: none at all, or a known binary format."""
    if not data:
        raise PageError("read.empty", "The file is empty.")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise PageError("read.binary", f"This is not text but {what}.")


def check_text(text: str) -> None:
    """Raises PageError when decoded text is blank, binary or cannot be written as UTF-8 (lone surrogates)."""
    if not text.strip("\ufeff \t\r\n\f\v\u00a0\u3000"):
        raise PageError("read.empty", "There is no text but blanks.")
    if "\0" in text:
        at = text.index("\0")
        raise PageError("read.binary", f"Text with NUL characters, the first at {at}: damaged when it was written.")
    if len(_CONTROLS.findall(text)) > _CONTROL_SHARE * len(text):
        raise PageError("read.binary", "More than one character in a hundred is a control character.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise PageError("read.encoding", f"Half of a surrogate pair at character {error.start}.") from None


def lines(text: str) -> tuple[str, ...]:
    r"""The lines of a page: split at \n only, one trailing \r removed from each, nothing else.

    `str.splitlines` would also cut at U+2028, U+0085 and form feeds, which stand inside sentences of crawled pages.
    Raises PageError `read.too_large` beyond the limits for lines.
    """
    found = tuple(line.removesuffix("\r") for line in text.split("\n"))
    check_lines(found)
    return found


def check_lines(found: tuple[str, ...]) -> None:
    """Raises PageError: `read.too_large` (more lines, or a longer line, than a page may have), `read.empty` (none)."""
    if not found:  # <! is markup that renders to no line
        raise PageError("read.empty", "There is no text but markup.")
    if len(found) > limits.PAGE_LINES:
        raise PageError("read.too_large", f"The page has {len(found)} lines; it may have {limits.PAGE_LINES}.")
    longest = max(map(len, found))
    if longest > limits.LINE_CHARS:
        raise PageError("read.too_large", f"A line of {longest} characters; it may have {limits.LINE_CHARS}.")


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guessed(data, error)
    # UTF-16 of Latin letters is valid UTF-8 full of NULs.
    return _guessed(data, None) if "\0" in text else text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"The byte order mark says {encoding}, but byte {error.start} breaks it ({error.reason})."
        raise PageError("read.encoding", message) from None


def _guessed(data: bytes, utf8_error: UnicodeDecodeError | None) -> str:
    """The reading that looks most like Chinese text; PageError when none does."""
    best, best_score = "", 0.0
    for encoding in () if utf8_error and _is_broken_utf8(data) else _GUESSES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _likeness(text[:_SAMPLE_CHARS])
        if score > best_score:
            best, best_score = text, score
    if best_score >= _LIKELY:
        return best
    if b"\0" in data:
        raise PageError("read.binary", f"NUL bytes, the first at {data.index(0)}: not text, or damaged when written.")
    where = f" UTF-8 breaks at byte {utf8_error.start}." if utf8_error else ""
    raise PageError("read.encoding", f"Not readable as UTF-8, UTF-16, GB18030 or Big5.{where} Convert it to UTF-8.")


def _is_broken_utf8(data: bytes) -> bool:
    """UTF-8 with a damaged place: GB18030 would read it as rare characters all through."""
    high = sum(byte >= 0x80 for byte in data[: _SAMPLE_CHARS * 3])
    kept = data[: _SAMPLE_CHARS * 3].decode("utf-8", "ignore")
    valid = len(kept.encode("utf-8")) - sum(char < "\x80" for char in kept)
    return high > 0 and valid >= 0.9 * high


def _likeness(text: str) -> float:
    """Share of the characters beyond ASCII that are frequent in Chinese text; control characters count against it.

    Measured on pages of the outlets: the right reading scores 0.89 to 1.0 (traditional text in GB18030 too),
    a wrong one at most 0.69.
    """
    judged = frequent = 0
    for char in text:
        if char < " " and char not in "\t\r\n\f":
            judged += 1
        elif char >= "\x80":
            judged += 1
            frequent += _is_frequent(char)
    return frequent / judged if judged else 1.0


@lru_cache(8192)
def _is_frequent(char: str) -> bool:
    """Punctuation or the first level of a national set: GB2312 (3,755 by sound) or Big5 (5,401 by strokes)."""
    simplified, traditional = char.encode("gb2312", "ignore"), char.encode("big5", "ignore")
    return b"\xa1" <= simplified[:1] <= b"\xd7" or b"\xa1" <= traditional[:1] <= b"\xc6"
