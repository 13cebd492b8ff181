"""One claim of aid told in several articles shares a claim_id; the first telling counts.

Never on place and amount alone: two provinces may well receive the same round sum in the same year.
"""

from __future__ import annotations

import polars as pl

COLUMNS = (
    "aid_id",
    "article_id",
    "published_date",
    "line_no",
    "char_start",
    "evidence",
    "record_type",
    "amount",
    "currency",
    "period_start",
    "period_end",
    "donor_text",
    "donor_org_id",
    "implementer_text",
    "implementer_org_id",
    "recipient_iso",
    "recommended_for_sum",
    "sum_exclusion_reason",
)
# Tellings further apart are taken for two claims unless they are copies of one article.
MAX_DAYS_APART = 120
EMPTY = {
    "aid_id": pl.String,
    "claim_id": pl.String,
    "recommended_for_sum": pl.Boolean,
    "sum_exclusion_reason": pl.String,
}


def find(claims: pl.LazyFrame, duplicates: pl.DataFrame) -> pl.DataFrame:
    """Overrides for every claim that repeats an earlier one: the claim_id of the first, and no place in sums."""
    ranked = (
        claims.select(COLUMNS)
        .join(duplicates.lazy(), on="article_id", how="left")
        .with_columns(
            original=pl.coalesce("duplicate_of", "article_id"),
            donor=pl.coalesce("donor_org_id", "donor_text"),
            implementer=pl.coalesce("implementer_org_id", "implementer_text"),
        )
        .sort(
            pl.col("duplicate_of").is_not_null(),
            pl.col("published_date").is_null(),
            "published_date",
            "article_id",
            "line_no",
            "char_start",
            "aid_id",
        )
        .with_row_index("rank")
        .collect()
    )
    told_again = pl.concat([_in_copies(ranked), _in_other_articles(ranked)]).group_by("rank").agg(pl.col("first").min())
    # A first telling may itself repeat an earlier one: follow until nothing changes (chains are short).
    while True:
        step = told_again.join(told_again.rename({"rank": "first", "first": "earlier"}), on="first", how="left")
        merged = step.select("rank", first=pl.coalesce("earlier", "first"))
        if merged.sort("rank").equals(told_again.select("rank", "first").sort("rank")):
            break
        told_again = merged
    ids = ranked.select(first="rank", claim_id="aid_id")
    return (
        ranked.join(told_again, on="rank", how="left")
        .filter(pl.col("first").is_not_null() | pl.col("duplicate_of").is_not_null())
        .join(ids, on="first", how="left")
        .select(
            "aid_id",
            claim_id=pl.coalesce("claim_id", "aid_id"),
            recommended_for_sum=pl.lit(False),
            sum_exclusion_reason=pl.coalesce("sum_exclusion_reason", pl.lit("duplicate")).cast(pl.String),
        )
        .cast(EMPTY)  # type: ignore[arg-type]
        .sort("aid_id")
    )


def _in_copies(ranked: pl.DataFrame) -> pl.DataFrame:
    """In copies of one article the same words with the same sum are the same claim."""
    keys = ["original", "evidence", "amount", "currency"]
    grouped = ranked.with_columns(
        first=pl.col("rank").min().over(keys), nth=pl.col("rank").rank("ordinal").over([*keys, "article_id"])
    )
    grouped = grouped.with_columns(first=pl.col("rank").min().over([*keys, "nth"]))
    return grouped.filter(pl.col("rank") != pl.col("first")).select("rank", "first")


def _in_other_articles(ranked: pl.DataFrame) -> pl.DataFrame:
    """Elsewhere the kind, the sum, the period, the place and a named party must agree, within some months."""
    stated = ranked.filter(pl.col("amount").is_not_null() & pl.col("currency").is_not_null())
    keys = ["record_type", "amount", "currency", "period_start", "period_end", "recipient_iso"]
    known = stated.filter(pl.col("period_start").is_not_null() & pl.col("recipient_iso").is_not_null())
    found = []
    for party in ("donor", "implementer"):
        named = known.filter(pl.col(party).is_not_null())
        group = [*keys, party]
        found.append(
            named.with_columns(
                first=pl.col("rank").min().over(group),
                first_article=pl.col("original").sort_by("rank").first().over(group),
                first_date=pl.col("published_date").sort_by("rank").first().over(group),
            )
            .filter(
                (pl.col("rank") != pl.col("first"))
                & (pl.col("original") != pl.col("first_article"))
                & ((pl.col("published_date") - pl.col("first_date")).dt.total_days().abs() <= MAX_DAYS_APART)
            )
            .select("rank", "first")
        )
    return pl.concat(found)
