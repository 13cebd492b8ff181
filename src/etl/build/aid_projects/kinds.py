"""What kind of thing a claim is: its record type, money or goods, grant or loan."""

from __future__ import annotations

import re

from etl.build.aid_projects.claim import Claim
from etl.patterns import on_use

_GOODS = on_use(
    r"(?:价值|总值|折合|折款|价|值)[^,;。:]{0,24}的?(?:物资|药|口罩|设备|礼品|试剂|呼吸机|轮椅|大米|书|自行车|车|衣|仪|机|灯|牛)"
    r"|送药|捐建|援建|建成|赠送[^,;。:]{0,10}(?:台|辆|套|件|份)"
)
_REAL = on_use(r"实物")
_CASH = on_use(r"善款|捐款|现金|现汇|慰问金|助学金|奖学金|资金|救济款|赠款|募得|筹得|汇|万?[美欧日韩][元]?现")
_LOAN = on_use(r"贷款|周转金|信贷")
_GRANT = on_use(r"无偿|赠款|捐|善款|赠送|资助|救济|慰问|助学|援建|送")


def record_type(claim: Claim) -> str:
    """CONTRACT's record_type."""
    if claim.is_target:
        return "target"
    if claim.kind in ("average", "comparison", "revision"):
        return claim.kind
    if claim.parent is not None:
        return "component"
    if claim.money is None and claim.unit is None:
        return "in_kind"
    if (claim.project_count or 0) > 1:
        return "aggregate"
    if claim.project_count == 1:
        return "project"
    return "in_kind" if in_kind(claim) == "in_kind" else "donation"


def in_kind(claim: Claim) -> str:
    """cash, in_kind, mixed or unknown, by the words around the figure."""
    if claim.money is None and claim.unit is None:
        return "in_kind"
    said = claim.says(claim.segment)
    goods = bool(_GOODS.search(said)) or (bool(claim.outputs) and bool(re.search(r"价值|总值|折合|折款", said)))
    cash = bool(_CASH.search(said))
    if _REAL.search(said):
        return "mixed" if "主要" in said else "in_kind"
    if goods and cash:
        return "mixed"
    return "in_kind" if goods else "cash" if cash else "unknown"


def finance_type(claim: Claim) -> str:
    """grant, loan, mixed or unknown."""
    said = claim.says(claim.segment)
    loan, grant = _LOAN.search(said), _GRANT.search(said)
    if loan and grant:
        return "mixed" if "无偿" in said or "赠款" in said else "loan"
    return "loan" if loan else "grant" if grant else "unknown"
