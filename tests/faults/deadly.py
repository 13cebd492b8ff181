"""A batch processor for worker processes: pages that say `kill` kill the process they are processed in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from unittest import mock

from etl.pipeline import batch
from tests import made_pages


def process_batch(path: Path) -> str:
    """As the real one, with made-up pages."""

    def process(document: Any, templates: object = None) -> Any:
        if any(line.text == "kill" for line in document.lines):
            os._exit(9)
        return made_pages.process(document)

    with mock.patch("etl.pipeline.page.process_page", process):
        return batch.process_batch(path)
