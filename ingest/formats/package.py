"""Looks into an Office package before any library opens it.

Word and Excel files are zip archives of XML. Refused here: what unpacks to far
more than it should, macros, passwords, damaged archives, and XML with a
document type, the only way to bring in outside or self-multiplying entities
(Office never writes one).
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from ingest.formats.limits import MB
from ingest.formats.rows import RefusedError

Office = Literal["word", "excel"]

_UNPACKED = 200 * MB
_XML_PART = 50 * MB
_MEMBERS = 5_000
_RATIO = 200
_SMALL = 5 * MB
_TYPES = "[Content_Types].xml"
_DOCTYPE = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T\x00?I)", re.IGNORECASE)
_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)")
_ENCODINGS = {b"utf-8", b"utf-16", b"utf8", b"us-ascii", b"ascii"}


def check(path: Path) -> Office:
    """Which Office file it is. Raises RefusedError where opening it would not be safe."""
    try:
        with zipfile.ZipFile(path) as package:
            return _check(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise RefusedError("tệp Office bị hỏng hoặc tải dở; hãy tải lại") from error


def _check(package: zipfile.ZipFile) -> Office:
    members = package.infolist()
    _check_sizes(members)
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise RefusedError("tệp Office có hai phần trùng tên, có thể bị sửa; hãy tải lại tệp gốc")
    if any(member.flag_bits & 1 for member in members):
        raise RefusedError("tệp có mật khẩu; hãy bỏ mật khẩu rồi lưu lại")
    kind = _kind(names)
    _check_parts(package, members, kind)
    return kind


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """The sizes that the archive states: zipfile reads no byte beyond them."""
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    inflated = unpacked > _SMALL and unpacked > _RATIO * packed
    if inflated or unpacked > _UNPACKED or len(members) > _MEMBERS:
        raise RefusedError(
            "tệp nén bung ra quá lớn so với một văn bản bình thường nên không mở; "
            "hãy kiểm tra lại nguồn của tệp"
        )


def _kind(names: list[str]) -> Office:
    if any(name.startswith("word/") for name in names):
        return "word"
    if any(name.startswith("xl/") for name in names):
        return "excel"
    if "mimetype" in names:
        raise RefusedError("là tệp OpenDocument; hãy lưu lại thành .docx hoặc .xlsx")
    raise RefusedError(
        "là tệp nén, không phải Word hay Excel; hãy giải nén rồi nạp các tệp bên trong"
    )


def _check_parts(package: zipfile.ZipFile, members: list[zipfile.ZipInfo], kind: Office) -> None:
    suffix = ".docx" if kind == "word" else ".xlsx"
    for member in members:
        name = member.filename.lower()
        if name.endswith("vbaproject.bin"):
            raise RefusedError(f"tệp có macro nên không mở; hãy lưu lại thành {suffix} thường")
        if name.endswith((".xml", ".rels", ".vml")):
            _check_xml(package, member)
    if any(m.filename == _TYPES and b"macroEnabled" in package.read(m) for m in members):
        raise RefusedError(f"tệp có macro nên không mở; hãy lưu lại thành {suffix} thường")


def _check_xml(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if member.file_size > _XML_PART:
        raise RefusedError(
            f"có phần lớn hơn {_XML_PART // MB} MB nên không mở; hãy tách thành nhiều tệp nhỏ hơn"
        )
    content = package.read(member)
    declared = _DECLARED.match(content)
    if _DOCTYPE.search(content) or (declared and declared[1].lower() not in _ENCODINGS):
        raise RefusedError(
            "tệp Office khai báo nội dung lấy từ bên ngoài (DOCTYPE) nên không mở; "
            "hãy tải lại tệp gốc từ Cổng Dịch vụ công"
        )
