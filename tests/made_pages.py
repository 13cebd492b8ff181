"""Made-up pages with a stage of their own, so that thousands of runs test the machinery and not the reading of news.

A page is a text such as

    2024-05-01 河江省收到捐款
    aid 1200.50 USD
    event meeting
    link 另一篇文章
    bad                  (a claim on a line that is not there: one rejected row)
    refuse               (the page is refused)
    break                (the stage breaks down)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from unittest import mock

from etl.errors import PageError
from etl.ids import stable_id
from etl.pages import RawDocument
from etl.tables import TABLES

Row = dict[str, object]
# What the stage "knows"; changing it stands for a change of code.
factor = 1


def process(document: RawDocument, templates: object = None) -> dict[str, list[Row]]:
    """The rows of a made-up page."""
    texts = [line.text.strip() for line in document.lines if line.text.strip()]
    if "refuse" in texts:
        raise PageError("strip.no_article", "The page says so.")
    if "break" in texts:
        raise ValueError("the page says so")
    rows: dict[str, list[Row]] = {name: [] for name in _PAGE_TABLES}
    published = _day(texts[0][:10])
    for number, text in enumerate(texts, 1):
        rows["lines"].append(_line(document, number, text))
        word, _, rest = text.partition(" ")
        if word == "aid":
            rows["aid_projects"].append(_claim(document, number, text, rest.split(), published))
        elif word == "event":
            rows["events"].append(_event(document, number, text, rest, published))
        elif word == "link":
            rows["related_links"].append(_link(document, number, rest))
        elif word == "bad":
            rows["aid_projects"].append(_claim(document, number + 500, text, ["1", "USD"], published))
    for kind, name, key in (("aid", "aid_projects", "aid_id"), ("event", "events", "event_id")):
        rows["participants"] += [_participant(document, kind, str(fact[key])) for fact in rows[name]]
    rows["articles"] = [_article(document, texts, published, rows)]
    return rows


_PAGE_TABLES = (
    "articles",
    "lines",
    "money_mentions",
    "date_mentions",
    "aid_projects",
    "events",
    "participants",
    "related_links",
)


def _blank(table: str, **values: object) -> Row:
    """A row of the table with nulls, and what is given."""
    lists = {"flags", "captions", "keywords", "outputs", "sector_dac5"}
    row: Row = {c.name: [] if c.name in lists else None for c in TABLES[table].columns}
    assert not values.keys() - row.keys(), values.keys() - row.keys()
    return row | values


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _article(document: RawDocument, texts: list[str], published: dt.date | None, rows: dict[str, list[Row]]) -> Row:
    return _blank(
        "articles",
        article_id=document.article_id,
        source_path=document.source_path,
        content_sha256=document.content_sha256,
        site="made",
        layout="made",
        url=document.url,
        title=texts[0],
        language="zh-Hans",
        published_local=None if published is None else dt.datetime.combine(published, dt.time()),
        published_date=published,
        published_precision="none" if published is None else "day",
        published_basis="none" if published is None else "text",
        body_text="\n".join(texts),
        n_tokens=len(texts),
        n_lines=len(texts),
        n_own_lines=len(texts),
        boilerplate_share=0.0,
        n_money=0,
        n_dates=0,
        n_aid=len(rows["aid_projects"]),
        n_events=len(rows["events"]),
    )


def _line(document: RawDocument, number: int, text: str) -> Row:
    role = "title" if number == 1 else "body"
    return _blank(
        "lines", article_id=document.article_id, line_no=number, role=role, is_own=True, rule="made", text=text
    )


def _claim(document: RawDocument, number: int, text: str, words: list[str], published: dt.date | None) -> Row:
    aid_id = stable_id(document.article_id, "aid", number, 0, len(text))
    return _blank(
        "aid_projects",
        aid_id=aid_id,
        article_id=document.article_id,
        published_date=published,
        line_no=number,
        char_start=0,
        char_end=len(text),
        evidence=text,
        record_type="project",
        status="disbursed",
        flow_direction="inbound",
        in_kind="cash",
        amount=Decimal(words[0]) * factor,
        currency=words[1],
        period_basis="none",
        is_umbrella=False,
        claim_id=aid_id,
        recommended_for_sum=True,
        confidence=0.5,
        rule="made",
    )


def _event(document: RawDocument, number: int, text: str, kind: str, published: dt.date | None) -> Row:
    event_id = stable_id(document.article_id, "event", number, 0, len(text))
    return _blank(
        "events",
        event_id=event_id,
        article_id=document.article_id,
        published_date=published,
        line_no=number,
        char_start=0,
        char_end=len(text),
        evidence=text,
        mention_lines=[number],
        event_type=kind,
        status="occurred",
        date_basis="explicit" if published else "unresolved",
        is_planned=False,
        start_date=published,
        end_date=published,
        happening_id=event_id,
        recommended_for_count=True,
        confidence=0.5,
        rule="made",
    )


def _participant(document: RawDocument, kind: str, fact: str) -> Row:
    return _blank(
        "participants",
        fact_id=fact,
        seq=0,
        article_id=document.article_id,
        fact_kind=kind,
        name_text="友好协会",
        role="other",
        entity_type="organization",
    )


def _link(document: RawDocument, number: int, title: str) -> Row:
    return _blank(
        "related_links",
        article_id=document.article_id,
        line_no=number,
        seq=0,
        kind="related",
        linked_title=title,
        n_dates_withheld=0,
        n_money_withheld=0,
    )


def text(day: str = "2024-05-01", title: str = "河江省收到一笔捐款", *lines: str) -> str:
    """A made-up page."""
    return "\n".join([f"{day} {title}", *lines]) + "\n"


@contextmanager
def stage() -> Iterator[None]:
    """Pages are processed by the made-up stage in this process."""
    with mock.patch("etl.pipeline.page.process_page", process):
        yield
