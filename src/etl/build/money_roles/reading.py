"""What each figure of a page is, judged by the words that govern it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from etl.build.money_roles import gifts, signs
from etl.build.money_roles.cues import Cue, cues
from etl.build.money_roles.figure import Figure, Weight, figure, weigh
from etl.build.money_roles.passages import Passage, passages
from etl.build.money_roles.trust import Trust, trust
from etl.mentions import ActorMention, Findings, MoneyMention, PlaceMention, changed
from etl.pages import Role

Key = tuple[int, int]

AID_LEAST = 1.0  # below this the words around a figure do not make it aid
STRONG = 3.0  # a word that alone says aid: 援助, 捐赠, 善款
CARRIED_ON, CARRIED_OVER = 0.6, 0.35  # of the strength of the claim before: in its sentence or list, in its line
COURSE = 1.2  # of a figure in a ranking or a course of years that goes on with aid
FAR_REVISION = 50  # characters from a sum to the one that replaced it
NEAR_LINES = 4  # within which a paragraph goes on with the one before
TOPIC = 0.3  # of the strength of the title, lead or heading
UNBACKED = 0.2  # on a page without any word of aid
OF_A_CONTRACT = frozenset(["合同额", "签约额"])  # of works that are aid: 在建的援助项目合同额2430万
ABOUT_AID = 0.25  # of a page's lines speak of aid: then the page is about it
MOST_FIGURES = 400  # of a page; tables of prices have thousands
NON_AID = ("trade", "investment", "wage", "price", "prize", "budget", "loss", "other", "need", "counterpart")
_HEAD_REACH = 8  # characters of 连运费在内, 全部费用, 三年经费 before a figure
_OF_WORTH = frozenset(["price", "budget", "need"])
_NO_TOPIC = 5  # characters that name no other topic: 合计, 按市价计
_GOES_ON_FROM = frozenset(["aid", "target", "equivalent", "previous", "unit_value"])
_TEXT = frozenset([Role.BODY, Role.LEAD, Role.HEADING, Role.TITLE])
_ROLE_OF_KIND = {"need": "other", "counterpart": "other", "": "other"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure and its role of CONTRACT, the rule that gave it, and how strongly the text speaks for aid.

    `kind` says more than the role: average, yearly, comparison, difference, need, counterpart, or the non-aid kind.
    `restates` is the (line_no, char_start) of the figure this one gives in another currency.
    """

    mention: MoneyMention
    passage: Passage
    role: str
    rule: str
    aid: float
    kind: str = ""
    restates: Key | None = None

    @property
    def key(self) -> Key:
        return self.mention.line_no, self.mention.char_start


@dataclass(frozen=True)
class _Backing:
    """What the page says beside the line: how much its title, lead and heading are about aid; whether it speaks of aid
    at all, is about it, tells of friends abroad; its lines; whether its title or lead names a place abroad."""

    topic: float
    in_domain: bool
    is_about: bool
    is_friendly: bool
    pages: tuple[Passage, ...]
    is_abroad: bool = False

    @cached_property
    def things(self) -> frozenset[str]:
        """What the page calls given; few figures ask."""
        return gifts.things_given(self.pages)


_last: list[tuple[Findings, tuple[Reading, ...]]] = []


def read(findings: Findings) -> tuple[Reading, ...]:
    """A reading of every figure in the first prints of a page's own lines, in the page's order."""
    # The roles of the figures and the claims are made of the same readings, one after the other.
    for known, readings in _last:
        if known is findings:
            return readings
    readings = _read(findings)
    _last[:] = [(findings, readings)]
    return readings


