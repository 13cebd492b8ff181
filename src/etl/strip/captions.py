"""Captions: printed twice, with a credit, under an image mark, alternative texts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from etl.pages import Role
from etl.patterns import by_letter, on_use
from etl.strip.draft import Draft, free
from etl.strip.shape import Shape

# At the head: ▲代表团合影, 图片说明…, 照片：…, 左起：…
_HEAD = on_use(
    r"[▲△▼▽↑↓◀◄☝👆📷📸]\ufe0f?\s?(?!\d{1,4}(?:\.\d+)?\s?%)[\u4e00-\u9fff\d（(]"
    r"|(?:图片|圖片|照片|图|圖)(?:说明|說明|默认标题)|(?:照片|图片|圖片|相片|图|圖|题图|題圖|插图)(?:说明|說明|说|說|注|註|示|解|释|来源|來源)?\s?[:：]"
    r"|[图圖]\s?(?:[\d一二三四五六七八九十①-⑳]{1,2}|[①-⑳])[\s:：、.．]"
    r"|(?:[（(]\s?)?(?:前排|后排|後排|从|從|自|由)?[左右](?:起|至右|二|三|一|侧|側)\s?[)）:：]"
    r"|(?:[（(]\s?)?(?:前排|后排|後排)[左右]起"
    r"|[（(]?(?:从|從|自|由)[左右](?:起|至右)(?:[依次]{0,2}[为為是：:]|[)）])|©|[摄攝][于於](?:19|20)?\d{1,4}年?[^，。]{0,14}[。)）]?$"
)
# At the head or near the end. Forms begin with a letter, not with a test, so that most are passed over without a try.
_CREDIT = on_use(
    r"照片\s?[:：]|图片\s?[:：]|圖片\s?[:：]|相片\s?[:：]|影像\s?[:：]|图自|图片来源|圖片來源|[图圖]源\s?[:：/／|｜]|资料图"
    r"|資料圖|资料照|摄影?\s?[:：/／]|攝影?\s?[:：/／]|供图|供圖|提供[)）]|新华社发|[。」”]\s?[\u4e00-\u9fff]{2,6}[社网網报報台]发(?:[\s\u3000]|$)"
    r"|[照图圖][片像]?(?:均)?(?:由|为|為)[^。，]{2,16}(?:提供|所?摄)(?=[。)）]?$)|翻[摄攝拍]自|[截擷]取?[图圖]自|圖自"
    r"|(?:视频|視頻|影片|网络|網路|畫面|画面)截[图圖](?=[。)）]?$)|照片来源|照片來源|資料照|Photo\s?[:：by]"
    r"|[(（]\s?(?:Photo|Foto|Image|Source|Nguồn|Ảnh)\s?[:：]|[图圖]片\s?[:：/／]|[\u4e00-\u9fff]{2,4}[/／]\s?[摄攝][)）]?$"
    r"|。\s?©|[。，\s（(][摄攝][于於](?:19|20)?\d{1,4}年?[^，。]{0,14}[。)）]?$"
    r"|(?:记者|記者|本网|本报|本報|通讯员)[^。，]{1,16}[摄攝]$|[(（—–-][^)）—–-]{0,14}[摄攝][)）—–-]{0,2}$"
    r"|[(（][^()（）。]{1,16}(?:摄影|攝影|拍摄|拍攝)[)）]"
    r"|《[^》]{2,10}》(?:记者|記者)[\s\u3000]?[\u4e00-\u9fff·]{2,4}[\s\u3000]?[摄攝]$"
    r"|[\s]摄影[\s][\u4e00-\u9fff·]{1,4}(?:[\s][\u4e00-\u9fff]{1,2})?$|[摄攝]\s?(?:\d{2,4}年\d|$)"
    r"|[图圖](?<![组組集高多].)\s?[:：/／]|[(（【\[][图圖]|ảnh \d|hinh anh \d|[Ảả]nh\s?[:：]"
)
_SCENE = on_use(
    r"[左右中][一二三四五六0-9][)）]|[(（][左右中][)）]|合影|合照|留影|[图圖](?:[为為是]|中[为為])|照片中[为為]"
    r"|^(?!.*(?:来到|來到|赶|趕|前往|抵达|抵達|走进|走進|到达|到達|离开|離開|[赴在从從]))[^，。]{2,22}"
    r"(?:现场|現場|场景|場景|会场|會場|主席台|主席臺|一角|一景|全景|外景)。?$"
)
# 大会主席团（路透社）; a sentence of the story with its source is longer
_AGENCY = on_use(
    r"[(（\s](?:越通社|新华社|新華社|中新社|中央社|法新社?|路透社?|美联社?|美聯社?|欧新社?|盖蒂|人民报|TTXVN|VNA|AFP|Reuters|AP|EPA)(?:[/／][^)）]{1,10})?[)）]?$"
    r"|。\s?(?:TTXVN|VNA|AFP|Reuters|EPA)$"
)
# `Bản in : <another site's title> | Vietnam+`, `<title> ảnh 1<caption>`, `<title> - ảnh 1`
_ALT_TEXT = on_use(r"Bản in ?:|.{4,80}(?:ảnh|hinh anh) \d")
_GLUED_CAPTION = on_use(r".{4,80}(?:ảnh|hinh anh) \d{1,2}\S")
_OPENING = on_use(r"[\u4e00-\u9fff]{2,14}(?:——|—|-|\d{1,2}月\d{1,2}日(?:电|電|——|—))")  # 越通社巴色——9月6日
_BRACKETED = on_use(r"[(（][^()（）。]{10,80}[)）]")
_LONGEST = 120
_SCENE_LENGTH = 50
# 第九次会议拟于明年召开。 她建议举办更多洽谈会。: a plan or somebody's words, no picture
_TOLD = on_use(
    by_letter(
        r"[拟擬]于|[拟擬]於|[将將]|预计|預計|计划|計劃|建[议議]|希望|表示|指出|强调|強調|[说說]|[称稱]|认为|認為|曾|以来|以來"
    )
)
_TABLE_PIPES = 4
_PARAGRAPHS = 3
_TITLE_SIGNS = 6


def mark(lines: Sequence[Draft], *, is_site: bool) -> None:
    """Give captions their role. Pages with their site around them (`is_site`) get the certain kinds only."""
    if not is_site:
        _doubled(lines)
    title = next((line.shape.core for line in lines if line.role is Role.TITLE), "")
    waiting = free(lines)
    lead = waiting[0] if waiting else None
    if not title and lines and lines[0].role is None and _GLUED_CAPTION.match(lines[0].shape.core):
        lines[0].decide(Role.TITLE, "head.title")  # `<title> hinh anh 1<caption>` prints the title only there
    for at, line in enumerate(lines):
        if line.role is not None:
            continue
        rule = _certain(lines, at)
        if rule is None and not is_site:
            rule = _likely(lines, at, title, lead)
        if rule is not None:
            line.decide(Role.CAPTION, rule)
            if rule in ("caption.pair", "caption.other_alt") and at + 1 < len(lines):
                lines[at + 1].decide(Role.CAPTION, rule)
    if not is_site:
        _unindented(lines)


def _unindented(lines: Sequence[Draft]) -> None:
    """`代表看望伤员` flush left like the page's sure captions, while every paragraph is indented: a picture's words."""
    texts = [k for k, line in enumerate(lines) if line.role is None and line.shape.ends_sentence]
    if len(texts) < _PARAGRAPHS or not all(_is_indented(lines[k]) for k in texts):
        return
    inside = lines[texts[0] + 1 : texts[-1]]
    if any(line.rule == "caption.credit" and not _is_indented(line) for line in inside):
        for line in inside:
            if line.role is None and line.shape.is_title_like and not _is_indented(line):
                line.decide(Role.CAPTION, "caption.unindented")


def _is_indented(line: Draft) -> bool:
    return line.text.startswith(("\u3000", "  ", "\u00a0"))


def _doubled(lines: Sequence[Draft]) -> None:
    waiting = free(lines)
    for at, (line, below) in enumerate(pairwise(waiting)):
        # The lead printed again as the first paragraph is no caption.
        if (at or not _is_long(line.shape)) and line.shape.core == below.shape.core and line.shape.length <= 200:
            line.decide(Role.CAPTION, "caption.doubled")
            below.decide(Role.CAPTION, "caption.doubled")


def mark_printed_twice(lines: Sequence[Draft]) -> None:
    """The same words with their credit on two lines: a picture's, whatever stands around the article."""
    for line, below in pairwise(lines):
        form = line.shape
        if form is below.shape and form.length <= _LONGEST and line.role is None and is_credited(form):
            line.decide(Role.CAPTION, "caption.doubled")
            below.decide(Role.CAPTION, "caption.doubled")


