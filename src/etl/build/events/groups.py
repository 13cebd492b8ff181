"""People named only by what they are: 160名学生, 柬埔寨留学生, 巴黎市长."""

from __future__ import annotations

import re

from etl.build.events.judging import Judged
from etl.build.events.party import Party, as_party, role_of
from etl.build.events.subjects import subject_of
from etl.mentions import ActorMention
from etl.patterns import on_use

_PEOPLE = (
    "学生|大学生|留学生|毕业生|家庭|贫困户|农户|户|群众|代表|居民|干部|青年|师生|队员|儿童|老人|患者|战士|专家|退伍军人|志愿人员|"
    "志愿者|人员|青少年|官兵|教师|医生|侨胞|侨民|商户|记者|妇女|运动员|选手|企业|退役军人|孤儿|灾民|工人|学员|嘉宾|使节|友人"
)
_GROUP = on_use(
    rf"(?:向|给|为|接收|接待|看望(?:了)?|慰问(?:了)?|走访(?:了)?|与|同|和|、|对|"
    rf"邀请)(?P<group>[^,;。:、向给为接]{{0,18}}?(?:{_PEOPLE}))(?=[^\u4e00-\u9fff的]|会|座|见|颁|发|赠|捐|送|"
    rf"转|来|进|代|相|合|重|叙|拥|握|互|一|共|同|就|在|围|攀|交|谈|等|$)"
)
_LEADER = on_use(
    r"(?<![\u4e00-\u9fff])[日月年]?(?P<unit>[\u4e00-\u9fff]{2,8}(?:省|市|县|国|区)?)领导(?:人(?!民)|(?!人民))"
)
_STATESMAN = on_use(
    r"(?P<who>(?:[\u4e00-\u9fff]{2,5})(?:总统|国家主席|总理|首相|国王|外长|议长|大使|总领事|领袖|领导人|"
    r"元首))(?=到访|来访|访问|参观|到场|抵|视察|出访|回访|亲临)"
)
_OFFICE = on_use(
    r"(?:会见|拜会|接见|会晤|拜访)了?(?P<who>[\u4e00-\u9fff]{2,14}?(?:市长|省长|州长|大使|主席|书记|部长|会长|"
    r"总领事|知事|总统|总理|议长|司长|局长))(?![\u4e00-\u9fff·])"
)
# 与老挝驻岘港总领事一道, 、古巴驻越南大使出席: a post, its holder unnamed
_POST = on_use(
    r"(?:与|和|同|及|、|,|^)(?P<who>[\u4e00-\u9fff]{2,6}驻[\u4e00-\u9fff]{1,6}?(?:大使|总领事|领事|代办|参赞|"
    r"武官|首席代表|代表))(?=一道|一同|一起|共同|出席|到场|应邀|亲自|等|夫妇|先后|分别|致辞|为|向|也|均|都|、|"
    r"和|与|$)"
)
# Bodies without a known name: 与香港一所大学合办, 同日本“稻香”会签约, 由当地一家医院承办
_UNNAMED_BODY = on_use(
    r"(?:与|同|和|由|受|向|从|自|"
    r"、)(?P<who>(?:(?![与同和])[\u4e00-\u9fff]){0,8}?(?:[一两三四五六七八九十多数\d]{1,3}(?:所|家|间|个|支|"
    r"座)[^,;。、的与和同在]{0,8}?"
    r"(?:大学|学院|医院|公司|企业|机构|组织|学校|中学|小学|职校|基金会|医疗队|协会|寺院|教会|教堂|社团|商会|"
    r"工厂|银行|集团|剧团|乐团|诊所)"
    r"|[^,;。、的与和同在将于由]{2,10}(?:协会|学会|总会|会|社|团|联盟|组织|中心|馆|大学|学院)(?=(?:将|拟|已|"
    r"计划|还将|定于)?(?:[在于][^,;]{1,14})?(?:合办|联办|联合|共同|合作|签))"
    r"|[^,;。、的与和同在]{0,8}(?:组织|机构|协会|基金会|公司|企业|团体|财团|医院|学校)[“「][^“”「」,;]{2,14}[”」]"
    r"|[“「][^“”「」,;]{2,14}[”」](?:会|协会|社|团|组织|财团|基金会?|学校|小学|中学|之家|合唱团|艺术团|队|"
    r"俱乐部|联盟)))"
    r"(?=[合联共一在就签续达主承协举召开会座商互于结建为将拟手那处]|受邀|受托|[((][^()]{2,20}[))]|$)"
)
# 接收韩国“绿桥”财团的捐款, 获得清泉机构捐赠的…: whose gift is taken.
_GIVER = on_use(
    r"(?:接收|接受|收到|接到|获得|得到|收下)了?(?:来自|由)?(?P<who>[^,;。的、]{2,24}?(?:财团|公司|集团|机构|"
    r"组织|基金|团体|商会|企业|工会|学校|大学|使馆|领馆|乡亲|侨胞|友人|校友|校友会|教会|人士|"
    r"[会社团家局厅院行部队府]|[”」』]))"
    r"(?:方面|代表)?(?:所|无偿)?(?:的|捐赠|赠送|捐助|援助|寄来|汇来|送来|捐出|赠予|提供|转交|"
    r"资助)(?=[^,;]{0,24}(?:捐|赠|援|善款|物资|礼物|礼品|款|[\d一两二三四五六七八九十百]))"
)
_TWO = on_use(r"[两三四](?:省|市|县|国|地|州|校)")
_OFFICER = on_use(
    r"(?:^|,)(?P<who>[\u4e00-\u9fff■]{2,16}?(?:总领事|大使|主席|会长|省长|市长|书记|部长|院长|校长|厅长|局长|"
    r"理事长|临时代办))"
    r"(?=[(向为给与同和会出在拜接]|\d)"
)

