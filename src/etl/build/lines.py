"""The lines table: every non-empty line of a page with its role and the rule that gave it."""

from __future__ import annotations

from etl.pages import OWN_ROLES, Page, Role

# An enum's value is looked up through a descriptor; a page asks for hundreds.
_CODES = {role: (role.value, role in OWN_ROLES) for role in Role}


def build(page: Page) -> list[dict[str, object]]:
    """One row per non-empty line, in the page's order."""
    article_id = page.article_id
    rows: list[dict[str, object]] = []
    for line in page.lines:
        role, is_own = _CODES[line.role]
        rows.append(
            {
                "article_id": article_id,
                "line_no": line.line_no,
                "role": role,
                "is_own": is_own,
                "rule": line.rule,
                "repeat_of": line.repeat_of,
                "text": line.text,
            }
        )
    return rows
