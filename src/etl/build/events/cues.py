"""What the words of a candidate tell of it: done, named, a courtesy, background, put off."""

from __future__ import annotations

import datetime as dt
import re

from etl.build.events import series
from etl.build.events.candidates import Candidate
from etl.build.events.clauses import MASK
from etl.build.events.constructions import PINNED
from etl.mentions import DateMention
from etl.pages import Role
from etl.patterns import on_use

DIGNITARY = on_use(
    r"(?:总统|国家主席|总理|首相|国王|女王|天皇|议长|国会主席|外长|部长|大使|王子|公主)[^,的]{0,12}(?:到访|来访|访问|参观)[^,]{2,}"
)
_WORKS = (
    "开工", "动工", "破土", "奠基", "竣工", "完工", "启动", "投入使用", "启用", "通车", "破土动工", "封顶", "投用",
)  # fmt: skip
_BEGUN = ("开工", "动工", "破土", "破土动工")
_A_PROJECT = on_use(r"项目|工程|计划")
_TO_SOMEBODY = on_use(r"(?:向|给|替)(?!来|往)[^,]{2,20}")
_BEFOREHAND = on_use(r"先行|此前|早前|先前|曾|已有|业已|已先")
_MOVED = on_use(
    r"(?:推迟|延期|延后|改期|提前)(?:到|至)|改(?:在|于|到|期到)|延至|顺延[到至]|挪[到至]|移[到至](?=\d|明年|下)"
)
_PAIR = on_use(r"(?:越[中老柬日韩俄美法印泰古德英]|[中老柬日韩俄美法印泰古德英]越)(?!南|来|过)")
_COURTESY = on_use(r"鲜花|花篮|礼物|礼品|贺礼|纪念品|锦旗|旗帜|祝贺|象征牌|捐款牌")


def moved_to(candidate: Candidate) -> DateMention | None:
    """The new date of what was put off: 原定5月28日举行的交流会推迟到6月20日."""
    telling, clause = candidate.telling, candidate.clause
    match = _MOVED.search(telling.masked, candidate.trigger.end, clause.end)
    if match is None:
        return None
    return next((d for d in telling.dates if 0 <= d.char_start - match.end() <= 1), None)


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


def is_background(candidate: Candidate, date: DateMention, told: dt.date | None) -> bool:
    """Works told by month (项目于2017年11月开工), and what had been given before (今年5月已先行送去口罩).

    A caption shows what was news.
    """
    trigger, clause = candidate.trigger, candidate.clause
    if candidate.telling.role is Role.CAPTION:
        return False
    if trigger.event_type == "handover" and _BEFOREHAND.search(candidate.telling.masked, clause.start, trigger.start):
        return True
    if told is None or date.start_date is None:
        return False
    if trigger.word in _WORKS and (told - date.start_date).days > 200:
        said = candidate.telling.masked[candidate.sentence_start : trigger.start]
        return trigger.word not in _BEGUN or _A_PROJECT.search(said) is not None  # but 这座小楼2023年5月动工
    if trigger.event_type != "handover" or trigger.form != "verb" or date.precision != "month":
        return False
    clause_said = candidate.telling.masked[clause.start : clause.end]
    to_somebody = _TO_SOMEBODY.search(clause_said) is not None  # 2019年3月,该会向富新县捐出轮椅: a day of its own
    return (told - date.start_date).days > 400 and not to_somebody  # 2020年10月水灾后,红十字会送来10万美元


def is_done(candidate: Candidate) -> bool:
    """Told as done at a place: 举行了, 在河内举行."""
    text, clause = candidate.telling.masked, candidate.clause
    after = text[candidate.trigger.end : clause.end]
    before = text[clause.start : candidate.trigger.start]
    return "了" in after[:20] or re.search(r"在|于|了[^,]{0,30}$", before) is not None


def done_with_others(candidate: Candidate) -> bool:
    """A visit or meeting told as done with a named partner: 配合慈济基金会在…进行了实地考察."""
    if candidate.trigger.event_type not in ("visit", "meeting") or candidate.telling.role is not Role.BODY:
        return False
    words = candidate.words
    actors = any(candidate.start <= a.char_start < candidate.trigger.start for a in candidate.telling.actors)
    return actors and re.search(r"(?:与|同|和|配合|率)[^,]{2,60}了", words) is not None


def founds(candidate: Candidate) -> bool:
    """A planned founding of something named: 推动成立新的成员协会——越南—东盟友好协会."""
    end = max(c.end for c in candidate.telling.clauses if c.item == candidate.clause.item)
    named = [a for a in candidate.telling.actors if candidate.trigger.end <= a.char_start < end and len(a.name) >= 6]
    return candidate.trigger.event_type == "launch" and bool(named)


