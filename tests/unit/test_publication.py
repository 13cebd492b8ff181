"""The publication date: every dateline form, the markup, and bounds from the article's own words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.normalize.dates import find_dates_on
from etl.normalize.publication import find_publication, read_dateline, with_bounds
from etl.pages import Line, Metadata, Page, Publication, RawDocument, Role

SEEDS = Path(__file__).parent.parent.parent / "seeds"


def _page(
    *lines: tuple[Role, str], timezone: str | None = "Asia/Ho_Chi_Minh", metadata: Metadata | None = None
) -> Page:
    numbered = tuple(Line(number, text, role, "test") for number, (role, text) in enumerate(lines, 1))
    document = RawDocument("a.txt", "a.txt", "0" * 64, (), metadata=metadata or Metadata())
    return Page(document, "test", "test", numbered, timezone=timezone)


@pytest.mark.parametrize(
    ("text", "month_first", "local", "precision"),
    [
        ("15:49 | 09/03/2024", False, "2024-03-09T15:49", "minute"),
        ("09:00 | 09/12/2022 Print", False, "2022-12-09T09:00", "minute"),
        ("１５:４９ | ０９/０３/２０２４", False, "2024-03-09T15:49", "minute"),
        ("09/03/2024 15:49 GMT+7 Email Print Like 0", False, "2024-03-09T15:49", "minute"),
        ("2020-11-18 08:12 来源: 新华社", False, "2020-11-18T08:12", "minute"),
        ("2023 年 08 月 15 日星期二", False, "2023-08-15T00:00", "day"),
        ("2025年12月31日(星期三) 08:30", False, "2025-12-31T08:30", "minute"),
        ("Thứ Ba, 15/08/2023 10:00", False, "2023-08-15T10:00", "minute"),
        ("2/3/2024 3:49:00 PM", True, "2024-02-03T15:49", "minute"),
        ("2/3/2024 12:05 AM", False, "2024-03-02T00:05", "minute"),
        ("12/31/2025", True, "2025-12-31T00:00", "day"),
        ("12/31/2025", False, "2025-12-31T00:00", "day"),
    ],
)
def test_dateline_forms(text: str, month_first: bool, local: str, precision: str) -> None:
    found = read_dateline(text, month_first=month_first)
    assert found is not None
    assert (found[0].strftime("%Y-%m-%dT%H:%M"), found[1]) == (local, precision)


@pytest.mark.parametrize(
    "text", ["热线电话: 0274 383 347", "来源: 越通社", "32/13/2024", "2024年", "第80/2020/ND-CP号"]
)
def test_what_is_no_dateline(text: str) -> None:
    assert read_dateline(text) is None


def test_the_instant_is_that_of_the_sites_zone() -> None:
    found = find_publication(_page((Role.TITLE, "题"), (Role.DATELINE, "15:49 | 09/03/2024")))
    local = dt.datetime(2024, 3, 9, 15, 49)  # noqa: DTZ001
    assert found == Publication(local, dt.datetime(2024, 3, 9, 8, 49, tzinfo=dt.UTC), "minute", "dateline")


def test_without_a_zone_there_is_no_instant() -> None:
    found = find_publication(_page((Role.DATELINE, "15:49 | 09/03/2024"), timezone=None))
    assert (found.at, found.precision, found.flags) == (None, "minute", ("tz_unknown",))


def test_a_day_has_no_instant_and_begins_at_midnight() -> None:
    found = find_publication(_page((Role.DATELINE, "2023 年 08 月 15 日星期二")))
    assert (found.local, found.at, found.precision) == (dt.datetime(2023, 8, 15), None, "day")  # noqa: DTZ001


def test_metadata_counts_after_the_dateline() -> None:
    stated = Metadata(published=dt.datetime(2024, 3, 9, 9, 0, tzinfo=dt.UTC), published_precision="minute")
    found = find_publication(_page((Role.BODY, "文"), metadata=stated))
    assert (found.local, found.basis) == (dt.datetime(2024, 3, 9, 16, 0), "metadata")  # noqa: DTZ001
    found = find_publication(_page((Role.DATELINE, "15:49 | 08/03/2024"), metadata=stated))
    assert (found.date, found.basis) == (dt.date(2024, 3, 8), "dateline")


def test_a_stated_time_in_another_frame_line_counts_a_bare_date_does_not() -> None:
    assert find_publication(_page((Role.NAV, "发布时间：2024-05-03 10:20"))).date == dt.date(2024, 5, 3)
    assert find_publication(_page((Role.NAV, "2024-05-03 10:20"))).date is None


def test_the_day_under_the_title_counts_before_a_clock_over_it() -> None:
    clock, day = (Role.DATELINE, "周四, 18/07/2024 | 09:15:22"), (Role.DATELINE, "16/07/2024")
    title, text = (Role.TITLE, "渔村图书馆开馆"), (Role.BODY, "图书馆开馆。")
    assert find_publication(_page(clock, title, day, text)).local == dt.datetime(2024, 7, 16)  # noqa: DTZ001
    assert find_publication(_page(clock, title, text)).local == dt.datetime(2024, 7, 18, 9, 15)  # noqa: DTZ001


def test_of_days_over_the_title_the_labelled_or_the_nearest_counts() -> None:
    clock, day = (Role.DATELINE, "星期六, 03/01/2026 09:15"), (Role.DATELINE, "12/04/2025 08:00")
    title, text = (Role.TITLE, "渔村图书馆开馆"), (Role.BODY, "图书馆开馆。")
    assert find_publication(_page(clock, day, title, text)).date == dt.date(2025, 4, 12)
    labelled = (Role.DATELINE, "发布时间：08:45 12/04/2025")
    assert find_publication(_page(labelled, clock, title, text)).date == dt.date(2025, 4, 12)


def test_a_range_before_the_stated_day_is_not_the_publication() -> None:
    weekly = (Role.DATELINE, "（2024年6月3日—6月9日）发布：2024-06-10")
    assert find_publication(_page(weekly)).local == dt.datetime(2024, 6, 10)  # noqa: DTZ001


def test_an_agency_dateline_with_its_year_states_the_day() -> None:
    found = find_publication(_page((Role.BODY, "新华社北京2020年11月17日电 国务院17日召开会议。")))
    assert (found.date, found.basis, found.precision) == (dt.date(2020, 11, 17), "text", "day")
    assert find_publication(_page((Role.BODY, "新华社北京11月17日电 国务院17日召开会议。"))).basis == "none"


def test_teasers_never_date_a_page() -> None:
    assert (
        find_publication(_page((Role.RELATED, "15:49 | 09/03/2024"), (Role.PROMO, "2024-05-03 10:20"))) == Publication()
    )


def _bounded(*texts: str) -> Publication:
    page = _page(*((Role.BODY, text) for text in texts))
    return with_bounds(Publication(), find_dates_on(page.own_lines(), None), page)


def test_bounds_lie_between_the_last_day_told_and_the_first_announced() -> None:
    found = _bounded("学校于2024年3月5日开学,2023年9月1日奠基。", "二期将于2024年12月20日动工。")
    assert (found.earliest, found.latest) == (dt.date(2024, 3, 5), dt.date(2024, 12, 20))


def test_terms_ranges_and_bare_years_bound_nothing() -> None:
    found = _bounded("规定自2026年7月1日起施行,有效期至2030年12月31日。2025-2030年任期。2027年,")
    assert (found.earliest, found.latest) == (None, None)


def test_a_stated_date_needs_no_bounds() -> None:
    page = _page((Role.BODY, "2024年3月5日"))
    stated = Publication(dt.datetime(2024, 3, 6), None, "day", "dateline")  # noqa: DTZ001
    assert with_bounds(stated, find_dates_on(page.own_lines(), stated.date), page) == stated
