"""The money_mentions and date_mentions tables: every figure and date found in own lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from etl.ids import stable_id
from etl.mentions import Findings, MoneyMention
from etl.normalize import fx
from etl.patterns import on_use

CENT = Decimal("0.01")
_SENTENCE_END = on_use(r"[。!?！？;；\n]")

Claim = Mapping[str, object]


def dates(findings: Findings) -> list[dict[str, object]]:
    """One row per date expression, in the page's order."""
    article_id = findings.page.article_id
    return [
        {
            "mention_id": stable_id(article_id, "date", m.line_no, m.char_start, m.char_end),
            "article_id": article_id,
            "line_no": m.line_no,
            "char_start": m.char_start,
            "char_end": m.char_end,
            "quote": m.quote,
            "start_date": m.start_date,
            "end_date": m.end_date,
            "edtf": m.edtf,
            "precision": m.precision,
            "day_part": m.day_part,
            "basis": m.basis,
            "is_planned": m.is_planned,
            "flags": list(m.flags),
        }
        for m in findings.dates
    ]


def money(findings: Findings, roles: Mapping[tuple[int, int], str], claims: Iterable[Claim]) -> list[dict[str, object]]:
    """One row per figure with a currency, in the page's order.

    `roles` names each figure's role by (line_no, char_start). US dollars use the annual average of the last year
    of the claim's period, else the mention's own year, else the year of publication, and stay null without one.
    """
    article_id = findings.page.article_id
    ids = {(m.line_no, m.char_start): _money_id(article_id, m) for m in findings.money}
    found = []
    by_line: dict[object, list[Claim]] = {}
    for claim in claims:
        by_line.setdefault(claim["line_no"], []).append(claim)
    for m in findings.money:
        year = _claim_year(m, by_line.get(m.line_no, ())) or own_year(findings, m) or _publication_year(findings)
        rate = None if m.currency is None or year is None else fx.usd_rate(m.currency, year)
        usd = m.amount if m.currency == "USD" else m.amount / rate if rate else None
        found.append(
            {
                "mention_id": ids[m.line_no, m.char_start],
                "article_id": article_id,
                "line_no": m.line_no,
                "char_start": m.char_start,
                "char_end": m.char_end,
                "quote": m.quote,
                "amount": m.amount,
                "amount_max": m.amount_max,
                "currency": m.currency,
                "currency_basis": m.currency_basis,
                "qualifier": m.qualifier,
                "per_unit": m.per_unit,
                "role": roles.get((m.line_no, m.char_start), "other"),
                "equivalent_of": ids.get(m.equivalent_of) if m.equivalent_of else None,
                "amount_usd": None if usd is None else usd.quantize(CENT),
                "fx_rate": float(rate) if rate else None,
                "fx_year": year if rate else None,
                "flags": list(m.flags),
            }
        )
    return found


def own_year(findings: Findings, mention: MoneyMention) -> int | None:
    """The year the mention's own sentence gives it: that of the nearest resolved date before it, else after it."""
    dated = [d for d in findings.dates if d.line_no == mention.line_no and d.end_date is not None]
    if not dated:
        return None
    text = next((line.text for line in findings.page.lines if line.line_no == mention.line_no and line.is_own), "")
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, mention.char_start)), default=0)
    stop = _SENTENCE_END.search(text, mention.char_end)
    end = stop.start() if stop else len(text)
    near = [
        (mention.char_start - d.char_end if d.char_start < mention.char_start else len(text) + d.char_start, d.end_date)
        for d in dated
        if d.end_date is not None and start <= d.char_start and d.char_end <= end
    ]
    return min(near)[1].year if near else None


def _money_id(article_id: str, m: MoneyMention) -> str:
    return stable_id(article_id, "money", m.line_no, m.char_start, m.char_end)


def _claim_year(mention: MoneyMention, claims: Iterable[Claim]) -> int | None:
    for claim in claims:
        inside = (
            claim["line_no"] == mention.line_no
            and isinstance(claim["char_start"], int)
            and isinstance(claim["char_end"], int)
            and claim["char_start"] <= mention.char_start
            and mention.char_end <= claim["char_end"]
        )
        period_end = claim["period_end"]
        if inside and isinstance(period_end, dt.date):
            return period_end.year
    return None


def _publication_year(findings: Findings) -> int | None:
    published = findings.publication.date
    return None if published is None else published.year
