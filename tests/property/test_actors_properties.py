"""Places and actors on any text: spans hold, order does not break, time stays linear."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.mentions import ActorMention, PlaceMention
from etl.normalize.actors import find_actors_on
from etl.normalize.names import simplified
from etl.normalize.places import find_places_on
from etl.normalize.tokens import han_words, tokens
from etl.pages import Line, Role

PIECES = [
    "越南",
    "河内市",
    "和平",
    "太平、",
    "平阳省",
    "友好组织联合会",
    "主席",
    "阮文都",
    "安娜·林德",
    "(VUFO)",
    "“晨露会”",
    "该会",
    "代表团",
    "200户家庭",
    "在",
    "与",
    "的",
    "旅居法国的",
    "侨胞",
    "南山乡",
    "安丰县",
    "越老友好",
    "日方",
    "臺灣商會",
    "1.200",
    "。",
    "(",
    "（",
    "”",
    "·",
    "省",
    "市",
    "氏",
    "会",
    "长",
    "A",
    "ñ",
    "😀",
    "\u3000",
]
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=30).map("".join)


def find(*texts: str) -> tuple[tuple[PlaceMention, ...], tuple[ActorMention, ...]]:
    lines = [Line(number, text, Role.BODY, "test") for number, text in enumerate(texts, 1)]
    places = find_places_on(lines)
    return places, find_actors_on(lines, places)


@settings(max_examples=150, deadline=None)
@given(st.lists(MIXED, max_size=4))
def test_every_quote_stands_where_it_says(texts: list[str]) -> None:
    places, actors = find(*texts)
    for mention in (*places, *actors):
        assert mention.char_start < mention.char_end
        assert texts[mention.line_no - 1][mention.char_start : mention.char_end] == mention.quote
    for found in (places, actors):
        order = [(mention.line_no, mention.char_start) for mention in found]
        assert order == sorted(order)
    assert find(*texts) == (places, actors)


@settings(max_examples=100, deadline=None)
@given(MIXED)
def test_simplified_text_keeps_its_length_and_words_their_text(text: str) -> None:
    assert len(simplified(text)) == len(text)
    assert simplified(simplified(text)) == simplified(text)
    assert all(word in text for word in tokens(text))
    assert "".join(han_words(text)) == "".join(c for c in text if "\u4e00" <= c <= "\u9fd5")


HOSTILE = (
    "越南友好组织联合会",
    "和平、太平、",
    "主席阮文都",
    "安娜·林德·",
    "(A",
    "“会",
    "安丰县",
    "越老友好",
    "该会和200户家庭的",
    "联合会(下称友联)",
    "书记、主席、",
    "发展合作",
    "臺灣商會",
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear_in_the_length_of_a_line(unit: str) -> None:
    find(unit * 20)

    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        start = time.process_time()
        find(text)
        return time.process_time() - start

    assert seconds(40_000) < 12 * seconds(10_000) + 0.5
