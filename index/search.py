"""Finds the procedures that a question may be about, and says why and how surely.

Each signal (``signals``) is a number a procedure; ``ranking`` adds them with
learnt weights, because a sum keeps what a rank throws away: how near the
nearest one really is. A typed code or a whole name wins over everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, Matrix
from index.groups import base_name
from index.passages import Passage
from index.procedure import CODE
from index.query import matter
from index.ranking import Ranking, looks, ranking
from index.signals import NAMES, Clock, Signals
from index.snapshot import Snapshot, open_current
from index.store import SnapshotError
from index.text import fold, mostly_bare, strip_marks

Scores = NDArray[np.float32]

_TYPED_CODE = re.compile(rf"(?<![\d.]){CODE.pattern}(?!\d)")

EXACT = 100.0
"""Added to a procedure whose code or whole name was typed: above any sum."""

LOOKED_AT = 20
"""How many of the best are compared to say how sure the first one is."""


@dataclass(frozen=True)
class Hit:
    """A procedure found.

    ``score``: how sure it is the right one, 0..1: the calibrated confidence for
    the first, less for the others by how far they stand behind. ``signals``:
    what speaks for it. ``exact``: its code or its whole name was typed, so that
    it is sure and those behind are not.
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

    def __init__(
        self, snapshot: Snapshot, encoder: Encoder, weights: Ranking | None = None
    ) -> None:
        built_by = snapshot.manifest.encoder
        if (built_by, snapshot.manifest.dimension) != (encoder.name, encoder.dimension):
            raise SnapshotError(
                f"Dữ liệu được lập bằng bộ mã hóa {built_by}, đang chạy {encoder.name}; "
                "hãy nạp lại bằng thutuc ingest."
            )
        self.snapshot = snapshot
        self.encoder = encoder
        self.signals = Signals(snapshot, encoder)
        self._ranking = weights or ranking()

    @classmethod
    def open(cls, root: Path, encoder: Encoder) -> Searcher:
        """Open the snapshot in use below ``root``."""
        return cls(open_current(root), encoder)

    def search(self, question: str, k: int = 10) -> Hits:
        """The ``k`` best procedures for ``question``; the next ``k`` are the rejected ones."""
        signals, laps = self.signals.of(question)
        clock = Clock()
        plain = self._ranking.scores(signals)
        total = plain.copy()
        exact = self._exact_rows(question)
        total[list(exact)] += EXACT
        best = np.argsort(-total, kind="stable")[: max(2 * k, LOOKED_AT)].tolist()
        sure = 1.0 if exact else self._confidence(signals, plain, best)
        hits = [
            self._hit(row, signals, _behind(total, best[0], row, sure), row in exact)
            for row in best
        ]
        clock.lap("fuse")
        return Hits(hits[:k], hits[k : 2 * k], laps | clock.laps)

    def _confidence(self, signals: Scores, scores: Scores, best: list[int]) -> float:
        """How probably the first of ``best`` is the right one."""
        matters = [base_name(self.snapshot.names[self.snapshot.codes[row]]) for row in best]
        return self._ranking.confidence(looks(signals, scores, best, matters))

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

    def _exact_rows(self, question: str) -> set[int]:
        """A code or a whole name in the question is that procedure, whatever else is near."""
        codes = [c for c in _TYPED_CODE.findall(question) if c in self.snapshot]
        rows = [self._row[code] for code in codes]
        for text in (question, matter(question)):
            name = _plain_name(text)
            rows += self._by_name.get(name) or (
                self._by_bare_name.get(name, []) if mostly_bare(text) else []
            )
        return set(rows)

    def _hit(self, row: int, signals: Scores, score: float, exact: bool) -> Hit:
        code, score = self.snapshot.codes[row], 1.0 if exact else score
        shares = {name: round(float(signals[at, row]), 4) for at, name in enumerate(NAMES)}
        return Hit(code, self.snapshot.names[code], round(score, 4), shares, exact)

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


def _behind(scores: Scores, first: int, row: int, sure: float) -> float:
    """The confidence of a procedure that stands behind the first: e-fold less for each point."""
    return sure * min(1.0, float(np.exp(scores[row] - scores[first])))


def _plain_name(text: str) -> str:
    return re.sub(r"^thủ tục\s+", "", fold(text)).strip(" .?!")
