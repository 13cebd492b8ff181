"""What speaks for or against a line being the article's own: named features, the same for text and HTML.

A feature is a short name such as `length=5 sentence` or `since_date=1`. `weights.py` holds what each is worth.
Lines of plain text have no hints and therefore none of the features of markup.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from etl.pages import RenderedLine
from etl.patterns import by_letter
from etl.strip.shape import Shape

_LENGTHS = (2, 4, 7, 11, 16, 24, 36, 60, 100, 200)
_ROUGH = (8, 16, 36, 100)
_MASS = (1, 40, 100, 200, 400, 800)
_SHARE = (0.001, 0.1, 0.5, 0.9, 0.999)
_STEPS = (1, 2, 3, 4, 6, 9, 14, 25)
_AWAY = (2, 3, 5, 9, 17)
# Words of menus, share bars, comment forms and footers, in both scripts.
_SITE_WORDS = re.compile(
    by_letter(
        r"首[页頁]|登[录陆入錄]|注册|註冊|版[权權]|[Ii][Cc][Pp]|客服|微博|微信|分享|打印|列印|字[号號]|[评評][论論]|留言|投稿|[广廣]告|[订訂][阅閱]"
        r"|[导導]航|网站地图|[关關][于於]我[们們]|[联聯][系絡]我|免[责責]|[声聲]明|[举舉][报報]|收藏|[转轉]发|返回|[上下]一[页篇頁]|更多|[专專][题題]"
        r"|[频頻]道|[论論][坛壇]|博客|搜索|搜[尋寻]|邮箱|郵箱|[热熱][线線點点]|[Cc](?i:opyright)|推[荐薦]|排行|相[关關]|延伸[阅閱]|[点點][阅閱击擊]"
        r"|[浏瀏][览覽]|下[载載]|回[应應]|网友|網友|手机|手機|客户端|[编編][辑輯]|[责責]任|[来來]源|作者|[记記]者|[发發][布佈表]|加入|跟帖"
        r"|[参參][与與]|[查看]看|[进進]入|[用帐帳][户號号]|密[码碼]|[电電][话話]|传真|[邮郵][编編箱]|[许許]可"
    )
)
_DATE = re.compile(r"\d{2,4}\s?[-/年.]\s?\d{1,2}\s?[-/月.]\s?\d{1,2}|\d{1,2}:\d{2}")
_DATELINE = re.compile(
    r"(?:19|20)\d{2}\s?[-/年.]\s?\d{1,2}\s?[-/月.]\s?\d{1,2}|\d{1,2}:\d{2}|\d{1,2}[-/]\d{1,2}[-/]20\d{2}"
)
_BULLET = re.compile(r"[·・•●■◆▪‧>»*○□▲▼+☆★→]|\[|【|\d{1,2}[.、]\s")
_TAIL = re.compile(
    r"[\[【(（]?\s?(?:[责責]任)?[编編][辑輯]\s?[:：]|分享到|分享[:：]|相[关關](?:新[闻聞]|[阅閱][读讀]|[报報][道導]|[专專][题題]|[链鏈連]接|文章)"
    r"|延伸[阅閱]|推[荐薦]|[查发發]表[评評]|[网網]友[评評]|我要|[打列]印|[关關][闭閉]|[上下]一[页篇頁則则]|更多|版[权權]|免[责責]|[声聲]明|[标標][签籤]|Tags?\b"
    r"|[关關][键鍵]|[热熱][门門点點]|[评評][论論]|[发發]送|收藏|Copyright|©|回[顶頂首]",
    re.IGNORECASE,
)
# What a site says of itself under an article: 免责声明：本文仅代表作者个人观点 / 未經授權，不得轉載
_NOTICE = re.compile(
    by_letter(
        r"免[责責][声聲]明|不代表本|[仅僅]代表作者|不[构構]成投[资資]|不得[转轉]|[转轉][载載]并不|未[经經]授[权權]|[请請]注明|本[网網站]|Facebook|粉[丝絲]|[专專]页|專頁"
        r"|[欢歡]迎|[扫掃]描|二[维維][码碼]|公[众眾][号號]|下[载載]|投[诉訴]|[举舉][报報]|侵[权權]|[删刪]除|[内內]容由|最高[奖獎]|[链鏈連][结接]|登[录陸入]|[免]费"
    )
)
_BARS = re.compile(r"[|┊｜│︱]|・")
_HEAD_DATE = re.compile(r"20\d{2}\s?[-/年.]\s?\d{1,2}\s?[-/月.]\s?\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]20\d{2}")
_CONTENT = re.compile(r"art|content|body|text|main|post|entry|story|detail|para|news|zw|zoom", re.IGNORECASE)
_CHROME = re.compile(
    r"nav|foot|head|comment|relat|side|ad[s_-]|ad$|ad\d|share|hot|list|menu|login|search|copy|link|rank|right|left|tag|tool|recom|bottom|top|tui|crumb|"
    r"banner|promo|photo|pic|video|blog|reply|keyword|tab|title|info|source|date|author|editor",
    re.IGNORECASE,
)


# Text stands in <div>, <td>, <dl> or <center> as it does in <p>, depending on the site only.
_TAGS = (
    {"p": "p", "alt": "alt", "li": "item", "dt": "item", "dd": "item"}
    | {f"h{n}": "h" for n in range(2, 7)}
    | {"h1": "h1"}
)


def _bin(value: float, edges: Sequence[float]) -> int:
    return bisect_right(edges, value)


@lru_cache(maxsize=8192)
def of_form(form: Shape) -> tuple[str, ...]:
    """Features of a line on its own."""
    core, length = form.core, form.length
    ends = "." if form.ends_sentence else ""
    size = _bin(length, _LENGTHS)
    names = [
        f"length={size}{ends}",
        f"commas={_bin(form.commas, (1, 2, 4, 8))} stops={_bin(form.stops, (1, 2, 4))}",
        f"han={_bin(form.han / max(1, length), (0.2, 0.5, 0.7, 0.85))}",
        f"site_words={_bin(site_words(form), (1, 2, 3, 5))} length={_bin(length, (12, 40, 100))}",
    ]
    if _DATE.search(core[:200]):
        names.append(f"date length={_bin(length, (20, 40, 80))}")
    said = notices(form)
    if said:
        names.append(f"notice={min(3, said)}{ends}")
    if _BULLET.match(core):
        names.append("bullet")
    if len(form.pieces) >= 3:
        names.append(f"pieces={_bin(len(form.pieces), (5, 9))}{ends}")
    if bars(form):
        names.append(f"bars={min(3, bars(form))}")
    if is_tail_mark(form):
        names.append(f"tail_mark length={_bin(length, (8, 16, 40))}")
    return tuple(names)


@lru_cache(maxsize=8192)
def _sizes(form: Shape) -> tuple[str, str, str, str]:
    """Names of the line's length: fine and rough with its end, rough, and in three steps."""
    ends = "." if form.ends_sentence else ""
    rough = _bin(form.length, _ROUGH)
    return f"{_bin(form.length, _LENGTHS)}{ends}", f"{rough}{ends}", str(rough), str(_bin(form.length, (12, 40)))


