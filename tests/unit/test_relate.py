"""Copies, claims, happenings and links across pages, on small frames made here."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from etl.relate import claims, copies, happenings, links, signatures

TEXT = (
    "平福省友好组织联合会昨日召开年度总结会议,回顾全年的民间外交工作。会议指出,全省共接待外国代表团十二个。"
    "联合会动员外国非政府组织援助资金达35亿越盾,用于修建学校和供水工程。各成员协会还举办了书画展览和青年交流营。"
    "与会代表一致认为,民间外交应当继续发挥桥梁作用。来年将重点加强与老挝和柬埔寨地方组织的合作。"
)


def article(article_id: str, body: str = TEXT, **changes: Any) -> dict[str, Any]:
    row = {
        "article_id": article_id,
        "source_path": f"{article_id}.txt",
        "site": "shidai",
        "url": None,
        "title": "平福省友好组织联合会总结全年工作",
        "published_date": dt.date(2024, 1, 5),
        "published_precision": "minute",
        "n_own_lines": 9,
        "body_text": body,
    }
    return row | changes


def copies_of(*rows: dict[str, Any]) -> dict[str, str]:
    keys = pl.DataFrame([signatures.page_keys(row) for row in rows], schema=signatures.SCHEMA)
    found = copies.find(pl.DataFrame(rows, infer_schema_length=None).lazy(), keys.lazy())
    return dict(found.iter_rows())


def test_the_same_text_in_two_files_counts_once_and_the_dated_copy_is_the_one() -> None:
    undated = article("a", published_date=None, published_precision="none")
    assert copies_of(undated, article("b")) == {"a": "b"}


def test_a_copy_with_another_caption_clause_is_still_a_copy() -> None:
    assert copies_of(article("a"), article("b", TEXT + "图为会议现场的情况。", source_path="z.txt")) == {"b": "a"}


def test_a_changed_figure_makes_another_article() -> None:
    assert copies_of(article("a"), article("b", TEXT.replace("35亿", "36亿"))) == {}


def test_another_sum_under_a_picture_makes_another_article() -> None:
    """A sum that stands in a caption only would vanish from every total with the page that tells it."""
    rows = [article("a"), article("b"), article("c"), article("d")]
    sums = [["722710万越盾"], ["603925万越盾"], [], ["35亿越盾"]]  # 35亿 is told in the text as well
    keys = [signatures.page_keys(row, stated) for row, stated in zip(rows, sums, strict=True)]
    frame = pl.DataFrame(rows, infer_schema_length=None).lazy()
    found = copies.find(frame, pl.LazyFrame(keys, schema=signatures.SCHEMA))
    assert dict(found.iter_rows()) == {"d": "c"}


def test_one_number_in_two_addresses_of_one_outlet_is_one_article() -> None:
    first = article("a", url="https://shidai.vn/tin-49723.html")
    other = article("b", "全文完全不同。" * 3, url="https://shidai.thoidai.com.vn/detail-article-49723.html")
    assert copies_of(first, other) == {"b": "a"}
    assert copies_of(first, other | {"title": "另一个题目完全不同"}) == {}


def test_the_order_of_pages_changes_nothing() -> None:
    rows = [article(name, TEXT, source_path=f"{name}.txt") for name in "edcba"]
    wanted = copies_of(*rows)
    assert set(wanted.values()) == {"a"}
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert copies_of(*rows) == wanted


def claim(aid_id: str, article_id: str, **changes: Any) -> dict[str, Any]:
    row = {
        "aid_id": aid_id,
        "article_id": article_id,
        "published_date": dt.date(2024, 1, 5),
        "line_no": 5,
        "char_start": 0,
        "evidence": f"援助资金达35亿越盾 {article_id}",
        "record_type": "aggregate",
        "amount": Decimal("3500000000.00"),
        "currency": "VND",
        "period_start": dt.date(2023, 1, 1),
        "period_end": dt.date(2023, 12, 31),
        "donor_text": None,
        "donor_org_id": None,
        "implementer_text": "平福省友好组织联合会",
        "implementer_org_id": None,
        "recipient_iso": "VN-58",
        "recommended_for_sum": True,
        "sum_exclusion_reason": None,
    }
    return row | changes


def claims_of(*rows: dict[str, Any], duplicates: dict[str, str] | None = None) -> dict[str, tuple[str, str]]:
    frame = pl.DataFrame(
        list(rows),
        infer_schema_length=None,
        schema_overrides={
            "donor_org_id": pl.String,
            "donor_text": pl.String,
            "implementer_org_id": pl.String,
            "sum_exclusion_reason": pl.String,
        },
    )
    copies_frame = pl.DataFrame(
        list((duplicates or {}).items()), schema={"article_id": pl.String, "duplicate_of": pl.String}, orient="row"
    )
    found = claims.find(frame.lazy(), copies_frame)
    return {row[0]: (row[1], row[3]) for row in found.iter_rows()}


def test_the_same_claim_in_two_articles_counts_once() -> None:
    assert claims_of(claim("1", "a"), claim("2", "b", published_date=dt.date(2024, 2, 1))) == {"2": ("1", "duplicate")}


@pytest.mark.parametrize(
    "change",
    [
        {"implementer_text": None},  # place and amount alone are never enough
        {"implementer_text": "平阳省友好组织联合会"},
        {"period_start": dt.date(2022, 1, 1)},
        {"amount": Decimal("3600000000.00")},
        {"recipient_iso": None},
        {"published_date": dt.date(2024, 9, 1)},
    ],
)
def test_claims_that_differ_in_a_key_stay_two(change: dict[str, Any]) -> None:
    assert claims_of(claim("1", "a"), claim("2", "b", **change)) == {}


def test_two_equal_sums_in_one_article_stay_two() -> None:
    assert claims_of(claim("1", "a"), claim("2", "a", line_no=9)) == {}


def test_claims_of_a_copy_never_count_even_alone() -> None:
    found = claims_of(claim("1", "a"), claim("2", "b", evidence="别的话"), duplicates={"b": "a"})
    assert found == {"2": ("2", "duplicate")}


def test_a_claim_keeps_its_own_reason() -> None:
    later = claim("2", "b", sum_exclusion_reason="domestic", recommended_for_sum=False)
    assert claims_of(claim("1", "a"), later)["2"] == ("1", "domestic")


def event(event_id: str, article_id: str, **changes: Any) -> dict[str, Any]:
    row = {
        "event_id": event_id,
        "article_id": article_id,
        "published_date": dt.date(2024, 1, 5),
        "line_no": 5,
        "char_start": 0,
        "evidence": f"举行会议 {article_id}",
        "event_type": "conference",
        "start_date": dt.date(2024, 1, 4),
        "end_date": dt.date(2024, 1, 4),
        "date_precision": "day",
        "place_id": None,
        "admin1_iso": "VN-58",
        "recommended_for_count": True,
    }
    return row | changes


def events_of(*rows: dict[str, Any], parties: dict[str, str]) -> dict[str, str]:
    people = [
        {"fact_id": k, "fact_kind": "event", "name_text": v, "org_id": None, "entity_type": "organization"}
        for k, v in parties.items()
    ]
    none = pl.DataFrame(schema={"article_id": pl.String, "duplicate_of": pl.String})
    frame = pl.DataFrame(list(rows), infer_schema_length=None, schema_overrides={"place_id": pl.String})
    found = happenings.find(frame.lazy(), pl.DataFrame(people, schema_overrides={"org_id": pl.String}).lazy(), none)
    return {row[0]: row[1] for row in found.iter_rows()}


def test_one_happening_in_two_articles() -> None:
    both = {"1": "平福省友好组织联合会", "2": "平福省友好组织联合会"}
    assert events_of(event("1", "a"), event("2", "b"), parties=both) == {"2": "1"}
    assert events_of(event("1", "a"), event("2", "b"), parties=both | {"2": "平福省妇女联合会"}) == {}
    assert events_of(event("1", "a"), event("2", "b", start_date=dt.date(2024, 1, 3)), parties=both) == {}
    assert events_of(event("1", "a"), event("2", "b", admin1_iso=None), parties=both) == {}


def test_a_teaser_links_to_the_only_article_of_that_title() -> None:
    none = pl.DataFrame(schema={"article_id": pl.String, "duplicate_of": pl.String})
    linked = pl.DataFrame(
        [{"article_id": "x", "line_no": 9, "seq": 0, "linked_title": " 平福省友好组织联合会 总结全年工作"}],
        schema_overrides={"line_no": pl.Int32, "seq": pl.Int32},
    )
    one = pl.DataFrame([article("a")])
    assert links.find(linked.lazy(), one.lazy(), none)["linked_article_id"].to_list() == ["a"]
    two = pl.DataFrame([article("a"), article("b")])
    assert links.find(linked.lazy(), two.lazy(), none).is_empty()
    copy = pl.DataFrame({"article_id": ["b"], "duplicate_of": ["a"]})
    assert links.find(linked.lazy(), two.lazy(), copy)["linked_article_id"].to_list() == ["a"]
