"""What 该会, 日方, 后者, 他, 代表团 stand for: the last fitting name before them."""

from __future__ import annotations

import re

from etl.build.aid_projects.nominals import AND, NAMED_ONE, Phrase, is_somebody, subject, trimmed
from etl.build.aid_projects.scope import Scope
from etl.mentions import ActorMention, PlaceMention
from etl.normalize.places.gazetteer import pair_codes
from etl.normalize.text import fold
from etl.patterns import on_use

_THIS = on_use(
    r"^(?:该|本|上述|这家|这个|这所|此)(?P<noun>友好组织联合会|联合会|协会|基金会|商会|分会|支部|支会|总支|分部|委员会|大使馆|总领事馆|使馆|会|组织|单位|机构|公司|集团|企业|财团|信托|报社|教会|联盟|银行|中心|办事处|代表处|军区|部|厅|局|大学|小学|中学|学校|医院|校|院|站|馆|园|乡|村|社|镇|区|省|市|县|国|团|校|道|府|州|大区)?$"
)
# Houses and offices that say enough by themselves where nothing before tells which one is meant.
_PLAIN = frozenset(["中心", "小学", "中学", "学校", "医院", "财团", "银行", "报社", "教会", "联盟", "大学", "信托"])
_OURSELVES = on_use(r"^本(?:机构|组织|单位|公司|集团|企业|会|社|基金会|协会|学社|联合会|团体)$")
_SCHEME = on_use(r"^(?:该|这一|这个|此)(?:项)?(?P<noun>计划|行动)$")
_BARE = on_use(
    r"^(?:工作组|代表团|访问团|考察团|慰问团|协会|协进会|促进会|交流会|总会|学会|联谊会|联合会|友好组织联合会|省友好组织联合会|市友好组织联合会|基金会|委员会|大使馆|使馆|总领事馆|分会|商会|公司|集团|俱乐部|组委会|主办方|工作团|医疗队)$"
)
_SIDE = on_use(r"^(?P<who>[一-鿿]{1,6})(?:方|方面)$")
_IT = on_use(r"^它们?$")
_PRONOUN = on_use(r"^(?:他|她|他们|她们)(?:二人|俩)?$")
_NOBODY = on_use(
    r"^(?:我|双方|各方|两国|两地|两省|三方|大家|彼此|对方|有关(?:组织|方面|机构|单位)|相关(?:组织|机构|单位)|各(?:组织|机构|单位|地|方面)|这些(?:组织|机构)|[两二三四五六七八九十]家单位|全国|.{1,2}双方)$"
)
_ALL = on_use(r"^(?:全|本)(?P<noun>省|市|县)$|^(?P<inside>省|市)里$")


def resolve(phrase: Phrase, scope: Scope) -> Phrase | None:
    """The phrase itself when it names somebody; the name it stands for; None when that cannot be told."""
    said = scope.page_of(phrase.line_no).text[phrase.start : phrase.end]
    if there := _THERE.match(said):
        return _said_together(phrase, there["noun"], scope) or phrase
    if (these := _THESE.match(said)) and (counted := _counted(phrase, these["noun"], scope)) is not None:
        return counted
    if _NOBODY.match(said):
        return None
    if alias := scope.aliases.get(said):
        return Phrase(*alias)
    if said in ("后者", "前者"):
        return _of_two(phrase, scope, first=said == "前者")
    if _THIS_ONE.match(said) and (one := _person(phrase, scope)) is not None:
        return one  # 这位66岁的退休护士
    if _WE.match(said):
        return _of_who_says(phrase, scope) or phrase
    if _IT.match(said):
        return _quoted_topic(phrase, scope, it=True) or _last_called(phrase, scope, "")
    if _PRONOUN.match(said):
        return _person(phrase, scope) or _told_of(phrase, said, scope)
    if _OURSELVES.match(said):
        return _of_who_says(phrase, scope) or phrase  # who writes or speaks, not the last one named
    if this := _THIS.match(said):
        found = _last_called(phrase, scope, this["noun"] or "")
        short = "" if found is None else scope.page_of(found.line_no).text[found.start : found.end]
        if found is not None and short.endswith("联合会") and _BARE.match(short):
            found = _longer(found, short, scope) or found  # 联合会副主席通报,经该会对接: the name in full
        return phrase if found is None and this["noun"] in _PLAIN else found
    if scheme := _SCHEME.match(said):
        return _quoted(phrase, scheme["noun"], scope)
    if whole := _ALL.match(said):
        return _last_place(phrase, scope, whole["noun"] or whole["inside"], home=True)
    if (officer := _OFFICER.match(said)) and (body := _body_led_by(phrase, officer["title"], scope)) is not None:
        return body
    if _BARE.match(said):
        return _longer(phrase, said, scope) or phrase
    side = _SIDE.match(said)
    if side:
        code = pair_codes().get(side["who"]) or _country_of(side["who"], scope)
        return _of_country(phrase, code, scope) or phrase if code else phrase
    return phrase


