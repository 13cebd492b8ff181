"""What short references stand for on their page: 联合会, 该会, 省友好组织联合会, 和平友联, a person's bare name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from etl.mentions import ActorMention
from etl.normalize.names import Names, simplified
from etl.pages import Line, Role

_DECLARED = re.compile(r"[(（](?:以下|下)?简?称[:：]?[“\"]?([\u4e00-\u9fffA-Z]{2,10})[”\"]?[)）]")
_THIS = re.compile(r"(?:该|本)(会|协会|联合会|委员会|组织|单位|基金会|机构|商会)")
_ANY_BODY = frozenset(("组织", "单位", "机构"))
_SEVERAL = re.compile(r"(?:各|各级|成员|[两三四五六七八九十几多]家|等|及其)$")
_LONGEST_REFERENCE = 9
_LEVEL = re.compile(r"^(?:全)?[省市县]")


def _aliases(found: Sequence[ActorMention], lines: Sequence[Line]) -> dict[str, ActorMention]:
    """Names that the page declares: 和平省友好组织联合会(下称和平友联)."""
    declared = {}
    for line in lines:
        for match in _DECLARED.finditer(line.text):
            for actor in found:
                if actor.line_no == line.line_no and actor.char_end == match.start():
                    declared[match[1]] = actor
    return declared


def _bare_names(found: Sequence[ActorMention], lines: Sequence[Line]) -> list[ActorMention]:
    """Later mentions of a person without a title, and declared short names."""
    people = {actor.name: actor for actor in found if actor.entity_type == "person"}
    known = {**_aliases(found, lines)}
    for name, actor in people.items():
        known.setdefault(simplified(name), actor)
        given, dot, _ = name.partition("·")
        if dot and len(given) > 1:
            known.setdefault(simplified(given), actor)
    index = Names(known)
    more = []
    for line in lines:
        covered = [(a.char_start, a.char_end) for a in found if a.line_no == line.line_no]
        for start, end, name in index.find(simplified(line.text)):
            if any(a < end and start < b for a, b in covered):
                continue
            actor = known[name]
            flags = ("resolved",) if actor.name != line.text[start:end] else ()
            more.append(
                replace(
                    actor,
                    char_start=start,
                    char_end=end,
                    quote=line.text[start:end],
                    line_no=line.line_no,
                    flags=flags,
                )
            )
    return more


def _this_body(lines: Sequence[Line]) -> list[ActorMention]:
    """该会 and 该单位, as mentions without a referent yet."""
    return [
        ActorMention(*match.span(), match[0], match[0], "organization", line_no=line.line_no)
        for line in lines
        for match in _THIS.finditer(line.text)
    ]


def _main(fits: Sequence[ActorMention], actor: ActorMention, title_line: int | None) -> ActorMention:
    """The organisation the page is about: named in the title or far more often than others; else the last before."""
    titled = {full.name for full in fits if full.line_no == title_line}
    counts = Counter(full.name for full in fits).most_common(2)
    main = titled.pop() if len(titled) == 1 else counts[0][0]
    if not titled and (len(counts) == 1 or main != counts[0][0] or counts[0][1] >= 2 * counts[1][1]):
        return next(full for full in fits if full.name == main)
    here = (actor.line_no, actor.char_start)
    return next((full for full in reversed(fits) if (full.line_no, full.char_start) < here), fits[0])


def _referent(
    actor: ActorMention, before: Sequence[ActorMention], every: Sequence[ActorMention], title_line: int | None
) -> ActorMention | None:
    """The organisation that a short name stands for: for 该会 the last one, else the page's main one that ends so."""
    text = simplified(actor.name)
    this = _THIS.fullmatch(text)
    if this and this[1] in _ANY_BODY:
        return before[-1] if before else None
    for ending in (this[1],) if this else (text, _LEVEL.sub("", text)):
        fits = [full for full in every if len(full.name) > len(text) and simplified(full.name).endswith(ending)]
        if this:
            fits = [full for full in fits if (full.line_no, full.char_start) < (actor.line_no, actor.char_start)]
        if fits:
            return fits[-1] if this else _main(fits, actor, title_line)
    return None


def _is_short(actor: ActorMention, texts: dict[int, str]) -> bool:
    """Whether the mention is a reference to be resolved: no own country, no id, not one of several (各级联合会)."""
    before = texts[actor.line_no][max(0, actor.char_start - 2) : actor.char_start]
    return (
        actor.org_id is None
        and actor.country is None
        and len(actor.name) <= _LONGEST_REFERENCE
        and not _SEVERAL.search(before)
    )


def resolve(found: Sequence[ActorMention], lines: Sequence[Line]) -> list[ActorMention]:
    """All mentions, the short ones with the full name, org_id and country of what they refer to."""
    texts = {line.line_no: line.text for line in lines}
    title_line = next((line.line_no for line in lines if line.role is Role.TITLE), None)
    taken = {(a.line_no, a.char_start) for a in found}
    every = [*found, *_bare_names(found, lines)]
    every += [a for a in _this_body(lines) if (a.line_no, a.char_start) not in taken]
    every.sort(key=lambda a: (a.line_no, a.char_start, -a.char_end))
    organizations = [a for a in every if a.entity_type == "organization" and not a.flags]
    full = [a for a in organizations if not _THIS.fullmatch(a.name) and (a.country or a.org_id)]
    done: list[ActorMention] = []
    before: list[ActorMention] = []
    for actor in every:
        if actor.entity_type == "organization" and not actor.flags and _is_short(actor, texts):
            referent = _referent(actor, before, full, title_line)
            if referent is not None:
                actor = replace(
                    actor, name=referent.name, org_id=referent.org_id, country=referent.country, flags=("resolved",)
                )
                before.append(referent)
            elif _THIS.fullmatch(actor.name):
                continue
        elif actor.entity_type == "organization" and not actor.flags:
            before.append(actor)
        done.append(actor)
    return done