@lru_cache(maxsize=8192)
def bars(form: Shape) -> int:
    """How many bars a line has: 影音│行動│理財."""
    return len(_BARS.findall(form.core[:300]))


@lru_cache(maxsize=8192)
def site_words(form: Shape) -> int:
    """How many words of menus, share bars, comment forms and footers a line has."""
    return len(_SITE_WORDS.findall(form.core[:300]))


@lru_cache(maxsize=8192)
def notices(form: Shape) -> int:
    """How often a line speaks of the site's rights and services: 未經授權，不得轉載."""
    return len(_NOTICE.findall(form.core[:400]))


@lru_cache(maxsize=8192)
def is_dateline(form: Shape) -> bool:
    """A short line with a date or a clock time that is no sentence."""
    return form.length <= 80 and not form.ends_sentence and form.stops == 0 and _DATELINE.search(form.core) is not None


@lru_cache(maxsize=8192)
def is_head_date(form: Shape) -> bool:
    """A dateline that names the year: what stands between a title and its text."""
    return is_dateline(form) and _HEAD_DATE.search(form.core) is not None


@lru_cache(maxsize=8192)
def is_tail_mark(form: Shape) -> bool:
    """A short line of the kinds that follow an article: editor, share bar, related news, comments."""
    return form.length <= 60 and _TAIL.match(form.core) is not None


