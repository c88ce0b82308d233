"""BM25 over given terms. The only file that imports bm25s."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it reports each build at debug level
_NOTHING = 0
"""The number of the term that stands for a document without any."""

K1 = 1.2
Scores = NDArray[np.float32]


class Lexical:
    """A BM25 index (Lucene's variant) over documents given as lists of terms."""

    def __init__(self, model: bm25s.BM25) -> None:
        self._model = model

    @classmethod
    def of(cls, documents: Iterable[Iterable[str]], *, rarest: int = 1) -> Lexical:
        """Index ``documents``; a bigram of fewer than ``rarest`` documents is dropped.

        The terms are numbered as they come: a province's passages hold five
        million of them, which as strings would take a gigabyte.
        """
        numbers: dict[str, int] = {}
        given = [[numbers.setdefault(t, len(numbers)) for t in terms] for terms in documents]
        counts = Counter(number for terms in given for number in set(terms))
        kept = {n for t, n in numbers.items() if counts[n] >= rarest or "_" not in t}
        renumbered = {old: new for new, old in enumerate(sorted(kept), start=1)}
        ids = [[renumbered[n] for n in terms if n in kept] or [_NOTHING] for terms in given]
        vocabulary = {t: renumbered[n] for t, n in numbers.items() if n in kept}
        model = bm25s.BM25(method="lucene", k1=K1, b=0.75)
        model.index((ids, {"": _NOTHING} | vocabulary), show_progress=False)
        return cls(model)

    @classmethod
    def load(cls, folder: Path) -> Lexical:
        return cls(bm25s.BM25.load(str(folder), mmap=True, load_corpus=False))

    def save(self, folder: Path) -> None:
        self._model.save(str(folder), show_progress=False)

    def __len__(self) -> int:
        return int(self._model.scores["num_docs"])

    def ideal(self, terms: Sequence[str]) -> float:
        """The score of a document of average length that holds each of ``terms`` once."""
        count = len(self)
        columns = self._model.scores["indptr"]
        total = 0.0
        for term in terms:
            column = self._model.vocab_dict.get(term)
            found = 0 if column is None else int(columns[column + 1] - columns[column])
            total += math.log(1 + (count - found + 0.5) / (found + 0.5))
        return total / (1 + K1)

    def scores(self, terms: Sequence[str]) -> Scores:
        """The BM25 score of every document for ``terms``, float32 of shape (len(self),)."""
        known = [t for t in terms if t in self._model.vocab_dict]
        if not known:
            return np.zeros(len(self), np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)
