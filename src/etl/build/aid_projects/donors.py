"""The donor that a claim's own sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.build.aid_projects.carriers import side
from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.fields import field_hits
from etl.build.aid_projects.frames import FOREIGN, frames, hits, past_verb, role_hits
from etl.build.aid_projects.frames import frame as frame_named
from etl.build.aid_projects.governing import Frame, clauses_near, governing, its_money_behind, next_sentence, verbs_in
from etl.build.aid_projects.location import near_clauses
from etl.build.aid_projects.naming import CARRIER, UNION, bodies, ends_in_place, is_place, named, party
from etl.build.aid_projects.nominals import (
    Phrase,
    beginning,
    clause_head,
    cut,
    is_somebody,
    may_be_party,
    subject,
    trimmed,
    verb_subject,
)
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.normalize.text import fold
from etl.patterns import on_use

_ROW = on_use(r"\s{0,4}\|\s{0,4}(?P<who>[^|\d]{2,30}?)\s{0,4}\|(?:[^|]{1,60}\|){2,8}\s{0,4}$")
_BODY = on_use(r"(?:社|会|會|使馆|使館|署|基金|组织|組織|政府|公司|团|團|银行|机构|商会|教会|大学|联盟|[”」])$")
_SHARE = on_use(
    r"(?:\([^()]{1,16}\))?(?:一家|一国|一人)?(?:就|即|便|则|已)?(?:占|贡献|承担|出|捐|拿出|达|(?<=[家国人即就])(?:为|有))了?"
)
_CAME_IN = on_use(r"收到|接收|接受|募|筹|争取|获得?|捐|到账|入账|汇款|动员")
_WENT_OUT = on_use(r"拨给|拨往|发给|分给|分配|送给|送往|发放|用于|拨付|转交|分发")
_OWN_THINGS = on_use(r"(?:[^,;。]{0,14}|[^;。]{0,40},)[将把](?![^,;。]{2,16}?(?:捐|赠|资助|援助)的?)")
_PASSES_ON = on_use(r"友好组织联合会|友联$|委员会|阵线|动员|外事厅|外务厅|侨联|妇联")
# 捐款单上写着:甲1亿,乙2亿
_LIST_OF_GIFTS = on_use(r"(?:捐|赠|赞助|资助|出资|善款|认)[^。]{0,30}:$")
_NAME = on_use(r"[^、和与及,]{2,}")
_AND_MORE = on_use(r" ?(?:并|还|又|同时|且)(?!由|在)")
_BUILDS = frozenset({"建成", "修建", "兴建", "新建", "搭建", "耗资", "花费", "用于", "添置"})
_WHOLE_UNIT = on_use(r"[全本该][省市县国区]$")
_HAS_BODIES = on_use(
    r"(?:共|仍|已|现|还)?有[^,;]{0,12}(?:组织|机构|团体)|(?:累计|先后|共|已|年内)?(?:接待|接纳|对接)[^,;]{0,12}(?:组织|机构|团体)|提出|争取|落实|执行|接收|吸引|引进"
)
_HOUSES = on_use(
    r"(?:小学|中学|学校|幼儿园|医院|卫生[站院]|医疗站|孤儿院|养老院|图书馆|学院|中心|水厂|电站|诊所|教室|宿舍)$"
)
_RECEIVING = on_use(
    r"(?:所|共|已|曾|先后|累计|全年|总共|一共|还|也|又|都|均|各|\d{4}年)?(?:接收|收下|收得|接获|获赠|受赠|收到|接受|获|得到|迎来|领到|争取|利用|吸引|引进)"
)
_FAR_VERB = 24  # characters from the head of a clause within which its verb is looked for
_EACH = on_use(r"分别|各自|依次")
_SHARES = on_use(r"政府|方$|企业|个人|民众|侨胞|团体|机构|组织|公司|集团|社区|会$")
_BEFORE_BRACKET = on_use(r"(?:^|[,;:、是为有自括和与及,至])(?P<who>[^,;:、()和与及。]{2,16})\((?:约|近|逾|超过|各)?$")
_GIVERS_LISTED = on_use(
    r"(?<!吸引)(?<!接收)(?<!获得)(?<!利用)(?<!争取)(?<!接受)(?:出资|捐[赠助款资]|认捐|资助|援助|供资|善款|资金来源)[^;。]{0,16}?(?:是|为|有|包括|来自|分别|依次|:)"
)
_OWN_HANDS = on_use(
    r"(?:代表团|访问团|工作团|慰问团|使馆|领馆|领事馆|公司|集团|企业|部队|军区|军人|队|(?:旅[一-鿿]{1,8}|越南人[一-鿿]{0,3}|商|同乡|校友|教)会(?:代表)?|会馆|侨[胞团民])$"
)
_THROUGH = ("通过", "由", "经", "委托", "交")
_ANYBODY = on_use(r"(?:外国|国际|国外|境外|海外|外方|各方|国内外|国际社会)")
_OWNER = on_use(
    r"(?P<who>[^,;:是为把将用给向对从由在]{2,24}?)(?:临走前?|先后|一次性|共同|无偿)?"
    r"(?:(?:承诺|答应|许诺|同意|应允|愿意)(?=[捐赠资援提出拨]))?(?:所?(?:捐[赠助献出资来]?|赠送?|资助|援助|[汇寄送带运拨]来|[拿凑募筹拨送]出|留下|筹集|募集|[募筹凑]得|提供|承诺|认捐))?"
    r"的(?:一[笔批份张])?(?:约|近|逾|超过)?$"
)


def donor_of(claim: Claim, frame: Frame | None, scope: Scope) -> Party | None:
    """Frames of giving first, clause by clause, then the subject of the verb, then partners and kinds of givers."""
    page = claim.passage
    listed = _listed(claim) or _labelled(claim, scope) or next(_fields(claim, scope), None)
    if listed is not None:
        return party(listed, scope)
    for span in near_clauses(claim, scope):
        for phrase in role_hits("behalf", page, span):
            sent = page.text[phrase.end : phrase.end + 3].lstrip("的").startswith(_SENT_BY)
            if sent and may_be_party(page, phrase.start, phrase.end, scope) and (who := party(phrase, scope)):
                return who  # 受花莲慈航寺之托: whoever stands there sent the money
            if _of_other_gift(claim, span, scope) and (owner := _owner(claim, scope)) is not None:
                return owner  # 代表使馆赠送3亿,并将商会募集的12亿转交
            head = cut(page, phrase, scope)  # 代表老挝政府|通知有关组织
            if _TAKES_IT.match(page.text, head.end):
                continue  # 副主席代表该省|接过支票
            joined = page.text[head.end : head.end + 1] in "和与及、"  # 代表省党委、政府|和人民
            for whom in (phrase, head) if joined else (head, phrase):
                if is_somebody(page, whom.start, whom.end, scope):
                    return party(whom, scope)
    for span in near_clauses(claim, scope):
        for phrase in role_hits("payer", page, span):
            if is_somebody(page, phrase.start, phrase.end, scope):
                return party(phrase, scope)
        for phrase in hits(frame_named("with_support"), page, span):
            if _GIVES_AS_A_RULE.search(page.text[phrase.start : phrase.end]) and (who := party(phrase, scope)):
                return who  # 在德国明爱会的支持下,春禄教区明爱会帮残疾人添置
    return (
        _bracketed(claim, scope)
        or _one_of_each(claim, frame, scope)
        or _owner(claim, scope)
        or _share(claim, scope)
        or _giver(claim, frame, scope)
        or _agent(claim, scope)
        or _opens_item(claim, scope)
        or _associated(claim, scope)
        or _signs(claim, scope)
        or _told_behind(claim, scope)
    )


_COUNT_ALONE = on_use(r"(?:\d{1,4}|[一二两三四五六七八九十几数多]{1,3})[家位名个方人国]$")


def _fields(claim: Claim, scope: Scope) -> Iterator[Phrase]:
    """What a field of givers names; 捐款者有三家 only counts them."""
    for phrase in field_hits("donor", claim, scope):
        if _COUNT_ALONE.match(scope.page_of(phrase.line_no).text, phrase.start, phrase.end) is None:
            yield phrase


_SENT_BY = ("之托", "委托", "嘱托", "重托", "之嘱")


def _signs(claim: Claim, scope: Scope) -> Party | None:
    """多乐省同世界宣明会签协议:营养项目将获50万美元: the foreign one of two that sign earlier in the sentence."""
    page = claim.passage
    for clause in page.clauses_in((claim.sentence[0], claim.clause[0])):
        for pattern in frames("signed"):
            for hit in pattern.finditer(page.text, *clause):
                if (who := side(page, hit, scope, foreign=True)) is not None:
                    return who
    return None


_ITEM = on_use(r" {0,4}(?:[(]?\d{1,2}[.、)] ?|[一二三四五六七八九十]{1,2}、|[-*•·▪■●◆○◇▶] ?)")
_OWN_WORK = on_use(
    r"(?:\([^()]{1,16}\))?(?:[与同和][^,;:。]{2,20}?(?:合作|联合|携手|签)|原定|原计划|计划|拟|继续|今年|去年|已)?(?:在|为|于)?[^,;:。收获受]{0,30}(?:合作|签|修|建|种|开设|开展|实施|执行|办|装|培训|资助|援)"
)


def _opens_item(claim: Claim, scope: Scope) -> Party | None:
    """2. 英国“晨曦”会与妇女学院合作,由后者开课,经费27万: the one from abroad that opens an item of a list and works."""
    page = claim.passage
    item = _ITEM.match(page.text)
    if item is None or claim.sentence[0] > item.end() or claim.is_target:
        return None
    who = subject(page, (item.end(), page.clause_at(item.end())[1]), scope) if item.end() < len(page.text) else None
    if who is None or who.start > item.end() + 1 or _OWN_WORK.match(page.text, who.end) is None:
        return None
    homes = [p.country for p in scope.places(claim.line_no, (who.start, who.end)) if "pair" not in p.flags]
    if not homes or homes[0] in (None, "VN") or homes[-1] == "VN":
        return None
    found = party(who, scope)
    return None if found is None or is_place(found, scope) else found


_TAKES_IT = on_use(r"(?:接过|接受|接收|收下|领取|接下|签收|致谢|感谢)")


def _of_other_gift(claim: Claim, span: Span, scope: Scope) -> bool:
    return span != claim.clause and _has_own_sum(claim, span, scope)


def _listed(claim: Claim) -> Phrase | None:
    """| 扶轮社 | 承天顺化省 | 轮椅80辆 | 9,600欧元 |: the first cell of a table's row, where it names a body."""
    text = claim.passage.text
    row = _ROW.match(text)
    if row is None or row.end("who") > claim.at[0] or not _BODY.search(row["who"]):
        return None
    return Phrase(claim.line_no, row.start("who"), row.end("who"))


