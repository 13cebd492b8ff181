"""Noun phrases of a clause: its subject, and whether a phrase names somebody who can give, carry out or receive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl import lookups
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.patterns import on_use, one_of

_PEOPLE = (
    r"餐厅|餐馆|饭店|酒楼|酒家|茶馆|超市|商店|商户|侨胞|师生|店主|学生|企业家|企业|集团|会员|朋友|友人|协会|基金会|组织|机构|政府|大使馆|总领事馆|领事馆|使馆|联合会|委员会|社群|俱乐部|银行|公司|商会|分会"
    r"|同胞|个人|集体|财政|团体|社团|商团|医生|先生|女士|家庭|教会|寺院|团队|代表团|工作组|人士|居民|老人|越侨|摊主|作者|志愿者|成员|校友|农户|阵线|大学|学校|中心|学院|网友|读者"
    r"|太太|奶奶|爷爷|大爷|大妈|阿姨|夫人|姑娘|小姐|华商|侨商|台商|商家|商贩|侨领|[侨商业艺教]界|侨团|侨眷|该[道府州乡社村]|知事|市长|州长|总领事|议长|议员|参赞|总裁|商人"
    r"|老兵|员工|议会|财团|自治区|自治道|特别自治道|工会|会馆|善堂|教友|信徒|村民|乡民|市民|民众|百姓|农民|渔民|渔户|工友|车主|房东|司机|导师|同学|校长|老板|店东"
    r"|小组|咨询组|合作社|互助社|联盟|义诊队|医疗队|各界|各地|王室|皇室|大区|(?<=[一-鿿]{2})州|专区|军区|军人|官兵|检察院|法院|诊所|书店|剧院|剧团|乐团|球队"
    r"|粮商|厂商|茶商|厂|寺|道观|佛堂|功德会|们|一行人|一行"
    r"|信托|师傅|[观听公]众|[药商粮米车洋]行|部门|[欧东非]盟|(?<=[一-鿿]{3})基金|(?<=”)基金|国务院|学院|研究院|科学院|议院|[车药房央国民外粮茶]企|船长|机长|军方|军队|部队|王家军|警方|海关|边防|网络|平台|教区|教堂|道场|精舍|同乡|[省市县乡村]里|[校院馆园厂社]方|(?<=[该本])[馆署园行]|(?<=[日韩德法美英泰港外])商|[侨牙军兽]医|人民|伙伴|(?<=[一-鿿]{3})组|(?<=\d)[旅师团营连]"
    r"|理监事|省区|(?<=[一-鿿]{2})代表|[省市县郡乡区]委|[游旅乘茶]客|[理监董干]事|护士|[工程设计厨律摄园理]{1,2}师|[博院修硕]士|律师|[医药技]师|领袖|领导人?|总统|首相|国王|总理|舰艇?|海军|空军"
    r"|[世亚]行|(?<=[省市县区州妇侨文工友商残])联|国际|歌手|地方|省|市|县|郡|方|国|会|财政部|部|厅|局|署|(?<!官)司|(?<=[兵军民])旅|(?<=[会联])系统|(?<![举开主承协包兴创筹置])办|人|者|(?<!动)员|团|队|家|社|校|处|单位"
    r"|乡亲|妇女|夫妇|一家|兄弟|姐妹|老师|教师|教授|修女|僧人|信众|球迷|职工|工人|干部|战士|医院|报社|电视台|寺庙|[商店]号|(?<=[本港澳当])民间|圣座|圣会"
)
_SURNAMES = (
    "陈林黄张李王吴刘蔡杨许郑谢郭洪曾邱廖赖徐周叶苏庄吕江何萧罗高潘简朱钟彭游詹胡施沈余赵卢梁颜柯翁魏孙戴范"
    "方宋邓杜傅侯曹薛丁卓马阮黎武裴段冯董金陶石关尹朴崔郝龚程邹熊白秦尤韩唐蒋贾夏汪田任姜谭陆姚欧饶温俞雷倪"
)
# 企业家范友辉: a title and a name of two to four characters.
_TITLED = (
    r"(?:企业家|商人|教授|医生|博士|会长|理事长|董事长|总经理|老师|导演|歌手|演员|作家|院长|校长|侨领|越侨|华侨|华人|老人|女孩|男孩|女童|学生|同学|患者|病人|孤儿|青年)["
    + _SURNAMES
    + r"](?:(?![的和与及等])[一-鿿·]){1,3}"
)
# 日本友人佐藤健一, 僧人释明心: what somebody is, and a name of any country.
NAMED_ONE = (
    r"(?:友人|僧人|法师|修女|神父|牧师|侨领|老兵|商人|企业家|教师|医生|船长|教授|博士|工程师|画家|作家|歌手|摄影师|厨师|侨胞|华侨|华商)"
    r"[一-鿿·]{1,5}(?<![班款费金工程目训活动院校室奖士的等们会组队])"
)
_ENDS = on_use(
    rf"(?:{_PEOPLE}|{_TITLED}|{NAMED_ONE}|(?<![A-Za-z0-9])[A-Z][A-Za-z]{{2,12}})(?:\([^()]{{0,40}}\))?[”」》]?$"
)
_PREFIX = on_use(rf"^[^,;:]{{0,24}}?(?:{_PEOPLE})[”」》]?(?=的|每|$)")
_NOBODY = on_use(
    r"^(?:此?前[一二两三四五六七八九十\d]{1,3}[届次期批]|邻国|远方|友邦|各国|他国|项目|工程|资金|总额|金额|价值|善款|款项|物资|计划|活动|援助|优先|重点|主要|部分|困难|多个|各类|国内外(?!\d|的?(?:组织|企业|机构|人士|各界|热心|慈善|团体|友人|个人|侨胞|同胞|爱心|善心|捐|单位|朋友|政府))|首批|第.批|这笔|本批|这些(?!组织|机构|企业|单位|公司|团体|协会)|所有|有的|任务|工作|如下|前提|基础|方面|相当|累计|一笔|数额|总值)"
    r"|(?:项目|工程|计划|资金|款|金额|仪式|活动|会议|任务|机会|社会|家家|大家|国家|合同|协议|双方|比赛|义演|(?:音乐|晚|运动|展览|博览|座谈|研讨|招待|演唱|茶|联欢|(?<!文化)交流|见面|拍卖|年|总结|纪念)会)$|^\d+(?![\d,]*(?:多|余)?(?:个|家|名|位|户|所|人(?![次均民])))|^[约逾近超]"
)
# Whole, these name nobody: 一家 that no noun follows, or words that carry a place, a sum or an opened quotation along.
_NO_NAME = on_use(
    r"^(?:它|[都均全皆则便就也](?:由|是)|费用由|款项由|经费由)|^(?:国际|全国|[一二两三几数\d]+[家位名个方所座间户栋条处项]|这家|那家|随团|同行|一起|大方|[^“]{0,40}”.*|“[^”]*)$"
    r"|^(?:来到|走进|赶到|抵达|翻[开阅]|打开|驶[出入往]|通过|经由|拜会|会见|会晤|访问|走访|参加|出席|根据|按照|依照|帮助|支持(?!者|方)|吸引|接收(?!方|单位|者)|获得|引进|惠及|面向|覆盖|用于|用来|用以|直至|直到|截至|截止|投向|流向)"
    r"|^(?:送[到往给]|汇[往给到]|寄[往给到]|运[往抵到]|交到|交给|拨给|捐给|用于|到|于|在(?![一-鿿]{1,2}(?:越|中|日|韩|台|侨|华|留学|外))|为|给|向|对(?!岸)|把|将(?![军领士])|由|从|因|被|让|系|经(?![济贸理营纪])|自(?!由|贡|治|然|力)|以(?!色列|马)|[^,]{0,20}?\d[\d.,]*[多余]?[百千万亿]+(?:元|美|欧|日|越|英|港|人民|新))"
    r"|(?:签署|部署|全部|局部|内部|干部会|结局|格局|[^从]不|没|未)$|^(?:有关|相关|主管|职能|各)?部门$|^(?:原先|原本|起先|起初|最初|早先|事后|事先|往年|历年|连年)"
    r"|[一-鿿]{3,}\s+[一-鿿]"  # the words of a headline
    r"|^(?:优惠|无偿|低息|无息|免费|自筹|配套|其他|其它|实物|现金)$"
    r"|^[上下本每]?(?:学期|学年|年度|季度)|^[一二两三四五六七八九十几数\d]+(?:回|次|批|笔|项|期|轮|年|月|天|日|件|份|套|台|辆|成)$"
)
_LEAD = on_use(
    r"^(?:[一二两三四五六七八九十\d]+[笔项批](?=外国|国际|境外|国外)|此行|此次|这次|此番|由于|因为|报告期内|期内|单是|光是|仅是|仅(?=[“A-Z]|[^,;:]{2,24}一家)|尤其是|还有|另有|再就是|则是|悉数|其余(?!的)|(?:该|本)?(?:项目|工程)?(?:使用|利用|借助)(?:了|由)?|其中|当中|加上|连同|外加|此外|另外|另|同时|目前|至今|今年以来|今年|去年|前年|明年|全年|近年来|近年|新一年|新年度|下一年度|来年|先后|期间|当时|随后|会上|会后|此后|其后|之后|后来|后(?=[归由])|仪式上|仪式后|并且|并|还|也|又|而|则|但|因此|如今|在此基础上|与此同时|到目前为止|据悉|据了解|据介绍|日前|近日|最近|当天|当日"
    r"|本月|上月|下月|每年|每月|现|已有|已|共有|有|全国(?=已|共|有)|近|最大的是|最小的是|单笔最大的是|单笔最小的是|来自|是|按照合同|根据协议|(?:[一二三四五六七八九十两]+|\d+)年[间来]"
    r"|[一二三四五六七八九十]+年来|,|、|\s|\)|(?<=报)讯|[\[(【][^\])】]{1,16}[\])】](?:\s*-)?|[一二三四五六七八九十]{1,3}、|\(\d{1,2}\)"
    r"|\d{1,2}[.、)](?!\d)|[-–—•●▪*·]|[^,;:]{2,14}?\d{1,2}日[电讯](?![汇话])(?:\([^)]{0,20}\))?|越通社[^,;:]{0,8}——)+"
)
_DATE = on_use(
    r"^(?:自|从|在|于|至|截至|早在)?(?:\d{1,4}|[一二三四五六七八九十]{1,3})\s?(?:年|月|日|号|时)(?:[-—至到])?(?:(?:\d{1,4}|[一二三四五六七八九十]{1,3})\s?(?:年|月|日|号|时)|上午|下午|晚上|晚|中午|期间|阶段|以来|起|底|初|前|后|任期内|度|财年|之间|来|[-至到])*"
)
_SAYS = on_use(
    r"^[^,;:]{0,30}?(?:表示|介绍说|介绍|指出|说|透露|汇报说|汇报|强调|称|回忆|报道|提醒|坦言|呼吁|建议|补充|告诉记者|认为|证实|致辞|致谢|统计|显示|列明)(?:[,:]|$)"
)
_TELLS = on_use(r"[^,;:“]{2,24}?(?:宣布|透露|表示|介绍说?|指出|证实|称|说)")
_BREAK = on_use(
    r"(?<=[会府部厅局院校司团署馆　])会同"
    r"|向|给(?!予)|为|应对|(?<![一两几应面])对|把|将(?![军领士])|从|由|在|以(?!及)|受(?![灾害助伤困益访众])"
    r"|(?<!·)托|每|已|共(?!同)|又|还|也|曾|先后"
    r"|另(?!一)|合计|累计|第[一二三两四五六七八九十\d]{1,2}[次回趟]|首次|头一[次回]|一次性|分文|经(?!济|费|贸|理|营|纪|销|历|典|络|书)|于|只|就|(?<![方顺简即随以])便|再|(?<![首古故])都|均|自愿|主动|联合(?!会|国)"
    r"|继续|正(?![教义大定])|分别|一道|与|和|同(?![胞乡学仁事志行盟业济善心])|及|连续|今年|去年|前年|总共|捎|看望|走访|探访|探望|巡诊|视察|分(?:[两三四]?路|[成为作]?[一两二三四五六七八九十\d]{1,2}[组批队拨](?![长员]))"
    r"|兵分|致送|致赠|出面|登记|砸|"
    r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})(?:年|月)(?:\d{1,2}日)?|来自|出自|全部|所费|单独|独自|独力|分头|冒雨|冒着|走到|一早|当即|立即"
    r"|立刻|合力|一口气|特意|专程|连夜|陆续|断断续续|临走|走进|转往|折向|转赴|奔赴|驱车|带着|带领|率(?=团|队|领|众|一)|用(?=[^,;:]{2,20}?(?:捐|赠|资助|援助|提供|拨))"
    r"|[通透]过|藉由|借由|凭借|经由|得知|闻讯|回赠|说|表示|亦|自发|(?<![规原准法])则|除(?![夕草湿臭害])|(?:\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个)?(?:小时|天|日|星期|分钟|周|月|年)(?:内|之内|后|间|来)"
    r"|(?:批准|同意|答应|核准)(?=向|给|为|对|提供|拨|资助|援)|赴|访问|前往|前来|赶来|远道|临走|临行|转到|来到|到达|走访|赶到|飞赴|返回|回到|开赴|途经|路过"
    r"|到(?=　|省|[一-鿿]{2,10}(?:医院|学校|小学|中学|卫生站|孤儿院|村|乡))|抵达|运抵|送抵"
    r"|驶[过入往出]|翻[开阅]|打开(?!门)|刚(?:刚|才)"
    r"|力争|(?:根据|按照|依照)(?=[^,;:])|选中|挑中|选定|提出|因此|因而|从而|转来|变卖|义卖(?!会|活动|所得|款)|出席|参加|会见|占(?![族婆城巴])|是|有(?!关|限)"
    r"|到(?=[一-鿿]{2,4}[省市县州])|:|,|\(|(?<![发引掀兴])起|年均|前后|成功|积极|去|来访|(?<![该一个此项])计划(?!署|和投资|投资)|拟|决定|宣布|希望|(?<!志)愿"
    r"|方面|随(?=[^,;:]{2,14}?(?:来到|前往|抵达|赶到|走访|走进|赴|访|到))|随即|随后|当场|自(?=\d{4}年|[去今前]年)|骑(?=自行车|摩托|单车|马)|乘(?=车|船|飞机|专机|坐)|坐(?=车|船|飞机|火车)|步行|徒步|背着|扛着|提着|得以|蹚|踏着|顶着|免费|一笔(?=捐|拨|拿|出|汇)|奉(?=[^,;:]{2,20}之命)|通知|致函|中标"
)
_TAIL = on_use(
    r"(?:[这那][间座栋所条口台]|(?<=[会织团署金府社”队司行院馆组])一家|自己|自身|本身|自行|亲自|亲手|全额|悉数|如数|仍然?|现|尚|(?<=[民人会员方府])也|的|等|以及|及|和|与|同|、|\s|,|日前|近日|最近|刚刚|正式|已|今年|去年|昨日|今日|于|上周|本周|当天|随后|亦|各|均|约|近(?!代)|逾|(?:\d{1,2}月)?\d{1,2}日(?:[上下]午)?)+$"
)


AND = on_use(r"[省市县]?(?:和|与|及|、|以及)")  # between two names said in one breath: 莱州、老街
_PREPOSITIONS = "向给对把将由从"
_PRONOUN = on_use(
    r"[他她](?!国|们?的(?![“]))们?|它(?=又|再|还|已|则|曾|便|就|拿|捐|赠|送|出资|资助|拨|向|给|为|承诺|追加|提供|援)|我们(?!的)|咱们|我[会馆校团社方](?![一-鿿]?[“])"
)
# What stands before the head of a noun phrase: 合作了十五年的|英国地雷咨询组, 由一对教师发起的|“莱茵河”小组.
_RELATIVE = on_use(
    r"(?:合作|共事|相识|结缘|结好|曾|长期|常年|多年|住在|家住|远在|身在|总部|总社|注册|驻在|位于|设在|来自|地处)[^,;:的]{0,24}的(?=[^,;:的]{2})"
    r"|在[^,;:的]{2,14}?(?:工作|任教|学习|留学|经商|生活|居住|做生意|打工|务工|供职|服务|执教|创业|定居|设厂|办厂|投资|运营|开店|落户|经营|求学|留学)(?:[和、][一-鿿]{2,3})?的(?=[^,;:的]{2})"
    r"|在[一-鿿]{2,5}(?<![近远地处里中])(?<!境内)(?<!国内)的(?=[^,;:的]{2})"
    r"|(?:同行|随行|随团|到访|来访|参访|与会|出席会议){1,2}的(?=[^,;:的]{2})"
    r"|(?:受|遭|遭受|饱受|深受|因)[^,;:的]{1,14}?(?:侵袭|影响|破坏|袭击|重创|灾|之苦|肆虐|冲击|受损|摧毁)的(?=[^,;:的]{2})"
    r"|由[^,;:]{2,30}?(?:发起|创办|创立|创建|组成|组建|牵头|成立|领导|凑份子)[^,;:的]{0,12}的(?=[^,;:的]{2})"
)
# 一家|起初答应资助养殖户的|荷兰基金会: one of a kind, told apart by what it did.
_ONE_WHO = on_use(r"[一两三四五六七八九十几多数](?:家|位|名|对|个|群|所|间|支|批)[^,;:]{2,30}的")
_PRICED = on_use(r"\d[\d.,]*[多余]?[万亿千百]{0,3}[多余]?[一-鿿]{1,5}(?<=[元盾币镑郎铢吉朗普比泽特索])的$")
_TOLD = on_use(r"自称|人称|名叫|设在|设于|位于|总部|不愿|不肯|不具名|匿名|曾|姓|已|在|退休")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a line that name somebody or something."""

    line_no: int
    start: int
    end: int


