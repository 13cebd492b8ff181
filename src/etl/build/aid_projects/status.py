"""How far a claim has come: the verb that governs it, and what governs the verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from etl import lookups
from etl.build.aid_projects.claim import Claim
from etl.build.aid_projects.governing import clauses_near

_FUTURE = re.compile(r"(?:将(?!\d)|拟|计划(?=[向给为提捐资援])|准备|预计|打算|即将|明年|下月|起每年|再派)")


@cache
def _verbs() -> list[tuple[re.Pattern[str], str]]:
    by_status: dict[str, list[str]] = {}
    for row in lookups.rows("status_verbs"):
        by_status.setdefault(row["status"], []).append(row["word"])
    return [
        (re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True))), status)
        for status, words in by_status.items()
    ]


def with_status(claim: Claim, before: Sequence[Claim]) -> Claim:
    if claim.is_target:
        return replace(claim, status="target")
    for span in clauses_near(claim):
        status = _status_in(claim, span)
        if status:
            return replace(claim, status=status)
    leans = next((c for c in before if c.number == claim.leans_on), None)
    if leans is not None and leans.status != "target":
        return replace(claim, status=leans.status)
    return claim


def _status_in(claim: Claim, span: tuple[int, int]) -> str | None:
    text = claim.says(span)
    at = claim.at[0] - span[0]
    found: list[tuple[float, str, int]] = []
    for pattern, status in _verbs():
        for hit in pattern.finditer(text):
            distance = abs(hit.start() - at) + (0 if hit.start() < at else 4)
            found.append((distance, status, hit.start()))
    if not found:
        return None
    statuses = {status for _, status, _ in found}
    for strongest in ("cancelled", "pledged", "approved"):
        if strongest in statuses:
            return strongest
    if "committed" in statuses:
        return (
            "disbursed" if "disbursed" in statuses and min(found)[1] == "disbursed" and "到位" in text else "committed"
        )
    _, status, where = min(found)
    if status == "disbursed" and _FUTURE.search(text[:where]):
        return "pledged" if "宣布" in claim.says(claim.sentence) else "committed"
    return status