def _read(findings: Findings) -> tuple[Reading, ...]:
    pages = {p.line.line_no: p for p in passages(findings.first_print_lines())}
    by_line: dict[int, list[MoneyMention]] = defaultdict(list)
    for mention in findings.money:
        if mention.line_no in pages:
            by_line[mention.line_no].append(mention)
    names: dict[int, list[PlaceMention | ActorMention]] = defaultdict(list)
    for place in findings.places:
        names[place.line_no].append(place)
    for actor in findings.actors:
        names[actor.line_no].append(actor)
    top = {no for no, passage in pages.items() if passage.line.role in (Role.TITLE, Role.LEAD)}
    abroad = any(p.line_no in top and p.country not in (None, "VN") and "pair" not in p.flags for p in findings.places)
    backing = changed(_backing(pages.values()), is_abroad=abroad)
    section = backing
    found: list[Reading] = []
    for no, passage in pages.items():
        if passage.line.role is Role.HEADING:
            section = changed(backing, topic=max(backing.topic, _strongest(passage)))
        mentions = sorted(by_line.get(no, []), key=lambda m: m.char_start)
        if not mentions:
            continue
        words = cues(passage.text)
        is_near = section.is_about or section.topic > 0 or _has_strong(words)
        trusted = trust(passage, names[no], is_near=is_near or signs.DOMAIN.search(passage.text) is not None)
        words = trusted.weighed(words)
        for mention in mentions:
            if len(found) >= MOST_FIGURES:
                found.append(Reading(mention, passage, "other", "beyond_limit", 0.0))
            else:
                found.append(_read_one(figure(mention, passage, mentions), words, found[-60:], section, trusted))
    return tuple(found)


def _strongest(passage: Passage) -> float:
    return max((c.weight for c in cues(passage.text) if c.kind == "aid" and c.weight >= STRONG), default=0.0)


def _has_strong(words: list[Cue]) -> bool:
    return any(c.kind == "aid" and c.weight >= STRONG for c in words)


def _backing(pages: Iterable[Passage]) -> _Backing:
    every = tuple(pages)
    top = [p for p in every if p.line.role in (Role.TITLE, Role.LEAD, Role.HEADING)]
    in_domain = any(signs.DOMAIN.search(p.text) for p in top)
    strongest = max((_strongest(p) for p in top if p.line.role is not Role.HEADING), default=0.0)
    told = sum(bool(signs.DOMAIN.search(p.text)) or _strongest(p) > 0 for p in every)
    is_friendly = told > 0 or any(signs.FRIENDSHIP.search(p.text) for p in every)
    is_about = in_domain or strongest > 0 or (told > 1 and told >= ABOUT_AID * len(every))
    return _Backing(max(strongest, 2.0 if in_domain else 0.0), told > 0, is_about, is_friendly, every)


def _read_one(this: Figure, words: list[Cue], before: Sequence[Reading], backing: _Backing, trusted: Trust) -> Reading:
    """The constructions in their order; the first that fits gives the role."""
    gift = _gift(this, backing, trusted)
    words = _of_a_part(this, words, before)
    weight = weigh(this, _against(this, words, gift))
    if not trusted.given(this.mention.char_end):
        weight = _backed(weight, this, words, backing)
    reading = Reading(this.mention, this.passage, "other", "words", weight.aid)
    told = _restates(this, reading) or _compares(this, reading, gift)
    if told is not None:
        return told
    weight = _still_other(this, weight, before)
    reading, is_aid = _decide(this, reading, weight, before, words, backing)
    if gift and weight.other <= STRONG:
        reading, is_aid = changed(reading, aid=max(reading.aid, STRONG), rule=reading.rule if is_aid else gift), True
    if is_aid and _is_former(this):
        return changed(reading, role="previous", rule="revision")
    shaped = _per_unit(this, reading, before, is_aid=is_aid) or (_revised(this, reading) if is_aid else None)
    if shaped is not None:
        return shaped
    if not is_aid:
        return changed(reading, role=_ROLE_OF_KIND.get(weight.kind, weight.kind), kind=weight.kind)
    return changed(reading, role="target", rule="target") if _is_target(this) else changed(reading, role="aid")


def _gift(this: Figure, backing: _Backing, trusted: Trust) -> str:
    """The construction by which the figure passes to others; who pays is told on a page of aid or friends."""
    frame = gifts.given(this)
    if frame == "treasury_builds" and not _is_built_abroad(this, backing):
        frame = ""
    if frame in gifts.TELLS_WHO_PAYS and not (backing.is_friendly or trusted.is_near or trusted.given(this.clause[1])):
        frame = ""
    return frame or (
        "worth_of_gift"
        if gifts.tells_worth(this) and gifts.worth_of_gift(this, backing.things, is_about=backing.is_about)
        else ""
    )


def _is_built_abroad(this: Figure, backing: _Backing) -> bool:
    """小学移交柬方。小学有六间教室,由隆安省财政拨款97亿: a treasury that pays for what is handed over abroad."""
    if not backing.is_abroad:
        return False
    top = (page.text for page in backing.pages if page.line.role in (Role.TITLE, Role.LEAD))
    return any(signs.HANDED_ABROAD.search(text) for text in (this.passage.text[: this.mention.char_start], *top))