# 组织 is what the union does, and what 非营利组织 and 粮农组织 are.
_BODY_WORDS = {
    "购": r"(?!(?<=[采收选]购)[和与及、由])",
    "发出": r"(?!通知|邀请|呼吁|号召|倡议|警|信号|声明)",
    "援": r"(?<![救支声增外驰]援)",
    "转到": r"(?<=[数元盾金款蓄]转到)",
    "出": r"(?=(?:了|约|近|逾)?\d)",
    "组织": r"(?<![利府际间善助农卫贸教援]组织)"
    r"(?![给向为在将把和与及,;:的、()\d”]|已|年|共|今|签|捐|资助|提供|承诺|表示|$)",
}


# 人民援助会, 救援中心, 资助方: the verb is part of what somebody is called.
_IN_NAMES = frozenset(
    [
        "援助",
        "救助",
        "资助",
        "出资",
        "供资",
        "支援",
        "救济",
        "捐赠",
        "捐助",
        "慰问",
        "赞助",
        "帮扶",
        "援",
        "发放",
        "接济",
        "捐",
        "赠",
    ]
)
_NO_NAME_ENDS = (
    r"(?![方者署国局](?![一-鿿]?[内中部])|会(?![议上场计])|机构|组织|基金会|中心|委员会|协会|联盟|网络|[分小]?队)"
)


