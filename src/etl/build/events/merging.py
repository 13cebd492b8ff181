"""One row a happening: candidates that tell the same are put together, mentions are gathered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from etl.build.events.clauses import NAME
from etl.build.events.dating import Anchor
from etl.build.events.judging import Judged, is_courtesy
from etl.mentions import DateMention
from etl.pages import Role

_AKIN = frozenset(
    frozenset(pair)
    for pair in (
        ("meeting", "visit"), ("meeting", "conference"), ("conference", "congress"), ("award", "handover"),
        ("ceremony", "launch"), ("ceremony", "award"), ("ceremony", "handover"), ("ceremony", "signing"),
        ("cultural_exchange", "contest"), ("cultural_exchange", "other"),
        ("cultural_exchange", "ceremony"), ("cultural_exchange", "meeting"), ("conference", "award"),
        ("meeting", "handover"),
    )
)  # fmt: skip
_ABSORBED = frozenset(
    {
        ("meeting", "handover"), ("visit", "handover"), ("visit", "award"), ("handover", "award"),
        ("visit", "meeting"), ("meeting", "visit"), ("training", "launch"), ("contest", "award"),
        ("launch", "handover"), ("launch", "ceremony"), ("contest", "launch"),
    }
)  # fmt: skip
_FRAME = (Role.TITLE, Role.LEAD, Role.CAPTION)
_OUTSIDE = re.compile(r"[会式谈]后|随后|之后|接着|次日|翌日|同时")


@dataclass(slots=True)
class Happening:
    """The fullest telling of a happening, the other tellings of it, and the date it got."""

    main: Judged
    anchor: Anchor
    others: list[Judged] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    parent: Happening | None = None
    inherited: bool = False

    @property
    def tellings(self) -> list[Judged]:
        return [self.main, *self.others]

    @property
    def event_type(self) -> str:
        return self.main.event_type

    @property
    def date(self) -> DateMention | None:
        return self.anchor.date


def merge(judged: list[Judged]) -> list[Happening]:
    """The happenings of a page, those told by themselves before those that lean on them."""
    found: list[Happening] = []
    leaning = [j for j in judged if j.kept and _leans(j)]
    for one in (j for j in judged if j.kept and not _leans(j)):
        _put(one, found)
    for one in leaning:
        _lean(one, found)
    for one in (j for j in judged if not j.kept):
        _mention(one, found)
    return found


def _leans(one: Judged) -> bool:
    undated = one.anchor.kind == "none" and one.candidate.telling.role is Role.CAPTION
    return one.anchor.kind == "anaphora" or (undated and one.candidate.construction == "verb")


def _put(one: Judged, found: list[Happening]) -> None:
    for other in found:
        if _absorbs(other.main, one):
            _add(other, one, more_exact=_bare(other.main))
            return
        if _same(other, one):
            _add(other, one)
            return
    found.append(Happening(one, one.anchor, lines={_line(one)}))


def _line(one: Judged) -> int:
    return one.candidate.telling.line_no


def _add(happening: Happening, one: Judged, *, more_exact: bool = False) -> None:
    """One more telling; the fuller of two becomes the main one, or the one that says what a bare ceremony was."""
    happening.lines.add(_line(one))
    if more_exact or (one.kept and fullness(one) > fullness(happening.main)):
        happening.others.insert(0, happening.main)
        happening.main = one
        if one.anchor.date is not None and not happening.inherited:
            happening.anchor = one.anchor
    else:
        happening.others.append(one)


def fullness(one: Judged) -> tuple[int, int, int]:
    """How much a telling tells: a day before a year before none, body before frame, then its parties."""
    candidate = one.candidate
    order = {"own": 4, "anaphora": 3, "year": 2, "section": 2, "recent": 1, "occasion": 1, "none": 0}
    frame = candidate.telling.role in (Role.CAPTION, Role.TITLE)
    clause = candidate.clause
    parties = sum(clause.start <= a.char_start < clause.end for a in candidate.telling.actors)
    places = sum(clause.start <= p.char_start < clause.end for p in candidate.telling.places)
    return order[one.anchor.kind], int(not frame), min(parties + places, 6)


def _absorbs(first: Judged, second: Judged) -> bool:
    """Two verbs of one doing in one `;` item: 接待代表团,并接收捐款; 荣获奖章,个人获得奖章."""
    a, b = first.candidate, second.candidate
    if a.telling is not b.telling or a.clause.item != b.clause.item or first.planned != second.planned:
        return False
    kinds = (first.event_type, second.event_type)
    if a.construction == "dated_noun" and kinds[1] == "launch" and a.clause.order == b.clause.order:
        return True
    if first.anchor.date != second.anchor.date and second.anchor.kind == "own":
        return False
    if a.header is not None and kinds[0] != kinds[1]:
        return False
    if kinds[0] == "ceremony" and kinds[1] in ("award", "handover", "signing", "launch") and _bare(first):
        return True
    if kinds[0] == kinds[1]:
        both_nouns = "verb" not in (a.trigger.form, b.trigger.form)
        return not both_nouns or (a.clause.order == b.clause.order and a.header is None and _one_support(first, second))
    return kinds in _ABSORBED


def _bare(one: Judged) -> bool:
    """A ceremony without a name of its own: 在万象举行的仪式上,…移交; 举行仪式,授予…奖章."""
    candidate = one.candidate
    before = candidate.telling.bare[candidate.clause.start : candidate.trigger.start]
    return candidate.trigger.word in ("仪式", "典礼", "活动") and before.endswith(
        ("举行", "举行了", "举行的", "举办", "办的")
    )


def _one_support(first: Judged, second: Judged) -> bool:
    """举办研讨会和座谈会 names two; 召开总结会暨表彰会 one."""
    gap = first.candidate.telling.masked[first.candidate.trigger.end : second.candidate.trigger.start]
    return re.search(r"[、和及,]", gap) is None


def _same(happening: Happening, one: Judged) -> bool:
    """Another sentence that tells the same: akin in kind, fitting in date, and alike in words."""
    main = happening.main
    if any(t.candidate.clause.sentence == one.candidate.clause.sentence for t in happening.tellings):
        return False
    if not akin(happening.event_type, one.event_type) or main.planned != one.planned:
        return False
    if one.anchor.kind == "recent" and re.search(
        r"此前|早前", one.candidate.telling.masked[: one.candidate.trigger.start]
    ):
        return False
    fit = dates_fit(happening.anchor, one.anchor)
    if fit is False or _other_hosts(main, one):
        return False
    if fit is None and {happening.event_type, one.event_type} == {"ceremony", "launch"}:
        return False  # 二号桥合龙仪式近日举行; 二号桥于2016年8月19日动工
    alike = likeness(main, one)
    framed = one.candidate.telling.role in _FRAME or main.candidate.telling.role in _FRAME
    if fit:
        return alike >= (0.25 if happening.event_type == one.event_type else 0.35)
    same_noun = main.candidate.trigger.word[-2:] == one.candidate.trigger.word[-2:]
    return alike >= (0.3 if framed or same_noun else 0.5)


def _other_hosts(a: Judged, b: Judged) -> bool:
    """Unions of two provinces hold two meetings, though on one day and in the same words."""
    first, second = _host_units(a), _host_units(b)
    return bool(first) and bool(second) and first.isdisjoint(second)


def _host_units(one: Judged) -> set[str]:
    """The provinces in the names of the organizations that stand before the trigger."""
    candidate, telling = one.candidate, one.candidate.telling
    hosts = [
        a for a in telling.actors
        if a.entity_type == "organization" and candidate.clause.start <= a.char_start < candidate.trigger.start
    ]  # fmt: skip
    return {
        place.admin1 for place in telling.places for host in hosts
        if place.admin1 and host.char_start <= place.char_start < host.char_end
    }  # fmt: skip


def akin(a: str, b: str) -> bool:
    return a == b or frozenset((a, b)) in _AKIN


def dates_fit(a: Anchor, b: Anchor) -> bool | None:
    """Whether two dates overlap; None when one is unknown."""
    if a.date is None or b.date is None or a.date.start_date is None or b.date.start_date is None:
        if a.date is not None and b.date is not None and a.date.start_date is b.date.start_date is None:
            return a.date.quote[-4:] == b.date.quote[-4:]
        return None
    end_a, end_b = a.date.end_date or a.date.start_date, b.date.end_date or b.date.start_date
    return a.date.start_date <= end_b and b.date.start_date <= end_a


def likeness(a: Judged, b: Judged) -> float:
    """Share of the shorter telling's character pairs that the other has too (dates and names of places left out)."""
    first, second = _pairs(a), _pairs(b)
    return len(first & second) / max(1, min(len(first), len(second)))


