"""Vietnamese text rules: one spelling for what people type in many."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import (
    clean,
    fold,
    mostly_bare,
    nfc,
    old_style,
    strip_marks,
    stripped_terms,
    syllables,
    words,
)

LETTERS = "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
)
VIETNAMESE = st.text(LETTERS + LETTERS.upper() + "bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX 0.,?")
INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068"
    "\u2069\ufeff"
)


def test_a_decomposed_text_becomes_the_composed_one() -> None:
    typed_on_a_mac = "Đa\u0306ng ky\u0301"
    assert nfc(typed_on_a_mac) == "Đăng ký"
    assert fold(typed_on_a_mac) == "đăng ký"


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("huỷ", "hủy"),
        ("xoá", "xóa"),
        ("toạ đàm", "tọa đàm"),
        ("HOÀ GIẢI", "HÒA GIẢI"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("Oà", "Òa"),
        ("hoà2", "hòa2"),
    ],
)
def test_a_tone_mark_moves_to_the_first_vowel_of_an_open_syllable(new: str, old: str) -> None:
    assert old_style(new) == old


@pytest.mark.parametrize(
    "text", ["quý", "QUÝ", "quỳnh", "hoàn", "thuyền", "khuỵu", "khoản", "hòa", "thủy", "quả"]
)
def test_a_tone_mark_stays_after_q_in_closed_syllables_and_where_it_is_already(text: str) -> None:
    assert old_style(text) == text


@given(VIETNAMESE)
def test_moving_tone_marks_twice_changes_nothing_more(text: str) -> None:
    assert old_style(old_style(text)) == old_style(text)


@given(VIETNAMESE)
def test_moving_tone_marks_keeps_the_letters_below_them(text: str) -> None:
    assert strip_marks(old_style(text)) == strip_marks(text)


@given(VIETNAMESE)
def test_cleaning_and_folding_twice_change_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_composed_and_decomposed_texts_clean_to_the_same(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert clean(decomposed) == clean(text)
    assert strip_marks(decomposed) == strip_marks(text)


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda c: f"U+{ord(c):04X}")
def test_an_invisible_character_is_removed(character: str) -> None:
    assert clean(f"{character}khai{character} sinh{character}") == "khai sinh"
    assert syllables(f"kh{character}ai sinh") == ["khai", "sinh"]


@pytest.mark.parametrize(("typed", "meant"), [("ho\u00adà", "hòa"), ("hoà\u200bn", "hoàn")])
def test_an_invisible_character_does_not_disturb_a_tone_mark(typed: str, meant: str) -> None:
    assert clean(typed) == meant


def test_spaces_of_every_kind_become_one() -> None:
    assert clean("  Đăng\u00a0ký \t khai\r\n\u2003sinh ") == "Đăng ký khai sinh"


def test_folding_takes_letter_case_away_and_cleaning_keeps_it() -> None:
    assert clean("HOÀ  Bình") == "HÒA Bình"
    assert fold("HOÀ  Bình") == "hòa bình"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Đường", "Duong"),
        ("đăng ký", "dang ky"),
        ("Nghị định 104/2022/NĐ-CP", "Nghi dinh 104/2022/ND-CP"),
        ("thưởng", "thuong"),
        ("abc 12", "abc 12"),
    ],
)
def test_stripping_takes_every_mark_off(text: str, bare: str) -> None:
    assert strip_marks(text) == bare


@given(VIETNAMESE)
def test_stripping_leaves_plain_letters_only(text: str) -> None:
    assert strip_marks(text).isascii()
    assert len(strip_marks(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("dang ky khai sinh", True),
        ("dang ký khai sinh cho con", True),  # a stray mark: 1 of 6
        ("đăng ký khai sinh", False),  # 2 of 4
        ("một hai ba bốn nam sau bay tam chin muoi", True),  # 2 of 10
        ("một hai ba bốn năm sau bay tam chin muoi", False),  # 3 of 10
        ("", False),
        ("?!", False),
        ("2026", True),
    ],
)
def test_a_text_is_bare_when_fewer_than_three_syllables_in_ten_bear_a_mark(
    text: str, bare: bool
) -> None:
    assert mostly_bare(text) is bare


def test_syllables_are_folded_and_parted_by_anything_but_letters_and_digits() -> None:
    assert syllables("Nghị-định 104/2022 (UỶ_ban).") == ["nghị", "định", "104", "2022", "ủy", "ban"]


def test_stripped_terms_are_syllables_and_then_bigrams() -> None:
    assert stripped_terms("Đường số 5") == ["duong", "so", "5", "duong_so", "so_5"]
    assert stripped_terms("Huyện") == ["huyen"]
    assert stripped_terms(" ?! ") == []


@given(VIETNAMESE)
def test_stripped_terms_do_not_care_about_marks(text: str) -> None:
    assert stripped_terms(strip_marks(text)) == stripped_terms(text)


def test_words_join_the_syllables_of_one_word() -> None:
    sentence = "Đăng ký khai sinh cho con ở Uỷ ban nhân dân xã."
    assert words(sentence) == [
        "đăng_ký", "khai_sinh", "cho", "con", "ở", "ủy", "ban_nhân_dân", "xã",
    ]  # fmt: skip


def test_words_leave_punctuation_out_and_nothing_gives_none() -> None:
    assert words("Phí, lệ phí?") == ["phí", "lệ_phí"]
    assert words("") == []
    assert words("?!") == []