def _against(this: Figure, words: list[Cue], gift: str) -> list[Cue]:
    """The words that may speak: what a gift is worth is no price, and 从预算里拨出 no budget."""
    low, high = this.sentence
    is_strong = any(c.kind == "aid" and c.weight >= STRONG and low <= c.start < high for c in words)
    if is_strong:
        words = [c for c in words if c.word not in OF_A_CONTRACT]
    if gift:
        yielding = gifts.YIELDING | ({"investment", "trade"} if gift in gifts.OF_INVESTORS else set())
        yielding |= {"wage", "other", "trade"} if gift in gifts.OF_INCOME else set()
        said = gifts.WORTH | signs.BUYING  # 9000美元药品采购款由会员凑集: what it bought is no trade
        return [c for c in words if c.word not in said and c.kind not in yielding]
    if signs.OWN_SHARE.search(this.left):
        words = [c for c in words if c.kind != "counterpart"]
    words = [c for c in words if c.kind != "price" or not _is_deducted(this, c)]
    return [c for c in words if c.word not in gifts.WORTH] if is_strong else words


def _of_a_part(this: Figure, words: list[Cue], before: Sequence[Reading]) -> list[Cue]:
    """拿出120万,其中70万…;剩下的50万采购帐篷: what a part of the aid buys is no trade."""
    last = before[-1] if before else None
    if last is None or last.role != "aid" or last.mention.line_no != this.mention.line_no:
        return words
    ahead = this.passage.text[last.mention.char_end : this.mention.char_start]
    if last.mention.char_start < this.sentence[0]:
        return words
    if signs.SHARE_OF.match(ahead):
        return [c for c in words if c.kind != "budget"]  # 提供援助369亿,其中省级预算占283亿
    return [c for c in words if c.word not in signs.BUYING] if signs.PART.search(ahead) else words


def _is_deducted(this: Figure, cue: Cue) -> bool:
    """扣掉器材运费: what is taken off a sum is not the sum."""
    return signs.DEDUCTED.search(this.passage.text, max(0, cue.start - 8), cue.start) is not None


def _is_backed(this: Figure, words: list[Cue], backing: _Backing) -> bool:
    backed = backing.in_domain or backing.topic > 0 or _has_strong(words)
    return backed or bool(signs.DOMAIN.search(this.passage.text))


def _backed(weight: Weight, this: Figure, words: list[Cue], backing: _Backing) -> Weight:
    """省政府投入2871万元: without a word of aid on the page, 投入 and 拿出 say nothing."""
    if _is_backed(this, words, backing):
        return weight
    return changed(weight, aid=weight.aid * UNBACKED)


def _restates(this: Figure, reading: Reading) -> Reading | None:
    """The same sum in another currency: linked by the finder, or 28万加元的善款,相当于51亿越盾."""
    if this.mention.equivalent_of is not None:
        return changed(reading, role="equivalent", rule="equivalent", restates=this.mention.equivalent_of)
    earlier = [m for m in this.others if this.segment[0] <= m.char_start < this.mention.char_start]
    if not earlier or earlier[-1].currency == this.mention.currency:
        return None
    if not signs.RESTATED.search(
        this.passage.text[max(this.clause[0], earlier[-1].char_end) : this.mention.char_start]
    ):
        return None
    first = earlier[-1].line_no, earlier[-1].char_start
    return changed(reading, role="equivalent", rule="restated", restates=first)


def _compares(this: Figure, reading: Reading, gift: str) -> Reading | None:
    if signs.DIFFERENCE.search(this.left):
        return changed(reading, role="other", rule="difference", kind="difference")
    if signs.GENERAL_PRICE.search(this.left):
        return changed(reading, role="price", kind="price")
    if gifts.out_of_own_pocket(this):
        return changed(reading, role="price", rule="own_pocket", kind="price")
    if (
        "资" in this.left[-10:]
        and signs.FIRMS_PUT_IN.search(this.left)
        and not signs.CHARITY.search(this.passage.text, *this.sentence)
    ):
        return changed(reading, role="investment", rule="firms_put_in", kind="investment")
    if signs.THRESHOLD.search(this.left) and gift != "given_each_up_to":
        return changed(reading, role="other", rule="threshold")
    if signs.APPEAL_BEFORE.search(this.left) and signs.APPEAL_BEHIND.match(this.right):
        return changed(reading, role="other", rule="appeal", kind="need")
    return None


