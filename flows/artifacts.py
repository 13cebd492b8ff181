"""What a run leaves in Prefect's interface: tables and a page of Markdown, all of a bounded size."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import polars as pl
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from etl import quality
from etl.diff import compare
from etl.pipeline.summary import RunSummary
from etl.published import scan
from etl.quality import Finding
from etl.store import remote

# An event of 7.5 MB was refused by the server: two hundred rows of cells of a hundred characters are 150 kB at most.
ROWS = 200
CHARS = 100
BANDS = Path(__file__).parent / "bands.toml"
_MARKDOWN_CHARS = 20_000


def table(key: str, rows: list[dict[str, Any]], description: str) -> None:
    """A table artifact of at most ROWS rows and CHARS characters a cell; a last row says how many are left out."""
    shown = [{name: _cell(value) for name, value in row.items()} for row in rows[:ROWS]]
    if len(rows) > ROWS and shown:
        last = dict.fromkeys(shown[0], "")
        shown.append(last | {next(iter(last)): f"and {len(rows) - ROWS} more"})
    create_table_artifact(shown, key=key, description=description)


def markdown(key: str, text: str, description: str) -> None:
    """A Markdown artifact, cut to a bounded size."""
    cut = text if len(text) <= _MARKDOWN_CHARS else f"{text[:_MARKDOWN_CHARS]}\n\n(cut)"
    create_markdown_artifact(cut, key=key, description=description)


def report(output: str) -> None:
    """A link to the page that shows what is in the dataset, if there is one; in a store it is the object's URL."""
    page = remote.folder(output) / "report.html"
    if page.exists():
        url = f"{output.rstrip('/')}/{page.name}" if remote.is_remote(output) else page.absolute().as_uri()
        create_link_artifact(url, link_text="report.html: what is in the dataset", key="report")


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float) else str(value)[:CHARS]


def counts(dataset: Path) -> dict[str, int]:
    """Rows of every published table, as datapackage.json states them."""
    found: dict[str, int] = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))["counts"]
    return found


def reject_counts(dataset: Path) -> list[dict[str, Any]]:
    """Rejects by code, the most frequent first, with one message each."""
    frame = scan(dataset, "rejects").group_by("code").agg(pl.len().alias("rejects"), pl.col("message").min())
    return frame.sort("rejects", "code", descending=[True, False]).collect().to_dicts()


def of_run(source: str, summary: RunSummary) -> None:
    """The artifacts of a run: rows by table, rejects by code, and what it did in words."""
    dataset = remote.folder(summary.output)
    kept = dataset / "_versions" / str(summary.version)  # what this run published, whatever another does meanwhile
    rows = counts(kept)
    written = {path.partition("/")[0] for path in summary.partitions_written}
    lines = [{"table": name, "rows": number, "written": name in written} for name, number in rows.items()]
    table("tables", lines, f"Rows of version {summary.version} of {summary.output}")
    table("rejects", reject_counts(kept), "Pages and rows left out, by code: `youlian rejects` shows each")
    markdown("run", _in_words(source, summary), "What this run did")
    if summary.published:
        markdown("diff", difference(dataset, summary.version), "What changed since the version before")
        bands, _ = quality.load(BANDS)
        found = quality.findings(kept, bands, dt.datetime.now(dt.UTC).date())
        table(
            "quality", [figure(finding) for finding in found], "Figures against their bands; `maintain` fails on them"
        )
    report(summary.output)


def difference(dataset: Path, version: int) -> str:
    """The difference between a version and the one kept before it, in Markdown."""
    kept = sorted(int(path.name) for path in (dataset / "_versions").iterdir() if path.name.isdigit())
    before = max((number for number in kept if number < version), default=None)
    if before is None:
        return f"Version {version} is the first one kept: there is nothing to compare it with."
    compared = compare(dataset / "_versions" / str(before), dataset / "_versions" / str(version))
    return f"# Version {version} against {before}\n\n{compared.as_text(limit=10)}"


def figure(finding: Finding) -> dict[str, Any]:
    """A figure and its band as a row."""
    return {
        "figure": finding.name,
        "value": finding.value,
        "low": finding.low,
        "high": finding.high,
        "state": finding.state,
    }


def band(finding: Finding) -> str:
    """What a figure may be, an open end left out: `0.5 … 1.0`, `… 7`."""
    ends = ("" if end is None else str(end) for end in (finding.low, finding.high))
    return " … ".join(ends).strip()


def _in_words(source: str, summary: RunSummary) -> str:
    done = (
        f"published as version {summary.version}" if summary.published else f"nothing to do, version {summary.version}"
    )
    partitions = [f"- `{path}`" for path in summary.partitions_written[:ROWS]]
    if len(summary.partitions_written) > ROWS:
        partitions.append(f"- and {len(summary.partitions_written) - ROWS} more")
    figures = (summary.n_articles, summary.n_events, summary.n_aid, summary.n_links, summary.n_rejects)
    return "\n".join(
        [
            f"# {source}: {done}",
            "",
            f"{summary.n_files} files: {summary.n_new} new, {summary.n_changed} changed, {summary.n_removed} removed, "
            f"{summary.n_stale} touched by changed rules, {summary.n_skipped} of other types.",
            "",
            "| pages | events | claims of aid | withheld links and teasers | rejects |",
            "| ---: | ---: | ---: | ---: | ---: |",
            "| " + " | ".join(map(str, figures)) + " |",
            "",
            f"In {summary.seconds:.1f} s. One consistent cut: `{summary.output}/_versions/{summary.version}`.",
            *(["", "Partitions written:", *partitions] if partitions else []),
        ]
    )
