"""The figures of the report: counts, sums that may be summed (and the naive ones beside), and data quality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from etl import lookups

TABLES = (
    "articles",
    "lines",
    "money_mentions",
    "date_mentions",
    "aid_projects",
    "events",
    "related_links",
    "rejects",
    "runs",
    "places",
    "organizations",
)
TOP = 15
FEW = 8
Table = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the page shows; tables are lists of rows with the columns that stand behind them."""

    totals: dict[str, int]
    newest: dt.date | None
    oldest: dt.date | None
    last_run: dict[str, object]
    months: Table  # month (2025-08, or 2025), claims, events
    sums: Table  # currency, flow, summable, naive, n_summable, n_all
    flows: Table  # flow, usd, naive_usd, n_summable, n_all; every flow, the largest sum first
    usd_naive: float  # every figure in the text
    provinces: Table  # name, english, usd, naive_usd, n; inbound aid
    donors: Table
    sectors: Table
    countries: Table  # the same of outbound aid
    claims: Table  # the largest summable claims with their words
    fill: Table  # table, column, share
    quality: dict[str, int]
    rejects: Table  # code, n, example
    sites: Table  # site, n, newest, own_lines, boilerplate, dated
    unresolved: Table  # quote, n
    ambiguous: Table  # quote, n
    upcoming: Table  # planned events from the newest publication on


def collect(tables: Mapping[str, pl.LazyFrame]) -> Facts:
    """All figures, each aggregated by polars so that memory stays flat."""
    articles, aid, events = tables["articles"], tables["aid_projects"], tables["events"]
    span = articles.select(
        pl.col("published_date").min().alias("a"), pl.col("published_date").max().alias("b")
    ).collect()
    oldest, newest = span.row(0)
    summable = aid.filter("recommended_for_sum")
    inbound, outbound = (summable.filter(pl.col("flow_direction") == flow) for flow in ("inbound", "outbound"))
    provinces, countries = _names_of_places(tables["places"])
    naive = tables["money_mentions"].select(pl.col("amount_usd").sum().cast(pl.Float64)).collect().item()
    runs = tables["runs"].sort("started_at", descending=True).head(1).collect().to_dicts()
    return Facts(
        totals={
            name: _height(tables[name]) for name in TABLES if name not in ("runs", "places", "organizations", "lines")
        },
        newest=newest,
        oldest=oldest,
        last_run=runs[0] if runs else {},
        months=_months(aid, events, oldest, newest),
        sums=_sums(aid),
        flows=_flows(aid),
        usd_naive=naive or 0.0,
        provinces=_by(_in_a_province(inbound), aid, pl.col("recipient_iso"), provinces),
        donors=_by(
            inbound, aid, pl.coalesce("donor_org_id", "donor_text"), _names_of_organizations(tables["organizations"])
        ),
        sectors=_by(inbound, aid, pl.col("sector"), _names_of_sectors()),
        countries=_by(outbound, aid, pl.col("recipient_country"), countries),
        claims=_largest(summable, articles),
        fill=_fill_rates(tables),
        quality=_quality(tables),
        rejects=_rejects(tables["rejects"]),
        sites=_sites(articles),
        unresolved=_quotes(tables["date_mentions"].filter(pl.col("start_date").is_null())),
        ambiguous=_quotes(tables["money_mentions"].filter(pl.col("currency").is_null())),
        upcoming=_upcoming(events, articles, newest),
    )


def _height(table: pl.LazyFrame) -> int:
    return int(table.select(pl.len()).collect().item())


# A chart of more months than this shows years.
MONTHS = 48


def _months(aid: pl.LazyFrame, events: pl.LazyFrame, oldest: dt.date | None, newest: dt.date | None) -> Table:
    """Claims by month of publication, events by the month they took place, copies left out; years for long spans.

    Every month between the first and the last has a row. What happens more than a year before the oldest article or
    after the newest (anniversaries, careers, plans for 2045) is left out.
    """
    found = []
    for kind, table, day in (
        ("claims", aid.filter(pl.col("claim_id") == pl.col("aid_id")), "published_date"),
        ("events", events.filter("recommended_for_count"), "start_date"),
    ):
        dated = table.filter(pl.col(day).is_not_null())
        if oldest and newest:
            year = dt.timedelta(days=366)
            dated = dated.filter(pl.col(day).is_between(oldest - year, newest + year))
        found.append(dated.group_by(month=pl.col(day).dt.truncate("1mo")).agg(pl.len().alias(kind)))
    counted = pl.concat(found, how="diagonal").collect()
    if not counted.height:
        return []
    months = counted["month"]
    yearly = (months.max() - months.min()).days > 31 * MONTHS  # type: ignore[operator, union-attr]
    step, form = ("1y", "%Y") if yearly else ("1mo", "%Y-%m")
    return (
        counted.group_by(pl.col("month").dt.truncate(step))
        .agg(pl.col("claims", "events").sum())
        .sort("month")
        .upsample("month", every=step)
        .select(pl.col("month").dt.strftime(form), pl.col("claims", "events").fill_null(0))
        .to_dicts()
    )


