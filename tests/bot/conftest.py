"""A real assistant over the curated records, the command as a process, the web app on a port."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from bot.answer import Assistant
from bot.channels.web import create_app
from bot.draft import Draft, Tools
from bot.memory import Memories
from bot.messages import Aspect, Reply, Turn
from bot.settings import Settings
from index.procedure import Procedure
from index.search import Searcher

REPOSITORY = Path(__file__).parents[2]
COMMAND = "import sys; from bot.cli import main; sys.exit(main())"

Ask = Callable[..., Reply]
Serving = Callable[[FastAPI], AbstractContextManager[str]]


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("THUTUC_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def home(curated_root: Path) -> Path:
    """A THUTUC_HOME that holds the snapshot of data/procedures; never to be changed."""
    return curated_root.parent


@pytest.fixture(scope="session")
def tools(home: Path, searcher: Searcher) -> Tools:
    return Tools(searcher, Settings(home=home))


@pytest.fixture(scope="session")
def assistant(tools: Tools) -> Assistant:
    return Assistant(tools, Memories(minutes=60))


@pytest.fixture(scope="session")
def ask(assistant: Assistant) -> Ask:
    """``ask(message)`` alone, or ``ask(message, conversation)``."""

    def answer(message: str, conversation: str | None = None) -> Reply:
        return assistant.answer(Turn(message=message, conversation=conversation))

    return answer


@pytest.fixture(scope="session")
def talk(ask: Ask) -> Callable[..., Reply]:
    """``talk(first, second, …)``: the last reply of a conversation that is new each time."""
    numbers = count()

    def answer(*messages: str) -> Reply:
        conversation = f"talk-{next(numbers)}"
        return [ask(message, conversation) for message in messages][-1]

    return answer


@pytest.fixture(scope="session")
def record(searcher: Searcher) -> Callable[[str], Procedure]:
    """``record(code)``: the curated record of that code."""

    def find(code: str) -> Procedure:
        found = searcher.snapshot.procedure(code)
        assert found is not None
        return found

    return find


@pytest.fixture(scope="session")
def compose(tools: Tools) -> Callable[..., Reply]:
    """``compose(record, aspect, …)``: the reply as composed, before it is verified."""
    from bot.compose import compose as step

    def reply(procedure: Procedure, *aspects: Aspect) -> Reply:
        composed = step(Draft(message="", procedure=procedure, aspects=aspects), tools).reply
        assert composed is not None
        return composed

    return reply


@pytest.fixture
def thutuc(home: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """``thutuc("ask", …, THUTUC_PORT="1")``: the command as a process of its own.

    Settings of the machine do not reach it.
    """
    quiet = {k: v for k, v in os.environ.items() if not k.startswith(("THUTUC_", "FORCE_COLOR"))}

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        fixed = {"THUTUC_HOME": str(home), "PYTHONPATH": str(REPOSITORY)}
        return subprocess.run(
            [sys.executable, "-c", COMMAND, *arguments],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            cwd=tmp_path,
            env=quiet | fixed | settings,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def serving() -> Serving:
    """``with serving(app) as address``: the application on a free port."""

    @contextmanager
    def serve(app: FastAPI) -> Iterator[str]:
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{_port(server)}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)

    return serve


def _port(server: uvicorn.Server) -> int:
    until = time.monotonic() + 30
    while not server.started:
        if time.monotonic() > until:
            raise TimeoutError("the server did not start")
        time.sleep(0.02)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port


@pytest.fixture(scope="session")
def web(assistant: Assistant, serving: Serving) -> Iterator[httpx.Client]:
    """A client of the application, which really runs."""
    with serving(create_app(assistant)) as address, httpx.Client(base_url=address) as client:
        yield client