@cache
def verb_pattern() -> re.Pattern[str]:
    guards = _BODY_WORDS | {word: _BODY_WORDS.get(word, "") + _NO_NAME_ENDS for word in _IN_NAMES}
    return one_of((row["word"] for row in lookups.rows("aid_verbs")), guards)


@cache
def verb_subject() -> dict[str, str]:
    """The part that the subject of each verb plays: donor, implementer or recipient."""
    return {row["word"]: row["subject"] for row in lookups.rows("aid_verbs")}


_TRUSTS = on_use(r"(?<=[会社团署馆])委?托(?=[省市县乡越当])")  # 协会|托省红十字会: two names, not one
_QUOTED_NAME = on_use(r"“[^“”,;:。!?]{2,14}”")  # “全球援助伙伴”: no verb


def masked(page: Passage, span: Span, scope: Scope) -> str:
    """The words of a span with every name in it blanked, so that no verb is found inside a name."""
    text = list(page.text[span[0] : span[1]])
    names = [(a.char_start, a.char_end) for a in scope.actors(page.line.line_no, span) if a.entity_type != "group"]
    names += [(p.char_start, p.char_end) for p in scope.places(page.line.line_no, span)]
    names += [hit.span() for hit in _QUOTED_NAME.finditer(page.text, *span)]
    for start, end in names:
        start += page.text[start] in _PREPOSITIONS
        if (trusts := _TRUSTS.search(page.text, start, end)) is not None:
            end = trusts.start()
        text[start - span[0] : end - span[0]] = "　" * (end - start)
    return "".join(text)