_LABEL = on_use(
    r" {0,4}(?:[-*•·▪■●◆○◇▶] ?|[(]?\d{1,2}[.、)] ?|[一二三四五六七八九十]{1,2}、)"
    r"(?P<who>[^,;:。“]{2,24}(?:“[^”]{1,14}”[^,;:。]{0,8})?):"
)
_OWN_GOODS = on_use(
    r"(?<![^;:。 ])(?:还有|另有|再有|以及|包括|有)?(?P<who>[^,;:。的]{2,20}(?:的[^,;:。的]{2,8})?)"
    r"(?:自制|自产|生产|珍藏|节省下来|攒下|省下|自种)?的"
    r"(?=[一两三四五六七八九十百千\d][\d,.一二三四五六七八九十百千万多余]*(?:吨|台|辆|件|套|份|箱|册|本|张|床|头|公斤|只|盒|包|袋|支|棵|瓶|桶|车))"
)
_GIFTS_ABOVE = on_use(r"捐|赠|援助|资助|认捐|善款|支援|救灾|赈灾|慰问|礼单|清单|名单|伸出援手|援手|帮助|支持|助")


def _labelled(claim: Claim, scope: Scope) -> Phrase | None:
    """* 泰国商会:大米等实物,估价17亿: in a list of gifts, the name before the colon or the owner of the goods."""
    page = claim.passage
    label = _LABEL.match(page.text)
    if label is not None and label.end() <= claim.at[0]:
        above = scope.above(claim.line_no)[:8]
        tells = (
            any(_GIFTS_ABOVE.search(p.text) for p in above) or _GIFTS_ABOVE.search(page.text, label.end()) is not None
        )
        span = trimmed(page, *label.span("who"))
        if tells and span is not None and is_somebody(page, *span, scope) and not _HOUSES.search(label["who"]):
            return Phrase(claim.line_no, *span)
    for hit in _OWN_GOODS.finditer(page.text, claim.segment[0], claim.at[0]):
        span = trimmed(page, *hit.span("who"))
        if span is not None and is_somebody(page, *span, scope) and _GIFTS_ABOVE.search(claim.says(claim.sentence)):
            return Phrase(claim.line_no, *span)
    return None


