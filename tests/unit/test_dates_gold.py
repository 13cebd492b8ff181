"""Dates against the answer keys, with the keys' own line roles: the finder alone, not the stripper before it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from etl.mentions import DateMention
from etl.normalize.dates import find_dates_on
from etl.pages import OWN_ROLES, Line, Role

ROOT = Path(__file__).parent.parent.parent
LOOSE = ("soft", "optional", "dup", "rel", "unresolved")
OPEN = ("internal", "knowledge")


def _text(stem: str, kind: str) -> str:
    folder = ROOT / "seeds" if kind == "seeds" else ROOT / "tests" / "gold" / kind
    raw = (folder / f"{stem}.txt").read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _own_lines(key: dict[str, Any], text: str) -> list[Line]:
    roles = {number: Role(role) for role, numbers in key["lines"].items() for number in numbers}
    lines: list[Line] = []
    first: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if roles.get(number) in OWN_ROLES:
            shown = line.strip(" |\r")
            lines.append(Line(number, line.rstrip("\r"), roles[number], "key", first.get(shown)))
            first.setdefault(shown, number)
    return lines


def _same(item: dict[str, Any], mention: DateMention) -> bool:
    def day(text: str | None) -> dt.date | None:
        return dt.date.fromisoformat(text[:10]) if text else None

    wanted = [(day(item["start"]), day(item["end"]))]
    wanted += [
        (day(a[0]), day(a[1])) if isinstance(a, list) else (day(a), day(a)) for a in item.get("accept_dates", [])
    ]
    if item.get("basis") in OPEN or item.get("yearless_no_pub"):
        wanted.append((None, None))
    got = (mention.start_date, mention.end_date)
    if item["line"] != mention.line_no or got not in wanted:
        return False
    return got != (None, None) or item["quote"] in mention.quote or mention.quote in item["quote"]


@pytest.mark.parametrize("kind", ["seeds", "dev"])
def test_the_keys_are_met(kind: str) -> None:
    hits, wrong = 0, []
    for path in sorted((ROOT / "tests" / "gold" / kind).glob("*.gold.json")):
        key = json.loads(path.read_text(encoding="utf-8"))
        stem = path.name.removesuffix(".gold.json")
        published = dt.date.fromisoformat(key["published"][:10]) if key["published"] else None
        free = list(find_dates_on(_own_lines(key, _text(stem, kind)), published))
        for item in sorted(key["dates"], key=lambda item: any(item.get(name) for name in LOOSE)):
            hit = next((mention for mention in free if _same(item, mention)), None)
            if hit is not None:
                free.remove(hit)
            if not any(item.get(name) for name in LOOSE):
                hits += hit is not None
                wrong += [f"{stem}:{item['line']} missed {item['quote']}"] if hit is None else []
        wrong += [f"{stem}:{m.line_no} false {m.quote}" for m in free if not m.quote.startswith(("当天", "当日"))]
    assert hits >= 40
    assert not wrong
