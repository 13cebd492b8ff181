"""The day-one command: no server started by hand, no home directory, no network but loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows import corpus
from tests.flows.conftest import run_flow

pytestmark = [pytest.mark.server, pytest.mark.slow]

# Loaded by every Python process that starts with its folder on PYTHONPATH, the server's included.
GUARD = """
import os, socket

LOOPBACK = ("127.", "localhost", "::1", "0.0.0.0")
_connect, _find = socket.socket.connect, socket.getaddrinfo


def note(what):
    with open(os.environ["NETWORK_LOG"], "a") as log:
        log.write(f"{what}\\n")


def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
        note(f"connect {address}")
        raise OSError(101, "Network is unreachable")
    return _connect(self, address)


def find(host, *rest, **more):
    if host and not str(host).startswith(LOOPBACK):
        note(f"look up {host}")
        raise socket.gaierror(-3, "Temporary failure in name resolution")
    return _find(host, *rest, **more)


socket.socket.connect, socket.getaddrinfo = connect, find
"""


# A network of its own, of which only loopback is up. Not every machine lets its users make one.
LOOPBACK_ONLY = """
import fcntl, os, socket, struct, sys

SIOCSIFFLAGS, IFF_UP = 0x8914, 1
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))
os.execvp(sys.argv[1], sys.argv[1:])
"""


def cut_off() -> list[str]:
    """A command that runs its last arguments without any network but loopback; none where that is not allowed."""
    command = ["unshare", "--map-root-user", "--net", sys.executable, "-c", LOOPBACK_ONLY]
    try:
        tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        return []
    return command if tried.returncode == 0 else []


def test_a_run_without_network_succeeds_and_logs_no_error(tmp_path: Path, bare_environment: dict[str, str]) -> None:
    guard, log = tmp_path / "guard", tmp_path / "network.txt"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    corpus.write(tmp_path / "in", range(6))
    python_path = os.pathsep.join(filter(None, [str(guard), os.environ.get("PYTHONPATH")]))
    environment = bare_environment | {
        "PYTHONPATH": python_path,
        "NETWORK_LOG": str(log),
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
        "no_proxy": "127.0.0.1,localhost",
    }
    done = run_flow("ingest", str(tmp_path / "in"), str(tmp_path / "out"), environment=environment, within=cut_off())
    assert done.returncode == 0, done.stderr
    assert "pages" in done.stdout
    assert "ERROR" not in done.stderr + done.stdout
    assert "WARNING" not in done.stderr + done.stdout
    assert not log.exists(), log.read_text(encoding="utf-8")
    assert (tmp_path / "out" / "_state" / "prefect" / "prefect.db").exists()
    assert not (tmp_path / "no-home").exists()
