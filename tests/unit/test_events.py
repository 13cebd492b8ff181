"""Happenings of sentences written for these tests: tests/cases/events.jsonl, one page a line."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from etl import lookups
from etl.build import events
from etl.build.events import series
from etl.mentions import Findings
from etl.normalize.actors import find_actors_on
from etl.normalize.dates import find_dates_on
from etl.normalize.places import find_places_on
from etl.pages import Line, Page, Publication, RawDocument, RenderedLine, Role

FOLDER = Path(__file__).parents[1] / "cases"
SENTENCES = list(csv.DictReader((FOLDER / "event_sentences.csv").read_text().splitlines()))
CASES = [json.loads(line) for line in (FOLDER / "events.jsonl").read_text().splitlines()]


def findings(lines: list[list[str]], published: str | None = None, home: str | None = "VND") -> Findings:
    """A stripped page of (role, text) lines with everything found in it."""
    own = tuple(Line(number, text, Role(role), "test") for number, (role, text) in enumerate(lines, 1))
    document = RawDocument("page.txt", "page", "0" * 64, tuple(RenderedLine(text) for _, text in lines))
    local = dt.datetime.fromisoformat(published) if published else None
    places = find_places_on(own)
    return Findings(
        page=Page(document, "test", "test", own, home_currency=home),
        publication=Publication(local=local, precision="day" if local else "none"),
        dates=find_dates_on(own, local.date() if local else None),
        money=(),
        places=places,
        actors=find_actors_on(own, places),
    )


def _wrong(wanted: dict[str, Any], row: dict[str, Any], parties: set[str]) -> list[str]:
    """What a row has otherwise than the case wants."""
    names = {
        "line": "line_no", "type": "event_type", "planned": "is_planned", "status": "status", "place": "place_text",
        "country": "country", "series": "series_no", "anniversary": "anniversary_n", "admin1": "admin1_iso",
    }  # fmt: skip
    wrong = [f"{k}: {row[c]} for {wanted[k]}" for k, c in names.items() if k in wanted and row[c] != wanted[k]]
    for key, column in (("start", "start_date"), ("end", "end_date")):
        day = row[column].isoformat() if row[column] else None
        if key in wanted and wanted[key] != day:
            wrong.append(f"{key}: {day} for {wanted[key]}")
    if wanted.get("parent", False) != (row["parent_event_id"] is not None) and "parent" in wanted:
        wrong.append("parent")
    if "mentions" in wanted and not set(wanted["mentions"]) <= set(row["mention_lines"]):
        wrong.append(f"mentions: {row['mention_lines']}")
    wrong += [f"flag {flag}" for flag in wanted.get("flags", []) if flag not in row["flags"]]
    wrong += [f"no flag {flag}" for flag in wanted.get("no_flags", []) if flag in row["flags"]]
    wrong += [f"party {party} not in {parties}" for party in wanted.get("parties", []) if party not in parties]
    return wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_happenings_of_a_page(case: dict[str, Any]) -> None:
    rows, people = events.build(findings(case["lines"], case["published"], case["home"]))
    told = [(row["line_no"], row["event_type"], row["evidence"]) for row in rows]
    assert len(rows) == len(case["events"]), told
    for wanted, row in zip(case["events"], rows, strict=True):
        parties = {f"{p['role']}:{p['name_text']}" for p in people if p["fact_id"] == row["event_id"]}
        assert not _wrong(wanted, row, parties), told


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["sentence"][:24])
def test_one_sentence(case: dict[str, str]) -> None:
    """A sentence alone, published on 10 June 2024: one happening, or none where no type is given."""
    rows, _ = events.build(findings([["body", case["sentence"]]], "2024-06-10"))
    told = [(str(row["event_type"]), str(row["start_date"])) for row in rows]
    assert told == ([(case["event_type"], case["start_date"])] if case["event_type"] else [])
    if case["place_text"]:
        assert rows[0]["place_text"] == case["place_text"]


def test_a_row_names_its_rule_and_its_plover_event() -> None:
    rows, _ = events.build(findings([["lead", "6月3日,清化省与老挝华潘省在清化市签署了合作备忘录。"]], "2024-06-05"))
    assert [(row["rule"], row["plover_event"]) for row in rows] == [("event.verb.own", "SUPPORT")]
    rows, _ = events.build(findings([["lead", "清化省与老挝华潘省将于7月3日在清化市签署合作备忘录。"]], "2024-06-05"))
    assert [row["plover_event"] for row in rows] == ["AGREE"]


def test_a_part_is_not_counted_beside_its_whole() -> None:
    lines = [
        ["lead", "6月3日,清化省友好组织联合会在清化市召开第四次代表大会。"],
        ["body", "会上,省主席向联合会颁发奖状。"],
    ]
    rows, _ = events.build(findings(lines, "2024-06-05"))
    assert [row["recommended_for_count"] for row in rows] == [True, False]
    assert rows[1]["parent_event_id"] == rows[0]["event_id"]


def test_confidence_falls_with_what_is_not_said() -> None:
    full, _ = events.build(findings([["lead", "6月3日,清化省友好组织联合会在清化市召开年会。"]], "2024-06-05"))
    thin, _ = events.build(findings([["caption", "第三届友谊杯足球赛决赛开赛"]], "2024-06-05"))
    assert full[0]["confidence"] == 0.95
    assert all(row["confidence"] < 0.7 for row in thin)


def test_repeats_and_foreign_lines_make_no_happening() -> None:
    text = "6月3日,清化省友好组织联合会在清化市召开年会。"
    made = findings(
        [["body", text], ["related", "6月4日,河内市召开年会。"], ["promo", "6月5日,越友联举行晚会。"]], "2024-06-06"
    )
    assert [row["line_no"] for row in events.build(made)[0]] == [1]


@pytest.mark.parametrize(
    ("lines", "start"),
    [
        (["3月5日上午,广治省向沙湾拿吉省移交职业学校。", "工程拖到2024年1月才全部建成。"], "2024-03-05"),
        (
            [
                "22日,越南红十字会在河内举行移交仪式。",
                "自2025年9月30日发出号召以来,捐款不断。",
                "截至10月22日,捐款已达百亿。",
            ],
            None,
        ),
        (["3月5日上午,广治省向沙湾拿吉省移交职业学校。", "工程于2021年1月18日破土。"], None),
        (["11月5日上午,广治省向沙湾拿吉省移交职业学校。", "工程拖到2024年1月才全部建成。"], None),
        (["3月5日上午,广治省向沙湾拿吉省移交职业学校。"], None),
    ],
)
def test_year_of_a_story_that_prints_none(lines: list[str], start: str | None) -> None:
    rows, _ = events.build(findings([["body", line] for line in lines]))
    day = rows[0]["start_date"]
    assert (day.isoformat() if isinstance(day, dt.date) else None) == start


@pytest.mark.parametrize(
    ("text", "number", "anniversary"),
    [
        ("第十二届越老青年论坛", 12, None),
        ("首届河粉节", 1, None),
        ("第3次会议", 3, None),
        ("国家统一50周年纪念大会", None, 50),
        ("建交六十五周年", None, 65),
        ("第四批救济款", None, None),
    ],
)
def test_numbers_of_a_happening(text: str, number: int | None, anniversary: int | None) -> None:
    assert (series.number(text), series.anniversary(text)) == (number, anniversary)


def test_every_type_of_the_triggers_has_a_plover_row() -> None:
    types = {row["event_type"] for row in lookups.rows("event_type_map")}
    assert {row["event_type"] for row in lookups.rows("event_triggers")} <= types


def test_what_goes_on_at_publication() -> None:
    rows, _ = events.build(findings([["lead", "韩国庆尚北道代表团6月8日至12日对太原省进行工作访问。"]], "2024-06-10"))
    assert [(row["status"], row["is_planned"]) for row in rows] == [("ongoing", False)]
