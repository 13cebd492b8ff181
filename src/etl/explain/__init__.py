"""Where a figure comes from: a page line by line, with each value beside its words.

`page` turns the rows of one article into an `Explained`; `from_dataset` finds those rows by article, claim, event,
mention or path. `terminal.show` and `html.render` present it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
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
class Fact:
    """A claim or event told on a line: its id, a sentence, every filled column and its parties with their roles."""

    key: str
    sentence: str
    columns: tuple[tuple[str, str], ...] = ()
    parties: tuple[str, ...] = ()


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
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A page ready to be shown: its article row, its lines, its claims and events.

    `asked` is the claim, event or mention that the page is shown for, `asked_line` the number of its line.
    """

    article: Row
    lines: tuple[ExplainedLine, ...]
    claims: tuple[Row, ...]
    events: tuple[Row, ...]
    asked: str | None = None
    asked_line: int | None = None


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
    article_id, line_no = _place_of(dataset, key)
    found = pages(dataset, [article_id])[0]
    return found if line_no is None else replace(found, asked=key, asked_line=line_no)


def pages(dataset: Path, article_ids: Collection[str]) -> list[Explained]:
    """Explain several articles of a dataset, in the order of their ids; ids it does not know are left out."""
    wanted = sorted(set(article_ids))
    rows: dict[str, dict[str, list[dict[str, object]]]] = {key: {name: [] for name in TABLES} for key in wanted}
    # All rows of an article stand in the partitions of its year.
    years = scan(dataset, "articles").filter(pl.col("article_id").is_in(wanted)).select("pub_year").collect()
    for name in TABLES:
        table = scan(dataset, name, set(years["pub_year"])).filter(pl.col("article_id").is_in(wanted))
        order = [c for c in ("line_no", "char_start", "seq") if c in table.collect_schema().names()]
        for row in (table.sort(order) if order else table).collect().iter_rows(named=True):
            rows[str(row["article_id"])][name].append(row)
    return [page(rows[key]) for key in wanted if rows[key]["articles"]]


def published(article: Row) -> str:
    """When the page was published, or between which days, and where that was read."""
    if article["published_local"] is not None:
        when = article["published_date"] if article["published_precision"] == "day" else article["published_local"]
        return f"{when} ({article['published_basis']})"
    first, last = article["published_earliest"], article["published_latest"]
    if first is None and last is None:
        return "on an unknown day"
    return f"on an unknown day, by its text from {first or '?'} to {last or '?'}"


def _place_of(dataset: Path, key: str) -> tuple[str, int | None]:
    """The article, and the line when the key names something on one."""
    for name, column in ID_COLUMNS.items():
        line_no = pl.lit(None, pl.Int32).alias("line_no") if name == "articles" else pl.col("line_no")
        found = scan(dataset, name).filter(pl.col(column) == key).select("article_id", line_no).head(1).collect()
        if found.height:
            article_id, line = found.row(0)
            return str(article_id), line
    path = key.removeprefix("./")
    by_path = scan(dataset, "articles").filter(
        (pl.col("source_path") == path) | pl.lit(path).str.ends_with(pl.concat_str(pl.lit("/"), pl.col("source_path")))
    )
    found = by_path.select("article_id").sort("article_id").head(1).collect()
    if found.height:
        return str(found.item()), None
    raise ConfigError(
        f"{dataset}: knows no article, claim, event or mention {key!r}. "
        f"Ids stand in the tables' first columns; paths are relative to the source folder."
    )


def _marks(line: Row, rows: Mapping[str, list[dict[str, object]]]) -> tuple[Mark, ...]:
    """Marks of a line, earlier kinds first where they would overlap: money, dates, actors, places.

    A name with several roles, in claims and events of the line, is one mark that tells them all.
    """
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
        str(f[key]): _int(f["char_start"])
        for t, key in (("aid_projects", "aid_id"), ("events", "event_id"))
        for f in rows[t]
        if f["line_no"] == no
    }
    parties = [(here[str(p["fact_id"])], p) for p in rows["participants"] if p["fact_id"] in here]
    for at, participant in sorted(parties, key=lambda pair: (str(pair[1]["fact_kind"]), pair[0], _int(pair[1]["seq"]))):
        wanted += _found(text, at, str(participant["name_text"]), "actor", str(participant["role"]))
    for event in rows["events"]:
        if event["line_no"] == no and event["place_text"]:
            code = str(event["admin1_iso"] or event["country"] or "place")
            wanted += _found(text, _int(event["char_start"]), str(event["place_text"]), "place", code)
    kept: list[Mark] = []
    for mark in wanted:
        same = [i for i, m in enumerate(kept) if (m.start, m.end, m.kind) == (mark.start, mark.end, mark.kind)]
        if same and mark.meaning not in kept[same[0]].meaning.split(", "):
            kept[same[0]] = replace(mark, meaning=f"{kept[same[0]].meaning}, {mark.meaning}")
        elif all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return tuple(sorted(kept, key=lambda mark: mark.start))


def _found(text: str, start: int, name: str, kind: str, meaning: str) -> list[Mark]:
    """The name where the evidence holds it, else its first print on the line."""
    at = text.find(name, start)
    at = at if at >= 0 else text.find(name)
    return [Mark(at, at + len(name), kind, meaning)] if name and at >= 0 else []


def _int(value: object) -> int:
    return int(str(value))


def _money(mention: Row) -> str:
    if mention["amount"] is None:
        return f"no amount {mention['currency'] or '?'}, {mention['role']}"
    upper = f"–{mention['amount_max']:,.2f}" if mention["amount_max"] is not None else ""
    return f"{mention['amount']:,.2f}{upper} {mention['currency'] or '?'} {mention['qualifier']}, {mention['role']}"


def _date(mention: Row) -> str:
    days = f"{mention['start_date']}/{mention['end_date']}" if mention["start_date"] else "open"
    if mention["start_date"] and mention["start_date"] == mention["end_date"]:
        days = str(mention["start_date"])
    return f"{days} {mention['precision']}, {mention['basis']}"


def _facts(line: Row, rows: Mapping[str, list[dict[str, object]]]) -> Iterator[Fact]:
    """The claims and events that this line is the evidence for."""
    for kind, table, key in (("claim", "aid_projects", "aid_id"), ("event", "events", "event_id")):
        for row in rows[table]:
            if row["line_no"] == line["line_no"]:
                said = _claim(row) if kind == "claim" else _event(row)
                columns = tuple(
                    (name, _value(value)) for name, value in row.items() if value is not None and value != []
                )
                parties = tuple(
                    f"{p['name_text']} ({p['role']})" for p in rows["participants"] if p["fact_id"] == row[key]
                )
                yield Fact(str(row[key]), f"{kind} {row[key]}: {said}", columns, parties)


def _claim(row: Row) -> str:
    amount = "" if row["amount"] is None else f" {row['amount']:,.0f} {row['currency'] or '?'}"
    summed = "summable" if row["recommended_for_sum"] else f"not summed: {row['sum_exclusion_reason']}"
    return f"{row['record_type']}, {row['status']}{amount}, {summed}"


def _event(row: Row) -> str:
    first, last = row["start_date"], row["end_date"]
    day = "undated" if first is None else str(first) if first == last or last is None else f"{first} to {last}"
    where = f", {row['place_text']}" if row["place_text"] else ""
    return f"{row['event_type']}, {row['status']}, {day}{where}"


def _value(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_value(item) for item in value)
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part is not None)
    return str(value)
