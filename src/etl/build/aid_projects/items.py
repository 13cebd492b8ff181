"""The items of a list, and what the names in it are: those who give, who receive or who carry out.

广宁省分得96万,谅山省88万: the verb of the first item goes for all; 赠款归四家机构执行:儿基会280万: the words before
the colon do; 共接收1.08亿;岘港为6150万: the total does whose parts they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.build.aid_projects.claim import Claim
from etl.build.aid_projects.governing import governing
from etl.build.aid_projects.naming import ends_in_place
from etl.build.aid_projects.nominals import Phrase, subject
from etl.build.aid_projects.scope import Scope
from etl.patterns import on_use

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


def part_of_names(claim: Claim, scope: Scope, before: Sequence[Claim]) -> str | None:
    """The part the names of the claim's list play, implementer or recipient; None when no list says so."""
    who = item_name(claim, scope)
    if who is None:
        return None
    if _GOT.search(claim.passage.text[who.end : claim.at[0]]):
        return "recipient"
    head = claim.says((claim.sentence[0], claim.clause[0]))
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
