"""How a row of the table of papers begins: its marks, a paper's noun, a condition."""

from __future__ import annotations

import re

MARK = r"(?:\(?(?:[a-zđ]\d?|[ivx]+|\d{1,2}[a-zđ]?(?:\.\d{1,2})*)[).\/]!?\s*|[-+*•!.…]\s*)*"
NOUN = (
    r"(?:(?:(?:các|những)(?: loại)?|một số|một trong (?:các|những)(?: loại)?|toàn bộ|bộ|bản|"
    r"hai|ba)\s+|\(?\d{1,2}\)?\s+)*"
    r"(?:\((?:một|hai|ba|bốn|năm)\)\s+|(?:một|hai|ba|bốn|năm)\s+(?:\(\d{1,2}\)\s+)?)?"
    r"(?:(?:chính|sao|gốc|chụp|scan|điện tử|tập hợp)\s+)?(?:có chứng thực\s+|hợp lệ\s+)?"
    r"(?:đơn\b|tờ\b|giấy|bản\b|văn bản|vb\b|văn bằng|hợp đồng|quyết định|biên (?:bản|lai)|phiếu|"
    r"hộ chiếu|thẻ|sổ\b|chứng (?:thư|chỉ|từ|nhận|minh|cứ)|hóa đơn|báo (?:cáo|giá)|"
    r"danh (?:sách|mục)|bằng\b|công (?:văn|hàm)|ảnh\b|tài liệu|lý lịch|sơ (?:yếu|đồ|họa)|điều lệ|"
    r"dự (?:án|thảo|toán)|phương án|đề (?:án|nghị|cương|xuất)|hồ sơ|mẫu|thông (?:báo|tin|điệp)|"
    r"nghị quyết|di chúc|trích (?:lục|sao)|kế hoạch|lệnh|bảng|thuyết minh|kết quả|vận (?:đơn|tải)|"
    r"catalog|hình ảnh|thư\b|ý kiến|cam kết|xác nhận|thỏa thuận|tờ trình|vé\b|mảnh trích|"
    r"bình đồ|biểu|kháng nghị|hiện vật|phụ lục|quy (?:chế|trình)|tem\b|đề án|nội dung|"
    r"cmnd|nhận xét|giải trình|nhật ký|tóm tắt|căn cước|giấy tờ|lời khai|bệnh án|học bạ|bưu ảnh|"
    r"tệp|file\b|clip|video|trình báo\b)"
)
PAPER = re.compile(MARK + NOUN, re.IGNORECASE)
CONDITION = re.compile(
    MARK + r"\(?(?:(?:trong |riêng )?(?:trường hợp|đối với)|ngoài|khi|nếu|sau khi|trước khi|để|tùy|"
    r"riêng|theo quy định|trừ trường hợp|các trường hợp|trong thời hạn)\b",
    re.IGNORECASE,
)


def is_conditional(words: str) -> bool:
    """Whether a row begins by saying in which case it applies."""
    return bool(CONDITION.match(words))