def _pairs(one: Judged) -> set[str]:
    candidate = one.candidate
    sentence = [c for c in candidate.telling.clauses if c.item == candidate.clause.item]
    left, right = candidate.start, candidate.end
    if len(sentence) > 1 and right - left < 12:
        left = min(c.start for c in sentence)
    text = re.sub(r"[\d年月日上下午晚,:()“”|\s、。;]", "", candidate.telling.plain[left:right])
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _lean(one: Judged, found: list[Happening]) -> None:
    """A telling that leans on another: of the same kind it mentions it, of another kind it is a part of it."""
    for other in found:
        if _absorbs(other.main, one):
            _add(other, one)
            return
    root = active(one, found)
    if root is None:
        if one.anchor.date is not None or one.event_type == "award":
            found.append(Happening(one, one.anchor, lines={_line(one)}))
        return
    alike = likeness(root.main, one)
    outside = _OUTSIDE.search(_said(one)) is not None
    for other in found:
        kindred = akin(other.event_type, one.event_type) and other.main.planned == one.planned
        near = likeness(other.main, one)
        if (
            kindred
            and not outside
            and near >= 0.35
            and near >= alike
            and dates_fit(other.anchor, one.anchor) is not False
        ):
            _add(other, one)
            return
    framed = one.candidate.telling.role is Role.CAPTION
    if root.event_type == one.event_type and not outside and one.anchor.date is None:
        _add(root, one)
    elif framed and (is_courtesy(one.candidate) or one.event_type == "visit"):
        root.lines.add(_line(one))
    else:
        found.append(Happening(one, root.anchor, lines={_line(one)}, parent=root, inherited=True))


