"""Inbound claims of aid as IATI 2.03 activities, one activity a claim.

They are second-hand reports of a newspaper, not a publisher's own: `secondary-reporter` says so, and the description
holds the very words. Elements stand in the order the standard's schema asks for, and what it cannot do without is
always there: a party (not stated, where none is named), a date (else the claim is left out), a sector (99810).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl

from etl.published import scan

VERSION = "2.03"
# Codes of the standard's lists OrganisationRole, ActivityStatus, ActivityDateType, FinanceType and Sector.
FUNDING, ACCOUNTABLE, IMPLEMENTING = "1", "2", "4"
_STATUS = {"pledged": "1", "committed": "2", "approved": "2", "disbursed": "2", "spent": "2", "cancelled": "5"}
_DONE = ("disbursed", "spent")
_PLANNED_START, _ACTUAL_START, _PLANNED_END, _ACTUAL_END = "1", "2", "3", "4"
_FINANCE = {"grant": "110", "loan": "421"}
_SECTOR_NOT_SPECIFIED = "99810"
_NOT_STATED = "未写明 not stated"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def activities_xml(dataset: Path, reporter: str = "XM-YOULIAN", name: str = "youlian") -> bytes:
    """The activities file: every summable inbound claim whose period or day of publication is known."""
    root = ET.Element("iati-activities", {"version": VERSION})
    for claim in _claims(dataset):
        root.append(_activity(claim, reporter, name))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _claims(dataset: Path) -> Iterator[dict[str, object]]:
    articles = scan(dataset, "articles").select("article_id", "title", "url")
    kinds = scan(dataset, "organizations").select("org_id", pl.col("iati_org_type").cast(pl.String))
    claims = scan(dataset, "aid_projects").filter(
        pl.col("recommended_for_sum")
        & (pl.col("flow_direction") == "inbound")
        & pl.coalesce("period_start", "period_end", "published_date").is_not_null()
    )
    frame = (
        claims.join(articles, on="article_id", how="left")
        .join(kinds.rename({"iati_org_type": "donor_type"}), left_on="donor_org_id", right_on="org_id", how="left")
        .join(
            kinds.rename({"iati_org_type": "implementer_type"}),
            left_on="implementer_org_id",
            right_on="org_id",
            how="left",
        )
        .sort("aid_id")
        .collect()
    )
    yield from frame.iter_rows(named=True)


def _activity(claim: dict[str, object], reporter: str, name: str) -> ET.Element:
    activity = ET.Element("iati-activity", {"default-currency": str(claim["currency"]), _LANG: "zh"})
    _text(activity, "iati-identifier", f"{reporter}-{claim['aid_id']}")
    report = ET.SubElement(activity, "reporting-org", {"ref": reporter, "type": "80", "secondary-reporter": "1"})
    _text(report, "narrative", name)
    _narrative(activity, "title", claim["title"] or claim["evidence"])
    _narrative(activity, "description", claim["evidence"])
    _parties(activity, claim)
    ET.SubElement(activity, "activity-status", {"code": _STATUS.get(str(claim["status"]), "2")})
    _dates(activity, claim)
    ET.SubElement(activity, "recipient-country", {"code": str(claim["recipient_country"] or "VN")})
    if claim["recipient_text"]:
        _narrative(ET.SubElement(activity, "location"), "name", claim["recipient_text"])
    codes = claim["sector_dac5"]
    # Several sectors would need shares of the sum, which no article states: the first is the one it names first.
    code = str(codes[0]) if isinstance(codes, list) and codes else _SECTOR_NOT_SPECIFIED
    ET.SubElement(activity, "sector", {"vocabulary": "1", "code": code})
    if str(claim["finance_type"]) in _FINANCE:
        ET.SubElement(activity, "default-finance-type", {"code": _FINANCE[str(claim["finance_type"])]})
    # The standard wants no transaction after today: one told of a year that goes on is dated when it was told.
    days = [day for day in (claim["period_end"], claim["published_date"]) if isinstance(day, dt.date)]
    if claim["iati_transaction_type"] and days:
        _transaction(activity, claim, min(days))
    return activity


def _parties(activity: ET.Element, claim: dict[str, object]) -> None:
    for role, column in ((FUNDING, "donor"), (ACCOUNTABLE, "approver"), (IMPLEMENTING, "implementer")):
        if claim[f"{column}_text"]:
            kind = claim.get(f"{column}_type")
            party = ET.SubElement(
                activity, "participating-org", {**({"type": str(kind)} if kind else {}), "role": role}
            )
            _text(party, "narrative", claim[f"{column}_text"])
    if activity.find("participating-org") is None:
        _narrative(activity, "participating-org", _NOT_STATED, {"role": FUNDING})


def _dates(activity: ET.Element, claim: dict[str, object]) -> None:
    """The claim's period, as actual dates for money that was paid; the day of publication where no start is known.

    What ends after the day of publication is planned, whatever was paid by then.
    """
    is_paid, told = claim["status"] in _DONE, claim["published_date"]
    first = claim["period_start"] or claim["period_end"] or told
    ET.SubElement(
        activity, "activity-date", {"type": _ACTUAL_START if is_paid else _PLANNED_START, "iso-date": str(first)}
    )
    end = claim["period_end"]
    if isinstance(end, dt.date):
        is_over = is_paid and (not isinstance(told, dt.date) or end <= told)
        kind = _ACTUAL_END if is_over else _PLANNED_END
        ET.SubElement(activity, "activity-date", {"type": kind, "iso-date": str(end)})


def _transaction(activity: ET.Element, claim: dict[str, object], day: dt.date) -> None:
    transaction = ET.SubElement(activity, "transaction")
    ET.SubElement(transaction, "transaction-type", {"code": str(claim["iati_transaction_type"])})
    ET.SubElement(transaction, "transaction-date", {"iso-date": str(day)})
    value = ET.SubElement(transaction, "value", {"currency": str(claim["currency"]), "value-date": str(day)})
    value.text = str(claim["amount"])


def _narrative(parent: ET.Element, tag: str, text: object, attributes: dict[str, str] | None = None) -> None:
    _text(ET.SubElement(parent, tag, attributes or {}), "narrative", text)


def _text(parent: ET.Element, tag: str, text: object) -> None:
    """A child with text; XML allows no control characters, which raw pages may hold."""
    child = ET.SubElement(parent, tag)
    child.text = "".join(c if c.isprintable() or c in "\t\u3000\u00a0" else "\ufffd" for c in str(text))
