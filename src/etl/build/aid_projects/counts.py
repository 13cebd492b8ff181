"""What a claim counts: projects, grants, people, households, things given or built, donors, share of the plan."""

from __future__ import annotations

import re

from etl.build.aid_projects.claim import Claim, Output
from etl.build.aid_projects.found import number
from etl.build.aid_projects.items import HEAD_OF_ITEM
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Span
from etl.mentions import changed
from etl.patterns import on_use

_N = r"(?P<n>\d[\d,]*(?:\.\d+)?万?|[一二两三四五六七八九十百千]{1,6})"
_PROJECTS = on_use(
    rf"{_N}多?余?(?:个|项|笔|宗|桩|案)(?:\d{{4}}财?年度?)?(?:“[^”]{{1,20}}”)?(?:(?!月|组织|国家|基金会|单位|省(?!级)|县(?!级))[^,;。:、\d]){{0,12}}?(?:项目|工程|援助|计[划画]|捐款|善款|外援|赠款|贷款|社区倡议)"
    # 82个外国非政府组织援助项目, 13个由外国非政府组织资助的项目
    rf"|{_N.replace('<n>', '<o>')}多?余?[个项](?:由)?[^,;。:、\d的]{{2,16}}?组织所?(?:无偿)?"
    r"(?:援助|资助|支持|捐助)?的?(?:小型|非)?(?:项目|工程)"
    rf"|(?:项目|工程|援助|捐赠|公益计[划画])(?!带[出动]|帮|建[起成]|惠及|覆盖|培|设|涉及)(?:[^,;。:\d个]{{0,6}}?)"
    rf"{_N.replace('<n>', '<m>')}多?余?(?:个(?![月年省县国学])|[项笔宗桩案批])"
    # 涵盖14个助学、修缮和营养项目
    rf"|(?<=[盖含括有展施助行辖])(?:了)?{_N.replace('<n>', '<k>')}多?余?(?:个|项)[一-鿿]{{1,6}}、"
    r"[一-鿿、]{1,14}?(?:项目|工程)"
    # 经其牵线的国际合作达94项,折合2410万
    rf"|(?:国际|对外|非政府)合作(?:共|达|有|计|为)?{_N.replace('<n>', '<c>')}多?余?项(?=[,;。]|$)"
)
# 援助项目有44个;今年在建的还有7个,合同额
_MORE_OF_THEM = on_use(rf"(?:有|为|达|共|剩|占|获批|批准|办结)(?:了)?{_N}(?:个|项|笔|宗),")
# 供水(7个,1.520.000.000越盾)
_OF_PART = on_use(rf"\({_N}个,$")
# 教育类9个,390亿越盾;医疗卫生领域11项,共284.5亿越盾
_OF_CLASS = on_use(
    rf"(?:类|领域|方面|行业|板块|性质|渠道|项目|援助){_N}(?:个|项|宗|桩),(?:[约近共合计逾超过达为]|总额|总值|金额|合计){{0,2}}$"
)
# 康复项目由3个增至5个,援助金额达到
_GROWN = on_use(rf"(?:项目|工程|援助)由[^,;:]{{1,4}}[个项]增(?:加)?[至到]{_N}[个项],[^,;:]{{0,10}}$")
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
_STARTED = on_use(
    r"(?:启动|实施|执行|签署|签订|开展|推进|批准)了?[^,;:“”]{0,6}[“《「][^“”《》「」]{2,30}[”》」][一-鿿]{0,8}?(?:项目|工程|计划|行动)(?:第?[一二三四五]期)?(?:协议|合同|备忘录|仪式)?$"
)
# 31万欧元养蜂项目, 造价120亿越盾的少年宫: the one thing the figure is for stands behind it.
_FOR_ONE = on_use(
    r"的?(?!(?:各|些|等|多|系列|一批|[^,;。]{0,6}(?:[两二三四五六七八九十几数\d]+(?:个|项|所|座|间|条))))[一-鿿]{1,10}?(?:项目|工程)(?!款|资|经费|组|办|数|个|共|援助)"
)
_OF_SEVERAL = on_use(r"(?:[两二三四五六七八九十几数多\d]|各)(?:个|项|所|座|间|条|处)[^,]{0,8}$")
_SEVERAL_WORTH = on_use(rf"{_N}(?:个|项)(?:总额|总值|总价值|价值|共|合计|共计|总共)$")
_ONE_WORTH = on_use(r"一(?:项|个)(?:[^,一-九]{0,6})$")
_WORTH = on_use(r"(?:造价|耗资|总投资|投资|花费|价值|总值|总造价|工程款|市值)(?:约|近|逾|超过|达|合|为)?$")
_BUILDING = on_use(
    r"的(?:一[座所栋间条幢])?(?![各些多两二三四五六七八九十几数\d])[一-鿿]{0,10}?(?:少年宫|学校|小学|中学|大学|学院|幼儿园|幼儿院|医院|卫生院|卫生站|医疗站|诊所|桥|楼|馆|宫|"
    r"会堂|公园|水厂|水塔|水站|水井|中心|校舍|宿舍|公路|乡道|水渠|水坝|电站|车站|码头|口岸|教室)(?=[,;。、]|$|于|已|将|在|日前|近日|上)"
)
_BUILT = on_use(
    r"(?:兴建|修建|援建|建设|建造|捐建|新建|打造|改建|扩建|重建|建起|建成|修筑|架设)"
    + _BUILDING.pattern.replace("(?=[,;。、]|$|于", "(?=[,;。、(]|$|于|坐落|位于|正式", 1)
)
# 急诊楼是2019年由越南政府援建的,造价520亿越盾
# “远光”基金会资助的眼科项目去年在山丹县动工,总金额42万; 红十字会执行的净水项目已完成,经费为4.8万
_ONE_DONE = on_use(
    r"的(?![^,;:的]{0,12}(?:[两二三四五六七八九十百几多各]|\d+)(?:个|项))[^,;:的\d]{2,16}?(?:项目|工程)"
    r"(?:\d{4}年|[去今前]年|已|于|在|现)[^,;:]{0,24},(?:总?金额|总额|总?经费|资金|总?投资|造价)(?:共|约|为|达|逾|近){0,3}$"
)
_ONE_GIVEN = on_use(
    r"(?:^|[,;:])[^,;:]{0,10}(?:该|这[座所栋间]|的|院|市|县|省|镇|社)?[一-鿿]{2,6}?(?:楼|馆|桥|校|院|站|厂|学|中心|井|塔|渠)(?:是|系|由)[^,;:]{2,24}(?:援建|捐建|修建|兴建|建造|资助|捐赠|赠送)的,(?:总)?(?:造价|耗资|花费|投资|价值)[约近达共为]{0,2}$"
)
_SINGLE = on_use(
    r"(?:^|[,;:、])(?:[^,;:\d]{2,40}?的[^,;:的\d]{2,16}?(?:项目|工程)(?:金额|总额|经费|资金|总值)(?:为|达|约|共)"
    r"|(?:该|此|本)(?:项目|工程|计划|院|校|桥|楼|馆|站|厂|路|渠|坝|中心)|项目(?=由|使用|获|自|从|历时|为期|期限|始于|,|$)|工程(?=总|造价|耗资|花费|共耗|共花|费用|,|$)|第?[一二三四五首新]期(?:工程|项目|计划|援助)|第[一二三四五]阶段(?=由|总|共|经费|资金|投入|使用)|[^,;:]{0,16}第?[一二三四五首]期(?=实际|用掉|用去|共|耗|投入|花|已|总)|(?:项目|计[划画]|工程)总(?:预算|经费|投资|造价)|(?![^,;:]{0,40}(?:\d|[两二三四五六七八九十百几多各])+多?(?:个|项|笔|所|座|栋|间|口|条))[^,;:]{2,44}?(?:项目|工程|医院|大桥|号线|公路|学校|水厂)(?:总|造价|耗资|花费|为|获|由|从|使用|今年|去年|续|延长|,|$))"
)
_THIS_ONE = on_use(
    r" ?(?:(?:该|本|此|这个|这一)(?:项目|工程|计划)(?=由|总|为|是|于|自|在|期限|获|从|今|去|\d|,)"
    r"|项目(?:为期|历时|期限|(?:从|自|于)\d{4}年)"
    # 该站占地4200平方米,…造价260亿; 这栋三层楼房由义安省出资
    r"|(?:该|本|此|这[座所栋间条口项])[^,;:]{0,16}?(?:院|校|桥|楼|馆|站|厂|路|渠|坝|中心|宿舍|楼房|校舍|井|托儿所|幼儿园|诊所|卫生所)"
    r"(?=去年|今年|前年|\d|占地|设有?|由|总|建|位|面积|长|高|可|于|是|,))"
)
# 县中学新教学楼落成,造价92亿
_ONE_OPENED = on_use(
    r"(?:^|[,;:])(?![^,;:]{0,40}(?:每|各|[两二三四五六七八九十百几多\d]+多?(?:个|项|所|座|栋|间|口|条)))"
    r"[^,;:]{2,40}?(?:楼|馆|桥|校舍|学校|小学|中学|幼儿园|医院|卫生[站院]|医疗站|中心|水厂|水站|公路|宿舍)[^,;:\d]{0,6}"
    r"(?:落成|竣工|启用|投用|投入使用|建成|揭牌|通车),(?:总)?(?:造价|耗资|总投资|投资|花费)[约近逾达为共]{0,2}$"
)
_STRUCTURE_COSTS = on_use(
    r"(?:^|[,;: ])(?![^,;:]{0,30}(?:每|各|[两二三四五六七八九十百几多\d]+多?(?:个|项|所|座|栋|间|口|条)))"
    r"[^,;:]{2,30}?(?:系统|水渠|水库|大坝|公园|体育场|宿舍楼?|教学楼|综合楼|水塔|水厂|泵站|电站|大桥|公路)"
    r"(?:工程)?(?:总)?(?:造价|耗资|总投资)(?:约|近|逾|超过|达|为|共){0,2}$"
)
# 出资21万美元改建海安乡卫生站: the one thing that the money builds
_TO_BUILD = on_use(
    r"(?:用于|用来|以|来)?(?:改建|扩建|修缮|翻修|翻新|重建|兴建|修建|新建|援建|建造)"
    r"(?![^,;。]{0,16}(?:[两二三四五六七八九十几数多各些\d]|等))[一-鿿]{2,16}?"
    r"(?:卫生站|卫生院|医疗站|医院|学校|小学|中学|幼儿园|图书馆|图书室|大桥|桥梁|宿舍楼|教学楼|中心|水厂|文化馆|楼)(?=[,;。]|$)"
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
_PEOPLE = on_use(rf"{_N}多?余?(?:名|位|人次|人)(?:[^,;。:、\d]{{0,12}})")
_HOUSEHOLDS = on_use(rf"{_N}多?余?户")
_ITEMS = on_use(
    rf"{_N}多?余?(?P<unit>间|栋|座|所|套|台|份|辆|张|只|头|吨|公斤|件|箱|批|口|条|本|册|株|棵|部|瓶|剂|支|把|双|顶|面|盒|架|艘|匹|袋|碗|桶)"
    r"(?P<item>[一-鿿]{1,8})"
)
_DONORS = on_use(
    rf"{_N}多?余?(?:个|家)(?P<who>(?:外国|国际|境外|国外|海外)?(?:非政府|民间|援助)?(?:组织|机构|团体|基金会|企业|协会|公司|伙伴))"
)
_ITEM_END = on_use(r"[以给赠送捐并和与及等的共总价值用在已从到为]")
_ATTAINED = on_use(
    r"(?P<kind>超额完成|超出|超过|超|完成|达到|达|为|相当于)[^,;。%]{0,10}?(?:计划|指标|目标|任务)(?:的)?(?P<of>的?)(?P<pct>\d+(?:\.\d+)?)%"
)


def counted(claim: Claim) -> Claim:
    """The claim with the counts of its own segment, then of its sentence."""
    near = (claim.segment[0], claim.segment[1])
    claim = changed(claim, project_count=_projects(claim), plan_attainment=_attainment(claim))
    if claim.is_target:
        return claim
    donors = _DONORS.search(claim.passage.text, claim.sentence[0], claim.sentence[1])
    people = _nearest(claim, _PEOPLE, near)
    households = _nearest(claim, _HOUSEHOLDS, near)
    return changed(
        claim,
        donor_count=None if donors is None else number(donors["n"]),
        beneficiary_count=people,
        household_count=households,
        outputs=_outputs(claim, near),
    )


def _projects(claim: Claim) -> int | None:
    """The project count nearest before the figure in its sentence, else right after it; 1 for a named project."""
    text = claim.passage.text
    told = claim.says((claim.segment[0], claim.at[0]))
    if part := _OF_PART.search(told) or _OF_CLASS.search(told):
        return number(part["n"])
    if grown := _GROWN.search(told):
        return number(grown["n"])
    found = []
    for match in _PROJECTS.finditer(text, max(claim.since, claim.sentence[0]), claim.sentence[1]):
        count = number(match["n"] or match["m"] or match["o"] or match["k"] or match["c"])
        aside = text.rfind("(", claim.sentence[0], match.start()) > text.rfind(")", claim.sentence[0], match.start())
        if aside and ")" in text[match.end() : claim.at[0]]:
            continue  # 共22笔(项目18笔、非项目4笔),实收
        if match.start() > claim.at[0] and "其中" in text[claim.at[1] : match.start()]:
            continue  # 到位资金410万,其中医疗12个项目
        if count and not _PARTITIVE.match(text[match.end() :]):
            before = match.end() <= claim.at[0]
            distance = claim.at[0] - match.end() if before else match.start() - claim.at[1] + 12
            found.append((distance, count))
    own = claim.says((claim.clause[0], claim.at[0]))
    if _SINGLE.search(own) or _THE_ONE.search(own):
        return 1
    bare = next(reversed(list(_MORE_OF_THEM.finditer(told))), None)
    nearer = bare is not None and (not found or min(found)[0] > len(told) - bare.end())
    if bare and nearer and re.search("项目|申请|援", claim.says((claim.sentence[0], claim.segment[0] + bare.start()))):
        return number(bare["n"])  # 在19个项目当中,该会独占4个,资金总额: its own, not the whole's
    if found:
        return min(found)[1]
    works = _WORKS.search(claim.says((claim.segment[0], claim.at[0])))
    if works:
        return len(_WORK.findall(works[0]))
    clauses = [c for c in claim.passage.clauses_in(claim.segment) if c[0] < claim.at[0]]
    if _ONE_QUOTED.search(claim.says((claim.segment[0], claim.at[0]))):
        return 1
    several = _SEVERAL_WORTH.search(claim.says((claim.clause[0], claim.at[0])))
    if several and re.match(r"的(?:援助)?(?:项目|工程)", text[claim.at[1] :]):
        return number(several["n"])  # 为两个总额30亿越盾的项目出资
    if _ONE_DONE.search(claim.says((claim.segment[0], claim.at[0]))):
        return 1
    if _ONE_GIVEN.search(claim.says((claim.segment[0], claim.at[0]))):
        return 1
    if clauses and _STARTED.search(claim.says(clauses[-2] if len(clauses) > 1 else clauses[-1])):
        return 1  # 双方启动“和平之地”项目二期,韩方追加1500万
    since = claim.says((max(claim.since, claim.segment[0]), claim.at[0]))
    if len(_QUOTED_ONE.findall(since)) == 1 and _ITS_SUM.search(since):
        return 1
    if _QUOTED_ONE.search(claim.says((claim.clause[0], claim.at[0]))) or _for_one(claim):
        return 1
    if _STRUCTURE_COSTS.search(told) or _ONE_OPENED.search(told) or _TO_BUILD.match(text, claim.at[1]):
        return 1
    if _RUN_ONE.match(text, claim.at[1]):
        return 1
    if (headed := _headed(claim)) is not None:
        return headed
    if (clauses and _THIS_ONE.match(claim.says(clauses[0]))) or _FOR_PROJECT.search(
        claim.says((claim.clause[0], claim.at[0]))
    ):
        return 1
    return 1 if any(_SINGLE.search(claim.says(c) + ",") for c in clauses[-2:]) else None


_OF_MANY = on_use(rf"{_N}(?:所|座|间|个|栋|家)")


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
    if _ONE_WORTH.search(before) and re.match(r"的?[一-鿿]{0,10}?(?:计划|方案|项目|工程)", text[claim.at[1] :]):
        return True  # 批准了一项150万欧元的治水计划
    if _BUILT.match(text, claim.at[1]) is not None:
        return True  # 由平福省出资190亿越盾兴建的友谊小学
    worth = _WORTH.search(before) is not None
    return worth and _BUILDING.match(text, claim.at[1]) is not None


def _nearest(claim: Claim, pattern: re.Pattern[str], span: Span) -> int | None:
    found = [
        (abs(m.start() - claim.at[0]), number(m["n"])) for m in pattern.finditer(claim.passage.text, span[0], span[1])
    ]
    return min(found)[1] if found else None


def _outputs(claim: Claim, span: Span) -> tuple[Output, ...]:
    found = []
    for match in _ITEMS.finditer(claim.passage.text, span[0], span[1]):
        count = number(match["n"])
        item = _ITEM_END.split(match["item"])[0]
        if count and item:
            found.append(Output(item, count, match["unit"]))
    return tuple(found)


def _attainment(claim: Claim) -> float | None:
    match = _ATTAINED.search(claim.passage.text, claim.sentence[0], claim.sentence[1])
    match = match or re.search(
        r"(?P<kind>超出|超过|超)(?:[^,;。%]{0,8})(?:计划|指标|目标)(?P<pct>\d+(?:\.\d+)?)%", claim.says(claim.sentence)
    )
    if match is None:
        return None
    percent = float(match["pct"])
    return round(percent + 100, 4) if match["kind"].startswith("超") and percent < 100 else percent


_THESE_MANY = on_use(
    rf"{_N}(?:个(?![省县市国月组团])|项|处|笔|者)(?P<own>项目)?[^。;]{{0,12}}?(?:合计|总共|共计|加起来|一共|相加|总值|总额)"
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
        counts = {number(m["n"] or m["m"] or m["o"] or m["k"] or m["c"]) for m in _PROJECTS.finditer(text)}
        if these is not None and number(these["n"]) in counts:
            return number(these["n"])
        if these is None and counts:
            return counts.pop() if len(counts) == 1 else None
    return None


def from_above(claim: Claim, scope: Scope) -> Claim:
    """The count a claim takes from the lines above: 项目总值 after 全年18个项目; one project a contract is for."""
    if claim.project_count is not None or claim.is_target:
        return claim
    said = claim.says((claim.sentence[0], claim.at[0]))
    if _ALL_PROJECTS.search(said):
        for page in scope.before(claim.line_no)[:3]:
            counts = [number(m["n"] or m["m"] or m["o"] or m["k"] or m["c"]) for m in _PROJECTS.finditer(page.text)]
            if counts and counts[0]:
                return changed(claim, project_count=counts[0], flags=(*claim.flags, "inherited_project_count"))
    if (count := _of_them_all(claim, scope)) is not None:
        return changed(claim, project_count=count, flags=(*claim.flags, "inherited_project_count"))
    if re.match(r"[ “]*(?:按照|根据|依照)(?:合同|协议|约定)", said):
        quoted = [m for page in scope.top for m in _ONE_QUOTED.finditer(page.text)]
        if len({m["name"] for m in quoted}) == 1:
            return changed(claim, project_count=1, flags=(*claim.flags, "inherited_project_count"))
    return claim
