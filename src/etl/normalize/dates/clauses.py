"""The words around a date that say how it is meant: planned, looked back to, a governing year, a dateline."""

from __future__ import annotations

from etl.patterns import on_use

_REACH = 60  # characters looked at on either side: a clause is shorter, and hostile text stays cheap
_OPENING = 4  # a date that stands so near to the clause's start and end is an adverbial of its own: 12月15日,双方将…
_BREAKS = "。;!?\n"
_SENTENCE_BREAK = on_use("[。!?\n]")


def _each(words: str, tail: str) -> str:
    """The alternatives of several words with one tail."""
    return "|".join(word + tail for word in words.split())


_AT = "(?:于|在)"
_TO = "(?:到|至)"
_WHEN = "(?:于|在|[0-9]|[今明后]年|[下本]个?[月周季年])"
_MEETS = "[^,。;]{1,16}(?:出席|参加|前来|光临)(?!了)"
# Every alternative begins with one sign written out, not with a class or a group: only then does the search skip from
# sign to sign.
_PLANNED = on_use(
    "即将|将(?<![大上中少名老小主健干部]将)(?![0-9其该此两三“《近领士军官帅])|拟(?!合|人|音|态)"
    "|将(?<=部将)(?=于|在[0-9]|[0-9]|派|举|同|与|会同|联合)"  # 两国卫生部将于8月24日…
    "|计(?<!原计)划(?:(?:于|在|从|到|自|[0-9]|[今明后]年|[下本]个?[月周季年])|[^,。]{0,6}(?:举|召|开|完|建|投))"
    "|定于|订于|訂于|择于|擇于|即日起"
    f"|预计|预定|力争|{_each('争取 筹划 筹备 敲定 安排 拟定 希望 希待 期望 期待 同意', _AT)}|有望|准备{_WHEN}|打算"
    "|筹[备划办](?=[0-9]|[今明后]年[0-9]|[下本]个?月)|待到(?!了)|等到(?!了)|可望|预期"
    f"|{_each('答应 允诺 同意 承诺 应允 商定 约定 说好 决定 初定 暂定', f'(?:将|要|会)?{_WHEN}')}"
    "|目标|下一[场次届站期]|下次|届时|最[早迟遲快晚](?!的)|预告|约好|商定(?!的)|约定(?![的俗])"
    "|还(?<=[双中越省市县会们国方地家]还)要(?=[共合联]|[^,。;]{0,6}(?:举办|举行|派|率|赴|来访|回访))"  # 双方还要共庆
    "|邀[请請](?:[^,。;]{2,16}月(?:[0-9]{1,2}日)?来"
    "|[^,。;]{2,20}[0-9]日(?:前往|前来|赴|到|出席|参加|访问|回访|做客|观看|同游)"
    f"|{_MEETS})|{_each('建议 欢迎 希望', _MEETS)}"
)
_AGREED = "[^,。;]{0,10}(?:纪要|协议|协定|备忘录|方案|约定|安排|合同|赛程|日程)"  # 按照纪要,…,首场9月29日开哨
_LEANED_ON = on_use(
    _PLANNED.pattern + "|计划(?![的》”项中外内书])" + f"|{_each('按照 根据 依照 依据 遵照 按', _AGREED)}"
    "|(?:确定|排定|敲定|谈定|说定|议定|谈妥|商妥|拍板|定下)(?:了|如下)?(?=[^,。;]{0,8}[,:])"
    "|(?<!履行)(?<!兑现)(?<!信守)(?:答应|承诺|允诺|许诺|应承)(?![的过])"  # 答应再修一座,活计由乡里张罗,9月开工
    "|接下来|下个?[月周](?![^,。;]{0,12}[0-9])(?=[^。;]{0,24}:)"  # 下个月,还有三场活动:1月5日义诊
    "|邀[请請][^,。;]{1,20}|发出邀[请請]|请(?:他|她|对方|客人|大家|双方|各位)"
)
_GOES_ON = on_use(" ?(?:其中|具体|包括|例如|比如|主要有|内容|首先|第一)")
_COME = on_use("[已曾了;]|此前|去年")
# 1月动工,预计年底完工 in December has begun long since
_TERM_AHEAD = on_use(",[^,。;]{0,8}(?:赶在|赶上|好赶|以赶|以便赶)")
# What was put off looks neither back nor ahead: 原定4月举行的庙会取消, 推迟到6月20日.
_MOVED = on_use(f"原定|原拟|{_each('推迟 延期 延后 提前 改期 顺延', _TO)}|改(?:在|于|到)|延至")
_EARLIER = on_use("[在于]?(?:此|这)之?前(?! ?(?:的|曾))|在?那之前")
_BOUND = on_use("(?:展期|展出|持续|延续|开放|进行|截|直|截止)[至到]$")
_ANNOUNCED = on_use("预告|(?:活动|下周|下月|近期)(?:日程|安排)")
_DEADLINE = ("前", "之前", "以前", "底前")
_TERM = ("到期", "截止", "届满")
# 12月2日是社庆47周年,代表团届时将前往
_THEN = on_use("(?<=[日月旬])[^,。;!?]{1,24},(?:[^,。;!?]{1,24},)?[^,。;!?]{0,10}(?:届时|到时)")
_DUTY = on_use("须|必须|要|应(?!邀)|完成|截止|报名|接受|预[订约定]|办理|提交|缴")
_LOOKING_BACK = on_use("此前|曾|早在|早前|上次|以来|成立于|始于|创建于|建交于|当年|回忆|回顾")
_FIRST_BEFORE = on_use("(?:首[届次个批]|第一[届次批]|(?:成立|创立|创办|创建|建立|组建|诞生|建)于)[^,。;]{0,8}$")
_FOUNDED_IN = on_use("(?:成立|创立|创办|创建|组建|建)于$")
_FOUNDED_AFTER = on_use("(?:首次|首度|成立|创立|创办|创建|建立|组建|诞生|建[校馆会院厂]|入伍|毕业)")
_GOVERNS_AFTER = on_use("(?: ?[,:]|是|里|期间,|间,|以来)")
_GOVERNS_BEFORE = on_use("(?:^|[,。;:!?●\\n(]|在|于|据|说,|进入|自|从|到了) ?$")
_PLAN_AFTER = on_use("(?:[^,。;]{0,6}(?:任务|计划|规划|目标|方向|部署|年度|届|任期|阶段|前|年底前))")
_EDITION_AFTER = on_use("(?:那|的|这)?一?届(?:将|拟|暂?定|在|于|由|改)")  # 每两年一届,2026年的一届拟于5月举行
_EVENT_AFTER = on_use(
    "[^,。;]{0,24}(?:年会|大会|会议|总结|节|论坛|活动|仪式|见面会|座谈会|比赛|展|奖|健康日|文化日|友谊日|开放日|[化流好]周|[练令]营|晚会|运动会|[请标谊]赛)"
)
_AGENCY_BEFORE = on_use("(?:社|网|报|台)[^,。;:!?\\n)]{0,12}$")
_REPORTED_AFTER = on_use("(?:专)?[讯訊电電] ?\\)")
_AGENCY_SIGNS = frozenset("日电讯专—- ")  # a cheap test before the pattern
_AGENCY_AFTER = on_use(" ?(?:日?电(?!视|子|话|力|影|脑|网|商|动)|讯|专电|—|-{1,2}(?![0-9]))")


