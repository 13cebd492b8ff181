"""Which way a claim's money goes over Vietnam's border, and the country of its giver."""

from __future__ import annotations

from etl.build.aid_projects.claim import Claim, Party
from etl.build.aid_projects.scope import Scope
from etl.mentions import ActorMention
from etl.normalize.places.gazetteer import entries, pair_codes
from etl.normalize.text import fold
from etl.patterns import on_use

HOME = "VN"
_ABROAD = on_use(r"侨|旅居|海外|旅[一-鿿]{1,4}(?:越南|留学)|在外越南人")
_RESIDENT = on_use(r"旅居?(?P<where>[一-鿿]{1,6}?)(?:的|越南|华|侨|同胞|留)")
_FOREIGN = on_use(r"外国|国际|境外|国外|非政府|海外|外资")
_DOMESTIC = on_use(r"国内|分会|财政|祖国阵线|热心企业|企业家|全国|社会各界|集体和个人")
_RAISED_ABROAD = on_use(r"外援|外国|国际|非政府|境外")


def actor_of(party: Party | None, claim: Claim, scope: Scope) -> ActorMention | None:
    """The actor that a party's words hold: in the claim's line first, the longest name first."""
    if party is None:
        return None
    here = [
        a
        for a in scope.actors(party.line_no, (0, len(scope.page_of(party.line_no).text)))
        if a.char_start < party.end and party.start < a.char_end
    ]
    return max(here, key=lambda a: (a.char_end == party.end, a.char_end - a.char_start), default=None)


def giver_country(claim: Claim, scope: Scope) -> str | None:
    """ISO 3166-1 of the donor: of the body where known, of where emigrants live, of the first place in its name."""
    giver = claim.donor
    if giver is None:
        return None
    resident = _RESIDENT.search(fold(giver.text))
    if resident:
        where = resident["where"]
        entry = entries().get(where)
        return pair_codes().get(where) or (entry.country if entry else None)
    actor = actor_of(giver, claim, scope)
    if actor is not None and actor.country:
        return actor.country
    places = [p for p in scope.places(giver.line_no, (giver.start, giver.end)) if "pair" not in p.flags]
    return places[0].country if places else None


def direction(claim: Claim, scope: Scope) -> str:
    """inbound, outbound, domestic or unknown. Aid between two other countries is unknown."""
    giver = fold(claim.donor.text) if claim.donor else ""
    said = claim.says(claim.sentence)
    is_home = claim.recipient_country in (None, HOME)
    country = giver_country(claim, scope)
    if _ABROAD.search(giver):
        return "inbound" if is_home else "unknown"
    if country is not None:
        if country == HOME:
            return "domestic" if is_home else "outbound"
        return "inbound" if is_home else "unknown"
    if not is_home:
        return "outbound" if _is_from_home(claim, scope) else "unknown"
    if _DOMESTIC.search(giver):
        return "domestic"
    if _FOREIGN.search(giver) or _RAISED_ABROAD.search(said):
        return "inbound"
    if not giver and claim.implementer is not None and "友好组织联合会" in fold(claim.implementer.text):
        return "inbound"
    return "domestic" if not giver and "国内" in said else "unknown"


def _is_from_home(claim: Claim, scope: Scope) -> bool:
    """Whether the giver, known by no country, must be Vietnamese: the union or province of the sentence is."""
    if claim.implementer is not None:
        places = scope.places(claim.implementer.line_no, (claim.implementer.start, claim.implementer.end))
        if any(p.country == HOME and "pair" not in p.flags for p in places):
            return True
    return claim.donor is not None and any(
        p.country == HOME and "pair" not in p.flags for p in scope.places(claim.line_no, (0, claim.at[0]))
    )
