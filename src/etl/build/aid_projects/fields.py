"""Parties that a text names by their role: 出资方是X; 资助方:X;执行方:Y;受益人:Z, on one line or a line each.

The roles are rows of `aid_frames.csv` whose role ends in `_field`. A field with a colon holds for the whole sentence,
whatever stands between: a list of fields is cut at every semicolon.
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.build.aid_projects.claim import Claim
from etl.build.aid_projects.frames import role_hits
from etl.build.aid_projects.nominals import Phrase
from etl.build.aid_projects.scope import Scope
from etl.build.money_roles.passages import Passage, Span
from etl.patterns import on_use

_LABEL = on_use(r" {0,4}[-*•·▪■●]{0,2} {0,2}[一-鿿]{2,8}:")
_LABELS = on_use(r"(?:^|[;,。 ])[一-鿿]{1,6}[方者人位构象]:")
_NEAR = 6  # lines of a list of fields that are looked through on either side


def field_hits(role: str, claim: Claim, scope: Scope) -> Iterator[Phrase]:
    """The parties with that role in the claim's sentence, then in the lines of the list of fields it stands in."""
    labelled = _LABELS.search(claim.says(claim.sentence)) is not None
    own = claim.sentence if labelled else claim.segment
    yield from role_hits(f"{role}_field", claim.passage, own)
    for page, span in _list_around(claim, scope):
        label = _LABEL.match(page.text)
        hits = role_hits(f"{role}_field", page, span)
        yield from (phrase for phrase in hits if label is not None and phrase.start - label.end() <= 1)


def _list_around(claim: Claim, scope: Scope) -> list[tuple[Passage, Span]]:
    """The neighbouring lines that begin with a label, as far as they follow each other."""
    if _LABEL.match(claim.passage.text) is None:
        return []
    found: list[tuple[Passage, Span]] = []
    for lines in (scope.before(claim.line_no), scope.following(claim.line_no)):
        for page in lines[:_NEAR]:
            if _LABEL.match(page.text) is None:
                break
            found.append((page, (0, len(page.text))))
    return found
