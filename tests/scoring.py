"""Scores a published dataset against the answer keys of tests/gold: what the pinned floors are measured with.

    python -m tests.scoring OUTPUT tests/gold/dev [--show 20]

A key item marked soft, optional, dup, rel or unresolved neither rewards nor punishes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

Item = dict[str, Any]
OWN = {"title", "lead", "heading", "body", "caption"}
FOREIGN = {"inline_links", "nav", "related", "promo"}
PAGE_TABLES = ("lines", "money_mentions", "date_mentions", "aid_projects", "events", "participants")
NEAR_QUALIFIERS = ({"over", "at_least"}, {"under", "at_most"})


@dataclass
class Measure:
    """Hits, misses and false finds; a ratio of right answers when nothing can be found falsely."""

    hits: int = 0
    misses: int = 0
    false: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, right: bool, example: str) -> None:
        self.hits += right
        self.misses += not right
        if not right:
            self.examples.append(example)

    @property
    def score(self) -> float:
        """F1, which is the share of right answers when `false` mirrors nothing."""
        total = 2 * self.hits + self.misses + self.false
        return 2 * self.hits / total if total else 1.0

    @property
    def share(self) -> float:
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 1.0


F1_MEASURES = ("lines.article", "lines.boilerplate", "money", "dates", "aid", "events")


def scores(output: Path, gold: Path) -> tuple[dict[str, float], dict[str, Measure]]:
    """Every measure by name, and the tallies behind them. `foreign.*` counts facts taken from foreign lines."""
    articles = {PurePosixPath(row["source_path"]).stem: row for row in _table(output, "articles")}
    rows: dict[str, dict[str, list[Item]]] = {}
    for name in PAGE_TABLES:
        rows[name] = defaultdict(list)
        for row in _table(output, name):
            rows[name][row["article_id"]].append(row)
    tally: dict[str, Measure] = defaultdict(Measure)
    for path in sorted(gold.glob("*.gold.json")):
        key = json.loads(path.read_text(encoding="utf-8"))
        stem = path.name.removesuffix(".gold.json")
        article = articles.get(stem)
        tally["articles.found"].add(article is not None, stem)
        if article is not None:
            mine = {name: grouped[article["article_id"]] for name, grouped in rows.items()}
            _score_page(stem, key, article, mine, tally)
    result = {name: m.score if name in F1_MEASURES else m.share for name, m in sorted(tally.items())}
    result |= {name: float(m.false) for name, m in tally.items() if name.startswith("foreign.")}
    return result, tally


def _table(output: Path, name: str) -> list[Item]:
    files = sorted((output / name).rglob("*.parquet"))
    frames = [pl.read_parquet(file, hive_partitioning=False) for file in files]
    return pl.concat(frames, how="diagonal_relaxed").to_dicts() if frames else []


def _score_page(stem: str, key: Item, article: Item, mine: dict[str, list[Item]], tally: dict[str, Measure]) -> None:
    _score_lines(stem, key, mine["lines"], tally)
    tally["articles.title"].add(article["title"] == key["title"], f"{stem} {article['title']!r}")
    local = article["published_local"]
    printed = None if local is None else local.strftime("%Y-%m-%dT%H:%M")
    right = printed is None if key["published"] is None else (printed or "").startswith(key["published"][:16])
    tally["articles.published"].add(right, f"{stem} {printed} for {key['published']}")
    foreign = {no for role in FOREIGN for no in key["lines"].get(role, [])}
    for name in ("money_mentions", "date_mentions", "aid_projects", "events"):
        leaked = [row for row in mine[name] if row["line_no"] in foreign]
        tally[f"foreign.{name}"].false += len(leaked)
    pairs = _match(key["money"], mine["money_mentions"], _same_money, tally["money"], stem)
    for wanted, found in pairs:
        tally["money.qualifier"].add(_same_qualifier(wanted, found), f"{stem} {wanted['quote']} {found['qualifier']}")
    _match(key["dates"], mine["date_mentions"], _same_date, tally["dates"], stem)
    for wanted, found in _match(key["aid"], mine["aid_projects"], _same_aid, tally["aid"], stem):
        _score_claim(f"{stem} L{wanted['line']} {wanted['amount']}", wanted, found, tally)
    for wanted, found in _match(key["events"], mine["events"], _same_event, tally["events"], stem):
        names = [p["name_text"] for p in mine["participants"] if p["fact_id"] == found["event_id"]]
        _score_happening(f"{stem} L{wanted['line']} {wanted['quote'][:20]}", wanted, found, names, tally)


def _score_lines(stem: str, key: Item, lines: list[Item], tally: dict[str, Measure]) -> None:
    got = {row["line_no"]: row["role"] for row in lines}
    also = {int(no): set(roles) for no, roles in (key.get("alt_labels") or {}).items()}
    for role, numbers in key["lines"].items():
        for no in numbers:
            accepted = {role} | also.get(no, set())
            found = got.get(no, "")
            tally["lines.role"].add(found in accepted, f"{stem}:{no} {found} for {role}")
            kinds = {_kind(r) for r in accepted}
            if len(kinds) > 1 or "frame" in kinds:
                continue
            for name, kind in (("lines.article", "own"), ("lines.boilerplate", "foreign")):
                measure = tally[name]
                if kind in kinds:
                    measure.add(_kind(found) == kind, f"{stem}:{no} {found} for {role}")
                elif _kind(found) == kind:
                    measure.false += 1
                    measure.examples.append(f"{stem}:{no} {found} for {role}")


def _kind(role: str) -> str:
    return "own" if role in OWN else "foreign" if role in FOREIGN else "frame"


def _loose(item: Item) -> bool:
    return any(item.get(mark) for mark in ("soft", "optional", "dup", "rel", "unresolved"))


def _match(
    wanted: list[Item], found: list[Item], same: Callable[[Item, Item], bool], measure: Measure, stem: str
) -> list[tuple[Item, Item]]:
    """One find for each item, strict items first; loose items only take finds away."""
    free, pairs = list(found), []
    for item in sorted(wanted, key=_loose):
        fitting = [row for row in free if same(item, row)]
        best = max(fitting, key=lambda row: _nearness(item, row), default=None)
        if best is not None:
            free.remove(best)
        if _loose(item):
            continue
        measure.add(best is not None, f"{stem} missed {_text(item)}")
        if best is not None:
            pairs.append((item, best))
    for row in free:
        if not row.get("quote", "").startswith(("当天", "当日")):  # the keys are not at one about these
            measure.false += 1
            measure.examples.append(f"{stem} false {_text(row)}")
    return pairs


def _text(item: Item) -> str:
    names = ("line", "line_no", "quote", "evidence", "amount", "currency", "start", "start_date", "type", "event_type")
    return " ".join(str(item[name]) for name in names if item.get(name) is not None)[:120]


def _nearness(item: Item, row: Item) -> int:
    quote, said = item.get("quote") or "", row.get("quote") or row.get("evidence") or ""
    return 2 * (item.get("type") == row.get("event_type", object())) + (quote in said or said in quote)


def _day(value: Any) -> dt.date | None:
    if value in (None, ""):
        return None
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)[:10])


def _spans(item: Item, start: str, end: str) -> list[tuple[dt.date | None, dt.date | None]]:
    also = [a if isinstance(a, list) else [a, a] for a in item.get("accept_dates", [])]
    return [(_day(a), _day(b)) for a, b in [[item.get(start), item.get(end)], *also]]


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _same_money(item: Item, row: Item) -> bool:
    return (
        item["line"] == row["line_no"]
        and _number(item["amount"]) == _number(row["amount"])
        and item["currency"] == row["currency"]
    )


def _same_date(item: Item, row: Item) -> bool:
    if item["line"] != row["line_no"]:
        return False
    found = (row["start_date"], row["end_date"])
    wanted = _spans(item, "start", "end")
    if item.get("basis") in ("internal", "knowledge") or item.get("yearless_no_pub"):
        wanted.append((None, None))
    quotes_meet = item["quote"] in row["quote"] or row["quote"] in item["quote"]
    return found in wanted and (found != (None, None) or quotes_meet)


def _same_aid(item: Item, row: Item) -> bool:
    if row["line_no"] not in {item["line"], *item.get("also_lines", [])}:
        return False
    if item["amount"] is None:
        return row["amount"] is None or _number(row["amount"]) == _number(item.get("unit_amount"))
    sums = {(_number(item["amount"]), item["currency"])}
    if item.get("equivalent_amount") is not None:
        sums.add((_number(item["equivalent_amount"]), item["equivalent_currency"]))
    return (_number(row["amount"]), row["currency"]) in sums


def _same_event(item: Item, row: Item) -> bool:
    lines = {item["line"], *item.get("also_lines", [])}
    if not lines & {row["line_no"], *(row.get("mention_lines") or [])}:
        return False
    start, end = _day(item.get("start")), _day(item.get("end"))
    first, last = row["start_date"], row["end_date"]
    if item.get("accept_dates") or start is None or end is None:
        return True
    return first is not None and start <= (last or first) and first <= end


def _same_qualifier(item: Item, row: Item) -> bool:
    pair = {item["qualifier"], row["qualifier"]}
    is_range = item.get("amount_max") is not None and row["qualifier"] == "range"
    return len(pair) == 1 or pair in NEAR_QUALIFIERS or is_range


def _names(wanted: str | None, found: str | None) -> bool:
    """The find holds one of the key's names, or is at least a third (and two characters) of one."""
    if not wanted or not found:
        return False
    names: Iterable[str] = filter(None, wanted.split("|"))
    return any(name in found or (found in name and len(found) >= max(2, len(name) / 3)) for name in names)


