"""People who go somewhere: 访学团踏上越南的土地, 女青年飞赴足利市学制茶, whatever the verb.

Told of people, never of goods or feelings (物资抵达岘港, 友谊走进千家万户), and with where they go: a place, or a
building, a village, a household. What they go for gives the type: to learn, to cure, to play, else a visit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from etl import lookups
from etl.build.events.clauses import Clause, Telling
from etl.patterns import on_use, one_of

_PEOPLE = on_use(
    r"[团队组](?![织建成员赛])|一行|代表(?!作)|师生|老师|教师|学生|学员|学者|青年|少年|儿童|孩子|同学|志愿者|"
    r"志工|会员|队员|团员|成员|"
    r"客人|来宾|嘉宾|友人|朋友|人员|专家|医生|大夫|护士|护理生|军医|官兵|战士|老兵|记者|侨胞|乡亲|商户|企业家|"
    r"艺人|艺术家|"
    r"外长|外相|防长|总书记|议长|委员长|行长|院士|亲王|国王|公主|协调员|官员|专员|参赞|代办|秘书长|负责人|"
    r"职员|员工|义工|教练|评委|工程师|技师|技术员|水手|船员|"
    r"演员|运动员|选手|干部|干事|校友|家属|画家|作家|教授|大使|领事|主席|会长|省长|市长|县长|书记|部长|总理|"
    r"总统|[双各]方|双方|"
    r"[他她我]们?|[\d一二三四五六七八九十百多余]+(?:名|位|人)|第[\d一二三四五六七八九十]+[梯批]|女士|先生|"
    r"夫妇|小姐|夫人"
)
_GOODS = on_use(
    r"物资|大米|货[物轮车]|设备|列车|班列|航班|药品|疫苗|口罩|善款|资金|贷款|产品|商品|友谊|友情|情谊|合作|"
    r"文化|故事|作品|电影|图书|书籍|台风|洪水|消息|信件|电报"
)
_GOAL = on_use(
    r"[省市县郡乡社村镇坊区岛港国]|口岸|边境|机场|学校|校园|大学|中学|小学|学院|医院|卫生[站院]|"
    r"[院馆厂寺庙园寨]|人家|[户家](?=[,、的]|$)|"
    r"中心|基地|公司|工地|车间|营地|[渔游轮客军]船|军舰|列车(?=[,、]|$)|土地|故土|故乡|家乡|老家|灾区|山区|"
    r"使馆|首都|战场|小道|古道|旧路|老路|足迹|公路|高原|平原|古都|故地|陵园|各地"
)
_FIGURATIVE = on_use(
    r"^[了]?(?:新的?)?(?:征[程途]|旅[程途]|归[程途]|道路|之路|行程|时代|生活|千家|人心|内心|心[里中灵]|课堂|"
    r"历史|视野|春天|市场|了解|交流|开展|"
    r"推进|发展|群众|探讨|研究|贯彻|基层|身边|面前|人间|世界|舞台|全面|阶段|轨道|"
    r"[\d一二两三四五六七八九十]+[、.,]?\d*(?:万|亿|美元|%|个百分点))|^[^,]{0,8}(?:文化|传统|艺术|生活|人心)$"
)
# Verbs that leave no doubt, though no gazetteer knows the place.
_PLAIN = frozenset(
    {
        "飞赴",
        "转赴",
        "改赴",
        "远赴",
        "赶赴",
        "移师",
        "重访",
        "再访",
        "飞抵",
        "转往",
        "改往",
        "赴越",
        "飞往",
        "抵达",
        "到达",
        "奔赴",
        "奔往",
    }
)
_LED_THERE = on_use(r"(?:率领?|带领|带队|组织)[^,的]{2,14}(?:机构|单位|企业|组织|部门|商会|学校|协会)$")
_BARE = frozenset("到赴去来")
# 县妇联一行12人先到石门,…: a party of so many comes to a place, though no gazetteer has its bare name
_PARTY_TO = on_use(
    r"一行[\d一二三四五六七八九十]{1,3}(?:余|多)?人(?:先|又|再|随后|专程)?到"
    r"(?![会现机车][场站]|校|家|齐|场|站|岸|达|位|此|这里|那里|一起|了|访|来)[\u4e00-\u9fff]{2,4}$"
)
_PUT_INTO = tuple("装放写塞投收挤搬写编纳列引注融")
WENT = on_use(r"前往|赶往|赶赴|奔赴|来到|走进|抵达|到达|深入|驱车|去到|去了|到了|转往|转赴")
_AWAY = tuple("失过死离用花运送带卖拿寄逝夺占耗省除下上进出回随退远抹割拆减捎扣减拨搬")
_STAYS = frozenset({"驻点", "驻扎", "蹲点", "驻村", "驻守", "驻站", "常驻"})
_WHERE = on_use(r"起?在[^,]{2,14}$")
_TRAVELLERS = ("游客", "旅客", "旅游", "人次", "人数", "投资", "留学", "务工", "客流", "经商", "签证", "航班", "班次")
_STAYED = on_use(r"[\d一二两三四五六七八九十]+[天日周]")  # 采访团在西原走了三天
_WHEN = on_use(r"[\d年月日至到上中下午晚早晨明后天又再还也先将拟,]|次日|同日|当天|当晚|随后|之后|接着")
_UNDATED = on_use(r"[\d年月日上中下午晚早晨夜]+(?:凌晨|清晨|傍晚)?$")
_UNNAMED = on_use(
    r"[\d年月日至到上中下旬午晚早晨明今后天次又再还也先将拟首度,]|计划|准备|打算|预计|定于|并|随后|接着|同日|当天"
)
_HOMEWARD = on_use(r"回国|返国|归国|返程|回程|返台|返港|回家|离开|告别|返抵")
_SHORT = on_use(
    r"(?:(?<=[团队组行人员者生们年家友师长兵])|(?<=[日午晨晚早月旬初底末份]))(?:又|再|先|一同|一起|共同|专程|"
    r"特地|特意|应邀|受邀|相约|结伴|组团|集体|将|还|也|已|曾经?|都|便|就){0,2}(?P<verb>[到赴去]|"
    r"飞(?![行机越速抵往赴快扬来去舞翔驰奔跃])|"
    r"(?<=[团队组行员])来)(?=[\u4e00-\u9fffA-Z■])(?![达来底场位期任家自源说讲看往的])"
)
# 队员分成三组,到伊格莱乡的村寨帮农户收咖啡: who goes is told in the clause before
_HEADING = on_use(
    r"(?:则|又|还|再|先|便|就|随后|接着|并|然后){0,2}(?P<verb>[到赴去])(?=[\u4e00-\u9fff■]{2,24}?(?:帮|看|学|"
    r"教|听|参|体|访|植|种|收|采|拾|修|清|打扫|献|做|给|为|向|与|和|同|慰|演|义))(?![达来底场位期任家了过])"
)
_FOR = (
    (
        "training",
        re.compile(
            r"(?<![大中小科同开入文教])学(?![校院生者习会府区科位年])|学习|进修|研修|受训|训练|实习|培训|就读|攻读|"
            r"预科|深造|插班|取经|语言班"
        ),
    ),
    ("other", re.compile(r"义诊|看诊|看病|行医|手术|诊治|白内障|植树|救援|救灾")),
    ("cultural_exchange", re.compile(r"演出|献演|公演|巡演|献艺|表演|联欢|采风|夏令营")),
    ("contest", re.compile(r"参赛|比赛|角逐")),
)


@cache
def _pattern() -> re.Pattern[str]:
    return one_of(row["word"] for row in lookups.rows("event_words") if row["class"] == "journey")


def tells_of_people(said: str) -> bool:
    """Whether words tell of people, not of goods."""
    return _PEOPLE.search(said) is not None and _GOODS.search(said) is None


def find(telling: Telling, clause: Clause) -> Iterator[tuple[str, str, int, int]]:
    """Word, type, start and end of each journey of a clause."""
    text = telling.bare
    matches = [m.span() for m in _pattern().finditer(text, clause.start, clause.end)]
    matches = matches or [m.span("verb") for m in _SHORT.finditer(text, clause.start, clause.end)]
    if not matches and clause.start > clause.item_start:
        heading = _HEADING.match(text, clause.start, clause.end)
        told = heading is not None and _PEOPLE.search(telling.masked, clause.item_start, clause.start) is not None
        matches = [heading.span("verb")] if heading is not None and told else []
    for start, end in matches[:1]:
        if _unloads(telling, clause, start, end):
            yield text[start:end], "handover", start, end
        elif _travelled(telling, clause, start, end):
            yield text[start:end], _purpose(telling, clause, end), start, end


# 一架满载28吨药品的运输机降落在机场: what arrives is the load
_CARRIER = on_use(
    r"(?:运输机|专机|包机|货机|飞机|航班|伊尔-?\d*|C-\d*|货船|货轮|轮船|船队|粮船|舰艇|军舰|医院船|列车|专列|"
    r"车队|货车|卡车|车辆|集装箱)[^,]{0,6}$"
)
_LOAD = on_use(
    r"(?:载|装|运来|运送|运去|卸下|卸|送来|捎来|带来)[^,]{0,20}?(?:吨|公斤|物资|药品|疫苗|大米|稻种|帐篷|毛毯|"
    r"设备|食品|口罩|捐赠|援助)"
)


def _unloads(telling: Telling, clause: Clause, start: int, end: int) -> bool:
    if not _CARRIER.search(_UNDATED.sub("", telling.bare[clause.start : start])):
        return False
    following = next((c for c in telling.clauses if c.order == clause.order + 1 and c.item == clause.item), clause)
    ahead = next((c for c in telling.clauses if c.order == clause.order - 1 and c.item == clause.item), clause)
    return _LOAD.search(telling.masked, ahead.start, following.end) is not None


def _travelled(telling: Telling, clause: Clause, start: int, end: int) -> bool:
    before, after = telling.masked[clause.start : start], telling.masked[end : clause.end]
    if _HOMEWARD.search(after[:12]) or _HOMEWARD.search(telling.masked[clause.item_start : start][-24:]):
        return False
    if telling.bare.startswith(("去了", "去过"), start) and before.endswith(_AWAY):
        return False  # 失|去了双亲, 花|去了一年
    if telling.bare[start] in "进到" and before.endswith(_PUT_INTO):
        return False  # 把净水器装|进了村小
    if telling.bare[start:end] in _BARE and after.endswith(("时", "之际", "那年", "后", "前")):
        return False  # 1998年初到越南时
    if after.startswith(_TRAVELLERS):
        return False  # 来越游客达138万人次
    if (
        _FIGURATIVE.match(after)
        or before.endswith(("的", "所"))
        or re.match(r"(?:的|时|后(?!江)|前(?![往来去江])|以来|之后|之际|途中)", after)
    ):
        return False
    if after.startswith("期间") and not any(clause.sentence_start <= d.char_start < start for d in telling.dates):
        return False  # only the setting; 2022年10月,议长一行访越期间 tells when
    if telling.bare[start:end] in _STAYS:
        before = _WHERE.sub("", before)
    who = before if len(_WHEN.sub("", before)) > 2 else telling.masked[clause.sentence_start : start][-60:]
    named = any(
        a.entity_type in ("person", "delegation") and clause.sentence_start <= a.char_start < start
        for a in telling.actors
    )
    unnamed = not _UNNAMED.sub("", before)  # 明年1月还将首次走进柬埔寨: who was told of before
    led = _LED_THERE.search(before) is not None  # 外事厅将率五家机构赴老挝交流
    if not (named or unnamed or led or _PEOPLE.search(who)) or _GOODS.search(before):
        return False
    plain = telling.bare[start:end] in _PLAIN and len(after.strip()) >= 2
    from_to = telling.bare[start:end] in (
        "出发",
        "启程",
        "起程",
        "动身",
        "来越",
        "访越",
        "来华",
        "访华",
        "来访",
        "来一趟",
        "走一趟",
        "跑一趟",
        "去一趟",
        "到一趟",
        "过来",
        "前来",
        "成行",
        "抵埠",
        "抵境",
    )
    near = any(end - 8 <= p.char_start <= end + 12 for p in telling.places if clause.start <= p.char_start < clause.end)
    plain = plain or (telling.bare[start:end] == "到" and _PARTY_TO.search(before + "到" + after[:8]) is not None)
    stayed = telling.bare[start:end].endswith("了") and _STAYED.match(after) is not None
    stayed = stayed and any(clause.start <= p.char_start < start for p in telling.places)
    return near or stayed or from_to or plain or _GOAL.search(after[:24]) is not None


# 80名骑手从芒街口岸出发: who sets off on a ride or a run
_RACERS = on_use(
    r"(?:跑者|跑友|跑手|骑手|骑友|车手|骑行者|骑行队|选手|健儿|参赛者|龙舟|赛艇)[^,]{0,14}(?:(?<=出发)|(?<=启程)|(?<=起程))$"
)


def _purpose(telling: Telling, clause: Clause, end: int) -> str:
    away = re.match(r"(?:前往|赴|到|去|往|飞)", telling.bare[end : clause.end])
    if away is None and _RACERS.search(telling.masked, clause.start, end):
        return "contest"
    item = [c.end for c in telling.clauses if c.item == clause.item]
    said = telling.bare[end : min(max(item), end + 30)]
    found = [(match.start(), kind) for kind, pattern in _FOR if (match := pattern.search(said))]
    return min(found)[1] if found else "visit"
