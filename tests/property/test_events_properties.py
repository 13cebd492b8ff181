"""What must hold of happenings whatever the page says."""

from __future__ import annotations

import datetime as dt
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from etl import lookups
from etl.build import events
from tests.unit.test_events import findings

_WORDS = [
    *(row["trigger"] for row in lookups.rows("event_triggers")),
    *(row["word"] for row in lookups.rows("event_words")),
    *("12月5日", "2024年", "6月20日上午", "第三届", "50周年", "河内", "老挝万象", "为期三天"),
    *("清化省友好组织联合会", "越南友好组织联合会主席潘英山", "代表团", "的", "了", "在", "与", "向", "将"),
    *"，。；、：“”（）《》|",
]
_LINES = st.lists(
    st.tuples(
        st.sampled_from(["title", "lead", "body", "caption", "heading"]), st.lists(st.sampled_from(_WORDS), max_size=25)
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(_LINES, st.sampled_from([None, "2024-06-10"]), st.sampled_from([None, "VND", "CNY"]))
def test_rows_keep_the_contract(made: list[tuple[str, list[str]]], published: str | None, home: str | None) -> None:
    lines = [[role, "".join(words) or "无"] for role, words in made]
    page = findings(lines, published, home)
    rows, people = events.build(page)
    assert (rows, people) == events.build(page)
    texts = {line.line_no: line.text for line in page.first_print_lines()}
    ids = [row["event_id"] for row in rows]
    assert len(set(ids)) == len(ids)
    for row in rows:
        start, end = row["char_start"], row["char_end"]
        assert isinstance(start, int) and isinstance(end, int) and start < end
        assert texts[row["line_no"]][start:end] == row["evidence"]  # type: ignore[index]
        assert set(row["mention_lines"]) <= set(texts) and row["line_no"] in row["mention_lines"]  # type: ignore[call-overload,operator]
        first, last = row["start_date"], row["end_date"]
        assert (first is None) == (last is None) and (first is None or first <= last)  # type: ignore[operator]
        if published and first and not row["is_planned"]:
            assert first <= dt.date.fromisoformat(published) + dt.timedelta(days=1)  # type: ignore[operator]
        assert (row["date_basis"] == "unresolved") == (first is None)
        assert row["parent_event_id"] in (None, *ids)
        assert 0 <= row["confidence"] <= 1  # type: ignore[operator]
    assert [p["seq"] for p in people] == [
        n for i in ids for n, _ in enumerate([p for p in people if p["fact_id"] == i], 1)
    ]


def test_long_hostile_lines_take_linear_time() -> None:
    def seconds(size: int) -> float:
        page = findings(
            [["body", piece * size] for piece in ("在举行", "“", "（", "与同和", "6月3日在河内会见了", "、", "第一届")]
        )
        begun = time.perf_counter()
        events.build(page)
        return time.perf_counter() - begun

    seconds(50)
    assert seconds(2000) < 60 * max(seconds(250), 0.02)
