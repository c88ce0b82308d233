"""Judges whether a row of the table of papers names a paper or is an instruction.

The count does not decide: instructions are counted 1 and papers are counted 0.
A paper's row begins with a paper's noun or says on what condition one is handed
in; an instruction explains, refers back, or introduces the rows below it.
"""

from __future__ import annotations

import re

from index.procedure import Kind
from ingest.parse.papers import Row
from ingest.parse.prose import stated, tidy

MARK = r"(?:\(?(?:[a-zđ]\d?|[ivx]+|\d{1,2}(?:\.\d{1,2})*)[).\/]!?\s*|[-+*•!.…]\s*)*"
_NOUN = (
    r"(?:(?:các|những|một số|một trong (?:các|những)(?: loại)?|toàn bộ|bộ|bản|hai|ba)\s+|"
    r"\(?\d{1,2}\)?\s+)*"
    r"(?:\((?:một|hai|ba|bốn|năm)\)\s+)?"
    r"(?:(?:chính|sao|gốc|chụp|scan|điện tử|tập hợp)\s+)?(?:có chứng thực\s+|hợp lệ\s+)?"
    r"(?:đơn\b|tờ\b|giấy|bản\b|văn bản|vb\b|văn bằng|hợp đồng|quyết định|biên (?:bản|lai)|phiếu|"
    r"hộ chiếu|thẻ|sổ\b|chứng (?:thư|chỉ|từ|nhận|minh|cứ)|hóa đơn|báo (?:cáo|giá)|"
    r"danh (?:sách|mục)|bằng\b|công (?:văn|hàm)|ảnh\b|tài liệu|lý lịch|sơ (?:yếu|đồ|họa)|điều lệ|"
    r"dự (?:án|thảo|toán)|phương án|đề (?:án|nghị|cương|xuất)|hồ sơ|mẫu|thông (?:báo|tin|điệp)|"
    r"nghị quyết|di chúc|trích (?:lục|sao)|kế hoạch|lệnh|bảng|thuyết minh|kết quả|vận (?:đơn|tải)|"
    r"catalog|hình ảnh|thư\b|ý kiến|cam kết|xác nhận|thỏa thuận|tờ trình|vé\b|mảnh trích|"
    r"bình đồ|biểu|kháng nghị|hiện vật|phụ lục|quy (?:chế|trình)|tem\b|đề án|nội dung|"
    r"cmnd|nhận xét|tóm tắt|căn cước|giấy tờ|lời khai|bệnh án|học bạ|bưu ảnh|tệp|file\b|clip|video)"
)
_PAPER = re.compile(MARK + _NOUN, re.IGNORECASE)
_NOTICE = re.compile(
    MARK + r"\(?(?:lưu ý|ghi chú|chú ý|số lượng\b|số bộ hồ sơ|thời (?:hạn|gian)\b|chậm nhất\b|"
    r"không (?:quy định|có|yêu cầu)\b\W*$|cách thức|thực hiện (?:theo|nộp|khai báo)|"
    r"như (?:trên|mục)|sl hồ sơ\b|\d{1,2} bộ(?: gốc)?\W*$|không cần\b|trong đó\b|tương tự\b|"
    r"tỷ lệ bản đồ\b|cung cấp (?:các )?thông tin theo\b|thủ tục về\b|"
    r"lập hội đồng\b|được hợp pháp hóa\b)",
    re.IGNORECASE,
)
_NOTICE_CAPTION = re.compile(
    r"^\W*(?:[a-zđ\d][).]\s*)?(?:lưu ý|ghi chú|chú ý|thời (?:hạn|gian)|số lượng hồ sơ)\b", re.I
)
_HEADING = re.compile(
    r"(?:\bgồm|(?<!năm )(?<!chi )\bsau(?: đây)?|cụ thể)\s*[:;.]*\s*$|"
    r"^" + MARK + r"(?:các )?giấy tờ (?:phải|cần) (?:nộp|xuất trình)\W*$|"
    r"^" + MARK + r"(?:thành phần )?hồ sơ (?:thứ|trường hợp|đối với)\b[^:;]{0,80}$",
    re.IGNORECASE,
)
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
    + _NOUN
    + r"(?![^:;.]*trong đó)[^:;.]{0,90}? phải (?:có các|thể hiện) nội dung\b|"
    + MARK
    + r"bản sao\b.*(?:điểm|mục)\b.{0,60}nêu trên|"
    + MARK
    + r"(?:đơn|tờ khai|phiếu|(?:biểu )?mẫu) (?:này|được tạo lập)\b|"
    + MARK
    + r"hồ sơ\b[^:;]{0,150}\bthực hiện theo quy định\b|"
    + MARK
    + r"(?:các )?(?:tài liệu|giấy tờ) (?:quy định |nêu )?tại [^;]{0,60}áp dụng (?:đối với|cho)\b",
    re.IGNORECASE,
)
_BACK_WITHIN = re.compile(
    MARK + r"(?:các |những )?(?:thành phần hồ sơ|tài liệu|giấy tờ|hồ sơ) (?:quy định |nêu )?tại "
    r"(?:các )?(?:điểm|mục)\b(?!.*(?:điều \d|nghị định|thông tư|luật))",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    MARK + r"\(?(?:(?:trong |riêng )?(?:trường hợp|đối với)|ngoài|khi|nếu|sau khi|trước khi|để|tùy|"
    r"riêng|theo quy định|trừ trường hợp|các trường hợp|trong thời hạn)\b",
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
    r"ủy ban|(?:chi )?cục\b|nhà (?:đầu tư|thầu)|công ty|thương nhân|giám định viên)\b",
    re.IGNORECASE,
)
_HAND_IN = re.compile(
    r"(?:\b(?:nộp|gửi|có|kèm(?: theo| trong(?: bộ)? hồ sơ)?|bổ sung|cung cấp|trình|gồm|lập|"
    r"kê khai|yêu cầu trình)\s*:?\s+(?:(?:thêm|kèm|theo|bổ sung|cả|là|các|lại)\s*:?\s+)*|"
    r"\blà (?=bản sao giấy|phiếu|đơn|tờ|văn bản|giấy|bảng)|:\s*(?:[-+a-z(]{1,3}[).]?\s*)?|"
    r"\s\(?[a-zđ1]\)\s*|;\s*[-+]\s*)" + _NOUN,
    re.IGNORECASE,
)
_MUST = re.compile(
    r"(?:phải có|phải kèm|nộp thêm|phải nộp|còn có|có thêm|thì xuất trình|phải xuất trình)\s*:?\s+"
    r"(?:thêm\s+|theo\s+|bổ sung\s+)*" + _NOUN,
    re.IGNORECASE,
)
_NO_PAPER = re.compile(
    r"không phải (?:nộp|xuất trình|tải|gửi|có)|chỉ phải nộp|nêu trên\W*$|"
    r"không (?:yêu cầu|được yêu cầu)|thì cơ quan đăng ký|"
    r"có trách nhiệm (?!khấu trừ|nộp)|(?<!người )chịu trách nhiệm|có thể (?:nộp|sử dụng|đề nghị)|"
    r"hợp pháp hóa lãnh sự|thay thế bằng|việc ủy quyền thực hiện|chỉ cần cung cấp thông tin|"
    r"phải làm rõ|không cung cấp được",
    re.IGNORECASE,
)
_WAIVED = re.compile(r"không (?:cần|phải) (?:nộp|xuất trình)\b[^.;:]*[.;]?$", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:có|gồm|với|rõ)\s+(?:tối thiểu\s+)?(?:(?:các|những)\s+)?nội dung\b[^:;]{0,40}[:.;]*$|"
    r"trong đó (?:bao )?gồm[:.;]*$",
    re.IGNORECASE,
)
_SHOW = re.compile(MARK + r"(?:xuất trình|trình)\b", re.IGNORECASE)
_SHOWN_THEN = re.compile(r"(?:phải|thì|cần|yêu cầu)\s+(?:xuất\s+)?trình\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_SHOWN_BY = re.compile(
    r"(?:(?:phải|cần)\s+|(?<!không )(?:thì|yêu cầu|đề nghị)\s+(?:[^.,;:]{0,45}\s)?|"
    r"^(?:người|chủ|công dân)\s[^.,;:]{0,45}\s)xuất trình\b|"
    r"(?:phải|thì|cần|yêu cầu)\s+trình\b(?! (?:cục|bộ|sở|ủy ban|thủ tướng|cấp)\b)",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"xuất trình (?:thêm|kèm|cùng)\b|xuất trình bản (?:chính|gốc)[^.;]*(?:đối chiếu|kiểm tra)",
    re.IGNORECASE,
)
_SHOWN_PAPER = re.compile(
    MARK + r"(?:các )?giấy tờ (?:phải |cần )?xuất trình\b|"
    r"[^.;]*\(xuất trình\)|"
    r"[^.;()]*\bxuất trình (?:tại|khi)\b(?!.*\b(?:nộp|gửi)\b)|"
    + MARK
    + r"thông tin chứng minh\b.*\bxuất trình giấy tờ\b",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(r"(?<!người )(?<!khi )\b(?:nộp|gửi|kèm)\b", re.IGNORECASE)
_SHOW_CAPTION = re.compile(r"xuất trình", re.IGNORECASE)
_SUBMIT_CAPTION = re.compile(
    r"\bnộp\b(?! hồ sơ| đơn)|để đối chiếu|việc xuất trình|kèm theo", re.IGNORECASE
)


def is_paper(row: Row) -> bool:
    """Whether a row names a paper that is handed in or shown."""
    words = tidy(row.text)
    counted = bool(row.original or row.copies) or row.original is row.copies is None
    if not stated(words) or _NOTICE.match(words) or _introduces(words, counted):
        return False
    if not counted and _NOTICE_CAPTION.match(tidy(row.caption)):
        return False
    if _BACK.match(words) or _BACK_WITHIN.match(words):
        return False
    if is_conditional(words) or _SUBJECT.match(words):
        return _asks(words, counted)
    return bool(_PAPER.match(words) or _SHOW.match(words)) or counted


def is_conditional(words: str) -> bool:
    """Whether a row begins by saying in which case it applies."""
    return bool(_CONDITION.match(words))


def _introduces(words: str, counted: bool) -> bool:
    """Whether a row only announces the rows below it."""
    named = counted and _PAPER.match(words) and not _GROUP.match(words)
    if _HEADING.search(words):
        return not (named and _CONTENTS.search(words))
    return words.endswith(":") and not named


def _asks(words: str, counted: bool) -> bool:
    """A sentence asks for a paper where it says that one is handed in."""
    asked = (_HAND_IN if counted else _MUST).search(words) or _SHOWN_THEN.search(words)
    if not asked or _HOW_TO_FILE.match(words) or _WAIVED.search(words):
        return False
    return not _NO_PAPER.search(words, 0, asked.end()) and (counted or not _SUBJECT.match(words))


def kind(row: Row) -> Kind:
    """``present`` where the row or its group says that the paper is only shown."""
    caption, words = tidy(row.caption), tidy(row.text)
    by_group = _SHOW_CAPTION.search(caption) and not _SUBMIT_CAPTION.search(caption)
    return "present" if by_group or _SHOW.match(words) or _shown(words) else "submit"


def _shown(words: str) -> bool:
    """Whether a row says that its own paper is shown.

    After a paper's name the word only tells how its copy is compared, or what
    another person brings.
    """
    if _SHOWN_PAPER.match(words):
        return True
    if _PAPER.match(words) and not is_conditional(words):
        return False
    plain = _ASIDE.sub(" ", words)
    shown = _SHOWN_BY.search(plain)
    return bool(
        shown
        and not _COMPARED.search(plain, shown.start())
        and not _SUBMITTED.search(plain, 0, shown.end())
    )
