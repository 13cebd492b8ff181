"""Who gives, carries out and approves a claim, by the words' roles in its sentence and what the sentence leans on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.build.aid_projects import frames
from etl.build.aid_projects.anaphora import resolve
from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.governing import Frame, clauses_near, governing
from etl.build.aid_projects.nominals import Phrase, is_somebody, subject, trimmed
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.normalize.text import fold

_UNION = re.compile(r"友好组织联合会|友联$|越友联")
_CARRIER = re.compile(r"友好组织联合会|友联$|友好协会|红十字|委员会|阵线|侨联|联合会|外事厅|外务厅|动员|慈善会|妇联")
_RAISED = re.compile(r"争取|动员|到位|执行|开展|落实|合办|牵线|募集到")
_TRANSMIT = frozenset(["转交", "移交", "交给", "递交", "交付"])
_SOME_ORG = re.compile(r"基金会|非政府组织|国际|慈善|协力|合作署|发展署|教会|之友|援助")
_FOREIGN_BODY = re.compile(r"基金会|非政府|国际|大使馆|领事馆|合作署|发展署|协力|机构")


def party(phrase: Phrase, scope: Scope, *, inherited: bool = False) -> Party | None:
    """The phrase as printed, or the name that 该会, 日方, 他 stand for."""
    found = resolve(phrase, scope)
    if found is None:
        return None
    quoted = re.match(r"[“「《][^”」》]{1,20}[”」》]", scope.page_of(found.line_no).text[found.end :])
    if quoted:  # 国际非政府组织“绿色湄公”: the name goes on
        found = replace(found, end=found.end + quoted.end())
    raw = scope.page_of(found.line_no).line.text[found.start : found.end]
    return Party(raw, found.line_no, found.start, found.end, inherited, found != phrase)


def attribute(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    """The claim with donor, implementer and approver."""
    frame = governing(claim, scope)
    claim = replace(claim, approver=_approver(claim, scope))
    claim = replace(claim, donor=_donor(claim, frame, scope))
    if claim.donor is None and (who := _parallel(claim, scope, before)):
        claim = replace(claim, donor=who)
    claim = replace(claim, donor=_fuller(claim, claim.donor, scope) if claim.donor else None)
    claim = replace(claim, implementer=_implementer(claim, frame, scope))
    return _inherit(claim, frame, scope, before)


def _parallel(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Party | None:
    """西宁省援助640亿越盾;平福省410亿越盾: a clause of name and figure goes like the one before."""
    sibling = next((c for c in reversed(before) if c.line_no == claim.line_no and c.sentence == claim.sentence), None)
    if sibling is None or sibling.donor is None or sibling.donor.inherited or sibling.donor.start < sibling.clause[0]:
        return None
    who = subject(claim.passage, (claim.clause[0], claim.at[0]), scope)
    if (
        who is None
        or claim.passage.text[who.end : claim.at[0]].strip("约近逾为则有超过达")
        or sibling.donor.end > sibling.at[0]
    ):
        return None
    return party(who, scope)


def _fuller(claim: Claim, own: Party | None, scope: Scope) -> Party | None:
    """The donor as another telling of the claim names it, when that says more or the own says nothing."""
    for again in claim.tellings:
        other = _donor(again, governing(again, scope), scope)
        if other is not None and (own is None or _says_more(other, own)):
            own = other
    return own


def _says_more(other: Party, own: Party) -> bool:
    """A title's 旅欧越南人社群 names the giver better than the body's 旅欧同胞: longer, and no mere clause."""
    return len(own.text) < len(other.text) <= 24 and (own.resolved or other.text[:2] == own.text[:2])


def _donor(claim: Claim, frame: Frame | None, scope: Scope) -> Party | None:
    page = claim.passage
    for span in clauses_near(claim):
        for phrase in frames.hits(frames.BEHALF, page, span):
            return party(phrase, scope)
    owner = _owner(claim, scope)
    if owner is not None:
        return owner
    for span in [s for s in clauses_near(claim) if claim.segment[0] <= s[0] < claim.segment[1]]:
        for pattern in frames.DONOR:
            for phrase in frames.hits(pattern, page, span):
                if is_somebody(page, phrase.start, phrase.end, scope) and (who := party(phrase, scope)):
                    return who
        here = frame is not None and frame.subject is not None and span[0] <= frame.subject.start < span[1]
        if here and (who := _giving_subject(frame, page, scope)):
            return who
    for phrase in frames.hits(frames.FOR_ALL, page, claim.sentence):
        return party(phrase, scope)
    for span in clauses_near(claim):
        for phrase in frames.hits(frames.COUNTED, page, span):
            return party(phrase, scope)
        for phrase in frames.hits(frames.PARTNER, page, span):
            said = page.text[phrase.start : phrase.end]
            if frames.FOREIGN.search(said) and not _CARRIER.search(said) and (who := party(phrase, scope)):
                return who
        for phrase in frames.hits(frames.GENERIC, page, span):
            return party(phrase, scope)
    for actor in scope.actors(claim.line_no, (claim.sentence[0], claim.at[0])):
        if actor.entity_type == "organization" and re.search(r"基金会|非政府组织|国际", fold(actor.name)):
            return party(Phrase(actor.line_no, actor.char_start, actor.char_end), scope)
    return None


def _giving_subject(frame: Frame | None, page: Passage, scope: Scope) -> Party | None:
    if frame is None or frame.subject is None or not _gives(frame, page, scope):
        return None
    said = page.text[frame.subject.start : frame.subject.end]
    if _CARRIER.search(said) and re.search(r"募|筹", frame.verb):
        return None  # 妇联募得: others gave
    if _UNION.search(said) and not re.search(r"捐|赠|资助|送|颁|慰问|救济|派", frame.verb):
        return None  # 联合会…建设, 提供: it passes on what others gave
    return party(frame.subject, scope)


def _gives(frame: Frame, page: Passage, scope: Scope) -> bool:
    """The subject of a verb of giving; of 执行 and 实施 when it is neither a place nor a domestic body."""
    assert frame.subject is not None
    if frame.part == "donor":
        return True
    said = page.text[frame.subject.start : frame.subject.end]
    return (
        frame.verb in ("执行", "实施", "开展")
        and bool(re.search(r"^[“「]|基金会|国际|非政府|组织$|关爱", said))
        and not _CARRIER.search(said)
    )


def _owner(claim: Claim, scope: Scope) -> Party | None:
    """一家民营集团的500亿越盾: whose the figure is."""
    text = claim.passage.text
    hit = re.search(
        r"(?P<who>[^,;:是为把将用给向对从由在]{2,24})的(?:约|近|逾|超过)?$", text[claim.clause[0] : claim.at[0]]
    )
    if hit is None or re.search(r"[对向给为在从]$", text[: claim.clause[0] + hit.start("who")]):
        return None
    span = trimmed(claim.passage, claim.clause[0] + hit.start("who"), claim.clause[0] + hit.end("who"))
    if span is None or not is_somebody(claim.passage, *span, scope):
        return None
    return party(Phrase(claim.line_no, *span), scope)


def _approver(claim: Claim, scope: Scope) -> Party | None:
    for span in clauses_near(claim):
        for phrase in frames.hits(frames.APPROVED, claim.passage, span):
            if is_somebody(claim.passage, phrase.start, phrase.end, scope):
                return party(phrase, scope)
    return None


def _implementer(claim: Claim, frame: Frame | None, scope: Scope) -> Party | None:
    page = claim.passage
    for span in clauses_near(claim):
        for pattern in frames.THROUGH:
            for phrase in frames.hits(pattern, page, span):
                if is_somebody(page, phrase.start, phrase.end, scope) and (who := party(phrase, scope)):
                    return who
    if frame is not None and frame.subject is not None and _carries(frame, claim, scope):
        who = party(frame.subject, scope)
        if (
            who is not None
            and not _is_place(who, scope)
            and (claim.approver is None or who.text != claim.approver.text)
        ):
            return who
    for span in clauses_near(claim):
        for hit in frames.SIGNED.finditer(page.text, *span):
            who = _domestic_side(page, hit, scope)
            if who is not None:
                return who
    return None


def _carries(frame: Frame, claim: Claim, scope: Scope) -> bool:
    """A subject that raises, runs or hands on; one that gives on another's behalf only hands on."""
    assert frame.subject is not None
    said = claim.passage.text[frame.subject.start : frame.subject.end]
    is_donor = (
        claim.donor is not None and claim.donor.start == frame.subject.start and claim.donor.line_no == claim.line_no
    )
    return frame.part == "implementer" or (frame.part == "donor" and not is_donor and _CARRIER.search(said) is not None)


