from __future__ import annotations

import pytest

from ingest.parse import old_law, page, prose
from ingest.parse.levels import levels_in
from ingest.parse.results import remarks, results


@pytest.mark.parametrize(
    "text", ["", " ", "Không có thông tin", "Không.", "-", "--", "không quy định", None]
)
def test_fillers_say_nothing(text: str | None):
    assert prose.stated(text) is None


def test_words_are_cleaned():
    assert prose.stated("  Thu\u0309 thu\u031bvie\u0323\u0302n  xã ") == "Thủ thưviện xã"


def test_lines_lose_blanks_and_share_one_bullet():
    text = "+ Đọc kỹ\n\n\uf0fc Giữ sạch\n  • Trả đúng hẹn\nKhông có thông tin\n"
    assert prose.lines(text) == ("- Đọc kỹ", "- Giữ sạch", "- Trả đúng hẹn")


def test_wrapped_lines_are_joined():
    text = "Bạn đọc gửi đơn\ntới thư viện xã;\na) đơn giấy\nhoặc đơn mạng"
    assert prose.lines(text) == (
        "Bạn đọc gửi đơn tới thư viện xã;",
        "a) đơn giấy hoặc đơn mạng",
    )


def test_steps_are_cut_before_each_step():
    text = "Bước 1: Gửi đơn.\n- Kèm ảnh. Bước 2: Chờ như Bước 1.\nBước 3: Nhận thẻ."
    assert prose.steps(text) == (
        "Bước 1: Gửi đơn.\n- Kèm ảnh.",
        "Bước 2: Chờ như Bước 1.",
        "Bước 3: Nhận thẻ.",
    )


def test_steps_without_numbers_are_lines():
    assert prose.steps("Gửi đơn.\n\nNhận thẻ.") == ("Gửi đơn.", "Nhận thẻ.")


def test_audience_is_cut_outside_parentheses():
    text = "Tổ chức (không gồm Hội, Đoàn), Công dân Việt Nam, Cán bộ, công chức"
    assert prose.audience(text) == (
        "Tổ chức (không gồm Hội, Đoàn)",
        "Công dân Việt Nam",
        "Cán bộ, công chức",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thủ tục cấp thẻ thư viện", "Cấp thẻ thư viện"),
        ("THỦ TỤC: cấp thẻ", "Cấp thẻ"),
        ("Thủ tục đối với sách quý", "Thủ tục đối với sách quý"),
        ("Thủ tục hải quan đối với sách", "Thủ tục hải quan đối với sách"),
        ("Huỷ thẻ", "Hủy thẻ"),
    ],
)
def test_names(text: str, expected: str):
    assert prose.procedure_name(text) == expected


def test_levels():
    assert levels_in("Cấp tỉnh, Cấp Xã, Cơ quan khác") == ("tinh", "xa")
    assert levels_in("Cơ quan khác") == ()


@pytest.mark.parametrize(
    "code",
    [
        "KQ.G01.002620",
        "000.00.00.G12-KQ0676",
        "KQ-G10-KQ-000002",
        "TP-G12.0001300",
        "Chưa xác định",
        "03",
        "Test_P001",
    ],
)
def test_results_end_at_their_codes(code: str):
    text = f"- Thẻ thư việnMã: {code}Sổ mượn sáchMã: KQ.G01.000001Từ khóaKhông có thông tinMô tả"
    assert results(text) == ("Thẻ thư viện", "Sổ mượn sách")


def test_the_rest_of_the_page_is_no_result():
    tail = "Chọn cơ quan thực hiệnTỉnh/ Thành phố-- Chọn --Nộp hồ sơ"
    assert results(f"Thẻ thư việnMã: KQ.G01.000001{tail}") == ("Thẻ thư viện",)
    assert remarks(f"thẻ, sáchMô tảThẻ dùng một năm.{tail}") == ("Thẻ dùng một năm.",)
    assert remarks(f"Không có thông tinMô tảKhông có thông tin{tail}") == ()


def test_abolished_bodies_are_found_as_written():
    text = "Nộp tại Công an cấp huyện hoặc Phòng Tư pháp, UBND quận; chuyển cấp huyện, cấp xã"
    assert old_law.old_bodies(text) == (
        "Công an cấp huyện",
        "Phòng Tư pháp",
        "UBND quận",
        "cấp huyện",
    )
    assert old_law.old_bodies("Nộp tại Ủy ban nhân dân cấp xã") == ()


def test_a_heading_inside_a_sentence_cuts_nothing():
    text = (
        "Mã thủ tục9.000001Trình Tự Thực HiệnNộp như mục Thành phần hồ sơ nêu.\n"
        "Cách Thức Thực HiệnHình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp1 NgàyMiễn phí"
        "Thành phần hồ sơ--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn theo căn cứ pháp lý1 bản chính"
        "Căn cứ pháp lýTên văn bản pháp lýMã văn bảnLuật46/2019/QH14"
        "Cơ quan thực hiệnThư viện xãYêu cầu, điều kiện thực hiệnCó thẻ cũ"
        "Kết quả xử lýThẻ mớiTừ khóaKhông có thông tinMô tảKhông có thông tin"
    )
    assert page.page_code(text) == "9.000001"
    cut = page.sections({"raw_text": text, "thanh_phan_ho_so": "sai", "linh_vuc": "Thư viện"})
    assert cut["trinh_tu_thuc_hien"].strip() == "Nộp như mục Thành phần hồ sơ nêu."
    assert cut["cach_thuc_thuc_hien"].endswith("Trực tiếp1 NgàyMiễn phí")
    assert cut["thanh_phan_ho_so"].endswith("Đơn theo căn cứ pháp lý1 bản chính")
    assert cut["can_cu_phap_ly"].endswith("Luật46/2019/QH14")
    assert cut["co_quan_thuc_hien"] == "Thư viện xã"
    assert cut["yeu_cau_dieu_kien"] == "Có thẻ cũ"
    assert cut["ket_qua_xu_ly"] == "Thẻ mới"
    assert cut["linh_vuc"] == "Thư viện"