_WE = on_use(r"^(?:我们|咱们)$")
_OFFICER = on_use(
    r"^(?:常务)?副?(?P<title>会长|理事长|秘书长|董事长|社长|大使|总领事|总裁)(?![馆官室处部级团办])(?:兼[一-鿿]{2,6})?[一-鿿·]{2,8}$"
)
_LED_BY = {
    "会长": r"会$",
    "理事长": r"会$|社$",
    "秘书长": r"会$|组织$",
    "社长": r"社$",
    "董事长": r"公司$|集团$",
    "总裁": r"公司$|集团$|银行$",
    "大使": r"使馆$",
    "总领事": r"领事馆$|领馆$",
}


def _of_who_says(phrase: Phrase, scope: Scope) -> Phrase | None:
    """同乡会会长陈氏兰说:“我们募得: the body that the one who speaks was named with."""
    page = scope.page_of(phrase.line_no)
    sentence = page.sentence_at(phrase.start)
    for clause in reversed([c for c in page.clauses_in(sentence) if c[1] <= phrase.start]):
        if _SAYS.search(page.text, *clause):
            said_by = [a for a in scope.actors(phrase.line_no, clause) if a.entity_type == "organization"]
            return _of(said_by[0]) if said_by else None
    closed = page.text.find("”", phrase.end, sentence[1] + 2)
    behind = page.clause_at(min(closed + 1, len(page.text) - 1)) if closed >= 0 else None
    if behind is not None and _SAYS.search(page.text, *behind):  # “我们不经手现金。”劝学会副会长说
        said_by = [a for a in scope.actors(phrase.line_no, behind) if a.entity_type == "organization"]
        return _of(said_by[0]) if said_by else None
    return None


_SAYS = on_use(r"介绍|说|表示|透露|指出|称|告诉|坦言|补充|强调|证实")


def _body_led_by(phrase: Phrase, title: str, scope: Scope) -> Phrase | None:
    """同乡会的代表到了谅山。会长陈氏兰递上支票: the last body before that such an officer leads."""
    kind = re.compile(_LED_BY[title])
    for actor in scope.actors_before(phrase.line_no, phrase.start):
        if actor.entity_type == "organization" and kind.search(_called(actor)):
            return _of(actor)
    return None


_SAID = on_use(r"[ ]?(?:介绍|说|表示|透露|指出|称|告诉|坦言|补充|通报|强调|证实|汇报)")
_THERE = on_use(r"^(?:这|上述|以上)?(?:[两二三四五六七八]|几)(?P<noun>地|省|县|市|乡|村|国)$")
_KINDS = {"省": ("admin1",), "县": ("district",), "乡": ("commune",), "国": ("country",)}


def _said_together(phrase: Phrase, noun: str, scope: Scope) -> Phrase | None:
    """两地: the places named in one breath last before, 马德望、班迭棉吉两省."""
    page = scope.page_of(phrase.line_no)
    kinds = _KINDS.get(noun)
    places = [p for p in scope.places(phrase.line_no, (0, phrase.start)) if kinds is None or p.kind in kinds]
    for last in range(len(places) - 1, 0, -1):
        first = last
        while first > 0 and AND.fullmatch(page.text[places[first - 1].char_end : places[first].char_start]):
            first -= 1
        if first < last:
            return Phrase(phrase.line_no, places[first].char_start, places[last].char_end)
    return None


