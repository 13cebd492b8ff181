"""The type of a happening, where its trigger alone does not decide it."""

from __future__ import annotations

import re

from etl.build.events import journeys, triggers
from etl.build.events.candidates import Candidate
from etl.build.events.constructions import rite_of
from etl.patterns import on_use

_ACTIVITIES = (
    ("ceremony", re.compile(r"纪念|庆祝|祈福|缅怀|悼念|周年")),
    ("handover", re.compile(r"捐赠|赠送|送温暖|捐助")),
    ("training", re.compile(r"培训|训练|讲习")),
    ("cultural_exchange", re.compile(r"友好|交流|文化|联欢|青年|文艺|艺术|体育|友谊|民间|见面|会见|夏令|冬令|展")),
)

_OF_A_TREE = on_use(r"为[^,]*[树榕松柏樟桃樱林桥路街亭][”」』]?$")
# 国际越南学大会, 世界旅游投资大会: those of a field, not of an organization.
_OF_A_FIELD = on_use(
    r"(?:国际|世界|全球)(?![^,]*(?:[会盟]|组织))[^,]{0,10}$|(?:学术|研究|学|科技|技术|产业|投资|商务|合作|旅游)$"
)


_LOCALS = on_use(
    r"(?:师生|学生|孩子|村民|乡亲|居民|老人|儿童|家属|群众|农户|患者|病人|学员|渔民|边民|孤儿|住户|工人)们?$"
)


_AT_THE_OFFICE = on_use(
    r"在[^,在]{0,10}(?:总部|会址|会所|办公室|办公楼|机关|驻地|会客厅|会客室|会议室|贵宾厅|本部|部里|会里|官邸|"
    r"公署|大楼)(?:里|内)?[^,]{0,4}$"
)
_OF_CARE = on_use(r"(?:安装|义诊|手术|医疗|复明|献血|救助|诊疗|免费治疗)$")
_GIFT_RITE = on_use(r"(?<!捐)(?:捐|赠)(?![款资])[\u4e00-\u9fff]{1,4}$")  # 赠牛仪式, 捐书仪式


def _gone_to_see(candidate: Candidate) -> bool:
    """代表团驱车前往基里翁县,在一所小学同师生见面: not officials but those who live or learn there."""
    telling, trigger = candidate.telling, candidate.trigger
    gone = journeys.WENT.search(telling.masked, candidate.item_start, trigger.start) is not None
    return gone and _LOCALS.search(telling.masked[candidate.start : trigger.start]) is not None


def type_of(candidate: Candidate) -> str:
    """The type of the trigger, put right by who meets whom."""
    trigger, telling = candidate.trigger, candidate.telling
    before = telling.masked[candidate.start : trigger.start]
    if trigger.word == "总结" and re.search(r"[与同]", before):
        return "meeting"
    if trigger.word in ("共庆", "同庆", "欢庆") and "周年" in telling.masked[trigger.end : candidate.clause.end]:
        return "ceremony"  # 两市共庆结好二十周年: no feast of the calendar
    if trigger.word == "接待":
        persons = [a for a in telling.actors if a.entity_type == "person" and a.char_end <= trigger.start]
        near = [a for a in persons if a.char_start >= candidate.sentence_start]
        return "meeting" if near or _AT_THE_OFFICE.search(before) else "visit"
    if trigger.word in ("见面", "交谈", "会面", "座谈") and _gone_to_see(candidate):
        return "visit"
    if trigger.word in ("仪式", "典礼"):
        found = triggers.find(telling, candidate.clause)
        for index, verb in enumerate(found[:-1]):
            noun = rite_of(telling, candidate.clause, found, index)
            if noun is not None and found[noun].start == trigger.start:
                return verb.event_type  # 举行颁发助学金仪式
        if _GIFT_RITE.search(before):
            return "handover"
    if trigger.word == "营" and _OF_CARE.search(before):
        return "other"  # 假肢安装营, 复明营
    if trigger.word == "挂牌" and _OF_A_TREE.search(telling.plain[candidate.start : trigger.start]):
        return "ceremony"  # 为一棵“四国榕”挂牌
    if trigger.word == "大会" and _OF_A_FIELD.search(before):
        return "conference"
    if trigger.word == "活动":
        plain = telling.plain[candidate.start : trigger.start]
        if re.search(r"[日周节夜月][”」』]$", plain):
            return "cultural_exchange"
        for kind, said in _ACTIVITIES:
            if said.search(before[-24:]):
                return kind
    return trigger.event_type
