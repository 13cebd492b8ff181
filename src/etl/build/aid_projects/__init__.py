"""Claims of aid: found by their figures, counted, merged, related, attributed, dated, located, judged, made rows."""

from __future__ import annotations

from collections.abc import Mapping

from etl.build.aid_projects import (
    counts,
    found,
    goods,
    left_over,
    parties,
    periods,
    project_counts,
    recipients,
    relations,
    rows,
    status,
)
from etl.build.aid_projects.claim import Claim
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import passages
from etl.build.money_roles.reading import read
from etl.mentions import Findings

Row = dict[str, object]


def build(findings: Findings, roles: Mapping[tuple[int, int], str]) -> tuple[list[Row], list[Row]]:
    """Rows of aid_projects and of participants for one page; `roles` as `money_roles.assign` gives them."""
    scope = Scope(findings, passages(findings.first_print_lines()))
    claims = claims_of(scope)
    return (
        [rows.row_of(claim, claims, scope) for claim in claims],
        [row for claim in claims for row in rows.participants_of(claim, scope)],
    )


def claims_of(scope: Scope) -> list[Claim]:
    """Every claim of a page, complete."""
    claims = found.claims_of(read(scope.findings))
    claims = [counts.counted(claim) for claim in [*claims, *goods.gifts(scope, claims)]]
    claims = relations.relate(relations.merge(claims))
    done: list[Claim] = []
    for claim in claims:
        claim = project_counts.from_above(claim, scope)
        claim = periods.with_period(claim, scope, done)
        claim = status.with_status(claim, scope, done)
        claim = recipients.receive(parties.attribute(claim, scope, done), scope, done)
        done.append(left_over.carrier_left_over(left_over.giver_left_over(claim, scope), scope))
    return done
