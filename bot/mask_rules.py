"""How personal data looks in chat text, as patterns over ``aligned`` text.

``aligned`` text has small unmarked letters and plain digits, so nothing here knows of
case or diacritics. The group ``x`` of a pattern, or else all of it, is what gets masked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "citizen_id", "old_id", "phone", "email", "account", "insurance", "tax", "passport", "plate",
    "address", "name", "birth", "digits",
]  # fmt: skip

TOKENS: dict[Kind, str] = {
    "citizen_id": "[số căn cước]",
    "old_id": "[số chứng minh nhân dân]",
    "phone": "[số điện thoại]",
    "email": "[thư điện tử]",
    "account": "[số tài khoản]",
    "insurance": "[số bảo hiểm]",
    "tax": "[mã số thuế]",
    "passport": "[số hộ chiếu]",
    "plate": "[biển số xe]",
    "address": "[địa chỉ]",
    "name": "[họ tên]",
    "birth": "[ngày sinh]",
    "digits": "[dãy số]",
}

DATE = r"\d{1,2}(?:[./-]\d{1,2}[./-]| thang \d{1,2} nam )(?:19|20)\d\d"
_S = r"[ .\-]{0,2}"
_START = r"(?<!\d)(?<!\d[.,/])"
_NEAR = r"[^\d\[\]]{0,30}?"
_BANKS = (
    r"vietcombank|vcb|techcombank|tcb|agribank|bidv|vietinbank|mb ?bank|acb|sacombank|tp ?bank"
    r"|vp ?bank|vib|shb|hdbank|ocb|msb|scb|momo|zalo ?pay|viettel ?money"
)
_MONEY = r"(?:dong(?! (?:thoi|y|nai|thap|hoi|nghia|chi|bao|phuc))|d|vnd|trieu|ty|nghin|ngan|usd)\b"

FIRM = re.compile(
    rf"(?<![\d./-]){DATE}(?![\d])"
    r"|(?<![\d.])\d\.\d{6}(?!\d)"
    r"|(?<!\d)\d{1,4}/(?:19|20)\d\d(?!\d)(?:/[a-z][\w-]*)?"
    r"|(?<!\d)\d{1,5}/[a-z]{2,}[\w-]*"
)
"""Dates, procedure codes and legal numbers: never personal by themselves."""

PRICED = re.compile(rf"(?<![\d.,])[1-9]\d*(?:[ .,]\d{{3}})*(?:[.,]\d{{1,2}})? ?{_MONEY}")
"""A number of money units."""

AMOUNTS = re.compile(
    r"(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?![.,]?\d)"
    r"|(?<![\d.,])[1-9]\d*000(?!\d)"
    r"|(?<![\d.,])[1-9]\d*(?:[.,]\d+)? ?(?:k|tr|m2|met|ha|km|kg|tan|%|/thang|/nam|/m2)(?!\w)"
    r"|\b(?:gia|tien|phi|vay|tri gia|von|luong|thu nhap|doanh thu|tong)(?: [a-z]+){0,2}"
    r" [1-9][\d.,]*"
)
"""What only looks like an amount."""


@dataclass(frozen=True)
class Rule:
    """``spares``: it yields to these, where one overlaps it."""

    kind: Kind
    pattern: re.Pattern[str]
    spares: tuple[re.Pattern[str], ...] = (FIRM,)


def _rule(kind: Kind, pattern: str, *spares: re.Pattern[str]) -> Rule:
    return Rule(kind, re.compile(pattern), (FIRM, *spares))


_WORD = (
    r"(?!muon|can\b|thi\b|xin|de\b|lam|dang|co\b|gio|nay|hoi|phai|bi\b|o\b|tai\b|phuong|xa\b|quan\b"
    r"|huyen|tinh|thanh|tp|va\b|la\b|di\b|ve\b|cho\b|nop|mua|ban\b|thue|duoc|den\b|tu\b|khong|hien"
    r"|hoac|cap|chuyen|nhung|ma\b|roi|da\b|chua|thuoc|gan|kia|nha\b|het|mat\b)[a-z]\w*"
)
_STREET = r"(?:duong|pho|ngo|ngach|hem|kiet|thon|xom|khu pho|khu|kp|tdp|quoc lo|ql|tinh lo)"
_HOUSE = r"\d{1,4}[a-z]{0,2}(?:/\d{1,4}[a-z]{0,2}){0,5}"
_SLASHED = r"\d{1,4}[a-z]?/\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?){0,4}"
_NO_STREET = r"(?!sat|ong\b|bo\b|thuy|hang|cao toc|day\b|truyen)"
_PLACE = (
    rf"(?:{_STREET} {_NO_STREET}(?:{_WORD}|\d{{1,4}}[a-z]?(?:/\d{{1,4}}){{0,4}})"
    rf"(?: {_WORD}){{0,3}}|(?:to|ap|lo) \d{{1,3}})"
)
_FURTHER = rf"(?:,? {_PLACE}){{0,4}}"
_OFFICES = (
    "phuong|xa|quan|huyen|tinh|bo|so|uy|ubnd|nghi|luat|thong|viet|cong|trung|thu|dich|ngan|toa|chi"
    "|giay|thang|nam|ngay|nguoi|can|ban|dong|trieu"
)
_SURNAMES = (
    "nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|doan|luong|mai"
    "|trinh|dao|truong|lam|cao|ta|ha|chu|kieu|quach|to|thai|luu|vuong|phung|trieu|la|nong|thach|y|h"
)

RULES: tuple[Rule, ...] = (
    _rule(
        "email",
        r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]|\ba cong\b) ?"
        r"(?:(?:gmail|yahoo|hotmail|outlook|icloud) ?(?:\.|\bcham\b) ?com(?:(?:\.| cham )vn)?"
        r"|[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})",
    ),
    _rule(
        "citizen_id",
        rf"\b(?:cccd|can cuoc|cc|dinh danh|ddcn)\b{_NEAR}(?P<x>\d(?:{_S}\d){{11}})(?!\d)",
    ),
    _rule(
        "citizen_id",
        rf"{_START}0(?:\d{{11}}|\d\d(?:{_S}\d{{3}}){{3}}|\d{{3}}(?:{_S}\d{{4}}){{2}}|\d\d{_S}\d{{9}}"
        rf"|\d\d{_S}\d{_S}\d\d{_S}\d{{6}}|\d{{5}}{_S}\d{{6}}|\d\d{_S}\d{{3}}{_S}\d{{6}}"
        r"|(?:[ .\-]\d){11})(?![\d])",
        PRICED,
    ),
    _rule(
        "phone",
        rf"\b(?:sdt|dien thoai|dt|goi|zalo|lien he|lh|alo|phone)\b{_NEAR}"
        rf"(?P<x>\+?\(?\d(?:[ .\-)]{{0,2}}\d){{8,11}})(?!\d)",
        PRICED,
    ),
    _rule(
        "account",
        rf"\b(?:stk|so tk|tk|so tai khoan|so the)\b{_NEAR}(?P<x>\d(?:{_S}\d){{5,18}})(?!\d)",
        PRICED,
    ),
    _rule("tax", rf"\b(?:mst|ma so thue)\b{_NEAR}(?P<x>\d(?:{_S}\d){{9}}(?:-?\d{{3}})?)(?!\d)"),
    _rule("insurance", r"(?<!\w)[a-z]{2}\d(?:[ -]?\d){12}(?!\d)", PRICED),
    _rule(
        "insurance",
        rf"\b(?:bhxh|bhyt|bao hiem(?: xa hoi| y te)?|so so)\b{_NEAR}"
        rf"(?P<x>(?:\b[a-z]{{2}} ?)?\d(?:{_S}\d){{9}}(?:{_S}\d){{0,5}})(?!\d)",
        PRICED,
    ),
    _rule(
        "phone",
        rf"{_START}(?:(?:\+|00)?84{_S}(?:\(0\)|0)?|\(?0)\)?{_S}[35789]"
        r"(?:[ .\-)]{0,2}\d){8}(?!\d)",
    ),
    _rule("phone", rf"{_START}\(?02(?:[ .\-)]{{0,2}}\d){{9}}(?!\d)"),
    _rule("phone", rf"{_START}01\d{{9}}(?!\d)"),
    _rule(
        "account",
        rf"\b(?:tai khoan|ngan hang|so tiet kiem|the atm|{_BANKS})\b{_NEAR}"
        rf"(?P<x>\d(?:{_S}\d){{7,18}})(?!\d)",
        PRICED,
        AMOUNTS,
    ),
    _rule(
        "account",
        rf"{_START}(?P<x>\d{{6,19}})[ ,(-]{{1,3}}(?:tai |o |nh )?(?:ngan hang|{_BANKS})\b",
        PRICED,
        AMOUNTS,
    ),
    _rule("account", rf"{_START}\d{{4}}(?:[ -]\d{{4}}){{3}}(?!\d)", PRICED),
    _rule(
        "old_id",
        rf"\b(?:cmnd|cmt|cmtnd|chung minh(?: nhan dan| thu)?|giay to tuy than)\b{_NEAR}"
        rf"(?P<x>\d(?:{_S}\d){{8}}(?:(?:{_S}\d){{3}})?)(?!\d)",
    ),
    _rule(
        "passport",
        rf"\b(?:ho chieu|passport)\b{_NEAR}(?P<x>\b[a-z](?: ?\d){{7,8}})(?![.\d])",
    ),
    _rule("passport", r"(?<!\w)[a-z]\d{7,8}(?!\w)"),
    _rule(
        "plate",
        r"\b(?:bien so|bks|bien kiem soat|bien)\b[^\d\[\]]{0,20}?"
        r"(?P<x>[1-9]\d[ \-]{0,2}[a-z]{1,2}\d?[ \-.]{0,2}\d{3}\.?\d{1,2})(?!\d)",
    ),
    _rule(
        "plate",
        r"(?<!\w)[1-9]\d ?-? ?(?!m2|kg|km|tr\b|ty\b|gb|ha\b|h\d|k\b)[a-z][a-z0-9]?"
        r"(?:[ \-.]{1,3}\d{3}[. ]?\d{2}|(?<=[a-z])\d{5})(?![\d])",
        PRICED,
    ),
    _rule("old_id", rf"{_START}\d{{9}}(?![\d]|[.,/]\d)", PRICED, AMOUNTS),
    _rule("old_id", rf"{_START}\d{{3}} \d{{3}} \d{{3}}(?! ?\d)", PRICED, AMOUNTS),
    _rule("digits", rf"{_START}\d{{10,19}}(?!\d)", PRICED, AMOUNTS),
    _rule(
        "digits",
        r"\b(?:(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|linh|le)[ ,.\-]{1,2}){8,}"
        r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)\b",
    ),
    _rule(
        "address",
        r"(?:\b(?:so nha|nha so|nha|dia chi(?: \w+){0,3}?)[ :]{1,2}(?:so )?"
        r"|(?<!mau )(?<!dinh )(?<!tu )(?<!van )(?<!luat )\bso )"
        rf"(?P<x>{_HOUSE},? {_PLACE}{_FURTHER})",
    ),
    _rule("address", rf"(?<![\d/])(?P<x>{_SLASHED},? {_PLACE}{_FURTHER})"),
)

STREET_BY_NAME = re.compile(
    r"\b(?:o|tai|ve|nha|so|tro|la|dia chi|(?P<lane>ngo|ngach|hem|kiet))[ :]{1,2}"
    rf"(?P<house>{_HOUSE}),? (?P<street>(?!(?:{_OFFICES})\b)[a-z]+(?: [a-z]+){{1,3}}){_FURTHER}"
)
"""A number and a street's bare name; only capitals tell it from other words."""

BIRTH = re.compile(
    rf"\b(?:sinh ngay|ngay sinh|ngay thang nam sinh|sinh|sn)(?: la)?[ :]{{1,2}}(?P<x>{DATE})"
)
NAME = re.compile(
    r"\b(?:ho (?:va )?ten|ten|toi la|em la|chau la|minh la|ong|ba|anh|chi|be|con)"
    r"(?: (?:la|day du|cua|con|chau|be|toi|em|minh))*[: ]{1,2}"
    rf"(?P<x>(?:{_SURNAMES})"
    r"(?: (?!sinh|ngay|nam\b|hien|muon|can\b|xin|o\b|va\b|cccd|so\b)[a-z]+){1,4})"
)
"""A name with a birth date beside it says who somebody is; either alone does not."""