# 接待了11个外国组织的代表团。…这些组织已送来13批: the bodies counted before
_THESE = on_use(r"^(?:这些|各|上述|这[两三四五六七八九十几])(?:个|家)?(?P<noun>组织|机构|企业|单位|公司|团体|协会)$")


def _counted(phrase: Phrase, noun: str, scope: Scope) -> Phrase | None:
    """The last bodies of that kind counted before in the paragraph, 11个外国组织; of 单位 any that are counted."""
    kinds = "组织|机构|企业|公司|团体|协会|单位" if noun == "单位" else noun
    number = r"(?:\d[\d,]{0,15}|[一二两三四五六七八九十百]{1,4})多?余?(?:个|家)"
    page = scope.page_of(phrase.line_no)
    found = list(
        re.finditer(rf"{number}[^,;:、\d的个家]{{0,8}}?(?:{kinds})(?:和[一-鿿]{{2,4}})?", page.text[: phrase.start])
    )
    return Phrase(phrase.line_no, *found[-1].span()) if found else None


def _of(mention: ActorMention | PlaceMention) -> Phrase:
    return Phrase(mention.line_no, mention.char_start, mention.char_end)


def _person(phrase: Phrase, scope: Scope) -> Phrase | None:
    """The last person named; when somewhere he is introduced as a body's representative, that body."""
    one = _one_unnamed(phrase, scope)
    if one is not None:
        return one
    people = [a for a in scope.actors_before(phrase.line_no, phrase.start) if a.entity_type == "person"]
    if not people:
        return None
    for actor in scope.findings.actors:
        if (
            actor.entity_type == "person"
            and actor.name in (people[0].name, people[0].quote)
            and scope.is_first_print(actor.line_no)
        ):
            text = scope.page_of(actor.line_no).text
            if not re.search(r"代表|主席|会长|主任|署长|理事长", text[max(0, actor.char_start - 1) : actor.char_end]):
                continue
            stop = actor.char_start
            bodies = [
                a for a in scope.actors(actor.line_no, (max(0, stop - 30), actor.char_end))
                if a.entity_type == "organization" and stop - 2 <= a.char_end and a.char_start <= stop
            ]  # fmt: skip
            if bodies:
                return _of(bodies[-1])
    return _of(people[0])


def _quoted(phrase: Phrase, noun: str, scope: Scope) -> Phrase | None:
    """该计划: the last scheme named in quotation marks, “滇越心连心”计划."""
    name = re.compile(rf"“[^“”]{{2,14}}”{noun}|“[^“”]{{2,14}}{noun}”")
    own = scope.page_of(phrase.line_no)
    for page in [own, *scope.before(phrase.line_no), *reversed(scope.top)]:
        stop = phrase.start if page is own else len(page.text)
        found = [hit.span() for hit in name.finditer(page.text, 0, stop)]
        if found:
            return Phrase(page.line.line_no, *found[-1])
    return None


_SPEAKER = on_use(r"[ “]*(?P<who>[^,;:“]{0,8}(?:“[^”]{2,12}”)?[^,;:“”]{0,16}?)(?:告诉|介绍|表示|透露|说|坦言)")
_NAMED = on_use(rf"{NAMED_ONE}$")
_ONE_PERSON = on_use(r"(?:先生|女士|老人|教授|医生|商人|老师|太太|夫人|企业家|老兵|小姐|大爷|大妈|修女|神父|院士)$")


def _told_of(phrase: Phrase, said: str, scope: Scope) -> Phrase | None:
    """他们, 他: who speaks or acts in the clauses before, where no person's name is known."""
    page = scope.page_of(phrase.line_no)
    for clause in reversed([c for c in page.clauses if c[0] < page.clause_at(phrase.start)[0]]):
        speaker = _SPEAKER.match(page.text, *clause)
        span = trimmed(page, *speaker.span("who")) if speaker else None
        who = (
            Phrase(phrase.line_no, *span) if span and is_somebody(page, *span, scope) else subject(page, clause, scope)
        )
        if who is None or _PRONOUN.match(page.text[who.start : who.end]):
            continue
        name = page.text[who.start : who.end]
        if (
            (said.endswith("们") and not re.search(r"[省市县国方]$", name))
            or _ONE_PERSON.search(name)
            or _NAMED.search(name)
        ):
            return who
    return None


