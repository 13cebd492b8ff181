"""The weekly flow: are the tables fresh and filled, has a site changed its layout, which templates could be learned.

By hand: `python -m flows.maintain SOURCE OUTPUT [BANDS]`.
"""

from __future__ import annotations

import sys

from flows import home

if __name__ == "__main__":
    home.settle(sys.argv[1:])  # before Prefect reads its settings

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.exceptions import ParameterTypeError

from etl import quality
from etl import settings as run_settings
from etl.cli.printing import grid, say
from etl.errors import ConfigError, EtlError
from etl.pipeline import learning
from etl.quality import FAILS, Finding
from etl.store import remote
from flows import artifacts, notices
from flows.ingest import Place

PROPOSALS = "_state/proposed-templates"


class QualityError(EtlError):
    """A figure of the tables is below its minimum: look at the source, the rejects and the drift, or mend the band."""


@flow(
    name="maintain",
    description="Checks freshness, fill rates and drift of the tables, and proposes site templates to review.",
    flow_run_name="maintain {output}",
)
def maintain(source: Place, output: Place, bands: str | None = None) -> list[Finding]:
    """Measures the published tables against their bands and looks for drift. Changes no table.

    Learned templates are written below OUTPUT/_state, to be reviewed and put where runs read them. Fails when a
    figure is below its minimum; what is above its maximum, and drift, is a warning and an event.

    Args:
        source: File, folder, glob or fsspec URL of raw pages
        output: Folder or s3:// URL of the published tables
        bands: TOML file of bands; none means flows/bands.toml
    """
    # Fetches what a store holds; nothing of it is changed.
    with remote.working_copy(output, run_settings.load().lock_wait) as dataset:
        return _maintain(source, output, dataset, bands)


def _maintain(source: str, output: str, dataset: Path, bands: str | None) -> list[Finding]:
    declared, limits = quality.load(Path(bands) if bands else artifacts.BANDS)
    today = dt.datetime.now(dt.UTC).date()
    found = quality.findings(dataset, declared, today)
    drifted = quality.drift(dataset, limits)
    artifacts.table(
        "quality", [artifacts.figure(finding) for finding in (*found, *drifted)], "Figures against their bands"
    )
    artifacts.markdown("health", _in_words(found, drifted), "Health of the tables")
    artifacts.report(output)
    if drifted:
        notices.event("drift", output, source=source, findings=[artifacts.figure(finding) for finding in drifted[:50]])
    learn(source, str(dataset))
    failed = [finding for finding in found if finding.state == FAILS]
    warned = [finding for finding in (*found, *drifted) if finding.state == quality.WARNS]
    for finding in warned:
        get_run_logger().warning("%s is %s, not in %s", finding.name, finding.value, artifacts.band(finding))
    notices.rename(f"maintain {output}: {len(failed)} figures too low, {len(warned)} warnings")
    if failed:
        names = ", ".join(f"{finding.name} is {finding.value}" for finding in failed)
        notices.event(
            "quality-failed", output, source=source, findings=[artifacts.figure(finding) for finding in failed]
        )
        raise QualityError(f"Below the minimum: {names}. Look at the rejects and the drift, or change the band.")
    return [*found, *drifted]


@task(name="learn", task_run_name="learn templates of {source}", cache_policy=NO_CACHE, persist_result=False)
def learn(source: str, output: str) -> list[str]:
    """Proposes site templates from the source; nothing uses them before somebody has reviewed them."""
    folder = Path(output) / PROPOSALS
    written = [str(path) for path in learning.learn(source, folder, exclude=[output])]
    get_run_logger().info("%d templates proposed in %s", len(written), folder)
    if written:
        artifacts.table("templates", [{"template": path} for path in written], "Proposed site templates, to review")
    return written


def _in_words(found: Sequence[Finding], drifted: Sequence[Finding]) -> str:
    lines = ["# Health of the tables", "", "| figure | value | band | |", "| --- | ---: | --- | --- |"]
    rows = (f"| {f.name} | {f.value} | {artifacts.band(f)} | {f.state} |" for f in (*found, *drifted))
    return "\n".join([*lines, *rows])


def main(arguments: Sequence[str]) -> int:
    """Runs the flow here, with a server of its own unless PREFECT_API_URL names one."""
    if not 2 <= len(arguments) <= 3:
        sys.stderr.write("usage: python -m flows.maintain SOURCE OUTPUT [BANDS]\n")
        return 2
    try:
        found = maintain(*arguments)
    except (ConfigError, ParameterTypeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except EtlError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    say(grid([artifacts.figure(finding).values() for finding in found], ("figure", "value", "low", "high", "state")))  # type: ignore[misc]
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
