"""Measures of ranked lists and of confidence, with intervals.

Ranking measures come from ir-measures. The acceptable codes of a question are
alternatives, not a set to be complete: they are taken for one document, found
where the first of them stands, so that recall at 1 is "the first one is right".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG
from numpy.typing import NDArray
from scipy.stats import bootstrap
from sklearn.metrics import roc_auc_score

DEPTH = 10
RESAMPLES = 1000
_RIGHT = "right"
_MEASURES = {"R@1": R @ 1, "R@5": R @ 5, "R@10": R @ 10, "MRR@10": RR @ 10, "nDCG@10": nDCG @ 10}
NAMES = tuple(_MEASURES)


@dataclass(frozen=True)
class Ranked:
    """What a system gave for a question: codes best first, and the acceptable ones."""

    id: str
    found: tuple[str, ...]
    gold: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """The 1-based rank of the first acceptable code, or None."""
        places = (n for n, code in enumerate(self.found, 1) if code in self.gold)
        return next(places, None)


@dataclass(frozen=True)
class Interval:
    """A mean and its 95 % percentile bootstrap interval over questions."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def by_question(ranked: Sequence[Ranked]) -> dict[str, dict[str, float]]:
    """Each measure of each question: name → question id → value in 0..1."""
    qrels = [ir_measures.Qrel(r.id, _RIGHT, 1) for r in ranked]
    run = [
        ir_measures.ScoredDoc(r.id, _RIGHT if place == r.rank else code, -float(place))
        for r in ranked
        for place, code in enumerate(r.found, 1)
    ]
    values: dict[str, dict[str, float]] = {name: {r.id: 0.0 for r in ranked} for name in NAMES}
    names = {str(measure): name for name, measure in _MEASURES.items()}
    if run:
        for found in ir_measures.iter_calc(list(_MEASURES.values()), qrels, run):
            values[names[str(found.measure)]][found.query_id] = float(found.value)
    return values


def measures(ranked: Sequence[Ranked]) -> dict[str, Interval]:
    """Every measure over the questions; nan where there is no question."""
    return {name: interval(list(values.values())) for name, values in by_question(ranked).items()}


def interval(values: Iterable[float], seed: int = 7) -> Interval:
    """The mean of ``values`` with its bootstrap interval; nan for none, a point for one."""
    sample = np.asarray(list(values), float)
    if not len(sample):
        return Interval(float("nan"), float("nan"), float("nan"))
    mean = float(sample.mean())
    if len(sample) == 1 or sample.min() == sample.max():
        return Interval(mean, mean, mean)
    drawn = bootstrap(
        (sample,), np.mean, n_resamples=RESAMPLES, method="percentile",
        random_state=np.random.default_rng(seed), batch=100,
    )  # fmt: skip
    return Interval(mean, *(float(x) for x in drawn.confidence_interval))


def split_by(
    ranked: Sequence[Ranked], label: Callable[[str], str]
) -> Mapping[str, dict[str, Interval]]:
    """The measures of each part of the questions; ``label`` names a question's part by its id."""
    parts: dict[str, list[Ranked]] = {}
    for row in ranked:
        parts.setdefault(label(row.id), []).append(row)
    return {name: measures(rows) for name, rows in sorted(parts.items())}


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """The chance that a positive scores above a negative; nan without both kinds."""
    if len(set(positive)) < 2:
        return float("nan")
    return float(roc_auc_score(np.asarray(positive, bool), np.asarray(scores, float)))


@dataclass(frozen=True)
class Risk:
    """The risk–coverage curve: answering the surest share of questions, how many are wrong."""

    threshold: NDArray[np.float64]
    coverage: NDArray[np.float64]
    risk: NDArray[np.float64]

    def at_coverage(self, share: float) -> float:
        """The share of wrong answers when at least ``share`` of the questions are answered."""
        reached = np.flatnonzero(self.coverage >= share)
        return float(self.risk[reached[0]]) if len(reached) else float("nan")


def risk_coverage(scores: Sequence[float], right: Sequence[bool]) -> Risk:
    """The curve over falling confidence; equal confidences enter together."""
    order = np.argsort(-np.asarray(scores, float), kind="stable")
    sure = np.asarray(scores, float)[order]
    wrong = np.cumsum(~np.asarray(right, bool)[order])
    answered = np.arange(1, len(order) + 1)
    last = np.append(np.diff(sure) != 0, True) if len(sure) else np.zeros(0, bool)
    return Risk(sure[last], answered[last] / max(len(order), 1), wrong[last] / answered[last])
