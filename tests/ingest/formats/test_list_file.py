from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from ingest.read import Listed, Unreadable, read

NEW = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")
OLD = (
    "STT", "Mã TTHC", "Tên TTHC", "Lĩnh vực", "Đối tượng", "Cơ quan công khai", "Cấp thực hiện",
    "Tình trạng", "QĐ Công bố",
)  # fmt: skip


@pytest.fixture
def write(tmp_path):
    def to(*rows, name="danh-sach.xlsx", merge=("A1:E1",), more=()):
        book = openpyxl.Workbook()
        for at, sheet_rows in enumerate((rows, *more)):
            sheet = book.active if at == 0 else book.create_sheet(f"S{at}")
            for row in sheet_rows:
                sheet.append(row)
            for cells in merge if at == 0 else ():
                sheet.merge_cells(cells)
        book.save(tmp_path / name)
        return tmp_path / name

    return to


def test_the_layout_of_2026(write):
    path = write(
        ("DANH SÁCH THỦ TỤC HÀNH CHÍNH",),
        NEW,
        ("9.000001", " Cấp thẻ thư viện ", "Bộ Sách", "Thư viện xã\nThư viện tỉnh", "Thư viện"),
        (9.00002, "Đổi thẻ", "Bộ Sách", None, None),
        (),
    )
    assert list(read(path)) == [
        Listed("danh-sach.xlsx:3", "9.000001", "Cấp thẻ thư viện", "Bộ Sách", "Thư viện"),
        Listed("danh-sach.xlsx:4", "9.000020", "Đổi thẻ", "Bộ Sách"),
    ]


def test_the_layout_before_it(write):
    path = write(
        ("DANH SÁCH",),
        (),
        OLD,
        (
            1,
            "9.000001",
            "Cấp thẻ",
            "Thư viện",
            "Công dân",
            "Bộ Sách",
            "Cấp Xã",
            "Còn hiệu lực",
            "1",
        ),
        merge=("A1:I2",),
    )
    assert list(read(path)) == [
        Listed("danh-sach.xlsx:4", "9.000001", "Cấp thẻ", "Bộ Sách", "Thư viện", "Còn hiệu lực")
    ]


def test_codes_of_the_wrong_form_and_missing_names_are_told_by_row(write):
    path = write(NEW, ("1.2", "Sai mã"), (None, "Không mã"), ("9.000001", None), merge=())
    rows = list(read(path))
    assert all(isinstance(row, Unreadable) for row in rows)
    assert [row.where for row in rows] == [f"danh-sach.xlsx:{n}" for n in (2, 3, 4)]
    assert "«1.2» không có dạng 1.001193" in rows[0].reason
    assert "không có mã thủ tục" in rows[1].reason
    assert "không có tên thủ tục" in rows[2].reason


def test_a_code_twice_is_listed_twice(write):
    path = write(NEW, ("9.000001", "Cấp thẻ"), ("9.000001", "Cấp thẻ"), merge=())
    assert [row.code for row in read(path)] == ["9.000001", "9.000001"]


def test_every_sheet_that_has_the_titles_is_read(write):
    path = write(NEW, ("9.000001", "Cấp thẻ"), merge=(),
                 more=([("ghi chú",)], [NEW, ("9.000002", "Đổi thẻ")]))  # fmt: skip
    assert [row.where for row in read(path)] == ["danh-sach.xlsx[Sheet]:2", "danh-sach.xlsx[S2]:2"]


def test_another_table_is_refused(write):
    [row] = list(read(write(("Họ tên", "Tuổi"), ("An", 3), merge=())))
    assert isinstance(row, Unreadable) and "không thấy hàng tiêu đề" in row.reason


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"<mergeCell ref=\"A1:E1\"", b'<mergeCell ref="A1:XFD1048576"'),
        (rb"<dimension ref=\"[^\"]*\"", b'<dimension ref="A1:XFD1048576"'),
        (rb"<dimension ref=\"[^\"]*\"", b'<dimension ref="A1:E2"'),
    ],
)
def test_a_sheet_that_states_a_wrong_size_is_read_all_the_same(write, repack, old, new):
    path = write(("DANH SÁCH",), NEW, ("9.000001", "Cấp thẻ"))
    repack(path, {"xl/worksheets/sheet1.xml": (old, new)})
    assert [row.code for row in read(path)] == ["9.000001"]


def test_rows_without_end_are_refused(write, repack):
    path = write(("DANH SÁCH",), NEW, ("9.000001", "Cấp thẻ"))
    repack(path, {"xl/worksheets/sheet1.xml": (rb"<row r=\"3\"", b'<row r="1000000"')})
    [row] = list(read(path))
    assert isinstance(row, Unreadable) and "dài hơn 200000 hàng" in row.reason


def test_an_outside_entity_is_never_read(tmp_path, write, repack):
    secret = tmp_path / "secret.txt"
    secret.write_text("9.999999", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    path = repack(write(NEW, ("9.000001", "Cấp thẻ"), merge=()),
                  {"xl/workbook.xml": (rb"<workbook", entity + b"<workbook")})  # fmt: skip
    [row] = list(read(path))
    assert isinstance(row, Unreadable) and "DOCTYPE" in row.reason


@pytest.mark.parametrize("cut", [100, 2000, 4000])
def test_a_damaged_list_is_told(write, cut):
    path = write(NEW, ("9.000001", "Cấp thẻ"), merge=())
    path.write_bytes(path.read_bytes()[:cut])
    [row] = list(read(path))
    assert isinstance(row, Unreadable) and "hỏng" in row.reason


@pytest.mark.skipif("PORTAL_COPY" not in os.environ, reason="needs real lists")
def test_the_real_lists_give_every_row():
    folder = Path(os.environ["PORTAL_COPY"]) / "list_export"
    counts = {}
    for path in sorted(folder.glob("*.xlsx")):
        rows = list(read(path))
        assert all(isinstance(row, Listed) and row.agency and row.field for row in rows), path
        counts[path.stem.removeprefix("danh-sach-tthc-")] = len(rows)
    assert counts == {
        "BoCongAn": 339, "BoTaiChinh": 706, "BoTuPhap": 271, "BoXayDung": 525,
        "NganhangNhanuocVietNam": 261, "NongNghiepvaMoiTruong": 537, "toa-an-nhan-dan": 3,
    }  # fmt: skip
