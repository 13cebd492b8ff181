"""The tools that analysts use read the published files: every table, the right types, NULL partitions, pruned scans."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from etl.published import files
from etl.schema import arrow_schema
from etl.tables import TABLES, Type

# Types as DuckDB and Spark name them, for the columns that a careless reader gets wrong.
DUCKDB = {
    Type.MONEY: "DECIMAL(22,2)",
    Type.DATE: "DATE",
    Type.INSTANT: "TIMESTAMP WITH TIME ZONE",
    Type.LOCAL_TIME: "TIMESTAMP",
    Type.CODE: "VARCHAR",
    Type.TEXTS: "VARCHAR[]",
    Type.OUTPUTS: "STRUCT(item VARCHAR, count BIGINT, unit VARCHAR)[]",
}
SPARK = {
    Type.MONEY: "decimal(22,2)",
    Type.DATE: "date",
    Type.INSTANT: "timestamp",
    Type.LOCAL_TIME: "timestamp_ntz",
    Type.CODE: "string",
    Type.TEXTS: "array<string>",
    Type.OUTPUTS: "array<struct<item:string,count:bigint,unit:string>>",
}
POLARS = {
    Type.MONEY: pl.Decimal(22, 2),
    Type.DATE: pl.Date(),
    Type.INSTANT: pl.Datetime("us", "UTC"),
    Type.LOCAL_TIME: pl.Datetime("us"),
}
YEARS = ds.partitioning(pa.schema([("pub_year", pa.int32())]), flavor="hive")


def rows(dataset: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))["counts"]
    return found


def glob(dataset: Path, name: str) -> str:
    return f"read_parquet('{dataset}/{name}/**/*.parquet', hive_partitioning = {str(TABLES[name].partitioned).lower()})"


@pytest.mark.parametrize("name", TABLES)
def test_duckdb(seeds_dataset: Path, name: str) -> None:
    relation = duckdb.sql(f"FROM {glob(seeds_dataset, name)}")
    assert len(relation.fetchall()) == rows(seeds_dataset)[name]
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    for column in TABLES[name].columns:
        assert types[column.name] == DUCKDB.get(column.type, types[column.name]), column.name
    assert ("pub_year" in types) == TABLES[name].partitioned


def test_duckdb_finds_the_null_partition_and_skips_the_others(seeds_dataset: Path) -> None:
    undated = duckdb.sql(f"SELECT published_date FROM {glob(seeds_dataset, 'articles')} WHERE pub_year IS NULL")
    assert undated.fetchall() == [(None,)]
    plan = duckdb.sql(f"EXPLAIN ANALYZE SELECT * FROM {glob(seeds_dataset, 'lines')} WHERE pub_year = 2026").fetchall()
    text = " ".join(str(cell) for row in plan for cell in row)
    n_files = len(files(seeds_dataset, "lines"))
    assert n_files > 1
    assert f"1/{n_files}" in text or "Total Files Read: 1" in text, text


@pytest.mark.parametrize("name", TABLES)
def test_polars(seeds_dataset: Path, name: str) -> None:
    frame = pl.scan_parquet(seeds_dataset / name, hive_partitioning=True).collect()
    assert frame.height == rows(seeds_dataset)[name]
    for column in TABLES[name].columns:
        if column.type in POLARS:
            assert frame.schema[column.name] == POLARS[column.type], column.name
    if TABLES[name].partitioned:
        assert frame.schema["pub_year"].is_integer()


def test_polars_prunes(seeds_dataset: Path) -> None:
    scan = pl.scan_parquet(seeds_dataset / "lines", hive_partitioning=True)
    assert scan.filter(pl.col("pub_year").is_null()).collect().height > 0
    dated = scan.filter(pl.col("pub_year") == 2026)
    assert dated.select("article_id").unique().collect().height == 1
    plan = dated.explain()
    assert plan.count("pub_year=") + plan.count("sources") <= 2, plan


@pytest.mark.parametrize("name", TABLES)
def test_pyarrow(seeds_dataset: Path, name: str) -> None:
    dataset = ds.dataset(seeds_dataset / name, partitioning=YEARS if TABLES[name].partitioned else None)
    assert dataset.count_rows() == rows(seeds_dataset)[name]
    for field in arrow_schema(TABLES[name]):
        assert dataset.schema.field(field.name).type == field.type
        assert dataset.schema.field(field.name).metadata[b"description"]


def test_pyarrow_prunes(seeds_dataset: Path) -> None:
    dataset = ds.dataset(seeds_dataset / "articles", partitioning=YEARS)
    assert len(list(dataset.get_fragments(ds.field("pub_year") == 2026))) == 1
    undated = dataset.to_table(filter=ds.field("pub_year").is_null())
    assert undated.column("published_date").to_pylist() == [None]


@pytest.mark.parametrize("name", TABLES)
def test_pandas_keeps_the_types_with_arrow_behind_it(seeds_dataset: Path, name: str) -> None:
    import pandas as pd

    frame = pd.read_parquet(seeds_dataset / name, dtype_backend="pyarrow")
    assert len(frame) == rows(seeds_dataset)[name]
    wanted = {
        Type.MONEY: pa.decimal128(22, 2),
        Type.DATE: pa.date32(),
        Type.INSTANT: pa.timestamp("us", "UTC"),
        Type.LOCAL_TIME: pa.timestamp("us"),
    }
    for column in TABLES[name].columns:
        if column.type in wanted:
            assert frame[column.name].dtype == pd.ArrowDtype(wanted[column.type]), column.name


def test_all_of_them_read_the_same_sum_to_the_cent(seeds_dataset: Path) -> None:
    import pandas as pd

    duck = duckdb.sql(f"SELECT sum(amount) FROM {glob(seeds_dataset, 'money_mentions')}").fetchall()[0]
    frame = pl.scan_parquet(seeds_dataset / "money_mentions", hive_partitioning=True).select(pl.col("amount").sum())
    pandas = pd.read_parquet(seeds_dataset / "money_mentions", dtype_backend="pyarrow")["amount"].sum()
    assert duck[0] == frame.collect().item() == pandas
    assert isinstance(duck[0], Decimal)


def test_zoned_and_local_times_tell_one_instant(seeds_dataset: Path) -> None:
    query = (
        f"SELECT published_at, published_local FROM {glob(seeds_dataset, 'articles')} WHERE published_at IS NOT NULL"
    )
    found = duckdb.sql(query).fetchall()
    assert found
    for instant, local in found:
        hanoi = instant.astimezone(dt.timezone(dt.timedelta(hours=7)))
        assert hanoi.replace(tzinfo=None) == local


def test_frictionless_finds_the_package_valid(seeds_dataset: Path) -> None:
    from frictionless import Package, Resource

    described = json.loads((seeds_dataset / "datapackage.json").read_text(encoding="utf-8"))
    assert not list(Package.metadata_validate(described))
    package = Package.from_descriptor(described, basepath=str(seeds_dataset))
    there = {f.relative_to(seeds_dataset).as_posix() for name in TABLES for f in files(seeds_dataset, name)}
    assert {resource.path for resource in package.resources} == there
    for resource in package.resources:
        fields = {field.name: field for field in resource.schema.fields}
        assert list(fields) == [column.name for column in TABLES[resource.title].columns]
        assert all(field.description for field in fields.values())
        # Its own Parquet reader turns lists into text and whole numbers with gaps into floats: hand it the values.
        values = pl.read_parquet(seeds_dataset / resource.path, hive_partitioning=False).to_dicts()
        if values:
            schema = resource.schema.to_descriptor()
            report = Resource.from_descriptor({"name": "rows", "data": values, "schema": schema}).validate()
            assert report.flatten(["type", "fieldName", "note"]) == [], resource.path


_SPARK_SCRIPT = """
import json, sys
from pyspark.sql import SparkSession
dataset, names = sys.argv[1], sys.argv[2].split(",")
spark = (SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
         .config("spark.sql.session.timeZone", "UTC").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate())
