"""Site templates from a corpus: read, stripped without templates, learned, written as files to review."""

from __future__ import annotations

import heapq
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from etl.pages import Line, RawDocument
from etl.read import documents, list_files
from etl.strip import strip_page, templates

# What a site's pages share shows in some hundreds of them; the same ones are chosen whatever the order of files.
PAGES_PER_SITE = 300


def learn(
    source: str | os.PathLike[str], folder: Path, site_from: str = "url", exclude: Collection[str] = ()
) -> list[Path]:
    """Writes a template for every site with enough pages in `source` and returns the files.

    `site_from` says what tells sites apart: `url`, `folder` or a regular expression over source paths; `exclude`
    names folders to leave out. Raises ConfigError when the pattern is wrong or there is no such source.
    """
    pages = (
        (site, document, _lines(document))
        for site, chosen in _chosen(_documents(source, exclude), site_from).items()
        for document in chosen
    )
    return [templates.write(template, folder) for template in templates.of_pages(pages, site_from)]


def _lines(document: RawDocument) -> Sequence[Line]:
    return strip_page(document).lines


def _chosen(found: Iterable[RawDocument], site_from: str) -> dict[str, list[RawDocument]]:
    """Up to PAGES_PER_SITE documents of every site: those with the smallest ids."""
    heaps: dict[str, list[tuple[int, str, RawDocument]]] = {}
    for document in found:
        site = templates.site_of(document, site_from)
        if site is None:
            continue
        heap = heaps.setdefault(site, [])
        entry = (-int(document.article_id, 16), document.source_path, document)
        if len(heap) < PAGES_PER_SITE:
            heapq.heappush(heap, entry)
        elif entry[:2] > heap[0][:2]:
            heapq.heapreplace(heap, entry)
    return {site: [document for _, _, document in heap] for site, heap in sorted(heaps.items())}


def _documents(source: str | os.PathLike[str], exclude: Collection[str]) -> Iterator[RawDocument]:
    for file in list_files(source, exclude).files:
        for item in documents(file):
            if isinstance(item, RawDocument):
                yield item