def _giver(claim: Claim, frame: Frame | None, scope: Scope) -> Party | None:
    page = claim.passage
    near = [s for s in clauses_near(claim) if claim.segment[0] <= s[0] < claim.segment[1]]
    if (payer := _behind_by(claim, scope)) is not None:
        return payer
    built_at: Party | None = None
    anybody: Party | None = None
    own = [(claim.since, claim.at[1])] if claim.clause[0] < claim.since else []
    # 在一所由企业捐资28亿建造的小学同师生见面,并赠送价值1.2亿的文具: another gift, of who the sentence is about
    goes_on = _AND_MORE.match(page.text, claim.clause[0]) is not None
    for span in [*own, *near]:
        if goes_on and span[1] <= claim.clause[0] and _has_own_sum(claim, span, scope):
            continue
        if span[0] > claim.at[1] and _is_of_a_part(claim, span, scope):
            continue
        for phrase in role_hits("donor", page, span):
            if _of_those_helped(page, phrase):
                continue
            if is_somebody(page, phrase.start, phrase.end, scope) and (who := party(phrase, scope)):
                if _OWN_PEOPLE.fullmatch(who.text) and (whose := _whose_people(claim, phrase, scope)) is not None:
                    return whose
                if _ANYBODY.fullmatch(who.text):
                    anybody = anybody or who  # 接收外国援助480万,主要来自韩国: the text may say more
                    continue
                return who
        for phrase in role_hits("donor", page, span):
            whole = cut(page, phrase, scope)
            if _of_those_helped(page, whole):
                continue
            if whole.end < phrase.end and _BRINGS_TOGETHER.match(page.text, whole.end):
                continue  # 由该会牵线的援助: who brought it about gave none of it
            is_named = is_somebody(page, whole.start, whole.end, scope)
            head = whole if is_named else beginning(page, phrase, scope)
            who = None if head is None else party(head, scope)
            if who is not None and not is_place(who, scope) and not _ANYBODY.match(who.text):
                return who
        here = frame is not None and frame.subject is not None and span[0] <= frame.subject.start < span[1]
        if here and claim.parent is not None and span[0] > claim.at[0]:
            continue  # 培训部分为42亿,华潘省将选派40名医务人员: who acts behind a part gives nothing
        if here and span[0] <= claim.at[0] < span[1] and _is_untold(frame, page, scope):
            return None
        if here and (who := _giving_subject(frame, page, scope)):
            if _only_works(frame, page, span):
                continue  # 该计划由“向阳”会出资,县农民协会负责落实,…花费43亿: who does the work pays none of it
            if frame is not None and frame.verb in _BUILDS and (is_place(who, scope) or _HOUSES.search(who.text)):
                built_at = built_at or who  # 在X资助下,甘露县建成图书馆: the giver may stand further off
                continue
            return who if span[0] <= claim.at[0] < span[1] else _said_outright(claim, near, scope) or who
    if built_at is not None or anybody is not None:
        return built_at or anybody
    if (loose := _by_construction(claim, [*own, *near], scope)) is not None:
        return loose
    return _opening_body(claim, scope) if frame is None else None


