"""What may be summed, in dollars of which year, and how sure a claim is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from etl.build.aid_projects.confidence import confidence
from etl.build.sectors import sectors
from etl.normalize import fx
from tests import aid_cases, gold_findings


def test_sum_of_the_three_unions_is_a_million_and_a_half() -> None:
    """Recommended rows give USD 1.50 M: targets, the domestic goods and the houses told twice stay out."""
    rows, _ = gold_findings.rows_of("seeds", "004_28d66085d4f2c5ff")
    kept = [row for row in rows if row["recommended_for_sum"]]
    assert sum(row["amount_usd"] for row in kept) == pytest.approx(Decimal(1500000), rel=Decimal("0.01"))  # type: ignore[misc]
    reasons = {str(row["sum_exclusion_reason"]) for row in rows if not row["recommended_for_sum"]}
    assert reasons == {"target", "domestic", "overlap"}


def only(text: str, published: str | None = "2024-05-20") -> dict[str, object]:
    (row,) = aid_cases.claims(text, published=published)
    return row


def test_dollars_are_stated_or_restated_or_by_the_last_year_of_the_period() -> None:
    stated = only("2021年,瑞典捐赠8.5万美元。")
    assert (stated["amount_usd"], stated["usd_basis"], stated["fx_year"]) == (Decimal("85000.00"), "stated", None)
    restated = only("印度政府无偿援助5亿卢比(约合600万美元)。")
    assert (restated["amount_usd"], restated["usd_basis"]) == (Decimal("6000000.00"), "equivalent")
    row = only("2019年至2021年,日本基金会资助3000万日元。")
    rate = fx.usd_rate("JPY", 2021)
    assert rate is not None
    assert (row["fx_year"], row["usd_basis"]) == (2021, "fx_annual")
    assert row["amount_usd"] == (Decimal(30000000) / rate).quantize(Decimal("0.01"))


def test_no_year_means_no_dollars() -> None:
    row = only("日本基金会资助3000万日元。", published=None)
    assert (row["amount_usd"], row["fx_rate"], row["usd_basis"]) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("明年力争争取外援300万美元。", "target"),
        ("加拿大基金会取消了50万加元资助。", "cancelled"),
        ("挪威政府宣布提供300万美元人道主义援助。", "pledge"),
        ("瑞士组织向贫困户捐款,每户200万越盾,共5户。", "no_amount"),
        ("外国非政府组织年均援助2.3亿美元。", "average"),
        ("省内企业家向灾区捐款3亿越盾。", "domestic"),
    ],
)
def test_reason_for_exclusion(text: str, reason: str) -> None:
    assert [row["sum_exclusion_reason"] for row in aid_cases.claims(text)][:1] == [reason]


def test_parts_stay_out_unless_their_whole_is_only_pledged() -> None:
    paid = aid_cases.claims("外国组织援助到位100万美元,其中医疗60万美元,教育40万美元。")
    assert [row["sum_exclusion_reason"] for row in paid] == [None, "component", "component"]
    assert {row["parent_aid_id"] for row in paid[1:]} == {paid[0]["aid_id"]}
    assert paid[0]["is_umbrella"] is True
    pledged = aid_cases.claims("外国组织登记捐款100万美元,其中到账60万美元。")
    assert [row["sum_exclusion_reason"] for row in pledged] == ["pledge", None]


def test_a_revised_sum_replaces_the_former_one() -> None:
    rows = aid_cases.claims("洪水过后,首批外援12亿越盾到位;到月底,外援增至46亿越盾。")
    assert [row["sum_exclusion_reason"] for row in rows] == ["superseded", None]
    assert rows[1]["amount_previous"] == Decimal("1200000000.00")


def test_one_claim_told_in_title_and_body_is_one_row_at_the_body() -> None:
    from etl.build import aid_projects, money_roles

    lines = [("title", "日本援助安江省逾9万美元"), ("body", "日本政府向安江省医院移交价值9.2万美元的设备。")]
    made = aid_cases.findings(lines)
    rows, _ = aid_projects.build(made, money_roles.assign(made))
    assert [(row["line_no"], row["amount"]) for row in rows] == [(2, Decimal("92000.00"))]


def test_confidence_grows_with_evidence() -> None:
    full = only("5月8日,德国面包基金会向老街省贫困户捐赠8.6万欧元。")
    bare = aid_cases.claims("外国非政府组织召开年会。", "此外,另有3亿越盾。")
    assert full["confidence"] >= 0.8  # type: ignore[operator]
    assert all(row["confidence"] < 0.6 for row in bare)  # type: ignore[operator]
    assert confidence.__doc__


def test_period_of_a_comparison_is_the_year_before() -> None:
    rows = aid_cases.claims("全年善款到位235亿越盾,比去年的198亿越盾多近两成。", published="2025-12-30")
    by_type = {row["record_type"]: row for row in rows}
    assert by_type["comparison"]["period_end"] == dt.date(2024, 12, 31)
    assert by_type["comparison"]["sum_exclusion_reason"] == "comparison"


def test_sectors_take_the_nearest_words() -> None:
    assert sectors("修建两间教室", "改造医疗站").plain == "education"
    assert sectors("", "改造医疗站").plain == "health"
    assert sectors("一笔善款").plain is None
    assert all(len(code) == 5 for code in sectors("教师培训和饮水").dac5)
