"""Reading dates: line by line, sentence by sentence, each date resolved against what was told before it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from etl.mentions import DateMention
from etl.normalize.dates import clauses, edtf
from etl.normalize.dates.assembler import Expression, assemble
from etl.normalize.dates.atoms import find_atoms
from etl.normalize.dates.clauses import Prose
from etl.normalize.dates.ranges import resolve_range
from etl.normalize.dates.resolver import Days, Setting, resolve, told
from etl.normalize.dates.signs import fold
from etl.normalize.dates.story import Story
from etl.pages import Line, Role

_SENTENCE_END = re.compile("[。!?\n]")
_UNTIL_NOW = re.compile("[^,。;:!?]{1,24}至今")
_HEADING_REST = 10  # a heading that is little more than its year, 2019年:起步, dates its section
_INDENT = 6  # blanks and bullets before the first word of a paragraph
_HEADS_LIST = re.compile("[^,。;:]{0,16}:")
_VAGUE = frozenset({"年初", "年底", "年末", "初", "底", "末", "中"})


def find_dates(text: str, published: dt.date | dt.datetime | None = None) -> list[DateMention]:
    """The date expressions of `text` in order, each with its exact characters and the days it names.

    `published` is the day the text appeared; without it a date that names no year stays unresolved (start and end
    None) unless the text itself settles the year. Line breaks part paragraphs. Never raises on any text.
    """
    day = published.date() if isinstance(published, dt.datetime) else published
    story = Story(day)
    found: list[DateMention] = []
    offset = 0
    for folded in fold(text).split("\n"):
        if folded:
            story.begin_line()
            found += _line_dates(_Place(text, offset), folded, story, month_first=False)
        offset += len(folded) + 1
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
        if line.repeat_of is not None or line.role is Role.CAPTION:
            here = replace(story)
            here.begin_line()
        else:
            here = story
            here.begin_line()
        flags = ("repeat",) if line.repeat_of is not None else ()
        place = _Place(line.text, 0, line.line_no, flags)
        mentions = _line_dates(place, fold(line.text), here, month_first=month_first)
        if line.role is Role.HEADING and line.repeat_of is None:
            story.begin_section(_section_year(line.text, mentions), planned=clauses.announces(fold(line.text)))
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


class _Place(NamedTuple):
    """Where the folded text stands: it begins at `offset` of `text`. `flags` are those of all its dates."""

    text: str
    offset: int
    line_no: int = 0
    flags: tuple[str, ...] = ()


def _line_dates(place: _Place, folded: str, story: Story, *, month_first: bool) -> list[DateMention]:
    """The dates of one folded line."""
    atoms = find_atoms(folded)
    if not atoms:
        return []
    expressions = assemble(folded, atoms, month_first=month_first)
    if not expressions:
        return []
    prose = Prose(folded)
    found: list[DateMention] = []
    for sentence in _sentences(folded, expressions):
        story.begin_sentence()
        story.sentence_only = _only_year(folded, sentence) if story.published is None else None
        for expression in sentence:
            mention = _mention(place, prose, expression, story)
            if mention is not None:
                found.append(mention)
    return found


def _sentences(folded: str, expressions: list[Expression]) -> Iterable[list[Expression]]:
    """The expressions, those of one sentence together."""
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


def _mention(place: _Place, prose: Prose, expression: Expression, story: Story) -> DateMention | None:
    """The expression resolved, and the story told of it; None when the calendar has no such days."""
    point, start, end, folded = expression.first, expression.start, expression.end, prose.folded
    around = prose.clause(start, end)
    planned = clauses.is_planned(around, folded[end : end + 8]) or (
        story.section_planned and not clauses.looks_back(around)
    )
    sentence = prose.sentence(start, end) if point.pair else ("", "")
    leaning = not planned and clauses.leans_on_plan(folded, start)
    is_moved = clauses.is_moved(around) or clauses.is_bound(folded, start)  # 展览持续到4月7日
    earlier = story.chain is not None and clauses.is_earlier(folded, start)
    setting = Setting(story, planned, sentence, leaning, is_moved, earlier)
    days = resolve(point, setting) if expression.last is None else resolve_range(point, expression.last, setting)
    if days is None:
        return None
    span: tuple[dt.date, dt.date | None] | None = days.span
    flags = _flags(prose, expression)
    if days.span is not None and (point.now or (story.published is not None and _until_now(folded, start, end))):
        if story.published is not None and days.span[0] > story.published:
            return None
        span = (days.span[0], story.published)
        flags.append("open_end")
    _tell(folded, expression, days, story, looking_back=clauses.looks_back(around), planned=planned)
    if "approx" in flags:
        end += 2 + (folded[end] == " ")
    precision = "range" if "open_end" in flags else days.precision
    start, end = place.offset + start, place.offset + end
    return DateMention(
        start,
        end,
        place.text[start:end],
        span[0] if span is not None else None,
        span[1] if span is not None else None,
        precision,
        days.basis,
        _edtf(expression, days, flags),
        (point.part or "clock") if precision == "day_part" else None,
        planned or bool(span and story.published and span[0] > story.published),
        (*flags, *place.flags),
        place.line_no,
    )


def _flags(prose: Prose, expression: Expression) -> list[str]:
    """What else is to be known of a date: vague (年初), approx (左右), agency_dateline (新华社北京11月17日电)."""
    point = expression.first
    flags = []
    if prose.folded.startswith(("左右", " 左右"), expression.end):
        flags.append("approx")
    if point.month_part in _VAGUE or (point.span is not None and point.span[0] == "year_part"):
        flags.append("vague")
    if clauses.is_dateline(prose.folded, expression.start, expression.end):
        flags.append("agency_dateline")
    return flags


def _edtf(expression: Expression, days: Days, flags: list[str]) -> str | None:
    if days.span is None:
        return edtf.unresolved(expression.first) if expression.last is None else None
    if "open_end" in flags:
        return edtf.open_span(days.span, days.precision)
    return edtf.of_span(*days.span, days.precision, vague="vague" in flags)


def _until_now(folded: str, start: int, end: int) -> bool:
    """自1998年在越开展活动至今: the clause carries the date up to the day of publication."""
    return start > 0 and folded[start - 1] in "自从" and _UNTIL_NOW.match(folded, end) is not None


def _tell(folded: str, expression: Expression, days: Days, story: Story, *, looking_back: bool, planned: bool) -> None:
    """Let the story remember a date: the chain of its sentence, the last day, the years that govern from here on."""
    if expression.last is not None:
        if days.span is not None:
            story.last_period = (days.span, "range")
            if expression.last.day is not None:
                story.chain = told(expression.last, Days((days.span[1], days.span[1]), "day", days.basis))
        return
    point = expression.first
    state = told(point, days)
    exact = days.precision in ("day", "day_part")
    if days.basis == "inherited" and point.day_echo is not None:
        story.last_day = state
        return
    background = looking_back or planned or (days.span is not None and story.is_background(days.span[0]))
    if exact and not clauses.is_bound(folded, expression.start):
        story.tell_day(state, looking_back=looking_back, planned=planned)
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
    stated = point.year is not None or point.short_year is not None or point.year_shift is not None
    if point.month is not None or exact:
        story.chain = state
        if stated and not background:  # 预计2022年8月竣工, 早在2018年9月: no year for the next paragraph
            story.own_years.add(year)
    if not stated:
        return
    if not background:
        story.sentence_last = year
    opening = expression.start <= _INDENT and not folded[: expression.start].strip(" ●*·-(")
    if point.month is None and point.span is None and point.year_shift is not None:
        # 今年的日程同样排得满:1月中旬…,2月12日…
        opens = folded[max(0, expression.start - 1) : expression.start].strip() in ("", "。", "!", "?")
        if point.year_shift >= 0 and opens and _HEADS_LIST.match(folded, expression.end):
            story.sentence_year, story.sentence_firm = year, True
    elif point.month is None and point.span is None:
        firm = clauses.governs(folded, expression.start, expression.end)
        if firm:
            story.sentence_year, story.sentence_firm = year, firm == 2
        if firm == 2 and opening:
            story.paragraph_year, story.paragraph_from = year, (0, 0)
    elif opening and (point.month is not None):
        story.paragraph_year, story.paragraph_from = year, (point.month, point.day or 0)