def _score_claim(text: str, wanted: Item, found: Item, tally: dict[str, Measure]) -> None:
    status = {wanted["status"], *wanted.get("accept_status", [])}
    near = {found["status"], wanted["status"]} <= {"committed", "approved"}
    tally["aid.status"].add(found["status"] in status or near, f"{text}: {found['status']} for {wanted['status']}")
    period = (found["period_start"], found["period_end"])
    tally["aid.period"].add(period in _spans(wanted, "period_start", "period_end"), f"{text}: {period}")
    if wanted.get("equivalent_amount") is not None:
        sums = {
            (_number(found["amount"]), found["currency"]),
            (_number(found["equivalent_amount"]), found["equivalent_currency"]),
        }
        stated = {
            (_number(wanted["amount"]), wanted["currency"]),
            (_number(wanted["equivalent_amount"]), wanted["equivalent_currency"]),
        }
        tally["aid.equivalent"].add(sums == stated, text)
    previous = wanted.get("previous_amount", wanted.get("amount_previous"))
    if previous is not None:
        tally["aid.previous"].add(_number(previous) == _number(found["amount_previous"]), text)
    if wanted["project_count"] is not None:
        right = wanted["project_count"] == found["project_count"]
        tally["aid.project_count"].add(right, f"{text}: {found['project_count']} for {wanted['project_count']}")
    for name in ("donor", "implementer", "recipient"):
        if wanted.get(name):
            said = found[f"{name}_text"]
            tally[f"aid.{name}"].add(_names(wanted[name], said), f"{text}: {said} for {wanted[name]}")
    if wanted.get("recipient_iso"):
        iso = found["recipient_iso"]
        tally["aid.recipient_iso"].add(wanted["recipient_iso"] == iso, f"{text}: {iso} for {wanted['recipient_iso']}")
    if wanted["amount"] is not None and wanted["qualifier"]:
        tally["aid.qualifier"].add(_same_qualifier(wanted, found), f"{text}: {found['qualifier']}")


