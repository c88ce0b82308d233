"""How fast it is on this machine: ``python -m evaluation.speed [--ingest PATH …] [--growth]``.

Every command is measured as a whole process (wall time, peak memory); warm
answers and searches in one process, each question asked once; the web service
by locust with one and two workers. ``--growth`` adds sizes up to 20,000 records
and the plain LangChain pipeline. Figures are printed and kept in ``--out``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from bot.answer import STEPS
from bot.app import build_assistant
from bot.messages import Turn
from bot.settings import Settings
from evaluation.growth import Grown, grow, percentile, plain_langchain
from evaluation.kept_vectors import KeptVectors
from evaluation.labelled import load
from evaluation.load import Load, under_load
from index.encoder import load_encoder
from index.search import Searcher

Figures = dict[str, Any]
Row = TypeVar("Row", Load, Grown)

COLD_RUNS = 5
WARM = 300
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
    """Measure in a home of its own, print one line a figure, keep them all as JSON."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.speed", description=__doc__)
    parser.add_argument("--ingest", nargs="+", type=Path, default=[], help="records to ingest too")
    parser.add_argument("--growth", action="store_true", help="grow to 20,000 records (minutes)")
    parser.add_argument("--out", type=Path, default=Path(".eval/bench.json"))
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        os.environ["THUTUC_HOME"] = str(home)
        figures = _commands(home, options.ingest)
        figures |= _warm()
        figures["load"] = [asdict(_said(under_load(home, workers))) for workers in (1, 2)]
        if options.growth:
            figures |= _growth(home / "index", Path(scratch), options.out.parent)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


def _commands(home: Path, paths: list[Path]) -> Figures:
    """Ingest and cold starts, each a process of its own."""
    runs = {"ingest, bundled": [thutuc("ingest", "--bundled")]}
    if paths:
        given = [str(path) for path in paths]
        runs["ingest, given records"] = [thutuc("ingest", *given)]
        runs["ingest, unchanged"] = [thutuc("ingest", *given) for _ in range(3)]
    for command in ("ask", "search"):
        runs[f"{command}, cold"] = [thutuc(command, "đăng ký khai sinh") for _ in range(COLD_RUNS)]
    figures: Figures = {}
    for name, measured in runs.items():
        memory = max(run.memory for run in measured)
        figures[name] = _say(name, [run.seconds for run in measured], "s")
        figures[name]["memory_mib"] = round(memory)
        print(f"  memory {memory:.0f} MiB")
    size = sum(p.stat().st_size for p in home.rglob("*") if p.is_file()) / 2**20
    print(f"snapshots on disk: {size:.1f} MiB")
    return figures | {"disk_mib": round(size, 1)}


def _growth(root: Path, scratch: Path, kept: Path) -> Figures:
    rows = [asdict(_said(row)) for row in grow(root, scratch)]
    searcher = Searcher.open(root, load_encoder(Settings().encoder))
    plain = plain_langchain(searcher, KeptVectors(kept / "home" / "baseline-vectors"))
    print("plain LangChain:", plain)
    return {"growth": rows, "plain LangChain": plain}


def _said(row: Row) -> Row:
    print(row)
    return row


def thutuc(*arguments: str) -> Run:
    """Run one command as a process of its own."""
    command = [sys.executable, "-c", _MEASURE, sys.executable, "-c", _RUN, *arguments]
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    return Run(seconds, int(done.stderr.split()[-1]) / 1024)


def _warm() -> Figures:
    """Search and answer in one process, and each step of an answer."""
    assistant = build_assistant(Settings())
    assistant.warm_up()
    questions = [question.question for question in load().answerable][:WARM]
    search = assistant.tools.searcher.search
    found = [_milliseconds(search, q) for q in questions]
    answers = [assistant.answer(Turn(message=q)) for q in questions]
    figures = {
        "warm search": _say("warm search", found, "ms"),
        "warm answer": _say("warm answer", [a.timings_ms["total"] for a in answers], "ms"),
    }
    for step in STEPS:
        taken = [a.timings_ms[step.__name__] for a in answers if step.__name__ in a.timings_ms]
        figures[step.__name__] = _say(f"  {step.__name__}", taken, "ms")
    return figures


def _milliseconds(work: Callable[..., object], given: object) -> float:
    started = time.perf_counter()
    work(given)
    return (time.perf_counter() - started) * 1000


def _say(what: str, values: list[float], unit: str) -> Figures:
    p50, p95, p99 = (percentile(values, share) for share in (50, 95, 99))
    print(f"{what}: p50 {p50} {unit}, p95 {p95} {unit}, p99 {p99} {unit}, n={len(values)}")
    return {f"p50_{unit}": p50, f"p95_{unit}": p95, f"p99_{unit}": p99, "n": len(values)}


if __name__ == "__main__":
    sys.exit(main())
