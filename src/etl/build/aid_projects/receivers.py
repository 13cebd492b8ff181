"""Whether words name somebody or something that aid can go to, and by which of their words it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.frames import frame, hits
from etl.build.aid_projects.location import (
    own_unit,
    places_in,
    whole_name,
)
from etl.build.aid_projects.naming import named, party
from etl.build.aid_projects.nominals import Phrase, can_receive, cut, trimmed
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.mentions import changed
from etl.patterns import on_use

MIDDLEMAN = on_use(r"红十字|阵线|动员委员会|友好组织联合会|救援委员会|慈善会|侨联")
_STARTS_WRONG = on_use(
    r"此|(?:本|我|敝)会(?![员馆址])|据|根据|按照|依照|出资|出钱|掏钱|记者|随[队站行团车船](?!的)|者(?=[多均都也将已])|(?:当地|本地)$|地方(?:$|配套|财政)|用于|[一两二三四五六七八九十\d]+[栋幢座](?!桥|卫生|学校|医|小学|中学|图书)|会(?=[接组开给])|(?:组织|机构|单位|部门|企业|公司|委员会|基金会)$|平均|人均|户均|[盖建修购买租置办](?![一-鿿]?[县市社乡])|该项目|项目|工程|资金|援助|善款|款项|物资|计划|更(?:远|偏|广|大|多)|(?:很|较|最)?(?:远|偏远)方?$|活动|约|近|逾|超|总|他们(?:每人)?$|其|本次|这次|今后|未来|今年|去年"
    r"|[\d.,]+(?![\d,.]*(?:多|余)?(?:名|户|位|个|所|人|家|间|对))|的|实现|完成|提高|加强|促进|推动|发展|建设|工作|抗疫|抗灾|抗击"
    r"|防疫|救灾|什么|主要|慰问金|慰问品|捐款|礼品|礼物|助学金|奖学金|捐助|施工(?:队|方|单位)|承包商|工程队|供应商|包工头|救济款|药品|口罩|春节|经济社会|社会经济|上述$"
)
_HOLDS_WRONG = on_use(
    r"种植|植树|造林|种树|绿化|\d处$|越盾|美元|欧元|资金|到位|金额|总额|现场|(?:物资|设备|用品|药|试剂|礼|款|工作|(?<!社会保障)活动|计划|仪式|礼物|总结|方面|期间"
    r"|机会|账户|户头|账上|账号|会议|精神|关系|目标|任务|年会|需求|能力|意识|友谊|合作|过程|基础)$"
)
_TAKES_OBJECT = on_use("(?<=[一-鿿]{2})[将把](?![军领士帅官])")  # 万象|将越南政府
_HOMELAND = on_use(r"^(?:国内|祖国|家乡|故乡|本国)(?:的)?")
_WORKS = on_use(
    r".(?P<tail>(?:灾后|震后|战后)(?:重建|恢复)?|(?:重建|建设|修建|改建|改造|修缮|翻修|加固|发展))$"
    # 山洞村|饮水工程, 高岭桥|项目: where the works are
    r"|(?:[村乡社县省市镇区郡坊校院站岛湾桥园]|[小中]学)"
    r"(?P<project>(?!的)(?:(?!幼儿园|小学|中学|学校|医院|卫生[站院])[一-鿿]){0,6}(?:工程|项目|计划))$"
)
# 交给各厅局执行的项目: those who carry them out
_CARRIES_OUT = on_use(
    r"[^,;:]{2,24}?(?:执行|实施|承办|承担|运作|施工)(?:的(?:项目|工程|计划|活动|部分)[^,;:省市县乡村]{0,4})?$"
)
_STRICKEN = on_use(r"[遭受因被]")  # 遭山洪冲毁校舍|的庆溪小学
_A_SIDE = on_use(r"[一-鿿]{1,3}方$")
_VERB_IN_NAME = on_use(r"[一-鿿]{0,4}?(?:救助|援助|帮助|支持|资助|慰问|扶助|支援)")
# 按领域看,卫生居首,到位61万: a field of work
_SECTOR = on_use(
    r"(?:医疗|公共)?卫生|医疗|教育|农业|环保|环境|气候|减灾|救灾|扶贫|减贫|培训|能力建设|经济|社会|其他|其它"
)
_GIVER_LEAST = 3  # characters of a donor before the preposition that leads in who gets
_EACH_OF = on_use(r"每一?(?:[户人名位村校家个所间班对]|学生|家庭)(?:还|都|均|可|也|各|又)?$")
_PORT = on_use(r"(?:港|口岸|机场|码头|海关)$")  # goods pass there
_GIVEN = on_use(
    r"(?:的(?:赠品|赠礼|礼物|馈赠|赠物|捐赠品?|捐助|善款|义举|心意|无偿援助)|所?(?:捐赠|捐助|捐献|捐建|捐出|捐|赠送|赠|合赠|合捐|援建|资助|相赠|出资))(?=$|[,;:。(])"
)
_HOUSE = on_use(r"(?:卫生|诊疗?|托儿|收容|研究|派出|看守|事务|场|住|厕|哨|医|疗养|会)所$")
_OF = on_use(r"的(?P<who>[^,;:。的]{2,16})")


def is_donor(found: Party, claim: Claim) -> bool:
    """Whether a party found as recipient is the claim's donor: the same name, or words inside the donor's."""
    donor = claim.donor
    if donor is None:
        return False
    overlaps = found.line_no == donor.line_no and donor.start <= found.start < donor.end
    at = found.start - donor.start
    if overlaps and at > _GIVER_LEAST and donor.text[at - 1 : at] in ("给", "向") and len(donor.text) > at:
        return False  # 旅居波兰的同乡会|给|海后县敬老院送上: the donor took whom it gives to along
    return not found.inherited and (found.text == donor.text or overlaps)


_COUNTED_LEAST = 3
# 向|其主办的|友谊学校捐助
_ITS_HOUSE = on_use(
    r"(?:其|该[会团社校院]|他们)(?:所)?(?:主办|开办|创办|属下|下属|所属|管理|辖下|属|名下|运营|经营|下设|附设|兴办|管辖|办|设立|开设|收容|照料)的"
    r"(?=[一-鿿]{2})"
)
_CALLED = on_use(r"(?:取名|命名|名叫|名为|定名|题名|起名)")  # 捐建的水塔|取名“甘泉”
_WHO_THEY_ARE = on_use(
    r"(?:受灾|贫困|困难|特困|受困|贫苦)?(?:灾民|居民|村民|渔民|农民|边民|乡民|贫民|难民|农户|灾户|贫困户|家庭|人家|民众|群众|越裔|侨胞)"
)
_COUNTED = on_use(r"(?:约|近|逾)?\d[\d,.]*[万千]?[多余]?(?:户|人|校|村|乡)")


def is_wrong(said: str) -> bool:
    """Whether words are a thing, a sum or an aim rather than somebody or some place."""
    if _COUNTED.fullmatch(said):
        return False  # 首批覆盖2600户
    return bool(_STARTS_WRONG.match(said) or _HOLDS_WRONG.search(said) or _TAKES_OBJECT.search(said)) or not re.search(
        r"[一-鿿]{2}", said
    )


def in_frames(names: Iterable[str], page: Passage, span: Span, claim: Claim, scope: Scope) -> Iterator[Party]:
    """The recipients, other than the donor, that the frames of those names find in a span, frame by frame."""
    for name in names:
        for phrase in hits(frame(name), page, span):
            if (who := receiver(phrase, claim, scope)) is not None and not is_donor(who, claim):
                yield who


def receiver(phrase: Phrase, claim: Claim, scope: Scope) -> Party | None:
    """The recipient that a phrase of the claim's line names, cut to who or where it is; None when it names nobody."""
    for place in scope.places(claim.line_no, (phrase.start, phrase.start + 1)):
        if place.char_start < phrase.start < place.char_end <= phrase.end and "pair" not in place.flags:
            phrase = changed(phrase, start=place.char_start)  # 老|街、安沛、太原、高平四省
    said = claim.passage.text[phrase.start : phrase.end]
    if (called := _CALLED.search(said)) is not None:
        phrase, said = changed(phrase, end=phrase.start + called.start()), said[: called.start()]
    if said.endswith("方面") and any(
        p.char_end == phrase.end - 2 for p in scope.places(claim.line_no, (phrase.start, phrase.end))
    ):
        phrase, said = changed(phrase, end=phrase.end - 2), said[:-2]  # 移交缅甸|方面
    if said[:2] in ("这个", "那个", "这座", "那座"):
        phrase, said = changed(phrase, start=phrase.start + 2), said[2:]
    if (away := said.find("赴")) > 1:
        phrase, said = changed(phrase, end=phrase.start + away), said[:away]  # 安排36人|赴昆明复查
    if _COUNTED.fullmatch(said) and said[-1] in "户校村" and len(said) >= _COUNTED_LEAST:
        more = _WHO_THEY_ARE.match(claim.passage.text, phrase.end)  # 首批覆盖2600户, 分发给6400户|灾民
        return party(phrase if more is None else changed(phrase, end=more.end()), scope)
    if said[0] in "其该他" and (its := _ITS_HOUSE.match(said)) is not None:
        phrase, said = changed(phrase, start=phrase.start + its.end()), said[its.end() :]
    if said.startswith("其中"):  # 其中县财政列支25万: of the whole, no county's name
        phrase, said = changed(phrase, start=phrase.start + 2), said[2:]
    if (
        is_wrong(said)
        or _SECTOR.fullmatch(said)
        or _EACH_OF.match(said)
        or _PORT.search(said)
        or _CARRIES_OUT.match(said)
    ):
        return None
    if (
        said.endswith("所")
        and not _HOUSE.search(said)
        and claim.passage.text[phrase.end : phrase.end + 1] in "捐赠送援资"
    ):
        return None  # 耗材为“微笑使命”分会|所捐: who gave
    if claim.passage.text.startswith("为", phrase.start - 1) and _GIVEN.match(claim.passage.text, phrase.end):
        return None  # 晶体为一家企业|捐出, 车辆为某财团|的赠品
    if _HOMELAND.match(said) and not re.search(r"的[一-鿿]{2}|基金", said):
        inner = _HOMELAND.sub("", said)
        if len(inner) < 3 or not can_receive(claim.passage, phrase.end - len(inner), phrase.end, scope):
            return _homeland(scope)
    around = scope.actors(claim.line_no, (max(0, phrase.start - 6), phrase.end + 12))
    if any(
        a.entity_type == "organization"
        and a.char_start < phrase.start < a.char_end
        and _VERB_IN_NAME.fullmatch(claim.passage.text, a.char_start, phrase.start)
        for a in around
    ):
        return None  # 救助|儿童会的项目: the verb is part of the name
    donor = claim.donor
    if donor is not None and donor.line_no == phrase.line_no and phrase.start < donor.start < phrase.end == donor.end:
        phrase = changed(phrase, end=donor.start - said.startswith("的", donor.start - 1 - phrase.start))
    works = _WORKS.search(said)
    if _STRICKEN.match(said) and (head := _head(phrase, claim, scope)) is not None:
        return party(head, scope)
    if works:
        phrase = changed(phrase, end=phrase.start + works.start("tail" if works["tail"] else "project"))
    if _A_SIDE.match(said) and (finer := _unit_of_side(phrase, claim, scope)) is not None:
        return finer
    if not can_receive(claim.passage, phrase.start, phrase.end, scope):
        shorter = cut(claim.passage, phrase, scope)
        head = shorter if can_receive(claim.passage, shorter.start, shorter.end, scope) else _head(phrase, claim, scope)
        if head is not None and is_wrong(claim.passage.text[head.start : head.end]):
            return None  # 账户|捐来
        return _place_ahead(phrase, claim, scope) if head is None else party(head, scope)
    return party(phrase, scope)


