"""Judges whether a row of the table of papers names a paper or is an instruction.

The count does not decide: instructions are counted 1 and papers are counted 0.
A paper's row begins with a paper's noun or says on what condition one is handed
in; an instruction explains, refers back, or introduces the rows below it.
"""

from __future__ import annotations

import re

from ingest.parse.nouns import MARK, NOUN, PAPER, is_conditional
from ingest.parse.papers import Row
from ingest.parse.prose import stated, tidy
from ingest.parse.shown import SHOW

_NOTICE = re.compile(
    MARK + r"\(?(?:lưu ý|ghi chú|chú ý|số lượng\b|số bộ hồ sơ|thời (?:hạn|gian)\b|chậm nhất\b|"
    r"không (?:quy định|có|yêu cầu)\b\W*$|cách thức|thực hiện (?:theo|nộp|khai báo)|"
    r"như (?:trên|mục)|sl hồ sơ\b|\d{1,2} bộ(?: gốc)?\W*$|không (?:cần|phải) |trong đó\b|"
    r"tương tự\b|tỷ lệ bản đồ\b|cung cấp (?:các )?thông tin theo\b|thủ tục về\b|"
    r"lập hội đồng\b|được hợp pháp hóa\b|(?:các )?nội dung khác\b)",
    re.IGNORECASE,
)
_NOTICE_CAPTION = re.compile(
    r"^\W*(?:[a-zđ\d][).]\s*)?(?:lưu ý|ghi chú|chú ý|thời (?:hạn|gian)|số lượng hồ sơ)\b", re.I
)
_CONTENTS_CAPTION = re.compile(
    r"(?:thông tin|nội dung)(?: chủ yếu| chính| cơ bản| tối thiểu)*(?: như)? sau(?: đây)?\W*$", re.I
)
"""A caption above what one paper must say: its rows are contents, not papers."""

_SETS = re.compile(MARK + r"(?:\d{1,2} )?(?:\([^()]{1,6}\) )?bộ hồ sơ\b", re.IGNORECASE)
"""How many sets are filed: a paper only where the table counts it."""

_CONTENT = re.compile(MARK + r"(?:(?:các )?nội dung|đề xuất)\b", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:\bgồm|(?<!năm )(?<!chi )\bsau(?: đây)?|cụ thể)\s*[:;.]*\s*$|"
    r"^" + MARK + r"(?:các )?giấy tờ (?:phải|cần) (?:nộp|xuất trình)\W*$|"
    r"^" + MARK + r"(?:thành phần )?hồ sơ (?:thứ|trường hợp|đối với)\b[^:;]{0,80}$",
    re.IGNORECASE,
)
_NAMES_NO_PAPER = re.compile(
    MARK + r"(?:(?:họ )?tên\b|lý do\b|mục (?:đích|tiêu)\b|địa (?:điểm|chỉ)\b|thực trạng\b|"
    r"tác động\b|số (?:dư|nợ|tiền|lượng)\b|tổng (?:nguồn|khối|số)\b|tỷ lệ\b|hình thức\b|"
    r"(?:chủng |kiểu )?loại(?:,| và) |chủng loại\b|trách nhiệm\b|khu vực\b|quy mô\b|"
    r"giá trị\b|nguồn vốn\b|sự cần thiết\b|điều kiện (?:đối với|của)\b|"
    r"không còn\b|bị xử lý\b|thuộc (?:một )?trong\b|có quyết định (?:nghỉ|thôi)|"
    r"theo đề nghị của\b|chuyển (?:đổi )?(?:vị trí|công tác)\b|kéo dài (?:thời|tiến)\b|"
    r"thực hiện (?:việc|một trong)\b|hủy hiệu lực\b|kho bạc\b.{0,40}\bthực hiện\b|"
    r"khuyến khích\b|bổ sung, (?:hiệu đính|cập nhật)\b|sửa đổi, bổ sung thông tin\b|"
    r"(?:tình hình|dự kiến)\b(?!.*\bmẫu\b))",
    re.IGNORECASE,
)
"""How rows begin that give a fact, a ground or an act in place of a paper."""

