"""From figures to claims: one claim a figure of aid, with its restatement, former value and value per unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from etl.build.aid_projects.claim import Claim
from etl.build.money_roles import Reading
from etl.build.money_roles.passages import Span
from etl.build.money_roles.signs import UNITS
from etl.mentions import MoneyMention, changed
from etl.normalize.numbers import parse_number
from etl.patterns import on_use

_COUNT_OF = on_use(
    rf"每一?(?P<unit>[{UNITS}]|学生|家庭)|(?P<mean>户)均"
    rf"|(?<=[\d一二三四五六七八九十百千两余多])(?P<each>[{UNITS}])[^,;。:]{{0,16}}各自?(?=[发赠送捐颁资补获得领拨给汇奖])"
)
_CLASSIFIERS = {
    "人": "名位人个",
    "学生": "名位个",
    "家庭": "户个",
    "户": "户",
    "间": "间栋座",
    "栋": "栋间座",
    "例": "例名位",
}
_NUMBER = r"(?P<n>\d[\d,]{0,15}|[一二两三四五六七八九十百千]{1,6})"


def claims_of(readings: Sequence[Reading]) -> list[Claim]:
    """A claim for each figure of aid or target, and for each value per unit of aid that has no total."""
    claims = [
        Claim(
            passage=reading.passage,
            at=(reading.mention.char_start, reading.mention.char_end),
            rule=reading.rule,
            strength=reading.aid,
            money=reading.mention,
            kind=reading.kind,
            is_target=reading.role == "target",
            since=_figure_before(reading, readings),
        )
        for reading in readings
        if reading.role in ("aid", "target")
    ]
    claims = [_with_companions(claim, readings) for claim in claims]
    return _units(claims, readings)


def _figure_before(reading: Reading, readings: Sequence[Reading]) -> int:
    """Where the last other figure of the sentence ends, else where the sentence begins."""
    at = reading.mention.char_start
    start = reading.passage.sentence_at(at)[0]
    ends = [
        r.mention.char_end
        for r in readings
        if r.mention.line_no == reading.mention.line_no and start <= r.mention.char_start < at
        and r.role in ("aid", "target") and r.kind != "comparison"
    ]  # fmt: skip
    return max(ends, default=start)


def _with_companions(claim: Claim, readings: Sequence[Reading]) -> Claim:
    money = claim.money
    assert money is not None
    here = money.line_no, money.char_start
    for reading in readings:
        if reading.restates == here:
            claim = changed(claim, equivalent=reading.mention)
        elif (
            reading.role == "previous"
            and reading.mention.line_no == money.line_no
            and reading.mention.currency == money.currency
            and claim.sentence[0] <= reading.mention.char_start < money.char_start
            and claim.since <= reading.mention.char_start
        ):
            claim = changed(claim, previous=reading.mention.amount, kind="revision", rule="revision")
    return claim


def _units(claims: list[Claim], readings: Sequence[Reading]) -> list[Claim]:
    for reading in readings:
        if reading.role != "unit_value":
            continue
        count = _unit_count(reading)
        total = _total_of(reading, claims, count)
        if total is not None:
            claims[total] = changed(claims[total], unit=reading.mention, unit_count=count)
        elif reading.aid >= (1.0 if count is not None else 2.5) and not _PER_SALE.search(_ahead(reading)):
            span = (reading.mention.char_start, reading.mention.char_end)
            claims.append(
                Claim(
                    passage=reading.passage,
                    at=span,
                    rule="per_unit",
                    strength=reading.aid,
                    unit=reading.mention,
                    unit_count=count,
                    kind="per_unit",
                )
            )
    return sorted(claims, key=lambda c: (c.line_no, c.at))


def _total_of(reading: Reading, claims: Sequence[Claim], count: int | None) -> int | None:
    """The claim of the same sentence that a value per unit belongs to: the nearest before it, else the next."""
    mention = reading.mention
    sentence = reading.passage.segment_at(mention.char_start)
    near = [
        (i, c)
        for i, c in enumerate(claims)
        if c.line_no == mention.line_no and c.money is not None and sentence[0] <= c.at[0] < sentence[1]
        and c.unit is None and c.money.amount > mention.amount and _may_total(c.money, mention, count)
    ]  # fmt: skip
    after = [(i, c) for i, c in near if c.at[0] > mention.char_start]
    between = reading.passage.text[mention.char_end : after[0][1].at[0]] if after else ""
    if re.search(r"共|合计|总", between) and not re.search(r"并|向|赠|捐", between):
        return after[0][0]
    before = [(i, c) for i, c in near if c.at[0] < mention.char_start]
    if before and not _NEW_GIFT.search(reading.passage.text[before[-1][1].at[1] : mention.char_start]):
        return before[-1][0]
    return None


# 总投资18亿越盾,以及每年颁发50份奖学金,每份200万越盾: the second gift is none of the first.
_NEW_GIFT = on_use(r"以及|并(?!且)|另|还|向|颁|赠|捐|资助")
_PER_SALE = on_use(r"每(?:卖|售|走|点|跑|转|销|购|消费)")


def _ahead(reading: Reading) -> str:
    at = reading.mention.char_start
    return reading.passage.text[reading.passage.sentence_at(at)[0] : at]


def _may_total(total: MoneyMention, unit: MoneyMention, count: int | None) -> bool:
    """Whether so many units can make up the total: 8 x 6250万 = 5亿, 72 x 150万 x 10 (months) = 10.8亿."""
    if count is None or total.currency != unit.currency:
        return True
    times = total.amount / (unit.amount * count)
    return Decimal("0.9") <= times <= 40


# 每人领到一份30万基普的礼包,前后发出900份: counted by the parcel, not by the hand it goes to.
_PARCEL = on_use(rf"一(?P<unit>[{UNITS}])(?:价值|约值|总值|值)?(?:约|近)?$")
# 两所小学将各添一间书屋,每间4亿越盾: as many as there are to have one each.
_ONE_EACH = on_use(rf"{_NUMBER}多?余?[{UNITS}][^,;。:]{{0,16}}?(?:每[{UNITS}]|各)[^,;。:一]{{0,8}}一[{UNITS}]")


def _unit_count(reading: Reading) -> int | None:
    """How many units the sentence counts: 每户 looks for N户, before the figure sooner than behind it."""
    text, at = reading.passage.text, reading.mention.char_start
    sentence = reading.passage.sentence_at(at)
    parcel = _PARCEL.search(text, max(sentence[0], at - 8), at)
    if parcel is not None:
        own = _counted(text, (reading.mention.char_end, sentence[1]), parcel["unit"])
        if own:
            return own[0]
    found = list(_COUNT_OF.finditer(text, sentence[0], at))
    if not found:
        return None
    unit = found[-1]["unit"] or found[-1]["mean"] or found[-1]["each"]
    counted = _counted(text, sentence, _CLASSIFIERS.get(unit, unit))
    if counted:
        return counted[0]
    each = list(_ONE_EACH.finditer(text, sentence[0], at))
    if each:
        return number(each[-1]["n"])
    if unit in "份套个件笔双":
        people = re.search(rf"{_NUMBER}多?[名位户]", text[sentence[0] : sentence[1]])
        return number(people["n"]) if people else None
    return None


def _counted(text: str, span: Span, classifiers: str) -> list[int]:
    """The numbers above one that stand before one of the classifiers in a span."""
    said = text[span[0] : span[1]]
    hits = re.finditer(rf"(?<!每)(?<!第){_NUMBER}多?余?(?:[{classifiers}])(?!次)", said)
    return [n for n in (number(hit["n"]) for hit in hits) if n is not None and n > 1]


COUNT = r"(?P<n>\d[\d,]{0,15}(?:\.\d+)?万?|[一二两三四五六七八九十百千]{1,6})"  # how many, as the group n


def number(text: str) -> int | None:
    """A whole number in figures or characters, None when it is none."""
    try:
        value = parse_number(text)
    except ValueError:
        return None
    return int(value) if value == value.to_integral_value() and value < Decimal(10) ** 12 else None