# Where a line stands, in steps: the name of a group of features and what they are made of. Names are made of keys only
# when a key is first met; what a key is worth is looked up.
Key = tuple[str | int | tuple[str, ...], ...]


def names(key: Key) -> tuple[str, ...]:
    """The features that a key stands for."""
    group, *steps = key
    return tuple(_GROUPS[str(group)](*steps))


def _margins(indent: bool, gap: int, repeated: str) -> Sequence[str]:
    margin = "indent" if indent else "flush", f"gap={gap}"
    return (*margin, f"repeated length={repeated}") if repeated else margin


def _around(one: int, three: int, eight: int, p: str) -> Sequence[str]:
    return f"around1={one}{p}", f"around3={three}{p}", f"around8={eight}{p}"


def _along(before: int, after: int, p: str, away: str, size: str) -> Sequence[str]:
    return f"before={before} after={after}{p}", f"{away} length={size}"


def _beside(date: str, tail: str, p: str) -> Sequence[str]:
    return f"since_date={date}{p}", f"until_tail={tail}{p}"


def _ordered(order: str, title: str, p: str) -> Sequence[str]:
    return (f"order={order}", f"since_title={title}{p}") if title else (f"order={order}",)


def _above(second: str, first: str) -> Sequence[str]:
    return f"line-2={second}", f"line-1={first}"


def _below(first: str, second: str) -> Sequence[str]:
    return f"line+1={first}", f"line+2={second}"


def _linked(linked: int, rough: int, share: int, steps: int, dense: bool) -> Sequence[str]:
    return f"linked={linked} length={rough}", f"block={share} length={steps} linked={dense:d}"


def _boxed(tag: str, p: str, share: int, indent: bool) -> Sequence[str]:
    return f"tag={tag}{p}", f"block={share}{p}", f"indent={indent:d} block={share}"


def _of_path(path: tuple[str, ...], p: str) -> Sequence[str]:
    whole, last = " ".join(path), " ".join(path[-3:])
    return (
        f"path+{bool(_CONTENT.search(whole)):d} path-{_bin(len(_CHROME.findall(whole)), (1, 2, 4))}{p}",
        f"last+{bool(_CONTENT.search(last)):d} last-{_bin(len(_CHROME.findall(last)), (1, 2))}{p}",
    )


_GROUPS: dict[str, Callable[..., Sequence[str]]] = {
    "margins": _margins,
    "around": _around,
    "along": _along,
    "beside": _beside,
    "order": _ordered,
    "above": _above,
    "below": _below,
    "linked": _linked,
    "box": _boxed,
    "path": _of_path,
    "no_hints": lambda: ("no_hints",),
}


def prose(forms: Sequence[Shape], hints: Sequence[RenderedLine]) -> list[int]:
    """Characters of running text of each line: 0 for menus, titles and rows of links."""
    return [
        form.length
        if ((form.ends_sentence and form.length >= 15) or form.length >= 50)
        and hint.link_density <= 0.5
        and bars(form) < 4
        else 0
        for form, hint in zip(forms, hints, strict=True)
    ]


def gather(
    forms: Sequence[Shape], hints: Sequence[RenderedLine], gaps: Sequence[int], title: int | None
) -> list[list[str]]:
    """All features of every line: of its form and of where it stands."""
    keys = standing(forms, hints, gaps, title)
    return [
        [*of_form(form), *(name for key in some for name in names(key))] for form, some in zip(forms, keys, strict=True)
    ]


