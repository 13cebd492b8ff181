"""Where words of spending (投入, 修建, 花) speak for aid: towns, firms and friends build for themselves as well.

They do on a page or in a line about aid, behind one who gives as a rule (日方, 校友, 开发署), and in a sentence that
crosses a border or does something for others and names a foreign place or body: 大阪府拨款…帮岘港培训.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.build.money_roles import signs
from etl.build.money_roles.cues import Cue
from etl.build.money_roles.passages import Passage, Span
from etl.mentions import ActorMention, PlaceMention, changed
from etl.patterns import on_use

FAR_FROM_AID = 0.2  # what is left of a word of spending elsewhere
_FOR_OTHERS = on_use(r"(?:[为给替帮](?!了|何|期|止|准|出|出席|客|生)|捐)[^,;:]{2,}")
_FOR_THE_NEEDY = on_use(r"[为给替帮][^,;:]{0,14}?(?:村民|患者|病人|乡亲|家乡|渔民|农户|灾|贫|残|孤|老人|山村)")
# 代表们参观了耗资4500亿扩建的联检楼: what visitors look at
_SEEN = on_use(r"参观|走访|登上|途经|穿过|驶过|驶上|下榻|考察了|游览|漫步|入住")


@dataclass(frozen=True, slots=True)
class Trust:
    """The places of a line from which on, to the end of their sentence, words of spending speak for aid."""

    passage: Passage
    is_near: bool
    givers: tuple[int, ...]

    def given(self, position: int) -> bool:
        """Whether a giver stands before a position in its sentence."""
        start = self.passage.sentence_at(position)[0]
        return any(start <= giver <= position for giver in self.givers)

    def weighed(self, words: Sequence[Cue]) -> list[Cue]:
        """The words with those of spending turned into words of aid, as strong as they may be trusted."""
        return [self._weighed(c) if c.kind == "spending" else c for c in words]

    def _weighed(self, cue: Cue) -> Cue:
        factor = 1.0 if self.is_near or self.given(cue.start) else FAR_FROM_AID
        return changed(cue, kind="aid", weight=cue.weight * factor)


def trust(passage: Passage, names: Sequence[PlaceMention | ActorMention], *, is_near: bool) -> Trust:
    """The trust of a line; `names` are the places and actors found in it."""
    givers = [hit.end() for hit in signs.GIVER.finditer(passage.text)]
    givers += [s[0] for s in passage.sentences if names and _is_for_others(passage, s, names)]
    return Trust(passage, is_near, tuple(givers))


def _is_for_others(passage: Passage, sentence: Span, names: Sequence[PlaceMention | ActorMention]) -> bool:
    text = passage.text[slice(*sentence)]
    if _FOR_THE_NEEDY.search(text):
        return True
    here = [n for n in names if sentence[0] <= n.char_start < sentence[1] and "pair" not in n.flags]
    countries = {n.country for n in here if n.country}
    if not countries - {"VN"} or _SEEN.search(text):
        return False
    return len(countries) > 1 or _FOR_OTHERS.search(text) is not None
