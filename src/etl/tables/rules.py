"""Checks between columns of one row, shared by several tables: the list "always true" of the documentation."""

from __future__ import annotations

from typing import Any

from etl.tables.declare import Rule


def _ordered(first: str, last: str) -> Any:
    def holds() -> Any:
        import polars as pl

        return (pl.col(first) <= pl.col(last)).fill_null(True)

    return holds


def ordered(code: str, first: str, last: str) -> Rule:
    """`first` <= `last` where both are known."""
    return Rule(code, f"{first} must not come after {last}", _ordered(first, last))


def _ambiguous() -> Any:
    import polars as pl

    return (
        pl.col("amount").is_null()
        | pl.col("currency").is_not_null()
        | pl.col("flags").list.contains("currency_ambiguous")
    )


AMBIGUOUS_IS_FLAGGED = Rule(
    "validate.currency_flag", "an amount without a currency must carry the flag currency_ambiguous", _ambiguous
)


def _reasoned() -> Any:
    import polars as pl

    return pl.col("recommended_for_sum") == pl.col("sum_exclusion_reason").is_null()


SUM_HAS_REASON = Rule(
    "validate.sum_reason", "recommended_for_sum must be false exactly when a reason is given", _reasoned
)


def _summable() -> Any:
    import polars as pl

    return ~pl.col("recommended_for_sum") | (pl.col("amount").is_not_null() & pl.col("currency").is_not_null())


SUM_HAS_AMOUNT = Rule("validate.sum_amount", "only an amount with a currency may be recommended for sum", _summable)


def _no_target() -> Any:
    import polars as pl

    return ~pl.col("recommended_for_sum") | (
        (pl.col("record_type") != "target") & ~pl.col("status").is_in(["target", "cancelled"])
    )


TARGET_NOT_SUMMED = Rule("validate.target_sum", "a target is never recommended for sum", _no_target)


def _happened() -> Any:
    import polars as pl

    latest = pl.col("published_date") + pl.duration(days=1)
    return (pl.col("is_planned") | (pl.col("start_date") <= latest)).fill_null(True)


NOT_IN_THE_FUTURE = Rule(
    "validate.future_event", "an event that is not planned must not start more than a day after publication", _happened
)


def _precise() -> Any:
    import polars as pl

    known = pl.col("published_date").is_not_null()
    return (known == (pl.col("published_precision") != "none")) & (known == (pl.col("published_basis") != "none"))


PRECISION_SAYS_SO = Rule(
    "validate.published", "published_precision and published_basis are none exactly when the date is unknown", _precise
)


def _unbounded() -> Any:
    import polars as pl

    bounded = pl.col("published_earliest").is_not_null() | pl.col("published_latest").is_not_null()
    return pl.col("published_date").is_null() | ~bounded


BOUNDS_ONLY_WHEN_UNKNOWN = Rule(
    "validate.published_bounds", "bounds are given only where published_date is unknown", _unbounded
)


def _resolved() -> Any:
    import polars as pl

    return (pl.col("basis") != "unresolved") | (pl.col("start_date").is_null() & pl.col("end_date").is_null())


UNRESOLVED_IS_EMPTY = Rule("validate.unresolved", "an unresolved date has neither start nor end", _resolved)
