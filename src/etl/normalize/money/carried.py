"""Bare figures that take the currency of a neighbour: 389.5亿、228亿和176.5亿越盾; 比去年的198亿多近两成."""

from __future__ import annotations

from etl.normalize.money.figures import Figure
from etl.normalize.money.meaning import Meaning
from etl.normalize.money.sentences import Sentences
from etl.patterns import on_use

_LIST = on_use(r"[ ]?(?:[、]|和|与|及|以及|或|跟|[,、](?:和|与|及))[ ]?")
_RISES = on_use(
    r"[^,。;:()\d]{0,8}(?:增|升|降|减|提|调|涨|跌|扩|缩|变|改|追加)[^,。;:()\d]{0,6}(?:至|到|为|成)[ ]?(?:近|约|逾|超)?"
)
_CHANGE = on_use(r"[^,。;:()]{0,8}(?:增|升|降|减|提|调|涨|跌|扩|缩|改|追加)[^,。;:()]{0,6}(?:至|到|为|成)")
_FROM = on_use(r"(?:从|由|自)[^,。;:()]{0,8}$")
_THAN = on_use(r"(?:比|较)[^,。;:()]{0,12}$")
_MORE = on_use(r"(?:多|少|增|减|高|低|上升|下降|翻|提高|有所|略)")
_CLOSES = on_use(
    r"[ ]?(?:[,;。)、!?]|$|和|与|及|以上|左右"
    r"|[为系是](?![\u4e00-\u9fff]{0,2}人)|由|来自|用于|用在|[已将归拨付](?![\u4e00-\u9fff]{0,2}人)"
    r"|的[^,。;:()\d]{0,6}(?:款|援|资|债|贷|费|金)"
    r"|发[放给]|用[来作]|投[入向]|购[买置]|采购|[修兴新扩重]建|修[缮葺复]|建[设造]|资助|补[助贴]|支[持付援]|帮[助扶]|添[置购])"
)
_NEXT_CLAUSE = on_use(r"[,;][^,。;:()]{1,24}")
# 出了6.4万,其余2.7万美元: the rest is counted in the same money
_THE_REST = on_use(r"[,;](?:[其剩]余|余下|剩下|剩余|余数|另外?)(?:的)?(?:约|近|有)?")
_OPENS = on_use(
    r"(?:^|[,;:(、和与及]|其中|[首第][一二三四五六七八九\d]?[期批笔]|[余剩]下|剩余|另外?"
    r"|(?:最[近后]|[首前后头末这上下另])一?[次回笔期批年轮趟]|第[一二三四五六七八九\d][次回年轮]|[首次翌末当]年)[ ]?"
    r"(?:的|约|近|逾|超|超过|达|为|仅|只|是|才|则|只有|仅有|仅为|只得|也有|就有|已有|竟有|还有){0,2}$"
)
_IN_IT = on_use(r"(?:其中|当中|里面)[^,。;:()\d]{0,3}$")
_BY = on_use(r"[ ]?(?:增加|减少|增长|增持|减持|下降|上升|多|少|高|低)了?[ ]?")
_OTHER_COUNT = on_use(
    "人口|人数|人次|用户|游客|旅客|观众|听众|读者|粉丝|网民|产量|销量|面积|点击|播放|阅读|浏览|字|株|棵|吨|剂|只(?![有是得剩能够])|票|(?<![商客账])户|"
    "选民|居民|民众|信众|学生|辆|台|件|桶|千瓦|平方|立方|公里"
)
_MONEY_NOUN = on_use(
    "金额|资金|经费|捐|援|投资|款|贷|预算|总额|价值|造价|支出|收入|额|出资|拨|费|债|利润|产值|成本"
    "|用掉|用去|用了|花|耗|付|到账|入账|到位|赞助|资助|占|补|筹|募|汇|兑现"
    "|负担|承担|分担|认领|凑|着落|到手|落实|缺口|还差|还缺|尚缺|尚差|还欠|掏|出了"
)


