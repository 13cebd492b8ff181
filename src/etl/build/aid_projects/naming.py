"""From a phrase to a party: the words as printed, or the name that 该会, 日方, 他 stand for."""

from __future__ import annotations

import re

from etl.build.aid_projects.anaphora import resolve
from etl.build.aid_projects.claim import Party
from etl.build.aid_projects.nominals import Phrase
from etl.build.aid_projects.scope import Scope
from etl.mentions import ActorMention, PlaceMention, changed
from etl.normalize.text import fold
from etl.patterns import on_use

UNION = on_use(r"友好组织联合会|友联$|越友联")
CARRIER = on_use(r"友好组织联合会|友联$|友好协会|红十字|委员会|阵线|侨联|联合会|外事厅|外务厅|动员|慈善会|妇联")
_AFTER = on_use(r"(?:后|时|期间|以来|之前|以后)$")
# 积蓄托付给|省红十字会, 随|省友联工作组, 后归|县妇联, 同|海陵县人民委员会: what a list of names took for a part of one
_LED = on_use(
    r"[^,;:“”]{0,12}?(?:托付给|委托|移交给|转交给|交给|转给|拨给|汇给)(?=[一-鿿]{3})|(?:随同?|后?归(?![国侨仁]))(?=[一-鿿]{4})"
    r"|记者(?:[^,;:“”]{0,6}?)从|(?:主办|承办|执行|实施|承建|经办|牵头)(?:方|单位|机构)(?=[一-鿿]{3})"
    r"|同(?![塔奈文登海])(?=[一-鿿]{2,4}[省市县郡])|[据由](?=[一-鿿]{3})"
)
_LEADS_TO = "向给为对把将由从到交"
FOREIGN_BODY = on_use(
    r"宣明会|救助儿童会|乐施会|开发署|计划署|基金会|非政府|国际|大使馆|领事馆|合作署|发展署|协力|机构|儿童基金"
)


def party(phrase: Phrase, scope: Scope, *, inherited: bool = False) -> Party | None:
    """The party of a phrase; None when it stands for somebody the text does not name."""
    found = resolve(_whole(phrase, scope), scope)
    if found is None:
        return None
    if (lead := _LED.match(scope.page_of(found.line_no).text, found.start, found.end)) is not None:
        found = changed(found, start=lead.end())
    quoted = re.match(r"[“「《][^”」》]{1,20}[”」》]", scope.page_of(found.line_no).text[found.end : found.end + 24])
    if quoted:  # 国际非政府组织“绿色湄公”: the name goes on
        found = changed(found, end=found.end + quoted.end())
    raw = scope.page_of(found.line_no).line.text[found.start : found.end]
    return Party(raw, found.line_no, found.start, found.end, inherited, found != phrase)


def _whole(phrase: Phrase, scope: Scope) -> Phrase:
    """橙剂/二恶英受害者协会 for a phrase that begins inside a body's name: the name is not cut into."""
    page = scope.page_of(phrase.line_no)
    if (lead := _LED.match(page.text, phrase.start, phrase.end)) is not None:
        phrase = changed(phrase, start=lead.end())
    within = scope.actors(phrase.line_no, (phrase.start, phrase.end))
    if page.text[phrase.start] == "在" and any(
        a.char_start == phrase.start + 1 and a.entity_type == "organization" for a in within
    ):
        return changed(phrase, start=phrase.start + 1)
    for place in scope.places(phrase.line_no, (phrase.start, phrase.end)):
        if place.char_end == phrase.end and _AFTER.search(page.text, phrase.start, place.char_start):
            return changed(phrase, start=place.char_start)  # 台风过境后|安沛省
    around = scope.actors(phrase.line_no, (max(0, phrase.start - 24), phrase.end))
    name = next((a for a in around if a.char_start < phrase.start < a.char_end == phrase.end), None)
    if name is None or name.entity_type != "organization":
        return phrase
    ahead = page.text[name.char_start : phrase.start]
    if ahead == "单位":
        return phrase  # 受援单位|省康复医院
    return phrase if any(sign in ahead for sign in _LEADS_TO) else changed(phrase, start=name.char_start)


