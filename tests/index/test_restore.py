"""Putting diacritics back: what is right stays, what is bare or mistyped is mended."""

from __future__ import annotations

import itertools
import math
import random
import re
import unicodedata
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.restore import BREAK, MODEL, Restored, Restorer, pieces, restorer
from index.text import strip_marks
from ingest.phrases import read_phrases
from ingest.read import read_curated

SURELY_KNOWN = 8


@cache
def counts() -> dict[str, int]:
    """How often the shipped model has seen each syllable."""
    with np.load(MODEL) as file:
        return dict(zip(file["syllables"].tolist(), file["single"].tolist(), strict=True))


@cache
def accented() -> list[str]:
    """Syllables with a mark that the model knows well."""
    found = [s for s, count in counts().items() if count >= SURELY_KNOWN and strip_marks(s) != s]
    return sorted(found)


@cache
def sentences() -> list[str]:
    """A few hundred of our own, drawn once, and the names of the curated records."""
    said = sorted({entry.text for entries in read_phrases().values() for entry in entries})
    drawn = random.Random(7).sample(said, min(300, len(said)))
    return [*drawn, *(record.name for record in read_curated())]


def best(text: str) -> str:
    return restorer().restore(text)[0].text


@pytest.mark.parametrize(
    "meant",
    [
        "làm giấy khai sinh",
        "đăng ký kết hôn",
        "đăng ký tạm trú cho người thuê trọ",
        "xin giấy phép xây nhà",
        "con tôi bị mất thẻ bảo hiểm y tế",
        "đổi giấy phép lái xe",
        "chồng tôi mới mất cần làm gì",
        "xin xác nhận độc thân để cưới vợ",
    ],
)
def test_a_bare_question_gets_its_diacritics_back(meant: str) -> None:
    assert best(strip_marks(meant)) == meant


def test_most_bare_sentences_of_our_own_come_back_whole() -> None:
    asked = [" ".join(pieces(s)) for s in sentences()]
    right = sum(best(strip_marks(s)) == s for s in asked)
    assert right > 0.75 * len(asked)


def test_no_syllable_that_is_known_well_is_changed_when_it_stands_alone() -> None:
    assert {word: best(word) for word in accented() if best(word) != word} == {}


@given(st.lists(st.sampled_from(accented()), min_size=1, max_size=8))
def test_no_accented_word_is_changed_whatever_stands_beside_it(words: list[str]) -> None:
    assert best(" ".join(words)) == " ".join(words)


@given(st.lists(st.sampled_from([*accented()[::7], "lam", "giay", "nha", "1", "?"]), max_size=8))
def test_no_accented_word_is_changed_among_bare_ones(words: list[str]) -> None:
    kept = zip(words, best(" ".join(words)).split(), strict=True)
    assert [(a, b) for a, b in kept if strip_marks(a) != a and a != b] == []


def test_accented_words_of_our_own_sentences_are_never_changed() -> None:
    changed = [
        (sentence, typed, restored)
        for sentence in sentences()
        for typed, restored in zip(pieces(sentence), best(sentence).split(), strict=True)
        if typed != restored
        and strip_marks(typed) != typed
        and counts().get(typed, 0) >= SURELY_KNOWN
    ]
    assert changed == []


def test_nearly_all_of_our_own_sentences_stay_to_the_letter() -> None:
    changed = [s for s in sentences() if best(s) != " ".join(pieces(s))]
    assert len(changed) <= 0.02 * len(sentences())


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_unicode_forms_and_capitals_are_read_alike(form: str) -> None:
    for sentence in sentences()[:60]:
        expected = best(sentence)
        assert best(unicodedata.normalize(form, sentence)) == expected  # type: ignore[arg-type]
        assert best(unicodedata.normalize(form, sentence.upper())) == expected  # type: ignore[arg-type]


def test_the_new_style_of_tone_marks_is_read_like_the_old() -> None:
    assert best("xoá đăng ký thường trú, huỷ hồ sơ, hoà giải") == (
        "xóa đăng ký thường trú , hủy hồ sơ , hòa giải"
    )


def test_a_reading_of_a_bare_text_is_read_as_itself() -> None:
    asked = [best(strip_marks(sentence)) for sentence in sentences()]
    again = [best(reading) for reading in asked]
    assert sum(a != b for a, b in zip(asked, again, strict=True)) <= 0.01 * len(asked)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng kys khai sinh", "đăng ký khai sinh"),
        ("caaps ther baor hieemr y tees", "cấp thẻ bảo hiểm y tế"),
        ("tôi muốn dduwocj cấp giấy", "tôi muốn được cấp giấy"),
        ("nàm giấy khai sinh", "làm giấy khai sinh"),
        ("ddăng ký khai sinh", "đăng ký khai sinh"),
        ("giãi quyết khiếu nại", "giải quyết khiếu nại"),
        ("chứng thực bãn sao", "chứng thực bản sao"),
        ("trứng minh nhân dân", "trứng minh nhân dân"),  # a word that there is
        ("chứng thựt bản sao", "chứng thực bản sao"),
        ("giấy phép sây dựng", "giấy phép xây dựng"),
        ("giáy khai sinh", "giấy khai sinh"),
        ("giấyy khai sinh", "giấy khai sinh"),
        ("bảo hểim y tế", "bảo hiểm y tế"),
    ],
)
def test_slips_of_telex_ear_and_finger_are_mended(typed: str, meant: str) -> None:
    assert best(typed) == meant