def carry(sentences: Sentences, found: list[Figure], known: dict[int, Meaning]) -> dict[int, Meaning]:
    """Meanings of the bare figures that lean on a neighbour; `known` holds those with a currency of their own."""
    result: dict[int, Meaning] = {}
    for i in range(len(found) - 2, -1, -1):  # from the right: a list's currency stands at its end
        ahead = known.get(i + 1) or result.get(i + 1)
        if i not in known and ahead and ahead.currency and _leans_right(sentences, found[i], found[i + 1]):
            result[i] = Meaning(ahead.currency, "carried")
    behind: tuple[int, Meaning] | None = None
    for i, figure in enumerate(found):
        own = known.get(i) or result.get(i)
        if own is not None:
            behind = (i, own)
        elif behind and behind[1].currency and _leans_left(sentences, found[behind[0]], figure):
            result[i] = Meaning(behind[1].currency, "carried")
            behind = (i, result[i])
    for i in range(1, len(found) - 1):
        left, right = (known.get(k) or result.get(k) for k in (i - 1, i + 1))
        is_open = i not in known and i not in result
        if not is_open or not left or not right or not left.currency or left.currency != right.currency:
            continue
        if _is_listed(sentences, found[i - 1], found[i], found[i + 1]):
            result[i] = Meaning(left.currency, "carried")
    return result


def _is_listed(sentences: Sentences, behind: Figure, figure: Figure, ahead: Figure) -> bool:
    """Between two sums of a sentence, a name and its figure alone: 后江520万美元,芹苴490万,朔庄380万美元."""
    clause = sentences.clause_before(figure.start, behind.end)
    is_one = behind.start >= sentences.start(figure.start) and ahead.start < sentences.stop(figure.end)
    is_short = (
        len(clause) <= 8
        and not _OTHER_COUNT.search(clause)
        and sentences.text[figure.end : figure.end + 1] in (",", ";")
    )
    return is_one and is_short and _is_bare_amount(figure) and _comparable(behind, figure)


def is_change(between: str) -> bool:
    """What stands between two figures says that the one became the other (不足100美元升到2021年的3,700美元)."""
    return len(between) <= 20 and _CHANGE.match(between) is not None


def _is_bare_amount(figure: Figure) -> bool:
    """A figure with 万 or 亿 and a digit of its own: 470亿, 三亿; not 百万, 万一, 1953."""
    return figure.is_scaled and not all(c in "十百千万亿" for c in figure.number)


def _leans_right(sentences: Sentences, figure: Figure, ahead: Figure) -> bool:
    """A list whose last figure names the currency, or 从198亿增加到235亿越盾."""
    if not _is_bare_amount(figure) or not 0 <= ahead.start - figure.end <= 25:
        return False
    between = sentences.text[figure.end : ahead.start]
    if _LIST.fullmatch(between):
        return ahead.is_scaled
    if _THE_REST.fullmatch(between) and not _OTHER_COUNT.search(clause := sentences.clause_before(figure.start)):
        return _MONEY_NOUN.search(clause) is not None and _comparable(figure, ahead)
    if "亿" in figure.number and _NEXT_CLAUSE.fullmatch(between):  # 2023年外援为5亿,2024年为8亿越盾
        clause = sentences.clause_before(figure.start)
        is_money = _MONEY_NOUN.search(clause) and not _OTHER_COUNT.search(clause + between)
        return bool(is_money) and _comparable(figure, ahead)
    before = sentences.text[max(0, figure.start - 9) : figure.start]
    return bool(_FROM.search(before) and _RISES.fullmatch(between))


def _leans_left(sentences: Sentences, behind: Figure, figure: Figure) -> bool:
    """比去年的198亿多近两成; 平定次之,470亿;. Not 人口1.2亿, nor anything that is counted in another unit."""
    text = sentences.text
    is_near = behind.start >= sentences.start(figure.start) or _is_part_of_told(sentences, behind, figure)
    if not (is_near and _is_bare_amount(figure) and _comparable(behind, figure)):
        return False
    clause = sentences.clause_before(figure.start, behind.end)
    if _OTHER_COUNT.search(clause):
        return False
    after = text[figure.end : figure.end + 8]
    if _THAN.search(text[max(0, figure.start - 14) : figure.start]) and _MORE.match(after):
        return True
    if not _CLOSES.match(after):
        return False
    if _BY.fullmatch(text[behind.end : figure.start]):
        return True  # 较9月的2062亿美元增加29亿。
    return bool(_OPENS.search(text[max(0, figure.start - 8) : figure.start]) or _MONEY_NOUN.search(clause))


def _is_part_of_told(sentences: Sentences, behind: Figure, figure: Figure) -> bool:
    """义演募得42.6亿越盾。善款由会馆支配,其中15亿用于修房: a part of the sum that the sentence before ends with."""
    begin = sentences.start(figure.start)
    is_next = begin > 0 and behind.start >= sentences.start(begin - 1)
    is_part = _IN_IT.search(sentences.text[max(0, figure.start - 6) : figure.start]) is not None
    return is_next and is_part and figure.amount.value <= behind.amount.value


def _comparable(one: Figure, other: Figure) -> bool:
    low, high = sorted((one.amount.value, other.amount.value))
    return low > 0 and high <= low * 1000
