"""Place names in the lines of a page, each linked to what it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from etl.mentions import PlaceMention
from etl.normalize.names import simplified
from etl.normalize.places.gazetteer import Entry, entries, exceptions, locality_stems, names, pair_codes
from etl.pages import Line

_LIST_MARK = re.compile(r"[、和与及,，]")
_SUFFIXED = re.compile(r"(?:省|市|县|郡|坊|乡|镇|区)$")
_UNKNOWN_LOCALITY = re.compile(r"([\u4e00-\u9fff]{1,3}?)(市社|市镇|县|郡|坊|乡|镇)(?![\u4e00-\u9fff]{0,1}(?:长|级))")
_BEFORE_NAME = re.compile(r"(?:^|[在到赴往来从由向至,，。;；:：、(（“‘《\s日月年]|今年|去年|明年)$")
_PAIR_CONTEXT = "友双两建关全特传边合贸经外人文民协团战青学立议睦情结"


def _mention(text: str, start: int, end: int, entry: Entry, line_no: int) -> PlaceMention:
    return PlaceMention(
        char_start=start,
        char_end=end,
        quote=text[start:end],
        kind=entry.kind,
        country=entry.country,
        place_id=entry.place_id,
        admin1=entry.admin1,
        line_no=line_no,
    )


def _pair_pattern() -> re.Pattern[str]:
    codes = "|".join(sorted(map(re.escape, pair_codes()), key=len, reverse=True))
    return re.compile(f"(?:(?:越|中)(?:{codes})|(?:{codes})越)(?=[{_PAIR_CONTEXT}])")


_PAIRS = _pair_pattern()


def _pairs(raw: str, text: str, line_no: int, taken: list[tuple[int, int]]) -> list[PlaceMention]:
    """Two countries in two or three characters: 越老友好协会, 老越建交."""
    found = []
    for pair in _PAIRS.finditer(text):
        if any(start < pair.end() and pair.start() < end for start, end in taken):
            continue
        cut = pair.start() + 1 if text[pair.start()] in "越中" else pair.end() - 1
        for start, end in ((pair.start(), cut), (cut, pair.end())):
            code = pair_codes().get(text[start:end])
            if code:
                found.append(
                    PlaceMention(start, end, raw[start:end], "country", code, code, flags=("pair",), line_no=line_no)
                )
    return found


def _supported(text: str, start: int, end: int, entry: Entry, known: Counter[str]) -> bool:
    """Whether the page says that an ambiguous bare name is a place: its full form elsewhere, or a list of provinces."""
    after = text[end : end + 1]
    neighbours = text[max(0, start - 1) : start] + after
    listed = bool(_LIST_MARK.search(neighbours)) and sum(known.values()) > 0
    if entry.word:
        named = known[entry.admin1 or ""] > 0 and after not in "的与和友发稳主共"
        return (named and bool(_BEFORE_NAME.search(text[:start][-2:]))) or (listed and known["_lists"] > 0)
    return sum(known.values()) > 0


def _evidence(texts: Sequence[str]) -> Counter[str]:
    """How often the page names each province in a form that cannot be mistaken."""
    known: Counter[str] = Counter()
    catalogue = entries()
    for text in texts:
        for _, _, name in names().find(text):
            entry = catalogue.get(name)
            if entry is not None and entry.country == "VN" and entry.certain:
                known[entry.admin1 or "VN"] += 1
        if re.search(r"[、和][\u4e00-\u9fff]{2,4}(?:[一二两三四五六七八九十]|\d{1,2})个?省", text):
            known["_lists"] += 1
    return known


def _localities(raw: str, text: str, found: list[PlaceMention], line_no: int) -> list[PlaceMention]:
    """Districts and communes of unknown names right after their province: 高平省茶岭县."""
    more = []
    ends = {place.char_end: place for place in found if place.kind in ("admin1", "district", "city")}
    starts = {place.char_start for place in found}
    for end, place in sorted(ends.items()):
        hit = _UNKNOWN_LOCALITY.match(text, end)
        if hit and hit.start() not in starts:
            kind = "district" if hit[2] in ("县", "郡", "市社") else "commune"
            stem = [e for e in locality_stems().get(hit[1], ()) if e.admin1 == place.admin1]
            place_id = stem[0].place_id if stem else None
            more.append(
                PlaceMention(
                    *hit.span(), raw[hit.start() : hit.end()], kind, place.country, place_id, place.admin1, (), line_no
                )
            )
    return more


def _line_places(raw: str, text: str, line_no: int, known: Counter[str]) -> list[PlaceMention]:
    catalogue, words = entries(), exceptions()
    found, taken = [], []
    for start, end, name in names().find(text):
        taken.append((start, end))
        entry = catalogue.get(name)
        if name in words or entry is None:
            continue
        if entry.certain or _supported(text, start, end, entry, known):
            found.append(_mention(raw, start, end, entry, line_no))
    found += _localities(raw, text, found, line_no)
    found += _pairs(raw, text, line_no, taken)
    return sorted(found, key=lambda place: (place.char_start, -place.char_end))


def find_places_on(lines: Sequence[Line]) -> tuple[PlaceMention, ...]:
    """Every place named in the lines, in reading order. Mentions in repeated lines carry the flag `repeat`."""
    texts = [simplified(line.text) for line in lines]
    known = _evidence(texts)
    found: list[PlaceMention] = []
    for line, text in zip(lines, texts, strict=True):
        places = _line_places(line.text, text, line.line_no, known)
        if line.repeat_of is not None:
            places = [replace(place, flags=(*place.flags, "repeat")) for place in places]
        found += places
    return tuple(found)