_CARRIES_OUT = on_use(
    r"(?:则|将|也|已)?(?:具体|全权|直接|派[员人兵]|派工兵|会同[^,;:]{2,24}?)?(?:负责(?!出资|筹|资金|经费)|执行|实施|落实|操办|经办|承办|承建|施工|监理|组织施工"
    r"|承担(?:了)?(?:现场|全部|具体|主要|技术|日常)?(?:施工|作业|实施|建设|安装|采购|运输|培训|发放|清理|执行))"
)


def _only_works(frame: Frame | None, page: Passage, span: Span) -> bool:
    if frame is None or frame.subject is None or frame.verb not in _BUILDS:
        return False
    return _CARRIES_OUT.match(page.text, frame.subject.end, span[1]) is not None


_SO_MANY_OF = on_use(r"(?:约|近|逾|超过)?(?:\d[\d,]{0,15}|[一二两三四五六七八九十百]{1,4})多?余?(?:名|位)")
_ARE_HELPED = on_use(
    r"的[^,;:的]{0,6}?(?:学生|贫困生|新生|儿童|孩子|患者|患儿|病人|老人|孤儿|教师|妇女|农民|渔民|居民|残疾人)[^,;:的]{0,4}?"
    r"(?:拿到|领到|得到|获得|收到|领取|用上|受惠|获)"
)


def _of_those_helped(page: Passage, who: Phrase) -> bool:
    """12名太原师范大学|的贫困生拿到资助: the house of those who get it."""
    return _SO_MANY_OF.match(page.text, who.start, who.end) is not None and (
        _ARE_HELPED.match(page.text, who.end) is not None
    )


_BRINGS_TOGETHER = on_use(
    r"(?:牵线|搭桥|牵头|促成|协调|对接|撮合|引进|引荐|联络|联系|动员|争取|经手|经办|承办|执行|实施|落实)"
)

# 同乡会把会员义卖所得的4万交给: it gives what its own people gave
_OWN_PEOPLE = on_use(r"(?:全体|广大|部分|各位)?(?:会员|成员|员工|职工|干部职工|教友|信众|学员|团员)们?")


def _whose_people(claim: Claim, people: Phrase, scope: Scope) -> Party | None:
    who = subject(claim.passage, claim.passage.clause_at(people.start), scope)
    if who is None or who.end > people.start or not _TAKES_OWN.match(claim.passage.text, who.end, people.start):
        return None
    return party(who, scope)


_TAKES_OWN = on_use(r"[^,;:]{0,8}?[将把用]$")


_OUTRIGHT = (
    "by",
    "gift_of",
    "gift_noun",
    "given_by",
    "coming_from",
    "cleft_payer",
    "money_given_by",
    "who_pays_is",
    "borne_passive",
)


def _said_outright(claim: Claim, spans: Sequence[Span], scope: Scope) -> Party | None:
    """残疾人中心靠三个项目起家,合计27.5万,均系“手拉手”协会所赠: who a clause says gave, whoever opened another."""
    for span in spans:
        if span[0] <= claim.at[0]:
            continue
        for name in _OUTRIGHT:
            for phrase in hits(frame_named(name), claim.passage, span):
                if is_somebody(claim.passage, phrase.start, phrase.end, scope):
                    return party(phrase, scope)
    return None


_THIS_ONE = on_use(r"(?:该|此)[省市县州国会]$")


def _is_untold(frame: Frame | None, page: Passage, scope: Scope) -> bool:
    """该省此前出了90万欧元,省议会又批准15万: one that gives, and the text lets nobody tell who: the next is another."""
    who = None if frame is None or frame.part != "donor" else frame.subject
    return who is not None and _THIS_ONE.match(page.text, who.start, who.end) is not None and party(who, scope) is None


def _has_own_sum(claim: Claim, span: Span, scope: Scope) -> bool:
    return any(span[0] <= m.char_start < span[1] and not m.per_unit for m in scope.money(claim.line_no))


_PART_BEHIND = on_use(
    r"[ “]*(?:(?:其中|里面|内中|当中)?(?:由|来自|出自|靠)"
    r"|当中(?=\d)|(?:其中|里面|内中|当中)[^,;:。\d]{2,14}?(?:补助|补贴|出资|捐|资助|提供|承担|负担|拨|赞助|援助|分担|支付|认捐|列支|划拨))"
)


