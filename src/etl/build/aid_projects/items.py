"""The items of a list, and what the names in it are: those who give, who receive or who carry out.

广宁省分得96万,谅山省88万: the verb of the first item goes for all; 赠款归四家机构执行:儿基会280万: the words before
the colon do; 共接收1.08亿;岘港为6150万: the total does whose parts they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.governing import governing
from etl.build.aid_projects.naming import ends_in_place, party
from etl.build.aid_projects.nominals import Phrase, subject
from etl.build.aid_projects.scope import Scope
from etl.mentions import MoneyMention
from etl.patterns import on_use

# 委员会批出合共900万;当中恤民会占500万,同路社占400万: who has a share of a grant works with it
_GRANTS = on_use(r"(?:批出|批拨|核拨|批给|审批|拨出|批准拨)[^。]{0,60}(?:当中|其中|内中)")
_TAKES_PART = on_use(r"占")
_GETS = r"分得|各得|共得|只得|仅得|得到|得|获得|获|分到|拿到|领到|接收|接受|收到|分配到|到位|分享"
_GAP = on_use(rf"(?:[,、(:]|则|各|共|也|还|约|近|逾|超过|高达|达|为|有|占|是|获?拨|方面|{_GETS})*")
_GOT = on_use(_GETS)
_CARRY = on_use(
    r"(?:归|由|交|委托|托|通过|经)[^;。:]{0,24}?(?:执行|实施|负责|落实|经手|转交|管理|支配|使用|发放|分发|承办|承接|操作)[^;。:]{0,8}:"
)
_ARRIVE = on_use(
    r"(?:分配|分给|分到|分得|拨给|拨往|拨付|发给|送往|送到|惠及|受益|流向|投向|分布|接收|获得|收到|落到|各地|各省|各县|各市|辖区"
    r"|按(?:地区|省份|地方|县)|分(?:地区|省份?|县)看|排名|排序|居前)[^;。:]{0,16}:"
)
# 一、同山县陆村小学(2017年10月18日启用):两层八间课室,造价112万; 三、安明县三所分校,造价合共219万
HEAD_OF_ITEM = on_use(
    r" ?[(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、.)] ?(?P<what>[^,;:。()\d]{2,24}?"
    r"(?:小学|中学|学校|幼儿园|分校|医院|卫生站|诊所|中心|图书馆|桥|水站)) ?(?:\([^()]{1,24}\))? ?[:,]"
)


def item_name(claim: Claim, scope: Scope) -> Phrase | None:
    """The name that opens a claim's clause and that nothing but a link divides from the figure: 岘港|为|6150万."""
    start = max(claim.clause[0], claim.since if claim.since < claim.at[0] else claim.clause[0])
    who = subject(claim.passage, (start, claim.at[0]), scope)
    if who is None or _GAP.fullmatch(claim.passage.text[who.end : claim.at[0]]) is None:
        return None
    return who


_WORKS_OR_PLACE = on_use(
    r"(?:小学|村小|中学|初中|高中|学校|分校|幼儿园|托儿所|医院|卫生[站院所]|医疗站|诊所|医疗中心|图书[馆室]|养老院|孤儿院"
    r"|[供取]水[点站]|水站|水厂|吊桥|[一-鿿]桥|村路|[一-鿿]路|水井|水渠|文化[站室馆]|边防站|宿舍楼?|食堂)"
    r"(?:一所|一座|一处|一条|[一二两三四五六七八九十\d]{1,3}[间口所座条处])?$"
)
_OF_COUNTING = (
    r"(?:则|各|共|约|近|逾|为|计|合计|用去|用了|花去|花了|花掉|耗资|耗去"
    r"|造价|投入|占去?|用款|支出|分得|分到|项目|工程|改造|扩建|翻修|修缮|建设|新建|重建)"
)
_COUNTED_OUT = on_use(f"{_OF_COUNTING}*")
_COUNTED_OUT_AT_END = on_use(f"{_OF_COUNTING}+$")
# 捐款单位:第一小学3亿: there the names are those who gave
_GIVERS_LISTED = on_use(
    r"捐款|认捐|募得|募捐|捐出|义卖|来自|出自|(?:捐|赠|出资|资助|援助)[方者单人]|筹得|筹集|各校|善款(?:分别)?由"
)
_SPENT = on_use(
    r"按[县省市区郡乡地]|分[县省市](?:看|来看|计)|用去|用掉|用了|花去|花掉|花在|分得|分到|拨给|拨付|分配|分给|下拨|分拨|划给|援建|捐建|兴建|修建|投向|受益"
)


