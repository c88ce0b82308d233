from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from junk import JUNK

from index.procedure import Procedure
from ingest.parse import word
from ingest.parse.rejected import Rejected

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


@given(st.dictionaries(st.sampled_from([*WORD, "tables"]), JUNK))
def test_no_word_row_raises(changes: dict[str, Any]):
    assert isinstance(word.parse(WORD | changes, "word:3"), Procedure | Rejected)


@given(
    st.dictionaries(
        st.sampled_from([*WORD["tables"]]),
        st.lists(
            st.dictionaries(
                st.sampled_from(["hinh_thuc", "phi_le_phi", "ghi_chu", "so_ky_hieu"]), JUNK
            ),
            max_size=3,
        ),
    )
)
def test_no_word_table_raises(tables: dict[str, Any]):
    assert isinstance(word.parse(WORD | {"tables": tables}, "word:4"), Procedure | Rejected)
