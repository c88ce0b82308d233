from __future__ import annotations

import math

import pytest

from evaluation.retrieval import best_rank, measures


def test_the_best_rank_of_any_gold_code_counts():
    assert best_rank(["a", "b", "c"], ["c", "b"]) == 2
    assert best_rank(["a"], ["z"]) is None
    assert best_rank([], ["z"]) is None


def test_measures_by_hand():
    values = measures([1, 2, None, 6])
    assert values["R@1"] == 0.25
    assert values["R@5"] == 0.5
    assert values["R@10"] == 0.75
    assert values["MRR@10"] == pytest.approx((1 + 1 / 2 + 1 / 6) / 4)


def test_nothing_to_judge_is_nan_not_zero():
    assert all(math.isnan(value) for value in measures([]).values())
