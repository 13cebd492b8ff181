"""How far a claim has come: the verb that governs it, and what governs the verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from etl import lookups
from etl.build.aid_projects.claim import Claim
from etl.build.aid_projects.governing import clauses_near
from etl.build.aid_projects.scope import Scope
from etl.mentions import changed
from etl.pages import Role
from etl.patterns import on_use, one_of

_DONE = frozenset(
    [
        "到位",
        "移交",
        "转交",
        "拨付",
        "到账",
        "交给",
        "送到",
        "发放",
        "接收",
        "收到",
        "用掉",
        "送达",
        "支取",
        "已支取",
        "揭牌",
        "竣工",
        "建成",
        "验收",
        "签收",
        "接过",
    ]
)
_WILL_PASS_ON = on_use(r"[,，](?:并|并且|这笔钱|善款|款项)?(?:将|拟|计划|准备)")
# 二期工程总造价1127亿越盾 in an article on its handover
_OF_WORKS = on_use(r"工程|项目|该[院校桥楼厂]|造价|总投资")
_HANDED_OVER = on_use(r"移交|交接|竣工|落成|揭牌|交付使用|启用")
_TALKS = on_use(r"谈判|洽谈|磋商|商谈")
# 该计划为三省筹措: a name of a plan, nothing is planned here
_PLANNED = on_use(
    r"(?<![该此本这项”》])计划(?!的|由|是|总|经费|预算|金额|下设|为期)|拟|打算|准备|将(?=[向为给援捐资提再投])"
)
_AGREED = on_use(r"签署|签订|签约|续签|协议|合同|商定|约定|同意")
# 比合同工期提前两个月完工, 占协议金额的七成, 签约前一天: measured by the contract, nothing is signed here
_TERMS = on_use(
    r"(?:合同|协议)(?:工期|期限|金额|总额|价款|价)|(?:协议|合同|备忘录)?(?:签约|签署|签字|签订)(?:双方|各方|[前后]|之[前后]|当[天日晚]|仪式上?|时)"
    # 比当初商定的2800亿多出三成: another figure's; 剩下的钱没有退回,改买了书包: not called off
    r"|[比较](?:当初|原先|原来|最初|起初|早先)?(?:商定|约定|承诺|许诺|计划|批准|答应|核定|签署)的"
    r"|(?:没有?|并?未|不|无需|毋须)(?:被|再|予|能)?(?:退回|退还|取消|终止|撤回|撤销|中止|收回)"
)
# 首期今年8月前划到, 分三期拨付: by a day to come, in parts
_FUTURE = on_use(
    r"(?:将(?!\d)|拟|(?<![该此本这”》])计划(?=[向给为提捐资援])|准备|预计|有望|打算|即将|明年|下月|起每年|再派"
    r"|(?:[底末初]|\d月|\d日|旬|[春夏秋冬雨旱]季|季度|学期)(?:之|以)?前(?![后\d])|(?<!已)分[两二三四五六七八九十\d]+(?:期|批|次|年|笔)(?=拨|划|付|到|交|支|给|提))"
)
# The works of a whole that is only approved: 合计18.7万美元获批:给医院添置救护车9.3万美元
_PURPOSE = ("添置", "资助", "援建", "捐建", "建成", "建起", "花费", "耗资", "购置", "支付", "用于")
# 由2009年的1.8万欧元加到2018年的7.2万欧元: what was paid in each year, no commitment changed
_YEAR_BY_YEAR = on_use(r"(?:由|从)(?:\d{4}年|去年|前年|上年|前一年|上一年|疫情前|前[一两二三]年)(?:度|同期|全年|底)?的")
# 将各添一间书屋; not 将援助金额从34亿增至42亿, where 将 is 把
_TO_COME = on_use(
    r"(?:今年|明年|年内|接下来|下一?步|随后|此后|节后)?还[要会将](?=[为给向在再帮替])|将(?=[各再为向给由于在获得有会陆继新投出捐提建添修派承支惠用])|即将|有望|预计|拟|打算|准备"
)


# 将侨胞募集的7.2亿移交给阵线: 将 only moves the sum forward
_MOVES = on_use(
    r"移交|转交|交给|交到|交付|送交|送到|送往|送给|捐给|赠给|拨给|转给|转送|汇给|汇往|递交|分给|发给|献给|退还"
)


@cache
def _verbs() -> list[tuple[re.Pattern[str], str]]:
    by_status: dict[str, list[str]] = {}
    for row in lookups.rows("status_verbs"):
        by_status.setdefault(row["status"], []).append(row["word"])
    return [(one_of(words), status) for status, words in by_status.items()]


def with_status(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    """The claim with its status: by its own sentence, another telling, what is still to come, the claim it leans on."""
    told = _told(claim, scope, before)
    if told.status in ("unspecified", "pledged") and _signed_before(claim, scope):
        return changed(told, status="committed")
    if told.status != "disbursed" or scope.published is None:
        return told
    # 宣布2027年再捐8万欧元: what is to be given is not yet given
    start = claim.clause[0]
    if _ONLY_SUM.match(claim.says((start, claim.at[0]))) and start > claim.segment[0]:
        start = claim.passage.clause_at(start - 1)[0]
    days = [d.start_date for d in scope.dates(claim.line_no, (start, claim.at[0]))]
    return changed(told, status="pledged") if any(day and day > scope.published for day in days) else told


# 双方签署备忘录。依此,前者供应44万美元的疫苗; 同英国组织签订新协议。/ 英方出资26万
_SIGNED = on_use(
    r"(?:签署|签订|签了|签下|续签|签字|缔结|订立)[^,;。]{0,24}?(?:协议|协定|备忘录|合同|合约|文件|契约)"
    r"|(?:协议|合同|备忘录)[^,;。]{0,10}?(?:签字|签署|签订)"
)
_BY_IT = on_use(
    r"[ “]*(?:依此|据此|为此|依照|按照|按|根据|依据|由此)|[^,;。]{0,12}?"
    r"(?:[英美日韩法德中澳加外双]方|前者|后者|总领事馆|大使馆|使馆|对方|基金会|协会|组织|银行|机构)"
    r"(?:将|会|承诺|负责|在[^,;。]{2,12}?[内间里])*"
    r"(?:出资|提供|供应|资助|拿出|投入|拨出|承担|支付)"
)
_NOT_ONLY_SIGNED = on_use(r"已|到位|移交|拨付|到账|收到|接收|宣布|认捐|迄今|至今|以来|累计")


def _signed_before(claim: Claim, scope: Scope) -> bool:
    """Whether the sentence right before tells of an agreement signed, and the claim's own what one side gives by it."""
    text, at = claim.passage.text, claim.sentence[0]
    if _BY_IT.match(text, at) is None or _NOT_ONLY_SIGNED.search(claim.says(claim.segment)):
        return False
    if at > 0:
        ahead = claim.says(claim.passage.sentence_at(at - 1))
    else:
        above = scope.before(claim.line_no)[:1]
        ahead = above[0].text[slice(*above[0].sentences[-1])] if above and above[0].sentences else ""
    return _SIGNED.search(ahead) is not None and not re.search("将签|拟签|计划签|争取|希望", ahead)


