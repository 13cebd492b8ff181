"""The language of a page's own text: how Chinese it is, and in which script."""

from __future__ import annotations

import re

from etl.pages import Page

# Characters that only one of the scripts uses, the most frequent ones of news text.
_SIMPLIFIED = re.compile(
    "[们国为个这来说时会对发后过与关点经学产业员动进种实问题开两还现体无义应给让东车话见书长门马风区际认议讲]"
)
_TRADITIONAL = re.compile(
    "[們國為個這來說時會對發後過與關點經學產業員動進種實問題開兩還現體無義應給讓東車話見書長門馬風區際認議講]"
)
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_OTHERS = re.compile(r"[^\W_\u3400-\u9fff\uf900-\ufaff]+")


def chinese_share(page: Page) -> float:
    """Share 0..1 of Han characters among the letters and digits of the page's own lines; 0.0 without any."""
    text = "\n".join(line.text for line in page.own_lines())
    han = sum(map(len, _HAN.findall(text)))
    others = sum(map(len, _OTHERS.findall(text)))
    # A Latin word of about five letters says as much as two Han characters do: letters are weighed down.
    return han / (han + others) if han else 0.0


def of(page: Page) -> str:
    """`zh-Hant` when the own text writes more traditional than simplified characters, else `zh-Hans`."""
    text = "".join(line.text for line in page.own_lines())
    traditional = len(_TRADITIONAL.findall(text))
    return "zh-Hant" if traditional > len(_SIMPLIFIED.findall(text)) else "zh-Hans"
