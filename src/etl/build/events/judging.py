"""Which candidates are happenings: told as facts or dated plans, not as routine, opinion, or vague intent."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import dataclass

from etl.build.events.candidates import Candidate
from etl.build.events.clauses import MASK, REACH
from etl.build.events.constructions import looked_forward_to
from etl.build.events.cues import (
    DIGNITARY,
    done_with_others,
    founds,
    is_background,
    is_counted,
    is_done,
    is_encounter,
    is_honour,
    is_joint,
    is_specific,
    moved_to,
    names_next,
    trigger_is_series,
)
from etl.build.events.dating import Anchor, anchor, is_fine, span_days
from etl.build.events.kinds import type_of
from etl.build.events.sums import is_programme, is_sum
from etl.build.events.triggers import pattern
from etl.pages import Role
from etl.patterns import on_use

# 将 before an object is no plan: 将600亿越盾的象征牌交给…, 将援助金额从34亿调整
_OBJECT_MARK = on_use(
    r"将(?!于|在)(?=[^,]{0,4}[\d一两二三四五六七八九十几][^,]{0,40}(?:交给|交到|交付|转交|移交|授予|捐|送))|"
    r"将(?=[^,]{2,30}(?:挂|别|戴|佩|系|披)[到在])|"
    r"将(?=[^,]{2,16}(?:交给|调整|改为|增至|减为|提到))"
)
# 宣读决定: what was decided before; 妇女促进发展协会, 推进会: a name
_READ_OUT = on_use(r"(?:宣读|宣布|公布|传达|颁布|根据|按照|依据)了?[^,]{0,12}?决定")
_READY = on_use(r"(?<=的)准备|(?<=[做作了足好项])准备(?=工作|[,。;]|$)")  # 称赞协会所做的准备,并授予纪念章
_OF_A_NAME = on_use(
    r"(?:促进|推进|加强)[^,在于]{0,14}?(?:协会|学会|商会|基金会|委员会|促进会|联合会|组织|中心|工程|会)"
)
_WILL = on_use(
    r"将|还要|正(?:在)?(?:为|筹备|准备|张罗|布置|忙)|筹备|备战|拟|定于|即将|预计|约定|订于|[初暂拟]?定在|安排在"
)
_HABIT = on_use(r"每年|每月|每逢|每季|每周|每届|历年|年年|每两年|每三年|定期")
_PUT_OFF = on_use(r"延期|推迟|改期|延后|择期")
# 开工仪式至今没有举行: it did not take place
_NOT_HELD = on_use(
    r"[^,]{0,10}?(?:没有|没能|未能|未曾|尚未|并未|迟迟未|迟迟没有|无法)(?:能够?|如期|按期|按时)?(?:在[^,]{2,12})?"
    r"(?:举行|举办|召开|成行|进行|实现|签署|签订|开工|动工|开幕|启动|办成)"
)
_CONDITION = on_use(r"如果|假如|倘若|一旦|只要|除非|要是|若是|(?:^|,)若(?!干)")
# What was agreed ends with its item: 约定互派学生;墨迹未干,又送上1200册图书. 将 and 计划 govern a whole list.
_AGREED = frozenset({"约定", "商定", "同意", "决定", "确定", "准备", "推动", "力争", "争取", "议定"})
# Of these only the day they came about is news: 预计年底完工, 首批物资将于16日运抵.
_PACTS = frozenset({"结为", "结成", "缔结", "建立"})  # 2011年,两报结为友好报社: it happened once
_NO_PLAN = frozenset({"竣工", "完工", "完竣", "封顶", "运抵", "运到", "运达", "运至", "送抵", "送达"})
_HELD_ON = on_use(r"(?:举行|召开|举办|开幕|主办)的")
_GUESTS = on_use(r"了?(?:来访|到访|远道而来)?的?(?:客人|来宾|贵宾|宾客|嘉宾|访客|一行|代表团|访问团|考察团)")
_FIRST_TIME = on_use(r"首次|头一[回次遭趟]|第一[次回趟]|初次|首度|初访")
_INVITED = on_use(r"邀请(?!函|赛|展)[^,]{2,}$|有望[^,]{0,20}$")


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
    scene: Anchor | None  # the day that the sentence before sets without telling of a happening
    plan: bool  # the paragraph opens with a plan: 2023年,联合会将…。 联合会举行…
    decided: bool = False  # 会上敲定两件事。其一,…: what the paragraph lists is to come
    next_day: Anchor | None = None  # 第二天晚上,纪念会…: the day after the one told last


def judge(candidate: Candidate, setting: Setting) -> Judged | None:
    """The candidate judged, or None when nothing is told to happen."""
    telling, clause, trigger = candidate.telling, candidate.clause, candidate.trigger
    start = candidate.sentence_start if candidate.header is None else max(candidate.item_start, candidate.header[1])
    start = max(start, trigger.start - REACH)
    said = telling.masked[start : trigger.start]
    own = telling.masked[max(clause.start, start) : trigger.start]
    if candidate.construction == "mention":
        return Judged(candidate, Anchor("none"), False, False, "event.mention", type_of(candidate))
    if _tells_of_another(candidate, own):
        return None
    if (
        trigger.form in ("noun", "verb")
        and candidate.construction != "dated_noun"  # 压轴的是5月19日的返校日
        and _PROGRAMME.match(telling.masked, clause.start, trigger.start)
    ):
        return Judged(candidate, Anchor("none"), False, False, "event.mention", type_of(candidate))
    found = anchor(candidate)
    if found.kind in ("none", "anaphora") and setting.next_day is not None:
        found = setting.next_day
    if _agreed_only(candidate, found):
        return None
    dated = found.date is not None and found.date.line_no == telling.line_no and found.date.char_start >= clause.start
    item = telling.masked[max(candidate.item_start, start) : trigger.start]
    day_set = dated and trigger.form == "noun" and _HELD_ON.search(telling.masked[_day_end(found) : trigger.start])
    if _HABIT.search(own) or (not dated and _HABIT.search(item)):
        return None
    if (
        not day_set
        and pattern("opinion", "purpose").search(_OF_A_NAME.sub(MASK, own))
        and not _works_to_begin(candidate, found, setting)
    ):
        return None  # but 建议派人出席4月18日在河内举行的大会: it will be held
    if _CONDITION.search(item):
        return None
    if trigger.form == "noun" and _NOT_HELD.match(telling.masked, trigger.end, clause.end):
        return None
    bidden = trigger.form == "noun" and found.kind == "own"  # 邀请他出席9月在春川举行的博览会: it will be held
    invited = _INVITED.search(own)
    opens = found.date is not None and 0 <= clause.start - found.date.char_end <= 2  # 明年上半年,协会将邀请记者访问海口
    if invited is not None and (dated or opens) and found.date is not None and found.date.start_date is not None:
        ahead = setting.told is not None and found.date.start_date > setting.told
        said_first = found.date.char_end <= max(clause.start, start) + invited.start()
        bidden = bidden or (ahead and said_first and trigger.event_type == "visit")  # 明年4月邀请代表团来富寿
    if invited is not None and not bidden and not re.search(r"应[^,]*邀", own):
        return None  # an invitation is no visit yet
    if found.kind != "own" and pattern("opinion").search(said):
        return None
    upto = telling.masked[start : trigger.end]
    if found.kind == "none" and setting.scene is not None and candidate.construction in ("verb", "held"):
        found = setting.scene
    if found.kind == "none" and trigger.event_type == "meeting" and _GUESTS.match(telling.masked, trigger.end):
        found = Anchor("anaphora")  # 一行9人到我校访问。副书记会见了客人: those told of before
    found = _next_year(candidate, found, setting.published)
    planned = _planned(candidate, found, setting, upto) or _to_be_done_there(candidate, found)
    if planned and found.date is None and is_counted(candidate):
        found = _years_ahead(candidate) or found
    if planned and found.date is None:
        if setting.section_year is not None and (is_specific(candidate) or trigger.event_type == "congress"):
            found = setting.section_year
        elif not names_next(candidate):
            return None
    elif found.kind == "none" and setting.section_year is not None and _of_the_year(candidate):
        found = setting.section_year
    if planned and found.kind == "anaphora" and found.date is not None:
        found = Anchor("year", found.date)  # 闭幕式上…商定明年由老街省承办第四届比赛
    elif found.kind == "none" and (is_honour(candidate) or _has_result(candidate)):
        found = Anchor("anaphora")
    kept = _keeps(candidate, found, planned, setting.told)
    kept = kept and not _finished_before(candidate, found) and not _in_lots(candidate, found)
    kept = kept and not _of_the_proceeds(candidate, found) and not _of_the_years(candidate, found)
    if not planned and (is_sum(candidate, found) or is_programme(candidate, found)):
        kept = False
    routine = pattern("routine").search(own)
    if (
        found.kind not in ("own", "anaphora", "occasion")
        and routine
        and not (routine.group() == "先后" and (is_specific(candidate) or found.kind == "recent"))
    ):
        kept = False
    if planned and (not kept or candidate.trigger.word in _NO_PLAN):
        return None
    moved = moved_to(candidate)
    if moved is not None:
        found = Anchor("own", moved)
        published = setting.published
        planned = published is None or moved.start_date is None or moved.start_date > published
    elif re.search(r"原定|原拟", telling.masked[clause.start : trigger.end + 12]) and _PUT_OFF.search(
        telling.masked, trigger.end, trigger.end + 40
    ):
        return None  # 该展览原定3月举办,后因场地问题延期: no new date is told
    cancelled = moved is None and pattern("cancelled").search(telling.masked[clause.start : clause.end]) is not None
    rule = f"event.{candidate.construction}.{found.kind}"
    return Judged(candidate, found, planned, kept, rule, type_of(candidate), cancelled)


_THERE_WILL = on_use(r"(?:上|中|时|期间)?(?:还|也|便)?将(?!军|领|士)")


def _to_be_done_there(candidate: Candidate, found: Anchor) -> bool:
    """3月9日晚的闭幕式上将颁发奖杯: a rite of a day that no year is known of, told by what will be done there."""
    telling, trigger = candidate.telling, candidate.trigger
    unknown = found.date is not None and found.date.start_date is None
    return unknown and trigger.form == "noun" and _THERE_WILL.match(telling.masked, trigger.end) is not None


def _has_result(candidate: Candidate) -> bool:
    """顶竹竿比赛决出前三名: held at what the page tells of."""
    telling, trigger = candidate.telling, candidate.trigger
    won = trigger.form == "noun" and trigger.event_type == "contest" and candidate.construction == "subject"
    return won and telling.masked.startswith(("决出", "最终决出", "最后决出", "分出"), trigger.end)


# 活动从祈福仪式开始,随后是拔河和竹竿舞比赛: the items of what the sentence tells
_PROGRAMME = on_use(r"(?:随后|接着|紧接着|接下来|之后|其后|然后|最后|压轴的?|先|首先|再|另外)(?:则|便|就)?(?:是|为|有)")
_CROWD = on_use(r"(?:观众|游客|市民|读者|民众|群众|人次|参观者|观展者)(?:前来|入场|到场|排队|慕名)?$")
_SHOWN = on_use(
    r"(?:^|[,(])(?:本次|此次|该|这次|整个)?(?:图片|摄影|影像|绘画|书画|美术|文物|实物|图书)?(?:展览|画展|展会|"
    r"影展|图片展|摄影展)(?:上)?(?:共|一共|总共|主要|还|内|分[^,]{1,6}部分)?$"
)
_PAPERS = on_use(r"在[^,]{0,6}(?:移交|交接|捐赠|交付|颁奖|授勋)(?:会|仪式|大会|现场)上?$")
_RECEIPT = on_use(r"在[^,]{0,8}(?:证书|交接书|清单|交接单|确认书|收据|移交书|笔录)上$")  # the papers of a handover
_AT_LAST = on_use(r"(?:此次|这次|本次)(?:方|才|终于|总算)[^,]{0,8}$")


def _tells_of_another(candidate: Candidate, own: str) -> bool:
    """What only describes a happening told elsewhere.

    图片展有2000多名观众参观, 展览共展出64幅作品, 双方代表在移交会上签字, 受疫情影响,此次才得以实地访问.
    """
    trigger = candidate.trigger
    if _ROUNDED_OFF.match(candidate.telling.masked, trigger.end) and own.endswith(_THIS):
        return True  # 为这次访问画上句号
    if trigger.form != "verb":
        return False
    if _ASKED.search(own) or (trigger.event_type == "meeting" and _UNDER_WAY.search(own)):
        return True  # 请基金会代为翻修学堂, 两家公司正商谈合办茶厂
    if trigger.event_type == "visit":
        return _CROWD.search(own) is not None or _AT_LAST.search(own) is not None
    if trigger.word.startswith("展"):
        return _SHOWN.search(own) is not None
    return trigger.word in ("签字", "签名") and (_PAPERS.search(own) or _RECEIPT.search(own)) is not None


_ROUNDED_OFF = on_use(r"[^,]{0,6}(?:画|划)上了?[^,]{0,6}句号|[^,]{0,4}(?:增添|留下|写下|添)了?")
_THIS = ("为这次", "为此次", "为本次", "为这场", "为该次", "给这次", "给此次", "为整个", "为这趟", "给这趟")
_ASKED = on_use(r"(?:^|[,并又再还])请[^,]{2,30}(?:代为|代其|帮忙|帮着)$")
_UNDER_WAY = on_use(r"(?:正|正在|仍在|还在|尚在|一直在)(?:积极|加紧|进一步|密切|就[^,]{2,16})?$")
# 签署教师进修协议,将为后者培训40名教师; 签署三方协议:由甲方出资,在县里设立图书角: what the paper provides for
_PAPER = on_use(
    r"(?:签署|签订|签下|签了|订立|达成|缔结)[^,:;。]{0,44}(?:协议书?|协定|备忘录|合同|合作计划|纪要|意向书|议定书|公约|"
    r"合作方案|意见书)[^,:;。]{0,4}(?P<end>[,:])"
)
_GRANTED = on_use(
    r"(?:批[出准给]|核[拨准]|拨出|通过)[^,;。]{0,24}(?:元|盾|款|预算|经费|令吉|日元|瑞郎|基普|瑞尔)(?:\([^)]*\))?[,)]"
)
_PROVIDES = on_use(
    r"(?:其中|据此|双方|两[校市省会县院国家]|甲方|乙方|中方|越方|前者|后者)?(?:还|并|同时)?"
    r"(?:约定|商定|议定|规定|同意|决定|确定|明确|将(?=为|在|向|由|共同|联合|互|派|每)|拟|计划|承诺|轮流|每年|定期)"
)
_PUSHES = on_use(r"^(?:并|还|也|双方|将){0,2}(?:推动|促成|推进|力促|支持|鼓励|争取|探讨|研究|考虑)")


def _agreed_only(candidate: Candidate, found: Anchor) -> bool:
    """What a paper just signed provides for, or what is to be furthered, on no day of its own."""
    telling, clause, trigger = candidate.telling, candidate.clause, candidate.trigger
    date = found.date
    own = date is not None and date.char_start >= clause.start and is_fine(date)
    if own or candidate.header is not None:
        return False
    said = telling.masked[clause.start : trigger.start]
    if trigger.event_type == "signing" and trigger.word in _PACTS:
        return _PUSHES.match(said) is not None
    if trigger.event_type == "signing" or "了" in said:
        return False
    if trigger.event_type == "launch" and _GRANTED.search(telling.masked, candidate.item_start, clause.start):
        return True  # 董事会批出300万元,下一财年在三省设立六个中心: what the money is for
    paper = _PAPER.search(telling.masked, candidate.item_start, clause.start)
    if paper is None or (date is not None and date.char_start >= paper.end() and is_fine(date)):
        return False
    return paper["end"] == ":" or _PROVIDES.match(said) is not None


_AT_A_PLACE = on_use(r"在[^,在]{2,14}(?:出席|参加|见证)")
_SO_THAT = on_use(r"(?:以便|以期|力争|争取|确保|务求|力求)[^,]{0,10}$")


def _works_to_begin(candidate: Candidate, found: Anchor, setting: Setting) -> bool:
    """乡里须完成放线,以便2024年1月动工: a purpose with a day to come is a plan."""
    date, clause = found.date, candidate.clause
    if date is None or date.start_date is None or setting.told is None or candidate.trigger.event_type != "launch":
        return False
    ahead = candidate.telling.masked[clause.start : date.char_start]
    here = clause.start <= date.char_start and date.char_end <= candidate.trigger.start and is_fine(date)
    return here and date.start_date > setting.told and _SO_THAT.search(ahead) is not None


def _day_end(found: Anchor) -> int:
    return found.date.char_end if found.date is not None else 0


def _years_ahead(candidate: Candidate) -> Anchor | None:
    """拟在2020至2022年合办三期计划: years that a counted plan is spread over."""
    telling, clause = candidate.telling, candidate.clause
    for date in telling.dates:
        before = clause.start <= date.char_start and date.char_end <= candidate.trigger.start
        if before and date.precision == "range" and span_days(date) > 100:
            return Anchor("year", date)
    return None


def _of_the_year(candidate: Candidate) -> bool:
    """Told as one of the doings of the year that a section reports on."""
    named = candidate.construction in ("held", "attended") and is_specific(candidate)
    return done_with_others(candidate) or (named and candidate.telling.role is Role.BODY)


_HURRIED = on_use(r"[^,;。]{0,20},(?:以便|并|好|也|要)?(?:赶在|争取在|务求在)(?!了)")


def _next_year(candidate: Candidate, found: Anchor, published: dt.date | None) -> Anchor:
    """A plan without a year that was read as last year's: on 17 March, 将参加3月26日至28日举行的论坛."""
    date = found.date
    if date is None or published is None or not date.basis.startswith("year_from_publication"):
        return found
    start, end = date.start_date, date.end_date
    own = candidate.telling.masked[candidate.item_start : candidate.trigger.start][-60:]
    if candidate.trigger.form == "noun" and candidate.trigger.end <= date.char_start < candidate.clause.end:
        own += candidate.telling.masked[candidate.trigger.end : date.char_start]  # 第二次见面会定在11月
    if _HURRIED.match(candidate.telling.masked, candidate.trigger.end):
        own += "将"  # 首座桥7月上旬动土,赶在雨季前通车
    if start is None or end is None or (published - end).days < 60 or _WILL.search(_OBJECT_MARK.sub(MASK, own)) is None:
        return found
    try:
        later = dataclasses.replace(
            date,
            start_date=start.replace(year=start.year + 1),
            end_date=end.replace(year=end.year + 1),
            edtf=None,
            is_planned=True,
        )
    except ValueError:  # 29 February
        return found
    return Anchor(found.kind, later)