_THIS_ONE = on_use(r"^[这该那][位名个](?:[^的]{0,10}的)?[一-鿿]{1,8}$")
_SOMEONE = on_use(r"一(?:位|名|个)(?P<who>[^,;:。的]{1,12}?(?:者|人|师|员|生|兵|商|侨|医|妇|士|授))(?=[,;:]|$)")


def _one_unnamed(phrase: Phrase, scope: Scope) -> Phrase | None:
    """出自一位老战地记者,他留下的公寓: whom the clause before brings in without a name."""
    page = scope.page_of(phrase.line_no)
    clauses = [c for c in page.clauses_in(page.sentence_at(phrase.start)) if c[1] <= phrase.start]
    hits = list(_SOMEONE.finditer(page.text, *clauses[-1])) if clauses else []
    return Phrase(phrase.line_no, *hits[-1].span("who")) if hits else None


# What a school, a hospital and so on are called by; 该校, 该院 stand for the last of them.
_HOUSES = {
    "校": r"小学|中学|学校|大学|学院|幼儿园|国小|国中",
    "小学": r"小学",
    "中学": r"中学",
    "学校": r"小学|中学|学校",
    "院": r"医院|卫生院|养老院|孤儿院|福利院|学院",
    "医院": r"医院",
    "站": r"卫生站|医疗站|水站|服务站|站",
    "馆": r"图书馆|博物馆|馆",
    "园": r"幼儿园|园",
    "乡": r"乡",
    "村": r"村",
    "社": r"社",
    "镇": r"镇",
    "区": r"区",
}


def _last_house(phrase: Phrase, scope: Scope, noun: str) -> Phrase | None:
    """该校, 该院, 该乡: the last school, hospital or commune named before, in this line, those above and the top."""
    ends = "为在到给向的,;:、。往对赴进抵"
    name = re.compile(rf"(?:(?<=[{ends}])|^)(?!该|本|这|一)[^{ends} \d]{{1,12}}?(?:{_HOUSES[noun]})(?![一-鿿]?[长生])")
    own = scope.page_of(phrase.line_no)
    for page in [own, *scope.before(phrase.line_no), *reversed(scope.top)]:
        stop = phrase.start if page is own else len(page.text)
        found = (
            [m for m in scope.places(page.line.line_no, (0, stop)) if m.quote.endswith(noun)] if len(noun) == 1 else []
        )
        hits = [hit.span() for hit in name.finditer(page.text, 0, stop)]
        hits += [(m.char_start, m.char_end) for m in found]
        if hits:
            span = trimmed(page, *max(hits, key=lambda span: span[1]))
            return Phrase(page.line.line_no, *span) if span else None
    return None


_OPENS_QUOTED = on_use(r" ?“(?P<name>[^“”]{2,14})”(?![项计工活基奖]|的)")


def _quoted_topic(phrase: Phrase, scope: Scope, *, it: bool = False) -> Phrase | None:
    """“河岸”不是头一回来。2016年,它拿出24亿; “心桥”同该省的缘分…。该组织花去: whose name in marks opens what was said
    right before."""
    page = scope.page_of(phrase.line_no)
    for sentence in [s for s in reversed(page.sentences) if s[0] < phrase.start][:3]:
        hit = _OPENS_QUOTED.match(page.text, *sentence)
        names = set() if hit is None else {hit["name"], f"“{hit['name']}”"}
        if hit is not None and (names & scope.quoted_bodies or (not it and not names & scope.quoted_schemes)):
            return Phrase(phrase.line_no, *hit.span("name"))
    return None


# 该会力争动员外援350万, 经该会对接: the union that the page reports on, not the women's one that ran a project
_RAISES_AID = on_use(
    r"(?:将|已|拟|计划|力争|争取|继续|共|全年|去年|今年|明年){0,3}(?:动员|争取|吸引|引进|接收|对接)(?:到|了)?[^,;:]{0,6}?(?:外援|援助|非政府|\d)|(?:对接|牵线|促成)(?=,)"
)
# 这并非该会首次到越南行善。…该会曾捐出30万: one that comes is none of those at home
_COMES = on_use(r"该会[^,;。]{0,8}?(?:到|赴|来|前往)越南?(?![文语])")


