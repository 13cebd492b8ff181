"""Whether an ambiguous name is a place on this page: 和平, 太原, 河南 are words or places in China as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.normalize.names import Match
from etl.normalize.places.gazetteer import Entry, entries
from etl.patterns import on_use

_LIST_BEFORE = on_use(r"([\u4e00-\u9fff]{2,4})省?[、和与及]$")
_LIST_AFTER = on_use(r"[、和与及]([\u4e00-\u9fff]{2,4})")
_LIST_END = on_use(r"[^。;；:：!?]{0,28}?(?:[两二三四五六七八九十]+|\d{1,2})个?省")
_BEFORE_NAME = on_use(r"(?:^|[在到赴往来从由向至,，。;；:：、(（“‘《\s日月年]|今年|去年|明年)$")
_LOCATIVE = on_use(r"(?:(?<![存现正所])在|位于|来自|抵达|前往|飞抵|飞往|[赴抵])$")
_GOING = on_use(
    r"(?:(?<![存现正所实旨])在|位于|来自|[赴抵]|[抵到]达|(?:前|飞|转|开|驶|改|移)往|(?<![得受达看见收等直感遇找想谈提])到|移师|转战|南下|北上|折向|途经|走进|重返|回到|(?<![除失过])去)$"
)
_NOT_AFTER_WORD = frozenset("的与和友发稳主共、协年人")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the page names without doubt: mentions by Vietnamese province, and those of places in China."""

    provinces: Counter[str]
    vietnam: int
    china: int
    countries: frozenset[str] = frozenset()

    @property
    def province(self) -> str | None:
        """The page's province: named more often than any other, or the only one."""
        ranked = self.provinces.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
            return None
        return ranked[0][0]


def _province(text: str, *, end: bool = False) -> Entry | None:
    """The Vietnamese province that the text begins (or ends) with, in its short form."""
    for size in (4, 3, 2):
        entry = entries().get(text[-size:] if end else text[:size])
        if entry is not None and entry.country == "VN" and entry.kind == "admin1":
            return entry
    return None


def in_list(text: str, start: int, end: int) -> bool:
    """Whether the name stands beside a province in an enumeration: 平定、富安、庆和三省."""
    before = _LIST_BEFORE.search(text, max(0, start - 6), start)
    after = _LIST_AFTER.match(text, end)
    neighbours = [
        entry
        for entry in (_province(before[1], end=True) if before else None, _province(after[1]) if after else None)
        if entry is not None
    ]
    return any(not entry.word for entry in neighbours) or bool(neighbours and _LIST_END.match(text, end))


def nearest(units: Iterable[Entry], admin1: str | None, page: Evidence) -> Entry | None:
    """Of several places of one name the one in the province at hand, else in the one that the page names most."""
    count = page.provinces
    ranked = sorted(units, key=lambda unit: (unit.admin1 != admin1, -count[unit.admin1 or ""]))
    if not ranked or ranked[0].admin1 == admin1:
        return ranked[0] if ranked else None
    first, second, *_ = [*(count[unit.admin1 or ""] for unit in ranked), 0]
    return ranked[0] if first > second else None


def gather(texts: Sequence[str], matches: Sequence[Sequence[Match]]) -> Evidence:
    """The evidence of a whole page: its lines (simplified) and the names found in each."""
    catalogue = entries()
    provinces: Counter[str] = Counter()
    countries: set[str] = set()
    vietnam = china = 0
    for text, found in zip(texts, matches, strict=True):
        for start, end, name in found:
            entry = catalogue.get(name)
            if entry is None:
                continue
            if entry.certain and entry.country:
                countries.add(entry.country)
            if entry.country == "CN" and entry.kind != "country":
                china += 1
            elif entry.country == "VN" and (entry.certain or (entry.word and in_list(text, start, end))):
                vietnam += 1
                if entry.admin1:
                    provinces[entry.admin1] += 1
    return Evidence(provinces, vietnam, china, frozenset(countries))


def supports(entry: Entry, text: str, start: int, end: int, page: Evidence, beside: Entry | None) -> bool:
    """Whether an ambiguous name is the Vietnamese place here. `beside` is the place that ends where it begins."""
    if entry.bare:
        named = entry.country in page.countries
        if beside is not None and beside.country == entry.country and beside.kind in ("country", "admin1"):
            return True  # 白俄罗斯|戈梅利
        if not named or text[end : end + 1] in "·・•":
            return False
        opens = end - start > 2 and (start == 0 or text[start - 1] in "，,。；;、：:（(日月年")
        return opens or _GOING.search(text, max(0, start - 4), start) is not None
    if entry.far:
        return entry.country in page.countries or _LOCATIVE.search(text, max(0, start - 3), start) is not None
    if beside is not None and not entry.word:
        return beside.country == "VN"
    if entry.word:
        if in_list(text, start, end):
            return True
        named = page.provinces[entry.admin1 or ""] > 0 and text[end : end + 1] not in _NOT_AFTER_WORD
        return named and bool(_BEFORE_NAME.search(text, max(0, start - 2), start))
    if entry.kind == "district" and "VN" in page.countries and not entry.shared:
        return True  # no town of China is called 芒街
    named_in_full = page.provinces[entry.admin1 or ""] > 0
    return named_in_full or in_list(text, start, end) or (page.vietnam > 0 and page.vietnam >= page.china)
