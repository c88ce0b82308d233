"""Careless typing: repeatable, never empty, and each kind does what its name says."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import strip_marks
from training.augment import (
    bare,
    careless,
    partly_bare,
    sounds,
    talkative,
    teencode,
    typos,
)

TEXT = "vợ tôi không biết làm giấy khai sinh ở đâu"
KINDS = (bare, partly_bare, teencode, sounds, typos, talkative, careless)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_text(kind):
    assert kind(TEXT, random.Random(5)) == kind(TEXT, random.Random(5))


def test_each_kind_does_what_it_says():
    assert bare(TEXT, random.Random(1)) == strip_marks(TEXT)
    partly = partly_bare(TEXT, random.Random(1))
    assert strip_marks(partly) == strip_marks(TEXT)
    assert partly not in (TEXT, strip_marks(TEXT))
    assert any("ko" in teencode(TEXT, random.Random(n)).split() for n in range(20))
    assert any("nàm" in sounds(TEXT, random.Random(n)).split() for n in range(400))


def test_most_texts_are_changed_and_many_stay():
    outcomes = [careless(TEXT, random.Random(n)) == TEXT for n in range(500)]
    assert 0.25 < sum(outcomes) / 500 < 0.65


@given(st.lists(st.text("abcđêộ", min_size=1, max_size=6), min_size=1), st.integers(0, 999))
def test_any_words_survive(words, seed):
    for kind in KINDS:
        assert isinstance(kind(" ".join(words), random.Random(seed)), str)
