"""Nasty raw files cost themselves at most: each ends in the reject code it deserves, its neighbours are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.pages import RawDocument
from etl.read import Reject, documents, list_files
from tests.faults.nasty_inputs import ALL, Nasty


def read(folder: Path, nasty: Nasty) -> list[RawDocument | Reject]:
    (folder / nasty.name).write_bytes(nasty.make())
    listing = list_files(folder)
    assert [file.source_path for file in listing.files] == [nasty.name]
    return list(documents(listing.files[0]))


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 60
    assert len({nasty.what + nasty.name for nasty in ALL}) == len(ALL)


@pytest.mark.parametrize("nasty", ALL, ids=lambda nasty: f"{nasty.name}: {nasty.what}")
def test_nasty_input(tmp_path: Path, nasty: Nasty) -> None:
    found = read(tmp_path, nasty)
    rejects = [item for item in found if isinstance(item, Reject)]
    assert [(reject.code, reject.message) for reject in rejects if reject.code not in nasty.codes] == []
    assert tuple(reject.code for reject in rejects) == nasty.codes
    pages = len(found) - len(rejects)
    assert pages == nasty.pages if nasty.pages >= 0 else pages > 0
    for reject in rejects:
        assert reject.source_path.split("#")[0] == nasty.name
        assert reject.message[0].isupper()
        assert reject.message.rstrip()[-1] in ".)"
        for value in (reject.value, reject.record_key, reject.message):
            assert value is None or value.isprintable() or "\u3000" in value
            str(value).encode("utf-8")
