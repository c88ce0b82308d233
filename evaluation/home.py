"""What an evaluation runs on: a home of its own, filled with the records to be searched."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from bot.answer import Assistant
from bot.app import build_assistant
from bot.settings import Settings
from evaluation.labelled import FOLDER

CORPUS = Path("../shared/corpus")
FILES = ("portal_crawl_2642.jsonl.gz", "defence_207.jsonl")


def prepare(home: Path, corpus: Path | None) -> Assistant:
    """Fill ``home`` (only with what changed) and open an assistant over it.

    Without a corpus the bundled records are all there is. Raises
    ``subprocess.CalledProcessError`` when the ingest fails.
    """
    os.environ["THUTUC_HOME"] = str(home)
    settings = Settings()
    files = [str(corpus / name) for name in FILES] if corpus else ["--bundled"]
    where = ["--encoder", settings.encoder, "--out", str(settings.index_root)]
    command = [sys.executable, "-m", "ingest", *where, *files]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assistant = build_assistant(settings)
    assistant.warm_up()
    return assistant


def config(assistant: Assistant, corpus: Path | None) -> dict[str, object]:
    """What a result depends on, so that two of them can be compared."""
    manifest = assistant.tools.searcher.snapshot.manifest
    sets = b"".join(path.read_bytes() for path in sorted(FOLDER.glob("*.jsonl")))
    return {
        "code": _git("describe", "--always", "--dirty"),
        "encoder": manifest.encoder,
        "snapshot": manifest.id,
        "procedures": manifest.procedures,
        "corpus": corpus is not None,
        "questions": hashlib.sha256(sets).hexdigest()[:12],
        "settings": assistant.tools.settings.model_dump(mode="json", exclude={"home"}),
    }


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)  # noqa: S607
    return done.stdout.strip() or "unknown"
