"""Learns the diacritics model that ``index/restore.py`` reads: counts of syllables and their runs.

``learn`` counts accented syllables, pairs and triples over sentences; ``save``
keeps what is frequent enough as one compressed file of a few megabytes. Only
counts are kept, no sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from index.restore import BREAK, pieces
from index.text import strip_marks

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
"""The shape of a Vietnamese syllable, its diacritics left aside: what the portal glued is none."""

LEAST_SYLLABLE, LEAST_PAIR, LEAST_TRIPLE = 2, 2, 4
Runs = Counter[tuple[str, ...]]


def learn(sentences: Iterable[tuple[str, int]]) -> Runs:
    """Counts of runs of one, two and three syllables; each sentence comes with its weight."""
    counts: Runs = Counter()
    for sentence, weight in sentences:
        run = [BREAK, *(s if _is_syllable(s) else BREAK for s in pieces(sentence)), BREAK]
        for size in (1, 2, 3):
            for at in range(len(run) - size + 1):
                counts[tuple(run[at : at + size])] += weight
    return counts


def _is_syllable(piece: str) -> bool:
    return _SYLLABLE.fullmatch(strip_marks(piece)) is not None


def save(counts: Runs, path: Path) -> None:
    """Write the model: syllables in order of frequency, runs as their numbers."""
    singles = Counter({run[0]: n for run, n in counts.items() if len(run) == 1})
    kept = [s for s, n in singles.most_common() if n >= LEAST_SYLLABLE and len(s) <= 8]
    number = {syllable: i for i, syllable in enumerate(kept)}
    tables = {
        "syllables": np.array(kept),
        "single": np.array([singles[s] for s in kept], np.uint32),
    }
    for size, least in ((2, LEAST_PAIR), (3, LEAST_TRIPLE)):
        rows = sorted(
            (*(number[s] for s in run), n)
            for run, n in counts.items()
            if len(run) == size and n >= least and all(s in number for s in run)
        )
        table = np.array(rows, np.uint32).reshape(-1, size + 1)
        tables[f"run{size}"] = table[:, :size].astype(np.uint16)
        tables[f"count{size}"] = table[:, size]
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **tables)
