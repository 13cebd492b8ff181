"""What a run tells the world: progress, events that automations can answer, assets with lineage, a telling name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import quote
from uuid import UUID

from prefect import get_client, get_run_logger
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.events import emit_event

from etl.errors import PublishError, SchemaDrift
from etl.pipeline.summary import RunSummary
from etl.publish.guard import GuardRefused
from etl.read import source_id
from etl.tables import PAGE_TABLES, Table

# Prefect cuts asset keys at 512 characters and refuses blanks, quotes and %.
_KEY_SAFE = "/:=@+,~!*()[]$;"
_KEY_CHARS = 480


def resource(output: str) -> dict[str, str]:
    """The dataset as the resource of an event."""
    return {"prefect.resource.id": f"youlian.dataset.{location(output)}", "prefect.resource.name": Path(output).name}


def location(place: str) -> str:
    """A folder or URL as an asset key: characters that keys may not hold are written as _XX."""
    url = place if "://" in place else f"file://{Path(place).absolute()}"
    return quote(url, safe=_KEY_SAFE).replace("%", "_")[:_KEY_CHARS]


def event(name: str, output: str, **payload: object) -> None:
    """Emits `youlian.<name>` about the dataset."""
    emit_event(f"youlian.{name}", resource(output), payload=payload)


@contextmanager
def of_failure(source: str, output: str) -> Iterator[None]:
    """Emits an event for failures that somebody should answer, and lets them pass on."""
    try:
        yield
    except SchemaDrift as error:
        event("schema-drift", output, source=source, message=str(error))
        raise
    except PublishError as error:
        kind = "guard-refused" if isinstance(error, GuardRefused) else "publish-failed"
        event(kind, output, source=source, message=str(error))
        raise


@contextmanager
def progress(key: str, what: str = "Batches") -> Iterator[Callable[[int, int], None]]:
    """A progress artifact; the function given moves it to `done` of `total`."""
    artifact = cast(UUID, create_progress_artifact(0.0, key=f"{key}-progress", description=what))
    log = get_run_logger()

    def move(done: int, total: int) -> None:
        log.info("%s: %d of %d", what, done, total)
        update_progress_artifact(artifact, 100 * done / total)

    yield move
    update_progress_artifact(artifact, 100.0)


def materialized(source: str, summary: RunSummary) -> None:
    """Records that the tables of a published version were made from the source: assets with their lineage."""
    raw = Asset(key=location(source_id(source)), properties=AssetProperties(name=f"raw pages of {source}"[:100]))
    written = {path.partition("/")[0] for path in summary.partitions_written}
    tables = [_asset(summary.output, table) for table in PAGE_TABLES if table.name in written]
    if not tables:
        return

    @materialize(
        *tables,
        by="youlian",
        name="published",
        task_run_name=f"version {summary.version}",
        asset_deps=[raw],
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    def record() -> None:
        for asset in tables:
            asset.add_metadata({"version": summary.version, "run_id": summary.run_id, "output": summary.output})

    record()


def _asset(output: str, table: Table) -> Asset:
    properties = AssetProperties(name=table.name, description=table.description)
    return Asset(key=f"{location(output)}/{table.name}", properties=properties)


def rename(name: str) -> None:
    """Gives the flow run the name that says what it did."""
    context = FlowRunContext.get()
    if context is not None and context.flow_run is not None:
        with get_client(sync_client=True) as client:
            client.update_flow_run(context.flow_run.id, name=name[:200])
