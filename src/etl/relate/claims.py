"""One claim of aid told in several articles shares a claim_id; the first telling counts.

Never on place and amount alone: two provinces may well receive the same round sum in the same year.
"""

from __future__ import annotations

import polars as pl

from etl.relate.tellings import agreement, in_copies, in_other_articles, likely, ranked, with_first

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
ORDERED = ("aid_id", "article_id", "published_date", "line_no", "char_start")
AGREEING = ("record_type", "amount", "currency", "period_start", "period_end", "recipient_iso")
PARTIES = ("donor", "implementer")
EMPTY = {
    "aid_id": pl.String,
    "claim_id": pl.String,
    "recommended_for_sum": pl.Boolean,
    "sum_exclusion_reason": pl.String,
}


def find(claims: pl.LazyFrame, duplicates: pl.DataFrame) -> pl.DataFrame:
    """Overrides for every claim that repeats an earlier one: the claim_id of the first, and no place in sums."""
    named = claims.with_columns(
        donor=pl.coalesce("donor_org_id", "donor_text"),
        implementer=pl.coalesce("implementer_org_id", "implementer_text"),
    ).select(*ORDERED, *AGREEING, *PARTIES, "sum_exclusion_reason")
    ranks = ranked(likely(named, "aid_id", _agreeing(named), duplicates), "aid_id", duplicates)
    pairs = pl.concat([in_copies(ranks, claims, "aid_id", ["amount", "currency"]), _in_other_articles(ranks)])
    return (
        with_first(ranks, pairs)
        .join(ranks.select(first="rank", claim_id="aid_id"), on="first", how="left")
        .select(
            "aid_id",
            claim_id=pl.coalesce("claim_id", "aid_id"),
            recommended_for_sum=pl.lit(False),
            sum_exclusion_reason=pl.coalesce("sum_exclusion_reason", pl.lit("duplicate")).cast(pl.String),
        )
        .cast(EMPTY)  # type: ignore[arg-type]
        .sort("aid_id")
    )


def _agreeing(named: pl.LazyFrame) -> pl.Series:
    """The claims that may be found again in another article."""
    hashes = [pl.when(_is_known(party)).then(agreement(*AGREEING, party)).alias(party) for party in PARTIES]
    known = named.select("aid_id", *hashes).collect(engine="streaming")
    shared = [pl.col(party).is_not_null() & pl.col(party).is_duplicated() for party in PARTIES]
    return known.filter(pl.any_horizontal(shared))["aid_id"]


def _in_other_articles(ranks: pl.DataFrame) -> pl.DataFrame:
    """Elsewhere the kind, the sum, the period, the place and a named party must agree, within some months."""
    found = []
    for party in PARTIES:
        known = ranks.filter(_is_known(party)).select("rank", *AGREEING, party)
        pairs = in_other_articles(ranks, known, [*AGREEING, party])
        found.append(pairs.filter(pl.col("days").abs() <= MAX_DAYS_APART).select("rank", "first"))
    return pl.concat(found)


def _is_known(party: str) -> pl.Expr:
    """A claim can be known again when its sum, its period, its place and the party are stated."""
    return pl.all_horizontal(
        pl.col(name).is_not_null() for name in ("amount", "currency", "period_start", "recipient_iso", party)
    )
