from __future__ import annotations

import unicodedata

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse import word
from ingest.read import Raw, Unreadable, read

# TCVN 5712, small letters, as Latin-1 shows their bytes (from iconv's table).
_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_BYTES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ®"
TCVN3 = str.maketrans(_LETTERS, _BYTES)


def record(path):
    [row] = list(read(path))
    assert isinstance(row, Raw), row
    return row.data


def test_an_export_named_doc_gives_every_field_and_every_cell(word_export):
    read_back = record(word_export())
    assert read_back["thu_tuc_id"] == "9.000001"
    assert read_back["metadata"] == {
        "mã_thủ_tục": "9.000001",
        "tên_thủ_tục": "Cấp thẻ thư viện",
        "số_quyết_định": "1/QĐ-THU",
        "cấp_thực_hiện": "Cấp Xã",
        "loại_thủ_tục": "TTHC được luật giao quy định chi tiết",
        "lĩnh_vực": "Thư viện",
    }
    content = read_back["content"]
    assert content["trình_tự_thực_hiện"] == ("Bước 1: Bạn đọc nộp đơn.\nBước 2: Thư viện trao thẻ.")
    assert content["địa_chỉ_tiếp_nhận_hs"] == "Số 1 phố Sách"
    assert content["mô_tả"] == "Cấp thẻ cho người đọc."
    assert content["cách_thức_thực_hiện"] == content["thành_phần_hồ_sơ"] == ""
    assert read_back["tables"]["hinh_thuc_nop"][0] == {
        "hinh_thuc": "Trực tiếp",
        "thoi_han_giai_quyet": "3 Ngày làm việc",
        "phi_le_phi": "Phí : 5.000 Đồng",
        "mo_ta": "Nộp tại quầy",
    }
    assert read_back["tables"]["can_cu_phap_ly"] == [
        {
            "so_ky_hieu": "46/2019/QH14",
            "trich_yeu": "Luật Thư viện",
            "ngay_ban_hanh": "21-11-2019",
            "co_quan_ban_hanh": "Quốc hội",
        }
    ]


def test_each_table_of_papers_keeps_the_case_above_it(word_export):
    papers = record(word_export())["tables"]["thanh_phan_ho_so"]
    assert [(p["truong_hop"], p["ten_giay_to"], p["so_luong"], p["ghi_chu"]) for p in papers] == [
        ("* Đối với người lớn", "Đơn xin cấp thẻ", "don.docx", "Bản chính: 1\nBản sao: 0"),
        ("* Đối với trẻ em", "Giấy đồng ý của cha mẹ", "", "Bản chính: 1\nBản sao: 1"),
    ]


def test_the_record_passes_the_parser_of_parsed_exports(word_export):
    procedure = word.parse(record(word_export()), "x")
    assert procedure.code == "9.000001" and procedure.name == "Cấp thẻ thư viện"
    assert [d.name for d in procedure.documents] == ["Đơn xin cấp thẻ", "Giấy đồng ý của cha mẹ"]
    assert [m.way for m in procedure.methods] == ["direct", "online"]
    assert procedure.methods[0].fees[0].amount == 5000


def test_a_file_named_by_another_code_is_told_apart(word_export):
    read_back = record(word_export("ChiTietTTHC_9.000002 (1).docx", code="9.000001"))
    assert read_back["thu_tuc_id"] == "9.000002"
    assert "thủ tục khác (mã 9.000001)" in word.parse(read_back, "x").reason


def test_merged_cells_repeat_downwards_and_head_the_rows_below(word_export):
    def merge(document):
        ways, papers = document.tables[0], document.tables[1]
        ways.cell(2, 0).text = ""
        ways.cell(1, 0).merge(ways.cell(2, 0)).text = "Trực tiếp"
        title = papers.add_row()
        title.cells[0].merge(title.cells[2]).text = "Trường hợp mất thẻ"
        for cell, text in zip(papers.add_row().cells, ("Đơn báo mất", "", "x"), strict=True):
            cell.text = text

    tables = record(word_export(change=merge))["tables"]
    assert [row["hinh_thuc"] for row in tables["hinh_thuc_nop"]] == ["Trực tiếp", "Trực tiếp"]
    assert [row["phi_le_phi"] for row in tables["hinh_thuc_nop"]] == [
        "Phí : 5.000 Đồng",
        "Phí : 0 Đồng",
    ]
    lost = tables["thanh_phan_ho_so"][1]
    assert (lost["truong_hop"], lost["ten_giay_to"]) == ("Trường hợp mất thẻ", "Đơn báo mất")


