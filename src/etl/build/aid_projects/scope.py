"""What surrounds a claim on its page: actors, places and dates by line, the heading above, the article's topic."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from etl.build.money_roles.passages import Passage, Span
from etl.mentions import ActorMention, DateMention, Findings, MoneyMention, PlaceMention
from etl.pages import Role
from etl.patterns import on_use

_ALIAS = on_use(
    r"\((?:以下|下文|下)?(?:(?:英文|外文|中文)?(?:简称|缩写|缩称)|称)(?:为|是|:)?[“\"]?(?P<name>[^,;。()”\"]{2,16})[”\"]?\)"
)


_QUOTED_END = on_use(r"“[^“”]{2,14}”$")  # 国际组织“海岸带守护者”(英文缩写CK)
# “绿茶会”, “一碗饭”非营利组织: names that the text goes on to use without the marks.
_QUOTED_BODY = on_use(
    r"“(?P<name>[^“”]{1,11}[会社团队])”|“(?P<called>[^“”]{2,12})”[^,;:。“]{0,8}?(?:协会|基金会|组织|机构|小组|联盟|合作社|俱乐部|[救援]助会|儿童会|医疗队|志愿队)"
    r"|(?:国际|政府|民间|慈善|志愿)(?:组织|机构|团体)“(?P<body>[^“”]{2,12})”"
)
_QUOTED_SCHEME = on_use(r"(?P<name>“[^“”]{2,12}”)(?:试点|援助|合作)?(?:项目|计划|工程|行动|活动|奖学金|方案)")
_FEW = 24  # so many mentions are looked through sooner than a bisection asks each for its place
_Mention = TypeVar("_Mention", ActorMention, PlaceMention, DateMention)


def _inside(mentions: list[_Mention], span: Span) -> list[_Mention]:
    """The mentions of a line, sorted by their start, that lie within a span."""
    if len(mentions) <= _FEW:
        return [m for m in mentions if span[0] <= m.char_start < span[1] and m.char_end <= span[1]]
    first = bisect_left(mentions, span[0], key=lambda m: m.char_start)
    last = bisect_left(mentions, span[1], key=lambda m: m.char_start)
    return [m for m in mentions[first:last] if m.char_end <= span[1]]


class Scope:
    """A page's findings, indexed by line and section for the questions that attribution asks."""

    def __init__(self, findings: Findings, pages: Sequence[Passage]) -> None:
        self.findings = findings
        self.pages = list(pages)
        self.subjects: dict[tuple[int, Span], Span | None] = {}  # of clauses, by line; kept by nominals.subject
        self.published: dt.date | None = findings.publication.date
        self._actors: defaultdict[int, list[ActorMention]] = defaultdict(list)
        self._places: defaultdict[int, list[PlaceMention]] = defaultdict(list)
        self._dates: defaultdict[int, list[DateMention]] = defaultdict(list)
        self._money: defaultdict[int, list[MoneyMention]] = defaultdict(list)
        for money in sorted(findings.money, key=lambda m: (m.char_start, m.char_end)):
            self._money[money.line_no].append(money)
        for actor in sorted(findings.actors, key=lambda m: (m.char_start, m.char_end)):
            self._actors[actor.line_no].append(actor)
        for place in sorted(findings.places, key=lambda m: (m.char_start, m.char_end)):
            if any(m.char_start <= place.char_start < m.char_end for m in self._money[place.line_no]):
                continue  # 150万瑞典克朗
            self._places[place.line_no].append(place)
        for date in sorted(findings.dates, key=lambda m: (m.char_start, m.char_end)):
            self._dates[date.line_no].append(date)

    def actors(self, line_no: int, span: Span) -> list[ActorMention]:
        return _inside(self._actors[line_no], span)

    def places(self, line_no: int, span: Span) -> list[PlaceMention]:
        return _inside(self._places[line_no], span)

    def dates(self, line_no: int, span: Span) -> list[DateMention]:
        return _inside(self._dates[line_no], span)

    def money(self, line_no: int) -> list[MoneyMention]:
        """The figures of a line, in order."""
        return self._money[line_no]

    @cached_property
    def _order(self) -> dict[int, int]:
        return {page.line.line_no: i for i, page in enumerate(self.pages)}

    def before(self, line_no: int) -> list[Passage]:
        """The passages above a line, nearest first, up to the heading of its section (that one included)."""
        above = []
        for page in reversed(self.pages[: self._order[line_no]]):
            if page.line.role is Role.CAPTION:
                continue
            if page.line.role in (Role.TITLE, Role.LEAD):
                break
            above.append(page)
            if page.line.role is Role.HEADING:
                break
        return above

    def above(self, line_no: int) -> list[Passage]:
        """Every passage above a line down from the title, nearest first, whatever its section; captions apart."""
        told = [
            p for p in self.pages[: self._order[line_no]] if p.line.role not in (Role.CAPTION, Role.TITLE, Role.LEAD)
        ]
        return told[::-1]

    def following(self, line_no: int) -> list[Passage]:
        """The passages below a line to the end of its section, nearest first."""
        below = []
        for page in self.pages[self._order[line_no] + 1 :]:
            if page.line.role is Role.HEADING:
                break
            if page.line.role is not Role.CAPTION:
                below.append(page)
        return below

    def right_before(self, line_no: int, sentence: Span, count: int = 3) -> list[tuple[Passage, Span]]:
        """The sentences right before one, nearest first, that tell of no sum: in its paragraph and the one above."""
        page = self.page_of(line_no)
        above = [p for p in self.before(line_no)[:1] if p.line.role is not Role.HEADING] or self.lead_above(line_no)
        earlier = [(p, s) for p in above for s in p.sentences]
        earlier += [(page, s) for s in page.sentences if s[1] <= sentence[0]]
        found: list[tuple[Passage, Span]] = []
        for there, span in reversed(earlier[-count:]):
            if any(span[0] <= m.char_start < span[1] for m in self._money[there.line.line_no]):
                break
            found.append((there, span))
        return found

    def lead_above(self, line_no: int) -> list[Passage]:
        """The lead, when the line is the first below it."""
        at = self._order[line_no] - 1
        return self.pages[at : at + 1] if at >= 0 and self.pages[at].line.role is Role.LEAD else []

    def actors_before(self, line_no: int, position: int) -> list[ActorMention]:
        """Every actor named before a place in the text, the last first; captions apart."""
        return [a for a in reversed(self._actors_in_order) if self._is_before(a.line_no, a.char_end, line_no, position)]

    def places_before(self, line_no: int, position: int) -> list[PlaceMention]:
        """Every place named before a place in the text, the last first; captions apart."""
        return [p for p in reversed(self._places_in_order) if self._is_before(p.line_no, p.char_end, line_no, position)]

    def _is_before(self, no: int, end: int, line_no: int, position: int) -> bool:
        return (self._order[no], end) <= (self._order[line_no], position)

    @cached_property
    def _told(self) -> set[int]:
        return {page.line.line_no for page in self.pages if page.line.role is not Role.CAPTION}

    @cached_property
    def _actors_in_order(self) -> list[ActorMention]:
        told = [a for a in self.findings.actors if a.line_no in self._told]
        return sorted(told, key=lambda a: (self._order[a.line_no], a.char_start, a.char_end))

    @cached_property
    def _places_in_order(self) -> list[PlaceMention]:
        told = [p for p in self.findings.places if p.line_no in self._told]
        return sorted(told, key=lambda p: (self._order[p.line_no], p.char_start, p.char_end))

    def is_first_print(self, line_no: int) -> bool:
        return line_no in self._order

    @cached_property
    def aliases(self) -> dict[str, tuple[int, int, int]]:
        """Short names the text declares: 和平省友好组织联合会(下称和平友联) gives 和平友联 its full name's place."""
        found: dict[str, tuple[int, int, int]] = {}
        for page in self.pages:
            for hit in _ALIAS.finditer(page.text):
                full = [a for a in self._actors[page.line.line_no] if a.char_end in (hit.start(), hit.start() - 1)]
                if full:
                    found.setdefault(hit["name"], (page.line.line_no, full[0].char_start, full[0].char_end))
                elif quoted := _QUOTED_END.search(page.text, 0, hit.start()):
                    found.setdefault(hit["name"], (page.line.line_no, *quoted.span()))
        return found

    @cached_property
    def quoted_bodies(self) -> frozenset[str]:
        """Names of bodies that stand in quotation marks somewhere on the page."""
        pages = (page.text for page in self.pages if "“" in page.text)
        groups = ("name", "called", "body")
        return frozenset(
            next(hit[group] for group in groups if hit[group]) for text in pages for hit in _QUOTED_BODY.finditer(text)
        )

    @cached_property
    def quoted_schemes(self) -> frozenset[str]:
        """Names in their marks that the page calls a project, a plan or a campaign somewhere: “山花”."""
        pages = (page.text for page in self.pages if "“" in page.text)
        return frozenset(hit["name"] for text in pages for hit in _QUOTED_SCHEME.finditer(text))

    def page_of(self, line_no: int) -> Passage:
        return self.pages[self._order[line_no]]

    def has_heading(self, line_no: int) -> bool:
        """Whether the line stands under a heading."""
        above = self.before(line_no)
        return bool(above) and above[-1].line.role is Role.HEADING

    @cached_property
    def top(self) -> list[Passage]:
        """The title and lead lines."""
        return [page for page in self.pages if page.line.role in (Role.LEAD, Role.TITLE)]
