"""Who gave and who took, told in a sentence of its own: 接过支票的是…, 出钱的是…, 米是…掏钱买的, 钱来自…"""

from __future__ import annotations

from etl.build.events.clauses import Telling
from etl.build.events.happening import Happening
from etl.build.events.party import OBJECT, SUBJECT, Party, as_party
from etl.mentions import ActorMention
from etl.patterns import on_use

_IS = r"[^,;。是的]{0,8}的(?:人|一方|单位|机构)?(?:则|就|也|还|正|便|都)?(?:是|为|有)"
_TOOK = on_use(rf"(?:接过|接下|收下|签收|领走|领到|受赠|受益|受惠|接收|代收|收到|拿到|捧走){_IS}")
_GAVE = on_use(
    rf"(?:赠|捐|送|出钱|掏钱|出资|捐款|捐资|捐赠|捐出|解囊|拿钱|付钱|买单|埋单|做东|凑钱|递出|递上|交出|送来|送上|寄来|"
    rf"带来|赠出|颁奖){_IS}"
)
_CARRIED = on_use(rf"(?:跑腿|牵线|搭桥|经手|押车|押运|发放|派发|分发|发[米粮钱书货]|出力|张罗|操办|代购|负责){_IS}")
_CUT = on_use(rf"(?:剪彩|揭牌|揭幕|主持|致辞|鸣枪|开球|按下启动键|培土|奠基){_IS}")
_THING = "钱|款子?|善款|捐款|经费|支票|物资|大?米|药品|药|书|图书|书包|设备|礼物|粮食|衣物|种子|口罩|它们?"
_GIFT = rf"(?:这些?|那些?|这笔|那笔|头一批|整批)?(?:{_THING})"
_CAME_FROM = on_use(rf"(?:(?<=^)|(?<=[,;。:]))\s*{_GIFT}(?:则|都|全|均|也)?(?:来自|出自)")
_WAS = on_use(rf"(?:(?<=^)|(?<=[,;。:]))\s*{_GIFT}(?:则|都|全|均|也)?是")
_BOUGHT = on_use(
    r"(?:会员|成员|们|的?乡亲)?(?:掏钱|出钱|出资|自费|集资|凑钱|托人|众筹|自掏腰包)?"
    r"[买捐送给凑募出拿寄运付赠掏][^,;。]{0,6}的"
)
_RITES = ("launch", "ceremony", "contest")  # 5月17日启用,剪彩的是副县长与大使
_KINDS = ("handover", "award")
_REACH = 2  # sentences


def told_apart(happening: Happening) -> list[Party]:
    """The givers and takers that the sentences around a gift name by what they did."""
    main = happening.main.candidate
    if main.header is not None or happening.event_type not in (*_KINDS, *_RITES):
        return []
    if happening.event_type in _RITES:
        item = [c for c in main.telling.clauses if c.sentence == main.clause.sentence]
        cut = _CUT.search(main.telling.masked, main.clause.end, item[-1].end)
        if cut is None:
            return []
        named = [a for a in main.telling.actors if cut.end() <= a.char_start < item[-1].end]
        part = OBJECT[happening.event_type]
        return [as_party(main.telling, a, part) for a in named if a.entity_type == "person"]
    telling, sentence = main.telling, main.clause.sentence
    near = [c for c in telling.clauses if 0 <= c.sentence - sentence <= _REACH]
    start, end = near[0].start, near[-1].end
    found: list[Party] = []
    for pattern, role in (
        (_TOOK, OBJECT[happening.event_type]), (_GAVE, SUBJECT[happening.event_type]),
        (_CAME_FROM, SUBJECT[happening.event_type]), (_CARRIED, "other"),
    ):  # fmt: skip
        for match in pattern.finditer(telling.masked, start, end):
            found += [as_party(telling, actor, role) for actor in _at(telling, match.end())]
    for match in _WAS.finditer(telling.masked, start, end):
        for actor in _at(telling, match.end()):
            if _BOUGHT.match(telling.masked, actor.char_end, end):
                found.append(as_party(telling, actor, SUBJECT[happening.event_type]))
    return found


def _at(telling: Telling, at: int) -> list[ActorMention]:
    """The participant that begins at a position, a country or an office before the name left aside."""
    here = [a for a in telling.actors if 0 <= a.char_start - at <= 4 and a.entity_type != "group"]
    return sorted(here, key=lambda a: (a.char_start, -a.char_end))[:1]