def _is_long(form: Shape) -> bool:
    return form.ends_sentence and (form.length > 40 or form.commas > 0)


def _certain(lines: Sequence[Draft], at: int) -> str | None:
    form = lines[at].shape
    above = lines[at - 1] if at else None
    if above is not None and above.rule == "mark.image" and form.length <= 160 and not _is_paragraph(lines[at]):
        return "caption.under_image"
    if _ALT_TEXT.match(form.core):
        has_caption = form.core.startswith("B") and at + 1 < len(lines) and not lines[at + 1].gap
        return "caption.other_alt" if has_caption else "caption.alt_text"
    if form.length <= _LONGEST and form.stops <= 1 and is_credited(form):
        return "caption.credit"
    below = lines[at + 1].shape if at + 1 < len(lines) else form
    if form.length >= _TITLE_SIGNS and below is not form and below.core.startswith(form.core) and is_credited(below):
        return "caption.alt_text"  # 学生在新图书室读书 over 学生在新图书室读书。（摄影／何兰）
    # （于文涛大使与丁公使副主席为卫生院揭牌）
    if _BRACKETED.fullmatch(form.core) and form.han >= 10:
        return "caption.bracketed"
    # `| 挪威教会援助会 | 广平省 | 净水 | 52万挪威克朗 |` is a row of a table, no caption
    if form.piped and form.length <= _LONGEST and form.stops == 0 and lines[at].text.count("|") < _TABLE_PIPES:
        return "caption.piped"
    return None


