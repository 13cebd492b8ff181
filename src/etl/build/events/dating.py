"""When a happening took place: the date expression that governs its words, or what it leans on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.build.events.candidates import Candidate
from etl.build.events.clauses import MASK, REACH, Telling, within
from etl.build.events.triggers import pattern
from etl.mentions import DateMention
from etl.patterns import on_use

_FINE = frozenset({"day", "day_part", "week", "month", "quarter", "half", "season"})
_TOPIC = on_use(r"^(?:度|全年)?[^,的;。]{0,10}(?:工作|任务|总结|计划|民间|外交|对外|财年|指标)")
_TERM = on_use(r"^\s?(?:任期|阶段|期间的|计划|规划|届|财年)")
_BOUND_BEFORE = on_use(
    r"(?:截至|截止|截止到|直到|原计划|迎接|喜迎|庆祝|纪念|欢度|不迟于|展期[至到]|展[至到]|持续[至到]|延续[至到]|开放[至到])\s?$"
)
_BOUND_AFTER = on_use(r"^(?:以前|之前|前(?!后|往|来)|为止|止)")
_SINCE = on_use(r"^[^,;。]{0,24}(?:以来|至今|起(?!点))")
_AFTER = on_use(
    r"(?:[会式礼谈见问察赛动幕牌彩演营奖晤宴访接割]|大会|会议|典礼|签约|签字|续约|开工|开学|开课|揭碑|奠基|"
    r"通车|启程|出发)(?:结束|开始|召开|举行|举办|开幕|启动|开场)?(?:的)?"
    r"(?:后|之后|以后|过后|之前|前夕|之余|之外|期间|上|中|[前头]一[天日晚]|散后|散场后|(?<=结束)(?:时|之时|"
    r"之际|的?当[天晚日])|(?<=开始)(?:时|之时|之际))(?![级央心])[,\u4e00-\u9fff]"
)
# 下午,乡亲们又赶到…: the day is the one told of before.
_DAY_PART = on_use(
    r"^[\s|]*(?:[上中下]午|傍晚|晚上|晚间|入夜|夜里|清晨|早上|当夜|稍后|赛罢|末了|临行前?|临别前?|临走时?|行前),?"
    r"|[^,;。]{0,8}(?:闭营|结营|闭幕|散[会营场]|离营|分别|告别|返程|回国|离境|启程|收官|[会式礼谈见晤宴赛]|"
    r"签约|揭牌|颁奖|开赛|开营|撤离|撤回|离去|离越|离华|返台|返港|返国)前,"
    r"|离开[^,;。]{1,8}前,"
    r"|[^,;。]{0,8}(?:首日|首天|头一天|第一天|最后一[日天]|末一天|压轴一天)(?:[上下中]午|晚上?|晚间)?(?:,|(?=[获受由赴到在]))"
    r"|[^,;。]{0,8}(?:[会式礼谈见晤宴赛访]|签约|揭牌|剪彩|颁奖|签字|交接|移交)(?:一|刚|甫|才)(?:刚)?(?:结束|完毕?|散|毕|落幕|闭幕|收场),"
    r"|[^,;。]{0,8}(?:[会式礼谈见晤宴赛访]|签约|揭牌|剪彩|颁奖|签字|交接|移交)(?:完毕?|结束|毕|既毕),"
    r"|(?:出席|参加)了?(?:开幕|闭幕|颁奖|结业|毕业|启动|交接|落成)?(?:式|礼|仪式|典礼),"
)

_BOTH_SIDES = on_use(r"(?:随后|并|其间)?,?(?:双方|两国|两省|两市|两地|两会)")  # who they are was told just before
_GLOSS = on_use(r"[天日晚午晨]\($")
_FILED = on_use(r"(?:专)?[电讯]|报道")  # the day a report was sent
_OCCASION = on_use(
    r"(?:节|独立日|周年|新年|新春)(?:前夕|来临|到来|期间),|值[^,;。]{2,60}之际|(?:周年|国庆|独立日|"
    r"建交)[^,;。]{0,24}之际"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What ties a candidate to time.

    `kind`: own (a day, month or the like of its sentence), year (only a year), section (a year told of before),
    anaphora (会上, 同时: it leans on another happening), recent (近日), occasion (值…之际), none.
    """

    kind: str
    date: DateMention | None = None