def _score_happening(text: str, wanted: Item, found: Item, names: list[str], tally: dict[str, Measure]) -> None:
    types = {wanted["type"], *wanted.get("accept_types", [])}
    tally["events.type"].add(found["event_type"] in types, f"{text}: {found['event_type']} for {wanted['type']}")
    tally["events.planned"].add(bool(wanted["planned"]) == found["is_planned"], text)
    if wanted.get("start"):
        when = (found["start_date"], found["end_date"])
        tally["events.dates"].add(when in _spans(wanted, "start", "end"), f"{text}: {when}")
    if wanted.get("country"):
        tally["events.country"].add(wanted["country"] == found["country"], f"{text}: {found['country']}")
    if wanted.get("place"):
        said = found["place_text"]
        tally["events.place"].add(_names(wanted["place"], said), f"{text}: {said} for {wanted['place']}")
    for actor in wanted.get("actors") or []:
        tally["events.actors"].add(any(_names(actor, name) for name in names), f"{text}: {actor} not in {names}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="the first N misses of each measure")
    args = parser.parse_args()
    result, tally = scores(args.output, args.gold)
    for name, value in result.items():
        measure = tally[name]
        sys.stdout.write(
            f"{name:24s} {value:7.4f}   hits {measure.hits} misses {measure.misses} false {measure.false}\n"
        )
        for example in measure.examples[: args.show]:
            sys.stdout.write(f"    {example}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
