"""How often search finds a labelled procedure: ``python -m evaluation.retrieval QUESTIONS.jsonl``.

Each line of the file is ``{"question": …, "gold": ["code", …]}``. Questions
whose gold codes are not in the snapshot are left out and counted. A question
counts as found at rank r when r is the best rank of any of its gold codes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.app import build_searcher
from bot.settings import Settings

DEPTH = 10


def main(argv: list[str] | None = None) -> int:
    """Print recall at 1, 5 and 10, MRR@10, and every question that missed rank 1."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.retrieval", description=__doc__)
    parser.add_argument("questions", type=Path)
    options = parser.parse_args(argv)
    searcher = build_searcher(Settings())
    rows = [json.loads(x) for x in options.questions.read_text("utf-8").split("\n") if x.strip()]
    asked = [row for row in rows if any(code in searcher.snapshot for code in row["gold"])]
    ranks: list[int | None] = []
    for row in asked:
        found = [hit.code for hit in searcher.search(row["question"], DEPTH).kept]
        ranks.append(best_rank(found, row["gold"]))
        if ranks[-1] != 1:
            print(f"rank {ranks[-1]}: {row['question']} → {found[:1]}, gold {row['gold']}")
    for name, value in measures(ranks).items():
        print(f"{name} {value:.3f}")
    print(f"n={len(asked)}, left out {len(rows) - len(asked)}")
    return 0


def best_rank(found: list[str], gold: Iterable[str]) -> int | None:
    """The 1-based rank of the first gold code among ``found``, or None."""
    wanted = set(gold)
    return next((rank for rank, code in enumerate(found, 1) if code in wanted), None)


def measures(ranks: list[int | None]) -> dict[str, float]:
    """Recall and mean reciprocal rank of best ranks; nan when there is nothing to judge."""
    if not ranks:
        return dict.fromkeys(("R@1", "R@5", "R@10", "MRR@10"), float("nan"))
    recall = {f"R@{k}": sum(bool(r and r <= k) for r in ranks) / len(ranks) for k in (1, 5, 10)}
    return recall | {"MRR@10": sum(1 / r for r in ranks if r) / len(ranks)}


if __name__ == "__main__":
    sys.exit(main())
