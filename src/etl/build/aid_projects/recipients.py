"""Who receives a claim, and the code of the unit it lies in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.build.aid_projects import frames
from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.governing import governing
from etl.build.aid_projects.nominals import Phrase, subject
from etl.build.aid_projects.parties import party
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.mentions import PlaceMention
from etl.normalize.places import iso_for_period, place_on
from etl.pages import Role

_MIDDLEMAN = re.compile(r"红十字|阵线|动员委员会|友好组织联合会|救援委员会|慈善会|侨联")
_NO_RECIPIENT = re.compile(
    r"^(?:此|该项目|项目|工程|资金|援助|善款|款项|物资|计划|活动|约|近|逾|超|总|他们(?:每人)?$|其|本次|这次|今后|未来|今年|去年|[\d.,]+(?![\d,.]*(?:多|余)?(?:名|户|位|个|所|人|家|间|对))|的|实现|完成|提高|加强|促进|推动|发展|建设|工作|抗疫|抗灾|抗击|防疫|救灾|什么|主要|慰问金|慰问品|捐款|礼品|礼物|助学金|奖学金|捐助|救济款|药品|口罩|春节|经济社会|社会经济|上述$)"
    r"|越盾|美元|欧元|资金|到位|金额|总额|(?:物资|设备|用品|药|试剂|礼|款|工作|(?<!社会保障)活动|计划|仪式|礼物|总结|方面|期间|机会|会议|精神|关系|目标|任务|年会|需求|能力|意识|友谊|合作|过程|基础)$"
)
_HOMELAND = re.compile(r"^(?:国内|祖国|家乡|故乡|本国)(?:的)?")
_MANY = re.compile(r"(?:[两二三四五六七八九十数几多各]+|\d+)(?:个)?[^,;:]{0,4}(?:省市?份?|地方)$|各省|各地|全国")
_VENUE = re.compile(r"^(?:与|和|同)|^[^,;。]{0,8}?(?:举行|召开|签署|签订|会见|表示|宣布|发布|出席|开幕|转交|说|向)")
_NOT_THERE = re.compile(r"(?:驻|旅|旅居|来自|赴|访|籍|从)$")
_REGION = re.compile(r"(?:灾区|灾民|中部|北部|南部|西原|山区|学生|儿童|人民|同胞|贫困户)(?:重建|建设)?$")
_QUOTED_PROJECT = re.compile(
    r"[“《](?P<who>[^”》]{2,30}?)(?:项目|工程|计划)?[”》](?:的)?(?:项目|工程)?(?:资助|援助|合同|协议|移交|交接|签)"
)
_PROJECT = re.compile(
    r"(?:援助|援建|援|资助)(?:的)?(?P<who>[^,;:“”]{2,30}?)(?:移交|竣工|落成|揭牌|启用|开工|交接|举行|$)"
)


def receive(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    """The claim with its recipient and place."""
    found = _named(claim, scope)
    if found is not None and claim.donor is not None and not found.inherited:
        same_line = found.line_no == claim.donor.line_no
        if found.text == claim.donor.text or (same_line and claim.donor.start <= found.start < claim.donor.end):
            found = None
    if found is not None and _MIDDLEMAN.search(found.text):
        if claim.implementer is None or claim.implementer.inherited or _is_person(claim.implementer, scope):
            claim = replace(claim, implementer=found)
        other = _topic_recipient(claim, scope)
        found = other or found
    if found is None:
        found = _left_out(claim, scope, before)
    claim = replace(claim, recipient=found)
    return _located(claim, scope, before)


def _is_person(who: Party, scope: Scope) -> bool:
    inside = scope.actors(who.line_no, (who.start, who.end))
    return any(a.entity_type == "person" and a.char_end == who.end for a in inside)


def _near(claim: Claim, scope: Scope) -> list[Span]:
    """Its own clause, those behind it and before it as far as the next figure, then the rest of the segment."""
    clauses = claim.passage.clauses_in(claim.segment)
    here = next((i for i, c in enumerate(clauses) if c[0] <= claim.at[0] < c[1]), 0)
    figures = [
        m for m in scope.findings.money if m.line_no == claim.line_no and not m.per_unit and m.equivalent_of is None
    ]
    own = {m.char_start for m in (claim.money, claim.equivalent, claim.unit) if m is not None}
    others = [m.char_start for m in figures if m.char_start not in own]
    first = clauses[here : here + 1]
    after: list[Span] = []
    back: list[Span] = []
    rest: list[Span] = []
    for group, order in ((after, clauses[here + 1 :]), (back, list(reversed(clauses[:here])))):
        blocked = False
        for clause in order:
            blocked = blocked or any(clause[0] <= f < clause[1] for f in others)
            (rest if blocked else group).append(clause)
    return first + after + back + [c for c in rest if c[0] < claim.at[0]]


def _named(claim: Claim, scope: Scope) -> Party | None:
    page = claim.passage
    respectively = _respectively(claim, scope)
    if respectively is not None:
        return respectively
    for span in _near(claim, scope):
        for pattern in frames.RECIPIENT:
            for phrase in frames.hits(pattern, page, span):
                who = _good(phrase, claim, scope)
                if who is not None:
                    return who
        bare = frames.CLAUSE_PLACE.match(page.text[span[0] : span[1]].strip())
        if bare and scope.places(claim.line_no, span) and not _VENUE.match(page.text[span[1] + 1 :]):
            return party(_whole_name(scope.places(claim.line_no, span)[0], scope), scope)
    frame = governing(claim, scope)
    if frame is not None and frame.subject is not None and frame.part in ("implementer", "recipient"):
        who = party(frame.subject, scope)
        if who is not None and (_is_place(who, scope) or frame.part == "recipient"):
            return who
    own = subject(page, claim.clause, scope)
    if own is not None and (frame is None or frame.part != "donor"):
        who = party(own, scope)
        if who is not None and _is_place(who, scope):
            return who
    return None


def _good(phrase: Phrase, claim: Claim, scope: Scope) -> Party | None:
    said = claim.passage.text[phrase.start : phrase.end]
    if _NO_RECIPIENT.search(said) or not re.search(r"[一-鿿]{2}", said):
        return None
    if _HOMELAND.match(said) and not re.search(r"的[一-鿿]{2}|基金", said):
        home = [p for p in scope.findings.places if p.country == "VN" and p.kind == "country" and "pair" not in p.flags]
        if home:
            return party(Phrase(home[0].line_no, home[0].char_start, home[0].char_end), scope)
        named = next((p for p in scope.pages if "越南" in p.text), None)
        if named is None:
            return None
        at = named.text.index("越南")
        return Party("越南", named.line.line_no, at, at + 2, inherited=True)
    works = re.search(r".(?P<tail>重建|建设|修建|改建|发展)$", said)
    if works:
        phrase = replace(phrase, end=phrase.start + works.start("tail"))
    return party(phrase, scope)


def _respectively(claim: Claim, scope: Scope) -> Party | None:
    """广义、富安、宁顺依次为389.5亿、228亿和176.5亿越盾: the k-th place has the k-th figure."""
    text, span = claim.passage.text, claim.segment
    word = re.search(r"依次|分别|各自", text[span[0] : claim.at[0]])
    frame = governing(claim, scope)
    if word is None or (frame is not None and frame.part == "donor"):
        return None
    at = span[0] + word.start()
    clause = claim.passage.clause_at(at)
    names = [p for p in scope.places(claim.line_no, (clause[0], at)) if p.kind in ("admin1", "country", "district")]
    figures = sorted(
        m.char_start for m in scope.findings.money
        if m.line_no == claim.line_no and at <= m.char_start < span[1] and m.equivalent_of is None
    )  # fmt: skip
    if len(names) != len(figures) or len(names) < 2 or claim.at[0] not in figures:
        return None
    place = names[figures.index(claim.at[0])]
    return party(Phrase(place.line_no, place.char_start, place.char_end), scope)


def _is_place(who: Party, scope: Scope) -> bool:
    places = scope.places(who.line_no, (who.start, who.end))
    said = scope.page_of(who.line_no).text[who.start : who.end]
    return any(p.char_end == who.end for p in places) or bool(re.search(r"省份?$|[省市县]$", said))


def _left_out(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Party | None:
    """A recipient the sentence does not name."""
    leans = next((c for c in before if c.number == claim.leans_on), None)
    unit = _own_unit(claim, scope)
    if leans is not None and leans.recipient is not None and not (unit and unit.admin1 not in _units_of(leans, scope)):
        return replace(leans.recipient, inherited=True)
    if unit is not None:
        return party(_whole_name(unit, scope), scope)
    for sentence in [s for s in reversed(claim.passage.sentences) if s[0] < claim.sentence[0]][:1]:
        for hit in re.finditer(r"(?:走访|看望|慰问|探望)了?(?P<who>[^,;:]{2,24})", claim.says(sentence)):
            start = sentence[0] + hit.start("who")
            return party(Phrase(claim.line_no, start, sentence[0] + hit.end("who")), scope, inherited=True)
    for again in claim.tellings:
        other = _named(again, scope)
        if other is not None:
            return replace(other, inherited=True)
    topic = _topic_recipient(claim, scope)
    if topic is not None:
        return topic
    return _home_of_carrier(claim, scope)


def _whole_name(place: PlaceMention, scope: Scope) -> Phrase:
    """广治省海陵县: a place with those that follow it without a gap."""
    end = place.char_end
    for other in scope.places(place.line_no, (place.char_start, len(scope.page_of(place.line_no).text))):
        if other.char_start == end:
            end = other.char_end
    return Phrase(place.line_no, place.char_start, end)


def _units_of(claim: Claim, scope: Scope) -> set[str | None]:
    if claim.recipient is None:
        return set()
    return {p.admin1 for p in scope.places(claim.recipient.line_no, (claim.recipient.start, claim.recipient.end))}


def _own_unit(claim: Claim, scope: Scope) -> PlaceMention | None:
    """A province named in the claim's own clauses that is neither the giver's nor the place of a meeting."""
    for span in _near(claim, scope):
        for place in scope.places(claim.line_no, span):
            if place.admin1 and _is_where(place, claim, scope):
                return place
    return None


def _is_where(place: PlaceMention, claim: Claim, scope: Scope) -> bool:
    text = claim.passage.text
    ahead, behind = text[max(0, place.char_start - 3) : place.char_start], text[place.char_end :]
    if "pair" in place.flags or _NOT_THERE.search(ahead):
        return False
    if ahead.endswith("在") and _VENUE.match(behind):
        return False
    if re.match(r"[一-鿿“]{0,8}?(?:扶轮社|协会|公司|集团|大学|基金会|教会|商会|企业)", behind) and not ahead.endswith(
        "在"
    ):
        return False  # a body's name: 日本堺市扶轮社
    for who in (claim.donor, claim.implementer, claim.approver):
        if who is not None and who.line_no == place.line_no and who.start <= place.char_start < who.end:
            return False
    inside = [a for a in scope.actors(claim.line_no, (0, len(text))) if a.char_start <= place.char_start < a.char_end]
    return not any(a.entity_type in ("person", "delegation", "organization") for a in inside)


def _topic_recipient(claim: Claim, scope: Scope) -> Party | None:
    """Whom the lead and title say the aid is for, in an article without sections."""
    if scope.has_heading(claim.line_no):
        return None
    for page in reversed(scope.top):
        for sentence in page.sentences:
            for clause in page.clauses_in(sentence):
                for pattern in (_QUOTED_PROJECT, _PROJECT, frames.TO, frames.HELP):
                    for phrase in frames.hits(pattern, page, clause):
                        said = page.text[phrase.start : phrase.end]
                        inside = scope.places(page.line.line_no, (phrase.start, phrase.end))
                        placed = any("pair" not in p.flags for p in inside) or pattern is _QUOTED_PROJECT
                        placed = placed or (len(said) <= 12 and _REGION.search(said) is not None)
                        if _NO_RECIPIENT.search(said) or _MIDDLEMAN.search(said) or not placed:
                            continue
                        return party(phrase, scope, inherited=True)
    return None


def _home_of_carrier(claim: Claim, scope: Scope) -> Party | None:
    """The province in the name of the union that raised or handed on the money."""
    who = claim.implementer
    if who is None:
        return None
    named = [p for p in scope.places(who.line_no, (who.start, who.end)) if "pair" not in p.flags]
    units = [p for p in named if p.admin1] or [p for p in named if p.kind == "country"]
    if not units:
        return None
    return party(Phrase(units[0].line_no, units[0].char_start, units[0].char_end), scope, inherited=True)


def _located(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    places = _places(claim, scope, before)
    if claim.recipient is not None and _MANY.search(claim.recipient.text):
        country = next((p.country for p in places if p.country), "VN")
        if re.match(r"上述|这|以上", claim.recipient.text) and before and before[-1].recipient_country:
            country = before[-1].recipient_country
        return replace(claim, recipient_iso=country, recipient_country=country)
    if not places:
        return claim
    claim = _coded(claim, scope, places)
    if claim.recipient is None:
        first = places[0]
        found = party(
            Phrase(first.line_no, first.char_start, first.char_end), scope, inherited=first.line_no != claim.line_no
        )
        claim = replace(claim, recipient=found)
    return claim


def _places(claim: Claim, scope: Scope, before: Sequence[Claim]) -> list[PlaceMention]:
    """The places that locate a claim: in its recipient's name, its sentence, its union's name, the lines above."""
    who = claim.recipient
    inside: list[PlaceMention] = []
    if who is not None:
        inside = [p for p in scope.places(who.line_no, (who.start, who.end)) if "pair" not in p.flags]
        units = [p for p in inside if p.admin1]
        if units:
            return units
        if inside:
            return _finer(who, inside, scope) or inside
    unit = _own_unit(claim, scope)
    if unit is not None:
        return [unit]
    leans = next((c for c in before if c.number == claim.leans_on), None)
    if leans is not None:
        found = _places(leans, scope, before)
        if found:
            return found
    topic = _topic_recipient(claim, scope)
    if topic is not None:
        return [p for p in scope.places(topic.line_no, (topic.start, topic.end)) if "pair" not in p.flags]
    side = _domestic_body(claim, scope)
    if side:
        return side
    home = _home_of_carrier(claim, scope)
    if home is not None:
        return [p for p in scope.places(home.line_no, (home.start, home.end)) if "pair" not in p.flags]
    return _above(claim, scope)


def _domestic_body(claim: Claim, scope: Scope) -> list[PlaceMention]:
    """新加坡国际基金会与芹苴市卫生局合作: the province in the name of the body at home."""
    for actor in scope.actors(claim.line_no, claim.sentence):
        taken = (
            claim.donor is not None
            and claim.donor.line_no == actor.line_no
            and claim.donor.start <= actor.char_start < claim.donor.end
        )
        if actor.entity_type != "organization" or taken or actor.country not in (None, "VN"):
            continue
        units = [
            p for p in scope.places(actor.line_no, (actor.char_start, actor.char_end)) if p.admin1 and p.country == "VN"
        ]
        if units:
            return units
    return []


def _finer(who: Party, inside: Sequence[PlaceMention], scope: Scope) -> list[PlaceMention]:
    """越南的手术基金 in an article whose title names one province of the country lies in that province."""
    if len(who.text) - len(inside[0].quote) < 3:
        return []
    titles = [p for p in scope.top if p.line.role is Role.TITLE]
    units = [
        p
        for t in titles
        for p in scope.places(t.line.line_no, (0, len(t.text)))
        if p.admin1 and p.country == inside[0].country
    ]
    return units if len({p.admin1 for p in units}) == 1 else []


def _above(claim: Claim, scope: Scope) -> list[PlaceMention]:
    above = scope.before(claim.line_no)
    top = [p for p in scope.top if p.line.role is Role.TITLE] + [p for p in scope.top if p.line.role is Role.LEAD]
    order: list[Passage] = above[-1:] + top if scope.has_heading(claim.line_no) else top
    for page in [*order, claim.passage, *above]:
        stop = claim.sentence[0] if page is claim.passage else len(page.text)
        found = [p for p in scope.places(page.line.line_no, (0, stop)) if "pair" not in p.flags]
        giver = claim.donor.text if claim.donor else ""
        found = [
            p
            for p in found
            if p.quote not in giver and not _NOT_THERE.search(page.text[max(0, p.char_start - 2) : p.char_start])
        ]
        units = [p for p in found if p.admin1]
        if units:
            return units
        if found:
            return found
    return []


def _coded(claim: Claim, scope: Scope, places: Sequence[PlaceMention]) -> Claim:
    units = list(dict.fromkeys(p.admin1 for p in places if p.admin1))
    countries = list(dict.fromkeys(p.country for p in places if p.country))
    country = countries[0] if countries else None
    if len(units) != 1:
        return replace(claim, recipient_iso=country if len(countries) == 1 else None, recipient_country=country)
    start, end = claim.period
    return replace(
        claim,
        recipient_iso=iso_for_period(units[0], start, end, scope.published),
        recipient_country=country,
        recipient_place=place_on(units[0], end or start or scope.published),
    )
