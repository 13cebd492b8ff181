"""Copies of one article: the same text, the same address number under the same title, or nearly the same clauses."""

from __future__ import annotations

import polars as pl

from etl.relate.signatures import BANDS, PERMUTATIONS

COLUMNS = ("article_id", "source_path", "site", "published_date", "published_precision", "n_own_lines")
KEY_COLUMNS = (
    "article_id",
    "title_key",
    "address_number",
    "text_hash",
    "figures_hash",
    "n_clauses",
    "bands",
    "signature",
)
# Two pages with fewer clauses than this are too short to call copies by likeness.
MIN_CLAUSES = 4
MIN_LIKENESS = 0.75
PAIRS_AT_ONCE = 50_000
EMPTY = {"article_id": pl.String, "duplicate_of": pl.String}


def find(articles: pl.LazyFrame, page_keys: pl.LazyFrame) -> pl.DataFrame:
    """article_id and duplicate_of of every page that is a copy; the copy that counts has no row.

    Of several copies the dated one counts, then the earliest, then the one with more own lines, then the first path.
    """
    # Sorted before the keys are joined: a sort holds what it sorts several times over.
    ordered = (
        articles.select(COLUMNS)
        .sort(
            pl.col("published_date").is_null(),
            pl.col("published_precision") != "minute",
            "published_date",
            -pl.col("n_own_lines").cast(pl.Int64),
            "source_path",
            "article_id",
        )
        .select("article_id", "site")
        .collect()
    )
    keys = page_keys.select(KEY_COLUMNS).drop("signature")
    ranked = ordered.lazy().join(keys, on="article_id", maintain_order="left").with_row_index("rank").collect()
    pairs = pl.concat([_same_text(ranked), _same_address(ranked), _alike(ranked, page_keys)])
    root = _roots(ranked.height, pairs)
    ids = ranked["article_id"]
    return (
        pl.DataFrame({"article_id": ids, "duplicate_of": ids.gather(root)}, schema=EMPTY)
        .filter(pl.col("article_id") != pl.col("duplicate_of"))
        .sort("article_id")
    )


def _pairs_with_first(frame: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """(rank, first) of rows that share the keys, each paired with the best ranked of its group."""
    return frame.with_columns(first=pl.col("rank").min().over(*keys)).filter(pl.col("rank") != pl.col("first"))


def _same_text(ranked: pl.DataFrame) -> pl.DataFrame:
    """The same words and the same sums under the pictures; pages of a clause or two must bear the same title as well
    (本报讯 and nothing else)."""
    keys = ("text_hash", "figures_hash")
    long = _pairs_with_first(ranked.filter(pl.col("n_clauses") >= MIN_CLAUSES), *keys)
    short = _pairs_with_first(ranked.filter(pl.col("n_clauses").is_between(1, MIN_CLAUSES - 1)), *keys, "title_key")
    return pl.concat([long, short]).select("rank", "first")


def _same_address(ranked: pl.DataFrame) -> pl.DataFrame:
    """One outlet, one number in the address, one title: the same article in another layout."""
    numbered = ranked.filter(pl.col("address_number").is_not_null() & (pl.col("title_key") != ""))
    return _pairs_with_first(numbered, "site", "address_number", "title_key").select("rank", "first")


def _alike(ranked: pl.DataFrame, page_keys: pl.LazyFrame) -> pl.DataFrame:
    """Pages whose clauses mostly agree and whose figures all do: a changed figure makes another article."""
    banded = ranked.filter(pl.col("n_clauses") >= MIN_CLAUSES)
    # Band by band: all bands at once would be sixteen rows a page in memory.
    pairs = pl.concat(
        _pairs_with_first(
            banded.select("rank", "figures_hash", band=pl.col("bands").list.get(number)), "band", "figures_hash"
        ).select("rank", "first")
        for number in range(BANDS)
    )
    pairs = pairs.unique().sort("rank", "first")
    if pairs.is_empty():
        return pairs
    signatures = _signatures(ranked, page_keys, pairs)
    return pl.concat(
        _agreeing(pairs[start : start + PAIRS_AT_ONCE], signatures) for start in range(0, pairs.height, PAIRS_AT_ONCE)
    )


def _signatures(ranked: pl.DataFrame, page_keys: pl.LazyFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The signatures of the pages in some pair, by rank."""
    wanted = pl.concat([pairs["rank"], pairs["first"]]).unique()
    ranks = ranked.lazy().select("rank", "article_id").filter(pl.col("rank").is_in(wanted.implode()))
    return (
        page_keys.select("article_id", "signature").join(ranks, on="article_id").select("rank", "signature").collect()
    )


def _agreeing(pairs: pl.DataFrame, signatures: pl.DataFrame) -> pl.DataFrame:
    """The pairs whose signatures agree in enough places."""
    others = signatures.select(first="rank", other="signature")
    places = pairs.join(signatures, on="rank").join(others, on="first").explode("signature", "other")
    counted = places.group_by("rank", "first").agg((pl.col("signature") == pl.col("other")).sum().alias("n"))
    return counted.filter(pl.col("n") >= MIN_LIKENESS * PERMUTATIONS).select("rank", "first").sort("rank", "first")


def _roots(count: int, pairs: pl.DataFrame) -> list[int]:
    """For each rank the best rank it is linked with, over all pairs."""
    root = list(range(count))

    def top(rank: int) -> int:
        while root[rank] != rank:
            root[rank] = root[root[rank]]
            rank = root[rank]
        return rank

    for rank, first in pairs.sort("rank", "first").iter_rows():
        a, b = top(rank), top(first)
        root[max(a, b)] = min(a, b)
    return [top(rank) for rank in range(count)]
