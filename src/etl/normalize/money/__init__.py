"""Money in news text: every figure with a currency, with its exact characters and value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.mentions import MoneyMention
from etl.normalize.money.scan import scan
from etl.pages import Line

__all__ = ["find_money", "find_money_on"]


def find_money(text: str, home_currency: str | None = None) -> list[MoneyMention]:
    """Every figure with a currency in `text`, in order. A bare 元 or 盾 is `home_currency` unless the text says else."""
    return scan(text, home_currency)


def find_money_on(lines: Sequence[Line], home_currency: str | None) -> tuple[MoneyMention, ...]:
    """Every figure with a currency in a page's lines, in order, with line_no; on repeats with the flag `repeat`."""
    found = []
    for line in lines:
        for mention in scan(line.text, home_currency, line.line_no):
            found.append(replace(mention, flags=(*mention.flags, "repeat")) if line.repeat_of is not None else mention)
    return tuple(found)
