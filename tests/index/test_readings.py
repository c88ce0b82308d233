"""What somebody meant: short forms spelt out, slips mended, a second reading only in doubt."""

from __future__ import annotations

import random
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readings import SURE, as_typed, changed, expand, mended, readings, widened
from index.restore import restorer
from index.spelling import table
from index.text import fold, strip_marks, syllables
from ingest.phrases import read_phrases
from ingest.read import read_curated


@cache
def sentences() -> list[str]:
    """A few hundred of our own without short forms, and the names of the curated records."""
    said = sorted({entry.text for entries in read_phrases().values() for entry in entries})
    drawn = random.Random(3).sample(said, min(300, len(said)))
    named = [record.name for record in read_curated()]
    return [text for text in (*drawn, *named) if expand(text) == fold(text)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("làm CCCD", "làm căn cước công dân"),
        ("cccd, bhyt.", "căn cước công dân, bảo hiểm y tế."),
        ("cmnd/cccd", "chứng minh nhân dân/căn cước công dân"),
        ("(gplx)", "(giấy phép lái xe)"),
        ("đk kh", "đăng ký kết hôn"),
        ("đk khai sinh", "đăng ký khai sinh"),
        ("K ĐC", "không được"),
        ("mần răng", "làm sao"),
        ("mần giấy", "làm giấy"),
        ("nhiêu tiền", "bao nhiêu tiền"),
        ("hết bao nhiu", "hết bao nhiêu"),
        ("đơn v/v xin nghỉ", "đơn về việc xin nghỉ"),
        ("e hỏi a ơi", "em hỏi anh ơi"),
    ],
)
def test_short_forms_are_spelt_out_the_longest_first(typed: str, meant: str) -> None:
    assert expand(typed) == meant
    assert expand(unicodedata.normalize("NFD", typed)) == meant
    assert expand(typed.upper()) == meant


@pytest.mark.parametrize(
    "text",
    [
        "a1", "bằng a1", "b2", "tt-btp", "01/2016/tt-btp", "e-mail", "e-visa", "r&d", "m&a", "v.v.",
        "a@b.vn", "dk_1", "xcccd", "cccdx", "chờ", "khác", "đkx", "1.001193",
    ],
)  # fmt: skip
def test_letters_inside_a_word_a_number_or_a_code_are_no_short_form(text: str) -> None:
    assert expand(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "hết bao nhiêu tiền", "bằng lái xe mô tô", "quy mô nhỏ", "thẻ bị hỏng", "nặng 50 kg",
        "hạng c", "hạng e", "dự án nhóm a", "du an nhom a", "chiến trường k", "hợp đồng bt",
        "lỗ hổng", "mã hs",
    ],
)  # fmt: skip
def test_a_word_that_only_looks_like_a_short_form_stays(text: str) -> None:
    assert expand(text) == text


def test_every_short_form_alone_gives_its_full_words() -> None:
    short = table("abbreviations")
    assert {
        typed: expand(typed) for typed, (meant,) in short.items() if expand(typed) != meant
    } == {}


@pytest.mark.parametrize("name", ["abbreviations", "synonyms"])
def test_full_words_stay_as_they_are(name: str) -> None:
    put = expand if name == "abbreviations" else widened
    full = sorted({meant for (meant,) in table(name).values()})
    assert {text: put(text) for text in full if put(text) != text} == {}


@given(st.text(max_size=40))
def test_any_text_can_be_expanded_and_twice_is_no_more(text: str) -> None:
    assert expand(expand(text)) == expand(text)


@given(st.lists(st.sampled_from([*table("abbreviations"), "cho", "con", "ở đâu", "?"]), max_size=6))
def test_expanding_short_forms_twice_is_no_more(words: list[str]) -> None:
    once = expand(" ".join(words))
    assert expand(once) == once


def test_our_own_sentences_typed_properly_are_their_only_reading() -> None:
    asked = sentences()
    assert len(asked) > 150
    other = [text for text in asked if readings(text) != [as_typed(text)]]
    assert len(other) <= 0.03 * len(asked)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_forms_and_capitals_are_read_alike(form: str) -> None:
    for text in sentences()[:60]:
        assert readings(unicodedata.normalize(form, text.upper())) == readings(text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lam cccd o dau", "làm căn cước công dân ở đâu"),
        ("dk kh can giay to gi", "đăng ký kết hôn cần giấy tờ gì"),
        ("Mất gplx rồi", "mất giấy phép lái xe rồi"),
        ("het bao nhiu tien", "hết bao nhiêu tiền"),
    ],
)
def test_short_forms_and_marks_are_mended_together(typed: str, meant: str) -> None:
    assert mended(typed) == meant
    assert readings(typed)[0] == meant


def test_a_second_reading_comes_only_where_the_first_is_unsure() -> None:
    asked = [strip_marks(text) for text in sentences()]
    for text in asked:
        first, second = restorer().restore(expand(text), best=2)
        expected = [first.text] + [second.text] * (second.score > first.score - SURE)
        assert readings(text) == expected
    doubtful = sum(len(readings(text)) > 1 for text in asked)
    assert 0 < doubtful < 0.5 * len(asked)
    assert sum(len(readings(text)) > 1 for text in sentences()) <= 0.03 * len(asked)


@given(st.text(max_size=40), st.integers(1, 3))
def test_any_text_has_a_reading_and_never_more_than_asked_for(text: str, most: int) -> None:
    found = readings(text, most)
    assert 1 <= len(found) <= most
    assert len(set(found)) == len(found)


@given(st.text(max_size=40))
def test_a_text_as_typed_is_so_already(text: str) -> None:
    assert as_typed(as_typed(text)) == as_typed(text)
    assert "".join(syllables(as_typed(text))) == "".join(syllables(text))


def test_a_class_or_a_form_s_number_stays_one_word() -> None:
    assert as_typed("hạng A1, mẫu TK01") == "hạng a1 , mẫu tk01"
    assert mended("doi bang lai xe b2 sau 3ngay") == "đổi bằng lái xe b2 sau 3 ngày"


def test_a_reading_differs_in_more_than_diacritics_or_only_in_them() -> None:
    assert not changed("LAM giay khai sinh", "làm giấy khai sinh")
    assert not changed("khai sinh,kết hôn", "khai sinh , kết hôn")
    assert changed("ddawng ký", "đăng ký")
    assert changed("làm cccd", "làm căn cước công dân")


@pytest.mark.parametrize(
    ("said", "recorded"),
    [
        ("làm sổ đỏ", "làm giấy chứng nhận quyền sử dụng đất"),
        ("đổi bằng lái xe", "đổi giấy phép lái xe"),
        ("đổi bằng lái", "đổi giấy phép lái xe"),
        ("gia hạn visa", "gia hạn tạm trú"),
        ("xin visa", "xin thị thực"),
        ("hộ nghèo hộ cận nghèo", "hộ nghèo hộ cận nghèo"),
        ("nghĩa vụ quân sự", "nghĩa vụ quân sự"),
        ("mai táng phí", "mai táng phí"),
        ("cướiabc", "cướiabc"),
        ("khai sinh", "khai sinh"),
    ],
)
def test_what_people_say_is_put_into_the_records_words_once(said: str, recorded: str) -> None:
    assert widened(said) == recorded
    assert widened(recorded) == recorded
