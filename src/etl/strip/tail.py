"""The end of a plain page: what follows the article's end mark, a tail marker or its last paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.pages import Role
from etl.patterns import on_use
from etl.strip import agreement, captions, evidence, list_heads, marks
from etl.strip.draft import Draft
from etl.strip.shape import Shape

_NAME = r"[\u4e00-\u9fff·]{2,5}"
_LATIN = r"[A-ZĐÀ-Ỹ][^\W\d_]{0,8}(?:\s[A-ZĐÀ-Ỹ][^\W\d_]{0,8}){1,4}"
_POST = (
    r"(?:[\u4e00-\u9fff]{1,8}[报報台臺社刊网網站][\s\u3000]?)?(?:驻[\u4e00-\u9fff]{2,5}|特约|特約|特派|实习|實習)?"
    r"(?:记者|記者|通讯员|通訊員|撰稿人?|实习生|作者|译者|譯者|编辑|編輯)[\s\u3000:：]{0,2}"
)
_WHO = rf"(?:{_POST})?(?:{_NAME}|{_LATIN})"
_DID = (
    r"(?:供稿|供图|供圖|撰稿|撰文|报道|報道|報導|编译|編譯|翻译|翻譯|编写|编辑|整理|综合|綜合|综合报道|摄影|攝影|图文|文[/／、]?[图圖]|[图圖][/／、]?文"
    r"|[译譯编編辑輯文摄攝图圖]|[译譯]自《[^》]{2,12}》)"
)
# 玉梅 - 文福, ——玉梅, （阿桑　辑）, 老街报记者 韦青, Ngọc Mai
_NAMES = on_use(
    rf"[—–\-*＊◆■（(【\[\s]{{0,3}}{_WHO}(?:[\s\u3000]?(?:[-–—－、/／&＆·|｜和與与]|[\s\u3000])[\s\u3000]?{_WHO}){{0,3}}"
    rf"(?:[\s\u3000/／（(]{{0,2}}{_DID})?[】)）\]—–\-\s]{{0,3}}"
)
# 何秋（省新闻中心）: the writer and the office
_FROM_OFFICE = on_use(
    r"[\u4e00-\u9fff·]{2,4}\s?[（(][\u4e00-\u9fff·—\-]{2,20}"
    r"(?:司|局|厅|廳|处|處|室|部|委|会|會|中心|社|报|報|台|臺|网|網|办|辦|组|組|站|院|校)(?:供稿|撰稿|特稿)?[)）]"
)
# 国际合作司, 计划财务司供稿, 广治省友好组织联合会办公室 供稿
_OFFICE = on_use(
    r"[（(—–\-\s]{0,3}[\u4e00-\u9fff]{2,24}(?:司|局|厅|廳|处|處|室|部|委|科|会|會|中心|社|报|報|台|网|網|馆|館|办|辦|组|組|站|院|校|联|聯)"
    rf"(?:[\s\u3000]{{0,2}}{_DID}|[\s\u3000]{{0,2}}(?:提供|来稿|稿))?[)）—–\-\s]{{0,3}}"
)
_CONTACT = on_use(
    r"(?:电话|電話|地址|热线|熱線|信箱|邮箱|郵箱|传真|傳真|E-?mail|Tel|总编辑|總編輯|主编|主編|社长|社長|台长|负责人|負責人|许可证|許可證|主管|主办|主辦|统一编号|統一編號)"
    r"\S{0,4}\s?[:：]|(?:电话|電話|热线|熱線)\s?[(（+\d]|@[\w-]+\.\w|©|版[权權](?:所有|归|歸)|违者必究|違者必究|许可证编号|(?:GP|QĐ)-[A-ZĐ]{2,8}",
    re.IGNORECASE,
)
_SHORT_DATE = (
    r"(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|\d{1,2}月\d{1,2}日)"
)
_CLOCK = r"(?:\s\d{1,2}:\d{2}(?::\d{2})?)?"
# The whole line is looked at once for four Chinese characters, and once from its end for the date.
_DATED = on_use(
    rf"[-•·*◎○●▪>»\s]{{0,3}}[\[(（【]?{_SHORT_DATE}{_CLOCK}[\])）】]?[\s\u3000|｜:：-]{{1,3}}(?=.*[\u4e00-\u9fff]{{4}})"
    rf"|(?=.*[\u4e00-\u9fff]{{4}}).*(?:[\[(（【]{_SHORT_DATE}{_CLOCK}[\])）】]|[\s\u3000]{_SHORT_DATE}{_CLOCK}"
    r"|[\s\u3000]\d{1,2}\s?(?:分钟|小时|分鐘|小時|天|日)前)$"
)
_BULLET = on_use(r"[•·*＊>＞»◎○◇▪※+＋-]\s?|【[^】]{2,6}】|\d{1,2}[\s.、．]\s?")
_SIGN = on_use(r"[▶►➤👉☞]")  # ▪ and ● open subheads
_FEW_LINES = 4
_STRANGE = 0.4
_TAKEN_UP = 0.3  # of a title's words in its teaser
_SPOKEN = on_use(r"[您你我们們的了吗嗎谢謝岁歲是不]|再见|再見")
_TITLE_SIGNS = 6
_UNSURE = ("mark.no_words", "links.row_of_titles")  # Ngọc Mai, 玉梅　文福 may have been taken for these
_KEYWORDS, _KEYWORD = 10, 8
_SMALL_PART = 0.4  # of the text above a marker: more text below it is the article going on


def mark(lines: Sequence[Draft]) -> None:
    """Give other articles and the site's own words below the article their roles."""
    _after_end_mark(lines)
    _after_marker(lines)
    _pointed_at(lines)
    _listed(lines)
    _glued_teaser(lines)
    _contacts(lines)
    _signatures(lines)
    _last_titles(lines)
    _dated_titles(lines)
    _keywords(lines)
    _notices(lines)


