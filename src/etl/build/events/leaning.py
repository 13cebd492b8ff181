"""Tellings that lean on another happening: 会上, 仪式后, 同时."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from etl.build.events.absorbing import LEGS, absorbs, only_adds
from etl.build.events.clauses import NAME
from etl.build.events.cues import is_courtesy
from etl.build.events.dating import Anchor, is_fine
from etl.build.events.happening import Happening, add_telling, line_of
from etl.build.events.judging import Judged
from etl.build.events.likeness import akin, dates_fit, likeness
from etl.pages import Role
from etl.patterns import on_use

_EVE = on_use(r"[前头]一[天日晚]")
_OUTSIDE = on_use(r"[前头]一[天日晚]|[会式谈][后前]|随后|之后|接着|次日|翌日|同时")


def lean(one: Judged, found: list[Happening]) -> None:
    """A telling that leans on another: of the same kind it mentions it, of another kind it is a part of it."""
    for other in found:
        if any(only_adds(told, one) for told in other.tellings):
            other.lines.add(line_of(one))
            return
        if absorbs(other.main, one):
            add_telling(other, one)
            return
    root = active(one, found)
    if root is not None and one.candidate.trigger.word in LEGS:
        root.lines.add(line_of(one))  # 会谈后,代表团前往…: the way to what is told next
        return
    if root is None:
        if one.anchor.date is not None or one.event_type == "award":
            found.append(Happening(one, one.anchor, lines={line_of(one)}))
        return
    alike = likeness(root.main, one)
    framed = one.candidate.telling.role is Role.CAPTION
    outside = _OUTSIDE.search(_said(one)) is not None and not (framed and one.event_type == root.event_type)
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
            add_telling(other, one)
            return
    kinds = {root.event_type}
    if one.event_type == "handover":  # 落成并交付。交付仪式上,渔民领到钥匙
        kinds |= {told.event_type for told in root.tellings if told.kept}
    if one.event_type in kinds and not outside and one.anchor.date is None and not _gone_on(root, one):
        add_telling(root, one)
    elif framed and (is_courtesy(one.candidate) or one.event_type == "visit"):
        root.lines.add(line_of(one))
    elif _EVE.search(_said(one)):
        found.append(Happening(one, _day_before(root.anchor), lines={line_of(one)}))
    else:
        anchor = _edge(root.anchor, _said(one))
        found.append(Happening(one, anchor, lines={line_of(one)}, parent=root, inherited=True))


_LEFT = on_use(r"(?:离开|告别|临别|临行|行前|返程|离[境去开])[^,;。]{0,8}前?,")
_WENT_TO = on_use(r"(?:来到|前往|赶到|抵达|走进|转往|专程到|又到|还到)[^,]{3,}")


def _gone_on(root: Happening, one: Judged) -> bool:
    """离开县城前,一行来到烈士陵园,敬献花圈: at another place than the one told last."""
    said = _said(one)
    return root.event_type == "ceremony" and (_LEFT.search(said) and _WENT_TO.search(said)) is not None


_LAST_DAY = on_use(
    r"(?:结束|闭幕|落幕|收官|收尾|散会|结业|返程|临别|离开|最后)的?(?:一?[当天]|当)[天日晚]?|闭幕[式礼会]|(?:闭营|结营|"
    r"闭幕|散[会营场]|离营|告别|返程|回国|离境|收官)前"
)
_FIRST_DAY = on_use(r"(?:开幕|开始|开营|开班|开赛|启动|抵达|到达|首|第一)的?(?:当)?[天日晚]")


def _edge(anchor: Anchor, said: str) -> Anchor:
    """义诊结束当天: the last day of what lasted several; 开幕当晚 the first."""
    date = anchor.date
    if date is None or date.start_date is None or date.end_date is None or date.start_date == date.end_date:
        return anchor
    day = date.end_date if _LAST_DAY.search(said) else date.start_date if _FIRST_DAY.search(said) else None
    if day is None or not is_fine(date):
        return anchor
    made = replace(date, start_date=day, end_date=day, edtf=day.isoformat(), precision="day", day_part=None)
    return Anchor(anchor.kind, made)


def _day_before(anchor: Anchor) -> Anchor:
    """大会前一天,协会举行敬香仪式: the day before the one leant on; none where that is no single day."""
    date = anchor.date
    if date is None or date.start_date is None or date.precision not in ("day", "day_part"):
        return Anchor("anaphora")
    day = date.start_date - dt.timedelta(days=1)
    made = replace(date, start_date=day, end_date=day, edtf=day.isoformat(), precision="day", day_part=None)
    return Anchor(anchor.kind, made)


def _said(one: Judged) -> str:
    candidate = one.candidate
    return candidate.telling.masked[candidate.sentence_start : candidate.trigger.start][-80:]


_KINDS = (
    (re.compile(r"颁奖|赛[后前场]|赛(?:结束|期)|决赛"), ("contest",)),
    (re.compile(r"[闭开]幕"), ("contest", "congress", "cultural_exchange", "conference")),
    (re.compile(r"签约|签字|续约|签署"), ("signing",)),
    (re.compile(r"揭牌|剪彩|揭幕|通车|落成"), ("ceremony", "launch")),
    (re.compile(r"会见|会谈|会晤|接见"), ("meeting",)),
    (re.compile(r"^(?:会[上后前间]|散会|会散|休会)"), ("conference", "congress", "meeting")),
)


def active(one: Judged, found: list[Happening]) -> Happening | None:
    """The happening a reader has in mind: the one the setting names (座谈会上), else the one its section is about."""
    order, section = one.candidate.clause.order, one.candidate.telling.section
    if _AT_THE_END.search(_said(one)):  # 闭营前,三省签署协议: before the end of what lasted several days
        long = [h for h in found if not h.main.planned and _lasts(h) and h.main.candidate.clause.order < order]
        if long:
            return long[-1]
    open_ones = [h for h in found if not h.main.planned and not h.inherited and h.anchor.kind != "section"]
    setting = re.search(r"([\u4e00-\u9fff]{2})(?:上|期间|后|中|当晚|当天)", _said(one).replace(NAME, ""))
    if setting:
        named = [h for h in open_ones if h.main.candidate.trigger.word.endswith(setting.group(1))]
        if named:
            return min(named, key=lambda h: abs(h.main.candidate.clause.order - order))
    kinds = next((kinds for words, kinds in _KINDS if words.search(_said(one)[:16])), ())
    meant = [h for h in open_ones if h.event_type in kinds and h.main.candidate.clause.order < order]
    if meant:  # 颁奖过后: at the contest, not at what was told in between
        return meant[-1]
    near = [h for h in open_ones if h.main.candidate.telling.section == section] or open_ones
    dated = [h for h in near if h.anchor.kind == "own"] or near
    if not dated:
        return None
    first = dated[0]
    before = [h for h in dated if h.main.candidate.clause.order < order and not _looks_back(h, first)]
    return (before or [first])[-1]


_AT_THE_END = on_use(r"(?:闭营|结营|闭幕|散营|离营|告别|返程|回国|离境|收官)前")


def _lasts(happening: Happening) -> bool:
    date = happening.date
    return date is not None and date.start_date is not None and date.start_date != date.end_date and is_fine(date)


def _looks_back(happening: Happening, root: Happening) -> bool:
    """此前一天,两省交换了文本; 早在3月,…: told to explain, the story goes on from the root."""
    candidate = happening.main.candidate
    opening = candidate.telling.masked[candidate.sentence_start : candidate.trigger.start]
    if happening is not root and re.match(r"此前|早在|早些时候|前一[天日]", opening):
        return True
    return _long_before(happening, root)


def _long_before(happening: Happening, root: Happening) -> bool:
    """Background: it took place a month or more before what the article is about."""
    a, b = happening.date, root.date
    if a is None or b is None or a.start_date is None:
        return False
    if b.start_date is None:  # the news prints no year, its background does: 3月5日…移交仪式; 2021年9月18日破土
        return re.match(r"(?:19|20)\d\d年", a.quote) is not None
    return (b.start_date - a.start_date).days > 31