def standing(
    forms: Sequence[Shape], hints: Sequence[RenderedLine], gaps: Sequence[int], title: int | None
) -> list[list[Key]]:
    """Where every line stands among the others.

    `gaps` counts the empty lines before each; `title` is the title's index if known.
    """
    n = len(forms)
    text = prose(forms, hints)
    total = sum(text) or 1
    sums = list(itertools.accumulate(text, initial=0))
    has_hints = any(hint.tag for hint in hints)
    prints = Counter(form.core for form in forms)
    lengths = [_sizes(form) for form in forms]
    rough = ["edge", "edge", *(length[1] for length in lengths), "edge", "edge"]
    first, last = _segment(text, forms)
    dates = _since(forms, is_dateline)
    tails = _until(forms, is_tail_mark)
    orders = _order(forms, text)
    masses: Counter[int] = Counter()
    if has_hints:
        for hint, size in zip(hints, text, strict=True):
            masses[hint.block] += size
    found: list[list[Key]] = []
    for k, form in enumerate(forms):
        own = text[k]
        p = "p" if own else ""
        raw = hints[k].text
        indent = raw.startswith(("\u3000", "\xa0\xa0"))
        one, three, eight = [
            bisect_right(_MASS, sums[min(n, k + 1 + width)] - sums[max(0, k - width)] - own) for width in (1, 3, 8)
        ]
        if first <= k <= last:
            away, length = "inside", lengths[k][0]
        elif k < first:
            away, length = f"outside-{bisect_right(_AWAY, first - k)}", lengths[k][2]
        else:
            away, length = f"outside+{bisect_right(_AWAY, k - last)}", lengths[k][2]
        since = "" if title is None else str(bisect_right(_STEPS, k - title)) if k >= title else "-"
        before, after = bisect_right(_SHARE, sums[k] / total), bisect_right(_SHARE, 1 - sums[k + 1] / total)
        keys: list[Key] = [
            ("margins", indent, min(2, gaps[k]), lengths[k][3] if prints[form.core] > 1 else ""),
            ("around", one, three, eight, p),
            ("along", before, after, p, away, length),
            ("beside", dates[k], tails[k], p),
            ("order", orders[k], since, p),
            ("above", rough[k], rough[k + 1]),
            ("below", rough[k + 3], rough[k + 4]),
        ]
        keys += _of_markup(hints[k], form, masses[hints[k].block] / total, p) if has_hints else (("no_hints",),)
        found.append(keys)
    return found


def _of_markup(hint: RenderedLine, form: Shape, mass: float, p: str) -> tuple[Key, Key, Key]:
    linked = bisect_right((0.01, 0.1, 0.3, 0.6, 0.9), hint.link_density)
    share = bisect_right((0.001, 0.05, 0.2, 0.5, 0.8), mass)
    steps = bisect_right((8, 16, 36), form.length)
    return (
        ("linked", linked, bisect_right(_ROUGH, form.length), share, steps, hint.link_density > 0.3),
        ("box", _TAGS.get(hint.tag, "box"), p, share, hint.text[:1] == "\u3000"),
        ("path", hint.path, p),
    )


def _segment(text: Sequence[int], forms: Sequence[Shape]) -> tuple[int, int]:
    """First and last line of the stretch with the most running text, menus counting against it."""
    best = (0, 0, -1)
    score, start = 0, 0
    for k, size in enumerate(text):
        if score <= 0:
            score, start = 0, k
        score += min(forms[k].length, 150) if size else -18
        if score > best[0]:
            best = (score, start, k)
    return best[1], best[2]


def _order(forms: Sequence[Shape], text: Sequence[int]) -> list[str]:
    """Whether a line is the first, second ... running text under a dateline, and how near: `1:2`, `-` elsewhere."""
    orders = []
    head, count = -99, 0
    for k, form in enumerate(forms):
        if is_head_date(form):
            head, count = k, 0
        count += text[k] > 0
        near = k - head <= 12 + 2 * count
        orders.append(f"{min(count, 4)}:{_bin(k - head, (2, 3, 5, 9))}" if text[k] and near else "-")
    return orders


def _since(forms: Sequence[Shape], test: Callable[[Shape], bool]) -> list[str]:
    steps: list[str] = []
    count: int | None = None
    for form in forms:
        if test(form):
            count = 0
        steps.append("-" if count is None else str(_bin(count, _STEPS)))
        count = None if count is None else count + 1
    return steps


def _until(forms: Sequence[Shape], test: Callable[[Shape], bool]) -> list[str]:
    return _since(forms[::-1], test)[::-1]
