"""The language of a page's own text: how Chinese it is, and in which script."""

from __future__ import annotations

from etl.pages import Page

# Characters that only one of the scripts uses, the most frequent ones of news text.
_SIMPLIFIED = frozenset(
    "们国为个这来说时会对发后过与关点经学产业员动进种实问题开两还现体无义应给让东车话见书长门马风区际认议讲"
)
_TRADITIONAL = frozenset(
    "們國為個這來說時會對發後過與關點經學產業員動進種實問題開兩還現體無義應給讓東車話見書長門馬風區際認議講"
)


def chinese_share(page: Page) -> float:
    """Share 0..1 of Han characters among the letters and digits of the page's own lines; 0.0 without any."""
    han = others = 0
    for line in page.own_lines():
        for char in line.text:
            if "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff":
                han += 1
            elif char.isalnum():
                others += 1
    # A Latin word of about five letters says as much as two Han characters do: letters are weighed down.
    return han / (han + others) if han else 0.0


def of(page: Page) -> str:
    """`zh-Hant` when the own text writes more traditional than simplified characters, else `zh-Hans`."""
    text = "".join(line.text for line in page.own_lines())
    traditional = sum(char in _TRADITIONAL for char in text)
    return "zh-Hant" if traditional > sum(char in _SIMPLIFIED for char in text) else "zh-Hans"
