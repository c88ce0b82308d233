"""What a mistyped word may have been: candidates, never a choice."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.restore import MODEL
from index.spelling import bare_slips, by_sound, likely, one_slip, table, telex
from index.text import fold, strip_marks

TONE_KEYS = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
SYLLABLE = re.compile(
    r"(?:ngh?|[gckpt]h|tr|qu|gi|[bcdđghklmnprstvx])?"
    r"[aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]{1,3}"
    r"(?:ch|nh|ng|[cmnpt])?"
)
LETTERS = "abcdđeêghiklmnopqrstuưvxyạảãáà"


def keys(word: str) -> str:
    """What telex takes to type ``word``, its tone at the end."""
    typed, tone = "", ""
    for part in unicodedata.normalize("NFD", word):
        if part in TONE_KEYS:
            tone = TONE_KEYS[part]
        elif part == "\u0302":
            typed += typed[-1]
        else:
            typed += "w" if part in "\u0306\u031b" else "dd" if part == "đ" else part
    return typed + tone


def frequent() -> list[str]:
    """Proper syllables with a mark that the shipped model has often seen."""
    with np.load(MODEL) as file:
        seen = zip(file["syllables"].tolist(), file["single"].tolist(), strict=True)
        words = [word for word, count in seen if count >= 60 and SYLLABLE.fullmatch(word)]
    return [word for word in words if strip_marks(word) != word and len(keys(word)) > 2]


def distance(one: str, other: str) -> int:
    """Letters added, lost, changed, or swapped with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and (a, b) == (other[j - 2], one[i - 2]):
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


@pytest.mark.parametrize("name", ["abbreviations", "synonyms"])
def test_a_table_is_folded_names_a_thing_once_and_means_something(name: str) -> None:
    rows = table(name)
    assert len(rows) > 50
    assert [typed for typed in rows if typed != fold(typed)] == []
    assert [typed for typed, meant in rows.items() if len(meant) != 1] == []
    assert [meant for found in rows.values() for meant in found if meant != fold(meant)] == []
    assert "" not in {*rows, *(meant for found in rows.values() for meant in found)}


def test_no_short_form_is_an_everyday_word() -> None:
    words = (
        "hỏng mô kg ca tàu tau nhà nha thi thì xa lại con cha mẹ bà ông xe sổ thẻ phí án".split()
    )
    assert [word for word in words if word in table("abbreviations")] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddang", "đang"),
        ("ddawng", "đăng"),
        ("kys", "ký"),
        ("dduwowcj", "được"),
        ("dduwocj", "được"),
        ("dduowcj", "được"),
        ("nguwowif", "người"),
        ("giaays", "giấy"),
        ("quyeetj", "quyệt"),
        ("gif", "gì"),
        ("giaf", "già"),
        ("quas", "quá"),
        ("thuees", "thuế"),
        ("hoas", "hóa"),
        ("thuyr", "thủy"),
        ("hoanf", "hoàn"),
        ("nghix", "nghĩ"),
    ],
)
def test_telex_keys_give_the_word_they_type(typed: str, meant: str) -> None:
    assert telex(typed) == meant


def test_the_telex_keys_of_every_frequent_syllable_give_it_back() -> None:
    words = frequent()
    assert len(words) > 1000
    assert {word: telex(keys(word)) for word in words if telex(keys(word)) != word} == {}


@pytest.mark.parametrize("word", ["lam", "giay", "as", "đăngf", "a1", "", "2026", "ký", "ng", "hs"])
def test_what_telex_keys_could_not_have_typed_is_nothing(word: str) -> None:
    assert telex(word) is None


@given(st.text(max_size=12))
def test_telex_takes_any_text_and_never_gives_the_same_back(text: str) -> None:
    assert telex(text) != text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nàm", "làm"), ("xinh", "sinh"), ("trứng", "chứng"), ("giãi", "giải"), ("zấy", "giấy"),
        ("rấy", "giấy"), ("dấy", "giấy"), ("fép", "phép"), ("wốc", "quốc"), ("mấc", "mất"),
        ("tên", "têng"), ("kăn", "căn"), ("ngề", "nghề"), ("gi", "gy"), ("về", "dề"), ("xả", "xã"),
    ],
)  # fmt: skip
def test_words_that_sound_alike_are_spellings_of_each_other(one: str, other: str) -> None:
    assert other in by_sound(one)
    assert one in by_sound(other)


@given(st.text(LETTERS, min_size=1, max_size=7))
def test_sounding_alike_goes_both_ways_and_is_never_the_word_itself(word: str) -> None:
    for other in by_sound(word):
        assert other != word
        assert word in by_sound(other)


@given(st.text("abcghi", max_size=6))
def test_a_slip_is_one_letter_more_less_another_or_two_swapped(word: str) -> None:
    assert {slip for slip in one_slip(word) if distance(word, slip) > 1} == set()


@given(st.text("abcghi", min_size=1, max_size=6), st.data())
def test_every_such_slip_is_found(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdeghiklmnopqrstuvxy"))
    head, tail = word[:at], word[at + 1 :]
    slips = set(one_slip(word))
    assert {head + tail, head + letter + tail, head + letter + word[at:], word + letter} <= slips
    if tail:
        assert head + tail[0] + word[at] + tail[1:] in slips


def test_likely_are_the_known_ones_among_sounds_and_telex() -> None:
    known = {"làm", "lạm", "ký", "kỹ", "giải", "nam"}
    assert likely("nàm", known) == {"làm"}
    assert likely("kys", known) == {"ký"}
    assert likely("giãi", known) == {"giải"}
    assert likely("zzz", known) == set()


def test_bare_slips_are_known_and_leave_the_marks_aside() -> None:
    known = {"giay", "gia", "day", "lam"}
    assert bare_slips("giấyy", known) == {"giay"}
    assert bare_slips("giấy", known) == {"gia"}
    assert bare_slips("giay", known) == {"gia"}