def _planned(candidate: Candidate, found: Anchor, setting: Setting, said: str) -> bool:
    """To come: a date after the publication, or words of planning without a date that has passed."""
    date, published = found.date, setting.published
    if date is not None and date.start_date is not None and published is not None:
        if date.start_date > published:
            return True
        if date.end_date is not None and date.end_date <= published:
            if date.end_date < published or date.char_start < candidate.item_start:
                return False
            # 客人23日将转往另一城,与校友会面, told on that morning
            return _TODAY_TO_COME.match(candidate.telling.masked, date.char_end) is not None
    if candidate.header is not None:
        said = candidate.telling.masked[candidate.header[0] : candidate.header[1]] + said
    if setting.decided and date is not None and not _DONE.search(candidate.words):
        return setting.told is None or date.start_date is None or date.start_date > setting.told
    own = len(said) - (candidate.trigger.end - candidate.item_start)  # where its `;` item begins in what is said
    said = _READY.sub(MASK * 2, _READ_OUT.sub(lambda m: MASK * len(m.group()), said))
    for match in pattern("planned").finditer(_OBJECT_MARK.sub(MASK, said)):
        if match.group() not in _AGREED or match.start() >= own:
            return True
    if date is not None and (
        date.is_planned or (date.precision == "month" and looked_forward_to(candidate.telling, candidate.clause))
    ):
        return True
    return setting.plan and not re.search(r"了|已", candidate.words) and found.kind not in ("own", "anaphora")


