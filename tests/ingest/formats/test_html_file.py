from __future__ import annotations

import contextlib
import email.message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats import html_file
from ingest.formats.rows import RefusedError
from ingest.parse import word
from ingest.read import Raw, Unreadable, read

# As public scrapers of the portal of 2026 describe its page; the words are made up.
NEW = """<!doctype html><html><head><title>Cổng</title>
<link rel="canonical" href="https://dichvucong.gov.vn/thu-tuc-hanh-chinh/0-0">
<script>var x = "<h4>Mô tả</h4>";</script></head><body>
<nav><a>Trang chủ</a><a>Thành phần hồ sơ</a></nav>
<h3>Cấp thẻ thư viện</h3>
<div class="grid">
<div style="font-weight: bold">Tên thủ tục</div><div>Cấp thẻ thư viện</div>
<div style="font-weight: bold">Mã thủ tục</div><div>9.000001</div>
<div style="font-weight: bold">Số quyết định</div><div>1/QĐ-THU</div>
<div style="font-weight: bold">Cấp thực hiện</div><div>Cấp xã</div>
<div style="font-weight: bold">Lĩnh vực</div><div>Thư viện</div>
<div style="font-weight: bold">Cơ quan được ủy quyền</div><div></div>
</div>
<section><h4>Trình Tự Thực Hiện</h4><ul>
<li><p class="font-semibold">Bước 1</p><p class="whitespace-pre-wrap">Bạn đọc nộp đơn.
Thư viện nhận đơn.</p></li>
<li><p class="font-semibold">Nộp hồ sơ</p><p class="whitespace-pre-wrap">Tại quầy.</p></li>
</ul></section>
<section><h4>Cách Thức Thực Hiện</h4><table><thead><tr><th>Hình thức nộp</th><th>Thời gian</th>
<th>Phí, lệ phí</th><th>Mô tả</th></tr></thead><tbody>
<tr><td rowspan="2">Trực tiếp</td><td>3 Ngày làm việc</td><td>5,000 VNĐ</td><td></td></tr>
<tr><td>1 Ngày làm việc</td><td>9,000 VNĐ</td><td>Lấy  nhanh<br>trong ngày</td></tr>
</tbody></table></section>
<section><h4>Thành phần hồ sơ</h4>
<div><div><h5>Đối với trẻ em</h5></div><table><thead><tr><th>Tên giấy tờ</th>
<th>Mẫu đơn, tờ khai</th><th>Số lượng</th></tr></thead><tbody>
<tr><td>Giấy đồng ý</td><td><a href="#">dong-y.docx</a></td><td>1 bản chính,2 bản sao</td></tr>
<tr><td>Ảnh</td><td></td><td>1 bản chính</td></tr></tbody></table></div></section>
<section><h4>Căn cứ pháp lý</h4><table><tr><th>Tên văn bản pháp lý</th><th>Mã văn bản</th></tr>
<tr><td>Luật Thư viện</td><td>46/2019/QH14</td></tr></table></section>
<section><h4>Cơ quan thực hiện</h4><div>Thư viện xã</div></section>
<section><h4>Yêu cầu, điều kiện thực hiện</h4><div>Không có thông tin</div></section>
<section><h4>Kết quả xử lý</h4><div class="space-y-2"><div><div>Thẻ thư viện</div>
<div>Mã: KQ.G99.000001</div></div></div></section>
<section><h4>Từ khóa</h4><div>thẻ</div></section>
<section><h4>Mô tả</h4><div>Cấp thẻ cho người đọc.</div></section>
<h4>Chọn cơ quan thực hiện</h4><div>Tỉnh/ Thành phố</div></body></html>"""

