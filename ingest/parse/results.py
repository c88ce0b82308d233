"""The results of a procedure, without the rest of the page around them."""

from __future__ import annotations

import re

from ingest.parse.prose import stated, without_bullet

_PAGE = re.compile(r"Từ khóa(?=Không có thông tin|.{0,200}Mô tả)|Chọn cơ quan thực hiện.*", re.S)
_CODE = re.compile(r"Mã:\s*(?:KQ\.[A-ZĐ\d]+\.\d{6}|[A-Z]{0,3}[\d.]*[A-ZĐ\d.]*-?KQ\d{4,6}|\S{0,40}?"
                   r"KQ[.\w]*?\d{4,6})")


def results(text: str) -> tuple[str, ...]:
    """One entry a result: each ends at its catalogue code on the page."""
    body = _PAGE.split(text, maxsplit=1)[0]
    said = (stated(without_bullet(part)) for part in _CODE.split(body))
    return tuple(dict.fromkeys(part for part in said if part))
