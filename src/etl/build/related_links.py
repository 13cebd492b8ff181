"""The related_links table: what a page says of other articles. Titles and counts, never values."""

from __future__ import annotations

from functools import lru_cache

from etl.mentions import Findings
from etl.normalize.dates import find_dates
from etl.normalize.money import find_money
from etl.strip import foreign


def build(findings: Findings) -> list[dict[str, object]]:
    """One row per linked title, in the page's order; dates and amounts are counted and withheld."""
    page = findings.page
    article_id = page.article_id
    rows: list[dict[str, object]] = []
    for line_no, seq, kind, title, teaser in foreign.related(page):
        n_dates, n_money = _withheld(f"{title}\n{teaser or ''}", page.home_currency)
        rows.append(
            {
                "article_id": article_id,
                "line_no": line_no,
                "seq": seq,
                "kind": kind,
                "linked_title": title,
                "teaser": teaser,
                "linked_article_id": None,
                "n_dates_withheld": n_dates,
                "n_money_withheld": n_money,
            }
        )
    return rows


@lru_cache(maxsize=4096)
def _withheld(text: str, home_currency: str | None) -> tuple[int, int]:
    """Dates and amounts in a title with its teaser; an outlet prints the same ones below many of its pages."""
    return len(find_dates(text)), len(find_money(text, home_currency))