def _keywords(lines: Sequence[Draft]) -> None:
    """标签： below the last paragraph, and one word a line under it."""
    last = _last_text(lines)
    for at in range(last + 1 if last is not None else len(lines), len(lines)):
        if lines[at].rule != "mark.keywords" or not lines[at].shape.core.endswith(("：", ":")):
            continue
        for below in lines[at + 1 : at + 1 + _KEYWORDS]:
            if below.role is not None or below.shape.length > _KEYWORD or below.shape.commas or below.shape.stops:
                return
            below.decide(Role.NAV, "tail.keywords")


def _after_end_mark(lines: Sequence[Draft]) -> None:
    for at, line in enumerate(lines):
        if line.role is None and marks.ends_article(line.shape.core) and not captions.is_credited(line.shape):
            for below in lines[at + 1 :]:
                below.decide(Role.RELATED, "tail.after_end_mark")
            return


def _after_marker(lines: Sequence[Draft]) -> None:
    total = sum(line.shape.length for line in lines if line.role is None)
    above = 0
    has_title = False
    for at, line in enumerate(lines):
        above += line.shape.length if line.role is None else 0
        has_title = has_title or line.role is Role.TITLE
        if line.rule not in list_heads.RULES:
            continue
        if not above and not has_title:
            line.role, line.rule = Role.NAV, "mark.section"  # 新闻 above the title names the section
        elif total - above < (1.0 if _is_closed(lines, at) else _SMALL_PART) * above:
            for other in lines[at:]:
                other.decide(Role.RELATED, "tail.after_marker")
                if other.role is Role.DATELINE and other.shape.han >= _TITLE_SIGNS:
                    other.role, other.rule = Role.RELATED, "tail.dated_title"  # 2020-01-03　港青赴老撾義教
            return


def _pointed_at(lines: Sequence[Draft]) -> None:
    """▶ 春季募捐：… and its one paragraph below the last, on a page whose own headings carry no such sign."""
    last = _last_text(lines)
    if last is None or last < _FEW_LINES or lines[last - 1].role is not None:
        return
    title, heads = lines[last - 1], [line for line in lines[:last] if line.role is None and line.shape.is_title_like]
    form = title.shape
    if not form.is_title_like or form.length < _TITLE_SIGNS or _SIGN.match(form.core) is None:
        return
    alike = sum(_SIGN.match(line.shape.core) is not None for line in heads)
    text = agreement.pairs(lines[last].shape.core)
    if alike == 1 and agreement.share(form.core, text) >= _TAKEN_UP:
        title.decide(Role.PROMO, "tail.pointed_at")
        lines[last].decide(Role.PROMO, "tail.pointed_at")


def _is_closed(lines: Sequence[Draft], at: int) -> bool:
    """The article's source, author or date stands right above: its text is over."""
    above = lines[at - 1] if at else None
    text = any(line.role is None and _is_text(line) for line in lines[:at])
    return text and above is not None and above.role in (Role.BYLINE, Role.DATELINE)


def _last_titles(lines: Sequence[Draft]) -> None:
    """Titles below the last paragraph head nothing: they are other articles'."""
    last = _last_text(lines)
    if last is None:
        return
    titles = [line for line in lines[last + 1 :] if line.role is None]
    if len({line.shape.core for line in titles}) < 2 or not all(_is_short(line) for line in titles):
        return
    above = next((line for line in lines[last + 1 :] if line.role is not None), None)
    if len(titles) >= 3 or above is not None:
        for line in titles:
            if line.shape.length >= 8:
                line.decide(Role.RELATED, "tail.titles")


def _is_short(line: Draft) -> bool:
    """A title, or the two or three characters of a section's name: 澳聞."""
    form = line.shape
    return form.is_title_like or (form.length < 4 and form.han == form.length)


