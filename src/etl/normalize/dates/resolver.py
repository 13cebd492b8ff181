"""From expressions to days: which year, month and day a written date means where it stands.

In this order (CONTRACT, basis): a year it states; a year that governs it in its sentence, section or paragraph;
the publication date - the nearest such day not after it, or after it when planned; without a publication date a
single fitting year in the sentence, the section, the paragraph before; else it stays unresolved.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from etl.mentions import changed
from etl.normalize.dates import calendar, clauses, fiscal, lunar
from etl.normalize.dates.calendar import Span
from etl.normalize.dates.clauses import Prose
from etl.normalize.dates.fields import ROC, Point
from etl.normalize.dates.story import RECENT, Story, Told

_FIRST_ERA_YEAR, _LAST_ERA_YEAR = 90, 150  # three figures before a month: years that count from 1912
_MONTH_TURNS = 15  # days: the 2nd after the 30th is of the next month, the 14th after the 16th looks back
# Points that begin so need none of the rules for eras, pairs, the lunar calendar, echoes and shifts.
_PLAIN = frozenset({"year", "month", "day", "bare_year", "bare_month", "bare_day"})
_CIVIL = frozenset({"year", "month", "day"})
_SOON = dt.timedelta(days=31)  # 1月15日开幕,1月18日闭幕 on a page of 15 January
_LONG_AGO = dt.timedelta(days=200)
_FAR = 300  # days: 将于七月五号 on a page of 9 August looks back, for nobody leaves out a year so far ahead


class Days(NamedTuple):
    """The days a point means, None while unresolved, with precision and basis of CONTRACT."""

    span: Span | None
    precision: str
    basis: str


@dataclass(slots=True)
class Setting:
    """Where a date stands: what was told before it, whether it is planned, and the words around.

    Those are read when a rule asks: most dates state their year, and no rule does.
    """

    story: Story
    planned: bool
    prose: Prose
    start: int
    around: str  # its clause
    sentence: tuple[str, str]  # its sentence before and after it, for fiscal years

    @property
    def leaning(self) -> bool:
        """An earlier clause of its sentence plans."""
        return not self.planned and clauses.leans_on_plan(self.prose.folded, self.start)

    @property
    def unfinished(self) -> bool:
        """What is said to begin, with a later term: 头两口井11月上旬动工,赶在明年春节前出水."""
        return clauses.has_term(self.prose.folded, self.start)

    @property
    def moved(self) -> bool:
        """Set once or set anew: 原定4月举行, 推迟到6月20日, 展览持续到4月7日."""
        return clauses.is_moved(self.around) or clauses.is_bound(self.prose.folded, self.start)

    @property
    def earlier(self) -> bool:
        """Before the day told last: 在此之前,…将于12月20日派员."""
        return self.story.chain is not None and clauses.is_earlier(self.prose.folded, self.start)


def civil_days(point: Point) -> Days | None:
    """The days of a point that leaves nothing open, 2025年3月8日, 2025年; None for any other, which `resolve` reads.

    It takes the short way, for these are most of all dates.
    """
    if point.kinds[0] != "year" or point.year is None or not _CIVIL.issuperset(point.kinds):
        return None
    return _within(point, point.year, "explicit")


def resolve(point: Point, setting: Setting) -> Days | None:
    """The days of one point, or None when the calendar has no such day."""
    found = _days(point, setting)
    if found is not None and (point.part or point.clock) and found.precision == "day":
        return found._replace(precision="day_part")
    return found


def _days(point: Point, setting: Setting) -> Days | None:
    if point.kinds[0] not in _PLAIN or point.lunar:
        for rule in (_pair, _era, _lunar, _echo, _shifted, _same_period):
            found = rule(point, setting)
            if found is not None:
                return found
    if point.week_shift is not None or (point.weekday is not None and point.day is None):
        return _week(point, setting)
    if point.month is None and point.day is not None:
        return _bare_day(point, setting)
    stated = _stated_year(point, setting)
    if stated is not None:
        return _within(point, *stated)
    if _counts_from_publication(point):
        return Days(None, _precision(point), "unresolved")
    return _yearless(point, setting)


def _within(point: Point, year: int, basis: str) -> Days | None:
    if point.feast:
        day = lunar.feast_day(point.feast, year) if 1 <= year <= 9998 else None
        return None if day is None else Days((day, day), "day", "holiday")
    if not 1 <= year <= 9998:
        return None
    found = calendar.in_year(point, year)
    return None if found is None else Days(*found, basis)


def _stated_year(point: Point, setting: Setting) -> tuple[int, str] | None:
    """The year the point itself gives, absolute, relative to publication, or counted from the last year told."""
    published = setting.story.published
    if point.year is not None:
        if point.kinds[0] == "year3" and point.month is not None and _FIRST_ERA_YEAR <= point.year <= _LAST_ERA_YEAR:
            return point.year + ROC, "explicit"  # 112年5月9日: years counted from 1912
        return point.year, "explicit"
    if point.short_year is not None:
        return long_year(point.short_year, published), "explicit"
    if point.sexagenary is not None:
        near = setting.story.sentence_only or setting.story.last_year or (published.year if published else None)
        return None if near is None else (lunar.sexagenary_year(point.sexagenary, near), "explicit")
    if point.year_shift is not None and (point.year_echo is None or setting.story.last_year is None):
        return None if published is None else (published.year + point.year_shift, "relative")
    if point.year_echo is not None:
        last = setting.story.last_year
        return None if last is None else (last + point.year_echo, "inherited")
    return None


def _counts_from_publication(point: Point) -> bool:
    return point.year_shift is not None or point.year_echo is not None or point.sexagenary is not None


def long_year(short: int, published: dt.date | None) -> int:
    """98 is 1998, 08 is 2008: at most ten years after publication (after 2040 when that is unknown)."""
    latest = 2040 if published is None else published.year + 10
    return 2000 + short if 2000 + short <= latest else 1900 + short


def _yearless(point: Point, setting: Setting) -> Days | None:
    """A month, day or part of a year without its year: what governs it first, then the publication date."""
    story, published = setting.story, setting.story.published
    nearest: Days | None = None
    is_sought = published is None  # the days near publication are sought when a rule asks: a firm year does not
    for year, basis, firm in _governing(point, setting):
        found = _within(point, year, basis)
        if found is None or found.span is None or (not firm and _runs_ahead(found.span, setting)):
            continue
        if story.chain is not None and story.chain.span and found.span > story.chain.span and setting.earlier:
            continue
        if firm:
            return found
        if not is_sought and published is not None:
            nearest, is_sought = _nearest_of(point, published, setting), True
        if not _is_recent(nearest, published):
            return found
        break
    if published is None:
        return Days(None, _precision(point), "unresolved")
    return nearest if is_sought else _nearest_of(point, published, setting)


def _is_recent(nearest: Days | None, published: dt.date | None) -> bool:
    """Days just before publication are the news itself: a year told further off does not take them."""
    if nearest is None or nearest.span is None or published is None or nearest.precision not in ("day", "day_part"):
        return False
    return published - RECENT <= nearest.span[0] <= published


def _runs_ahead(span: Span, setting: Setting) -> bool:
    """Whether a date that nobody plans would lie after publication by a year that was not written."""
    chain, published = setting.story.chain, setting.story.published
    if published is None or setting.planned or span[0] <= published + _SOON:
        return False
    return chain is not None and chain.span is not None and chain.span[0] <= published


def _governing(point: Point, setting: Setting) -> list[tuple[int, str, bool]]:
    """The years that may govern, nearest first: (year, basis, whether it governs against recent news)."""
    story, found = setting.story, []
    here = (point.month or 0, point.day or 31)
    if story.chain is not None and story.chain.span is not None:
        first = story.chain.span[0]
        if point.span is not None or story.chain.month is None or here >= (first.month, first.day):
            found.append((first.year, "year_from_sentence", story.chain.stated))
    if story.sentence_year is not None:
        found.append((story.sentence_year, "year_from_sentence", story.sentence_firm))
    if story.paragraph_year is not None and here >= story.paragraph_from:
        found.append((story.paragraph_year, "inherited", False))
    if story.section_year is not None:
        found.append((story.section_year, "year_from_section", False))
    if story.published is None:
        if story.sentence_only is not None:
            found.append((story.sentence_only, "year_from_sentence", True))
        if story.spoken_year is not None:
            found.append((story.spoken_year, "inherited", True))
        elif len(story.before_years) == 1 and _may_hold_plan(here, setting):
            found += [(year, "inherited", True) for year in story.before_years]
    return found


def _may_hold_plan(here: tuple[int, int], setting: Setting) -> bool:
    """Whether a year told before may be that of a plan: 2019年8月破土。¶两县约好,5月中旬… is of none told as past.

    The year of a day of the story is, where the plan lies after that day: 2023年3月9日座谈。¶约好6月合办书展.
    """
    if not setting.planned and not setting.leaning:
        return True
    day = setting.story.story_day
    return day is not None and day.span is not None and here >= (day.span[0].month, day.span[0].day)


def _nearest_of(point: Point, published: dt.date, setting: Setting) -> Days | None:
    """The last or the next such days, as the words around them ask; of what was put off the nearer of both."""
    found = _nearest(point, published, setting.planned, setting)
    if setting.planned or found is None or found.span is None or not setting.moved:
        return found
    ahead = _nearest(point, published, True, setting)
    if ahead is None or ahead.span is None or ahead.span[0] - published >= published - found.span[1]:
        return found
    return ahead


def _nearest(point: Point, published: dt.date, planned: bool, setting: Setting) -> Days | None:
    """The last such days that begin not after the publication date, or the next ones when planned.

    Days that only lean on a plan told before them look ahead where they are near and the last such days are far.
    """
    if point.span is not None and point.span[0] == "year_part":
        year = published.year - (point.span[1] > 0 and published.month <= 2 and not planned)
        return _within(point, year, "year_from_publication")
    past = ahead = None
    for year in range(published.year, published.year - 9, -1):
        found = _within(point, year, "year_from_publication")
        if found is not None and found.span is not None and _begun(point, found.span, published):
            past = found
            break
    if not planned:
        since = (published - past.span[0]).days if past is not None and past.span else 0
        if since < _LONG_AGO.days or not (setting.leaning or (since > _FAR and setting.unfinished)):
            return past
    for year in range(published.year, published.year + 9):
        found = _within(point, year, "year_from_publication")
        if found is not None and found.span is not None and found.span[1] >= published:
            ahead = found
            break
    if ahead is None or ahead.span is None:
        return past
    if ahead.precision == "day" and past is not None and (ahead.span[0] - published).days > _FAR:
        return past
    return ahead


def _begun(point: Point, span: Span, published: dt.date) -> bool:
    """前11个月 of a December page is this year's, of a January page last year's: it counts by its end."""
    if point.span is not None and point.span[0] in ("months", "quarters"):
        return span[1].replace(day=1) <= published
    return span[0] <= published


def _precision(point: Point) -> str:
    """The precision an unresolved point has by its form."""
    if point.day is not None or point.day_shift is not None or point.day_echo is not None or point.weekday is not None:
        return "day"
    if point.month_part:
        return "range"
    if point.month is not None or point.month_shift is not None or point.month_echo is not None:
        return "month"
    if point.week_shift is not None:
        return "week"
    if point.span is not None:
        return {
            "half": "half",
            "rel_half": "half",
            "quarter": "quarter",
            "rel_quarter": "quarter",
            "season": "season",
            "nth_day": "day",
        }.get(point.span[0], "range")
    return "year"


def _pair(point: Point, setting: Setting) -> Days | None:
    """2022财年, 2024-2025学年, 2016-2018: years that bring their own two ends."""
    if point.pair is None:
        return None
    first, last = point.pair
    if not 1 <= first <= last <= 9998:
        return None
    kind = point.kinds[0]
    if kind == "fiscal":
        return Days(fiscal.fiscal_span(first, last, *setting.sentence), "year", "fiscal")
    if kind == "school":
        return Days(fiscal.school_span(first, last), "year", "explicit")
    return Days((dt.date(first, 1, 1), dt.date(last, 12, 31)), "range", "explicit")


def _era(point: Point, setting: Setting) -> Days | None:
    """18世纪, 二十世纪九十年代末期, 上世纪80年代, 90年代."""
    if point.century is None and point.century_shift is None and point.decade is None:
        return None
    published = setting.story.published
    century, basis = point.century, "explicit"
    if century is None:
        shift = -1 if point.century_shift is None else point.century_shift
        century, basis = (published.year // 100 + 1 if published else 21) + shift, "relative"
        if (
            point.century_shift is None
            and published
            and 100 * century + (point.decade or 0) <= published.year
            and (point.decade or 0) < 30
        ):
            century += 1
    if not 1 <= century <= 99:
        return None
    if point.decade is not None:
        precision = "range" if point.edge else "decade"
        return Days(calendar.era_span(100 * (century - 1) + point.decade, 10, point.edge), precision, basis)
    return Days(calendar.era_span(100 * (century - 1), 100, point.edge), "range" if point.edge else "century", basis)


def _lunar(point: Point, setting: Setting) -> Days | None:
    """农历正月十四, 2025乙巳年春节: through the tables; without a year the nearest not after publication."""
    if not point.lunar or point.month is None:
        return None
    published = setting.story.published
    stated = _stated_year(point, setting)
    years: list[int] = []
    if stated is None and point.year_shift is not None:
        return Days(None, "day" if point.day else "range", "unresolved")  # 明年农历三月初三 of nobody knows when
    if stated is not None:
        years = [stated[0]]
    elif setting.story.chain is not None and setting.story.chain.span is not None:
        years = [setting.story.chain.span[0].year]
    elif published is not None:
        years = (
            [published.year + 1, published.year, published.year - 1]
            if not setting.planned
            else [published.year - 1, published.year, published.year + 1]
        )
    for year in years:
        span = _lunar_span(point, year)
        if span is None:
            continue
        if (
            stated is None
            and published is not None
            and len(years) > 1
            and (span[0] < published if setting.planned else span[0] > published)
        ):
            continue
        return Days(span, "day" if point.day else "range", "lunar")
    return Days(None, "day" if point.day else "range", "unresolved") if not years else None


def _lunar_span(point: Point, year: int) -> Span | None:
    month = point.month or 1
    first = lunar.solar_day(year, month, point.day or 1, leap=point.leap)
    if first is None or point.day is not None:
        return None if first is None else (first, first)
    last = lunar.solar_day(year, month, 30, leap=point.leap) or lunar.solar_day(year, month, 29, leap=point.leap)
    return None if last is None else (first, last)


def _echo(point: Point, setting: Setting) -> Days | None:
    """同日, 次日, 当天, 当晚 and 同月15日: counted from the last day the story told."""
    if point.day_echo is None and point.month_echo is None:
        return None
    story = setting.story
    told = story.antecedent()
    span = told.span if told is not None else None
    if story.stay_is_last and story.stay is not None and (point.day_echo or 0) > 0:
        span = story.stay  # 5月20日至22日走访三乡。次日,双方在省会签字
    if point.month_echo is not None and story.last_period is not None:
        first, last = story.last_period[0]
        if last - first <= _SOON:  # 去年11月3日至12日走访五省,当月15日返程
            span = story.last_period[0]
    if span is None:
        return Days(None, _precision(point), "unresolved")
    if point.day_echo is not None:
        day = span[1] + dt.timedelta(days=point.day_echo)
        return Days((day, day), "day", "inherited")
    year, month = calendar.month_shifted(span[0], point.month_echo or 0)
    return _within(changed(point, month=month, month_echo=None), year, "inherited")


def _shifted(point: Point, setting: Setting) -> Days | None:
    """昨日, 今(9)日, 上月8日, 上个季度: counted from the publication date."""
    published = setting.story.published
    by_span = point.span is not None and point.span[0].startswith("rel_")
    if point.day_shift is None and point.month_shift is None and not by_span:
        return None
    if published is None:
        return Days(None, _precision(point), "unresolved")
    if point.day_shift is not None:
        return _shifted_day(point, published)
    if point.month_shift is not None:
        year, month = calendar.month_shifted(published, point.month_shift)
        return _within(changed(point, month=month, month_shift=None), year, "relative")
    name, shift = point.span or ("", 0)
    length = 6 if name == "rel_half" else 3
    year, month = calendar.month_shifted(published.replace(day=1), shift * length)
    first = (month - 1) // length * length + 1
    return Days(calendar.days(year, first, first + length - 1), name.removeprefix("rel_"), "relative")


def _shifted_day(point: Point, published: dt.date) -> Days | None:
    if point.year_shift is not None:  # 去年的今天
        return _within(
            Point(0, 0, month=published.month, day=published.day), published.year + point.year_shift, "relative"
        )
    if point.day is not None:  # 今(9)日: the ninth nearest to publication
        near = [published + dt.timedelta(days=n) for n in range(-15, 16)]
        same = [day for day in near if day.day == point.day]
        day = min(same, key=lambda d: abs(d - published)) if same else None
    else:
        day = published + dt.timedelta(days=point.day_shift or 0)
    return None if day is None else Days((day, day), "day", "relative")


def _same_period(point: Point, setting: Setting) -> Days | None:
    """去年同期: the period told last, a year earlier."""
    if point.span is None or point.span[0] != "same":
        return None
    told = setting.story.last_period
    published = setting.story.published
    if told is not None:
        try:
            first, last = told[0][0].replace(year=told[0][0].year - 1), told[0][1].replace(year=told[0][1].year - 1)
        except ValueError:  # 29 February
            return None
        return Days((first, last), told[1], "relative")
    if published is None:
        return Days(None, "year", "unresolved")
    return Days(calendar.days(published.year - 1, 1, 12), "year", "relative")


def _week(point: Point, setting: Setting) -> Days | None:
    published = setting.story.published
    if published is None:
        return Days(None, "week" if point.weekday is None else "day", "unresolved")
    monday, sunday = calendar.week(published, point.week_shift or 0)
    if point.month_part == "周末":
        return Days((monday + dt.timedelta(days=5), sunday), "range", "relative")
    if point.weekday is None:
        return Days((monday, sunday), "week", "relative")
    day = monday + dt.timedelta(days=point.weekday)
    if point.week_shift is None:  # a bare 周三: the last one, or the next when planned
        if setting.planned and day < published:
            day += dt.timedelta(days=7)
        elif not setting.planned and day > published:
            day -= dt.timedelta(days=7)
    return Days((day, day), "day", "relative")


def _bare_day(point: Point, setting: Setting) -> Days | None:
    """28日 without a month: that of the chain in its sentence, then the publication's, then the story's."""
    story, published = setting.story, setting.story.published
    number = point.day or 1
    within = _within_stay(story.stay, number) if setting.planned and story.chain is None else None
    if within is not None and published is not None and within <= published:
        return Days((within, within), "day", "inherited")  # 19日至25日访问三城。第二站安排在22日: no plan any more
    if (
        story.chain is not None
        and story.chain.month is not None
        and (story.chain.day or not _is_news(number, published))
    ):
        if story.chain.span is None:
            return Days(None, "day", "unresolved")
        day = _next_numbered(story.chain.span[0], number)
        if day is not None and setting.planned and published is not None and day < published:
            day = _ahead(published, number) or day  # 9月27日启程,预计15日返台 on a page of 12 October
        if _is_news(number, published) and not _governs_news(story.chain.span, setting):
            return _bare_near(point, setting)  # 约定5月10日合办长跑;25日下午,总领事会晤…
        return None if day is None else Days((day, day), "day", "year_from_sentence")
    if story.chain is None and not setting.planned and (story.is_staying or not _is_news(number, published)):
        within = _within_stay(story.stay, number)
        if within is not None:  # 2024年5月20日至26日访问两国。¶在首都,代表团21日会谈
            return Days((within, within), "day", "inherited")
    told = story.last_day
    opened = story.opened
    if opened is not None and told is not None and told.span is not None and published is not None:
        # 2022年10月3日,堤坝决口。12日,商会汇款…, on a page of 20 February: the paragraph tells of those days
        day = _next_numbered(told.span[0], number)
        if day is not None and published - told.span[0] > RECENT and told.span[0] <= day <= told.span[0] + RECENT:
            return Days((day, day), "day", "inherited")
    if told is not None and told.span is not None and not _is_news(number, published):
        day = _next_numbered(told.span[0], number)
        if (
            day is not None
            and (published is None or day <= published or setting.planned)
            and 0 <= (day - told.span[0]).days <= _MONTH_TURNS
        ):
            return Days((day, day), "day", "inherited")
    return _bare_near(point, setting)


def _within_stay(stay: Span | None, number: int) -> dt.date | None:
    """The day of that number among the days of a stay."""
    if stay is None:
        return None
    near = (stay[0] + dt.timedelta(days=n) for n in range((stay[1] - stay[0]).days + 1))
    return next((day for day in near if day.day == number), None)


def _governs_news(span: Span, setting: Setting) -> bool:
    """Whether a day told before may govern one just before publication: a plan to come governs plans alone."""
    published = setting.story.published
    return published is None or setting.planned or setting.leaning or span[0] <= published


def _bare_near(point: Point, setting: Setting) -> Days | None:
    """The last day of that number before publication, or the next when planned."""
    published = setting.story.published
    if published is None:
        return Days(None, "day", "unresolved")
    step = 1 if setting.planned else -1
    for months in range(0, 4 * step, step):
        year, month = calendar.month_shifted(published, months)
        found = _within(changed(point, month=month), year, "year_from_publication")
        if found is not None and found.span is not None and (found.span[0] - published).days * step >= 0:
            return found
    return None


def _is_news(number: int, published: dt.date | None) -> bool:
    """2021年7月到期的债券…16日收盘: a day just before publication is no day of a month told in passing."""
    return published is not None and number in _recent_numbers(published)


@lru_cache(maxsize=64)
def _recent_numbers(published: dt.date) -> frozenset[int]:
    """The numbers of the days up to publication that its news tells of; the same for all dates of a page."""
    return frozenset((published - dt.timedelta(days=back)).day for back in range(RECENT.days + 1))


def _ahead(published: dt.date, number: int) -> dt.date | None:
    """The first day of that number not before publication."""
    return next((day for day in (published + dt.timedelta(days=n) for n in range(62)) if day.day == number), None)


def _next_numbered(first: dt.date, number: int) -> dt.date | None:
    """The day of that number in the month of `first`, or in the next when the month has plainly turned: 30日, 2日."""
    turned = first.day - number > _MONTH_TURNS
    year, month = calendar.month_shifted(first, int(turned))
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def told(point: Point, days: Days) -> Told:
    """What the story keeps of a resolved point."""
    exact = days.precision in ("day", "day_part")
    month = days.span[0].month if days.span and (exact or days.precision in ("month", "range")) else point.month
    stated = point.year is not None or point.short_year is not None or point.year_shift is not None
    stated = stated or days.basis in ("year_from_sentence", "inherited")
    return Told(days.span, month, days.span[0].day if days.span and exact else point.day, stated)
