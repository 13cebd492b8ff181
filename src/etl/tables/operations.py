"""rejects and runs: what was left out and why, and what was done when."""

from __future__ import annotations

from etl.tables.declare import Column, Table, Type

REJECTS = Table(
    name="rejects",
    description="What the present input holds that is not data: pages and rows with the reason and enough to replay.",
    key=("reject_id",),
    order=("source_path", "table", "record_key", "code", "column", "reject_id"),
    partitioned=False,
    columns=(
        Column("reject_id", Type.ID, "Hash of what was rejected and why"),
        Column("source_path", Type.TEXT, "Raw file or record"),
        Column("article_id", Type.ID, "The page, when it came that far", null=True),
        Column("table", Type.CODE, "Table of a rejected row; null for a whole page", null=True),
        Column("record_key", Type.TEXT, "Key of a rejected row", null=True),
        Column("code", Type.CODE, "stage.rule; see the list of reject codes", pattern=r"[a-z]+\.[a-z0-9_]+"),
        Column("column", Type.CODE, "Column that failed", null=True),
        Column("value", Type.TEXT, "Its value", null=True),
        Column("message", Type.TEXT, "What is wrong, in a sentence"),
        Column("record_json", Type.TEXT, "The rejected row as JSON", null=True),
    ),
)

RUNS = Table(
    name="runs",
    description="One row per run that published something.",
    key=("run_id",),
    order=("started_at", "run_id"),
    partitioned=False,
    columns=(
        Column("run_id", Type.TEXT, "Key of the run"),
        Column("mode", Type.CODE, "What kind of run", codes=("run", "backfill", "repair", "rollback")),
        Column("started_at", Type.INSTANT, "Start"),
        Column("ended_at", Type.INSTANT, "End", null=True),
        Column("state", Type.CODE, "How it ended", codes=("published",)),
        Column("code_version", Type.TEXT, "Version of the package"),
        Column("rules_sha256", Type.TEXT, "Hash over code, site profiles and lookups"),
        Column("engine", Type.CODE, "What ran the batches"),
        Column("n_files", Type.COUNT, "Raw files of the source", low=0),
        Column("n_new", Type.COUNT, "Files not seen before", low=0),
        Column("n_changed", Type.COUNT, "Files whose content changed", low=0),
        Column("n_removed", Type.COUNT, "Files that are gone", low=0),
        Column("n_unchanged", Type.COUNT, "Files left as they were", low=0),
        Column("n_articles", Type.COUNT, "Articles published", low=0),
        Column("n_events", Type.COUNT, "Happenings published", low=0),
        Column("n_aid", Type.COUNT, "Claims published", low=0),
        Column("n_rejects", Type.COUNT, "Rejects published", low=0),
        Column("window_start", Type.DATE, "First publication day of a backfill's window", null=True),
        Column("window_end", Type.DATE, "Last publication day of a backfill's window", null=True),
        Column("partitions_written", Type.TEXTS, "table/pub_year=YYYY of every partition written"),
    ),
)
