"""How a trigger is told in its clause: held, attended, the subject of its verb, beside a day, or done."""

from __future__ import annotations

import re

from etl.build.events.clauses import Clause, Telling
from etl.build.events.triggers import Trigger, pattern, words
from etl.patterns import on_use

_SETTING = on_use(
    r"(?:框架)?(?:上|中(?!心)|期间|后|前|时|当天|当晚|之际|现场|会场|全景|结束|以来|之后|之前|一角|合影|的)"
)
_COUNTED = r"(?:[了过起出完成]{0,2}(?:第?[一二两三四五六七八九十首\d]{1,3})[场次届轮期个堂局盘台部桌顿]|[了过起出])"
_SHORT_SUPPORT = on_use(
    rf"(?<![公事兴])[办打踢搞演赛唱设摆上比](?={_COUNTED})|"
    r"(?<![举主承合联协筹停开操代公经兴事])办(?![公法理事学厂案证得到完好成的])|"
    r"(?<!节目)主持(?!人(?![道民工权才大事类口])|[词者播办])|"
    r"(?<![举主承合联协筹停开操代公])办(?=[了的一首第两\d“]|过|起)|(?<![展公召离])开(?=了|过|"
    r"[一两二三四五六七八九十\d]{1,3}[次场期个]|第)|(?<![■国会])组织(?![的、,和与者机成部领代会力能工■])|"
    r"主持(?=了|召)|"
    r"(?<![展公召离打])开(?=(?:新闻|线上|视频|专题)?(?:记者会|记者招待会|发布会|说明会|座谈会|研讨会|吹风会|"
    r"会议|大会|年会|例会|讲座|公开课|培训班))|"
    r"(?<![建开创增假预附])设(?=[\u4e00-\u9fff]{0,4}(?:公开课|讲座|论坛|展览|工作坊|讲习班|晚宴|午宴))"
)
_COUNTED_THING = on_use(
    r"[\d一两二三四五六七八九十百千万亿]+(?:多|"
    r"余)?(?:[台套辆册本箱吨份批件间张副座盏双袋瓶支头只棵株部艘架盒所栋幢口床顶罐桶捆枚剂匹]|公斤|公吨|元|"
    r"越盾|美元|日元|韩元|欧元|人民币)"
)
_NOMINAL = on_use(
    r"[的者]|活动|工作|项目|资金|总额|金额|以来|期间|情况|经费|款项|物资|周年|费|案|机制|框架|义务|单位|机关|"
    r"日期|地点|过程|"
    r"条件|标准|能力|方式|质量|中心|学校|站|机构|计划|学习|团体|运动|政策|需求|培训|仪式|名额|手续|作品|词|"
    r"纪要|证书|协议|备忘录|清单|合同|生|员|师|品|材料|决议|法(?![国语兰方越])|权|功能|程序|速度|在即|率|额|"
    r"量|数|报名|征集|(?:\d{1,4}|[一二三四五六七八九十百]{1,4})周年"
)
# Who is visited follows the verb: 看望学校师生, 走访中心, 考察项目. These still make it a noun: 慰问活动, 考察期间.
_VISITING = on_use(
    r"[的者金信电函款]|活动|工作(?!人|站)|期间|情况|以来|周年|费|机制|日期|过程|计划|学者|成果|报告|量|率|数|"
    r"名额|手续|需求|品(?!牌)|"
    r"框架|义务|经费|资金|款|过后|日程|行程|仪式|作品|词|在即|结束|法(?![国语兰方越])"
)
# 交还, 托付给, 送上: with its result said a verb is no noun, whatever follows (交还师生).
_RESULTS = ("给", "还", "予", "到", "由", "上", "去", "来", "出", "下", "了", "回", "成", "进")
_OF_IT = on_use(r"[的者]")
# 签订师资互访协定: what is signed or awarded follows, whatever its first letter. These still make it a noun.
_OF_WHAT = on_use(r"[的者]|仪式|典礼|活动|期间|以来|情况|工作|日期|名单|资格|条件|标准")
# 2022年7月签字时, 10月访问河内期间, 去年10月在南宁草签的计划: a day right before the verb tells when it was done.
_ASIDE = on_use(r"(?:时|期间|之际)(?!的)")
_ASIDE_OF = on_use(r"的[\u4e00-\u9fff“■□]{2}")
_ASIDE_FRAME = on_use(r"(?:才|已|曾|就|先行|刚刚|刚|首次|正式)?(?:在[^,的]{2,12})?$")
_TELLING = on_use(r"上[^,]{0,8}(?:说|表示|致辞|讲话|发言|强调|指出|透露|介绍|称)")
_MANNER = on_use(r"以[^,]{2,20}的(?:方式|形式)")
_CONVEYED = on_use(r"(?:转达|致以|表达|表示|谨致|传达)(?:[^,]{0,4}的)?(?:亲切|深切|诚挚|热烈|衷心|深情)?$")
_BY_WIRE = on_use(r"(?:致电|来电|致信|致函|来信|来函|去电)[^,]{0,20}$")
_PASSIVE_PARTICLE = on_use(r"(?<![会场厅诊馆务究派事住处寓厕哨站])所$")
# 赠予古巴人民的五千吨大米在…举行启运仪式: the verb only says which rice.
_ATTRIBUTIVE = on_use(r"^[^,了把将]{2,24}的[^,的]{2,24}$")
_ATTRIBUTES = frozenset({"handover", "signing", "award", "launch"})
# The stages of a happening; told of a noun that is named with them.
STAGES = frozenset(
    {
        "落幕",
        "闭幕",
        "开幕",
        "落下帷幕",
        "拉开帷幕",
        "拉开序幕",
        "谢幕",
        "结营",
        "闭营",
        "开营",
        "开唱",
        "开演",
        "开打",
        "开锣",
    }
)
_SUBJECT = on_use(r"[\u4e00-\u9fff□■”]{2}")
_FRAME = on_use(
    r"(?:在|于)[^,]{2,24}$|^(?:[\d年月日上下午晚早晨间]|今天|昨天|昨日|今日|当天|当晚|同日|次日|已|将|正式|"
    r"圆满|顺利|隆重)+"
)
_NEGATED = on_use(r"(?:未|没有|没|尚未|不|拒绝|无法|难以|并非|除)\s?$")