_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?)\s*$", re.IGNORECASE)
_GROUP = re.compile(
    MARK + r"(?:(?:các|những)\s+)?(?:thành phần |bộ )?(?:hồ sơ|giấy tờ|tài liệu|nội dung)\b"
    r"(?! (?:chứng minh|giải trình))",
    re.IGNORECASE,
)
_BACK = re.compile(
    MARK + r"(?:các |những )?(?:(?:thành phần )?hồ sơ|thành phần|tài liệu|giấy tờ|bản sao|"
    r"văn bản|ảnh[^.]{0,20}?)\s+"
    r"(?:này|trên|nêu trên|tương tự|giống|như\b|theo quy định tương ứng|là bản (?:sao|chính)|"
    r"(?:được )?(?:lập|nộp) (?:bằng tiếng|bằng bản)|đăng ký[^.]{0,60}trên môi trường|"
    r"do cơ quan có thẩm quyền của nước ngoài|có thể hiện|do hội đồng thi)|"
    + MARK
    + NOUN
    + r"(?![^:;.]*trong đó)[^:;.]{0,90}? phải (?:có các|thể hiện) nội dung\b|"
    + MARK
    + r"bản sao\b.*(?:điểm|mục)\b.{0,60}nêu trên|"
    + MARK
    + r"(?:đơn|tờ khai|phiếu|(?:biểu )?mẫu) (?:này|được tạo lập)\b|"
    + MARK
    + r"hồ sơ\b[^:;]{0,150}\bthực hiện theo quy định\b|"
    + MARK
    + r"hồ sơ\b[^:;.]{0,60} phải (?:được |có )?(?:trang bìa|sắp xếp|đóng (?:quyển|tập)|đánh số)|"
    + MARK
    + r"trong trường hợp này\b|"
    + MARK
    + r"(?:các )?thông tin kê khai\b.{0,20}\bđối chiếu\b|"
    + MARK
    + r"(?:các )?(?:tài liệu|giấy tờ) (?:quy định |nêu )?tại [^;]{0,60}áp dụng (?:đối với|cho)\b",
    re.IGNORECASE,
)
_BACK_WITHIN = re.compile(
    MARK + r"(?:các |những )?(?:thành phần hồ sơ|tài liệu|giấy tờ|hồ sơ) (?:quy định |nêu )?tại "
    r"(?:các )?(?:điểm|mục)\b(?!.*(?:điều \d|nghị định|thông tư|luật))",
    re.IGNORECASE,
)
_HOW_TO_FILE = re.compile(
    MARK + r"\(?(?:trong )?(?:trường hợp|đối với trường hợp|khi)\s+(?:thực hiện\s+)?"
    r"(?:nộp|gửi|hồ sơ là|các tài liệu|làm thủ tục|sử dụng tài khoản|không khai thác|"
    r"đăng ký (?:trên môi trường điện tử|qua mạng)|"
    r"[^.;:]{0,60}lựa chọn (?:nhận|nộp|hình thức)|"
    r"[^.;:]{0,60}nộp hồ sơ[^.;:]{0,40} thì (?:các )?(?:giấy tờ|tài liệu))|"
    + MARK
    + r"đối với (?:các )?(?:tài liệu|giấy tờ|bản trình báo|hồ sơ nộp)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    MARK + r"(?:người|cơ quan|cá nhân|tổ chức|doanh nghiệp|chủ (?:đầu|dự|xe|hàng|sở|tàu)|thủ tướng|"
    r"ban (?:quản|trù)|công dân|việc|hộ (?:gia|kinh)|cán bộ|thân nhân|đơn vị|bộ trưởng|sở|"
    r"ủy ban|(?:chi )?cục\b|nhà (?:đầu tư|thầu)|công ty|thương nhân|giám định viên|tổ hợp tác)\b",
    re.IGNORECASE,
)
_HAND_IN = re.compile(
    r"(?:\b(?<!ngày )(?:nộp|gửi|có|kèm(?: theo| trong(?: bộ)? hồ sơ)?|bổ sung|cung cấp|"
    r"trình|gồm|lập|kê khai|yêu cầu trình)\s*:?\s+"
    r"(?:(?:thêm|kèm|theo|bổ sung|cả|là|các|lại)\s*:?\s+)*|"
    r"\blà (?=bản sao giấy|phiếu|đơn|tờ|văn bản|giấy|bảng)|:\s*(?:[-+a-z(]{1,3}[).]?\s*)?|"
    r"\s\(?[a-zđ1]\)\s*|;\s*[-+]\s*)" + NOUN,
    re.IGNORECASE,
)
_MUST = re.compile(
    r"(?:phải có|phải kèm|nộp thêm|phải nộp|còn có|có thêm|thì xuất trình|phải xuất trình)\s*:?\s+"
    r"(?:thêm\s+|theo\s+|bổ sung\s+)*" + NOUN,
    re.IGNORECASE,
)
_PART = re.compile(
    r"là (?:tài liệu|giấy tờ|thành phần) phải có trong (?:thành phần )?hồ sơ", re.IGNORECASE
)
_EXCEPT = re.compile(
    r"(?<!^)[,(]?\s*\btrừ (?:các )?trường hợp\b(?:[^;:.]|\.(?!\s))*", re.IGNORECASE
)
_NO_PAPER = re.compile(
    r"không phải (?:nộp|xuất trình|tải|gửi|có)|chỉ phải nộp|nêu trên\W*$|"
    r"không (?:yêu cầu|được yêu cầu)|thì cơ quan đăng ký|"
    r"có trách nhiệm (?!khấu trừ|nộp)|(?<!người )chịu trách nhiệm|có thể (?:nộp|sử dụng|đề nghị)|"
    r"hợp pháp hóa lãnh sự|thay thế bằng|việc ủy quyền thực hiện|chỉ cần cung cấp thông tin|"
    r"phải làm rõ|không cung cấp được|phải thực hiện việc thông báo",
    re.IGNORECASE,
)
_WAIVED = re.compile(r"không (?:cần|phải) (?:nộp|xuất trình)\b[^.;:]*[.;]?$", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:có|gồm|với|rõ)\s+(?:tối thiểu\s+)?(?:(?:các|những)\s+)?nội dung\b[^:;]{0,40}[:.;]*$|"
    r"trong đó (?:bao )?gồm[:.;]*$",
    re.IGNORECASE,
)
_SHOWN_THEN = re.compile(r"(?:phải|thì|cần|yêu cầu)\s+(?:xuất\s+)?trình\b", re.IGNORECASE)


