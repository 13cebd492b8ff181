"""Planned events as an iCalendar file (RFC 5545) that calendar programs subscribe to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from etl.published import scan

LONGEST = 31  # days


def events_ics(dataset: Path) -> bytes:
    """The calendar of planned events, each happening once: whole days, the end exclusive, the words as description.

    Events known to a month or better; "some time next year" would only cover the calendar. DTSTAMP is the day of
    publication, so that the same dataset gives the same bytes.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//youlian//planned events//ZH")
    calendar.add("version", "2.0")
    for row in _planned(dataset).iter_rows(named=True):
        event = Event()
        event.add("uid", f"{row['happening_id']}@youlian")
        stamp = row["published_date"] or row["start_date"]
        event.add("dtstamp", dt.datetime.combine(stamp, dt.time(), dt.UTC))
        event.add("dtstart", row["start_date"])
        event.add("dtend", row["end_date"] + dt.timedelta(days=1))
        event.add("summary", _summary(row["evidence"]))
        if row["place_text"]:
            event.add("location", row["place_text"])
        event.add("categories", [row["event_type"]])
        event.add("status", "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        event.add("description", f"{row['evidence']}\n{row['title'] or ''}\n{row['url'] or row['source_path']}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _planned(dataset: Path) -> pl.DataFrame:
    articles = scan(dataset, "articles").select("article_id", "title", "url", "source_path")
    return (
        scan(dataset, "events")
        .filter(
            pl.col("is_planned") & pl.col("start_date").is_not_null() & (pl.col("event_id") == pl.col("happening_id"))
        )
        .with_columns(end_date=pl.coalesce("end_date", "start_date"))
        .filter((pl.col("end_date") - pl.col("start_date")).dt.total_days() < LONGEST)
        .join(articles, on="article_id", how="left")
        .sort("start_date", "event_id")
        .collect()
    )


def _summary(evidence: str, limit: int = 60) -> str:
    return evidence if len(evidence) <= limit else evidence[: limit - 1] + "…"