def _is_at_home(actor: ActorMention, scope: Scope) -> bool:
    places = scope.places(actor.line_no, (actor.char_start, actor.char_end))
    return any(p.country == "VN" for p in places) or fold(actor.name)[:1] in "省市县"


_UNION = on_use(r"友好组织联合会|友联$")


def _last_called(phrase: Phrase, scope: Scope, noun: str) -> Phrase | None:
    if noun in _HOUSES:
        return _last_house(phrase, scope, noun)
    if noun in ("组织", "机构", "团体") and (topic := _quoted_topic(phrase, scope)) is not None:
        return topic
    if noun in ("省", "市", "县", "国", "道", "府", "州", "大区"):
        return _last_place(phrase, scope, noun)
    handed = _HANDED_TO.search(scope.page_of(phrase.line_no).text, max(0, phrase.start - 3), phrase.start) is not None
    if noun and (own := _of_speaker(phrase, scope, noun)) is not None:
        return own
    named = [
        a
        for a in scope.actors_before(phrase.line_no, phrase.start)
        if a.entity_type == "organization"
        and (not noun or noun in ("单位", "机构", "组织") or _called(a).endswith((noun, noun[-1], "友联")))
    ]
    if noun == "会":  # 同舟会…祖国阵线委员会致谢。该会曾捐出: a committee is called 该委员会
        named = [a for a in named if not _called(a).endswith(("委员会", "人委会"))] or named
        if _COMES.search(scope.page_of(phrase.line_no).text, 0, phrase.end + 12):
            named = [a for a in named if not _is_at_home(a, scope)] or named
        if _RAISES_AID.match(scope.page_of(phrase.line_no).text, phrase.end):
            named = [a for a in named if _UNION.search(_called(a))] or named
    if handed:  # 基金会委托该会: not the one who hands it over
        page = scope.page_of(phrase.line_no)
        clause = page.clause_at(phrase.start)
        named = [a for a in named if a.line_no != phrase.line_no or not clause[0] <= a.char_start < clause[1]] or named
    if noun in ("组织", "机构", "基金会"):  # not the committee that honours it
        named = [a for a in named if _is_body(a)] or named
        quoted = _quoted_body(phrase, scope)
        if quoted is not None and (not named or not _is_body(named[0]) or _later(quoted, named[0])):
            return quoted
    if noun in ("机构", "组织"):
        named = [a for a in named if _called(a).endswith(noun)] or named
        named = [a for a in named if not _called(a).endswith("基金")] or named  # the fund it draws from is no 该组织
    if noun and (before := _opened_before(phrase, named, scope)) is not None:
        return before
    exact = [a for a in named if len(noun) > 1 and noun not in ("单位", "机构", "组织") and fold(a.name).endswith(noun)]
    named = exact or named
    page = scope.page_of(phrase.line_no)
    sentence = page.sentence_at(phrase.start)
    near = [a for a in named if a.line_no == phrase.line_no and a.char_start >= sentence[0]]
    # 该会 after 由日本“稻穗会”出资 is still the union the section is about: a name that opens a clause goes first.
    leading = [a for a in named if _opens(a, scope)]
    units = {p.admin1 for p in scope.places(phrase.line_no, sentence) if p.admin1}
    local = [a for a in named if units & {p.admin1 for p in scope.places(a.line_no, (a.char_start, a.char_end))}]
    return _of((near or local or leading or named)[0]) if named else None


def _opened_before(phrase: Phrase, named: list[ActorMention], scope: Scope) -> Phrase | None:
    """友联主席阮氏花表示,账目要公开。该会力争: at a sentence's head, who opens the one before and speaks."""
    page = scope.page_of(phrase.line_no)
    sentence = page.sentence_at(phrase.start)
    if phrase.start - sentence[0] > 2:
        return None
    before = [s for s in page.sentences if s[1] <= sentence[0]][-1:]
    for start, end in before:
        opened = trimmed(page, start, end)
        for actor in named:
            at_start = opened is not None and actor.line_no == phrase.line_no and actor.char_start == opened[0]
            if at_start and _OFFICER_SAYS.match(page.text, actor.char_end):
                return _of(actor)
    return None


