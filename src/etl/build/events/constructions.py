"""How a trigger is told in its clause: held, attended, the subject of its verb, beside a day, or done."""

from __future__ import annotations

import re

from etl.build.events.clauses import Clause, Telling
from etl.build.events.triggers import Trigger, pattern, words

_SETTING = re.compile(
    r"(?:框架)?(?:上|中(?!心)|期间|后|前|时|当天|当晚|之际|现场|会场|全景|结束|以来|之后|之前|一角|合影|的)"
)
_SHORT_SUPPORT = re.compile(
    r"(?<![举主承合联协筹停开操代公])办(?=[了的一首第两\d“]|过|起)|(?<![展公召离])开(?=了|过|[一两二三四五六七八九十\d]{1,3}[次场期个]|第)|(?<![■国会])组织(?![的、,和与者机成部领代会力能工■])|主持(?=了|召)"
)
_NOMINAL = re.compile(
    r"[的者]|活动|工作|项目|资金|总额|金额|以来|期间|情况|经费|款项|物资|周年|费|案|机制|框架|义务|单位|机关|日期|地点|过程|"
    r"条件|标准|能力|方式|质量|中心|学校|站|机构|计划|学习|团体|运动|政策|需求|培训|仪式|名额|手续|作品|词|"
    r"纪要|证书|协议|备忘录|清单|合同|生|员|师|品|材料|决议|法(?![国语兰方越])|权|功能|程序|速度|在即|率|额|量|数|报名|征集|(?:\d{1,4}|[一二三四五六七八九十百]{1,4})周年"
)
# Who is visited follows the verb: 看望学校师生, 走访中心, 考察项目. These still make it a noun: 慰问活动, 考察期间.
_VISITING = re.compile(
    r"[的者]|活动|工作(?!人|站)|期间|情况|以来|周年|费|机制|日期|过程|计划|学者|成果|报告|量|率|数|名额|手续|需求|品(?!牌)|"
    r"框架|义务|经费|资金|款|过后|日程|行程|仪式|作品|词|在即|结束|法(?![国语兰方越])"
)
_TELLING = re.compile(r"上[^,]{0,8}(?:说|表示|致辞|讲话|发言|强调|指出|透露|介绍|称)")
_MANNER = re.compile(r"以[^,]{2,20}的(?:方式|形式)")
_BY_WIRE = re.compile(r"(?:致电|来电|致信|致函|来信|来函|去电)[^,]{0,20}$")
_NEGATED = re.compile(r"(?:未|没有|没|尚未|不|拒绝|无法|难以|并非|除)\s?$")


def construction_of(telling: Telling, clause: Clause, found: list[Trigger], index: int, listed: bool) -> str | None:
    form = found[index].form
    if form == "verb":
        return _of_verb(telling, clause, found[index])
    if form == "jubilee":
        return "listed" if listed else None
    return _of_noun(telling, clause, found, index, listed)


def _of_noun(telling: Telling, clause: Clause, found: list[Trigger], index: int, listed: bool) -> str | None:
    trigger, text = found[index], telling.bare
    before, after = text[clause.start : trigger.start], text[trigger.end : clause.end]
    if after.startswith(("的", *words("not_head"))):
        return None
    following = found[index + 1] if index + 1 < len(found) else None
    if following is not None and _one_phrase(text[trigger.end : following.start], following):
        return None  # 英语大赛决赛: the last noun is the head; 竞赛颁奖: the verb
    support = support_of(before)
    if support is not None:
        return support
    if _TELLING.match(after):  # 他当天在交接仪式上说; 4月4日在“地雷危险意识日”纪念活动上说
        dated = any(
            clause.start <= d.char_start < trigger.start and re.search(r"\d", telling.plain[d.char_start : d.char_end])
            for d in telling.dates
        )
        return "dated_noun" if dated and re.search(r"在[^,在]{3,40}$", before) else "mention"
    if _dated(telling, clause, trigger):
        return "dated_noun"
    if _SETTING.match(after):
        return "mention"
    named = len(before.strip()) >= 2 and not before.endswith(("本次", "此次", "该", "这次", "是次", "这场", "本届"))
    if not named and before and not any(clause.start <= d.char_start < clause.end for d in telling.dates):
        return "mention"  # 这是该论坛首次在越南中部举办
    match = pattern("held_after").search(after[:40])
    if (
        match
        and not after[match.end() :].startswith(("以来", "之前", "前"))
        and "的" not in _MANNER.sub("", after[: match.start()])
        and (named or match.group() in ("举行", "召开", "举办"))
    ):
        return "subject"
    if re.match(r"[^,]{0,12}(?:参加|参与)", after):
        return "attended"
    return "listed" if listed else "mention"


