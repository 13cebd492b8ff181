"""Claims that belong together: parts and wholes, the claim another leans on, the same claim told twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from etl.build.aid_projects.claim import Claim
from etl.mentions import MoneyMention, changed
from etl.pages import Role
from etl.patterns import on_use

# 按领域划分,卫生一项9120万; 论用途,以房舍修缮为最多: how the total told before spreads
_SPREAD = (
    r"(?:按|从|以|论|分)(?:照)?各?(?:领域|地域|地区|区域|行业|部门|用途|内容|方向|性质|省份|类别|项目类型)"
    r"来?(?:划分|统计|计|看|分|而言|论)?"
)
_PART = on_use(
    r"其中|部分(?:为|约|占|则为)|越盾中|美元中|欧元中|分属|分省看|分项看|分别|依次|具体|[两二三四五六七八九十]笔|本批|这批|最大的一笔|最小的一笔|单笔|包括|账本|细到"
)
_CARRY_ON = on_use(
    rf"^[ “]*(?:{_SPREAD}(?![^。]{{0,8}}这(?:\d|$))|其中|此外|另外|另有|另|同时|与此同时|并|还|分省看|分项看|账本"
    r"|物资包括|本批"
    r"|这批|[两二三四五六七八九十]笔"
    r"|最小|最大|[^,;。:]{1,8}方面|在此基础上)"
)
BULLET = on_use(r" {0,4}(?:[-*](?= )|[•·▪■●◆○◇▶])")
_LIST_LINES = 10  # a list of bullets leans on a claim no further above
_RANK = {Role.BODY: 3, Role.LEAD: 2, Role.CAPTION: 1, Role.HEADING: 1, Role.TITLE: 0}


def merge(claims: Sequence[Claim]) -> list[Claim]:
    """Each claim once, at its fullest mention: in a body line rather than a lead, caption or title."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (-_RANK.get(c.passage.line.role, 0), c.line_no, c.at)):
        same = next((i for i, other in enumerate(kept) if _same(claim, other)), None)
        if same is None:
            kept.append(claim)
        else:
            kept[same] = _richer(kept[same], claim)
    kept.sort(key=lambda c: (c.line_no, c.at))
    return [changed(claim, number=i) for i, claim in enumerate(kept)]


def _sums(claim: Claim) -> set[tuple[Decimal, str | None]]:
    return {(m.amount, m.currency) for m in (claim.money, claim.equivalent) if m is not None}


def _same(claim: Claim, other: Claim) -> bool:
    if claim.money is None or other.money is None or claim.is_target != other.is_target:
        return False
    if claim.line_no == other.line_no and claim.sentence == other.sentence:
        return False
    if _sums(claim) & _sums(other):
        return True
    outer = claim.passage.line.role is not Role.BODY
    return (
        outer
        and _rounds(claim.money.amount, claim.money.qualifier, other)
        and claim.money.currency == other.money.currency
    )


def _rounds(amount: Decimal, qualifier: str, other: Claim) -> bool:
    """Whether a title's 870万以上 is the body's 871.5万."""
    assert other.money is not None
    exact = other.money.amount
    if qualifier in ("over", "at_least"):
        return amount <= exact <= amount * Decimal("1.05")
    if qualifier == "approx":
        return abs(exact - amount) <= amount * Decimal("0.05")
    if qualifier in ("under", "at_most"):
        return amount * Decimal("0.95") <= exact <= amount
    return False


def _richer(kept: Claim, again: Claim) -> Claim:
    return changed(
        kept,
        money=_qualified(kept, again),
        mentioned=kept.mentioned + 1,
        tellings=(*kept.tellings, again),
        strength=max(kept.strength, again.strength),
        equivalent=kept.equivalent or again.equivalent,
        project_count=kept.project_count or again.project_count,
    )


def _qualified(kept: Claim, again: Claim) -> MoneyMention | None:
    """总值逾1246亿 in the lead and 这1246亿里 below: told again, a sum leaves its qualifier out."""
    first, second = kept.money, again.money
    if first is None or second is None or again.passage.line.role is Role.TITLE:
        return first
    if (first.amount, first.currency, first.qualifier) == (second.amount, second.currency, "exact"):
        return changed(first, qualifier=second.qualifier)
    return first


def relate(claims: Sequence[Claim]) -> list[Claim]:
    """Parents of parts (其中, lists that add up), and for every claim the one it leans on."""
    done: list[Claim] = []
    for claim in claims:
        done.append(_lean(claim, done))
    done = _adding_up(done)
    parents = {c.parent for c in done if c.parent is not None}
    return [changed(c, is_umbrella=c.number in parents or (c.project_count or 0) > 1) for c in done]


