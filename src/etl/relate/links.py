"""A teaser names another article by its title: link it when exactly one article of the dataset has that title."""

from __future__ import annotations

import polars as pl

from etl.relate.signatures import title_key

COLUMNS = ("article_id", "line_no", "seq", "linked_title")
EMPTY = {"article_id": pl.String, "line_no": pl.Int32, "seq": pl.Int32, "linked_article_id": pl.String}
# 新闻 or 图片新闻 as a title names nothing.
MIN_TITLE = 6


def find(links: pl.LazyFrame, articles: pl.LazyFrame, duplicates: pl.DataFrame) -> pl.DataFrame:
    """linked_article_id of every link whose title is an article's; a copy resolves to the one that counts."""
    targets = (
        articles.select("article_id", "title")
        .collect()
        .with_columns(key=pl.col("title").map_elements(title_key, return_dtype=pl.String))
        .filter(pl.col("key").str.len_chars() >= MIN_TITLE)
        .join(duplicates, on="article_id", how="left")
        .select("key", linked_article_id=pl.coalesce("duplicate_of", "article_id"))
        .unique()
        .filter(pl.len().over("key") == 1)
    )
    found = links.select(COLUMNS).collect()
    keys = found.select("linked_title").unique()
    keys = keys.with_columns(key=pl.col("linked_title").map_elements(title_key, return_dtype=pl.String))
    return (
        found.join(keys, on="linked_title")
        .join(targets, on="key")
        .select("article_id", "line_no", "seq", "linked_article_id")
        .cast(EMPTY)  # type: ignore[arg-type]
        .sort("article_id", "line_no", "seq")
    )
