"""Exact nearest neighbours, held against plain numpy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray

from index.vectors import Vectors

AXES = np.eye(3, dtype=np.float32)


def unit_rows(seed: int, count: int, dimension: int) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).normal(size=(count, dimension))
    unit: NDArray[np.float32] = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype("f4")
    return unit


@given(
    st.integers(0, 2**32 - 1), st.integers(1, 60), st.sampled_from([2, 8, 384]), st.integers(1, 80)
)
def test_the_nearest_are_those_of_a_full_comparison(
    seed: int, count: int, dimension: int, k: int
) -> None:
    matrix, query = unit_rows(seed, count, dimension), unit_rows(seed + 1, 1, dimension)
    expected = matrix @ query[0]
    rows, cosines = Vectors.of(matrix).search(query, k)
    assert_allclose(cosines, np.sort(expected)[::-1][:k], atol=1e-6)
    assert_allclose(expected[rows], cosines, atol=1e-6)
    assert sorted(set(rows.tolist())) == sorted(rows.tolist())
    assert_allclose(Vectors.of(matrix).scores(query), expected, atol=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 4))
def test_products_are_every_cosine_to_every_query(seed: int, count: int, asked: int) -> None:
    matrix, queries = unit_rows(seed, count, 8), unit_rows(seed + 1, asked, 8)
    products = Vectors.of(matrix).products(queries)
    assert (products.shape, products.dtype) == ((asked, count), np.dtype("f4"))
    assert_allclose(products, queries @ matrix.T, atol=1e-6)


def test_products_outlive_the_index_and_leave_it_as_it_was(tmp_path: Path) -> None:
    matrix = unit_rows(5, 40, 16)
    Vectors.of(matrix).save(tmp_path / "a.faiss")
    vectors = Vectors.load(tmp_path / "a.faiss")
    products = vectors.products(matrix[:2])
    products[:] = 0
    assert_allclose(vectors.products(matrix[:2]), matrix[:2] @ matrix.T, atol=1e-6)
    assert_array_equal(vectors.matrix(), matrix)
    kept = vectors.products(matrix[:2])
    del vectors
    assert_allclose(kept, matrix[:2] @ matrix.T, atol=1e-6)


def test_the_nearest_come_best_first_with_their_cosines() -> None:
    query = np.array([[0.8, 0.0, 0.6]], np.float32)
    rows, cosines = Vectors.of(AXES).search(query, 2)
    assert rows.tolist() == [0, 2]
    assert_allclose(cosines, [0.8, 0.6])


def test_asking_for_more_than_there_are_gives_all_of_them() -> None:
    rows, cosines = Vectors.of(AXES).search(AXES[1:2], 99)
    assert rows.tolist()[0] == 1
    assert sorted(rows.tolist()) == [0, 1, 2]
    assert cosines.tolist() == [1.0, 0.0, 0.0]


def test_asking_for_none_gives_none() -> None:
    rows, cosines = Vectors.of(AXES).search(AXES[:1], 0)
    assert (rows.tolist(), cosines.tolist()) == ([], [])


def test_an_empty_index_finds_nothing() -> None:
    empty = Vectors.of(np.empty((0, 3), np.float32))
    rows, cosines = empty.search(AXES[:1], 5)
    assert (rows.tolist(), cosines.tolist()) == ([], [])
    assert empty.scores(AXES[:1]).tolist() == []
    assert empty.products(AXES[:2]).shape == (2, 0)
    assert (len(empty), empty.dimension, empty.matrix().shape) == (0, 3, (0, 3))


def test_rows_come_in_the_order_asked_for_and_as_often() -> None:
    matrix = unit_rows(7, 5, 4)
    vectors = Vectors.of(matrix)
    assert_array_equal(vectors.rows([3, 0, 3]), matrix[[3, 0, 3]])
    assert vectors.rows([]).shape == (0, 4)
    assert_array_equal(vectors.matrix(), matrix)


def test_an_index_saved_and_loaded_is_the_same(tmp_path: Path) -> None:
    matrix = unit_rows(11, 6, 8)
    path = tmp_path / "dữ liệu.faiss"
    Vectors.of(matrix).save(path)
    loaded = Vectors.load(path)
    assert_array_equal(loaded.matrix(), matrix)
    assert (len(loaded), loaded.dimension) == (6, 8)
    assert loaded.search(matrix[4:5], 1)[0].tolist() == [4]


def test_an_empty_index_can_be_saved_and_loaded(tmp_path: Path) -> None:
    Vectors.of(np.empty((0, 8), np.float32)).save(tmp_path / "none.faiss")
    loaded = Vectors.load(tmp_path / "none.faiss")
    assert (len(loaded), loaded.dimension) == (0, 8)