# Who acts at the head of a clause by a plain word: 一行人冒雨走到苏山乡, 夫人亦带着两名外孙参加.
_PLAIN = on_use(
    r"(?:^|[日月年午晚晨天间后初末旬,;。])\s?(?P<who>"
    r"[\u4e00-\u9fff]{1,6}一行(?:[\d一二三四五六七八九十廿]{1,4}人)?|一行人|夫人|妻子|女儿|儿子|宾主|客人们?|"
    r"来宾|与会者|"
    r"(?:同学|乡亲|孩子|会员|成员|军医|队员|艺人|代表|师生|志愿者|志工|老兵|战士|医生|专家|大夫|企业家|友人)们|"
    r"[越中老柬日韩]{0,3}(?:两|三|四)校(?:校长)?|[越中老柬日韩]{2}队|[两三四](?:省|市|县|国|地|州|"
    r"校)?[^,;在于]{0,8}(?:部|厅|局|委|报|社|会|台|院|校|医院|大学|学校))"
    r"(?=[亦也又还再已均都便就先将在赴到前来去赶走向与同和对为给把被共一分合联签互领带冒驱继举召办开商约续达])"
)


# 共青团|广西区委, 红十字会|凭祥市支会: a branch of the body that the subject begins with
_BRANCH = on_use(r"[\u4e00-\u9fff]{1,8}?(?:[省市县区州郡]委(?:员会)?|支部|支会|分会|分部|代表处|办事处|支队|总队)")


def _is_of(said: str, span: tuple[int, int], party: Party) -> bool:
    """Whether the subject is a branch, or somebody, of the body that its words begin with."""
    actor = party.actor
    if actor.entity_type != "organization" or not span[0] <= actor.char_start <= span[0] + 3:
        return False
    rest = said[actor.char_end - span[0] :]
    if _BRANCH.fullmatch(rest):
        return True
    if actor.org_id:
        return False
    return actor.char_end < span[1] and (rest.startswith("的") or (actor.quote.endswith("馆") and len(rest) <= 6))


