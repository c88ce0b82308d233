"""Errors of the operating system in words that say what to do."""

from __future__ import annotations

import errno

_SAID = {
    errno.ENOENT: "Không tìm thấy {place}; hãy kiểm tra lại đường dẫn.",
    errno.EACCES: "Không có quyền dùng {place}; hãy cấp quyền hoặc chọn chỗ khác.",
    errno.EPERM: "Không có quyền dùng {place}; hãy cấp quyền hoặc chọn chỗ khác.",
    errno.EROFS: "{place} chỉ đọc được, không ghi được; hãy chọn chỗ khác.",
    errno.EISDIR: "{place} là thư mục; hãy ghi tên một tệp.",
    errno.ENOTDIR: "Trên đường tới {place} có một tệp đứng chỗ thư mục; hãy chọn chỗ khác.",
    errno.ENOSPC: "Hết chỗ trên đĩa khi ghi {place}; hãy dọn bớt rồi chạy lại.",
    errno.EADDRINUSE: "{place} đang có chương trình khác dùng; hãy chọn cổng khác bằng --port.",
    errno.EADDRNOTAVAIL: "Máy này không có địa chỉ {place}; hãy chọn địa chỉ khác bằng --host.",
}


def in_words(error: OSError, place: str | None = None) -> str:
    """One Vietnamese sentence: what happened to which file or address, and what to do."""
    where = place or str(error.filename or "tệp")
    said = _SAID.get(error.errno or 0)
    return said.format(place=where) if said else f"Không đọc hoặc ghi được {where} ({error})."
