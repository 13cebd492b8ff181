"""Pages and findings made from the answer keys, so that events can be scored apart from the other stages.

Roles, dates and the publication come from the keys; places and actors from the project's own functions.

    python -m tests.gold_events dev [--show 20] [--only NAME]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from etl.build import events
from etl.mentions import DateMention, Findings
from etl.normalize.actors import find_actors_on
from etl.normalize.places import find_places_on
from etl.pages import Line, Page, Publication, RawDocument, RenderedLine, Role
from tests import scoring

VIETNAMESE = ("shidai", "baobinhduong", "binhduong", "nhandan", "qdnd", "sggp", "vietnamplus", "vnanet", "vov")
GOLD = Path(__file__).parent / "gold"
SEEDS = Path(__file__).parents[1] / "seeds"


def raw_text(folder: str, stem: str) -> str:
    """The raw file of a key, decoded."""
    base = SEEDS if folder == "seeds" else GOLD / folder
    content = (base / f"{stem}.txt").read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def page(key: dict[str, Any], text: str) -> Page:
    """The page as the key strips it; an own line that repeats an earlier one is marked."""
    roles = {number: role for role, numbers in key["lines"].items() for number in numbers}
    lines, first = [], {}
    for number, line in enumerate(text.split("\n"), 1):
        if number not in roles:
            continue
        role, said = Role(roles[number]), line.removesuffix("\r")
        kind = "caption" if role is Role.CAPTION else "text"
        repeat = first.setdefault((kind, said.strip()), number)
        lines.append(Line(number, said, role, "key", None if repeat == number else repeat))
    rendered = tuple(RenderedLine(line) for line in text.split("\n"))
    document = RawDocument(f"{key['id']}.txt", key["id"], "0" * 64, rendered)
    home = {"govcn": "CNY"}.get(key["site"], "VND" if key["site"] in VIETNAMESE else None)
    return Page(
        document,
        key["site"],
        "key",
        tuple(lines),
        home_currency=home,
        timezone="Asia/Ho_Chi_Minh" if home == "VND" else None,
    )


def findings(folder: str, stem: str) -> Findings:
    """What a perfect reading of dates would hand to the builders."""
    key = json.loads((GOLD / folder / f"{stem}.gold.json").read_text(encoding="utf-8"))
    made = page(key, raw_text(folder, stem))
    local = dt.datetime.fromisoformat(key["published"]).replace(tzinfo=None) if key["published"] else None
    own = made.own_lines()
    places = find_places_on(own)
    return Findings(
        page=made,
        publication=Publication(local=local, precision="minute" if local else "none"),
        dates=_dates(key, made),
        money=(),
        places=places,
        actors=find_actors_on(own, places),
    )


def _dates(key: dict[str, Any], made: Page) -> tuple[DateMention, ...]:
    texts = {line.line_no: line for line in made.own_lines()}
    used: dict[tuple[int, str], int] = defaultdict(int)
    found = []
    for item in key["dates"]:
        line, quote = texts.get(item["line"]), item["quote"]
        if line is None:
            continue
        start = line.text.find(quote, used[item["line"], quote])
        if start < 0:
            continue
        used[item["line"], quote] = start + len(quote)
        days = [dt.date.fromisoformat(item[name]) if item.get(name) else None for name in ("start", "end")]
        flags = ("repeat",) if line.repeat_of else ()
        found.append(
            DateMention(
                start, start + len(quote), quote, days[0], days[1], item["precision"], item.get("basis", "explicit"),
                flags=flags, line_no=item["line"],
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda date: (date.line_no, date.char_start)))


def stems(folder: str) -> list[str]:
    return sorted(path.name.removesuffix(".gold.json") for path in (GOLD / folder).glob("*.gold.json"))


def score(folder: str, only: str = "") -> dict[str, scoring.Measure]:
    """Hits, misses and false finds of events over a folder of keys, measured as tests.scoring does."""
    tally: dict[str, scoring.Measure] = defaultdict(scoring.Measure)
    for stem in stems(folder):
        if only not in stem:
            continue
        key = json.loads((GOLD / folder / f"{stem}.gold.json").read_text(encoding="utf-8"))
        rows, parties = events.build(findings(folder, stem))
        pairs = scoring._match(key["events"], rows, scoring._same_event, tally["events"], stem)
        for wanted, found in pairs:
            names = [str(party["name_text"]) for party in parties if party["fact_id"] == found["event_id"]]
            scoring._score_happening(f"{stem} L{wanted['line']} {wanted['quote'][:20]}", wanted, found, names, tally)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", choices=["seeds", "dev", "outlets"])
    parser.add_argument("--only", default="")
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    for name, measure in sorted(score(args.folder, args.only).items()):
        value = measure.score if name == "events" else measure.share
        sys.stdout.write(f"{name:16s} {value:.3f} hits {measure.hits} misses {measure.misses} false {measure.false}\n")
        for example in measure.examples[: args.show]:
            sys.stdout.write(f"    {example}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
