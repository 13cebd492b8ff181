"""The head of a plain page: what stands above the title, the title itself, a fragment without one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from etl import lookups
from etl.pages import Role
from etl.patterns import on_use
from etl.strip import agreement, evidence, frame_lines
from etl.strip.draft import Draft
from etl.strip.shape import Shape

_REACH = 14
_DATE_REACH = 10
_LISTS = on_use(r"[\u4e00-\u9fff]{4,6}\s{0,3}[:：]?")
_LISTED = on_use(r"\s{0,3}(?:[·•‧●◆◇▪■○◎※>»›|｜☆★]|\d{1,2}[.、．])\s{0,3}")
_STORY_DATE = on_use(
    r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日[\s\u3000，,：:]{1,3}"
    r"(?![^\u4e00-\u9fff]*$|.*(?:\d[:：]\d\d|来源|來源|作者|记者|記者|编辑|編輯|责编|字号|浏览|阅读|点击|星期|周[一二三四五六日]|第.{1,4}版))"
    r".{0,2}[\u4e00-\u9fff]{2}"
)
_TITLE = 8
_LONGEST = 80
_MENU_ENTRY = 6
_MENU_STEP = 0.1
_BAR_ENTRY = 7
# 原创 阿坤 湄南华语 2023年05月06日 20:15, 浏览:233 日期:2024-12-06: who made the page, and its day beside
_TELLS_MAKER = frozenset(
    {f"mark.{rule}" for rule in ("author", "source", "editor", "reporter", "tools", "share")}
    | {"frame.byline", "frame.tools"}
)
_SECTION = on_use(r"[【［\[〔〖][^【】\[\]［］〔〕〖〗]{1,8}[】］\]〕〗]")  # 【慈善纪实】 alone names a section
_DASHES = ("——", "──", "--")
_FEW_SHARED = 0.5
_DECK, _DECK_SHARED = 8, 0.3
# 总投资3亿越盾　可供12个班上课 says more of what the line over it names
_FIGURES = on_use(
    r"(?:[总總]?(?:造价|造價|投[资資]|[经經][费費]|[价價]值)|[总總][额額][计計]?|耗[资資]|[历歷][时時經经]|惠及|受益|[预預][计計]|可?容[纳納]"
    r"|可[供让讓]|全[长長]|[为為]期)[^。]{0,20}\d"
)
_NAME = on_use(r"[\u4e00-\u9fff](?:[\u4e00-\u9fff]{2}|氏[\u4e00-\u9fff]{2})")
_MAKER = on_use(r"[\u4e00-\u9fffA-Za-z·]{2,10}(?:\s?[/／|｜·•]\s?[\u4e00-\u9fffA-Za-z]{2,10})?")
_OPENS_TEXT = ("(本报讯)", "（本报讯）", "(時代報)", "(时代报)")


def mark_dates(lines: Sequence[Draft]) -> None:
    """A date with hardly a word beside it under what may be the title: `明珠 发布于 2024-04-04 09:12`."""
    _story_dates(lines)
    titled = False
    for line in lines[:_DATE_REACH]:
        form = line.shape
        if line.role is None and _is_text(form):
            return
        has_date = evidence.is_head_date(form)
        is_date = has_date and frame_lines.rest_of_date(form.core) is not None
        if line.role is Role.DATELINE:
            return
        if has_date and (titled or line.role is Role.BYLINE) and line.rule in _TELLS_MAKER:
            line.role, line.rule = Role.DATELINE, "head.date"
            return
        if titled and is_date and line.role in (None, Role.NAV, Role.BYLINE):
            line.role, line.rule = Role.DATELINE, "head.date"
            return
        titled = titled or (line.role is None and not is_date and form.length >= _TITLE and _may_be_title(form))


def mark_directory(lines: Sequence[Draft]) -> list[str]:
    """The titles that 本版导航 · 春耕备种早 · 渡口换新船 over an article lists; each stands over its own text below.

    They may also follow one a line, each behind the same sign.
    """
    found: list[str] = []
    for at, line in enumerate(lines[:_REACH]):
        if line.rule != "mark.directory":
            continue
        here = [part for part in map(str.strip, _LISTED.split(_LISTS.sub("", line.shape.core, count=1))) if part]
        if not here:
            for below in lines[at + 1 : at + 1 + _REACH]:
                if below.role is not None or _LISTED.match(below.shape.core[:1]) is None:
                    break
                below.decide(Role.RELATED, "head.directory")
                here.append(_LISTED.sub("", below.shape.core, count=1).strip())
        found += here
    return found


def mark_next_of_page(lines: Sequence[Draft], listed: Sequence[str]) -> None:
    """Another title of the page's directory under the article's text: what follows it is not of this article."""
    title = next((k for k, line in enumerate(lines) if line.role is Role.TITLE), None)
    if title is None or not listed:
        return
    has_text = False
    for at in range(title + 1, len(lines)):
        form = lines[at].shape
        has_text = has_text or (form.is_paragraph_like and form.length > _TITLE)
        if has_text and form.core in listed and form.core != lines[title].shape.core:
            for line in lines[at:]:
                line.decide(Role.RELATED, "head.next_of_page")
            return


def _story_dates(lines: Sequence[Draft]) -> None:
    """`1950年1月18日 越中建交` between paragraphs of a page with a dateline above is a step of the story."""
    texts = [k for k, line in enumerate(lines) if line.role is None and line.shape.ends_sentence]
    if len(texts) < 2 or not any(line.role is Role.DATELINE for line in lines[: texts[0]]):
        return
    for line in lines[texts[0] + 1 : texts[-1]]:
        if line.role is Role.DATELINE and _STORY_DATE.match(line.shape.core):
            line.role, line.rule = None, ""


def _is_text(form: Shape) -> bool:
    return form.is_paragraph_like and form.han > 0.4 * form.length and not _may_be_title(form)


def mark(lines: Sequence[Draft]) -> None:
    """Give the title its role and the menus, tickers and foreign scripts above it theirs."""
    head = _head(lines)
    text = agreement.pairs("".join(line.shape.core for line in lines if line.role is None and line not in head)[:3000])
    best, found = 0.0, None
    at = 0.0  # how many lines that may be titles stand above; an entry of a menu counts less
    for k in head_indexes(lines, head):
        score = _score(lines, k, text) - 0.3 * at
        at += 1.0 if lines[k].shape.length >= _MENU_ENTRY and not _is_menu(lines[k].shape) else _MENU_STEP
        if score > best:
            best, found = score, k
    if found is None:
        return
    found = _under_dashes(lines, _kicker_over(lines, _over_deck(lines, found, text)))
    undated = not any(line.role is Role.DATELINE for line in lines[:_REACH])
    for line in lines[:found]:
        if undated and line.role is None and evidence.is_head_date(line.shape):
            line.decide(Role.DATELINE, "head.issue_date")  # 南洋晨报｜第二版｜2023年10月23日　星期一 over the title
        elif len(line.shape.pieces) >= 4 and line.shape.length > 60 and line.shape.han > 0.5 * line.shape.length:
            line.decide(Role.INLINE_LINKS, "head.ticker")
        elif line.shape.is_paragraph_like and line.shape.han > 0.5 * line.shape.length:
            continue
        else:
            line.decide(Role.NAV, "head.above_title")
    lines[found].decide(Role.TITLE, "head.title")
    if lines[found].shape.core.endswith((":", "：")):  # `中部五省友好组织联合会第九次联席会议:`, the title follows
        below = next((line for line in lines[found + 1 : found + 3] if line.role is None), None)
        if below is not None and below.shape.length <= _LONGEST and not below.shape.ends_sentence:
            below.decide(Role.TITLE, "head.after_kicker")
    _mark_under(lines, found, text)


def _mark_under(lines: Sequence[Draft], title: int, text: set[str]) -> None:
    """——记两国边民歌会 right under the title says more of it; 椰风侨讯 between it and the date is who tells.

    So is a name alone over the first paragraph: 何佳兰.
    """
    at = title + 1
    opens = at < len(lines) and lines[at].role is None and lines[at].shape.is_title_like
    if opens and lines[at].shape.core.startswith(_DASHES):
        lines[at].decide(Role.HEADING, "head.subtitle")
        at += 1
    if at + 1 >= len(lines) or lines[at].role is not None:
        return
    core, below = lines[at].shape.core, lines[at + 1]
    dated = below.role is Role.DATELINE and _MAKER.fullmatch(core) is not None
    signed = below.role is None and _is_text(below.shape) and _is_name(core)
    if (dated or signed) and agreement.share(core, text) < _FEW_SHARED:
        lines[at].decide(Role.BYLINE, "head.maker")


def _over_deck(lines: Sequence[Draft], found: int, text: set[str]) -> int:
    """友會訪順化　敘誼三日行 close over 贈物助學　簽意向書: the longer upper line of a print is its title."""
    if found == 0 or lines[found].gap or lines[found - 1].role is not None:
        return found
    upper, lower = lines[found - 1].shape, lines[found].shape
    told = upper.length >= _DECK and _FIGURES.match(lower.core) is not None and _FIGURES.match(upper.core) is None
    longer = _DECK <= lower.length <= upper.length or told
    fits = _score(lines, found - 1, text) > 0 and longer and _may_be_title(upper)
    if (
        not fits
        or upper.core.endswith(_DASHES)
        or agreement.share(upper.core, text) < _DECK_SHARED
        or _is_menu(upper)
        or _is_bar(upper)
    ):
        return found
    lines[found].decide(Role.HEADING, "head.subtitle")
    return found - 1


def _under_dashes(lines: Sequence[Draft], found: int) -> int:
    """两岸村民同庆丰收节—— leads over to the title under it: 一条小河两个家."""
    for at in (found, found - 1):
        below = lines[at + 1] if 0 <= at < len(lines) - 1 else None
        if below is None or lines[at].role is not None or not lines[at].shape.core.endswith(_DASHES):
            continue
        if below.role is None and not below.gap and _may_be_title(below.shape) and lines[at].shape.length > 4:
            lines[at].decide(Role.HEADING, "head.kicker")
            return at + 1
    return found


def _is_name(core: str) -> bool:
    """何佳兰, 阮氏青秋: a surname and what follows one."""
    return _NAME.fullmatch(core) is not None and core[0] in _surnames()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row["surname"] for row in lookups.rows("surnames"))


def _kicker_over(lines: Sequence[Draft], found: int) -> int:
    """The line right above the title when it ends with a colon: `人物专访：`, then the title."""
    above = lines[found - 1] if found else None
    if above is None or above.role is not None or not above.shape.core.endswith((":", "：")):
        return found
    return found - 1 if 3 <= above.shape.length <= _LONGEST and above.shape.han >= 2 else found


def _head(lines: Sequence[Draft]) -> list[Draft]:
    """The undecided lines down to the first paragraph in Chinese."""
    head: list[Draft] = []
    for line in lines[:_REACH]:
        form = line.shape
        is_text = form.is_paragraph_like and len(form.pieces) < 4 and form.han > 0.4 * form.length
        if is_text and (form.ends_sentence or form.length > _LONGEST) and not _may_be_title(form):
            break
        if line.role is None:
            head.append(line)
    return head


def head_indexes(lines: Sequence[Draft], head: Sequence[Draft]) -> list[int]:
    """Where the lines of the head stand on the page."""
    return [k for k, line in enumerate(lines[:_REACH]) if any(line is other for other in head)]


def _is_menu(form: Shape) -> bool:
    """`首页　要闻　老挝　柬埔寨　越南`: four words or more, none of them long enough for a headline."""
    sizes = sorted(map(len, form.pieces))  # the site's own name may open the row
    spaced = sizes[len(sizes) // 2] == 1  # 港 鐵 多 條 路 綫: a headline with its characters set apart
    return len(sizes) >= 4 and not spaced and sizes[-2] <= 4 and sizes[-1] <= 16 and form.han > 0.5 * form.length


def _may_be_title(form: Shape) -> bool:
    """Short enough, one clause, and no full stop at its end; a question or an exclamation may be a title."""
    return (
        4 <= form.length <= _LONGEST
        and form.stops == 0
        and not form.core.endswith(("。", "；", ";", "，", ",", "|"))
        and not form.core.startswith(_OPENS_TEXT)
        and form.han >= 0.25 * form.length
    )


_BODY = on_use(
    r"[\u4e00-\u9fff]{3,16}(?:会|會|网|網|报|報|社|中心|馆|館|局|厅|廳|委|处|處|院|校|学|學|台|臺|组织|組織|基金)$"
)


_SITE = on_use(
    r"[\u4e00-\u9fff]{2,14}(?:报|報|网|網|台|臺|社|刊|在线|線上)[\s|｜·•:：–—-]{1,4}[A-Za-zĂÂĐÊÔƠƯ][A-Za-z&+.\s]{1,30}|[\u4e00-\u9fffA-Za-z]{2,14}(?:报|報|网|網|台|臺|社|刊|版)(?:网|網|官网|官網)?"
    r"[\s]{0,3}(?:[-—–|·:：][\s]{0,2})?"
    r"(?:[\u4e00-\u9fff]{0,20}(?:电子版|電子版|数字报|數字報|数字版|數位版|网络版|網絡版|机关报|機關報|门户网站|官方网站|官网))"
)


# 山地妇女　HỘI LHPN TỈNH LÀO CAI, 金合欢基金会 Wattle Foundation | 越南办事处, 某市工会　中文专页
_LATIN = r"[A-ZĂÂĐÊÔƠƯÀ-Ỹ][^\W\d_]{0,14}"
_NAMED_TWICE = on_use(
    rf"[\u4e00-\u9fff·]{{2,16}}[\s　|｜·•–—-]{{1,3}}{_LATIN}(?:[\s.&]{{1,2}}{_LATIN}){{1,7}}"
    r"(?:[|｜·\s　]{1,3}[\u4e00-\u9fff]{2,8})?"
    # 《椰林侨声》周报　某国·某城
    r"|《[\u4e00-\u9fff]{2,12}》[\s　]?(?:[日周週]?[报報]|半月刊|[双雙]?[周週]刊|[月季会會]刊)"
    r"(?:[\s　]{1,3}[\u4e00-\u9fff·]{2,10})?"
    r"|[\u4e00-\u9fff]{3,20}[\s　|｜·•–—-]{1,3}(?:中文专页|中文專頁|中文版|中文[网網]"
    r"|(?:电子|電子)?(?:信息|資訊|资讯|新闻|新聞)?(?:门户|門戶)(?:[网網]站?)?"
    r"|(?:电子|電子)?(?:信息|資訊|资讯|新闻|新聞)[网網]站?|入口[网網]|数字[报刊]|數[字位]報"
    r"|官方网页|官方网站|专页|主页|首页|办事处|電子報|电子报)"
)
_ENTRY = on_use(r"[\s\u3000|｜·•/\[\]【】［］<>›»☰🔍、]+")


def _is_bar(form: Shape) -> bool:
    """`项目地图 · 故事 · 年报 · 招聘`, `[首页] [救灾] [献血]`, `☰ 栏目　🔍 搜索`: short entries with signs between."""
    sizes = sorted(len(entry) for entry in _ENTRY.split(form.core) if entry)
    if len(sizes) < (2 if form.core[:1] in "☰≡🔍" else 4) or any(map(str.isdigit, form.core)):
        return False
    if sizes[len(sizes) // 2] == 1:  # 港 鐵 多 條 路 綫: a headline with its characters set apart
        return False
    return sizes[-1] <= _BAR_ENTRY and sum(sizes) <= 5 * len(sizes)


def _is_masthead(lines: Sequence[Draft], k: int) -> bool:
    """老街省友好组织联合会 over `首页 | 动态 | 联系我们`, 澳門日報電子版: whose site it is."""
    if k <= 1 and _NAMED_TWICE.fullmatch(lines[k].shape.core.lstrip("\ufeff")) is not None:
        return True
    if _SITE.fullmatch(lines[k].shape.core.lstrip("\ufeff")) is not None:
        return True
    below = lines[k + 1] if k + 1 < len(lines) else None
    if k == 0 and below is not None and below.role is Role.NAV and _ISSUE.fullmatch(lines[k].shape.core) is not None:
        return True
    if k == 0 and _heads_an_issue(lines):
        return True
    menu = below is not None and below.rule in ("mark.menu", "mark.breadcrumb", "template.menu")
    barred = below is not None and (menu or _is_menu(below.shape) or _is_bar(below.shape))
    if k == 0 and barred and (_titled_below(lines) or _TWO_NAMES.fullmatch(lines[k].shape.core) is not None):
        return True
    return k == 0 and menu and _BODY.fullmatch(lines[k].shape.core) is not None


# 山城侨报　第318期, 滇南学院 国际交流处 over 2024年4月4日 星期四 第03版, with the title below: whose issue it is
_ISSUED = on_use(r"第\s?[A-Z]?\d{1,4}\s?[版期]")
_HOUSE = on_use(
    r"(?:[\u4e00-\u9fffA-Z·—\s]{2,30}(?:[报報刊网網社台臺]|电子版|電子版|数字报|學會|协会|協會|分会|分會|十字会|总会|总會|商会|会讯|會訊|学院|大学|處|处|局|厅|廳|中心|门户)"
    r"|《[\u4e00-\u9fff]{2,12}》.{0,6})(?:[\s·]{0,3}[总總]?第\s?\d{1,4}\s?期)?"
)


def _heads_an_issue(lines: Sequence[Draft]) -> bool:
    over, dated, below = (*lines[:3], None, None, None)[:3]
    if over is None or dated is None or below is None or dated.role is not Role.DATELINE or below.role is not None:
        return False
    return (
        _ISSUED.search(dated.shape.core) is not None
        and _HOUSE.fullmatch(over.shape.core) is not None
        and below.gap > 0
        and below.shape.length >= _TITLE
        and _may_be_title(below.shape)
    )


# 青藤海外服務協會　2022年度工作報告 over `◄ 上一章　｜　下一章 ►`: what the page is a part of
_ISSUE = on_use(
    r"\ufeff?[\u4e00-\u9fff·《]{2,24}[\s　·|｜]{0,3}"
    r"(?:(?:19|20)\d\d(?:[-–—至](?:19|20)?\d\d)?)?\s?年?度?[\u4e00-\u9fff]{0,4}"
    r"(?:报告书?|報告書?|年报|年報|会刊|會刊|特刊|年刊|季刊|月刊|会讯|會訊|简讯|簡訊|简报|簡報|通讯|通訊|年鉴|年鑑|手册|手冊)[》]?"
)
_TWO_NAMES = on_use(r"[\u4e00-\u9fffA-Za-z]{3,20}(?:\s[·•]\s|\s?[|｜—–-]\s?)[\u4e00-\u9fff]{2,8}")


def _titled_below(lines: Sequence[Draft]) -> bool:
    """布拉格侨讯 · 会刊中文版 and a menu over 旅捷侨界风灾募捐告一段落 / (15.10.2024): the title stands on the date."""
    for k in range(2, min(len(lines) - 1, _REACH)):
        dated = lines[k + 1].role is Role.DATELINE
        if dated and lines[k].role is None and _may_be_title(lines[k].shape) and not _is_menu(lines[k].shape):
            return True
    return False


def _score(lines: Sequence[Draft], k: int, text: set[str]) -> float:
    """What speaks for a line being the title: the page's first, over a dateline, in the words of the text."""
    form = lines[k].shape
    if not _may_be_title(form) or lines[k].text.lstrip().startswith("|"):
        return 0.0
    if _is_menu(form) or (k <= 2 and _is_bar(form)) or form.core[0] in "●■◆▲":  # ● opens a subhead
        return 0.0
    if len(form.pieces) >= 3 and form.length > 30 and min(map(len, form.pieces)) >= 5:
        return 0.0  # a row of links: the page is a fragment
    if k + 1 < len(lines) and lines[k + 1].shape.core == form.core and k == 0:
        return 0.0  # a caption printed twice opens a fragment
    if _is_masthead(lines, k) or _SECTION.fullmatch(form.core) is not None:
        return 0.0
    if k and form.core.startswith(_DASHES) and _may_be_title(lines[k - 1].shape):
        return 0.0  # ——记两国边民歌会 under the title says more of it
    words = agreement.pairs(form.core)
    score = 0.6 + 2.0 * len(words & text) / max(1, len(words))
    score += 1.5 if any(line.role is Role.DATELINE for line in lines[k + 1 : k + 4]) else 0.0
    score += 0.3 if k + 1 < len(lines) and lines[k + 1].role is Role.DATELINE else 0.0
    below = lines[k + 1] if k + 1 < len(lines) else None
    if below is not None:  # 跨海的课桌 over ——互助会捐赠侧记, over the author's name
        subtitled = below.role is None and below.shape.core.startswith(_DASHES)
        score += 1.0 if subtitled else 0.7 if below.role is Role.BYLINE else 0.0
    score += 1.0 if k and lines[k - 1].rule in ("mark.breadcrumb", "template.breadcrumb") else 0.0
    score += 0.4 if form.length >= 8 else -0.5 if form.length >= 6 else -1.0
    return score