def _is_paragraph(line: Draft) -> bool:
    """Three commas and a full stop between them, or two sentences set apart: the story, not a scene."""
    form = line.shape
    if not form.ends_sentence or is_credited(form):
        return False
    apart = line.gap > 0 and form.length > _SCENE_LENGTH and (form.commas >= 2 or form.stops > 0)
    return (form.commas >= 3 and form.length > 60) or apart


def _likely(lines: Sequence[Draft], at: int, title: str, lead: Draft | None) -> str | None:
    line, form = lines[at], lines[at].shape
    above = lines[at - 1] if at else None
    below = lines[at + 1] if at + 1 < len(lines) else None
    if title and at and form.core.startswith(title):
        return "caption.title_alt"
    if above is None or below is None or line is lead or form.core[0] in "•●■◆▪*-·":
        return None
    is_short = form.length <= 60 and form.stops == 0 and not _OPENING.match(form.core)
    pictured = above.role is Role.CAPTION and above.rule != "caption.one_plain_sentence"
    planned = form.ends_sentence and form.commas > 0 and _TOLD.search(form.core) is not None
    if pictured and not line.gap and below.gap and is_short and not planned:
        return "caption.under_caption"
    if _is_plain_sentence(lines, at):
        return "caption.one_plain_sentence"
    after = lines[at + 2] if at + 2 < len(lines) else None
    sentences = form.ends_sentence and below.shape.ends_sentence
    told = sentences and (min(form.commas, below.shape.commas) >= 2 or max(form.commas, below.shape.commas) >= 3)
    short = not told and max(form.length, below.shape.length) <= 80 and form.stops == 0 == below.shape.stops
    # Two short lines set apart from the paragraphs around them: alternative text and caption, not equal.
    if short and line.gap and not below.gap and below.role is None and after is not None and after.gap:
        return "caption.pair"
    return None


def is_credited(form: Shape) -> bool:
    """`…。图自越通社`, `(图:时代报)`; or a short scene such as `林志遠會長(右三)向安江省代表轉交捐款牌。`"""
    end = form.core[-40:]
    if (
        _CREDIT.search(end)
        or _HEAD.match(end)
        or (form.length > 40 and (_CREDIT.match(form.core) or _HEAD.match(form.core)))
    ):
        return True
    if form.length <= 40 and form.stops <= 1 and _AGENCY.search(form.core) is not None:
        return True
    return form.length <= 60 and form.commas <= 1 and _SCENE.search(form.core) is not None


def _is_plain_sentence(lines: Sequence[Draft], at: int) -> bool:
    """One short sentence without a comma between long paragraphs: `…活动在平阳大学举行。`"""
    form = lines[at].shape
    if not form.core.endswith("。") or form.commas or form.stops or form.length > 40 or at < 2:
        return False
    if _TOLD.search(form.core):
        return False
    around = (lines[at - 1], lines[at + 1])
    return all(line.role is None and line.shape.length > 2 * form.length for line in around)
