"""Measures the whole system: ``python -m evaluation [--fast] [--gate] [--corpus FOLDER]``.

Generate → JSONL → score → report, all in ``--out`` with the configuration
beside them. ``--fast`` leaves the baselines and most variants out (CI);
``--gate`` fails with exit 1 where a figure is beyond ``gate.toml``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.answer import Assistant
from evaluation import generate, home, score
from evaluation.gate import failures, thresholds
from evaluation.kept_vectors import KeptVectors
from evaluation.labelled import Questions, load
from evaluation.report import into_readme, write_report
from evaluation.systems import Ours, System, builders
from evaluation.variants import VARIANTS

FAST_VARIANTS = ("unaccented",)
Rows = list[dict[str, Any]]


def main(argv: list[str] | None = None) -> int:
    """Run, print the summary, and judge by the gate where asked."""
    options = _options(argv)
    corpus = options.corpus if options.corpus.is_dir() else None
    if corpus is None:
        print(f"No portal copy at {options.corpus}: only bundled records.", file=sys.stderr)
    assistant = home.prepare(options.home, corpus)
    questions = held(load(), assistant)
    retrieval = _retrieval(assistant, questions, options)
    replies = generate.write(
        options.out / "replies.jsonl", generate.reply_rows(assistant, questions)
    )
    result = _score(assistant, questions, retrieval, replies)
    result["config"] = home.config(assistant, corpus) | {"fast": options.fast}
    result["when"] = datetime.now(UTC).isoformat(timespec="seconds")
    _save(options.out / "result.json", result)
    bench = json.loads(options.bench.read_text("utf-8")) if options.bench.is_file() else None
    history = None if options.fast else options.history
    text = write_report(result, options.out, history, bench)
    print(text)
    if options.readme:
        into_readme(options.readme, text)
    broken = list(failures(result, thresholds())) if options.gate else []
    print(*broken, sep="\n", file=sys.stderr)
    return 1 if broken else 0


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=home.CORPUS)
    parser.add_argument("--home", type=Path, default=Path(".eval/home"))
    parser.add_argument("--out", type=Path, default=Path(".eval/result"))
    parser.add_argument("--history", type=Path, default=Path("evaluation/history.jsonl"))
    parser.add_argument("--bench", type=Path, default=Path(".eval/bench.json"))
    parser.add_argument("--readme", type=Path, help="put the summary between its marks")
    parser.add_argument("--fast", action="store_true", help="ours alone, few variants")
    parser.add_argument("--gate", action="store_true", help="exit 1 beyond gate.toml")
    return parser.parse_args(argv)


def held(questions: Questions, assistant: Assistant) -> Questions:
    """The questions whose codes are all among the records at hand."""
    snapshot = assistant.tools.searcher.snapshot

    def known(codes: tuple[str, ...]) -> bool:
        return all(code in snapshot for code in codes)

    return questions.model_copy(
        update={
            "answerable": tuple(q for q in questions.answerable if known(q.codes)),
            "ambiguous": tuple(q for q in questions.ambiguous if known(q.codes)),
            "conversations": tuple(q for q in questions.conversations if known(q.codes)),
        }
    )


def _retrieval(assistant: Assistant, questions: Questions, options: argparse.Namespace) -> Rows:
    searcher = assistant.tools.searcher
    rows: Rows = []
    systems: list[System] = [Ours(searcher)]
    if not options.fast:
        kept = KeptVectors(options.home / "baseline-vectors")
        systems += [build() for build in builders(searcher, kept)[1:]]
    for system in systems:
        ours = isinstance(system, Ours)
        more = (FAST_VARIANTS if options.fast else tuple(VARIANTS)) if ours else ()
        started = time.perf_counter()
        rows += generate.retrieval_rows(system, questions.answerable, (generate.AS_TYPED, *more))
        print(f"{system.name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return generate.write(options.out / "retrieval.jsonl", rows)


def _score(
    assistant: Assistant, questions: Questions, retrieval: Rows, replies: Rows
) -> dict[str, Any]:
    by_id: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in replies:
        by_id[row["id"]].append(row["reply"])
    snapshot = assistant.tools.searcher.snapshot
    return {
        "retrieval": score.retrieval(retrieval, questions, snapshot.procedure),
        "answers": score.answers(by_id, questions, snapshot.procedure, snapshot.siblings),
        "talk": score.talk(by_id, questions),
    }


def _save(path: Path, result: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
