"""What the markup of an HTML page states about it: og:, article:, JSON-LD, time, canonical, title."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from etl.pages import Metadata
from etl.read.html.decoding import decode_html
from etl.read.html.taming import tamed

_MAX_JSON = 1_000_000
_MAX_CHARS = 8_000_000  # what a page states of itself stands near its beginning
_SPACE = re.compile(r"\s+")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CLOCK = re.compile(r"[T\s]{1,3}(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?")
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.created",
    "weibo: article:create_at",
)
_SECTION = ("article:section", "og:section", "section", "columnname")


def metadata(html: bytes | str) -> Metadata:
    """What the markup states; an absent or unreadable statement is None. Nothing is raised for broken markup.

    `published` is aware when the markup names a zone, else the naive time as written.
    """
    text = decode_html(html) if isinstance(html, bytes) else html
    tree = LexborHTMLParser(tamed(text[:_MAX_CHARS].replace("\0", "")))
    stated = _stated(tree)
    linked = list(_json_ld(tree))
    published, precision = _published(tree, stated, linked)
    canonical = tree.css_first('link[rel="canonical"]')
    url = stated.get("og:url") or (canonical.attributes.get("href") if canonical is not None else None)
    return Metadata(
        title=_title(tree, stated, linked),
        url=url or None,
        site_host=_host(url),
        published=published,
        published_precision=precision,
        section=next((stated[name] for name in _SECTION if stated.get(name)), None) or _text(linked, "articleSection"),
        keywords=_keywords(stated),
    )


def _stated(tree: LexborHTMLParser) -> dict[str, str]:
    """The meta elements by lower-case name; the first print of a name counts."""
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), _SPACE.sub(" ", content).strip())
    return found


def _json_ld(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD that describe an article, graphs and lists opened."""
    for node in tree.css('script[type="application/ld+json"]'):
        source = node.text()
        if not source or len(source) > _MAX_JSON:
            continue
        try:
            value = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [value]
        for _ in range(200):
            if not waiting:
                break
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting += item
            elif isinstance(item, dict):
                waiting += [item["@graph"]] if "@graph" in item else []
                if "headline" in item or "datePublished" in item:
                    yield item


def _title(tree: LexborHTMLParser, stated: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    said = stated.get("og:title") or _text(linked, "headline")
    if not said:
        node = tree.css_first("title")
        said = node.text() if node is not None else None
    said = _SPACE.sub(" ", said).strip() if said else None
    return said or None


def _text(linked: list[dict[str, Any]], key: str) -> str | None:
    for item in linked:
        value = item.get(key)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _keywords(stated: dict[str, str]) -> tuple[str, ...]:
    words = re.split(r"[,，;；、]", stated.get("keywords") or stated.get("news_keywords") or "")
    return tuple(word.strip() for word in words if word.strip())


def _published(
    tree: LexborHTMLParser, stated: dict[str, str], linked: list[dict[str, Any]]
) -> tuple[dt.datetime | None, str | None]:
    """The first readable statement: meta elements, then JSON-LD, then `<time>` elements with a date."""
    said = [stated[name] for name in _PUBLISHED if name in stated]
    said += filter(None, [_text(linked, "datePublished")])
    times = tree.css("time[datetime]")
    if len(times) == 1 or (times and "pubdate" in times[0].attributes):
        said += filter(None, [times[0].attributes.get("datetime")])
    for text in said:
        found = _moment(text)
        if found is not None:
            return found
    return None, None


def _moment(text: str) -> tuple[dt.datetime, str] | None:
    day = _DAY.search(text[:60])
    if day is None:
        return None
    try:
        date = dt.datetime(int(day[1]), int(day[2]), int(day[3]))  # noqa: DTZ001  local time as the page writes it
        clock = _CLOCK.match(text[:60], day.end())
        if clock is None:
            return date, "day"
        moment = date.replace(hour=int(clock[1]), minute=int(clock[2]))
        zone = clock[3]
        if zone:
            moment = moment.replace(tzinfo=_zone(zone))
    except ValueError:
        return None
    return moment, "minute"


def _zone(text: str) -> dt.timezone:
    if text == "Z":
        return dt.UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-offset if text[0] == "-" else offset)


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
