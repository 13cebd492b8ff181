"""Reading dates: line by line, sentence by sentence, each date resolved against what was told before it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from etl.mentions import DateMention, quick
from etl.normalize.dates import clauses, edtf
from etl.normalize.dates.assembler import Expression, assemble
from etl.normalize.dates.atoms import AtomLine, find_atoms
from etl.normalize.dates.clauses import Prose
from etl.normalize.dates.ranges import resolve_range
from etl.normalize.dates.resolver import Days, Setting, civil_days, resolve, told
from etl.normalize.dates.signs import fold
from etl.normalize.dates.story import Story
from etl.pages import Line, Role

_date_mention = quick(DateMention)
_SENTENCE_END = re.compile("[。!?\n]")
_UNTIL_NOW = re.compile("[^,。;:!?]{1,24}至今")
_HEADING_REST = 10  # a heading that is little more than its year, 2019年:起步, dates its section
_LONG_STAY = 31  # days
_INDENT = 6  # blanks and bullets before the first word of a paragraph
_HEADS_LIST = re.compile("[^,。;:]{0,16}:")
# 明年的音乐节定于5月在里昂举行
_ITS_EDITION = re.compile(
    "的[^,。;:的0-9]{1,14}?(?:[定订]于|定在|拟于|拟定|将于|将在|安排在|计划于|计划在|预计|暂定|初定)"
)
# 会长说了明年的三件事:6月办歌会,10月办画展
_COUNTS_OFF = re.compile(
    "(?:的|要办的|要做的|内的)?[^,。;:的]{0,8}(?:件[大实要]?事|安排|日程|打算|计划|工作|活动|任务|项目|重点)(?:如下|有|是)?:"
)
_WRITTEN_OUT = frozenset({"year", "month", "ymd"})
_VAGUE = frozenset({"年初", "年底", "年末", "初", "底", "末", "中"})


def find_dates(text: str, published: dt.date | dt.datetime | None = None) -> list[DateMention]:
    """The date expressions of `text` in order, each with its exact characters and the days it names.

    `published` is the day the text appeared; without it a date that names no year stays unresolved (start and end
    None) unless the text itself settles the year. Line breaks part paragraphs. Never raises on any text.
    """
    day = published.date() if isinstance(published, dt.datetime) else published
    story = Story(day)
    found: list[DateMention] = []
    page = _Print(text)
    for line in find_atoms(fold(text)):
        found += _line_dates(page, line, story, month_first=False)
    return found


def find_dates_on(
    lines: Sequence[Line], published: dt.date | None, *, month_first: bool = False
) -> tuple[DateMention, ...]:
    """The dates of a page's own lines, `line_no` set; years carry over chains, sections, headings and anaphora.

    `month_first`: the site prints 12/31/2025. Dates of repeated lines carry the flag `repeat` and tell nothing new.
    """
    story = Story(published)
    found: list[DateMention] = []
    for line in lines:
        here = replace(story) if line.repeat_of is not None or line.role is Role.CAPTION else story
        flags = ("repeat",) if line.repeat_of is not None else ()
        page = _Print(line.text, line.line_no, flags)
        folded = fold(line.text)
        mentions: list[DateMention] = []
        for dated in find_atoms(folded):
            mentions += _line_dates(page, dated, here, month_first=month_first)
        if line.role is Role.HEADING and line.repeat_of is None:
            story.begin_section(_section_year(line.text, mentions), planned=clauses.announces(folded))
        found += mentions
    return tuple(found)


def _section_year(text: str, mentions: Iterable[DateMention]) -> int | None:
    """The year of a heading that is hardly more than a date."""
    dated = [
        m
        for m in mentions
        if m.start_date is not None and m.basis == "explicit" and m.precision in ("year", "month", "day")
    ]
    if len(dated) != 1 or dated[0].start_date is None or len(text.strip()) - len(dated[0].quote) > _HEADING_REST:
        return None
    if not clauses.governs(fold(text), dated[0].char_start, dated[0].char_end):
        return None
    return dated[0].start_date.year


class _Print(NamedTuple):
    """The text as printed, which quotes are cut from. `flags` are those of all its dates."""

    text: str
    line_no: int = 0
    flags: tuple[str, ...] = ()


def _line_dates(page: _Print, line: AtomLine, story: Story, *, month_first: bool) -> list[DateMention]:
    """The dates of one line."""
    folded = line.folded
    expressions = assemble(folded, line.atoms, month_first=month_first)
    if not expressions:
        return []
    prose = Prose(folded, line.start)
    story.begin_line()
    found: list[DateMention] = []
    for sentence in _sentences(folded, expressions):
        story.begin_sentence()
        story.sentence_only = _only_year(folded, sentence) if story.published is None else None
        for expression in sentence:
            mention = _mention(page, prose, expression, story)
            if mention is not None:
                found.append(mention)
    return found


def _sentences(folded: str, expressions: list[Expression]) -> Iterable[list[Expression]]:
    """The expressions, those of one sentence together."""
    if len(expressions) == 1:
        yield expressions
        return
    sentence: list[Expression] = []
    for expression in expressions:
        if sentence and _SENTENCE_END.search(folded, sentence[-1].end, expression.start):
            yield sentence
            sentence = []
        sentence.append(expression)
    if sentence:
        yield sentence


def _only_year(folded: str, sentence: list[Expression]) -> int | None:
    """The one year that fits the whole sentence: of a full date, or a bare year that governs or names the event."""
    years = set()
    for expression in sentence:
        point = expression.first
        if point.year is None or expression.last is not None or point.now:
            continue
        fits = (
            point.month is not None
            or clauses.governs(folded, expression.start, expression.end)
            or clauses.names_event(folded, expression.end)
        )
        years.add(point.year if fits else None)
    return years.pop() if len(years) == 1 else None


def _mention(page: _Print, prose: Prose, expression: Expression, story: Story) -> DateMention | None:
    """The expression resolved, and the story told of it; None when the calendar has no such days."""
    point, start, end, folded = expression.first, expression.start, expression.end, prose.folded
    if point.year_echo == 0 and point.kinds == ["rel_year"] and story.last_year is not None:
        return None  # 2019年是旅游年。这一年,…: no more than 同年
    around = prose.clause(start, end)
    planned = clauses.is_planned(around, folded, end) or (story.section_planned and not clauses.looks_back(around))
    planned = planned and not clauses.is_reported(folded, start, end)
    days = civil_days(point) if expression.last is None else None
    if days is None:
        sentence = prose.sentence(start, end) if point.pair else ("", "")
        setting = Setting(story, planned, prose, start, around, sentence)
        days = resolve(point, setting) if expression.last is None else resolve_range(point, expression.last, setting)
    if days is None:
        return None
    first, last = days.span or (None, None)
    published = story.published
    is_open = first is not None and (point.now or (published is not None and _until_now(folded, start, end)))
    if is_open:
        if published is not None and first is not None and first > published:
            return None
        last = published
    flags = _flags(folded, expression, is_open)
    _tell(folded, expression, days, story, looking_back=clauses.looks_back(around), planned=planned)
    precision = "range" if is_open else days.precision
    written = _edtf(expression, days, is_open=is_open, vague="vague" in flags)
    if "approx" in flags:
        end += 2 + (folded[end] == " ")
    start, end = prose.start + start, prose.start + end
    return _date_mention(
        start,
        end,
        page.text[start:end],
        first,
        last,
        precision,
        days.basis,
        written,
        (point.part or "clock") if precision == "day_part" else None,
        planned or (first is not None and published is not None and first > published),
        (*flags, *page.flags),
        page.line_no,
    )


def _flags(folded: str, expression: Expression, is_open: bool) -> list[str]:
    """What else is to be known of a date: vague (年初), approx (左右), agency_dateline (新华社北京11月17日电)."""
    point, start, end = expression.first, expression.start, expression.end
    flags = []
    if folded.startswith(("左右", " 左右"), end):
        flags.append("approx")
    if point.month_part in _VAGUE or (point.span is not None and point.span[0] == "year_part"):
        flags.append("vague")
    if clauses.is_dateline(folded, start, end):
        flags.append("agency_dateline")
    if is_open:
        flags.append("open_end")
    return flags


def _edtf(expression: Expression, days: Days, *, is_open: bool, vague: bool) -> str | None:
    if days.span is None:
        return edtf.unresolved(expression.first) if expression.last is None else None
    if is_open:
        return edtf.open_span(days.span, days.precision)
    return edtf.of_span(*days.span, days.precision, vague=vague)


def _until_now(folded: str, start: int, end: int) -> bool:
    """自1998年在越开展活动至今: the clause carries the date up to the day of publication."""
    return start > 0 and folded[start - 1] in "自从" and _UNTIL_NOW.match(folded, end) is not None


def _tell(folded: str, expression: Expression, days: Days, story: Story, *, looking_back: bool, planned: bool) -> None:
    """Let the story remember a date: the chain of its sentence, the last day, the years that govern from here on."""
    if expression.last is not None:
        if days.span is not None:
            story.last_period = (days.span, "range")
            if expression.last.day is not None and not planned and (days.span[1] - days.span[0]).days <= _LONG_STAY:
                story.stay = days.span
                story.stay_is_last = not looking_back and not story.is_background(days.span[0])
            if expression.last.day is not None:
                story.chain = told(expression.last, Days((days.span[1], days.span[1]), "day", days.basis))
        return
    point = expression.first
    state = told(point, days)
    exact = days.precision in ("day", "day_part")
    if days.basis == "inherited" and point.day_echo is not None:
        story.last_day = state
        if point.day_echo > 0 and not planned and not looking_back:
            story.story_day = state  # 次日前往平孟镇。当天下午,…: the story has gone on to that day
        return
    far = days.span is not None and story.is_background(days.span[0])
    opening = expression.start <= _INDENT and not folded[: expression.start].strip(" ●*·-(")
    stated = point.year is not None or point.short_year is not None or point.year_shift is not None
    if not opening and stated and story.is_undated(point.month, point.day):
        far = True  # 交流会7月8日举行。两国1954年11月17日建交。次日,…: on a page without its day
    background = looking_back or planned or far
    if exact and not clauses.is_bound(folded, expression.start):
        if opening and not looking_back and not planned and point.kinds[0] in _WRITTEN_OUT and days.span is not None:
            story.opened, far = state, False  # 11月8日,…。同一天,…: the paragraph tells of that day
        story.tell_day(state, looking_back=looking_back, planned=planned, far=far)
    if days.span is None:
        if point.month is not None or exact:
            story.chain = state
            story.has_open = story.has_open or point.month is not None
        return
    year = days.span[0].year
    story.last_period = (days.span, days.precision)
    if days.basis == "fiscal" or point.pair or point.century is not None or point.decade is not None:
        return
    story.last_year = year
    if point.month is not None or exact:
        story.chain = state
        if stated and not background:  # 预计2022年8月竣工, 早在2018年9月: no year for the next paragraph
            story.own_years.add(year)
    if not stated:
        return
    if not background:
        story.sentence_last = year
    if point.month is None and point.span is None and point.year_shift is not None:
        # 今年的日程同样排得满:1月中旬…,2月12日…
        opens = folded[max(0, expression.start - 1) : expression.start].strip() in ("", "。", "!", "?")
        listed = _COUNTS_OFF.match(folded, expression.end) or (opens and _HEADS_LIST.match(folded, expression.end))
        named = _ITS_EDITION.match(folded, expression.end) is not None
        if (point.year_shift >= 0 and listed) or (point.year_shift > 0 and named):
            story.sentence_year, story.sentence_firm = year, True
    elif point.month is None and point.span is None:
        firm = clauses.governs(folded, expression.start, expression.end)
        if firm and clauses.is_founding(folded, expression.start, expression.end):
            firm = 0
        if firm:
            story.sentence_year, story.sentence_firm = year, firm == 2
        if firm == 2 and opening:
            story.paragraph_year, story.paragraph_from = year, (0, 0)
    elif opening and (point.month is not None):
        story.paragraph_year, story.paragraph_from = year, (point.month, point.day or 0)
