"""What is kept of a page to find its copies: a hash of its text, its figures, and a MinHash of its clauses.

Copies of one article share whole clauses (a second crawl, another layout, an agency text printed by two outlets),
so clauses are the shingles: a hundred a page where character n-grams would be thousands.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

import polars as pl

PERMUTATIONS = 64
BANDS = 16
SEED = 20250701
# Shorter clauses (他说, 会上) stand in any article.
_MIN_CLAUSE = 6
_CLAUSE = re.compile(r"[^\w]+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
# shidai.thoidai.com.vn/detail-article-49723.html and shidai.vn/…-49723.html are one article.
_ADDRESS_NUMBER = re.compile(r"(\d{4,})(?:\.s?html?|/?)?(?:[?#].*)?$")

SCHEMA: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "title_key": pl.String(),
    "address_number": pl.String(),
    "text_hash": pl.String(),
    "figures_hash": pl.String(),
    "n_clauses": pl.Int32(),
    "bands": pl.List(pl.UInt64()),
    "signature": pl.List(pl.UInt32()),
}


def title_key(title: str | None) -> str:
    """The title without what differs between prints: width, spaces, punctuation, case."""
    folded = unicodedata.normalize("NFKC", title or "").casefold()
    return re.sub(r"[\W_]+", "", folded)


def page_keys(article: Mapping[str, object], caption_sums: Iterable[str] = ()) -> dict[str, object]:
    """The row of the internal table `page_keys` for a row of `articles`.

    `caption_sums` are the sums of money that its captions state, in their words. Captions are no part of the text
    that copies share, since each outlet has pictures of its own; but a claim may stand in one, and a page with
    another sum is another article.
    """
    import rensa  # the only user; kept off the start-up path

    text = unicodedata.normalize("NFKC", str(article["body_text"])).casefold()
    clauses = sorted({c for c in _CLAUSE.split(text) if len(c) >= _MIN_CLAUSE})
    signature: list[int] = []
    if clauses:
        sketch = rensa.RMinHash(PERMUTATIONS, SEED)
        sketch.update(clauses)
        signature = list(sketch.digest())
    number = _ADDRESS_NUMBER.search(str(article["url"] or ""))
    return {
        "article_id": article["article_id"],
        "title_key": title_key(article["title"]),  # type: ignore[arg-type]
        "address_number": number.group(1) if number else None,
        "text_hash": _hash("".join(_CLAUSE.split(text))),
        "figures_hash": _hash(" ".join(sorted(set(_FIGURE.findall("\n".join([text, *caption_sums])))))),
        "n_clauses": len(clauses),
        "bands": _bands(signature),
        "signature": signature,
    }


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _bands(signature: list[int]) -> list[int]:
    """One 64-bit key per band: pages that agree in a whole band are candidates."""
    rows = PERMUTATIONS // BANDS
    keys = []
    for band, start in enumerate(range(0, len(signature), rows)):
        part = ",".join(map(str, signature[start : start + rows]))
        keys.append(int.from_bytes(hashlib.blake2b(f"{band}:{part}".encode(), digest_size=8).digest(), "big"))
    return keys
