"""From a page with its findings to the rows of every page table.

`build_page` is the only door: each module below makes the rows of one table.
"""

from __future__ import annotations

from typing import TypeAlias

from etl.build import aid_projects, articles, events, lines, mention_rows, money_roles, related_links
from etl.mentions import Findings

Row: TypeAlias = dict[str, object]


def build_page(findings: Findings) -> dict[str, list[Row]]:
    """Rows by table name for one page.

    Columns that only the whole dataset can tell (duplicate_of, claim_id, happening_id, linked_article_id)
    hold what a page alone says: null, or the fact's own id.
    """
    roles = money_roles.assign(findings)
    claims, claim_participants = aid_projects.build(findings, roles)
    happenings, event_participants = events.build(findings)
    return {
        "articles": [articles.build(findings, n_aid=len(claims), n_events=len(happenings))],
        "lines": lines.build(findings.page),
        "money_mentions": mention_rows.money(findings, roles, claims),
        "date_mentions": mention_rows.dates(findings),
        "aid_projects": claims,
        "events": happenings,
        "participants": claim_participants + event_participants,
        "related_links": related_links.build(findings),
    }
