"""What every figure of a page is: aid, its restatement or former value, a target, trade, wages, prices and so on."""

from __future__ import annotations

from etl.build.money_roles.reading import Reading, read
from etl.mentions import Findings

__all__ = ["Reading", "assign", "read"]


def assign(findings: Findings) -> dict[tuple[int, int], str]:
    """CONTRACT's role of every figure by (line_no, char_start); in a repeated line, that of the first print."""
    roles = {reading.key: reading.role for reading in read(findings)}
    first = {line.line_no: line.repeat_of for line in findings.page.own_lines() if line.repeat_of is not None}
    for mention in findings.money:
        key = mention.line_no, mention.char_start
        if key not in roles:
            roles[key] = roles.get((first.get(mention.line_no, 0), mention.char_start), "other")
    return roles