def _sums(aid: pl.LazyFrame) -> Table:
    may = pl.col("recommended_for_sum")
    return (
        aid.filter(pl.col("amount").is_not_null() & pl.col("currency").is_not_null())
        .group_by(pl.col("currency").cast(pl.String), pl.col("flow_direction").cast(pl.String))
        .agg(
            summable=pl.col("amount").filter(may).sum(),
            naive=pl.col("amount").sum(),
            n_summable=may.sum().cast(pl.Int64),
            n_all=pl.len().cast(pl.Int64),
        )
        .sort("currency", "flow_direction")
        .collect()
        .to_dicts()
    )


def _flows(aid: pl.LazyFrame) -> Table:
    """US dollars by flow: what may be summed, and what adding up every claim would give."""
    may, usd = pl.col("recommended_for_sum"), pl.col("amount_usd").cast(pl.Float64)
    return (
        aid.group_by(flow=pl.col("flow_direction").cast(pl.String))
        .agg(
            usd=usd.filter(may).sum(),
            naive_usd=usd.sum(),
            n_summable=may.sum().cast(pl.Int64),
            n_all=pl.len().cast(pl.Int64),
        )
        .sort(["usd", "flow"], descending=[True, False])
        .collect()
        .to_dicts()
    )


def _in_a_province(aid: pl.LazyFrame) -> pl.LazyFrame:
    """Claims for one Vietnamese province; those for several or the nation bear the country's code."""
    return aid.filter(pl.col("recipient_iso").cast(pl.String).str.starts_with("VN-"))


# Chinese and English name by code; a code without a name is shown as it is.
Names = Mapping[str, tuple[str, str]]


def _names_of_places(places: pl.LazyFrame) -> tuple[Names, Names]:
    """Provinces by ISO 3166-2 and countries by ISO 3166-1, each by the youngest unit that bears the code."""
    columns = ("kind", "country", "iso_3166_2", "name_zh", "name_en")
    rows = places.sort("valid_from", nulls_last=False).select(*columns).collect().to_dicts()
    provinces: dict[str, tuple[str, str]] = {}
    countries: dict[str, tuple[str, str]] = {}
    for row in rows:
        name = (str(row["name_zh"]), str(row["name_en"] or ""))
        if row["iso_3166_2"]:
            provinces[str(row["iso_3166_2"])] = name
        elif row["kind"] == "country":
            countries[str(row["country"])] = name
    return provinces, countries


def _names_of_organizations(organizations: pl.LazyFrame) -> Names:
    rows = organizations.select("org_id", "name_zh", "abbrev", "name_en").collect().to_dicts()
    return {str(row["org_id"]): (str(row["name_zh"]), str(row["abbrev"] or row["name_en"] or "")) for row in rows}


def _names_of_sectors() -> Names:
    rows = lookups.rows("sector_names")
    return {row["simple_sector"]: (row["name_zh"], row["simple_sector"].replace("_", " ")) for row in rows}


def _by(summable: pl.LazyFrame, everything: pl.LazyFrame, key: pl.Expr, names: Names) -> Table:
    """US dollars by a key: the summable rows, and what adding up every claim with that key would have given."""
    usd = pl.col("amount_usd").sum().cast(pl.Float64)
    code = key.cast(pl.String)
    right = summable.filter(pl.col("amount_usd") > 0).group_by(code=code).agg(usd=usd, n=pl.len().cast(pl.Int64))
    wrong = everything.group_by(code=code).agg(naive_usd=usd)
    rows = (
        right.filter(pl.col("code").is_not_null())
        .join(wrong, on="code", how="left")
        .sort(["usd", "code"], descending=[True, False])
        .head(TOP)
        .collect()
        .to_dicts()
    )
    return [
        {**row, **dict(zip(("name", "english"), names.get(row["code"], (row["code"], "")), strict=True))}
        for row in rows
    ]


