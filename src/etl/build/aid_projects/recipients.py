"""Who receives a claim, and the code of the unit it lies in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.frames import GIVE, NOT_WHO
from etl.build.aid_projects.parties import clauses_by_nearness, find_all
from etl.build.aid_projects.scope import Scope
from etl.mentions import PlaceMention

_TO = re.compile(
    rf"(?:向|给|为|对)(?P<who>[^,;。:]{{2,30}}?)(?:{GIVE}|转交|移交|拨付|提供|发放|建|修|添置|挖|盖|买|购|筹|争取|募|开展|安装|铺|打|配)"
)
_HELP = re.compile(
    r"(?:帮助|资助|援助|支援|慰问|看望|接济|惠及|救助|扶持|支持|协助|服务于)(?:了)?(?P<who>[^,;。:]{2,26}?)(?:的|建设|建|修|控制|发展|改善|家庭|[,;。:(\d]|$)"
)
_INTO = re.compile(
    r"(?:捐给|交给|送给|送到|送往|寄往|寄给|汇往|汇给|发到|发给|拨给|转交给?|存入|投进|献给|转给|分给|送达|运往|捐往|移交给?|发放给)(?:了)?(?P<who>[^,;。:(]{2,24}?)(?:手里|手中|使用|代表|[,;。:(]|$)"
)
_FOR = re.compile(
    r"(?:用于|专门用来|用来)(?:改造|修建|建设|给|在|为|购买|支持|资助|帮助)?(?P<who>[^,;。:]{2,20}?)(?:买|建|的|[,;。:]|$)"
)
_IN = re.compile(
    r"在(?P<who>[^,;。:]{2,16}?)(?:投下|建成|兴建|修建|执行|累计|实施|开展|建设|建立|盖|为|建|安装|落实|捐建)"
)
_GETS = re.compile(
    r"(?P<who>[^,;。:]{2,18}?)(?:得到|获得|收到|接收|接受|受赠|接过|领到|分得|居首|次之|此前已有|已有|共落实|受益|累计获)"
)
PEOPLE_IN_NEED = re.compile(
    r"(?P<who>(?:(?:\d[\d,]*|[一二两三四五六七八九十百千]+)多?(?:名|户|位))[一-鿿与和、]{0,10}?(?:学生|留学生|儿童|孤儿|贫困户|家庭|灾民|老人|妇女|民众|群众|患者|居民|农户|战士|家属|同胞|功臣)"
    r"|困难民众|受助户|灾民|贫困户|社会保障机构|受灾省份|灾区)"
)


def with_recipient(claim: Claim, scope: Scope) -> Claim:
    """The recipient its own sentence names."""
    who = _recipient(claim, scope)
    return claim if who is None else replace(claim, recipient=Party(who))


def _good(who: str) -> bool:
    return len(who) >= 2 and not NOT_WHO.match(who)


def _recipient(claim: Claim, scope: Scope) -> str | None:
    for span in clauses_by_nearness(claim):
        text = claim.says(span)
        for pattern in (_INTO, _TO, _HELP, PEOPLE_IN_NEED, _GETS, _IN, _FOR):
            for who in find_all(pattern, text):
                if _good(who):
                    return who
    return None


def locate(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    """The code of the place the claim lies in; a recipient where none is named: the place itself."""
    places, inherited = _places(claim, scope, before)
    if not places:
        return claim
    claim = replace(claim, **_codes(claim, scope, places))
    if claim.recipient is None:
        return replace(claim, recipient=Party("、".join(dict.fromkeys(p.quote for p in places)), inherited))
    return claim


def _places(claim: Claim, scope: Scope, before: Sequence[Claim]) -> tuple[list[PlaceMention], bool]:
    no = claim.line_no
    if claim.recipient is not None:
        at = claim.passage.text.find(claim.recipient.text)
        if at >= 0:
            inside = scope.places(no, (at, at + len(claim.recipient.text)))
            if inside:
                return inside, False
    giver = claim.donor.text if claim.donor else ""
    for span in [*clauses_by_nearness(claim)]:
        found = [
            p
            for p in scope.places(no, span)
            if p.quote not in giver and "pair" not in p.flags and not _of_giver(claim, p)
        ]
        units = [p for p in found if p.admin1]
        if units:
            return units, False
    parent = next((c for c in before if c.number == claim.leans_on), None)
    for page in [claim.passage, *scope.before(no), *reversed(scope.top)]:
        span = (0, claim.sentence[0]) if page is claim.passage else (0, len(page.text))
        found = [p for p in scope.places(page.line.line_no, span) if p.quote not in giver and p.admin1]
        if found:
            first = found[0].admin1
            return [p for p in found if p.admin1 == first], True
    for page in [*scope.top]:
        found = [p for p in scope.places(page.line.line_no, (0, len(page.text))) if p.quote not in giver]
        if found:
            return found[:1], True
    return [], True


def _of_giver(claim: Claim, place: PlaceMention) -> bool:
    return False


def _codes(claim: Claim, scope: Scope, places: Sequence[PlaceMention]) -> dict[str, object]:
    from etl.normalize.places import iso_for_period, place_on

    units = list(dict.fromkeys(p.admin1 for p in places if p.admin1))
    countries = list(dict.fromkeys(p.country for p in places if p.country))
    country = countries[0] if countries else None
    start, end = claim.period
    if len(units) == 1:
        iso = iso_for_period(units[0], start, end, scope.published)
        day = end or start or scope.published
        return {"recipient_iso": iso, "recipient_country": country, "recipient_place": place_on(units[0], day)}
    return {"recipient_iso": country, "recipient_country": country, "recipient_place": None}
