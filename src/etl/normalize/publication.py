"""When a page says it was published: its dateline, its markup, its agency's dateline - and nothing else.

Never a teaser's date, a file's or a crawl's time. `with_bounds` draws what the article's own words allow when no
date is stated.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from etl.mentions import DateMention
from etl.normalize.dates import find_dates
from etl.normalize.dates.signs import digits, fold, number
from etl.pages import Line, Page, Publication, Role

_CLOCK = (
    r"(?P<early>上午|下午|晚上|凌晨|中午)? ?"
    r"(?P<hour>[01]?\d|2[0-3])[:时時点h] ?(?P<minute>[0-5]\d)(?::[0-5]\d)?(?: ?(?P<half>[AaPp])\.?[Mm])?"
)
_WEEKDAY = r"(?: ?\(?(?:星期|周|礼拜|\()[一二三四五六日天]\)?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # 2020-11-18 08:12 来源: X · 2023 年 08 月 15 日星期二 · 2024-05-27T13:00:00+07:00
        r"(?<!\d)(?P<year>(?:19|20)\d\d) ?[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2})(?!\d)(?: ?日)?"
        + _WEEKDAY
        + r"(?:(?:[T ,|\[(]{1,3}|(?<=[日一二三四五六天)]))"
        + _CLOCK
        + ")?",
        # 15:49 | 09/03/2024
        r"(?<!\d)"
        + _CLOCK
        + r"[ |,-]{1,3}(?:ngày )?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)(?!\d)",
        # 09/03/2024 15:49 GMT+7 · 12/31/2025 where the site prints the month first
        r"(?<!\d)(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)(?!\d)(?:[ ,|\[(-]{1,3}"
        + _CLOCK
        + ")?",
    )
)
# Thu, 29 Oct 2020 11:08:00 +0700 · August 30, 2021 10:15 · 二〇一八年一月十二日, written anew as 2020-10-29
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: k for k, name in enumerate(_ENGLISH_MONTHS, 1)}
_ENGLISH = re.compile(
    r"(?<![A-Za-z\d])(?:(?P<day>\d{1,2}) )?(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?,? "
    r"(?:(?P<later>\d{1,2})(?:st|nd|rd|th)?,? )?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_WRITTEN = re.compile(
    "(?P<year>[一二][〇零○一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,2})月"
    "(?P<day>[一二三四五六七八九十廿]{1,3})日"
)
# 14 Tháng Tám, 2023; 14 Tháng 8 2023
_VIETNAMESE_MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_VIETNAMESE_NAMED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2}) Tháng (?P<month>\d{1,2}|Mười Một|Mười Hai|Mười|Một|Hai|Ba|Tư|Năm|Sáu|Bảy|Tám|Chín),? "
    r"(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_VIETNAMESE_ORDER = {name: k for k, name in enumerate(_VIETNAMESE_MONTHS, 1)}
# ngày 12 tháng 3 năm 2020
_VIETNAMESE = re.compile(r"ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>(?:19|20)\d\d)", re.IGNORECASE)
# 4月 4, 2024 · 04 四月 2024: English order with Chinese months
_MONTH_FIRST = re.compile(
    r"(?<![\d年])(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2}) ?月 ?(?P<day>\d{1,2}) ?日?, ?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2}) (?P<month>[一二三四五六七八九十]{1,2})月,? (?P<year>(?:19|20)\d\d)(?!\d)"
)
# 民國112年5月9日: years of the Republic are counted from 1912
_REPUBLIC = re.compile("民[国國] ?(?P<year>\\d{2,3}) ?年 ?(?P<month>\\d{1,2}) ?月 ?(?P<day>\\d{1,2}) ?日")
# 公告日期:113-05-20, the same in figures
_REPUBLIC_FIGURES = re.compile(
    "(?<=[期间間:]) ?(?P<year>1[01]\\d)[-/.年](?P<month>\\d{1,2})[-/.月](?P<day>\\d{1,2})(?![\\d.])"
)
_OF_REPUBLIC = (_REPUBLIC, _REPUBLIC_FIGURES)
_IN_OTHER_SIGNS = (
    _ENGLISH,
    _WRITTEN,
    _VIETNAMESE,
    _VIETNAMESE_NAMED,
    _REPUBLIC,
    _REPUBLIC_FIGURES,
    _MONTH_FIRST,
    _DAY_FIRST,
)
_OFFSET = re.compile(r"(?:GMT|UTC)? ?([+-])(0?\d|1[0-4])(?::?([0-5]\d))?(?!\d)")
# 发布时间：2024-05-03 10:20 in a line that is no dateline by its role
_STATED = re.compile("(?:发布|发表|更新|刊登|上载|上传|张贴|刊载|发稿|见报)(?:(?:时间|日期|于) ?:?| ?:) ?")
# 自2026年7月1日起, 到2025年12月31日, 2024年3月5日前: days that need not have come
_NOT_YET_AFTER = ("起", "前", "之前", "以前", "为止", "止", "生效", "施行", "开始")
_NOT_YET_BEFORE = ("到", "至", "迄")


def find_publication(page: Page) -> Publication:
    """The publication date the page itself states; `precision` "none" when it states none.

    Sources in order: dateline lines (or 发布时间 in other frame lines), the markup's metadata, an agency dateline
    with its year at the article's opening (basis `text`).
    """
    for text in _datelines(page):
        found = read_dateline(text, month_first=page.month_first)
        if found is not None:
            return _placed(*found, "dateline", page.timezone)
    metadata = page.document.metadata
    if metadata.published is not None:
        return _placed(metadata.published, metadata.published_precision or "minute", "metadata", page.timezone)
    told = _agency_day(page)
    if told is not None:
        return _placed(dt.datetime(told.year, told.month, told.day), "day", "text", page.timezone)  # noqa: DTZ001
    return Publication()


def read_dateline(text: str, *, month_first: bool = False) -> tuple[dt.datetime, str] | None:
    """The local time a dateline prints and its precision (minute or day); aware when the line names an offset."""
    folded = fold(text)
    for form in _IN_OTHER_SIGNS:
        folded = form.sub(_in_figures, folded)
    for form in _FORMS:
        match = form.search(folded)
        if match is None:
            continue
        local = _time(match, month_first)
        if local is not None:
            timed = match["hour"] is not None
            return (_with_offset(local, folded[match.end() :]) if timed else local), "minute" if timed else "day"
    return None


def _in_figures(match: re.Match[str]) -> str:
    """A date in words, in Chinese numerals or in years of the Republic as 2020-10-29; unchanged when it is none."""
    month = match["month"]
    try:
        year = digits(match["year"].replace("〇", "零").replace("○", "零")) + (1911 if match.re in _OF_REPUBLIC else 0)
        day = match["day"] or match.groupdict().get("later") or ""
        named = _MONTHS.get(month[:3].lower()) or _VIETNAMESE_ORDER.get(month.lower())
        return f"{year}-{named or number(month):02d}-{number(day):02d}"
    except KeyError:
        return match[0]


def with_bounds(publication: Publication, dates: Sequence[DateMention], page: Page) -> Publication:
    """Fill `earliest` and `latest` of an unknown publication date from the article's own explicit dates.

    The page is not older than a day it tells as past, and not younger than one it announces.
    """
    if publication.local is not None:
        return publication
    lines = {line.line_no: line for line in page.own_lines()}
    written = [mention for mention in dates if _is_firm(mention) and mention.line_no in lines]
    past = [m.start_date for m in written if not m.is_planned and m.start_date and _has_come(m, lines[m.line_no])]
    earliest = max(past, default=None)
    ahead = [
        m.end_date for m in written if m.is_planned and m.end_date and (earliest is None or m.end_date >= earliest)
    ]
    return replace(publication, earliest=earliest, latest=min(ahead, default=None))


def _datelines(page: Page) -> Iterator[str]:
    title = next((line.line_no for line in page.lines if line.role is Role.TITLE), 0)

    # The day under the title is the article's; the clock in the head of the page may be the reader's.
    # Of several over it the labelled one comes first, then the one nearest to the title: 星期六, 03/01/2026 / 首页 / …
    def rank(line: Line) -> tuple[bool, bool, int]:
        above = line.line_no < title
        return above, above and _STATED.search(fold(line.text)) is None, -line.line_no if above else line.line_no

    for line in sorted((line for line in page.lines if line.role is Role.DATELINE), key=rank):
        stated = _STATED.search(fold(line.text))  # （2024年6月3日—6月9日）发布：2024-06-09
        if stated is not None:
            yield line.text[stated.end() :]
        yield line.text
    for line in page.frame():
        stated = _STATED.search(fold(line.text))
        if stated is not None:
            yield line.text[stated.end() :]
    for line in page.frame():
        if line.rule == "mark.printed_in":  # 《 人民日报 》（ 2016年11月02日 21 版）
            yield line.text


def _time(match: re.Match[str], month_first: bool) -> dt.datetime | None:
    """The printed time; day and month change places where the site says so or nothing else makes a date."""
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if match.re is not _FORMS[0] and ((month_first and day <= 12) or month > 12):
        month, day = day, month
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    if match["half"] is not None and hour <= 12:
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    if match["early"] in ("下午", "晚上") and hour < 12:
        hour += 12
    try:
        return dt.datetime(year, month, day, hour, minute)  # noqa: DTZ001
    except ValueError:
        return None


def _with_offset(local: dt.datetime, after: str) -> dt.datetime:
    """09/03/2024 15:49 GMT+7: aware of the offset the line names right after the time."""
    offset = _OFFSET.match(after.lstrip(" :0123456789."))
    if offset is None:
        return local
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    return local.replace(tzinfo=dt.timezone(dt.timedelta(minutes=minutes if offset[1] == "+" else -minutes)))


def _agency_day(page: Page) -> dt.date | None:
    """The day of an agency dateline that opens the article and prints its year: 新华社北京2020年11月17日电."""
    for line in page.own_lines():
        if line.role is Role.BODY:
            for mention in find_dates(line.text[:60]):
                if "agency_dateline" in mention.flags and mention.basis == "explicit" and mention.precision == "day":
                    return mention.start_date
            return None
    return None


def _is_firm(mention: DateMention) -> bool:
    return (
        mention.basis == "explicit"
        and mention.precision in ("day", "day_part", "month")
        and "repeat" not in mention.flags
    )


def _has_come(mention: DateMention, line: Line) -> bool:
    """Whether the text tells the day as come rather than as a term."""
    after, before = line.text[mention.char_end :], line.text[: mention.char_start]
    return not after.startswith(_NOT_YET_AFTER) and not before.endswith(_NOT_YET_BEFORE)


def _placed(local: dt.datetime, precision: str, basis: str, timezone: str | None) -> Publication:
    """The publication with its instant: the site's zone, else the offset printed, else none and a flag."""
    if precision == "day":
        day = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        return Publication(day, None, "day", basis)
    local = local.replace(second=0, microsecond=0)
    if local.tzinfo is not None:
        shown = local.astimezone(ZoneInfo(timezone)) if timezone else local
        return Publication(shown.replace(tzinfo=None), local.astimezone(dt.UTC), "minute", basis)
    if timezone is None:
        return Publication(local, None, "minute", basis, flags=("tz_unknown",))
    return Publication(local, local.replace(tzinfo=ZoneInfo(timezone)).astimezone(dt.UTC), "minute", basis)
