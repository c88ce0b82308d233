"""BM25 as Lucene counts it, held against values worked out by hand.

With k1 = 1.2, b = 0.75, N documents of mean length L, a term in n of them and
f times in a document of length l scores
``ln(1 + (N - n + 0.5) / (n + 0.5)) * f / (f + k1 * (1 - b + b * l / L))``.
"""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from numpy.testing import assert_allclose

from index.lexical import Lexical

DOCUMENTS = [["a", "b", "a"], ["b", "c"], ["c", "c", "d", "e"]]  # mean length 3
IDF_OF_ONE = math.log(1 + 2.5 / 1.5)  # 0.980829
IDF_OF_TWO = math.log(1 + 1.5 / 2.5)  # 0.470004
IDF_OF_NONE = math.log(1 + 3.5 / 0.5)  # 2.079442


def test_a_term_scores_by_rarity_count_and_length() -> None:
    scores = Lexical.of(DOCUMENTS).scores(["a"])
    assert_allclose(scores, [IDF_OF_ONE * 2 / (2 + 1.2), 0, 0], rtol=1e-6)
    assert_allclose(scores, [0.613018, 0, 0], rtol=1e-5)


def test_a_shorter_document_scores_higher_for_the_same_count() -> None:
    scores = Lexical.of(DOCUMENTS).scores(["b"])
    short = 1.2 * (0.25 + 0.75 * 2 / 3)  # 0.9
    assert_allclose(scores, [IDF_OF_TWO / 2.2, IDF_OF_TWO / (1 + short), 0], rtol=1e-6)


def test_the_scores_of_several_terms_are_added() -> None:
    scores = Lexical.of(DOCUMENTS).scores(["a", "c"])
    assert_allclose(scores, [0.613018, 0.247370, 0.268574], rtol=1e-5)


def test_a_term_asked_twice_counts_twice() -> None:
    index = Lexical.of(DOCUMENTS)
    assert_allclose(index.scores(["c", "c"]), 2 * index.scores(["c"]), rtol=1e-6)


@pytest.mark.parametrize("terms", [["z"], ["z", "y"], []])
def test_unknown_terms_score_nothing(terms: list[str]) -> None:
    assert Lexical.of(DOCUMENTS).scores(terms).tolist() == [0.0, 0.0, 0.0]


def test_an_unknown_term_beside_known_ones_changes_nothing() -> None:
    index = Lexical.of(DOCUMENTS)
    assert index.scores(["z", "a"]).tolist() == index.scores(["a"]).tolist()


def test_the_ideal_is_each_term_once_in_a_document_of_mean_length() -> None:
    index = Lexical.of(DOCUMENTS)
    assert index.ideal(["a"]) == pytest.approx(IDF_OF_ONE / 2.2)
    assert index.ideal(["a", "c"]) == pytest.approx((IDF_OF_ONE + IDF_OF_TWO) / 2.2)
    assert index.ideal(["a", "c"]) == pytest.approx(0.659470, abs=1e-6)
    assert index.ideal([]) == 0.0


def test_the_ideal_of_an_unknown_term_is_that_of_the_rarest() -> None:
    assert Lexical.of(DOCUMENTS).ideal(["z"]) == pytest.approx(IDF_OF_NONE / 2.2)


def test_a_document_of_mean_length_with_each_term_once_reaches_the_ideal() -> None:
    index = Lexical.of([["a", "b"], ["b", "c"], ["c", "d"]])
    assert index.scores(["a", "b"])[0] == pytest.approx(index.ideal(["a", "b"]), rel=1e-6)


def test_rare_bigrams_are_dropped_and_rare_syllables_are_kept() -> None:
    documents = [["a", "b", "a_b"], ["a", "c", "a_c"], ["a", "b", "a_b"]]
    index = Lexical.of(documents, rarest=2)
    assert index.scores(["a_c"]).tolist() == [0.0, 0.0, 0.0]
    # Without a_c the lengths are 3, 2, 3.
    n_of_one = math.log(1 + 2.5 / 1.5) / (1 + 1.2 * (0.25 + 0.75 * 2 / (8 / 3)))
    assert_allclose(index.scores(["c"]), [0, n_of_one, 0], rtol=1e-6)
    held_by_two = math.log(1 + 1.5 / 2.5) / (1 + 1.2 * (0.25 + 0.75 * 3 / (8 / 3)))
    assert_allclose(index.scores(["a_b"]), [held_by_two, 0, held_by_two], rtol=1e-6)


def test_every_bigram_is_kept_unless_said_otherwise() -> None:
    assert Lexical.of([["a_c"], ["b"]]).scores(["a_c"])[0] > 0.3


def test_a_document_without_terms_keeps_its_place() -> None:
    index = Lexical.of([[], ["a"], ["x_y"]], rarest=2)
    assert len(index) == 3
    assert_allclose(index.scores(["a"]), [0, IDF_OF_ONE / 2.2, 0], rtol=1e-6)
    assert index.scores(["x_y"]).tolist() == [0.0, 0.0, 0.0]


def test_an_index_saved_and_loaded_scores_the_same(tmp_path: Path) -> None:
    index = Lexical.of([["đường", "số"], ["số", "nhà"], ["nhà"]])
    index.save(tmp_path / "dữ liệu")
    loaded = Lexical.load(tmp_path / "dữ liệu")
    assert len(loaded) == 3
    for terms in (["số"], ["nhà", "đường"], ["lạ"]):
        assert loaded.scores(terms).tolist() == index.scores(terms).tolist()
        assert loaded.ideal(terms) == index.ideal(terms)
