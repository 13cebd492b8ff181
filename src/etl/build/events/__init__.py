"""Happenings told by an article: meetings, visits, signings, ceremonies ... one row each, at the fullest mention.

triggers -> candidates of each clause -> judged -> merged happenings -> dated, placed, attributed -> rows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from etl.build.events import candidates, rows
from etl.build.events.clauses import Telling, tellings
from etl.build.events.dating import Anchor, usable
from etl.build.events.judging import Judged, Setting, judge
from etl.build.events.merging import merge
from etl.build.events.triggers import pattern
from etl.build.events.years import with_story_year
from etl.mentions import DateMention, Findings
from etl.pages import Role
from etl.patterns import on_use


def build(findings: Findings) -> tuple[list[rows.Row], list[rows.Row]]:
    """The rows of `events` and the participants of kind event, from the first prints of the page's own lines."""
    published = findings.publication.date
    if published is None:
        lines = findings.first_print_lines()
        own = {line.line_no for line in lines}
        dates = with_story_year(lines, [date for date in findings.dates if date.line_no in own])
        findings = replace(findings, dates=dates)
    context = tellings(findings)
    told = published or _last_day(context)
    judged: list[Judged] = []
    for position, telling in enumerate(context):
        plan = _opens_with_plan(telling, published)
        here = tuple(candidates.find(telling))
        agreed = _AGREED.search(telling.masked) if here else None
        happens = {c.clause.sentence for c in here if c.construction != "mention"}
        for candidate in here:
            year = _section_year(context, position, candidate)
            scene = _scene(telling, candidate, happens)
            found = judge(
                candidate,
                Setting(
                    published,
                    told,
                    year,
                    scene,
                    plan,
                    agreed is not None and agreed.end() <= candidate.trigger.start,
                    _day_after(context, position, candidate),
                ),
            )
            if found is not None:
                judged.append(found)
    return rows.rows(merge(judged), context, findings)


def _last_day(context: tuple[Telling, ...]) -> dt.date | None:
    days = [d.end_date for t in context for d in t.dates if d.precision in ("day", "day_part") and d.end_date]
    return max(days, default=None)


def _section_year(context: tuple[Telling, ...], position: int, candidate: candidates.Candidate) -> Anchor | None:
    """The last year told of before a candidate in its section: 2026年,… governs 将…筹备代表大会 two paragraphs on."""
    for telling in reversed(context[: position + 1]):
        if telling.section != candidate.telling.section:
            break
        dates = [d for d in telling.dates if _opens(telling, d)]
        if telling is candidate.telling:
            dates = [d for d in dates if d.char_end <= candidate.trigger.start]
        if dates:
            return Anchor("section", dates[-1])
    return None


_BRACKET = on_use(r"^\s*[(【\[][^)】\]]*[)】\]]")  # (本报记者报道)3月4日的…


def _scene(telling: Telling, candidate: candidates.Candidate, happens: set[int]) -> Anchor | None:
    """3月4日的万象市,校园里鼓乐喧天。师生为学校庆祝生日: the day of a sentence that only sets the scene."""
    before = candidate.clause.sentence - 1
    if telling.role not in (Role.BODY, Role.LEAD) or before in happens:
        return None
    starts = [c.start for c in telling.clauses if c.sentence == before]
    if not starts:
        return None
    start = min(starts)
    for date in telling.dates:
        opens = start <= date.char_start and not _BRACKET.sub("", telling.masked[start : date.char_start]).strip()
        if opens and date.precision in ("day", "day_part") and date.char_end < candidate.sentence_start:
            return Anchor("own", date) if usable(telling, date) else None
    return None


_SECOND_DAY = on_use(
    r"[\s*]*(?:到了?|到?了)?第二天(?:一早|清早|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜里|晚|,|(?=[\u4e00-\u9fff]))"
)


def _day_after(context: tuple[Telling, ...], position: int, candidate: candidates.Candidate) -> Anchor | None:
    """8日参观学校。第二天晚上,音乐会举行: the day after the last one told, within the section."""
    telling = candidate.telling
    if _SECOND_DAY.match(telling.masked, candidate.sentence_start) is None:
        return None
    for other in reversed(context[max(0, position - 3) : position + 1]):
        if other.section != telling.section or other.role is Role.CAPTION:
            continue
        days = [
            d for d in other.dates
            if d.precision in ("day", "day_part", "range") and d.start_date is not None
            and (other is not telling or d.char_end <= candidate.sentence_start) and usable(other, d)
        ]  # fmt: skip
        if days and days[-1].start_date is not None:
            day = days[-1].start_date + dt.timedelta(days=1)
            return Anchor(
                "own",
                replace(days[-1], start_date=day, end_date=day, edtf=day.isoformat(), precision="day", day_part=None),
            )
    return None


def _opens(telling: Telling, date: DateMention) -> bool:
    """A year that opens a clause: 2025年,该单位争取到…"""
    if date.precision != "year" or telling.role is Role.CAPTION:
        return False
    if not telling.masked[date.char_end : date.char_end + 2].startswith((",", "内", "全年", "里")):
        return False
    opens = any(0 <= date.char_start - clause.start <= 1 for clause in telling.clauses)
    return opens and usable(telling, date)


# 会上敲定两件事。其一,2025年5月双方合办校史展: what a paragraph lists as agreed.
_AGREED = on_use(
    r"(?:敲定|商定|议定|约定|谈妥|谈定|拍板|说定|说好|定下|定了|确定|达成|议妥|约好)了?[^,。;]{0,6}(?:[一二两三四五六七几数\d]|多|如下)"
    r"[^,。;]{0,2}(?:件|项|点|条|桩|笔|档|个)[^,。;]{0,6}[:。]|(?:敲定|商定|议定|约定|谈妥|说好|决定)(?:如下)?:"
)


def _opens_with_plan(telling: Telling, published: dt.date | None) -> bool:
    """2023年,永福省友好组织联合会将积极举行… : what follows without 了 is planned too."""
    for date in telling.dates:
        if date.char_start > 2 or date.precision != "year" or date.end_date is None or published is None:
            continue
        first = telling.clauses[0].sentence
        end = max(c.end for c in telling.clauses if c.sentence == first)
        return date.end_date > published and pattern("planned").search(telling.masked, 0, end) is not None
    return False
