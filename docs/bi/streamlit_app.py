"""A small dashboard over a published dataset.

.venv/bin/pip install streamlit -e '.[duckdb]'
.venv/bin/streamlit run docs/bi/streamlit_app.py -- output
"""

from __future__ import annotations

import sys
from pathlib import Path

import altair as alt
import duckdb
import polars as pl
import streamlit as st

DATASET = Path(sys.argv[1] if len(sys.argv) > 1 else "output")
FLOWS = {"inbound": "对内 inbound", "outbound": "对外 outbound", "domestic": "国内 domestic", "unknown": "不明 unknown"}


def table(name: str, partitioned: bool = True) -> str:
    return f"read_parquet('{DATASET}/{name}/**/*.parquet', hive_partitioning = {str(partitioned).lower()})"


st.set_page_config(page_title="友联 youlian", layout="wide")
st.title("友联 youlian")
if not (DATASET / "datapackage.json").exists():
    st.error(f"{DATASET} holds no published dataset. Run `make run` first, or name another folder after `--`.")
    st.stop()

claims = duckdb.sql(f"""
    WITH names AS (
        SELECT iso_3166_2, arg_max(name_zh, coalesce(valid_from, DATE '1900-01-01')) AS name
        FROM {table("places", partitioned=False)} WHERE iso_3166_2 IS NOT NULL GROUP BY ALL
    )
    SELECT c.published_date, c.status, c.amount, c.currency, c.amount_usd, c.donor_text,
           c.recipient_text, c.recipient_iso,
           coalesce(n.name, c.recipient_iso) AS place, c.evidence, a.title, c.sum_exclusion_reason,
           c.recommended_for_sum, c.flow_direction, c.article_id
    FROM {table("aid_projects")} AS c
    JOIN {table("articles")} AS a USING (article_id)
    LEFT JOIN names AS n ON n.iso_3166_2 = c.recipient_iso
    ORDER BY c.amount_usd DESC NULLS LAST
""").pl()

# One flow at a time: sums of different flows must not be added.
flow = st.segmented_control("方向 flow", list(FLOWS), default="inbound", format_func=FLOWS.__getitem__) or "inbound"
only_summable = st.toggle("只看可加总 summable only", value=True)
shown = claims.filter(pl.col("flow_direction").cast(pl.String) == flow)
summable = shown.filter("recommended_for_sum")
if only_summable:
    shown = summable

left, right = st.columns(2)
left.metric("援助记录 claims", shown.height)
right.metric("可加总,美元 summable, USD", f"{float(summable['amount_usd'].sum() or 0):,.0f}")

usd = pl.col("amount_usd").sum().cast(pl.Float64)
# Sums for several provinces or the whole country would dwarf every province.
in_a_province = summable.filter(pl.col("recipient_iso").cast(pl.String).str.contains("-"))
by_place = in_a_province.group_by(pl.col("place").cast(pl.String)).agg(usd=usd)
bars = alt.Chart(alt.InlineData(values=by_place.to_dicts())).mark_bar()
st.altair_chart(
    bars.encode(x=alt.X("usd:Q", title="USD"), y=alt.Y("place:N", sort="-x", title=None, axis=alt.Axis(labelLimit=200)))
)
st.dataframe(
    shown.drop("recommended_for_sum", "flow_direction", "recipient_iso"),
    hide_index=True,
    column_config={
        "published_date": st.column_config.DateColumn("published", format="YYYY-MM-DD"),
        "amount": st.column_config.NumberColumn(format="localized"),
        "amount_usd": st.column_config.NumberColumn("USD", format="localized"),
    },
)
st.caption("`youlian explain ARTICLE_ID` shows the page a claim comes from, line by line.")