class Prose:
    """A folded line, which begins at `start` of its text, and where its clauses end: marked once for all its dates."""

    __slots__ = ("_marked", "folded", "start")

    def __init__(self, folded: str, start: int = 0) -> None:
        self.folded = folded
        self.start = start
        # With one sign for every break, `str.find` tells where the next one stands faster than any pattern.
        self._marked = folded
        for sign in _BREAKS:
            self._marked = self._marked.replace(sign, ",")

    def clause(self, start: int, end: int) -> str:
        """The clause around a date; a date that opens its clause before a comma belongs to the next one as well."""
        floor, reach = max(0, start - _REACH), end + _REACH
        first = self._marked.rfind(",", floor, start) + 1 or floor
        last = self._marked.find(",", end, reach)
        opening = max(first, self.folded.rfind(":", first, start) + 1)  # 会长说:5月中旬,省里将办茶歌会
        if 0 <= last <= end + _OPENING and start - opening <= _OPENING and self.folded[last] == ",":
            last = self._marked.find(",", last + 1, reach)
        return self.folded[first : last if last >= 0 else reach]

    def sentence(self, start: int, end: int) -> tuple[str, str]:
        """The sentence before and after a date, as far as a hundred characters to either side."""
        before = _SENTENCE_BREAK.split(self.folded[max(0, start - 100) : start])[-1]
        return before, _SENTENCE_BREAK.split(self.folded[end : end + 100], maxsplit=1)[0]