@pytest.mark.parametrize("word", ["vneid", "zalo", "wifi", "photo", "iphone", "samsung", "xyzw"])
def test_a_foreign_word_stays(word: str) -> None:
    assert best(f"nộp trên {word} được không") == f"nộp trên {word} được không"
    assert word in best(f"nop tren {word} duoc khong").split()


def test_numbers_and_marks_stay_where_they_are() -> None:
    assert best("Nop 2 ban, theo mau 01/ABC?") == "nộp 2 bản , theo mẫu 01 / abc ?"


def test_nothing_is_one_empty_reading() -> None:
    assert [found.text for found in restorer().restore("", best=3)] == [""]
    assert best(" \u200b\n") == ""


@given(st.text(max_size=40), st.integers(1, 4))
def test_any_text_survives_piece_by_piece(text: str, most: int) -> None:
    typed, found = pieces(text), restorer().restore(text, best=most)
    assert 1 <= len(found) <= most
    assert len({reading.text for reading in found}) == len(found)
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    for reading in found:
        restored = reading.text.split(" ") if typed else []
        assert len(restored) == len(typed)
        assert [b for a, b in zip(typed, restored, strict=True) if not a.isalpha() and a != b] == []


@pytest.mark.parametrize("typed", ["a" * 5000, "đ" * 5000, "xin " * 300 + "a" * 300])
def test_a_very_long_word_is_no_slip_of_anything(typed: str) -> None:
    assert best(typed).split()[-1] == typed.split()[-1]


@given(st.text(max_size=40))
def test_pieces_are_the_same_once_they_are_joined(text: str) -> None:
    assert pieces(" ".join(pieces(text))) == pieces(text)


# A model small enough to reckon by hand: "nhà ở" and "nhả ra", in 100 syllables in all.
SINGLE = {BREAK: 40, "nhà": 30, "nhả": 10, "ở": 15, "ra": 5}
PAIRS = {(BREAK, "nhà"): 20, (BREAK, "nhả"): 10, ("nhà", "ở"): 15, ("nhả", "ra"): 5}
TRIPLES = {(BREAK, "nhà", "ở"): 12, ("nhà", "ở", BREAK): 9}


@pytest.fixture
def small(tmp_path: Path) -> Restorer:
    number = {word: at for at, word in enumerate(SINGLE)}
    tables: dict[str, np.ndarray] = {
        "syllables": np.array(list(SINGLE)),
        "single": np.array(list(SINGLE.values()), np.uint32),
    }
    for size, runs in ((2, PAIRS), (3, TRIPLES)):
        rows = [[number[word] for word in run] for run in runs]
        tables[f"run{size}"] = np.array(rows, np.uint16)
        tables[f"count{size}"] = np.array(list(runs.values()), np.uint32)
    np.savez_compressed(tmp_path / "small.npz", allow_pickle=False, **tables)
    return Restorer(tmp_path / "small.npz")


def chance(first: str, second: str, third: str) -> float:
    """0.62 of the triple's share in its pair, 0.30 of the pair's in its syllable, 0.08 alone."""
    by_three = TRIPLES.get((first, second, third), 0) / max(PAIRS.get((first, second), 0), 1)
    by_two = PAIRS.get((second, third), 0) / SINGLE[second]
    return math.log(0.62 * by_three + 0.30 * by_two + 0.08 * SINGLE[third] / 100 + 1e-7)


def reckoned(typed: list[list[str]]) -> list[Restored]:
    """Every path through the readings, likeliest first."""
    found = []
    for path in itertools.product(*typed):
        run = [BREAK, BREAK, *path, BREAK]
        score = sum(chance(*run[at : at + 3]) for at in range(len(run) - 2))
        found.append(Restored(" ".join(path), score))
    return sorted(found, key=lambda reading: -reading.score)


def test_a_score_is_the_logarithm_of_shares_worked_out_by_hand(small: Restorer) -> None:
    # |, |, nhà: 0.3 * 20/40 + 0.08 * 0.3; |, nhà, ở: 0.62 * 12/20 + 0.3 * 15/30 + 0.08 * 0.15;
    # nhà, ở, |: 0.62 * 9/15 + 0.08 * 0.4. Typed with marks, so nothing is added for choices.
    (found,) = small.restore("nhà ở")
    assert found.text == "nhà ở"
    by_hand = math.log(0.174) + math.log(0.534) + math.log(0.404)
    assert found.score == pytest.approx(by_hand, abs=1e-4)


def test_the_best_readings_of_a_bare_text_are_those_of_a_full_comparison(small: Restorer) -> None:
    # "ra" is a proper syllable and the only reading of itself: log 0.5 for staying as it is.
    # A bare "nha" and "o" are none, so each reading is a change at log 1.
    expected = reckoned([["nhà", "nhả"], ["ra"], ["nhà", "nhả"], ["ở"]])
    found = small.restore("nha ra nha o", best=4)
    assert [f.text for f in found] == [e.text for e in expected]
    for got, wanted in zip(found, expected, strict=True):
        assert got.score == pytest.approx(wanted.score + math.log(0.5), abs=1e-6)


def test_a_second_reading_may_differ_far_from_the_end() -> None:
    found = restorer().restore("thue nha cho sinh vien va nguoi lao dong", best=3)
    ends = {re.sub(r"^(\S+ )+?(?=sinh)", "", reading.text) for reading in found}
    assert len(found) == 3
    assert len(ends) < 3
