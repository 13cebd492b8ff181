"""A small dashboard over a published dataset.

pip install streamlit 'youlian[duckdb]'
streamlit run docs/bi/streamlit_app.py -- output
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import polars as pl
import streamlit as st

DATASET = Path(sys.argv[1] if len(sys.argv) > 1 else "output")


def table(name: str) -> str:
    return f"read_parquet('{DATASET}/{name}/**/*.parquet', hive_partitioning = true)"


st.set_page_config(page_title="友联 youlian", layout="wide")
st.title("友联 youlian")
if not (DATASET / "datapackage.json").exists():
    st.error(f"{DATASET} holds no published dataset. Run `make run` first, or name another folder after `--`.")
    st.stop()

flows = [
    row[0] for row in duckdb.sql(f"SELECT DISTINCT flow_direction FROM {table('aid_projects')} ORDER BY 1").fetchall()
]
chosen = st.multiselect("方向 flow", flows, default=flows)
only_summable = st.toggle("只看可加总 summable only", value=True)

claims = duckdb.sql(f"""
    SELECT c.published_date, c.status, c.amount, c.currency, c.amount_usd, c.donor_text, c.recipient_text,
           c.recipient_iso, c.evidence, a.title, c.sum_exclusion_reason, c.recommended_for_sum, c.flow_direction
    FROM {table("aid_projects")} AS c JOIN {table("articles")} AS a USING (article_id)
    ORDER BY c.amount_usd DESC NULLS LAST
""").pl()
claims = claims.filter(pl.col("flow_direction").cast(pl.String).is_in(chosen))
if only_summable:
    claims = claims.filter("recommended_for_sum")

left, right = st.columns(2)
left.metric("援助记录 claims", claims.height)
right.metric("美元合计 USD", f"{float(claims['amount_usd'].sum() or 0):,.0f}")
by_place = claims.group_by("recipient_iso").agg(usd=pl.col("amount_usd").cast(pl.Float64).sum())
st.bar_chart(by_place.drop_nulls().sort("usd", descending=True), x="recipient_iso", y="usd")
st.dataframe(claims.drop("recommended_for_sum"), use_container_width=True)
