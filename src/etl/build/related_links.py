"""The related_links table: what a page says of other articles. Titles and counts, never values."""

from __future__ import annotations

from etl.mentions import Findings
from etl.normalize.dates import find_dates
from etl.normalize.money import find_money
from etl.strip import foreign


def build(findings: Findings) -> list[dict[str, object]]:
    """One row per linked title, in the page's order; dates and amounts are counted and withheld."""
    page = findings.page
    rows: list[dict[str, object]] = []
    for line_no, seq, kind, title, teaser in foreign.related(page):
        text = f"{title}\n{teaser or ''}"
        rows.append(
            {
                "article_id": page.article_id,
                "line_no": line_no,
                "seq": seq,
                "kind": kind,
                "linked_title": title,
                "teaser": teaser,
                "linked_article_id": None,
                "n_dates_withheld": len(find_dates(text)),
                "n_money_withheld": len(find_money(text, page.home_currency)),
            }
        )
    return rows
