"""The report's charts: Altair specifications turned into SVG that needs no script and follows the page's colours."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from etl.explain.html import visible
from etl.report.figures import Facts, Table

WIDE, NARROW = 930, 330
_INK = "currentColor"
_FONT = "system-ui, 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif"
_CLAIMS, _EVENTS, _NAIVE = "#1b7f79", "#c8553d", "#a9a397"
# Widths of a Chinese and of another character at the size of the labels. Vega cannot measure Chinese where no
# Chinese font is installed, so labels get room by count and stand at the left, where nothing can cut them.
_FULL, _HALF = 12.5, 7.0
# Room at the right: a browser's font may be wider than the one Vega measures by.
_SPARE = 20
# Three digits and K, M, B (Vega says k, M, G).
_DOLLARS = "replace(replace(format({}, '.3~s'), 'G', 'B'), 'k', 'K')"


def draw(facts: Facts) -> dict[str, dict[str, str]]:
    """SVG text by chart name and width (`wide`, `narrow`); a chart without data is left out."""
    drawn = {}
    for name, rows in (
        ("months", facts.months),
        ("provinces", facts.provinces),
        ("donors", facts.donors),
        ("sectors", facts.sectors),
        ("countries", facts.countries),
    ):
        if rows:
            make = _months if name == "months" else _bars
            drawn[name] = {label: _svg(make(rows, width)) for label, width in (("wide", WIDE), ("narrow", NARROW))}
    return drawn


def _months(rows: Table, width: int) -> Any:
    import altair as alt

    dates = sorted({row["month"] for row in rows})  # type: ignore[type-var]
    yearly = all(day.month == 1 for day in dates) and len({day.year for day in dates}) > 4  # type: ignore[attr-defined]
    data = [{**row, "month": row["month"].isoformat()} for row in rows]  # type: ignore[attr-defined]
    colours = alt.Scale(domain=["claims", "events"], range=[_CLAIMS, _EVENTS])
    unit: Any = "utcyear" if yearly else "utcyearmonth"
    axis = alt.Axis(format="%Y" if yearly else "%Y-%m", tickCount=max(2, width // 110), labelFlush=True, grid=False)
    names = "datum.label == 'claims' ? '援助 claims' : '活动 events'"
    return (
        alt.Chart({"values": data}, width=width - 60, height=220)
        .mark_bar(binSpacing=2)
        .encode(
            x=alt.X("month:T", title=None, axis=axis, timeUnit=unit),
            xOffset=alt.XOffset("kind:N"),
            y=alt.Y("n:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=5, format="d")),
            color=alt.Color(
                "kind:N", title=None, scale=colours, legend=alt.Legend(orient="top", labelExpr=names, labelLimit=200)
            ),
        )
    )


def _bars(rows: Table, width: int) -> Any:
    """Sorted bars: the summable sum in colour over the naive one in grey, both in figures where they differ."""
    import altair as alt

    room = width * 0.36
    labels = [[_fitted(line, room) for line in _lines(row, width, room)] for row in rows]
    # The number in front keeps two equal labels apart and is not shown.
    data = [
        {**row, "label": "\n".join([str(i), *lines])} for i, (row, lines) in enumerate(zip(rows, labels, strict=True))
    ]
    needed = min(room, max(_pixels(line) for lines in labels for line in lines)) + 12
    height = 26 if max(map(len, labels)) == 1 else 36
    base = alt.Chart({"values": data}, width=width - needed - _room_for_sums(width), height=alt.Step(height))
    names = alt.Axis(
        labelExpr="slice(split(datum.label, '\\n'), 1)",
        labelAlign="left",
        labelBaseline="middle",
        labelPadding=needed,
        labelLimit=0,
        ticks=False,
        domain=False,
        grid=False,
    )
    dollars = alt.Axis(labelExpr=_DOLLARS.format("datum.value"), tickCount=2 if width == NARROW else 5, labelFlush=True)
    y = alt.Y("label:N", sort=None, title=None, axis=names)
    naive = base.mark_bar(color=_NAIVE, height=18).encode(y=y, x=alt.X("naive_usd:Q", title=None, axis=dollars))
    summable = base.mark_bar(color=_CLAIMS, height=9).encode(y=y, x=alt.X("usd:Q", title=None))
    usd, naive_usd = _DOLLARS.format("datum.usd"), _DOLLARS.format("datum.naive_usd")
    sums = base.transform_calculate(
        words=f"{usd} + ({usd} == {naive_usd} ? '' : ' / ' + {naive_usd})", end="max(datum.usd, datum.naive_usd)"
    )
    figures = sums.mark_text(align="left", dx=5, color=_INK, fontSize=12).encode(y=y, x="end:Q", text="words:N")
    return naive + summable + figures


def _room_for_sums(width: int) -> int:
    """Pixels behind the longest bar, for two sums of three digits at the size of the labels."""
    return 100 if width == NARROW else 120


def _pixels(text: str) -> float:
    return sum(_FULL if unicodedata.east_asian_width(c) in "WF" else _HALF for c in text)


def _lines(row: Mapping[str, object], width: int, room: float) -> list[str]:
    """The Chinese and the English name: side by side where there is room, else one over the other."""
    name, english = visible(row["name"]), visible(row["english"])
    if width != NARROW:
        return [f"{name} {english}".strip()]
    if english:
        return [name, english]
    first = next((n for n in range(len(name), 0, -1) if _pixels(name[:n]) <= room), len(name))
    return [part for part in (name[:first], name[first:]) if part]


def _fitted(text: str, room: float) -> str:
    """The text cut to `room` pixels."""
    if _pixels(text) <= room:
        return text
    while text and _pixels(text) > room - _FULL:
        text = text[:-1]
    return f"{text}…"


def _svg(chart: Any) -> str:
    """The chart as SVG whose text and axes take the page's text colour, so that light and dark both read."""
    import vl_convert

    axis = {"labelColor": _INK, "titleColor": _INK, "domainColor": _INK, "tickColor": _INK, "gridColor": "#8884"}
    configured = (
        chart.configure(
            background="transparent", font=_FONT, padding={"left": 4, "top": 4, "bottom": 4, "right": _SPARE}
        )
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, **axis)
        .configure_legend(labelColor=_INK, titleColor=_INK, labelFontSize=12)
    )
    svg = str(vl_convert.vegalite_to_svg(configured.to_dict()))
    return svg.replace("<svg ", '<svg role="presentation" ', 1)