def construction_of(telling: Telling, clause: Clause, found: list[Trigger], index: int, listed: bool) -> str | None:
    form = found[index].form
    if form == "verb":
        if listed and telling.bare[clause.start : found[index].start].endswith("的") and found[index].end == clause.end:
            return "listed"  # 一是咖啡论坛,二是摄影赛的颁奖
        if _says_which(telling, clause, found, index) or _is_topic(telling, clause, found, index):
            return None
        if rite_of(telling, clause, found, index) is not None or (
            not listed and _is_field(telling, clause, found[index])
        ):
            return None
        return _of_verb(telling, clause, found[index])
    if form == "next":
        return "subject"
    if form == "journey":
        others = [_of_noun(telling, clause, found, i, listed) for i, t in enumerate(found) if t.form == "noun"]
        told = any(construction not in (None, "mention") for construction in others)
        if told or _NEGATED.search(telling.bare, clause.start, found[index].start):
            return None
        return None if _is_for(telling, clause, found[index]) else "verb"
    if form == "jubilee":
        return "listed" if listed else None
    return _of_noun(telling, clause, found, index, listed)


# 设立助学金,帮12名学生到南宁读预科: what the money lets others do
_LETS = on_use(r"(?:[以并]|用于|用来|旨在|专门)?(?:帮助?|资助|支持|协助|扶助|赞助|供给?|保障|[好以]让|使)[^,]{1,24}$")


