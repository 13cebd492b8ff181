"""Reading dates: line by line, sentence by sentence, each date resolved against what was told before it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl.mentions import DateMention
from etl.normalize.dates import clauses, edtf
from etl.normalize.dates.assembler import Expression, assemble
from etl.normalize.dates.atoms import find_atoms
from etl.normalize.dates.ranges import resolve_range
from etl.normalize.dates.resolver import Days, Setting, resolve, told
from etl.normalize.dates.signs import fold
from etl.normalize.dates.story import Story
from etl.pages import Line, Role

_SENTENCE_END = re.compile("[。!?\n]")
_UNTIL_NOW = re.compile("[^,。;:!?]{1,24}至今")
_ABOUT = re.compile(" ?左右")
_HEADING_REST = 10  # a heading that is little more than its year, 2019年:起步, dates its section
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
    for line in text.split("\n"):
        story.begin_line()
        found += [_moved(mention, offset) for mention in _line_dates(line, story, month_first=False)]
        offset += len(line) + 1
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
        mentions = _line_dates(line.text, here, month_first=month_first)
        if line.role is Role.HEADING and line.repeat_of is None:
            story.begin_section(_section_year(line.text, mentions))
        flags = ("repeat",) if line.repeat_of is not None else ()
        found += [replace(mention, line_no=line.line_no, flags=mention.flags + flags) for mention in mentions]
    return tuple(found)


def _moved(mention: DateMention, offset: int) -> DateMention:
    if not offset:
        return mention
    return replace(mention, char_start=mention.char_start + offset, char_end=mention.char_end + offset)


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


def _line_dates(line: str, story: Story, *, month_first: bool) -> list[DateMention]:
    folded = fold(line)
    expressions = assemble(folded, find_atoms(folded), month_first=month_first)
    found: list[DateMention] = []
    for sentence in _sentences(folded, expressions):
        story.begin_sentence()
        story.sentence_only = _only_year(folded, sentence) if story.published is None else None
        for expression in sentence:
            mention = _mention(line, folded, expression, sentence, story)
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
    """The one year that fits the whole sentence: of a full date in it, or a bare year that governs or names the event."""
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


def _mention(
    line: str, folded: str, expression: Expression, sentence: list[Expression], story: Story
) -> DateMention | None:
    start, end = expression.start, expression.end
    around = clauses.clause(folded, start, end)
    planned = clauses.is_planned(around, folded[end : end + 8])
    point = expression.first
    text = folded[max(0, sentence[0].start - 60) : sentence[-1].end + 60] if point.pair else ""
    setting = Setting(story, planned, text)
    flags: list[str] = []
    if expression.last is not None:
        days = resolve_range(point, expression.last, setting)
    else:
        days = resolve(point, setting)
    if days is None:
        return None
    span: tuple[dt.date, dt.date | None] | None = days.span
    if days.span is not None and expression.last is None and (point.now or _until_now(folded, start, end)):
        if point.now or story.published is not None:
            span = (days.span[0], story.published)
            flags.append("open_end")
            if story.published is not None and days.span[0] > story.published:
                return None
    if expression.last is None:
        _tell(folded, expression, days, story, looking_back=clauses.looks_back(around))
    elif days.span is not None:
        story.last_period = (days.span, "range")
        if days.precision == "range" and point.day is not None:
            story.chain = told(point, Days((days.span[1], days.span[1]), "day", days.basis))
    about = _ABOUT.match(folded, end)
    if about is not None:
        end = about.end()
        flags.append("approx")
    if point.month_part in _VAGUE or (point.span is not None and point.span[0] == "year_part"):
        flags.append("vague")
    if clauses.is_dateline(folded, start, end):
        flags.append("agency_dateline")
    precision = "range" if "open_end" in flags else days.precision
    part = (expression.last or point).part or ("clock" if point.clock else "")
    last = span[1] if span is not None else None
    return DateMention(
        char_start=start,
        char_end=end,
        quote=line[start:end],
        start_date=span[0] if span is not None else None,
        end_date=last,
        precision=precision,
        basis=days.basis,
        edtf=_edtf(expression, days, flags),
        day_part=(point.part or ("clock" if point.clock else None)) if precision == "day_part" else None,
        is_planned=planned or bool(span and story.published and span[0] > story.published),
        flags=tuple(flags),
    )


def _edtf(expression: Expression, days: Days, flags: list[str]) -> str | None:
    if days.span is None:
        return edtf.unresolved(expression.first) if expression.last is None else None
    if "open_end" in flags:
        return edtf.open_span(days.span, days.precision)
    return edtf.of_span(*days.span, days.precision, vague="vague" in flags)


def _until_now(folded: str, start: int, end: int) -> bool:
    """自1998年在越开展活动至今: the clause carries the date up to the day of publication."""
    return start > 0 and folded[start - 1] in "自从" and _UNTIL_NOW.match(folded, end) is not None


def _tell(folded: str, expression: Expression, days: Days, story: Story, *, looking_back: bool) -> None:
    """Let the story remember a date: the chain of its sentence, the last day, the years that govern from here on."""
    point = expression.first
    state = told(point, days)
    exact = days.precision in ("day", "day_part")
    if days.basis == "inherited" and point.day_echo is not None:
        story.last_day = state
        return
    if exact:
        story.tell_day(state, looking_back=looking_back)
    if days.span is None:
        if point.month is not None or exact:
            story.chain = state
        return
    year = days.span[0].year
    story.last_period = (days.span, days.precision)
    if days.basis in ("fiscal",) or point.pair or point.century is not None or point.decade is not None:
        return
    story.last_year = year
    stated = point.year is not None or point.short_year is not None or point.year_shift is not None
    if point.month is not None or exact:
        story.chain = state
        if stated:
            story.own_years.add(year)
    if not stated:
        return
    opening = not folded[: expression.start].strip(" ●*·-(")
    if point.month is None and point.span is None and point.year_shift is None:
        firm = clauses.governs(folded, expression.start, expression.end)
        if firm:
            story.sentence_year, story.sentence_firm = year, firm == 2
        if firm == 2 and opening:
            story.paragraph_year, story.paragraph_from = year, (0, 0)
    elif opening and (point.month is not None):
        story.paragraph_year, story.paragraph_from = year, (point.month, point.day or 0)
