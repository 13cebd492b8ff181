"""Donor, implementer and approver of a claim: by its own sentence, else by what the sentence leans on."""

from __future__ import annotations

from collections.abc import Sequence

from etl.build.aid_projects.carriers import (
    CARRIES_AT_HOME,
    approver_of,
    carried_right_before,
    carrier_above,
    handed_then_asked,
    implementer_of,
)
from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.donors import donor_of, fuller, parallel, said_of_its_money
from etl.build.aid_projects.frames import role_hits
from etl.build.aid_projects.governing import Frame, governing
from etl.build.aid_projects.items import item_name, part_of_names
from etl.build.aid_projects.naming import is_place, party, sound
from etl.build.aid_projects.nominals import Phrase, subject
from etl.build.aid_projects.receivers import MIDDLEMAN
from etl.build.aid_projects.scope import Scope
from etl.build.aid_projects.topics import donor_above, gave_right_before, is_raised, partner_before, said_right_before
from etl.mentions import changed
from etl.normalize.text import fold
from etl.patterns import on_use


def attribute(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    """The claim with donor, implementer and approver; `before` are the claims already attributed."""
    frame = governing(claim, scope)
    claim = changed(claim, approver=approver_of(claim, scope))
    part = part_of_names(claim, scope, before)
    if part is not None:
        return _of_list(changed(claim, list_part=part), frame, scope, before)
    donor = sound(parallel(claim, scope, before) or donor_of(claim, frame, scope), scope)
    donor = without_partner(claim, donor, scope)
    claim = changed(claim, donor=fuller(claim, donor, scope) if donor else None)
    claim = changed(claim, implementer=sound(implementer_of(claim, frame, scope), scope))
    claim = _given_by_another(claim, frame, scope)
    claim = _hands_to_middleman(claim, frame, scope)
    claim = _inherit_donor(claim, frame, scope, before)
    claim = _inherit_implementer(claim, scope, before)
    return changed(claim, donor=sound(claim.donor, scope), implementer=sound(claim.implementer, scope))


_NAME_LEAST = 4  # characters of a name that is looked for in another sentence
_HANDS_OVER = on_use(
    r"(?:代表|访问|慰问)团|使馆|领事馆|友好组织联合会|友联$|红十字|阵线|委员会|侨联|联合会|妇联|动员|慈善会|救助会$"
)


# 使馆存入账户, 红十字会上门发放: of such verbs the one who gave may be told in the sentence before
_ONLY_PASSES = frozenset(
    [
        "存入",
        "发放",
        "分发",
        "派发",
        "支付",
        "付出",
        "支出",
        "拨付",
        "转交",
        "移交",
        "递交",
        "交给",
        "发给",
        "送到",
        "送去",
        "用去",
        "下拨",
        "发",
    ]
)


def _given_by_another(claim: Claim, frame: Frame | None, scope: Scope) -> Claim:
    """总领事馆移交一批设备。这批设备由乂安省赠送: who hands over is no giver where the text says who is."""
    donor = claim.donor
    if donor is None or donor.inherited or _HANDS_OVER.search(fold(donor.text)) is None:
        return claim
    giver = said_of_its_money(claim, scope)
    if giver is None and frame is not None and frame.verb in _ONLY_PASSES:
        giver = gave_right_before(claim, scope)
    if giver is None:
        return claim
    if (beside := _beside(giver, donor, scope)) is not None:
        return changed(claim, donor=giver, implementer=beside if claim.implementer is None else claim.implementer)
    if giver.text in donor.text or donor.text in giver.text:
        return claim
    hands = claim.implementer is None or claim.implementer.inherited
    return changed(claim, donor=giver, implementer=donor if hands else claim.implementer)


_TWO = on_use(r"(?P<one>[^与和同]{4,24})(?:与|和|同)(?P<other>[^与和同]{4,24}?)(?:代表团|工作组|代表)?$")


def _beside(giver: Party, donor: Party, scope: Scope) -> Party | None:
    """甲省红十字会与日本红十字会发放救济款。款项由日本红十字会资助: of two, the one at home who gave none."""
    hit = _TWO.match(scope.page_of(donor.line_no).text, donor.start, donor.end)
    if hit is None:
        return None
    for one, other in (("one", "other"), ("other", "one")):
        if fold(giver.text) in hit[one] and fold(giver.text) not in hit[other] and CARRIES_AT_HOME.search(hit[other]):
            found = changed(
                donor, start=hit.start(other), end=hit.end(other), text=_printed(donor, hit.span(other), scope)
            )
            return None if is_place(found, scope) else found
    return None


def _printed(who: Party, at: tuple[int, int], scope: Scope) -> str:
    return scope.page_of(who.line_no).line.text[slice(*at)]


_AND_WITH = on_use(r"(?P<who>[^,;:]{3,30}?)(?:与|和|同|会同|协同|联同|携手|配合|联合)$")


def without_partner(claim: Claim, donor: Party | None, scope: Scope) -> Party | None:
    """一家基金会携手|省妇联: the giver's name ends where the one it works with begins."""
    if donor is None or donor.line_no != claim.line_no:
        return donor
    page = claim.passage
    clause = page.clause_at(donor.start)
    for phrase in role_hits("partner_at_home", page, clause):
        if (
            not donor.start < phrase.start < donor.end
            or CARRIES_AT_HOME.search(page.text, phrase.start, phrase.end) is None
        ):
            continue
        hit = _AND_WITH.match(page.text, donor.start, phrase.start)
        if hit is not None:
            return changed(donor, end=hit.end("who"), text=_printed(donor, hit.span("who"), scope))
    return donor


def _hands_to_middleman(claim: Claim, frame: Frame | None, scope: Scope) -> Claim:
    """防城港市红十字会向芒街市红十字会转交善款: where one that passes on takes it, who hands it over is the giver."""
    if claim.donor is not None or frame is None or frame.subject is None:
        return claim
    if frame.verb in ("交给", "交到", "递到", "送到") and (asked := handed_then_asked(claim, scope)) is not None:
        gives = party(frame.subject, scope)  # 甲市妇联把爱心款交给乙市妇联,请对方转给灾户
        if gives is not None and not is_place(gives, scope) and gives.text not in asked.text:
            return changed(claim, donor=gives, implementer=asked)
    if frame.verb not in ("转交", "移交", "递交"):
        return claim
    giver = party(frame.subject, scope)
    if giver is None or is_place(giver, scope):
        return claim
    for phrase in role_hits("to", claim.passage, claim.clause):
        taker = party(phrase, scope)
        if taker is not None and taker.text != giver.text and MIDDLEMAN.search(fold(taker.text)):
            return changed(claim, donor=giver, implementer=taker)
    return claim


def _of_list(claim: Claim, frame: Frame | None, scope: Scope, before: Sequence[Claim]) -> Claim:
    """归四家机构执行:儿基会280万: the name is no giver; who gives is told where the list's total is."""
    name = item_name(claim, scope)
    who = party(name, scope) if name is not None and claim.list_part == "implementer" else None
    if who is not None:
        claim = changed(claim, implementer=who)
    claim = _inherit_donor(claim, frame, scope, before)
    return claim if who is not None else _inherit_implementer(claim, scope, before)


def _inherit_donor(claim: Claim, frame: Frame | None, scope: Scope, before: Sequence[Claim]) -> Claim:
    if claim.donor is not None:
        return claim
    if (paid := _paid_before(claim, before)) is not None and paid.donor is not None:
        return changed(claim, donor=changed(paid.donor, inherited=True))
    if (known := _known_giver(claim, scope, before)) is not None:
        return changed(claim, donor=known)
    raised = is_raised(claim, frame)
    if not raised and (who := partner_before(claim, scope)):
        return changed(claim, donor=who)
    leans = next((c for c in before if c.number == claim.leans_on), None)
    told_here = leans is not None and leans.line_no != claim.line_no
    if told_here and (giver := said_right_before(claim, scope)) is not None and giver.line_no == claim.line_no:
        return changed(claim, donor=giver)
    is_part = claim.parent is not None or frame is None or frame.subject is None or _is_where(frame, scope)
    if leans is not None and leans.donor is not None and is_part:
        return changed(claim, donor=changed(leans.donor, inherited=True), donor_count=leans.donor_count)
    if raised:
        return claim
    if (hands := _handed_before(claim, scope)) is not None:
        return changed(claim, donor=hands)
    above, told = donor_above(claim, frame, scope), fuller(claim, None, scope)
    if above and told:
        return changed(claim, donor=told if len(told.text) >= len(above.text) else above)
    return changed(claim, donor=above or told)


_INSTALMENT = on_use(
    r"[^,;。]{0,20}(?:首期|首笔|首批|第一期|第一笔|头期|余款|尾款|后续)(?:款|资金|拨款|援款)?|[^。]{0,36}(?:已|共|累计)(?:拨付|到位|支付|兑付|汇出|拨出|支出|花费|花去|用去|动用)了?$"
)


def _paid_before(claim: Claim, before: Sequence[Claim]) -> Claim | None:
    """总经费61万,由县卫生中心实施。截至12月,已拨付14万: the larger sum before of which this is an instalment."""
    last = before[-1] if before else None
    if last is None or last.money is None or claim.money is None or claim.is_target or last.is_target:
        return None
    if last.money.currency != claim.money.currency or last.money.amount <= claim.money.amount:
        return None
    if not 0 <= claim.line_no - last.line_no <= 2 or (
        last.line_no == claim.line_no and last.sentence == claim.sentence
    ):
        return None
    return last if _INSTALMENT.match(claim.says((claim.sentence[0], claim.at[0]))) else None


_COSTS = on_use(
    r"(?:这|该)?[一-鿿]{0,4}?(?P<what>[一-鿿]{2})(?:共|总共|约)?(?:花费|造价|耗资|价值|总值|折合|折价|估价|总价)"
)
_GIVES_AWAY = on_use(
    r"[将把](?P<what>[^,;:]{2,28}?)(?:交给|交付|移交|赠给|送给|捐给|交到)|(?:移交|赠送|捐赠|交付|送上)(?:了)?(?P<gift>[^,;:]{2,28})"
)
_BUILDS_IT = on_use(r"公司|施工|承建|建设|部队|工兵|厅|局")


def _handed_before(claim: Claim, scope: Scope) -> Party | None:
    """友协代表团把一座水塔交给村里。水塔花费3亿: who in the sentence before hands over what then is priced."""
    page = claim.passage
    costs = _COSTS.match(page.text, *claim.clause)
    before = [s for s in page.sentences if s[1] <= claim.sentence[0]][-1:]
    if (
        costs is None
        or not before
        or any(before[0][0] <= m.char_start < before[0][1] for m in scope.money(claim.line_no))
    ):
        return None
    told: Phrase | None = None
    for clause in page.clauses_in(before[0]):
        told = subject(page, clause, scope) or told
        hit = _GIVES_AWAY.search(page.text, *clause)
        if hit is None or told is None or costs["what"] not in (hit["what"] or hit["gift"]):
            continue
        who = party(told, scope)
        if who is None or is_place(who, scope) or _BUILDS_IT.search(fold(who.text)):
            return None
        return changed(who, inherited=True)
    return None


_OURSELVES = on_use(r"(?:我们|咱们|本[会社团馆])$")


def _known_giver(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Party | None:
    """经北极光基金会提议,援助金额调增为24.5万: the giver of another claim of the page that the sentence names."""
    said = claim.says(claim.sentence)
    for other in reversed(before):
        giver = other.donor
        if giver is None or giver.inherited or len(giver.text) < _NAME_LEAST or is_place(giver, scope):
            continue
        short = [
            name for name, at in scope.aliases.items() if at[0] == giver.line_no and giver.start <= at[1] < giver.end
        ]
        if any(fold(name) in said for name in (giver.text, *short)):
            return changed(giver, inherited=True)
    return None


def _is_where(frame: Frame, scope: Scope) -> bool:
    """海陵县的第12间也交付使用: the subject says where, not who."""
    who = None if frame.subject is None else party(frame.subject, scope)
    return who is not None and is_place(who, scope)


def _same_giver_again(claim: Claim, last: Claim) -> bool:
    """由救助会执行、外交部出资的项目,310万。…经费从310万增至395万: of a giver taken over from the claim before."""
    gives, gave = claim.donor, last.donor
    return gives is not None and gave is not None and gives.inherited and gives.text == gave.text


def _inherit_implementer(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    if claim.implementer is not None:
        return claim
    leans = next((c for c in before if c.number == claim.leans_on), None)
    if leans is not None and leans.implementer is not None:
        return changed(claim, implementer=changed(leans.implementer, inherited=True))
    paid = _paid_before(claim, before)
    if paid is not None and paid.implementer is not None:
        return changed(claim, implementer=changed(paid.implementer, inherited=True))
    last = before[-1] if before and before[-1].line_no == claim.line_no else None
    if last is not None and last.implementer is not None and _same_giver_again(claim, last):
        return changed(claim, implementer=changed(last.implementer, inherited=True))
    right_before = carried_right_before(claim, scope)
    if right_before is None and claim.donor is not None and _OURSELVES.match(fold(claim.donor.text)):
        return claim  # 我们添置课桌: the one that tells its own gifts is no carrier besides
    return changed(claim, implementer=right_before or carrier_above(claim, scope))
