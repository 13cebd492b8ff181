"""The pipeline in Prefect: scheduled runs, backfills, maintenance. Everything below this folder knows no Prefect.

What Prefect reads from the environment when it is imported is set here, where nobody has set it otherwise: nothing
is reported to anybody, the package's own logs go to the run's log, and a slow machine may take its time to start.
"""

import os

for _name, _value in {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "etl",
    "RAY_USAGE_STATS_ENABLED": "0",
}.items():
    os.environ.setdefault(_name, _value)
