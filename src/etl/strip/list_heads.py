"""The line over a list of other articles, whatever its wording: 更多侨社消息, 对外关系新闻, 大家还看了.

Such a line is put together from few words: how the listed articles stand to this one (更多, 同栏目, 往期), what is
listed (新闻, 动态), what the reader is to do (查看, 继续阅读). A line of nothing but these is a head anywhere; one with
a topic of its own (华人新闻精选) is a head only where a list follows and the article's text is over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from etl import lookups
from etl.pages import Role
from etl.strip import agreement
from etl.strip.draft import Draft
from etl.strip.shape import Shape

COMPOSED = "mark.list_head"
RULES = ("mark.related", COMPOSED)
_LONGEST = 22
# 链接, 新闻延伸: over paragraphs a box of the article, over titles a list
_BOX = re.compile(r"(?:延伸|链接|鏈接|連結|链結)$")
_ITEM = re.compile(r"[-•·*◆●■○▪※+＋–—>]|\d{1,2}[.、．)）]\s?|[①-⑳]|[（(][\d一二三四五六七八九十]{1,2}[)）]")
_ENOUGH_ABOVE = 60
_SMALL_PART = 0.4  # of the text above: more text below is the article going on
_FOREIGN = 0.5  # share of a title's and its teaser's words in the article above
_SIGNS = "=※◎●○■□▲△▼▽↓◆◇★☆►▶➤▸▪•·▍▎┃\U0001f300-\U0001faff⭐\ufe0f|｜#*＊＞>»›〉》<《〈【〖［\\[「『(（+＋\\-–—\\s"
_AFTER = "=】〗］\\]」』)）》〉>»›＞→↓▼▾+＋*＊…:：.\\s|｜◆◇★☆●■▲\U0001f300-\U0001faff\ufe0f"
_BARE = re.compile(rf"^[{_SIGNS}]*(.*?)[{_AFTER}]*(?:[(（]\s?\d{{1,4}}\s?[)）][{_AFTER}]*)?$")
# These say as much of a part of the article as of a list: 近期活动, 新闻链接
_AMBIGUOUS = re.compile(
    r"(?:活动|活動|花絮|故事|回顾|回顧|内容|內容|主题|主題|专题|專題|信息|公告|关注|關注|支持|延伸|链接|鏈接|連結|链結)$"
)
_TOPIC = "[\u4e00-\u9fff]{1,8}"


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A line of known words alone; a topic with what is listed; a word of relation before a topic."""
    by_kind: dict[str, list[str]] = {}
    for row in lookups.rows("frame_words"):
        by_kind.setdefault(row["kind"], []).append(row["text"])

    def one_of(*kinds: str) -> str:
        words = sorted({word for kind in kinds for word in by_kind[kind]}, key=len, reverse=True)
        return f"(?:{'|'.join(map(re.escape, words))})"

    relation, listed = one_of("relation"), one_of("listed")
    return (
        re.compile(rf"(?:{one_of('relation', 'listed', 'read', 'joint')}\s?){{1,8}}"),
        re.compile(rf"(?:{relation}\s?)?{_TOPIC}\s?(?:的\s?)?{listed}(?:\s?{listed})?"),
        re.compile(rf"(?:更多|其他|其它|相关|相關|最新|近期|往期|热门|熱門|推荐|推薦)\s?{_TOPIC}"),
    )


@lru_cache(maxsize=16384)
def is_sure(core: str) -> bool:
    """更多最新消息, 同一作者的文章, 也许你还想看: nothing but the words of such heads, two of them at least."""
    if len(core) > _LONGEST:
        return False
    words = bare(core)
    return len(words) >= 4 and _forms()[0].fullmatch(words) is not None and _AMBIGUOUS.search(words) is None


@lru_cache(maxsize=16384)
def may_be(form: Shape) -> bool:
    """A short line that may head a list where one follows: 侨社动态, 对外关系新闻, 更多 友好交流, 焦点."""
    if form.length > _LONGEST or (form.ends_sentence and not form.core.endswith("…")) or form.commas:
        return False
    words = bare(form.core)
    return len(words) >= 2 and any(known.fullmatch(words) is not None for known in _forms())


def bare(core: str) -> str:
    """A line without the signs around it: 往期回顾 of 👉 往期回顾 >>."""
    match = _BARE.match(core)
    return match[1] if match is not None else core


def mark(lines: Sequence[Draft]) -> None:
    """Mark lines that may head a list, where the article's text is over and titles of others follow."""
    candidates = [at for at, line in enumerate(lines) if line.role is None and may_be(line.shape)]
    if not candidates:
        return
    sizes = [line.shape.length if line.role is None and _is_text(line.shape) else 0 for line in lines]
    for at in candidates:
        above, below = sum(sizes[:at]), sum(sizes[at + 1 :])
        if above < _ENOUGH_ABOVE or below > (0 if _BOX.search(bare(lines[at].shape.core)) else _SMALL_PART * above):
            continue
        rest = [line for line in lines[at + 1 :] if line.role in (None, Role.DATELINE, Role.RELATED)]
        if rest and _is_entry(rest[0]) and (not below or _is_foreign(lines, at)):
            lines[at].decide(Role.RELATED, COMPOSED)


def mark_own(lines: Sequence[Draft]) -> None:
    """Items under a line of the article that ends with a colon: 捐赠名单如下：, then names and sums."""
    for at, line in enumerate(lines):
        form = line.shape
        if line.role is not None or not form.core.endswith(("：", ":")) or form.length < 4 or may_be(form):
            continue
        kinds: set[str] = set()
        end = at + 1
        while end < len(lines) and (lines[end].role is None or lines[end].role is Role.DATELINE):
            kind = _item(lines[end].shape)
            if not kind or (kinds and kind not in kinds):
                break
            kinds.add(kind)
            end += 1
        if end - at > 2 and sum(above.shape.ends_sentence for above in lines[:at] if above.role is None):
            for item in lines[at:end]:
                item.role, item.rule = Role.BODY, "body.listed"


def _item(form: Shape) -> str:
    """What makes a short line an item like its neighbours: its bullet, its number, or a figure in it."""
    if form.length > 80:
        return ""
    bullet = _ITEM.match(form.core)
    if bullet is not None:
        return "number" if bullet[0][0].isdigit() else bullet[0][0]
    return "figure" if any(sign.isdigit() for sign in form.core) else ""


def _is_text(form: Shape) -> bool:
    return form.ends_sentence and form.length >= 20


def _is_entry(line: Draft) -> bool:
    form = line.shape
    asks = form.core.endswith(("？", "?", "！", "!", "」", "”")) and form.length <= 50
    return line.role is not None or ((form.is_title_like or asks) and form.length >= 6)


def _is_foreign(lines: Sequence[Draft], at: int) -> bool:
    """The title and the text below it speak in other words than the article."""
    known = agreement.pairs("".join(line.shape.core for line in lines[:at] if line.role in (None, Role.TITLE)))
    rest = [line.shape for line in lines[at + 1 :] if line.role is None]
    text = next((form for form in rest if _is_text(form)), None)
    return text is not None and max(agreement.share(form.core, known) for form in (rest[0], text)) < _FOREIGN
