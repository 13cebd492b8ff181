"""What a line looks like on its own: sentence or title, row of links, doubled title, image mark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SENTENCE_END = "。！？!?…；;"
_CLOSERS = "”’\"'」』）)】》〉]◆■"
_PIPES = re.compile(r"^\s*\|\s*|\s*\|\s*$")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_BREAK = re.compile(r"[\s\u3000]+")
_COMMAS = re.compile(r"[,，、;；]")
_STOPS = re.compile(r"[。！？!?…]")


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The form of one line. `core` is the text without surrounding space and pipes; counts are of `core`.

    Compared by identity: `shape` gives one object for one text, and caches keyed by it stay cheap.
    """

    core: str
    length: int
    han: int
    commas: int
    stops: int
    ends_sentence: bool
    piped: bool
    pieces: tuple[str, ...]
    doubled: str | None

    @property
    def is_title_like(self) -> bool:
        """Short, no full stop inside or at the end: a headline, a heading or a caption without a stop."""
        return 4 <= self.length <= 60 and not self.ends_sentence and self.stops == 0

    @property
    def is_paragraph_like(self) -> bool:
        """A sentence or more of running text."""
        return self.ends_sentence or self.stops > 0 or self.length > 60


@lru_cache(maxsize=8192)
def shape(text: str) -> Shape:
    """The form of a line; the same text always has the same form, so repeats cost nothing."""
    core = text.strip()
    piped = core.startswith("|") or core.endswith("|")
    if piped:
        core = _PIPES.sub("", core)
    sample = core[:4000]
    tail = sample.rstrip(_CLOSERS)
    return Shape(
        core=core,
        length=len(core),
        han=len("".join(_HAN.findall(sample))),
        commas=len(_COMMAS.findall(sample)),
        stops=len(_STOPS.findall(sample.rstrip(_CLOSERS + _SENTENCE_END))),
        ends_sentence=bool(tail) and tail[-1] in _SENTENCE_END,
        piped=piped,
        pieces=tuple(_BREAK.split(core)) if len(core) < 1000 else (core,),
        doubled=_half(core),
    )


def _half(core: str) -> str | None:
    """`X` of a promo title printed as `X X`."""
    middle, rest = divmod(len(core), 2)
    if rest and core[middle].isspace() and middle >= 4 and core[:middle] == core[middle + 1 :]:
        return core[:middle]
    return None
