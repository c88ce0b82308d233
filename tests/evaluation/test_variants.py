"""Questions typed worse: each variant changes what it says and nothing else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.variants import VARIANTS, polite, typos, unaccented
from index.text import fold, strip_marks

QUESTION = "Vợ tôi mới sinh con, làm giấy khai sinh ở đâu?"


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_is_repeatable_and_different(name):
    assert VARIANTS[name](QUESTION, 3) == VARIANTS[name](QUESTION, 3) != QUESTION


@pytest.mark.parametrize("name", ["NFD", "upper case"])
def test_some_variants_only_look_different(name):
    assert fold(VARIANTS[name](QUESTION, 0)) == fold(QUESTION)


def test_without_diacritics_the_letters_stay():
    assert unaccented(QUESTION, 0) == strip_marks(QUESTION)
    assert unaccented(unicodedata.normalize("NFD", QUESTION), 0) == strip_marks(QUESTION)


def test_courtesy_stands_around_the_question():
    assert "làm giấy khai sinh ở đâu" in polite(QUESTION, 1)
    assert len({polite(QUESTION, seed) for seed in range(4)}) == 4


def test_the_share_of_slips_is_about_what_was_asked():
    long = "bình thường nói thì không biết trước được điều " * 200
    changed = sum(a != b for a, b in zip(typos(0.05)(long, 1).split(), long.split(), strict=True))
    letters = sum(c.isalpha() for c in long)
    assert 0.03 * letters < changed < 0.06 * letters


@given(st.text(max_size=60), st.integers(0, 99))
def test_any_text_survives_every_variant(text, seed):
    for variant in VARIANTS.values():
        assert isinstance(variant(text, seed), str)


@given(st.text(max_size=60))
def test_without_slips_nothing_changes(text):
    assert typos(0.0)(text, 1) == text
