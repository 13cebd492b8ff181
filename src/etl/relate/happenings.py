"""One happening told in several articles shares a happening_id; the first telling counts.

Conservative: the same day, the same kind, the same place where both name one, and a named party in common.
"""

from __future__ import annotations

import polars as pl

COLUMNS = (
    "event_id",
    "article_id",
    "published_date",
    "line_no",
    "char_start",
    "evidence",
    "event_type",
    "start_date",
    "end_date",
    "date_precision",
    "place_id",
    "admin1_iso",
    "recommended_for_count",
)
PARTICIPANT_COLUMNS = ("fact_id", "fact_kind", "name_text", "org_id", "entity_type")
EMPTY = {"event_id": pl.String, "happening_id": pl.String, "recommended_for_count": pl.Boolean}


def find(events: pl.LazyFrame, participants: pl.LazyFrame, duplicates: pl.DataFrame) -> pl.DataFrame:
    """Overrides for every event that repeats an earlier one: the happening_id of the first, and no count."""
    ranked = (
        events.select(COLUMNS)
        .join(duplicates.lazy(), on="article_id", how="left")
        .with_columns(original=pl.coalesce("duplicate_of", "article_id"))
        .sort(
            pl.col("duplicate_of").is_not_null(),
            pl.col("published_date").is_null(),
            "published_date",
            "article_id",
            "line_no",
            "char_start",
            "event_id",
        )
        .with_row_index("rank")
        .collect()
    )
    parties = (
        participants.select(PARTICIPANT_COLUMNS)
        .filter(
            (pl.col("fact_kind") == "event") & pl.col("entity_type").is_in(["organization", "person", "delegation"])
        )
        .select(event_id="fact_id", party=pl.coalesce("org_id", "name_text"))
        .unique()
        .collect()
    )
    told_again = pl.concat([_in_copies(ranked), _in_other_articles(ranked, parties)])
    told_again = told_again.group_by("rank").agg(pl.col("first").min())
    ids = ranked.select(first="rank", happening_id="event_id")
    return (
        ranked.join(told_again, on="rank", how="left")
        .filter(pl.col("first").is_not_null() | pl.col("duplicate_of").is_not_null())
        .join(ids, on="first", how="left")
        .select(
            "event_id",
            happening_id=pl.coalesce("happening_id", "event_id"),
            recommended_for_count=pl.lit(False),
        )
        .cast(EMPTY)  # type: ignore[arg-type]
        .sort("event_id")
    )


def _in_copies(ranked: pl.DataFrame) -> pl.DataFrame:
    keys = ["original", "event_type", "evidence"]
    grouped = ranked.with_columns(nth=pl.col("rank").rank("ordinal").over([*keys, "article_id"]))
    grouped = grouped.with_columns(first=pl.col("rank").min().over([*keys, "nth"]))
    return grouped.filter(pl.col("rank") != pl.col("first")).select("rank", "first")


def _in_other_articles(ranked: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """Pairs of (telling, first telling) that share day, kind, known place and a party."""
    dated = ranked.filter(pl.col("start_date").is_not_null() & pl.col("date_precision").is_in(["day", "day_part"]))
    named = dated.join(parties, on="event_id").with_columns(place=pl.coalesce("admin1_iso", "place_id"))
    keys = ["event_type", "start_date", "end_date", "place", "party"]
    known = named.filter(pl.col("place").is_not_null())
    return (
        known.with_columns(
            first=pl.col("rank").min().over(keys),
            first_article=pl.col("original").sort_by("rank").first().over(keys),
        )
        .filter((pl.col("rank") != pl.col("first")) & (pl.col("original") != pl.col("first_article")))
        .select("rank", "first")
        .unique()
    )