def is_fine(date: DateMention) -> bool:
    """Finer than a year: 下月初 is a range of days, 2018-2023年 is not."""
    return date.precision in _FINE or (date.precision == "range" and span_days(date) <= 100)


def anchor(candidate: Candidate) -> Anchor:
    """The anchor of a candidate by its own sentence."""
    date = _own_date(candidate)
    if date is not None and is_fine(date):
        unknown = date.start_date is None and _SAME_DAY.match(date.quote) is not None
        unknown = unknown and _EDGE.search(candidate.telling.masked[: date.char_start]) is not None
        return Anchor("anaphora" if unknown else "own", date)
    said = candidate.telling.masked[told_from(candidate) : candidate.trigger.start][-REACH:]
    both = candidate.trigger.event_type in ("signing", "handover") and _BOTH_SIDES.match(said) is not None
    too = candidate.trigger.event_type in ("handover", "award") and _DID_TOO.match(said) is not None
    if date is not None and _looks_back(candidate, date):
        return Anchor("year", date)  # 会长席间忆述,2001年他头一回飞抵顺化
    if candidate.construction == "temporal" or both or too or leans(said):
        return Anchor("anaphora", date)
    clause = candidate.clause
    upto = candidate.telling.masked[clause.start : clause.end] if candidate.trigger.form == "noun" else ""
    if pattern("recent").search(_DAYS_BEFORE.sub("", said + upto[:REACH])):
        return Anchor("recent", date)
    if date is not None:
        return Anchor("year", date)
    return Anchor("occasion" if _OCCASION.search(said) else "none")


# 他在仪式上说,…; 据该协会通报,…: what is reported then, not what was done then.
_REPORTS = on_use(
    r"(?:表示|说明?|指出|介绍|强调|透露|认为|(?<![名职简俗通尊])称|坦言|提到|谈到|汇报|回忆|通报|说道|"
    r"[告坦]诉[^,]{1,10})$"
    r"|^[^,]{0,12}据[^,]{0,24}(?:统计|介绍|通报|报告|透露|汇总|资料)$|^(?:工作|会议|该|总结)?报告(?:显示|称|指出|说)?$"
)


def told_from(candidate: Candidate) -> int:
    """Where what the candidate tells begins in its sentence: behind the clause that says who reports it."""
    telling, clause = candidate.telling, candidate.clause
    ahead = [c for c in telling.clauses if c.sentence == clause.sentence and c.order < clause.order]
    reported = [c for c in ahead[-_CLAUSES:] if _REPORTS.search(telling.masked[c.start : c.end])]
    return max(candidate.sentence_start, reported[-1].end) if reported else candidate.sentence_start


_CLAUSES = 8  # of one sentence, that a report goes on for
_RECALLED = on_use(r"忆述|回忆|回顾|忆及|忆起|追忆|谈起|提起|说起|讲起")


def _looks_back(candidate: Candidate, date: DateMention) -> bool:
    """A year at the head of the clause, behind a word of remembering."""
    telling, clause = candidate.telling, candidate.clause
    heads = date.precision == "year" and 0 <= date.char_start - clause.start <= 1
    if date.precision == "year" and date.char_end <= clause.start and telling.masked.startswith(":", clause.start - 1):
        return True  # 搬出一本1968年的募捐簿:工人每人捐出一天工资
    return heads and _RECALLED.search(telling.masked, candidate.sentence_start, clause.start) is not None


_EDGE = on_use(
    r"(?:结束|闭幕|落幕|收官|散会|结业|返程|离开|开幕|启动|开营|开班|开赛|抵达|到达|落成|启用|揭牌|签约|交接|移交)的?$"
)
_REGULAR = on_use(r"[^,]{0,6}(?:例会|季会|会议|工作会|座谈会|总结会|碰头会|评比)")
_SAME_DAY = on_use(r"[当當同](?:天|日|晚|夜)|同一天")  # 义诊结束当天: of days told before, which one is not said
_DID_TOO = on_use(
    r"[^,]{0,6}还(?:把|向|给|为|(?:代表|受)[^,]{1,12}[向给为])"
)  # 他还把一张支票递到会长手里: at what was told before
# 趁着派米的空当,医生替乡亲量血压: in the course of what was told
_MEANWHILE = on_use(r"^(?:趁着?|利用|借着?)[^,]{1,14}(?:空当|空档|间隙|当口|工夫|之便|之机)")
_DAYS_BEFORE = on_use(
    r"(?:走|坚持|延续|办|活|传|直|保留)到今[天日]|(?<=\d)日前|最近一?[次回届场期轮趟]"
)  # 6月1日前交付: a deadline, not 日前
_IN_IT = on_use(r"^(?:会议|大会|仪式|典礼|座谈会|论坛|见面会|晚会)(?:还|也|同时|并)")


