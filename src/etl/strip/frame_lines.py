"""Lines that only say when, where from, by whom, or offer the reader a tool: cut into known pieces, nothing left over.

`2024年09月14日 20:31　来源：中国新闻网`, `周四, 18/07/2024 | 09:15:22 [GMT +7]`,
`作者：明俊 · 2025年03月17日 · 阅读 3 分钟`, `【打印本页】 【关闭窗口】`. A line with an unknown piece is none of these.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from etl import lookups
from etl.pages import Role
from etl.strip.letters import any_case

_LONGEST = 120
_MANY_NAMES = 3
_NAME = r"[^\s|｜·。，,；;：:/／]{1,20}"
# The brackets of buttons: 【打印】, ［关闭］, 〔返回〕, 「列印本頁」
_OPEN, _CLOSE = r"[【〖［\[〔「『{《〈<(（]", r"[】〗］\]〕」』}》〉>)）]"
# `记者：您怎么看这次合作?` opens an interview: a question is no name.
_PERSON = r"(?!.{0,12}[您你我?？!！])[^\s|｜。，,；;：:/／“”]{1,12}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
# Tried in this order at each place; every piece is bounded, so a line is read in linear time.
_PIECES: tuple[tuple[str, str], ...] = (
    ("date", r"\d{4}\s?[年/.\-－]\s?\d{1,2}\s?[月/.\-－]\s?\d{1,2}\s?[日号]?"),  # 2024年09月14日, 2022/12/19
    ("date", r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"),  # 18/07/2024
    ("date", r"(?:中華)?民[国國]\s?\d{2,3}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"),
    # 公告日期：113-05-20, in years of the Republic
    ("date", r"1[01]\d(?:[-/.]\d{1,2}[-/.]\d{1,2}(?![\d.])|年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"),
    ("date", r"ngày \d{1,2} tháng \d{1,2} năm \d{4}"),
    ("date", r"\d{1,2} Tháng (?:\d{1,2}|[A-ZĐ]\S{1,4}(?: [A-ZĐ]\S{1,4})?),? \d{4}"),  # 14 Tháng Tám, 2023
    ("date", r"[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"),
    ("date", rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}},?\s)?\d{{1,2}}\s{MONTH},?\s\d{{4}}"),  # Thu, 29 Oct 2020
    (
        "date",
        r"\d{1,2}\s?月\s?\d{1,2}\s?日?[,，]\s?\d{4}|\d{1,2}\s[一二三四五六七八九十]{1,2}月,?\s\d{4}|[一二三四五六七八九十]{1,2}月\s\d{1,2},\s?\d{4}",
    ),  # 4月 4, 2024, 04 四月 2024
    ("date", rf"{MONTH}\s\d{{1,2}},?\s\d{{4}}"),  # August 30, 2021
    ("time", r"(?:上午|下午|晚上|凌晨)?\s?\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2})?|[h时時]\d{2}分?)(?:\s?[AP]M)?"),
    ("when", r"(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|Thứ (?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy)|Chủ [Nn]hật"),
    (
        "when",
        r"[\[(（]?\s?(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::\d{2})?\s?[\])）]?|北京时间|河内时间|ngày|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}"
        r"|第\s?[A-Z]?\d{1,3}\s?版(?:\s?[:：]\s?[\u4e00-\u9fff]{0,6}(?=[\s　]|$))?|\([一二三四五六日]\)|[+-]\d{4}",
    ),
    # 2025-04-11 18:05　发表于云南: where the reader's page was sent from
    ("when", r"\d{1,3}\s?(?:分钟|分鐘|小时|小時|天|日)前(?:更新)?(?=[\s　|｜·]|$)"),
    ("when", r"(?:发表|發表|发布|發佈|發布)[于於]\s?[:：]?\s?[\u4e00-\u9fff]{2,5}(?=[\s　|｜·]|$)"),
    (
        "label",
        r"(?!(?:预计|預計)?(?:阅读|閱讀))[\u4e00-\u9fff]{0,4}(?:时间|時間|日期)\s?[:：]|(?:发布|發[布佈]|发表|發表|刊登|出版)?(?:于|於)\s?[:：]?"
        r"|(?:发布|發[布佈]|发表|發表|最[后後]更新|更新)\s?[:：]?(?=\s?\d)"
        # 上载 : 2021-03-15, 張貼日期：…, 发稿 2023-08-14, 刊於 2019年11月8日
        r"|(?:发|發|上|张|張|刊|见|見|登|建|录|錄|公|贴|貼|推|修|撰|写|寫)(?:稿|文|载|載|传|傳|架|网|網|贴|貼|出|报|報|录|錄|立|入|告|示|布|佈|开|開|送|改|订|訂)?"
        r"(?:于|於|时间|時間|日期)?\s{0,2}[:：]?(?=\s{0,2}(?:(?:19|20)\d\d\s?[-/.年]|\d{1,2}\s?[-/.]|\d{1,2}\s[一二三四五六七八九十]{1,2}月))"
        r"|(?:发布|發布|发表|發表)\s?[:：]"
        r"|(?:Cập nhật|Ngày đăng|Published|Updated|Posted)(?: \d{1,2} [a-z]{3,7} ago)?(?: on)?\s?:?",
    ),
    ("when", r"\d{1,2}\s?月\s?\d{1,2}\s?日"),  # （2024年6月3日—6月9日）发布：2024-06-09
    # 乂安广播电视台 - 28/10/2016: a source without its label, beside a date
    (
        "outlet",
        r"[\u4e00-\u9fff]{2,8}(?:电视台|電視臺|广播台|日报|日報|晚报|晚報|周报|周報|通讯社|通訊社|之声"
        r"|(?<=[\u4e00-\u9fff]{2})[报報网網])(?=[\s|｜·•\-–—/]|$)",
    ),
    ("from", rf"(?:文章|信息|消息|新闻|稿件)?(?:来源|來源|稿源|出处|出處|转自|轉自)于?\s?[:：]\s*{_NAME}"),
    (
        "by",
        rf"(?:本文)?(?:责任|責任|执行|文字|新媒体)?(?:编辑|編輯|小编|小編|主编|主編|责编|責編|校对|校對|审核|監製|监制)\s?[:：]\s*{_PERSON}",
    ),
    (
        "by",
        rf"(?:本[报報网網]|本刊|特约|通讯社)?(?:记者|記者|作者|撰文|通讯员|通訊員|编译|編譯|翻译|翻譯|撰稿|报道|報道|報導|采访|採訪)"
        rf"\s?[:：／/]\s*{_PERSON}",
    ),
    (
        "by",
        rf"(?:发布人|發布人|发布者|上传者|审稿|審稿|核稿|供稿|来稿|供图|撰稿人|录入|錄入|作者单位)\s?[:：]\s*{_PERSON}",
    ),
    # 文／公关组　何秋兰: an office between the label and the name
    (
        "by",
        r"(?:图文|圖文|文图|文字|文|撰文|供稿)\s?[:：/／|｜]\s?[\u4e00-\u9fff]{2,8}[组組部处處室心会會]\s{1,3}"
        r"[\u4e00-\u9fff]{2,4}(?=[\s　|｜/／]|$)",
    ),
    ("by", r"[Bb]y\s(?=[^\s])[^|·\d。，-]{2,24}(?=\s[-|·–—]|$)"),
    (
        "by",
        rf"(?:图文|圖文|文图|文/图|文|图|圖|摄影|攝影|图片|供图)(?:[/／、]\s?(?:图|圖|摄|攝))?\s?[:：/／]\s*{_PERSON}",
    ),
    (
        "tool",
        r"[【\[(（]?\s?(?:字号|字號|字体|字體|字级|字級)(?:大小)?\s?[:：]?(?:\s?(?:超大|大|中|小|T\+?|A[+-]?|\|)){0,6}\s?[】\])）]?",
    ),
    (
        "tool",
        r"\d{1,2}\s?(?:分钟|分鐘)(?:阅读|閱讀)|(?:阅读|閱讀)(?:需|约|約|约需|約需)\s?\d{1,3}\s?(?:分钟|分鐘)|(?:预计|預計)?(?:阅读|閱讀)(?:时间|時間)\s?[:：]?\s?\d{1,3}\s?(?:分钟|分鐘)",
    ),
    ("tool", r"(?:字数|字數|人气|點閱|点击数|點擊數|点击率)\s?[:：]\s?\[?\d{1,7}\]?"),
    ("tool", r"\d{1,6}\s?[条條则則]?\s?(?:评论|評論|留言|跟帖)"),  # 0 评论
    # 2.3K 次分享, 3万阅读, 128 Views
    (
        "tool",
        r"\d[\d.,]{0,7}\s?[KkMm万萬]?\s?[次人个個]?\s?"
        r"(?:分享|转发|轉發|收藏|点赞|點讚|阅读|閱讀|浏览|瀏覽|观看|觀看|[Ss]hares?|[Vv]iews?)(?=[\s　|｜·/]|$)",
    ),
    ("tool", r"[上下]一[版期篇页](?![:：])"),
    ("tool", r"(?:放大|缩小|縮小|默认|默認|预设|預設|字级|字級|加大|标准|標準)(?=[\s　|｜:：]|$)"),
    ("tool", r"[大小中]号?字[体號号體]|(?:放大|缩小|縮小)字[体号體號]"),
    (
        "tool",
        r"(?:阅读|閱讀|浏览|瀏覽|点击|點擊|点阅|點閱|人气|人氣|观看|觀看|评论|評論|点赞|點讚|Lượt xem|Views?)"
        r"\s?(?:量|数|數|次数|次數)?\s?[:：]?\s?[\d,]{0,9}"
        r"\s?(?:分钟|分鐘|次)?",
    ),
    (
        "tool",
        r"[【\[(（]?\s?(?:发送给朋友|推荐给朋友|发给朋友|转寄友人|轉寄友人|打印本页|打印|列印|关闭窗口|关闭|關閉|收藏|纠错|糾錯|我要纠错"
        r"|参与互动|參與互動|分享[到至给]?|转发|轉發|发送|返回顶部"
        r"|返回首页|返回|赞好|讚好|按赞|按讚|保存|存档|儲存|下载|下載|播放|语音|語音|简体|繁体|繁體|举报|檢舉|投稿|书签|書籤|我要评论|评论|評論|留言|点赞|點讚|微信|微博|QQ空间|Back|Facebook|Twitter|Telegram|WhatsApp|Line|Messenger|Zalo|Print|Email|Like|Tweet|Share"
        r"|In bài|Bản in|Lưu bài|Gửi bài"
        r"|Chia sẻ bài viết|Chia sẻ|Phản hồi|Feedback|Bình luận|复制链接|听新闻|朗读|听全文|扫码阅读)"
        r"\s?[】\])）:：]?"
        r"(?:\s?[(（]\s?\d{1,6}\s?[)）])?",
    ),
    ("tool", r"(?:大|中|小|文|字|赞|讚|[ftxX✉📧🔗](?=\s)|A[+-]?|T[+-]?|Like|\d{1,6})(?=[\s|｜/,，\]】)）]|$)"),
    # 明珠 • 09:12 | 04/04/2024, 国际合作司 - 04/04/2024: somebody between two separators, beside a date
    ("who", r"(?<![^\s|｜·•‧\-–—/／、])[\u4e00-\u9fff·]{2,10}(?=\s?[|｜·•‧\-–—/／、]|\s*$)"),
    (
        "who",
        r"(?<![^\s|｜·•‧\-–—/／])[A-ZĐÀ-Ỹ][^\W\d_]{0,7}(?:\s[A-ZĐÀ-Ỹ][^\W\d_]{0,7}){1,4}(?=\s?[|｜·•‧\-–—/／、]|\s*$)",
    ),
    ("gap", r"[\s|｜│┃＋+－·•‧\-–—/／,，>、;；()（）\[\]【】［］〔〕〖〗●■◆○▪◎★☆📅🕒🕓🗓⏰✍👤👁❤💬👍🔖\ufe0f]+"),
)
# 2017年1月24日，河内 · 2020年3月5日于万象 · 金边，2020年3月5日: day and place under a speech or a letter
_DAY = r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
_SIGNED = re.compile(
    rf"[（(]?\s?(?:{_DAY}\s?[，,、\s]?[于於写寫在]?\s?[\u4e00-\u9fff]{{2,5}}|[\u4e00-\u9fff]{{2,5}}[，,、\s]\s?{_DAY})\s?[)）]?"
)
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:19|20)\d\d"
    rf"|\d{{1,2}}\s?月\s?\d{{1,2}},?\s(?:19|20)\d\d|{MONTH}\s\d{{1,2}},?\s\d{{4}}"
)
_GOES_ON = tuple("：:至到起前后以的")
_SAID_BESIDE = re.compile(
    r"T?\d{1,2}[:：hH时時]\d{2}(?:[:：]\d{2})?\s?(?:[AP]M)?|[+-]\d{2}:?\d{2}|GMT\s?\+?\d?|(?:星期|周|週)[一二三四五六日天]"
    r"|(?:发表|發表|发布|發佈)[于於]\s?[:：]?\s?[\u4e00-\u9fff]{2,5}$"
    r"|发布(?:时间|日期|部门|单位|机构|者|人|于)?|發[布佈](?:時間|日期|於)?|发表于?|更新(?:时间|于)?|时间|時間|日期"
    r"|来源|來源|信息|作者|编辑|編輯|责编|记者|記者|撰文|报道|報導"
    r"|(?:浏览|阅读|点击|瀏覽|點閱|閱讀)(?:次数|量|数|數)?[:：]?\s?[\d,.]*"
    r"|Ngày đăng|Đăng ngày|Cập nhật|ngày|Lượt xem:?\s?\d*|由|\s"
)
_CLAUSE = re.compile(r"[。！？!?，,“”《》]|举行|召开|签署|建交|成立|抵达|访问|捐赠|启动|开幕|闭幕|纪念|开始|结束")
_LEFT = 14
_WIDE = re.compile(r"[０-９]")


@cache
def _pieces() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """All pieces as one pattern, the buttons and site pages of lookups/frame_words.csv first, and their kinds.

    Each is closed by an empty group that tells which it was (see marks).
    """
    end = r"(?![\u4e00-\u9fffA-Za-z])"
    worded = []
    for kind in ("tool", "site"):
        words = sorted((row["text"] for row in lookups.rows("frame_words") if row["kind"] == kind), key=len)
        form = "|".join(map(re.escape, reversed(words)))
        number = r"(?:\s?[(（]?\s?\d{1,6}(?![\d.,KkMm万萬])\s?[)）]?(?:\s?[条條则則](?![\u4e00-\u9fff]))?)?"
        count = number if kind == "tool" else ""
        worded.append(
            (
                kind,
                rf"(?:[<«←↑↓→▲△]{{1,2}}\s?)?{_OPEN}?\s?(?:{form})(?:{_CLOSE}|{end}){count}[:：]?(?:\s?[>»→↑↓▲]{{1,2}})?",
            )
        )
    pieces = (*worded, *_PIECES)
    whole = "|".join(f"{any_case(form)}()" for _, form in pieces)
    return re.compile(whole), tuple(kind for kind, _ in pieces)


def find(core: str) -> tuple[Role, str] | None:
    """Role and rule of a line made of such pieces alone: dateline, byline or nav. None for every other line."""
    if len(core) > _LONGEST:
        return None
    if _SIGNED.fullmatch(core):
        return Role.DATELINE, "frame.signed"
    at, kinds = 0, []
    if _WIDE.search(core):  # １２／０３／２０２１
        core = unicodedata.normalize("NFKC", core)
    bare = core.strip("[]()（）【】")
    piece_of, names = _pieces()
    while at < len(bare):
        piece = piece_of.match(bare, at)
        if piece is None or piece.end() == at:
            return None
        kinds.append(names[(piece.lastindex or 0) - 1])
        at = piece.end()
    return _decided(kinds)


def rest_of_date(core: str) -> str | None:
    """What is left of a line around its date, clock and labels when that is little and no clause; else None."""
    date = _DATE.search(core)
    if date is None or core[date.end() : date.end() + 1] in _GOES_ON:
        return None
    before, after = (
        _SAID_BESIDE.sub("", _DATE.sub("", part)).strip(" \t\u3000|｜·•-–—/／,，>、;；:：()（）[]【】+")
        for part in (core[: date.start()], core[date.end() :])
    )
    rest = before or after
    return rest if not (before and after) and len(rest) <= _LEFT and not _CLAUSE.search(rest) else None


def _decided(kinds: Sequence[str]) -> tuple[Role, str] | None:
    if "who" in kinds and ("date" not in kinds or kinds.count("who") > _MANY_NAMES):
        return None
    if "date" in kinds:
        return Role.DATELINE, "frame.dateline"
    if "from" in kinds or "by" in kinds:
        return Role.BYLINE, "frame.byline"
    if "tool" in kinds:
        return Role.NAV, "frame.tools"
    if kinds.count("site") > 1:  # 关于我们 alone may head a text
        return Role.NAV, "frame.menu"
    return None
