"""How many projects a claim is for: as many as its words count, one where they name one thing."""

from __future__ import annotations

import re

from etl.build.aid_projects.claim import Claim
from etl.build.aid_projects.found import COUNT, number
from etl.build.aid_projects.items import HEAD_OF_ITEM
from etl.build.aid_projects.scope import Scope
from etl.mentions import changed
from etl.patterns import on_use

_PROJECTS = on_use(
    rf"{COUNT}多?余?(?:个|项|笔|宗|桩|案)(?:\d{{4}}财?年度?)?(?:“[^”]{{1,20}}”)?(?:(?!月|组织|国家|基金会|单位|省(?!级)|县(?!级)|(?:落实|实施|开展|启动|执行|推行|建成)[“《了])[^,;。:、\d]){{0,12}}?(?:项目|工程|援助|计[划画]|捐款|善款|外援|赠款|贷款|社区倡议)"
    # 82个外国非政府组织援助项目, 13个由外国非政府组织资助的项目
    rf"|{COUNT.replace('<n>', '<o>')}多?余?[个项](?:由)?[^,;。:、\d的]{{2,16}}?组织所?(?:无偿)?"
    r"(?:援助|资助|支持|捐助)?的?(?:小型|非)?(?:项目|工程)"
    # 38个由境外民间机构资助的小型项目
    rf"|{COUNT.replace('<n>', '<b>')}多?余?[个项]由[^,;。:、\d的]{{2,20}}?的[^,;。:、\d]{{0,10}}?(?:项目|工程)"
    rf"|(?:项目|工程|援助|捐赠|公益计[划画]|(?:执行|推动|推行|实施|开展)[^,;。:\d]{{0,4}}?计[划画])(?!带[出动]|帮|建[起成]|惠及|覆盖|培|设|涉及)(?:[^,;。:\d个]{{0,6}}?)"
    rf"{COUNT.replace('<n>', '<m>')}多?余?(?:个(?![月年省县国学])|[项笔宗桩案批])"
    # 涵盖14个助学、修缮和营养项目
    rf"|(?<=[盖含括有展施助行辖])(?:了)?{COUNT.replace('<n>', '<k>')}多?余?(?:个|项)[一-鿿]{{1,6}}、"
    r"[一-鿿、]{1,14}?(?:项目|工程)"
    # 经其牵线的国际合作达94项,折合2410万
    rf"|(?:国际|对外|非政府)合作(?:共|达|有|计|为)?{COUNT.replace('<n>', '<c>')}多?余?项(?=[,;。]|$)"
)
# 援助项目有44个;今年在建的还有7个,合同额
_MORE_OF_THEM = on_use(rf"(?:有|为|达|共|剩|占|获批|批准|办结)(?:了)?{COUNT}(?:个|项|笔|宗),")
# 教育类9个,390亿越盾;医疗卫生领域11项,共284.5亿越盾
_OF_CLASS = on_use(
    rf"(?:类|领域|方面|行业|板块|性质|渠道|项目|援助){COUNT}(?:个|项|宗|桩),(?:[约近共合计逾超过达为]|总额|总值|金额|合计){{0,2}}$"
)
_WORTH = on_use(r"(?:造价|耗资|总投资|投资|花费|价值|总值|总造价|工程款|市值)(?:约|近|逾|超过|达|合|为)?$")
_BUILDING = on_use(
    r"的(?:一[座所栋间条幢])?(?![各些多两二三四五六七八九十几数\d])[一-鿿]{0,10}?(?:少年宫|学校|小学|中学|大学|学院|幼儿园|幼儿院|医院|卫生院|卫生站|医疗站|诊所|桥|楼|馆|宫|"
    r"会堂|公园|水厂|水塔|水站|水井|中心|校舍|宿舍|公路|乡道|水渠|水坝|电站|车站|码头|口岸|教室)(?=[,;。、]|$|于|已|将|在|日前|近日|上)"
)
# 急诊楼是2019年由越南政府援建的,造价520亿越盾
# “远光”基金会资助的眼科项目去年在山丹县动工,总金额42万; 红十字会执行的净水项目已完成,经费为4.8万
_ONE_DONE = on_use(
    r"的(?![^,;:的]{0,12}(?:[两二三四五六七八九十百几多各]|\d+)(?:个|项))[^,;:的\d]{2,16}?(?:项目|工程)"
    r"(?:\d{4}年|[去今前]年|已|于|在|现)[^,;:]{0,24},(?:总?金额|总额|总?经费|资金|总?投资|造价)(?:共|约|为|达|逾|近){0,3}$"
)
# 康复项目由3个增至5个,援助金额达到
_GROWN = on_use(rf"(?:项目|工程|援助)由[^,;:]{{1,4}}[个项]增(?:加)?[至到]{COUNT}[个项],[^,;:]{{0,10}}$")
# 三笔贷款中,最大的是: the number is of the whole, not of this part.
_PARTITIVE = on_use(r"^(?:里面|里|之)?中(?:的)?[,最]")
_WORK = on_use(r"一(?:所|座|栋|条|间|个|口|幢|家)[一-鿿]{2,12}?(?=[、和及,;]|$)")
_WORKS = on_use(
    r"(?:建|援|捐)(?:一(?:所|座|栋|条|间|个|口|幢|家)[一-鿿]{2,12}?[、和及]){1,8}一(?:所|座|栋|条|间|个|口|幢|家)[一-鿿]{2,12}?(?=[,;]|$)"
)
_ALL_PROJECTS = on_use(r"(?:^|[,;。 ])(?:这些|上述)?项目(?:总值|总额|资金|金额|总价值|总经费)")
_ONE_QUOTED = on_use(r"[“《](?P<name>[^”》]{2,30}(?:项目|工程))[”》]")
_QUOTED_ONE = on_use(r"[“《「][^“”《》「」]{2,30}[”》」](?!(?:和|、|及|与)[“《「])[一-鿿]{0,8}?(?:项目|工程|计划|行动)")
# 实施的“康复支持”项目获批,援助总额48万; “安全校园”项目金额最大,达25万
_ITS_SUM = on_use(
    r"[”》」][^,;:]{0,8}?(?:项目|工程|计划)[^,;:]{0,16},(?:援助|项目)?"
    r"(?:总额|金额|经费|总经费|资金|达|为|总值)[^,;:]{0,4}$"
)
# 31万欧元养蜂项目, 造价120亿越盾的少年宫: the one thing the figure is for stands behind it.
_FOR_ONE = on_use(
    r"的?(?!(?:各|些|等|多|系列|一批|[^,;。]{0,6}(?:[两二三四五六七八九十几数\d]+(?:个|项|所|座|间|条))))[一-鿿]{1,10}?(?:项目|工程)(?!款|资|经费|组|办|数|个|共|援助)"
)
_OF_SEVERAL = on_use(r"(?:[两二三四五六七八九十几数多\d]|各)(?:个|项|所|座|间|条|处)[^,]{0,8}$")
_SINGLE = on_use(
    r"(?:^|[,;:、])(?:[^,;:\d]{2,40}?的[^,;:的\d]{2,16}?(?:项目|工程)(?:金额|总额|经费|资金|总值)(?:为|达|约|共)"
    r"|(?:该|此|本)(?:项目|工程|计划|院|校|桥|楼|馆|站|厂|路|渠|坝|中心)|项目(?=由|使用|获|自|从|历时|为期|期限|始于|,|$)|工程(?=总|造价|耗资|花费|共耗|共花|费用|,|$)|第?[一二三四五首新]期(?:工程|项目|计划|援助)|[^,;:]{2,30}?第[一二三四五六]期(?:项目|工程)(?=的?(?:总|资|经|预|造|投|款|赠))|第[一二三四五]阶段(?=由|总|共|经费|资金|投入|使用)|[^,;:]{0,16}第?[一二三四五首]期(?=经费|资金|预算|投入|实际|用掉|用去|共|耗|投入|花|已|总)|(?:项目|计[划画]|工程)总(?:预算|经费|投资|造价)|(?![^,;:]{0,40}(?:(?:\d|[两二三四五六七八九十百几多各])+多?(?:个|项|笔|所|座|栋|间|口|条)|一批|一些|若干|系列))[^,;:]{2,44}?(?:项目|工程|医院|大桥|号线|公路|学校|水厂)(?:总|造价|耗资|花费|为|获|由|从|使用|今年|去年|续|延长|,|$))"
)
_THIS_ONE = on_use(
    r" ?(?:(?:该|本|此|这个|这一)(?:项目|工程|计划)(?=由|总|为|是|于|自|在|期限|获|从|今|去|\d|,)"
    r"|项目(?:为期|历时|期限|由|第[一二三四](?:阶段|期)|(?:从|自|于)\d{4}年)"
    # 该站占地4200平方米,…造价260亿; 这栋三层楼房由义安省出资
    r"|(?:该|本|此|这[座所栋间条口项])[^,;:]{0,16}?(?:院|校|桥|楼|馆|站|厂|路|渠|坝|中心|宿舍|楼房|校舍|井|托儿所|幼儿园|诊所|卫生所)"
    r"(?=去年|今年|前年|\d|占地|设有?|由|总|建|位|面积|长|高|可|于|是|,))"
)
_STRUCTURE_COSTS = on_use(
    r"(?:^|[,;: ])(?![^,;:]{0,30}(?:每|各|[两二三四五六七八九十百几多\d]+多?(?:个|项|所|座|栋|间|口|条)))"
    r"[^,;:]{2,30}?(?:系统|水渠|水库|大坝|公园|体育场|宿舍楼?|教学楼|综合楼|水塔|水厂|泵站|电站|大桥|公路)"
    r"(?:工程)?(?:总)?(?:造价|耗资|总投资)(?:约|近|逾|超过|达|为|共){0,2}$"
)
# 眼下最大的一个由国务院出资900万
_THE_ONE = on_use(
    r"最(?:大|小|高|多|新|早|贵|长|近)的(?:一个|一项|一笔|那个|那项)?(?:项目|工程)?(?:是|为|由|则|当属)[^,;:]{0,24}$"
)
# 承诺出资32万,由县妇女会实施为期三年的产妇营养项目
_RUN_ONE = on_use(
    r"(?:的?(?:援助|资助|经费|资金|赠款)?),(?:并)?(?:由|交由|委托)[^,;。]{2,20}?(?:实施|执行|开展|承担|承办|落实)"
    r"(?:一[个项]|为期[^,;。的]{1,6}的)[^,;。、各些多几数两三四五六七八九十]{2,16}?(?:项目|工程|计划)(?=[,;。]|$)"
)
# 为清化省养殖户疫苗接种项目出资1100万
_FOR_PROJECT = on_use(r"为(?![^,;]{0,24}\d)[^,;:]{2,24}?(?:项目|工程)(?:出资|提供|资助|捐|投入|拨款)[^,;\d]{0,6}$")


