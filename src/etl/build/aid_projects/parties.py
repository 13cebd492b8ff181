"""Donor, implementer and approver of a claim: by its own sentence, else by what the sentence leans on."""

from __future__ import annotations

from collections.abc import Sequence

from etl.build.aid_projects.carriers import (
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
    claim = changed(claim, donor=fuller(claim, donor, scope) if donor else None)
    claim = changed(claim, implementer=sound(implementer_of(claim, frame, scope), scope))
    claim = _given_by_another(claim, frame, scope)
    claim = _hands_to_middleman(claim, frame, scope)
    claim = _inherit_donor(claim, frame, scope, before)
    claim = _inherit_implementer(claim, scope, before)
    return changed(claim, donor=sound(claim.donor, scope), implementer=sound(claim.implementer, scope))


_NAME_LEAST = 4  # characters of a name that is looked for in another sentence
_HANDS_OVER = on_use(r"使馆|领事馆|友好组织联合会|友联$|红十字|阵线|委员会|侨联|联合会|妇联|动员|慈善会|救助会$")


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
    if giver is None or giver.text in donor.text or donor.text in giver.text:
        return claim
    hands = claim.implementer is None or claim.implementer.inherited
    return changed(claim, donor=giver, implementer=donor if hands else claim.implementer)


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


def _inherit_implementer(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    if claim.implementer is not None:
        return claim
    leans = next((c for c in before if c.number == claim.leans_on), None)
    if leans is not None and leans.implementer is not None:
        return changed(claim, implementer=changed(leans.implementer, inherited=True))
    paid = _paid_before(claim, before)
    if paid is not None and paid.implementer is not None:
        return changed(claim, implementer=changed(paid.implementer, inherited=True))
    return changed(claim, implementer=carried_right_before(claim, scope) or carrier_above(claim, scope))