def _largest(summable: pl.LazyFrame, articles: pl.LazyFrame) -> Table:
    columns = ("aid_id", "article_id", "evidence", "amount", "currency", "amount_usd", "donor_text", "recipient_text")
    return (
        summable.filter(pl.col("amount_usd").is_not_null())
        .sort(["amount_usd", "aid_id"], descending=[True, False])
        .head(TOP)
        .select(*columns, "line_no", "published_date")
        .join(articles.select("article_id", "title", "url"), on="article_id", how="left")
        .sort(["amount_usd", "aid_id"], descending=[True, False])
        .collect()
        .to_dicts()
    )


def _fill_rates(tables: Mapping[str, pl.LazyFrame]) -> Table:
    """Share of rows in which a column holds a value, for the columns that readers filter and group by."""
    watched = {
        "articles": ("title", "published_date", "url", "lead"),
        "date_mentions": ("start_date",),
        "money_mentions": ("currency", "amount_usd"),
        "aid_projects": ("amount", "amount_usd", "period_start", "donor_text", "implementer_text", "recipient_iso"),
        "events": ("start_date", "place_text", "country"),
        "related_links": ("linked_article_id",),
    }
    found: Table = []
    for name, columns in watched.items():
        row = tables[name].select([pl.col(c).is_not_null().mean().alias(c) for c in columns]).collect().to_dicts()[0]
        found += [{"table": name, "column": c, "share": row[c]} for c in columns if row[c] is not None]
    return found


def _quality(tables: Mapping[str, pl.LazyFrame]) -> dict[str, int]:
    dates, money, links = tables["date_mentions"], tables["money_mentions"], tables["related_links"]
    return {
        "unresolved_dates": _height(dates.filter(pl.col("start_date").is_null())),
        "ambiguous_currencies": _height(money.filter(pl.col("currency").is_null())),
        "withheld_teasers": _height(links),
        "withheld_dates": int(links.select(pl.col("n_dates_withheld").sum()).collect().item() or 0),
        "withheld_amounts": int(links.select(pl.col("n_money_withheld").sum()).collect().item() or 0),
        "copies": _height(tables["articles"].filter(pl.col("duplicate_of").is_not_null())),
        "undated_pages": _height(tables["articles"].filter(pl.col("published_date").is_null())),
        "foreign_lines": _height(tables["lines"].filter(~pl.col("is_own"))),
        "lines": _height(tables["lines"]),
    }


def _rejects(rejects: pl.LazyFrame) -> Table:
    return (
        rejects.group_by(pl.col("code").cast(pl.String))
        .agg(n=pl.len().cast(pl.Int64), example=pl.col("message").sort().first())
        .sort("code")
        .collect()
        .to_dicts()
    )


def _sites(articles: pl.LazyFrame) -> Table:
    """What a site's pages look like; a layout that changed shows here first."""
    return (
        articles.group_by(pl.col("site").cast(pl.String))
        .agg(
            n=pl.len().cast(pl.Int64),
            newest=pl.col("published_date").max(),
            own_lines=pl.col("n_own_lines").mean(),
            boilerplate=pl.col("boilerplate_share").mean(),
            titled=pl.col("title").is_not_null().mean(),
            dated=pl.col("published_date").is_not_null().mean(),
        )
        .sort(["n", "site"], descending=[True, False])
        .head(2 * TOP)
        .collect()
        .to_dicts()
    )


def _quotes(mentions: pl.LazyFrame) -> Table:
    """The words that are most often left open."""
    return (
        mentions.group_by("quote")
        .agg(n=pl.len().cast(pl.Int64))
        .sort(["n", "quote"], descending=[True, False])
        .head(FEW)
        .collect()
        .to_dicts()
    )


def _upcoming(events: pl.LazyFrame, articles: pl.LazyFrame, newest: dt.date | None) -> Table:
    """Planned events that end on or after the newest day of publication, soonest first."""
    if newest is None:
        return []
    return (
        events.filter(
            pl.col("is_planned") & (pl.col("event_id") == pl.col("happening_id")) & (pl.col("end_date") >= newest)
        )
        .select("event_id", "article_id", "line_no", "evidence", "event_type", "start_date", "end_date", "place_text")
        .join(articles.select("article_id", "title"), on="article_id", how="left")
        .sort("start_date", "event_id")
        .head(TOP)
        .collect()
        .to_dicts()
    )