def _dated_titles(lines: Sequence[Draft]) -> None:
    """Two dates or more below the last paragraph are other articles': `2022-09-01 河内举行秋季书香节`."""
    last = _last_text(lines)
    if last is None:
        return
    dated = [k for k in range(last + 1, len(lines)) if lines[k].role is Role.DATELINE]
    for k in dated if len(dated) > 1 else ():
        beside = (lines[k - 1], lines[k + 1]) if k + 1 < len(lines) else (lines[k - 1],)
        if any(line.role is Role.RELATED for line in beside) or lines[k].shape.han >= 6:
            lines[k].role, lines[k].rule = Role.RELATED, "tail.dated_title"


def _listed(lines: Sequence[Draft]) -> None:
    """Two titles or more below the last paragraph, each with its date or all behind one bullet."""
    last = _last_text(lines)
    if last is None:
        return
    below = [line for line in lines[last + 1 :] if line.role in (None, Role.INLINE_LINKS, Role.DATELINE)]
    dated = [line for line in below if not line.shape.ends_sentence and _DATED.match(line.shape.core)]
    if len(dated) > 1:
        for line in dated:
            line.role, line.rule = Role.RELATED, "tail.dated_title"
    known: set[str] | None = None
    signs = [_bullet(line) for line in below]
    for bullet in {sign for sign in signs if sign}:
        alike = [line for line, sign in zip(below, signs, strict=True) if sign == bullet]
        if len(alike) < 2 or any(line.shape.ends_sentence or line.shape.length < 8 for line in alike):
            continue
        known = _known(lines[: last + 1]) if known is None else known
        if max(agreement.share(line.shape.core, known) for line in alike) < _STRANGE:
            for line in alike:
                line.decide(Role.RELATED, "tail.bullets")


def _bullet(line: Draft) -> str:
    match = _BULLET.match(line.shape.core)
    return match[0][:1] if match is not None else ""


def _known(lines: Sequence[Draft]) -> set[str]:
    return agreement.pairs("".join(line.shape.core for line in lines if line.role in (None, Role.TITLE)))


def _last_text(lines: Sequence[Draft]) -> int | None:
    return max((k for k, line in enumerate(lines) if line.role is None and _is_text(line)), default=None)


def _glued_teaser(lines: Sequence[Draft]) -> None:
    """`<title> <its teaser>` on one line under other articles: the teaser takes up the title's words."""
    for at in range(len(lines) - 1, 0, -1):
        line = lines[at]
        if line.role in (Role.NAV, Role.RELATED):
            continue
        title, _, teaser = line.shape.core.partition(" ")
        if (
            line.role is not None
            or lines[at - 1].role is not Role.RELATED
            or not 8 <= len(title) <= 45
            or not line.shape.ends_sentence
            or agreement.share(title, agreement.pairs(teaser)) < _TAKEN_UP
        ):
            return
        line.decide(Role.RELATED, "tail.glued_teaser")


def _contacts(lines: Sequence[Draft]) -> None:
    """The outlet's address, editor and licence at the page's foot, also where a list of titles ran into them."""
    last = _last_text(lines)
    for line in lines[last + 1 :] if last is not None else ():
        listed = line.role is Role.RELATED and line.rule not in list_heads.RULES
        linked = line.role is Role.INLINE_LINKS
        if (line.role is None or listed or linked) and line.shape.length <= 160 and _CONTACT.search(line.shape.core):
            line.role, line.rule = Role.NAV, "tail.contact"


def _signatures(lines: Sequence[Draft]) -> None:
    """Names or an office alone right under the last paragraph: 清玄, 玉梅 - 文福, 国际合作司."""
    last = _last_text(lines)
    if last is None:
        return
    for line in lines[last + 1 :]:
        if line.role in (Role.CAPTION, Role.BYLINE):
            continue
        if line.role is not None and line.rule not in _UNSURE:
            return
        if not _is_signature(line.shape):
            return
        line.role, line.rule = Role.BYLINE, "tail.signature"


def _is_signature(form: Shape) -> bool:
    core = form.core
    if form.length > 40 or form.ends_sentence or list_heads.may_be(form) or marks.ends_article(core):
        return False
    if _SPOKEN.search(core):
        return False
    spaced = re.fullmatch(r"[\u4e00-\u9fff][\s\u3000][\u4e00-\u9fff]", core) is not None  # 玉 梅
    named = _NAMES.fullmatch(core) is not None or _FROM_OFFICE.fullmatch(core) is not None
    return spaced or named or (form.commas == 0 and _OFFICE.fullmatch(core) is not None)


def _is_text(line: Draft) -> bool:
    form = line.shape
    return (form.ends_sentence and form.length >= 20) or (form.stops > 0 and form.length >= 25)


def _notices(lines: Sequence[Draft]) -> None:
    """What the site says of its rights at the page's foot: 未經授權，不得轉載。"""
    for line in reversed(lines):
        if line.role is None:
            if evidence.notices(line.shape) < 2 or line.shape.length > 200:
                return
            line.decide(Role.NAV, "tail.notice")