# 副会长陈安到会讲话,并向三人授予纪念章: at what the page tells of
_AT_GATHERING = on_use(
    r"[^,]{2,30}(?:到会|与会|莅会|莅临大会|出席(?:本次|此次|该|这次|了)?(?:大会|会议|仪式|典礼))(?:并|作|时)?(?:讲话|致[辞词]|祝贺|发言|指导|宣读[^,]{0,8})?,"
    r"(?:并|还|又|随后|代表)"
)


def leans(said: str) -> bool:
    """会上, 仪式后, 同时 ... near the beginning of a sentence, or right before the verb."""
    if (
        _AT_GATHERING.match(said)
        or _AFTER.search(said[:24])
        or _IN_IT.search(said)
        or _DAY_PART.search(said)
        or _MEANWHILE.search(said)
    ):
        return True
    for match in pattern("anaphor").finditer(said):
        if match.group() in _IN_COURSE and _NO_HAPPENING.search(said[: match.start()]):
            continue
        if match.group() == "同时" and said[match.end() : match.end() + 1] in (",", ""):
            continue  # 同时,举行外交工作培训: a connective, not a time
        if match.start() <= 16 or len(said) - match.end() <= 8:
            return True
    return False


# 疫情期间, 台风过后, 任职期间: the time of what the page has not told of as a happening.
_IN_COURSE = ("期间", "过后", "之后", "其后")
_NO_HAPPENING = on_use(
    r"(?:疫情|新冠(?:肺炎)?|大流行|灾害?|难|震|(?:台风|飓风)[\u4e00-\u9fff□“”]{0,8}|风暴|洪水|山洪|暴雨|旱情|汛期?|战争|抗战|战役|任期|任内|"
    r"任职|在任|留学|学习|求学|工作|服役|生活|"
    r"春节|新年|新春|国庆|假|节日|佳节|学期|学年|年代|[年月日旬末])(?:的)?$"
)


_BEGAN_IN = on_use(
    r"(?:首次|首度|最早|第一次|初次|首届)(?:是)?(?:举办|举行|召开|开办|创办|亮相|登场|开赛)?(?:于|在|是在)"
)