_OFFICER_SAYS = on_use(
    r"[^,;。]{0,8}?(?:主席|会长|主任|秘书长|书记|负责人|代表|理事长|社长)[^,;。]{0,8}?(?:介绍|说|表示|透露|指出|称|坦言|强调|宣布)"
)


_HEAD_SAYS = on_use(
    r"[ “]*(?P<who>[^,;:。“”会]{2,16}会)(?:第一|常务)?副?(?:会长|理事长|秘书长)[^,;:。]{2,10}?"
    r"(?:说|称|表示|介绍|透露|指出|坦言|回忆)"
)


def _of_speaker(phrase: Phrase, scope: Scope, noun: str) -> Phrase | None:
    """邓氏梅香介绍,该会共收到: the body that the person who speaks was introduced as an officer of."""
    page = scope.page_of(phrase.line_no)
    start = page.sentence_at(phrase.start)[0]
    head = _HEAD_SAYS.match(page.text, start, phrase.start) if noun in ("会", "协会") else None
    if head is not None and head["who"][-2:] not in ("员会", "合会"):
        span = trimmed(page, *head.span("who"))
        return Phrase(phrase.line_no, *span) if span else None  # 医师会会长金泰镐称,该会每年: the one he heads
    for person in scope.actors(phrase.line_no, (start, phrase.start)):
        if person.entity_type != "person" or not _SAID.match(page.text, person.char_end):
            continue
        for again in scope.actors_before(phrase.line_no, phrase.start):
            if again.entity_type != "person" or person.name not in (again.name, again.quote):
                continue
            at = (max(0, again.char_start - 30), again.char_end)
            bodies = [a for a in scope.actors(again.line_no, at) if a.entity_type == "organization"]
            own = [a for a in bodies if again.char_start - 6 <= a.char_end and _called(a).endswith(noun[-1])]
            if own:
                return _of(own[-1])
    return None


_HANDED_TO = on_use(r"(?:委托|[拜]托|交给|拨给|汇给|转给|托付|[通经]过|向|给|请)$")
_OF_THE_STATE = on_use(r"委员会|联合会|政府|省|市|厅|部$")


def _is_body(actor: ActorMention) -> bool:
    return _OF_THE_STATE.search(fold(actor.name)) is None


def _later(phrase: Phrase, actor: ActorMention) -> bool:
    return (phrase.line_no, phrase.start) > (actor.line_no, actor.char_start)


def _quoted_body(phrase: Phrase, scope: Scope) -> Phrase | None:
    """国际组织“海岸带守护者”(英文缩写CK)…该组织: the last body before that is known by a quoted or a short name."""
    names = sorted({*scope.quoted_bodies, *scope.aliases}, key=len, reverse=True)
    own = scope.page_of(phrase.line_no)
    for page in [own, *scope.before(phrase.line_no)]:
        stop = phrase.start if page is own else len(page.text)
        places = [(page.text.rfind(name, 0, stop), name) for name in names]
        at, name = max(places, default=(-1, ""))
        if at >= 0:
            return (
                Phrase(*scope.aliases[name]) if name in scope.aliases else Phrase(page.line.line_no, at, at + len(name))
            )
    return None


def _called(actor: ActorMention) -> str:
    """A body's folded name without the Latin one in brackets."""
    return re.sub(r"\([^()]*\)$", "", fold(actor.name))


def _opens(actor: ActorMention, scope: Scope) -> bool:
    page = scope.page_of(actor.line_no)
    return len(page.text[page.clause_at(actor.char_start)[0] : actor.char_start].strip(" “(")) <= 1


def _last_place(phrase: Phrase, scope: Scope, noun: str, *, home: bool = False) -> Phrase | None:
    """The last place of that kind named before; with `home` (全省) one of Vietnam where there is any."""
    before = scope.places_before(phrase.line_no, phrase.start)
    if home:
        before = [p for p in before if p.country == "VN"] + [p for p in before if p.country != "VN"]
    for place in before:
        if noun == "国" and place.kind == "country" and "pair" not in place.flags:
            return _of(place)
        if (
            noun in ("省", "市")
            and place.kind == "admin1"
            and place.quote[-1] not in {"省": "市县", "市": "省县"}[noun]
        ):
            return _of(place)
        if noun in ("道", "府", "州", "大区") and place.quote.endswith(noun):
            return _of(place)
        if noun == "县" and place.kind == "district":
            return _of(place)
    return None


