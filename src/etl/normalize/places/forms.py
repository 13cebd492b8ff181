"""Places known by their form: X县 and X坊 after a province, 越老 and 日方, regions, buildings and squares."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from etl.mentions import PlaceMention
from etl.normalize.names import Cover, Match, scan
from etl.normalize.places.evidence import Evidence, nearest
from etl.normalize.places.gazetteer import exceptions, locality_stems, pair_codes

_KIND = {"县": "district", "郡": "district", "市社": "district"}
_UNIT = r"(市社|市镇|特区|县|郡|坊|乡|镇)(?!长|级|委|政府|域|村|街|里|间|土|下|亲|情|愁|压|定)"
_NO_STEM = (
    "和与及的在有等边各多两三四五六七八九十个该本全区市省年月日家故他乡坊县郡"
    "为是到往从对把将给由同向赴了至于并还一下进农镇"
)
# 同海市, 和平县, 向化县: signs that else join words, after a place.
_JOINING = "(?:同文|同春|向化|和荣|和平|和安)(?=县)"
_STEM = rf"[^\W\d_a-zA-Z{_NO_STEM}]"
_NO_NAME = (
    "(?!其中|当中|山区|沿海|边境|边远|贫困|偏远|海岛|新农|新建|老区|城乡|沿线|外县|见外|往外|异乡|山乡|水乡|侨乡)"
)
# 凭祥市|曾向该县, 芒街市|已给两县: no name of a district
_NO_NEXT = "(?![曾已还又也先再][向给为]|[\u4e00-\u9fff]{1,2}该)"
_AFTER_PLACE = re.compile(rf"{_NO_NAME}({_JOINING}|{_NO_NEXT}{_STEM}[\u4e00-\u9fff]{{1,2}}?){_UNIT}")
_ALONE = re.compile(
    rf"(?<![\u4e00-\u9fff\d]){_NO_NAME}({_STEM}{{2,3}}){_UNIT}|(?<=[在往于给从向赴到]){_NO_NAME}({_STEM}{{2,3}}){_UNIT}"
)
_ANY_UNIT = re.compile("[县郡坊乡镇社市区]")
_ANY_REGION = re.compile("部|平原|三角洲|西原")
_NUMBERED = re.compile(r"第(?:[一二三四五六七八九十]{1,3}|\d{1,2})郡")  # Hồ Chí Minh City alone numbers districts
_LISTED = re.compile(r"[、和与及两三四五六七等][^。;；:：,，]{0,12}?(县|郡|坊|乡|市)")
_PAIR_CONTEXT = "友双两建关全特传边合贸经外人文民协团战青学立议睦情结"
_SIDES = "日越老中韩美荷墨德俄法柬泰印英澳加捷波匈缅菲朝瑞丹挪芬意奥"
_SIDE = re.compile(
    rf"(?:(?<![\d\u4e00-\u9fff])([{_SIDES}])|(?<=[由向与和对同为是送给把让])([{_SIDES}]))方(?![法面案式向针位便程块言才])"
)
_REGION = re.compile(
    r"(?:越南)?(?:(?:中部|北部|南部|中南部|南中部|北中部|西北部?|东南部|西南部)(?:地区)?"
    r"(?:各省市?|[两二三四五六七八九十]+省|灾区|山区|沿海(?:各省|地区)|边境(?:各省|地区))"
    r"|(?:九龙江平原|湄公河三角洲|湄公河平原|红河平原|红河三角洲|西原(?=地区|各省|[两三四五]省))(?:地区)?(?:各省市?|[两二三四五六七八九十]+省)?)"
)
_VENUE = re.compile(
    r"(?<=在)([^\W\d_a-zA-Z的与和、了对为向举往见前各本该走移座建修捐]{2,8}?"
    r"(?:水厂|主席府|总理府|国会大厦|广场|剧院|歌剧院|会议中心|体育馆|体育场|公园|机场|酒店|饭店|宾馆|博物馆|文化宫|文化中心|展览中心|海滩|码头|烈士陵园|纪念碑|大桥|口岸|街|路|寺)(?![头坊区上线径过口]))"
)


@cache
def _pair_anchor() -> re.Pattern[str]:
    """越 or 中 before an abbreviation, 越 after one and before a word of relations."""
    codes = pair_codes()
    first, last = ("".join(sorted({code[at] for code in codes})) for at in (0, -1))
    return re.compile(f"[越中](?=[{first}])|(?<=[{last}])越(?=[{_PAIR_CONTEXT}])")


def _pair_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, middle and end of each pair: 越老, 老越, 越印尼, 中老, before a word of relations between countries."""
    codes = pair_codes()
    for anchor in _pair_anchor().finditer(text):
        at = anchor.start()
        for size in (3, 2, 1):
            end = at + 1 + size
            if text[at + 1 : end] in codes and text[end : end + 1] in _PAIR_CONTEXT and end < len(text):
                yield at, at + 1, end
                break
        else:
            if text[at] == "越" and at + 1 < len(text) and text[at + 1] in _PAIR_CONTEXT:
                size = next((n for n in (3, 2, 1) if at >= n and text[at - n : at] in codes), 0)
                if size:
                    yield at - size, at, at + 1


