"""The weighing of signals and the confidence in the winner, reckoned by hand."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from index.ranking import FILE, LOOKS, Ranking, looks, ranking
from index.signals import NAMES

# Four procedures; a row a signal, in the order of NAMES.
SIGNALS = np.array(
    [
        [0.9, 0.8, 0.5, 0.1],  # dense
        [0.7, 0.8, 0.4, 0.2],  # crowd
        [0.6, 0.2, 0.0, 0.0],  # names
        [0.5, 0.1, 0.0, 0.0],  # words
        [0.4, 0.3, 0.0, 0.0],  # title
        [0.0, 0.1, 0.3, 0.0],  # passages
        [1.0, -1.0, 0.0, 0.0],  # level
        [1.0, 1.0, 0.0, 0.0],  # curated
    ],
    np.float32,
)
NO_CURVE = (0.0,) * (len(LOOKS) + 1)


def curve(**weights: float) -> tuple[float, ...]:
    return tuple(weights.get(name, 0.0) for name in (*LOOKS, "constant"))


def test_a_score_is_the_sum_of_the_weighed_signals() -> None:
    weights = Ranking((10.0, 1.0, 2.0, 3.0, 4.0, 5.0, 0.5, 0.25), NO_CURVE)
    scores = weights.scores(SIGNALS)
    assert scores.dtype == np.float32
    # 9 + 0.7 + 1.2 + 1.5 + 1.6 + 0 + 0.5 + 0.25, and so on
    assert_allclose(scores, [14.75, 10.95, 6.9, 1.2], rtol=1e-5)


@pytest.mark.parametrize(
    ("found", "sure"),
    [
        ({}, 0.5),
        ({"lead": math.log(3)}, 0.75),
        ({"lead": -math.log(3)}, 0.25),
        ({"lead": 1.0, "agree": 1.0}, 1 / (1 + math.exp(-3))),
        ({"lead": 1e9}, 1.0),
        ({"lead": -1e9}, 0.0),
    ],
)
def test_the_confidence_is_a_logistic_curve(found: dict[str, float], sure: float) -> None:
    weights = Ranking((0.0,) * len(NAMES), curve(lead=1.0, agree=2.0))
    assert weights.confidence([found.get(name, 0.0) for name in LOOKS]) == pytest.approx(sure)


def test_the_constant_shifts_the_curve() -> None:
    weights = Ranking((0.0,) * len(NAMES), curve(constant=math.log(4)))
    assert weights.confidence([0.0] * len(LOOKS)) == pytest.approx(0.8)


@given(st.lists(st.floats(-1e6, 1e6), min_size=len(LOOKS), max_size=len(LOOKS)))
def test_the_confidence_is_always_a_probability(found: list[float]) -> None:
    assert 0 <= ranking().confidence(found) <= 1


def test_a_winner_of_the_wrong_width_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        ranking().confidence([0.0] * (len(LOOKS) - 1))


def test_looks_are_the_winner_s_signals_its_leads_and_its_votes() -> None:
    scores = np.array([14.0, 11.0, 7.0, 1.0], np.float32)
    seen = dict(zip(LOOKS, looks(SIGNALS, scores, [0, 1, 2, 3], "abcd"), strict=True))
    assert seen == pytest.approx(
        {
            "dense": 0.9, "crowd": 0.7, "names": 0.6, "words": 0.5, "title": 0.4, "passages": 0.0,
            "score": 14.0, "lead": 3.0, "lead_other": 3.0,
            "agree": 0.5,  # dense and names are best in the first row; crowd and passages are not
        }
    )  # fmt: skip


def test_codes_of_one_matter_vote_together_and_the_lead_over_others_passes_them_by() -> None:
    scores = np.array([14.0, 11.0, 7.0, 1.0], np.float32)
    seen = dict(zip(LOOKS, looks(SIGNALS, scores, [0, 1, 2, 3], "aabc"), strict=True))
    assert (seen["lead"], seen["lead_other"], seen["agree"]) == (3.0, 7.0, 0.75)
    whole = dict(zip(LOOKS, looks(SIGNALS, scores, [0, 1, 2, 3], "aaaa"), strict=True))
    assert (whole["lead_other"], whole["agree"]) == (1.0, 1.0)


def test_the_order_says_which_row_is_the_winner() -> None:
    scores = np.array([1.0, 2.0, 9.0, 0.5], np.float32)
    seen = dict(zip(LOOKS, looks(SIGNALS, scores, [2, 1, 0, 3], "abcd"), strict=True))
    assert (seen["dense"], seen["lead"], seen["agree"]) == (0.5, 7.0, 0.25)


def test_a_single_procedure_leads_by_one() -> None:
    alone = SIGNALS[:, :1]
    seen = dict(zip(LOOKS, looks(alone, np.array([14.0], np.float32), [0], "a"), strict=True))
    assert (seen["lead"], seen["lead_other"], seen["agree"]) == (1.0, 1.0, 1.0)


def test_the_shipped_weights_are_read_by_name() -> None:
    said = json.loads(FILE.read_text("utf-8"))
    assert sorted(said["weights"]) == sorted(NAMES)
    assert sorted(said["curve"]) == sorted([*LOOKS, "constant"])
    assert ranking().weights == tuple(said["weights"][name] for name in NAMES)
    assert ranking().curve == tuple(said["curve"][name] for name in (*LOOKS, "constant"))


def test_nothing_that_speaks_for_a_procedure_counts_against_it() -> None:
    weights = dict(zip(NAMES, ranking().weights, strict=True))
    assert {name for name in ("dense", "crowd", "names", "level") if weights[name] < 0} == set()
