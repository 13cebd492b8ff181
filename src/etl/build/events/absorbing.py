"""Two verbs of one doing: 接待代表团,并接收捐款 is one meeting."""

from __future__ import annotations

import re

from etl.build.events.candidates import Candidate
from etl.build.events.constructions import STAGES, TOGETHER
from etl.build.events.judging import Judged
from etl.patterns import on_use

_ABSORBED = frozenset(
    {
        ("meeting", "handover"), ("visit", "handover"), ("visit", "award"), ("handover", "award"),
        ("visit", "meeting"), ("meeting", "visit"), ("training", "launch"), ("contest", "award"),
        ("ceremony", "launch"),
        ("launch", "handover"), ("launch", "ceremony"), ("contest", "launch"),
        ("contest", "cultural_exchange"),
    }
)  # fmt: skip
_FIRES = frozenset({"点燃篝火", "点燃圣火", "敲响", "击鼓", "按下启动键", "升旗", "宣誓"})
_UNVEILS = ("揭牌", "剪彩", "揭幕", "揭开红绸")
_APART = frozenset({"ceremony", "signing", "launch", "award"})
_RITE_ACTS = frozenset(
    {"点燃篝火", "点燃圣火", "敲响", "击鼓", "鸣锣", "揭幕", "剪彩", "按下启动键", "升旗", "鸣枪", "宣誓"}
)
# The stages of a way, no happenings of their own beside one.
LEGS = (
    "抵达",
    "到达",
    "抵临",
    "飞抵",
    "飞往",
    "飞赴",
    "启程",
    "起程",
    "动身",
    "出发",
    "下榻",
    "入住",
    "来到",
    "落地",
    "前往",
    "转往",
    "转至",
    "赶往",
)


def absorbs(first: Judged, second: Judged) -> bool:
    """Two verbs of one doing in one `;` item: 接待代表团,并接收捐款; 荣获奖章,个人获得奖章."""
    a, b = first.candidate, second.candidate
    if a.telling is not b.telling or first.planned != second.planned:
        return False
    if _spelled_out(first, second):
        return True
    if a.clause.item != b.clause.item:
        return False
    kinds = (first.event_type, second.event_type)
    if _another_day(first, second) and not (b.trigger.form == "journey" and b.trigger.word in LEGS):
        return False
    if b.trigger.form == "next" or (a.clause.order < b.clause.order and _opens_with(b, _PARTS_OF_DAY)):
        return False  # 上午图片展揭幕,下午三场研讨开讲,晚上两团登台
    if a.trigger.form == "journey" and _IN_ITS_COURSE.match(a.telling.masked, a.trigger.end, a.clause.end):
        return False  # 议长一行访越期间,两国议会签署了协议
    moreover = b.clause.order - a.clause.order >= 2 and _opens_with(b, ("并", "还", "也", "又"))
    if a.trigger.form == "journey" and moreover and kinds[1] in _APART:
        return False  # 明年4月赴同塔省,参加花卉节,并为一座新桥剪彩
    if a.trigger.form == "journey" and b.trigger.form != "journey":
        return True  # 派团前往斯德哥尔摩,参加3月26日举行的论坛
    if b.trigger.form == "journey":
        if b.trigger.word in LEGS:
            return True  # 自行车赛7月1日从河内出发,7月10日抵达万象
        return second.anchor.kind != "own" or first.anchor.date == second.anchor.date
    if is_unveiled_there(first, second):
        return True
    if kinds[1] == "handover" and a.trigger.form == "noun" and _opens_with(b, ("当场", "现场")):
        return kinds[0] in ("other", "training")  # 举办义诊,当场派发蚊帐500床
    if kinds[0] in ("launch", "ceremony") and b.trigger.word in _RITE_ACTS and a.clause.order < b.clause.order:
        return second.anchor.kind != "own" or first.anchor.date == second.anchor.date  # 开营式上,两人点燃篝火
    told_by = a.trigger.form == "noun" or kinds[0] == "launch"
    if told_by and kinds[1] == "other" and b.trigger.form == "verb" and first.anchor.date == second.anchor.date:
        return a.clause.order < b.clause.order  # 首期安装营,为501人装上假肢; 启动救援,面向社会募捐
    if a.construction == "dated_noun" and kinds[1] == "award" and a.clause.order == b.clause.order:
        return a.telling.masked.startswith("上", a.trigger.end)  # 9日的闭幕式上将颁发奖杯
    if a.construction == "dated_noun" and kinds[1] == "launch" and a.clause.order == b.clause.order:
        return True
    if first.anchor.date != second.anchor.date and second.anchor.kind == "own":
        return False
    if a.header is not None and kinds[0] != kinds[1]:
        return False
    if kinds[0] == "ceremony" and kinds[1] in ("award", "handover", "signing", "launch") and bare(first):
        return True
    if kinds[0] == kinds[1]:
        both_nouns = "verb" not in (a.trigger.form, b.trigger.form)
        return not both_nouns or (a.clause.order == b.clause.order and a.header is None and _one_support(first, second))
    if kinds == ("handover", "visit") and _opens_with(b, ("并", "同时")) and b.trigger.form == "verb":
        return True  # 在两省赠送年礼,并查看在建的工程
    if b.trigger.word == "庆祝" or is_weak(first):
        return True
    if kinds[0] == "visit" and b.construction == "attended" and a.clause.order == b.clause.order:
        return a.trigger.word in ("观摩", "观看", "参观", "参访")  # 赴顺化,观摩两年一度的艺术节
    if kinds == ("cultural_exchange", "contest") and b.trigger.word in ("夺冠", "夺得", "决出"):
        return True
    return kinds in _ABSORBED