def _of(match: re.Match[str]) -> int | None:
    """The number that a match of _PROJECTS holds, whichever of its forms it is."""
    return number(next(said for said in match.groups() if said))


def projects(claim: Claim) -> int | None:
    """The project count nearest before the figure in its sentence, else right after it; 1 for a named project."""
    told = claim.says((claim.segment[0], claim.at[0]))
    if of_class := _OF_CLASS.search(told) or _GROWN.search(told):
        return number(of_class["n"])
    nearest, in_order = _counts_of_sentence(claim)
    printed = _whole_of(in_order, told) or _told_with_sum(claim, told)
    if printed is not None:
        return printed
    own = claim.says((claim.clause[0], claim.at[0]))
    if _SINGLE.search(own) or _THE_ONE.search(own):
        return 1
    bare = next(reversed(list(_MORE_OF_THEM.finditer(told))), None)
    nearer = bare is not None and (nearest is None or nearest[0] > len(told) - bare.end())
    if bare and nearer and re.search("项目|申请|援", claim.says((claim.sentence[0], claim.segment[0] + bare.start()))):
        return number(bare["n"])  # 在19个项目当中,该会独占4个,资金总额: its own, not the whole's
    if _is_item(claim, own):
        return 1
    if nearest is not None:
        return nearest[1]
    if works := _WORKS.search(told):
        return len(_WORK.findall(works[0]))
    if (headed := _headed(claim)) is not None:
        return headed
    return 1 if _is_one(claim, told, own) else None


