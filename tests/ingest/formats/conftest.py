"""Files of our own making in the layouts that ingest reads; every word in them is made up."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

_HEAD = (
    "Mã thủ tục: {code}",
    "Số quyết định: 1/QĐ-THU",
    "Tên thủ tục: Cấp thẻ thư viện",
    "Cấp thực hiện: Cấp Xã",
    "Loại thủ tục: TTHC được luật giao quy định chi tiết",
    "Lĩnh vực: Thư viện",
    "Trình tự thực hiện: Bước 1: Bạn đọc nộp đơn.",
    "Bước 2: Thư viện trao thẻ.",
    "Cách thức thực hiện:",
)
_TAIL = (
    "Đối tượng thực hiện: Công dân Việt Nam",
    "Cơ quan thực hiện: Thư viện xã",
    "Cơ quan có thẩm quyền: Không có thông tin",
    "Địa chỉ tiếp nhận HS: Số 1 phố Sách",
    "Cơ quan được ủy quyền: Không có thông tin",
    "Cơ quan phối hợp: Không có thông tin",
    "Kết quả thực hiện: Thẻ thư viện",
    "Căn cứ pháp lý:",
)
_END = (
    "Yêu cầu, điều kiện thực hiện: Không",
    "Từ khóa: Không có thông tin",
    "Mô tả: Cấp thẻ cho người đọc.",
)
_WAYS = (
    ("Hình thức nộp", "Thời hạn giải quyết", "Phí, lệ phí", "Mô tả"),
    ("Trực tiếp", "3 Ngày làm việc", "Phí : 5.000 Đồng", "Nộp tại quầy"),
    ("Trực tuyến", "2 Ngày làm việc", "Phí : 0 Đồng", ""),
)
_PAPERS = (
    ("Tên giấy tờ", "Mẫu đơn, tờ khai", "Số lượng"),
    ("Đơn xin cấp thẻ", "don.docx", "Bản chính: 1\nBản sao: 0"),
)
_CHILDREN = (
    ("Tên giấy tờ", "Mẫu đơn, tờ khai", "Số lượng"),
    ("Giấy đồng ý của cha mẹ", "", "Bản chính: 1\nBản sao: 1"),
)
_LAWS = (
    ("Số ký hiệu", "Trích yếu", "Ngày ban hành", "Cơ quan ban hành"),
    ("46/2019/QH14", "Luật Thư viện", "21-11-2019", "Quốc hội"),
)


@pytest.fixture
def word_export(tmp_path: Path) -> Callable[..., Path]:
    """Write a Word export; ``change`` may alter the document before it is saved."""

    def write(
        name: str = "ChiTietTTHC_9.000001.doc",
        code: str = "9.000001",
        change: Callable[[Any], None] = lambda document: None,
    ) -> Path:
        document = docx.Document()
        for line in _HEAD:
            document.add_paragraph(line.format(code=code))
        add_table(document, _WAYS)
        document.add_paragraph("Thành phần hồ sơ:")
        document.add_paragraph("* Đối với người lớn")
        add_table(document, _PAPERS)
        document.add_paragraph("* Đối với trẻ em")
        add_table(document, _CHILDREN)
        for line in _TAIL:
            document.add_paragraph(line)
        add_table(document, _LAWS)
        for line in _END:
            document.add_paragraph(line)
        change(document)
        document.save(str(tmp_path / name))
        return tmp_path / name

    return write


def add_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> Any:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


@pytest.fixture
def repack() -> Callable[..., Path]:
    """Rewrite parts of an Office file: ``repack(path, {"word/document.xml": (old, new)})``."""

    def rewrite(
        path: Path,
        changes: dict[str, tuple[bytes, bytes]] | None = None,
        extra: dict[str, bytes] | None = None,
    ) -> Path:
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        for name, (old, new) in (changes or {}).items():
            assert re.search(old, parts[name], re.DOTALL), (name, old)
            parts[name] = re.sub(old, new, parts[name], flags=re.DOTALL)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in (parts | (extra or {})).items():
                package.writestr(name, content)
        return path

    return rewrite
