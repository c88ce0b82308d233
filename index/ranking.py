"""Weighs the signals of each procedure, and says how sure the first one is.

Both come from ``ranking.json``, learnt by ``training/learn_ranking.py`` on the
tune side of the labelled questions: a weight for each signal (a softmax over
the candidates), and a logistic curve over what the winner looks like, so that
``confidence`` is the probability that the first procedure is the right one.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.signals import NAMES

FILE = Path(__file__).with_name("ranking.json")
LOOKS = (
    "dense", "crowd", "names", "words", "title", "passages", "score", "lead", "lead_other", "agree",
)  # fmt: skip
"""What the curve over the winner sees; see ``looks``."""

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Ranking:
    """Weights in the order of NAMES; the curve's in the order of LOOKS, then its constant."""

    weights: tuple[float, ...]
    curve: tuple[float, ...]

    def scores(self, signals: Scores) -> Scores:
        """One score a procedure from signals of shape (len(NAMES), procedures)."""
        total: Scores = np.asarray(self.weights, np.float32) @ signals
        return total

    def confidence(self, found: Sequence[float]) -> float:
        """The probability that a winner that looks like ``found`` is right, 0..1."""
        logit = self.curve[-1] + sum(w * x for w, x in zip(self.curve[:-1], found, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def looks(
    signals: Scores, scores: Scores, order: Sequence[int], group: Sequence[object]
) -> list[float]:
    """What the winner looks like, in the order of LOOKS.

    ``order``: rows best first; ``group``: for each of them what matter it is,
    the same for a matter's codes. ``lead``: how far the winner is before the next
    procedure, ``lead_other`` before the next matter; ``agree``: how many of the
    signals dense, crowd, names and passages have their best among the winner's matter.
    """
    first = order[0]
    row = {name: signals[at] for at, name in enumerate(NAMES)}
    others = [r for r, matter in zip(order, group, strict=True) if matter != group[0]]
    own = {r for r, matter in zip(order, group, strict=True) if matter == group[0]}
    voters = ("dense", "crowd", "names", "passages")
    agree = sum(int(np.argmax(row[name])) in own for name in voters) / len(voters)
    lead = scores[first] - scores[order[1]] if len(order) > 1 else 1.0
    lead_other = scores[first] - scores[others[0]] if others else 1.0
    seen = [float(row[name][first]) for name in LOOKS[:6]]
    return [*seen, float(scores[first]), float(lead), float(lead_other), float(agree)]


@lru_cache(maxsize=1)
def ranking() -> Ranking:
    """The shipped weights."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    weights = tuple(float(data["weights"][name]) for name in NAMES)
    curve = tuple(float(data["curve"][name]) for name in (*LOOKS, "constant"))
    return Ranking(weights, curve)
