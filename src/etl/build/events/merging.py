"""One row a happening: candidates that tell the same are put together, mentions are gathered."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from etl.build.events import triggers
from etl.build.events.absorbing import (
    LEGS,
    absorbs,
    bare,
    is_done_there,
    is_rite_act,
    is_unveiled_there,
    is_weak,
    only_adds,
)
from etl.build.events.candidates import Candidate
from etl.build.events.clauses import within
from etl.build.events.constructions import TOGETHER
from etl.build.events.cues import is_specific
from etl.build.events.happening import Happening, add_telling, line_of
from etl.build.events.judging import Judged
from etl.build.events.leaning import lean
from etl.build.events.likeness import akin, dates_fit, likeness, other_hosts
from etl.pages import Role
from etl.patterns import on_use

_ONE_BY_ONE = on_use(r"先后|分别|陆续|相继|依次|逐一")
_ALSO = on_use(r"还|又|也(?!是)|另外|此外")
_EDITION = on_use(r"首届|[第本今上下][一二三四五六七八九十\d]{0,3}届")
_EDITION_OF = on_use(r"(?:第[一二三四五六七八九十\d]{1,3}|下一?|首)[届次期](?:活动|计划)")  # 约定第八次活动明年11月举行
_AT_IT = on_use(r"(?:出席|参加|列席)了?(?:本次|此次|是次|该|这次|这场|本届)?$")
_FRAME = (Role.TITLE, Role.LEAD, Role.CAPTION)


def merge(judged: list[Judged]) -> list[Happening]:
    """The happenings of a page, those told by themselves before those that lean on them."""
    found: list[Happening] = []
    leaning = [j for j in judged if j.kept and _leans(j)]
    for one in (j for j in judged if j.kept and not _leans(j)):
        _put(one, found)
    for one in leaning:
        lean(one, found)
    for one in (j for j in judged if not j.kept):
        _mention(one, found)
    found = [h for h in found if not _told_behind(h, found) and not _only_shown(h, found)]
    for happening in found:
        candidate = happening.main.candidate
        numbered = happening.event_type == "other" and _EDITION_OF.search(candidate.words) is not None
        if candidate.trigger.form == "next" or numbered:
            happening.main = _of_its_kind(happening.main, found)
    return [h for h in found if not _given_by_turns(h) and not _told_one_by_one(h, found)]


def _only_shown(happening: Happening, found: list[Happening]) -> bool:
    """图片:8日,客人与村民包饺子, which the body tells as part of what that day brought."""
    main = happening.main.candidate
    days = _own_days(happening.main)
    if main.telling.role is not Role.CAPTION or main.trigger.word not in TOGETHER or days is None:
        return False
    for other in found:
        told = other.main.candidate
        body = told.telling.role is not Role.CAPTION and main.trigger.word in told.telling.masked
        if body and not other.main.planned and _own_days(other.main) == days:
            other.lines |= happening.lines
            return True
    return False


def _given_by_turns(happening: Happening) -> bool:
    """钱分两次拨给学校,最后一次在5月20日: a gift in parts."""
    return happening.main.candidate.trigger.form == "next" and happening.event_type == "handover"


_SO_MANY_PARTIES = on_use(
    r"了?(?:[两二三四五六七八九十\d]{1,3}|多|几)(?:批|拨|支|个|队)[^,]{0,12}(?:客|宾|团|队|友人|朋友|访者)"
)


def _told_one_by_one(happening: Happening, found: list[Happening]) -> bool:
    """三天演了五场。头一场排在10日晚: the sum of what the text goes on to tell."""
    main = happening.main.candidate
    days = _own_days(happening.main)
    if main.trigger.word in ("迎来", "接待") and days is not None and days[0] != days[1]:
        if _SO_MANY_PARTIES.match(main.telling.masked, main.trigger.end) is None:
            return False
        told = [h for h in found if h is not happening and h.event_type in ("visit", "meeting", "cultural_exchange")]
        within_it = [d for h in told if (d := _own_days(h.main)) is not None and days[0] <= d[0] <= d[1] <= days[1]]
        return len(within_it) > 1  # 9日至15日迎来四批客人。头一批9日上午…
    if not main.trigger.word.endswith(("场", "轮", "局")) or days is None or days[0] == days[1]:
        return False
    return any(
        h.main.candidate.trigger.form == "next" and h.main.candidate.clause.order > main.clause.order
        and h.event_type == happening.event_type and dates_fit(h.anchor, happening.anchor) is True
        for h in found
    )  # fmt: skip


_WAS_THEN = on_use(r"[次回趟场届](?:则|就|还|便)?(?:是|在)[\d年月日去前今上中下旬底初末]{3,14}$")


def _told_behind(happening: Happening, found: list[Happening]) -> bool:
    """下一站是茶荣省:义工队将于9月1日前往当地…: the sentence goes on to say what the next one is."""
    main = happening.main.candidate
    if main.trigger.form == "next" and _WAS_THEN.search(main.telling.masked, main.trigger.start, main.clause.end):
        for other in found:  # 上一次是2023年12月,他为足球赛开球
            told, date = other.main.candidate, other.anchor.date
            goes_on = told.clause.sentence == main.clause.sentence and told.clause.order - main.clause.order == 1
            if other is not happening and goes_on and date is not None and date == happening.anchor.date:
                return True
    return (
        main.trigger.form == "next"
        and happening.date is None
        and any(
            h is not happening and h.main.planned and h.main.candidate.clause.sentence == main.clause.sentence
            and h.main.candidate.clause.order > main.clause.order
            for h in found
        )
    )  # fmt: skip


def _of_its_kind(one: Judged, found: list[Happening]) -> Judged:
    """下一站, 下一次: of the kind of what the page tells of first."""
    order, sentence = one.candidate.clause.order, one.candidate.clause.sentence
    found = sorted(found, key=lambda h: h.main.candidate.clause.order)
    before = [h for h in found if h.main.candidate.clause.order < order and h.main.candidate.trigger.form != "next"]
    numbered = [h for h in before if "届" in one.candidate.telling.masked and _EDITION.search(h.main.candidate.words)]
    if _EDITION_OF.search(one.candidate.words):
        numbered = [h for h in before if h.event_type in _IN_SERIES and not h.main.planned][:1]
    told = numbered or [h for h in before if h.main.candidate.clause.sentence == sentence]
    word = one.candidate.trigger.word.removesuffix("轮到")  # 明年轮到西宁: nobody travels
    said = next((kind for ends, kind in _BY_VERB if word.endswith(ends)), None)
    if said is not None:
        return replace(one, event_type=said)  # 上回来是2016年
    named = None if told else _kind_named(one)
    if named is not None:
        return replace(one, event_type=named)
    if one.candidate.trigger.word.endswith(("届", "期")):
        told = told or [h for h in before if h.event_type in _IN_SERIES]  # 按照协议每年一届;2026年那一届定于8月…
    if one.candidate.trigger.word.endswith("场"):
        told = told or [h for h in before if h.event_type in _STAGED]
    told = told or [h for h in before if not h.main.planned]
    if told and word == "下一站" and told[0].event_type == "signing":
        return replace(one, event_type="visit")  # 义诊团在薄寮签了备忘录。下一站是柬埔寨: they travel on
    return replace(one, event_type=told[0].event_type) if told else one


_IN_SERIES = ("cultural_exchange", "contest", "conference", "training", "meeting", "congress")
_STAGED = ("cultural_exchange", "contest", "conference", "training")  # what is told by 场


_BY_VERB = (
    (("来", "到", "去", "访"), "visit"), (("见面", "碰面", "相聚", "聚首"), "meeting"), (("交手",), "contest"),
    (("同台",), "cultural_exchange"),
)  # fmt: skip


def _kind_named(one: Judged) -> str | None:
    """协会还两次组织会员赴保加利亚访问,第一次是在2018年9月: of the kind that the sentence names."""
    telling, clause = one.candidate.telling, one.candidate.clause
    ahead = [c for c in telling.clauses if c.sentence == clause.sentence and c.order < clause.order]
    for other in reversed(ahead[-3:]):
        kinds = [t.event_type for t in triggers.find(telling, other) if t.form != "next"]
        if kinds:
            return kinds[-1]
    return None


def _leans(one: Judged) -> bool:
    undated = one.anchor.kind == "none" and one.candidate.telling.role is Role.CAPTION
    return one.anchor.kind == "anaphora" or (undated and one.candidate.construction == "verb")


_SPOT = on_use(
    r"(?:[中小]学|学校|大学|学院|医院|卫生[站院]|诊所|[孤福敬养][儿利老]院|中心|基地|工厂|公司|合作社|陵园|"
    r"博物馆|图书馆|幼儿园|托儿所|编织社|工场|作坊|农场|茶园|纪念馆|展览馆|文化馆|康复站|福利院|敬老院|[村寨])(?=[,、]|$)"
)


def _put(one: Judged, found: list[Happening]) -> None:
    for other in found:
        if any(only_adds(told, one) for told in other.tellings):
            other.lines.add(line_of(one))
            return
        if absorbs(other.main, one):
            if (
                is_rite_act(one)
                or is_unveiled_there(other.main, one)
                or is_done_there(other.main, one)
                or _met_there(other.main, one)
                or (one.candidate.trigger.form == "journey" and other.main.candidate.trigger.form == "noun")
            ):
                other.lines.add(line_of(one))  # 办了夏令营,40名学生应邀前来: who came to it
                other.others.append(one)
            else:
                weak = is_weak(other.main) and not (other.main.planned and one.candidate.trigger.word in _ON_THE_WAY)
                add_telling(other, one, more_exact=bare(other.main) or weak)
            return
        if (
            _same(other, one)
            or _shows(other, one)
            or _chaired(other, one)
            or _rite_of(other, one)
            or _leg_of(other, one)
            or _its_rite(other, one)
            or _closes(other, one)
        ):
            add_telling(other, one, more_exact=_sums_up(other.main) and _own_days(one) is not None)
            return
    found.append(Happening(one, one.anchor, lines={line_of(one)}))


_ON_THE_WAY = frozenset({"募捐", "义卖", "义演", "募款", "筹款"})  # 教师将抵达河内,沿途为孩子募捐


def _its_rite(happening: Happening, one: Judged) -> bool:
    """参赞出席了29日的仪式: the rite of what was told of that day, without a name of its own."""
    candidate = one.candidate
    if candidate.construction != "attended" or candidate.trigger.word not in ("仪式", "典礼", "活动"):
        return False
    days = _own_days(one)
    kinds = ("handover", "signing", "award", "launch", "ceremony")
    date = one.anchor.date
    gap = candidate.telling.masked[date.char_end : candidate.trigger.start] if date is not None else "-"
    return (
        gap in ("", "的") and happening.event_type in kinds and days is not None and _own_days(happening.main) == days
    )


def _same(happening: Happening, one: Judged) -> bool:
    """Another sentence that tells the same: akin in kind, fitting in date, and alike in words."""
    main = happening.main
    if any(t.candidate.clause.sentence == one.candidate.clause.sentence for t in happening.tellings):
        return False
    if not akin(happening.event_type, one.event_type) or main.planned != one.planned:
        return False
    if happening.event_type != one.event_type and _ALSO.search(
        one.candidate.telling.masked, one.candidate.clause.start, one.candidate.trigger.start
    ):
        return False  # 代表团昨日还参观了安江大学: one thing more
    if one.anchor.kind == "recent" and re.search(
        r"此前|早前", one.candidate.telling.masked[: one.candidate.trigger.start]
    ):
        return False
    if (_sums_up(main) and _told_apart(happening, one)) or _is_stop(main, one) or _is_stop(one, main):
        return False
    fit = dates_fit(happening.anchor, one.anchor)
    if fit is False or _other_receives(main, one) or other_hosts(main, one):
        return False
    if fit is None and {happening.event_type, one.event_type} == {"ceremony", "launch"}:
        return False  # 二号桥合龙仪式近日举行; 二号桥于2016年8月19日动工
    alike = likeness(main, one)
    framed = one.candidate.telling.role in _FRAME or main.candidate.telling.role in _FRAME
    if fit:
        return alike >= (0.25 if happening.event_type == one.event_type else 0.35)
    framed_stem = framed and happening.event_type == one.event_type and _one_stem(happening, one)
    if framed_stem and one.anchor.date is None and alike >= 0.15:
        return True  # 图一:会长主持思源楼揭牌礼
    same_noun = main.candidate.trigger.word[-2:] == one.candidate.trigger.word[-2:]
    return alike >= (0.3 if framed or same_noun else 0.5)


_RECEIVES = frozenset({"会见", "接见", "会晤", "会谈", "工作会谈", "接待", "座谈", "宴请", "拜会", "拜访"})


def _other_receives(main: Judged, one: Judged) -> bool:
    """23日上午,主席与友协会长会谈。当天下午,阵线副主席会见代表团: another body receives the guests on the same day."""
    told = (main.candidate, one.candidate)
    if any(c.trigger.word not in _RECEIVES or c.telling.role is not Role.BODY for c in told):
        return False
    first, second = (_names_before(c) for c in told)
    if not first or not second:
        return False
    return not any(a in b or b in a for a in first for b in second)


def _names_before(candidate: Candidate) -> set[str]:
    """The bodies and persons of a clause up to its verb."""
    return {
        a.name for a in within(candidate.telling.actors, candidate.clause.start, candidate.trigger.start)
        if a.entity_type in ("person", "organization")
    }  # fmt: skip


_CLOSES = frozenset({"闭幕", "落幕", "落下帷幕", "收官", "谢幕", "结束", "闭营", "结营", "结业"})


def _closes(happening: Happening, one: Judged) -> bool:
    """第六届友好文化节12日开幕…文化节14日晚闭幕: the end, without a place of its own, of what the page told."""
    candidate = one.candidate
    noun = candidate.telling.masked[candidate.clause.start : candidate.trigger.end].strip("* ")
    noun = noun.removeprefix("本届").removeprefix("该").removeprefix("此次").removeprefix("本次")
    after = candidate.telling.masked[candidate.trigger.end : candidate.clause.end].rstrip("了")
    if candidate.trigger.form != "noun" or not 2 <= len(noun) <= 5 or not after.endswith(tuple(_CLOSES)):
        return False
    main = happening.main.candidate
    said = main.telling.masked[main.start : main.end]
    later = (main.clause.order < candidate.clause.order) and not (happening.main.planned or one.planned)
    return later and "在" not in after and noun in said and happening.event_type == one.event_type


_STOPS = (
    "走访", "看望", "慰问", "探望", "探访", "参观", "参访", "观摩", "调研", "视察", "考察", "拜谒", "瞻仰", "凭吊",
)  # fmt: skip


def _is_stop(main: Judged, one: Judged) -> bool:
    """5日至8日访问柬埔寨。8日上午,代表团拜会参议院: whom one met or went to see on a day of a visit of several.

    It is told for itself, whichever of the two the page tells first.
    """
    whole, day = main.anchor.date, one.anchor.date
    candidate = one.candidate
    if whole is None or day is None or one.anchor.kind != "own" or candidate.construction != "verb":
        return False
    seen = candidate.trigger.word in _STOPS and main.candidate.trigger.word not in _STOPS
    return (
        main.event_type == "visit" and (one.event_type == "meeting" or (one.event_type == "visit" and seen))
        and candidate.telling.role in (Role.BODY, Role.LEAD)
        and whole.precision == "range" and day.precision in ("day", "day_part")
    )  # fmt: skip


def _met_there(main: Judged, one: Judged) -> bool:
    """参观了茶叶研究所,并同那里的工人见面: whom one met where one went to see something."""
    a, b = main.candidate, one.candidate
    moreover = b.telling.masked.startswith(("并", "还", "也", "又"), b.clause.start)
    seen = a.trigger.word in _STOPS and a.trigger.form == "verb" and a.clause.order < b.clause.order
    return seen and one.event_type == "meeting" and moreover


def _shows(happening: Happening, one: Judged) -> bool:
    """图片: 4月10日,两国演员同台谢幕, where the text only says 头一场排在10日晚: the one of that kind and day."""
    told = (happening.main, one)
    unnamed = [t for t in told if t.candidate.trigger.form == "next"]
    shown = [t for t in told if t.candidate.telling.role is Role.CAPTION]
    if len(unnamed) != 1 or len(shown) != 1 or unnamed == shown:
        return False
    days = _own_days(one)
    return shown[0].event_type in _STAGED and days is not None and _own_days(happening.main) == days


_CHAIRS = on_use(r"(?:主持|出席|列席|到会|见证)了?(?:并主持|本次|此次|是次|该|这次|这场|本届)?$")
_GATHERINGS = ("conference", "congress", "meeting", "ceremony", "signing", "launch", "award", "handover")


def _chaired(happening: Happening, one: Judged) -> bool:
    """召开总结会,副部长主持会议: who was at what the sentence has just told, by its bare noun."""
    main, candidate = happening.main.candidate, one.candidate
    before = candidate.telling.masked[candidate.clause.start : candidate.trigger.start]
    bare = (
        candidate.trigger.word in ("会议", "大会", "仪式", "典礼", "座谈会", "活动")
        and candidate.end == candidate.trigger.end
    )
    own = one.anchor.date is not None and one.anchor.date.char_start >= candidate.clause.start
    return (
        bare and not own and _CHAIRS.search(before) is not None and happening.event_type in _GATHERINGS
        and main.telling is candidate.telling and main.clause.sentence == candidate.clause.sentence
        and main.clause.order < candidate.clause.order
    )  # fmt: skip


def _sums_up(one: Judged) -> bool:
    """3月25日至27日,主席先后会见三国大使: happenings of several days in one clause."""
    candidate, days = one.candidate, _own_days(one)
    long = days is not None and days[0] != days[1]
    words = candidate.telling.masked[candidate.clause.start : candidate.clause.end]
    return long and _ONE_BY_ONE.search(words) is not None


def _own_days(one: Judged) -> tuple[dt.date, dt.date] | None:
    date = one.anchor.date
    if one.anchor.kind != "own" or date is None or date.start_date is None or date.end_date is None:
        return None
    return (date.start_date, date.end_date) if date.precision in ("day", "day_part", "range") else None


def _told_apart(happening: Happening, one: Judged) -> bool:
    """Whether what a summary stands for is already told by another day than this."""
    days = _own_days(one)
    told = [found for t in happening.tellings if t is not happening.main and (found := _own_days(t)) is not None]
    return days is not None and any(found != days for found in told)


def _rite_of(happening: Happening, one: Judged) -> bool:
    """向红十字会移交了10吨大米,仪式在河内举行: the bare rite of what the sentence has told."""
    main, candidate = happening.main.candidate, one.candidate
    rite = candidate.trigger.word in ("仪式", "典礼") and candidate.construction == "subject" and _definite(one)
    kinds = ("handover", "signing", "award", "launch", "ceremony")
    return rite and main.clause.sentence == candidate.clause.sentence and happening.event_type in kinds


def _leg_of(happening: Happening, one: Judged) -> bool:
    """12日下午,代表团抵达桑怒市: the beginning of a visit of several days told before."""
    date = happening.date
    if _SPOT.search(one.candidate.telling.masked, one.candidate.trigger.end, one.candidate.clause.end):
        return False  # 19日,代表团来到巴色克山县中学: what was seen there is told for itself
    if one.candidate.trigger.form != "journey" or one.candidate.trigger.word not in LEGS:
        return False
    long = date is not None and date.start_date != date.end_date
    return happening.event_type == "visit" and long and dates_fit(happening.anchor, one.anchor) is True


def _one_stem(happening: Happening, one: Judged) -> bool:
    """落成典礼 and 落成, 移交仪式 and 移交."""
    return happening.main.candidate.trigger.word[:2] == one.candidate.trigger.word[:2]


def _definite(one: Judged) -> bool:
    """授章仪式在河内举行, 这场年会…: a bare noun names what was told before."""
    candidate = one.candidate
    before = candidate.telling.masked[candidate.clause.start : candidate.trigger.start].strip("* ")
    if candidate.construction == "attended" and _AT_IT.search(before):
        return True  # 黄氏恒出席大会并讲话
    return candidate.trigger.form == "noun" and before in ("", "本次", "此次", "这次", "是次", "这场", "该", "本届")


def _mention(one: Judged, found: list[Happening]) -> None:
    """A telling too weak to stand alone belongs to the happening most like it, or to none."""
    section, role = one.candidate.telling.section, one.candidate.telling.role
    fitting = [
        h for h in found
        if akin(h.event_type, one.event_type)
        and dates_fit(h.anchor, one.anchor) is not False
        and not other_hosts(h.main, one)
    ]  # fmt: skip
    if not fitting:
        return
    same = [h for h in fitting if h.event_type == one.event_type and not h.main.planned]
    shown = role in _FRAME and one.candidate.trigger.form == "verb"
    named = [h for h in fitting if not h.main.planned and _names(h.main, one)] if _definite(one) else []
    same = named or same
    if same and (_definite(one) or shown):
        _attach(min(same, key=lambda h: abs(h.main.candidate.clause.order - one.candidate.clause.order)), one)
        return
    if one.candidate.trigger.word.endswith("仪式") and one.candidate.construction == "subject":
        told = [h for h in fitting if h.anchor.kind == "own" and not h.main.planned]
        if len(told) == 1:  # 向20户家庭赠送母牛。赠牛仪式在甘露县举行
            _attach(told[0], one)
            return
    happening = max(fitting, key=lambda h: likeness(h.main, one) + 0.3 * _one_stem(h, one))
    near = role in _FRAME or happening.main.candidate.telling.section == section
    closeness = likeness(happening.main, one) + 0.3 * _one_stem(happening, one)
    bare = one.candidate.construction == "mention" or (one.anchor.date is None and not is_specific(one.candidate))
    if closeness >= (0.2 if near else 0.4) + 0.15 * bare:
        _attach(happening, one)


def _names(main: Judged, one: Judged) -> bool:
    """以…为主题的民间友好交流周,于18日晚揭幕。交流周由…共同主办: the sentence that told it says its noun."""
    candidate, noun = main.candidate, one.candidate
    word = noun.telling.masked[noun.clause.start : noun.trigger.end].strip("* ").removeprefix("该").removeprefix("本届")
    said = candidate.telling.masked[candidate.sentence_start : candidate.clause.end]
    return 2 <= len(word) <= 6 and word not in ("会议", "活动", "仪式", "大会", "典礼") and word in said


def _attach(happening: Happening, one: Judged) -> None:
    """A line that mentions a happening; only one that tells of it says more of its place and parties."""
    happening.lines.add(line_of(one))
    if one.candidate.construction == "mention":
        happening.mentions.append(one)
    elif one.candidate.construction != "listed":
        happening.others.append(one)
