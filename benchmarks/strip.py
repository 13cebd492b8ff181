"""Stripping against other extractors on a folder of real pages.

    python -m benchmarks.strip PAGES [--packages DIR] [--cross] [--worst N]

PAGES holds `<id>.html` beside `<id>.ref.txt` (the article's text as a person kept it); the site is the part of the
id between the first and the last underscore. The measure is the mean character 4-gram F1 of the extracted text
against the reference, white space removed, with or without the title, whichever fits better.
`--packages` is a folder with trafilatura, readability-lxml, resiliparse and newspaper4k, when they are not installed.
`--cross` measures the weights' method on sites they were not trained on (trains six times, some minutes).
"""

from __future__ import annotations

import argparse
import html
import logging
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from etl.pages import Line, Metadata, RawDocument, RenderedLine, Role
from etl.read.html import decode_html, metadata, rendered_lines
from etl.strip import assign_roles, scoring, strip_page, templates, train

BODY = (Role.LEAD, Role.HEADING, Role.BODY)


@dataclass(frozen=True)
class Example:
    """A page of the folder with the grams of its reference."""

    name: str
    site: str
    raw: bytes
    reference: Counter[str]


def examples(folder: Path) -> list[Example]:
    found = []
    for path in sorted(folder.glob("*.ref.txt")):
        name = path.name.removesuffix(".ref.txt")
        text = path.read_text(encoding="utf-8")
        site = name.partition("_")[2].rpartition("_")[0]
        found.append(Example(name, site, (folder / f"{name}.html").read_bytes(), train.grams(text)))
    return found


def f1(reference: Counter[str], title: str | None, body: str) -> float:
    """The better of the readings with and without the title."""
    best = 0.0
    for extra in ("", title or ""):
        found = train.grams(f"{extra}\n{body}")
        total = sum(reference.values()) + sum(found.values())
        best = max(best, 2 * sum((reference & found).values()) / total if total else 1.0)
    return best


def document(page: Example, lines: list[RenderedLine], stated: Metadata) -> RawDocument:
    return RawDocument(f"{page.site}/{page.name}.html", page.name, "", tuple(lines), metadata=stated, is_html=True)


def of_lines(lines: list[Line] | tuple[Line, ...], stated: str | None) -> tuple[str | None, str]:
    printed = [line for line in lines if line.repeat_of is None]
    title = next((line.text for line in printed if line.role is Role.TITLE), stated)
    return title, "\n".join(line.text for line in printed if line.role in BODY)


def from_html(page: Example) -> tuple[str | None, str]:
    stripped = strip_page(document(page, rendered_lines(page.raw), metadata(page.raw)))
    return of_lines(stripped.lines, stripped.title)


def with_templates(pages: list[Example], *, plain: bool) -> Iterator[float]:
    """Scores of all pages, each with templates learned from the other half of its site's pages."""
    documents = {}
    for page in pages:
        lines = rendered_lines(page.raw)
        stated = Metadata() if plain else metadata(page.raw)
        documents[page.name] = document(page, [RenderedLine(line.text) for line in lines] if plain else lines, stated)
    of_site = defaultdict(list)
    for page in pages:
        of_site[page.site].append(page)
    for group in of_site.values():
        for half in (0, 1):
            others = [(p.site, documents[p.name], strip_page(documents[p.name]).lines) for p in group[1 - half :: 2]]
            learned = {template.site: template for template in templates.of_pages(others, "folder")}
            for page in group[half::2]:
                stripped = strip_page(documents[page.name], learned)
                yield f1(page.reference, *of_lines(stripped.lines, stripped.title))


def others(folder: Path | None) -> dict[str, Callable[[str], str]]:
    """The extractors that can be imported, by name; says which cannot."""
    if folder is not None:
        sys.path.append(str(folder))
    logging.disable(logging.CRITICAL)
    mock.patch("socket.socket.connect", side_effect=OSError("no network while measuring")).start()
    found: dict[str, Callable[[str], str]] = {}
    for name, load in _LOADERS.items():
        try:
            found[name] = load()
        except ImportError as error:
            print(f"{name}: not installed ({error}); give its folder with --packages")
    return found


def _trafilatura() -> Callable[[str], str]:
    import trafilatura

    return lambda text: trafilatura.extract(text) or ""


def _readability() -> Callable[[str], str]:
    from readability import Document

    def extract(text: str) -> str:
        summary = Document(text).summary()
        return html.unescape(re.sub(r"<[^>]+>", "\n", summary))

    return extract


