"""Rows that break a promise become rejects with the check's code, and take along what leans on them, no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from etl.errors import SchemaDrift
from etl.pages import RawDocument, RenderedLine
from etl.tables import PAGE_TABLES, TABLES
from etl.validate import PAGE, checks, to_frame, validate
from tests import made_pages

Row = dict[str, Any]
REFERENCE = {("places", "place_id"): frozenset({"VN"}), ("organizations", "org_id"): frozenset({"org-1"})}


def rows_of(name: str = "a.txt") -> dict[str, list[Row]]:
    """The rows of a good page."""
    lines = made_pages.text("2024-05-01", "题目", "aid 10 USD", "event meeting", "link 别的文章").splitlines()
    document = RawDocument(name, name, "0" * 64, tuple(map(RenderedLine, lines)))
    return made_pages.process(document)


def checked(*pages: dict[str, list[Row]]) -> Any:
    frames = {}
    for table in PAGE_TABLES:
        rows = [row for page in pages for row in page[table.name]]
        numbers = [number for number, page in enumerate(pages) for _ in page[table.name]]
        frames[table.name] = to_frame(table, rows, numbers)[0]
    return validate(frames, [f"{number}.txt" for number in range(len(pages))], REFERENCE)


def codes(found: Any) -> list[tuple[str, str, str | None]]:
    return sorted((str(row["table"]), str(row["code"]), row["column"]) for _, row in found.rejects)


def test_good_rows_pass() -> None:
    found = checked(rows_of("a.txt"), rows_of("b.txt"))
    assert found.rejects == []
    assert found.frames["articles"].height == 2
    assert found.frames["participants"].height == 4


def test_good_rows_are_told_without_pandera() -> None:
    """The one query that asks whether all checks hold says so, and pandera agrees."""
    for name, rows in rows_of().items():
        frame = to_frame(TABLES[name], rows, [0] * len(rows))[0]
        assert checks._all_hold(TABLES[name], frame)
        checks.model(name).validate(frame, lazy=True)
        assert not checks._all_hold(TABLES[name], frame.select(reversed(frame.columns)))


def _set(table: str, **values: object) -> Callable[[dict[str, list[Row]]], None]:
    def change(rows: dict[str, list[Row]]) -> None:
        rows[table][0] |= values

    return change


CASES = [
    ("aid_projects", _set("aid_projects", status="given"), "validate.code"),
    ("aid_projects", _set("aid_projects", confidence=1.5), "validate.bounds"),
    ("aid_projects", _set("aid_projects", status=None), "validate.null"),
    ("aid_projects", _set("aid_projects", currency="usd"), "validate.pattern"),
    ("aid_projects", _set("aid_projects", currency="USD\n"), "validate.pattern"),
    ("aid_projects", _set("aid_projects", evidence="aid 11 USD"), "validate.quote"),
    ("aid_projects", _set("aid_projects", char_end=5), "validate.quote"),
    ("aid_projects", _set("aid_projects", char_start=20, char_end=10, evidence=""), "validate.span"),
    ("aid_projects", _set("aid_projects", line_no=77), "validate.foreign_line"),
    ("aid_projects", _set("aid_projects", parent_aid_id="0" * 16), "validate.foreign_key"),
    ("aid_projects", _set("aid_projects", donor_org_id="org-2"), "validate.foreign_key"),
    ("aid_projects", _set("aid_projects", recipient_place_id="XX"), "validate.foreign_key"),
    ("aid_projects", _set("aid_projects", amount_max=Decimal(9)), "validate.amount_range"),
    ("aid_projects", _set("aid_projects", sum_exclusion_reason="target"), "validate.sum_reason"),
    ("aid_projects", _set("aid_projects", recommended_for_sum=False), "validate.sum_reason"),
    ("aid_projects", _set("aid_projects", record_type="target"), "validate.target_sum"),
    ("aid_projects", _set("aid_projects", amount=None), "validate.sum_amount"),
    ("aid_projects", _set("aid_projects", currency=None), "validate.currency_flag"),
    (
        "aid_projects",
        _set("aid_projects", period_start=dt.date(2024, 2, 1), period_end=dt.date(2024, 1, 1)),
        "validate.period_order",
    ),
    ("events", _set("events", start_date=dt.date(2024, 5, 3), end_date=dt.date(2024, 5, 3)), "validate.future_event"),
    ("events", _set("events", end_date=dt.date(2024, 4, 1)), "validate.date_order"),
    ("events", _set("events", place_id="XX"), "validate.foreign_key"),
    ("participants", _set("participants", fact_id="0" * 16), "validate.foreign_key"),
    ("participants", _set("participants", fact_kind="event"), "validate.foreign_key"),
    ("related_links", _set("related_links", line_no=77), "validate.foreign_key"),
    ("lines", _set("lines", role="body text"), "validate.code"),
    ("articles", _set("articles", published_basis="none"), "validate.published"),
    ("articles", _set("articles", published_latest=dt.date(2024, 1, 1)), "validate.published_bounds"),
    ("articles", _set("articles", language="vi"), "validate.code"),
    ("articles", _set("articles", article_id="not hex"), "validate.pattern"),
]


@pytest.mark.parametrize(("table", "change", "code"), CASES, ids=[f"{c[0]}-{c[2]}-{n}" for n, c in enumerate(CASES)])
def test_a_broken_row_is_rejected(table: str, change: Callable[[dict[str, list[Row]]], None], code: str) -> None:
    broken, good = rows_of("a.txt"), rows_of("b.txt")
    change(broken)
    found = checked(broken, good)
    assert (table, code) in {(t, c) for t, c, _ in codes(found)}
    assert all(page == 0 and row["source_path"] == "0.txt" for page, row in found.rejects)
    for name, frame in found.frames.items():
        assert frame.filter(pl.col(PAGE) == 1).height == len(good[name]), "the neighbour is whole"


def test_a_rejected_row_takes_along_what_leans_on_it() -> None:
    broken = rows_of()
    broken["aid_projects"][0]["status"] = "given"
    found = checked(broken)
    assert found.frames["participants"]["fact_kind"].to_list() == ["event"]
    assert found.frames["articles"]["n_aid"].to_list() == [0]
    assert found.frames["articles"]["n_events"].to_list() == [1]


def test_a_rejected_article_takes_along_its_page() -> None:
    broken = rows_of()
    broken["articles"][0]["language"] = "vi"
    found = checked(broken, rows_of("b.txt"))
    assert {name: frame[PAGE].unique().to_list() for name, frame in found.frames.items() if frame.height} == {
        name: [1] for name in ("articles", "lines", "aid_projects", "events", "participants", "related_links")
    }
    assert codes(found) == [("articles", "validate.code", "language")]


def test_of_rows_with_one_key_the_first_stays() -> None:
    doubled = rows_of()
    doubled["aid_projects"].append(dict(doubled["aid_projects"][0], rule="second"))
    found = checked(doubled)
    assert found.frames["aid_projects"]["rule"].to_list() == ["made"]
    assert codes(found) == [("aid_projects", "validate.duplicate_key", None)]


def test_the_same_article_in_two_pages_is_not_a_double() -> None:
    assert checked(rows_of(), rows_of()).rejects == []


def test_a_reject_can_be_replayed() -> None:
    broken = rows_of()
    broken["aid_projects"][0]["status"] = "given"
    ((_, reject), *_) = checked(broken).rejects
    assert (reject["value"], reject["column"]) == ("given", "status")
    assert reject["record_key"] == broken["aid_projects"][0]["aid_id"]
    assert '"evidence": "aid 10 USD"' in reject["record_json"]


def test_other_columns_are_drift() -> None:
    row = rows_of()["lines"][0]
    for wrong in (row | {"more": 1}, {k: v for k, v in row.items() if k != "rule"}):
        with pytest.raises(SchemaDrift, match="lines"):
            to_frame(TABLES["lines"], [row, wrong], [0, 0])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("project_count", 2**70),
        ("amount", Decimal("1e21")),
        ("amount", Decimal("NaN")),
        ("line_no", "5"),
        ("evidence", "\ud800"),
        ("outputs", [{"item": "房屋", "count": 2**70, "unit": "间"}]),
    ],
)
def test_a_value_that_does_not_fit_costs_its_row(column: str, value: object) -> None:
    row = rows_of()["aid_projects"][0]
    frame, misfits = to_frame(TABLES["aid_projects"], [row, row | {column: value}, row], [0, 1, 2])
    assert frame[PAGE].to_list() == [0, 2]
    assert [(misfit.index, misfit.column) for misfit in misfits] == [(1, column)]


def test_times_have_zones_where_they_must() -> None:
    row = rows_of()["articles"][0]
    aware = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    naive = aware.replace(tzinfo=None)
    for wrong in ({"published_at": naive}, {"published_local": aware}):
        with pytest.raises(SchemaDrift, match="datetime"):
            to_frame(TABLES["articles"], [row | wrong], [0])


def test_amounts_are_rounded_to_cents_half_to_even() -> None:
    row = rows_of()["aid_projects"][0]
    amounts = ["0.125", "0.135", "12", "-0.005"]
    frame, _ = to_frame(TABLES["aid_projects"], [row | {"amount": Decimal(a)} for a in amounts], [0] * 4)
    assert [str(a) for a in frame["amount"]] == ["0.12", "0.14", "12.00", "0.00"]