def _is_of_a_part(claim: Claim, span: Span, scope: Scope) -> bool:
    """总经费1560万,由外交部补助600万,其余来自捐款: a clause behind that has a smaller sum tells who gave that part."""
    own = claim.money
    if own is None:
        return False
    less = [
        m
        for m in scope.money(claim.line_no)
        if span[0] <= m.char_start < span[1] and m.amount < own.amount and not m.per_unit
    ]
    # 市值186万:120万由三家药厂提供,66万是协会自购: a clause that opens with a smaller sum
    opens = any(not claim.passage.text[span[0] : m.char_start].strip(" 约近逾另有") for m in less)
    return bool(less) and (opens or _PART_BEHIND.match(claim.passage.text, *span) is not None)


# 使馆从小额援助资金里安排了9.8万, 外国基金会为此花去3万: whatever they do with it, such give.
_GIVES_AS_A_RULE = on_use(
    r"(?:使馆|领馆|领事馆|明爱会|宣明会|救助会|援助会|基金会|国际|非政府组织|协力机构|合作署|开发署|发展署|计划署|教会|慈善会|同乡会|商会|校友会?|侨胞|越侨|华侨|志愿队|扶轮社|狮子会|欧盟|世行|亚行|移工|友人)$"
)


def _agent(claim: Claim, scope: Scope) -> Party | None:
    """The subject of the claim's clause or of those before it in the segment, of a kind that gives as a rule."""
    page = claim.passage
    clauses = [c for c in page.clauses_in(claim.segment) if c[0] <= claim.at[0]]
    for clause in reversed(clauses):
        who = subject(page, clause, scope)
        if who is None or _RECEIVING.match(page.text, who.end):
            continue
        if _GIVES_AS_A_RULE.search(page.text[who.start : who.end]) and (found := party(who, scope)):
            return found
        if clause[0] < claim.clause[0] and _is_body_abroad(claim, who, scope):
            return party(who, scope)  # 捷克“樱桃树”协会另有办法:每年30份奖学金
        return None
    return None


def _is_body_abroad(claim: Claim, who: Phrase, scope: Scope) -> bool:
    said = claim.passage.text[who.start : who.end]
    homes = [p.country for p in scope.places(claim.line_no, (who.start, who.end)) if "pair" not in p.flags]
    abroad = bool(homes) and homes[0] not in (None, "VN") and homes[-1] != "VN"
    return abroad and _BODY.search(said) is not None and CARRIER.search(said) is None


# Constructions that leave no doubt that their phrase gives, whoever it is.
_CERTAIN = (
    *("by", "made_by", "gift_of", "given_by", "coming_from"),
    *("with_support", "provided_by", "gift_directed", "out_of", "runs_in"),
)


def _by_construction(claim: Claim, spans: Sequence[Span], scope: Scope) -> Party | None:
    """由X补助, X白送的, X + a verb of giving: whoever stands there gives, even when its kind is not known."""
    page = claim.passage
    for span in spans:
        if span[0] > claim.at[1] and _is_of_a_part(claim, span, scope):
            continue
        for name in _CERTAIN:
            for phrase in hits(frame_named(name), page, span):
                head = cut(page, past_verb(phrase, page), scope)
                if head.end < phrase.end and _BRINGS_TOGETHER.match(page.text, head.end):
                    continue
                if may_be_party(page, head.start, head.end, scope) and (who := party(head, scope)):
                    return who
        verbs = [(p, v) for p, v in verbs_in(page, span, scope) if verb_subject()[v] == "donor" and v not in _BUILDS]
        if not verbs or verbs[0][0] > max(claim.at[1], span[0] + _FAR_VERB):
            continue
        opens = clause_head(page, span, scope)
        if opens is None or _RECEIVING.match(page.text, opens.end):
            continue
        if _HAS_BODIES.match(page.text, opens.end):
            continue  # 全市有31个组织开展项目
        if CARRIER.search(page.text[opens.start : opens.end]):
            continue  # 祖国阵线把筹得的15亿拨给: the stricter look has said no
        if span[0] > claim.at[0] and _LENDS_STAFF.search(page.text, opens.end, span[1]):
            continue  # 经费合计90万,各县武装部派员配合: who sends people along behind the sum pays none of it
        if _CARRIES_OUT.match(page.text, opens.end):
            continue  # 由嘉莱省出资,省建设厅派员监理,建成
        if _IS_TOLD_TO.match(page.text, opens.end) or _only_uses(page, opens, verbs[0][1]):
            continue
        if opens.end <= verbs[0][0] and may_be_party(page, opens.start, opens.end, scope):
            who = party(opens, scope)
            if who is not None and who.resolved and CARRIER.search(fold(who.text)):
                continue  # 后者将发给灾户, and 后者 is the Red Cross
            return who
    return None


# 外事厅通报,全省新批项目和援助40项: who reports on what others gave
_REPORTS = on_use(
    r"[^,;:]{0,12}?(?:外事厅|外务厅|外事办|外事局|统计局|统计总局|新闻办|友好组织联合会|友联)[^,;:]{0,8}?(?:通报|公布|统计|的?(?:报告|数据)显示)"
)


