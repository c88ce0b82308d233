from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junk import JUNK

from index.procedure import Procedure
from ingest.parse import crawl
from ingest.parse.rejected import Rejected

PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
CRAWLED = {
    "ma_thu_tuc": "9.000001",
    "detail_url": "https://vi.du/the-thu-vien",
    "ten_thu_tuc": "Thủ tục cấp thẻ thu\u031b viện",
    "so_quyet_dinh": "1/QĐ-THU",
    "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
    "linh_vuc": "Thư viện",
    "doi_tuong_thuc_hien": "Công dân Việt Nam, Hợp tác xã",
    "co_quan_co_tham_quyen": "Thư viện tỉnh",
    "dia_chi_tiep_nhan": "Số 1 phố Sách",
    "co_quan_phoi_hop": "Không có thông tin",
    "co_quan_thuc_hien": "Thư viện xã",
    "trinh_tu_thuc_hien": "Bước 1: Gửi đơn.\nBước 2: Chuyển cấp huyện xem.\nBước 3: Nhận",
    "cach_thuc_thuc_hien": (
        "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến2 Ngày làm việcMiễn phíTải đơn lên."
        "Trực tiếp3 Ngày làm việc7 VNĐ(7.000 đồng/thẻ)"
    ),
    "thanh_phan_ho_so": f"* Giấy tờ phải nộp:{PAPERS}Đơn xin cấp thẻMau1.docx1 bản chính"
    f"* Giấy tờ phải xuất trình:{PAPERS}- Căn cước0 bản chính,1 bản sao"
    f"* Lưu ý:{PAPERS}Thẻ dùng một năm0 bản chính",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Thư viện46/2019/QH14",
    "yeu_cau_dieu_kien": "Không",
    "ket_qua_xu_ly": "Thẻ thư việnMã: KQ.G01.000001Từ khóaKhông có thông tinMô tả",
}


def crawled(**changes: Any) -> Procedure:
    record = crawl.parse(CRAWLED | changes, "crawl:1")
    assert isinstance(record, Procedure)
    return record


def test_a_crawled_row():
    record = crawled()
    assert record.code == "9.000001"
    assert record.name == "Cấp thẻ thư viện"
    assert record.field == "Thư viện"
    assert record.levels == ("tinh", "xa")
    assert record.audience == ("Công dân Việt Nam", "Hợp tác xã")
    assert record.agency.receives == "Thư viện xã; Số 1 phố Sách"
    assert record.agency.decides == "Thư viện tỉnh"
    assert record.agency.coordinates is None
    assert [(d.id, d.name, d.kind, d.original, d.copies) for d in record.documents] == [
        ("p1", "Đơn xin cấp thẻ", "submit", 1, 0),
        ("p2", "Căn cước", "present", 0, 1),
    ]
    assert record.documents[0].form and record.documents[0].form.name == "Mau1.docx"
    assert record.notes == ("Thẻ dùng một năm",)
    assert [(m.way, m.time and m.time.value) for m in record.methods] == [
        ("online", 2),
        ("direct", 3),
    ]
    assert [(f.free, f.amount) for m in record.methods for f in m.fees] == [
        (True, None),
        (False, None),
    ]
    assert record.methods[0].note == "Tải đơn lên."
    assert record.steps[2] == "Bước 3: Nhận"
    assert record.conditions == ()
    assert record.results == ("Thẻ thư viện",)
    assert [(b.number, b.name) for b in record.legal_basis] == [("46/2019/QH14", "Luật Thư viện")]
    assert [(d.field, d.readings) for d in record.doubts] == [
        ("methods.fees", ("Trực tiếp: 7 VNĐ", "7.000 đồng")),
        ("steps", ("cấp huyện",)),
    ]
    assert record.unparsed == {}
    assert record.online is None
    source = record.source
    assert (source.kind, source.url, source.decision, source.checked_on) == (
        "portal",
        "https://vi.du/the-thu-vien",
        "1/QĐ-THU",
        None,
    )


