"""Finds the procedures that a question may be about, and says why.

Four signals for every procedure, 0 for nothing and about 1 for all there can
be: the cosine of its nearest entry, BM25 over stripped syllables and bigrams
and over words of its entries, BM25 over its passages. They are added with
fixed weights, because a sum keeps what a rank throws away: how near the
nearest one really is.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, Matrix
from index.lexical import Lexical
from index.passages import Passage
from index.procedure import CODE
from index.query import content, matter
from index.snapshot import Snapshot, open_current
from index.store import SnapshotError
from index.text import fold, mostly_bare, strip_marks, stripped_terms, words

Scores = NDArray[np.float32]

WEIGHTS = {"dense": 0.45, "names": 0.35, "words": 0.10, "passages": 0.10}
"""Shares of the four signals. Chosen by eye on a few questions; [retrieval] learns them."""

BARE_WEIGHTS = {"dense": 0.25, "names": 0.65, "words": 0.0, "passages": 0.10}
"""The same for a question without diacritics, which the encoder and the words hardly know."""

CURATED_PRIOR = 0.03
"""Added to curated records: they were chosen because people ask for them most."""

_TYPED_CODE = re.compile(rf"(?<![\d.]){CODE.pattern}(?!\d)")

EXACT = 2.0
"""The score of a procedure whose code or whole name was typed: above any sum."""

_FAR, _NEAR = 0.78, 0.95
"""Cosines of unrelated and of equivalent texts under the e5 family; the span is mapped to 0..1."""


@dataclass(frozen=True)
class Hit:
    """A procedure found: ``score`` in 0..1, ``signals`` what it is made of.

    ``exact``: its code or its whole name was typed.
    """

    code: str
    name: str
    score: float
    signals: dict[str, float]
    exact: bool = False


@dataclass(frozen=True)
class Hits:
    """What a search kept, best first, what it rejected, and milliseconds by step."""

    kept: list[Hit]
    rejected: list[Hit]
    timings_ms: dict[str, float] = field(default_factory=dict)


class Searcher:
    """Searches one snapshot with the encoder that built it; read-only and reusable.

    Raises SnapshotError when the snapshot was built by another encoder.
    """

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        built_by = snapshot.manifest.encoder
        if (built_by, snapshot.manifest.dimension) != (encoder.name, encoder.dimension):
            raise SnapshotError(
                f"Dữ liệu được lập bằng bộ mã hóa {built_by}, đang chạy {encoder.name}; "
                "hãy nạp lại bằng thutuc ingest."
            )
        self.snapshot = snapshot
        self.encoder = encoder

    @classmethod
    def open(cls, root: Path, encoder: Encoder) -> Searcher:
        """Open the snapshot in use below ``root``."""
        return cls(open_current(root), encoder)

    def search(self, question: str, k: int = 10) -> Hits:
        """The ``k`` best procedures for ``question``; the next ``k`` are the rejected ones."""
        clock = _Clock()
        wanted = content(question)
        signals = {"dense": self._dense(question)}
        clock.lap("dense")
        signals["names"] = self._lexical("names", self._entry_rows, stripped_terms(wanted))
        signals["words"] = self._lexical("words", self._entry_rows, words(wanted))
        clock.lap("names")
        signals["passages"] = self._lexical("passages", self._passage_rows, stripped_terms(wanted))
        clock.lap("passages")
        weights = BARE_WEIGHTS if mostly_bare(question) else WEIGHTS
        total = np.zeros(len(self.snapshot.codes), np.float32)
        for name, scores in signals.items():
            total += weights[name] * scores
        total[: self._curated] += CURATED_PRIOR
        self._favour_exact(question, total)
        best = np.argsort(-total, kind="stable")[: 2 * k]
        hits = [self._hit(int(row), total, signals) for row in best]
        clock.lap("fuse")
        return Hits(hits[:k], hits[k:], clock.laps)

    def passages(self, code: str, question: str, k: int = 3) -> list[tuple[Passage, float]]:
        """The passages of one record nearest to ``question`` with their cosines, best first."""
        codes = self.snapshot.passage_codes
        own = [row for row, owner in enumerate(codes) if owner == code]
        if not own:
            return []
        found = [self.snapshot.passages[row] for row in own]
        cosines: Scores = self._passage_matrix(own, found) @ self.encoder.query(question)[0]
        order = np.argsort(-cosines, kind="stable")[:k]
        return [(found[i], float(cosines[i])) for i in order]

    def _passage_matrix(self, rows: list[int], found: list[Passage]) -> Matrix:
        """Vectors of a record's passages: stored for curated records, else made when asked."""
        vectors = self.snapshot.passage_vectors
        if rows[-1] < len(vectors):
            return vectors.rows(rows)
        return self.encoder.documents([p.text for p in found])

    def _dense(self, question: str) -> Scores:
        query: Matrix = self.encoder.query(question)
        cosines = self.snapshot.vectors.scores(query)
        nearest = self._best(self._entry_rows, cosines, floor=-1.0)
        near: Scores = np.clip((nearest - _FAR) / (_NEAR - _FAR), 0.0, 1.0).astype(np.float32)
        return near

    def _lexical(self, name: str, rows: NDArray[np.int64], terms: Sequence[str]) -> Scores:
        index = self._indexes[name]
        share: Scores = index.scores(terms) / np.float32(max(index.ideal(terms), 1e-6))
        return self._best(rows, share)

    def _best(self, rows: NDArray[np.int64], scores: Scores, floor: float = 0.0) -> Scores:
        """The best score of each procedure, given the procedure's row for every score."""
        best = np.full(len(self.snapshot.codes), floor, np.float32)
        np.maximum.at(best, rows, scores)
        return best

    def _favour_exact(self, question: str, total: Scores) -> None:
        """A code or a whole name in the question is that procedure, whatever else is near."""
        for code in _TYPED_CODE.findall(question):
            if code in self.snapshot:
                total[self._row[code]] = EXACT
        for text in (question, matter(question)):
            name = _plain_name(text)
            rows = self._by_name.get(name) or (
                self._by_bare_name.get(name, []) if mostly_bare(text) else []
            )
            total[rows] = EXACT

    def _hit(self, row: int, total: Scores, signals: dict[str, Scores]) -> Hit:
        code = self.snapshot.codes[row]
        shares = {name: round(float(s[row]), 4) for name, s in signals.items()}
        score = float(total[row])
        name = self.snapshot.names[code]
        return Hit(code, name, round(min(score, 1.0), 4), shares, score >= EXACT)

    @cached_property
    def _curated(self) -> int:
        """How many records are curated; they come first in a snapshot."""
        return self.snapshot.manifest.curated

    @cached_property
    def _row(self) -> dict[str, int]:
        return {code: row for row, code in enumerate(self.snapshot.codes)}

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        """Rows by name; procedures of several levels may share one."""
        rows: dict[str, list[int]] = {}
        for code, name in self.snapshot.names.items():
            rows.setdefault(_plain_name(name), []).append(self._row[code])
        return rows

    @cached_property
    def _by_bare_name(self) -> dict[str, list[int]]:
        """The same without diacritics, for questions typed without."""
        rows: dict[str, list[int]] = {}
        for name, found in self._by_name.items():
            rows.setdefault(strip_marks(name), []).extend(found)
        return rows

    @cached_property
    def _entry_rows(self) -> NDArray[np.int64]:
        return np.array([self._row[e.code] for e in self.snapshot.entries], np.int64)

    @cached_property
    def _passage_rows(self) -> NDArray[np.int64]:
        return np.array([self._row[c] for c in self.snapshot.passage_codes], np.int64)

    @cached_property
    def _indexes(self) -> dict[str, Lexical]:
        return {name: self.snapshot.lexical(name) for name in ("names", "words", "passages")}


def _plain_name(text: str) -> str:
    return re.sub(r"^thủ tục\s+", "", fold(text)).strip(" .?!")


class _Clock:
    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round((now - self._last) * 1000, 2)
        self._last = now