# 工人剧场, 青年文化宫, 妇女之家: a house called after people
_HOUSE_OF = on_use(r"(?:剧场|剧院|文化宫|俱乐部|宿舍|公寓|之家|大厦|体育馆|广场|公园|村|新村|出租屋|医院|学校|博物馆)")
_COUNTED = on_use(r"[\d一二两三四五六七八九十百千数多几]")


def _is_in_a_name(one: Judged, party: Party) -> bool:
    """合办边境青年|友好营, 在都灵工人|剧场: people that what is held, or a house, is called after."""
    actor, candidate = party.actor, one.candidate
    if actor.entity_type != "group" or _COUNTED.search(actor.quote):
        return False
    telling = candidate.telling
    if _HOUSE_OF.match(telling.masked, actor.char_end):
        return True
    gap = telling.masked[actor.char_end : candidate.trigger.start]
    return (
        candidate.trigger.form == "noun" and candidate.construction in ("held", "attended")
        and actor.char_end <= candidate.trigger.start and len(gap) <= 4
        and not re.search(r"[的与和、,及同在将]|举|办|召", gap)
    )  # fmt: skip


def group_parties(one: Judged, start: int, known: list[Party]) -> list[Party]:
    """People named only by what they are: 向160名学生颁发, 与柬埔寨留学生、前专家会见."""
    candidate, telling = one.candidate, one.candidate.telling
    found = []
    spans = [m.span("group") for m in _GROUP.finditer(telling.masked, candidate.clause.start, candidate.end)]
    for pattern, name in (
        (_LEADER, 0),
        (_STATESMAN, "who"),
        (_OFFICE, "who"),
        (_OFFICER, "who"),
        (_POST, "who"),
        (_UNNAMED_BODY, "who"),
    ):
        spans += [m.span(name) for m in pattern.finditer(telling.masked, start, candidate.end)]
    if one.event_type == "handover":
        spans += [m.span("who") for m in _GIVER.finditer(telling.masked, start, candidate.end)]
    head = max(start, candidate.clause.start)
    plain = _PLAIN.search(telling.masked[head : candidate.trigger.end])
    if plain is not None:
        spans.append((head + plain.start("who"), head + plain.end("who")))
    elif candidate.header is None:
        subject = subject_of(candidate)
        if subject is not None and all(p.actor.char_start > subject[0] for p in known):
            spans.append(subject)
        elif subject is not None and any(_is_of(telling.masked[slice(*subject)], subject, p) for p in known):
            known[:] = [p for p in known if not _is_of(telling.masked[slice(*subject)], subject, p)]
            spans.append(subject)  # 阿尔及利亚大使馆|参赞, 荷兰农民合作社|的代表们
    known[:] = [p for p in known if not _is_in_a_name(one, p)]
    spans = [span for span in spans if not _HOUSE_OF.match(telling.masked, span[1])]
    for left, right in spans:
        part = [p for p in known if left < p.actor.char_start and p.actor.char_end == right]
        if part and _TWO.match(telling.masked, left) and not any(p.actor.org_id for p in part):
            known[:] = [p for p in known if p not in part]  # 两地|红十字会
        if "”" in telling.text[left:right]:  # 韩国友人|团体“蓝丝带”
            known[:] = [p for p in known if not (p.actor.entity_type == "group" and left <= p.actor.char_start < right)]
        if any(p.actor.char_start < right and p.actor.char_end > left for p in known) or right - left < 2:
            continue
        quote = telling.text[left:right]
        entity = (
            "person"
            if re.search(r"(?:总统|主席|总理|首相|国王|外长|议长|大使|总领事|长|书记|知事)$", quote)
            else "group"
        )
        actor = ActorMention(left, right, quote, quote, entity, line_no=telling.line_no)
        found.append(as_party(telling, actor, role_of(one, actor)))
    return found
