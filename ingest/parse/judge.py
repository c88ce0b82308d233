"""Judges whether a row of the table of papers names a paper or is an instruction.

The count does not decide: instructions are counted 1 and papers are counted 0.
A paper's row begins with a paper's noun or says on what condition one is handed
in; an instruction explains, refers back, or introduces the rows below it.
"""

from __future__ import annotations

import re

from index.procedure import Kind
from index.text import clean
from ingest.parse.papers import Row
from ingest.parse.prose import stated

MARK = r"(?:\(?(?:[a-zđ]\d?|[ivx]+|\d{1,2}(?:\.\d{1,2})*)[).\/]!?\s*|[-+*•!.…]\s*)*"
_NOUN = (
    r"(?:(?:các|những|một số|một trong (?:các|những)|toàn bộ|bộ|bản|hai|ba)\s+|\(?\d{1,2}\)?\s+)*"
    r"(?:\((?:một|hai|ba|bốn|năm)\)\s+)?"
    r"(?:(?:chính|sao|gốc|chụp|scan|điện tử|tập hợp)\s+)?(?:có chứng thực\s+|hợp lệ\s+)?"
    r"(?:đơn\b|tờ\b|giấy|bản\b|văn bản|vb\b|văn bằng|hợp đồng|quyết định|biên (?:bản|lai)|phiếu|"
    r"hộ chiếu|thẻ|sổ\b|chứng (?:thư|chỉ|từ|nhận|minh|cứ)|hóa đơn|hoá đơn|báo (?:cáo|giá)|"
    r"danh (?:sách|mục)|bằng\b|công (?:văn|hàm)|ảnh\b|tài liệu|lý lịch|sơ (?:yếu|đồ|họa)|điều lệ|"
    r"dự (?:án|thảo|toán)|phương án|đề (?:án|nghị|cương|xuất)|hồ sơ|mẫu|thông (?:báo|tin|điệp)|"
    r"nghị quyết|di chúc|trích (?:lục|sao)|kế hoạch|lệnh|bảng|thuyết minh|kết quả|vận (?:đơn|tải)|"
    r"catalog|hình ảnh|thư\b|ý kiến|cam kết|xác nhận|thỏa thuận|tờ trình|vé\b|mảnh trích|"
    r"bình đồ|biểu|kháng nghị|hiện vật|phụ lục|quy (?:chế|trình)|tem\b|đề án|nội dung|"
    r"cmnd|căn cước|giấy tờ|lời khai|bệnh án|học bạ|bưu ảnh|tệp|file\b|clip|video)"
)
_PAPER = re.compile(MARK + _NOUN, re.IGNORECASE)
_PAPER_INSIDE = re.compile(r"(?:^|[\s:(])" + _NOUN, re.IGNORECASE)
_NOTICE = re.compile(
    MARK + r"\(?(?:lưu ý|ghi chú|chú ý|số lượng\b|số bộ hồ sơ|thời (?:hạn|gian)\b|chậm nhất\b|"
    r"không (?:quy định|có|yêu cầu)\b\W*$|cách thức|thực hiện (?:theo|nộp)|như (?:trên|mục))",
    re.IGNORECASE,
)
_NOTICE_CAPTION = re.compile(
    r"^\W*(?:[a-zđ\d][).]\s*)?(?:lưu ý|ghi chú|chú ý|thời (?:hạn|gian)|số lượng hồ sơ)\b", re.I
)
_HEADING = re.compile(
    r"(?::|(?:bao )?gồm|sau(?: đây)?|như sau|cụ thể)\W*$|"
    r"^" + MARK + r"(?:các )?giấy tờ (?:phải|cần) (?:nộp|xuất trình)\W*$|"
    r"^" + MARK + r"(?:thành phần )?hồ sơ (?:thứ|trường hợp|đối với)\b[^:;]{0,80}$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^" + MARK + r"(?:(?:các )?(?:thành phần )?hồ sơ|(?:các |những )?(?:thành phần|tài liệu|giấy tờ|"
    r"bản sao|văn bản))\s+(?:này|trên|nêu|như|theo|là bản|quy định tại (?:các )?(?:điểm|mục|khoản)|"
    r"tương tự)|"
    r"^" + MARK + r"(?:bản sao|bản chụp|giấy tờ|tài liệu|hồ sơ|phiếu|ảnh)\b.{0,300}?"
    r"(?:phải (?:được|bảo đảm|đảm bảo)|chỉ áp dụng|không áp dụng|được (?:lập|tạo lập|nộp)|"
    r"có giá trị|nêu trên|như quy định)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    MARK + r"\(?(?:trong |riêng )?(?:trường hợp|đối với|ngoài|khi|nếu|sau khi|trước khi|để|tùy|"
    r"riêng|theo quy định)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    MARK + r"(?:người|cơ quan|cá nhân|tổ chức|doanh nghiệp|chủ|thủ tướng|ban |công dân|việc|hộ |"
    r"cán bộ|thân nhân|đơn vị|bộ |ủy ban|nhà đầu tư|sở |công ty|thương nhân)\b",
    re.IGNORECASE,
)
_HAND_IN = re.compile(
    r"(?:phải|cần|thì|còn|để|nhưng|và|nộp)?\s*(?:nộp|gửi|có|kèm(?: theo)?|bổ sung|cung cấp|trình|"
    r"xuất trình|gồm|lập|đính kèm)\s+(?:thêm\s+|kèm(?: theo)?\s+|bổ sung\s+|cả\s+|là\s+|:\s*)*"
    + _NOUN + r"|:\s*(?:[-+a-z(]{1,3}[).]?\s*)?" + _NOUN,
    re.IGNORECASE,
)
_NO_PAPER = re.compile(
    r"không phải (?:nộp|xuất trình|tải|gửi|có)|không (?:bao gồm|yêu cầu|được yêu cầu|cần)|"
    r"nêu trên\W*$|có trách nhiệm|chịu trách nhiệm|có thể (?:nộp|sử dụng)|được sử dụng|"
    r"không khai thác được|thì có thể|hợp pháp hóa lãnh sự",
    re.IGNORECASE,
)
_SHOW = re.compile(MARK + r"(?:xuất trình|trình)\b", re.IGNORECASE)
_SHOWN_THEN = re.compile(r"(?:phải|thì|cần)\s+xuất trình\b", re.IGNORECASE)
_SUBMITTED = re.compile(r"\b(?:nộp|gửi)\b", re.IGNORECASE)
_SHOW_CAPTION = re.compile(r"xuất trình", re.IGNORECASE)


def is_paper(row: Row) -> bool:
    """Whether a row names a paper that is handed in or shown."""
    words = clean(row.text)
    if not stated(words) or _NOTICE_CAPTION.match(clean(row.caption)) or _NOTICE.match(words):
        return False
    if _HEADING.search(words) or _BACK.match(words):
        return False
    counted = bool(row.original or row.copies)
    if _CONDITION.match(words) or _SUBJECT.match(words):
        return _conditional(words, counted)
    return bool(_PAPER.match(words) or _SHOW.match(words)) or counted


def _conditional(words: str, counted: bool) -> bool:
    """A sentence asks for a paper where it says that one is handed in."""
    if not _HAND_IN.search(words):
        return False
    return not _NO_PAPER.search(words) and (counted or not _SUBJECT.match(words))


def kind(row: Row) -> Kind:
    """``present`` where the row or its group says that the paper is only shown."""
    caption, words = clean(row.caption), clean(row.text)
    by_group = _SHOW_CAPTION.search(caption) and not _SUBMITTED.search(caption)
    by_row = _SHOWN_THEN.search(words) and not _SUBMITTED.search(words)
    return "present" if by_group or by_row or _SHOW.match(words) else "submit"
