"""How exact a figure is: the words right before it, inside it and right behind it."""

from __future__ import annotations

import re

# Words before the figure, with an example each. Longer words win; 不超过 is not 超过.
_LEADING = (
    ("at_most", ("不超过", "不多于", "不高于", "最多", "至多", "顶多", "最高", "未超过", "不大于")),  # 房屋全毁的家庭最多领取6000万越盾
    ("under", ("不到", "不足", "低于", "少于", "未到", "不满", "小于", "未达", "不及")),  # 由1990年的不足100美元
    ("at_least", ("至少", "不少于", "不低于", "最少", "起码", "不小于", "最低", "不下")),  # 年均争取外援不少于180万美元
    ("over", ("超过", "超出", "突破", "逾", "超", "多于", "高于", "大于", "过", "越过", "上")),  # 总额突破4800亿越盾
    ("approx", ("约合", "大约", "约为", "约达", "约", "将近", "近", "接近", "大概", "估计", "差不多", "几乎", "~", "≈")),
)  # fmt: skip
_TRAILING = (
    ("approx", ("左右", "上下", "之间", "许")),  # 升到2021年的3,700美元上下
    ("over", ("以上", "多", "余", "开外", "有余", "之上", "之多")),  # 870万美元以上
    ("at_most", ("以内", "之内", "以下", "封顶", "之下")),
    ("at_least", ("起",)),
)
_WORD = {word: code for code, words in _LEADING for word in words}
_LEAD = re.compile(rf"(?:{'|'.join(sorted(_WORD, key=len, reverse=True))})(?:为|达|[ ])?$")
# A verb may stand between 最多, 至少 and the figure.
_FAR = re.compile(r"(最多|至多|至少|最少|最高|最低)[\u4e00-\u9fff]{1,6}$")
_TRAIL = {word: code for code, words in _TRAILING for word in words}
_TAIL = re.compile(rf"[ ]?(?:{'|'.join(sorted(_TRAIL, key=len, reverse=True))})")
_NOT_OVER = re.compile(r"(?:通|经|不|度|来)过$|(?:以|之|加|至|会|网|手|实际|送|献|给|交|用)上$")


def leading(text: str, start: int) -> str | None:
    """The qualifier named right before `start`, None when there is none."""
    before = text[max(0, start - 14) : start].rstrip(" ")
    found = _LEAD.search(before)
    if found is None:
        far = _FAR.search(before)
        return None if far is None else _WORD[far[1]]
    word = found[0].rstrip(" ")
    word = word if word in _WORD else word[:-1]
    return None if _NOT_OVER.search(before) else _WORD[word]


def trailing(text: str, end: int) -> str | None:
    """The qualifier named right behind `end`."""
    found = _TAIL.match(text, end)
    return None if found is None else _TRAIL[found[0].strip()]