_LENDS_STAFF = on_use(
    r"^[^,;:]{0,8}?(?:派员|派人|选派|指派|抽调|派[^,;:]{0,8}?(?:员|人|师|生|队|组|兵))|(?:配合|协助|陪同|护送|驻[院校村厂]|把关|调试|指导)$"
)
# 古方将|用于添置设备, 中心将|用9万美元购买: who is to use the money does not give it
_TO_USE = on_use(r"(?:[将拟会]|计划|准备|打算)(?:把[^,;]{1,10})?用(?:于|来|以|作|(?=[约近]?\d))")
_BUYS = frozenset({"购买", "购置", "采购", "添置", "更换", "用来购买", "兴建", "修建"})


def _only_uses(page: Passage, who: Phrase, verb: str) -> bool:
    """Whether who opens a clause uses what others gave: a house that buys, anybody that 将用于."""
    if _TO_USE.match(page.text, who.end):
        return True
    return verb in _BUYS and _HOUSES.search(page.text[who.start : who.end]) is not None


def _behind_by(claim: Claim, scope: Scope) -> Party | None:
    """该中心的经费每年约6万美元,一直由瑞士儿童救助会资助: who the clause right behind the figure says pays."""
    page = claim.passage
    if verbs_in(page, (claim.clause[0], claim.at[1]), scope):
        return None
    behind = next((c for c in page.clauses_in(claim.segment) if c[0] > claim.at[0]), None)
    if behind is None or any(behind[0] <= m.char_start < behind[1] for m in scope.money(claim.line_no)):
        return None  # the clause is about its own figure
    if any(hits(frame_named(name), page, (claim.at[1], claim.clause[1])) for name in _OUTRIGHT[1:4]):
        return None  # 8亿材料款系会馆所赠,人工由村民承担: the own clause has said who gave
    for phrase in hits(frame_named("by"), page, behind):
        if is_somebody(page, phrase.start, phrase.end, scope):
            return party(phrase, scope)
    return None


def said_of_its_money(claim: Claim, scope: Scope) -> Party | None:
    """资金全部来自“白云”, 这批设备由乂安省赠送: the giver that a clause behind the figure names outright."""
    later = [c for c in claim.passage.clauses_in(claim.segment) if c[0] >= claim.at[1]]
    behind = [(page, c) for page, c in its_money_behind(claim, scope) if page is claim.passage]
    for page, clause in [*((claim.passage, c) for c in later), *behind]:
        if any(clause[0] <= m.char_start < clause[1] for m in scope.money(claim.line_no)):
            continue
        for name in _OUTRIGHT:
            for phrase in hits(frame_named(name), page, clause):
                if is_somebody(page, phrase.start, phrase.end, scope):
                    return party(phrase, scope)
    return None


_OPENS_FIELD = on_use(r"[ “]*(?:[这那该][些笔批几]?|以上|上述)?[^,;:。]{0,4}(?:捐|资助|出资|援助|赞助|供资)")


def _told_behind(claim: Claim, scope: Scope) -> Party | None:
    """支票换了主人。…,钱来自中国红十字会总会: who the next sentence says the money is from."""
    for clause in next_sentence(claim, scope)[:1]:
        for phrase in role_hits("donor_field", claim.passage, clause):
            if _OPENS_FIELD.match(claim.passage.text, *clause) and (who := party(phrase, scope)):
                return who  # 捐方均为“珊瑚海伙伴”
    for page, clause in its_money_behind(claim, scope):
        if page is not claim.passage:
            break  # the next paragraph may tell of another gift
        for phrase in role_hits("donor", page, clause):
            if is_somebody(page, phrase.start, phrase.end, scope):
                return party(phrase, scope)
    return None


def _one_of_each(claim: Claim, frame: Frame | None, scope: Scope) -> Party | None:
    """大使馆和商会分别捐赠10亿和6亿: the k-th giver has the k-th figure."""
    if frame is None or frame.part != "donor":
        return None
    clause = claim.clause
    word = _EACH.search(claim.passage.text, clause[0], claim.at[0])
    who = subject(claim.passage, clause, scope) if word else None
    if word is None or who is None or who.end > word.start():
        return None
    figures = [m.char_start for m in scope.money(claim.line_no)]
    figures = [f for f in figures if word.end() <= f < clause[1]]
    names = [(m.start(), m.end()) for m in _NAME.finditer(claim.passage.text, who.start, who.end)]
    if len(names) != len(figures) or len(names) < 2 or claim.at[0] not in figures:
        return None
    return party(Phrase(claim.line_no, *names[figures.index(claim.at[0])]), scope)


def _share(claim: Claim, scope: Scope) -> Party | None:
    """其中美国政府占1.5亿美元: the body whose share a part is."""
    who = subject(claim.passage, (claim.clause[0], claim.at[0]), scope) if claim.parent is not None else None
    gap = "" if who is None else claim.passage.text[who.end : claim.at[0]]
    if who is None or not (_SHARE.match(gap) or (not gap.strip("约近逾达") and _of_what_came_in(claim))):
        return None
    said = claim.passage.text[who.start : who.end]
    return party(who, scope) if FOREIGN.search(said) or _SHARES.search(said) else None


def _of_what_came_in(claim: Claim) -> bool:
    """收到汇款214万,其中日本红十字会60万: a part of what came in is told by who gave it."""
    said = claim.says((claim.sentence[0], claim.clause[0]))
    return _CAME_IN.search(said) is not None and _WENT_OUT.search(said) is None


