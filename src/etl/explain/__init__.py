"""Where a figure comes from: a page line by line, with each value beside its words.

`page` turns the rows of one article into an `Explained`; `from_dataset` finds those rows by article, claim, event,
mention or path. `terminal.show` and `html.render` present it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from etl.errors import ConfigError
from etl.published import scan

Row = Mapping[str, object]
TABLES = (
    "articles",
    "lines",
    "money_mentions",
    "date_mentions",
    "aid_projects",
    "events",
    "participants",
    "related_links",
)
ID_COLUMNS = {
    "articles": "article_id",
    "aid_projects": "aid_id",
    "events": "event_id",
    "money_mentions": "mention_id",
    "date_mentions": "mention_id",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A value found in a line: its characters, its kind (date, money, actor, place) and what it was read as."""

    start: int
    end: int
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line with its role and rule, its marks in order (never overlapping), and the facts it is evidence for."""

    line_no: int
    role: str
    rule: str
    is_own: bool
    repeat_of: int | None
    text: str
    marks: tuple[Mark, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A page ready to be shown: its article row, its lines, its claims and events."""

    article: Row
    lines: tuple[ExplainedLine, ...]
    claims: tuple[Row, ...]
    events: tuple[Row, ...]


def page(rows: Mapping[str, list[dict[str, object]]]) -> Explained:
    """Explain one article from its rows by table name, as `etl.pipeline.process_page` makes or a dataset holds them."""
    lines = tuple(
        ExplainedLine(
            int(str(line["line_no"])),
            str(line["role"]),
            str(line["rule"]),
            bool(line["is_own"]),
            line["repeat_of"] if isinstance(line["repeat_of"], int) else None,
            str(line["text"]),
            _marks(line, rows),
            tuple(_facts(line, rows)),
        )
        for line in rows["lines"]
    )
    return Explained(rows["articles"][0], lines, tuple(rows["aid_projects"]), tuple(rows["events"]))


def from_dataset(dataset: Path, key: str) -> Explained:
    """Explain the article with this id or source path, or the one a claim, event or mention id belongs to.

    Raises ConfigError when the dataset knows no such key.
    """
    article_id = _article_of(dataset, key)
    rows = {}
    for name in TABLES:
        table = scan(dataset, name).filter(pl.col("article_id") == article_id)
        order = [c for c in ("line_no", "char_start", "seq") if c in table.collect_schema().names()]
        rows[name] = (table.sort(order) if order else table).collect().to_dicts()
    return page(rows)


def _article_of(dataset: Path, key: str) -> str:
    for name, column in ID_COLUMNS.items():
        found = scan(dataset, name).filter(pl.col(column) == key).select("article_id").head(1).collect()
        if found.height:
            return str(found.item())
    path = key.removeprefix("./")
    by_path = scan(dataset, "articles").filter(
        (pl.col("source_path") == path) | pl.lit(path).str.ends_with(pl.concat_str(pl.lit("/"), pl.col("source_path")))
    )
    found = by_path.select("article_id").sort("article_id").head(1).collect()
    if found.height:
        return str(found.item())
    raise ConfigError(
        f"{dataset}: knows no article, claim, event or mention {key!r}. "
        f"Ids stand in the tables' first columns; paths are relative to the source folder."
    )


def _marks(line: Row, rows: Mapping[str, list[dict[str, object]]]) -> tuple[Mark, ...]:
    """Marks of a line, earlier kinds first where they would overlap: money, dates, actors, places."""
    no, text = line["line_no"], str(line["text"])
    wanted = [
        Mark(_int(m["char_start"]), _int(m["char_end"]), "money", _money(m))
        for m in rows["money_mentions"]
        if m["line_no"] == no
    ]
    wanted += [
        Mark(_int(m["char_start"]), _int(m["char_end"]), "date", _date(m))
        for m in rows["date_mentions"]
        if m["line_no"] == no
    ]
    here = {
        str(f[key])
        for t, key in (("aid_projects", "aid_id"), ("events", "event_id"))
        for f in rows[t]
        if f["line_no"] == no
    }
    for participant in rows["participants"]:
        if participant["fact_id"] in here:
            wanted += _found(text, str(participant["name_text"]), "actor", str(participant["role"]))
    for event in rows["events"]:
        if event["line_no"] == no and event["place_text"]:
            wanted += _found(
                text, str(event["place_text"]), "place", str(event["admin1_iso"] or event["country"] or "")
            )
    kept: list[Mark] = []
    for mark in wanted:
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return tuple(sorted(kept, key=lambda mark: mark.start))


def _found(text: str, name: str, kind: str, meaning: str) -> list[Mark]:
    start = text.find(name)
    return [Mark(start, start + len(name), kind, meaning)] if name and start >= 0 else []


def _int(value: object) -> int:
    return int(str(value))


def _money(mention: Row) -> str:
    upper = f"–{mention['amount_max']:,.0f}" if mention["amount_max"] is not None else ""
    return f"{mention['amount']:,.2f}{upper} {mention['currency'] or '?'} {mention['qualifier']}, {mention['role']}"


def _date(mention: Row) -> str:
    days = f"{mention['start_date']}/{mention['end_date']}" if mention["start_date"] else "open"
    if mention["start_date"] and mention["start_date"] == mention["end_date"]:
        days = str(mention["start_date"])
    return f"{days} {mention['precision']}, {mention['basis']}"


def _facts(line: Row, rows: Mapping[str, list[dict[str, object]]]) -> list[str]:
    """One sentence for each claim and event that this line is the evidence for."""
    no = line["line_no"]
    said = []
    for claim in rows["aid_projects"]:
        if claim["line_no"] == no:
            amount = "" if claim["amount"] is None else f" {claim['amount']:,.0f} {claim['currency']}"
            summed = "summable" if claim["recommended_for_sum"] else f"not summed: {claim['sum_exclusion_reason']}"
            said.append(f"claim {claim['aid_id']}: {claim['record_type']}, {claim['status']}{amount}, {summed}")
    for event in rows["events"]:
        if event["line_no"] == no:
            day = event["start_date"] or "undated"
            said.append(f"event {event['event_id']}: {event['event_type']}, {event['status']}, {day}")
    return said