def _resiliparse() -> Callable[[str], str]:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda text: extract_plain_text(text, main_content=True)


def _newspaper() -> Callable[[str], str]:
    import newspaper

    def extract(text: str) -> str:
        return str(newspaper.fulltext(text, language="zh"))

    return extract


_LOADERS: dict[str, Callable[[], Callable[[str], str]]] = {
    "trafilatura": _trafilatura,
    "readability-lxml": _readability,
    "resiliparse": _resiliparse,
    "newspaper4k": _newspaper,
}


def timed(
    pages: list[Example], extract: Callable[[Example], tuple[str | None, str]]
) -> tuple[float, float, list[float]]:
    """Mean F1, pages a second, and each page's F1. A page that an extractor fails on scores 0."""
    found, seconds = [], 0.0
    for page in pages:
        start = time.perf_counter()
        try:
            title, body = extract(page)
        except Exception as error:  # other extractors raise what they like
            print(f"  {page.name[:40]}: {type(error).__name__}")
            title, body = None, ""
        seconds += time.perf_counter() - start
        found.append(f1(page.reference, title, body))
    return sum(found) / len(found), len(pages) / seconds, found


@contextmanager
def cross_weights(folder: Path) -> Iterator[Callable[[str], None]]:
    """Replaces the weights by ones trained without a site: call the result with the site first."""
    folds = train.folds([folder])
    ready = {site: {kind: scoring.Weights(*tables) for kind, tables in kinds.items()} for site, kinds in folds.items()}
    current: list[dict[str, scoring.Weights]] = [{}]

    def use(site: str) -> None:
        current[0] = ready[train.registered(site)]

    with mock.patch.object(scoring, "weights", lambda kind: current[0][kind]):
        yield use


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--packages", type=Path, metavar="DIR")
    parser.add_argument("--cross", action="store_true", help="measure on sites left out of the training")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    args = parser.parse_args()
    pages = examples(args.pages) if args.pages.is_dir() else []
    if not pages:
        print(f"{args.pages}: no pages (<id>.html beside <id>.ref.txt). Nothing was measured.")
        return 2
    if args.cross:
        measure_cross(args.pages, pages)
        return 0
    plain = {page.name: [line.text for line in rendered_lines(page.raw)] for page in pages}
    print(f"{len(pages)} pages of {len({page.site for page in pages})} sites; F1, pages a second")
    assign_roles(plain[pages[0].name])  # warm up
    mean, ours, scores = timed(pages, from_html)
    print(f"  youlian, HTML end to end           {mean:.4f} {ours:8.1f}")
    plain_mean, roles_speed, _ = timed(pages, lambda page: of_lines(assign_roles(plain[page.name]), None))
    print(f"  youlian, plain lines               {plain_mean:.4f} {roles_speed:8.1f}")
    for label, is_plain in (("HTML", False), ("plain lines", True)):
        found = list(with_templates(pages, plain=is_plain))
        print(f"  youlian, {label} + templates".ljust(37) + f"{sum(found) / len(found):.4f}")
    speeds = {}
    for name, extract in others(args.packages).items():
        mean, speeds[name], _ = timed(pages, lambda page, extract=extract: (None, extract(decode_html(page.raw))))
        print(f"  {name:34s} {mean:.4f} {speeds[name]:8.1f}")
    if "trafilatura" in speeds:
        reference = speeds["trafilatura"]
        print(f"times trafilatura: HTML end to end {ours / reference:.1f}, roles of text {roles_speed / reference:.1f}")
    for score, page in sorted(zip(scores, pages, strict=True), key=lambda pair: pair[0])[: args.worst]:
        print(f"  {score:.3f} {page.name[:60]}")
    return 0


def measure_cross(folder: Path, pages: list[Example]) -> None:
    plain = {page.name: [line.text for line in rendered_lines(page.raw)] for page in pages}
    found: dict[str, list[float]] = {"HTML": [], "plain lines": []}
    with cross_weights(folder) as use:
        for page in pages:
            use(page.site)
            found["HTML"].append(f1(page.reference, *from_html(page)))
            found["plain lines"].append(f1(page.reference, *of_lines(assign_roles(plain[page.name]), None)))
    for name, scores in found.items():
        print(f"  youlian on sites not trained on, {name:12s} {sum(scores) / len(scores):.4f}")


if __name__ == "__main__":
    sys.exit(main())