def _said(one: Judged) -> str:
    candidate = one.candidate
    return candidate.telling.masked[candidate.sentence_start : candidate.trigger.start][-80:]


def active(one: Judged, found: list[Happening]) -> Happening | None:
    """The happening a reader has in mind: the one the setting names (座谈会上), else the one its section is about."""
    order, section = one.candidate.clause.order, one.candidate.telling.section
    open_ones = [h for h in found if not h.main.planned and not h.inherited and h.anchor.kind != "section"]
    setting = re.search(r"([\u4e00-\u9fff]{2})(?:上|期间|后|中|当晚|当天)", _said(one).replace(NAME, ""))
    if setting:
        named = [h for h in open_ones if h.main.candidate.trigger.word.endswith(setting.group(1))]
        if named:
            return min(named, key=lambda h: abs(h.main.candidate.clause.order - order))
    near = [h for h in open_ones if h.main.candidate.telling.section == section] or open_ones
    dated = [h for h in near if h.anchor.kind == "own"] or near
    if not dated:
        return None
    first = dated[0]
    before = [h for h in dated if h.main.candidate.clause.order < order and not _long_before(h, first)]
    return (before or [first])[-1]


def _long_before(happening: Happening, root: Happening) -> bool:
    """Background: it took place a month or more before what the article is about."""
    a, b = happening.date, root.date
    if a is None or b is None or a.start_date is None:
        return False
    if b.start_date is None:  # the news prints no year, its background does: 3月5日…移交仪式; 2021年9月18日破土
        return re.match(r"(?:19|20)\d\d年", a.quote) is not None
    return (b.start_date - a.start_date).days > 31


def _one_stem(happening: Happening, one: Judged) -> bool:
    """落成典礼 and 落成, 移交仪式 and 移交."""
    return happening.main.candidate.trigger.word[:2] == one.candidate.trigger.word[:2]


def _definite(one: Judged) -> bool:
    """授章仪式在河内举行, 这场年会…: a bare noun names what was told before."""
    candidate = one.candidate
    before = candidate.telling.masked[candidate.clause.start : candidate.trigger.start].strip("* ")
    return candidate.trigger.form == "noun" and before in ("", "本次", "此次", "这次", "是次", "这场", "该", "本届")


def _mention(one: Judged, found: list[Happening]) -> None:
    """A telling too weak to stand alone belongs to the happening most like it, or to none."""
    section, role = one.candidate.telling.section, one.candidate.telling.role
    fitting = [
        h for h in found
        if akin(h.event_type, one.event_type)
        and dates_fit(h.anchor, one.anchor) is not False
        and not _other_hosts(h.main, one)
    ]  # fmt: skip
    if not fitting:
        return
    same = [h for h in fitting if h.event_type == one.event_type and not h.main.planned]
    shown = role in _FRAME and one.candidate.trigger.form == "verb"
    if same and (_definite(one) or shown):
        happening = min(same, key=lambda h: abs(h.main.candidate.clause.order - one.candidate.clause.order))
        _add(happening, one)
        return
    happening = max(fitting, key=lambda h: likeness(h.main, one) + 0.3 * _one_stem(h, one))
    near = role in _FRAME or happening.main.candidate.telling.section == section
    if likeness(happening.main, one) + 0.3 * _one_stem(happening, one) >= (0.2 if near else 0.4):
        happening.lines.add(_line(one))
        if one.candidate.construction != "listed":
            happening.others.append(one)
