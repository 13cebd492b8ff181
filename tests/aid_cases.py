"""Findings from a few lines of our own, read by the project's own finders: what the cases of aid are tried on."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from etl.build import aid_projects, money_roles
from etl.mentions import Findings
from etl.normalize.actors import find_actors_on
from etl.normalize.dates import find_dates_on
from etl.normalize.money import find_money_on
from etl.normalize.places import find_places_on
from etl.pages import Line, Page, Publication, RawDocument, RenderedLine, Role

Row = dict[str, Any]
CASES = Path(__file__).parent / "cases" / "aid_claims.jsonl"


def cases() -> list[Row]:
    """Every case: lines as [role, text], the date of publication, claims wanted, figures that are no claim."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def findings(lines: Sequence[Sequence[str]], published: str | None = "2024-05-20") -> Findings:
    """What the finders find in lines given as (role, text)."""
    made = tuple(Line(number, text, Role(role), "case") for number, (role, text) in enumerate(lines, 1))
    document = RawDocument("case.txt", "case", "0" * 64, tuple(RenderedLine(line.text) for line in made))
    page = Page(document, "case", "case", made, home_currency="VND", timezone="Asia/Ho_Chi_Minh")
    day = None if published is None else dt.date.fromisoformat(published)
    local = None if day is None else dt.datetime.combine(day, dt.time())
    places = find_places_on(made)
    return Findings(
        page=page,
        publication=Publication(local=local, precision="none" if local is None else "day"),
        dates=find_dates_on(made, day),
        money=find_money_on(made, "VND"),
        places=places,
        actors=find_actors_on(made, places),
    )


def body(*texts: str, published: str | None = "2024-05-20") -> Findings:
    """Findings of body lines alone."""
    return findings([("body", text) for text in texts], published)


def claims(*texts: str, published: str | None = "2024-05-20") -> list[Row]:
    """The rows of aid_projects of a few body lines."""
    made = body(*texts, published=published)
    return aid_projects.build(made, money_roles.assign(made))[0]


def roles(*texts: str, published: str | None = "2024-05-20") -> dict[str, str]:
    """The role of each figure by its quote."""
    made = body(*texts, published=published)
    assigned = money_roles.assign(made)
    return {m.quote: assigned[m.line_no, m.char_start] for m in made.money}
