"""Numbers as Chinese text writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.normalize.numbers import MAX_LENGTH, parse_number

FORMS = [
    ("三万七", "37000"),
    ("六百八", "680"),
    ("一百零八", "108"),
    ("两千零三十", "2030"),
    ("八十三万六", "836000"),
    ("2亿1000万", "210000000"),
    ("4万2千3百", "42300"),
    ("31亿4千万", "3140000000"),
    ("2.6百万", "2600000"),
    ("4.2万亿", "4200000000000"),
    ("六万万", "600000000"),
    ("七点三五", "7.35"),
    ("三十四点五万", "345000"),
    ("二〇二六", "2026"),
    ("柒佰捌拾", "780"),
    ("廿五", "25"),
    ("半百", "50"),
    ("四十多万", "400000"),
    ("1,204,500", "1204500"),
    ("1.204.500", "1204500"),
    ("１２．５", "12.5"),
    ("三分之二", Decimal(2) / Decimal(3)),
    ("负十六", "-16"),
    ("-350K", "-350000"),
    ("3e4", "30000"),
    ("八個", "8"),
    ("六打", "72"),
]


@pytest.mark.parametrize(("text", "value"), FORMS)
def test_written_forms(text: str, value: str | Decimal) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "  ", "越盾", "12越", "多", "一分之零x", "五分之", "零分之一", "9" * (MAX_LENGTH + 1)]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_number(text)
