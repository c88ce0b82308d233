"""Finds the sentences of the steps that speak of paying a fee for the procedure.

Other money comes up in the same texts: costs, insurance, postage, registration
tax, and the fees that the procedure itself is about. Where a phrase names such
money it is taken out before the sentence is judged; where the whole sentence is
about it, the sentence says nothing.
"""

from __future__ import annotations

import re

from ingest.parse.money import amounts
from ingest.parse.prose import stated

FEE_WORD = re.compile(r"\b(?:phí|lệ phí|giá dịch vụ|mức thu)\b", re.IGNORECASE)
PAID = re.compile(
    r"(?<!người )\b(?:nộp|thu|đóng|thanh toán)\s+"
    r"(?:đủ |đầy đủ |các |khoản |tiền |thuế và )*(?:phí|lệ phí|giá dịch vụ)\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"\bnhận (?:được )?(?:đủ|đầy đủ)(?:[^.;]{0,70}\bvà)? (?:phí|lệ phí)\b|"
    r"\bthông báo (?:kết quả và |mức )?(?:phí|lệ phí)\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"(?:phí|giá dịch vụ)\b[^.;\n]{0,160}(?:hội đồng nhân dân|hđnd|ủy ban nhân dân)|"
    r"(?:hội đồng nhân dân|hđnd)[^.;\n]{0,80}(?:phí|lệ phí)|mức (?:thu )?(?:phí|lệ phí)|"
    r"thông tư số [^.;\n]{0,120}\bphí, lệ phí",
    re.IGNORECASE,
)
_OTHER_MONEY = re.compile(
    r"\b(?:kinh|chi|học|án|viện|cước|sinh hoạt) phí\b|\bphí bảo (?:hiểm|vệ)\b|"
    r"\b(?:lệ )?phí (?:trước bạ|môn bài)\b|"
    r"\b(?:phí|giá|cước)(?: (?:phí|cho|của|dịch vụ|đơn vị|doanh nghiệp|cung cấp|gửi|hồ sơ|"
    r"kết quả))* (?:chuyển phát|vận chuyển|bưu chính|bưu điện)\b|"
    r",?\s*trừ (?:các )?trường hợp\b[^.;]*",
    re.IGNORECASE,
)
_OTHER_MATTER = re.compile(
    r"nếu có\)|(?:tổ chức|nguồn) thu|tình hình nộp|giao nhiệm vụ|người nộp phí|khai phí|hoàn trả|"
    r"không phải nộp|thi hành án|tổ chức, cá nhân khấu trừ|miễn (?:lệ )?phí|không thu|"
    r"(?:sử dụng|phát hành|đặt in|tự in|ủy nhiệm|mất|hỏng|hủy)\b[^.;]{0,40}\bbiên lai",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;])\s+|\n")


def asked_payment(text: str, conditions: str = "") -> str | None:
    """The first sentence that states a sum, a rule or the duty to pay for the procedure.

    Of the conditions only the duty counts: they speak of many other sums.
    """
    asking = [s for s in _SENTENCE.split(text) if _asks(s)]
    asking += [s for s in _SENTENCE.split(conditions) if _demands(s)]
    return stated(asking[0]) if asking else None


def priced(text: str) -> str:
    """The sentences that name a sum for the procedure's fee."""
    return "\n".join(s for s in _SENTENCE.split(text) if _has_price(s))


def about_fee(text: str) -> tuple[str, ...]:
    """The sentences that speak of the procedure's fee, with or without a sum."""
    return tuple(s for s in _SENTENCE.split(text) if FEE_WORD.search(_own(s)))


def _asks(sentence: str) -> bool:
    own = _own(sentence)
    rule = own and (_RULE.search(own) or _TAKEN.search(own))
    return bool(rule or _demands(sentence) or _has_price(sentence))


def _demands(sentence: str) -> bool:
    return bool(PAID.search(_own(sentence)))


def _has_price(sentence: str) -> bool:
    own = _own(sentence)
    return bool(FEE_WORD.search(own)) and any(money.value for money in amounts(own))


def _own(sentence: str) -> str:
    """What a sentence says of the procedure's own fee; nothing where it is about other money."""
    left = _OTHER_MONEY.sub(" ", sentence)
    return "" if _OTHER_MATTER.search(left) else left