spark.sparkContext.setLogLevel("ERROR")
found = {}
for name in names:
    frame = spark.read.parquet(f"{dataset}/{name}")
    found[name] = {"rows": frame.count(), "types": dict(frame.dtypes)}
found["null_partition"] = spark.read.parquet(f"{dataset}/articles").where("pub_year IS NULL").count()
pruned = spark.read.parquet(f"{dataset}/lines").where("pub_year = 2026")
found["plan"] = pruned._jdf.queryExecution().executedPlan().toString()
print("RESULT" + json.dumps(found))
"""


@pytest.mark.slow
def test_spark(seeds_dataset: Path) -> None:
    # A folder of its own, for pandera imports pyspark where it finds it, and that warns of pandas 3.
    folder = os.environ.get("PYSPARK_FOLDER", "")
    if not (importlib.util.find_spec("pyspark") or folder) or shutil.which("java") is None:
        pytest.skip("needs Java and `pip install --target FOLDER pyspark`, then PYSPARK_FOLDER=FOLDER")
    paths = os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-c", _SPARK_SCRIPT, str(seeds_dataset), ",".join(TABLES)]
    environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "PYTHONPATH": paths}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.partition("RESULT")[2])
    for name, table in TABLES.items():
        assert found[name]["rows"] == rows(seeds_dataset)[name]
        types = found[name]["types"]
        for column in table.columns:
            assert types[column.name] == SPARK.get(column.type, types[column.name]), (name, column.name)
    assert found["null_partition"] == 1
    assert "PartitionFilters: [isnotnull(pub_year" in found["plan"]
