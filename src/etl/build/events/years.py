"""The year of a story that prints it once: 3月5日…移交仪式 of works that were finished in 2024年1月.

Only for pages without a publication date. A day without a year lies within four months after the last dated day or
month the page tells of, one without a month in that of the day told before; a date that begins something
(2021年9月18日破土) bounds nothing. Where the page opens with a dated day, 今年 and 明年 count from it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from etl.mentions import DateMention
from etl.normalize.text import fold
from etl.pages import Line
from etl.patterns import on_use

_REACH = dt.timedelta(days=120)
_OPENING = 6  # lines: title, lead, captions, first paragraphs
_LONG = 40  # days: what lasts longer is no day of a story
_PRINTED = on_use(r"(?:19|20)\d\d\s?年")
_BEGINS = on_use(r"^[^,，。;；]{0,12}(?:动工|開工|开工|破土|奠基|启动|签|成立|出生|起)")
_MONTH_DAY = on_use(
    r"^\s*(?:(?P<month>\d{1,2})\s?月\s?)?(?P<day>\d{1,2})\s?日(?:\s?[至到~—–-]+\s?(?P<last>\d{1,2})\s?日)?"
)
_RELATIVE = on_use(
    r"^(?P<year>去年|今年|明年)?(?:(?P<month>\d{1,2})月(?:(?P<third>[上中下]旬)|(?P<day>\d{1,2})日)?|"
    r"第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年)$"
)
_YEARS = {"去年": -1, "今年": 0, "明年": 1}
_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


def with_story_year(lines: Sequence[Line], dates: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """The dates of a page without a publication date, unresolved ones put into the year that the story leaves."""
    last = _last_dated(lines, dates)
    if last is None:
        return tuple(dates)
    opening = {line.line_no for line in lines[:_OPENING]}
    year = last.year if any(d.start_date == last and d.line_no in opening and _is_day(d) for d in dates) else None
    made: list[DateMention] = []
    month: int | None = None
    day_told: dt.date | None = None  # the last day of the story
    governing: tuple[int, int] | None = None  # a line and the year that a 今年 or 明年 set in it
    for date in sorted(dates, key=lambda d: (d.line_no, d.char_start)):
        said = fold(date.quote)
        match = _MONTH_DAY.match(said)
        if match and match["month"]:
            month = int(match["month"])
        elif date.start_date is not None and date.start_date >= last and _is_day(date):
            month = (date.end_date or date.start_date).month
        if date.start_date is None and match and (month is not None or day_told is not None) and _is_day(date):
            day = _first_after(last, month, int(match["day"])) if month is not None else None
            if day is None and not match["month"] and day_told is not None:
                day = _in_month_of(day_told, int(match["day"]))  # 6月15日…围坐一桌。访问团11日入境
            if day is not None:
                end = _first_after(day, day.month, int(match["last"])) if match["last"] else day
                date = _resolved(date, day, end or day)
        elif date.start_date is None and made and (day := _same_or_next(said, made[-1])) is not None:
            date = _resolved(date, day, day)
        elif date.start_date is None and year is not None and (relative := _RELATIVE.match(said)):
            told = _told_year(relative, year, governing, date)
            if told is not None:
                governing = (date.line_no, told)
                date = _resolved(date, *_span(relative, told))
        if date.start_date is not None and _is_day(date) and abs(date.start_date - last) <= 3 * _REACH:
            day_told = date.start_date
        made.append(date)
    return tuple(made)


def _same_or_next(said: str, before: DateMention) -> dt.date | None:
    """次日, 当天: told from the day before in the text."""
    if before.end_date is None or not _is_day(before):
        return None
    if said.startswith(("次日", "翌日", "第二天")):
        return before.end_date + dt.timedelta(days=1)
    return before.end_date if said.startswith(("当天", "当日", "当晚", "同日", "同一天")) else None


def _is_day(date: DateMention) -> bool:
    """Told by the day: 4月8日, 4月8日至13日."""
    if date.precision == "range":
        short = date.start_date is None or date.end_date is None or (date.end_date - date.start_date).days <= _LONG
        return short and "日" in date.quote
    return date.precision in ("day", "day_part")


def _resolved(date: DateMention, start: dt.date, end: dt.date) -> DateMention:
    edtf = start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}"
    return replace(date, start_date=start, end_date=end, edtf=edtf, basis="year_from_section")


def _told_year(match: re.Match[str], year: int, governing: tuple[int, int] | None, date: DateMention) -> int | None:
    """今年9月…,11月…: what follows without a year in the line takes the one that 今年 or 明年 set."""
    if match["year"]:
        return year + _YEARS[match["year"]]
    return governing[1] if governing is not None and governing[0] == date.line_no else None


def _span(match: re.Match[str], year: int) -> tuple[dt.date, dt.date]:
    if match["month"]:
        first = last = min(max(int(match["month"]), 1), 12)
    elif match["quarter"]:
        last = 3 * ("一二三四1234".index(match["quarter"]) % 4 + 1)
        first = last - 2
    else:
        first, last = (1, 6) if match["half"] == "上" else (7, 12)
    final = calendar.monthrange(year, last)[1]
    if match["day"]:
        day = dt.date(year, first, min(max(int(match["day"]), 1), final))
        return day, day
    start, end = _THIRDS.get(match["third"] or "", (1, final))
    return dt.date(year, first, start), dt.date(year, last, min(end, final))


def _last_dated(lines: Sequence[Line], dates: Sequence[DateMention]) -> dt.date | None:
    """The last day, or month's first day, told with its year printed."""
    texts = {line.line_no: line.text for line in lines}
    told = [
        date.start_date
        for date in dates
        if date.start_date is not None
        and (date.precision == "month" or _is_day(date))
        and not date.is_planned
        and _PRINTED.search(fold(date.quote))
        and not _BEGINS.match(texts[date.line_no][date.char_end :][:24])
    ]
    return max(told, default=None)


def _in_month_of(told: dt.date, day: int) -> dt.date | None:
    """A day without a month lies in the month of the day told before, be it before or after that."""
    try:
        return told.replace(day=day)
    except ValueError:
        return None


def _first_after(last: dt.date, month: int, day: int) -> dt.date | None:
    for year in (last.year, last.year + 1):
        try:
            found = dt.date(year, month, day)
        except ValueError:
            return None
        if last <= found <= last + _REACH:
            return found
    return None
