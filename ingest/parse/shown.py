"""Tells papers that are handed in from those that are only shown."""

from __future__ import annotations

import re

from index.procedure import Kind
from ingest.parse.nouns import MARK, PAPER, is_conditional
from ingest.parse.papers import Row
from ingest.parse.prose import tidy

SHOW = re.compile(MARK + r"(?:xuất trình|trình(?! báo\b))\b", re.IGNORECASE)
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
    MARK + r"(?:các )?(?:loại )?giấy tờ (?:người [^.,;:]{0,30})?(?:phải |cần )?xuất trình\b|"
    r"[^.;]*\(xuất trình\)|"
    r"[^.;()]*\bxuất trình (?:tại|khi)\b(?!.*\b(?:nộp|gửi)\b)|"
    + MARK
    + r"thông tin (?:chứng minh|về)\b.*\bxuất trình giấy tờ\b",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(r"(?<!người )(?<!khi )\b(?:nộp|gửi|kèm)\b", re.IGNORECASE)
_SHOW_CAPTION = re.compile(r"xuất trình", re.IGNORECASE)
_ONLY_SHOWN = re.compile(r"\(xuất trình\)", re.IGNORECASE)
_SUBMIT_CAPTION = re.compile(
    r"\bnộp\b(?! hồ sơ| đơn)|để đối chiếu|việc xuất trình|kèm theo", re.IGNORECASE
)


def kind(row: Row) -> Kind:
    """``present`` where the row or its group says that the paper is only shown."""
    words = tidy(row.text)
    by_group = _group_is_shown(tidy(row.caption))
    return "present" if by_group or SHOW.match(words) or _shown(words) else "submit"


def _group_is_shown(caption: str) -> bool:
    """What stands in parentheses tells how copies are made, not what the group is for."""
    plain = _ASIDE.sub(" ", _ONLY_SHOWN.sub("xuất trình", caption))
    return bool(_SHOW_CAPTION.search(plain) and not _SUBMIT_CAPTION.search(plain))


def _shown(words: str) -> bool:
    """Whether a row says that its own paper is shown.

    After a paper's name the word only tells how its copy is compared, or what
    another person brings.
    """
    if _SHOWN_PAPER.match(words):
        return True
    if PAPER.match(words) and not is_conditional(words):
        return False
    plain = _ASIDE.sub(" ", words)
    shown = _SHOWN_BY.search(plain)
    return bool(
        shown
        and not _COMPARED.search(plain, shown.start())
        and not _SUBMITTED.search(plain, 0, shown.end())
    )