def _still_other(this: Figure, weight: Weight, before: Sequence[Reading]) -> Weight:
    """双边贸易额为3200万美元,今年有望达到4000万美元: a figure goes on with what the sentence was about."""
    last = before[-1] if before else None
    if last is None or last.mention.line_no != this.mention.line_no or last.mention.char_start < this.sentence[0]:
        return weight
    if last.role in NON_AID and last.kind and weight.other < AID_LEAST and weight.aid < AID_LEAST:
        return changed(weight, other=AID_LEAST, kind=last.kind)
    return weight


def _decide(
    this: Figure,
    reading: Reading,
    weight: Weight,
    before: Sequence[Reading],
    words: Sequence[Cue],
    backing: _Backing,
) -> tuple[Reading, bool]:
    """Whether a figure is aid, with the strength and the rule that say so."""
    carried = max(_carried(this, before), _course(this, before, words, backing))
    local, rule = (weight.aid, weight.place) if weight.aid >= carried else (carried, "carried_on")
    strength = max(local, TOPIC * backing.topic)
    if local >= AID_LEAST / 2:
        strength += TOPIC * backing.topic / 2
    if local < AID_LEAST <= strength:
        rule = "topic"
    is_aid = strength >= AID_LEAST and strength >= weight.other
    if not is_aid and (whole := _whole(this, weight, backing)):
        strength, is_aid, rule = max(strength, 2.0), True, whole
    if not is_aid and _is_worth_of_told(this, words, before, backing):
        strength, is_aid, rule = max(strength, AID_LEAST), True, "worth_of_told"
    if signs.DISPOSAL.match(this.right) and weight.kind != "loss" and not gifts.to_no_needy(this):
        strength, is_aid, rule = max(strength, STRONG), True, "disposal"
    return changed(reading, aid=strength, rule=rule if is_aid else "words"), is_aid


def _whole(this: Figure, weight: Weight, backing: _Backing) -> str:
    """The rule by which a figure is what aid, or the work that aid pays for, comes to in all; '' when it is not."""
    text, at = this.passage.text, this.mention.char_start
    if signs.TOTAL_HEAD.search(this.left):
        if signs.HAS_AID_PART.match(text[this.mention.char_end : this.mention.char_end + 80]):
            return "whole_of_aid"
        if signs.COST_OF_GIFT.search(text[max(this.segment[0], this.clause[0] - 60) : this.clause[0]]):
            return "cost_of_gift"
    if weight.kind == "budget" and backing.is_about and signs.GIVER_S_PROJECT.search(this.left):
        return "whole_of_aid"
    if weight.kind in ("budget", ""):
        ahead = text[max(this.sentence[0], at - 60) : at]
        if signs.AID_PROJECTS.search(ahead) or (backing.is_about and _is_of_giver_s_project(this)):
            return "whole_of_aid"
    return "whole_of_aid" if weight.kind in _OF_WHOLE and _is_money_of_aid_body(this) else ""


def _is_worth_of_told(this: Figure, words: Sequence[Cue], before: Sequence[Reading], backing: _Backing) -> bool:
    """荷兰委员会赠送医院的设备完成交接。…透析机连同净水装置共值18亿: what the gift told right before is worth.

    Only of a figure without any other meaning, on a page that speaks of aid, with no other money between.
    """
    head = signs.VALUE_HEAD.search(this.left)
    if head is None or not backing.in_domain or signs.NOT_TOLD.search(this.passage.text, *this.sentence):
        return False
    low, high = this.sentence
    near = this.mention.char_start - _HEAD_REACH
    for cue in words:
        if cue.kind == "aid" or not low <= cue.start < high:
            continue
        of_worth = cue.kind in _OF_WORTH or cue.word in gifts.WORTH or cue.word in signs.BUYING
        if not of_worth or (cue.start < near and cue.word not in gifts.WORTH):
            return False
    ahead = _told_ahead(this, backing)
    last = before[-1] if before else None
    between = last is not None and any(
        last.passage is page and last.mention.char_start >= start for page, start, _ in ahead
    )
    if between and last is not None and last.role not in _GOES_ON_FROM:
        return False
    topic = this.left[: head.start()].strip(" ,;:")
    text = this.passage.text[low : this.clause[0]] + "".join(page.text[start:stop] for page, start, stop in ahead)
    title = "".join(page.text for page in backing.pages if page.line.role is Role.TITLE)
    is_its = len(topic) <= _NO_TOPIC or signs.ANY_TOPIC.search(topic) is not None
    is_its = is_its or any(topic[k : k + 2] in text + title for k in range(len(topic) - 1))
    return is_its and signs.FUNDED.search(text + title if backing.topic >= STRONG else text) is not None


