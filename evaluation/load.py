"""Requests per second and their latency under load, by locust against ``thutuc serve``."""

from __future__ import annotations

import csv
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS = 20
USERS = 16
_SERVE = "import sys; from bot.cli import main; sys.exit(main())"


@dataclass(frozen=True)
class Load:
    """What one run of locust saw. Times in ms."""

    workers: int
    requests_per_s: float
    p50_ms: float
    p95_ms: float
    failures: int


def under_load(home: Path, workers: int, seconds: int = SECONDS) -> Load:
    """Serve ``home`` with ``workers`` processes and let locust's users ask without a pause."""
    with _serving(home, workers) as address, tempfile.TemporaryDirectory() as scratch:
        prefix = Path(scratch) / "run"
        locust = [sys.executable, "-m", "locust", "--headless", "--only-summary"]
        ask = ["-f", str(Path(__file__).with_name("locustfile.py")), "--host", address]
        size = ["--users", str(USERS), "--spawn-rate", str(USERS), "--run-time", f"{seconds}s"]
        subprocess.run(
            [*locust, *ask, *size, "--csv", str(prefix)], check=False, capture_output=True
        )
        with Path(f"{prefix}_stats.csv").open(encoding="utf-8") as rows:
            total = next(r for r in csv.DictReader(rows) if r["Name"] == "Aggregated")
    return Load(
        workers=workers,
        requests_per_s=round(float(total["Requests/s"]), 1),
        p50_ms=float(total["50%"]),
        p95_ms=float(total["95%"]),
        failures=int(total["Failure Count"]),
    )


@contextmanager
def _serving(home: Path, workers: int) -> Iterator[str]:
    port = _free_port()
    command = [
        sys.executable,
        "-c",
        _SERVE,
        "serve",
        "--port",
        str(port),
        "--workers",
        str(workers),
    ]
    quiet = subprocess.DEVNULL
    environment = os.environ | {"THUTUC_HOME": str(home)}
    with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(address)
            yield address
        finally:
            server.terminate()


def _wait_until_ready(address: str, seconds: float = 60) -> None:
    for _ in range(int(seconds * 4)):
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):  # noqa: S310 - our own
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"{address} does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
