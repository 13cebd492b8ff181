"""Constructions in which a sum, or a thing of that worth, passes to others: 把价值X的轮椅赠给, X由该会承担, X来自侨胞.

They are a table, `gift_frames.csv`: what stands before the figure and behind it, with classes of words of
`gift_words.csv` in angle brackets; each row shows two sentences of its own with the figure in 【】. The verb may be any
of its class and may stand in the next clause, so that no list of whole phrases could hold them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from etl import lookups
from etl.build.money_roles.figure import Figure
from etl.build.money_roles.passages import Passage
from etl.patterns import on_use

_BEFORE, _BEHIND = 110, 110  # characters that a construction may span on either side
_ABOUT = (
    r"不超过|不到|不足|最多|大约|将近|接近|超过|高达|至少|不少于|不低于|不下|人民币|新台币|[约近逾超达为共已合了过有是]"
)
# Words of worth that are no price asked: what a gift is worth.
WORTH = frozenset(["货值", "货款", "市价", "市值", "估值", "定价", "标价"])
# Frames without a verb of giving: 预算6亿由主办方承担 is nobody's gift where nothing speaks of aid.
TELLS_WHO_PAYS = frozenset(
    [
        "borne",
        "from_giver",
        "landed",
        "spent_on",
        "borne_and_told",
        "share_borne",
        "settled",
        "done_for_then_valued",
        "borne_in_shares",
        "paid",
        "part_costs",
        "granted",
        "cleft_giver",
        "sent_off",
        "scraped_together",
        "by_whose_hand",
        "giver_allots",
        "spent_to_help",
        "costs_of_others",
        "given_to_of",
        "places_given",
        "sent_home",
        "this_sum_handed",
        "promised_works",
        "gave_plainly",
        "each_pays",
        "pooled_and_sent",
        "handed_and_shared",
        "paid_for",
        "given_by",
        "paid_to_build",
        "out_of_treasury_abroad",
        "rest_given",
        "given_each_up_to",
    ]
)
# Money that a gift may be taken from, measured by or meet: 从预算里拨出, 运费由该会承担, 所需的3万欧元来自教会.
YIELDING = frozenset(["price", "budget", "need"])
# Frames in which those who invest may be the givers: 余下10亿为在省内投资的外商凑集.
OF_INVESTORS = frozenset(["funded_by_aid", "rest_given"])
# Frames in which what the money was before says nothing: 门票收入…由协会转给, 从工资中省下…,为贫困户盖房.
OF_INCOME = frozenset(["by_whose_hand", "saved_for", "charity_sale", "pooled_and_sent"])


@dataclass(frozen=True, slots=True)
class GiftFrame:
    """A construction: what must stand right before the figure and right behind it."""

    name: str
    before: re.Pattern[str]
    after: re.Pattern[str]

    def fits(self, before: str, behind: str) -> bool:
        """Whether the words before a figure and those behind it make this construction."""
        return self.after.match(behind) is not None and self.before.search(before) is not None


@cache
def words(kind: str) -> str:
    """The words of a class as alternatives of a regular expression, longest first."""
    by_class: dict[str, list[str]] = defaultdict(list)
    for row in lookups.rows("gift_words"):
        by_class[row["class"]].append(re.escape(row["word"]))
    by_class["about"] = [_ABOUT]
    return "|".join(sorted(by_class[kind], key=len, reverse=True))


@cache
def frames() -> tuple[GiftFrame, ...]:
    """Every construction in the order of the table."""
    return tuple(
        GiftFrame(row["name"], _compiled(row["before"]), _compiled(row["after"])) for row in lookups.rows("gift_frames")
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return on_use(re.sub(r"<([a-z]+)>(?!\w*>)", lambda hit: words(hit[1]), pattern))


@cache
def _own_pocket() -> re.Pattern[str]:
    return re.compile(
        rf"(?:的[^,;]{{0,10}})?,?(?:{words('adverb')}){{0,3}}(?:由|归|靠|让)(?:{words('payer')})[^,;]{{0,8}}?(?:{words('bear')}|出|付)"
    )


def out_of_own_pocket(this: Figure) -> bool:
    """手术费1200万越盾由患者承担: nobody's gift, the one who has the good of it pays."""
    return _own_pocket().match(this.right) is not None


@cache
def _to_stranger() -> re.Pattern[str]:
    return re.compile(
        rf"[^,;]{{0,40}}?(?:{words('hand')}|存)[给到予与往入进至在了]{{0,2}}(?:了)?[^,;]{{0,4}}?(?:{words('stranger')})"
    )