def _told_ahead(this: Figure, backing: _Backing) -> list[tuple[Passage, int, int]]:
    """The two sentences before in the line; the paragraph above too for one of the first two sentences of a line."""
    sentences = this.passage.sentences
    here = next((i for i, s in enumerate(sentences) if s == this.sentence), 0)
    ahead = [(this.passage, *s) for s in sentences[max(0, here - 2) : here]]
    if here < 2:
        number = this.passage.line.line_no
        above = next((p for p in reversed(backing.pages) if p.line.line_no < number and p.line.role in _TEXT), None)
        ahead += [(above, 0, len(above.text))] if above is not None else []
    return ahead


_OF_WHOLE = frozenset(["", "budget", "investment", "price"])


def _is_money_of_aid_body(this: Figure) -> bool:
    """荷兰医疗委员会实施的项目举行总结会。项目总投资11.8亿: what the work told of a body of aid costs in all."""
    head = signs.ITS_MONEY.search(this.left)
    if head is None or signs.ITS_TOPIC.fullmatch(head["topic"]) is None:
        return False
    text, start = this.passage.text, this.sentence[0]
    ahead = this.passage.sentence_at(start - 1)[0] if start else start
    told = text[ahead : this.mention.char_start]
    return signs.WORK_OF_BODY.search(told) is not None and signs.NO_AID_TOPIC.search(told) is None


def _is_of_giver_s_project(this: Figure) -> bool:
    """“亚洲守望”组织的防治项目规模居首。该项目…,三年预算1250万美元: the budget of the project told before."""
    if not signs.BUDGET_OF_IT.search(this.passage.text, this.sentence[0], this.mention.char_start):
        return False
    ahead = this.passage.sentence_at(this.sentence[0] - 1) if this.sentence[0] else (0, 0)
    return signs.GIVER_S_WORK.search(this.passage.text, *ahead) is not None


def _carried(this: Figure, before: Sequence[Reading]) -> float:
    """What a figure takes over from the claims told right before it."""
    no = this.mention.line_no
    told = [r for r in before if r.role in ("aid", "target", "unit_value") and r.aid > 0]
    in_line = [r for r in told if r.mention.line_no == no]
    if in_line and in_line[-1].mention.char_start >= this.sentence[0]:
        return max(AID_LEAST, in_line[-1].aid * CARRIED_ON)
    last = before[-1] if before else None
    if last is not None and _replaces(this, last):
        return max(AID_LEAST, last.aid * CARRIED_ON)
    recent = [r for r in told if r.role != "unit_value" and no - r.mention.line_no <= 6]
    same = [r for r in told if (r.mention.amount, r.mention.currency) == (this.mention.amount, this.mention.currency)]
    if same and same[-1].role != "unit_value":
        return max(AID_LEAST, same[-1].aid * CARRIED_ON)  # 在87.4亿越盾中: the claim is named again
    opening = this.passage.text[this.sentence[0] : this.sentence[0] + 40].lstrip(" “")
    if recent and signs.GOES_ON.match(opening):
        return max(AID_LEAST, recent[-1].aid * CARRIED_ON)
    return in_line[-1].aid * CARRIED_OVER if in_line else 0.0


def _replaces(this: Figure, last: Reading) -> bool:
    """原打算拿出3亿韩元,…缩减为1.8亿韩元: what replaced a sum of aid is aid."""
    is_here = last.mention.line_no == this.mention.line_no and last.mention.char_start >= this.sentence[0]
    return last.role == "previous" and is_here and signs.REVISED_TO.search(this.left) is not None


