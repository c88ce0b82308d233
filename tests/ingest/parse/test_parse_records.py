from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.procedure import Procedure
from ingest.parse import api, crawl, word
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


WORD = {
    "thu_tuc_id": "9.000003",
    "metadata": {
        "mã_thủ_tục": "9.000003",
        "tên_thủ_tục": "Thủ tục mượn sách quý",
        "số_quyết_định": "Quyết định số 2/QĐ-THU",
        "cấp_thực_hiện": "Cấp Bộ",
        "lĩnh_vực": "Thư viện",
    },
    "content": {
        "trình_tự_thực_hiện": "Bước 1: Gửi đơn. Bước 2: Chờ. Bước 3: Nhận sách.",
        "cơ_quan_thực_hiện": "Thư viện tỉnh",
        "cơ_quan_có_thẩm_quyền": "Không có thông tin",
        "kết_quả_thực_hiện": "Sách mượn",
        "yêu_cầu_điều_kiện_thực_hiện": "Có thẻ thư viện",
    },
    "tables": {
        "hinh_thuc_nop": [
            {
                "hinh_thuc": "Trực tiếp",
                "thoi_han_giai_quyet": "02 Giờ",
                "phi_le_phi": "Phí : 2.000 Đồng (một cuốn)\nLệ phí : 1.5 USD (sách ngoại)",
                "mo_ta": "",
            },
            {
                "hinh_thuc": "Trực tuyến",
                "thoi_han_giai_quyet": "Không quy định",
                "phi_le_phi": "Phí : 0 Đồng\nFile đính kèm: bieu-phi.pdf",
                "mo_ta": "Qua mạng",
            },
            {"hinh_thuc": "Bồ câu", "thoi_han_giai_quyet": "1 Ngày", "phi_le_phi": ""},
        ],
        "thanh_phan_ho_so": [
            {
                "ten_giay_to": "- Đơn xin mượn sách;",
                "so_luong": "Mau1.docx\nMau2.docx",
                "ghi_chu": "Bản chính: 1\nBản sao: 2",
            },
            {"ten_giay_to": "Lưu ý: giữ sách sạch", "so_luong": "", "ghi_chu": ""},
        ],
        "can_cu_phap_ly": [
            {"so_ky_hieu": "Luật 46/2019/QH14", "trich_yeu": "Luật Thư viện"},
            {"so_ky_hieu": "54", "trich_yeu": "Luật Sách"},
        ],
    },
}


def test_a_row_of_the_word_export():
    record = word.parse(WORD, "word:1")
    assert isinstance(record, Procedure)
    assert (record.code, record.name, record.levels) == ("9.000003", "Mượn sách quý", ("bo",))
    assert record.source.decision == "2/QĐ-THU"
    assert record.agency.receives == "Thư viện tỉnh" and record.agency.decides is None
    assert record.steps == ("Bước 1: Gửi đơn.", "Bước 2: Chờ.", "Bước 3: Nhận sách.")
    assert [(d.name, d.original, d.copies) for d in record.documents] == [
        ("Đơn xin mượn sách", 1, 2)
    ]
    assert record.documents[0].form and record.documents[0].form.name == "Mau1.docx; Mau2.docx"
    assert record.notes == ("Lưu ý: giữ sách sạch",)
    direct, online = record.methods
    assert direct.time and (direct.time.value, direct.time.unit) == (2, "hour")
    assert [(f.amount, f.unit, f.note) for f in direct.fees] == [
        (2_000, "đồng", "một cuốn"),
        (1.5, "USD", "sách ngoại"),
    ]
    assert online.time is None
    assert [(f.free, f.text) for f in online.fees] == [(True, "Phí : 0 Đồng")]
    assert [(b.number, b.name) for b in record.legal_basis] == [
        ("46/2019/QH14", "Luật Thư viện"),
        (None, "Luật Sách 54"),
    ]
    assert [(d.field, d.readings) for d in record.doubts] == [("legal_basis", ("54",))]
    assert record.unparsed == {"methods": "Bồ câu 1 Ngày"}


def test_a_word_export_of_another_procedure_is_rejected():
    found = word.parse(WORD | {"thu_tuc_id": "9.000004"}, "word:2")
    assert found == Rejected("9.000004", "word:2", "nội dung là của thủ tục khác (mã 9.000003)")