def _domestic_side(page: Passage, hit: re.Match[str], scope: Scope) -> Party | None:
    """Of the two that sign, the body of the receiving side: not an embassy, agency or foundation."""
    for group in ("other", "who"):
        for actor in scope.actors(page.line.line_no, hit.span(group)):
            if (
                actor.entity_type == "organization"
                and not _FOREIGN_BODY.search(actor.name)
                and actor.country in (None, "VN")
            ):
                return party(Phrase(actor.line_no, actor.char_start, actor.char_end), scope)
    return None


def _foreign_side(page: Passage, hit: re.Match[str], scope: Scope) -> Party | None:
    """Of the two that sign, the embassy, agency or foundation."""
    for group in ("other", "who"):
        for actor in scope.actors(page.line.line_no, hit.span(group)):
            foreign = _FOREIGN_BODY.search(fold(actor.name)) or actor.country not in (None, "VN")
            if actor.entity_type == "organization" and foreign:
                return party(Phrase(actor.line_no, actor.char_start, actor.char_end), scope)
    return None


def _is_place(who: Party, scope: Scope) -> bool:
    return any(
        p.char_start >= who.start and p.char_end == who.end for p in scope.places(who.line_no, (who.start, who.end))
    )


def _inherit(claim: Claim, frame: Frame | None, scope: Scope, before: Sequence[Claim]) -> Claim:
    """What the sentence leaves out: from the claim it leans on, its topic, the lines above, the title and lead."""
    leans = next((c for c in before if c.number == claim.leans_on), None)
    part = claim.parent is not None or frame is None or frame.subjectless
    if claim.donor is None and not _is_raised(claim, frame) and (who := _partner_before(claim, scope)):
        claim = replace(claim, donor=who)
    if claim.donor is None and leans is not None and leans.donor is not None and part:
        claim = replace(claim, donor=replace(leans.donor, inherited=True), donor_count=leans.donor_count)
    if claim.donor is None and not _is_raised(claim, frame):
        above, told = _donor_above(claim, frame, scope), _fuller(claim, None, scope)
        either = above or told
        if above and told and len(told.text) >= len(above.text):
            either = told
        claim = replace(claim, donor=either)
    if claim.implementer is None and leans is not None and leans.implementer is not None:
        claim = replace(claim, implementer=replace(leans.implementer, inherited=True))
    if claim.implementer is None:
        claim = replace(claim, implementer=_carrier_above(claim, scope))
    return claim


