"""Provinces, cities and countries as participants, and the two sides of 双方."""

from __future__ import annotations

import re
from itertools import islice

from etl.build.events.candidates import Candidate
from etl.build.events.clauses import Telling, within
from etl.build.events.judging import Judged
from etl.build.events.party import OBJECT, SUBJECT, Party, as_party, belongs, home_unit, role_of
from etl.build.events.routes import named_at
from etl.mentions import ActorMention, PlaceMention
from etl.patterns import on_use

# 与印度尼西亚万隆市签署…: a city that no gazetteer has is a party all the same.
_FOREIGN_UNIT = on_use(
    r"(?:与|同|和)(?P<unit>[\u4e00-\u9fff]{2,12}?(?:市|省|县|道|州|府|郡))(?=签|续签|建立|结|共同|联合|就|庆祝|举|以|通过|互|缔|达成|在|经|重|草签|换文|开展|正式|再次|首次|于)"
)
_DAY = on_use(
    r"^(?:(?:今年|明年|去年|今明两年|本月|下月|上月)?(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬|底|初)?)(?:[上下]午|晚)?"
)
_ASIDE = on_use(r"^方面(?:曾|已|则|也|还|当场){0,2}")
_UNITS = on_use(r"两(?P<unit>[省市县])")
_KINDS = {"省": ("admin1",), "市": ("admin1", "city", "district"), "县": ("city", "district")}
_MOREOVER = on_use(r"^(?:还|也|又|再|将|要|计划|拟|随后|首次|先后|相继|接连|陆续|届时|则|已|曾|定于|决定){1,4}")
_HOLDS_IT = on_use(
    r"(?:方面)?(?:无偿)?(?:援建|捐建|援助|捐赠|赠送|资助|承建|提供|修建|兴建|筹建|捐资|赠予|捐出|承办|主办|举办|协办|做东|接待|组织|主持|出资|负责)"
)
_BETWEEN_STATES = ("signing", "handover", "award", "visit", "meeting")
BOTH = on_use(r"双方|两国|两省|两市|两地|两家|双边|两会")


