"""The results of a procedure, and the remarks at the page's end."""

from __future__ import annotations

import re

from ingest.parse.prose import lines, stated, without_bullet

_RESIDUE = re.compile(r"Chọn cơ quan thực hiện\s*(?:Tỉnh/|Bộ ngành|--).*", re.DOTALL)
_KEYWORDS = re.compile(r"Từ khóa(?=.*Mô tả|Không có thông tin)", re.DOTALL)
_CODE = re.compile(
    r"Mã:\s*(?:Chưa xác định(?: rõ)?|"
    r"(?:Test_)?(?:[A-ZĐ]{1,4}(?=[-_.\d]))?(?:[-_.]?(?:[A-Zg]{1,3}[-_.]?){0,2}\d+)+|[a-z]{4,9}|)"
)


def results(text: str) -> tuple[str, ...]:
    """One entry a result: each ends at its catalogue code on the page."""
    body = _KEYWORDS.split(_RESIDUE.sub("", text), maxsplit=1)[0]
    said = (stated(without_bullet(part)) for part in _CODE.split(body))
    return tuple(dict.fromkeys(part for part in said if part))


def remarks(text: str) -> tuple[str, ...]:
    """What the page prints under its last heading, ``Mô tả``, after the keywords."""
    return lines(_RESIDUE.sub("", text).partition("Mô tả")[2])