def _counts_of_sentence(claim: Claim) -> tuple[tuple[int, int] | None, list[int]]:
    """The number of projects nearest the figure, with its distance, and those before it in their order."""
    text, since = claim.passage.text, max(claim.since, claim.sentence[0])
    found: list[tuple[int, int]] = []
    in_order: list[int] = []
    for match in _PROJECTS.finditer(text, since, claim.sentence[1]):
        count, start, stop = _of(match), match.start(), match.end()
        aside = text.rfind("(", claim.sentence[0], start) > text.rfind(")", claim.sentence[0], start)
        if aside and ")" in text[stop : claim.at[0]]:
            continue  # 共22笔(项目18笔、非项目4笔),实收
        if start > claim.at[0] and "其中" in text[claim.at[1] : start]:
            continue  # 到位资金410万,其中医疗12个项目
        if count and not _PARTITIVE.match(text[stop:]):
            before = stop <= claim.at[0]
            in_order += [count] if before else []
            found.append((claim.at[0] - stop if before else start - claim.at[1] + _BEHIND, count))
    return min(found, default=None), in_order


_BEHIND = 12  # characters that a count behind the figure is further off than one before it


def _is_one(claim: Claim, told: str, own: str) -> bool:
    """Whether the claim tells of one project, by its segment's words before the figure (`told`) and its clause's."""
    if _ONE_QUOTED.search(told) or _ONE_DONE.search(told) or _STRUCTURE_COSTS.search(told):
        return True
    since = claim.says((max(claim.since, claim.segment[0]), claim.at[0]))
    if len(_QUOTED_ONE.findall(since)) == 1 and _ITS_SUM.search(since):
        return True
    if _QUOTED_ONE.search(own) or _for_one(claim) or _RUN_ONE.match(claim.passage.text, claim.at[1]):
        return True
    clauses = [c for c in claim.passage.clauses_in(claim.segment) if c[0] < claim.at[0]]
    if (clauses and _THIS_ONE.match(claim.says(clauses[0]))) or _FOR_PROJECT.search(own):
        return True
    return any(_SINGLE.search(claim.says(c) + ",") for c in clauses[-2:]) or _names_one(claim)