_LONGEST_NAME = 14  # characters from the end of a phrase within which a quoted name would close


def trimmed(page: Passage, start: int, end: int) -> Span | None:
    """A span without the words that lead in (其中, 8月14日) or hang on (等, 的)."""
    text = page.text
    dash = text.rfind("——", start, end)
    if dash >= 0 and not text[dash + 2 : dash + 3].isdigit():  # 把积蓄——200万日元交给: the dash explains
        start = dash + 2
    closed = text.rfind(")", start, end - 1)
    if closed >= 0 and "(" not in text[start:closed]:
        start = closed + 1  # 农业与农村发展部(以下简称农业部)|林业局
    speech = text.rfind("“", start, end)
    if speech >= 0 and "”" not in text[speech : end + _LONGEST_NAME]:
        start = speech + 1  # 写道“谅山省医疗站, “他们送来的…: the speech begins before the phrase and ends behind it
    while start < end:
        lead = _LEAD.match(text[start:end]) or _DATE.match(text[start:end])
        if lead is None or not lead[0]:
            break
        start += lead.end()
    tail = _TAIL.search(text[start:end])
    if tail:
        end = start + tail.start()
    return (start, end) if end - start >= 2 else None


_STARTED = on_use(r"[^“「]{0,10}(?:启动|发起|举办|开展|推出|实施|执行|主题|名)[为的]?[“「]")
_SCHEME = on_use(r"(?:该|这一|这个|此)(?:项)?(?:计划|行动)")
# 芒街方面曾给东兴送来: a side, whether its place is known or not; a field of work (救灾方面) is none.
_OF_THE_PEOPLE = frozenset(
    [
        "援助",
        "外交",
        "友好",
        "委员",
        "政府",
        "议会",
        "法院",
        "军队",
        "代表",
        "对外",
        "工作",
        "币元",
        "团结",
        "协会",
        "阵线",
    ]
)
_SIDE = on_use(
    r"(?!其他|教育|医疗|经济|文化|卫生|技术|资金|人力|农业|环境|[救减扶防排各多两三这另该一])[一-鿿]{2,6}方面"
    r"(?=(?:曾|也|还|已|则|又|再|随后|当即)*(?:向|给|为|把|将|捐|赠|送|出资|资助|援助|提供|支援|承担|承诺|负担))"
)


