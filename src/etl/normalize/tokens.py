"""Words of a text and its keywords, the same whichever engine cuts.

The engines see runs of Han characters only: on Latin letters, digits and hyphens jieba and rjieba differ, so those are
cut here. rjieba is jieba's dictionary and algorithm in Rust, twenty times as fast; jieba is the reference (a test holds
them equal) and serves where rjieba is missing.
"""

from __future__ import annotations

import importlib.util
import logging
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from etl import lookups
from etl.errors import ConfigError
from etl.patterns import on_use

# jieba's own range of Han characters comes first; a rarer one is a word of its own. Latin words keep inner hyphens,
# apostrophes and separators: COVID-19, 3.470.000, d'Ivoire.
_HAN_RUN = on_use(r"[\u4e00-\u9fd5]+")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN = rf"[^\W_{_HAN}]+(?:[.,'’&+-][^\W_{_HAN}]+)*"
_RUN = on_use(rf"[\u4e00-\u9fd5]+|[{_HAN}]|{_LATIN}")
_OTHER = re.compile(rf"[\u3400-\u4dff\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|{_LATIN}")


@cache
def _engine() -> Callable[[str], list[str]]:
    """A function that cuts one run of Han characters, with the project's own words known to it."""
    if importlib.util.find_spec("rjieba") is None:
        return _reference_engine()
    import rjieba

    tokenizer = rjieba.Jieba()
    for row in lookups.rows("jieba_words"):
        tokenizer.add_word(row["word"], int(row["freq"]), row["tag"])
    cut: Callable[[str], list[str]] = tokenizer.cut
    return cut


@cache
def _reference_engine() -> Callable[[str], list[str]]:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    for row in lookups.rows("jieba_words"):
        tokenizer.add_word(row["word"], int(row["freq"]), row["tag"])
    cut: Callable[[str], list[str]] = tokenizer.lcut
    return cut


@cache
def _idf() -> tuple[dict[bytes, bytes], float]:
    """jieba's inverse document frequencies by word and their median, read without importing jieba.

    Of 270,000 lines a page needs a hundred: both columns stay the bytes they are in the file, which takes half the time
    that strings and floats take, and so does the median over the 3,300 values that differ.
    """
    spec = importlib.util.find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigError("jieba is not installed: its idf.txt is needed for keywords. Install requirements.lock.")
    path = Path(spec.submodule_search_locations[0]) / "analyse" / "idf.txt"
    fields = path.read_bytes().split()
    found = dict(zip(fields[::2], fields[1::2], strict=True))
    counts = Counter(found.values())
    values = sorted(counts, key=float)
    middle = bisect_right(list(accumulate(map(counts.__getitem__, values))), len(found) // 2)
    return found, float(values[middle])


@lru_cache(maxsize=65536)
def _idf_of(word: str) -> float:
    found, median = _idf()
    return float(found.get(word.encode(), median))


@cache
def _tagger() -> Callable[[str], str]:
    if importlib.util.find_spec("rjieba") is None:
        import jieba.posseg

        table: dict[str, str] = jieba.posseg.POSTokenizer().word_tag_tab
        return lambda word: table.get(word, "x")
    import rjieba

    # Its own instance, without the project's words: loading a dictionary once more takes a tenth of a second.
    return lambda word: "".join(tag for _, tag in rjieba.tag(word)[:1])


@lru_cache(maxsize=65536)
def word_tag(word: str) -> str:
    """jieba's part of speech of a word taken by itself (v, vn, n, p, c ...); x for none."""
    return _tagger()(word) or "x"


@cache
def _dictionary() -> Callable[[str], bool]:
    if importlib.util.find_spec("rjieba") is None:
        import jieba

        return lambda word: bool(jieba.get_FREQ(word))
    import rjieba

    has: Callable[[str], bool] = rjieba.has_word
    return has


@lru_cache(maxsize=65536)
def is_word(word: str) -> bool:
    """Whether jieba's dictionary holds the word."""
    return _dictionary()(word)


def cut_run(run: str) -> list[str]:
    """The words of one run of Han characters."""
    return _engine()(run)


def han_words(text: str) -> list[str]:
    """The words of the text's runs of Han characters, in order."""
    # One call for all runs: the engine cuts each line for itself, and a call costs as much as cutting ten words.
    return [word for word in _engine()("\n".join(_HAN_RUN.findall(text))) if word != "\n"]


def n_other_words(text: str) -> int:
    """How many of `tokens(text)` are not among `han_words(text)`: Latin words, figures, rare characters."""
    return len(_OTHER.findall(text))


def tokens(text: str) -> list[str]:
    """The words of a text in order: Chinese words, Latin words and figures; no punctuation and no white space."""
    cut = _engine()
    found: list[str] = []
    for match in _RUN.finditer(text):
        run = match[0]
        if "\u4e00" <= run[0] <= "\u9fd5":
            found += cut(run)
        else:
            found.append(run)
    return found


def keywords(text: str, top: int = 10) -> list[str]:
    """The words that say most about the text, best first: jieba's TF-IDF over its Han runs.

    Equal to `jieba.analyse.extract_tags(text, topK=top)` on a text whose other characters are blanks.
    """
    return keywords_of(han_words(text), top)


def keywords_of(words: Iterable[str], top: int = 10) -> list[str]:
    """`keywords` of a text whose `han_words` are already known."""
    counts = Counter(word for word in words if len(word) > 1)
    total = sum(counts.values())
    weights = {word: count * (_idf_of(word) / total) for word, count in counts.items()}
    return sorted(weights, key=weights.__getitem__, reverse=True)[:top]
