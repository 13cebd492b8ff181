"""The lines table: every non-empty line of a page with its role and the rule that gave it."""

from __future__ import annotations

from etl.pages import Page


def build(page: Page) -> list[dict[str, object]]:
    """One row per non-empty line, in the page's order."""
    return [
        {
            "article_id": page.article_id,
            "line_no": line.line_no,
            "role": line.role.value,
            "is_own": line.is_own,
            "rule": line.rule,
            "repeat_of": line.repeat_of,
            "text": line.text,
        }
        for line in page.lines
    ]
