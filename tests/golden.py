"""The golden results of the five seeds: what a run publishes for them, as reviewable JSON.

make golden        write tests/gold/results again; then review the diff
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path, PurePosixPath

import polars as pl

from etl.pipeline import run

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
RESULTS = Path(__file__).parent / "gold" / "results"
# The texts of lines and articles stand in seeds/ already.
LEFT_OUT = {"lines": {"article_id", "text"}, "articles": {"body_text", "captions", "lead"}}
TABLES = {
    "articles": ["article_id"],
    "lines": ["line_no"],
    "money_mentions": ["line_no", "char_start"],
    "date_mentions": ["line_no", "char_start"],
    "aid_projects": ["line_no", "char_start", "aid_id"],
    "events": ["line_no", "char_start", "event_id"],
    "participants": ["fact_kind", "fact_id", "seq"],
    "related_links": ["line_no", "seq"],
}


def results(output: Path) -> dict[str, str]:
    """JSON text by seed name, from a published dataset of the seeds."""
    tables = {name: _rows(output, name, keys) for name, keys in TABLES.items()}
    pages = {}
    for article in tables["articles"]:
        page = {
            name: [
                {k: v for k, v in row.items() if k not in LEFT_OUT.get(name, set()) and v is not None}
                for row in rows
                if row["article_id"] == article["article_id"]
            ]
            for name, rows in tables.items()
        }
        name = PurePosixPath(str(article["source_path"])).stem
        pages[name] = _json(page)
    return pages


def _json(page: dict[str, list[dict[str, object]]]) -> str:
    """One row a line, so that a diff shows rows."""
    tables = []
    for name, rows in page.items():
        lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False, default=str) for row in rows)
        tables.append(f' "{name}": [\n{lines}\n ]')
    return "{\n" + ",\n".join(tables) + "\n}\n"


def _rows(output: Path, table: str, keys: list[str]) -> list[dict[str, object]]:
    files = sorted((output / table).rglob("*.parquet"))
    return pl.concat([pl.read_parquet(f, hive_partitioning=False) for f in files]).sort(keys).to_dicts()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        run(SEEDS, Path(folder))
        RESULTS.mkdir(parents=True, exist_ok=True)
        for name, text in results(Path(folder)).items():
            (RESULTS / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
