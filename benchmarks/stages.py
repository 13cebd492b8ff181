"""Where a page's time goes: CPU seconds of every stage of one process, with `jieba.lcut` on the same pages between.

The engines and we take turns, fifty pages at a time, so that whatever slows the machine slows both.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from etl.build import aid_projects, articles, events, lines, mention_rows, money_roles, related_links
from etl.errors import PageError
from etl.mentions import Findings
from etl.normalize.actors import find_actors_on
from etl.normalize.dates import find_dates, find_dates_on
from etl.normalize.money import find_money, find_money_on
from etl.normalize.places import find_places_on
from etl.normalize.publication import find_publication, with_bounds
from etl.pages import RawDocument
from etl.pipeline import page as pages
from etl.read import documents, list_files

TURN = 50
WARM_UP = 60
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stages:
    """CPU seconds by stage over `pages` pages, and what jieba took for the same texts."""

    pages: int
    megabytes: float
    seconds: dict[str, float]
    jieba: float
    jieba_pages: int
    figures: float = 0.0  # find_dates and find_money over the same texts

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    @property
    def jieba_per_page(self) -> float:
        return self.jieba / self.jieba_pages


class Clock:
    """Adds up the CPU seconds of calls under their stage's name."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def __call__(self, stage: str, call: Callable[[], T]) -> T:
        start = time.process_time()
        result = call()
        self.seconds[stage] += time.process_time() - start
        return result


def documents_of(folder: Path) -> list[RawDocument]:
    """Every page of a folder, read."""
    return [d for file in list_files(folder).files for d in documents(file) if isinstance(d, RawDocument)]


def text_of(document: RawDocument) -> str:
    return "\n".join(line.text for line in document.lines)


def measure(folder: Path, count: int) -> Stages:
    """Times `count` pages of a folder after a warm-up on the first ones (loading tables counts as start-up)."""
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    files = list_files(folder).files
    clock = Clock()
    start = WARM_UP if len(files) > 2 * WARM_UP else 0
    for document in documents_of(folder)[: start or 5]:
        page_through(document, Clock())
    size, done, spent, cut = 0, 0, 0.0, 0
    figures = Clock()
    chosen = files[start : start + count]
    for at in range(0, len(chosen), TURN):
        turn = chosen[at : at + TURN]
        read = clock("read", lambda turn=turn: [d for file in turn for d in documents(file)])
        found = [document for document in read if isinstance(document, RawDocument)]
        for document in found:
            page_through(document, clock)
        texts = [text_of(document) for document in found]
        begin = time.process_time()
        for text in texts:
            jieba.lcut(text)
        spent += time.process_time() - begin
        for text in texts:
            figures("find", lambda text=text: find_dates(text))
        for text in texts:
            figures("find", lambda text=text: find_money(text))
        cut += len(texts)
        done += len(found)
        size += sum(len(text.encode()) for text in texts)
    return Stages(done, size / 1e6, dict(clock.seconds), spent, cut, figures.seconds["find"])


def page_through(document: RawDocument, clock: Clock) -> None:
    """One page through every stage that `pipeline.process_page` takes it through."""
    try:
        page = clock("strip", lambda: pages.strip(document))
    except PageError:
        return
    own = page.own_lines()
    publication = clock("dates", lambda: find_publication(page))
    dates = clock("dates", lambda: find_dates_on(own, publication.date, month_first=page.month_first))
    publication = clock("dates", lambda: with_bounds(publication, dates, page))
    year = publication.date.year if publication.date else None
    places = clock("places", lambda: find_places_on(own))
    money = clock("money", lambda: find_money_on(own, page.home_currency, year=year))
    actors = clock("actors", lambda: find_actors_on(own, places))
    findings = Findings(page, publication, dates, money, places, actors)
    roles = clock("roles of money", lambda: money_roles.assign(findings))
    claims, _ = clock("claims", lambda: aid_projects.build(findings, roles))
    happenings, _ = clock("events", lambda: events.build(findings))
    clock("tokens and keywords", lambda: articles.build(findings, n_aid=len(claims), n_events=len(happenings)))
    clock("other rows", lambda: _other_rows(findings, roles, claims))
    clock("related links", lambda: related_links.build(findings))


def _other_rows(
    findings: Findings, roles: dict[tuple[int, int], str], claims: Sequence[dict[str, object]]
) -> list[object]:
    return [lines.build(findings.page), mention_rows.money(findings, roles, claims), mention_rows.dates(findings)]
