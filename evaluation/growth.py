"""How time, memory and size grow with the number of records: 30, 300, 2,849, 20,000.

Each size is measured in a process of its own, from nothing: building, opening,
searching. Beyond the records at hand, copies with another code and a changed
name make up the number; they bear no phrases.

``python -m evaluation.growth RECORDS ROOT`` is one such process: it builds a
snapshot of that many below ROOT and prints its figures as JSON.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bot.settings import Settings
from evaluation.kept_vectors import KeptVectors
from evaluation.labelled import load
from evaluation.systems import PlainLangChain, all_records
from index.encoder import load_encoder
from index.procedure import Procedure
from index.search import Searcher
from index.snapshot import build, open_current

SIZES = (30, 300, 2849, 20000)
QUERIES = 200


@dataclass(frozen=True)
class Grown:
    """The figures of one size. Times of queries in ms, memory and size in MiB."""

    records: int
    build_s: float
    open_s: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    steps_ms: dict[str, float]
    memory_mib: float
    disk_mib: float


def main(argv: Sequence[str] | None = None) -> int:
    """Build one size and print its figures."""
    count, root, source = list(argv or sys.argv[1:])
    print(json.dumps(asdict(measure(int(count), Path(root), Path(source)))))
    return 0


def grow(source: Path, scratch: Path, sizes: Sequence[int] = SIZES) -> Iterator[Grown]:
    """The figures of each size over copies of the records in the snapshot below ``source``."""
    for size in sizes:
        given = [sys.executable, "-m", "evaluation.growth", str(size)]
        done = subprocess.run(
            [*given, str(scratch / str(size)), str(source)],
            check=True,
            capture_output=True,
            text=True,
        )
        yield Grown(**json.loads(done.stdout.strip().split("\n")[-1]))


def measure(count: int, root: Path, source: Path) -> Grown:
    """Build ``count`` records below ``root``, open the snapshot again and search it."""
    encoder = load_encoder(Settings().encoder)
    records = list(multiplied(all_records(open_current(source)), count))
    started = time.perf_counter()
    build(root, records, encoder, lambda *_: None)
    built = time.perf_counter()
    searcher = Searcher.open(root, encoder)
    searcher.search("đăng ký khai sinh")
    opened = time.perf_counter()
    times, steps = timed(searcher)
    size = sum(p.stat().st_size for p in root.rglob("*") if p.is_file())
    return Grown(
        records=count,
        build_s=round(built - started, 2),
        open_s=round(opened - built, 2),
        p50_ms=percentile(times, 50),
        p95_ms=percentile(times, 95),
        p99_ms=percentile(times, 99),
        steps_ms=steps,
        memory_mib=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        disk_mib=round(size / 2**20, 1),
    )


def multiplied(records: Sequence[Procedure], count: int) -> Iterator[Procedure]:
    """The first ``count`` records, then copies of all with other codes and changed names."""
    yield from records[:count]
    for number in range(count - len(records)):
        model = records[number % len(records)]
        name = f"{model.name} (vùng {number // len(records) + 2})"
        yield model.model_copy(update={"code": f"8.{number:06}", "name": name})


def timed(searcher: Searcher) -> tuple[list[float], dict[str, float]]:
    """Milliseconds of each search, and the median of each of its steps."""
    questions = [q.question for q in load().answerable][:QUERIES]
    times, laps = [], []
    for question in questions:
        started = time.perf_counter()
        laps.append(searcher.search(question).timings_ms)
        times.append((time.perf_counter() - started) * 1000)
    steps = {name: percentile([lap[name] for lap in laps], 50) for name in laps[0]}
    return times, steps


def plain_langchain(searcher: Searcher, kept: KeptVectors) -> dict[str, float]:
    """The same measures of the tutorial's pipeline over the same records."""
    started = time.perf_counter()
    system = PlainLangChain(all_records(searcher.snapshot), searcher.encoder, kept)
    built = time.perf_counter() - started
    times = []
    for question in [q.question for q in load().answerable][:QUERIES]:
        begun = time.perf_counter()
        system.search(question, 10)
        times.append((time.perf_counter() - begun) * 1000)
    return {
        "build_s": round(built, 2),
        "p50_ms": percentile(times, 50),
        "p95_ms": percentile(times, 95),
    }


def percentile(values: Sequence[float], share: float) -> float:
    """A percentile, rounded to hundredths."""
    return round(float(np.percentile(values, share)), 2)


if __name__ == "__main__":
    sys.exit(main())
