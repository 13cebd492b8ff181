"""Words and keywords: the fast engine says what jieba says."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import jieba

from etl import lookups
from etl.normalize import tokens as module
from etl.normalize.tokens import han_words, keywords, n_other_words, tokens

TEXTS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))]


def _jieba() -> jieba.Tokenizer:
    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    for row in lookups.rows("jieba_words"):
        tokenizer.add_word(row["word"], int(row["freq"]), row["tag"])
    return tokenizer


def test_words_and_keywords_equal_jieba() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # jieba.analyse leaves its idf.txt open on import
        from jieba.analyse import TFIDF

        analyser = TFIDF()
    tokenizer = _jieba()
    analyser.tokenizer = tokenizer
    assert len(TEXTS) == 5
    for text in TEXTS:
        runs = re.findall("[\u4e00-\u9fd5]+", text)
        assert han_words(text) == [word for run in runs for word in tokenizer.lcut(run)]
        blanked = re.sub("[^\u4e00-\u9fd5]", " ", text)
        assert keywords(text, 12) == analyser.extract_tags(blanked, topK=12)


def test_the_fallback_engine_cuts_alike() -> None:
    fast, reference = module._engine(), module._reference_engine()
    for run in re.findall("[\u4e00-\u9fd5]+", TEXTS[4]):
        assert fast(run) == reference(run)


def test_latin_words_and_figures_stay_whole() -> None:
    assert tokens("COVID-19疫情,3.470.000越盾(VUFO)。") == ["COVID-19", "疫情", "3.470.000", "越盾", "VUFO"]
    assert tokens("Phạm Hoàng Anh d’Ivoire") == ["Phạm", "Hoàng", "Anh", "d’Ivoire"]


def test_words_are_counted_as_they_are_cut() -> None:
    for text in [*TEXTS, "北𣴓省 COVID-19疫情,3.470.000越盾(VUFO)。d’Ivoire豈 a_b \u3400"]:
        assert len(han_words(text)) + n_other_words(text) == len(tokens(text))


def test_rare_characters_are_words_of_their_own() -> None:
    assert tokens("北𣴓省") == ["北", "𣴓", "省"]


def test_punctuation_and_blanks_are_no_words() -> None:
    assert tokens(" 。,!?——《》\u3000\n\t_") == []
    assert keywords("。") == []


def test_own_words_are_known() -> None:
    assert "友好组织联合会" in tokens("海防市友好组织联合会")
    assert "越盾" in tokens("五万越盾")
