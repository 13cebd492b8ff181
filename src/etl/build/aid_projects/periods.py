"""When the money of a claim moved: what its own sentence says, or the one it leans on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from etl.build.aid_projects.claim import Claim
from etl.build.aid_projects.found import number
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Span
from etl.mentions import DateMention, changed
from etl.pages import Role
from etl.patterns import on_use

Period = tuple[dt.date | None, dt.date | None]
_SINCE_AFTER = on_use(r"^(?:以来|起|开始|至今|后|迄今|[^,;。]{0,12}(?:以来|至今))")
_SINCE_BEFORE = on_use(r"(?:自从|自|从)$")
# 直到次年4月才打进账户: a point, no stretch
_UNTIL_BEFORE = on_use(
    r"(?:截至|截止|截止到|至|(?<![直等拖赶推迟提谈说讲看想听说收受碰遇赶])到|迄)$"
)  # not 提到2024年的雪灾
_NOT_ITS = on_use(
    r"^(?:初|末|底)?(?:指标|计划(?![向为援捐资动争提投在给筹赠建])|目标|任务|预算|规划|会议|总结|年会)|^(?:发布|公布|发表|通报|披露|印发|出炉)的|^(?:前|之前|以前|底前|初前)(?!后)"
)
_DATELINE = on_use(r" ?[讯电訊電](?:[) ]|$)")  # (新山13日讯): when it was reported
_COMPARED = on_use(r"(?:比|较|比起|相比|与)$")
_SINGLED_OUT = on_use(r"^ ?(?:单笔|最大|最小)")
_BEGIN = on_use(r"开工|动工|破土|奠基|启动|始建|兴建|开建")
_END = on_use(r"竣工|完工|建成|落成|收尾|投入使用|交付|全部建成")
_RELATIVE = on_use(
    r"(?P<this>本年度?|(?<![一二三四五六七八九十两几数\d])年内|今年以来)|(?P<last>上年)|(?P<whole>全年)|(?P<past>(?:过去|刚刚过去|过往)的?一年|(?<![一二三四五六七八九十两几数多近\d])一年(?:以)?来|这一年)"
    r"|(?P<first>(?:19|20)\d{2}) ?[—–~-] ?(?P<end>(?:19|20)\d{2})(?=年|[两三四五六]年)"
)

_YEARS_FIGURE = on_use(r"年?的(?:约|近|逾|超过)?\d")  # 2019-2021年的23.1万只够种树: of that figure alone
# 给去年10月受淹村庄的心意: when the need arose, not when it was met
_DAY_OF_NEED = on_use(r"的?(?:受[灾淹困伤损]|遭[灾淹毁]|被[淹毁冲困])")


# 墙上留着去年洪水的水位线
_OF_DISASTER = on_use(r"的?(?:那场|这场)?(?:洪水|水灾|洪灾|风灾|旱灾|地震|海啸|雪灾|火灾)的")


# 东兴市方面当场答复,将赠送…; 另讯: what is promised, or told apart, has no part in the time of the line before
_TO_COME = on_use(
    r"将(?:再|另|还|向|给|为|继续|无偿|分[^,]{1,6})?(?:[^,把]{0,8})?"
    r"(?:赠|捐|提供|拨|出资|资助|支付|援建|支持|追加|投入|获[^,]{2,20}(?:资助|捐助|赞助))"
    r"|承诺|答应|答复|许诺|打算|准备|^[ ●◆]*(?:另[讯据]|又讯|另悉)"
)


def with_period(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    """The claim with the days it is about; a beginning after its end is a misprint, and no period."""
    dated = _dated(claim, scope, before)
    start, end = dated.period
    if start is not None and end is not None and start > end:
        return changed(dated, period=(None, None), period_basis="none")
    return dated


def _dated(claim: Claim, scope: Scope, before: Sequence[Claim]) -> Claim:
    if claim.kind == "comparison":
        return _of_its_year(claim, scope) or _last_year(claim, before)
    term = _of_next_term(claim, scope)
    if term is not None:
        return changed(claim, period=term, period_basis="inherited_section" if term != (None, None) else "none")
    works = _works(claim, scope)
    if works:
        return changed(claim, period=works, period_basis="own")
    own = _year_of_figure(claim, scope) or _same_time(claim, scope) or _own(claim, scope, claim.segment)
    if own is None and (years := _term_of_years(claim, scope)) is not None:
        return changed(claim, period=years, period_basis="inherited_section")
    leans = next((c for c in before if c.number == claim.leans_on), None)
    leaning = leans is not None and leans.line_no == claim.line_no and leans.sentence == claim.sentence
    if own is None and not leaning and not _only_signed_on(claim, scope):
        head = claim.passage.clause_at(claim.sentence[0])
        of_another = claim.parent is None and _dated_within(claim, scope)
        own = _own(claim, scope, head if of_another or _each_has_its_day(claim, scope) else claim.sentence)
    if own is not None:
        return changed(claim, period=own, period_basis="own" if own != (None, None) else "none")
    if leans is not None and leaning:
        signed = leans.segment != claim.segment and claim.parent is None and _only_signed_on(claim, scope)
        if signed or _day_of_another(claim, leans, scope) or _only_its_own(claim, leans, scope):
            return claim
    if leans is not None and leans.line_no != claim.line_no and _TO_COME.search(claim.says(claim.sentence)):
        leans = None
    if leans is not None and leans.line_no != claim.line_no and _ON_THE_SPOT.match(claim.says(claim.sentence)):
        return claim
    if leans is not None and leans.sentence != claim.sentence and _EVERY_YEAR.search(claim.says(claim.segment)):
        return claim
    if leans is not None and leans.period != (None, None) and not _SINGLED_OUT.match(claim.says(claim.sentence)):
        same = leans.line_no == claim.line_no
        return changed(claim, period=leans.period, period_basis="inherited_sentence" if same else "inherited_section")
    above = _above(claim, scope)
    if above is not None:
        return changed(claim, period=above[0], period_basis=above[1])
    for telling in claim.tellings:
        told = _own(telling, scope, telling.sentence)
        if told is not None and told != (None, None):
            return changed(claim, period=told, period_basis="inherited_section")
    return claim


_NEXT_TERM = on_use(r"(?:新|下|下一|下个|下一个)(?:一)?(?:的)?(?:任期|届任期|届)(?:内|里|中|期间)?")
_TERM = on_use(r"(?P<first>20\d{2}) ?[-—~–至] ?(?P<last>20\d{2})年?(?:度)?(?:的)?(?:新)?任期")


def _of_next_term(claim: Claim, scope: Scope) -> Period | None:
    """新任期内争取外援500万: the years of the term that the page names and that is not over; open without any."""
    if scope.published is None or not _NEXT_TERM.search(claim.says((claim.sentence[0], claim.at[0]))):
        return None
    if scope.dates(claim.line_no, (claim.clause[0], claim.at[0])):
        return None
    for page in scope.pages:
        for named in _TERM.finditer(page.text):
            if int(named["first"]) >= scope.published.year:
                return dt.date(int(named["first"]), 1, 1), dt.date(int(named["last"]), 12, 31)
    return None, None


def _each_has_its_day(claim: Claim, scope: Scope) -> bool:
    """今年先送18名学生;明年接待教师团;两校各添一间书屋: items dated one by one; only the head's date is for all."""
    parts = {claim.passage.segment_at(d.char_start) for d in scope.dates(claim.line_no, claim.sentence)}
    return len(parts - {claim.segment}) > 1