def _unit_of_side(phrase: Phrase, claim: Claim, scope: Scope) -> Party | None:
    """在川圹省,…是越方送给老方的: the place the sentence names in the country whose side gets it."""
    sides = {p.country for p in scope.places(phrase.line_no, (phrase.start, phrase.end))}
    unit = own_unit(claim, scope)
    if unit is None or unit.country not in sides:
        return None
    return party(whole_name(unit, scope), scope)


def _place_ahead(phrase: Phrase, claim: Claim, scope: Scope) -> Party | None:
    """为|越南|媒体培训提供: the place that what is paid for is in, unless it is the giver's country."""
    homes = {p.country for p in places_in(claim.donor, scope)}
    for place in scope.places(phrase.line_no, (phrase.start, phrase.end)):
        if place.char_start == phrase.start and "pair" not in place.flags and place.country not in homes:
            return party(whole_name(place, scope), scope)
    return None


def _head(phrase: Phrase, claim: Claim, scope: Scope) -> Phrase | None:
    """遭山洪冲毁校舍|的庆溪小学: the frame stopped at 的, before the noun it is all about."""
    hit = _OF.match(claim.passage.text, phrase.end)
    span = trimmed(claim.passage, *hit.span("who")) if hit else None
    if span is None or not can_receive(claim.passage, *span, scope):
        return None
    return Phrase(claim.line_no, *span)


def _homeland(scope: Scope) -> Party | None:
    """为国内抗疫 said of emigrants: Vietnam, where the page prints it."""
    for place in scope.findings.places:
        if place.country == "VN" and place.kind == "country" and "pair" not in place.flags:
            return named(place, scope)
    page = next((p for p in scope.pages if "越南" in p.text), None)
    if page is None:
        return None
    at = page.text.index("越南")
    return Party("越南", page.line.line_no, at, at + 2, inherited=True)
