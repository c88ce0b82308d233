"""Tells papers from instructions among the rows of a table, and makes Documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.procedure import Document, Form, Kind
from index.text import clean
from ingest.parse.forms import split_form
from ingest.parse.papers import Row
from ingest.parse.prose import stated, without_bullet

_LONG = 160
_MARK = r"(?:\(?(?:[a-zđ]|[ivx]+|\d{1,2}(?:\.\d{1,2})*)[).]\s*|[-+*•]\s*)*"
_PAPER = re.compile(
    _MARK + r"(?:\(?\d{1,2}\)?\s+|một\s+|các\s+|những\s+)?(?:bộ\s+)?(?:bản\s+(?:chính|sao|gốc|chụp|"
    r"scan|điện tử)\s+)?"
    r"(?:đơn\b|tờ\b|giấy|bản\b|văn bản|văn bằng|hợp đồng|quyết định|biên bản|phiếu|hộ chiếu|thẻ|sổ|"
    r"chứng (?:thư|chỉ|từ|nhận|minh)|hóa đơn|hoá đơn|báo cáo|danh (?:sách|mục)|bằng|công văn|ảnh|"
    r"tài liệu|lý lịch|sơ yếu|điều lệ|dự (?:án|thảo|toán)|phương án|đề (?:án|nghị|cương)|hồ sơ|mẫu|"
    r"thông (?:báo|tin)|nghị quyết|di chúc|trích (?:lục|sao)|kế hoạch|lệnh|bảng|sơ đồ|thuyết minh|"
    r"kết quả|vận đơn|catalog|nội dung|hình ảnh|thư|ý kiến|cam kết|xác nhận|thỏa thuận|tờ trình)",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    _MARK + r"(?:lưu ý|ghi chú|chú ý|số lượng(?: hồ sơ)?\s*:|số bộ hồ sơ|thành phần hồ sơ|"
    r"hồ sơ (?:như|gồm|bao gồm|nêu|quy định|theo quy định)|không quy định|không có|"
    r"trường hợp (?:không|người|gửi|nộp hồ sơ|các giấy tờ|giấy tờ)|việc |khi |"
    r"tùy |người (?:nộp|yêu cầu|đi|có yêu cầu)|cơ quan |nếu |ngoài |các (?:giấy tờ|tài liệu) "
    r"(?:nêu trên|trên|này)|đối với )",
    re.IGNORECASE,
)
_ONLY_NOTES = re.compile(r"^\W*(?:lưu ý|ghi chú|chú ý)\b", re.IGNORECASE)
_PRESENT_GROUP = re.compile(r"xuất trình", re.IGNORECASE)
_SUBMIT_GROUP = re.compile(r"\bnộp\b", re.IGNORECASE)
_PRESENT = re.compile(_MARK + r"xuất trình\b", re.IGNORECASE)
_GENERIC_CASE = re.compile(
    r"\W*(?:[a-zđ\d]{1,3}[).]\s*)?(?:thành phần hồ sơ|hồ sơ(?: bao)? gồm|(?:các )?giấy tờ "
    r"(?:phải|cần) (?:nộp|xuất trình)|thành phần hồ sơ(?: bao)? gồm|hồ sơ)?\W*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[^\W\d_)\]”])[.;:]\s+|;\s*")


@dataclass(frozen=True)
class Papers:
    """What a table of papers says: the papers themselves and the rules about them."""

    documents: tuple[Document, ...]
    notes: tuple[str, ...]


def sort_rows(rows: Iterable[Row]) -> Papers:
    """Papers in the source's order with ids ``p1``, ``p2`` …; instructions become notes."""
    table = tuple(rows)
    all_zero = all(not row.original and not row.copies for row in table)
    documents: list[Document] = []
    notes: list[str] = []
    for row in table:
        if is_paper(row, all_zero):
            documents.append(_document(row, f"p{len(documents) + 1}"))
        elif said := stated(without_bullet(row.text)):
            notes.append(said)
    return Papers(tuple(documents), tuple(dict.fromkeys(notes + _caption_notes(table))))


def is_paper(row: Row, all_zero: bool = False) -> bool:
    """Whether a row names a paper; ``all_zero``: its table counts every row 0."""
    words = clean(row.text)
    if _ONLY_NOTES.match(clean(row.caption)) or _INSTRUCTION.match(words):
        return False
    if not row.original and not row.copies and not all_zero:
        return False
    return bool(stated(words))


def _caption_notes(table: tuple[Row, ...]) -> list[str]:
    """A caption that is a whole sentence of advice is a note as well as a case."""
    return []


def _document(row: Row, name: str) -> Document:
    words, form = split_form(row.text)
    text = without_bullet(words)
    title, rest = _title(text)
    return Document(
        id=name,
        name=title,
        kind=_kind(row),
        original=row.original,
        copy=row.copies,
        note=rest,
        form=_form(row.file or form),
        case=_case(row.caption),
        text=text if rest else None,
    )


def _form(file: str) -> Form | None:
    name = stated(file)
    return Form(name=name) if name else None


def _title(text: str) -> tuple[str, str | None]:
    """A long row is cut after its first clause; the rest becomes the note."""
    if len(text) <= _LONG:
        return text, None
    for end in _SENTENCE_END.finditer(text, 25):
        if text.count("(", 0, end.start()) == text.count(")", 0, end.start()):
            rest = text[end.end() :].strip()
            return text[: end.start() + 1].strip(), rest or None
    return text, None


def _kind(row: Row) -> Kind:
    caption = clean(row.caption)
    shown = _PRESENT_GROUP.search(caption) and not _SUBMIT_GROUP.search(caption)
    return "present" if shown or _PRESENT.match(clean(row.text)) else "submit"


def _case(caption: str) -> str | None:
    cleaned = without_bullet(caption)
    return None if _GENERIC_CASE.fullmatch(cleaned) else cleaned.rstrip(":").strip() or None