def _is_for(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """A journey that is what money or an office is for, on no day of its own."""
    own = any(clause.start <= d.char_start < clause.end for d in telling.dates)
    return not own and _LETS.fullmatch(telling.masked, clause.start, trigger.start) is not None


def _says_which(telling: Telling, clause: Clause, found: list[Trigger], index: int) -> bool:
    """赠予古巴人民的五千吨大米在…举行启运仪式: a verb without a subject, in front of the noun it describes."""
    trigger = found[index]
    if trigger.event_type not in _ATTRIBUTES or index + 1 >= len(found) or _no_frame(telling, clause, trigger):
        return False
    gap = telling.bare[trigger.end : found[index + 1].start]
    return _ATTRIBUTIVE.match(re.sub(r"(?:在|于)[^,的]{2,20}$|(?:举行|举办)$", "", gap)) is not None


_RITE_HELD = on_use(r"(?:举行|举办|召开|主持|出席|参加|见证)(?:了|的|过)?(?:隆重|简短|简朴)?$")
_RITES = ("仪式", "典礼", "式", "礼")
_RITE_OF = frozenset({"handover", "award", "signing", "launch", "ceremony"})


_IS = on_use(r"(?:则|就|便|也)?(?:是|为)(?!了)")
_ABOUT_IT = on_use(r"(?:^|[,并还])(?:就|围绕|关于|针对)[^,]{0,24}$")
_TALKED = on_use(r"[^,]{0,16}(?:交流|交换|讨论|研讨|磋商|探讨|沟通|议题|问题|事宜|意见|达成)")
_OF_ONE_NAME = on_use(r"(?!了)[^,;、了并后在的和与及将]{1,14}$")


def rite_of(telling: Telling, clause: Clause, found: list[Trigger], index: int) -> int | None:
    """Which noun a verb names: 举行|颁发|助学金仪式, 举行接收日本政府捐赠的救护车仪式, 赠送图书启动仪式在芽庄举行."""
    trigger = found[index]
    if trigger.form != "verb" or trigger.event_type not in _RITE_OF:
        return None
    noun = next((i for i in range(index + 1, len(found)) if found[i].form == "noun"), None)
    if noun is None or not found[noun].word.endswith(_RITES):
        return None
    for first in range(index + 1):
        gap = telling.bare[found[first].end : found[noun].start]
        held = _RITE_HELD.search(telling.bare[clause.start : found[first].start]) is not None
        if held and len(gap) <= 30 and support_of(gap) is None and re.search(r"[,;]|[后并](?!$)", gap) is None:
            return noun
    gap = telling.bare[trigger.end : found[noun].start]
    return noun if noun == index + 1 and support_of(gap) is None and _OF_ONE_NAME.match(gap) else None


# 项目主要集中在职业培训和清洁饮水两个领域, 资金用于购书和培训教师: what a project or its money is about.
_ABOUT = on_use(
    r"(?:集中[在于到]|侧重[于在]?|偏重于?|着重于?|着眼于|着力于|聚焦于?|围绕|用于|用在|用来|用作|投向|投入到|"
    r"投放[在到]|涉及|涵盖|覆盖|包括|包含|囊括|"
    r"属于|限于|分布[在于]|倾斜|主攻|从事|专注于?|重点(?:是|在于|放在|支持)|重心(?:是|在于|放在)|内容(?:是|有|"
    r"为)|领域(?:是|有|为)|任务(?:是|有|为)|"
    r"职责(?:是|有|为)|业务(?:是|有|为)|负责(?!人)|主管(?![部单机])|归口)[^,]{0,36}$"
)
_FIELDS = on_use(
    r"[^,]{0,20}(?:(?:[两二三四五六七八九十几多各\d]个?|等)(?:大)?(?:领域|方面|板块|方向|内容|范畴|部分|环节|"
    r"类)|(?:领域|方面)(?=$)|为主$|为重点$|为中心$|为主要[^,]{2,6}$)"
)


def _is_field(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """A verb that names a field of work or what money is for, on no day of its own."""
    if any(clause.start <= d.char_start < clause.end and d.precision in ("day", "day_part") for d in telling.dates):
        return False
    about = _ABOUT.search(telling.masked, clause.start, trigger.start) is not None
    fields = _FIELDS.match(telling.masked, trigger.end, clause.end) is not None
    return about or (fields and trigger.event_type in ("training", "handover", "visit", "other", "cultural_exchange"))


def _is_topic(telling: Telling, clause: Clause, found: list[Trigger], index: int) -> bool:
    """就护理人才培训交换了文本: what is talked or signed about."""
    said = telling.masked[clause.start : found[index].start]
    if _ABOUT_IT.search(said) and _TALKED.match(telling.masked, found[index].end, clause.end):
        return True  # 就救护培训、灾害预警等议题深入交流
    if index + 1 >= len(found):
        return False
    if found[index + 1].form == "noun" and found[index + 1].start == found[index].end:
        return True  # 联谊年会, 训练营: the first word of a name
    return re.search(r"(?:就|围绕|关于|针对)[^,]{0,24}$", telling.masked[clause.start : found[index].start]) is not None


def _of_noun(telling: Telling, clause: Clause, found: list[Trigger], index: int, listed: bool) -> str | None:
    trigger, text = found[index], telling.bare
    before, after = text[clause.start : trigger.start], text[trigger.end : clause.end]
    if _TAKINGS.match(after) and _on_its_day(telling, clause, trigger):
        return "dated_noun"  # 5月3日义跑的报名费: held on that day
    if after.startswith(("的", *words("not_head"))):
        return None
    if trigger.word in ("活动", "计划") and _IS.match(after) and any(t.form == "noun" for t in found[index + 1 :]):
        return None  # 下一场大活动是11月举行的联欢会
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
    if _is_occasion(telling, clause, trigger):
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
        and (
            named
            or match.group() in ("举行", "召开", "举办")
            or (_told_by_day(telling, clause) and len(trigger.word) > 2)
        )
    ):
        return "subject"
    if named and _takes_place(telling, clause, trigger):
        return "subject"
    if named and trigger.event_type == "contest" and _RESULT.match(after):
        return "subject"
    if (before.strip() or len(trigger.word) > 2) and _set_for_day(telling, clause, trigger):
        return "subject"
    if named and after == "" and _headed_by_day(telling, clause):
        return "dated_noun"
    if re.match(r"[^,]{0,12}(?:参加|参与)", after):
        return "attended"
    return "listed" if listed else "mention"


_TAKINGS = on_use(r"的?(?:报名费|所得|善款|门票|票款|收入|收益|得款|奖金|现场)")


def _on_its_day(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """A day stands right before the noun."""
    return any(
        d.precision in ("day", "day_part") and clause.start <= d.char_start and 0 <= trigger.start - d.char_end <= 8
        and "," not in telling.masked[d.char_end : trigger.start]
        for d in telling.dates
    )  # fmt: skip


_AT = on_use(
    r"[^,在于的]{0,12}(?:在|于|移到|移师|移至|转到|设在|放在|定在|"
    r"选在)(?P<where>[^,的]{2,24})(?P<verb>[\u4e00-\u9fff]{2,4})?$"
)


_RESULT = on_use(r"(?:最终|最后|共|也)?(?:决出|分出|角逐出)")  # 顶竹竿比赛决出前三名
_SET = on_use(r"(?:则|也|将|已|仍|都)?(?:安排|定|排|放|选|订|落|预定|初定|暂定|改)(?:在|于|到)")


_OCCASIONS = frozenset(
    {
        "茶话会",
        "座谈会",
        "招待会",
        "见面会",
        "联欢会",
        "晚宴",
        "午宴",
        "恳谈会",
        "茶会",
        "交流会",
        "研讨会",
        "酒会",
        "晚会",
        "欢迎会",
        "答谢会",
        "团拜会",
        "联谊会",
        "汇报会",
        "总结会",
        "发布会",
        "记者会",
        "说明会",
        "分享会",
        "通报会",
        "年会",
        "餐会",
        "颁奖会",
    }
)


def _is_occasion(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """21日,老会员在茶话会上搬出募捐簿: where they did it that day is told by nothing else."""
    if trigger.word not in _OCCASIONS or not telling.masked.startswith("上", trigger.end):
        return False
    if not re.search(r"在[^,在]{0,12}$", telling.masked[clause.start : trigger.start]):
        return False
    for date in telling.dates:
        fine = date.precision in ("day", "day_part")
        opens = date.char_start - clause.item_start <= 1 and 0 < clause.start - date.char_end <= 2
        if fine and opens:
            return True
    return False


def _set_for_day(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """闭幕礼安排在二十日晚上."""
    match = _SET.match(telling.masked, trigger.end, clause.end)
    return match is not None and any(0 <= d.char_start - match.end() <= 2 for d in telling.dates)


def _headed_by_day(telling: Telling, clause: Clause) -> bool:
    """2月12日,侬峒节万人巡游: an entry of a calendar, a day and a name without a verb."""
    for date in telling.dates:
        fine = date.precision in ("day", "day_part", "month")
        opens = date.char_start - clause.item_start <= 1
        if fine and opens and telling.masked[date.char_end : clause.start].strip(", 、晚午上下早") == "":
            return clause.start > date.char_end
    return False


def _told_by_day(telling: Telling, clause: Clause) -> bool:
    """13日晚,友好周在同登镇落幕."""
    days = [d for d in telling.dates if clause.sentence_start <= d.char_start < clause.end]
    return any(d.precision in ("day", "day_part") or (d.precision == "range" and "日" in d.quote) for d in days)


def _takes_place(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """A named happening at a place, whatever the verb: 邀请赛在东兴市北仑河口水域开桨, 友谊赛移到国立大学操场开哨."""
    match = _AT.match(telling.bare, trigger.end, clause.end)
    if match is None or re.search(r"[上中](?![\u4e00-\u9fff])", match["where"]):
        return False
    return any(match.start("where") <= p.char_start < match.end() for p in telling.places)


def _one_phrase(gap: str, following: Trigger) -> bool:
    if following.form == "verb":
        return gap == "" and following.event_type == "award"
    return len(gap) <= 8 and not re.search(r"[、及与和,并在将□■]", gap)


# 院子里摆一圈竹椅,就算座谈会: what was done made it one.
_COUNTS_AS = on_use(
    r"(?:(?:也|便|就|便|这|权且|姑且)?(?:算是?|权当是?|权作|充作|当作|当成|充当)|[便就也]成了|"
    r"成了(?=一[场次堂])|变成了?|[办开做谈演]成了)"
    r"[一这]?[场次堂个轮台]?[^,、的]{0,8}$"
)


def support_of(before: str) -> str | None:
    """held or attended, when a verb of holding or attending governs what follows `before` in the clause."""
    if _COUNTS_AS.match(before.lstrip()):
        return "held"
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


# 正为12月的答谢会忙碌, 筹备10月的友谊节
_LOOKED_FORWARD_TO = on_use(r"忙碌|忙着|筹备|准备|张罗|布置|预热|彩排|排练|备战|迎接|期待|倒计时")


def looked_forward_to(telling: Telling, clause: Clause) -> bool:
    """Whether a clause tells of getting ready for something."""
    return _LOOKED_FORWARD_TO.search(telling.masked, clause.start, clause.end) is not None


def _dated(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """A day stands right before or after the noun: 6月24日的友谊晚会, 联席会议1月12日在归仁市达成的共识."""
    for date in telling.dates:
        ahead = date.precision == "month" and clause.start <= date.char_start < date.char_end <= trigger.start
        if ahead and len(trigger.word) > 2 and looked_forward_to(telling, clause):
            return True
        if date.precision not in ("day", "day_part") or not clause.start <= date.char_start < clause.end:
            continue
        after = telling.masked[date.char_end : clause.end]
        if date.char_start >= trigger.end and date.quote.startswith(("当", "當", "同", "次", "翌")):
            continue  # 仪式结束当天: when the rest took place
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


def _has_object(trigger: Trigger, said: str) -> bool:
    """One of a verb's objects; # stands for anything counted: 送上1200册图书, 送来一批防蚊药品."""
    if "#" in trigger.objects and _COUNTED_THING.search(said):
        return True
    if trigger.event_type == "signing" and "《" in said:
        return True  # 签署《粮食储备技术合作议定书》: what is signed is named, whatever its name ends with
    return any(word in said for word in trigger.objects)


def _is_told_of(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """协议拟于7月初在河内签署, 二期工程今年9月在平大县展开: on a day, what was signed or begun as the subject."""
    after = telling.masked[trigger.end : clause.end]
    if trigger.word.endswith("于"):  # 上一份协议签于2018年5月
        dated = any(d.char_start == trigger.end for d in telling.dates)
    else:
        dated = any(
            clause.item_start <= d.char_start < trigger.start and clause.start - d.char_end <= 2 for d in telling.dates
        )
        dated = dated and after in ("", "了", "完毕", "的")
    if not dated:
        return False
    before = telling.bare[clause.start : trigger.start]
    return any(word[0] == "^" and word[1:] in before for word in trigger.objects)


def _no_frame(telling: Telling, clause: Clause, trigger: Trigger) -> str:
    """What stands before a verb, without when and where."""
    return _FRAME.sub("", _FRAME.sub("", telling.bare[clause.start : trigger.start]))


# 首批物资运抵机场, 这笔善款已于5月送达: what arrives stands in front; 把支票递到会长手里.
_ARRIVES = ("抵", "达", "到", "至", "往", "进", "入", "在")
_CHANGES_HANDS = ("主人", "主", "手", "新家")  # 一张30万美元的支票换了主人
_SO_MANY = on_use(r"(?:已|共|总|则|也|更|就)*(?:有|达|多达|计有)(?:近|约|逾|超)?[\d一两二三四五六七八九十百]")
_PAPERS = on_use(
    r"[把将][^,]{0,10}(?:结论|报告|账目|账册|意见|名单|申请|结果|清单|方案|数据|档案|公文)(?:也|一并|如实|及时)?$"
)
_SUM = on_use(r"(?:共计?|总共|一共|合计|总计|累计|年均|已先后)(?:[^,]{0,3})$")
_SPORTS = ("contest",)
_TOGETHER_WITH = on_use(r"(?:连同|随同|并同|加上)[^,]{2,24}(?:一道|一并|一起|一同|悉数|全部)$")
_GIVEN_OUT = on_use(
    r"(?:[\d年月日上中下午晚旬初底]|已|将|当天|当日|当晚|同日|次日|随后|再|并|全部|悉数|"
    r"都){0,14}由[^,]{2,20}?(?:分发|发放|派发|转交|移交|交付|分送|送交|递交|发|送|捎|带|汇|寄|运)(?:给|到|至|予|往|去)"
)


_TAKEN = ("接收", "接受", "收下", "接过")
_UNLOADED = on_use(r"卸|运[到抵至送]|送[到抵达至来往]|开[到进抵]|驶[入进抵]|载|拉[来到]|抵")


def after_of(telling: Telling, clause: Clause, trigger: Trigger) -> str:
    return telling.bare[trigger.end : clause.end]


def _object_before(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    before = telling.masked[clause.start : trigger.start]
    quoted = telling.plain[clause.start : trigger.start] if trigger.event_type == "award" else before
    if re.search(r"[把将]", before) and _has_object(trigger, quoted):
        return True  # 把“友谊奖章”颁给三名志愿者
    if _is_told_of(telling, clause, trigger):
        return True
    if trigger.event_type == "handover" and trigger.word.endswith("给") and _TOGETHER_WITH.search(before):
        return True  # 募得5万元,连同二十台缝纫机一道送给妇女会
    if trigger.event_type == "handover" and _GIVEN_OUT.match(telling.masked, clause.start, clause.end):
        ahead = telling.masked[clause.item_start : clause.start][-40:]  # 改买了212个书包,18日由青年会分发给两所小学
        return _has_object(trigger, ahead) or _COUNTED_THING.search(ahead) is not None  # 凑了4万元,由侨联送到小学
    if trigger.event_type in _SPORTS:
        return _has_object(trigger, before)
    if trigger.word in _TAKEN and after_of(telling, clause, trigger) in ("", "了"):
        ahead = telling.masked[clause.item_start : clause.start][-60:]  # 卸下大米三十吨,县长代表村民接收
        return _UNLOADED.search(ahead) is not None and _COUNTED_THING.search(ahead) is not None
    if trigger.event_type != "handover" or not trigger.word.endswith((*_ARRIVES, *_CHANGES_HANDS)):
        return False
    subject = (
        before if len(_no_frame(telling, clause, trigger)) > 1 else telling.masked[clause.item_start : trigger.start]
    )
    return _has_object(trigger, subject[-40:])


# 随机运去60吨装备: what came along; 人工晶体为一家企业捐出: whose it is; 已送到26万人手中: what it came to.
_BROUGHT_ALONG = on_use(r"(?:还|并|另|又)?随(?:机|船|车|队|团|行|舰|专机|航班|身)")
_WHOSE = on_use(r"(?:为|系|是|由)[^,为由的]{2,24}?所?$")
_MULTITUDE = on_use(r"(?:已|共|累计|总共)[^,]*$")
_OF_MANY = on_use(r"\d(?:多|余)?万(?:多|余)?(?:人|户|名|家|灾民|民众|群众)")
# 一半拨给嘉莱省修缮校舍, 用于添置渔网: what the money is for
_TO_DO = on_use(r"(?:用于|用来|用作|留作|专供|(?:拨给|供|资助|帮助|支持|协助)[^,]{2,12})$")
_PUPILS = on_use(r"孩子|学生|儿童|学童|小朋友|娃娃|学员|学校|恢复|借用|照常")


_TRADE = on_use(r"出口|进口(?!处)|驳船|销往|外销|煤炭|铁矿|货柜|进货|入库|订单|成交|卖[到给出掉]")
# What families and friends do at home too: a happening where several do it together.
TOGETHER = frozenset(
    {
        "包粽子",
        "包饺子",
        "包春卷",
        "煮粽子",
        "吃团圆饭",
        "吃年夜饭",
        "吃百家饭",
        "掌勺",
        "下厨",
        "过元宵",
        "过中秋",
        "过春节",
        "过大年",
        "过新年",
        "过端午",
        "过泼水节",
        "过宋干节",
        "过重阳",
        "过塔銮节",
    }
)
_TOGETHER = on_use(
    r"一起|一同|一道|共同|同[^时年一]|[与和跟]|们|双方|[两三四五六各]国|[两三各]地|[\d十百千余多]+(?:名|位|"
    r"人)|师生|[团队]|村民|居民|学生|侨胞|乡亲|协会|联合会|学校"
)


def _is_trade(telling: Telling, clause: Clause) -> bool:
    """三千吨大米装到驳船上,准备出口: goods, no gift."""
    return _TRADE.search(telling.masked, clause.item_start, min(clause.end + 16, len(telling.masked))) is not None


def _only_tells_of_gifts(telling: Telling, clause: Clause, before: str, after: str) -> bool:
    """A sum, a part of what came, or whose gift a thing is: 此行共送出善款216万元."""
    if _SUM.search(before) or _BROUGHT_ALONG.match(telling.masked, clause.start, clause.end):
        return True
    if _MULTITUDE.search(before) and _OF_MANY.search(after):
        return True
    dated = any(clause.start <= d.char_start < clause.end for d in telling.dates)
    return after == "" and not dated and _WHOSE.search(before) is not None


def _dated_aside(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    """A verb of a signing or a visit with its own day, told in passing: 去年10月在南宁草签的青年交流计划."""
    if trigger.event_type not in ("signing", "visit"):
        return False
    aside = _ASIDE.match(telling.masked, trigger.end, clause.end) is not None
    if not aside and (trigger.event_type != "signing" or not _ASIDE_OF.match(telling.masked, trigger.end, clause.end)):
        return False
    if telling.masked.startswith(("根据", "按照", "依据", "依照"), clause.start):
        return False  # what an agreement lays down is told, not its signing
    for date in telling.dates:
        fine = date.precision in ("day", "day_part", "month")
        if fine and clause.start <= date.char_start and date.char_end <= trigger.start:
            gap = telling.masked[date.char_end : trigger.start]
            if _ASIDE_FRAME.fullmatch(gap):
                return True
    return False


# 会长忆及2016年5月率团到昆明考察的往事: a day of a visit that somebody looks back to
_MEMORY = on_use(r"[^,的]{0,8}的(?:往事|经历|情景|情形|一幕|那次|旅程|见闻|故事|日子|点滴|时光|所见所闻)")


def _remembered(telling: Telling, clause: Clause, trigger: Trigger) -> bool:
    if trigger.event_type != "visit" or _MEMORY.match(telling.masked, trigger.end, clause.end) is None:
        return False
    for date in telling.dates:
        fine = date.precision in ("day", "day_part", "month")
        if fine and clause.start <= date.char_start and date.char_end <= trigger.start:
            return re.search("[,的]", telling.masked[date.char_end : trigger.start]) is None
    return False


_SO_MANY_REPORTERS = on_use(r"[\d一二三四五六七八九十百多余][名位个][^,]{0,6}记者$")  # 邀请20名记者访问昆明
PINNED = "挂别戴佩系披"  # 将纪念章挂到会长胸前
_WORN = on_use(r"[^,]{0,16}(?:胸|颈|脖|肩|衣襟|身上)|上|了")
_OFFICES = ("科", "厅", "局", "处", "部", "司", "室", "股")
_LEFT_TO = on_use(
    r"(?:等|工作|事宜|任务)?(?:则|都|均|也|一律|全部|悉数|将)?(?:归|由|交由|属于)[^,]{2,16}(?:负责|承担|统筹|"
    r"安排|管理|打理|操办|包办)"
)
_PLANTS = ("种", "植", "种下", "栽下", "植下", "栽种")
_CALLED_ON = on_use(r"(?:接受|受到|接待)了?[^,]{2,40}的(?:礼节性|首次|到任|离任|辞行|登门)?$")
_ATTENDED = on_use(r"(?:参加|出席|见证|主持|观摩)了?[^,]{2,30}的$")


def _of_verb(telling: Telling, clause: Clause, trigger: Trigger) -> str | None:
    text = telling.bare
    before, after = text[clause.start : trigger.start], text[trigger.end : clause.end]
    since_day = after.startswith("以来") and any(
        d.precision in ("day", "day_part") for d in telling.dates if clause.start <= d.char_start < trigger.start
    )
    if (
        trigger.event_type == "award"
        and trigger.word[0] in PINNED
        and trigger.word[-1] in "到在"
        and not _WORN.match(after)
    ):
        return None  # 她把奖章挂在墙上
    if trigger.word == "围坐" and after and not after.startswith(("交谈", "畅谈", "恳谈", "叙", "谈", "聊")):
        return None  # 村民围坐在火塘边听广播
    if trigger.event_type == "training" and after.startswith(_OFFICES):
        return None  # 教育培训科科长到场
    if _dated_aside(telling, clause, trigger) or _remembered(telling, clause, trigger):
        return "temporal"
    if _LEFT_TO.match(telling.masked, trigger.end, clause.end):
        return None  # 后续的分配和回访归县红十字会负责
    if re.match(r"(?:[后前时]|以来|之后|之前)的", after):
        return None  # 召开成立后的首次会议
    arrives = trigger.event_type == "handover" and trigger.word.endswith(("抵", "达", "到", "至"))
    if (
        not arrives
        and re.match(r"(?:结束)?(?:[后时前上]|中(?![文国药医学小央越老外英])|之后|之前)(?![方面])", after)
        and "在" not in before
    ):
        return None  # 会谈后,双方签署…: only the setting of what follows
    if re.match(r"[中时](?![心学])[^,]", after) and before.endswith("在"):
        return None  # 两省领导在座谈中盘点了合作账
    if trigger.event_type in _ATTRIBUTES and not after.strip("仪式") and _ATTENDED.search(before):
        return "attended"  # 参加32间防洪屋的移交
    nominal = _VISITING if trigger.event_type == "visit" else _NOMINAL
    if trigger.word.endswith(_RESULTS):
        nominal = _OF_IT
    elif trigger.event_type in ("signing", "award") and _has_object(trigger, after):
        nominal = _OF_WHAT
    if trigger.event_type == "meeting" and after in ("", "了") and _CALLED_ON.search(before):
        return "verb"  # 主席接受了大使的拜会
    if (nominal.match(after) and not since_day) or before.endswith(("的", "此次", "首次", "、")):
        return None
    if trigger.event_type == "other" and re.match(r"了?[^,]{0,4}\d+(?:人次|例次)|人次", after):
        return None  # 看诊1360人次: a sum
    if trigger.word == "开学" and re.match(r"的?那一?[天日晚]|当[天日晚]", after):
        return None  # 9月5日开学那天,协会将办一堂课: when the rest takes place
    if trigger.event_type == "handover" and _SO_MANY.match(after):
        return None  # 今年以来的民间捐赠有17批: a sum
    if trigger.event_type == "handover" and _PAPERS.search(telling.masked[clause.start : trigger.start]):
        return None  # 把结论送交各援助方
    if after.startswith(("得来", "所得", "得到", "而来")):
        return None  # 义卖得来的2.3万元
    if _PASSIVE_PARTICLE.search(before) or after.startswith(("外,", "以外", "之外")) or after == "外":
        return None
    if trigger.word in STAGES and not _SUBJECT.search(_no_frame(telling, clause, trigger)):
        return None  # 影展13日在美術館開幕 told in two clauses: the noun stands before
    if re.search(r"(?:回顾|纪念(?![碑馆堂日章塔品园公广陵林墙亭册])|庆祝|缅怀)[^,]*$", before) or (
        trigger.word not in ("庆祝", "共庆", "同庆", "欢庆")
        and re.match(r"[^,]{0,20}[\d一二三四五六七八九十百]周年", after)
    ):
        return None  # 回顾菲德尔访问解放区49周年: what is remembered
    if _NEGATED.search(before) or (trigger.word == "总结" and before.endswith(("工作", "年终", "年度", "阶段"))):
        return None
    if trigger.word in ("慰问", "祝贺", "悼念") and _CONVEYED.search(before):
        return None  # 转达慰问: said, not done
    if _BY_WIRE.search(before):
        return None  # 致电慰问: nobody came
    if trigger.word == "祝贺" and not re.search(r"(?:前往|到|赴|来到)[^,]{2,20}$", before):
        return None  # 向协会表示热烈祝贺; 前往大使馆祝贺 is a visit
    if trigger.word == "庆祝" and (
        len(before) < 3 or before.endswith(("为", "以", "来", "和", "、", "举办", "举行", "召开", "举办了", "举行了"))
    ):
        return None  # 举行招待会,庆祝…: the occasion of what is told already
    if after.startswith(("记者", "媒体")) or (before.endswith("记者") and not _SO_MANY_REPORTERS.search(before)):
        return None
    planted = trigger.event_type == "other" and trigger.word.endswith(_PLANTS)  # 合种“同心林”
    named = telling.plain if planted or trigger.event_type in ("award", "signing") else telling.masked  # 获颁“海燕奖”
    has_object = not trigger.objects or _has_object(trigger, named[trigger.end : clause.end])
    if not has_object and not _object_before(telling, clause, trigger):
        return None
    if trigger.event_type == "other" and _TO_DO.search(before):
        return None
    if trigger.event_type == "handover" and trigger.word.endswith(_ARRIVES) and _is_trade(telling, clause):
        return None
    if trigger.word in TOGETHER and not _TOGETHER.search(telling.masked, clause.item_start, clause.end):
        return None  # 他一个人在家包饺子
    if trigger.event_type == "handover" and _only_tells_of_gifts(telling, clause, before, after):
        return None
    if trigger.word == "上课" and _PUPILS.search(before):
        return None  # 孩子们在帐篷教室里上课: every day
    if re.search(r"^[^,]{0,40}(?:时|期间|之际)$", after) and re.search(r"在", before + after):
        return "temporal"
    return "verb"
