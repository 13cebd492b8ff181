"""Places: what names stand for, when a name is a place at all, and which code holds when."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from etl.mentions import PlaceMention
from etl.normalize.places import find_places_on, iso_for_period, iso_on, place_on, reference_rows
from etl.normalize.places.units import unit_key, versions
from etl.pages import Line, Role

GOLD = Path(__file__).parents[1] / "gold"


def places(*texts: str) -> list[PlaceMention]:
    lines = [Line(number, text, Role.BODY, "test") for number, text in enumerate(texts, 1)]
    found = find_places_on(lines)
    for place in found:
        assert texts[place.line_no - 1][place.char_start : place.char_end] == place.quote
    return list(found)


def quotes(*texts: str) -> list[str]:
    return [place.quote for place in places(*texts)]


def one(text: str) -> PlaceMention:
    found = places(text)
    assert len(found) == 1, found
    return found[0]


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


@pytest.mark.parametrize(
    ("name_vi", "on", "iso"),
    [
        ("Bình Dương", "2025-06-30", "VN-57"),
        ("Bình Dương", "2025-07-01", "VN-SG"),
        ("Quảng Nam", "2024-01-01", "VN-27"),
        ("Quảng Nam", "2026-01-01", "VN-DN"),
        ("Kiên Giang", "2025-07-01", "VN-44"),  # its GSO code 91 now belongs to An Giang
        ("An Giang", "2025-07-01", "VN-44"),
        ("Quảng Bình", "2025-07-01", "VN-25"),
        ("Thừa Thiên Huế", "2024-12-31", "VN-26"),
        ("Huế", "2030-01-01", "VN-26"),
        ("Đồng Nai", "2026-04-29", "VN-39"),
        ("Đồng Nai", "2026-04-30", "VN-39"),
        ("Bình Phước", "2026-05-01", "VN-39"),
        ("Nghệ An", "2000-01-01", "VN-22"),
    ],
)
def test_code_on_a_day(name_vi: str, on: str, iso: str) -> None:
    assert iso_on(unit_key(name_vi), dt.date.fromisoformat(on)) == iso


def test_each_version_has_one_successor_that_begins_when_it_ends() -> None:
    by_id = {unit.place_id: unit for unit in versions()}
    for unit in versions():
        if unit.valid_to is None:
            assert unit.successor_id is None
        else:
            assert unit.successor_id is not None
            assert by_id[unit.successor_id].valid_from == unit.valid_to + dt.timedelta(days=1)


def test_63_provinces_before_the_merger_and_34_after() -> None:
    for on, count in ((dt.date(2024, 6, 1), 63), (dt.date(2025, 6, 30), 63), (dt.date(2025, 7, 1), 34)):
        holding = [unit for unit in versions() if unit.holds(on)]
        assert len(holding) == count
        assert len({unit.iso for unit in holding}) == count


@pytest.mark.parametrize(
    ("start", "end", "published", "iso"),
    [
        ("2024-01-01", "2024-12-31", "2025-12-01", "VN-57"),  # valid throughout, whatever came later
        ("2025-10-01", "2025-12-31", "2025-12-31", "VN-SG"),  # an old name after the merger
        ("2025-01-01", "2025-12-31", "2025-12-31", None),  # across a merger that changes the code
        (None, None, "2025-12-31", "VN-SG"),
        (None, None, "2025-05-01", "VN-57"),
        (None, None, None, "VN-57"),  # the era in which the name existed
        ("2024-01-01", "2029-12-31", None, "VN-57"),  # a plan told before the merger
        ("2024-01-01", "2029-12-31", "2024-03-01", "VN-57"),
        ("2024-01-01", None, "2025-12-31", "VN-57"),
    ],
)
def test_code_for_a_period(start: str | None, end: str | None, published: str | None, iso: str | None) -> None:
    assert iso_for_period("vn:binh-duong", day(start), day(end), day(published)) == iso


def test_a_merger_that_keeps_the_code_does_not_matter() -> None:
    for key, iso in (("vn:an-giang", "VN-44"), ("vn:hue", "VN-26"), ("LA-CH", "LA-CH")):
        assert iso_for_period(key, dt.date(2023, 1, 1), dt.date(2026, 1, 1), dt.date(2026, 1, 2)) == iso


def test_unknown_unit_has_no_code() -> None:
    assert iso_on("vn:atlantis", dt.date(2024, 1, 1)) is None
    assert iso_for_period("vn:atlantis", None, None, None) is None
    assert place_on("vn:atlantis", None) is None


def test_recipient_codes_of_the_keys() -> None:
    """Every code of the answer keys follows from the province that its recipient names."""
    checked = 0
    for path in sorted(GOLD.glob("*/*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for claim in gold["aid"]:
            named = {
                place.admin1
                for place in places(claim.get("recipient") or "")
                if place.kind == "admin1" and place.country == "VN"
            }
            if "县" in (claim.get("recipient") or ""):
                continue  # 广宁、丽水两县: a district may be called like a province
            if len(named) == 1 and (claim.get("recipient_iso") or "").startswith("VN-"):
                period = day(claim["period_start"]), day(claim["period_end"])
                got = iso_for_period(str(named.pop()), *period, day(gold["published"]))
                assert got == claim["recipient_iso"], (path.name, claim["line"])
                checked += 1
    assert checked > 25


@pytest.mark.parametrize(
    ("text", "admin1"),
    [
        ("得乐省代表发言", "vn:dak-lak"),
        ("多樂省代表發言", "vn:dak-lak"),
        ("乂安省和平友好", "vn:nghe-an"),
        ("義安省", "vn:nghe-an"),
        ("承天顺化省", "vn:hue"),
        ("慶和省", "vn:khanh-hoa"),
        ("和平省", "vn:hoa-binh"),
        ("西宁省", "vn:tay-ninh"),
        ("占巴塞省", "LA-CH"),
        ("柴桢省", "KH-20"),
        ("中国广西壮族自治区", "CN-GX"),
    ],
)
def test_provinces(text: str, admin1: str) -> None:
    assert admin1 in {place.admin1 for place in places(text)}


@pytest.mark.parametrize(
    "text",
    [
        "和平奖得主说,和平与发展是时代主题",
        "太平洋上天下太平",
        "老街坊们走进老街",
        "从广义上说,这条路平顺",
        "海防部队加强边海防",
        "以前江苏的企业家觉得乐观",
        "机会安排得当,获得苏联专家的指导",
        "发展中国家的集体",
        "上海地铁",  # Haiti
        "把各国人民的和平、人文价值传给世界",
        "在大会上走上街头",
    ],
)
def test_words_that_hold_a_name_are_no_vietnamese_places(text: str) -> None:
    found = [p for p in places("越南", text) if p.line_no == 2 and p.quote not in ("上海", "江苏", "苏联")]
    assert found == []


def test_ambiguous_names_in_a_list_of_provinces() -> None:
    assert quotes("平定、富安、广义三省") == ["平定", "富安", "广义"]
    assert quotes("太平、和平两省受灾") == ["太平", "和平"]


def test_ambiguous_name_with_its_full_form_on_the_page() -> None:
    assert ("和平", 2) in {(p.quote, p.line_no) for p in places("和平省今年丰收", "客人在和平参观了水电站")}
    assert [p for p in places("和平省今年丰收", "各国人民热爱和平的愿望") if p.line_no == 2] == []


def test_a_word_after_the_country_is_a_word() -> None:
    assert [p.quote for p in places("将越南和平、人文价值传播给世界")] == ["越南"]
    assert [p.kind for p in places("在智利走上街头声援")] == ["country"]


def test_places_of_the_same_name_in_china() -> None:
    assert {p.country for p in places("中国山西省太原市举行活动")} == {"CN"}
    assert "vn:thai-nguyen" in {p.admin1 for p in places("越南太原省和谅山省")}
    assert places("河南省郑州市") and all(p.country == "CN" for p in places("河南省郑州市"))


def test_districts_and_communes_take_the_province_beside_them() -> None:
    found = {p.quote: p for p in places("河江省黄树皮县南山乡")}
    assert found["黄树皮县"].admin1 == found["南山乡"].admin1 == "vn:ha-giang"
    assert (found["黄树皮县"].kind, found["南山乡"].kind) == ("district", "commune")


def test_districts_in_a_list_and_alone() -> None:
    assert [p.quote for p in places("义安省", "在昆光和相阳县建房") if p.line_no == 2] == ["昆光", "相阳县"]
    lone = next(p for p in places("薄辽省的项目", "在福隆县修桥") if p.line_no == 2)
    assert (lone.quote, lone.admin1) == ("福隆县", "vn:bac-lieu")
    given = [p.quote for p in places("胡志明市", "向平新郡安乐坊的家庭赠送礼物") if p.line_no == 2]
    assert given == ["平新郡", "安乐坊"]


@pytest.mark.parametrize("text", ["全省各县各乡", "偏远山区县", "边境乡的学校", "县长和乡长", "回到家乡"])
def test_general_words_are_no_districts(text: str) -> None:
    assert [p for p in places("谅山省", text) if p.line_no == 2] == []


def test_capital_of_the_same_name_is_a_town() -> None:
    assert (one("北宁市").kind, one("北宁市").admin1) == ("district", "vn:bac-ninh")
    assert one("海防市").kind == "admin1"


def test_pairs_of_countries() -> None:
    assert [(p.quote, p.country) for p in places("越老友好协会")] == [("越", "VN"), ("老", "LA")]
    assert [p.country for p in places("中老关系")] == ["CN", "LA"]
    assert [p.country for p in places("越印尼友好")] == ["VN", "ID"]
    assert quotes("翻山越岭的老人") == []


def test_one_side_of_two() -> None:
    assert [(p.quote, p.country) for p in places("由中方出资,荷方供货")] == [("中方", "CN"), ("荷方", "NL")]
    assert quotes("这种方法比较大方,次日方才结束") == []


def test_countries_and_cities_abroad() -> None:
    found = {p.quote: (p.kind, p.country) for p in places("捷克斯洛伐克、大韩民国、老挝人民民主共和国和海德堡市")}
    assert found == {
        "捷克斯洛伐克": ("country", "CS"),
        "大韩民国": ("country", "KR"),
        "老挝人民民主共和国": ("country", "LA"),
        "海德堡市": ("city", "DE"),
    }


def test_regions_and_venues() -> None:
    assert ("region", "中部灾区") in {(p.kind, p.quote) for p in places("越南红十字会支援中部灾区")}
    venue = next(p for p in places("在归仁市阮必成广场举行") if p.kind == "venue")
    assert (venue.quote, venue.admin1) == ("归仁市阮必成广场", "vn:binh-dinh")


def test_repeated_lines_are_flagged() -> None:
    lines = [Line(1, "河内", Role.CAPTION, "t"), Line(2, "河内", Role.CAPTION, "t", repeat_of=1)]
    assert [place.flags for place in find_places_on(lines)] == [(), ("repeat",)]


def test_reference_rows_resolve() -> None:
    rows = reference_rows()
    ids = {row["place_id"] for row in rows}
    assert len(ids) == len(rows)
    for row in rows:
        assert row["parent_id"] is None or row["parent_id"] in ids, row
        assert row["successor_id"] is None or row["successor_id"] in ids, row


def test_every_mention_names_a_reference_row() -> None:
    ids = {row["place_id"] for row in reference_rows()}
    text = "越南岘港市、捷克斯洛伐克、柏林、占巴塞省、归仁市、寮保口岸、苏联、东德、南斯拉夫、香港"
    assert {p.place_id for p in places(text) if p.place_id} <= ids


def test_what_is_handed_over_or_built_is_no_venue() -> None:
    for text in ("在安江省移交一座水厂", "在永盛县修建友谊大桥"):
        assert [p for p in places(text) if p.kind == "venue"] == []


def test_a_spot_in_a_city_abroad_is_no_district_at_home() -> None:
    assert quotes("在布拉格沙巴市场举行") == ["布拉格"]
    assert quotes("万象和沙巴市的青年") == ["万象", "沙巴市"]
    assert quotes("中国广西与越南广义省")[-1] == "广义省"
    assert "广义省" in quotes("12月1日向广义省红十字会捐款")  # 日向, a city abroad, is not meant


@pytest.mark.parametrize(
    ("lines", "quote", "admin1"),
    [
        (["越南红十字会把净水设备送到文振县两所小学。"], "文振县", "vn:yen-bai"),  # whose province nobody names
        (["岘港市的义工去过五行山郡,也去过福山县。"], "福山县", "vn:quang-nam"),
        (["平阳省的医生来到隆安省周城县义诊。"], "周城县", "vn:long-an"),  # ten provinces have one
        (["槟椥省今年收到两批净水器。", "其中一批分给周城县的渔民。"], "周城县", "vn:ben-tre"),
        (["越南两省的医生一同前往周城县义诊。"], "周城县", None),
        (["海阳省妇联接待客人。", "客人还去了平江县的一所学校。"], "平江县", "vn:hai-duong"),  # and Hunan has one
    ],
)
def test_a_district_is_known_by_its_name(lines: list[str], quote: str, admin1: str | None) -> None:
    found = [place for place in places(*lines) if place.quote == quote]
    assert [place.admin1 for place in found] == [admin1]


def test_a_commune_called_like_a_province_is_none() -> None:
    found = places("同塔省三农县富寿乡的小学生收到书包。")
    assert [(place.quote, place.admin1) for place in found] == [
        ("同塔省", "vn:dong-thap"), ("三农县", "vn:dong-thap"), ("富寿乡", "vn:dong-thap")
    ]  # fmt: skip
    assert [place.kind for place in places("广治乡镇的干部")] == ["admin1"]


def test_a_county_of_china_is_not_taken_for_a_district_of_vietnam() -> None:
    found = places("湖南省岳阳市平江县与湘西州永顺县的茶农来到长沙市。", "越南客人同行。")
    assert not [place for place in found if place.country == "VN" and place.quote in ("平江县", "永顺县")]


def test_a_word_is_no_district_without_its_suffix() -> None:
    assert quotes("河内市的青年把青春与热情带到朔山县。") == ["河内市", "朔山县"]
    assert "朔山" in quotes("河内市的医生到过朔山、福寿两县。")