def _fullest(actor: ActorMention, scope: Scope) -> Phrase:
    """Of the names a body is printed under, the longest before the words or anywhere: VUFO is 越南友好组织联合会."""
    same = [a for a in scope.findings.actors if a.org_id is not None and a.org_id == actor.org_id]
    same = [a for a in same if scope.is_first_print(a.line_no)]
    best = max(same, key=lambda a: len(a.quote), default=actor)
    bare = re.match(r"[^(（]{4,}", best.quote)
    return Phrase(best.line_no, best.char_start, best.char_start + (bare.end() if bare else len(best.quote)))


_DOES = on_use(r"款待|设宴|宴请|接待|欢迎|欢送|会见|陪同|迎接|送别|招待|看望|率领?|带领|派出|组织|邀请|陪")


_LED_TEAM = on_use(
    r"(?:由|以)(?P<who>[^,;:由]{3,24}?[会联部厅局署省市县线])(?:常务)?副?(?:主席|会长|部长|厅长|局长|署长|省长|市长|县长|理事长)[^,;:]{2,10}?(?:率领|率|带领|为团长|任团长|担任团长|为首)的?[^,;:]{0,6}?(?:代表|访问|考察|慰问|工作)团"
)


def _who_leads(phrase: Phrase, scope: Scope) -> Phrase | None:
    """由越老友好协会主席陈光率领的代表团…。代表团捐助: the body whose head leads it, where the text says so."""
    own = scope.page_of(phrase.line_no)
    for page in [own, *scope.before(phrase.line_no), *reversed(scope.top)]:
        stop = phrase.start if page is own else len(page.text)
        found = [hit.span("who") for hit in _LED_TEAM.finditer(page.text, 0, stop)]
        if found:
            span = trimmed(page, *found[-1])
            return Phrase(page.line.line_no, *span) if span else None
    return None


def _longer(phrase: Phrase, said: str, scope: Scope) -> Phrase | None:
    """联合会: the last organization whose name ends so; 代表团: the organization of the last delegation."""
    ending = re.sub(r"^[省市](?=友好)", "", said)
    delegation = said.endswith(("团", "组", "队"))
    if delegation and said[-1] == "团" and (leads := _who_leads(phrase, scope)) is not None:
        return leads
    for actor in scope.actors_before(phrase.line_no, phrase.start):
        if said[-1] == "团" and actor.quote.endswith(("队", "隊")):
            continue  # 军区医疗队看病。代表团走访中学: another than the delegation
        if delegation and actor.entity_type == "delegation" and len(actor.quote) > len(said):
            inside = scope.actors(actor.line_no, (actor.char_start, actor.char_end))
            bodies = [a for a in inside if a.entity_type == "organization"]
            counted = scope.page_of(actor.line_no).text.endswith(("一个", "两个", "各个"), 0, actor.char_start)
            if not bodies and (counted or _DOES.search(fold(actor.quote))):
                continue  # 协会设宴款待代表团: what is done to it is no name of it
            if bodies and fold(bodies[0].name)[0] in "本该":
                continue  # 本会访问团: the page names its body elsewhere
            return _fullest(bodies[0], scope) if bodies else _of(actor)
        if (
            not delegation
            and actor.entity_type == "organization"
            and fold(actor.name).endswith(ending)
            and fold(actor.quote)[:1] not in "该本"
            and fold(actor.name) not in (said, f"本{said}", f"该{said}", "本会", "该会")
        ):
            return _of(actor)
    return None


def _country_of(who: str, scope: Scope) -> str | None:
    return next((p.country for p in scope.findings.places if p.quote == who and p.kind == "country"), None)


