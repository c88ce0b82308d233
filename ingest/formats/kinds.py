"""Tells a file's format: by its content where names mislead, else by its name."""

from __future__ import annotations

import re
from typing import Literal

from ingest.formats.rows import RefusedError

Kind = Literal["yaml", "json", "jsonl", "html", "office", "old_office"]

KNOWN = (
    "hồ sơ YAML (.yaml, .yml); dữ liệu của Cổng Dịch vụ công dạng JSON, JSONL "
    "(.json, .jsonl, .jsonl.gz); tệp Word chi tiết thủ tục (.doc, .docx); trang thủ tục đã lưu "
    "(.html, .mhtml); danh sách thủ tục Excel (.xlsx)"
)
_NAMES: dict[str, Kind] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".mhtml": "html",
    ".mht": "html",
    ".docx": "office",
    ".docm": "office",
    ".xlsx": "office",
    ".xlsm": "office",
    ".doc": "old_office",
}
_COMPRESSED = (".json", ".jsonl", ".ndjson")
_OLE = b"\xd0\xcf\x11\xe0"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div)\b|^\s*MIME-Version:", re.I)
_OTHERS = (
    (b"%PDF", "là tệp PDF; hãy lấy bản Word (.docx) của thủ tục này"),
    (b"{\\rtf", "là tệp RTF; hãy mở bằng Word rồi lưu lại thành .docx"),
    (b"Rar!", "là tệp nén; hãy giải nén rồi nạp các tệp bên trong"),
    (b"7z\xbc\xaf", "là tệp nén; hãy giải nén rồi nạp các tệp bên trong"),
)


def by_name(name: str) -> Kind | None:
    """The format that a file's name promises; None for names never read."""
    lowered = name.lower()
    bare = lowered.removesuffix(".gz")
    for suffix, kind in _NAMES.items():
        if bare.endswith(suffix) and (bare == lowered or suffix in _COMPRESSED):
            return kind
    return None


def by_content(head: bytes, name: str) -> Kind:
    """The format of a file from its first bytes and its name. Raises RefusedError."""
    if not head.strip():
        raise RefusedError("tệp trống; hãy lấy lại tệp")
    for magic, why in _OTHERS:
        if head.startswith(magic):
            raise RefusedError(why)
    if head.startswith(b"PK\x03\x04"):
        return "office"
    if head.startswith(_OLE):
        return "old_office"
    named = by_name(name)
    if named in ("office", "old_office"):
        if _HTML.search(head):
            return "html"
        raise RefusedError(f"không đúng là tệp Word hay Excel như tên của nó; chỉ đọc được {KNOWN}")
    if named is None:
        raise RefusedError(f"không biết định dạng; chỉ đọc được {KNOWN}")
    return named