def _dated_within(claim: Claim, scope: Scope) -> bool:
    """甲会资助的项目为期四年(2020-2023年);乙会掏出64万: no date of the items before opens a clause of theirs."""
    if claim.segment[0] == claim.sentence[0]:
        return False
    clauses = claim.passage.clauses_in((claim.sentence[0], claim.segment[0]))
    dates = scope.dates(claim.line_no, (claim.sentence[0], claim.segment[0]))
    return not any(
        d.char_start - start <= _OPENS for d in dates for start, stop in clauses if start <= d.char_start < stop
    )


def _day_of_another(claim: Claim, leans: Claim, scope: Scope) -> bool:
    """甲会9月12日汇来30万;乙会凑了20亿: the day of the first gift is not the second's; one at the head is for all."""
    if leans.segment == claim.segment or leans.period_basis != "own" or claim.parent is not None:
        return False
    figures = [m.char_start for m in scope.money(claim.line_no) if m.char_start >= claim.sentence[0]]
    head = leans.passage.clause_at(claim.sentence[0])
    if (said := _RELATIVE.search(leans.passage.text, *head)) is not None and not said["first"]:
        return False  # 过去一年,…承诺670万;真正到账的,是653万
    text = claim.passage.text
    dates = scope.dates(claim.line_no, (claim.sentence[0], min(head[1], *figures)))
    return not [d for d in dates if not text.startswith("(", d.char_start - 1)]  # 为期四年(2020-2023年)