_SUM_WORDS = (
    r"(?:总|共|合|计|为|达|约|近|逾|超过|价值|值|金额|数额|款额|资金|经费|协议额|合同额|援助额|折|投入|到位"
    r"|累计|额|款物|是|承诺|协议|拨付|占了?){0,4}"
)
# 有42项,价值369亿; 占5笔、180万; 完工的5个,计974亿: a number alone right before its sum
_COUNT_AND_SUM = on_use(
    rf"(?:{COUNT}多?余?(?:个|项|笔|宗|桩|批次)"
    rf"|件数(?:共|为|达|有){{0,2}}{COUNT.replace('<n>', '<m>')}多?余?件)[,、]{_SUM_WORDS}$"
)
# 其中14项落在两县,资金290万
_SOME_AND_SUM = on_use(
    rf"(?:其中|其余|余下|剩下|另有|内有|仅|就有|占了?|独占|包揽了?|拿下){COUNT}多?余?(?:个(?![省市县乡国月村家组团机基单])|项|笔|宗|桩)"
    rf"(?![两二三四五六七八九十\d])[^,;:\d]{{1,16}}[,、]{_SUM_WORDS}$"
)
_OF_AID = on_use(r"[类域]\d+[个项]|项目|援助|外援|工程|捐赠|赠款|受援|非项目|援款")
# 其中项目6个、单项捐赠11笔,款物总额: what the parts come to together
_OF_ALL = on_use(r"[,、](?:款物|物资|援助|各类|各项|资金|现金)?(?:总额|合计|共计|总计|总值|总价值|一共)[^,;:\d]{0,8}$")


def _told_with_sum(claim: Claim, told: str) -> int | None:
    """The number of projects printed with the sum itself: 有42项,价值369亿; 其中14项落在两县,资金290万."""
    match = _COUNT_AND_SUM.search(told) or _SOME_AND_SUM.search(told)
    if match is None:
        return None
    ahead = claim.passage.sentence_at(claim.sentence[0] - 1) if claim.sentence[0] else claim.sentence
    before = claim.says((ahead[0], claim.segment[0] + match.start()))
    return _of(match) if _OF_AID.search(before) or _OF_AID.search(told) else None


_PARTS_LEAST = 3  # a whole and two parts


