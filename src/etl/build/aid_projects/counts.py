"""What a claim counts beside projects: people, households, things given or built, donors, share of the plan."""

from __future__ import annotations

import re

from etl.build.aid_projects.claim import Claim, Output
from etl.build.aid_projects.found import COUNT, number
from etl.build.aid_projects.project_counts import projects
from etl.build.money_roles.passages import Span
from etl.mentions import changed
from etl.patterns import on_use

_PEOPLE = on_use(rf"{COUNT}多?余?(?:名|位|人次|人)(?:[^,;。:、\d]{{0,12}})")
_HOUSEHOLDS = on_use(rf"{COUNT}多?余?户")
_ITEMS = on_use(
    rf"{COUNT}多?余?(?P<unit>间|栋|座|所|套|台|份|辆|张|只|头|吨|公斤|件|箱|批|口|条|本|册|株|棵|部|瓶|剂|支|把|双|顶|面|盒|架|艘|匹|袋|碗|桶)"
    r"(?P<item>[一-鿿]{1,8})"
)
_DONORS = on_use(
    rf"{COUNT}多?余?(?:个|家)(?P<who>(?:外国|国际|境外|国外|海外)?(?:非政府|民间|援助)?(?:组织|机构|团体|基金会|企业|协会|公司|伙伴))"
)
_ITEM_END = on_use(r"[以给赠送捐并和与及等的共总价值用在已从到为]")
_ATTAINED = on_use(
    r"(?P<kind>超额完成|超出|超过|超|完成|达到|达|为|相当于)[^,;。%]{0,10}?(?:计划|指标|目标|任务)(?:的)?(?P<of>的?)(?P<pct>\d+(?:\.\d+)?)%"
)


def counted(claim: Claim) -> Claim:
    """The claim with the counts of its own segment, then of its sentence."""
    near = (claim.segment[0], claim.segment[1])
    claim = changed(claim, project_count=projects(claim), plan_attainment=_attainment(claim))
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