def _is_raised(claim: Claim, frame: Frame | None) -> bool:
    """Money a union raised has a giver the sentence does not name: 争取到3个项目, 到位资金."""
    if claim.is_target:
        return True
    if frame is not None and frame.part == "donor" and frame.subject is None:
        return re.search(r"争取|动员", claim.says(claim.sentence)) is not None and claim.money is not None
    return bool(_RAISED.search(claim.says(claim.segment))) and (frame is None or frame.part != "donor")


def _donor_above(claim: Claim, frame: Frame | None, scope: Scope) -> Party | None:
    spans = [(claim.passage, s) for s in reversed(claim.passage.sentences) if s[0] < claim.sentence[0]]
    speaker = _speaker(claim, scope)
    if speaker is not None and frame is not None and frame.part == "donor":
        return speaker
    raised = _RAISED.search(claim.says(claim.sentence)) is not None
    for page, span in spans:
        topic = _topic(page, span, scope)
        gives = frame is not None and not raised and re.search(r"捐|赠|资助|送|颁|慰问|救济|发", frame.verb)
        if topic is not None and (gives or not _UNION.search(fold(topic.text))):
            return replace(topic, inherited=True)
    above = scope.before(claim.line_no) if scope.has_heading(claim.line_no) else []
    for page in [*above, *reversed(scope.top), *([] if above else scope.before(claim.line_no))]:
        for sentence in reversed(page.sentences):
            for clause in page.clauses_in(sentence):
                who = _giver_in(page, clause, scope)
                if who is not None:
                    return replace(who, inherited=True)
    return _aid_body(claim, scope) or _hero(frame, scope)


