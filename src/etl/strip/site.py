"""Which outlet a page comes from and in which of its layouts, from `sites/*.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from etl import lookups
from etl.errors import ConfigError
from etl.pages import RawDocument

UNKNOWN = "unknown"
GENERIC = "generic"
_CUES = 2
_KEYS = {"name", "title", "hosts", "tells", "layouts", "home_currency", "timezone", "month_first", "marks"}


@dataclass(frozen=True, slots=True)
class Layout:
    """One way a site prints its pages: it applies when a line matches `when` (always when empty)."""

    name: str
    when: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Site:
    """What is true of one outlet. `tells` are patterns of whole lines that only this outlet prints."""

    name: str
    hosts: tuple[str, ...] = ()
    tells: tuple[re.Pattern[str], ...] = ()
    layouts: tuple[Layout, ...] = ()
    home_currency: str | None = None
    timezone: str | None = None
    month_first: bool = False


@cache
def profiles() -> tuple[Site, ...]:
    """Every site of `sites/*.toml`. Raises ConfigError for an unknown key or a pattern that does not compile."""
    return tuple(map(_profile, lookups.sites()))


def _profile(raw: dict[str, object]) -> Site:
    name = str(raw["name"])
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        raise ConfigError(f"sites/{name}.toml: unknown keys {unknown}. Known: {sorted(_KEYS)}.")
    layouts = raw.get("layouts", [])
    if not isinstance(layouts, list):
        raise ConfigError(f"sites/{name}.toml: layouts is a list of tables.")
    return Site(
        name=name,
        hosts=tuple(_strings(raw, "hosts", name)),
        tells=_patterns(_strings(raw, "tells", name), name),
        layouts=tuple(Layout(str(item["name"]), _patterns(item.get("when", []), name)) for item in layouts),
        home_currency=_optional(raw.get("home_currency")),
        timezone=_optional(raw.get("timezone")),
        month_first=bool(raw.get("month_first", False)),
    )


def _strings(raw: dict[str, object], key: str, name: str) -> list[str]:
    value = raw.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"sites/{name}.toml: {key} is a list of strings.")
    return value


def _optional(value: object) -> str | None:
    return None if value is None else str(value)


def _patterns(texts: Sequence[str], name: str) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(text) for text in texts)
    except re.error as error:
        raise ConfigError(f"sites/{name}.toml: {error.pattern!r} is no pattern: {error}.") from error


def named(name: str | None) -> Site | None:
    """The profile of that name, or None."""
    return next((site for site in profiles() if site.name == name), None)


def recognise(document: RawDocument) -> Site:
    """The outlet of a page: by the host of its address, else by tell-tale lines, else one named by its host."""
    hosts = [host for host in (_host(document.url), _host(document.metadata.url), document.metadata.site_host) if host]
    for host in hosts:
        for site in profiles():
            if any(host == known or host.endswith(f".{known}") for known in site.hosts):
                return site
    texts = [line.text.strip()[:300] for line in document.lines if line.text.strip()]
    found, currency = by_tells(texts), _currency_of(texts)
    # (本報訊) opens reports in Macau and Hong Kong too: what tells the country speaks before one tell-tale
    if found is not None and (currency is None or found.home_currency in (None, currency)):
        return found
    return Site(hosts[0] if hosts else UNKNOWN, home_currency=currency)


def _currency_of(texts: Sequence[str]) -> str | None:
    """What an outlet without a profile calls 元, when its cues tell the country (outlet_cues.csv).

    A licence of the country weighs two and is enough, other cues weigh one.
    A page that says its 元 are 越盾 stays open.
    """
    found: dict[str, int] = {}
    for pattern, currency, weight in _cues():
        if any(map(pattern.search, texts)):
            found[currency] = found.get(currency, 0) + weight
    sure = [currency for currency, weight in found.items() if weight >= _CUES]
    return sure[0] if len(sure) == 1 and not any("元(越盾" in text or "元（越盾" in text for text in texts) else None


@cache
def _cues() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    rows = lookups.rows("outlet_cues")
    return tuple((re.compile(row["cue"]), row["currency"], int(row["weight"])) for row in rows)


def by_tells(texts: Sequence[str]) -> Site | None:
    """The site with the most tell-tale patterns among the lines; None without any."""
    best, most = None, 0
    telling = list(filter(_any_tell().match, texts))
    if not telling:
        return None
    for site in profiles():
        count = sum(any(map(tell.match, telling)) for tell in site.tells)
        if count > most:
            best, most = site, count
    return best


@cache
def _any_tell() -> re.Pattern[str]:
    """One pattern for the tells of all sites, so that most lines are looked at once instead of once a tell."""
    tells = [tell for site in profiles() for tell in site.tells]
    plain = re.compile("").flags
    if any(tell.groups or tell.flags != plain for tell in tells):  # those do not go into one pattern with others
        return re.compile("")
    return re.compile("|".join(f"(?:{tell.pattern})" for tell in tells) or "(?!)")


def layout_of(site: Site, texts: Sequence[str]) -> str:
    """The first layout of the site all of whose patterns match a line; `generic` when none does."""
    for layout in site.layouts:
        if all(any(pattern.match(text) for text in texts) for pattern in layout.when):
            return layout.name
    return GENERIC


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
