"""Pages and findings made from the answer keys, so that claims of aid can be scored apart from the other stages.

Roles, and unless `--real` is given dates and money too, come from the keys; places and actors are always found.

    python -m tests.gold_findings dev [--real] [--show 20] [--only NAME]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl.build import aid_projects, money_roles
from etl.mentions import DateMention, Findings, MoneyMention
from etl.normalize.actors import find_actors_on
from etl.normalize.places import find_places_on
from etl.pages import Line, Page, Publication, RawDocument, RenderedLine, Role
from tests import scoring

GOLD = Path(__file__).parent / "gold"
SEEDS = Path(__file__).parents[1] / "seeds"
Item = dict[str, Any]


def key_of(folder: str, stem: str) -> Item:
    """The answer key of one page."""
    key: Item = json.loads((GOLD / folder / f"{stem}.gold.json").read_text(encoding="utf-8"))
    return key


def raw_text(folder: str, stem: str) -> str:
    """The raw file of a key, decoded."""
    content = ((SEEDS if folder == "seeds" else GOLD / folder) / f"{stem}.txt").read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def page(key: Item, text: str) -> Page:
    """The page as the key strips it; an own line that says again what an earlier one said is marked."""
    roles = {number: role for role, numbers in key["lines"].items() for number in numbers}
    lines, first = [], {}
    for number, line in enumerate(text.split("\n"), 1):
        if number in roles:
            role, said = Role(roles[number]), line.removesuffix("\r")
            repeat = first.setdefault((role is Role.CAPTION, said.strip()), number)
            lines.append(Line(number, said, role, "key", None if repeat == number else repeat))
    document = RawDocument(
        f"{key['id']}.txt", key["id"], "0" * 64, tuple(RenderedLine(line) for line in text.split("\n"))
    )
    home = "CNY" if key["site"] == "govcn" else "VND"
    return Page(document, key["site"], "key", tuple(lines), home_currency=home, timezone="Asia/Ho_Chi_Minh")


def findings(folder: str, stem: str, *, real: bool = False) -> Findings:
    """What the finders hand to the builders: dates and money as the key has them, or as they are really found."""
    key = key_of(folder, stem)
    made = page(key, raw_text(folder, stem))
    own = made.own_lines()
    places = find_places_on(own)
    local = dt.datetime.fromisoformat(key["published"]).replace(tzinfo=None) if key["published"] else None
    dates, money = _real(made, local) if real else (_dates(key, made), _money(key, made))
    return Findings(
        page=made,
        publication=Publication(local=local, precision="minute" if local else "none"),
        dates=dates,
        money=money,
        places=places,
        actors=find_actors_on(own, places),
    )


def _real(made: Page, local: dt.datetime | None) -> tuple[tuple[DateMention, ...], tuple[MoneyMention, ...]]:
    from etl.normalize.dates import find_dates_on
    from etl.normalize.money import find_money_on

    own = made.own_lines()
    published = None if local is None else local.date()
    return find_dates_on(own, published), find_money_on(own, made.home_currency)


def _spans(items: list[Item], made: Page) -> list[tuple[Item, Line, int, int]]:
    texts = {line.line_no: line for line in made.own_lines()}
    used: dict[tuple[int, str], int] = defaultdict(int)
    found = []
    for item in items:
        line, quote = texts.get(item["line"]), item["quote"]
        start = -1 if line is None else line.text.find(quote, used[item["line"], quote])
        while line is not None and start > 0 and re.search(r"\d$|\d[.,]$", line.text[:start]) and quote[0].isdigit():
            start = line.text.find(quote, start + 1)  # 8000万元 is no part of 18000万元
        if line is not None and start >= 0:
            used[item["line"], quote] = start + len(quote)
            found.append((item, line, start, start + len(quote)))
    return sorted(found, key=lambda f: (f[1].line_no, f[2], -f[3]))


def _dates(key: Item, made: Page) -> tuple[DateMention, ...]:
    found = []
    for item, line, start, end in _spans(key["dates"], made):
        days = [dt.date.fromisoformat(item[name]) if item.get(name) else None for name in ("start", "end")]
        flags = ("repeat",) if line.repeat_of else ()
        basis = item.get("basis", "explicit")
        mention = DateMention(start, end, item["quote"], days[0], days[1], item["precision"], basis)
        found.append(replace(mention, flags=flags, line_no=line.line_no))
    return tuple(found)


def _money(key: Item, made: Page) -> tuple[MoneyMention, ...]:
    equal = {
        (float(claim["equivalent_amount"]), claim["equivalent_currency"], no): (
            float(claim["amount"]),
            claim["currency"],
        )
        for claim in key["aid"]
        if claim.get("equivalent_amount") is not None
        for no in (claim["line"], *claim.get("also_lines", []))
    }
    found: list[MoneyMention] = []
    for item, line, start, end in _spans(key["money"], made):
        amount_max = item.get("amount_max")
        mention = MoneyMention(
            start,
            end,
            item["quote"],
            Decimal(str(item["amount"])),
            None if amount_max is None else Decimal(str(amount_max)),
            item["currency"],
            "range" if amount_max is not None else item["qualifier"],
            flags=("repeat",) if line.repeat_of else (),
            line_no=line.line_no,
        )
        first = equal.get((float(item["amount"]), item["currency"], item["line"]))
        before = [m for m in found if m.line_no == line.line_no and (float(m.amount), m.currency) == first]
        found.append(replace(mention, equivalent_of=(line.line_no, before[-1].char_start)) if before else mention)
    return tuple(found)


def stems(folder: str) -> list[str]:
    """The pages of a folder of keys."""
    return sorted(path.name.removesuffix(".gold.json") for path in (GOLD / folder).glob("*.gold.json"))


def rows_of(folder: str, stem: str, *, real: bool = False) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The claims and participants built from one page."""
    made = findings(folder, stem, real=real)
    return aid_projects.build(made, money_roles.assign(made))


def score(folder: str, only: str = "", *, real: bool = False) -> dict[str, scoring.Measure]:
    """Tallies of claims over a folder of keys, measured as tests.scoring measures a published dataset."""
    tally: dict[str, scoring.Measure] = defaultdict(scoring.Measure)
    for stem in stems(folder):
        if only not in stem:
            continue
        key = key_of(folder, stem)
        rows, _ = rows_of(folder, stem, real=real)
        for wanted, found in scoring._match(key["aid"], rows, scoring._same_aid, tally["aid"], stem):
            scoring._score_claim(f"{stem} L{wanted['line']} {wanted['amount']}", wanted, found, tally)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", choices=["seeds", "dev", "outlets"])
    parser.add_argument("--only", default="")
    parser.add_argument("--real", action="store_true", help="dates and money as the finders find them")
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    for name, measure in sorted(score(args.folder, args.only, real=args.real).items()):
        value = measure.score if name == "aid" else measure.share
        sys.stdout.write(f"{name:18s} {value:.3f} hits {measure.hits} misses {measure.misses} false {measure.false}\n")
        for example in measure.examples[: args.show]:
            sys.stdout.write(f"    {example}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
