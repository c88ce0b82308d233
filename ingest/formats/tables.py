"""Recognises the three tables of a procedure by their column titles and reads their rows.

The keys are those of the Word export as others have parsed it: a paper's form
stands under ``so_luong`` and its counts under ``ghi_chu``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.text import fold

_COLUMNS = {
    "hinh_thuc_nop": {
        "hình thức nộp": "hinh_thuc",
        "hình thức": "hinh_thuc",
        "thời hạn giải quyết": "thoi_han_giai_quyet",
        "thời gian": "thoi_han_giai_quyet",
        "phí, lệ phí": "phi_le_phi",
        "mô tả": "mo_ta",
    },
    "thanh_phan_ho_so": {
        "tên giấy tờ": "ten_giay_to",
        "loại giấy tờ": "ten_giay_to",
        "mẫu đơn, tờ khai": "so_luong",
        "số lượng": "ghi_chu",
        "bản chính": "ban_chinh",
        "bản sao": "ban_sao",
    },
    "can_cu_phap_ly": {
        "số ký hiệu": "so_ky_hieu",
        "mã văn bản": "so_ky_hieu",
        "trích yếu": "trich_yeu",
        "tên văn bản pháp lý": "trich_yeu",
        "ngày ban hành": "ngay_ban_hanh",
        "cơ quan ban hành": "co_quan_ban_hanh",
    },
}
_NEEDED = {
    "hinh_thuc_nop": ("hinh_thuc", "thoi_han_giai_quyet", "phi_le_phi", "mo_ta"),
    "thanh_phan_ho_so": ("truong_hop", "ten_giay_to", "so_luong", "ghi_chu"),
    "can_cu_phap_ly": ("so_ky_hieu", "trich_yeu", "ngay_ban_hanh", "co_quan_ban_hanh"),
}
_PAGE_COUNT = re.compile(r"(\d+)\s*bản\s*chính(?:\s*[,;]?\s*(\d+)\s*bản\s*sao)?", re.IGNORECASE)
_MORE_ABOUT_FEE = re.compile(r"\s*Xem chi tiết\s*$", re.IGNORECASE)
_FEE_CUT = "(Trang gốc còn nút «Xem chi tiết» về phí; phần đó không có trong tệp đã lưu.)"

Cells = dict[str, str]


@dataclass
class Tables:
    """The rows of each table; ``left``: what stood in rows that no title explains."""

    rows: dict[str, list[Cells]] = field(default_factory=lambda: {name: [] for name in _COLUMNS})
    left: list[str] = field(default_factory=list)


def kind_of(row: tuple[str, ...]) -> str | None:
    """Which table has this row as its titles."""
    titles = [fold(cell).rstrip(":") for cell in row]
    for kind, columns in _COLUMNS.items():
        if len({columns[title] for title in titles if title in columns}) >= 2:
            return kind
    return None


def take(rows: tuple[tuple[str, ...], ...], caption: str, into: Tables) -> None:
    """Read a table; a row across the papers' columns is the caption of the rows below it."""
    kind, keys, unused = None, list[str](), [caption]
    for row in rows:
        if found := kind_of(row):
            kind, keys = found, _keys(found, row)
        elif kind == "thanh_phan_ho_so" and len(row) == 1:
            caption = row[0]
            unused.append(caption)
        elif kind is None or len(row) == 1:
            unused.append(" | ".join(filter(None, row)))
        elif any(row):
            into.rows[kind].append(_record(kind, keys, row, caption))
            if kind == "thanh_phan_ho_so":
                unused = [text for text in unused if text != caption]
    into.left += unused


def _keys(kind: str, titles: tuple[str, ...]) -> list[str]:
    """The key of each column; a column of another title goes by that title."""
    columns = _COLUMNS[kind]
    folded = [fold(title).rstrip(":") for title in titles]
    return [columns.get(title, title.replace(" ", "_")) for title in folded]


def _record(kind: str, keys: list[str], row: tuple[str, ...], caption: str) -> Cells:
    cells = dict.fromkeys(_NEEDED[kind], "")
    for place, cell in enumerate(row):
        key = keys[min(place, len(keys) - 1)]
        cells[key] = f"{cells[key]}\n{cell}".strip() if cells.get(key) else cell
    if kind == "thanh_phan_ho_so":
        cells["truong_hop"] = caption if re.search(r"[^\W\d_]", caption) else ""
        cells["ghi_chu"] = _counts(cells)
    if kind == "hinh_thuc_nop" and _MORE_ABOUT_FEE.search(cells["phi_le_phi"]):
        cells["phi_le_phi"] = _MORE_ABOUT_FEE.sub("", cells["phi_le_phi"])
        cells["mo_ta"] = f"{cells['mo_ta']}\n{_FEE_CUT}".strip()
    return cells


def _counts(cells: Cells) -> str:
    """The numbers of originals and copies, written as the Word export does."""
    original, copies = cells.pop("ban_chinh", ""), cells.pop("ban_sao", "")
    if original or copies:
        apart = f"Bản chính: {original or 0}\nBản sao: {copies or 0}"
        return f"{apart}\n{cells['ghi_chu']}".strip()
    if found := _PAGE_COUNT.fullmatch(cells["ghi_chu"].strip()):
        return f"Bản chính: {found[1]}\nBản sao: {found[2] or 0}"
    return cells["ghi_chu"]
