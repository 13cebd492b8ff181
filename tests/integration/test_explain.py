"""Explaining shows every line with its role, and never lets raw text act on the reader's screen."""

from __future__ import annotations

import io
import re
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from etl import explain
from etl.cli.printing import columns
from etl.errors import ConfigError
from etl.explain import html, terminal
from etl.published import scan


def shown(explained: explain.Explained) -> str:
    console = Console(width=100, record=True, file=io.StringIO())
    terminal.show(explained, console)
    return console.export_text()


def test_a_page_is_found_by_path_and_by_the_id_of_anything_on_it(seeds_dataset: Path) -> None:
    by_path = explain.from_dataset(seeds_dataset, "seeds/004_28d66085d4f2c5ff.txt")
    claim = scan(seeds_dataset, "aid_projects").filter(pl.col("article_id") == by_path.article["article_id"])
    aid_id = claim.select("aid_id").sort("aid_id").head(1).collect().item()
    by_claim = explain.from_dataset(seeds_dataset, aid_id)
    assert by_claim.article == by_path.article
    assert (by_path.asked, by_claim.asked) == (None, aid_id)
    line = next(line for line in by_claim.lines if line.line_no == by_claim.asked_line)
    assert aid_id in [fact.key for fact in line.facts]


def test_what_was_asked_for_is_set_off(seeds_dataset: Path) -> None:
    mentions = scan(seeds_dataset, "money_mentions").filter(pl.col("quote") == "45.78万美元").collect()
    asked = explain.from_dataset(seeds_dataset, mentions["mention_id"][0])
    assert re.search(rf"^> *{mentions['line_no'][0]} body ", shown(asked), flags=re.MULTILINE)
    claim = scan(seeds_dataset, "aid_projects").filter(pl.col("amount_previous").is_not_null()).collect()
    markup = html.render(explain.from_dataset(seeds_dataset, claim["aid_id"][0]))
    assert markup.count('class="line own asked"') == 1
    assert f'<details class="fact" id="{claim["aid_id"][0]}" open>' in markup
    assert markup.count(" open>") == 1


def test_the_terminal_shows_values_beside_their_words(seeds_dataset: Path) -> None:
    text = shown(explain.from_dataset(seeds_dataset, "004_28d66085d4f2c5ff.txt"))
    assert "45.78万美元 = 457,800.00 USD over, aid" in text
    assert "12月31日下午 = 2025-12-31 day_part, year_from_publication" in text
    assert "not summed: target" in text
    assert "义安省友好组织联合会 = implementer, guest" in text


def test_on_a_terminal_wide_characters_stay_beside_the_margin(seeds_dataset: Path) -> None:
    console = Console(width=100, force_terminal=True, color_system=None, file=io.StringIO())
    terminal.show(explain.from_dataset(seeds_dataset, "004_28d66085d4f2c5ff.txt"), console)
    printed = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert all(columns(line) <= 100 for line in printed)
    first = next(i for i, line in enumerate(printed) if "义安省友好组织联合会继续发挥" in line)
    block = printed[first : first + 3]
    assert [columns(line[: len(line) - len(_beside(line))]) for line in block] == [terminal.MARGIN + 1] * 3


def _beside(line: str) -> str:
    """What stands right of the margin, which holds Latin letters only."""
    return line[terminal.MARGIN + 1 :]


def test_the_page_shows_every_column_of_a_fact(seeds_dataset: Path) -> None:
    markup = html.render(explain.from_dataset(seeds_dataset, "004_28d66085d4f2c5ff.txt"))
    assert markup.count('<details class="fact"') >= 8
    assert "<dt>amount_previous</dt><dd>3400000000.00</dd>" in markup
    assert '<mark class="money" title="457,800.00 USD over, aid">45.78万美元</mark>' in markup


def test_an_unknown_key_says_what_to_name(seeds_dataset: Path) -> None:
    with pytest.raises(ConfigError, match="knows no article"):
        explain.from_dataset(seeds_dataset, "nothing")


def test_hostile_text_is_shown_and_does_nothing() -> None:
    text = "<script>alert(1)</script>\u202e10万美元\x1b[2J"
    line = explain.ExplainedLine(1, "body", "r", True, None, text, (explain.Mark(26, 31, "money", "<b>"),), ())
    article = {"title": "<img src=x>", "article_id": "a", "site": "s", "layout": "l", "source_path": "p"}
    article |= dict.fromkeys(["published_local", "published_earliest", "published_latest", "published_basis"])
    page = explain.Explained(article, (line,), (), ())
    markup = html.render(page)
    assert "<script>alert" not in markup
    assert "<img src" not in markup
    assert "\u202e" not in markup
    assert "\x1b" not in shown(page)
