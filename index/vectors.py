"""Exact nearest neighbours by inner product. The only file that imports faiss."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Matrix


class Vectors:
    """Unit vectors in a flat FAISS index: row numbers are the caller's own order."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def of(cls, matrix: Matrix) -> Vectors:
        """Index the rows of ``matrix``, float32 of shape (n, dimension)."""
        index = faiss.IndexFlatIP(matrix.shape[1])
        index.add(np.ascontiguousarray(matrix, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> Vectors:
        return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        # Not faiss.write_index: a full disk must be an OSError like any other.
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def matrix(self) -> Matrix:
        """Every vector, float32 of shape (len(self), dimension)."""
        return np.asarray(self._index.reconstruct_n(0, len(self)), dtype=np.float32)

    def rows(self, numbers: Sequence[int]) -> Matrix:
        """The vectors of the given rows, float32 of shape (len(numbers), dimension)."""
        wanted = np.asarray(numbers, dtype=np.int64)
        return np.asarray(self._index.reconstruct_batch(wanted), dtype=np.float32)

    def search(self, query: Matrix, k: int) -> tuple[NDArray[np.int64], Matrix]:
        """Rows and cosines of the ``k`` nearest to ``query`` (shape (1, dimension)), best first.

        Fewer than ``k`` come back when the index holds fewer.
        """
        k = min(k, len(self))
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        cosines, rows = self._index.search(query, k)
        return rows[0], cosines[0]

    def products(self, queries: Matrix) -> Matrix:
        """The cosine of every row to each query, float32 of shape (len(queries), len(self))."""
        cosines: Matrix = queries @ self._all.T
        return cosines

    def scores(self, query: Matrix) -> Matrix:
        """The cosine of every row to ``query`` of shape (1, dimension), shape (len(self),)."""
        cosines: Matrix = self.products(query)[0]
        return cosines

    @cached_property
    def _all(self) -> Matrix:
        """A view of the index's own memory, so that all cosines are one matrix product."""
        index: Any = faiss.downcast_index(self._index)
        flat = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)
        return np.asarray(flat, np.float32).reshape(index.ntotal, index.d)