def _whole_of(counts: list[int], told: str) -> int | None:
    """17 of 援助达17个,其中项目6个、捐赠11笔,总额37亿: the parts that stand behind the whole are all of it."""
    if len(counts) < _PARTS_LEAST or _OF_ALL.search(told) is None:
        return None
    return counts[0] if sum(counts[1:]) == counts[0] else None


_STRUCTURE = (
    r"(?:学校|小学|中学|初中|高中|大学|学院|党校|幼儿园|幼儿院|托儿所|教学楼|宿舍楼?|校舍|食堂|图书[馆室]|医院|卫生[站院所室]|医疗[站中]心?"
    r"|诊所|门诊[部楼]|急诊[部楼]|病房楼?|康复中心|中心|孤儿院|养老院|敬老院|少年宫|文化宫|文化馆|会堂|礼堂|体育[馆场]|公园|广场|纪念碑|博物馆"
    r"|大桥|桥梁?|公路|道路|村道|乡道|码头|口岸|车站|机场|教室|水厂|水站|水塔|水井|水渠|灌溉渠|水闸|水坝|大坝|堤坝|水库|泵站|电站|变电站|集市|市场|楼|馆|厂|渠|堤|闸)"
)
_MANY = (
    r"(?:\d+|[两二三四五六七八九十几数多百])多?余?(?:个|项|所|座|栋|间|条|处|家|口|台|套|幢|批|类)"
    r"|各(?:类|个|项|所)?|一批|若干|多|系列|等|部分|这些|一些|每"
)
# 母婴营养项目, “安全土地”二期项目, 第八郡流动图书车项目: a project by its own name
_PROJECT_NAMED = on_use(
    r"(?:[“《「][^“”《》「」,;]{2,30}[”》」](?!(?:和|、|及|与)[“《「])[^,;:。、“”]{0,8}?"
    r"|(?:^|[,;:。、的在由把将向给为]|实施|开展|执行|启动|落实|推行|资助|管理|负责)(?P<what>[^,;:。、的“”在由把将向给为]{2,20}?))"
    r"(?P<kind>项目|工程|计[划画])(?![办组部总师队学院局署款量数点区]|主管|经理|官员|负责|协调|委员|团队|管理|公司|资金|金额|经费|援助|和非|与非|、非)"
)
_GENERAL = on_use(
    r"(?:外国|国际|境外|海外|援助|受援|非政府|民间|组织|合作|友好|对外|资助|捐赠|捐助|民生|社会|发展|人道主义?|慈善|上述|该类|其他|其它|同类|新|老"
    r"|引进|批准|获批|在建|续建|小型|中型|大型|中小型|重点|主要|全部|所有|有关|相关|各|投资|建设|基础设施|扶贫|减贫|公益|双边|多边|试点|示范|县|省|市|全|年|[一二三四五六七八九十\d]|期"
    r"|越南|中国|老挝|柬埔寨|日本|韩国|美国|德国|法国|贷款|无偿|官方|ODA|和|与|及|的|已|正|实施|执行|落实|完成|开展|类|性)*"
)
_PLURAL = on_use(rf"{_MANY}|{_STRUCTURE}[、和与及]")
_COSTS = on_use(
    r"(?:造价|总经费|总开支|总预算|耗资|总投资|投资|花费|花了|花去|花掉|建设费|建筑费|工程费|修建费|修缮费|工程款|用去|用掉|耗去|费用|成本)"
    r"(?:从[^,;:]{2,14}?)?(?:涨|升|增加?|提高|追加|调|降|减)?[到至为是了]?(?:约|近|逾|超过|达|共|合计|为|全部|总计){0,3}$"
)
_ONE_STRUCTURE = on_use(
    rf"(?:^|[^两二三四五六七八九十几数多各每\d])(?P<one>[^,;:。、\d]{{0,24}}?{_STRUCTURE})(?=[^一-鿿]|$|已|于|在|将|去|今|日|造|耗|总|投|花|建|用|从|落|竣|挂|启|移|占|坐|位|是|由|共|连)"
)
# 学校设八间教室,另有一口机井,造价74亿: the house that the sentence is about
_HOUSE_WITH = on_use(
    rf"(?:这|该|新|此)?[^,;:。、\d]{{0,16}}?{_STRUCTURE}(?:共|内|另|还|均|附)?(?:设|有|占地|分为|建有|配有|面积|可容纳)"
)
# 420亿盖起来的桑怒市高中, 70亿建成了香科县边境集市
_BUILDS_ONE = on_use(
    rf"(?:来|就|便|已)?(?:盖|建|修|筑|打造|兴建|修建|援建|捐建|新建|改建|扩建|重建|翻修|修缮|架设|铺设|建造|添置)(?:起来|起|成|造|好|完|下)?(?:了|的)?"
    rf"(?:一[座所栋间条口幢处])?(?!(?:{_MANY}))(?P<one>[^,;:。、\d两几数各]{{2,16}}?{_STRUCTURE})(?=[,;。(]|$|[^一-鿿]|于|在|今|去|昨|日|已)"
)


