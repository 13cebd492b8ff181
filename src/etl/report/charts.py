"""The report's charts: Altair specifications turned into SVG that needs no script and follows the page's colours."""

from __future__ import annotations

from typing import Any

from etl.report.figures import Facts, Table

WIDE, NARROW = 760, 330
_INK = "currentColor"
_FONT = "system-ui, 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif"
_CLAIMS, _EVENTS, _NAIVE = "#1b7f79", "#c8553d", "#b9b3a7"


def draw(facts: Facts) -> dict[str, dict[str, str]]:
    """SVG text by chart name and width (`wide`, `narrow`); a chart without data is left out."""
    drawn = {}
    for name, rows in (
        ("months", facts.months),
        ("provinces", facts.provinces),
        ("donors", facts.donors),
        ("sectors", facts.sectors),
    ):
        if rows:
            make = _months if name == "months" else _bars
            drawn[name] = {label: _svg(make(rows, width)) for label, width in (("wide", WIDE), ("narrow", NARROW))}
    return drawn


def _months(rows: Table, width: int) -> Any:
    import altair as alt

    data = [{**row, "month": row["month"].isoformat()} for row in rows]  # type: ignore[attr-defined]
    colours = alt.Scale(domain=["claims", "events"], range=[_CLAIMS, _EVENTS])
    return (
        alt.Chart({"values": data}, width=width - 70, height=220)
        .mark_bar()
        .encode(
            x=alt.X("month:T", title=None, axis=alt.Axis(format="%Y-%m", labelOverlap=True, grid=False)),
            y=alt.Y("n:Q", title="数量 / count", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color("kind:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
        )
    )


def _bars(rows: Table, width: int) -> Any:
    """Sorted bars: the summable sum in colour over the naive one in grey."""
    import altair as alt

    label = 230 if width == WIDE else 110
    data = [{**row, "label": _short(str(row["name"]), label)} for row in rows]
    base = alt.Chart({"values": data}, width=width - label - 30, height=alt.Step(24))
    names = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=label, ticks=False, domain=False))
    dollars = alt.Axis(format="~s", tickCount=4, labelOverlap=True)
    naive = base.mark_bar(color=_NAIVE, height=16).encode(y=names, x=alt.X("naive_usd:Q", title="USD", axis=dollars))
    summable = base.mark_bar(color=_CLAIMS, height=8).encode(y=names, x=alt.X("usd:Q", title="USD"))
    return naive + summable


def _short(name: str, pixels: int) -> str:
    limit = pixels // 13
    return name if len(name) <= limit else name[: limit - 1] + "…"


def _svg(chart: Any) -> str:
    """The chart as SVG whose text and axes take the page's text colour, so that light and dark both read."""
    import vl_convert

    axis = {"labelColor": _INK, "titleColor": _INK, "domainColor": _INK, "tickColor": _INK, "gridColor": "#8884"}
    configured = chart.configure(background="transparent", font=_FONT).configure_view(stroke=None).configure_axis(**axis)
    configured = configured.configure_legend(labelColor=_INK, titleColor=_INK)
    svg = str(vl_convert.vegalite_to_svg(configured.to_dict()))
    return svg.replace("<svg ", '<svg role="presentation" ', 1)
