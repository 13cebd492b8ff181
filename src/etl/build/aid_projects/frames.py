"""Sentence frames that give a phrase its role: 由X出资, X向Y捐赠, 来自X, 用于Y, 与X合作, 经X批准."""

from __future__ import annotations

import re
from collections.abc import Iterator

GIVE = (
    r"捐赠|捐助|捐建|捐献|捐资|捐款|捐出|捐了|捐|资助|赞助|援助|援建|援|赠送|赠予|赠与|赠|转赠|送上|送去|送来|送给|送到|送|拿出|凑出|凑了|凑|出资|拨付|划拨|拨款|拨出"
    r"|提供|承诺|认捐|募得|募集|筹得|筹集|筹款|投入|投下|捎来|颁发|颁|发放|支援|救助|垫付|垫了|追加|给予|开出|砸开|卖掉|义卖|登记捐款|汇来|寄来|再派|派"
)
CARRY = "争取|动员|执行|实施|开展|落实|合办|牵线|转交|协调|组织|部署|协助|调来|承办|完成|维持|募集|接收"
PEOPLE = (
    r"(?:商户|侨胞|师生|店主|学生|企业|企业家|集团|会员|朋友|友人|协会|基金会|基金|组织|机构|政府|大使馆|总领事馆|领事馆|联合会|委员会|社群|俱乐部|银行|公司|商会|分会"
    r"|省|市|县|方|国|会|同胞|个人|集体|财政|医生|先生|女士|家庭|教会|寺|团|队|地方|人士|居民|老人|越侨|部|署|局|摊主|人|者|员|校友|留学生|大学生|小学生|农户|阵线|厅|大学|学校|中心|学院|社|网友|读者|歌手|校)"
)
_PEOPLE_END = re.compile(PEOPLE + r"(?:\([^)]{0,40}\)?)?[”」》]?$")
_LEAD_WORDS = re.compile(
    r"^(?:其中|此外|另外|另|同时|目前|至今|今年以来|今年|去年|前年|明年|全年|近年来|近年|先后|期间|当时|随后|会上|并且|并|还|也|又|而|则|但|因此|如今|在此基础上|与此同时|到目前为止|来自|由|经|受|把|将|是|为|同|与|和|据悉|据了解|据介绍|日前|近日|最近|当天|当日|本月|上月|每年|每月|每|现|已|一位|共|全部|都|均|在|以及|及|的|了|其|该项目|项目|,|、|\s|“(?=[^”]*$))+"
)
_TAIL_WORDS = re.compile(
    r"(?:已|将|共|又|还|也|再|先后|合计|累计|一次性|无偿|另外|当场|今年|去年|方面|每年|此前|曾|都|均|就|便|一直|继续|联合|分别|各|总共|直接|主动|自愿|的|等|,|、|\s|则|只|今后|三年|五年|托他们|出面|上|们也)+$"
)
_SAID = re.compile(r"^[^,;。:]{0,18}?(?:表示|介绍说|介绍|指出|说|透露|汇报|强调|宣布|称)[,:]?")
_DATE = re.compile(
    r"^(?:自|从|在|于|至|截至)?(?:\d{1,4}|[一二三四五六七八九十]{1,3})(?:年|月|日|号|时)[^,;。:一-鿿]{0,4}(?:(?:\d{1,4}|[一二三四五六七八九十]{1,3})(?:年|月|日|号|时)|上午|下午|晚上|晚|期间|阶段|以来|起|底|初|至|前|后|任期内|度|财年|之间|来)*"
)
NOT_WHO = re.compile(
    r"^(?:项目|工程|资金|总额|金额|价值|善款|款项|物资|计划|活动|他|她|他们|她们|我|我们|双方|两国|各方|此|这|该|援助|优先|重点|主要|部分|困难|多个|各类|国内外|一笔|首批|第.批|这笔|本批|这些|所有|有的|每|人民|社会|经济|任务|工作|如下|前提|基础|同|方面)"
)


def clean(who: str) -> str:
    """The bare phrase: without the words that lead in (其中, 8月14日, X说) or out (已, 合计, 先后)."""
    for _ in range(4):
        shorter = _SAID.sub("", who) if len(who) > 10 else who
        shorter = _DATE.sub("", _LEAD_WORDS.sub("", shorter))
        shorter = _TAIL_WORDS.sub("", shorter).strip(" ,、;:")
        if shorter == who:
            break
        who = shorter
    return who


def is_somebody(who: str) -> bool:
    """Whether a phrase can give or carry: it ends like the name of people, bodies or places."""
    return 2 <= len(who) <= 40 and not NOT_WHO.match(who) and _PEOPLE_END.search(who) is not None


def matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Spans of the group `who` wherever the pattern stands, cleaned and not empty."""
    for hit in pattern.finditer(text):
        start, end = hit.span("who")
        said = text[start:end]
        bare = clean(said)
        if bare:
            at = said.find(bare)
            yield start + at, start + at + len(bare)