def test_tables_without_a_grid_are_read(word_export, repack):
    path = repack(word_export(), {"word/document.xml": (rb"<w:tblGrid>.*?</w:tblGrid>", b"")})
    assert len(record(path)["tables"]["hinh_thuc_nop"]) == 2


def test_text_in_controls_and_insertions_is_kept_and_struck_out_text_is_not(word_export):
    def wrap(document):
        for paragraph in document.paragraphs:
            if paragraph.text.startswith("Tên thủ tục"):
                _wrap(paragraph, paragraph.runs[0]._r, "w:ins")
                _wrap(paragraph, paragraph.add_run(" bỏ đi")._r, "w:del")
            if paragraph.text.startswith("Lĩnh vực"):
                control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
                paragraph._p.addprevious(control)
                control.append(content)
                content.append(paragraph._p)

    metadata = record(word_export(change=wrap))["metadata"]
    assert metadata["tên_thủ_tục"] == "Cấp thẻ thư viện"
    assert metadata["lĩnh_vực"] == "Thư viện"


def _wrap(paragraph, run, tag):
    wrapper = OxmlElement(tag)
    paragraph._p.append(wrapper)
    wrapper.append(run)


def test_a_sentence_that_begins_like_a_label_stays_in_its_section(word_export):
    def say(document):
        steps = next(p for p in document.paragraphs if p.text.startswith("Bước 2"))
        steps.insert_paragraph_before("Kết quả thực hiện: xem ở cuối.")
        steps.insert_paragraph_before("Mô tả: gồm hai bước.")

    content = record(word_export(change=say))["content"]
    assert content["kết_quả_thực_hiện"] == "Thẻ thư viện"
    assert content["mô_tả"] == "Cấp thẻ cho người đọc."
    assert content["trình_tự_thực_hiện"].splitlines() == [
        "Bước 1: Bạn đọc nộp đơn.",
        "Kết quả thực hiện: xem ở cuối.",
        "Mô tả: gồm hai bước.",
        "Bước 2: Thư viện trao thẻ.",
    ]


def test_text_is_composed(word_export):
    def decompose(document):
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                run.text = unicodedata.normalize("NFD", run.text)

    assert record(word_export(change=decompose))["metadata"]["tên_thủ_tục"] == "Cấp thẻ thư viện"


@pytest.mark.parametrize("through_style", [False, True])
def test_tcvn3_is_known_by_its_fonts_and_converted(word_export, through_style):
    def age(document):
        if through_style:
            document.styles["Normal"].font.name = ".VnTime"
        for paragraph in _all_paragraphs(document):
            for run in paragraph.runs:
                run.text = run.text.lower().translate(TCVN3)
                if not through_style:
                    run.font.name = ".VnTime"

    read_back = record(word_export(change=age))
    assert read_back["metadata"]["tên_thủ_tục"] == "cấp thẻ thư viện"
    assert read_back["content"]["trình_tự_thực_hiện"].startswith("bước 1: bạn đọc nộp đơn.")
    assert read_back["tables"]["thanh_phan_ho_so"][1]["ten_giay_to"] == "giấy đồng ý của cha mẹ"


def test_unicode_text_in_an_old_font_is_left_as_it_is(word_export):
    def dress(document):
        for paragraph in _all_paragraphs(document):
            for run in paragraph.runs:
                run.font.name = ".VnTime"

    read_back = record(word_export(change=dress))
    assert read_back["metadata"]["tên_thủ_tục"] == "Cấp thẻ thư viện"
    assert read_back["content"]["địa_chỉ_tiếp_nhận_hs"] == "Số 1 phố Sách"


def _all_paragraphs(document):
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def test_a_letter_or_a_form_is_refused_as_no_procedure(tmp_path, word_export):
    def empty(document):
        for element in list(document.element.body):
            if element.tag != qn("w:sectPr"):
                document.element.body.remove(element)
        document.add_paragraph("Đơn xin nghỉ phép")

    [row] = list(read(word_export("don.docx", change=empty)))
    assert isinstance(row, Unreadable) and "không thấy các mục của một thủ tục" in row.reason


@given(st.binary(max_size=200), st.integers(0, 5000))
def test_a_damaged_file_never_raises(damage, at):
    for path, whole in _DAMAGED:
        path.write_bytes(whole[:at] + damage + whole[at + len(damage) :])
        assert len(list(read(path))) == 1


_DAMAGED: list = []


@pytest.fixture(autouse=True)
def _whole_file(word_export):
    path = word_export("whole.docx")
    _DAMAGED[:] = [(path, path.read_bytes())]