def is_somebody(page: Passage, start: int, end: int, scope: Scope) -> bool:
    """Whether the phrase ends in a name or in a word for people or bodies."""
    said = page.text[start:end]
    if said in scope.quoted_bodies or said in scope.aliases:
        return True
    if said[:1] == "在" and any(a.char_start == start + 1 for a in scope.actors(page.line.line_no, (start, end))):
        start, said = start + 1, said[1:]  # 在|澳大利亚政府援助的300万中
    if not 2 <= len(said) <= 45 or _NOBODY.search(said) or _NO_NAME.search(said):
        return False
    no = page.line.line_no
    if any(a.char_end == end for a in scope.actors(no, (start, end))):
        return True
    if _cuts_a_name(page, start, end, scope):
        return False
    if _SCHEME.fullmatch(said):
        return True
    if said.endswith("人民") and page.text[end : end + 2] in _OF_THE_PEOPLE:
        return False  # 人民|援助, 人民|外交
    if said.endswith("方面") and _SIDE.match(page.text, start):
        return True
    if said in scope.quoted_schemes and said.strip("“”") not in scope.quoted_bodies:
        return False  # “山花”项目: what is done, and by nobody of that name
    if re.fullmatch(r"[一-鿿]{0,12}[“「][^”」]{2,12}[”」](?:\([A-Za-z ]{2,16}\))?", said):
        if re.match(r"(?:计划|项目|工程|活动|奖学金|基金|募捐|捐款|运动|晚会)", page.text[end:]):
            return False
        if re.match(r"[援助]?[^,;:“]{0,4}?(?:募捐|义卖|劝募|筹款|行动|募集|募款)", page.text[end:]) or _STARTED.match(
            said
        ):
            return False  # 启动的“一罐奶粉”援古募捐: what was started, and by nobody named
        return not re.search(r"(?:计划|项目|工程|活动|奖|屋|牛)[”」]$", said)  # “关爱国际”在两省执行
    if any(p.char_end == end for p in scope.places(no, (start, end))):
        return True
    return _ENDS.search(said) is not None


