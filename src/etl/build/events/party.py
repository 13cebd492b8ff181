"""A participant and the part its words give it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from etl.build.events.clauses import Telling, within
from etl.build.events.judging import Judged
from etl.mentions import ActorMention, PlaceMention
from etl.patterns import on_use

SUBJECT = {
    "meeting": "host", "visit": "guest", "conference": "organizer", "congress": "organizer", "signing": "signatory",
    "ceremony": "organizer", "cultural_exchange": "organizer", "contest": "organizer", "award": "awarder",
    "handover": "donor", "training": "organizer", "launch": "organizer", "other": "organizer",
}  # fmt: skip
OBJECT = {
    "meeting": "guest", "visit": "host", "conference": "attendee", "congress": "attendee", "signing": "signatory",
    "ceremony": "attendee", "cultural_exchange": "attendee", "contest": "attendee", "award": "awardee",
    "handover": "recipient", "training": "attendee", "launch": "other", "other": "attendee",
}  # fmt: skip
_LEADING = frozenset({"organizer", "host", "awarder", "donor", "signatory", "guest", "awardee"})
_RECEIVER = on_use(r"(?:向|给|为|对|替|接收|接待|看望|慰问|走访|会见|接见|授予|表彰)\s?$")
_RECEIVED = ("领到", "领取", "拿到", "荣获", "获得", "荣膺", "获颁", "获授", "捧回", "捧得", "接受", "喜获")
_TAKES = on_use(r"(?:接过|接下|领取|签收|获赠|收下|收到|接收|接受|接到|获得|得到|收下|领到)了?")
_HEARD = on_use(r"听取?了?[^,;]{0,12}$")
_OWNED = on_use(r"的(?!代表|领导|负责人|志愿者|专家|医生|师生|学生|老师|教师|成员|干部|校友)")
_HOUSES = ("小学", "中学", "学校", "大学", "医院", "卫生院", "卫生站", "医疗站")
_STAGES = ("剧院", "博物馆", "图书馆", "美术馆", "文化宫", "体育馆", "会堂", "礼堂", "文化中心", "会馆")
_WITHIN = on_use(r"(?:在|于)[^,;:与同和向由给对为把被将的]{1,10}的?$")
_FROM = on_use(r"来自[^,;:。来]{2,44}的$")
_COUNTS = frozenset("0123456789一二三四五六七八九十百两数多")
_BODY_OF = on_use(
    r"(?:^|[,;。:、月日晚午]|[今去前明]年)(?P<body>(?!.{0,12}(?:[向与同和给为在将把被由从到赴对及]))[^\W\d_]{2,14}?"
    r"(?:协会|联合会|互助会|商会|总会|分会|友协|友联|侨联|妇联|学生会|校友会|艺术团|合唱团|义诊团|舞蹈团|医疗队|义诊队|志愿队|学院|大学|中学|小学|医院|公司|基金会|红十字会))$"
)
_VISITORS = ("来访", "到访", "访问", "出访", "率团访问", "回访")
_OUT_OF = on_use(r"(?<!化)从[^,;]{0,16}$")
_CALLED_AFTER = on_use(
    r"(?:主席|总统|总理|总书记|将军|大将|先生|夫人|伯伯)?(?:纪念(?:馆|堂|碑|塔|园|活动|大会|展)|陵|故居|遗迹|"
    r"旧居|铜?像|塑像|雕像|诞辰|逝世|生平|思想|博物馆|基金会|奖学金|杯|大道|路|街|广场)"
)
_GAVE_IT = on_use(r"(?:所|共同|联合)?(?:捐赠|捐助|捐出|赠送|资助|援助|提供|筹集|募集|筹得|出资)[^,;]{0,6}的")
_LED_BY = on_use(r"以[^,;]{2,30}为(?:团长|首|领队|队长|组长)的[^,;]{0,16}$")
_SAYING = on_use(r"(?:女士|先生)?(?:在[^,]{1,6})?(?:表示|强调|指出|介绍|透露|认为|称[,:]|说|坦言|提到|汇报)")


@dataclass(frozen=True, slots=True)
class Party:
    """A participant; `places` are the place names inside its own name (平阳省 of 平阳省友好组织联合会)."""

    actor: ActorMention
    role: str
    places: tuple[PlaceMention, ...] = ()
    unit: bool = False  # a province, city or country standing for itself

    @property
    def country(self) -> str | None:
        return self.actor.country or next((p.country for p in self.places if p.country), None)


def leads(party: Party) -> bool:
    return party.role in _LEADING and (not party.unit or party.role == "signatory")


def add_parties(found: list[Party], new: list[Party]) -> None:
    for party in new:
        if not any(party.actor.name in p.actor.name or p.actor.name in party.actor.name for p in found):
            found.append(party)


def as_party(telling: Telling, actor: ActorMention, role: str) -> Party:
    if actor.entity_type == "group":
        actor = _whole_group(telling, actor)
    near = within(telling.places, actor.char_start, actor.char_end)
    inside = tuple(p for p in near if p.char_end <= actor.char_end)
    return Party(actor, role, inside)


def _whole_group(telling: Telling, actor: ActorMention) -> ActorMention:
    """太原、北宁、谅山、高平四省代表: the provinces listed before belong to the group's name."""
    left = actor.char_start
    origin = _FROM.search(telling.masked[max(0, left - 48) : left])
    if origin is not None:  # 来自东兴、防城以及越南芒街一坊、海宁社的14支队伍
        quote = telling.text[left - len(origin[0]) : actor.char_end]
        return replace(actor, char_start=left - len(origin[0]), quote=quote, name=quote)
    body = _BODY_OF.search(telling.masked[max(0, left - 18) : left]) if actor.quote[:1] in _COUNTS else None
    if body is not None:  # 省友联32名会员赴…: whose people they are
        quote = telling.text[left - len(body["body"]) : actor.char_end]
        return replace(actor, char_start=left - len(body["body"]), quote=quote, name=quote)
    for mention in reversed(telling.places):
        if not 0 <= left - mention.char_end <= 1:
            continue
        gap = telling.masked[mention.char_end : left]
        like = left < actor.char_start or any(
            p.char_start == left and p.kind == mention.kind for p in telling.places
        )  # 越南与|中国妇女, but 北河县与|当地妇女 are two
        joints = ("", "、", "和", "与", "及") if like else ("",)
        if mention.char_end <= left and gap in joints:
            left = mention.char_start
    if left == actor.char_start:
        return actor
    quote = telling.text[left : actor.char_end]
    return replace(actor, char_start=left, quote=quote, name=quote)


