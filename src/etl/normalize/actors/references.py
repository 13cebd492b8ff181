"""What short references stand for on their page: 联合会, 该会, 省友好组织联合会, 和平友联, a person's bare name."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from etl.mentions import ActorMention
from etl.normalize.actors import gazetteer
from etl.normalize.actors.persons import title_in
from etl.normalize.names import Cover, simplified, spans
from etl.pages import Line, Role

_DECLARED = re.compile(r"[(（](?:以下|下)?简?称[:：]?[“\"]?([\u4e00-\u9fffA-Z]{2,10})[”\"]?[)）]")
_THIS = re.compile(
    r"(?:该|本)(会|协会|联合会|委员会|组织|单位|基金会|机构|商会|厅|局|校|院|馆|公司|中心|医院|大学|学院|台|报|剧院)"
    r"(?![长员方中里内外舍区园友址徽])"
)
# What 该校 and 该院 can end with in full.
_ENDINGS = {"校": ("大学", "学院", "中学", "小学", "学校", "公学"), "院": ("医院", "学院", "研究院", "剧院", "孤儿院")}
_ANY_BODY = frozenset(("组织", "单位", "机构"))
_OFFICES = ("办事处", "代表处", "办公室", "分会")
_SEVERAL = re.compile(r"(?:各|各级|双方|两国|两省|两市|成员|[两三四五六七八九十几多]家|等|及其)$")
_LATIN = re.compile(r"[A-Za-z]{3,}")
_NATIONAL = re.compile(r"(?:越南|中国|老挝|柬埔寨|全国)(?![^会]{2,4}[省市县])")
_LEVEL = re.compile(r"^(?:全)?[省市县]")
# 该会与红河州对外友好协会签署…: a partner, a receiver or a giver is not whom the next 该会 goes back to
_ASIDE = re.compile(
    r"(?:[与與同和跟向给給对對由、及]|接收|接受|接待|会见|會見|拜会|拜會|访问|訪問|邀请|邀請)了?(?:来访的|來訪的|来自|來自)?$"
)
_LONGEST_REFERENCE = 9
_FULL = 8  # a name of so many characters says whose it is without a place: 中央救援动员委员会
_MOST_PEOPLE = 200  # more persons than any article names

Place = tuple[int, int]  # line_no, char_start


def _at(actor: ActorMention) -> Place:
    return actor.line_no, actor.char_start


def _declared(found: Sequence[ActorMention], lines: Sequence[Line]) -> dict[str, ActorMention]:
    """Names that the page declares: 和平省友好组织联合会(下称和平友联)."""
    ends = {(actor.line_no, actor.char_end): actor for actor in found}
    declared = {}
    for line in lines:
        for match in _DECLARED.finditer(line.text) if "称" in line.text else ():
            actor = ends.get((line.line_no, match.start()))
            if actor is not None:
                declared[match[1]] = actor
    return declared


def _later_names(
    found: Sequence[ActorMention], declared: dict[str, ActorMention], lines: Sequence[Line]
) -> list[ActorMention]:
    """Mentions of a person without a title, by the full or the given name, and declared short names."""
    known = dict(declared)
    for actor in found:
        if actor.entity_type == "person" and len(known) < _MOST_PEOPLE:
            known.setdefault(simplified(actor.name), actor)
            for form in _addressed(actor):
                known.setdefault(form, actor)
            given, dot, _ = actor.name.partition("·")
            if dot and len(given) > 1:
                known.setdefault(simplified(given), actor)
    by_line: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for actor in found:
        by_line[actor.line_no].append((actor.char_start, actor.char_end))
    more = []
    for line in lines if known else ():
        text = simplified(line.text)
        cover = Cover(len(text), by_line[line.line_no])
        for start, end, name in spans(known, text):
            if cover.touches(start, end):
                continue
            cover.add(start, end)
            actor, quote = known[name], line.text[start:end]
            flags = ("resolved",) if actor.name != quote else ()
            more.append(replace(actor, char_start=start, char_end=end, quote=quote, line_no=line.line_no, flags=flags))
    return more


def _addressed(actor: ActorMention) -> list[str]:
    """What a person is called after the first mention: 副总领事韩巧玲 is 韩副总领事 then."""
    name = simplified(actor.name)
    before, found, _ = simplified(actor.quote).partition(name)
    if not found or not 2 <= len(name) <= 3 or "氏" in name:
        return []
    for size in (5, 4, 3, 2):
        title = before[-size:]
        if len(title) == size and title_in(title) == (0, size):
            return [name[0] + title]
    return []


def _this_body(lines: Sequence[Line]) -> list[ActorMention]:
    """该会 and 该单位, as mentions without a referent yet."""
    return [
        ActorMention(*match.span(), match[0], match[0], "organization", line_no=line.line_no)
        for line in lines
        if "该" in line.text or "本" in line.text
        for match in _THIS.finditer(line.text)
    ]


class _Organizations:
    """The page's full names of organisations by what they end with."""

    def __init__(self, full: Sequence[ActorMention], lines: Sequence[Line], title_line: int | None) -> None:
        self._title_line = title_line
        self._lines = {line.line_no: line for line in lines}
        self._before = {after.line_no: line.line_no for line, after in itertools.pairwise(lines)}
        self._by_ending: defaultdict[str, list[ActorMention]] = defaultdict(list)
        for actor in full:
            name = simplified(actor.name)
            for size in range(1, min(len(name), _LONGEST_REFERENCE + 1)):
                self._by_ending[name[-size:]].append(actor)
        self._all = [actor for actor in full if not actor.name.endswith(_OFFICES)]
        self._mains: dict[str, ActorMention | None] = {}

    def _main(self, ending: str) -> ActorMention | None:
        """The organisation the page is about: the only one, the title's, or by far the most frequent."""
        if ending not in self._mains:
            fits = self._by_ending[ending]
            titled = {full.name for full in fits if full.line_no == self._title_line}
            counts = Counter(full.name for full in fits).most_common(2)
            main = titled.pop() if len(titled) == 1 else None
            if main is None and counts and not titled and (len(counts) == 1 or counts[0][1] >= 2 * counts[1][1]):
                main = counts[0][0]
            self._mains[ending] = next((full for full in fits if full.name == main), None)
        return self._mains[ending]

    @staticmethod
    def _last(fits: Sequence[ActorMention], here: Place) -> ActorMention | None:
        at = bisect_left(fits, here, key=_at) - 1
        return fits[at] if at >= 0 else None

    def _told_of(self, fits: Sequence[ActorMention], ending: str, here: Place) -> ActorMention | None:
        """Whom 该会 goes back to: the last of its line or of the paragraph before, partners aside; else the page's own.

        法国“孤儿之家”协会资助孤儿… (图)该会向医疗中心转交设备: a caption tells of the page's own body.
        """
        last = self._last(fits, here)
        main = self._main(ending)
        if last is None or main is None or last.name == main.name or _at(main) >= here:
            return last
        near = [fit for fit in fits if fit.line_no == here[0] and fit.char_start < here[1]]
        shown = self._lines[here[0]].role is Role.CAPTION
        if not near and not shown and last.line_no == self._before.get(here[0]):
            near = [fit for fit in fits if fit.line_no == last.line_no][:1]
        acting = [fit for fit in near if not self._is_aside(fit)]
        return acting[-1] if acting else main

    def _is_aside(self, actor: ActorMention) -> bool:
        before = self._lines[actor.line_no].text[max(0, actor.char_start - 8) : actor.char_start]
        return _ASIDE.search(before) is not None

    def referent(self, actor: ActorMention) -> ActorMention | None:
        """The organisation that a short name stands for: for 该会 the one told of, else the page's main one."""
        text = simplified(actor.name)
        this = _THIS.fullmatch(text)
        if this:
            if this[1] in _ANY_BODY:
                return self._last(self._all, _at(actor))
            named = [f for ending in _ENDINGS.get(this[1], (this[1],)) for f in self._by_ending.get(ending, ())]
            return self._told_of(sorted(named, key=_at), this[1], _at(actor))
        for ending in (text, _LEVEL.sub("", text)):
            fits = self._by_ending.get(ending, [])
            if ending != text:  # 省红十字会 is not the country's
                fits = [full for full in fits if not _NATIONAL.match(full.name)]
            if fits:
                return self._main(ending) or self._last(fits, _at(actor)) or fits[0]
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


