"""One happening told in several articles shares a happening_id; the first telling counts.

Conservative: the same day, the same kind, the same place where both name one, and a named party in common.
"""

from __future__ import annotations

import polars as pl

from etl.relate.tellings import in_copies, ranked, with_first

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
    ranks = ranked(events.select(COLUMNS).drop("evidence"), "event_id", duplicates)
    pairs = pl.concat([in_copies(ranks, events, "event_id", ["event_type"]), _in_other_articles(ranks, participants)])
    return (
        with_first(ranks, pairs)
        .join(ranks.select(first="rank", happening_id="event_id"), on="first", how="left")
        .select(
            "event_id",
            happening_id=pl.coalesce("happening_id", "event_id"),
            recommended_for_count=pl.lit(False),
        )
        .cast(EMPTY)  # type: ignore[arg-type]
        .sort("event_id")
    )


def _in_other_articles(ranks: pl.DataFrame, participants: pl.LazyFrame) -> pl.DataFrame:
    """Pairs of (telling, first telling) that share day, kind, known place and a party."""
    keys = ["event_type", "start_date", "end_date", "place"]
    known = (
        ranks.filter(pl.col("start_date").is_not_null() & pl.col("date_precision").is_in(["day", "day_part"]))
        .with_columns(place=pl.coalesce("admin1_iso", "place_id"))
        .filter(pl.col("place").is_not_null())
        # Few happenings have another of their day, kind and place: only of those the parties are wanted.
        .filter(pl.col("original").n_unique().over(keys) > 1)
    )
    named = known.join(_parties(participants, known), on="event_id")
    group = [*keys, "party"]
    return (
        named.with_columns(
            first=pl.col("rank").min().over(group),
            first_article=pl.col("original").sort_by("rank").first().over(group),
        )
        .filter((pl.col("rank") != pl.col("first")) & (pl.col("original") != pl.col("first_article")))
        .select("rank", "first")
        .unique()
    )


def _parties(participants: pl.LazyFrame, events: pl.DataFrame) -> pl.DataFrame:
    """event_id and party of the named parties to the events."""
    return (
        participants.select(PARTICIPANT_COLUMNS)
        .filter(
            (pl.col("fact_kind") == "event") & pl.col("entity_type").is_in(["organization", "person", "delegation"])
        )
        .join(events.lazy().select("event_id"), left_on="fact_id", right_on="event_id", how="semi")
        .select(event_id="fact_id", party=pl.coalesce("org_id", "name_text"))
        .unique()
        .collect()
    )