def unit_parties(one: Judged, start: int, known: list[Party], context: tuple[Telling, ...]) -> list[Party]:
    """Provinces, cities and countries as parties: 本省与德国海德堡市签署了备忘录."""
    candidate, telling = one.candidate, one.candidate.telling
    found: list[Party] = []
    mentions = [p for p in within(telling.places, start, candidate.end) if p.kind != "venue"]
    for index, mention in enumerate(mentions):
        if any(p.actor.char_start < mention.char_end and p.actor.char_end > mention.char_start for p in known):
            continue
        head = next((c.start for c in telling.clauses if c.start <= mention.char_start < c.end), start)
        before = telling.masked[head : mention.char_start]
        right = mention.char_end
        while right < candidate.end and telling.masked[right] in "省市县":
            right += 1
        after = telling.masked[right : candidate.clause.end]
        above = index
        while above and mentions[above - 1].char_end == mentions[above].char_start:
            above -= 1  # 越南|高平省|重庆县与中国|广西|龙州县
        if above < index:
            before = telling.masked[head : mentions[above].char_start]
        partner = re.search(r"(?:与|同|和|向|、)$", before)
        joined = re.match(r"(?:与|同|和|、)", after)
        whole = named_at(telling, mentions[above].char_start if above < index else mention.char_start, candidate.end)
        if (
            whole is not None
            and partner
            and candidate.trigger.form == "noun"
            and _is_theirs(telling, candidate, whole[1])
        ):
            quote = telling.text[whole[0] : whole[1]]  # 水口镇与越南高平省大兴社的民歌会
            if not any(whole[0] <= f.actor.char_start < whole[1] for f in found):
                actor = ActorMention(
                    *whole, quote, quote, "organization", country=mention.country, line_no=telling.line_no
                )
                found.append(Party(actor, SUBJECT[one.event_type], (mention,), unit=True))
            continue
        after = _DAY.sub("", after)  # 广南省6月9日为外国组织举办见面会
        after = _ASIDE.sub("", after)  # 芒街方面曾给东兴送来药品
        after = _DAY.sub("", _MOREOVER.sub("", after))  # 芒街市定于4月20日为边民举办培训班; 东兴还要接连推出边民歌会
        acting = re.match(
            r"(?:第[一二三四五六七八九十\d]{1,3}[届次]|首届|首次|合办|联办|协办|联手|携手|商定|会商|会谈|虽|尽管|自身|身处|历来|一向|接收|收到|推出|办|迎|邀|组团|组织|选派|输送|做东|出|开|把|给|为|向|于|在|表彰|授|赠|捐|移|将|已|就|以|通过|经|互|缔|结|换|达成|开展|重|续|草签|成为|无偿|让|出资|斥资|筹资|拨款|拨|送|派|共同|联合|正式|建立|签|举|颁|承办|主办|接|合作|友好)",
            after,
        )
        held_by = before.endswith("由") and _HOLDS_IT.match(after)
        if not held_by and not (
            (partner and (acting or joined or not after))
            or (joined and not before.endswith(("在", "于", "对", "到", "了")))
        ):
            opening = not before.strip() or re.search(r"[日月年旬初底]$", before)
            if not (opening and acting):
                continue
        if mention.kind == "country" and re.match(r"[^,;]{0,24}(?:建交|外交关系|关系)", after):
            continue  # 越南和俄罗斯建交75周年见面会: what is celebrated, not who met
        head_of = not before.strip() and candidate.clause.start <= mention.char_start < candidate.trigger.start
        if mention.kind == "country" and not head_of and one.event_type not in _BETWEEN_STATES:
            continue
        follows = index + 1 < len(mentions) and mentions[index + 1].char_start == mention.char_end
        if mention.kind == "country" and follows:
            continue
        left = mention.char_start
        if index and mentions[index - 1].char_end == left and mentions[index - 1].kind == "country":
            left = mentions[index - 1].char_start
        quote = telling.text[left:right]
        actor = ActorMention(
            left, right, quote, quote, "organization", country=mention.country, line_no=telling.line_no
        )
        role = "partner" if re.match(r"[^,;]{0,24}关系", after) and "周年" in candidate.words else role_of(one, actor)
        found.append(Party(actor, role, (mention,), unit=True))
    for match in _FOREIGN_UNIT.finditer(telling.masked, candidate.clause.start, candidate.end):
        left, right = match.span("unit")
        if any(p.actor.char_start < right and p.actor.char_end > left for p in [*known, *found]):
            continue
        inside = tuple(p for p in telling.places if left <= p.char_start < right)
        quote = telling.text[left:right]
        country = inside[0].country if inside else None
        actor = ActorMention(left, right, quote, quote, "organization", country=country, line_no=telling.line_no)
        found.append(Party(actor, role_of(one, actor), inside, unit=True))
    if re.search(r"(?:本|该|我)[省市]", telling.masked[start : candidate.trigger.start]):
        home = home_unit(context, telling.line_no)
        if home is not None:
            found.append(unit_party(*home, SUBJECT[one.event_type]))
    if one.event_type in ("meeting", "visit", "signing", "award", "launch", "ceremony", "training"):
        return found
    if one.event_type == "other":
        return found
    heads = candidate.trigger.start if one.event_type == "handover" else 0  # 上丁省接收了一座粮仓
    return [p for p in found if p.role != OBJECT[one.event_type] or p.actor.char_start < heads]


def _is_theirs(telling: Telling, candidate: Candidate, at: int) -> bool:
    return telling.masked.startswith("的", at) and 0 < candidate.trigger.start - at <= 8