def _own_date(candidate: Candidate) -> DateMention | None:
    telling, clause, trigger = candidate.telling, candidate.clause, candidate.trigger
    here = [d for d in telling.dates if clause.start <= d.char_start < clause.end and usable(telling, d)]
    here = [d for d in here if not _topic(telling, d)]
    ends = {d.char_end for d in here if d.precision == "month"}
    here = [d for d in here if d.char_start not in ends or not _SAME_DAY.match(d.quote)]  # 2018年6月同日交付乡里
    if any(d.precision in ("day", "day_part") for d in here) or any(
        d.precision in ("day", "day_part") and clause.item_start <= d.char_start < clause.start for d in telling.dates
    ):  # 10月15日召开第三季度例会
        here = [
            d for d in here if not (d.precision in ("quarter", "half") and _REGULAR.match(telling.masked, d.char_end))
        ]
    filed = [d for d in here if _FILED.match(telling.masked, d.char_end)]
    here = [d for d in here if d not in filed] or here  # 新华社金边5月9日电…移交仪式8日举行
    before = [d for d in here if d.char_end <= trigger.start]
    fine = [d for d in before if is_fine(d)]
    if fine:
        return fine[-1]
    coming = [d for d in before if d.quote.startswith(("明年", "后年", "来年"))]
    later = [d for d in here if d.char_start >= trigger.end and is_fine(d)]
    if coming:
        set_for = later and _SET_FOR.search(telling.masked, trigger.end, later[0].char_start)
        return later[0] if set_for else coming[-1]  # 12月3日双方会谈,商定明年开通直航; 明年的活动定于6月举行
    if later and trigger.word.endswith("于") and later[0].char_start == trigger.end:
        return later[0]  # 上一份协议签于2018年5月
    if not before and later and _SET_FOR.search(telling.masked, trigger.end, later[0].char_start):
        return later[0]
    if not before and later and _TAKES_PLACE.match(telling.masked, trigger.end, clause.end):
        return later[0]  # 第十五次会晤于2026年上半年在奠边府市举行
    if trigger.form in ("noun", "next"):
        after = [d for d in here if d.char_start >= trigger.end and is_fine(d)]
        near = [
            d for d in here
            if 0 <= d.char_start - trigger.end <= 4
            or (trigger.end <= d.char_start and _BEGAN_IN.fullmatch(telling.masked, trigger.end, d.char_start))
        ]  # fmt: skip
        if after or near:
            return (after or near)[0]
    earlier = _earlier(candidate)
    names = before and not telling.masked.startswith(
        (",", "初", "底", "末", "内", "全年", "里", "间"), before[0].char_end
    )
    names = names and trigger.form != "next"
    if names and trigger.form == "noun" and _is_of_another_year(telling, before[0], earlier):
        return before[0]  # 下一期11月开营,2025年的训练营定在金瓯省
    if before and before[0].char_start - clause.start <= 1 and not (names and earlier and is_fine(earlier)):
        return before[0]  # 9月10日,随着一声号炮,2025年龙舟邀请赛…: that year is in its name
    if before and not (earlier and is_fine(earlier)):
        return before[-1]
    if trigger.form == "next" and _TO_COME.match(telling.masked, trigger.end, clause.end):
        return _said_after(candidate)  # 首届5月下旬举行,第二届将移师邻省,时间暂定明年4月
    return earlier or _said_after(candidate)


def _is_of_another_year(telling: Telling, year: DateMention, earlier: DateMention | None) -> bool:
    """Whether a year is an edition's, 2025年的训练营, and not that of the date told before."""
    edition = year.precision == "year" and telling.masked.startswith("的", year.char_end)
    known = earlier is not None and earlier.start_date is not None and year.start_date is not None
    return edition and known and year.start_date.year != earlier.start_date.year  # type: ignore[union-attr]


# 第3梯义诊团预计明年7月成行: the day stands behind.
_SET_FOR = on_use(r"(?:预计|预定|[定订訂]于|拟于|将于|定在|选在|初定|原定|已于)(?:在|于)?$")
_TAKES_PLACE = on_use(r"(?:则|也|将|已|拟|计划|预计)?(?:于|在|[定订訂]于)?[^,的]{2,40}(?:举行|召开|举办|进行|展开)$")
_TO_COME = on_use(r"(?:则|也|还|又)?(?:将|拟|计划|改|预计|有望|初步)")
_TIMED = on_use(r"(?:举行|举办|活动|比赛|具体|演出)?(?:时间|日期|日子|日程|期限|档期|会期|展期)[^,\d]{0,8}$")


_IT_WAS_IN = on_use(r"(?:那|这)?(?:还|已|就|都|也)?(?:是在?|要追溯到|得追溯到)")  # 她第一次踏上越南的土地,是在1994年3月


def _said_after(candidate: Candidate) -> DateMention | None:
    """下一站轮到芒街做东,时间初定在今年11月上旬: the next clause says when."""
    telling, clause = candidate.telling, candidate.clause
    following = [c for c in telling.clauses if c.item == clause.item and 0 < c.order - clause.order <= 2]
    for date in telling.dates:
        for other in following:
            said = telling.masked[other.start : date.char_start]
            if other.start <= date.char_start < other.end and (_TIMED.match(said) or _IT_WAS_IN.fullmatch(said)):
                return date
    return None


# 指定用于今年8月遭山洪冲毁校舍的小学: the day of what another noun suffered.
_OF_ANOTHER = on_use(r"(?:用于|帮助|资助|慰问|看望|补偿|弥补|纪念|自从|依照|按照|鉴于|继)$")


# 其一,5月合办校史展;其二,设立助学金: the day of the first item says nothing of the second.
_NEXT_ITEM = on_use(r"(?:其[二三四五六]|[二三四五]是|第[二三四五]|再者|另外|此外|另一[件项笔个])")