def _speaker(claim: Claim, scope: Scope) -> Party | None:
    """X主席介绍,…向Y捐赠: the body the speaker of the same sentence speaks for."""
    for clause in claim.passage.clauses_in(claim.sentence):
        if clause[0] >= claim.clause[0]:
            break
        if re.search(r"介绍|表示|宣布|说$|透露|表示将|致谢", claim.says(clause)):
            bodies = [a for a in scope.actors(claim.line_no, clause) if a.entity_type == "organization"]
            if bodies:
                return party(Phrase(claim.line_no, bodies[0].char_start, bodies[0].char_end), scope, inherited=True)
    return None


def _hero(frame: Frame | None, scope: Scope) -> Party | None:
    """Whom the title and lead are about, when the sentence tells of giving and nobody else can be meant."""
    if frame is None or frame.part != "donor":
        return None
    for page in scope.top:
        for clause in page.clauses:
            bodies = [a for a in scope.actors(page.line.line_no, clause) if a.entity_type == "organization"]
            if bodies:
                return party(Phrase(page.line.line_no, bodies[0].char_start, bodies[0].char_end), scope, inherited=True)
    return None


def _partner_before(claim: Claim, scope: Scope) -> Party | None:
    """配合慈济基金会…考察。在此基础上,将援助金额…: the foreign body that the sentences before work with."""
    for sentence in [s for s in reversed(claim.passage.sentences) if s[0] < claim.sentence[0]]:
        for phrase in frames.hits(frames.PARTNER, claim.passage, sentence):
            said = claim.passage.text[phrase.start : phrase.end]
            if frames.FOREIGN.search(said) and not _CARRIER.search(said) and (who := party(phrase, scope)):
                return replace(who, inherited=True)
    return None


def _topic(page: Passage, sentence: Span, scope: Scope) -> Party | None:
    """Who a sentence is about: its first subject, for a speaker the body he speaks for."""
    for clause in page.clauses_in(sentence):
        speaker = [a for a in scope.actors(page.line.line_no, clause) if a.entity_type == "organization"]
        who = subject(page, clause, scope)
        if who is not None:
            return party(who, scope)
        if speaker:
            return party(Phrase(speaker[0].line_no, speaker[0].char_start, speaker[0].char_end), scope)
    return None


def _giver_in(page: Passage, clause: Span, scope: Scope) -> Party | None:
    from etl.build.aid_projects.nominals import masked, verb_pattern, verb_subject

    for pattern in (*frames.DONOR[:4], frames.MADE_BY):
        for phrase in frames.hits(pattern, page, clause):
            if is_somebody(page, phrase.start, phrase.end, scope):
                return party(phrase, scope)
    signed = frames.SIGNED.search(page.text, *clause)
    if signed is not None:
        return _foreign_side(page, signed, scope)
    verbs = [v[0] for v in verb_pattern().finditer(masked(page, clause, scope)) if verb_subject()[v[0]] == "donor"]
    who = subject(page, clause, scope)
    if verbs and who is not None and not _UNION.search(page.text[who.start : who.end]):
        return party(who, scope)
    return None


def _aid_body(claim: Claim, scope: Scope) -> Party | None:
    """The last foundation, agency or embassy named before: an article about a giver need not repeat it."""
    for actor in scope.actors_before(claim.line_no, claim.sentence[0]):
        if actor.entity_type == "organization" and _SOME_ORG.search(actor.name):
            return party(Phrase(actor.line_no, actor.char_start, actor.char_end), scope, inherited=True)
    return None


def _carrier_above(claim: Claim, scope: Scope) -> Party | None:
    """The union or committee that the section, else the lead and title, are about."""
    pages: list[tuple[Passage, Span]] = [(claim.passage, (0, claim.sentence[0]))]
    above = [(p, (0, len(p.text))) for p in scope.before(claim.line_no)]
    top = [(p, (0, len(p.text))) for p in reversed(scope.top)]
    for page, span in pages + (above + top if scope.has_heading(claim.line_no) else top + above):
        bodies = [a for a in reversed(scope.actors(page.line.line_no, span)) if a.entity_type == "organization"]
        for actor in [a for a in bodies if _UNION.search(fold(a.name))] + bodies:
            if _CARRIER.search(fold(actor.name)):
                return party(Phrase(actor.line_no, actor.char_start, actor.char_end), scope, inherited=True)
    return None
