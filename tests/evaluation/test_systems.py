"""The baselines find what a small collection makes obvious, each in its own way."""

import pytest

from evaluation.kept_vectors import KeptVectors
from evaluation.systems import (
    DenseAlone,
    Ours,
    PlainLangChain,
    RandomOrder,
    SyllableBM25,
    Txtai,
    first_codes,
    full_text,
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return KeptVectors(tmp_path_factory.mktemp("kept"))


@pytest.mark.parametrize("build", [Ours, DenseAlone])
def test_searching_systems_find_the_card(build, tiny_searcher):
    assert build(tiny_searcher).search("làm thẻ đọc sách", 3)[0] == "9.000001"


def test_bm25_needs_the_words_as_typed(tiny_records):
    system = SyllableBM25(tiny_records)
    assert system.search("chìa khóa trưởng thôn", 2)[0] == "9.000002"
    assert system.search("xyzzy", 2) == []


@pytest.mark.parametrize("build", [PlainLangChain, Txtai])
def test_chunk_systems_give_each_record_once(build, tiny_records, encoder, kept):
    found = build(tiny_records, encoder, kept).search("cấp lại thẻ thư viện bị mất", 5)
    assert found[0] == "9.000003"
    assert len(found) == len(set(found))


def test_random_order_is_repeatable_and_ignores_the_question():
    system = RandomOrder(["a", "b", "c", "d"])
    assert system.search("gì", 4) == system.search("ai", 4)


def test_the_first_different_codes():
    assert first_codes(iter("aabcab"), 2) == ["a", "b"]


def test_a_document_holds_every_section(tiny_records):
    text = full_text(tiny_records[0])
    assert all(words in text for words in ("Cấp thẻ thư viện", "5.000 đồng", "Thư viện trao thẻ"))


def test_kept_vectors_are_encoded_once(tmp_path, encoder):
    class Counting:
        name, dimension, asked = encoder.name, encoder.dimension, 0

        def documents(self, texts):
            Counting.asked += len(texts)
            return encoder.documents(texts)

    first = KeptVectors(tmp_path).rows(["một", "hai", "một"], Counting())
    again = KeptVectors(tmp_path).rows(["hai", "ba"], Counting())
    assert Counting.asked == 3
    assert first[1] == pytest.approx(again[0])
    assert first[0] == pytest.approx(first[2])
