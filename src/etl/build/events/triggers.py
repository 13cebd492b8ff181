"""Words that name a happening: event nouns (座谈会) and verbs (签署), and the word classes around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl import lookups
from etl.build.events import journeys
from etl.build.events.clauses import MASK, Clause, Telling, within
from etl.patterns import on_use, one_of

# 日本节, 法语周: a festival by its ending; holidays are no happenings of their own.
_FESTIVAL = on_use(
    r"[\u4e00-\u9fff□”](?P<end>节(?![目日奏约省能点假气俗庆课水制拍肢选哀食当前后之来临快])|文化月"
    r"|"
    r"(?<![\d一二三四五六七八九十两每上下本首前后头半数几这那同整满])周(?![\d年边围末日刊报期岁到密全转城宁一二三四五六]))"
)
# 排球赛, 邮票展, 迎春会, 语言班, 竣工礼: what is held by its ending, whatever stands before.
_SUFFIX = on_use(
    r"(?:举行|举办|召开|主办|主持|承办|合办|联办|协办|开办|办起|开出|开设|组织|参加|出席|参与|推出|观看|迎来|"
    r"(?<![事兴创])办|"
    r"[办开打踢搞演下赛上跑设](?:[了过起出完]|[一首两二三四五六七八九\d]{1,3}[场次届轮期个堂局盘]))[了过]?"
    r"[^,、;]{1,30}?(?P<end>(?<=[\u4e00-\u9fff”])(?:赛|展|班|营|会|式|礼|课|宴|日|比拼))(?=[,;、!和及并与暨]|"
    r"将|于|在|$)"
)
# 举办“越南日”, 出席首届“山口日”: a quoted name with the ending of a happening.
_QUOTED = on_use(
    r"(?:举行|举办|召开|主办|承办|合办|开办|出席|参加|参与|亮相|[开闭落]幕的|首届|第[\d一二三四五六七八九十]{1,3}届"
    r"|"
    r"(?<![举主承合联协筹停开操代公经兴事])[办开上讲设](?=[了过起]?[一两二三四五六七八九十\d首]{1,2}[场次届期轮堂个节]))了?[^,、;“”「」『』]{0,16}"
    r"[“「『][^“”「」『』]{1,16}(?P<end>日|节|周|夜|展|赛|营|跑|骑行|马拉松|徒步|接力|晚会|雅集|雅聚|嘉年华|园游会|游园会|联欢会|联谊会|派对|论坛|课|讲座|"
    r"讲堂|市集|集市|音乐会)[”」』](?![\u4e00-\u9fff]{1,8}(?:活动|会|赛|展|式|礼|班|项目|计划))"
)
# 率团前往华潘省致以新年祝贺: a journey with a leader is a visit, unless the clause says what else was done there.
_LED = on_use(
    r"率领?[^,、;]{0,16}?(?:团|队|一行)(?P<end>前往|赴|抵达)(?![^,]{0,30}(?:出席|参加|访问|考察|参观|拜访|"
    r"拜会|走访|看望|慰问|进行))"
)
_SUFFIX_TYPES = {
    "赛": "contest",
    "展": "cultural_exchange",
    "班": "training",
    "营": "cultural_exchange",
    "会": "conference",
    "式": "ceremony",
    "礼": "ceremony",
    "课": "training",
    "讲座": "conference",
    "讲堂": "conference",
    "宴": "ceremony",
    "比拼": "contest",
    "论坛": "conference",
    "日": "cultural_exchange",
    **dict.fromkeys(("跑", "骑行", "马拉松", "徒步", "接力"), "contest"),
}
_NO_SUFFIX = on_use(
    r"(?:机|社|协|商|工|国|议|委员|联合|基金|总|分|理事|董事|执委|促进|红十字|这次|届|形|方|模|公|正|发|进|开|"
    r"上|下|早|晚|拓|值|婚|贺|赠|献|厚|送|行|敬|顶|回|见面|"
    r"功|授|到|与|赴|入|散|闭|休|备|停|复|选|逃|网|家|每|讨|约|互|体|集|机|盛|聚|学|观)$"
)
_DAY_ACTIVITY = on_use(r"[、和与及][^,]{1,24}活动")
_NO_DAY = on_use(r"(?:[节生假今次当同近昨翌前后某每整终半作周往末吉本]|[\d一二三四五六七八九十])$")  # 美食日, no 生日
_NAMED = on_use(
    r"[“「『][^“”「」『』]{1,16}(?P<end>日|节|周|夜|展|赛|营|跑|骑行|马拉松|徒步|论坛)[”」』](?=(?:在|于|将|"
    r"[\d月日])[^,]{0,30}(?:举行|举办|登场|开幕|闭幕|落幕|启幕|亮相|拉开|落下|开锣|开场|开跑|鸣枪|起跑|收官))"
)
# 率团访滇: so is a visit to a land or province by its sign alone
_LED_TO = on_use(
    r"(?:率领?|带领?|组)[^,、;]{0,10}?(?:团|队|"
    r"一行)(?P<end>访[越老柬中华日韩美俄法英德印泰古滇桂粤琼川渝沪京苏鲁湘鄂闽浙黔港澳台])(?=[,;。]|$)"
)
# 演了两场, 赛了一程: the performance itself is not named.
_PLAYED = on_use(
    r"(?P<culture>放(?:映)?[了过](?:[一两二三四五六\d]{1,2}|几)[场部](?=[^,]{0,8}(?:电影|影片|片))|(?:看|听|赏)了(?:一|两|几)[场出曲台]|(?:演|唱|跳|奏)到(?:天亮|天明|深夜|凌晨|午夜)|(?:演|唱|跳|奏|"
    r"弹)[了过]?(?:[一两二三四五六\d]{1,2}|几)[场出曲台]|(?:唱|跳|奏|弹|"
    r"吹)[了过](?:[二三四五六七八九十两][一二三四五六七八九十]{0,2}|几|好几|\d{1,2})[首支段曲])|"
    r"(?P<contest>赛|踢|打|比|较量)了?(?:[一两二三四五六\d]{1,2}|几)[场轮局程盘]"
)
# 把18个组织的代表请到洞海市: a host who gets people together, whatever they then do.
_SUMMONED = on_use(
    r"[把将](?P<who>[^,;把将]{2,30}?)(?:又|再|都|一起|一同|一并|全|统统)?(?P<end>(?:邀请|召集|聚集|召唤|约请|"
    r"请|邀|召|约|叫|聚|拢)(?:到|来|进|至|回|上|拢到|在))(?!了?(?:门|面前|身边|台前)|[^,]{0,12}(?:加班|上班|"
    r"干活|派出所|公安|法院|面试|问话|审))"
)
# 在文化中心煮了一大锅茶, 摆了三桌, 支起一口锅: who eats and drinks together has met.
_SHARED_TABLE = on_use(
    r"(?P<end>(?:煮|泡|沏|熬|炖|蒸|烧|摆|支|架|烤|烹|包|做|备)(?:[了起出上]|开了|上了|"
    r"起了))(?:满满)?(?:[一两二三四五六七八九十几\d]{1,3}大[锅壶灶]|"
    r"(?:[两二三四五六七八九十几\d][一二三四五六七八九十百\d]{0,2}|一百)(?:多|余|来)?(?:张)?(?:大|"
    r"长)?[桌席灶])"
)
# 在博物馆听老战士讲述往事: who listens has met the teller
_LISTENED = on_use(
    r"(?P<end>听(?:取了?|了)?)(?=[^,;听]{0,4}(?:老兵|老战士|老人|长者|艺人|讲解员|专家|亲历者|老师|医生|"
    r"幸存者|烈属|僧人|村长|农户|老会员|老干部|英雄|见证人|校友)[^,;]{0,8}?(?:讲|说|忆|介绍|回忆|唱|叙))"
)
# 队员教孩子们踢毽子: what is taught is shared
_TAUGHT = on_use(
    r"(?<![任执文宗科请指家])(?P<end>教)(?![师育室学材练堂会徒授案职区友母条养])(?:[会着过])?(?:[\u4e00-\u9fff\d]{0,8}?)"
    r"(?:孩子|学生|儿童|学员|村民|妇女|青年|学童|姑娘|小朋友|客人|游客|师生|队员|当地人|[他她]们)们?(?=[一起]{0,2}(?:唱|跳|踢|打太极|画|折|做|包|编|剪|下棋|弹|吹|写|说|学|织|捏|扎|种))"
)
_HOLIDAY = on_use(
    r"(?:春|元旦|元宵|中秋|端午|清明|国庆|妇女|劳动|儿童|教师|圣诞|新年|泼水|记者|环|细|情|季|调|关|使|礼|章|"
    r"枝|时|传统)节?$"
)
_FEAST_HELD = on_use(
    r"[\d年月日至到、—-]{0,16}(?:将|已|正)?(?:在|于)[^,]{2,30}(?:举行|举办|登场|开幕|上演)"
)  # 元宵节在第五郡举行
_JUBILEE = on_use(r"\d{1,4}周年(?=[、,;。]|$)")
# 2026年3月起在绿水县兴建两所村小: works of a number, from the day they begin
_WORKS_FROM = on_use(
    r"(?<=[月日旬])(?P<end>起)(?=(?:将|拟|会|计划|陆续|动手|着手)?(?:在[^,]{2,16})?"
    r"(?:兴建|修建|建造|开建|重建|扩建|翻建|改建|援建|捐建|新建)第?[一二两三四五六七八九十\d]{1,3}(?:所|座|间|栋|幢|条|处|个))"
)
# 学员在绿水社住了五天, 义诊队在孟能县待了一周: who stays for days has come
_STAYED = on_use(
    r"在[^,在]{2,14}?(?P<end>住|待|呆|停留|逗留)了(?=[一两二三四五六七八九十\d]{1,3}个?(?:多)?(?:天|日|周|星期|夜|晚)(?![\u4e00-\u9fff]))"
)
# 客人在绿水社看织布的女工染线: what is seen at work
_LOOKED_ON = on_use(
    r"(?<=[乡县市省村社镇郡坊区场园])(?P<end>观?看)(?=[^,看见]{0,10}(?:队员?|人员|师傅|工匠|艺人|女工|农户|专家|织工|匠人)"
    r"(?![^,]{0,3}(?:表演|演出|比赛))[^,]{2})"
)
_TURN = on_use("了?[^,、;]{0,12}(?:消息|喜讯|机遇|转机|春天|高峰|热潮|时刻|日子|发展)")  # 迎来了期盼已久的消息
_NOMINAL_BEFORE = on_use(r"(?:进行|开始|结束|展开|开展|作|参加|举办|举行|接受)(?:[^,]{0,30})$")
_HELD_AFTER = on_use(r"[^,的]{0,20}(?:举行|召开|举办|展开|进行)(?!的)")  # 第三轮磋商明年4月在金边举行


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger where it stands in a line. `form` is noun or verb; a verb with `objects` needs one of them.

    An object with `^` stands before it, on a day: 协议拟于7月在河内签署.
    """

    word: str
    event_type: str
    form: str
    objects: tuple[str, ...]
    start: int
    end: int


