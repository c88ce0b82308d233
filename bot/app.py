"""The only place where objects are wired together."""

from __future__ import annotations

import logging
import subprocess
import sys

from bot.answer import Assistant
from bot.draft import Tools
from bot.memory import Memories
from bot.settings import Settings
from index.encoder import load_encoder
from index.search import Searcher
from index.store import SnapshotError, current_id

log = logging.getLogger(__name__)


def ingest(settings: Settings, arguments: list[str], *, quiet: bool = False) -> int:
    """Run the ingest room as a process of its own, so that its memory goes with it.

    Returns its exit status. ``quiet`` keeps its summary from standard output.
    """
    ours = ["--encoder", settings.encoder, "--out", str(settings.index_root)]
    return _run("ingest", [*ours, *arguments], stdout=subprocess.DEVNULL if quiet else None)


def fetch(arguments: list[str]) -> int:
    """Run the download from the portal, a process of its own too; returns its exit status."""
    return _run("ingest.fetch", arguments)


def suggest(settings: Settings, arguments: list[str]) -> int:
    """Let a language model draft phrases for review, in a process too; returns its exit status."""
    return _run("ingest.suggest", ["--index", str(settings.index_root), *arguments])


def _run(module: str, arguments: list[str], stdout: int | None = None) -> int:
    """Wait for the process, also past a Ctrl-C: it got that too and ends by itself."""
    with subprocess.Popen([sys.executable, "-m", module, *arguments], stdout=stdout) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


def ensure_snapshot(settings: Settings) -> None:
    """Build the snapshot of the bundled records when there is none at all.

    Raises SnapshotError when that fails.
    """
    if current_id(settings.index_root) is not None:
        return
    print("Lần đầu chạy: đang lập dữ liệu từ các hồ sơ đi kèm…", file=sys.stderr, flush=True)
    if ingest(settings, ["--bundled"], quiet=True):
        raise SnapshotError(
            f"Không lập được dữ liệu tại {settings.index_root}; "
            "hãy chạy thutuc doctor để biết vì sao."
        )


def build_searcher(settings: Settings) -> Searcher:
    """Open the snapshot in use with the encoder that the settings name."""
    ensure_snapshot(settings)
    return Searcher.open(settings.index_root, load_encoder(settings.encoder))


def build_assistant(settings: Settings) -> Assistant:
    """An assistant over the snapshot in use, with conversations kept in memory."""
    tools = Tools(build_searcher(settings), settings)
    return Assistant(tools, Memories(settings.conversation_minutes))