# 3450亿基普的造价由越南承担, after 医院占地3公顷
_ITS_COST = on_use(r"的(?:总)?(?:造价|建设费|建筑费|工程款|总投资)")
# 援建3个项目:芒果县卫生站11亿,达茂县小学9.5亿; 其中医疗站一项就占94亿
_ONE_OF_LIST = on_use(
    rf"[^,;:。、\d]{{2,24}}?(?:{_STRUCTURE}|点|站)(?:[约近逾]|项目|工程|一[项个](?:就|便|即)?(?:占|达|花|用|耗)去?)?"
)


def _is_item(claim: Claim, own: str) -> bool:
    """Whether the claim is an item of a list behind a colon that names one work and what it costs."""
    if _ONE_OF_LIST.fullmatch(own.removeprefix("其中")) is None or _PLURAL.search(own):
        return False
    ahead = claim.says((claim.sentence[0], claim.clause[0]))
    return own.startswith("其中") or (":" in ahead and _WORKS_AHEAD.search(ahead) is not None)


_WORKS_AHEAD = on_use(r"(?:个|项)(?:[^,;:。\d]{0,8})?(?:项目|工程|援助)|援建|捐建|修建|兴建")


def _names_one(claim: Claim) -> bool:
    """Whether the claim's segment names one project, or what it costs is one structure."""
    text, start = claim.passage.text, claim.segment[0]
    start = start if claim.previous is not None else max(claim.since, start)  # 给车载图书馆项目的60万减为45万
    if claim.kind in ("average", "comparison") or claim.unit is not None:
        return False
    if (built := _BUILDS_ONE.match(text, claim.at[1])) is not None:
        return _PLURAL.search(built["one"]) is None
    told = text[start : claim.at[0]]
    if _ITS_COST.match(text, claim.at[1]):
        head = claim.says(claim.passage.clause_at(claim.segment[0]))
        return _ONE_STRUCTURE.match(head) is not None and _PLURAL.search(head) is None
    if _COSTS.search(told) is not None:
        clauses = [c for c in claim.passage.clauses_in(claim.segment) if start <= c[0] <= claim.at[0]][-2:]
        said = [text[c[0] : min(c[1], claim.at[0])] for c in clauses]
        house = _HOUSE_WITH.match(text, *claim.passage.clause_at(claim.segment[0]))
        if start == claim.segment[0] and house is not None and _PLURAL.search(house[0]) is None:
            return True
        if any(_ONE_STRUCTURE.search(words) and not _PLURAL.search(words) for words in said):
            return True
    end = claim.clause[1]
    names = list(_PROJECT_NAMED.finditer(text, start, end))
    own = [n for n in names if n["what"] is None or (n["kind"][0] != "计" and _GENERAL.fullmatch(n["what"]) is None)]
    if len(own) != 1 or len(names) > 1:
        return False
    name = own[0]
    return _PLURAL.search(name[0]) is None and _PLURAL.search(text, max(start, name.start() - 6), name.start()) is None


_OF_MANY = on_use(rf"{COUNT}(?:所|座|间|个|栋|家)")


def _headed(claim: Claim) -> int | None:
    """The works that a numbered item is headed with, where its words tell what they cost."""
    head = HEAD_OF_ITEM.match(claim.passage.text)
    if head is None or re.search("造价|耗资|总投资", claim.says((head.end(), claim.at[0]))) is None:
        return None
    many = _OF_MANY.search(head["what"])
    return number(many["n"]) if many is not None else 1


