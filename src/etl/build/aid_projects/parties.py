"""Who gives, carries out and approves a claim, by the words' roles in its sentence and what the sentence leans on."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.frames import CARRY, GIVE, NOT_WHO, clean, is_somebody, matches
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span

_WHO = r"(?P<who>[^,;。:]{2,30}?)"
_BY = re.compile(rf"由(?P<who>[^,;。:由]{{2,24}}?)(?:合计|共同|全额|各|先后|负责)?(?:{GIVE}|支付|负担|承担|支持|汇集)")
_FROM = re.compile(r"来自(?P<who>[^,;。:]{2,20}?)(?:的(?:善款|捐款|援助|资助|支持|款项|资金)|[,;。:]|$)")
_UNDER = re.compile(r"在(?P<who>[^,;。:]{2,24}?)的?(?:资助|支持|赞助|援助|帮助)下")
_BEHALF = re.compile(r"受(?P<who>[^,;。:]{2,20}?)(?:的)?委托")
_OWN = re.compile(r"(?P<who>[^,;。:]{2,12}?(?:政府|基金会|方面|大使馆))(?:提供的)?无偿援助")
_SUBJECT = re.compile(
    rf"{_WHO}(?:向|为|给|对|从|把|将|已|共|另外|合计|累计|先后|又|还|也|再|一次性|无偿|今年|去年|托他们|以|在|的出资|[:(]|(?={GIVE}))(?:[^,;。:]{{0,24}}?)(?:{GIVE}|拿|送|用掉|改作)"
)
_WITH = re.compile(
    r"(?:与|同|和|配合|联合|携手)(?P<who>[^,;。:]{2,24}?)(?:合作|合办|配合|维持|保持|联合|共同|一道|携手|在|开展|实施|执行)"
)
_FOREIGN = re.compile(r"外国|国际|境外|国外|海外|非政府|基金会|民间组织|大使馆|领事馆|机构")
_INVOLVED = re.compile(
    r"(?P<who>(?:\d[\d,]*|[一二两三四五六七八九十百]{1,4})多?(?:个|家)(?:外国|国际|境外)?[^,;。:、\d的]{0,8}?(?:组织|机构|基金会|团体|企业|协会))"
)
_GENERIC = re.compile(
    r"(?P<who>外国非政府组织|国际非政府组织|外国非政府|外国民间|国内捐助|热心企业|境外机构|国际组织|有关组织|集体和个人|各分会)"
)
_COUNTRY_AIDS = re.compile(r"(?P<who>[一-鿿]{2,10}?)(?:援助|援建|援|资助)(?=[一-鿿])")
_SPENT_BY = re.compile(r"(?P<who>[一-鿿]{2,10}方)(?:承诺|提供|出资|资助|援助)")
_NOUN_OF = re.compile(r"(?P<who>[^,;。:]{2,14}?)(?:的出资|的捐款|的援助|的善款|的资助)")
_APPROVED = re.compile(r"(?:经|由|获|获得)?(?P<who>[^,;。:经由获]{2,24}?)(?:批准|审批|核准|批复)")
_THROUGH = re.compile(r"经(?P<who>[^,;。:经]{2,30}?)(?:牵线|转交|协调|核验|动员|争取|介绍|联系)")
_BEHALF_OF = re.compile(r"托(?P<who>[^,;。:]{2,20}?)(?:捎|转|带)")
_CARRIES = re.compile(
    rf"{_WHO}(?:已|将|共|先后|累计|还|也|并|提出|年均|会同|与|同|配合|成功|积极)?(?:[^,;。:]{{0,16}}?)(?:{CARRY})"
)
_SIGNED_WITH = re.compile(
    r"(?:与|和|同)(?P<who>[^,;。:与和同]{2,30}?)(?:\d{1,2} ?日)?(?:[上下]午)?(?:在[^,;。:]{2,8})?(?:签署|签订)"
)
_SIGNED = re.compile(r"(?P<who>[^,;。:与和同]{4,30}?)(?:与|和|同)[^,;。:]{2,30}?(?:签署|签订)")
_BODY = re.compile(r"[^,;。:、]{0,14}(?:友好组织联合会|红十字会|委员会|慈善会|联合会)")
_CARRIER = re.compile(
    r"友好组织联合会|友联|友好协会|红十字|委员会|阵线|联合会|外事厅|外务厅|省|市|县|人委会|厅|部$|局$|会$|协会"
)


def clauses_by_nearness(claim: Claim) -> list[Span]:
    """The clauses of the claim's sentence: its own, those before it backwards, then those behind it."""
    clauses = claim.passage.clauses_in(claim.sentence)
    here = next((i for i, c in enumerate(clauses) if c[0] <= claim.at[0] < c[1]), 0)
    segment = claim.segment
    inside = [c for c in clauses if segment[0] <= c[0] < segment[1]]
    order = clauses[here : here + 1]
    order += [c for c in reversed(clauses[:here]) if c in inside] + [c for c in clauses[here + 1 :] if c in inside]
    order += [c for c in reversed(clauses[:here]) if c not in inside]
    return order