# The portal before it: sections under h2, papers in folding boxes, no code on the page.
OLD = """<html><head><!-- saved from url=(0099)https://dichvucong.gov.vn/p/home/
--><meta charset="utf-8"></head><body>
<h1 class="main-title -none"></h1><h1 class="main-title -none">Cấp thẻ thư viện</h1>
<h2 class="main-title-sub">Trình tự thực hiện</h2><div class="list-expand"><div class="item">
<div class="title" title=" "></div><div class="content"><p>Bước 1: Nộp đơn.<br>Bước 2: Nhận thẻ.
</p></div></div></div>
<h2 class="main-title-sub">Cách thức thực hiện</h2><table class="table-result-tthc"><thead><tr>
<th>Hình thức nộp</th><th>Thời hạn giải quyết</th><th>Phí, lệ phí</th><th>Mô tả</th></tr></thead>
<tbody><tr><td>Trực tiếp</td><td>3 Ngày làm việc</td><td>Phí : 5.000 Đồng
<a href="#" onclick="x()">Xem chi tiết</a></td><td>Tại quầy</td></tr></tbody></table>
<h2 class="main-title-sub">Thành phần hồ sơ</h2><div class="list-expand"><div class="item">
<div class="title">Đối với trẻ em</div><div class="content"><table><tr><th>Tên giấy tờ</th>
<th>Mẫu đơn, tờ khai</th><th>Số lượng</th></tr><tr><td>Giấy đồng ý</td><td></td>
<td>Bản chính: 1<br>Bản sao: 0</td></tr></table></div></div></div>
<h2 class="main-title-sub">Cơ quan thực hiện</h2><div class="article"><p>Thư viện xã</p></div>
<h2 class="main-title-sub">Yêu cầu, điều kiện thực hiện</h2><div class="article"><p>Không</p></div>
<h2 class="main-title-sub">Nơi thực hiện</h2><table><tr><td>Xã A</td></tr></table></body></html>"""

_ROWS = "".join(
    f'<div class="info-row"><div>{label}</div><div>{value}</div></div>'
    for label, value in (
        ("Mã thủ tục:", "9.000001"),
        ("Tên thủ tục:", "Cấp thẻ thư viện"),
        ("Cấp thực hiện:", "Cấp xã"),
        ("Trình tự thực hiện:", "Bước 1: Nộp đơn."),
        ("Thành phần hồ sơ:", "<table class='tphs'><tr><th>Loại giấy tờ</th><th>Bản chính</th>"
         "<th>Bản sao</th><th>Mẫu đơn, tờ khai</th></tr><tr><td>Đơn</td><td>1</td><td>2</td>"
         "<td>don.doc</td></tr></table>"),
        ("Cơ quan thực hiện:", "Thư viện xã"),
    )
)  # fmt: skip
_WINDOW = f"""<html><body><h2>Cơ quan thực hiện</h2><div>đầu trang</div>
<div id="popupChitietTTHC">{_ROWS}</div></body></html>"""


def page(text, name="trang.html"):
    return html_file.read(text.encode(), name)


def test_the_page_of_2026_keeps_its_cells():
    read_back = page(NEW)
    assert read_back["thu_tuc_id"] == "9.000001"
    assert read_back["detail_url"] == "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/0-0"
    assert read_back["metadata"]["cấp_thực_hiện"] == "Cấp xã"
    content = read_back["content"]
    assert content["trình_tự_thực_hiện"].splitlines() == [
        "Bước 1", "Bạn đọc nộp đơn.", "Thư viện nhận đơn.", "Nộp hồ sơ", "Tại quầy.",
    ]  # fmt: skip
    assert content["kết_quả_thực_hiện"] == "Thẻ thư viện"
    assert content["mô_tả"] == "Cấp thẻ cho người đọc."
    assert content["cơ_quan_được_ủy_quyền"] == ""
    ways = read_back["tables"]["hinh_thuc_nop"]
    assert [(w["hinh_thuc"], w["thoi_han_giai_quyet"], w["phi_le_phi"]) for w in ways] == [
        ("Trực tiếp", "3 Ngày làm việc", "5,000 VNĐ"),
        ("Trực tiếp", "1 Ngày làm việc", "9,000 VNĐ"),
    ]
    assert ways[1]["mo_ta"] == "Lấy nhanh\ntrong ngày"
    assert read_back["tables"]["thanh_phan_ho_so"] == [
        {
            "truong_hop": "Đối với trẻ em",
            "ten_giay_to": "Giấy đồng ý",
            "so_luong": "dong-y.docx",
            "ghi_chu": "Bản chính: 1\nBản sao: 2",
        },
        {
            "truong_hop": "Đối với trẻ em",
            "ten_giay_to": "Ảnh",
            "so_luong": "",
            "ghi_chu": "Bản chính: 1\nBản sao: 0",
        },
    ]
    assert read_back["tables"]["can_cu_phap_ly"][0]["so_ky_hieu"] == "46/2019/QH14"