def _only_its_own(claim: Claim, leans: Claim, scope: Scope) -> bool:
    """42万是8月31日义跑所得,其余15万由老人独捐: a date behind a figure in its own clause is of that figure alone."""
    if leans.period_basis != "own" or leans.clause == claim.clause:
        return False
    dates = scope.dates(claim.line_no, (claim.sentence[0], claim.at[0]))
    return bool(dates) and all(leans.at[1] <= d.char_start < leans.clause[1] for d in dates)


def _of_its_year(claim: Claim, scope: Scope) -> Claim | None:
    """较2019年的610万有所回落: the year that stands right before the figure."""
    tied = [
        d
        for d in scope.dates(claim.line_no, (claim.sentence[0], claim.at[0]))
        if re.fullmatch(r"的?(?:约|近|逾|超过)?", claim.passage.text[d.char_end : claim.at[0]]) and d.start_date
    ]
    return changed(claim, period=(tied[-1].start_date, tied[-1].end_date), period_basis="own") if tied else None


def _last_year(claim: Claim, before: Sequence[Claim]) -> Claim:
    leans = next((c for c in before if c.number == claim.leans_on), None)
    start, end = leans.period if leans is not None else (None, None)
    if start is None or end is None:
        return claim
    if re.search(r"去年|上年|同期|前一年", claim.says((claim.sentence[0], claim.at[1]))):
        years = end.year - start.year + 1
        back = (start.replace(year=start.year - years), end.replace(year=end.year - years))
        return changed(claim, period=back, period_basis="inherited_sentence")
    return claim


def _works(claim: Claim, scope: Scope) -> Period | None:
    """From the start of works to their end, where both have a date: 2018年3月开工,今年9月底竣工."""
    spans = [(claim.passage, claim.sentence)]
    after = scope.following(claim.line_no)[:1]
    if claim.passage.line.role is Role.BODY:
        spans += [(p, p.sentences[0]) for p in after if p.sentences and re.match(r"工程|项目", p.text.strip())]
    for page, span in spans:
        dates = [d for d in scope.dates(page.line.line_no, span) if d.start_date and d.end_date]
        begun = [d for d in dates if _BEGIN.match(page.text[d.char_end : d.char_end + 4].lstrip("正式"))]
        ended = [d for d in dates if _END.search(page.text[d.char_end : d.char_end + 8])]
        if begun and ended:
            return begun[0].start_date, ended[-1].end_date
    return None


def _own(claim: Claim, scope: Scope, span: Span) -> Period | None:
    """The period a span of the claim's sentence gives: the nearest date before the figure, else the next behind it.

    (None, None) says that it has a date which could not be resolved: nothing may be inherited then.
    """
    no, text = claim.line_no, claim.passage.text
    dates = [d for d in scope.dates(no, span) if _is_its(d, text) or _is_aimed_at(d, claim)]
    dates = [d for d in dates if not _is_occasion(d, claim)]
    dates = [d for d in dates if not _is_of_another_figure(d, claim, scope)]
    relative = _relative(claim, scope, span)
    before = [d for d in dates if d.char_end <= claim.at[0]]
    if before:
        if relative and relative[0] > before[-1].char_end + 2:
            return relative[1]
        return _of(before[-1], text, claim, scope)
    if relative:
        return relative[1]
    figures = [m.char_start for m in scope.money(no) if claim.at[1] <= m.char_start and m.equivalent_of is None]
    stop = min([claim.segment[1], *figures])
    after = [d for d in dates if d.char_start >= claim.at[1] and d.char_end <= stop]
    return _of(after[0], text, claim, scope) if after else None