@cache
def _table() -> dict[str, tuple[dict[str, str], ...]]:
    """Trigger -> its rows of event_triggers.csv."""
    table: dict[str, list[dict[str, str]]] = {}
    for row in lookups.rows("event_triggers"):
        table.setdefault(row["trigger"], []).append(row)
    for word in words("separable"):  # 签了字, 剪了彩
        for done in ("了", "过", "了一次", "过一次"):
            table.setdefault(f"{word[0]}{done}{word[1]}", table[word])
    return {word: tuple(rows) for word, rows in table.items()}


@cache
def _any_trigger() -> re.Pattern[str]:
    return one_of(_table())


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one class of event_words.csv, longest first."""
    found = [row["word"] for row in lookups.rows("event_words") if row["class"] == name]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """A pattern of all words of the named classes."""
    return one_of(word for name in names for word in words(name))


def find(telling: Telling, clause: Clause) -> list[Trigger]:
    """The triggers of a clause from left to right, the longest at each place."""
    text = telling.bare[clause.start : clause.end]
    found = list(_listed_words(text, clause.start))
    found += _quoted_names(telling, clause, found)
    known = [(trigger.start, trigger.end) for trigger in found]
    if not any(trigger.event_type in ("contest", "cultural_exchange") for trigger in found):
        found += _played(text, clause.start)
    known += _names_of_people(telling, clause)
    found += [e for e in _endings(text, clause.start) if not any(a < e.end and e.start < b for a, b in known)]
    found += [e for e in _next_one(telling, clause) if not any(-1 <= trigger.start - e.end < 12 for trigger in found)]
    there = list(_held_there(telling, clause, found))
    found = there or found
    found = [t for t in found if t.form != "next" or not _is_named_next(telling, t, found)]
    if all(trigger.form == "noun" for trigger in found):  # what they go for tells more: 前往河内参观, 飞抵岘港会见
        found += [Trigger(word, kind, "journey", (), *span) for word, kind, *span in journeys.find(telling, clause)]
    return sorted(found, key=lambda trigger: trigger.start)


def _is_named_next(telling: Telling, one: Trigger, found: list[Trigger]) -> bool:
    """下一场重头戏是11月在沙湾拿吉举行的联欢会: what is next is named behind 是."""
    ends = [t.start for t in found if t.form == "noun" and t.start > one.end]
    return bool(ends) and re.search(r"[是为]", telling.bare[one.end : max(ends)]) is not None


def _names_of_people(telling: Telling, clause: Clause) -> list[tuple[int, int]]:
    """主持会议的主任周明兰: a surname that happens to be the ending of a festival."""
    return [
        (a.char_end - len(a.name), a.char_end)
        for a in within(telling.actors, clause.start, clause.end)
        if a.entity_type == "person"
    ]


# 代表团拜会, 议会签署, 走进香水市, 协会见证: a trigger's letters across the border of two words.
_ACROSS = on_use(
    r"(?P<delegation>(?<=[表问察术出演年生艺疗者兵家流访游节师华越志愿])团拜会?)|"
    r"(?P<council>(?<=[协议工妇商学总生”」])会(?:签(?!名)|商|诊|演|师))"
    r"|(?P<step>(?<=[走踏驶迈跨])进香)|(?P<witness>会见(?=证))|(?P<trip>访友(?=[好谊协]))|(?P<start>开工(?=[作业]))"
    r"|(?P<party>(?:访问|考察|参访|慰问|调研|视察|参观|观光|走访|探访)(?=[团队组](?![织建])))"
    r"|(?P<crew>搜救(?=犬|队|员|装备|设备|器材|中心|人员|艇|船|机))|(?P<meal>会商(?=[户家]))|(?P<hall>大会(?=堂))"
    r"|(?P<feast>[校会院社馆台报]庆(?=[祝贺功])|对局(?=[势面部长里中])|会操(?=[作办持练控心])|决选(?=[择用取址]))"
    r"|(?P<drain>下水(?=[道管游捞作救]))|(?P<sewer>(?<=[地入])下水)|(?P<glance>看了(?=[看又眼一]))"
)


def _listed_words(text: str, offset: int) -> Iterator[Trigger]:
    position = 0
    while match := _any_trigger().search(text, position):
        start, end = match.span()
        if _ACROSS.match(text, start):
            position = start + 1
            continue
        position = end
        word = match.group()
        if word == "迎来" and _TURN.match(text, end):
            continue
        row = _row(_table()[word], text, start, end)
        objects = tuple(filter(None, row["object"].split("|")))
        yield Trigger(word, row["event_type"], row["form"], objects, offset + start, offset + end)


# 下一站定在前江省, 下次拟于11月举行: the next of what the page tells of, its kind is told there.
_NEXT = on_use(
    r"下一?(?:站|次|场|期|轮|届|回)(?=[^,]{0,6}(?:将|拟|定|在|由|于|是|轮到|移|选|安排|预计|计划|初步|有望|地点|时间))"
    r"|(?:(?<=^)|(?<=[,;。:]))(?:首|头一?|末|上一?|前一|最近一|最后一|去|"
    r"第[一二三四五六七八九十\d]{1,3})[届站场](?=(?:则|是|也|曾|已|就|将|拟|改|又)?(?:在|于|由|移师|移至|落户|"
    r"定在|排在|"
    r"放在|选在|安排在|是在?\d))"
    r"|(?:(?<=^)|(?<=[,;。:]))(?:首|头一?|末|上一?|前一|最近一|最后一|再上一|"
    r"第[一二三四五六七八九十\d]{1,3})[次回趟期轮](?:来访?|到访?|去|来访|到访|回来|见面|碰面|相聚|聚首|交手|"
    r"同台)?(?=(?:则|也|还|就|便|已|曾)?(?:是在?|在|于|排在|放在|选在|要追溯到|得追溯到|远在|早在)(?:\d|去年|"
    r"今年|前年|大前年|同年|当年))"
    r"|下一?站(?=(?:为|锁定|选定|选在|瞄准|直指|确定为|定为|改为))"
    r"|(?<=年)(?:那|的|这)?一?[届期场次轮](?=(?:则|也|还|已)?(?:将|拟|暂定|初定|定[在于]|预定|安排在|改[在由]|"
    r"由|移师|移至|轮到))"
    r"|(?<=[年月旬日季])的?(?:第[一二三四五六七八九十\d]{1,3}|下一|新一|首|头一?|末)[届期站场轮](?=,?(?:将|则|也|就)?(?:轮到|由|移师|移至|改在|改由|落户|"
    r"设在|放在|选在|定在|花落|交棒|交由|回到))"
    r"|(?<=年)的活动(?=(?:则|也)?(?:将|拟|暂定|初定|定[在于]|预定|预计|安排在|改[在由]|由|移师|移至|轮到|落户))"
    r"|(?<=年)(?:则|将|再)?轮到(?=[\u4e00-\u9fff]{2,10}(?:做东|举办|承办|主办|当东道)?(?:[,;。]|$))"
    r"|(?:(?<=^)|(?<=[,;。:]))[\u4e00-\u9fff]{2,4}[场站](?=(?:则|将|也|便|改|拟){0,2}(?:定[在于]|延|顺延|推迟|"
    r"提前|安排在|放在|落在|排在|移至|移师))"
)


# 首届在氹仔举行;2016年移师珠海 / 2020年的一届因疫情推迟,直到2022年12月5日才在高平市补办
_ITS_TURN = on_use(r"(?:移师|易地)(?=[\u4e00-\u9fff]{2,6}$)|(?:补办|补演|补赛|重办)(?=了?$)")


# 两家轮流做东开年会,明年第一季度先在义安省开: what the clause before names, with its day and place
_HELD_THERE = on_use(
    r"[在于到](?P<where>[^,在于]{2,12}?)"
    r"(?P<verb>开|办|搞|演|唱|踢|举行|举办|召开|开办|承办|开幕|启幕|开赛|开锣|登场|揭幕)"
    r"(?:[了过](?:[一两二三几](?:次|回|场|届|遍|期))?)?$"
)


def _held_there(telling: Telling, clause: Clause, found: list[Trigger]) -> Iterator[Trigger]:
    match = _HELD_THERE.search(telling.bare, clause.start, clause.end)
    if match is None or clause.start == clause.sentence_start:
        return
    start, end = match.span("where")
    if any(t.start < start or (t.end > end and t.start < match.start("verb")) for t in found):
        return  # but 国际展览中心 names no exhibition, 开幕 alone no ceremony
    placed = any(start <= p.char_start < end for p in telling.places)
    placed = placed or match["where"].endswith(("社", "县", "乡", "镇", "郡", "坊", "市", "省", "村"))
    dated = any(0 <= d.char_start - clause.start <= 6 and d.char_end <= start for d in telling.dates)
    if placed and dated:
        yield Trigger(match["verb"], "other", "next", (), *match.span("verb"))


def _next_one(telling: Telling, clause: Clause) -> Iterator[Trigger]:
    match = _ITS_TURN.search(telling.bare, clause.start, clause.end)
    if match and "届" in telling.masked[clause.sentence_start : clause.start]:
        yield Trigger(match.group(), "other", "next", (), *match.span())
    for match in _NEXT.finditer(telling.bare, clause.start, clause.end):
        yield Trigger(match.group(), "other", "next", (), *match.span())


def _quoted_names(telling: Telling, clause: Clause, known: list[Trigger]) -> Iterator[Trigger]:
    if MASK not in telling.masked[clause.start : clause.end]:
        return
    matches = [m for p in (_QUOTED, _NAMED) for m in p.finditer(telling.plain, clause.start, clause.end)]
    for match in matches:
        start, end = match.span("end")
        if telling.masked[start] == MASK and not any(
            trigger.start < match.end() for trigger in known if trigger.start > start
        ):
            yield Trigger(match["end"], _SUFFIX_TYPES.get(match["end"], "cultural_exchange"), "noun", (), start, end)


def _played(text: str, offset: int) -> Iterator[Trigger]:
    for match in _PLAYED.finditer(text):
        kind = "contest" if match["contest"] else "cultural_exchange"
        yield Trigger(match.group(), kind, "verb", (), offset + match.start(), offset + match.end())


def _endings(text: str, offset: int) -> Iterator[Trigger]:
    for match in _FESTIVAL.finditer(text):
        if not _HOLIDAY.search(text[: match.end("end")]) or _FEAST_HELD.match(text, match.end("end")):
            start, end = match.span("end")
            yield Trigger(match["end"], "cultural_exchange", "noun", (), offset + start, offset + end)
    for match in _SUFFIX.finditer(text):
        start, end = match.span("end")
        if match["end"] == "日" and _DAY_ACTIVITY.match(text, match.end()):
            continue  # 荷兰日、国王日活动
        if not (_NO_DAY if match["end"] == "日" else _NO_SUFFIX).search(text[:start]):
            yield Trigger(match["end"], _SUFFIX_TYPES[match["end"]], "noun", (), offset + start, offset + end)
    for match in (*_LED.finditer(text), *_LED_TO.finditer(text)):
        start, end = match.span("end")
        yield Trigger(match["end"], "visit", "verb", (), offset + start, offset + end)
    for match in _SUMMONED.finditer(text):
        if journeys.tells_of_people(match["who"]):
            start, end = match.span("end")
            yield Trigger(match["end"], "meeting", "verb", (), offset + start, offset + end)
    for match in _TAUGHT.finditer(text):
        start, end = match.span("end")
        yield Trigger(match["end"], "cultural_exchange", "verb", (), offset + start, offset + end)
    for match in _LISTENED.finditer(text):
        start, end = match.span("end")
        yield Trigger(match["end"], "meeting", "verb", (), offset + start, offset + end)
    for match in _SHARED_TABLE.finditer(text):
        start, end = match.span("end")
        yield Trigger(match["end"], "cultural_exchange", "verb", (), offset + start, offset + end)
    for match in (*_STAYED.finditer(text), *_LOOKED_ON.finditer(text)):
        start, end = match.span("end")
        if match.re is not _STAYED and not text.startswith(("在", "到")) and not journeys.tells_of_people(text[:start]):
            continue
        if match["end"].endswith("看") or journeys.tells_of_people(text[:start]):
            yield Trigger(match["end"], "visit", "verb", (), offset + start, offset + end)
    for match in _WORKS_FROM.finditer(text):
        start, end = match.span("end")
        yield Trigger(match["end"], "launch", "verb", (), offset + start, offset + end)
    for match in _JUBILEE.finditer(text):
        yield Trigger("周年", "ceremony", "jubilee", (), offset + match.start(), offset + match.end())


def _row(rows: tuple[dict[str, str], ...], text: str, start: int, end: int) -> dict[str, str]:
    """访问 is a noun after 进行 and a verb elsewhere; 接受 is an award with 奖章, a gift with 捐款."""
    if len(rows) == 1:
        return rows[0]
    nominal = _NOMINAL_BEFORE.search(text[:start]) is not None or _HELD_AFTER.match(text, end) is not None
    if any((row["form"] == "noun") is nominal for row in rows):
        rows = tuple(row for row in rows if (row["form"] == "noun") is nominal)
    fitting = [row for row in rows if any(word in text[end:] for word in row["object"].split("|") if word)]
    if not fitting and re.search(r"[把将]", text[:start][-40:]):  # 把荣誉市民证书递给了教授
        fitting = [
            row for row in rows if any(word in text[:start] for word in row["object"].split("|") if len(word) > 1)
        ]
    return (fitting or rows)[0]
