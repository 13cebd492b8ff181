"""Freshness, fill rates and drift of a published dataset against bands: below its minimum a figure fails, above
its maximum it warns.

Bands are data (TOML). A figure is one number about a table: how many days since the newest article, the share of
rows that fill a column, or how far a site's recent pages differ from its earlier ones.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from etl.errors import ConfigError
from etl.published import scan
from etl.tables import TABLES

OK, WARNS, FAILS = "ok", "warns", "fails"


@dataclass(frozen=True, slots=True)
class Band:
    """What one figure may be. `column` is empty for figures about whole rows; None leaves an end open."""

    figure: str  # rows, fill, share, age_days
    table: str
    column: str = ""
    value: str = ""  # the code whose share is meant
    low: float | None = None
    high: float | None = None

    @property
    def name(self) -> str:
        """The figure in a form a person reads: fill of articles.title."""
        place = f"{self.table}.{self.column}" if self.column else self.table
        return f"{self.figure} of {place}" + (f" = {self.value}" if self.value else "")


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a site's recent pages may differ from its earlier ones before somebody should look.

    `pages` is how many of a site's newest pages are recent (twice as many earlier ones are needed); `shares` bounds
    differences of shares (0..1), `ratio` how many times a count may grow or shrink.
    """

    pages: int = 50
    shares: float = 0.25
    ratio: float = 2.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure, the band it should be in, and whether it is."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    state: str


def load(path: Path) -> tuple[tuple[Band, ...], Drift]:
    """The bands of a TOML file. Raises ConfigError for a table, column or key that does not exist."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        bands = tuple(Band(**entry) for entry in raw.get("band", []))
        drift = Drift(**raw.get("drift", {}))
    except (OSError, tomllib.TOMLDecodeError, TypeError) as error:
        raise ConfigError(f"{path}: {error}. See flows/bands.toml for the form.") from error
    for band in bands:
        _check(path, band)
    return bands, drift


def _check(path: Path, band: Band) -> None:
    if band.figure not in _MEASURES:
        raise ConfigError(f"{path}: there is no figure {band.figure!r}; there are {', '.join(sorted(_MEASURES))}.")
    if band.table not in TABLES:
        raise ConfigError(f"{path}: there is no table {band.table!r}.")
    columns = {column.name for column in TABLES[band.table].columns}
    if (band.column not in columns) if band.figure != "rows" else bool(band.column):
        raise ConfigError(f"{path}: {band.table} has no column {band.column!r} for the figure {band.figure}.")


def findings(dataset: Path, bands: Iterable[Band], today: dt.date) -> list[Finding]:
    """Every band's figure and state, in the order of the file."""
    found = []
    for band in bands:
        value = _MEASURES[band.figure](scan(dataset, band.table), band, today)
        found.append(Finding(band.name, value, band.low, band.high, _state(value, band.low, band.high)))
    return found


def _state(value: float | None, low: float | None, high: float | None) -> str:
    """A figure that cannot be measured (no rows) is within every band: the number of rows has a band of its own."""
    if value is None:
        return OK
    if low is not None and value < low:
        return FAILS
    return WARNS if high is not None and value > high else OK


def _rows(frame: pl.LazyFrame, band: Band, today: dt.date) -> float | None:
    return float(frame.select(pl.len()).collect().item())


def _fill(frame: pl.LazyFrame, band: Band, today: dt.date) -> float | None:
    return _mean(frame, pl.col(band.column).is_not_null())


def _share(frame: pl.LazyFrame, band: Band, today: dt.date) -> float | None:
    return _mean(frame, (pl.col(band.column).cast(pl.String) == band.value).fill_null(value=False))


def _age_days(frame: pl.LazyFrame, band: Band, today: dt.date) -> float | None:
    newest = frame.select(pl.col(band.column).max().cast(pl.Date)).collect().item()
    return None if newest is None else float((today - newest).days)


def _mean(frame: pl.LazyFrame, expression: pl.Expr) -> float | None:
    value = frame.select(expression.mean()).collect().item()
    return None if value is None else round(float(value), 4)


_MEASURES = {"rows": _rows, "fill": _fill, "share": _share, "age_days": _age_days}

# What a site's layout shows when it changes: figures that jump although the news do not.
_SHARES: dict[str, pl.Expr] = {
    "with a title": pl.col("title").is_not_null(),
    "with a date": pl.col("published_date").is_not_null(),
    "with a lead": pl.col("lead").is_not_null(),
    "boilerplate": pl.col("boilerplate_share"),
}
_COUNTS: dict[str, pl.Expr] = {
    "own lines": pl.col("n_own_lines"),
    "tokens": pl.col("n_tokens"),
    "dates": pl.col("n_dates"),
}


def drift(dataset: Path, limits: Drift) -> list[Finding]:
    """Sites whose newest pages differ from their earlier ones by more than the limits, each figure a warning."""
    articles = scan(dataset, "articles").filter(pl.col("published_date").is_not_null())
    ordered = articles.sort("published_date", "article_id", descending=True).with_columns(
        place=pl.int_range(pl.len()).over("site")
    )
    means = [expression.cast(pl.Float64).mean().alias(name) for name, expression in (_SHARES | _COUNTS).items()]
    sides = ordered.filter(pl.col("place") < 3 * limits.pages).with_columns(recent=pl.col("place") < limits.pages)
    frame = sides.group_by("site", "recent").agg(pl.len().alias("n"), *means).collect()
    rows = {(str(row["site"]), bool(row["recent"])): row for row in frame.to_dicts()}
    found: list[Finding] = []
    for site in sorted({site for site, _ in rows}):
        recent, earlier = rows.get((site, True)), rows.get((site, False))
        if recent and earlier and earlier["n"] >= 2 * limits.pages:
            found += _jumps(site, recent, earlier, limits)
    return found


def _jumps(site: str, recent: Mapping[str, Any], earlier: Mapping[str, Any], limits: Drift) -> Iterator[Finding]:
    for name in _SHARES:
        low, high = earlier[name] - limits.shares, earlier[name] + limits.shares
        if not low <= recent[name] <= high:
            yield Finding(f"{site}: {name}", round(recent[name], 4), round(low, 4), round(high, 4), WARNS)
    for name in _COUNTS:
        low, high = earlier[name] / limits.ratio, earlier[name] * limits.ratio
        if earlier[name] >= 1 and not low <= recent[name] <= high:
            yield Finding(f"{site}: {name}", round(recent[name], 2), round(low, 2), round(high, 2), WARNS)