def _one_phrase(gap: str, following: Trigger) -> bool:
    if following.form == "verb":
        return gap == "" and following.event_type == "award"
    return len(gap) <= 8 and not re.search(r"[、及与和,并在将□■]", gap)


def support_of(before: str) -> str | None:
    """held or attended, when a verb of holding or attending governs what follows `before` in the clause."""
    best, kind = -1, None
    for name, construction in (("hold", "held"), ("attend", "attended")):
        for match in pattern(name).finditer(before):
            if match.end() > best:
                best, kind = match.end(), construction
    for match in _SHORT_SUPPORT.finditer(before):
        if match.end() > best:
            best, kind = match.end(), "held"
    if kind is None:
        return None
    gap = before[best:]
    return None if len(gap) > 70 or re.search(r"(?<!合)并(?![列排])|从而|以便|旨在|为了", gap) else kind


def _dated(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """A day stands right before or after the noun: 6月24日的友谊晚会, 联席会议1月12日在归仁市达成的共识."""
    for date in telling.dates:
        if date.precision not in ("day", "day_part") or not clause.start <= date.char_start < clause.end:
            continue
        after = telling.masked[date.char_end : clause.end]
        if 0 <= date.char_start - trigger.end <= 2 and not re.search(r"播出|直播|截止|报名|公布", after):
            return True
        gap = telling.masked[date.char_end : trigger.start]
        if (
            date.char_end <= trigger.start
            and len(gap) <= 12
            and not re.search(r"[,、起前就对与同]|以来|[会展]见|出席", gap)
        ):
            return True
    return False


def _of_verb(telling: Telling, clause: Clause, trigger: Trigger) -> str | None:
    text = telling.bare
    before, after = text[clause.start : trigger.start], text[trigger.end : clause.end]
    since_day = after.startswith("以来") and any(
        d.precision in ("day", "day_part") for d in telling.dates if clause.start <= d.char_start < trigger.start
    )
    if re.match(r"(?:结束)?(?:[后时前中上]|之后|之前)(?![方面])", after) and "在" not in before:
        return None  # 会谈后,双方签署…: only the setting of what follows
    nominal = _VISITING if trigger.event_type == "visit" else _NOMINAL
    if (nominal.match(after) and not since_day) or before.endswith(("的", "所", "此次", "首次", "、")):
        return None
    if re.search(r"(?:回顾|纪念(?![碑馆堂日章塔品园])|庆祝|缅怀)[^,]*$", before) or (
        trigger.word != "庆祝" and re.match(r"[^,]{0,20}\d周年", after)
    ):
        return None  # 回顾菲德尔访问解放区49周年: what is remembered
    if _NEGATED.search(before) or (trigger.word == "总结" and before.endswith(("工作", "年终", "年度", "阶段"))):
        return None
    if _BY_WIRE.search(before):
        return None  # 致电慰问: nobody came
    if trigger.word == "祝贺" and not re.search(r"(?:前往|到|赴|来到)[^,]{2,20}$", before):
        return None  # 向协会表示热烈祝贺; 前往大使馆祝贺 is a visit
    if trigger.word == "庆祝" and (len(before) < 3 or before.endswith(("为", "以", "来", "和", "、"))):
        return None  # 举行招待会,庆祝…: the occasion of what is told already
    if after.startswith(("记者", "媒体")) or before.endswith("记者"):
        return None
    if trigger.objects and not any(word in telling.masked[trigger.end : clause.end] for word in trigger.objects):
        named = any(word in before for word in trigger.objects) and re.search(r"[把将]", before)
        if not named:
            return None
    if re.search(r"^[^,]{0,40}(?:时|期间|之际)$", after) and re.search(r"在", before + after):
        return "temporal"
    return "verb"
