"""Roles of a page's lines, strongest evidence first. Every rule leaves its name on the lines it decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.pages import Role
from etl.strip import body, captions, chrome, head, links, marks, pairs, tail
from etl.strip.draft import Draft
from etl.strip.templates import Template

_IMAGE = re.compile(r"\W*!\[[^\]]{0,60}\]\([^)]{0,300}\)\W*")


def assign(lines: list[Draft], stated: str | None = None, template: Template | None = None) -> None:
    """Decide every line. `stated` is the title the markup gives, `template` what was learned of the site."""
    if not lines:
        return
    _mark(lines, template)
    is_site = chrome.surrounds(lines)
    if is_site:
        chrome.mark(lines, stated, template)
    else:
        head.mark(lines)
        links.mark_promos(lines)
        links.mark_sure_rows(lines)
        pairs.mark(lines)
        tail.mark(lines)
        links.mark_rows(lines)
    captions.mark(lines, is_site=is_site)
    body.mark(lines)
    body.mark_repeats(lines)


def _mark(lines: Sequence[Draft], template: Template | None) -> None:
    """Lines that name themselves, and lines that many pages of the site print."""
    for line in lines:
        known = template.role_of(line.hint) if template is not None else None
        found = marks.find(line.shape.core)
        if known is not None:
            line.decide(known, "template.line")
        elif found is not None:
            line.decide(*found)
        elif _IMAGE.fullmatch(line.text):
            line.decide(Role.NAV, "mark.image")