_ONLY_SUM = on_use(r"[,; ]*(?:总?预算|经费|金额|总额|资金|费用)(?:共|约|为|达)*$")  # 明秋再招60人,预算300万元


def _told(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    if claim.is_target:
        return changed(claim, status="target")
    said = claim.says(claim.segment)
    if _TALKS.search(said):
        return claim
    if (announced := _announced(claim, scope)) is not None:
        return changed(claim, status=announced)
    for telling in (claim, *claim.tellings):
        spans = [span for span in clauses_near(telling) if not _is_of_a_part(telling, span, scope)]
        own = [span for span in spans if telling.segment[0] <= span[0] < telling.segment[1]]
        for span in own:
            status = _status_in(telling, span)
            if status:
                return changed(claim, status=_of_whole(claim, before, status, claim.says(span)))
        if _TO_COME.search(telling.says((telling.segment[0], telling.at[0]))):
            return changed(claim, status="pledged")
        for span in spans[len(own) :]:
            status = _status_in(telling, span)
            if status:
                return changed(claim, status=status)
    if claim.kind == "revision" and not _YEAR_BY_YEAR.search(said):
        return changed(claim, status="committed")
    if _PLANNED.search(claim.says((claim.clause[0], claim.at[0]))):
        return changed(claim, status="pledged")
    listed = _of_list(claim, scope)
    if listed is not None:
        return changed(claim, status=listed)
    leans = next((c for c in before if c.number == claim.leans_on), None)
    if leans is not None and leans.status not in ("target", "unspecified"):
        return changed(claim, status=leans.status)
    if _WORTH.search(claim.says((claim.clause[0], claim.at[0]))) and _brought_before(claim, scope):
        return changed(claim, status="disbursed")
    if _OF_WORKS.search(claim.says(claim.segment)) and any(_HANDED_OVER.search(page.text) for page in scope.top):
        return changed(claim, status="disbursed")
    return claim


# 原先编列260万,要盖诊所,因土地未能取得,经理事会决议取消
_CALLED_OFF = on_use(
    r"(?:,|、)[^,;。]{0,10}?(?<!没有)(?<!没)(?<!不)(?<!未)(?:取消|作罢|搁浅|叫停|告吹|泡汤|中止)(?:了|执行|实施)?(?=[,;。]|$)"
)
# 代表在会上宣布,今年再追加11万; 公司承诺,每年拿出不少于20亿: announced by the clause before
_SAYS_IT_WILL = on_use(
    r"(?P<word>宣布|允诺|许诺|承诺|答应|保证)(?:,|:)[“ ]?$"
    # 双方签下备忘录:2024年至2026年,协会每年拿出1万
    r"|(?P<paper>备忘录|协议|协定|合同|协议书)(?:,|:)(?:\d{4}年[^,;。]{0,10},)?$"
)
_MORE_TO_GIVE = on_use(
    r"(?:今年|明年|年内|下半年|还)?(?:将|会|要|愿)?(?:另外?|以个人名义)?再(?:另)?(?:追加|捐|拨|出|投|给|提供|资助|赠)"
)
_EVERY_TIME = on_use(r"每(?:年|学期|季度|月)[^,;:]{0,6}?(?:拿出|出资|捐|资助|提供|拨|投入)")


def _announced(claim: Claim, scope: Scope) -> str | None:
    """What the words around the claim's clause make of it: called off in the end, or announced just before it."""
    text, (start, _) = claim.passage.text, claim.clause
    stop = min([claim.segment[1], *(m.char_start for m in scope.money(claim.line_no) if m.char_start > claim.at[1])])
    if _CALLED_OFF.search(text, claim.at[1], stop):
        return "cancelled"
    said = _SAYS_IT_WILL.search(text, claim.sentence[0], start)
    if said is None:
        return None
    own = text[start : claim.at[0]]
    if (said["paper"] or said["word"] in ("承诺", "保证")) and (_EVERY_TIME.search(own) or _MORE_TO_GIVE.search(own)):
        return "committed"
    return "pledged" if said["word"] and _MORE_TO_GIVE.search(own) else None


# 一行人把一批仪器送进中学。仪器总值8.4亿越盾: what the goods brought in the sentence before are worth
_WORTH = on_use(
    r"(?:共值|这笔(?:款项?|钱|资金|善款|捐款)|(?:清点后|点算后|折算后)|(?:里|内|间)汇集了|总?[价估]?值|总价|市价|折价|作价|价额)(?:共|约|为|达|近|逾|超过)*$"
)
_BROUGHT = on_use(
    r"[送交运捐赠转移发献][进入到给往至达交赠送]了?|交接|移交|转交|赠送|送上|接过|接收|签收|收到|领到|发放|分发"
)


def _brought_before(claim: Claim, scope: Scope) -> bool:
    """The sentence before tells that something was handed over, not that it will be.

    It stands in the line, or ends the paragraph before one that opens with 此次援助 or 这批物资.
    """
    ahead = ""
    if claim.sentence[0] > 0:
        ahead = claim.says(claim.passage.sentence_at(claim.sentence[0] - 1))
    elif _THESE.match(claim.passage.text):
        text = (page for page in reversed(scope.pages) if page.line.role in (Role.BODY, Role.LEAD))
        above = next((page for page in text if page.line.line_no < claim.line_no), None)
        ahead = above.text[slice(*above.sentences[-1])] if above is not None and above.sentences else ""
    return _BROUGHT.search(ahead) is not None and not (_TO_COME.search(ahead) or _FUTURE.search(ahead))


_THESE = on_use(
    r"[ 　]*(?:此次|这次|本次|这批|该批|上述|此批|首批)[^,;。:]{0,4}(?:援助|物资|款物|捐赠|赠品|礼物|器材|设备)"
)
_OF_PART = on_use(r"^[,;( ]*(?:其中|当中|里面)")


def _is_of_a_part(claim: Claim, span: tuple[int, int], scope: Scope) -> bool:
    """三年预算1250万,其中410万已拨付: how far a part has come says nothing of the whole."""
    if span[0] <= claim.at[1] or not _OF_PART.match(claim.says(span)):
        return False
    return any(span[0] <= money.char_start < span[1] for money in scope.money(claim.line_no))


_ITEM = on_use(r"\s*(?:[*·•●○◆■▪-]|[①-⑳]|[(（]?(?:\d{1,2}|[一二三四五六七八九十])[.、)）])\s?")


def _of_list(claim: Claim, scope: Scope) -> str | None:
    """到账名单上还列有下列几笔:* 大使馆:现款4.4万欧元: the status that the head of a list gives to its items."""
    if not _ITEM.match(claim.passage.text):
        return None
    for page in scope.before(claim.line_no):
        if _ITEM.match(page.text):
            continue
        if not page.text.rstrip().endswith(":"):
            return None
        head = page.text[-40:]
        told = [status for pattern, status in _verbs() if pattern.search(head)]
        return told[0] if len(set(told)) == 1 else None
    return None


def _of_whole(claim: Claim, before: Sequence[Claim], status: str, said: str) -> str:
    """The status of a part: its whole's where its own words only say what it is for."""
    whole = next((c for c in before if claim.parent is not None and c.number == claim.parent), None)
    if whole is None or status != "disbursed" or whole.status not in ("approved", "committed", "pledged"):
        return status
    verbs = [hit[0] for pattern, of in _verbs() if of == "disbursed" for hit in pattern.finditer(said)]
    return whole.status if all(verb in _PURPOSE for verb in verbs) else status


# 基金会承诺的300万元分三年到账: the sum is what was promised
_PROMISED = on_use(r"(?:承诺|许诺|答应|应允|允诺|应承)(?:捐出|捐赠|提供|资助|投入)?的(?:约|近|逾)?$")


# 正在执行的项目41个,协议总额967万: the sum that was signed for
_AGREED_SUM = on_use(r"(?:协议|合同|签约)(?:总额|金额|总值|额|总金额|款额)(?:约|近|逾|超过|达|为|共|合计|计)*$")


def _status_in(claim: Claim, span: tuple[int, int]) -> str | None:
    text = _TERMS.sub(lambda hit: "　" * len(hit[0]), claim.says(span))
    at, stop = claim.at[0] - span[0], claim.at[1] - span[0]
    found = [
        (abs(hit.start() - at) + (0 if hit.start() < at else 4), status, hit.start(), hit[0])
        for pattern, status in _verbs()
        for hit in pattern.finditer(text)
    ]
    if not found:
        return None
    statuses = {status for _, status, _, _ in found}
    if _AGREED_SUM.search(claim.says((span[0], max(span[0], claim.at[0])))):
        return "committed"
    if "cancelled" not in statuses and _PROMISED.search(claim.says((span[0], max(span[0], claim.at[0])))):
        return "committed"
    for strongest in ("cancelled", "pledged", "approved"):
        if strongest in statuses:
            return strongest
    paid = min((f for f in found if f[1] == "disbursed"), default=None)
    if "committed" in statuses:
        signed = min(f for f in found if f[1] == "committed")
        if _is_future(text, signed[2], at, stop):
            return "pledged"  # 预计第二季度签约
        return "disbursed" if paid is not None and paid[3] in _DONE else "committed"
    if paid is not None:
        if paid[3].startswith(("筹", "募")) and _WILL_PASS_ON.match(claim.passage.text[span[1] :]):
            return "committed"
        if _is_future(text, paid[2], at, stop) or (
            paid[3] not in _DONE and _AGREED.search(_TERMS.sub("", claim.says(claim.segment)))
        ):
            return "pledged" if "宣布" in claim.says(claim.sentence) else "committed"
        if claim.kind == "revision" and paid[3] not in _DONE:
            return "disbursed" if _YEAR_BY_YEAR.search(claim.says(claim.segment)) else "committed"
    return min(found)[1]


def _is_future(text: str, verb: int, at: int, stop: int) -> bool:
    """将 before the verb says it is to come; 将600亿越盾交给 only moves the object forward."""
    for hit in _FUTURE.finditer(text[:verb]):
        if hit[0] == "将" and hit.start() < at and (verb >= stop or _MOVES.search(text, stop)):
            continue
        if hit[0] == "将" and at >= len(text) and _MOVES.search(text, hit.end() + 1):
            continue  # 将别人捐赠的20套设备交给医院,设备总价18亿
        return True
    return False