_TODAY_TO_COME = on_use(r"(?:[上下]午|[早晚]上?|中午)?(?:即将|将(?!军)|拟|预定|定于)")
_DONE = on_use(r"[了过]|已|曾")
# 边民大联欢首次举办于2014年: the first of what is held since
_HELD_FIRST = on_use(
    r"(?:首次|首度|最早|第一次|初次|首届)(?:在[^,]{2,12})?(?:举办|举行|召开|开办|亮相|登场|开赛)(?:于|是在|在)?"
)
_TIMES = on_use(r"(?:陆续|先后|前后|累计|分)[^,]{0,8}[两二三四五六七八九十\d](?:多|余)?(?:批|次|趟|回|梯次)")


def _dated_first_time(candidate: Candidate, found: Anchor) -> bool:
    """2001年他头一回飞抵顺化: a day to remember, though only its year is told."""
    said = candidate.telling.masked[candidate.clause.start : candidate.trigger.start]
    own = found.date is not None and found.date.char_start >= candidate.item_start
    return own and _FIRST_TIME.search(said) is not None


def _in_lots(candidate: Candidate, found: Anchor) -> bool:
    """去年底起陆续送来四批药械: given over months, on no day."""
    days = found.date is not None and found.date.precision in ("day", "day_part")
    short = found.date is not None and found.date.precision == "range" and span_days(found.date) <= 7
    before = candidate.telling.masked[candidate.clause.start : candidate.trigger.start]
    if days or short:
        return False
    if candidate.trigger.event_type == "visit":
        return _TIMES.search(before) is not None  # 前后派出九批医疗队赴老挝
    return candidate.trigger.event_type == "handover" and re.search(r"陆续|先后|累计|分批", before) is not None


