"""money_mentions and date_mentions: every figure and date of the article's own lines."""

from __future__ import annotations

from etl.tables import codes, rules
from etl.tables.declare import Column, ForeignKey, Table, Type

ON_A_LINE = ForeignKey(("article_id", "line_no"), "lines", ("article_id", "line_no"))


def _place(what: str) -> tuple[Column, ...]:
    return (
        Column("mention_id", Type.ID, f"Hash of where the {what} stands"),
        Column("article_id", Type.ID, "The page"),
        Column("line_no", Type.SMALL, "The line, one of the article's own", low=1),
        Column("char_start", Type.SMALL, "First code point within the line, 0-based", low=0),
        Column("char_end", Type.SMALL, "One past the last code point", low=1),
        Column("quote", Type.TEXT, "The words themselves: the line's characters char_start to char_end"),
    )


MONEY_MENTIONS = Table(
    name="money_mentions",
    description="Every figure with a currency in the article's own lines, whatever it is about.",
    key=("mention_id",),
    order=("article_id", "line_no", "char_start", "char_end", "mention_id"),
    columns=(
        *_place("figure"),
        Column("amount", Type.MONEY, "The figure in units of its currency; the lower end of a range"),
        Column("amount_max", Type.MONEY, "The upper end of a range", null=True),
        Column("currency", Type.CODE, "ISO 4217; null when ambiguous", null=True, pattern=codes.CURRENCY),
        Column(
            "currency_basis",
            Type.CODE,
            "How the currency is known",
            codes=("explicit", "symbol", "site", "carried", "ambiguous"),
        ),
        Column("qualifier", Type.CODE, "How exactly the text means it", codes=codes.QUALIFIERS),
        Column("per_unit", Type.TEXT, "What one unit of it buys or covers: 户, 年, 人", null=True),
        Column(
            "role",
            Type.CODE,
            "What the figure is about",
            codes=(
                "aid",
                "equivalent",
                "previous",
                "target",
                "unit_value",
                "trade",
                "investment",
                "budget",
                "price",
                "wage",
                "prize",
                "loss",
                "other",
            ),
        ),
        Column("equivalent_of", Type.ID, "mention_id of the figure it restates in another currency", null=True),
        Column("amount_usd", Type.MONEY, "US dollars at the annual average of fx_year", null=True),
        Column("fx_rate", Type.REAL, "Units of the currency per US dollar", null=True, low=0.0),
        Column(
            "fx_year", Type.SMALL, "Year of the rate: of the claim's period, the mention, the publication", null=True
        ),
        Column("flags", Type.TEXTS, "What to know about the row; see the list of flags"),
    ),
    foreign_keys=(ON_A_LINE, ForeignKey(("equivalent_of",), "money_mentions", ("mention_id",))),
    rules=(
        rules.AMBIGUOUS_IS_FLAGGED,
        rules.ordered("validate.amount_range", "amount", "amount_max"),
        rules.ordered("validate.span", "char_start", "char_end"),
    ),
    warnings=("Figures repeat within and across articles: sums belong to aid_projects.",),
)

DATE_MENTIONS = Table(
    name="date_mentions",
    description="Every date expression in the article's own lines, resolved or marked unresolved.",
    key=("mention_id",),
    order=("article_id", "line_no", "char_start", "char_end", "mention_id"),
    columns=(
        *_place("expression"),
        Column("start_date", Type.DATE, "First day; null when the text leaves it open", null=True),
        Column("end_date", Type.DATE, "Last day, inclusive; null when the text leaves it open", null=True),
        Column("edtf", Type.TEXT, "The same in Extended Date/Time Format (ISO 8601-2)", null=True),
        Column("precision", Type.CODE, "What kind of span it names", codes=codes.DATE_PRECISIONS),
        Column("day_part", Type.CODE, "Part of the day", null=True, codes=codes.DAY_PARTS),
        Column("basis", Type.CODE, "What the resolution rests on", codes=codes.DATE_BASES),
        Column("is_planned", Type.BOOL, "The sentence speaks of what is to come"),
        Column("flags", Type.TEXTS, "What to know about the row; see the list of flags"),
    ),
    foreign_keys=(ON_A_LINE,),
    rules=(
        rules.UNRESOLVED_IS_EMPTY,
        rules.ordered("validate.date_order", "start_date", "end_date"),
        rules.ordered("validate.span", "char_start", "char_end"),
    ),
)
