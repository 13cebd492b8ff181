"""Persons in a line: Vietnamese, Chinese and Japanese names beside a title, transliterated foreign names."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from etl import lookups
from etl.mentions import ActorMention
from etl.normalize.names import Cover, scan
from etl.normalize.phrases import LineWords
from etl.normalize.tokens import cut_run, is_word, word_tag

_DOT = re.compile(r"[·•・‧]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"\s?[(（][A-ZĐÀ-Ỹ][A-Za-zÀ-ỹĐđ .\-’']{2,48}[)）]")
_LONGEST_PART = 8
# An honour is a person's or a body's; a surname at the clause's head says which: 李氏兰获授三等劳动勋章.
_HONOURED = re.compile(r"(?:荣获|获授|荣膺|获颁|喜获|被授予|被追授|连任|当选|蝉联|获选|就任|接任|出任)")
_HEAD = frozenset("，,。；;、：:！!？?和与及")
_LONGEST_TITLES = 40
_AFTER_AT = frozenset("近今昨本当同此上下去每这其年月日前后该会")
_NOT_AFTER_TITLES = frozenset("团队处性权作会")
_FOLLOWING_TAGS = frozenset(("v", "vd", "m", "vn", "p", "c", "d", "ud", "ug", "uj", "ul", "uz", "f", "t", "ad", "r"))


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["title"] for row in lookups.rows("person_titles"))


@lru_cache(maxsize=4096)
def title_in(text: str) -> tuple[int, int] | None:
    """The first title in a short text, the longest that begins there: (start, end)."""
    for start in range(len(text) - 1):
        for end in range(min(len(text), start + 6), start + 1, -1):
            if text[start:end] in _titles():
                return start, end
    return None


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    names = [row["surname"] for row in lookups.rows("surnames")]
    return frozenset(n for n in names if len(n) == 1), frozenset(n for n in names if len(n) > 1)


@cache
def _followers() -> tuple[str, ...]:
    return tuple(sorted((row["text"] for row in lookups.rows("name_followers")), key=lambda word: (-len(word), word)))


@cache
def _transliteration() -> frozenset[str]:
    """The characters that foreign names are written with."""
    return frozenset("".join(row["characters"] for row in lookups.rows("transliteration_characters")))


def _is_han(text: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in text)


def _may_end(text: str, at: int) -> bool:
    """Whether a name may end here: before punctuation, the line's end or a word that goes on about the person."""
    if at >= len(text) or not "\u4e00" <= text[at] <= "\u9fff" or text.startswith(_followers(), at):
        return True
    title = title_in(text[at : at + 5])
    if title is not None and title[0] == 0:
        return True
    run = _HAN.match(text, at, at + 4)
    return run is not None and word_tag(cut_run(run[0])[0]) in _FOLLOWING_TAGS


def _cuts_a_word(text: str, at: int) -> bool:
    """Whether a name ending here would tear a verb apart: 阮庭授|予."""
    pair = text[at - 1 : at + 1]
    if pair in _followers():
        return True  # 苏林会|见, though jieba takes 会见 for a noun
    return len(pair) == 2 and is_word(pair) and word_tag(pair)[0] in "vp"


def _tears_verb(text: str, at: int) -> bool:
    """Whether the last sign of a foreign name begins the verb after it: 埃尔南德斯|通电话."""
    if text.startswith(("通话", "通电"), at - 1):
        return True
    if is_word(text[at : at + 2]) and word_tag(text[at : at + 2]).startswith("v"):
        return False  # 索·达拉|走访
    return any(is_word(text[at - 1 : at + n]) and word_tag(text[at - 1 : at + n])[0] in "vl" for n in (1, 2))


def _cuts_a_title(text: str, start: int, end: int) -> bool:
    """Whether a title begins within the name and goes on after it: 何氏梅女|士."""
    title = title_in(text[start + 1 : end + 3])
    return title is not None and start + 1 + title[0] < end < start + 1 + title[1]


def _is_name(text: str, start: int, end: int) -> bool:
    piece = text[start:end]
    if end > len(text) or not _is_han(piece) or not _may_end(text, end) or _cuts_a_word(text, end):
        return False
    if piece[-1] == "族":
        return False
    if len(piece) == 2 and (piece[1] in "氏文" or (is_word(piece) and word_tag(piece)[:2] not in ("nr", "ns", "nz"))):
        return False
    return not _cuts_a_title(text, start, end)