_PROCEEDS = on_use(r"^[^,把将向]{0,8}(?:收入|所得|票款|门票|得款|利润|余款|报名费|参赛费|义卖款)[^,把将向]{0,14}$")


def _of_the_proceeds(candidate: Candidate, found: Anchor) -> bool:
    """大使馆将办歌会,门票收入悉数留给灾童; 许诺的购药款届时一并交接: part of what is told, on no day of its own."""
    telling, clause = candidate.telling, candidate.clause
    if candidate.trigger.event_type != "handover":
        return False
    own = found.date is not None and found.date.char_start >= clause.start
    before = telling.masked[clause.start : candidate.trigger.start]
    if candidate.trigger.word in ("留给", "留下") and found.kind == "anaphora":
        return True  # 临走前,医疗队把两台显微镜留给省医院
    along = re.search(r"(?:届时|也|均|都|则|亦)(?:一并|一起|一同)$", before) is not None
    return not own and (_PROCEEDS.search(before) is not None or along)


_YEARS = on_use(r"(?:过去|近|最近|这)[^,]{1,4}年|多年来|累计|[\d一二三四五六七八九十]年(?:来|间)")


def _of_the_years(candidate: Candidate, found: Anchor) -> bool:
    """过去十年间,该省的援助累计860亿,建起两座卫生站: the sum of years, not what the day brought."""
    said = candidate.telling.masked[candidate.sentence_start : candidate.trigger.start]
    return found.kind == "anaphora" and candidate.trigger.event_type == "launch" and _YEARS.search(said) is not None


