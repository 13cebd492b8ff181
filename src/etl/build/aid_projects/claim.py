"""A claim of aid as it grows: found, counted, related, attributed, dated, valued, judged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from etl.build.money_roles.passages import Passage, Span
from etl.mentions import MoneyMention, PlaceMention


@dataclass(frozen=True, slots=True)
class Output:
    """Things given or built: 20间房屋 is item 房屋, count 20, unit 间."""

    item: str
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Party:
    """Someone's part in a claim, as printed at [start, end) of line `line_no`.

    `inherited` when another sentence names them, `resolved` when the claim's own says 该会, 日方, 后者 or 他.
    """

    text: str
    line_no: int
    start: int
    end: int
    inherited: bool = False
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `at` is where its figure (or its count) stands in the line; `number` its place in the article.

    `since` is the end of the figure before it in the sentence: counts further back belong to that one.
    Money is the mention as printed; `parent` the number of the claim that covers this one.
    """

    passage: Passage
    at: Span
    rule: str
    strength: float
    number: int = 0
    money: MoneyMention | None = None
    equivalent: MoneyMention | None = None
    previous: Decimal | None = None
    unit: MoneyMention | None = None
    unit_count: int | None = None
    kind: str = ""
    is_target: bool = False
    parent: int | None = None
    is_umbrella: bool = False
    leans_on: int | None = None
    since: int = 0
    mentioned: int = 1
    tellings: tuple[Claim, ...] = ()
    project_count: int | None = None
    beneficiary_count: int | None = None
    household_count: int | None = None
    donor_count: int | None = None
    list_part: str | None = None  # what its list says the name before the figure is: implementer or recipient
    outputs: tuple[Output, ...] = ()
    donor: Party | None = None
    implementer: Party | None = None
    approver: Party | None = None
    recipient: Party | None = None
    places: tuple[PlaceMention, ...] = ()
    recipient_iso: str | None = None
    recipient_place: str | None = None
    recipient_country: str | None = None
    status: str = "unspecified"
    period: tuple[dt.date | None, dt.date | None] = (None, None)
    period_basis: str = "none"
    plan_attainment: float | None = None
    flags: tuple[str, ...] = ()

    @property
    def line_no(self) -> int:
        return self.passage.line.line_no

    @property
    def sentence(self) -> Span:
        return self.passage.sentence_at(self.at[0])

    @property
    def segment(self) -> Span:
        return self.passage.segment_at(self.at[0])

    @property
    def clause(self) -> Span:
        return self.passage.clause_at(self.at[0])

    def says(self, span: Span) -> str:
        """The folded words of a span of the claim's line."""
        return self.passage.text[span[0] : span[1]]
