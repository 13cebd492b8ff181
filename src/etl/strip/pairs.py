"""Blocks of other articles: runs of a title and its teaser, with or without a marker, anywhere on the page.

A title and the paragraph under it are of another article when the paragraph repeats the title's words and the
rest of the page does not; a heading of the article is the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.pages import Role
from etl.strip import captions, list_heads
from etl.strip.draft import Draft

_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、.)）是\s]|\d{1,2}\s?[、.)）/／|｜丨]|(?:PART|Part)[\s.]{0,2}\d|[①-⑳]|第[一二三四五六七八九十]{1,3}|[●■◆►▶➤→•※*·-]"
)
_PICTURE = re.compile(r"[(（\[【][图圖照](?:片|为|為)?[:：\s]?")
_QUESTION = re.compile(r"^(?:问|答|問|记者|記者)[:：]")
# 钱不隔夜 over 会里有句老话,叫“钱不隔夜”…: a paragraph that quotes its heading explains it
_QUOTED = re.compile(r"[“「『《‘]")
# 何秋兰说… where 秘书长何秋兰 stands above: a paragraph that lets somebody known speak on is the article's
_SPEAKS_ON = re.compile(
    r"\W{0,4}(?P<who>[\u4e00-\u9fff]{2,4}?)(?:[女先][士生])?(?:介绍|介紹|说|說|表示|称|稱|透露|指出|坦言|补充|補充|告诉|告訴|回忆|回憶"
    r"|解释|解釋|强调|強調|感慨|笑言|谈到|談到|直言)"
)
# 这笔善款… , 此外… , 席间…: what looks back to the text above
_LOOKS_BACK = re.compile(
    r"\W{0,4}(?:[该該][会會校院社团團项項县縣市省村基中批]|[这這](?:[些笔筆批项項个個]|并非|並非)|此[外前后後举舉行]|上述|另外|其中|[会會]上|席[间間]"
    r"|[随隨][后後]|至[于於]|尚[余餘]|[余餘]下|[他她](?![乡鄉国國山])|[双雙]方)"
)
# 本报讯 4月2日… over an ending ……: another report, cut off
_CUT_REPORT = re.compile(r"(?:[（(【]?本(?:报|報|刊|网|網|台|社)(?:专)?[讯訊]).{10,}(?:…|\.{3})$", re.DOTALL)
_CUT = 1.0
_OWN = 0.5
ENOUGH = 0.5
_MANY = 4
_TAKES_UP = 0.2
_DOUBTFUL = -0.4
_KNOWN_SHARE = 0.1
_LABEL = 9  # characters: 墙上的水位线, 日本北海道 head a part of the article
_SHORT = 0.4
_SENTENCE = 0.2
_TEASER = 100
_TELLING = 0.1  # of the pairs alone: a marker above does not make a paragraph of the article foreign
_PAIR = 0.12  # what every further pair of a run speaks for it


@dataclass(slots=True)
class Pair:
    """Title and teaser at `first` to `last` (indexes of lines), and what speaks for their being foreign."""

    first: int
    last: int
    evidence: float
    is_known: bool = False  # the paragraph shares long strings with the article


def mark(lines: Sequence[Draft]) -> None:
    """Give the lines of foreign pairs their role."""
    for run in _runs(lines):
        chosen = _strongest(run, lines)
        for pair in chosen:
            for line in lines[pair.first : pair.last + 1]:
                line.decide(Role.RELATED, "pairs.title_and_teaser")


def _runs(lines: Sequence[Draft]) -> list[list[Pair]]:
    """Unbroken runs of pairs. Markers between pairs do not break a run, other decided lines do."""
    spans = _spans(lines)
    if not spans:
        return []
    inside = {k for first, last in spans for k in range(first, last + 1)}
    outside = "\n".join(
        line.shape.core for k, line in enumerate(lines) if k not in inside and line.role in (None, Role.TITLE)
    )
    known = _grams(outside, 2)
    known_long = _grams(outside, 4)
    runs: list[list[Pair]] = []
    before = -2
    for first, last in spans:
        long = _grams(lines[last].shape.core, 4)
        shared = len(long & known_long) / max(1, len(long))
        pair = Pair(first, last, _evidence(lines, first, last, known, shared), shared > _KNOWN_SHARE)
        if runs and all(line.rule in list_heads.RULES for line in lines[before + 1 : first]):
            runs[-1].append(pair)
        else:
            runs.append([pair])
        before = last
    return runs


def _spans(lines: Sequence[Draft]) -> list[tuple[int, int]]:
    spans = []
    k, n = 0, len(lines)
    while k < n - 1:
        title = lines[k]
        twice = lines[k + 1].shape is title.shape
        if title.role is not None or not _may_be_title(title, twice=twice):
            k += 1
            continue
        at = k + 1
        while at < n and lines[at].role is None and lines[at].shape.core == title.shape.core:
            at += 1
        if at < n and lines[at].role is None and _may_be_teaser(lines[at], title):
            spans.append((k, at))
            k = at + 1
        else:
            k += 1
    return spans


def _may_be_title(line: Draft, *, twice: bool) -> bool:
    form = line.shape
    if form.doubled is not None:
        return True
    if _PICTURE.match(form.core) or (twice and captions.is_credited(form)):
        return False
    asks = form.core.endswith(("？", "?", "！", "!", "”")) and form.length <= 40 and form.stops == 0
    is_short = form.is_title_like or (form.length <= 60 and asks)
    return (
        is_short
        and not _NUMBERED.match(form.core)
        and not _QUESTION.match(form.core)
        and not form.core.endswith((":", "："))
    )


def _may_be_teaser(line: Draft, title: Draft) -> bool:
    form = line.shape
    # 学生在新图书室读书 over 学生在新图书室读书。（摄影／何兰）: a picture's words printed twice
    if form.core.startswith(title.shape.core) and captions.is_credited(form):
        return False
    return form.length >= 14 and (form.is_paragraph_like or form.length > title.shape.length or form.commas > 0)


def _evidence(lines: Sequence[Draft], first: int, last: int, known: set[str], shared: float) -> float:
    title = lines[first].shape.doubled or lines[first].shape.core
    teaser = lines[last].shape.core
    words = _grams(title, 2)
    own = _grams(teaser, 2)
    if not words or not own or _QUOTED.search(teaser.partition(title)[0][-1:]):
        return -1.0
    cohesion = (len(words & own) - len(words & known)) / len(words)
    # A caption printed twice over a paragraph is no title: the paragraph does not take up its words.
    twice = 0.4 if last - first > 1 and cohesion > _TAKES_UP and not captions.is_credited(lines[first].shape) else 0.0
    label = _SHORT if not twice and lines[first].shape.length <= _LABEL else 0.0
    speaks = _SPEAKS_ON.match(teaser)
    if speaks is not None and _grams(speaks["who"], 2) <= known:
        return -1.0
    own_word = _OWN if _LOOKS_BACK.match(teaser) is not None else 0.0
    cut = _CUT if first > _MANY and _CUT_REPORT.match(teaser) is not None else 0.0
    return cohesion + twice + cut - own_word - _told(lines[last]) - label - 2 * max(0.0, shared - _KNOWN_SHARE)


def _told(line: Draft) -> float:
    """What speaks against a paragraph being a teaser: three sentences and more tell a story."""
    return _SENTENCE * max(0, line.shape.stops - 1) if line.shape.length > _TEASER else 0.0


def _grams(text: str, size: int) -> set[str]:
    bare = "".join(_WORD.findall(text[:20000]))
    return {bare[k : k + size] for k in range(len(bare) - size + 1)}


def _strongest(run: list[Pair], lines: Sequence[Draft]) -> list[Pair]:
    """The stretch of a run with the most evidence, when that is enough."""
    best, begin, end = 0.0, 0, 0
    total, start = -1.0, 0
    for stop, pair in enumerate(run):
        alone = _beside(lines, pair.first - 1, -1)
        if total <= alone:
            total, start = alone, stop
        total += pair.evidence + _PAIR
        whole = total + _beside(lines, pair.last + 1, 1)
        if whole > best:
            best, begin, end = whole, start, stop + 1
    if best < ENOUGH or sum(pair.evidence for pair in run[begin:end]) < _TELLING:
        return []
    return run[_widened(run, begin, -1) : _widened(run, end - 1, 1) + 1] if end - begin >= _MANY else run[begin:end]


def _widened(run: list[Pair], at: int, step: int) -> int:
    """Beside many foreign pairs a doubtful one is foreign too, unless its paragraph speaks the article's words."""
    while 0 <= at + step < len(run) and run[at + step].evidence > _DOUBTFUL and not run[at + step].is_known:
        at += step
    return at


def _beside(lines: Sequence[Draft], at: int, step: int) -> float:
    """What stands before or after a stretch: a tail marker, the author's name or the page's end speak for it."""
    while 0 <= at < len(lines) and lines[at].role is Role.NAV and lines[at].rule != "mark.image":
        at += step
    if at >= len(lines):
        return 0.3
    if at < 0:
        return 0.0
    if lines[at].rule in (*list_heads.RULES, "promo.doubled_title", "promo.teaser"):
        return 0.5
    return 0.8 if step < 0 and lines[at].role is Role.BYLINE else 0.0
