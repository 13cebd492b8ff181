"""Who heads a clause by a plain noun: 400多名壮乡歌手与…, 安江省武术队参加…, 爱店镇给…送去…"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.build.events.candidates import Candidate
from etl.build.events.clauses import Telling, within
from etl.normalize.actors.persons import title_in
from etl.normalize.tokens import cut_run, is_word, word_tag
from etl.patterns import on_use

_WORD = on_use(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]")
# The last signs of the words for people, teams and bodies that no list can hold all of.
_PEOPLE = on_use(
    r"(?:[手师员人兵民生者长亲友官组队团们夫娘]|[省市县区郡州团党]委|大使|公使|参赞|武官|边防[站屯连]|(?<!国)(?<!大)家|(?:理|监|董|领|干|同|知)事|[志义员职技民矿]工|[青少中]年|领袖|元首|首脑|领导|儿童|孩童|学童|姑娘|小伙|"
    r"[夫]妇|夫妻|[兄姐]弟|[姐]妹|[学校院馆台社会站办]方|(?:[公该本]司|医疗队|集团)|方面|学校|我校|本校|报社|部门|使馆|领馆|一行(?:人)?)$"
)
_NOT_PEOPLE = on_use(
    r"(?:个人|双方|机器人|卫生|民生|先生|花生|新生代|成长|专长|特长|军团|全长|之长|部队|动员|工夫|功夫)$"
)
_UNIT = on_use(r"[\u4e00-\u9fff]{2,12}[镇乡社坊村县市州郡]$")
_UNIT_ACTS = on_use(r"给|向|与|同|和|把|将|派|接待|承办|举办|主办|捐|送|赠|组织|结|迎来")
_NOMINAL = ("n", "m", "q", "a", "b", "j", "z", "x", "t", "l", "s", "vn", "uj", "ud", "eng", "f", "k", "g")
_THEN = on_use(
    r"[\s*]*(?:(?:随后|此后|接着|其间|期间|同时|同日|同一天|当日|当天|当晚|次日|翌日|昨日|昨天|今天|近日|日前|此前|另外|此外|"
    r"赛后|会后|现场|目前|其中|如今)[,]?)?"
)
_DATE_TAIL = on_use(r"(?:上午|下午|晚上?|清晨|凌晨|中午|傍晚|早上|夜里|起|前后|许|左右|[上中下]旬|期间|[\d:时分点])*")
_COUNT_ALONE = on_use(r"[一二两三四五六七八九十几数多\d]+[队团组名位支个批]")
_LONGEST = 26
_WORDS_OF_MANY = frozenset(
    (
        "我校",
        "本校",
        "该会",
        "本会",
        "两",
        "各国",
        "各界",
        "各地",
        "各省",
        "当地",
        "全省",
        "全市",
        "全体",
        "我",
        "本",
        "该",
    )
)
_BRANCH = tuple("队会社部校行局站院店")  # 军医分队: no verb 分
_PREPOSITIONS = "在从与和向同对为赴到把将被给于以"


def subject_of(candidate: Candidate) -> tuple[int, int] | None:
    """The span of the people or the body that the candidate's clause begins with, else an earlier one of its item."""
    telling = candidate.telling
    clauses = [c for c in telling.clauses if c.item == candidate.clause.item and c.order <= candidate.clause.order]
    for clause in reversed(clauses[-4:]):
        end = min(clause.end, candidate.trigger.start if clause is candidate.clause else clause.end)
        found = _heading(telling, clause.start, end, clause.end)
        if found is not None:
            return found
    return None


def _heading(telling: Telling, start: int, end: int, stop: int) -> tuple[int, int] | None:
    at = _past_time(telling, start, end)
    begin, last = at, ""
    for left, right, tag in _words(telling, at, min(end, at + _LONGEST)):
        word = telling.masked[left:right]
        if title_in(word) == (0, len(word)):
            tag = "n"
        if not last and word in ("将", "有", "由", "另", "还", "又", "再", "也", "已", "将有", "另有", "还有", "曾有"):
            begin = right  # 将有一支军医分队前往…
            continue
        if word.startswith("驻") or (tag == "v" and _COUNT_ALONE.fullmatch(last)):
            continue  # 新西兰|驻|越大使, 一队|骑行|爱好者
        if last and any(d.char_start == left for d in telling.dates):
            return (begin, left) if _heads(telling, begin, left, stop) else None  # 参赞|11月7日观摩了…
        goes_on = (
            (tag[0] in "pdvc" and tag != "vn")
            or word in "将已正又也还均便亦才就"
            or (word.startswith("分") and word[1:2] not in _BRANCH)
        )
        if goes_on and last and _heads(telling, begin, left, stop):
            return begin, left
        if word in ("和", "及", "与", "、", "暨", "同") or word == "的":
            last = ""
            continue
        if word in ("派", "派出", "派遣", "组织", "选派", "邀请", "率领"):
            begin, last = _past_count(telling, right), ""
            continue
        if tag == "r" and word in _WORDS_OF_MANY:
            last = word
            continue
        if not tag.startswith(_NOMINAL):
            return None
        last = word
    if last and begin < end <= at + _LONGEST and end < stop and _heads(telling, begin, end, stop):
        return begin, end
    return None


def _heads(telling: Telling, start: int, end: int, stop: int) -> bool:
    said = telling.masked[start:end]
    if len(said) < 2 or _COUNT_ALONE.fullmatch(said) or any(sign in said for sign in "□■,:"):
        return False
    if _PEOPLE.search(said) and not _NOT_PEOPLE.search(said):
        return True
    known = any(p.char_start <= start and p.char_end >= end for p in telling.places)
    return not known and _UNIT.match(said) is not None and _UNIT_ACTS.match(telling.masked, end, stop) is not None


def _past_time(telling: Telling, start: int, end: int) -> int:
    """Where the words begin once 随后, the date and the hour are past."""
    at = start
    for _ in range(3):
        then = _THEN.match(telling.masked, at, end)
        at = then.end() if then else at
        for date in telling.dates:
            if at <= date.char_start <= at + 1 and date.char_end <= end:
                at = date.char_end
        tail = _DATE_TAIL.match(telling.masked, at, end)
        at = tail.end() if tail and at > start else at
    return at


def _apart(words: list[str]) -> Iterator[str]:
    """组从, 团在: a guessed word that swallowed the preposition after it."""
    for word in words:
        if len(word) > 1 and word[-1] in _PREPOSITIONS and not is_word(word):
            yield from (word[:-1], word[-1])
        else:
            yield word


def _past_count(telling: Telling, at: int) -> int:
    count = re.compile(r"了?(?:一|两|三|\d+|多|数)?(?:支|个|队|批)?").match(telling.masked, at)
    return count.end() if count else at


def _words(telling: Telling, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The words with their part of speech; a place name is one noun."""
    known = {p.char_start: p.char_end for p in within(telling.places, start, end) if p.kind not in ("venue", "region")}
    at = start
    while at < end:
        if at in known and known[at] <= end:
            yield at, known[at], "ns"
            at = known[at]
            continue
        stop = min([s for s in known if at < s < end], default=end)
        run = _WORD.match(telling.masked, at, stop)
        if run is None:
            return
        for word in _apart(cut_run(run[0])) if "\u4e00" <= run[0][0] <= "\u9fff" else [run[0]]:
            tag = (
                word_tag(word) if "\u4e00" <= word[0] <= "\u9fff" else ("m" if word.isalnum() or word in ".%" else "w")
            )
            yield at, at + len(word), tag or "n"
            at += len(word)
