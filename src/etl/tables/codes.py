"""The closed code lists that several columns or tables share."""

from __future__ import annotations

ROLES = (
    "title",
    "dateline",
    "byline",
    "lead",
    "heading",
    "body",
    "caption",
    "nav",
    "inline_links",
    "promo",
    "related",
)
QUALIFIERS = ("exact", "approx", "over", "at_least", "under", "at_most", "range")
DATE_PRECISIONS = (
    "day_part",
    "day",
    "week",
    "month",
    "quarter",
    "half",
    "season",
    "year",
    "range",
    "decade",
    "century",
)
DATE_BASES = (
    "explicit",
    "year_from_publication",
    "year_from_sentence",
    "year_from_section",
    "relative",
    "holiday",
    "lunar",
    "fiscal",
    "inherited",
    "unresolved",
)
DAY_PARTS = ("dawn", "morning", "noon", "afternoon", "evening", "night", "clock")
EXCLUSION_REASONS = (
    "target",
    "pledge",
    "cancelled",
    "no_amount",
    "no_currency",
    "request",
    "counterpart",
    "domestic",
    "component",
    "parent_of_components",
    "superseded",
    "overlap",
    "duplicate",
    "comparison",
    "average",
    "implausible",
)
CURRENCY = r"[A-Z]{3}"
COUNTRY = r"[A-Z]{2}"
SUBDIVISION = r"[A-Z]{2}(-[A-Z0-9]{1,3})?"