def to_no_needy(this: Figure) -> bool:
    """Handed to the police, a landlord, an accomplice: passed on, but no gift."""
    return _to_stranger().match(this.right.lstrip(",")) is not None


def given(this: Figure) -> str:
    """The name of the construction that passes the figure's money or goods to others, '' when there is none."""
    text, start, stop = this.passage.text, this.mention.char_start, this.mention.char_end
    if to_no_needy(this):
        return ""
    before = text[max(this.segment[0], start - _BEFORE) : start]
    behind = text[stop : min(this.segment[1], stop + _BEHIND)]
    said = before + behind
    return next((f.name for f in frames() if _may_fit(f, said) and f.fits(before, behind)), "")


# Letters one of which these cannot do without: most pages never compile them.
_NEEDS = {
    "rest_given": frozenset("凑募集捐"),
    "treasury_builds": frozenset("财预"),
    "given_each_up_to": frozenset("每"),
}


def _may_fit(frame: GiftFrame, said: str) -> bool:
    needs = _NEEDS.get(frame.name)
    return needs is None or not needs.isdisjoint(said)


_GIVING = on_use(
    r"捐出的|捐建|援建|捐赠|捐献|捐助|捐资|捐给|赠送|赠予|赠给|转赠|移交给|交付给|点交给|留给|无偿|援助|资助|救灾物资|代建|助[一-鿿]{2,12}?(?:建成|建起|修建|兴建|修成)"
)


_ANY_THING = frozenset(["项目", "工程", "中心", "设备"])  # words that say of nothing what it is


@cache
def _thing() -> re.Pattern[str]:
    return re.compile(f"{words('work')}|{words('goods')}")


def things_given(passages: Iterable[Passage]) -> frozenset[str]:
    """The works and goods that a page somewhere calls given: 由中国政府无偿援助的卫生院."""
    found: set[str] = set()
    for passage in passages:
        for start, stop in passage.clauses:
            hit = _GIVING.search(passage.text, start, stop)
            if hit is not None:
                found.update(thing[0] for thing in _thing().finditer(passage.text, start, stop))
    return frozenset(found - _ANY_THING)


_WORTH_OF = on_use(
    r"(?:价值|总值|总价|市值|市价|估价|造价|耗资|花费|总投资|折款|折价|值)(?:人民币|约|为|达|共|近|逾|超过|不下|在){0,3}$"
)


def tells_worth(this: Figure) -> bool:
    """Whether the figure is what something is worth or has cost: 造价1480万元."""
    return _WORTH_OF.search(this.left) is not None


_THESE = on_use(
    r" {0,2}(?:这|该|上述|以上|此)(?:[一两二三四五六七八九十几]?[批套些台辆所座栋间艘架份箱])|每[辆台套件所座栋间份箱]"
)


_TOLD_BY = on_use(r"[^,。;:]{1,30}?(?:说|表示|介绍|告诉[^,。;:]{1,10}|透露|称|指出|讲)[,:“”「 ]{0,3}")
_GOODS_SENT = on_use(
    r" {0,2}(?:这|该|上述|以上|此|首|第[一二三四五六七八九])批"
    r"[^,。;:]{0,6}?(?:物资|赠品|礼物|礼品|援助|救济品|用品|药品|器材|设备)"
)


def worth_of_gift(this: Figure, things: frozenset[str], *, is_about: bool) -> bool:
    """卫生院去年动工,造价1480万元: what a thing is worth that the page calls given elsewhere.

    So is 这套设备价值3.2亿 after a sentence on what was given.
    """
    if _THESE.match(this.passage.text, this.sentence[0]) and this.sentence[0] > 0:
        ahead = this.passage.sentence_at(this.sentence[0] - 1)
        if _GIVING.search(this.passage.text, *ahead):
            return True
    told = _TOLD_BY.match(this.passage.text, this.sentence[0])
    opens = {this.sentence[0], this.sentence[0] if told is None else told.end()}
    if is_about and any(_GOODS_SENT.match(this.passage.text, at) for at in opens):
        return True
    start = max(this.sentence[0], this.mention.char_start - _BEFORE)
    named = [hit[0] for hit in _thing().finditer(this.passage.text, start, this.mention.char_start)]
    named = [thing for thing in named if thing not in _ANY_THING] or named
    return bool(named) and any(thing.endswith(named[-1]) for thing in things)
