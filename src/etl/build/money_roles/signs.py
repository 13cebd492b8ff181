"""Constructions that show what a figure is: per unit, compared, revised, restated, aimed at, disposed of."""

from __future__ import annotations

import re

# 金额, 价值 and such stand for whatever the sentence is about: look past them.
_VALUE = (
    r"(?:援助|资金|款项|项目|协议|合同)?(?:总额|总值|总价值|总价|总造价|造价|总金额|金额|价值|价额|资金|款额|数额|总数|总计"
    r"|共计|合计|累计|总共|花费|耗资|折款|折价|折|款项|规模|总)"
)
_LEADS_TO_FIGURE = re.compile(
    rf"(?:{_VALUE}|约合|大约|约为|约达|约|将近|接近|近|高达|多达|达到|达成|达|共有|共|为|是|已|逾|超过|突破|超|至少|不少于|不低于"
    r"|不足|不到|最多|不超过|只有|仅有|仅|只|有|了|过|的|额|出|得|上|下|去|来|至|到|价|各|另|又|就|还|给|“|\(|\s|:)$"
)
# 每户200万越盾; 每口井花费4500万越盾
UNIT_LEAD = re.compile(
    r"(?:每|平均每|人均每)一?(?:[户间栋座人名位个只头台套件份例辆张条口所村校月季天日次车碗瓶吨棵株本册班组批家]"
    r"|公斤|学生|学员|家庭|受益者|平方米)[^,;。:]{0,10}$"
)
SAYS_EACH = re.compile(r"每|/")
# 每卖出一碗河粉,捐1欧元: a rate that nobody pays as such
PER_SALE = re.compile(r"每(?:卖|售|走|点|跑|转|生产|销|投|购|买|消费|完成|进|打|得)[^;。]{1,16}$")
PER_YEAR = re.compile(r"(?:年均|平均每年|每年平均|每年)[^,;。:]{0,12}$")
MEAN_GRANT = re.compile(r"平均每一?(?:笔|个|项)(?:援助|项目|捐款)?[^,;。:]{0,6}$")  # 平均每笔援助约9.8万美元
PART_OF_UNIT = re.compile(r"其中|[和及外与]一?[份个套]|另(?:加|有|赠|送)|以及一?[份个套]")
# 比2023年多9亿元
DIFFERENCE = re.compile(
    r"比[^,;。:]{1,16}?(?:多|少|增加|减少|增长|高|低|增|减|升|降|贵|便宜|多出|高出)(?:了|出|收|赚)?$"
)
# 比去年的198亿多近两成
BASE_BEFORE = re.compile(r"(?:比|较|相比|对比)[^,;。:]{0,14}$")
BASE_AFTER = re.compile(r"^(?:元|盾)?[^,;。:]{0,3}?(?:多|少|高|低|增长|增加|减少|下降|上升|翻|提高|降低)")
# 当地一间教室的造价约3亿越盾: what such a thing costs, nobody's gift
GENERAL_PRICE = re.compile(
    r"(?:当地|这里|市面上|如今|平均)一[间座口栋套台辆所艘条头][^,;。:]{0,8}的?(?:造价|成本|价格|价钱)[约为达近要需]{0,3}$"
)
# 从34亿越盾调整增至42.2亿越盾; 由30万欧元改为22万欧元
FROM = re.compile(r"(?:从|由|自|原来的?|原定的?)[^,;。:]{0,4}$")
TO = re.compile(
    r"^[^,;。]{0,12}?(?:增至|增加到|增加至|增到|调增至|调至|上调至|下调至|减至|减少到|减到|降至|降到|降为|改为|提高到|提高至|提升到"
    r"|升至|升到|上升到|扩大到|扩至|调整为|调整到|追加到|缩减至|缩减为|增为|变为|到|至)"
)
RESTATED = re.compile(r"^ ?(?:约|大约)?(?:相当于|折合|约合|折算|合计约合|折)(?:成|为)?(?:人民币|约|近|逾|超过)?$")
# 项目总经费30亿越盾,其中荷兰方面无偿援助24亿越盾
TOTAL_HEAD = re.compile(r"(?:经费|总投资|投资|预算|费用|造价|资金|总额|花费|花了|耗资)(?:约|近|为|达|共|逾|超过)*$")
HAS_AID_PART = re.compile(r"^[^;。]{0,14}?[,;(。]其中[^,;。]{0,24}?(?:无偿|援助|捐|资助|赞助|赠款|出资|出(?=约?[0-9]))")
# 该工程是赠送老挝人民的礼物,总投资1.11亿美元; 捐建两所幼儿园,总投资18亿越盾
COST_OF_GIFT = re.compile(
    r"捐建|援建|捐资|赠送|礼物|把[^,;。]{2,24}(?:交给|移交给|送给|赠给)"
    r"|(?:”|组织|基金会|协会|使馆|政府)[^,;。]{0,12}移交|捐赠|捐出|无偿援助|援助|资助"
    r"|(?:”|组织|基金会|协会)[^,;。]{0,12}为[^,;。]{2,30}(?:修建|建设|安装|改造|兴建|新建)"
)
TARGET = re.compile(r"力争|目标|争取(?!到|了|得|回|来)|(?:计划|拟|将|预计)(?:动员|争取|筹集|募集|引进|接收)|指标(?=:)")
TARGET_BEHIND = re.compile(r"^的?(?:原定|既定|年度|全年|预定)?(?:目标|指标|任务)")  # 远超650亿越盾的原定目标
TARGET_OF_SENTENCE = re.compile(r"目标:|外援目标|力争")
# 最后一笔稿费1,800万越盾,捐给了家乡的图书室
DISPOSAL = re.compile(
    r"^(?:元|盾)?[多余]?(?:左右|以上)?,?"
    r"(?:也|都|并|又|便|就|悉数|全数|如数|全部|全|一分不少地|一并|随即|随后|最终|最后){0,4}"
    r"(?:捐|存入|投了|投进|投入了?募|转交|转赠|送给|送到|寄往|寄给|交给|赠|献给|改作|汇往|汇给|凑给|留给|塞|拨作|用作救)"
)
# A sentence that opens so goes on with what was told before.
GOES_ON = re.compile(
    r"^(?:其中|分省看|分项看|具体|分别|包括|本批|这批|此外|另外|另有|另|同时|三笔|两笔|各笔|账本|依次|在此|该项目|项目|工程|此前"
    r"|前后|后者|还有|\|)"  # the next row of a table of gifts begins with |
)
# Words that tell of the world of aid without saying that a figure is aid.
DOMAIN = re.compile(
    r"非政府组织|民间组织|友好组织|友好协会|友联|红十字|慈善|基金会|善款|侨胞|外援|公益|孤儿|贫困|灾民|灾区|受灾|洪灾|抗疫"
    r"|[“「][^”」]{1,12}(?:[”」](?:组织|基金会|协会|慈善|志愿)|(?:基金会|协会|青年会|慈善会)[”」])|协力机构|开发署|开发银行|世界银行|驻[^,;。]{1,6}大使|全额出资|帮扶|留学生|大使馆|募捐"
)


def stem_end(text: str, start: int, stop: int) -> int:
    """Where the words that only lead to a figure begin: 援助总额达|950万 gives the place behind 援助."""
    at = stop
    for _ in range(8):
        lead = _LEADS_TO_FIGURE.search(text[max(start, at - 6) : at])
        if lead is None:
            return at
        at -= len(lead[0])
    return at
