"""How exact a figure is: the words right before it, inside it and right behind it."""

from __future__ import annotations

import re

# (code, words right before the figure, an example). Longer words win: 不超过 is not 超过.
_LEADING = (
    ("at_most", "不超过 不多于 不高于 最多 至多 顶多 未超过 不大于 上限", "房屋全毁的家庭最多领取6000万越盾"),
    ("under", "不到 不足 低于 少于 未到 不满 小于 未达 不及 未满", "由1990年的不足100美元"),
    ("at_least", "至少 不少于 不低于 最少 起码 不小于 不下 不下于 下限", "年均争取外援不少于180万美元"),
    ("over", "超过 超出 突破 逾 超 多于 高于 大于 越过 不止 何止 冲破 跨过 破", "总额突破4800亿越盾"),
    ("approx", "约合 大约 约为 约达 约 将近 近 接近 大概 差不多 几乎 大致 近乎 ~ ≈", "折合近120亿越盾"),
)
_TRAILING = (
    ("approx", "左右 上下", "3,700美元上下"),
    ("over", "以上 有余 开外 之上 之多", "870万美元以上"),
    ("at_most", "以内 之内 以下 之下 封顶 为上限 为限 为封顶", "500万越盾以下"),
)
_WORD = {word: code for code, words, _ in _LEADING for word in words.split()}
_LEAD = re.compile(rf"({'|'.join(sorted(_WORD, key=len, reverse=True))})(?:了|为|达|到|是|有|值|需|计|在|占|折|等于)?$")
_VERBS = (
    "领取|领到|领|获得|获|得到|得|补助|补贴|支付|付|发放|资助|贷款|贷|借|投入|投资|出资|捐|需要|需|花费|花|可达|可|达到|达|"
    "提供|给|限额|奖励|罚款|处"
)
# A verb may stand between 最多, 至少 and the figure.
_FAR = re.compile(
    rf"(?:(最多|至多|至少|最少)(?:可以|可|能|只能|要|将|为)?|(最高|最低)(?:可以|可))(?:{_VERBS})?(?:了)?$"
)
_LAST = frozenset(word[-1] for word in _WORD) | frozenset(
    "了为达到是有值需计在占折于"
)  # a cheap test before the pattern
_FAR_CODE = dict.fromkeys(("至少", "最少", "最低"), "at_least") | dict.fromkeys(("最多", "至多", "最高"), "at_most")
_BARE = re.compile(r"[上过]$")  # 上亿元, 过百万美元
# Words that only end like a qualifier: 签约5亿, 节约500万元, 最近100万, 通过500万.
_FALSE = re.compile(
    r"(?:[签条契节纽公预和盟履毁违解誓邀特相租续换]约|(?<![损流丧])失约|[最附临靠邻亲就远走贴凑]近|[打踏攻识]破|高超)$"
)
_TRAIL = {word: code for code, words, _ in _TRAILING for word in words.split()}
_TAIL = re.compile(
    rf"[ ]?({'|'.join(sorted(_TRAIL, key=len, reverse=True))})(?!游|简称|同)|[ ]?余(?=[,。;、)的]|$)|起(?=[,。;、)]|$)"
)

_TAIL_FIRST = frozenset(word[0] for word in _TRAIL) | frozenset("余起 ")  # a cheap test before the pattern


def leading(text: str, start: int, is_bare: bool = False) -> str | None:
    """The qualifier named right before `start`, None when there is none; `is_bare` for 亿元 without a digit."""
    before = text[max(0, start - 14) : start].rstrip(" ")
    if is_bare and _BARE.search(before):
        return "over"
    found = _LEAD.search(before) if before[-1:] in _LAST else None
    if found is not None:
        return None if _FALSE.search(before[: found.end(1)]) else _WORD[found[1]]
    far = _FAR.search(before) if "最" in before or "至" in before else None
    return None if far is None else _FAR_CODE[far[1] or far[2]]


def trailing(text: str, end: int) -> str | None:
    """The qualifier named right behind `end`."""
    found = _TAIL.match(text, end) if text[end : end + 1] in _TAIL_FIRST else None
    if found is None:
        return None
    return _TRAIL[found[1]] if found[1] else "at_least" if found[0] == "起" else "over"


def inside(number: str) -> str | None:
    """250多万, 1,100余亿, 十几亿 are more than they say; 70来万 is about."""
    if "多" in number or "余" in number or "几" in number:
        return "over"
    return "approx" if "来" in number else None
