"""The atoms of written dates: one table, a pattern and an example a row, compiled into a single scan.

Patterns are written for folded text (see `signs`) and are tried in this order at every position. Each begins with
a literal or a set of signs, so that a position that starts no date costs next to nothing, and none repeats without
a bound, so that the scan is linear. `number` and `name` eat what must not be cut into: 1.350.000, 第59号, 一百二十.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from etl import lookups

_M = "(?:1[0-2]|0?[1-9](?![0-9])|十[一二]?|[一二三四五六七八九])"
_D = "(?:3[01]|[12][0-9]|0?[1-9](?![0-9])|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_MM = "(?:1[0-2]|0?[1-9])"
_DD = "(?:3[01]|[12][0-9]|0?[1-9])"
_JOIN = " ?(?:[-~至到、和及与]|—{1,2}|以及) ?"
_HALVES = "[上下前后]半年"
_EDGE = "初期?|末期?|中期|中叶|前期|后期|上半叶|下半叶|前半叶|后半叶"
_STEM = "甲乙丙丁戊己庚辛壬癸"
_BRANCH = "子丑寅卯辰巳午未申酉戌亥"
# 不同日, 多次日, 正当年: the echo is the end of another word
_ECHO = "(?:同(?<![不共相]同)|当(?<![每正相]当)|次(?<![0-9一二三四五六七八九十多首再每届两几]次)|翌)"
# The unit a bare number borrows must stand within reach; looked for once, before the list is read number by number.
_UNIT_AHEAD = "(?=[0-9一二三四五六七八九十零两、,和及与至到以~— -]{1,40}+[年月日号时点任届阶])"
# 三月三, 二月二: feasts named by their numbers
_NOT_FEAST = "(?!(?<=[一二三四五六七八九十]月)[一二三四五六七八九](?![日号十、至到—-]))"
_NOT_BOTTOM = "(?!层|部|线|气|蕴|色|子|下)"
_NOT_TAIL = "(?!端|尾|日|路)"
_NOT_BEGINNING = "(?!步|次|中|级|衷|始|见|夏|春|秋|冬|心|创|选|赛|审|诊|稿|雪|恋|出|具|建|评|探|[一二三四五六七八九十])"


_DIGITS = "0123456789"
_HAN = "一二三四五六七八九十零两廿百千"
_NUMERALS = _DIGITS + _HAN
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_FEASTS = sorted((row["name"] for row in lookups.rows("feasts")), key=len, reverse=True)
_FEAST_SIGNS = "".join(sorted({name[0] for name in _FEASTS}))


class Form(NamedTuple):
    """One written form: its kind, the signs it can begin with, its pattern in folded text and what it is for."""

    kind: str
    first: str
    pattern: str
    example: str


FORMS = (
    # whole numeric dates
    Form("ymd", _DIGITS, rf"[12][0-9]{{3}}(?:-{_MM}-{_DD}|/{_MM}/{_DD}|\.{_MM}\.{_DD}| [01][0-9] [0-3][0-9])(?![0-9])"
         r"(?:T[0-9]{2}:[0-9:.]{2,12}(?:Z|[-+][0-9]{2}:?[0-9]{2})?)?", "2024-03-08 · 2019.9.6 · 1994-11-05T08:15:30-05:30"),
    Form("dmy", _DIGITS, r"[0-3]?[0-9](?:/[0-3]?[0-9]/|\.[0-3]?[0-9]\.|-[0-3]?[0-9]-)[12][0-9]{3}(?![0-9/]|-?[A-Za-z])",
         "31/12/2025 · 2/9/1945"),
    Form("ymd8", "12", r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z.,%])", "20240307"),
    Form("ym", "12", r"(?:19|20)[0-9]{2}[./](?:0[1-9]|1[0-2])(?=$|[-~至到,、。;)\s])", "2013.03"),
    Form("name", _DIGITS, r"[0-9]{1,4}/[12][0-9]{3}/[A-ZĐ]", "178/2024/ND-CP号"),
    # years
    Form("fiscal", "12", r"[12][0-9]{3}(?: ?(?:[-/~至]|—{1,2}) ?(?:[12][0-9]{3}|[0-9]{2}))? ?年?(?:财年|财政年度|会计年度)",
         "2022财年 · 2021/2022财年"),
    Form("school", "12", r"[12][0-9]{3} ?年?(?:[-/~至]|—{1,2}) ?(?:[12][0-9]{3}|[0-9]{2}) ?年?学年度?", "2024-2025学年"),
    Form("new_year", "12", r"[12][0-9]{3}年?(?:新年|元旦|新的一年)(?:第一天|首日|第1天)|[12][0-9]{3}年?元旦(?:节|当天|当日)?", "2025新年第一天"),
    Form("sexagenary", "12", rf"[12][0-9]{{3}} ?年?[{_STEM}][{_BRANCH}]年?", "2025乙巳年"),
    Form("sexagenary", _STEMS, rf"[{_STEM}][{_BRANCH}]年", "乙巳年"),
    Form("decade", _DIGITS, rf"[12][0-9]{{2}}0 ?年代(?:{_EDGE})?", "1990年代"),
    Form("decade", _DIGITS, rf"[1-9]0 ?年代(?:{_EDGE})?", "90年代初"),
    Form("decade", _HAN, rf"[一二三四五六七八九]十年代(?:{_EDGE})?", "九十年代末期"),
    Form("century", _DIGITS, rf"(?:2[01]|1[0-9]|[1-9]) ?世纪(?:{_EDGE})?", "18世纪"),
    Form("century", _HAN, rf"[一二三四五六七八九十]{{1,3}}世纪(?:{_EDGE})?", "二十世纪"),
    Form("rel_century", "上本", rf"[上本](?:个|一)?世纪(?:{_EDGE})?", "上世纪"),
    Form("year", _DIGITS, r"[12][0-9]{3} ?年(?:度|内)?(?!代)", "2025年 · 2024年内"),
    Form("year", _HAN, r"[一二三四五六七八九][一二三四五六七八九零]{3}年(?:度|内)?(?!代)", "二〇二四年"),
    Form("era_year", "公纪", r"(?:公元|纪元) ?(?:[0-9]{1,4}|[一二三四五六七八九零]{2,4}) ?年", "公元一八三五年"),
    Form("name", "公", r"公元前? ?[0-9一二三四五六七八九十]{0,4}", "公元前"),
    Form("year3", _NUMERALS, r"[1-9][0-9]{2} ?年(?!代|前|多|来|后|间|以|历|的|之|级)", "789年"),
    Form("year3", _NUMERALS, r"[一二三四五六七八九][一二三四五六七八九零]{2}年", "三六七年"),
    Form("bare_year", "12", rf"{_UNIT_AHEAD}[12][0-9]{{3}}(?=(?:[、,][12][0-9]{{3}}){{0,8}}{_JOIN}(?:[12][0-9]{{3}}|[0-9]{{2}}) ?年(?!代))", "2018-2023年"),
    Form("bare_year", "12", rf"{_UNIT_AHEAD}[12][0-9]{{3}}(?={_JOIN}[12][0-9]{{3}}(?:任期|届|阶段|时期))", "2025-2030任期"),
    Form("end_year", "12", r"[12][0-9]{3}(?=任期|届|阶段|时期)", "2025-2030任期"),
    Form("end_year", "12", r"[12][0-9]{3}(?<=[-~到至—][12][0-9]{3})(?![0-9/.%-]| ?[^\s,。;、)(的间])", "2008.03-2009"),
    Form("bare_pair", "12", r"(?:19|20)[0-9]{2} ?[-~到至] ?(?:19|20)[0-9]{2}(?![0-9./-]| ?[^\s,。;、)(:的期间])", "从2016到2018"),
    Form("year2", _NUMERALS, r"(?:[0-9]{2}|[一二三四五六七八九零]{2})年(?="
         rf" ?(?:{_M} ?月|第?[一二三四1-4] ?季|{_HALVES}|前[一二三四五六七八九十两0-9]{{1,2}}个?月))", "98年4月 · 九七年一季度"),
    Form("year2", _NUMERALS, r"(?:0[0-9]|零[一二三四五六七八九])年", "08年"),
    Form("weak_year2", _NUMERALS, r"[0-9]{2}年|[一二三四五六七八九][一二三四五六七八九零]年", "1985到89年 · 一五年"),
    Form("same_period", "去上", "(?:去年|上年|上一年)同期", "上年同期"),
    Form("rel_year", "今去昨明", "[今去昨明](?<![光文黎昌声表说证发]明)(?<!过去)年(?!龄)(?:度|内)?", "今年"),
    Form("rel_year", "大前后本上来这下", "大前年|前年(?!度)|后年(?!度)|本(?<!日本)年度?|上(?<!以上)年(?!度?级)|来年|[这上]一年度?|下一?年(?!度?级)", "前年 · 这一年"),
    Form("ana_year", "同当次翌", f"{_ECHO}年", "同年9月"),
    # parts of years
    Form("half", "上下前后", _HALVES, "上半年"),
    Form("rel_half", "上下这", "[上下这]个半年", "上个半年"),
    Form("quarter", "第"+_HAN, "第?[一二三四] ?季度[初末底]?", "第四季度"),
    Form("quarter", "1234第Q", "[1-4] ?季度[初末底]?|第[1-4] ?季度?[初末底]?|Q[1-4](?![0-9A-Za-z])", "3季度 · Q3"),
    Form("quarter", "首", "首季度?", "首季"),
    Form("weak_quarter", "第" + _HAN, "第?[一二三四]季(?!度)", "2024年一季"),
    Form("quarters", "前", "前(?:两|二|三|2|3)个?季度?", "前三季度"),
    Form("rel_quarter", "上下本这", "[上下本这]一?个?季度", "上个季度"),
    Form("months", "前头首", "[前头首] ?(?:1[01]|[1-9]|十一?|[一二三四五六七八九两])(?: ?个月| ?月(?!份|[0-9一二三四五六七八九十上中下]))", "前7个月"),
    Form("year_part", "年", f"年(?:初{_NOT_BEGINNING}|底{_NOT_BOTTOM}|末{_NOT_TAIL})", "年初 · 2024年年底"),
    Form("nth_day", "第", "第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})天", "2023年第十天"),
    # months
    Form("lunar_month", "正腊冬闰", "正月|腊月|冬月|闰[一二三四五六七八九十]{1,2}月", "正月"),
    Form("month", _NUMERALS, f"{_M} ?月(?!饼|亮|球|色|薪|票|刊|嫂|龄|光|台|经|子|大的|革命|花|之|内|间|有余|来|均)份?{_NOT_FEAST}", "3月 · 十二月份"),
    Form("month", "元", "元月份?", "元月"),
    Form("bare_month", _NUMERALS, rf"{_UNIT_AHEAD}{_M}(?=(?:[、,]{_M}){{0,10}}{_JOIN}{_M} ?月(?!饼|亮|球|色|薪|票|刊|嫂|龄))", "1-5月 · 3、4月"),
    Form("rel_month", "上下本这", "(?:上上|下下|[上下本这](?<!日本)(?<!以[上下]))个?月(?!台|球|亮|色|饼|薪|票|刊)份?", "上月 · 下个月"),
    Form("ana_month", "当同次翌", f"{_ECHO}月", "同月"),
    Form("month_part", "上中下月初底末", f"上旬|中旬|下旬|[上下]半月|月?(?:初{_NOT_BEGINNING}|底{_NOT_BOTTOM}|末{_NOT_TAIL})|月中(?=$|[,。;、\\s])", "中旬 · 月底"),
    # weeks and days
    Form("week", "上下本这", "(?:上上|下下|[上下本这](?<!日本)(?<!以[上下]))个?一?(?:周|星期|礼拜)(?:[一二三四五六日天](?![0-9一二三四五六七八九十])|末)?(?!年|边|围|期|岁|刊|报|长|转|身|详|密|全)", "本周三 · 上周"),
    Form("weekday", "周星礼", "(?:周|星期|礼拜)[一二三四五六日天]", "星期一"),
    Form("bare_day", _NUMERALS, rf"{_UNIT_AHEAD}{_D}(?=(?:[、,]{_D}){{0,8}}{_JOIN}{_D} ?(?:[日号]|[两三四][日天]))", "5月9至10日"),
    Form("day", _NUMERALS, f"{_D} ?日", "28日 · 二十三日"),
    Form("day", _DIGITS, "[0-9]{1,2}[两三四][日天]", "1月12、13两日"),
    Form("lunar_tail", "十二廿三", "(?:十(?<=月十)[一二三四五六七八九]?|二(?<=月二)十[一二三四五六七八九]?|廿(?<=月廿)[一二三四五六七八九]?|三(?<=月三)十)(?![日号一二三四五六七八九十])", "正月十四"),
    Form("end_day", _DIGITS, r"[0-9](?<=月[0-9])[0-9]?(?=$|[,。;)\s])", "2016年6月29"),
    Form("number_day", _NUMERALS, f"{_D} ?号", "3月5号"),
    Form("today", "今昨明", r"[今昨明][\(\[]?[0-9]{1,2}[\)\]]?日", "今(9)日"),
    Form("rel_day", "大前后今昨明寻", "大{0,4}[前后](?<![目以之此年月日今午][前后])[天日]|[今昨寻][天日]|明(?<![光文黎昌声表说证发聪透]明)[天日]", "昨日 · 大前天"),
    Form("rel_part", "今昨明前", "[今昨明前](?=晚|早(?!已)|晨|夜)", "今晚"),
    Form("ana_day", "同当翌次", f"{_ECHO}日(?!数|报)|同一[日天]|当天|翌晨|当(?=晚)", "次日"),
    Form("lunar_mark", "农阴旧夏", "农历|阴历|旧历|夏历", "农历"),
    Form("lunar_day", "初", "初[一二三四五六七八九十]", "初一"),
    Form("feast", _FEAST_SIGNS, "|".join(_FEASTS), "2025乙巳年春节"),
    Form("season", "春夏秋冬", "[春夏秋冬](?:季|天)?(?!节|游|运|晚|耕|播|收|雨|风|联|色|分|至|令|训|装|奥|兰|夏|秋|冬)", "2023年春季"),
    # parts of days
    Form("part", "凌清早朝一上中正午晌下傍黄晚夜深后前半子黎拂晨", "凌晨|清晨|清早|早晨|早上|早间|朝早|一早|上午|中午|正午|午间|晌午|下午|午后|傍晚|黄昏|晚上|晚间|夜间|夜里|深夜|"
         "[后前]半夜|半夜|午夜|子夜|黎明|拂晓|早(?!已|就|些|在|餐|稻|日|前|期|于|年|产|熟|晚)|晨(?!曦|光|报|练|跑|星)|"
         "晚(?!会|宴|餐|报|些|稻|期|于|年|辈|饭|礼|点)|夜(?!市|景|总|游|校|班|宵|色|空)", "上午"),
    Form("clock", _DIGITS, "[0-2]?[0-9] ?(?:[:：] ?[0-5][0-9](?:[:：][0-5][0-9])?时?|[时点](?:[0-5]?[0-9]分?|[一二三四五六七八九十]{1,3}分?|半|整|正|许|一刻|三刻)?(?:[0-5]?[0-9]秒)?)"
         "(?:许|左右|整)?", "10时30分 · 15:49"),
    Form("clock", _HAN, "[一二三四五六七八九十两]{1,3}[时点](?!间|候|代|期)(?:[一二三四五六七八九十零]{1,3}分?|半|整|正|许|一刻|三刻)?(?:[一二三四五六七八九十]{1,3}秒)?"
         "(?:许|左右|整)?", "三点半"),
    Form("bare_clock", _DIGITS, f"{_UNIT_AHEAD}[0-9]{{1,2}}(?={_JOIN}[0-9]{{1,2}} ?[时点])", "9~11点"),
    Form("now", "至迄到", "至今|迄今|到现在|至目前", "2016年至今"),
    # what must not be cut into
    Form("name", "第", r"第 ?[0-9][0-9A-Za-zĐ/.-]{0,30}|第[一二三四五六七八九十百零两]{1,6}", "第80/2020/ND-CP号 · 第22届"),
    Form("number", _DIGITS, r"[0-9]+(?:[.,:/+][0-9]+){0,20}(?: ?[0-9]+(?= [0-9]))?", "1.350.000"),
    Form("number", _HAN, "[一二三四五六七八九十百千零两]{2,40}", "一百二十三"),
)  # fmt: skip


class Atom(NamedTuple):
    """One atom found: its kind and where it stands in the text."""

    kind: str
    start: int
    end: int


@cache
def _scans() -> dict[str, re.Pattern[str]]:
    """For each sign a date can begin with, the forms that may follow."""
    by_sign: dict[str, list[str]] = {}
    for order, form in enumerate(FORMS):
        for sign in dict.fromkeys(form.first):
            by_sign.setdefault(sign, []).append(f"(?:{form.pattern})(?P<{form.kind}_{order}>)")
    return {sign: re.compile("|".join(patterns)) for sign, patterns in by_sign.items()}


# What must follow a common sign before the forms are tried at all: most 上 and 中 begin no date.
_SECOND = {
    "上": "世年半个周月旬星礼午上一季", "下": "年半个周月旬星礼午下一季", "中": "旬午秋元国", "大": "前后大年", "本": "世年季月周星礼个",
    "前": "年半两二三四五六七八九十0123456789 日天夜早晚晨", "后": "年日天半", "公": "元", "当": "年月日天晚", "同": "年月日一",
    "次": "年月日", "月": "初底末中", "年": "初底末", "到": "现", "至": "今目", "来": "年", "这": "一年季月周星礼个半", "正": "午月",
    "子": "夜", "国": "际", "明": "年日天晚早晨夜([0123456789", "今": "年日天晚早晨夜([0123456789", "首": "季 0123456789一二三四五六七八九十两",
}  # fmt: skip


@cache
def _candidates() -> re.Pattern[str]:
    signs = set(_scans())
    free = "".join(sorted(signs - set(_SECOND) - set(_HAN)))
    han = f"[{_HAN}](?=[{_HAN} ]{{0,6}}[年月日号时点世季早、和至到以及与,~—-])"
    pairs = [f"{sign}(?=[{re.escape(after)}])" for sign, after in _SECOND.items() if sign in signs]
    return re.compile("|".join([f"[{free}]", han, "[十二廿三](?<=月[十二廿三])", *pairs]))


_KINDS = {f"{form.kind}_{order}": form.kind for order, form in enumerate(FORMS)}


def find_atoms(folded: str) -> list[Atom]:
    """Every atom of the folded text from left to right; what must not be cut into is left out."""
    scans = _scans()
    atoms = []
    free = 0
    for candidate in _candidates().finditer(folded):
        start = candidate.start()
        if start < free:
            continue
        match = scans[folded[start]].match(folded, start)
        if match is None:
            continue
        free = match.end()
        kind = _KINDS[str(match.lastgroup)]
        if kind not in ("number", "name"):
            atoms.append(Atom(kind, start, free))
    return atoms