# Words that ran into a name: 经|县教育处, 县妇联|统一, 协会|发动会员; and words that are no name at all.
_RAN_IN = on_use(
    r"(?:的|[按获](?=[省市县])|经(?=[省市县两各])|请(?=[省市县])|托(?=[省市县])|遵(?=[一-鿿]{4})|透露|比(?=原)|(?:[^,;:、]{0,12}[供出捐注])?资、|[^,;:]{2,10}?此[行次番](?:带|捎|送|转)来){1,3}(?=[一-鿿]{2})"
)
_RAN_ON = on_use(
    r"(?<=[省市县国府会署厅局处司团部队馆心联线方校院人民侨])"
    r"(?:曾(?:向|为|给)|派[队人员工兵车船]$|应(?=[一-鿿]{1,4}方)|因(?=[一-鿿]{4})|原?打算|原定|来(?=[一-鿿]{2,3}$)|发动(?=会员|群众|学生|各界|$)|组织\d|替(?=[一-鿿]{3})|此[番行](?!带)|逐[校户村]|担任(?=业主|项目)|主持(?=、|$)"
    r"|(?:迄今|至今|紧急|自家|现场|当场|统一|监督|轮流|设计|护|分|颁|援|遗)$|卖(?=[一-鿿]{2}$))|(?<=[一-鿿]{2})按$"
)
_NO_ONE = on_use(
    r"(?:[他她]自|一些|这些|那些|原定|目标|即场|现场|当场|历届|双方[一-鿿]{0,4}|留作[一-鿿]*|滚动[一-鿿]*|比?原先|[省市]友好|和\d[^,]*|第[一二三四五六七八九十\d]{1,3}[所座栋间家]学校"
    r"|(?:\d{1,3}|[一二两三四五六七八九十]{1,3})所受益学校|(?:供(?![电水销货热应暖])|投向|惠及|面向|流向|分给|发给|用于)[^,]*|[^,]*[被借])$"
)


def sound(who: Party | None, scope: Scope) -> Party | None:
    """The party without the words that ran into its name; None when no name is left."""
    if who is None:
        return None
    text = scope.page_of(who.line_no).text
    start, end = who.start, who.end
    if (lead := _RAN_IN.match(text, start, end)) is not None:
        start = lead.end()
    if (tail := _RAN_ON.search(text, start + 2, end)) is not None:
        end = tail.start()
    if end - start < 2 or _NO_ONE.match(text, start, end) is not None:
        return None
    if (start, end) == (who.start, who.end):
        return who
    return changed(who, text=scope.page_of(who.line_no).line.text[start:end], start=start, end=end)


def named(mention: ActorMention | PlaceMention, scope: Scope, *, inherited: bool = False) -> Party | None:
    """The party of an actor or place as printed there."""
    return party(Phrase(mention.line_no, mention.char_start, mention.char_end), scope, inherited=inherited)


def bodies(scope: Scope, line_no: int, span: tuple[int, int]) -> list[ActorMention]:
    """The organizations named in a span of a line."""
    return [a for a in scope.actors(line_no, span) if a.entity_type == "organization"]


def ends_in_place(phrase: Phrase, scope: Scope) -> bool:
    """Whether a phrase ends with the name of a place: 广治省海陵县."""
    return any(p.char_end == phrase.end for p in scope.places(phrase.line_no, (phrase.start, phrase.end)))


def is_place(who: Party, scope: Scope) -> bool:
    """Whether a party is a place (该省, 广治省海陵县) and no body."""
    said = fold(who.text)
    places = scope.places(who.line_no, (who.start, who.end))
    return any(p.char_end == who.end for p in places) or re.search(r"省份?$|[市县]$", said) is not None


def is_person(who: Party, scope: Scope) -> bool:
    """Whether a party is one person."""
    inside = scope.actors(who.line_no, (who.start, who.end))
    return any(a.entity_type == "person" and a.char_end == who.end for a in inside)
