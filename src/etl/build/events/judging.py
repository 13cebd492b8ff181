"""Which candidates are happenings: told as facts or dated plans, not as routine, opinion, or vague intent."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from etl.build.events import series
from etl.build.events.candidates import Candidate
from etl.build.events.clauses import MASK, REACH
from etl.build.events.dating import Anchor, anchor
from etl.build.events.triggers import pattern
from etl.mentions import DateMention
from etl.pages import Role

# 将 before an object is no plan: 将600亿越盾的象征牌交给…, 将援助金额从34亿调整
_OBJECT_MARK = re.compile(
    r"将(?=[^,]{0,4}\d[^,]{0,24}(?:交给|转交|移交|授予|捐|送))|将(?=[^,]{2,16}(?:交给|调整|改为|增至|减为|提到))"
)
_HABIT = re.compile(r"每年|每月|每逢|每季|每周|每届|历年|年年|每两年|每三年|定期")
_DIGNITARY = re.compile(
    r"(?:总统|国家主席|总理|首相|国王|女王|天皇|议长|国会主席|外长|部长|大使|王子|公主)[^,的]{0,12}(?:到访|来访|访问|参观)[^,]{2,}"
)
_INVITED = re.compile(r"邀请(?!函|赛|展)[^,]{2,}$|有望[^,]{0,20}$")
_ACTIVITIES = (
    ("ceremony", re.compile(r"纪念|庆祝|祈福|缅怀|悼念|周年")),
    ("handover", re.compile(r"捐赠|赠送|送温暖|捐助")),
    ("training", re.compile(r"培训|训练|讲习")),
    ("cultural_exchange", re.compile(r"友好|交流|文化|联欢|青年|文艺|艺术|体育|友谊|民间|见面|会见|夏令|冬令|展")),
)
_WORKS = (
    "开工",
    "动工",
    "破土",
    "奠基",
    "竣工",
    "完工",
    "启动",
    "投入使用",
    "启用",
    "设立",
    "成立",
    "通车",
    "破土动工",
)
_MOVED = re.compile(r"(?:推迟|延期|延后|改期|提前)(?:到|至)")
_COURTESY = re.compile(r"鲜花|花篮|礼物|礼品|贺礼|纪念品|锦旗|旗帜|祝贺|象征牌|捐款牌")


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its anchor. `kept` ones are happenings, the others may only mention one."""

    candidate: Candidate
    anchor: Anchor
    planned: bool
    kept: bool
    rule: str
    event_type: str
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What governs a candidate from outside its sentence."""

    published: dt.date | None
    told: dt.date | None  # the publication, else the last day the page tells of
    section_year: Anchor | None  # the last year told of before in the section
    plan: bool  # the paragraph opens with a plan: 2023年,联合会将…。 联合会举行…


def judge(candidate: Candidate, setting: Setting) -> Judged | None:
    """The candidate judged, or None when nothing is told to happen."""
    telling, clause, trigger = candidate.telling, candidate.clause, candidate.trigger
    start = candidate.sentence_start if candidate.header is None else max(candidate.item_start, candidate.header[1])
    start = max(start, trigger.start - REACH)
    said = telling.masked[start : trigger.start]
    own = telling.masked[max(clause.start, start) : trigger.start]
    found = anchor(candidate)
    dated = found.date is not None and found.date.line_no == telling.line_no and found.date.char_start >= clause.start
    if _HABIT.search(own) or (not dated and _HABIT.search(said)) or pattern("opinion", "purpose").search(own):
        return None
    if _INVITED.search(own) and not re.search(r"应[^,]*邀", own):
        return None  # an invitation is no visit yet
    if found.kind != "own" and pattern("opinion").search(said):
        return None
    upto = telling.masked[start : trigger.end]
    planned = _planned(candidate, found, setting, upto)
    if planned and found.date is None:
        if setting.section_year is None or not (_specific(candidate) or trigger.event_type == "congress"):
            return None
        found = setting.section_year
    elif found.kind == "none" and setting.section_year is not None and _done_with_others(candidate):
        found = setting.section_year
    kept = _keeps(candidate, found, planned, setting.told)
    if found.kind not in ("own", "anaphora", "occasion") and pattern("routine").search(own):
        kept = False
    if planned and not kept:
        return None
    moved = _moved_to(candidate)
    if moved is not None:
        found = Anchor("own", moved)
        published = setting.published
        planned = published is None or moved.start_date is None or moved.start_date > published
    cancelled = moved is None and pattern("cancelled").search(telling.masked[clause.start : clause.end]) is not None
    rule = f"{candidate.construction}.{found.kind}"
    return Judged(candidate, found, planned, kept, rule, _type(candidate), cancelled)


def _moved_to(candidate: Candidate) -> DateMention | None:
    """The new date of what was put off: 原定5月28日举行的交流会推迟到6月20日."""
    telling, clause = candidate.telling, candidate.clause
    match = _MOVED.search(telling.masked, candidate.trigger.end, clause.end)
    if match is None:
        return None
    return next((d for d in telling.dates if 0 <= d.char_start - match.end() <= 1), None)


def _planned(candidate: Candidate, found: Anchor, setting: Setting, said: str) -> bool:
    """To come: a date after the publication, or words of planning without a date that has passed."""
    date, published = found.date, setting.published
    if date is not None and date.start_date is not None and published is not None:
        if date.start_date > published:
            return True
        if date.end_date is not None and date.end_date <= published:
            return False
    if candidate.header is not None:
        said = candidate.telling.masked[candidate.header[0] : candidate.header[1]] + said
    if pattern("planned").search(_OBJECT_MARK.sub(MASK, said)):
        return True
    if date is not None and date.is_planned:
        return True
    return setting.plan and not re.search(r"了|已", candidate.words) and found.kind not in ("own", "anaphora")


def _keeps(candidate: Candidate, found: Anchor, planned: bool, told: dt.date | None) -> bool:
    """Dated by a day or month, leaning on a dated happening, named in a list, or told as news."""
    role, construction = candidate.telling.role, candidate.construction
    if role in (Role.TITLE, Role.HEADING):
        return False
    if found.kind == "own" and found.date is not None and found.date.precision not in ("day", "day_part"):
        return planned or not _background(candidate, found.date, told)
    if found.kind in ("own", "recent", "occasion"):
        return True
    if found.kind == "anaphora":
        return not planned
    if found.kind == "section":
        return construction != "verb" or not planned
    if candidate.header is not None:
        return found.kind == "year" or _specific(candidate)
    if found.kind == "year":
        if planned:
            return _specific(candidate) or _founds(candidate)
        return construction in ("held", "attended", "subject") and (
            role is Role.CAPTION or _specific(candidate) or (role is Role.LEAD and _done(candidate))
        )
    if role is Role.CAPTION:
        return construction in ("held", "subject") or candidate.trigger.event_type == "award"
    if role is Role.LEAD:
        return construction in ("held", "subject", "verb") and _done(candidate)
    if (
        _DIGNITARY.search(candidate.words) and construction == "verb" and not re.search(r"时|期间", candidate.words)
    ) or is_encounter(candidate):
        return True
    if construction == "attended" and trigger_is_series(candidate):
        return True
    return _specific(candidate) and construction in ("attended", "held")


def is_encounter(candidate: Candidate) -> bool:
    """Two named sides meet: 国会主席…会见了…率领的代表团, A与B举行会谈."""
    telling, trigger, clause = candidate.telling, candidate.trigger, candidate.clause
    if trigger.form != "verb" or trigger.event_type != "meeting" or candidate.construction != "verb":
        return False
    named = [
        a
        for a in telling.actors
        if clause.start <= a.char_start < clause.end and a.entity_type in ("person", "delegation")
    ]
    subjects = [a for a in named if a.char_end <= trigger.start]
    after = telling.masked[trigger.end : clause.end]
    done = (
        after.startswith("了")
        or after == ""
        or re.search(r"举行$", telling.masked[clause.start : trigger.start]) is not None
    )
    return bool(subjects) and len(named) >= 2 and done


def trigger_is_series(candidate: Candidate) -> bool:
    return series.number(candidate.telling.plain[candidate.start : candidate.trigger.end]) is not None


def _background(candidate: Candidate, date: DateMention, told: dt.date | None) -> bool:
    """History told by month: 项目于2017年11月开工, 2018年5月两市签署协议. A caption shows what was news."""
    if candidate.telling.role is Role.CAPTION or told is None or date.start_date is None:
        return False
    days = (told - date.start_date).days
    return days > (200 if candidate.trigger.word in _WORKS else 730)


def _done(candidate: Candidate) -> bool:
    """Told as done at a place: 举行了, 在河内举行."""
    text, clause = candidate.telling.masked, candidate.clause
    after = text[candidate.trigger.end : clause.end]
    before = text[clause.start : candidate.trigger.start]
    return "了" in after[:20] or re.search(r"在|于|了[^,]{0,30}$", before) is not None


def _done_with_others(candidate: Candidate) -> bool:
    """A visit or meeting told as done with a named partner: 配合慈济基金会在…进行了实地考察."""
    if candidate.trigger.event_type not in ("visit", "meeting") or candidate.telling.role is not Role.BODY:
        return False
    words = candidate.words
    actors = any(candidate.start <= a.char_start < candidate.trigger.start for a in candidate.telling.actors)
    return actors and re.search(r"(?:与|同|和|配合|率)[^,]{2,60}了", words) is not None


def _founds(candidate: Candidate) -> bool:
    """A planned founding of something named: 推动成立新的成员协会——越南—东盟友好协会."""
    end = max(c.end for c in candidate.telling.clauses if c.item == candidate.clause.item)
    named = [a for a in candidate.telling.actors if candidate.trigger.end <= a.char_start < end and len(a.name) >= 6]
    return candidate.trigger.event_type == "launch" and bool(named)


def _specific(candidate: Candidate) -> bool:
    """Named so that it can only be one: a quoted name, a number in a series, an anniversary."""
    text = candidate.telling.masked[candidate.start : candidate.trigger.end]
    if re.search(r"下一?届|下一[场期]", text):
        return True
    return MASK in text or series.number(text) is not None or series.anniversary(text) is not None


def is_courtesy(candidate: Candidate) -> bool:
    """A gift of flowers or a pennant shown in a caption belongs to the happening around it."""
    clause = candidate.clause
    said = candidate.telling.masked[candidate.trigger.start : clause.end]
    return candidate.trigger.event_type == "handover" and _COURTESY.search(said) is not None


def _type(candidate: Candidate) -> str:
    """The type of the trigger, put right by who meets whom."""
    trigger, telling = candidate.trigger, candidate.telling
    before = telling.masked[candidate.start : trigger.start]
    if trigger.word == "总结" and re.search(r"[与同]", before):
        return "meeting"
    if trigger.word == "接待":
        persons = [a for a in telling.actors if a.entity_type == "person" and a.char_end <= trigger.start]
        near = [a for a in persons if a.char_start >= candidate.sentence_start]
        return "meeting" if near else "visit"
    if trigger.word == "活动":
        for kind, said in _ACTIVITIES:
            if said.search(before[-24:]):
                return kind
    return trigger.event_type
