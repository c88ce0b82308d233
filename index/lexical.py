"""BM25 over given terms. The only file that imports bm25s."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it reports each build at debug level
K1 = 1.2
Scores = NDArray[np.float32]


class Lexical:
    """A BM25 index (Lucene's variant) over documents given as lists of terms."""

    def __init__(self, model: bm25s.BM25) -> None:
        self._model = model

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]], *, rarest: int = 1) -> Lexical:
        """Index ``documents``; a bigram of fewer than ``rarest`` documents is dropped."""
        counts = Counter(term for terms in documents for term in set(terms))
        kept = [
            [t for t in terms if counts[t] >= rarest or "_" not in t] or [""] for terms in documents
        ]
        model = bm25s.BM25(method="lucene", k1=K1, b=0.75)
        model.index(kept, show_progress=False)
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