def _bracketed(claim: Claim, scope: Scope) -> Party | None:
    """出资居前的是欧盟(650万欧元)、澳大利亚(600万澳元): in a list of givers, the name before the bracket."""
    text, at = claim.passage.text, claim.at[0]
    name = _BEFORE_BRACKET.search(text, max(claim.sentence[0], at - 30), at)
    if name is None or not _GIVERS_LISTED.search(text, claim.sentence[0], at):
        return None
    span = trimmed(claim.passage, *name.span("who"))
    if span is None or not is_somebody(claim.passage, *span, scope):
        return None
    return party(Phrase(claim.line_no, *span), scope)


def _opening_body(claim: Claim, scope: Scope) -> Party | None:
    """二、瑞士扶轮社,为三所小学建水塔,金额4.2万美元: a foreign body that opens a segment without a verb of giving."""
    clauses = [c for c in claim.passage.clauses_in(claim.segment) if c[0] <= claim.at[0]]
    who = subject(claim.passage, clauses[0], scope) if clauses else None
    if who is None:
        return None
    said = claim.passage.text[who.start : who.end]
    return party(who, scope) if FOREIGN.search(said) and not CARRIER.search(said) else None


def _associated(claim: Claim, scope: Scope) -> Party | None:
    """与17个外国非政府组织合作, 涉及34个组织, 外国民间: those the money must come from."""
    page = claim.passage
    for phrase in role_hits("for_all", page, claim.sentence):
        return party(phrase, scope)
    for span in clauses_near(claim):
        for phrase in role_hits("counted", page, span):
            return party(phrase, scope)
        for phrase in role_hits("partner", page, span):
            said = page.text[phrase.start : phrase.end]
            if FOREIGN.search(said) and not CARRIER.search(said) and (who := party(phrase, scope)):
                return who
        for phrase in role_hits("generic", page, span):
            return party(phrase, scope)
    for actor in bodies(scope, claim.line_no, (claim.sentence[0], claim.at[0])):
        ahead = page.text[max(0, actor.char_start - 2) : actor.char_start]
        if _RECEIVING.match(page.text, actor.char_end):
            continue  # 儿童基金会收到一封信,内夹着5000元
        if re.search(r"基金会|非政府组织|国际", fold(actor.name)) and not ahead.endswith(_THROUGH):
            return named(actor, scope)
    return None


# 储备局奉命点交大米, 渔业局获授权管理善款: who is told to do it gives nothing of its own
_IS_TOLD_TO = on_use(r"(?:\([^()]{1,16}\))?(?:已|则|也)?(?:受命|奉命|受托|受委托|奉派|受权|获授权|获准|授权)")
# 省人委会8日批复“丰收”协会援助的项目: who approves what another gives
_APPROVES = on_use(
    r"[^,;:]{0,12}?(?:批复|批准|核准|审批|审定|同意接[收受])(?:了)?(?!向|拨|给|为)[^,;:的]{2,24}?(?:援助|资助|捐赠|提供|赞助|出资)的"
)


def _giving_subject(frame: Frame | None, page: Passage, scope: Scope) -> Party | None:
    if frame is None or frame.subject is None or not _gives(frame, frame.subject, page, scope):
        return None
    said, end = page.text[frame.subject.start : frame.subject.end], frame.subject.end
    if _TO_USE.match(page.text, end) or _REPORTS.match(page.text, frame.subject.start):
        return None
    if _IS_TOLD_TO.match(page.text, end) or _APPROVES.match(page.text, end):
        return None
    if any(doer.start == frame.subject.start for doer in hits(frame_named("cleft_doer"), page, page.clause_at(end))):
        return None
    if page.text.startswith("的", end) and any(p.char_end == end for p in scope.places(page.line.line_no, (0, end))):
        return None  # 平福省禄宁县的水站耗资8亿: the works cost, the district gives nothing
    if _HOUSES.search(said) and not re.search(r"捐|赠|资助|援|送|拨|出资|汇|寄|募", frame.verb):
        return None  # 公山社小学的厨房…花费11.7亿: what is built gives nothing
    abroad = [p.country for p in scope.places(page.line.line_no, (frame.subject.start, end))][:1]
    if CARRIER.search(said) and re.search(r"募|筹", frame.verb) and abroad in ([], ["VN"], [None]):
        return None  # 妇联募得: others gave
    if UNION.search(said) and not re.search(r"捐|赠|资助|送|颁|慰问|救济|派", frame.verb):
        return None  # 联合会…建设, 提供: it passes on what others gave
    return party(frame.subject, scope)


