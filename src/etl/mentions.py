"""What was found in a page's own lines: dates, money, places, actors, each with its exact characters.

`line_no` is the line of the page (0 for text outside a page); char_start and char_end are code points
within that line, and `quote == text[char_start:char_end]` always holds. Codes are those of CONTRACT.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, fields, make_dataclass
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar, cast

from etl.pages import Line, Page, Publication

Record = TypeVar("Record")
Arguments = ParamSpec("Arguments")


def changed(record: Record, **values: object) -> Record:
    """The frozen record with other values in some fields: `dataclasses.replace` in half its time.

    For records of two or more fields, all of them arguments of the class; builders make hundreds of copies a page.
    Raises KeyError for a name that is no field.
    """
    kind: Callable[..., Record] = type(record)
    read, places = _fields(kind)
    found = list(read(record))
    for name, value in values.items():
        found[places[name]] = value
    return kind(*found)


@cache
def _fields(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], dict[str, int]]:
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), {name: place for place, name in enumerate(names)}


def quick(kind: Callable[Arguments, Record]) -> Callable[Arguments, Record]:
    """Called as the frozen dataclass with slots is, and builds the same record in a third of the time.

    A frozen class sets every field through `object.__setattr__`. This sets those of an open twin with the same slots,
    which then takes the class of `kind`. Every date and every sum of a page is built so.
    """

    def close(record: Any) -> None:
        record.__class__ = kind

    shape = [(each.name, each.type, field(default=each.default)) for each in fields(cast(Any, kind))]
    twin = make_dataclass(kind.__name__, shape, namespace={"__post_init__": close}, slots=True)
    return cast(Callable[Arguments, Record], twin)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression and the days it names, both ends inclusive; None where the text leaves them open."""

    char_start: int
    char_end: int
    quote: str
    start_date: dt.date | None
    end_date: dt.date | None
    precision: str
    basis: str
    edtf: str | None = None
    day_part: str | None = None
    is_planned: bool = False
    flags: tuple[str, ...] = ()
    line_no: int = 0


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """A figure with a currency. `amount_max` is set for ranges only; `currency` is None when ambiguous.

    `equivalent_of` is the (line_no, char_start) of the figure that this one restates in another currency.
    """

    char_start: int
    char_end: int
    quote: str
    amount: Decimal
    amount_max: Decimal | None
    currency: str | None
    qualifier: str
    currency_basis: str = "explicit"
    per_unit: str | None = None
    equivalent_of: tuple[int, int] | None = None
    flags: tuple[str, ...] = ()
    line_no: int = 0


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name. `place_id` names a row of `places`, or is None for a place known by its form only.

    `kind`: country, admin1 (province or centrally run city), district, commune, city (abroad), venue.
    `country` is ISO 3166-1 alpha-2 and `admin1` the unit key of the Vietnamese province, era undecided:
    `normalize.places.iso_on` turns it into the code valid on a date.
    """

    char_start: int
    char_end: int
    quote: str
    kind: str
    country: str | None
    place_id: str | None = None
    admin1: str | None = None
    flags: tuple[str, ...] = ()
    line_no: int = 0


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An organization, person, delegation or group. `name` is the bare name, `quote` includes titles."""

    char_start: int
    char_end: int
    quote: str
    name: str
    entity_type: str
    org_id: str | None = None
    country: str | None = None
    flags: tuple[str, ...] = ()
    line_no: int = 0


@dataclass(frozen=True, slots=True)
class Findings:
    """A page with everything found in its own lines (repeats included): what builders turn into rows."""

    page: Page
    publication: Publication
    dates: tuple[DateMention, ...]
    money: tuple[MoneyMention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]

    def first_print_lines(self) -> tuple[Line, ...]:
        """Own lines without repeats: claims and events are built from these only."""
        return tuple(line for line in self.page.own_lines() if line.repeat_of is None)