def name_end(text: str, start: int) -> int:
    """The end of a name of East Asian form that begins here, or 0."""
    one, two = _surnames()
    if text.startswith("纪念", start):
        return 0  # 胡志明主席|纪念馆
    if text[start : start + 3] in two:
        sizes: tuple[int, ...] = (5, 4)
    elif text[start : start + 2] in two:
        sizes = (4, 3, 5)
    elif text[start : start + 1] in one:
        sizes = (4, 3) if text[start + 1 : start + 2] == "氏" else (3, 2, 4)
    else:
        return 0
    if text[start] == "于" and (text[start + 1 : start + 2] in _AFTER_AT or is_word(text[start + 1 : start + 3])):
        return 0  # 副主席于近日会见, 主席于河内: the preposition
    ends = [start + size for size in sizes if _is_name(text, start, start + size)]
    # 农氏霞|说: a last character that also goes on about the person (说, 对) is taken last; 阮文都 has no other end.
    for end in ends:
        if text[end - 1] not in _followers() or _own_title(text, end):
            return end
    if len(ends) > 1 and text[ends[0] - 1] in "将把":
        return ends[-1]  # 主席裴氏和|将善款交给
    return ends[0] if ends else 0


def _own_title(text: str, at: int) -> bool:
    """Whether a title follows that is not the next person's: 阮士和|上校。, but 陈明|和主席李强."""
    title = title_in(text[at : at + 5])
    return title is not None and title[0] == 0 and not "\u4e00" <= text[at + title[1] : at + title[1] + 1] <= "\u9fff"


def _dotted(text: str, title_ends: Container[int]) -> list[tuple[int, int]]:
    """安娜·林德, 维克托·阿列克谢耶维奇·彼得罗夫: the run of transliterating characters around the dots."""
    found: list[tuple[int, int]] = []
    letters = _transliteration()
    for dot in _DOT.finditer(text):
        if found and dot.start() < found[-1][1]:
            continue
        start = dot.start()
        while start > 0 and dot.start() - start < _LONGEST_PART and text[start - 1] in letters:
            start -= 1
        title = title_in(text[start : dot.start()])
        start += title[1] if title else 0
        start += next((step for step in (2, 1) if start + step < dot.start() and start + step in title_ends), 0)
        end = dot.end()
        part = end
        while end < len(text) and end - part < _LONGEST_PART:
            if text[end] in letters or text[end - 1 : end + 1] == "彼得":
                end += 1
            elif _DOT.match(text[end]) and end > part:
                end += 1
                part = end
            else:
                break
        if end > part + 1 and _tears_verb(text, end):
            end -= 1
        if start == dot.start() and start - 1 in title_ends and "\u4e00" <= text[start - 1] <= "\u9fff":
            start -= 1  # 国务秘书尹·达拉: a first part that no foreign name else is written with
        if start < dot.start() and end > dot.end() and not _DOT.match(text[end - 1]):
            found.append((start, end))
    return found


_BEFORE_SINGLE = re.compile(r"(?P<honour>授予|颁授|颁给|授给)|\d{1,2}岁的")
_HONOUR = re.compile(r"[“\"]|[\u4e00-\u9fff]{0,10}(?:章|称号)")


def _common(piece: str) -> bool:
    """Whether the dictionary has the two signs as something other than a person's name."""
    return len(piece) == 2 and is_word(piece) and not word_tag(piece).startswith("nr")


def _single_names(text: str) -> list[tuple[int, int]]:
    """Foreign names without a dot where only a name can stand: 授予路易丝纪念章, 23岁的路易丝领着志愿者."""
    found: list[tuple[int, int]] = []
    letters = _transliteration()
    for before in _BEFORE_SINGLE.finditer(text) if "授" in text or "岁的" in text or "颁" in text else ():
        start = end = before.end()
        while end < len(text) and end - start < _LONGEST_PART and text[end] in letters:
            end += 1
        if end - start < 2 or _common(text[start:end]) or (before["honour"] and not _HONOUR.match(text, end)):
            continue
        if _may_end(text, end):
            found.append((start, end))
    return found