def itemised(claim: Claim, scope: Scope) -> Party | None:
    """援建两项:平安县卫生站11亿,达山小学9亿; 福林县用去90万,安河县70万: the place or works right before a part's sum.

    One of several in its sentence, none of those who gave.
    """
    others = _others(claim, scope)
    if not others:
        return None
    page, at = claim.passage, claim.at[0]
    start = _after_stop(page.text, claim.clause[0], at)
    name = _part_named(claim, start, at, scope)
    if name is None or not any(_is_item(claim, m.char_start, scope) for m in others):
        return None
    head = page.text[claim.sentence[0] : at]
    given, spent = _last(_GIVERS_LISTED, head), _last(_SPENT, head)
    if given > spent:  # 把募得的6亿分给各县:…: what is told last holds for the list
        return None
    if spent < 0 and _WORKS_OR_PLACE.search(page.text, name.start, name.end) is None:
        return None
    return party(name, scope)


def _last(pattern: re.Pattern[str], said: str) -> int:
    return max((hit.start() for hit in pattern.finditer(said)), default=-1)


def _after_stop(text: str, start: int, at: int) -> int:
    """Where the words right before a figure begin: behind the last colon, comma or 、 of its clause."""
    return max([start, *(text.rfind(sign, start, at) + 1 for sign in ":、,;(")])


def _others(claim: Claim, scope: Scope) -> list[MoneyMention]:
    own = {m.char_start for m in (claim.money, claim.equivalent, claim.unit) if m is not None}
    low, high = claim.sentence
    return [m for m in scope.money(claim.line_no) if low <= m.char_start < high and m.char_start not in own]


def _is_item(claim: Claim, at: int, scope: Scope) -> bool:
    clause = claim.passage.clause_at(at)
    return _part_named(claim, _after_stop(claim.passage.text, clause[0], at), at, scope) is not None


_ITEM_MOST = 22  # characters of an item's name


def _part_named(claim: Claim, start: int, at: int, scope: Scope) -> Phrase | None:
    """The place, or works in a place or not, that nothing but 用去 or 约 divides from the figure at `at`."""
    text = claim.passage.text
    while start < at and text[start] in "、和及与 ":
        start += 1
    start += 2 * text.startswith("其中", start)
    if not 2 <= at - start <= _ITEM_MOST:
        return None
    places = [p for p in scope.places(claim.line_no, (start, at)) if p.kind in ("admin1", "district", "commune")]
    end = places[0].char_end if places and places[0].char_start == start else start
    for place in places:
        end = place.char_end if place.char_start == end else end
    if (bare := _COUNTY.match(text, start, at)) is not None:
        end = max(end, bare.end())  # a county that no list of places has, or 永福|县 named as a province
    if end > start and _COUNTED_OUT.fullmatch(text, end, at):
        return Phrase(claim.line_no, start, end)
    tail = _COUNTED_OUT_AT_END.search(text, start, at)
    stop = at if tail is None else tail.start()
    if _WORKS_OR_PLACE.search(text, start, stop) is None or _NO_ITEM.search(text, start, stop):
        return None
    return Phrase(claim.line_no, start, stop)


_COUNTY = on_use(r"(?![全各该本][县郡])(?:[一-鿿]{2}|[一-鿿]{3})[县郡]")
_NO_ITEM = on_use(r"\d{3}|[由将把向给在为从捐赠]|资助|援助|出资|援建|来自|送")


def part_of_names(claim: Claim, scope: Scope, before: Sequence[Claim]) -> str | None:
    """The part the names of the claim's list play, implementer or recipient; None when no list says so."""
    who = item_name(claim, scope)
    if who is None:
        return None
    if _GOT.search(claim.passage.text[who.end : claim.at[0]]):
        return "recipient"
    head = claim.says((claim.sentence[0], claim.clause[0]))
    if _GRANTS.search(claim.says((claim.sentence[0], who.start))) and _TAKES_PART.search(
        claim.passage.text, who.end, claim.at[0]
    ):
        return "implementer"
    if ":" in head:
        if _CARRY.search(head):
            return "implementer"
        if _ARRIVE.search(head) and ends_in_place(who, scope):
            return "recipient"
    if not ends_in_place(who, scope):
        return None
    first = next((c for c in before if c.line_no == claim.line_no and c.sentence == claim.sentence), None)
    if first is not None and first.clause != claim.clause:
        opening = item_name(first, scope)
        if opening is not None and _GOT.search(claim.passage.text[opening.end : first.at[0]]):
            return "recipient"
    whole = next((c for c in before if c.number == claim.leans_on), None)
    if whole is not None and whole.donor is not None:
        frame = governing(whole, scope)
        if frame is not None and frame.part in ("recipient", "implementer"):
            return "recipient"
    return None