DETAIL = {
    "id": "abc",
    "code": "9.000005",
    "name": "Gia hạn thẻ thư viện",
    "isWard": True,
    "isProvince": False,
    "isFullProcess": True,
    "executionSteps": [{"name": "Bước 1", "description": "- Gửi đơn."}],
    "executionMethods": [
        {
            "submissionMethod": "ONLINE",
            "processingTime": 5,
            "processingTimeUnit": "WORKING_DAY",
            "fees": [{"type": "FEE", "value": 0}],
        },
        {
            "submissionMethod": "DIRECT",
            "processingTime": 1,
            "processingTimeUnit": "FORTNIGHT",
            "fees": [{"type": "FEE", "value": 12000}, {"type": "FEE", "value": 9}],
        },
        {"submissionMethod": "PIGEON"},
    ],
    "executionCases": [
        {
            "name": "Khi mất thẻ",
            "profileComponents": [
                {
                    "name": "Đơn xin gia hạn",
                    "originalQty": 1,
                    "copyQty": 0,
                    "attachments": [{"fileName": "GIAHAN.docx"}],
                }
            ],
        },
    ],
    "legalBasisesDetails": [{"name": "Luật Thư viện", "code": "46/2019/QH14"}],
    "resultsDetails": [{"name": "Thẻ đã gia hạn"}],
    "subjectTypesDetails": [{"name": "Công dân Việt Nam"}],
    "categoriesDetails": [{"name": "Thư viện"}],
    "departmentsExecuting": [{"name": "Thư viện xã"}],
    "departmentsAuthority": [{"name": "Thư viện tỉnh"}],
    "procedureProposal": {"proposalNumber": "3/QĐ-THU"},
}


def test_a_detail_answer_of_the_portal():
    record = api.parse(DETAIL, "api:1")
    assert isinstance(record, Procedure)
    assert (record.code, record.levels, record.online) == ("9.000005", ("xa",), "full")
    assert record.source.url == "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/abc"
    assert record.source.decision == "3/QĐ-THU"
    assert (record.agency.receives, record.agency.decides) == ("Thư viện xã", "Thư viện tỉnh")
    paper = record.documents[0]
    assert (paper.name, paper.case, paper.original, paper.copies) == (
        "Đơn xin gia hạn",
        "Khi mất thẻ",
        1,
        0,
    )
    assert paper.form and paper.form.name == "GIAHAN.docx"
    online, direct = record.methods
    assert online.time and (online.time.value, online.time.unit) == (5, "working_day")
    assert [f.free for f in online.fees] == [True]
    assert direct.time and (direct.time.value, direct.time.text) == (None, "1 FORTNIGHT")
    assert [f.amount for f in direct.fees] == [12_000, None]
    assert [(d.field, d.readings) for d in record.doubts] == [
        ("methods.fees", ("Trực tiếp: 9 đồng",))
    ]
    assert record.steps == ("Bước 1", "- Gửi đơn.")
    assert record.unparsed == {"methods": "PIGEON"}


def test_flags_that_are_false_leave_online_open():
    record = api.parse(DETAIL | {"isFullProcess": False}, "api:2")
    assert isinstance(record, Procedure) and record.online is None


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*CRAWLED, "raw_text"]), _JUNK | st.text(max_size=200)))
def test_no_crawled_row_raises(changes: dict[str, Any]):
    assert isinstance(crawl.parse(CRAWLED | changes, "crawl:3"), Procedure | Rejected)


@given(st.lists(st.sampled_from([*CRAWLED.values(), "Thành phần hồ sơ", "\n", "1 bản chính"])))
def test_no_shuffled_page_raises(parts: list[str]):
    text = "".join(parts)
    row = dict.fromkeys(CRAWLED, text) | {"ma_thu_tuc": "9.000001", "raw_text": text}
    assert isinstance(crawl.parse(row, "crawl:4"), Procedure | Rejected)


@given(st.dictionaries(st.sampled_from([*WORD, "tables"]), _JUNK))
def test_no_word_row_raises(changes: dict[str, Any]):
    assert isinstance(word.parse(WORD | changes, "word:3"), Procedure | Rejected)


@given(
    st.dictionaries(
        st.sampled_from([*WORD["tables"]]),
        st.lists(
            st.dictionaries(
                st.sampled_from(["hinh_thuc", "phi_le_phi", "ghi_chu", "so_ky_hieu"]), _JUNK
            ),
            max_size=3,
        ),
    )
)
def test_no_word_table_raises(tables: dict[str, Any]):
    assert isinstance(word.parse(WORD | {"tables": tables}, "word:4"), Procedure | Rejected)


@given(st.dictionaries(st.sampled_from([*DETAIL]), _JUNK))
def test_no_detail_answer_raises(changes: dict[str, Any]):
    assert isinstance(api.parse(DETAIL | changes, "api:3"), Procedure | Rejected)