def _lean(claim: Claim, before: Sequence[Claim]) -> Claim:
    recent = [c for c in before if 0 <= claim.line_no - c.line_no <= 12 and c.is_target == claim.is_target]
    if not recent:
        return claim
    told = [c for c in recent if c.kind not in ("comparison", "average")] if claim.kind != "comparison" else recent
    if not told:
        return claim
    last = told[-1]
    same_sentence = last.line_no == claim.line_no and last.sentence == claim.sentence
    opening = claim.says((claim.sentence[0], claim.at[0]))
    carries_on = bool(_CARRY_ON.match(opening))
    words = claim.says((last.at[1] if same_sentence else claim.sentence[0], claim.at[0]))
    claim = _revised(claim, last)
    if _PART.search(words) or (same_sentence and last.parent is not None and last.rule == "component"):
        whole = _whole(claim, recent)
        if whole is not None:
            return changed(claim, parent=whole.number, leans_on=whole.number, rule="component")
    if same_sentence or carries_on:
        return changed(claim, leans_on=last.number)
    if BULLET.match(claim.passage.text):  # • 纳里县八所学校安装净水设备,支出19亿: part of what the lines above tell of
        whole = next((c for c in reversed(told) if not BULLET.match(c.passage.text)), None)
        near = whole is not None and claim.line_no - whole.line_no <= _LIST_LINES
        return changed(claim, leans_on=whole.number) if whole is not None and near else claim
    return claim


_REVISED = on_use(
    r"(?:增至|增加到|增加至|增到|升至|上升到|减至|减少到|降至|提高到|扩大到|追加到|调整为)(?:约|近|逾|超过)?$"
)


# 2020—2021年只有1030万;2024年回升至860万: each year's own sum
_OF_A_YEAR = on_use(r"^ ?(?:到|至)?(?:\d{4}年|次年|翌年)(?!\d{1,2}月)")


def _revised(claim: Claim, last: Claim) -> Claim:
    """首批外援12亿到位;至11月30日,外援增至46.8亿: the claim before is the former value."""
    if claim.previous is not None or claim.money is None or last.money is None:
        return claim
    left = claim.says((claim.clause[0], claim.at[0]))
    if _OF_A_YEAR.match(left):
        return claim
    if not _REVISED.search(left) or re.search(r"从|由", left) or last.money.currency != claim.money.currency:
        return claim
    if last.line_no != claim.line_no or last.is_target != claim.is_target:
        return claim
    return changed(claim, previous=last.money.amount, kind="revision", rule="revision", leans_on=last.number)


def _whole(claim: Claim, recent: Sequence[Claim]) -> Claim | None:
    """The nearest claim before that is larger in the same currency, or the last that is no part itself."""
    for other in reversed(recent):
        if other.money is None or claim.money is None or other.kind in ("average", "comparison"):
            continue
        larger = other.money.currency == claim.money.currency and other.money.amount > claim.money.amount
        if larger and other.parent is None:
            return other
    for other in reversed(recent):
        if other.parent is None and other.money is not None and claim.money is not None:
            return other if other.money.currency != claim.money.currency else None
    return None


def _adding_up(claims: list[Claim]) -> list[Claim]:
    """Figures that follow a figure and add up to it are its parts."""
    result = list(claims)
    for i, whole in enumerate(claims):
        if whole.money is None or whole.parent is not None:
            continue
        total, parts = Decimal(0), []
        for part in claims[i + 1 : i + 12]:
            if part.money is None or part.money.currency != whole.money.currency or part.line_no - whole.line_no > 6:
                break
            if part.is_target != whole.is_target or part.kind in ("average", "comparison"):
                break
            total += part.money.amount
            parts.append(part.number)
            if total >= whole.money.amount:
                break
        if len(parts) > 1 and total == whole.money.amount:
            for number in parts:
                result[number] = changed(result[number], parent=whole.number, leans_on=whole.number, rule="component")
    return _broken_down(result)


BY_KIND = on_use(rf"^[ ●◆•]*(?:其中)?(?:{_SPREAD}|分(?:省|县|国别|领域|类|项|年)(?:来)?[看说])")


def _broken_down(claims: list[Claim]) -> list[Claim]:
    """Figures of one sentence that add up to a total told before are its parts, whatever stands between.

    So are two; and of a sentence that opens as a breakdown each leans on the total, though some be left out.
    """
    result = list(claims)
    sentences: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.money is not None and claim.parent is None and claim.kind not in ("average", "comparison"):
            sentences[claim.line_no, claim.sentence[0]].append(claim)
    for (line_no, start), parts in sentences.items():
        opens = BY_KIND.match(parts[0].passage.text, start) is not None
        if len(parts) < (2 if opens else 3):
            continue
        total = sum((part.money.amount for part in parts if part.money is not None), Decimal(0))
        for whole in reversed([c for c in claims if c.number < parts[0].number and line_no - c.line_no <= _LIST_LINES]):
            alike = whole.money is not None and {p.money.currency for p in parts if p.money} == {whole.money.currency}
            if not alike or whole.money is None or whole.parent is not None or whole.kind == "average":
                continue
            if whole.money.amount == total:
                for part in parts:
                    result[part.number] = changed(part, parent=whole.number, leans_on=whole.number, rule="component")
                break
            if opens and (whole.project_count or 0) > 1:
                for part in parts:
                    result[part.number] = changed(part, leans_on=whole.number)
                break
    return result
