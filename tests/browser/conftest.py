"""The real application on a free port, and a browser that looks at it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from bot.answer import Assistant
from bot.channels.web import create_app
from bot.draft import Tools
from bot.memory import Memories
from bot.settings import Settings
from index.encoder import Encoder
from index.procedure import Procedure
from index.search import Searcher
from index.snapshot import build
from ingest.read import read_curated

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE_CODE = "9.999999"
HOSTILE_TEXT = "<img src=x onerror=\"document.title='hong'\">"


@contextmanager
def serving(home: Path, encoder: Encoder) -> Iterator[str]:
    """The address of the application while it runs over a snapshot of the bundled records.

    A snapshot that ``home`` already holds saves encoding its records again.
    """
    records = [*read_curated(), _hostile()]
    snapshot = build(home / "index", records, encoder, lambda what, done, of: None)
    tools = Tools(Searcher(snapshot, encoder), Settings(home=home))
    app = create_app(Assistant(tools, Memories(minutes=60)))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{_port(server)}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def _port(server: uvicorn.Server) -> int:
    until = time.monotonic() + 30
    while not server.started:
        if time.monotonic() > until:
            raise TimeoutError("the server did not start")
        time.sleep(0.05)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port


def _hostile() -> Procedure:
    """A record that tries to put markup into the page."""
    changes = {
        "code": HOSTILE_CODE,
        "name": f"Hồ sơ xấu {HOSTILE_TEXT}",
        "summary": HOSTILE_TEXT,
        "unparsed": {"documents": "</p><script>document.title='hong'</script>"},
    }
    return next(read_curated()).model_copy(update=changes)


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory, curated_root: Path, encoder: Encoder
) -> Iterator[str]:
    """The running application; its snapshot is built once."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(curated_root, home / "index")
    with serving(home, encoder) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium.

    Closed with its module: while Playwright is started, no other test could use asyncio.run.
    """
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def noise() -> list[str]:
    """Errors that the console showed. A test that provokes some clears them itself."""
    return []


@pytest.fixture
def requested() -> list[str]:
    """Every address that the page asked for."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, noise: list[str], requested: list[str]) -> Iterator[Page]:
    """The chat page, freshly opened; at the end nothing went elsewhere and nothing complained."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="vi-VN", reduced_motion="reduce"
    )
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    opened.on("console", lambda m: noise.append(m.text) if m.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: noise.append(str(error)))
    opened.on("request", lambda request: requested.append(request.url))
    opened.goto(address)
    yield opened
    context.close()
    assert not noise
    assert [url for url in requested if not url.startswith(f"{address}/")] == []