def both_sides(one: Judged) -> list[Party]:
    """双方: the two parties told of last in the paragraph."""
    candidate, telling = one.candidate, one.candidate.telling
    role = SUBJECT[one.event_type]
    actors = (
        a for a in reversed(telling.actors)
        if a.char_end <= candidate.clause.start and a.entity_type != "group" and not belongs(telling, a)
    )  # fmt: skip
    chosen = [*islice(actors, 2)][::-1]
    found = [as_party(telling, actor, role) for actor in chosen]
    if one.event_type != "signing":
        return found
    heads = [a for a in chosen if a.entity_type == "person"]  # 与友协会长黎氏安会面,双方签署…: the body she speaks for
    return found + [
        as_party(telling, a, role) for a in telling.actors
        if a.entity_type == "organization"
        and any(p.char_start <= a.char_start and a.char_end < p.char_end for p in heads)
    ]  # fmt: skip


def two_sides(one: Judged, context: tuple[Telling, ...], known: list[Party]) -> list[Party]:
    """双方 where the paragraph names but one side or none: that side and the home unit, else two countries."""
    candidate, telling = one.candidate, one.candidate.telling
    role = SUBJECT[one.event_type]
    home = home_unit(context, telling.line_no)
    word = _UNITS.search(candidate.words)
    units = _two_units(candidate, context, _KINDS[word["unit"]]) if word else []
    if units:
        return [unit_party(t, m, role) for t, m in units]
    others = _other_sides(candidate, context, known)
    if others:
        return [as_party(*other, role) for other in others]
    if known and home is not None:
        return [unit_party(*home, role)]
    places: list[tuple[Telling, PlaceMention]] = []
    for earlier in reversed([t for t in context if t.line_no <= telling.line_no]):
        for mention in reversed(earlier.places):
            if earlier is telling and mention.char_start >= candidate.clause.start:
                continue
            if mention.kind == "country" and all(m.quote != mention.quote for _, m in places):
                places.append((earlier, mention))
        if len(places) >= 2:
            break
    return [unit_party(t, m, role) for t, m in places[:2]] if len(places) >= 2 else []


def two_units(one: Judged, sign: str, context: tuple[Telling, ...]) -> list[Party]:
    """两省 ahead of what they agreed on: the last two of that sign in different countries."""
    units = _two_units(one.candidate, context, _KINDS[sign])
    return [unit_party(t, m, SUBJECT[one.event_type]) for t, m in units]


def _two_units(
    candidate: Candidate, context: tuple[Telling, ...], kinds: tuple[str, ...]
) -> list[tuple[Telling, PlaceMention]]:
    """两省, 两市: the last two units told of that lie in different countries."""
    found: list[tuple[Telling, PlaceMention]] = []
    for earlier in reversed([t for t in context if t.line_no <= candidate.telling.line_no]):
        for mention in reversed(earlier.places):
            if mention.kind not in kinds:
                continue
            if earlier is candidate.telling and mention.char_start >= candidate.clause.start:
                continue
            if not found or (mention.country != found[0][1].country):
                found.append((earlier, mention))
            if len(found) == 2:
                return found[::-1]
    return []


def _other_sides(
    candidate: Candidate, context: tuple[Telling, ...], known: list[Party]
) -> list[tuple[Telling, ActorMention]]:
    """The body of another country than the known side's that was told of last in the section, or two such bodies."""
    telling, lands = candidate.telling, {p.country for p in known if p.country}
    if len(lands) != len(known):
        return []
    found: list[tuple[Telling, ActorMention]] = []
    for earlier in reversed([t for t in context if t.line_no <= telling.line_no and t.section == telling.section]):
        for actor in reversed(earlier.actors):
            if earlier is telling and actor.char_start >= candidate.clause.start:
                continue
            if actor.entity_type == "organization" and actor.country and actor.country not in lands:
                found.append((earlier, actor))
                lands.add(actor.country)
            if len(found) + len(known) == 2:
                return found
    return []


def unit_party(telling: Telling, mention: PlaceMention, role: str) -> Party:
    actor = ActorMention(
        mention.char_start, mention.char_end, mention.quote, mention.quote, "organization",
        country=mention.country, line_no=telling.line_no,
    )  # fmt: skip
    return Party(actor, role, (mention,), unit=True)
