"""How fast it is on this machine: ``python -m evaluation.speed [--ingest PATH …]``.

Every command is measured as a whole process (wall time, peak memory); warm
answers and searches in one process, each question asked once. Questions are
the situations of the curated records: they are in the index, which changes
nothing in the time.
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
from dataclasses import dataclass
from pathlib import Path

from bot.app import build_assistant
from bot.messages import Turn
from bot.settings import Settings
from ingest.read import read_curated

COLD_RUNS = 5
_RUN = "import sys; from bot.cli import main; sys.exit(main(sys.argv[1:]))"
_MEASURE = (
    "import resource, subprocess, sys; code = subprocess.run(sys.argv[1:]).returncode;"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(code)"
)


@dataclass(frozen=True)
class Run:
    """One process: seconds of wall time, mebibytes of its largest process."""

    seconds: float
    memory: float


def main(argv: list[str] | None = None) -> int:
    """Measure in a home of its own, print one line a figure."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.speed", description=__doc__)
    parser.add_argument("--ingest", nargs="+", type=Path, default=[], help="records to ingest too")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as home:
        os.environ["THUTUC_HOME"] = home
        _say_runs("ingest of the bundled records", [thutuc("ingest", "--bundled")])
        if options.ingest:
            paths = [str(path) for path in options.ingest]
            _say_runs("ingest of the given records", [thutuc("ingest", *paths)])
            _say_runs("the same again", [thutuc("ingest", *paths) for _ in range(3)])
        size = sum(p.stat().st_size for p in Path(home).rglob("*") if p.is_file()) / 2**20
        print(f"snapshots on disk: {size:.1f} MiB")
        for command in ("ask", "search"):
            cold = [thutuc(command, "đăng ký khai sinh") for _ in range(COLD_RUNS)]
            _say_runs(f"thutuc {command}, cold process", cold)
        _say_warm()
    return 0


def thutuc(*arguments: str) -> Run:
    """Run one command as a process of its own."""
    command = [sys.executable, "-c", _MEASURE, sys.executable, "-c", _RUN, *arguments]
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    return Run(seconds, int(done.stderr.split()[-1]) / 1024)


def _say_warm() -> None:
    assistant = build_assistant(Settings())
    assistant.warm_up()
    questions = [text for record in read_curated() for text in record.situations]
    search = assistant.tools.searcher.search
    _say("warm search", [_milliseconds(search, q) for q in questions], "ms")
    _say("warm answer", [_milliseconds(assistant.answer, Turn(message=q)) for q in questions], "ms")


def _milliseconds(work: Callable[..., object], given: object) -> float:
    started = time.perf_counter()
    work(given)
    return (time.perf_counter() - started) * 1000


def _say_runs(what: str, runs: list[Run]) -> None:
    _say(
        what, [run.seconds for run in runs], "s", f", memory {max(r.memory for r in runs):.0f} MiB"
    )


def _say(what: str, values: list[float], unit: str, more: str = "") -> None:
    middle = statistics.median(values)
    worst = sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]
    print(f"{what}: median {middle:.2f} {unit}, p95 {worst:.2f} {unit}, n={len(values)}{more}")


if __name__ == "__main__":
    sys.exit(main())
