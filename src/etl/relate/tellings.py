"""What claims and happenings share: tellings in a fixed order, and which of them is the first."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def likely(facts: pl.LazyFrame, key: str, agreeing: pl.Series, duplicates: pl.DataFrame) -> pl.LazyFrame:
    """The facts that may be told more than once: the `agreeing` ones, and those of copied articles and their copies.

    The others are few to none of what is told twice and most of what there is: they are neither ordered nor held.
    A filter, unlike a join, reaches the files.
    """
    copied = pl.concat([duplicates["article_id"], duplicates["duplicate_of"]]).unique()
    return facts.filter(pl.col(key).is_in(agreeing.implode()) | pl.col("article_id").is_in(copied.implode()))


def agreement(*columns: str) -> pl.Expr:
    """Equal for facts that agree in the columns.

    A hash: two facts that differ and have the same one are told apart when they are compared column by column.
    """
    return pl.struct(columns).hash()


def ranked(facts: pl.LazyFrame, key: str, duplicates: pl.DataFrame) -> pl.DataFrame:
    """Facts in the order in which they count, as `rank`: originals before copies, dated before undated, early first.

    `original` is the article that counts, the fact's own or the one it is a copy of.
    """
    return (
        facts.join(duplicates.lazy(), on="article_id", how="left")
        .with_columns(original=pl.coalesce("duplicate_of", "article_id"))
        .sort(
            pl.col("duplicate_of").is_not_null(),
            pl.col("published_date").is_null(),
            "published_date",
            "article_id",
            "line_no",
            "char_start",
            key,
        )
        .with_row_index("rank")
        .collect()
    )


def in_copies(ranks: pl.DataFrame, facts: pl.LazyFrame, key: str, same: Sequence[str]) -> pl.DataFrame:
    """(rank, first) of facts that copies of one article tell in the same words; a page's second telling stays two.

    `same` are the columns of `ranks` that must agree beside the article and the words (`evidence`), which are read
    from `facts` for copies only: they are few, and words are most of what there is to read.
    """
    copied = ranks["original"].filter(ranks["duplicate_of"].is_not_null()).unique()
    told = ranks.filter(pl.col("original").is_in(copied.implode()))
    words = facts.select(key, "evidence").join(told.lazy().select(key), on=key, how="semi").collect()
    group = ["original", "evidence", *same]
    grouped = told.join(words, on=key).sort("rank")
    grouped = grouped.with_columns(nth=pl.col("rank").rank("ordinal").over([*group, "article_id"]))
    grouped = grouped.with_columns(first=pl.col("rank").min().over([*group, "nth"]))
    return grouped.filter(pl.col("rank") != pl.col("first")).select("rank", "first")


def in_other_articles(ranks: pl.DataFrame, facts: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """(rank, first, days) of the facts, `rank` and the keys, that agree in the keys with one of another article ranked
    before them: the first of those that agree, and how many days apart the two were published."""
    pairs = facts.select("rank", first=pl.col("rank").min().over(keys)).filter(pl.col("rank") != pl.col("first"))
    # Ranks count the rows of `ranks` through.
    articles = ranks.select("original", "published_date")
    again, told = articles[pairs["rank"]], articles[pairs["first"]]
    return pairs.with_columns(days=(again["published_date"] - told["published_date"]).dt.total_days()).filter(
        again["original"] != told["original"]
    )


def with_first(ranks: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The facts that repeat another or stand in a copy, with `first`, the rank of the very first telling (or null)."""
    told_again = pairs.group_by("rank").agg(pl.col("first").min()).sort("rank")
    # A first telling may itself repeat an earlier one: follow until nothing changes (chains are short).
    while True:
        earlier = told_again.rename({"rank": "first", "first": "earlier"})
        step = told_again.join(earlier, on="first", how="left")
        merged = step.select("rank", first=pl.coalesce("earlier", "first")).sort("rank")
        if merged.equals(told_again):
            break
        told_again = merged
    return ranks.join(told_again, on="rank", how="left").filter(
        pl.col("first").is_not_null() | pl.col("duplicate_of").is_not_null()
    )