def _is_aimed_at(date: DateMention, claim: Claim) -> bool:
    """2024年目标是…1300亿: the year of a target is when it is to be reached."""
    return claim.is_target and date.precision == "year" and date.char_end <= claim.at[0]


# 2022年和2023年分别是560万和520万美元: the k-th year has the k-th figure
_EACH_ITS_YEAR = on_use(
    r"(?:年度?|月)(?:则|的(?:援助|金额|数额|资金))?(?:分别|依次|各)(?:是|为|达|有|计|拨付|到位|落实|约)?(?:约|近)?$"
)


def _year_of_figure(claim: Claim, scope: Scope) -> Period | None:
    """The year of a figure in a list of years and a list of as many figures behind it."""
    text, clause = claim.passage.text, claim.clause
    figures = [m for m in scope.money(claim.line_no) if clause[0] <= m.char_start < clause[1] and not m.equivalent_of]
    at = next((k for k, m in enumerate(figures) if m.char_start == claim.at[0]), None)
    if at is None or len(figures) < 2 or _EACH_ITS_YEAR.search(text, clause[0], figures[0].char_start) is None:
        return None
    years = scope.dates(claim.line_no, (clause[0], figures[0].char_start))
    if len(years) != len(figures):
        return None
    return years[at].start_date, years[at].end_date


# 同一时期,官兵捐出19亿: the time told just before; not 去年同期
_SAME_TIME = on_use(
    r"同一?(?:时期|期间|时段|阶段)|(?<![年月度季])同期(?!相比|增|下降|减|比)|(?:这|此|该)一?(?:时期|期间|阶段)|其间|这(?:几|[两三四五六七八九十])年"
)


def _same_time(claim: Claim, scope: Scope) -> Period | None:
    """The period told before in the line, where a claim only says that it was then."""
    said = _SAME_TIME.search(claim.passage.text, claim.segment[0], claim.at[0])
    if said is None:
        return None
    told = [
        d for d in scope.dates(claim.line_no, (0, said.start()))
        if d.start_date and d.end_date and d.precision in ("range", "year", "month", "half", "quarter")
    ]  # fmt: skip
    return (told[-1].start_date, told[-1].end_date) if told else None


def _only_signed_on(claim: Claim, scope: Scope) -> bool:
    """8月15日双方签约,后者承诺提供2700万: the day of its own part does not date the money, nor does another's."""
    dates = scope.dates(claim.line_no, (claim.segment[0], claim.at[0]))
    return bool(dates) and claim.segment != claim.sentence and all(_is_occasion(d, claim) for d in dates)


def _is_of_another_figure(date: DateMention, claim: Claim, scope: Scope) -> bool:
    """由去年的260万加码到310万: 去年 is the year of 260万 alone; 42万是8月31日义跑所得,其余15万由老人独捐."""
    start, stop = claim.passage.clause_at(date.char_start)
    if stop <= claim.at[0] and any(start <= m.char_start < date.char_start for m in scope.money(claim.line_no)):
        return True
    return any(
        date.char_end <= m.char_start <= date.char_end + 4
        and m.char_start != claim.at[0]
        and re.fullmatch(r"的(?:约|近|逾|超过|不到)?", claim.passage.text[date.char_end : m.char_start])
        for m in scope.money(claim.line_no)
    )