def _course(this: Figure, before: Sequence[Reading], words: Sequence[Cue], backing: _Backing) -> float:
    """河静以310万美元居首; 2024年回升至860万美元: how the aid told right before spreads over places or years."""
    start, stop = this.sentence
    if not backing.is_about and not any(c.kind == "aid" and c.weight >= STRONG for c in words):
        return 0.0
    if not signs.COURSE.search(this.passage.text, start, stop) and not signs.OF_A_YEAR.search(this.left):
        return 0.0
    if any(c.kind != "aid" and start <= c.start < stop for c in words):
        return 0.0
    last = before[-1] if before else None
    goes_on = (
        last is not None
        and last.role in ("aid", "target", "equivalent", "previous")
        and this.mention.line_no - last.mention.line_no <= NEAR_LINES
        and last.mention.currency == this.mention.currency
    )
    if last is None and backing.topic >= STRONG:
        return COURSE
    opened = max(0, start - 60)
    named = any(c.kind == "aid" and c.weight >= STRONG and opened <= c.start < start for c in words)
    return COURSE if goes_on or named else 0.0


def _per_unit(this: Figure, reading: Reading, before: Sequence[Reading], *, is_aid: bool) -> Reading | None:
    """每户200万越盾 is a value per unit; 年均, 每年 speak of a year's sum."""
    yearly = signs.PER_YEAR.search(this.left) and not signs.EACH_A_YEAR.search(this.left)
    if yearly or signs.MEAN_GRANT.search(this.left):
        if not is_aid:
            return None
        role = "target" if _is_target(this) else "aid"
        return changed(reading, role=role, rule="average", kind="average" if "均" in this.left else "yearly")
    sentence = this.passage.text[max(this.sentence[0], this.mention.char_start - 40) : this.mention.char_start]
    said_so = this.mention.per_unit is not None and signs.SAYS_EACH.search(this.left[-14:] + this.right[:6])
    if is_aid and signs.FROM.search(this.left) and signs.TO.match(this.right):
        return changed(reading, role="previous", rule="revision")
    if said_so or signs.UNIT_LEAD.search(this.left) or signs.PER_SALE.search(sentence):
        return changed(reading, role="unit_value", rule="per_unit", aid=reading.aid if is_aid else 0.0)
    last = before[-1] if before else None
    if last is None or last.role != "unit_value" or last.mention.line_no != this.mention.line_no:
        return None
    between = this.passage.text[last.mention.char_end : this.mention.char_start]
    if last.mention.char_start < this.segment[0] or len(between) > 14 or not signs.PART_OF_UNIT.search(between):
        return None
    # 每户送上200万越盾和一份价值30万越盾的礼品: the second figure is for each household too.
    return changed(reading, role="unit_value", rule="per_unit", aid=last.aid)


def _revised(this: Figure, reading: Reading) -> Reading | None:
    if (signs.FROM.search(this.left) and signs.TO.match(this.right)) or _goes_straight_to(this):
        return changed(reading, role="previous", rule="revision")
    is_base = signs.BASE_BEFORE.search(this.left) and signs.BASE_AFTER.match(this.right)
    if is_base or (signs.BESIDE_AFTER.match(this.right) and signs.BESIDE_BEFORE.search(this.left)):
        return changed(reading, role="aid", rule="comparison", kind="comparison")
    return None


def _goes_straight_to(this: Figure) -> bool:
    """把给动物医院的60万减为45万: whether the next figure is what became of this one."""
    stop = this.mention.char_end
    later = next((m for m in this.others if m.char_start >= stop), None)
    if later is None or later.currency != this.mention.currency or later.char_start > this.sentence[1]:
        return False
    return signs.STRAIGHT_TO.match(this.passage.text[stop : later.char_start]) is not None


def _is_former(this: Figure) -> bool:
    """最初核定49亿越盾,三度追加后定格在83亿越盾: the sum that the next figure of the sentence replaced."""
    stop = this.mention.char_end
    later = [m for m in this.others if stop <= m.char_start < this.sentence[1] and m.currency == this.mention.currency]
    if not later or later[0].char_start - stop > FAR_REVISION or signs.TARGET_BEHIND.match(this.right):
        return False
    if signs.COME_TRUE.search(this.passage.text, stop, later[0].char_start):
        return True
    after = signs.LATER_SUM.match(this.passage.text[stop : this.sentence[1]])
    if not signs.ORIGINAL.search(this.left) and after is None:
        return False
    return signs.REVISED_TO.search(this.passage.text, stop, later[0].char_start) is not None


def _is_target(this: Figure) -> bool:
    if signs.TARGET_BEHIND.match(this.right):
        return True
    at = this.mention.char_start
    near = this.passage.text[max(this.segment[0], at - 120) : at]
    whole = this.passage.text[max(this.sentence[0], at - 200) : at]
    return bool(signs.TARGET.search(near) or signs.TARGET_OF_SENTENCE.search(whole))
