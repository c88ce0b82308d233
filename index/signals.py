"""What speaks for each procedure: one number a signal and procedure, to be weighed by ``ranking``.

A procedure is known by several entries (its name, what people call it, the
situations it is needed in, a summary). ``dense`` is its nearest entry by the
encoder, ``crowd`` all of its entries together (a soft maximum: several near
ones say more than one), ``names`` and ``words`` the share of the question's
weight that its best entry holds (BM25 over stripped syllables and bigrams, and
over words), ``title`` the same of its official name alone, ``passages`` of the
best passage of its sections. ``level`` is 1 where the question names the level
that decides, -1 where it names another, 0 where either is unknown; ``curated``
is 1 for curated records.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.lexical import Lexical
from index.procedure import Level
from index.query import content
from index.readings import as_typed, readings, widened
from index.snapshot import Snapshot
from index.text import fold, stripped_terms, words

Scores = NDArray[np.float32]

NAMES = ("dense", "crowd", "names", "words", "title", "passages", "level", "curated")
SHARPNESS = 24.0
"""How strongly ``crowd`` favours the nearest entries: e to this power for a cosine of 1."""

_LEVELS: dict[Level, re.Pattern[str]] = {
    "xa": re.compile(
        r"(?<!hợp tác )(?<!thị )\b(?:xã|phường|thị trấn|đặc khu)\b(?! (?:hội|viên|giao)\b)"
    ),
    "tinh": re.compile(
        r"\b(?:cấp|lên|ở|trên|ra|ubnd|ủy ban|nhân dân|công an) tỉnh\b(?! khác\b)"
        r"|\bsở (?:tư pháp|xây dựng|nông nghiệp|y tế|công thương|tài chính|nội vụ)\b"
    ),
    "bo": re.compile(
        r"\b(?:cấp|lên|nộp|gửi|ở) bộ\b(?! (?:hồ sơ|giấy|tài liệu|đơn|phận)\b)"
        r"|(?<!trực thuộc )\btrung ương\b|(?<!chi )(?<!một )(?<!1 )(?<!bưu )\bcục\b"
    ),
}
"""With their marks: without, ``xã`` is ``xa`` and ``xả``, ``phường`` is ``phương tiện``."""


class Signals:
    """Reads the signals of one snapshot; thread-safe, since nothing is kept between questions."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        self._snapshot = snapshot
        self._encoder = encoder

    def of(self, question: str) -> tuple[Scores, dict[str, float]]:
        """Signals in the order of NAMES, float32 of shape (len(NAMES), procedures); ms by step."""
        clock = Clock()
        meant, typed = readings(question), as_typed(question)
        clock.lap("read")
        rows = dict.fromkeys(NAMES, np.zeros(len(self._snapshot.codes), np.float32))
        rows["dense"], rows["crowd"] = self._dense(
            [fold(question), *(m for m in meant if m != typed)]
        )
        clock.lap("dense")
        asked = list(dict.fromkeys(content(text) for text in (*meant, widened(meant[0]))))
        for text in asked:
            shares = self._share("names", stripped_terms(text))
            self._raise(rows, "names", self._best(shares))
            self._raise(rows, "title", shares[self._starts])
            self._raise(rows, "words", self._best(self._share("words", words(text))))
        clock.lap("names")
        passages = self._share("passages", stripped_terms(asked[0]))
        best = np.zeros_like(rows["passages"])
        np.maximum.at(best, self._passage_rows, passages)
        rows["passages"] = best
        clock.lap("passages")
        rows["level"] = self._level(meant[0])
        rows["curated"] = self._curated
        return np.stack([rows[name] for name in NAMES]), clock.laps

    def _raise(self, rows: dict[str, Scores], name: str, scores: Scores) -> None:
        rows[name] = np.maximum(rows[name], scores)

    def _dense(self, texts: Sequence[str]) -> tuple[Scores, Scores]:
        """The nearest entry, and the soft maximum over all, of each procedure."""
        asked = self._encoder.queries(list(dict.fromkeys(texts)))
        cosines = self._snapshot.vectors.products(asked).max(axis=0)
        near = np.exp(SHARPNESS * (cosines - 1))
        crowd = np.log(np.add.reduceat(near, self._starts) + 1e-9) / SHARPNESS + 1
        return self._best(cosines), crowd.astype(np.float32)

    def _share(self, name: str, terms: Sequence[str]) -> Scores:
        index = self._indexes[name]
        scores: Scores = index.scores(terms) / np.float32(max(index.ideal(terms), 1e-6))
        return scores

    def _best(self, scores: Scores) -> Scores:
        """The best of each procedure's entries, which stand together in the snapshot's order."""
        best: Scores = np.maximum.reduceat(scores, self._starts)
        return best

    def _level(self, meant: str) -> Scores:
        named = [level for level, words_for in _LEVELS.items() if words_for.search(meant)]
        if not named:
            return np.zeros(len(self._snapshot.codes), np.float32)
        fits = np.any([self._at_level[level] for level in named], axis=0)
        known = np.any(list(self._at_level.values()), axis=0)
        return np.where(fits, 1.0, np.where(known, -1.0, 0.0)).astype(np.float32)

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """The row of each procedure's first entry, which is its name."""
        codes = [entry.code for entry in self._snapshot.entries]
        return np.array([i for i, c in enumerate(codes) if i == 0 or codes[i - 1] != c], np.int64)

    @cached_property
    def _passage_rows(self) -> NDArray[np.int64]:
        row = {code: n for n, code in enumerate(self._snapshot.codes)}
        return np.array([row[code] for code in self._snapshot.passage_codes], np.int64)

    @cached_property
    def _at_level(self) -> dict[Level, NDArray[np.bool_]]:
        levels = self._snapshot.levels
        return {
            level: np.array([level in levels[code] for code in self._snapshot.codes])
            for level in _LEVELS
        }

    @cached_property
    def _curated(self) -> Scores:
        count = len(self._snapshot.codes)
        return (np.arange(count) < self._snapshot.manifest.curated).astype(np.float32)

    @cached_property
    def _indexes(self) -> dict[str, Lexical]:
        return {name: self._snapshot.lexical(name) for name in ("names", "words", "passages")}


class Clock:
    """Milliseconds between laps."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round((now - self._last) * 1000, 2)
        self._last = now