def is_planned(around: str, folded: str, end: int) -> bool:
    """Whether the clause tells something to come: 将于, 定于, 预计; 11月10日以前各省须把…报回."""
    if _PLANNED.search(around) is not None or folded.startswith(_TERM, end):
        return True
    if _THEN.match(folded, end):
        return True
    return folded.startswith(_DEADLINE, end) and _DUTY.search(around) is not None


def leans_on_plan(folded: str, start: int) -> bool:
    """Whether an earlier clause of the sentence plans and none since tells what has come: 计划…起运,首船5月10日离港."""
    told = _SENTENCE_BREAK.split(folded[max(0, start - 100) : start])
    before = told[-1]
    if len(told) > 1 and _GOES_ON.match(before):  # 今年计划举办42项活动。其中,3月8日…
        before = f"{told[-2]},{before}"
    plans = list(_LEANED_ON.finditer(before))
    return bool(plans) and _COME.search(before, plans[-1].end()) is None


def has_term(folded: str, start: int) -> bool:
    """Whether the sentence goes on to a term or a plan and tells nothing as come: 11月动工,赶在明年春节前出水."""
    rest = _SENTENCE_BREAK.split(folded[start : start + _REACH], maxsplit=1)[0]
    return _TERM_AHEAD.search(rest) is not None and _COME.search(rest) is None


def is_moved(around: str) -> bool:
    """Whether the clause tells of days once set or set anew: the nearest such days on either side are meant."""
    return _MOVED.search(around) is not None


def is_earlier(folded: str, start: int) -> bool:
    """Whether the date's sentence turns back to before the day told last: 2月来访;在此之前,…12月20日派员."""
    before = folded[max(0, start - 40) : start]
    return _EARLIER.search(_SENTENCE_BREAK.split(before)[-1]) is not None


def is_bound(folded: str, start: int) -> bool:
    """Whether the date only ends what goes on: 展期至8月4日. 当晚 does not count from it."""
    if not folded.endswith(("至", "到"), 0, start):  # a cheap test before the pattern
        return False
    return _BOUND.search(folded[max(0, start - 3) : start]) is not None


def announces(folded: str) -> bool:
    """Whether a heading announces what its section tells: 活动预告, 下周日程."""
    return _ANNOUNCED.search(folded) is not None


def looks_back(around: str) -> bool:
    """Whether the clause looks back from the story: 此前, 曾, 自…以来."""
    return _LOOKING_BACK.search(around) is not None


def is_founding(folded: str, start: int, end: int) -> bool:
    """Whether a bare year is that of a first time: 首届于2016年举办,第九届2月18日落幕."""
    if folded.startswith(",", end):  # 2016年首届,…: only 协会成立于2009年,2月6日迎来…
        return _FOUNDED_IN.search(folded[max(0, start - 4) : start]) is not None
    return _FIRST_BEFORE.search(folded[max(0, start - 12) : start]) is not None or (
        _FOUNDED_AFTER.match(folded, end) is not None
    )


def governs(folded: str, start: int, end: int) -> int:
    """How firmly a bare year governs the dates after it: 2 for 2025年,… and 2022年是…, 1 opening a clause, else 0."""
    if _GOVERNS_BEFORE.search(folded[max(0, start - 3) : start]) is None:
        return 0
    if _EDITION_AFTER.match(folded, end):
        return 2
    if _PLAN_AFTER.match(folded, end):
        return 0
    return 2 if _GOVERNS_AFTER.match(folded, end) else 1


def names_event(folded: str, end: int) -> bool:
    """Whether a bare year names the event a clause tells of: 召开2023年外国非政府组织年会; never a plan's year."""
    return _PLAN_AFTER.match(folded, end) is None and _EVENT_AFTER.match(folded, end) is not None


def is_reported(folded: str, start: int, end: int) -> bool:
    """Whether the day is that of the report: (怡保15日讯)代表团将于下月启程 was told on the 15th."""
    if not folded.startswith(("讯", "訊", "电", "電", "专"), end):
        return False
    return _REPORTED_AFTER.match(folded, end) is not None and folded.rfind("(", max(0, start - 14), start) >= 0


def is_dateline(folded: str, start: int, end: int) -> bool:
    """Whether the date is a news agency's: 越通社河内12月8日——, 新华社北京11月17日电."""
    return (
        folded[end : end + 1] in _AGENCY_SIGNS
        and _AGENCY_AFTER.match(folded, end) is not None
        and _AGENCY_BEFORE.search(folded[max(0, start - 20) : start]) is not None
    )
