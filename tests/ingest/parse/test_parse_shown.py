from __future__ import annotations

import pytest

from ingest.parse.papers import Row
from ingest.parse.shown import kind


@pytest.mark.parametrize(
    ("words", "caption", "expected"),
    [
        ("Thẻ học sinh", "* Giấy tờ phải xuất trình:", "present"),
        ("Thẻ học sinh", "* Giấy tờ phải nộp:", "submit"),
        ("Thẻ học sinh", "Giấy tờ phải xuất trình (nộp bản chụp có chữ ký):", "present"),
        ("Thẻ học sinh", "Khi đổi thẻ (việc xuất trình có thể làm qua mạng):", "submit"),
        ("Thông tin về lớp học. Nếu không tra được thì xuất trình giấy tờ", "", "present"),
        ("Thẻ học sinh", "Xuất trình hoặc gửi các giấy tờ:", "present"),
        ("Thẻ học sinh", "Bản sao và xuất trình bản chính để đối chiếu:", "submit"),
        ("- Xuất trình thẻ học sinh", "", "present"),
        ("Trình báo mất sách theo mẫu", "Giấy tờ phải nộp", "submit"),
        ("Trình thủ thư: thẻ học sinh", "", "present"),
        ("Các loại giấy tờ người mượn phải xuất trình: thẻ học sinh", "", "present"),
        ("Đơn xin mượn sách", "--", "submit"),
        ("Thẻ học sinh", "Trường hợp ủy quyền phải kèm theo giấy, xuất trình thẻ:", "submit"),
        (
            "Bản sao thẻ; trường hợp nộp bản chụp thì xuất trình bản chính để đối chiếu",
            "",
            "submit",
        ),
        ("Bản sao thẻ. Bạn đọc phải xuất trình bản gốc để đối chiếu", "", "submit"),
        ("Giấy ủy quyền (người được ủy quyền phải xuất trình thẻ học sinh)", "", "submit"),
        ("Thẻ cũ. Trường hợp mượn xe phải xuất trình thêm hợp đồng mượn", "", "submit"),
        ("Tệp đơn. Nếu không có chữ ký số thì xuất trình thẻ học sinh", "", "submit"),
        ("Trường hợp mượn hộ phải kèm theo giấy ủy quyền và xuất trình thẻ", "", "submit"),
        ("Trường hợp mượn hộ thì nộp bản sao hoặc xuất trình thẻ", "", "submit"),
        ("Thư viện phải trình Bộ tài liệu về kho sách", "", "submit"),
        ("Thẻ thư viện (bản chính xuất trình tại thời điểm kiểm tra)", "", "submit"),
        ("Thẻ học sinh (xuất trình)", "", "present"),
        ("Thẻ học sinh còn hạn xuất trình tại quầy", "", "present"),
        ("+ Giấy tờ xuất trình: bản chính thẻ", "", "present"),
        ("Người mượn sách xuất trình một trong các giấy tờ sau: thẻ", "", "present"),
        ("Trường hợp mượn hộ thì bạn đọc xuất trình thẻ học sinh", "", "present"),
        (
            "Thông tin chứng minh lớp học. Nếu không tra được thì bạn đọc xuất trình giấy tờ",
            "",
            "present",
        ),
    ],
)
def test_papers_that_are_only_shown(words: str, caption: str, expected: str):
    assert kind(Row(words, 1, 0, caption)) == expected