def _delegation(actor: ActorMention, before: dict[str, ActorMention]) -> ActorMention:
    """A bare 代表团 or 工作组 is the last one that was named; `before` holds these by their last word."""
    latin = _LATIN.match(actor.name)
    body = gazetteer.known(latin[0]) if latin else None
    if latin and body:
        full = replace(actor, name=body.name + actor.name[latin.end() :], country=body.country, flags=("resolved",))
        before.update({full.name[-size:]: full for size in (2, 3, 4)})
        return full
    last = before.get(actor.name)
    if last is not None:
        return replace(actor, name=last.name, country=last.country, flags=("resolved",))
    for size in (2, 3, 4):
        if len(actor.name) > size:
            before[actor.name[-size:]] = actor
    return actor


def _is_full(actor: ActorMention) -> bool:
    """Whether the name says whose body it is, so that shorter ones can refer to it."""
    if _THIS.fullmatch(actor.name):
        return False
    long = len(actor.name) >= _FULL and not _LEVEL.match(actor.name)
    return bool(actor.country or actor.org_id) or long


def resolve(found: Sequence[ActorMention], lines: Sequence[Line]) -> list[ActorMention]:
    """All mentions, the short ones with the full name, org_id and country of what they refer to."""
    texts = {line.line_no: line.text for line in lines}
    title_line = next((line.line_no for line in lines if line.role is Role.TITLE), None)
    taken = {_at(actor) for actor in found}
    declared = _declared(found, lines)
    every = [*found, *_later_names(found, declared, lines)]
    every += [actor for actor in _this_body(lines) if _at(actor) not in taken]
    every.sort(key=lambda actor: (*_at(actor), -actor.char_end))
    full = [actor for actor in every if actor.entity_type == "organization" and not actor.flags and _is_full(actor)]
    organizations = _Organizations(full, lines, title_line)
    done: list[ActorMention] = []
    delegations: dict[str, ActorMention] = {}
    for actor in every:
        if actor.entity_type == "delegation":
            of_several = _SEVERAL.search(texts[actor.line_no][max(0, actor.char_start - 2) : actor.char_start])
            actor = actor if of_several else _delegation(actor, delegations)
        if actor.entity_type == "organization" and not actor.flags and _is_short(actor, texts):
            referent = declared.get(actor.name) or organizations.referent(actor)
            if referent is not None:
                actor = replace(
                    actor, name=referent.name, org_id=referent.org_id, country=referent.country, flags=("resolved",)
                )
            elif _THIS.fullmatch(actor.name):
                continue
        done.append(actor)
    return done