def units_named(party: Party, context: tuple[Telling, ...]) -> tuple[PlaceMention, ...]:
    """The provinces in a participant's name, also where the text only says 联合会."""
    inside = tuple(p for p in party.places if p.kind != "country")
    if inside or party.actor.entity_type == "person":
        return inside
    for telling in context:
        for mention in telling.places:
            if mention.kind == "admin1" and mention.quote in party.actor.name:
                return (mention,)
    if re.match(r"[省市本该]", party.actor.name):
        home = home_unit(context, party.actor.line_no)
        return (home[1],) if home is not None else ()
    return ()


_LONGEST = 400  # characters of a name with the office before it


def belongs(telling: Telling, actor: ActorMention) -> bool:
    """The office of a person, the home of a delegation, a venue: named, but not itself taking part."""
    for other in within(telling.actors, actor.char_start - _LONGEST, actor.char_start + 1):
        if other is not actor and other.char_start <= actor.char_start and actor.char_end <= other.char_end:
            return True
    if actor.entity_type == "person" and _CALLED_AFTER.match(telling.masked, actor.char_end):
        return True  # 胡志明|主席纪念馆, 胡志明主席诞辰134周年招待会
    if re.search(r"\([^()]{0,60}$", telling.plain[max(0, actor.char_start - 61) : actor.char_start]):
        return True  # (记者王雯淼), (图:越通社)
    before = telling.masked[max(0, actor.char_start - 2) : actor.char_start]
    after = telling.masked[actor.char_end : actor.char_end + 8]
    if _SAYING.match(after) and not _HEARD.search(telling.masked[max(0, actor.char_start - 16) : actor.char_start]):
        return True  # 主席陈氏金云表示,2025年,联合会将…: she tells of it
    if actor.entity_type == "organization" and actor.quote.endswith(_STAGES):
        lead = telling.masked[max(0, actor.char_start - 14) : actor.char_start]
        if _WITHIN.search(lead) and not after.startswith(("的", "领导")):
            return True  # 在戈梅利的州立剧院加演一场
    return (
        before.endswith(("在", "于")) and actor.entity_type == "organization" and not after.startswith(("的", "领导"))
    )


def before_trigger(one: Judged) -> str:
    """The two signs before the trigger: 被|授予 is told from the receiver."""
    start = one.candidate.trigger.start
    return one.candidate.telling.masked[max(0, start - 2) : start]


_TRAINED = ("结业", "结训", "进修", "研修", "受训", "实训", "轮训", "跟班学习", "见习")