def _for_one(claim: Claim) -> bool:
    text = claim.passage.text
    before = text[claim.clause[0] : claim.at[0]]
    if _OF_SEVERAL.search(before):
        return False  # 为两个总额30亿越盾的项目出资
    if _FOR_ONE.match(text, claim.at[1]):
        return True
    return _WORTH.search(before) is not None and _BUILDING.match(text, claim.at[1]) is not None


_THESE_MANY = on_use(
    rf"{COUNT}(?:个(?![省县市国月组团])|项|处|笔|者)(?P<own>项目)?[^。;]{{0,12}}?(?:合计|总共|共计|加起来|一共|相加|总值|总额)"
)
_IN_ALL = on_use(
    r"统共[^,;:\d]{0,8}$|(?:全部|一并|逐笔)[^;]{0,12}?,?(?:合|折合|相加|计)[^,;:\d]{0,4}$|(?:累计|总计|合计|共计|总共|一共|共值|加起来|总价值)[^,;:\d]{0,8}$"
)


def _of_them_all(claim: Claim, scope: Scope) -> int | None:
    """四年审定援助87项 over 四年累计1380万; 批给了三个项目。…总计128万: the count told right before the sum."""
    told = claim.says((claim.segment[0], claim.at[0]))
    these, whole = _THESE_MANY.search(told), _IN_ALL.search(told)
    if these is None and whole is None:
        return None
    pages = (*scope.before(claim.line_no)[:2], *scope.top)
    if these is not None and these["own"]:
        return number(these["n"])
    for text in (claim.says((0, claim.sentence[0])), *(page.text for page in pages)):
        counts = {_of(m) for m in _PROJECTS.finditer(text)}
        if these is not None and number(these["n"]) in counts:
            return number(these["n"])
        if these is None and counts:
            return counts.pop() if len(counts) == 1 else None
    return None


# 到11月底,援助款85.5万欧元已全部到位, after 资助16个小型项目。
_THE_MONEY = on_use(
    r"(?:^|[,;:])(?![^,;:]{0,12}(?:其中|每|户|人均|另))[^,;:\d]{0,8}?"
    r"(?:援助款|援款|资金|经费|款项|总额|投入|援助额|赠款|协议额|合同额)(?:累计|共计|总计|合计|共|为|达|约|近|逾|超过){0,3}$"
)


def _just_counted(claim: Claim, scope: Scope) -> int | None:
    """The one number of projects that the sentences of the line before the claim's count, for 援助款X already named."""
    if claim.kind in ("component", "average", "comparison") or claim.unit is not None or claim.parent is not None:
        return None
    text, start = claim.passage.text, claim.sentence[0]
    if start == 0 or _THE_MONEY.search(text, start, claim.at[0]) is None:
        return None
    if _PROJECT_NAMED.search(text, start, claim.at[0]) or claim.leans_on is not None:
        return None
    counts = list(_PROJECTS.finditer(text, 0, start))
    if len({_of(m) for m in counts}) != 1 or any(
        counts[0].end() <= m.char_start < start for m in scope.money(claim.line_no)
    ):
        return None
    return _of(counts[0])


def from_above(claim: Claim, scope: Scope) -> Claim:
    """The count a claim takes from the lines above: 项目总值 after 全年18个项目; one project a contract is for."""
    if claim.project_count is not None or claim.is_target:
        return claim
    said = claim.says((claim.sentence[0], claim.at[0]))
    if _ALL_PROJECTS.search(said):
        for page in scope.before(claim.line_no)[:3]:
            counts = [_of(m) for m in _PROJECTS.finditer(page.text)]
            if counts and counts[0]:
                return changed(claim, project_count=counts[0], flags=(*claim.flags, "inherited_project_count"))
    if (count := _of_them_all(claim, scope)) is not None:
        return changed(claim, project_count=count, flags=(*claim.flags, "inherited_project_count"))
    if re.match(r"[ “]*(?:按照|根据|依照)(?:合同|协议|约定)", said):
        quoted = [m for page in scope.top for m in _ONE_QUOTED.finditer(page.text)]
        if len({m["name"] for m in quoted}) == 1:
            return changed(claim, project_count=1, flags=(*claim.flags, "inherited_project_count"))
    if (count := _just_counted(claim, scope)) is not None:
        return changed(claim, project_count=count, flags=(*claim.flags, "inherited_project_count"))
    return claim
