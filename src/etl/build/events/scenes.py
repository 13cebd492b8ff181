"""Where a story is: the place that its last journey, venue or heading led to, kept until it moves on or comes home."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from etl.build.events.clauses import Clause, Telling
from etl.build.events.countries import Home
from etl.build.events.happening import Happening
from etl.build.events.sites import Place, said_in
from etl.build.events.triggers import pattern
from etl.mentions import DateMention, changed
from etl.pages import Role
from etl.patterns import on_use

_HOME = on_use(
    r"(?<!送)回国|返国|归国|返程|返抵|踏上归途|离开|告别|"
    r"回到(?:国内|家乡|越南)|返回(?:国内|祖国|越南)|飞回"
)
# What was told of another time moves no one: 早在2014年…, 回忆说, 明年将赴…
_ELSEWHEN = on_use(
    r"曾|过去|批次|梯次|多次|[\d一二两三四五六七八九十多]批|每年|历年|年均|定期|此前|早在|早前|当年|"
    r"回顾|回忆|忆述|往事|重提|历史上|以来|累计|先后|迄今|近年|去年|前年|明年|今后|下一步|邀请(?!,)|计划|打算|准备|"
    r"(?:(?:19|20)\d\d年)(?=[^,;。]{0,6}(?:至|—|-))|来自|旨在|希望"
)
_HERE = on_use(
    r"(?<!从)这里|此间|此地|当地|该(?:省|市|县|乡|村|社|镇|岛|国)|过来(?!人)|前来|来此|在此(?!之|基|期|次|前|"
    r"后)|市郊|城郊|郊区|郊外|县城|省城|同城|现场"
)
_MOVES_ON = on_use(
    r"(?:前往|转往|赶往|来到|抵达|奔赴|转赴|走进|深入|飞抵|驱车到|乘[船车]到)(?!当地|这里|现场|该|此|会场|"
    r"[^,]{0,3}(?:校|院|馆|园|村))"
)
_MONTH = on_use(r"(\d{1,2})月")
_start = attrgetter("char_start")
_FAR = 12  # days between a stop and what is still told of it


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that the story has come to. `lasting`: not only for its own sentence."""

    clause: Clause
    place: Place
    date: DateMention | None
    lasting: bool
    home: bool = False


