"""What a corpus teaches about a site: lines printed on many of its pages, and where in the markup its articles stand.

`of_pages` makes templates, `write` puts each into a TOML file to review, `read` takes them back. A run uses what the
files say and nothing else: templates are proposed by a command and become active by being in the folder.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from etl.errors import ConfigError
from etl.pages import Line, RawDocument, RenderedLine, Role
from etl.strip.shape import shape

VERSION = 1
MIN_PAGES = 2
_LINE_SHARE = 0.15  # of a site's pages that must print a line
_MIN_LENGTH = 2
_PLACE_LINES = 4  # lines seen in a place before it says anything
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Template:
    """What is known of one site. `lines` are never an article's own; `places` give the share of own text."""

    site: str
    site_from: str
    pages: int
    lines: Mapping[str, Role] = field(default_factory=dict)
    places: Mapping[str, float] = field(default_factory=dict)

    def role_of(self, line: RenderedLine) -> Role | None:
        """The role of a line that many pages of the site print, or None."""
        return self.lines.get(shape(line.text).core)

    def share_at(self, line: RenderedLine) -> float | None:
        """Share 0..1 of own text where the line stands in the markup, None where nothing is known."""
        return self.places.get(place(line)) if line.tag else None


def place(line: RenderedLine) -> str:
    """Name of a place in the markup: the block element and the nearest class and id names around it."""
    return " ".join((line.tag, *line.path[-3:]))


def site_of(document: RawDocument, site_from: str) -> str | None:
    """The site a document is filed under: its address's host, its folder, or what a pattern's group 1 finds.

    `site_from` is `url`, `folder` or a regular expression over the source path. Raises ConfigError when it is
    no pattern.
    """
    if site_from == "url":
        address = document.url or document.metadata.url or ""
        try:
            return urlsplit(address).hostname
        except ValueError:
            return None
    if site_from == "folder":
        return document.source_path.rpartition("/")[0] or None
    try:
        found = re.search(site_from, document.source_path)
    except re.error as error:
        raise ConfigError(f"--site-from {site_from!r}: {error}. Give url, folder or a regular expression.") from error
    if found is None:
        return None
    return found[1] if found.re.groups else found[0]


def of_pages(pages: Iterable[tuple[str, RawDocument, Sequence[Line]]], site_from: str) -> list[Template]:
    """Templates of the sites with at least MIN_PAGES different pages, in the order of their names.

    `pages` gives (site, document, lines with roles as stripped without a template). Pages that print an
    article already seen are left out: their article would look like a part of the site.
    """
    of_site: dict[str, list[tuple[RawDocument, Sequence[Line]]]] = defaultdict(list)
    for site, document, lines in pages:
        of_site[site].append((document, lines))
    templates = []
    for site in sorted(of_site):
        different = _different(sorted(of_site[site], key=lambda page: page[0].source_path))
        if len(different) >= MIN_PAGES:
            templates.append(Template(site, site_from, len(different), _repeated(different), _places(different)))
    return templates


def _different(pages: list[tuple[RawDocument, Sequence[Line]]]) -> list[tuple[RawDocument, Sequence[Line]]]:
    seen: list[set[str]] = []
    kept = []
    for document, lines in pages:
        text = {line.text.strip() for line in lines if line.is_own and len(line.text) >= 30}
        if text and any(len(text & other) > len(text) / 2 for other in seen):
            continue
        seen.append(text)
        kept.append((document, lines))
    return kept


def _repeated(pages: list[tuple[RawDocument, Sequence[Line]]]) -> dict[str, Role]:
    prints: Counter[str] = Counter()
    foreign: dict[str, Counter[Role]] = defaultdict(Counter)
    for _, lines in pages:
        once: dict[str, Line] = {}
        for line in lines:
            once.setdefault(shape(line.text).core, line)
        for core, line in once.items():
            prints[core] += 1
            if not line.is_own:
                foreign[core][line.role] += 1
    enough = max(MIN_PAGES, _LINE_SHARE * len(pages))
    found: dict[str, Role] = {}
    for core, count in sorted(prints.items()):
        if count < enough or len(core) < _MIN_LENGTH:
            continue
        # One article's title may be another page's teaser: a line is the site's when few pages call it their own.
        others = foreign[core]
        if 2 * sum(others.values()) < count and count < max(3, 0.3 * len(pages)):
            continue
        role = min(others, key=lambda role: (-others[role], role.value)) if others else Role.NAV
        if role not in (Role.DATELINE, Role.BYLINE):
            found[core] = role
    return found


def _places(pages: list[tuple[RawDocument, Sequence[Line]]]) -> dict[str, float]:
    own: Counter[str] = Counter()
    total: Counter[str] = Counter()
    lines_at: Counter[str] = Counter()
    for document, lines in pages:
        for line in lines:
            hint = document.lines[line.line_no - 1]
            if not hint.tag or line.role is Role.TITLE:
                continue
            where, size = place(hint), min(len(line.text), 100)
            lines_at[where] += 1
            total[where] += size
            own[where] += size if line.is_own else 0
    return {
        where: round(own[where] / total[where], 3)
        for where in sorted(total)
        if lines_at[where] >= _PLACE_LINES and own[where]
    }


def write(template: Template, folder: Path) -> Path:
    """Write a template as `<site>.toml` into the folder; the same template gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{_UNSAFE.sub('_', template.site)}.toml"
    rows = [
        f"# Learned from {template.pages} pages: lines they share, and places where articles stand. Review before use.",
        f"version = {VERSION}",
        f"site = {_quoted(template.site)}",
        f"site_from = {_quoted(template.site_from)}",
        f"pages = {template.pages}",
        "",
        "[lines]",
        *(f"{_quoted(core)} = {_quoted(role.value)}" for core, role in sorted(template.lines.items())),
        "",
        "[places]",
        *(f"{_quoted(where)} = {share}" for where, share in sorted(template.places.items())),
        "",
    ]
    path.write_text("\n".join(rows), encoding="utf-8", newline="\n")
    return path


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read(folder: Path) -> dict[str, Template]:
    """The templates of a folder by site; none when the folder does not exist.

    Raises ConfigError naming a file that is no template or of another version.
    """
    found = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
            if raw["version"] != VERSION:
                raise ConfigError(f"{path}: version {raw['version']}, wanted {VERSION}. Learn it again.")
            template = Template(
                str(raw["site"]),
                str(raw["site_from"]),
                int(raw["pages"]),
                {core: Role(role) for core, role in raw["lines"].items()},
                {where: float(share) for where, share in raw["places"].items()},
            )
        except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise ConfigError(f"{path}: no template ({error!r}). Learn it again or remove it.") from error
        found[template.site] = template
    return found


def template_for(document: RawDocument, templates: Mapping[str, Template]) -> Template | None:
    """The template of a document's site, each asked with the rule it was filed by."""
    for site_from in sorted({template.site_from for template in templates.values()}):
        site = site_of(document, site_from)
        found = templates.get(site) if site is not None else None
        if found is not None and found.site_from == site_from:
            return found
    return None


def match_share(template: Template, pages: Sequence[Sequence[Line]]) -> float:
    """Share 0..1 of pages on which some line of the template still stands: a low one means the layout changed."""
    if not pages:
        return 1.0
    matched = sum(any(shape(line.text).core in template.lines for line in lines) for lines in pages)
    return matched / len(pages)