def _cuts_a_name(page: Passage, start: int, end: int, scope: Scope) -> bool:
    """县农村|建设项目管理委员会: whether a phrase ends inside a body's name. Before its bracket it may."""
    if page.text[end : end + 1] == "(":
        return False
    return any(
        start <= a.char_start < end < a.char_end and a.entity_type == "organization"
        for a in scope.actors(page.line.line_no, (start, end + _LONGEST_NAME))
    )


# What is given, paid, built, held or counted: no party, whatever verb follows.
_THINGS = on_use(
    r"(?:生活|学习|就业|医疗|住宿|膳食|物资|物品|药品|药械|药|设备|器材|用品|试剂|口罩|防护服|大米|粮食|食品|方便面|棉被|棉衣|书|图书|课本|教具|文具|书包|电脑|车|床|机|仪|器|牛|羊|种|苗|礼品?|礼物|奖品"
    r"|善?款|钱|金|资|费|经费|费用|额|值|价|数|量|开销|账单|收入|所得|积蓄|工资|预算|补贴|补助|奖学金|助学金|贷款|援助|捐赠|捐款|资助|支持|帮助"
    r"|项目|工程|计划|活动|仪式|典礼|会议|大会|座谈|比赛|晚会|协议|合同|备忘录|方案|任务|工作|服务|手术|义诊|培训|课程|行动|运动|号召|倡议"
    r"|发票|票据|收据|账目|回执|名单|名册|线|站点|厂房|机场|港口?|桥|路|井|渠|塘|房|屋|楼|舍|室|校舍|教室|厨房|厕所|水站|工地|设施|建筑|仓库|账户|支票|牌|名额|份额|缺口|需求|损失|灾情|台风|洪水|地震|疫情"
    r"|年|月|日|时|天|周|期间?|阶段|当时|目前|此前|之后|以来|以后|之前|上|下|中|里|内|外|间|后|前|底|初|末|旬"
    r"|批|次|笔|份|件|台|辆|套|条|只|头|吨|箱|顶|面|张|(?<!军)种|项|回|趟|轮|成|半|倍|率|比重|比例|方面|情况|消息|报道|结果|原因|意义|作用|造册|登记|施工|采购|运输|验收|审核|分发|发放|安装|监理|翻译|统计|清关|培育|机会|条件|关系|友谊|合作|交流)$"
)
_LOOSE = on_use(
    r"[\d%,;:。()]|^(?:直至|直到|截至|[一两三四五六七八九十几]+(?:项|笔|批|次|件|台|辆|套|份|天|年|个月)|这|那|其|各(?![省市县郡乡社村])|每|有|无|不|没|再|仅|只|光|单|共|总|约|近|逾|超|另|还|也|又|都|均|已|将|曾|正|把|被|向|给|为|从|自|到|往|在|于|按|据|经|由|与|和|同|及|或|而|但|并|且|则|若|如|虽|因|所|之|的|是|钱|款|实际|活动|一分|全数|悉数|如数|顺带|顺便|特地|一度|三度|两度|再度|多次|首次|随后|当|临|最|更|较|尤|主要|同样|同时|除|陆续|逐年|逐步|大约|至少|至多|不少|不足|不到|如今|其中|其余|剩下|余下|当中)"
    r"|^(?:需要|需(?!求)|须|必|值得|令人|关于|对于|鉴于|基于|不过|然而|尽管|无论|只要|正如|正因)|[万亿]|[元盾铢]$|[地晚晨午]$|[“「][^”」]*[”」]$|[靠凭占超逾]$"
)


_NUMBERED = on_use(r"^第\d{1,3}(?=[一-鿿]{2})")  # 第12集团军
_BRACKETED = on_use(r"\([^()]{1,16}\)$")  # 歌尔科技(越南)


def may_be_party(page: Passage, start: int, end: int, scope: Scope) -> bool:
    """Whether the phrase may name somebody where a construction already says that it gives or gets.

    Names and kinds of people are without number: what is no thing, time or measure passes.
    """
    if is_somebody(page, start, end, scope):
        return True
    said = _NUMBERED.sub("", _BRACKETED.sub("", page.text[start:end]))
    if not 2 <= len(said) <= 22 or _LOOSE.search(said) or _NOBODY.search(said) or _NO_NAME.search(said):
        return False
    if _THINGS.search(said):
        return False
    if any(p.char_end == end for p in scope.places(page.line.line_no, (start, end))):
        return False  # of a place the stricter look has said no
    bare = masked(page, (start, end), scope)
    return verb_pattern().search(bare) is None and _BREAK.search(bare) is None