def pairs(raw: str, text: str, matches: Sequence[Match], line_no: int) -> list[PlaceMention]:
    """Two countries in two or three characters (越老友好协会), and one side of two (日方), outside known names."""
    found: list[PlaceMention] = []
    couples = list(_pair_spans(text))
    sides = list(_SIDE.finditer(text)) if "方" in text else []
    if not couples and not sides:
        return found
    codes = pair_codes()
    taken = Cover(len(text), [(start, end) for start, end, _ in matches])
    for start, middle, end in couples:
        for a, b in ((start, middle), (middle, end)):
            if text[a:b] in codes and not taken.touches(a, b):
                taken.add(a, b)
                found.append(_country(raw, a, b, codes[text[a:b]], "pair", line_no))
    for side in sides:
        code = codes.get(side[1] or side[2])
        if code and not taken.touches(*side.span()):
            found.append(_country(raw, *side.span(), code, "side", line_no))
    return found


def _country(raw: str, start: int, end: int, code: str, flag: str, line_no: int) -> PlaceMention:
    return PlaceMention(start, end, raw[start:end], "country", code, code, flags=(flag,), line_no=line_no)


def localities(raw: str, text: str, found: list[PlaceMention], page: Evidence, line_no: int) -> list[PlaceMention]:
    """Districts and communes by their form: after a place, alone, or in a list that ends with 县 (昆光和相阳县)."""
    more: list[PlaceMention] = []
    if not _ANY_UNIT.search(text):
        return more
    taken = Cover(len(text), [(place.char_start, place.char_end) for place in found])
    for start, end, name in scan(text)["place"]:
        if name in exceptions():
            taken.add(start, end)

    def add(
        start: int, end: int, stem: str, unit: str, country: str | None, admin1: str | None, *, within: bool = False
    ) -> None:
        if taken.touches(start, end):
            return
        known = nearest(locality_stems().get(stem, ()), admin1, page)
        if within and known is not None and admin1 not in (None, known.admin1):
            known = None  # 同塔省三农县|富寿乡 is no town of Phú Thọ
        kind = known.kind if known else _KIND.get(unit, "commune")
        place_id = known.place_id if known else None
        more.append(
            PlaceMention(
                start, end, raw[start:end], kind, country, place_id, known.admin1 if known else admin1, (), line_no
            )
        )
        taken.add(start, end)

    for start, end, name in scan(text)["locality"]:
        known = nearest(locality_stems()[name], page.province, page)
        if known is not None and not known.certain and _LISTED.match(text, end):
            add(start, end, name, "", "VN", known.admin1)
    if page.vietnam:
        here = page.vietnam >= 3 * page.china  # 上金乡 in a paper of Guangxi need not be Vietnam's
        for hit in _ALONE.finditer(text):
            stem, unit = hit[1] or hit[3], hit[2] or hit[4]
            add(*hit.span(), stem, unit, "VN" if here else None, page.province if here else None)
    for hit in _NUMBERED.finditer(text) if "郡" in text else ():
        add(*hit.span(), "", "郡", "VN", "vn:ho-chi-minh")
    queue = [place for place in (*found, *more) if place.kind in ("admin1", "district", "city")]
    for place in queue:  # grows: 河江省X县Y乡
        after = _AFTER_PLACE.match(text, place.char_end)
        if after:
            before = len(more)
            add(*after.span(), after[1], after[2], place.country, place.admin1, within=True)
            queue += more[before:]
    return more


def regions_and_venues(
    raw: str, text: str, found: Sequence[PlaceMention], page: Evidence, line_no: int
) -> list[PlaceMention]:
    """Regions of Vietnam (中部灾区, 九龙江平原各省) and places of assembly after 在 (归仁市阮必成广场).

    The places found before stand in reading order.
    """
    more: list[PlaceMention] = []
    if page.vietnam and _ANY_REGION.search(text):
        more += [
            PlaceMention(*hit.span(), raw[slice(*hit.span())], "region", "VN", line_no=line_no)
            for hit in _REGION.finditer(text)
        ]
    if "在" in text:
        for hit in _VENUE.finditer(text):
            start, end = hit.span(1)
            at = bisect_right(found, end - 1, key=lambda place: place.char_start) - 1
            inside = found[at] if at >= 0 and start <= found[at].char_start and found[at].char_end <= end else None
            if inside is not None and inside.char_end == end:
                continue
            more.append(
                PlaceMention(
                    start,
                    end,
                    raw[start:end],
                    "venue",
                    inside.country if inside else None,
                    None,
                    inside.admin1 if inside else None,
                    ("form",),
                    line_no,
                )
            )
    return more