def _earlier(candidate: Candidate) -> DateMention | None:
    """The nearest date of the clauses before, in the same `;` item first, then in the sentence or list header."""
    telling, clause = candidate.telling, candidate.clause
    header = candidate.header
    first = min(candidate.sentence_start, candidate.item_start, header[0] if header else clause.start)
    near = within(telling.dates, first, clause.start)
    dates = [d for d in near if d.char_end <= clause.start and usable(telling, d) and not _topic(telling, d)]
    if header is not None:
        own = [d for d in dates if d.char_start >= max(candidate.item_start, header[1])]
        listed = own or [d for d in dates if header[0] <= d.char_start < header[1]]
        return listed[-1] if listed else _paragraph_year(candidate)
    apart = _NEXT_ITEM.match(telling.masked, candidate.item_start, clause.end) is not None
    for left in (candidate.item_start,) if apart else (candidate.item_start, candidate.sentence_start):
        left = max(left, told_from(candidate))  # 他6月5日在会上表示,…: the day he said it
        near = [d for d in dates if d.char_start >= left and not _OF_ANOTHER.search(telling.masked, left, d.char_start)]
        if near:
            last = near[-1]
            if (
                telling.masked.startswith(":", clause.start - 1)
                and last.precision == "year"
                and _OLDER.match(last.quote)
            ):
                return last  # 21日,会员搬出1968年的募捐簿:工人每人捐出一天工资
            return ([d for d in near if is_fine(d)] or near)[-1]
    return None


_OLDER = on_use(r"(?:1\d|20[01])\d")


def _paragraph_year(candidate: Candidate) -> DateMention | None:
    """The year that opens the paragraph of a list: 2025年,各活动…开展。典型活动包括…"""
    telling = candidate.telling
    for date in telling.dates:
        if date.precision == "year" and date.char_end <= candidate.sentence_start and date.char_start <= 2:
            return date if usable(telling, date) else None
    return None


_CLOSED = on_use(r"[^,]{0,4}(?:关账|截止|截稿|收官|结束|统计|盘点|结算|为止|止)[^,]{0,2}(?:时|,|$)")


def usable(telling: Telling, date: DateMention) -> bool:
    """Whether a date can say when something happened: no term of office, no deadline, no beginning of a habit."""
    if date.precision in ("decade", "century") or (date.precision == "range" and span_days(date) > 100):
        return False
    before, after = telling.masked[: date.char_start], telling.masked[date.char_end :]
    until = before.endswith("直到") and re.match(r"[^,]{0,4}才", after) is not None  # 直到12月5日才补办: that day
    if before.endswith(("到", "至")) and _CLOSED.match(after):
        return False  # 到6月30日关账时,各界捐出…: the day of a sum
    if before.endswith(("走到", "坚持到", "延续到", "传到", "活到")) and date.quote.startswith(("今天", "今日")):
        return False  # 书画节走到今天已有十年
    if (_BOUND_BEFORE.search(before[-4:]) and not until) or _TERM.match(after) or _BOUND_AFTER.match(after):
        return False
    if telling.masked[date.char_start] == MASK and not _GLOSS.search(before):
        return False  # in a name, a quote or an aside; 开幕那天(5月7日) only says the day again
    if date.precision in ("day", "day_part"):
        return True
    since = before.endswith(("自", "从")) and _SINCE.match(after)
    return not since and not re.match(r"(?:年)?以来|至今|起(?=[,由])", after)


_MONTHS = on_use(r"(?P<first>\d{1,2})月份?(?:至|到|[-~—–]+)(?P<last>\d{1,2})月(?!\d)")


def span_days(date: DateMention) -> int:
    """Days from the first to the last of a range; of 1月至8月 in an unknown year roughly, 0 where nothing is known."""
    if date.start_date is None or date.end_date is None:
        months = _MONTHS.search(date.quote)
        return ((int(months["last"]) - int(months["first"])) % 12 + 1) * 30 if months else 0
    return (date.end_date - date.start_date).days


def _topic(telling: Telling, date: DateMention) -> bool:
    """A year that names what is talked of: 举行2025年民间外交工作总结会 says nothing of when."""
    broad = not is_fine(date) or date.precision in ("quarter", "half", "season")
    return broad and _TOPIC.match(telling.masked[date.char_end :][:20]) is not None