def is_paper(row: Row) -> bool:
    """Whether a row names a paper that is handed in or shown."""
    words = tidy(row.text)
    counted = bool(row.original or row.copies) or row.original is row.copies is None
    if not stated(words) or _is_notice(words, counted) or _introduces(words, counted):
        return False
    if _under_caption(tidy(row.caption), words, counted):
        return False
    if _BACK.match(words) or _BACK_WITHIN.match(words):
        return False
    if is_conditional(words) or _SUBJECT.match(words):
        return _asks(words, counted)
    if PAPER.match(words) or SHOW.match(words):
        return True
    return counted and (_has_file(row) or not _NAMES_NO_PAPER.match(words))


def _is_notice(words: str, counted: bool) -> bool:
    """Whether a row only says how, when or in how many sets to file."""
    return bool(_NOTICE.match(words)) or bool(not counted and _SETS.match(words))


def _has_file(row: Row) -> bool:
    """A form hangs on papers only."""
    return bool(stated(row.file) or _FILE.search(row.text))


def _under_caption(caption: str, words: str, counted: bool) -> bool:
    """Whether the caption says that what stands below it is no paper."""
    if _CONTENTS_CAPTION.search(caption):
        return not PAPER.match(words) or bool(_CONTENT.match(words))
    return not counted and bool(_NOTICE_CAPTION.match(caption))


def _introduces(words: str, counted: bool) -> bool:
    """Whether a row only announces the rows below it."""
    named = counted and PAPER.match(words) and not _GROUP.match(words)
    if _HEADING.search(words):
        return not (named and _CONTENTS.search(words))
    return words.rstrip(" .,;").endswith(":") and not named


def _asks(words: str, counted: bool) -> bool:
    """A sentence asks for a paper where it says that one is handed in; exceptions ask nothing."""
    words = _EXCEPT.sub("", words)
    asked = (
        (counted and _PART.search(words))
        or (_HAND_IN if counted else _MUST).search(words)
        or _SHOWN_THEN.search(words)
    )
    if not asked or _HOW_TO_FILE.match(words) or _WAIVED.search(words):
        return False
    return not _NO_PAPER.search(words, 0, asked.end()) and (counted or not _SUBJECT.match(words))
