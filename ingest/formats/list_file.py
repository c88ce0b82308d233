"""The portal's list export (.xlsx): codes and names of procedures, nothing more.

Two layouts are known, told by their column titles: ``Mã số | Tên | Cơ quan ban
hành …`` of 2026 and ``Mã TTHC | Tên TTHC | Lĩnh vực …`` before. Read as a
stream without trusting the sheet's stated size: old exports state a wrong one,
and a hostile one can state billions of cells.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from index.procedure import CODE
from index.text import fold, nfc
from ingest.formats.legacy import clean_record
from ingest.formats.rows import Listed, RefusedError, Rows, Unreadable

_COLUMNS = {
    "mã số": "code",
    "mã tthc": "code",
    "mã thủ tục": "code",
    "tên": "name",
    "tên tthc": "name",
    "tên thủ tục": "name",
    "cơ quan ban hành": "agency",
    "cơ quan công khai": "agency",
    "lĩnh vực": "field",
    "tình trạng": "status",
}
Cells = list[str]

_TITLES_WITHIN = 30
_MOST_COLUMNS = 40
_MOST_ROWS = 200_000


def read(path: Path, where: str) -> Rows:
    """Every row of every sheet that has the column titles."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # missing styles and the like don't matter here
            sheets = _sheets(path)
    except RefusedError:
        raise
    except Exception as error:  # the library raises whatever it met in a damaged package
        raise RefusedError("tệp Excel bị hỏng hoặc thiếu nội dung; hãy tải lại") from error
    found = [(name, *_titles(rows), rows) for name, rows in sheets]
    lists = [(name, at, columns, rows) for name, at, columns, rows in found if columns]
    if not lists:
        raise RefusedError(
            "không thấy hàng tiêu đề của danh sách thủ tục (Mã số, Tên …); "
            "cần tệp danh sách thủ tục tải từ Cổng Dịch vụ công"
        )
    for name, at, columns, rows in lists:
        sheet = f"{where}[{name}]" if len(lists) > 1 else where
        for number, row in enumerate(rows[at + 1 :], at + 2):
            yield from _row(row, columns, f"{sheet}:{number}")


def _sheets(path: Path) -> list[tuple[str, list[Cells]]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        sheets = [{"title": sheet.title, "rows": list(_rows(sheet))} for sheet in book.worksheets]
        cleaned = clean_record({"sheets": sheets})["sheets"]
        return [(sheet["title"], sheet["rows"]) for sheet in cleaned]
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[Cells]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)):
        if number >= _MOST_ROWS:
            raise RefusedError(f"trang tính dài hơn {_MOST_ROWS} hàng; hãy bỏ các hàng thừa ở cuối")
        yield [_text(cell) for cell in row]


def _titles(rows: list[Cells]) -> tuple[int, dict[str, int]]:
    """Where the column titles stand, and the column of each thing."""
    for at, row in enumerate(rows[:_TITLES_WITHIN]):
        titles = [fold(cell) for cell in row]
        columns = {_COLUMNS[t]: place for place, t in enumerate(titles) if t in _COLUMNS}
        if {"code", "name"} <= columns.keys():
            return at, columns
    return 0, {}


def _row(row: Cells, columns: dict[str, int], where: str) -> Rows:
    cells = {name: row[at] for name, at in columns.items() if at < len(row)}
    code, name = cells.get("code", ""), cells.get("name", "")
    if not any(row):
        return
    if not CODE.fullmatch(code):
        why = f"mã «{code[:40]}» không có dạng 1.001193" if code else "hàng này không có mã thủ tục"
        yield Unreadable(where, f"{why}; hãy kiểm tra lại danh sách")
    elif not name:
        yield Unreadable(where, f"mã {code} không có tên thủ tục; hãy kiểm tra lại danh sách")
    else:
        agency, field, status = (cells.get(key) or None for key in ("agency", "field", "status"))
        yield Listed(where, code, name, agency, field, status)


def _text(cell: object) -> str:
    """A cell as text; a code typed as a number gets its zeros back."""
    if isinstance(cell, float) and 0 < cell < 10:
        return f"{cell:.6f}"
    return nfc(str(cell)).strip() if cell is not None else ""