def is_specific(candidate: Candidate) -> bool:
    """Named so that it can only be one: a quoted name, a number in a series, an anniversary."""
    text = candidate.telling.masked[candidate.start : candidate.trigger.end]
    if _is_named(candidate):
        return True
    if re.search(r"下一?[届次站]|下一[场期轮]", text):
        return True
    return MASK in text or series.number(text) is not None or series.anniversary(text) is not None


def names_next(candidate: Candidate) -> bool:
    """The next of a kind at a place: 下一站定在前江省, 双方下一次见面将在哥本哈根."""
    telling, clause = candidate.telling, candidate.clause
    said = telling.masked[clause.start : candidate.trigger.end]
    placed = any(clause.start <= p.char_start < clause.end for p in telling.places)
    return placed and re.search(r"下一?(?:站|次|场|期|轮|届|回)", said) is not None


def _is_named(candidate: Candidate) -> bool:
    """A noun with a country or province in its own name: 越日文化日, 越老青年交流营."""
    telling, trigger = candidate.telling, candidate.trigger
    if trigger.form != "noun" or trigger.word in ("会议", "活动", "计划", "培训", "访问", "考察"):
        return False
    cut = max(
        telling.bare.rfind(mark, candidate.clause.start, trigger.start)
        for mark in ("、", "了", "行", "办", "开", "加", "席")
    )
    placed = any(cut < p.char_start and p.char_end <= trigger.start for p in telling.places)
    return cut > 0 and (placed or _PAIR.search(telling.bare, cut, trigger.start) is not None)


def is_honour(candidate: Candidate) -> bool:
    """A person and a named medal: 主席何氏娥获授“3月23日”勋章. What one was given 曾 or 多次 is history."""
    telling, clause, trigger = candidate.telling, candidate.clause, candidate.trigger
    if trigger.event_type != "award" or trigger.form != "verb" or telling.role is not Role.BODY:
        return False
    before = telling.masked[clause.start : trigger.start]
    named = any(a.entity_type == "person" and clause.start <= a.char_start < trigger.start for a in telling.actors)
    medal = re.search(r"[章衔]|称号", telling.masked[trigger.end : clause.end]) is not None
    if trigger.word[0] in PINNED and trigger.word[-1] in "到在":  # 并将纪念章挂到会长胸前
        worn = re.search(r"[章勋带]", before) is not None
        return worn and any(
            a.entity_type == "person" and clause.start <= a.char_start < clause.end for a in telling.actors
        )
    if trigger.word in ("获颁", "获授"):  # 五名学员获颁“海燕奖”
        named = named or any(clause.start <= a.char_start < trigger.start for a in telling.actors)
        medal = medal or re.search(r"奖[”」』]", telling.plain[trigger.end : clause.end]) is not None
    return named and medal and re.search(r"曾|多次|先后|历|已", before) is None


def is_counted(candidate: Candidate) -> bool:
    """A plan with a number: 计划2019年再开两个培训班."""
    before = candidate.telling.masked[candidate.clause.start : candidate.trigger.start]
    return re.search(r"[一两二三四五六七八九十\d]{1,3}[个期场次][^,]{0,8}$", before) is not None


_JOINTLY = on_use(
    r"(?:与|同|和|跟|携手|联合|会同)(?P<who>[^,与同和跟]{2,24}?)"
    r"(?:合办|联办|合开|联合举办|联合主办|共同举办|共同主办|合作举办|共办|同办|一起举办|联合承办|联合举行|共同举行)"
)


_BODIES = (
    "市",
    "省",
    "府",
    "州",
    "县",
    "郡",
    "镇",
    "大学",
    "学院",
    "学校",
    "协会",
    "友协",
    "基金会",
    "机构",
    "委员会",
    "联合会",
    "使馆",
    "会",
)


def is_joint(candidate: Candidate) -> bool:
    """Held together with somebody named: 2026年,协会将与康提市合办佛教文化周."""
    telling, clause, trigger = candidate.telling, candidate.clause, candidate.trigger
    if trigger.form != "noun" or trigger.word in ("活动", "计划", "会议", "培训", "项目"):
        return False
    match = _JOINTLY.search(telling.masked, clause.start, trigger.start)
    if match is not None and match["who"].strip("将").endswith(_BODIES):
        return True
    starts = [p.char_start for p in telling.places] + [a.char_start for a in telling.actors]
    return match is not None and any(match.start("who") <= start < match.end("who") for start in starts)


def is_courtesy(candidate: Candidate) -> bool:
    """A gift of flowers or a pennant shown in a caption belongs to the happening around it."""
    clause = candidate.clause
    said = candidate.telling.masked[candidate.trigger.start : clause.end]
    return candidate.trigger.event_type == "handover" and _COURTESY.search(said) is not None