_SET_AT = on_use(r"(?:初步|暂|预|已|拟|将)?(?:定在|选在|落户|移师|放在|安排在|轮到|改在)[一-鿿]{2,}")


def _is_set_at(candidate: Candidate) -> bool:
    """2025年的训练营初步定在金瓯省: an edition by its year and place."""
    telling, clause, trigger = candidate.telling, candidate.clause, candidate.trigger
    match = _SET_AT.search(telling.masked, trigger.end, clause.end) if trigger.form == "noun" else None
    return match is not None and any(match.start() <= p.char_start < match.end() for p in telling.places)


def _finished_before(candidate: Candidate, found: Anchor) -> bool:
    """2019年5月动工,比原计划提前两个月完工: the day works began is not the day they were done."""
    clause, date = candidate.clause, found.date
    borrowed = date is None or date.char_end <= clause.start
    if date is not None and borrowed and date.char_start - clause.item_start <= 1:
        borrowed = clause.start - date.char_end > 2  # but 去年12月,由瑞士援建的卫生站竣工
    return candidate.trigger.word in ("竣工", "完工") and borrowed


def _keeps(candidate: Candidate, found: Anchor, planned: bool, told: dt.date | None) -> bool:
    """Dated by a day or month, leaning on a dated happening, named in a list, or told as news."""
    role, construction = candidate.telling.role, candidate.construction
    if role in (Role.TITLE, Role.HEADING):
        return False
    if found.kind == "own" and found.date is not None and found.date.precision not in ("day", "day_part"):
        return planned or not is_background(candidate, found.date, told)
    if found.kind in ("own", "recent", "occasion"):
        return True
    if found.kind == "anaphora":
        return not planned
    if found.kind == "section":
        return construction != "verb" or not planned
    if candidate.header is not None:
        return found.kind == "year" or is_specific(candidate)
    if found.kind == "year":
        if candidate.trigger.form == "next":
            return True
        if planned:
            return (
                is_specific(candidate)
                or founds(candidate)
                or is_counted(candidate)
                or is_joint(candidate)
                or _is_set_at(candidate)
            )
        if construction == "subject" and _HELD_FIRST.search(
            candidate.telling.masked, candidate.trigger.end, candidate.clause.end
        ):
            return True
        if candidate.trigger.word in _PACTS and construction == "verb" and role is Role.BODY:
            return found.date is not None and 0 <= found.date.char_start - candidate.item_start <= 1
        if candidate.trigger.event_type == "visit" and role is Role.BODY and _dated_first_time(candidate, found):
            return True
        return construction in ("held", "attended", "subject") and (
            role is Role.CAPTION or is_specific(candidate) or (role is Role.LEAD and is_done(candidate))
        )
    if role is Role.CAPTION:
        if construction == "attended" and candidate.trigger.event_type in ("handover", "launch", "ceremony"):
            return _AT_A_PLACE.search(candidate.words) is not None  # 协会代表在富教县出席新屋移交仪式
        return construction in ("held", "subject") or candidate.trigger.event_type == "award"
    if role is Role.LEAD:
        return construction in ("held", "subject", "verb") and is_done(candidate)
    if (
        DIGNITARY.search(candidate.words) and construction == "verb" and not re.search(r"时|期间", candidate.words)
    ) or is_encounter(candidate):
        return True
    if planned and names_next(candidate):
        return True
    if construction == "attended" and trigger_is_series(candidate):
        return True
    return is_specific(candidate) and construction in ("attended", "held")