def _of_country(phrase: Phrase, code: str, scope: Scope) -> Phrase | None:
    """日方: the last organization of that country, else the last place in it, before, else after the words."""
    for actor in scope.actors_before(phrase.line_no, phrase.start):
        if actor.line_no < phrase.line_no:
            break  # a body of another paragraph: the country says it better
        if actor.country == code and actor.entity_type == "organization" and "友好" not in actor.name:
            return _of(actor)
    places = [p for p in scope.places_before(phrase.line_no, phrase.start) if p.country == code]
    places += [p for p in scope.findings.places if p.country == code]
    named = [p for p in places if "pair" not in p.flags]
    if not named:
        return None
    place = next((p for p in named if p.kind == "country"), named[0])
    # 荷兰埃门市: the country with the place that follows it.
    finer = [p for p in named if p.line_no == place.line_no and p.char_start == place.char_end and code != "VN"]
    return Phrase(place.line_no, place.char_start, finer[0].char_end if finer else place.char_end)


# 省友好组织联合会与日本“稻香”会在茶荣市签约,后者: two bodies that do something together
_SIGNED = on_use(
    r"(?:^|[,;:。日月])(?P<who>(?:[^,;:。与和同“]|“[^”]{1,14}”){2,20})(?:与|和|同)(?P<other>[^,;:。在于]{2,20}?)"
    r"(?:在[^,;。]{2,12}?|于[^,;。]{2,12}?)?(?:签|会谈|会晤|合作|商定|约定|结好|达成|各司其职|各管一|分工|联手|携手|一道|共同)"
)
# 县明爱会携手法国明爱会,赶在雨季前筑堤,后者支付了5万
_JOINED = on_use(
    r"(?:^|[,;:。日月])(?P<who>(?:[^,;:。“]|“[^”]{1,14}”){2,20}?)(?:携手|联手|会同|联合(?![国会社]))(?P<other>[^,;:。在于]{2,20}?)(?=[,;:]|在|为|于)"
)


def _two_before(phrase: Phrase, scope: Scope) -> tuple[Phrase, Phrase] | None:
    """大使馆同基金会续签文件。/ 前者将拿出: the only two bodies of the sentence right before, or of the line above."""
    page = scope.page_of(phrase.line_no)
    earlier = [(page, s) for s in page.sentences if s[1] <= page.sentence_at(phrase.start)[0]][-1:]
    earlier += [(p, p.sentences[-1]) for p in scope.before(phrase.line_no)[:1] if p.sentences and not earlier]
    for there, sentence in earlier:
        found = [a for a in scope.actors(there.line.line_no, sentence) if a.entity_type == "organization"]
        if len(found) == 2:
            return _of(found[0]), _of(found[1])
    return None


def other_of_two(phrase: Phrase, scope: Scope) -> Phrase | None:
    """The one of two that 前者 or 后者 does not stand for."""
    return _of_two(phrase, scope, first=scope.page_of(phrase.line_no).text[phrase.start] == "后")


def _of_two(phrase: Phrase, scope: Scope, *, first: bool) -> Phrase | None:
    page = scope.page_of(phrase.line_no)
    begin = page.sentence_at(phrase.start)[0]
    if signed := _JOINED.search(page.text, begin, phrase.start) or _SIGNED.search(page.text, begin, phrase.start):
        two = [trimmed(page, *signed.span(group)) for group in ("who", "other")]
        if (span := two[0 if first else 1]) is not None:
            return Phrase(phrase.line_no, *span)
    spans: list[Phrase] = []
    sentence = page.sentence_at(phrase.start)
    bodies = [a for a in scope.actors(phrase.line_no, (sentence[0], phrase.start)) if a.entity_type == "organization"]
    if not bodies and (two_before := _two_before(phrase, scope)) is not None:
        return two_before[0 if first else 1]
    mentions: list[ActorMention | PlaceMention] = [*scope.actors_before(phrase.line_no, phrase.start)]
    if len(bodies) < 2:  # of two bodies that sign 在茶荣市, the place is neither
        mentions += scope.places_before(phrase.line_no, phrase.start)
    for m in sorted(mentions, key=lambda m: (-(m.line_no == phrase.line_no), -m.char_end)):
        if all(s.line_no != m.line_no or m.char_end <= s.start or s.end <= m.char_start for s in spans):
            spans.append(_of(m))
        if len(spans) == 2:
            break
    if len(spans) < 2:
        return spans[0] if spans and not first else None
    return spans[1] if first else spans[0]