def _is_its(date: DateMention, text: str) -> bool:
    """Not a date of a plan, a comparison or a deadline: 超出年初指标, 比2023年多, 9月底前."""
    ahead, behind = text[max(0, date.char_start - 2) : date.char_start], text[date.char_end : date.char_end + 6]
    opening = text.rfind("“", max(0, date.char_start - 8), date.char_start)
    if opening >= 0 and "”" not in text[opening : date.char_start] and "”" in behind:
        return False  # “绿色明天”: a name
    if re.match(r"的(?:约|近|逾|超过)?\d", behind):
        return True  # 与2021年的310万美元相比: the figure's own year
    if _DAY_OF_NEED.match(behind) or _OF_DISASTER.match(behind) or _DATELINE.match(behind):
        return False
    return not (_NOT_ITS.match(behind) or _COMPARED.search(ahead))


_OCCASION = on_use(
    r"宣布|签署|签订|签约|批准|表示|介绍|透露|召开|举行|总结|会议|会见|会上|承诺|同意|商定|通过|指出|座谈|访问|汇报|讯$|日电"
)
_DELIVERED = on_use(r"移交|转交|交给|捐|赠|送|拨付|拨给|发放|颁|到位|汇|运抵|接收|收到|慰问|看望|揭牌|启用|交付|分发")


def _is_occasion(date: DateMention, claim: Claim) -> bool:
    """The day of a meeting, a signature or an announcement is not when the money moves; that of a handover is."""
    if date.start_date is None or date.start_date != date.end_date:
        return False
    between = claim.passage.text[date.char_end : max(claim.at[1], date.char_end + 12)]
    after = claim.says((claim.at[1], claim.clause[1]))
    return bool(_OCCASION.search(between)) and not _DELIVERED.search(between + after)


def _of(date: DateMention, text: str, claim: Claim, scope: Scope) -> Period:
    if date.start_date is None or date.end_date is None:
        return date.start_date, None  # 2021年至今 on a page without a publication date is open
    ahead, behind = text[: date.char_start], text[date.char_end : claim.sentence[1]]
    if claim.kind == "revision" and re.fullmatch(r"的[约近]?", text[date.char_end : claim.at[0]]):
        return date.start_date, date.end_date  # 加到2018年的7.2万欧元
    if _SINCE_AFTER.match(behind) or (_SINCE_BEFORE.search(ahead) and date.precision == "year"):
        if re.search(r"今年|本年", date.quote):
            return date.start_date, date.end_date
        told = scope.published
        return date.start_date, told if told is not None and told >= date.start_date else None
    if _UNTIL_BEFORE.search(ahead):
        earlier = [
            d
            for d in scope.dates(claim.line_no, (0, date.char_start))
            if d.start_date and d.start_date <= date.end_date
        ]
        return (earlier[-1].start_date if earlier else None), date.end_date
    return date.start_date, date.end_date


def _relative(claim: Claim, scope: Scope, span: Span) -> tuple[int, Period] | None:
    """今年, 去年, 全年 before the figure in its sentence, by the publication year or the section's."""
    text = claim.passage.text
    found = [
        hit
        for hit in _RELATIVE.finditer(text, span[0], claim.at[0])
        if not _YEARS_FIGURE.match(text[hit.end() : claim.at[0]])
    ]
    if not found:
        return None
    hit = found[-1]
    if hit["first"]:  # 2019—2020两年
        years = sorted((int(hit["first"]), int(hit["end"])))
        return hit.start(), (dt.date(years[0], 1, 1), dt.date(years[1], 12, 31))
    year = _section_year(claim, scope) if hit["whole"] or hit["past"] else None
    if year is None and hit["past"]:
        if scope.published is None or scope.published.month > 2:
            return None  # in summer the year past is no calendar year
        year = scope.published.year - 1
    if hit["this"] and not hit["this"].startswith("今"):
        year = _year_told_before(hit.start(), claim, scope)
    if year is None and scope.published is not None:
        year = scope.published.year
    if year is None:
        return None
    year -= 1 if hit["last"] else 0
    return hit.start(), (dt.date(year, 1, 1), dt.date(year, 12, 31))