def find_all(pattern: re.Pattern[str], text: str) -> list[str]:
    return [text[s:e] for s, e in matches(pattern, text)]


def with_donor(claim: Claim, scope: Scope) -> Claim:
    """The donor its own sentence names."""
    who = _donor(claim)
    return claim if who is None else replace(claim, donor=Party(who))


def _donor(claim: Claim) -> str | None:
    for span in clauses_by_nearness(claim):
        text = claim.says(span)
        for pattern in (_BEHALF, _BY, _FROM, _OWN, _SPENT_BY, _UNDER):
            for who in find_all(pattern, text):
                if who and not NOT_WHO.match(who):
                    return who
        for pattern in (_SUBJECT, _NOUN_OF):
            for who in find_all(pattern, text):
                if is_somebody(who) and not _is_carrier_only(who, text):
                    return who
        for who in find_all(_INVOLVED, text) + [w for w in find_all(_WITH, text) if _FOREIGN.search(w)]:
            return who
        for who in find_all(_GENERIC, text):
            return who
    return None


def _is_carrier_only(who: str, text: str) -> bool:
    """A friendship union that raises money is no donor: 省友好组织联合会争取到, 动员到位; one that gives is."""
    if not re.search(r"友好组织联合会|友联", who):
        return False
    after = text[text.find(who) + len(who) :]
    give = re.search(GIVE, after)
    carry = re.search(CARRY, after)
    return carry is not None and (give is None or carry.start() <= give.start())


def with_carriers(claim: Claim, scope: Scope) -> Claim:
    """Implementer and approver as its own sentence names them."""
    implementer = approver = None
    for span in clauses_by_nearness(claim):
        text = claim.says(span)
        if approver is None:
            approver = next((w for w in find_all(_APPROVED, text) if is_somebody(w)), None)
        if implementer is None:
            candidates = find_all(_THROUGH, text) + find_all(_BEHALF_OF, text)
            candidates += [w for w in find_all(_CARRIES, text) if _CARRIER.search(w) and is_somebody(w)]
            candidates += [w for w in find_all(_SIGNED_WITH, text) + find_all(_SIGNED, text) if _CARRIER.search(w)]
            implementer = next((w for w in candidates if w not in ("他们", "它们")), None)
    return replace(
        claim,
        implementer=Party(implementer) if implementer else None,
        approver=Party(approver) if approver else None,
    )


def inherit(claim: Claim, scope: Scope, before: list[Claim]) -> Claim:
    """What the sentence leaves out: from the claim it leans on, the lines above, the heading, title and lead."""
    parent = None
    if claim.leans_on is not None:
        parent = next((c for c in before if c.number == claim.leans_on), None)
    if claim.donor is None and parent is not None and parent.donor is not None:
        claim = replace(claim, donor=Party(parent.donor.text, inherited=True), donor_count=parent.donor_count)
    if claim.implementer is None and parent is not None and parent.implementer is not None:
        claim = replace(claim, implementer=Party(parent.implementer.text, inherited=True))
    if claim.donor is None and (who := _donor_above(claim, scope)):
        claim = replace(claim, donor=Party(who, inherited=True))
    if claim.implementer is None and (who := _carrier_above(claim, scope)):
        claim = replace(claim, implementer=Party(who, inherited=True))
    return claim


def _donor_above(claim: Claim, scope: Scope) -> str | None:
    """The giver that the lines above, or the title and lead, name with a verb of giving."""
    for page in _context(claim, scope):
        for sentence in reversed(page.sentences if page.line.line_no != claim.line_no else _earlier(page, claim)):
            for clause in page.clauses_in(sentence):
                text = page.text[clause[0] : clause[1]]
                for pattern in (_BEHALF, _BY, _FROM, _SUBJECT, _COUNTRY_AIDS):
                    for who in find_all(pattern, text):
                        if is_somebody(who) and not _is_carrier_only(who, text):
                            return who
    return None


def _carrier_above(claim: Claim, scope: Scope) -> str | None:
    for page in _context(claim, scope):
        text = page.text[: claim.sentence[0]] if page.line.line_no == claim.line_no else page.text
        found = [clean(m[0]) for m in _BODY.finditer(text)]
        found = [w for w in found if is_somebody(w)]
        if found:
            return found[-1]
    return None


def _context(claim: Claim, scope: Scope) -> list[Passage]:
    return [claim.passage, *scope.before(claim.line_no), *scope.top]


def _earlier(page: Passage, claim: Claim) -> list[Span]:
    return [s for s in page.sentences if s[0] < claim.sentence[0]]
