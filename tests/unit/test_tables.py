"""The declared tables, and what is derived from them: Arrow, Parquet metadata, dictionary, descriptor."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl import dictionary, lookups, schema
from etl.publish import datapackage, partitions
from etl.publish.partitions import PublishedFile
from etl.tables import PAGE_TABLES, TABLES, Table, Type

TABLE_IDS = list(TABLES)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLE_IDS)
def test_a_table_is_declared_soundly(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    assert set(table.key) <= set(names)
    assert set(table.order) <= set(names)
    assert not any(table.column(name).null for name in table.key)
    assert all(column.description and not column.description.endswith(".") for column in table.columns)
    for key in table.foreign_keys:
        assert len(key.columns) == len(key.to_columns)
        assert set(key.columns) <= set(names)
        assert set(key.to_columns) <= TABLES[key.table].names
    if table.partitioned:
        assert table.order[0] == "article_id", "partitions are merged by article"
        assert "pub_year" not in names, "the partition's year is not repeated inside"


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLE_IDS)
def test_order_is_total(table: Table) -> None:
    """Rows that stand anyhow would make bytes depend on the order of the work."""
    assert set(table.key) <= set(table.order)


def test_types() -> None:
    arrow = schema.arrow_schema(TABLES["aid_projects"])
    assert arrow.field("amount").type == pa.decimal128(22, 2)
    assert arrow.field("period_start").type == pa.date32()
    assert pa.types.is_dictionary(arrow.field("status").type)
    assert arrow.field("outputs").type.value_type.field("count").type == pa.int64()
    articles = schema.arrow_schema(TABLES["articles"])
    assert articles.field("published_at").type == pa.timestamp("us", "UTC")
    assert articles.field("published_local").type == pa.timestamp("us")


def test_published_files_describe_themselves(tmp_path: Path) -> None:
    table = TABLES["date_mentions"]
    partitions.write_empty(tmp_path, "date_mentions/pub_year=2024", table)
    read = pq.read_schema(tmp_path / "date_mentions/pub_year=2024/part-0.parquet")
    assert read.equals(schema.arrow_schema(table), check_metadata=True)
    assert read.field("quote").metadata[b"description"].decode() == table.column("quote").description
    assert json.loads(read.metadata[b"columns"])["quote"] == table.column("quote").description
    assert b"pandas" not in read.metadata


def test_groups_and_files_are_cut_by_rows_alone(tmp_path: Path) -> None:
    places = Table("places", "", TABLES["places"].columns, ("place_id",), ("place_id",), group_rows=10, file_groups=2)
    columns = {name: [None] * 45 for name in schema.polars_schema(places)}
    columns |= {name: [f"{n:02d}" for n in range(45)] for name in ("place_id", "name_zh", "kind")}
    frame = pl.DataFrame(columns, schema=schema.polars_schema(places))
    for name, cuts in (("one", [45]), ("many", [1, 2, 19, 23])):
        frames, start = [], 0
        for size in cuts:
            frames.append(frame[start : start + size])
            start += size
        partitions.write(tmp_path / name, "places", places, frames)
    written = sorted(path.name for path in (tmp_path / "one/places").iterdir())
    assert written == ["part-0.parquet", "part-1.parquet", "part-2.parquet"]
    for name in written:
        one, many = ((tmp_path / cut / "places" / name).read_bytes() for cut in ("one", "many"))
        assert one == many
    assert pq.ParquetFile(tmp_path / "one/places/part-0.parquet").num_row_groups == 2


def test_the_dictionary_lists_everything() -> None:
    text = dictionary.markdown()
    for table in TABLES.values():
        assert f"## {table.name}\n" in text
        assert all(f"`{column.name}`" in text for column in table.columns)
        assert all(rule.code in text for rule in table.rules)
    assert text == dictionary.markdown()


def test_every_check_has_a_reject_code() -> None:
    listed = {row["code"] for row in lookups.rows("reject_codes")}
    assert {rule.code for table in TABLES.values() for rule in table.rules} <= listed
    source = Path(dictionary.__file__).parent
    pattern = re.compile(r"\"((?:read|strip|validate|normalize|build)\.[a-z_0-9]+)\"")
    stages = ("read", "pipeline", "validate")
    named = {
        c for stage in stages for p in (source / stage).rglob("*.py") for c in pattern.findall(p.read_text("utf-8"))
    }
    assert named <= listed, f"not in reject_codes.csv: {sorted(named - listed)}"


def test_the_descriptor_names_columns_and_hashes() -> None:
    described = datapackage.describe([PublishedFile("lines/pub_year=2024/part-0.parquet", 3, 99, "ab")], 7, "now", {})
    (resource,) = described["resources"]
    assert (resource["path"], resource["rows"], resource["bytes"]) == ("lines/pub_year=2024/part-0.parquet", 3, 99)
    assert resource["hash"] == "sha256:ab"
    assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
    assert [field["name"] for field in resource["schema"]["fields"]] == [c.name for c in TABLES["lines"].columns]
    assert described["version_path"] == "_versions/7"


def test_codes_are_closed_where_the_documentation_lists_them() -> None:
    closed = {f"{t.name}.{c.name}" for t in PAGE_TABLES for c in t.columns if c.codes}
    assert closed >= {"lines.role", "aid_projects.status", "events.event_type", "participants.role"}
    assert all(c.type is Type.CODE for t in TABLES.values() for c in t.columns if c.codes)
