"""What looks like a date and is none: durations, ages, names, captions' numbers. Each rule names its line."""

from __future__ import annotations

from etl.patterns import on_use

# A bare day is a day only when nothing counts it: 5日内, 3日游, 为期3日, 历时3日, 每日, 15日龄.
_COUNTED_AFTER = on_use(
    " ?(?:内|之内|以内|游|龄|后|之后|以后|之久|行程|行(?!政)|期|制|元|间|多|余|左右的"
    "|以上|前(?!往|来|去|后|夕|完成)|均|益|本|语|文|军|产)"
)
_COUNTED_BEFORE = on_use(
    "(?:第|为期|历时|持续|长达|经过|满|每|近|逾|约|超过|多达|不到|不足|时间|用了|过了|待了|住了|(?<!此)前|后|连续|共|停留|月|[0-9.:/]|[一二三四五六七八九十百千])$"
)
# hinh anh 1日新桥: the number of a picture before a word that begins with 日.
_LATIN_BEFORE = on_use("[A-Za-zÀ-ɏḀ-ỹ] ?$")

_COUNTING = frozenset("用了首这那近第前后每过数满够共等各连整短仅只需花再停住留休放历假期")
_DONE_ON = on_use(
    " ?(?:在(?!内|即|校|岗|此)|于|假(?!期|日)|抵|赴|启程|起程|离|拜会|会见|会晤|出席|设宴|举行|召开|开幕|闭幕|宣布|率"
    "|傍晚|晚)"
)

HEEDED = frozenset("“「『第.0123456789每年")  # behind any other sign no date is a name, an ordinal or a habit


def is_bare_day(folded: str, start: int, end: int) -> bool:
    """Whether a day without a month (28日, 6日上午) is a day of the calendar and no count of days."""
    before = folded[max(0, start - 4) : start]
    if (
        folded[start] in "一二三四五六七八九十"
        and folded[start + 1] == "日"
        and end == start + 2
        and not before.endswith(tuple("、和至到及与-~—,"))
        and not _numeral_day(folded, start, end)
    ):
        return False  # 一日, 三日, 十日 count days; 三月五日和七日 and 七日上午 do not
    if _COUNTED_BEFORE.search(before) or _LATIN_BEFORE.search(before):
        return False
    return _COUNTED_AFTER.match(folded, end) is None


def _numeral_day(folded: str, start: int, end: int) -> bool:
    """协会八日在文化中心设宴, 。八日,代表团…: what is done on that day follows, and no word of counting leads to it."""
    before = folded[max(0, start - 2) : start]
    if not before.strip() or before[-1] in "。;:!?":
        return folded.startswith(",", end)
    return before[-1] not in _COUNTING and _DONE_ON.match(folded, end) is not None


def is_counted(folded: str, start: int) -> bool:
    """Whether a numeral before a unit is an ordinal or a part of a longer number: 第5月, 3.5月."""
    return start > 0 and folded[start - 1] in "第.0123456789"


# 今日头条, 《明日之后》, 美好的明天, 昨天的敌人: words of the day that tell no day.
_FIGURATIVE_AFTER = on_use("(?:之后》|头条|之星|新闻|俄罗斯|美国》|越南》|的(?!上午|下午|晚|会|仪式|活动|签|代表)|》)")
# “绿色明天”组织, 《难忘昨日》: the last word of a quoted name; “3月23日”勋章: a name made of a day
_NAME_BEFORE = on_use("[“「『《][^，。,;:!?”」』》]{1,8}$")
_NAME_AFTER = on_use("[”」』》](?![,。;!?]|$)")
_NAMED_FOR = on_use("[”」』](?:勋章|奖章|徽章|奖|运动|公园|大街|街|路|幼儿园|学校|小学|医院|工厂|公司|合作社|体育场)")
_FIGURATIVE_BEFORE = on_use("(?:走到|展到|持到|续到|《|“|的|美好|直到|到了|至|如|今时|好)$")


def is_told_day(folded: str, start: int, end: int) -> bool:
    """Whether 今日, 昨天, 明日 stand for a day rather than for the present or a name."""
    if _FIGURATIVE_AFTER.match(folded, end):
        return False
    if _NAME_AFTER.match(folded, end) and _NAME_BEFORE.search(folded[max(0, start - 9) : start]):
        return False
    return _FIGURATIVE_BEFORE.search(folded[max(0, start - 2) : start]) is None


def is_name(folded: str, start: int, end: int) -> bool:
    """Whether a quoted day names an order, a street, a school: “3月23日”勋章, “6月1日”幼儿园."""
    return folded[start - 1 : start] in ("“", "「", "『") and _NAMED_FOR.match(folded, end) is not None


# 每周三, 绿色星期天, 周一至周五: a habit or a name; 于周五, ,周五 a day.
_WEEKDAY_BEFORE = on_use("(?:^|[,。;:(于在到至\n]|当地时间) ?$")


def is_weekday(folded: str, start: int, end: int) -> bool:
    """Whether a bare day of the week is one day: only where a clause begins or 于, 在 leads to it."""
    return _WEEKDAY_BEFORE.search(folded[max(0, start - 4) : start]) is not None and not folded.startswith(
        ("至", "到", "-"), end
    )


# 1000年历史, 升龙-河内1000年: round thousands count years.
_AGES_AFTER = on_use(" ?(?:多年|历史|的历史|文化|文明|古都|古城|来|以来的文)")


def is_year(folded: str, start: int, end: int, year: int) -> bool:
    """Whether four digits before 年 are a year and no count of years."""
    return not (year % 100 == 0 and year <= 2000 and (_AGES_AFTER.match(folded, end) or year <= 1000))
