"""Every figure of the answer keys is found in the lines that the keys call the article's own, and none besides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.normalize.money import find_money_on
from etl.pages import OWN_ROLES, Line, Role

GOLD = Path(__file__).parents[1] / "gold"
SEEDS = Path(__file__).parents[2] / "seeds"
VND_SITES = {"sggp"}  # a bare 元 is the dong there; other pages declare it or do not use it
KEYS = sorted([*GOLD.glob("seeds/*.gold.json"), *GOLD.glob("dev/*.gold.json")])


def own_lines(path: Path, key: dict[str, Any]) -> list[Line]:
    folder = SEEDS if path.parent.name == "seeds" else path.parent
    content = (folder / path.name.replace(".gold.json", ".txt")).read_bytes()
    try:
        texts = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        texts = content.decode("gb18030").split("\n")
    own = [(n, Role(role)) for role, numbers in key["lines"].items() if role in OWN_ROLES for n in numbers]
    return [Line(n, texts[n - 1].removesuffix("\r"), role, "key") for n, role in sorted(own)]


@pytest.mark.parametrize("path", KEYS, ids=lambda p: p.name.split(".")[0])
def test_money_of_the_answer_key(path: Path) -> None:
    key = json.loads(path.read_text(encoding="utf-8"))
    found = find_money_on(own_lines(path, key), "VND" if key["site"] in VND_SITES else None)

    def nearly(qualifier: str) -> str:
        return {"at_most": "under", "at_least": "over"}.get(qualifier, qualifier)

    wanted = sorted(
        (
            m["line"],
            m["quote"],
            m["amount"],
            m["amount_max"],
            m["currency"],
            nearly("range" if m["amount_max"] else m["qualifier"]),
        )
        for m in key["money"]
    )
    assert wanted == sorted(
        (m.line_no, m.quote, m.amount, m.amount_max, m.currency, nearly(m.qualifier)) for m in found
    )
