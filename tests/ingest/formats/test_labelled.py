from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.blocks import Table, Text
from ingest.formats.labelled import LABELS, code_in, record
from ingest.formats.rows import RefusedError
from ingest.formats.tables import kind_of

HEAD = [Text("Mã thủ tục: 9.000001"), Text("Tên thủ tục: Cấp thẻ"), Text("Lĩnh vực: Thư viện")]
WAYS = ("Hình thức nộp", "Thời gian", "Phí, lệ phí", "Mô tả")
PAPERS = ("Tên giấy tờ", "Mẫu đơn, tờ khai", "Số lượng")


def test_a_row_across_the_table_of_ways_is_kept_as_text():
    rows = (WAYS, ("Nộp trong giờ hành chính.",), ("Trực tiếp", "1 Ngày", "", ""))
    made = record([*HEAD, Text("Cách thức thực hiện:"), Table(rows)])
    assert made["content"]["cách_thức_thực_hiện"] == "Nộp trong giờ hành chính."
    assert [row["hinh_thuc"] for row in made["tables"]["hinh_thuc_nop"]] == ["Trực tiếp"]


def test_words_about_papers_that_head_no_row_are_kept_as_text():
    rows = (PAPERS, ("Theo mẫu của thư viện.",))
    made = record([*HEAD, Text("Thành phần hồ sơ:"), Text("Một bộ."), Table(rows), Text("Hết.")])
    assert made["content"]["thành_phần_hồ_sơ"] == "Hết.\nMột bộ.\nTheo mẫu của thư viện."
    assert made["tables"]["thanh_phan_ho_so"] == []


def test_a_column_of_its_own_title_keeps_its_cells():
    rows = (("STT", *PAPERS, "Ghi chú thêm"), ("1", "Đơn", "", "2 bản chính", "nhớ ký"))
    [paper] = record([*HEAD, Text("Thành phần hồ sơ:"), Table(rows)])["tables"]["thanh_phan_ho_so"]
    assert (paper["ten_giay_to"], paper["ghi_chu"]) == ("Đơn", "Bản chính: 2\nBản sao: 0")
    assert paper["ghi_chú_thêm"] == "nhớ ký"


def test_labels_are_known_in_either_way_of_placing_tones():
    made = record([*HEAD, Text("Từ khoá: thẻ"), Text("Cơ quan được uỷ quyền: xã")])
    assert (made["content"]["từ_khóa"], made["content"]["cơ_quan_được_ủy_quyền"]) == ("thẻ", "xã")


def test_too_few_sections_make_no_record():
    with pytest.raises(RefusedError, match="không thấy các mục"):
        record(HEAD[:2])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ChiTietTTHC_1.013124 (2).doc", "1.013124"),
        ("ban-in.html", ""),
        ("x-21.0131244", "1.013124"),
    ],
)
def test_the_code_in_a_name(name, code):
    assert code_in(name) == code


_CELL = st.sampled_from(["", "Mô tả", "từ", "1", *WAYS, *PAPERS, *(LABELS.keys() - {"mã thủ tục"})])
_ROW = st.lists(_CELL | st.just("Bản chính"), min_size=1, max_size=5).map(tuple)
_BLOCK = _CELL.map(Text) | st.lists(_ROW, max_size=5).map(lambda rows: Table(tuple(rows)))


@given(st.lists(_BLOCK, max_size=30))
def test_no_word_is_lost_whatever_the_layout(blocks):
    made = record([*HEAD, Text("Cấp thực hiện:"), Text("Trình tự thực hiện:"), *blocks])
    assert _count(made) >= sum(_given(block) for block in blocks)


def _given(block):
    if isinstance(block, Text):
        return block.words == "từ"
    return sum(row.count("từ") for row in block.rows if kind_of(row) is None)


def _count(value):
    if isinstance(value, dict):
        return sum(map(_count, value.values()))
    if isinstance(value, list):
        return sum(map(_count, value))
    return value.split().count("từ")
