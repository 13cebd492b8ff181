"""One happening told in several articles shares a happening_id; the first telling counts.

Conservative: the same day, the same kind, the same place where both name one, and a named party in common.
"""

from __future__ import annotations

import polars as pl

from etl.relate.tellings import agreement, in_copies, in_other_articles, likely, ranked, with_first

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
AGREEING = ("event_type", "start_date", "end_date", "place")
EMPTY = {"event_id": pl.String, "happening_id": pl.String, "recommended_for_count": pl.Boolean}


def find(events: pl.LazyFrame, participants: pl.LazyFrame, duplicates: pl.DataFrame) -> pl.DataFrame:
    """Overrides for every event that repeats an earlier one: the happening_id of the first, and no count."""
    placed = events.select(COLUMNS).drop("evidence").with_columns(place=pl.coalesce("admin1_iso", "place_id"))
    parties = _parties(placed, participants)
    ranks = ranked(likely(placed, "event_id", parties["event_id"], duplicates), "event_id", duplicates)
    pairs = pl.concat([in_copies(ranks, events, "event_id", ["event_type"]), _in_other_articles(ranks, parties)])
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


def _in_other_articles(ranks: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """Pairs of (telling, first telling) that share day, kind, known place and a party."""
    # One number for day, kind and place: with a row for each party the columns themselves would be most of the memory.
    known = ranks.filter(_is_known()).select("rank", "event_id", when=pl.struct(AGREEING).rank("dense"))
    named = known.join(parties, on="event_id").select("rank", "when", "party")
    return in_other_articles(ranks, named, ["when", "party"]).select("rank", "first").unique()


def _is_known() -> pl.Expr:
    """A happening can be known again when its day and its place are."""
    is_day = pl.col("date_precision").is_in(["day", "day_part"])
    return pl.col("start_date").is_not_null() & is_day & pl.col("place").is_not_null()


def _parties(placed: pl.LazyFrame, participants: pl.LazyFrame) -> pl.DataFrame:
    """event_id and party of the happenings that share day, kind, place and this party with another one.

    A hash stands for the party: strings for every participant would be most of the memory, and two parties of one day,
    kind and place do not share 64 bits by chance.
    """
    known = placed.filter(_is_known()).select("event_id", when=agreement(*AGREEING)).collect(engine="streaming")
    known = known.filter(pl.col("when").is_duplicated()).with_row_index("row")
    met = (
        participants.select(PARTICIPANT_COLUMNS)
        .filter(
            (pl.col("fact_kind") == "event") & pl.col("entity_type").is_in(["organization", "person", "delegation"])
        )
        .select(event_id="fact_id", party=pl.coalesce("org_id", "name_text").hash())
        .join(known.lazy(), on="event_id")
        .select("row", "when", "party")
        .collect(engine="streaming")
        .filter(agreement("when", "party").is_duplicated())
        .select("row", "party")
        .unique()
    )
    return met.select("party", event_id=known["event_id"].gather(met["row"]))
