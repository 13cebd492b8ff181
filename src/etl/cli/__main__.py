"""`python -m etl.cli`, where the command `youlian` is not on the path."""

from __future__ import annotations

from etl.cli import main

raise SystemExit(main())
