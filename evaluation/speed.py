"""How fast it is on this machine: ``python -m evaluation.speed [--ingest PATH …]``.

Cold start is a whole process of ``thutuc ask``; warm answers are measured in
one process over the situations of the curated records, each asked once.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.app import build_assistant
from bot.messages import Turn
from bot.settings import Settings
from ingest.read import read_curated

COLD_RUNS = 5
_ASK = "import sys; from bot.cli import main; sys.exit(main(sys.argv[1:]))"


def main(argv: list[str] | None = None) -> int:
    """Measure in a home of its own, print one line a figure."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.speed", description=__doc__)
    parser.add_argument("--ingest", nargs="+", type=Path, default=[], help="records to ingest too")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as home:
        os.environ["THUTUC_HOME"] = home
        _say("ingest of the bundled records", [_timed(lambda: _thutuc("ingest", "--bundled"))], "s")
        if options.ingest:
            paths = [str(path) for path in options.ingest]
            _say("ingest of the given records", [_timed(lambda: _thutuc("ingest", *paths))], "s")
            _say("the same again", [_timed(lambda: _thutuc("ingest", *paths))], "s")
        cold = [_timed(lambda: _thutuc("ask", "đăng ký khai sinh")) for _ in range(COLD_RUNS)]
        _say("thutuc ask, cold process", cold, "s")
        _say("warm answer", _warm(), "ms")
    return 0


def _thutuc(*arguments: str) -> None:
    command = [sys.executable, "-c", _ASK, *arguments]
    subprocess.run(command, check=True, capture_output=True)


def _warm() -> list[float]:
    assistant = build_assistant(Settings())
    assistant.warm_up()
    questions = [text for record in read_curated() for text in record.situations]
    return [
        _timed(lambda text=text: assistant.answer(Turn(message=text))) * 1000  # type: ignore[misc]
        for text in questions
    ]


def _timed(work: Callable[[], object]) -> float:
    """Seconds of wall time that ``work`` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _say(what: str, values: list[float], unit: str) -> None:
    ordered = sorted(values)
    worst = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    middle = statistics.median(ordered)
    print(f"{what}: median {middle:.2f} {unit}, p95 {worst:.2f} {unit}, n={len(ordered)}")


if __name__ == "__main__":
    sys.exit(main())