def _gives(frame: Frame, who: Phrase, page: Passage, scope: Scope) -> bool:
    """The subject of a verb of giving; of 执行 and 实施 when it is a foreign body."""
    said = page.text[who.start : who.end]
    if (_WHOLE_UNIT.match(said) or ends_in_place(who, scope)) and _HAS_BODIES.search(page.text, who.end, who.end + 12):
        return False  # 全市有31个组织开展项目
    if frame.part == "donor":
        return True
    if frame.part == "implementer" and frame.verb in _RUNS_OWN and _OURSELVES.fullmatch(said):
        own = party(who, scope)  # 本会在两省执行计划12项: a society that writes of itself spends its own
        return own is not None and CARRIER.search(fold(own.text)) is None
    if frame.verb in ("交给", "递交", "交到", "递到", "托付") and not _PASSES_ON.search(said):
        # 参议员8月20日将善款3200万瑞尔交给省红十字分会; 防城港市外办主任向祖国阵线递交救灾款: nobody else gave it
        return _OWN_THINGS.match(page.text, who.end) is not None or frame.verb == "递交"
    if frame.verb in ("转交", "移交", "交付") and ends_in_place(who, scope):
        return True  # 山罗省向华潘省转交15亿: a province hands over its own
    if frame.verb in ("移交", "交付") and _OWN_HANDS.search(said):
        return True
    runs = frame.verb in ("执行", "实施", "开展", "移交", "交给", "交付") and re.search(
        r"^[“「]|基金会|国际|非政府|组织$", said
    )
    # 奥地利克恩滕州商会为达芬乡引来自流水: what a body from abroad carries out, it pays.
    abroad = [p for p in scope.places(page.line.line_no, (who.start, who.end)) if p.country not in (None, "VN")]
    abroad = abroad if frame.part == "implementer" and _BODY.search(said) else []
    runs_abroad = bool(abroad) and "pair" not in abroad[0].flags
    return (bool(runs) or runs_abroad) and CARRIER.search(said) is None


_RUNS_OWN = frozenset(["执行", "实施", "开展", "落实", "完成", "推动"])
_OURSELVES = on_use(r"本(?:会|社|团|组织|基金会|协会|机构)|我[会社团们]")

_ABROAD = on_use(r"[一-鿿]{1,2}(?:中资|[中外韩日台泰德法美侨华越]商|[中韩日台]企|企业|侨|华人|越南|留学)")


def _owner(claim: Claim, scope: Scope) -> Party | None:
    """一家民营集团的500亿越盾: whose the figure is."""
    text, start = claim.passage.text, max(claim.clause[0], claim.since)
    hit = _OWNER.search(text[max(start, claim.at[0] - 40) : claim.at[0]])
    if hit is None:
        return None
    stop = max(start, claim.at[0] - 40) + hit.end("who")
    start = stop - len(hit["who"])
    if start == claim.since and text[start] in "和与及、":
        start += 1  # 甲的8万和|乙的5万
    if text[start - 1 : start] == "在" and _ABROAD.match(text, start):
        start -= 1  # 在|越中资企业商会募集的
    if re.search(r"[对向给为在从]$", text[max(0, start - 1) : start]):
        return None
    whole = past_verb(Phrase(claim.line_no, start, stop), claim.passage)
    span = trimmed(claim.passage, whole.start, whole.end)
    if span is None or not is_somebody(claim.passage, *span, scope):
        return None
    return party(Phrase(claim.line_no, *span), scope)


_WORKS_LISTED = on_use(r"(?:援建|修建|兴建|新建|建设|建成|翻修|改建|项目|工程)[^。]{0,40}:")


def parallel(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Party | None:
    """西宁省援助640亿越盾;平福省410亿越盾: a clause of name and figure goes like the one before."""
    sibling = next((c for c in reversed(before) if c.line_no == claim.line_no and c.sentence == claim.sentence), None)
    if sibling is None:
        if not _LIST_OF_GIFTS.search(claim.says((claim.sentence[0], claim.clause[0]))):
            return None
    elif not _opens_its_clause(sibling, scope):
        return None
    who = subject(claim.passage, (claim.clause[0], claim.at[0]), scope)
    if who is None or claim.passage.text[who.end : claim.at[0]].strip("约近逾为则有超过达"):
        return None
    built = sibling is not None and _HOUSES.search(claim.passage.text[who.start : who.end]) is not None
    if built and _WORKS_LISTED.search(claim.says((claim.sentence[0], claim.clause[0]))):
        return None  # 某省援建3个项目:甲县卫生站11亿,乙县小学9亿: what is built gives nothing
    return party(who, scope)


def _opens_its_clause(claim: Claim, scope: Scope) -> bool:
    """Whether the claim's own clause names its giver, before the figure."""
    giver = claim.donor
    if giver is None or giver.inherited or giver.line_no != claim.line_no or giver.end > claim.at[0]:
        return False
    spans = [c for c in claim.passage.clauses_in(claim.segment) if c[0] <= claim.at[0]][-3:]  # 外交部付了大头,为295万;
    found = (subject(claim.passage, (span[0], min(span[1], claim.at[0])), scope) for span in spans)
    return any(
        who is not None and (who.start == giver.start or who.start <= giver.start < giver.end <= who.end)
        for who in found
    )


def fuller(claim: Claim, own: Party | None, scope: Scope) -> Party | None:
    """The donor as another telling of the claim names it, when that says more or the own says nothing."""
    for again in claim.tellings:
        other = donor_of(again, governing(again, scope), scope)
        if other is not None and (own is None or _says_more(other, own)):
            own = other
    return own


def _says_more(other: Party, own: Party) -> bool:
    """A title's 旅欧越南人社群 names the giver better than the body's 旅欧同胞: longer, and no mere clause."""
    return len(own.text) < len(other.text) <= 24 and (own.resolved or other.text[:2] == own.text[:2])
