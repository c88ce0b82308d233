"""``thutuc serve`` as a real process: it starts, answers, stops, or says why not."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

Thutuc = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else already listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def waited_for(address: str, process: subprocess.Popen[str]) -> httpx.Response:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, process.communicate()
        try:
            return httpx.get(address)
        except httpx.ConnectError:
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_it_serves_until_it_is_stopped_and_ends_quietly(home: Path, how: signal.Signals) -> None:
    port = free_port()
    command = "import sys; from bot.cli import main; sys.exit(main())"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "serve", "--port", str(port)],
        env=os.environ | {"THUTUC_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        ready = waited_for(f"http://127.0.0.1:{port}/readyz", process)
        process.send_signal(how)
        _, complaints = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert (ready.status_code, ready.json()["status"]) == (200, "ok")
    assert "server" not in ready.headers
    assert process.returncode in (0, 128 + how, -how)
    assert "Traceback" not in complaints
    assert "ERROR" not in complaints


def test_a_taken_port_ends_in_a_sentence(thutuc: Thutuc, taken: int) -> None:
    done = thutuc("serve", "--port", str(taken))
    assert done.returncode == 2
    assert "Errno" not in done.stderr
    assert "hãy" in done.stderr