def role_of(one: Judged, actor: ActorMention) -> str:
    candidate, kind = one.candidate, one.event_type
    telling, trigger = candidate.telling, candidate.trigger
    if kind == "training" and actor.entity_type == "group" and trigger.word in _TRAINED:
        return "attendee"  # 20名越南学员学成结业
    works = kind in ("handover", "launch", "ceremony") and actor.char_end < trigger.start
    if works and actor.name.endswith(_HOUSES) and _OWNED.match(telling.masked, actor.char_end):
        return "recipient" if kind == "handover" else "other"  # 山村小学的饮水站交给村里管护
    first = next((c.start for c in telling.clauses if c.start <= actor.char_start < c.end), candidate.clause.start)
    before = telling.masked[min(first, candidate.clause.start) : actor.char_start]
    if trigger.word in ("拜会", "拜访", "礼节性拜访", "登门", "做客"):
        return "host" if actor.char_start >= trigger.end or re.search(r"(?:到|赴|前往|来)$", before) else "guest"
    left = kind == "handover" and actor.char_end <= trigger.start and _OUT_OF.search(before) is not None
    if left and _TAKES.search(telling.masked, actor.char_end, trigger.end):
        return "donor"  # 从友人团体手中接过一台设备; not 为从柬埔寨返回的村民赠送礼物
    if kind == "handover" and _TAKES.match(trigger.word):
        return "donor" if actor.char_start >= trigger.end else "recipient"
    if kind == "handover" and actor.char_end <= trigger.start:
        taken = _TAKES.search(telling.masked, candidate.clause.start, trigger.start)
        if taken is not None:  # 协会收到旅居德国乡亲寄来的2.5亿越盾
            return "donor" if actor.char_start >= taken.end() else "recipient"
    if kind == "handover" and actor.char_start >= trigger.end and _GAVE_IT.match(telling.masked, actor.char_end):
        return "donor"  # 转交红十字基金会捐赠的20万元
    received = trigger.word in _RECEIVED or (kind == "award" and before_trigger(one).endswith("被"))
    if trigger.word in ("接待", "迎来"):
        return "guest" if actor.char_start >= trigger.end else "host"
    if actor.char_start >= trigger.end:
        return "awarder" if received else OBJECT[kind]
    if re.search(r"应[^,]{0,40}$", before) and re.match(r"[^,]{0,8}邀请", telling.masked[actor.char_end :]):
        return "host" if kind == "visit" else SUBJECT[kind]
    if received:
        return "awardee"
    if kind == "visit" and re.search(r"(?:到|赴|抵达|前往|至|来)$", before):
        return "host"
    if kind == "visit" and _LED_BY.search(before):
        return "guest"  # 以副主席阮氏明为团长的妇女联合会代表团
    if _RECEIVER.search(before) or re.search(r"(?:向|给|为(?!了))[^,;]{0,60}$", before):
        return OBJECT[kind]
    if kind == "visit" and trigger.word in _VISITORS:
        return "guest"
    if candidate.construction == "attended":
        return "attendee"
    if trigger.form == "noun" and trigger.start - actor.char_end <= 12:
        held = re.search(
            r"(?:举行|举办|召开|主办|承办)了?[^,、]{0,30}$", telling.bare[candidate.clause.start : actor.char_start]
        )
        then = re.search(r"举行|举办|召开|主办|承办|组织|开办|开设|办", telling.masked[actor.char_end : trigger.start])
        if (actor.entity_type == "group" and not then) or held:
            return "attendee"  # 越中青年友好会见活动, 举行2024年外国非政府组织总结会议: part of the name
    if kind == "meeting" and trigger.form == "verb" and re.search(r"[把将]$", before):
        return "guest"  # 把12家机构的负责人请到洞海市
    if kind == "meeting" and actor.entity_type == "delegation":
        return "guest"
    if kind == "meeting" and re.search(r"(?:代表团|工作组|考察团|访问团)[^,]{0,16}(?:与|同|和)\s?$", before):
        return "host"
    if kind == "meeting" and re.search(r"(?:与|同|和)[^,;]{0,30}$", before):
        return "guest"
    return SUBJECT[kind]


def heads_clause(telling: Telling, actor: ActorMention) -> bool:
    """An organization in subject position: at the head of a clause, or after its date."""
    if actor.entity_type not in ("organization", "delegation"):
        return False
    for clause in telling.clauses:
        if clause.start <= actor.char_start < clause.end:
            before = telling.masked[clause.start : actor.char_start]
            return len(before) <= 1 or re.search(r"[日月年午晚内]$", before) is not None
    return False


def acts(telling: Telling, actor: ActorMention) -> bool:
    """A person or group in subject position: 韩巧玲应邀赴…, 7月2日,军医们…; not whose house or office it is."""
    if actor.entity_type not in ("person", "group") or belongs(telling, actor):
        return False
    for clause in telling.clauses:
        if clause.start <= actor.char_start < clause.end:
            before = telling.masked[clause.start : actor.char_start]
            opens = len(before) <= 1 or re.search(r"[日月年午晚内]$", before) is not None
            return opens and not telling.masked.startswith(("的", "、"), actor.char_end)
    return False


def home_unit(context: tuple[Telling, ...], line_no: int = 0) -> tuple[Telling, PlaceMention] | None:
    """本省: the Vietnamese province that the section of a line, else the page, names most; the first of equals."""
    found = [(t, p) for t in context for p in t.places if p.kind == "admin1" and p.country == "VN"]
    sections = {t.section for t in context if t.line_no == line_no}
    found = [(t, p) for t, p in found if t.section in sections] or found
    counts: dict[str | None, int] = {}
    for _, mention in found:
        counts[mention.admin1] = counts.get(mention.admin1, 0) + 1
    if not counts:
        return None
    best = max(counts.values())
    home = next(m.admin1 for _, m in found if counts[m.admin1] == best)
    full = [(t, m) for t, m in found if m.admin1 == home]
    return max(full, key=lambda pair: pair[1].quote.endswith(("省", "市")))
