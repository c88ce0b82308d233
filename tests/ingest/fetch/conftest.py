"""A fake portal for each test, and the command run against it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fake_portal import FakePortal, procedure, serving

from ingest.fetch.command import main

QUICK = {
    "THUTUC_PORTAL_DELAY": "0",
    "THUTUC_PORTAL_BACKOFF": "0.001",
    "THUTUC_PORTAL_TIMEOUT": "5",
    "THUTUC_PORTAL_CONTACT": "ubnd@example.vn",
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting, no proxy, no settings of the machine that the tests run on."""
    for name in [n for n in os.environ if n.startswith("THUTUC_")]:
        monkeypatch.delenv(name)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name, value in QUICK.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def open_portal() -> Iterator[Callable[..., FakePortal]]:
    """Open a portal with so many procedures, or with those given."""
    with ExitStack() as stack:

        def open_one(procedures: int | list[dict[str, Any]] = 6, **options: Any) -> FakePortal:
            if isinstance(procedures, int):
                procedures = [procedure(n) for n in range(1, procedures + 1)]
            return stack.enter_context(serving(FakePortal(procedures, **options)))

        yield open_one


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder that details go to."""
    return tmp_path / "portal"


@pytest.fixture
def fetch(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, dict[str, Any], str]]:
    """Run the command; gives the exit code, the counts, and what it said on stderr."""

    def run(portal: FakePortal, *arguments: object) -> tuple[int, dict[str, Any], str]:
        capsys.readouterr()
        asked = [str(a) for a in arguments] or ["--all"]
        code = main([*asked, "--out", str(out), "--base-url", portal.url, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else {}, said.err

    return run
