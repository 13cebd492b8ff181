"""DuckDB views over a published dataset, so that a BI tool sees tables rather than files."""

from __future__ import annotations

from pathlib import Path

from etl.errors import ConfigError


def sql(dataset: Path) -> str:
    """CREATE VIEW statements for every table of the dataset, partition year included."""
    tables = sorted(path.name for path in dataset.glob("[!_]*/") if any(path.rglob("*.parquet")))
    if not tables:
        raise ConfigError(f"{dataset}: holds no tables. Name the OUTPUT folder of a run, or run `youlian run`.")
    root = str(dataset.resolve()).replace("'", "''")
    return "".join(_view(name, root, dataset) for name in tables)


def _view(name: str, root: str, dataset: Path) -> str:
    hive = str(_is_partitioned(dataset / name)).lower()
    files = f"read_parquet('{root}/{name}/**/*.parquet', hive_partitioning = {hive})"
    return f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {files};\n"


def write_database(dataset: Path, path: Path) -> Path:
    """Make a DuckDB file that holds only the views. Needs the `duckdb` package (extra `duckdb`)."""
    try:
        import duckdb
    except ImportError as error:
        raise ConfigError(
            "DuckDB is not installed. Install the extra duckdb: .venv/bin/pip install -e '.[duckdb]'."
        ) from error
    views = sql(dataset)
    try:
        with duckdb.connect(str(path)) as database:
            database.execute(views)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise ConfigError(f"{path}: {reason}. Name a new file, or a DuckDB file that nothing else has open.") from error
    return path


def _is_partitioned(folder: Path) -> bool:
    return any(child.is_dir() and "=" in child.name for child in folder.iterdir())