def test_the_parser_of_word_exports_takes_a_page():
    procedure = word.parse(page(NEW), "x")
    assert [m.way for m in procedure.methods] == ["direct", "direct"]
    assert procedure.documents[0].copies == 2
    assert procedure.legal_basis[0].number == "46/2019/QH14"


def test_the_page_before_it_takes_its_code_from_the_file_name_and_says_what_it_lacks():
    read_back = page(OLD, "9.000001.html")
    assert read_back["thu_tuc_id"] == "9.000001"
    assert read_back["metadata"]["tên_thủ_tục"] == "Cấp thẻ thư viện"
    assert read_back["content"]["trình_tự_thực_hiện"] == "Bước 1: Nộp đơn.\nBước 2: Nhận thẻ."
    assert read_back["content"]["yêu_cầu_điều_kiện_thực_hiện"] == "Không"
    [way] = read_back["tables"]["hinh_thuc_nop"]
    assert way["phi_le_phi"] == "Phí : 5.000 Đồng"
    assert way["mo_ta"].startswith("Tại quầy\n(Trang gốc còn nút «Xem chi tiết» về phí")
    assert read_back["tables"]["thanh_phan_ho_so"][0]["truong_hop"] == "Đối với trẻ em"


def test_the_hidden_window_of_the_old_page_is_preferred():
    read_back = page(_WINDOW)
    assert read_back["content"]["cơ_quan_thực_hiện"] == "Thư viện xã"
    [paper] = read_back["tables"]["thanh_phan_ho_so"]
    assert (paper["so_luong"], paper["ghi_chu"]) == ("don.doc", "Bản chính: 1\nBản sao: 2")


def test_labels_laid_out_in_a_table_are_found():
    rows = "".join(
        f"<tr><td>{label}</td><td>{value}</td></tr>"
        for label, value in (
            ("Mã thủ tục", "9.000001"), ("Tên thủ tục", "Cấp thẻ"), ("Lĩnh vực", "Thư viện"),
            ("Cấp thực hiện", "Cấp xã"),
        )
    )  # fmt: skip
    assert page(f"<table>{rows}</table>")["metadata"]["tên_thủ_tục"] == "Cấp thẻ"


def test_a_page_saved_as_one_file_is_read(tmp_path):
    message = email.message.EmailMessage()
    message["Snapshot-Content-Location"] = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1"
    message.set_content("x")
    message.add_alternative(NEW.replace('rel="canonical"', ""), subtype="html")
    path = tmp_path / "trang.mhtml"
    path.write_bytes(message.as_bytes())
    [row] = list(read(path))
    assert isinstance(row, Raw) and row.format == "html"
    assert row.data["detail_url"] == "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1"


def test_html_named_doc_is_read_as_a_page(tmp_path):
    path = tmp_path / "ChiTietTTHC_9.000001.doc"
    path.write_text(NEW, encoding="utf-8")
    [row] = list(read(path))
    assert isinstance(row, Raw) and row.format == "html"


@pytest.mark.parametrize("text", ["<html></html>", "<p>xin chào</p>", "chỉ là chữ"])
def test_another_page_is_refused(text):
    with pytest.raises(RefusedError, match="không"):
        page(text)


def test_outside_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("rò rỉ", encoding="utf-8")
    entity = f'<!DOCTYPE html [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    assert "rò rỉ" not in str(page(entity + NEW.replace("Không có thông tin", "&e;")))


def test_deep_nesting_and_huge_spans_do_no_harm():
    deep = NEW.replace("Không có thông tin", "<div>" * 1000 + "sâu" + "</div>" * 1000)
    assert page(deep)["content"]["yêu_cầu_điều_kiện_thực_hiện"] == "sâu"
    with pytest.raises(RefusedError, match="quá sâu"):
        page(deep.replace("<div>", "<div>" * 3))
    wide = NEW.replace('rowspan="2"', 'rowspan="99999" colspan="99999"')
    assert page(wide)["tables"]["hinh_thuc_nop"][0]["hinh_thuc"].startswith("Trực tiếp")


@given(st.text(alphabet="<>/=\"' abhdtrl1234Mãthủtục:\n&;", max_size=400))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(RefusedError):
        html_file.read((text + NEW[:2000] + text).encode(), "x.html")


def test_an_unreadable_page_is_a_row(tmp_path):
    path = tmp_path / "x.html"
    path.write_bytes("<html>行政手续</html>".encode("gbk"))
    [row] = list(read(path))
    assert isinstance(row, Unreadable) and "UTF-8" in row.reason
