"""Finds the form files that the page glues to the end of a paper's name."""

from __future__ import annotations

import re

_FILES = re.compile(r"\.(?:docx?|pdf|xlsx?|rar|zip|rtf|odt|jpe?g|png|tiff?)\s*$", re.IGNORECASE)
_GLUE = re.compile(
    r"(?<=[a-zà-ỹđ)\].;:”\"'])(?=[A-ZĐÀ-Ỹ\d][^.;]*\.)|(?<=[A-ZĐ])(?=(?:Mau|Mẫu|Phu|Phụ|Don|Đơn|To|Tờ)[\s_.\d])"
)


def split_form(text: str) -> tuple[str, str]:
    """``(words, file)``; where it is not sure where the file's name begins, no file."""
    if not _FILES.search(text):
        return text, ""
    glued = [g.start() for g in _GLUE.finditer(text) if len(text) - g.start() <= 160]
    if not glued:
        return text, ""
    return text[: glued[-1]], text[glued[-1] :]
