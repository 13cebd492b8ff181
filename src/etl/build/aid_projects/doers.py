"""Who does the work, by what is done: 由X + any work, X + a verb of work, where no list of names knows X.

由县林业站育苗, 县林业站统一育苗: names of offices and teams are without number, but what they end in is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.build.aid_projects.nominals import Phrase, subject, trimmed
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.patterns import on_use

# What the names of bodies and teams that do work end in, with what would make each another word.
_END = (
    r"(?:委员会|联合会|协会|基金会|商会|学会|教会|善会|十字会|工会|农会|[分总]会(?!场)|会馆|公司|集团(?!军)|企业|中心|医院|学院|大学|[中小]学(?!生)"
    r"|研究[院所]|设计院|卫生[站院所]|(?:管理|推广|工作|水利|林管|兽医|林业|水务|农技|农机|防疫|保护|服务|医疗|气象|边防)站|[管林水兽]站|厅(?!堂|长)|(?<=[一-鿿]{2})局(?![部面势长])"
    r"|(?<=[一-鿿]{2})科(?![学技普研目长室])|(?<=[一-鿿]{3})处(?![理置境于在长])|办公室|办事处|代表处|(?<=[合工])作社|村委会?|居委会?|青?年?团委|青年团(?!体|结|委)|[妇侨残青]联|友联|友协|阵线"
    r"|边防[屯站团连营哨]|哨所|部队|军区|工兵[营团连旅队]|第[一二三四五六七八九十\d]{1,4}[一-鿿]{0,4}[师旅团营]|(?:医疗|工作|施工|志愿|义工|排雷|救援|工程|服务|突击|建设|民兵|青年)[队组]|[小专]组|专家组?"
    r"|大?使馆|领馆|领事馆|(?:非政府|国际|慈善|友好|志愿|民间|援助|社会|(?<=[A-Za-z]))组织|机构|银行|政府|人委会|[省市县郡]委|官兵|战士|师生|民兵|志愿者|义工|技术员|工程师|卫生员|村医|干部|村民|家长|[校院馆园]方|[省市县乡村社]里"
    r"|(?<=[一-鿿]{2})会(?![场议上谈见面员长后同费务])|[”」])(?:[“「][^”」]{1,14}[”」])?(?:\([^()]{1,20}\))?"
)
_NAME = rf"(?P<who>[^,;:、由被把将向给为对从于的\d“”「」()]{{0,18}}?(?:[“「][^”」]{{1,14}})?{_END})"
_THIS = (
    r"(?:(?:该|本|上述)(?:中心|协会|基金会|组织|机构|公司|委员会|联合会|医院|学校|单位"
    r"|[会厅局校院站团队部馆省县市乡](?![一-鿿]?(?:长|员)))|[前后]者)"
)
_LED_IN = on_use(rf"(?<![理自缘事])由(?:{_NAME}|(?P<this>{_THIS}))(?P<does>[^,;:]{{2,40}})")
_OPENING = on_use(rf"(?![供让使帮请令投流送给用])(?:{_NAME}|(?P<this>{_THIS}))(?P<does>[^,;:]{{2,40}})")
# What one that 由 leads in does that is no work of a gift: paying, speaking, judging, making one up.
_NO_WORK = on_use(
    r"[^,;:。]{0,12}?(?:捐|赠|资助|出资|出钱|援助|赞助|支付|负担|拨|认购|认领|买单|埋单|垫|掏|(?<!统)筹|募|凑|供资|注资|提供|补足|补上|承担(?![^,;:]{0,6}(?:施工|实施|建设|作业|培训))|分担|包下)"
    r"|(?:[^,;:。]{0,2}|已[^,;:。]{0,4})(?:批准|审批|核准|批复|同意|验收|签收|接收(?![^,;:]{0,4}[再并后])|收下|领|获|得|享|率|[带运捎送寄拿空]+来|带队|陪同|主持(?!实施)|致|出席|见证|参加|参与|代表|宣布|公布|介绍|通报|说|表示|签|担任|出任|改[为由名称]|组成|构成|转为|变"
    r"|成立|创办|创立|发起|举办|主办|召开|评|选出|推荐|认定|确定|决定|申请|提出|作证)"
)
# What a body that opens a clause does when it carries out.
_WORK = on_use(
    r"(?:随后|随即|当天|当场|立即|连夜|已|则|还|并|也|将|正|再|先后|负责|统一|逐[一-鿿](?:逐[一-鿿])?|挨[家户](?:挨户)?|分头|分别|各自|自行|轮流|上门|分批|集中|就地|具体|直接|专门|免费|共同|一起|一道|联合|派员|派人|(?:会同|同|与|和)[^,;:]{2,10}(?:一道|一起|共同)?|(?:在|到|按|为|向|给|替)[^,;:]{1,12}?){0,3}"
    r"(?:中标|接手|接管)?(?:采购|购置|代购|发放|分发|派发|代发|配送|运送|转运|施工|承建|承包|修建|建造|搭建|搭起|盖起|铺设|安装|培训|授课|讲课|登记|造册|核对|核实|点验|管护|看管|保管|运营|经营|维护|统筹|协调|实施|执行|落实"
    r"|分配|清点|遴选|挑选|招募|牵头|制作|推广(?!中心|站|局)|示范|传授|印制|配发|配药|看诊|义诊|手术|施救|护送|带队|操办|张罗|监理|监督施工|调试|设计|打造|打井|凿井|育苗|种植|代管|打理|兑付|入户|巡诊|把关|派员|派出|派来|派去|派驻|派遣|选派|代收|配货|供货|备货|送货|取模|派技术|出人|出力|出工|出车|包办|包揽|日夜|昼夜|轮班|轮番|出动|进场|背[^,;:]{1,8}[上进到]|扛[^,;:]{1,8}[上进到]|把[^,;:]{1,10}?(?:捎|送|背|扛|发|分|交)[到给进回去]|[将把][^,;:]{1,8}?(?:修|盖|装|运|抬|砌|铺|种)|帮工|组织[^,;:]{0,6}(?:帮工|施工|发放|分发|义诊|培训|安装|修建|运送|采购|劳力|人力|义务))"
)


def led_in(page: Passage, span: Span, scope: Scope) -> Iterator[Phrase]:
    """X of 由X + work, for any work that is no paying, judging or speaking: 由该中心培训联络员."""
    for hit in _LED_IN.finditer(page.text, *span):
        if _NO_WORK.match(hit["does"]) is None:
            yield _phrase(page, hit.span("who" if hit["who"] else "this"))


def at_work(page: Passage, span: Span, scope: Scope) -> Phrase | None:
    """X that opens a clause and does work: 县邮政公司代发, 后者派出十一支排雷队."""
    opened = trimmed(page, *span)
    who = subject(page, span, scope)
    if who is not None and _WORK.match(page.text, who.end, span[1]) and page.text[who.end - 1] not in "省市县国":
        return who
    hit = _OPENING.match(page.text, *opened) if opened else None
    if hit is None or _WORK.match(hit["does"]) is None:
        return None
    return _phrase(page, hit.span("who" if hit["who"] else "this"))


def _phrase(page: Passage, at: Span) -> Phrase:
    return Phrase(page.line.line_no, *at)