class Scenes:
    """The stops of a page in reading order."""

    def __init__(self, context: tuple[Telling, ...], home: Home) -> None:
        self._home = home.country
        self._stops: list[Stop] = []
        self._orders: list[int] = []
        country = home.dateline if home.dateline != home.country else None
        since: DateMention | None = None
        for telling in context:
            date: DateMention | None = None
            for part, clause in _parts(telling):
                date = part.dates[-1] if part.dates else date
                stop = self._stop(part, clause, date, country if _fit(since, date) else None)
                if stop is None:
                    continue
                self._stops.append(stop)
                self._orders.append(clause.order)
                if stop.lasting:
                    country, since = (None if stop.home else stop.place.country or country), date

    def _stop(self, telling: Telling, clause: Clause, date: DateMention | None, country: str | None) -> Stop | None:
        said = telling.masked[clause.start : clause.end]
        upto = telling.masked[clause.sentence_start : clause.end]
        lasting = telling.role is not Role.CAPTION and not _ELSEWHEN.search(upto)
        lasting = lasting and not pattern("planned", "opinion").search(upto)
        place = said_in(telling, clause.start, clause.end)
        if place is None:
            gone = country is not None and lasting and _HOME.search(said) is not None
            return Stop(clause, Place(country=self._home), date, True, home=True) if gone else None
        if place.country is None:
            place = replace(place, country=country or self._home)
        return Stop(clause, place, date, lasting, home=place.country == self._home)

    def before(self, happening: Happening, *, named: bool = False) -> Stop | None:
        """The stop that a happening was told after; one of its own sentence, or one that lasts. `named`: with words."""
        main = happening.main.candidate
        at = bisect_left(self._orders, main.clause.order)
        for stop in reversed(self._stops[:at]):
            if not (stop.lasting or stop.clause.sentence == main.clause.sentence):
                continue
            if named and (stop.place.text is None or stop.place.place_id == stop.place.country):
                continue
            return stop
        if main.telling.role is Role.CAPTION and not named:
            return next((s for s in self._stops[at:] if s.lasting), None)
        return None

    def here(self, happening: Happening) -> Place | None:
        """The last named place, for what says that it happened there: 当地, 该省, 派义诊队过来."""
        main = happening.main.candidate
        if _HERE.search(main.telling.masked, main.clause.start, main.clause.end) is None:
            return None
        stop = self.before(happening, named=True)
        return replace(stop.place, inferred=True) if stop is not None else None

    def around(self, happening: Happening) -> Place | None:
        """The last place, for what the same paragraph tells of the same day."""
        main = happening.main.candidate
        stop = self.before(happening)
        if stop is None or stop.clause.line_no != main.telling.line_no or not _fit(stop.date, happening.date):
            return None
        if _MOVES_ON.search(main.telling.masked, main.clause.start, main.clause.end):
            return None  # 次日又乘船前往陇和沙洲: no longer where the day before was told of
        if stop.date is None and happening.anchor.kind == "own" and stop.clause.sentence != main.clause.sentence:
            return None  # 周末到美山参观。5月26日,图书角揭幕: on no day of which it is told
        same = stop.clause.sentence == main.clause.sentence or _one_day(stop.date, happening.date)
        return replace(stop.place, inferred=True) if same and stop.place.text else None

    def land(self, happening: Happening) -> str | None:
        """The country of the last place that the happening can belong to, at home or abroad."""
        at = bisect_left(self._orders, happening.main.candidate.clause.order)
        for stop in reversed(self._stops[:at]):
            if happening.main.planned and not stop.home:
                return None
            if stop.lasting and stop.place.text and _fit(stop.date, happening.date):
                return stop.place.country
        return None

    def abroad(self, happening: Happening) -> str | None:
        """The country abroad where the story was just before, also for what is to come within days."""
        stop = self.before(happening)
        if stop is None or stop.home or stop.date is None or not _fit(stop.date, happening.date):
            return None
        return stop.place.country

    def country(self, happening: Happening) -> str | None:
        """The country abroad in which the story still is."""
        stop = self.before(happening)
        if stop is None or stop.home or not _fit(stop.date, happening.date):
            return None
        if happening.main.planned and stop.clause.sentence != happening.main.candidate.clause.sentence:
            return None
        return stop.place.country


def _parts(telling: Telling) -> Iterator[tuple[Telling, Clause]]:
    """Each clause with the line as far as it concerns the clause: time grows with the line, not with its square."""
    dates, places, actors = (sorted(found, key=_start) for found in (telling.dates, telling.places, telling.actors))
    for clause in telling.clauses:
        yield (
            changed(
                telling,
                dates=_within(dates, clause),
                places=_within(places, clause),
                actors=_within(actors, clause),
            ),
            clause,
        )


def _within(found: list[Any], clause: Clause) -> tuple[Any, ...]:
    return tuple(found[bisect_left(found, clause.start, key=_start) : bisect_left(found, clause.end, key=_start)])


def _fit(journey: DateMention | None, told: DateMention | None) -> bool:
    """Whether what is told can belong to a journey: some days after its date, not years, and not before it."""
    if journey is None or told is None or journey is told:
        return True
    if journey.start_date is None or told.start_date is None:
        months = [int(m[1]) for m in (_MONTH.search(journey.quote), _MONTH.search(told.quote)) if m]
        if len(months) == 2 and months[1] - months[0] not in (0, 1):
            return False
        return "年" not in told.quote or told.quote[:4] == journey.quote[:4]
    if told.precision not in ("day", "day_part", "range"):
        return False
    end = journey.end_date or journey.start_date
    after = 0 if end > journey.start_date else _FAR  # a visit that says when it ended is over then
    return (told.start_date - journey.start_date).days >= -2 and (told.start_date - end).days <= after


def _one_day(a: DateMention | None, b: DateMention | None) -> bool:
    if a is None or b is None or a is b:
        return True
    if a.start_date is None or b.start_date is None:
        return a.quote[-4:] == b.quote[-4:]
    return 0 <= (b.start_date - a.start_date).days <= max(1, ((a.end_date or a.start_date) - a.start_date).days)
