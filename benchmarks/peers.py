"""What others take for one part of the work, beside what we take for the same part of the same pages.

    python -m benchmarks.peers FOLDER [--pages N] [--packages DIR]

Each is timed in CPU seconds after a warm-up on other pages. `--packages` is a folder with the packages of
requirements-bench.lock, when they are not installed. Only time is compared here; what is right stands in
tests/integration/test_scores.py.
"""

from __future__ import annotations

import argparse
import datetime as dt
import html
import importlib
import json
import logging
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.stages import documents_of, text_of
from etl.normalize.dates import find_dates
from etl.normalize.money import find_money
from etl.pages import RawDocument
from etl.read.html import metadata, rendered_lines
from etl.strip import strip_page

Work = Callable[[str], object]
PUBLISHED = dt.date(2020, 6, 15)
WARM_UP = 20  # pages; loading tables and compiling patterns counts as start-up


@dataclass(frozen=True, slots=True)
class Peer:
    """Milliseconds of CPU a page for a part, ours and another's (None: not installed, with the reason)."""

    part: str
    name: str
    ours: float
    theirs: float | None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return None if self.theirs is None else self.theirs / self.ours


def as_html(text: str) -> str:
    """The page as plain markup, for those who read nothing else."""
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n") if line.strip())
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title></title></head><body>{body}</body></html>'
    )


def our_strip(text: str) -> object:
    lines = tuple(rendered_lines(text))
    return strip_page(RawDocument("page.html", "page.html", "", lines, metadata=metadata(text), is_html=True))


def _trafilatura() -> Work:
    import trafilatura

    return lambda text: trafilatura.extract(text)


def _dateparser() -> Work:
    from dateparser.search import search_dates

    return lambda text: search_dates(text, languages=["zh"])


def _jio_time() -> Work:
    import jionlp

    moment = dt.datetime.combine(PUBLISHED, dt.time(), dt.UTC).timestamp()
    return lambda text: jionlp.ner.extract_time(text, time_base=moment)


def _jio_money() -> Work:
    import jionlp

    return lambda text: jionlp.ner.extract_money(text)


def _recognizers() -> None:
    """recognizers-text asks the package emoji for a table that its second version renamed."""
    emoji = importlib.import_module("emoji")
    if not hasattr(emoji, "UNICODE_EMOJI"):
        emoji.UNICODE_EMOJI = {"en": emoji.EMOJI_DATA}


def _ms_dates() -> Work:
    _recognizers()
    from recognizers_date_time import recognize_datetime

    reference = dt.datetime.combine(PUBLISHED, dt.time())
    return lambda text: recognize_datetime(text, "zh-cn", reference=reference)


def _ms_money() -> Work:
    _recognizers()
    from recognizers_number_with_unit import recognize_currency

    return lambda text: recognize_currency(text, "zh-cn")


PEERS: tuple[tuple[str, str, Callable[[], Work], int], ...] = (
    ("strip", "trafilatura", _trafilatura, 1),
    ("dates", "dateparser.search", _dateparser, 10),
    ("dates", "JioNLP time", _jio_time, 4),
    ("dates", "Recognizers-Text", _ms_dates, 10),
    ("money", "JioNLP money", _jio_money, 4),
    ("money", "Recognizers-Text", _ms_money, 10),
)
OURS: dict[str, Work] = {
    "strip": our_strip,
    "dates": lambda text: find_dates(text, PUBLISHED),
    "money": lambda text: find_money(text, "VND"),
}


def per_page(work: Work, warm_up: list[str], texts: list[str]) -> float:
    """CPU milliseconds a page; a page that fails counts with the time it took."""
    _through(work, warm_up)
    start = time.process_time()
    _through(work, texts)
    return (time.process_time() - start) / len(texts) * 1000


def _through(work: Work, texts: list[str]) -> None:
    for text in texts:
        try:
            work(text)
        except Exception:  # others raise what they like
            continue


def measure(folder: Path, pages: int) -> list[Peer]:
    """Every peer that can be imported; slow ones see a part of the pages, and so do we beside them."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    texts = [text_of(document) for document in documents_of(folder)[: WARM_UP + pages]]
    found = []
    for part, name, load, fewer in PEERS:
        chosen = texts[: WARM_UP + max(2, pages // fewer)]
        chosen = [as_html(text) for text in chosen] if part == "strip" else chosen
        warm_up, chosen = chosen[:WARM_UP], chosen[WARM_UP:]
        ours = per_page(OURS[part], warm_up, chosen)
        try:
            work = load()
        except ImportError as error:
            found.append(Peer(part, name, ours, None, f"not installed ({error})"))
            continue
        found.append(Peer(part, name, ours, per_page(work, warm_up, chosen), f"{len(chosen)} pages"))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--packages", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true", help="one JSON line a peer, for the driver")
    args = parser.parse_args()
    if args.packages:
        sys.path.append(str(args.packages))
    for peer in measure(args.folder, args.pages):
        if args.json:
            print("PEER " + json.dumps([peer.part, peer.name, peer.ours, peer.theirs, peer.note]))
        else:
            theirs = "-" if peer.theirs is None else f"{peer.theirs:.2f} ms, {peer.ratio:.1f} times ours"
            print(f"{peer.part:6s} {peer.name:18s} ours {peer.ours:.2f} ms a page, theirs {theirs}  {peer.note}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