def test_the_page_is_believed_before_the_crawlers_fields():
    page = (
        "Mã thủ tục9.000001Trình Tự Thực HiệnNộp như mục Thành phần hồ sơ.Cách Thức Thực Hiện"
        "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp5 NgàyMiễn phíThành phần hồ sơ--"
        f"{PAPERS}Thẻ cũ2 bản chínhCăn cứ pháp lýKhông có thông tinCơ quan thực hiệnThư viện xã"
        "Yêu cầu, điều kiện thực hiệnKết quả xử lýTừ khóaMô tả"
    )
    record = crawled(raw_text=page, thanh_phan_ho_so=". Bước 2: chờ", can_cu_phap_ly="")
    assert [(d.name, d.original) for d in record.documents] == [("Thẻ cũ", 2)]
    assert record.steps == ("Nộp như mục Thành phần hồ sơ.",)
    assert record.legal_basis == ()


def test_papers_after_a_blank_are_not_part_of_the_last_description():
    page = (
        "Mã thủ tục9.000001Trình Tự Thực HiệnNộp đơnCách Thức Thực Hiện"
        "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp5 NgàyMiễn phíNộp tại quầy. "
        f"Thành phần hồ sơ* Giấy tờ phải nộp:{PAPERS}Thẻ cũ2 bản chính"
        "Căn cứ pháp lýKhông có thông tinCơ quan thực hiệnThư viện xã"
    )
    record = crawled(raw_text=page, thanh_phan_ho_so="")
    assert record.methods[0].note == "Nộp tại quầy."
    assert [(d.name, d.original) for d in record.documents] == [("Thẻ cũ", 2)]


def test_foreign_content_is_rejected():
    found = crawl.parse(CRAWLED | {"raw_text": "Mã thủ tục9.000002Số quyết định"}, "crawl:7")
    assert found == Rejected(
        "9.000001", "crawl:7", "trang chép lại là của thủ tục khác (mã 9.000002)"
    )


@pytest.mark.parametrize(
    ("changes", "code", "reason"),
    [
        ({"ma_thu_tuc": ""}, None, "hàng này không có mã thủ tục dạng 1.001193"),
        ({"ma_thu_tuc": "99"}, "99", "hàng này không có mã thủ tục dạng 1.001193"),
        ({"ten_thu_tuc": " "}, "9.000001", "hàng này không có tên thủ tục"),
    ],
)
def test_rows_that_name_no_procedure(changes: dict[str, str], code: str | None, reason: str):
    assert crawl.parse(CRAWLED | changes, "crawl:2") == Rejected(code, "crawl:2", reason)


def test_a_decisions_title_is_doubted_as_a_name():
    title = "Công bố danh mục và quy trình nội bộ thủ tục hành chính của thư viện"
    record = crawled(ten_thu_tuc=title)
    assert record.name == title
    assert ("name", (title,)) in [(d.field, d.readings) for d in record.doubts]


def test_a_table_that_can_not_be_read_stays_text():
    record = crawled(thanh_phan_ho_so="Theo lời dặn của thư viện", cach_thuc_thuc_hien="Gửi thư")
    assert record.documents == () and record.methods == ()
    assert record.unparsed == {"documents": "Theo lời dặn của thư viện", "methods": "Gửi thư"}


def test_an_address_that_is_a_set_of_rules_is_a_note():
    rules = "Bạn đọc nộp đơn tại quầy số 1 hoặc số 2 của thư viện vào giờ mở cửa. " * 5
    record = crawled(dia_chi_tiep_nhan=rules)
    assert record.agency.receives == "Thư viện xã"
    assert rules.strip() in record.notes


@given(st.dictionaries(st.sampled_from([*CRAWLED, "raw_text"]), JUNK | st.text(max_size=200)))
def test_no_crawled_row_raises(changes: dict[str, Any]):
    assert isinstance(crawl.parse(CRAWLED | changes, "crawl:3"), Procedure | Rejected)


@given(st.lists(st.sampled_from([*CRAWLED.values(), "Thành phần hồ sơ", "\n", "1 bản chính"])))
def test_no_shuffled_page_raises(parts: list[str]):
    text = "".join(parts)
    row = dict.fromkeys(CRAWLED, text) | {"ma_thu_tuc": "9.000001", "raw_text": text}
    assert isinstance(crawl.parse(row, "crawl:4"), Procedure | Rejected)
