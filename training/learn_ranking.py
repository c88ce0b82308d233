"""Learns ``index/ranking.json`` from the tune side: ``python -m training.learn_ranking HOME``.

The weights maximise the probability of the right procedure among the best
candidates (softmax, ridge-penalised, no weight below zero); the curve is a
logistic regression over questions that have an answer and questions that have
none. Cross-validated figures of the tune side are printed; the check side is
never looked at.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.app import build_searcher
from bot.settings import Settings
from evaluation.labelled import Questions, load
from evaluation.variants import typos, unaccented
from index.groups import base_name
from index.ranking import FILE, LOOKS, Ranking, looks
from index.search import LOOKED_AT, Searcher
from index.signals import NAMES

Floats = NDArray[np.float64]
CANDIDATES = 60
RIDGE = 0.02
FOLDS = 5
SMALLER = (40, 400)


@dataclass(frozen=True)
class Seen:
    """The signals of one question, and which rows are right (none for a question outside)."""

    signals: NDArray[np.float32]
    right: tuple[int, ...]


def main(argv: list[str] | None = None) -> int:
    """Learn from the snapshot in HOME and write the file."""
    parser = argparse.ArgumentParser(prog="python -m training.learn_ranking", description=__doc__)
    parser.add_argument("home", type=Path)
    options = parser.parse_args(argv)
    os.environ["THUTUC_HOME"] = str(options.home)
    searcher = build_searcher(Settings())
    inside, outside = see(searcher, load())
    weights = learn_weights(inside)
    print("R@1, cross-validated:", round(cross_validated(inside), 4))
    matters = np.array([base_name(name) for name in searcher.snapshot.names.values()])
    judged = [w for s in [*inside, *outside] for w in winners(s, weights, matters)]
    curve = learn_curve(np.array([w[0] for w in judged]), np.array([w[1] for w in judged]))
    data = {
        "weights": dict(zip(NAMES, np.round(weights, 4).tolist(), strict=True)),
        "curve": dict(zip((*LOOKS, "constant"), np.round(curve, 4).tolist(), strict=True)),
    }
    FILE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return 0


def see(searcher: Searcher, questions: Questions) -> tuple[list[Seen], list[Seen]]:
    """Signals of the tune side, as typed and worse, with an answer and without."""
    sides = questions.sides()
    row = {code: n for n, code in enumerate(searcher.snapshot.codes)}
    known = [q for q in questions.answerable if sides[q.id] == "tune"]
    unknown = [q for q in questions.outside if sides[q.id] == "tune"]
    inside = [
        Seen(searcher.signals.of(text)[0], tuple(row[c] for c in question.gold if c in row))
        for seed, question in enumerate(known)
        for text in (question.question, _worse(question.question, seed))
    ]
    outside = [
        Seen(searcher.signals.of(text)[0], ())
        for seed, question in enumerate(unknown)
        for text in (question.question, _worse(question.question, seed))
    ]
    return inside, outside


def _worse(text: str, seed: int) -> str:
    """Every other question without diacritics, the rest with slips."""
    return unaccented(text, seed) if seed % 2 else typos(0.05)(text, seed)


def learn_weights(seen: list[Seen]) -> Floats:
    """Weights that make the right procedures likeliest among the best candidates."""
    tables = [_candidates(s) for s in seen]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = 0.0, np.zeros_like(weights)
        for signals, right in tables:
            scores = weights @ signals
            all_of = np.exp(scores - scores.max())
            some = all_of * right
            total -= np.log(some.sum() / all_of.sum())
            slope -= signals @ (some / some.sum() - all_of / all_of.sum())
        n = len(tables)
        return total / n + RIDGE * float(weights @ weights) / 100, slope / n + RIDGE * weights / 50

    start = np.full(len(NAMES), 2.0)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(NAMES))
    return np.asarray(found.x)


def _candidates(seen: Seen) -> tuple[Floats, NDArray[np.bool_]]:
    """The best rows by a plain sum and the right ones: signals, and which are right."""
    plain = seen.signals.sum(axis=0)
    best = np.argpartition(-plain, CANDIDATES)[:CANDIDATES]
    rows = np.unique([*best, *seen.right])
    return seen.signals[:, rows].astype(np.float64), np.isin(rows, seen.right)


def cross_validated(seen: list[Seen]) -> float:
    """R@1 of questions that their weights were not learnt on; a question's forms stay together."""
    pairs = np.arange(len(seen) // 2)
    right: list[bool] = []
    for train, test in KFold(FOLDS, shuffle=True, random_state=1).split(pairs):
        weights = learn_weights([seen[2 * i + form] for i in train for form in (0, 1)])
        right += [first_is_right(seen[2 * i + form], weights) for i in test for form in (0, 1)]
    return float(np.mean(right))


def first_is_right(seen: Seen, weights: Floats) -> bool:
    return int(np.argmax(weights @ seen.signals)) in seen.right


def winners(
    seen: Seen, weights: Floats, matters: NDArray[np.str_]
) -> Iterator[tuple[list[float], bool]]:
    """What the winner looks like and whether it is right, in several collections.

    Beside all records: without the right matter, so that nothing fits; and in a
    few smaller collections, since an installation may hold thirty records. A
    question is then as much of a near miss as its neighbours make it.
    """
    rng = np.random.default_rng(int(seen.signals.sum() * 1e3) % 2**32)
    everything = np.arange(len(matters))
    right = np.isin(matters, matters[list(seen.right)])
    collections = [everything, everything[~right]] if seen.right else [everything]
    for size in SMALLER:
        some = rng.choice(everything, size, replace=False)
        collections.append(np.union1d(some, list(seen.right)).astype(int))
        collections.append(some[~right[some]])
    for rows in collections:
        yield appearance(seen, weights, matters, rows)


def appearance(
    seen: Seen, weights: Floats, matters: NDArray[np.str_], rows: NDArray[np.int_]
) -> tuple[list[float], bool]:
    """What the winner among ``rows`` looks like (``index.ranking.looks``), and if it is right."""
    signals = seen.signals[:, rows]
    scores = Ranking(tuple(weights), ()).scores(signals)
    best = np.argsort(-scores, kind="stable")[:LOOKED_AT].tolist()
    found = looks(signals, scores, best, matters[rows[best]].tolist())
    return found, int(rows[best[0]]) in seen.right


def learn_curve(rows: Floats, truth: NDArray[np.bool_]) -> Floats:
    """The curve's weights for rows as they are, and its constant."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.5))
    held_out = cross_val_predict(model, rows, truth, cv=FOLDS, method="predict_proba")[:, 1]
    print("AUROC right against wrong, cross-validated:", round(roc_auc_score(truth, held_out), 4))
    model.fit(rows, truth)
    scaler, line = model[0], model[1]
    weights = line.coef_[0] / scaler.scale_
    return np.append(weights, line.intercept_[0] - float(weights @ scaler.mean_))


if __name__ == "__main__":
    sys.exit(main())
