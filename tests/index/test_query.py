"""What of a question speaks of the matter."""

from __future__ import annotations

import pytest

from index.query import content, matter


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Cho em hỏi làm giấy khai sinh hết bao nhiêu tiền vậy ạ", "làm giấy khai sinh"),
        ("xin chào, đăng ký kết hôn cần giấy tờ gì?", "đăng ký kết hôn"),
        ("ĐĂNG KÝ TẠM TRÚ mất bao lâu", "đăng ký tạm trú"),
        ("Dạ em muốn tách hộ thì làm thế nào ạ", "tách hộ"),
        ("thủ tục hoà giải tranh chấp đất đai nộp ở đâu", "hòa giải tranh chấp đất đai"),
        ("đăng ký khai sinh quá hạn", "đăng ký khai sinh quá hạn"),
    ],
)
def test_courtesy_and_the_aspect_asked_are_left_out(question: str, kept: str) -> None:
    assert matter(question) == kept


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("dang ky tam tru o dau", "dang ky tam tru"),
        ("dang ky tam tru can giay to gi", "dang ky tam tru"),
        ("thu tuc tach ho", "tach ho"),
    ],
)
def test_the_same_phrases_are_left_out_when_typed_without_marks(question: str, kept: str) -> None:
    assert matter(question) == kept


@pytest.mark.parametrize("question", ["bao lâu vậy ạ", "thủ tục này nộp ở đâu", "???", "", "Dạ!"])
def test_a_question_without_matter_gives_nothing(question: str) -> None:
    assert matter(question) == ""


def test_a_phrase_is_left_out_as_whole_words_only() -> None:
    assert matter("ạ saokê phíthẻ") == "saokê phíthẻ"
    assert matter("chàomào") == "chàomào"


def test_content_is_the_matter_or_else_the_whole_folded_question() -> None:
    assert content("Cho em hỏi TÁCH HỘ ạ") == "tách hộ"
    assert content("Bao lâu  vậy ạ?") == "bao lâu vậy ạ?"
    assert content("") == ""


@pytest.mark.parametrize(
    "named",
    [
        "chứng thực bản sao",  # sao
        "cap ban sao trich luc ho tich",
        "trợ giúp xã hội",  # giúp
        "thế chấp quyền sử dụng đất",  # thế
        "bảo vệ trẻ em",  # em
        "đóng tiền sử dụng đất",  # tiền
        "thuế phí trước bạ",  # phí
    ],
)
def test_a_word_of_the_matter_is_kept_though_it_is_also_one_of_courtesy(named: str) -> None:
    assert matter(named) == named


@pytest.mark.parametrize(
    "question",
    [
        "cho em hoi dang ky tam tru",
        "dang ky tam tru het bao nhieu tien",
        "cho em hoi dang ky tam tru o dau",
        "em muon dang ky tam tru",
    ],
)
def test_courtesy_without_marks_is_left_out_too(question: str) -> None:
    assert matter(question) == "dang ky tam tru"