def _year_told_before(at: int, claim: Claim, scope: Scope) -> int | None:
    """The year of 年内 where the sentence names one, or where a review of the year before is not looking ahead."""
    named = [d for d in scope.dates(claim.line_no, (claim.sentence[0], at)) if d.precision == "year" and d.start_date]
    if named and named[-1].start_date is not None:
        return named[-1].start_date.year
    told = _section_year(claim, scope)
    ahead = _LOOKS_AHEAD.search(claim.says(claim.segment)) is not None or claim.is_target
    return told if scope.published is not None and told == scope.published.year - 1 and not ahead else None


_EVERY_YEAR = on_use(r"每年")
# 联谊会上,几个组织交接善款: not of the year that the report before told of
_ON_THE_SPOT = on_use(r"[ “]*[^,;:]{0,10}?(?:会|仪式|活动|典礼|座谈)(?:上|中|现场|期间),")
_LOOKS_AHEAD = on_use(r"将|拟|计划|有望|力争|争取|预计|准备|打算")


def _section_year(claim: Claim, scope: Scope) -> int | None:
    for page in [claim.passage, *scope.before(claim.line_no), *scope.top]:
        stop = claim.sentence[0] if page is claim.passage else len(page.text)
        for date in scope.dates(page.line.line_no, (0, stop)):
            # 超出2024年计划 is no year of the section, a heading 2024年计划 is
            of_plan = page.line.role is not Role.HEADING and re.match(r"任务|计划", page.text[date.char_end :])
            if date.precision == "year" and date.start_date and not of_plan:
                return date.start_date.year
    return None


_OPENS = 2  # characters before a date that opens its clause: 在2024年, 自去年
_N_YEARS = on_use(r"(?<![\d一二三四五六七八九十第这近])(?P<n>[两三四五六七八九十]|\d{1,2})年(?:以来|间|来|里|中)")


def _term_of_years(claim: Claim, scope: Scope) -> Period | None:
    """五年间 on a page that has named the years: 2019-2023年, as many of them."""
    said = _N_YEARS.search(claim.passage.text, claim.sentence[0], claim.at[0])
    many = None if said is None else number(said["n"])
    if said is None or many is None or scope.dates(claim.line_no, (claim.sentence[0], claim.at[0])):
        return None
    for page in [claim.passage, *scope.before(claim.line_no), *scope.top]:
        stop = claim.sentence[0] if page is claim.passage else len(page.text)
        for date in scope.dates(page.line.line_no, (0, stop)):
            first, last = date.start_date, date.end_date
            if first and last and date.precision in ("range", "year") and last.year - first.year + 1 == many > 1:
                return first, last
    return None


def _above(claim: Claim, scope: Scope) -> tuple[Period, str] | None:
    """The year a section or the lines before it are told under: 2025年,X联合会… at the head of a paragraph."""
    if _EVERY_YEAR.search(claim.says(claim.segment)):
        return None  # 此外,医院每年为患者免费诊治,费用21亿
    if re.search(r"将|商定|宣布", claim.says((claim.sentence[0], claim.at[0]))) and not claim.is_target:
        return None
    opening = claim.says(claim.sentence)
    if not (claim.is_target or re.match(r"^[ ]*(?:此外|另|同时|还|项目|全省|全市)", opening)):
        return None
    for page in [claim.passage, *scope.before(claim.line_no)]:
        stop = claim.sentence[0] if page is claim.passage else len(page.text)
        sentences = [s for s in page.sentences if s[1] <= stop]
        for sentence in reversed(sentences):
            if re.match(r" ?其中", page.text[sentence[0] : sentence[1]]):
                continue  # a part's own year
            if re.search(r"全年", page.text[sentence[0] : sentence[1]]):
                year = _section_year(claim, scope) or (scope.published.year if scope.published else None)
                if year is not None:
                    return (dt.date(year, 1, 1), dt.date(year, 12, 31)), "inherited_section"
            dates = [
                d for d in scope.dates(page.line.line_no, sentence) if d.start_date and d.precision in ("year", "range")
            ]
            lead = [d for d in dates if d.char_start - sentence[0] <= 14]
            if lead:
                basis = "inherited_sentence" if page is claim.passage else "inherited_section"
                return (lead[0].start_date, lead[0].end_date), basis
    return None