_RECEIVERS = (
    r"民|户|生|童|儿|孩子|子女|同胞|众|患者|孤寡|学子|乡亲|遗属|病友|亲属|家属|家长|亲人|烈士|病人|伤员|对象|群体|弟|妹|母亲|父亲|长者"
    r"|小学|村小|中学|国小|国中|初中|高中|附小|附中|幼儿园|托儿所|学堂|隔离点|教学点|服务点|[供取]水点|医疗点|义诊点|托儿点|日托点|省份|县份|社会保障活动|保障工作|村里|乡里|县里"
    r"|公寓|一带|两地|对岸|邻省|邻县|[园院站村]长|[械语文木理化工电史法医数学]系|(?:烧伤|[儿外内产眼骨]|急诊|康复|心脏|肾病?|口腔|放射|检验|重症|肿瘤|心血管)科|车间|病房|基地|农场"
    r"|越[北中南]|中部|北部|南部|西原|沿海|区|乡|村|镇|州|坊|屯|寨|岛|地|边境|市郊|家乡|海岸|高原|平原|三角洲|流域|沿线|沿岸|海域|群岛|首都"
    r"|院|馆|所|站|室|园|部|库|店|场|堂|班|桥|路|井|楼|房|屋|宅|渠|窖|厨|床位|校舍|宿舍|水库|水厂|作坊|食堂|基金|奖学金|图书|语角|茶园|林|墓|碑|塔"
)
# Whose they are, the words do not say: the place is the better answer.
_ANY_WORKS = on_use(
    r"(?:图书[馆室]|操场|屋顶|水渠|桥梁?|公路|道路|村路|水井|房屋|住房|校舍|食堂|厨房|宿舍|水厂|泵站|电站|教室|浴室)"
)
_RECEIVES = on_use(rf"(?:{_RECEIVERS})(?:\([^()]{{0,40}}\))?[”」》]?$")


def can_receive(page: Passage, start: int, end: int, scope: Scope) -> bool:
    """Whether the phrase names somebody, people, a place, a house or works that aid can go to."""
    if is_somebody(page, start, end, scope):
        return True
    said = page.text[start:end]
    if not 2 <= len(said) <= 45 or said.count("“") != said.count("”"):
        return False
    if _ANY_WORKS.fullmatch(said) or said.startswith(("用于", "用来", "专用")) or _cuts_a_name(page, start, end, scope):
        return False
    # 从柬埔寨返回的|200户越南家庭: a relative clause may begin with any word.
    return not _NO_NAME.search(said.rpartition("的")[2]) and (
        _RECEIVES.search(said) is not None or (said[0] in "从在因受由遭被" and _ENDS.search(said) is not None)
    )


def cut(page: Passage, phrase: Phrase, scope: Scope) -> Phrase:
    """A phrase up to the first verb, preposition or adverb in it: 平阳省康复中心|添置器材."""
    end = _break(page, phrase.start, phrase.end, masked(page, (phrase.start, phrase.end), scope), scope)
    span = trimmed(page, phrase.start, end)
    within = scope.places(phrase.line_no, (phrase.start, phrase.end))
    place = next((p for p in within if p.char_start == phrase.start), None)
    if span is None or span[1] < phrase.end or place is None:
        return Phrase(phrase.line_no, *span) if span else phrase
    # 岘港机场|二恶英处理项目: the place that leads in, with what is there.
    ends = (e for e in range(phrase.end - 1, place.char_end, -1) if can_receive(page, phrase.start, e, scope))
    return Phrase(phrase.line_no, phrase.start, next(ends, phrase.end))


def subject(page: Passage, clause: Span, scope: Scope) -> Phrase | None:
    """Who a clause is about: its first phrase, up to the first preposition, adverb or verb."""
    key = page.line.line_no, clause
    if key not in scope.subjects:  # the claims of one line ask the same, one after the other
        scope.subjects[key] = _subject(page, clause, scope)
    found = scope.subjects[key]
    return None if found is None else Phrase(page.line.line_no, *found)


# 足迹遍及九个省市,累计投入18亿: where somebody has been is nobody that acts
_TRACES = ("足迹", "脚步", "身影", "行迹", "行踪", "脚印")


def _subject(page: Passage, clause: Span, scope: Scope) -> Span | None:
    text = page.text
    start, stop = clause
    said = _SAYS.match(text[start:stop])
    if said:
        start += said.end()
    elif told := _TELLS.match(text[start:stop]):
        at = start + told.end()
        no = page.line.line_no
        starts = [a.char_start for a in scope.actors(no, (at, stop))]
        if at in starts + [p.char_start for p in scope.places(no, (at, stop))]:
            start = at  # 丹麦大使宣布|丹麦政府出资
    span = trimmed(page, start, stop)
    if span is None:
        return None
    start = span[0]
    if text.startswith(_TRACES, start):
        return None
    if page.text[start : start + 3] in ("他的“", "她的“"):
        start += 2  # 他的“小书包”协会为学校添了两间教室: the body, not its founder
    pronoun = _PRONOUN.match(page.text, start + (page.text[start] == "“"), stop)
    if pronoun:
        return pronoun.span()
    start = _head(page, start, stop, scope)
    bare = masked(page, (start, stop), scope)
    if verb_pattern().match(bare):
        return None
    if _BREAK.match(bare) and bare[0] not in "和与及同":
        return None
    end = _break(page, start, stop, bare, scope)
    # 波兰和捷克两国的越南商户: names joined by 和 go on.
    while end < stop and text[end] in "和与及、" and _joins(page, end, stop, scope):
        end = _break(page, end + 1, stop, masked(page, (end + 1, stop), scope), scope)
    span = trimmed(page, start, end)
    if span is None:
        return None
    if is_somebody(page, *span, scope):
        return span
    shorter = _shorter(page, span, scope)
    return None if shorter is None else (shorter.start, shorter.end)