_SEVERAL = on_use(r"几|多|各|分别|[两二三四五六七八九十\d]+[个家笔项份批]|一批|系列|陆续|依次")


def _spelled_out(first: Judged, second: Judged) -> bool:
    """会上,几个组织交接善款:甲会拨4万元…;乙会给中心送来12亿元: what the list behind the colon tells one by one."""
    a, b = first.candidate, second.candidate
    if first.event_type != second.event_type or first.event_type != "handover" or second.anchor.kind == "own":
        return False
    if a.clause.sentence != b.clause.sentence or a.clause.order >= b.clause.order:
        return False
    colon = a.telling.masked.startswith(":", a.clause.end)
    return colon and _SEVERAL.search(a.telling.masked, a.clause.start, a.clause.end) is not None


def _another_day(first: Judged, second: Judged) -> bool:
    """访问团11日入境,13日在机场献花: the clause of the second begins with a day after the first's."""
    a, b = first.anchor.date, second.anchor.date
    if a is None or b is None or a.start_date is None or b.start_date is None or second.anchor.kind != "own":
        return False
    if first.anchor.kind != "own" or {a.precision, b.precision} - {"day", "day_part"}:
        return False
    return b.char_start - second.candidate.clause.start <= 1 and b.start_date > (a.end_date or a.start_date)


_PARTS_OF_DAY = (
    "上午",
    "中午",
    "下午",
    "晚上",
    "傍晚",
    "当晚",
    "晚间",
    "入夜",
    "夜里",
    "次日",
    "翌日",
    "末了",
    "随后的",
)
_FIRST_DAYS = frozenset(
    {"开课", "开班", "开营", "开讲", "开学", "开赛", "开锣", "开打", "开演", "开唱", "结业", "结营", "闭营"}
)
_IN_ITS_COURSE = on_use(r"[^,的]{0,3}期间")


def _opens_with(candidate: Candidate, said: tuple[str, ...]) -> bool:
    return candidate.telling.masked.startswith(said, candidate.clause.start)


def only_adds(first: Judged, second: Judged) -> bool:
    """What was done in the course of the first, or its first day, says nothing of what it was."""
    a, b = first.candidate, second.candidate
    if a.clause.order == b.clause.order and b.trigger.word in STAGES and b.construction == "verb":
        return first.event_type in ("cultural_exchange", "contest")  # 两国演员同台谢幕
    if a.telling is not b.telling or a.clause.item != b.clause.item or a.clause.order >= b.clause.order:
        return False
    if b.trigger.word in TOGETHER and b.trigger.form == "verb" and second.anchor.date == first.anchor.date:
        return True  # 代表团走访小学,与师生一起包饺子
    if a.trigger.form == "noun" and b.trigger.word in _FIRST_DAYS and not _opens_with(b, _PARTS_OF_DAY):
        return True  # 第四季合办研习营,11月6日开课
    return first.event_type == "cultural_exchange" and b.trigger.word == "献花"  # 副议长谢幕时上台献花


def is_weak(one: Judged) -> bool:
    """竣工 says less than what follows it: 在奠边省竣工并移交; so does a journey: 抵达老街市,厅长设宴接风."""
    form = one.candidate.trigger.form
    return form == "journey" or (one.event_type == "other" and form == "verb") or one.candidate.trigger.word == "围坐"


def is_done_there(first: Judged, second: Judged) -> bool:
    """走进小学,同学生折纸,并转交了书信; 明年赴同塔省,参加花卉节: one thing among others done on the way told first."""
    a, b = first.candidate, second.candidate
    if a.trigger.form != "journey" or a.clause.order >= b.clause.order:
        return False
    if second.event_type == "handover":
        if _WENT_FOR.search(a.telling.masked, a.trigger.end, a.clause.end) and _opens_with(
            b, ("并向", "并为", "并给", "并把")
        ):
            return True  # 率五家机构赴老挝交流经验,并向当地中心赠送设备
        return b.clause.order - a.clause.order >= 2 and _opens_with(b, ("并", "还", "也", "又", "最后", "临走"))
    borrowed = second.anchor.date is not None and second.anchor.date.char_end <= b.clause.start
    return first.planned and b.construction == "attended" and borrowed and first.anchor.kind == "own"


_WENT_FOR = on_use(r"交流|学习|考察|访问|调研|座谈|取经|参访")


def is_unveiled_there(first: Judged, second: Judged) -> bool:
    """举行两所学校的移交仪式,书记与省长为学校揭牌: at the rite that the sentence has named."""
    a, b = first.candidate, second.candidate
    rite = a.trigger.form == "noun" and first.event_type == "handover" and a.telling is b.telling
    return rite and a.clause.item == b.clause.item and a.clause.order < b.clause.order and b.trigger.word in _UNVEILS


def is_rite_act(one: Judged) -> bool:
    """Lighting the fire, beating the drum: done at what is told, never what was held."""
    return one.candidate.trigger.word in _FIRES


def bare(one: Judged) -> bool:
    """A ceremony without a name of its own: 在万象举行的仪式上,…移交; 举行仪式,授予…奖章."""
    candidate = one.candidate
    before = candidate.telling.bare[candidate.clause.start : candidate.trigger.start]
    return candidate.trigger.word in ("仪式", "典礼", "活动") and before.endswith(
        ("举行", "举行了", "举行的", "举办", "办的")
    )


def _one_support(first: Judged, second: Judged) -> bool:
    """举办研讨会和座谈会 names two; 召开总结会暨表彰会 one."""
    gap = first.candidate.telling.masked[first.candidate.trigger.end : second.candidate.trigger.start]
    return re.search(r"[、和及,]", gap) is None
