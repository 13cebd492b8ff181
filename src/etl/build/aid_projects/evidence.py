"""The words that tell a claim: from the clause of its verb or count to the end of its last figure."""

from __future__ import annotations

from etl.build.aid_projects.claim import Claim
from etl.build.money_roles.passages import Span

_SHORT = 8  # a figure this near the start of its clause leans on the clause before it: 项目29个,|到位资金超过112万美元


def evidence_span(claim: Claim) -> Span:
    """Within the line, its restatement in another currency and its value per unit included."""
    start, end = claim.clause[0], claim.at[1]
    for companion in (claim.equivalent, claim.unit):
        if companion is not None and companion.line_no == claim.line_no:
            end = max(end, companion.char_end)
            start = min(start, companion.char_start)
    text = claim.passage.text
    before = [c for c in claim.passage.clauses_in(claim.segment) if c[1] <= start]
    if before and claim.at[0] - start < _SHORT:
        start = before[-1][0]
    while start < claim.at[0] and text[start] in " ,、”)》":
        start += 1
    if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
        end += 1
    return start, end