def _foreign_end(text: str, start: int) -> int:
    """The end of a foreign name without a dot after a title, or 0: 捷克大使希奈克与…, 志愿者玛丽亚在…"""
    letters = _transliteration()
    end = start
    while end < len(text) and end - start < _LONGEST_PART and text[end] in letters:
        end += 1
    if end - start < 3 or _common(text[start : start + 2]) or is_word(text[start : start + 3]):
        return 0
    return end if _may_end(text, end) and not _cuts_a_word(text, end) else 0


def _titles_before(text: str, start: int, title_starts: dict[int, int], words: LineWords) -> int:
    """Where the titles before a name begin: 芒街市市委常务副书记、人民议会主席|阮文都."""
    begin = start
    while start - begin < _LONGEST_TITLES:
        if begin in title_starts:
            begin = title_starts[begin]
        elif begin > 1 and text[begin - 1] in "、兼" and begin - 1 in title_starts:
            begin -= 1
        else:
            further = words.name_start(begin)
            if further >= begin:
                break
            begin = further
    return begin


def _title_spans(text: str) -> list[tuple[int, int]]:
    """Titles in the line; 代表 is none in 代表团."""
    return [(s, e) for s, e, _ in scan(text)["title"] if text[e : e + 1] not in _NOT_AFTER_TITLES]


def persons(
    raw: str, text: str, words: LineWords, places: Sequence[tuple[int, int]], line_no: int
) -> list[ActorMention]:
    """Names with a title before or after them; the quote holds titles and a Latin name in brackets, `name` neither."""
    found: dict[int, ActorMention] = {}
    title_spans = _title_spans(text)
    honoured = [match.start() for match in _HONOURED.finditer(text)]
    dotted = any(dot in text for dot in "·•・‧")
    latin_names = list(_LATIN.finditer(raw)) if "(" in raw or "（" in raw else []
    single = list(_single_names(text))
    if not (title_spans or dotted or latin_names or honoured or single):
        return []
    title_starts = {end: start for start, end in title_spans}
    taken = Cover(len(text), places)

    def add(start: int, end: int) -> None:
        if taken.touches(start, end):
            return
        taken.add(start, end)
        quote_start = start
        if start in title_starts:
            quote_start = _titles_before(text, start, title_starts, words)
        latin = _LATIN.match(raw, end)
        quote_end = latin.end() if latin else end
        found[start] = ActorMention(
            quote_start, quote_end, raw[quote_start:quote_end], raw[start:end], "person", None, None, (), line_no
        )

    if dotted:
        for start, end in _dotted(text, title_starts):
            add(start, end)
    for _, end in title_spans:
        stop = name_end(text, end)
        if stop:
            add(end, stop)
    for start, _ in title_spans:
        for size in (3, 2, 4):
            at = start - size
            if at >= 0 and name_end(text, at) == start and (at == 0 or words.is_edge(at)):
                add(at, start)
                break
    for start, end in single:
        add(start, end)
    for _, end in title_spans:
        stop = _foreign_end(text, end)
        if stop:
            add(end, stop)
    for verb in honoured:
        for size in (4, 3):
            at = verb - size
            if at >= 0 and (at == 0 or text[at - 1] in _HEAD) and name_end(text, at) == verb:
                add(at, verb)
                break
    for match in latin_names:
        for size in (3, 2, 4):
            at = match.start() - size
            if at >= 0 and name_end(text, at) == match.start() and (at == 0 or words.is_edge(at)):
                add(at, match.start())
                break
    return _apart(raw, found)


def _apart(raw: str, found: dict[int, ActorMention]) -> list[ActorMention]:
    """Titles reach back no further than the person before: 会长张氏梅|同|古巴驻越大使奥兰多·埃尔南德斯."""
    made = dict(found)
    done = 0
    for start in sorted(found):
        actor = found[start]
        if actor.char_start < done <= start:
            begin = done + (done < start and raw[done] in "同与和跟及、，,與")
            actor = made[start] = replace(actor, char_start=begin, quote=raw[begin : actor.char_end])
        done = actor.char_end
    return list(made.values())