def beginning(page: Passage, phrase: Phrase, scope: Scope) -> Phrase | None:
    """The longest beginning of a phrase that names somebody: 丹麦外交部|民间援助窗口."""
    return _shorter(page, (phrase.start, phrase.end), scope)


_THIS_HOUSE = on_use(r" ?(?:这|那)[个座所栋家处项](?:[^,;:的]{1,14}的)?")  # 这个占地3公顷的|孤儿村


def clause_head(page: Passage, clause: Span, scope: Scope) -> Phrase | None:
    """The words a clause begins with, up to its first preposition, adverb or verb."""
    span = trimmed(page, *clause)
    if span is None or page.text.startswith(_TRACES, span[0]):
        return None
    start = _head(page, *span, scope)
    bare = masked(page, (start, span[1]), scope)
    if _BREAK.match(bare) or verb_pattern().match(bare):
        return None
    found = trimmed(page, start, _break(page, start, span[1], bare, scope))
    return None if found is None else Phrase(page.line.line_no, *found)


def opening(page: Passage, clause: Span, scope: Scope) -> Phrase | None:
    """What a clause is about when it can have the good of aid: 友好医疗站|2021年3月投入使用."""
    this = _THIS_HOUSE.match(page.text, *clause)
    span = trimmed(page, this.end() if this else clause[0], clause[1])
    if span is None:
        return None
    bare = masked(page, span, scope)
    if _BREAK.match(bare) or verb_pattern().match(bare):
        return None
    found = cut(page, Phrase(page.line.line_no, *span), scope)
    if page.text[found.end - 1] == "所" and page.text[found.end : found.end + 1] in "用需捐赠得获花费耗":
        return None  # 手术所|用人工晶体
    inside = scope.places(page.line.line_no, (found.start, found.end))
    if any("pair" in p.flags and p.char_end == found.end for p in inside):
        return None  # 越老|友好合作条约签署
    return found if can_receive(page, found.start, found.end, scope) else None


_FIRMS_ABROAD = on_use(
    r"在[^,;:的]{2,14}?(?:投资|经商|做生意|做买卖|务工|打工|设厂|办厂|开店|经营|运营|落户|工作|生活|求学|留学|任教|营业|服务)(?:多年)?的(?=[^,;:的]{2})"
)


def past_relative(page: Passage, start: int, stop: int) -> int:
    """Where the head begins behind where somebody is at work: 在芹苴设厂的|两家台资企业."""
    lead = _FIRMS_ABROAD.match(page.text, start, stop)
    return start if lead is None else lead.end()


def _head(page: Passage, start: int, stop: int, scope: Scope) -> int:
    """Where a phrase begins that a relative clause leads in; `start` itself when there is none."""
    lead = _RELATIVE.match(page.text, start, stop)
    if lead:
        return lead.end()
    one = _ONE_WHO.match(page.text, start, stop)
    if one and _PRICED.search(one[0]):
        return start  # 三家药行认捐价值5000元的|药品: what is given at a price, and no one told apart
    if one and (_TOLD.search(one[0]) or verb_pattern().search(masked(page, (start, one.end()), scope))):
        return one.end()
    return start


def _break(page: Passage, start: int, stop: int, bare: str, scope: Scope) -> int:
    """Where a phrase ends: at a verb, preposition or adverb; at 和 only when somebody stands before it."""
    for hit in re.finditer(rf"{_BREAK.pattern}|{verb_pattern().pattern}", bare):
        at = start + hit.start()
        if hit.start() == 0:
            continue
        if hit[0] == "方面" and _SIDE.match(page.text, start, stop):
            return at + 2
        if hit[0] in ("和", "与", "及", "同") and not is_somebody(page, start, at, scope):
            continue
        return at
    return stop


def _joins(page: Passage, at: int, stop: int, scope: Scope) -> bool:
    names = [a.char_start for a in scope.actors(page.line.line_no, (at, stop))]
    names += [p.char_start for p in scope.places(page.line.line_no, (at, stop))]
    before = [a.char_end for a in scope.actors(page.line.line_no, (0, at))]
    before += [p.char_end for p in scope.places(page.line.line_no, (0, at))]
    return ((at + 1) in names and at in before) or bool(re.match(r"(?:个人|集体|友人|朋友|民众)", page.text[at + 1 :]))


def _shorter(page: Passage, span: Span, scope: Scope) -> Phrase | None:
    """墨西哥城一所中学的师生每人少喝: the longest beginning that names somebody."""
    no = page.line.line_no
    ends = [
        a.char_end
        for a in scope.actors(no, span)
        if a.char_start - span[0] <= 8
        # 乡村医生培训: the doctors are what the training is for.
        and (a.entity_type != "group" or a.char_end == span[1] or page.text[a.char_end] in "每均都各也的、和")
    ]
    if ends and not _NO_NAME.search(page.text[span[0] : max(ends)]):
        return Phrase(no, span[0], max(ends))
    hit = _PREFIX.match(page.text[span[0] : span[1]])
    if hit and is_somebody(page, span[0], span[0] + hit.end(), scope):
        return Phrase(no, span[0], span[0] + hit.end())
    return None
