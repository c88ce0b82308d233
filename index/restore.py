"""Puts diacritics back: ``lam giay khai sinh`` → ``làm giấy khai sinh``.

A beam search over the accented readings of each syllable, weighed by counts of
runs of one to three syllables (``restore.npz``, learnt by
``training/learn_restore.py`` from the portal's records and from our own
phrases). A proper syllable typed with a mark is never changed; one without may stay as
it is, the likelier the more of its neighbours were typed with marks. A syllable that is
none, or hardly ever is one, may be a slip of the finger or of the ear.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.spelling import bare_slips, likely
from index.text import fold, strip_marks

MODEL = Path(__file__).parent / "restore.npz"
BREAK = "|"
"""Stands for the ends of a sentence and for whatever is no syllable."""

BEAM = 12
Scored = tuple[float, tuple[int, ...]]
"""A path of syllables' numbers with its log probability."""

_PIECES = re.compile(r"[^\W\d_]{1,3}\d+(?![^\W\d_])|[^\W\d_]+|\d+|[^\w\s]+")
"""A short mark like ``a1`` or ``kt3`` is one piece; ``3ngay`` and ``quan10`` are two."""

_SHARES = (0.62, 0.30, 0.08)
"""Shares of triples, pairs and single syllables in a syllable's probability."""
_UNSEEN = 1e-7
_RARE, _FREQUENT = 8, 60
"""A syllable seen less than that often may be a slip; only one seen that often was meant."""
_STAYS, _FOREIGN, _SOUND, _SLIP = 0.5, 1e-4, 0.2, 0.01
"""How readily a rare syllable is believed as typed, a word that is none, and each slip:
telex keys or a spelling by sound, another slip of the finger."""
_MOST_SLIPS = 24
_LONGEST = 10
"""Letters of the longest word that may be a slip; a syllable has seven, keys of telex add some."""


def pieces(text: str) -> list[str]:
    """Folded syllables, numbers and marks of a text, in order."""
    return _PIECES.findall(fold(text))


@dataclass(frozen=True)
class Restored:
    """A reading of a text with its log probability."""

    text: str
    score: float


class Restorer:
    """The model in memory: about 60 MB, read-only and shared."""

    def __init__(self, path: Path = MODEL) -> None:
        with np.load(path) as file:
            self._syllables: list[str] = file["syllables"].tolist()
            single = file["single"]
            runs = {size: (file[f"run{size}"], file[f"count{size}"]) for size in (2, 3)}
        self._number = {syllable: i for i, syllable in enumerate(self._syllables)}
        self._single = single.astype(np.float64)
        self._total = float(self._single.sum())
        self._pairs = _table(*runs[2])
        self._triples = _table(*runs[3])
        readings: dict[str, list[int]] = defaultdict(list)
        for syllable, number in self._number.items():
            readings[strip_marks(syllable)].append(number)
        self._readings = dict(readings)
        self._break = self._number[BREAK]

    def restore(self, text: str, best: int = 1) -> list[Restored]:
        """The ``best`` likeliest readings, likeliest first; at least one comes back.

        Folded text with single spaces comes back.
        """
        typed = pieces(text)
        keep = _share_marked(typed)
        beam: list[tuple[float, tuple[int, ...]]] = [(0.0, (self._break, self._break))]
        for piece in typed:
            options = self._options(piece, keep)
            grown = [
                (score + prior + self._log(path[-2], path[-1], number), (*path, number))
                for score, path in beam
                for number, prior in options
            ]
            beam = _best(grown, BEAM * best, best)
        ends = [(s + self._log(p[-2], p[-1], self._break), p) for s, p in beam]
        ranked = sorted(ends, reverse=True)[:best]
        return [Restored(self._spelt(path[2:], typed), score) for score, path in ranked]

    def _options(self, piece: str, keep: float) -> list[tuple[int, float]]:
        """The readings of a piece with the log of how readily each is believed."""
        if not piece.isalpha():
            return [(self._break, 0.0)]
        known = self._number.get(piece)
        if strip_marks(piece) == piece and piece in self._readings:
            stays, changes = math.log(max(keep, 0.5)), math.log(max(1 - keep, 1e-3))
            return [(n, stays if n == known else changes) for n in self._readings[piece]]
        if known is not None and self._single[known] >= _RARE:
            return [(known, 0.0)]
        own, stays = (self._break, _FOREIGN) if known is None else (known, _STAYS)
        believed = {**self._slips(piece), own: stays}
        return [(number, math.log(share)) for number, share in believed.items()]

    def _slips(self, piece: str) -> dict[int, float]:
        """Frequent syllables that an unknown or rare one may have been meant for, each with
        how readily that is believed."""
        if len(piece) > _LONGEST:
            return {}
        sounds = {self._number[word] for word in likely(piece, self._number)}
        others = {
            number
            for word in (strip_marks(piece), *bare_slips(piece, self._readings))
            for number in self._readings.get(word, ())
        }
        found = dict.fromkeys(others, _SLIP) | dict.fromkeys(sounds, _SOUND)
        frequent = [n for n in found if self._single[n] >= _FREQUENT]
        ranked = sorted(frequent, key=lambda n: (n not in sounds, -self._single[n], n))
        return {number: found[number] for number in ranked[:_MOST_SLIPS]}

    def _log(self, first: int, second: int, third: int) -> float:
        pair, triple = (second << 16) | third, (first << 32) | (second << 16) | third
        before = (first << 16) | second
        by_three = self._triples.get(triple, 0) / max(self._pairs.get(before, 0), 1)
        by_two = self._pairs.get(pair, 0) / max(self._single[second], 1.0)
        alone = self._single[third] / self._total
        three, two, one = _SHARES
        return math.log(three * by_three + two * by_two + one * alone + _UNSEEN)

    def _spelt(self, path: Sequence[int], typed: Sequence[str]) -> str:
        words = (
            piece if number == self._break else self._syllables[number]
            for number, piece in zip(path, typed, strict=True)
        )
        return " ".join(words)


def _table(runs: np.ndarray, counts: np.ndarray) -> dict[int, int]:
    """Counts by the run's numbers packed into one integer, 16 bits each."""
    packed = np.zeros(len(runs), np.uint64)
    for column in runs.astype(np.uint64).T:
        packed = (packed << np.uint64(16)) | column
    return dict(zip(packed.tolist(), counts.tolist(), strict=True))


def _share_marked(typed: Sequence[str]) -> float:
    """How many of the syllables that usually bear a mark were typed with one, 0..1."""
    words = [piece for piece in typed if piece.isalpha()]
    marked = sum(strip_marks(word) != word for word in words)
    return min(1.0, marked / max(0.65 * len(words), 1.0))


def _best(grown: list[Scored], most: int, alike: int) -> list[Scored]:
    """The best paths, ``alike`` for each pair of last syllables: only those decide what follows."""
    ends: Counter[tuple[int, int]] = Counter()
    kept: list[Scored] = []
    for score, path in sorted(grown, reverse=True):
        end = (path[-2], path[-1])
        ends[end] += 1
        if ends[end] <= alike:
            kept.append((score, path))
            if len(kept) == most:
                break
    return kept


@lru_cache(maxsize=1)
def restorer() -> Restorer:
    """The shipped model, read once a process."""
    return Restorer()
