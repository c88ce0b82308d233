"""Ranking and confidence measures against values worked out by hand."""

import math

import pytest

from evaluation.metrics import (
    Ranked,
    auroc,
    by_question,
    interval,
    measures,
    risk_coverage,
    split_by,
)


def ranked(ident, found, *gold):
    return Ranked(ident, tuple(found), gold)


def test_a_right_code_at_rank_three():
    values = {name: v["q"] for name, v in by_question([ranked("q", "abc", "c")]).items()}
    assert values["R@1"] == 0
    assert values["R@5"] == values["R@10"] == 1
    assert values["MRR@10"] == pytest.approx(1 / 3)
    assert values["nDCG@10"] == pytest.approx(1 / math.log2(4))


def test_alternatives_count_once_at_the_first_of_them():
    values = {name: v["q"] for name, v in by_question([ranked("q", "xab", "a", "b")]).items()}
    assert values["MRR@10"] == pytest.approx(0.5)
    assert values["R@5"] == 1
    assert values["nDCG@10"] == pytest.approx(1 / math.log2(3))


def test_beyond_the_tenth_place_nothing_is_found():
    found = [*"0123456789", "a"]
    assert by_question([ranked("q", found, "a")])["R@10"]["q"] == 0
    assert by_question([ranked("q", found, "a")])["MRR@10"]["q"] == 0


def test_nothing_retrieved_is_a_miss_and_not_left_out():
    rows = [ranked("q", "", "a"), ranked("p", "a", "a")]
    assert by_question(rows)["R@1"] == {"q": 0.0, "p": 1.0}
    assert measures(rows)["R@1"].mean == 0.5


def test_nothing_at_all_retrieved():
    assert measures([ranked("q", "", "a")])["MRR@10"].mean == 0


def test_no_question_gives_no_figure():
    assert math.isnan(measures([])["R@1"].mean)


def test_parts_are_measured_apart():
    rows = [ranked("s1", "a", "a"), ranked("s2", "ba", "a"), ranked("m1", "b", "a")]
    parts = split_by(rows, lambda ident: ident[0])
    assert parts["s"]["R@1"].mean == 0.5
    assert parts["m"]["R@1"].mean == 0


def test_an_interval_holds_the_mean_and_narrows_with_more_questions():
    few, many = interval([0, 1] * 5), interval([0, 1] * 500)
    assert few.low < 0.5 < few.high
    assert many.high - many.low < few.high - few.low
    assert interval([1, 1, 1]).low == interval([1, 1, 1]).high == 1


def test_auroc_counts_pairs_and_half_of_the_ties():
    # pairs (positive, negative): .9>.5, .9>.1, .5=.5, .5>.1 → 3.5 of 4
    assert auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == pytest.approx(0.875)
    assert math.isnan(auroc([0.9], [True]))


def test_risk_grows_along_falling_confidence_and_ties_enter_together():
    curve = risk_coverage([0.9, 0.8, 0.8, 0.1], [True, True, False, False])
    assert list(curve.coverage) == [0.25, 0.75, 1.0]
    assert list(curve.risk) == pytest.approx([0, 1 / 3, 0.5])
    assert curve.at_coverage(0.5) == pytest.approx(1 / 3)
    assert list(risk_coverage([], []).risk) == []
