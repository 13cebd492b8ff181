"""What the text has told so far: the years that govern, the days that 同日 and 次日 count from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from etl.normalize.dates.calendar import Span

RECENT = dt.timedelta(days=14)
_BACKGROUND = dt.timedelta(days=60)
_TOLD_BACK = dt.timedelta(days=10)  # a paragraph on days so far back explains; the next one goes on with the news


@dataclass(slots=True)
class Told:
    """One date told: its days (None while unresolved), and how finely it was written."""

    span: Span | None
    month: int | None
    day: int | None
    stated: bool = False  # its year was written, not taken from the publication date
    in_sentence: bool = True


@dataclass(slots=True)
class Story:
    """The state carried from date to date, from sentence to sentence, from line to line."""

    published: dt.date | None
    section_year: int | None = None
    section_planned: bool = False  # the heading announces: 活动预告
    before_years: frozenset[int] = frozenset()  # years of fully written dates in the paragraph before
    own_years: set[int] = field(default_factory=set)
    has_open: bool = False  # a day of this paragraph stayed without its year: no year told there is the story's
    paragraph_year: int | None = None
    paragraph_from: tuple[int, int] = (0, 0)
    sentence_year: int | None = None
    sentence_firm: bool = False
    sentence_last: int | None = None  # the year told last in this sentence, unless in passing
    spoken_year: int | None = None  # the year told last in the sentences before, of the same paragraph
    sentence_only: int | None = None  # the one year a sentence names, for pages without a publication date
    chain: Told | None = None
    last_day: Told | None = None
    story_day: Told | None = None
    story_planned: bool = False
    opened: Told | None = None  # the day the paragraph opens with, in so many words: 10月3日,堤坝决口
    front: Told | None = None  # the story's day before the paragraph
    last_year: int | None = None
    last_period: tuple[Span, str] | None = None
    stay_is_last: bool = False  # no day of the story was told since
    stay: Span | None = None  # the days of what lasted several and is over: 8月19日至25日访问三城

    def begin_line(self) -> None:
        """A new paragraph: its governing year is its own, the years of the one before stay at hand.

        Its first sentence begins with `begin_sentence`, as every other.
        """
        if self.own_years or self.has_open:
            self.before_years = frozenset() if self.has_open else frozenset(self.own_years)
        self._come_back()
        self.own_years, self.has_open = set(), False
        self.opened = None
        self.paragraph_year = self.last_period = self.sentence_last = self.spoken_year = None

    def _come_back(self) -> None:
        """After a paragraph that explained by earlier days the story is again where it was."""
        front, day = self.front, self.story_day
        told = front is not None and day is not None and front.span is not None and day.span is not None
        if told and day.span[0] < front.span[0] - _TOLD_BACK:  # type: ignore[union-attr,index]
            self.story_day = front
            return
        self.front = day if not self.story_planned else front

    def begin_section(self, year: int | None, *, planned: bool = False) -> None:
        """A heading: the year it names, if any, and whether it announces govern until the next heading."""
        self.section_year, self.section_planned = year, planned

    def begin_sentence(self) -> None:
        if self.sentence_last is not None:
            self.spoken_year = self.sentence_last
        self.sentence_year, self.sentence_firm, self.sentence_only, self.chain = None, False, None, None
        self.sentence_last = None
        if self.last_day is not None:
            self.last_day.in_sentence = False

    def tell_day(self, told: Told, *, looking_back: bool, planned: bool, far: bool) -> None:
        """A day was told: the story's own, unless the clause looks back or ahead or it lies `far` behind the story."""
        self.last_day = told
        self.stay_is_last = self.stay_is_last and (far or looking_back or planned)
        if far or (self.story_day is not None and (looking_back or (planned and not self.story_planned))):
            return
        self.story_day, self.story_planned = told, planned

    def is_background(self, day: dt.date) -> bool:
        """Whether a day lies far behind the story."""
        story = self.story_day
        if self.stay_is_last and self.stay is not None:
            return day < self.stay[0] - _BACKGROUND
        return story is not None and story.span is not None and day < story.span[0] - _BACKGROUND

    @property
    def is_staying(self) -> bool:
        """The story is still with what lasted several days."""
        if self.stay is None or self.stay_is_last:
            return self.stay is not None
        day = self.story_day
        return day is not None and day.span is not None and self.stay[0] <= day.span[0] <= self.stay[1]

    def is_undated(self, month: int | None, day: int | None) -> bool:
        """Whether the story's day stayed without its year and is another day of the year than this."""
        story = self.story_day
        if story is None or story.span is not None or story.month is None:
            return False
        return (story.month, story.day) != (month, day)

    def antecedent(self) -> Told | None:
        """The day 同日 and 次日 count from: the sentence's own last day, else the last day of the story."""
        if self.last_day is not None and self.last_day.in_sentence:
            return self.last_day
        return self.story_day or self.last_day
