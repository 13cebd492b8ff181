"""Across pages: copies of one article, one claim or happening in several articles, links to their articles.

`relate` is a pure function of the whole dataset's key columns. It returns small frames of overrides, one per table,
holding only rows whose values differ from what their page alone says; publication joins them in. The result does not
depend on the order of the rows, on batches or on workers: every choice is made by sorted keys.

Inputs (lazy frames, any order), with at least these columns:

- `articles`: article_id, source_path, site, url, title, published_date, published_precision, n_own_lines
- `aid_projects`: aid_id, article_id, published_date, line_no, record_type, amount, currency, period_start, period_end,
  donor_text, donor_org_id, implementer_text, implementer_org_id, recipient_iso, recipient_place_id,
  recommended_for_sum, sum_exclusion_reason, evidence
- `events`: event_id, article_id, published_date, line_no, event_type, start_date, end_date, date_precision, place_id,
  admin1_iso, is_planned, recommended_for_count, evidence
- `participants`: fact_id, fact_kind, name_text, org_id, entity_type
- `related_links`: article_id, line_no, seq, linked_title
- `page_keys`: the internal table that `signatures.page_keys` makes of each page (columns in `signatures.SCHEMA`)
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from etl.relate import claims, copies, happenings, links

INPUTS: dict[str, tuple[str, ...]] = {
    "articles": copies.COLUMNS,
    "aid_projects": claims.COLUMNS,
    "events": happenings.COLUMNS,
    "participants": happenings.PARTICIPANT_COLUMNS,
    "related_links": links.COLUMNS,
    "page_keys": copies.KEY_COLUMNS,
}


def relate(tables: Mapping[str, pl.LazyFrame]) -> dict[str, pl.DataFrame]:
    """Override frames by table name.

    `articles`: article_id, duplicate_of. `aid_projects`: aid_id, claim_id, recommended_for_sum,
    sum_exclusion_reason. `events`: event_id, happening_id, recommended_for_count.
    `related_links`: article_id, line_no, seq, linked_article_id. Each is sorted by its key and may be empty.
    """
    duplicates = copies.find(tables["articles"], tables["page_keys"])
    return {
        "articles": duplicates,
        "aid_projects": claims.find(tables["aid_projects"], duplicates),
        "events": happenings.find(tables["events"], tables["participants"], duplicates),
        "related_links": links.find(tables["related_links"], tables["articles"], duplicates),
    }
