"""A local Prefect for this repository: server, work pool, deployments and worker on loopback, stopped together.

`make serve`, or `python -m flows.serve [PORT]`. Nothing of it listens to or calls another machine.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO

ROOT = Path(__file__).parent.parent
POOL = "youlian"
HOST = "127.0.0.1"
PORT = 4200
_START_SECONDS = 120
_STOP_SECONDS = 15


def environment(port: int, home: Path) -> dict[str, str]:
    """The environment of the server, the worker and every flow run: loopback only, nothing reported to anybody.

    Leases of the deployments' places are kept on disk: a server that forgets them when it dies never gives back the
    place of a run that died with it, and cancels every later run of the schedule.
    """
    return {
        **os.environ,
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://{HOST}:{port}/api",
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "etl",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }


def prefect(*arguments: str) -> list[str]:
    """The command line of a `prefect` command with this interpreter."""
    return [sys.executable, "-m", "prefect", *arguments]


class Local:
    """The processes of a local Prefect, what they print going to `log`. Leaving the context stops them all."""

    def __init__(self, port: int, home: Path, root: Path = ROOT, log: IO[bytes] | None = None) -> None:
        self.port, self.home, self.root, self.log = port, home, root, log
        self.environment = environment(port, home)
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Local:
        self.home.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            _stop(process)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Starts a `prefect` command in a process group of its own, so that all it starts can be stopped with it."""
        process = subprocess.Popen(
            prefect(*arguments),
            # The commands of Prefect look for the folder by this variable too.
            env=self.environment | {"PWD": str(self.root)},
            cwd=self.root,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log and subprocess.STDOUT,
        )
        self.processes.append(process)
        return process

    def call(self, *arguments: str) -> None:
        """Runs a `prefect` command to its end, quietly. Raises CalledProcessError with its output when it fails."""
        subprocess.run(
            prefect(*arguments),
            env=self.environment | {"PWD": str(self.root)},
            cwd=self.root,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def start_server(self) -> None:
        """Starts the server and waits until it answers. Raises OSError when the port is taken, TimeoutError."""
        if free_port(self.port) != self.port:  # what answers there would be somebody else's server
            raise OSError(f"Port {self.port} is in use. Name another one.")
        server = self.start("server", "start", "--host", HOST, "--port", str(self.port))
        end = time.monotonic() + _START_SECONDS
        while not _answers(f"{self.environment['PREFECT_API_URL']}/health"):
            if server.poll() is not None or time.monotonic() > end:
                raise TimeoutError(f"The server on port {self.port} does not answer.")
            time.sleep(0.3)

    def deploy(self) -> None:
        """Creates the work pool and the deployments of prefect.yaml, or updates them."""
        self.call("work-pool", "create", POOL, "--type", "process", "--overwrite")
        self.call("--no-prompt", "deploy", "--all")

    def start_worker(self, limit: int = 2) -> subprocess.Popen[bytes]:
        """Starts a worker that executes the runs of the pool, `limit` at a time."""
        return self.start("worker", "start", "--pool", POOL, "--type", "process", "--limit", str(limit))


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Asks a process group to end, then ends it."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            try:
                os.killpg(process.pid, sign)
                process.wait(_STOP_SECONDS)
            except ProcessLookupError:
                return
            except subprocess.TimeoutExpired:
                continue


def free_port(wanted: int) -> int:
    """The port wanted, or a free one when another program listens on it."""
    with socket.socket() as probe:
        # As the server does: connections that a former server left behind do not make a port taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except OSError:
            probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def serve(port: int, home: Path) -> int:
    """Serves until SIGINT or SIGTERM, or until the server or the worker ends by itself."""
    signal.signal(signal.SIGTERM, _interrupt)
    with Local(port, home) as local:
        try:
            local.start_server()
            local.deploy()
            local.start_worker()
            _say(_where_to_look(local.environment))
            while all(process.poll() is None for process in local.processes):
                time.sleep(0.5)
        except KeyboardInterrupt:
            _say("Stopping.")
            return 0
        except OSError as error:
            sys.stderr.write(f"{error}\n")
        except subprocess.CalledProcessError as error:
            sys.stderr.write(f"{error.output.decode(errors='replace')}\n{error}\n")
    return 1


def _interrupt(sign: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _where_to_look(variables: Mapping[str, str]) -> str:
    url = variables["PREFECT_API_URL"].removesuffix("/api")
    return f"""
Prefect       {url}
deployments   {url}/deployments   ingest every hour, maintain on Mondays, backfill on demand
now           PREFECT_API_URL={url}/api prefect deployment run ingest/ingest
backfill      PREFECT_API_URL={url}/api prefect deployment run backfill/backfill -p start=2024-01 -p end=2024-12
state         {variables["PREFECT_HOME"]}
Ctrl-C stops all of it."""


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Serves this repository on PORT; without one, on 4200 or a free port. Exit code 1 when PORT is taken."""
    home = Path(os.environ.get("PREFECT_HOME", ROOT / "output" / "_state" / "prefect-server"))
    return serve(int(arguments[0]) if arguments else free_port(PORT), home)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
